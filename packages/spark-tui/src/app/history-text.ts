/**
 * Printed text → history lines: hard lines as they are, styles of SGR and validated links kept as values and
 * written anew, every other control sequence removed. Lines are not wrapped here: the terminal does that, and
 * does it again when it changes its size.
 */
import {
  ATTR_BLINK,
  ATTR_BOLD,
  ATTR_DIM,
  ATTR_HIDDEN,
  ATTR_INVERSE,
  ATTR_ITALIC,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  type ColorDepth,
  parseAnsi,
  parseColor,
  parseUnderline,
  type TextPart,
  UNDERLINE_NONE,
} from '../style/index.ts';
import type { HistoryLine } from '../terminal/index.ts';
import { sanitise, stringWidth } from '../text/index.ts';
import { rowAnsi } from './screen-ansi.ts';
import type { Look, Span } from './screen-spans.ts';

const TAB_CELLS = 8;
const PLAIN_LINE = /^[\x20-\x7e]*$/;
const utf8 = new TextEncoder();

/** The lines of a printed text; a line end at its end begins no other one. */
export function historyLines(text: string, depth: ColorDepth): HistoryLine[] {
  const lines: HistoryLine[] = [];
  const whole = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (!whole.includes('\x1b') && !whole.includes('\x9b')) {
    for (const line of whole.split('\n')) lines.push(PLAIN_LINE.test(line) ? plainLine(line) : styledLine(parseAnsi(line), depth));
    return lines;
  }
  let parts: TextPart[] = [];
  for (const part of parseAnsi(whole)) {
    const pieces = String(part.text).split('\n');
    pieces.forEach((piece, i) => {
      if (i > 0) {
        lines.push(styledLine(parts, depth));
        parts = [];
      }
      if (piece !== '') parts.push({ ...part, text: piece });
    });
  }
  lines.push(styledLine(parts, depth));
  return lines;
}

function styledLine(parts: readonly TextPart[], depth: ColorDepth): HistoryLine {
  const spans: Span[] = [];
  let text = '';
  let x = 0;
  for (const part of parts) {
    const shown = expandTabs(sanitise(String(part.text)).replaceAll('\n', ' '), x);
    const width = stringWidth(shown);
    spans.push({ x, width, look: lookOf(part), clusters: [shown], widths: [width] });
    text += shown;
    x += width;
  }
  return { bytes: utf8.encode(rowAnsi(spans, depth)), text };
}

function plainLine(text: string): HistoryLine {
  return { bytes: utf8.encode(text), text };
}

/** Tabs as spaces up to the next column that is a multiple of 8. Columns are counted in characters: a tab stop is no promise. */
function expandTabs(text: string, fromX: number): string {
  if (!text.includes('\t')) return text;
  let out = '';
  for (const piece of text.split(/(\t)/)) out += piece === '\t' ? ' '.repeat(TAB_CELLS - ((fromX + out.length) % TAB_CELLS)) : piece;
  return out;
}

function lookOf(part: TextPart): Look {
  const underline = parseUnderline(part.underline);
  const attrs =
    (part.bold === true ? ATTR_BOLD : 0) |
    (part.dim === true ? ATTR_DIM : 0) |
    (part.italic === true ? ATTR_ITALIC : 0) |
    (underline === UNDERLINE_NONE ? 0 : ATTR_UNDERLINE) |
    (part.blink === true ? ATTR_BLINK : 0) |
    (part.inverse === true ? ATTR_INVERSE : 0) |
    (part.hidden === true ? ATTR_HIDDEN : 0) |
    (part.strikethrough === true ? ATTR_STRIKETHROUGH : 0);
  return {
    fg: colorOf(part.fg),
    bg: colorOf(part.bg),
    attrs,
    underline,
    underlineColor: colorOf(part.underlineColor),
    link: part.link ?? '',
    linkId: '',
  };
}

function colorOf(color: TextPart['fg']): number {
  return color === undefined || color === null ? 0 : parseColor(color);
}
