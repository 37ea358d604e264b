/**
 * Finished lines of one app: what goes above its live region, once and in order, or, while the whole screen
 * is used, what is shown on the normal screen afterwards.
 *
 *   print, render ─▶ waiting ─▶ next frame of a live region ─▶ committed
 *                       └─▶ whole screen: kept, bounded, until another mode or the end
 *   no terminal:  ─▶ straight to the output, as plain text
 *
 * Bounded by bytes. A terminal that cannot keep up is waited for, once, for a moment; when it takes nothing at all, and
 * on the whole screen, the oldest lines go in the end, and a line in their place says how many.
 */
import type { FrameHistory } from '../frame/index.ts';
import type { ColorDepth } from '../style/index.ts';
import type { HistoryLine } from '../terminal/index.ts';
import type { HistoryWriter } from '../ui/index.ts';
import { historyLines } from './history-text.ts';

/** Most bytes of lines that wait; on the whole screen, most that are kept. */
export const MAX_WAITING_BYTES = 16 << 20;
/** From here on a live region is made to take some. */
const PRESS_BYTES = 1 << 20;
/** What a line counts beside its bytes. */
const LINE_OVERHEAD_BYTES = 64;

export interface HistoryOptions {
  readonly depth: () => ColorDepth;
  /** Values as one text, as `console.log` shows them. */
  readonly format: (values: readonly unknown[]) => string;
  /** Elements as lines, as wide as the terminal. */
  readonly renderBlock: (root: () => unknown) => HistoryLine[];
  /** A frame is needed. */
  readonly onWaiting: () => void;
  /** Much waits: writes some of it, if possible. */
  readonly press: () => void;
  /** Takes lines at once, as text; null where frames commit them. */
  readonly direct: ((text: string) => void) | null;
}

export class History implements FrameHistory, HistoryWriter {
  waiting: readonly HistoryLine[] = [];
  /** Sees lines as they are committed. For tests. */
  onCommit: ((lines: readonly HistoryLine[]) => void) | null = null;
  private readonly options: HistoryOptions;
  private lines: HistoryLine[] = [];
  private bytes = 0;
  private most = 0;
  private dropped = 0;
  /** Pressing is under way, or has brought nothing since the last commit. */
  private isPressed = false;
  private closed = false;

  constructor(options: HistoryOptions) {
    this.options = options;
  }

  /** Bytes of the lines that wait. */
  get waitingBytes(): number {
    return this.bytes;
  }

  /** Most bytes that ever waited. */
  get mostWaitingBytes(): number {
    return this.most;
  }

  print(...values: unknown[]): void {
    if (!this.closed) this.printText(this.options.format(values));
  }

  /** Text as it is, with its own line ends. */
  printText(text: string): void {
    if (!this.closed) this.add(historyLines(text, this.options.depth()));
  }

  renderToHistory(root: () => unknown): void {
    if (!this.closed) this.add(this.options.renderBlock(root));
  }

  committed(count: number): void {
    const gone = this.lines.splice(0, count);
    for (const line of gone) this.bytes -= cost(line);
    this.dropped = 0;
    this.isPressed = false;
    this.onCommit?.(gone);
  }

  /** Takes all that waits. */
  takeAll(): readonly HistoryLine[] {
    const { lines } = this;
    const { length } = lines;
    const taken = [...lines];
    this.committed(length);
    return taken;
  }

  /** Nothing is taken any more. */
  close(): void {
    this.closed = true;
    this.lines.length = 0;
    this.bytes = 0;
  }

  private add(added: readonly HistoryLine[]): void {
    const { direct } = this.options;
    if (direct !== null) {
      for (const line of added) direct(line.text);
      this.onCommit?.(added);
      return;
    }
    for (const line of added) {
      this.lines.push(line);
      this.bytes += cost(line);
      if (this.bytes > this.most) this.most = this.bytes;
      if (this.bytes > PRESS_BYTES) this.press();
      if (this.bytes > MAX_WAITING_BYTES) this.dropOldest();
    }
    this.waiting = this.lines;
    if (added.length > 0) this.options.onWaiting();
  }

  private press(): void {
    if (this.isPressed) return;
    this.isPressed = true;
    this.waiting = this.lines;
    this.options.press();
  }

  private dropOldest(): void {
    const first = this.dropped > 0 ? 1 : 0;
    let gone = first;
    while (this.bytes > MAX_WAITING_BYTES * 0.75 && gone < this.lines.length - 1) this.bytes -= cost(this.lines[gone++]);
    this.dropped += gone - first;
    const note = historyLines(`… ${this.dropped} lines left out: there was no room to keep them`, 1)[0];
    if (first === 1) this.bytes -= cost(this.lines[0]);
    this.lines.splice(0, gone, note);
    this.bytes += cost(note);
  }
}

function cost(line: HistoryLine): number {
  return line.bytes.length + LINE_OVERHEAD_BYTES;
}

/** Values as text where nothing better is at hand: strings as they are, the rest as JSON or by their own `toString`. */
export function formatPlain(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'object' && value !== null && !(value instanceof Error) ? asJson(value) : String(value))).join(' ');
}

function asJson(value: object): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
