/**
 * The way to the cell written next: over unchanged cells, typed again, where that takes fewer bytes than
 * a move; from another row, too, when its beginning or the cursor's column is near.
 */
import { CELL_WORDS, GLYPH_ID_MASK, GLYPH_MASK as GLYPH_BITS } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { ColorDepth } from './encoder-caps.ts';
import { GLYPH_NARROW, isBlank, ORDINARY_MASK } from './encoder-cells.ts';
import { horizontalCost, moveCost, writeMove } from './encoder-moves.ts';
import type { RowEncoder } from './encoder-rows.ts';
import { writeGlyph } from './encoder-run.ts';
import { BLANK_VISIBLE, penColor, penStyle } from './encoder-sgr.ts';
import { CR, LF } from './sequences.ts';

const SPACE = 0x20;
/** More columns are not typed again on the way into a row: a move is shorter. */
const MAX_RETYPED = 5;

/**
 * Brings the cursor to (`x`, `y`), where the pen wanted next is the one given: by retyping the
 * unchanged cells between, when that takes fewer bytes, else by the cheapest move.
 */
export function approach(
  rows: RowEncoder,
  back: Uint32Array,
  cols: number,
  x: number,
  y: number,
  fg: number,
  bg: number,
  style: number,
  out: ByteBuffer,
): void {
  const { pen } = rows;
  const { depth, lineFeed, relative } = rows.caps;
  if (rows.y === y && rows.x >= 0 && rows.x < x) {
    const cost = horizontalCost(rows.x, x);
    const start = y * cols + rows.x;
    const end = y * cols + x;
    if (x - rows.x < cost && pen.known) {
      if (retypeCost(depth, back, start, end, pen.fg, pen.bg, pen.style, cost) < cost) {
        retype(rows, back, start, end, out);
      } else if (retypeCost(depth, back, start, end, fg, bg, style, cost) < cost) {
        pen.set(out, fg, bg, style);
        retype(rows, back, start, end, out);
      } else {
        writeMove(out, rows.x, y, x, y, lineFeed, relative);
      }
      rows.x = x;
      return;
    }
  }
  if (y !== rows.y && x > 0 && pen.known && !relative) {
    if (x < MAX_RETYPED && enterAt(rows, 0, back, cols, x, y, fg, bg, style, out)) return;
    if (rows.x > 0 && rows.x < x && x - rows.x < MAX_RETYPED && enterAt(rows, rows.x, back, cols, x, y, fg, bg, style, out)) return;
  }
  if (x === 0 && y > 0 && y === rows.y + 1 && rows.x !== 0 && lineFeed !== 'returns') {
    // From row to row of a full screen; nothing is shorter.
    out.byte(CR);
    out.byte(LF);
    rows.x = 0;
    rows.y = y;
    return;
  }
  writeMove(out, rows.x, rows.y, x, y, lineFeed, relative);
  rows.x = x;
  rows.y = y;
}

/** Gets to `x` in another row over the cells from column `from` on, typed again. False when that is no shorter. */
function enterAt(
  rows: RowEncoder,
  from: number,
  back: Uint32Array,
  cols: number,
  x: number,
  y: number,
  fg: number,
  bg: number,
  style: number,
  out: ByteBuffer,
): boolean {
  const { pen } = rows;
  const { depth, lineFeed } = rows.caps;
  const limit = moveCost(rows.x, rows.y, x, y, lineFeed) - moveCost(rows.x, rows.y, from, y, lineFeed);
  const row = y * cols;
  const fits = retypeCost(depth, back, row + from, row + x, pen.fg, pen.bg, pen.style, limit) < limit;
  if (!fits && retypeCost(depth, back, row + from, row + x, fg, bg, style, limit) >= limit) return false;
  rows.moveTo(from, y, out);
  if (!fits) pen.set(out, fg, bg, style);
  retype(rows, back, row + from, row + x, out);
  rows.x = x;
  return true;
}

/** Bytes of writing the cells again with the pen given; `limit` or more when that is not possible. */
function retypeCost(depth: ColorDepth, back: Uint32Array, start: number, end: number, fg: number, bg: number, style: number, limit: number): number {
  let cost = 0;
  for (let i = start; i < end && cost < limit; i++) {
    const at = i * CELL_WORDS;
    const glyph = back[at] & GLYPH_BITS;
    if (penColor(back[at + 2] | 0, depth) !== bg) return limit;
    if (isBlank(glyph) && ((back[at + 3] | style) & BLANK_VISIBLE) === 0) {
      cost++;
      continue;
    }
    if (penColor(back[at + 1] | 0, depth) !== fg || penStyle(back[at + 3]) !== style) return limit;
    if (isBlank(glyph)) {
      cost++;
      continue;
    }
    if ((glyph & ORDINARY_MASK) !== GLYPH_NARROW) return limit;
    const code = glyph & GLYPH_ID_MASK;
    cost += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return cost;
}

function retype(rows: RowEncoder, back: Uint32Array, start: number, end: number, out: ByteBuffer): void {
  for (let i = start; i < end; i++) {
    const glyph = back[i * CELL_WORDS] & GLYPH_BITS;
    if (isBlank(glyph)) out.byte(SPACE);
    else writeGlyph(rows.glyphs, glyph, out);
  }
}
