/**
 * Plain strings by cells: cut, slice, pad and find columns. For program code, not for the frame. Every function takes one
 * line and never splits a grapheme cluster.
 */
import { OptionError } from '../base/index.ts';
import { graphemeWidth } from './cluster-width.ts';
import { graphemes } from './segment.ts';
import { stringWidth } from './string-width.ts';

/** Options of `truncate`. */
export interface TruncateOptions {
  /** Where text is left out. Default `'end'`. */
  readonly position?: 'start' | 'middle' | 'end';
  /** What stands for it. Default `'…'`. */
  readonly ellipsis?: string;
}

/**
 * Shortens a line to at most `widthCells`, with an ellipsis where text was left out. An ellipsis that is itself too wide
 * is left out too.
 *
 * @throws OptionError for an unknown position.
 * @example
 * truncate('some long text', 8); // 'some lo…'
 * truncate('/home/user/file.txt', 10, { position: 'middle' }); // '/home….txt'
 */
export function truncate(text: string, widthCells: number, options: TruncateOptions = {}): string {
  const position = options.position ?? 'end';
  if (position !== 'start' && position !== 'middle' && position !== 'end') {
    throw new OptionError(`position must be 'start', 'middle' or 'end', not '${String(position)}'`);
  }
  if (stringWidth(text) <= widthCells) return text;
  const wanted = options.ellipsis ?? '…';
  const ellipsis = stringWidth(wanted) <= widthCells ? wanted : '';
  const room = Math.max(0, Math.floor(widthCells) - stringWidth(ellipsis));
  let headCells = room;
  if (position === 'start') headCells = 0;
  else if (position === 'middle') headCells = Math.ceil(room / 2);
  const clusters = graphemes(text);
  const head = takeHead(clusters, headCells);
  const tail = takeTail(clusters, room - headCells);
  return head + ellipsis + tail;
}

function takeHead(clusters: readonly string[], cells: number): string {
  let used = 0;
  let end = 0;
  for (; end < clusters.length; end++) {
    used += graphemeWidth(clusters[end]);
    if (used > cells) break;
  }
  return cells <= 0 ? '' : clusters.slice(0, end).join('');
}

function takeTail(clusters: readonly string[], cells: number): string {
  let used = 0;
  let start = clusters.length;
  for (; start > 0; start--) {
    used += graphemeWidth(clusters[start - 1]);
    if (used > cells) break;
  }
  return cells <= 0 ? '' : clusters.slice(start).join('');
}

/**
 * The cells `fromCells … toCells` of a line. A wide cluster of which only one half lies inside becomes a space, so that
 * columns stay where they are.
 *
 * @example
 * sliceCells('a漢b', 0, 3); // 'a漢'
 * sliceCells('a漢b', 2, 4); // ' b'
 */
export function sliceCells(text: string, fromCells: number, toCells: number = Infinity): string {
  let out = '';
  let column = 0;
  let isInside = false;
  for (const cluster of graphemes(text)) {
    const width = graphemeWidth(cluster);
    const next = column + width;
    if (width === 0) {
      if (isInside) out += cluster;
      continue;
    }
    isInside = column >= fromCells && next <= toCells;
    if (isInside) out += cluster;
    else if (Math.max(column, fromCells) < Math.min(next, toCells)) out += ' ';
    column = next;
    if (column > toCells) break;
  }
  return out;
}

/** Appends spaces up to `widthCells`. A wider line stays as it is. */
export function padEnd(text: string, widthCells: number): string {
  return text + spaces(widthCells - stringWidth(text));
}

/** Prepends spaces up to `widthCells`: aligns to the right. A wider line stays as it is. */
export function padStart(text: string, widthCells: number): string {
  return spaces(widthCells - stringWidth(text)) + text;
}

/** Puts spaces on both sides up to `widthCells`; an odd one goes to the right. A wider line stays as it is. */
export function center(text: string, widthCells: number): string {
  const room = widthCells - stringWidth(text);
  const left = Math.floor(room / 2);
  return spaces(left) + text + spaces(room - left);
}

function spaces(count: number): string {
  return count > 0 ? ' '.repeat(count) : '';
}

/**
 * Column of the cluster that holds the UTF-16 index; the width of the line for an index at or past its end.
 *
 * @example
 * indexToColumn('漢b', 1); // 2
 */
export function indexToColumn(text: string, index: number): number {
  let column = 0;
  let at = 0;
  for (const cluster of graphemes(text)) {
    at += cluster.length;
    if (at > index) return column;
    column += graphemeWidth(cluster);
  }
  return column;
}

/**
 * UTF-16 index of the cluster that covers a column; the length of the line for a column at or past its end.
 *
 * @example
 * columnToIndex('漢b', 1); // 0: the second half of the ideograph
 */
export function columnToIndex(text: string, column: number): number {
  let nextColumn = 0;
  let at = 0;
  for (const cluster of graphemes(text)) {
    nextColumn += graphemeWidth(cluster);
    if (nextColumn > column) return at;
    at += cluster.length;
  }
  return at;
}
