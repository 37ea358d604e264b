/**
 * Lines from run words: integer loops, no Unicode, no allocation.
 *
 *   words [start … end) is what shows; words [end … next) are hanging spaces and the hard line end
 *
 * At a soft break all trailing spaces hang (they take no room). Before a hard line end and at the end of the run only
 * the spaces that do not fit hang, so that `'Name: '` keeps its space (CSS Text 3, conditional hanging).
 */
import { WORD_BREAK_AFTER, WORD_LINE_END, WORD_SPACE, WORD_WIDTH_SHIFT } from './run-word.ts';

/** Lines end at hard line ends only. */
export const WRAP_NONE = 0;
/** Lines break at opportunities; a piece longer than a line breaks between clusters (`overflow-wrap: break-word`). */
export const WRAP_WORD = 1;
/** Lines break between any two clusters; words are not looked at. */
export const WRAP_CLUSTER = 2;

/** One of the `WRAP_` constants. */
export type WrapMode = typeof WRAP_NONE | typeof WRAP_WORD | typeof WRAP_CLUSTER;

/** One line of a run. Reused by the caller from line to line. */
export class LineBreak {
  /** Index of the first word. */
  start = 0;
  /** Index after the last word that shows. */
  end = 0;
  /** Width of the words that show. */
  widthCells = 0;
}

/**
 * Finds the line that begins at word `from` and returns where the next one begins (`to` when there is none).
 * Each line takes at least one cluster, also one that is wider than `widthCells`.
 *
 * @example
 * for (let at = 0; at < run.length; ) {
 *   at = nextLine(run.words, at, run.length, 20, WRAP_WORD, line);
 * }
 */
// hot: Node 20: about 4 ns a word.
export function nextLine(
  words: Uint32Array,
  from: number,
  to: number,
  widthCells: number,
  mode: WrapMode,
  out: LineBreak,
): number {
  const limit = mode === WRAP_NONE ? Infinity : widthCells;
  const breakBit = mode === WRAP_WORD ? WORD_BREAK_AFTER : 0;
  out.start = from;
  let column = 0;
  // After the last word that is no space: index and width.
  let inkEnd = from;
  let inkWidth = 0;
  // The same at the last break opportunity, and where the next line would begin.
  let breakNext = -1;
  let breakEnd = from;
  let breakWidth = 0;
  for (let i = from; i < to; i++) {
    const word = words[i];
    if ((word & WORD_LINE_END) !== 0) {
      closeHard(words, inkEnd, i, column, limit, out);
      return i + 1;
    }
    const width = (word >>> WORD_WIDTH_SHIFT) & 3;
    if ((word & WORD_SPACE) === 0) {
      // A mark without a base stays with what it follows, but not with hanging spaces.
      if (column + width > limit && (width > 0 || i > inkEnd)) {
        if (breakNext >= 0) {
          out.end = breakEnd;
          out.widthCells = breakWidth;
          return breakNext;
        }
        if (inkWidth > 0 || i > inkEnd) {
          out.end = inkEnd;
          out.widthCells = inkWidth;
          return i;
        }
      }
      column += width;
      inkEnd = i + 1;
      inkWidth = column;
    } else {
      column += width;
    }
    if ((word & breakBit) !== 0) {
      breakNext = i + 1;
      breakEnd = inkEnd;
      breakWidth = inkWidth;
    }
  }
  closeHard(words, inkEnd, to, column, limit, out);
  return to;
}

/** Ends a line before a hard end: spaces from `inkEnd` on hang as far as they do not fit. */
function closeHard(
  words: Uint32Array,
  inkEnd: number,
  end: number,
  column: number,
  limit: number,
  out: LineBreak,
): void {
  let width = column;
  let last = end;
  while (last > inkEnd && width > limit) width -= (words[--last] >>> WORD_WIDTH_SHIFT) & 3;
  out.end = last;
  out.widthCells = width;
}

const counted = new LineBreak();

/** Lines the words `from … to` take at a width. 0 for no words. */
export function wrappedHeight(words: Uint32Array, from: number, to: number, widthCells: number, mode: WrapMode): number {
  let lines = 0;
  for (let at = from; at < to; lines++) at = nextLine(words, at, to, widthCells, mode, counted);
  return lines;
}
