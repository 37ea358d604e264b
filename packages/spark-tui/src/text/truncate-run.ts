/**
 * Shortening one line of run words with an ellipsis of one cell ('…', which the painter draws).
 *
 *   end:     [start … headEnd) …
 *   start:   … [tailStart … end)
 *   middle:  [start … headEnd) … [tailStart … end)
 */
import { WORD_WIDTH_SHIFT } from './run-word.ts';

/** What stays of a line. Reused by the caller. */
export class Truncation {
  /** The words `start … headEnd` stay, then the ellipsis comes. */
  headEnd = 0;
  /** The words `tailStart … end` stay after the ellipsis. */
  tailStart = 0;
  /** False when everything fits, or when there is no room even for the ellipsis. */
  hasEllipsis = false;
  /** Width of what stays, ellipsis included. */
  widthCells = 0;
}

/**
 * Keeps the beginning: `'some lo…'`. `words start … end` is one line without its hard line end.
 *
 * @example
 * truncateEnd(run.words, line.start, line.end, 8, kept);
 * if (kept.hasEllipsis) drawEllipsisAfter(kept.headEnd);
 */
export function truncateEnd(words: Uint32Array, start: number, end: number, widthCells: number, out: Truncation): void {
  truncateAt(words, start, end, widthCells, widthCells - 1, 0, out);
}

/** Keeps the end: `'…me long'`. Arguments as for `truncateEnd`. */
export function truncateStart(words: Uint32Array, start: number, end: number, widthCells: number, out: Truncation): void {
  truncateAt(words, start, end, widthCells, 0, widthCells - 1, out);
}

/** Keeps both ends: `'some…ong'`; an odd cell goes to the beginning. Arguments as for `truncateEnd`. */
export function truncateMiddle(words: Uint32Array, start: number, end: number, widthCells: number, out: Truncation): void {
  const headCells = widthCells >> 1;
  truncateAt(words, start, end, widthCells, headCells, widthCells - 1 - headCells, out);
}

// hot: one pass over the line, no allocation.
function truncateAt(
  words: Uint32Array,
  start: number,
  end: number,
  widthCells: number,
  headCells: number,
  tailCells: number,
  out: Truncation,
): void {
  let total = 0;
  for (let i = start; i < end; i++) total += (words[i] >>> WORD_WIDTH_SHIFT) & 3;
  out.headEnd = end;
  out.tailStart = end;
  out.hasEllipsis = false;
  out.widthCells = total;
  if (total <= widthCells) return;
  if (widthCells < 1) {
    out.headEnd = start;
    out.widthCells = 0;
    return;
  }
  let head = 0;
  let headEnd = start;
  for (; headEnd < end; headEnd++) {
    const width = (words[headEnd] >>> WORD_WIDTH_SHIFT) & 3;
    if (head + width > headCells) break;
    head += width;
  }
  let tail = 0;
  let tailStart = end;
  for (; tailStart > headEnd; tailStart--) {
    const width = (words[tailStart - 1] >>> WORD_WIDTH_SHIFT) & 3;
    if (tail + width > tailCells) break;
    tail += width;
  }
  out.headEnd = headEnd;
  out.tailStart = tailStart;
  out.hasEllipsis = true;
  out.widthCells = head + 1 + tail;
}
