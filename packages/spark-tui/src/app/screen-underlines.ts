/**
 * The five underlines of a terminal as lines of a picture.
 */
import { UNDERLINE_CURLY, UNDERLINE_DASHED, UNDERLINE_DOTTED, UNDERLINE_DOUBLE, UNDERLINE_NONE } from '../style/index.ts';

/** Where the line runs, in pixels; `line` is its thickness, `y` its top. */
export interface UnderlineRun {
  readonly left: number;
  readonly end: number;
  readonly y: number;
  readonly line: number;
}

/** Takes the parts of an underline. */
export interface UnderlineSink {
  solid(y: number, height: number): void;
  /** A line in dashes: `stroke-dasharray`. */
  dashed(d: string, dashes: string): void;
  wave(d: string): void;
}

/** Draws an underline of one style (an `UNDERLINE_*` number). */
export function drawUnderline(style: number, { left, end, y, line }: UnderlineRun, sink: UnderlineSink): void {
  const straight = `M${left} ${y + line / 2}H${end}`;
  if (style === UNDERLINE_NONE) return;
  if (style === UNDERLINE_DOUBLE) {
    sink.solid(y, line);
    sink.solid(y + 2 * line, line);
  } else if (style === UNDERLINE_CURLY) sink.wave(wave(left, end, y + line, line));
  else if (style === UNDERLINE_DOTTED) sink.dashed(straight, `${line} ${line * 2}`);
  else if (style === UNDERLINE_DASHED) sink.dashed(straight, `${line * 3} ${line * 2}`);
  else sink.solid(y, line);
}

/** Half waves of three lines' length from `left` to `end`; cells are cut into whole ones. */
function wave(left: number, end: number, y: number, line: number): string {
  const count = Math.max(1, Math.round((end - left) / (line * 3)));
  const step = Math.round(((end - left) / count) * 1000) / 1000;
  let d = `M${left} ${y}`;
  for (let i = 0; i < count; i++) d += `q${step / 2} ${i % 2 === 0 ? -line * 2 : line * 2} ${step} 0`;
  return d;
}
