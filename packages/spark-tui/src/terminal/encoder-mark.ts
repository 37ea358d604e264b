/** Cursor, pen and modes of an encoder as they were: to try one way of writing, then another. */
import type { RowEncoder } from './encoder-rows.ts';

export interface Mark {
  x: number;
  y: number;
  marginsOn: boolean;
  known: boolean;
  fg: number;
  bg: number;
  style: number;
  underline: number;
  link: number;
}

/** A mark to be filled by `saveMark`. */
export function newMark(): Mark {
  return { x: 0, y: 0, marginsOn: false, known: false, fg: 0, bg: 0, style: 0, underline: 0, link: 0 };
}

export function saveMark(rows: RowEncoder, mark: Mark): void {
  const { pen } = rows;
  mark.x = rows.x;
  mark.y = rows.y;
  mark.marginsOn = rows.marginsOn;
  mark.known = pen.known;
  mark.fg = pen.fg;
  mark.bg = pen.bg;
  mark.style = pen.style;
  mark.underline = pen.underline;
  mark.link = pen.link;
}

export function restoreMark(rows: RowEncoder, mark: Mark): void {
  const { pen } = rows;
  rows.x = mark.x;
  rows.y = mark.y;
  rows.marginsOn = mark.marginsOn;
  pen.known = mark.known;
  pen.fg = mark.fg;
  pen.bg = mark.bg;
  pen.style = mark.style;
  pen.underline = mark.underline;
  pen.link = mark.link;
}
