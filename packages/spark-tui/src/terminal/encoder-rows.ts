/**
 * One row of cells to bytes: what differs between `front` (shown) and `back` (wanted) from the first
 * differing cell to the last.
 *
 *     blank tail           EL, once
 *     blank run            spaces or ECH
 *     glyph                move (or retype unchanged cells), SGR difference, UTF-8
 *     text that moved      ICH and DCH, where that makes the row shorter
 *
 * Invariants after `encodeRow`: front looks like back in the columns asked for; nothing that is equal
 * was written, except where retyping it was cheaper than a move. Autowrap is off in the terminal, so
 * nothing ever wraps; after the last column the cursor's column counts as unknown (-1).
 */
import {
  CELL_WORDS,
  GLYPH_ID_MASK,
  GLYPH_MASK as GLYPH_BITS,
  GLYPH_UNCERTAIN,
  GLYPH_WIDE,
  GLYPH_WIDTH_MASK,
} from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import {
  copyCell,
  differs,
  isBoundary,
  GLYPH_NARROW,
  isBlank,
  isOrdinary,
  isPlainBlank,
  isWhole,
  ORDINARY_MASK,
  same,
} from './encoder-cells.ts';
import { horizontalCost, writeMove } from './encoder-moves.ts';
import { BLANK_VISIBLE, Pen, penColor, penStyle } from './encoder-sgr.ts';
import { encodeRun, type GlyphBytes, writeGlyph } from './encoder-run.ts';
import { RowShift } from './encoder-shift.ts';
import { csiCountCost, dch, ech, el, ich } from './sequences.ts';

const SPACE = 0x20;
/** Bytes of EL 0. */
const EL_COST = 3;
/** A blank run is cut where at least this many of its cells are unchanged: a move over them is cheaper. */
const RUN_CUT = 6;
/** Rows that differ over fewer columns are written in one way only. */
const MIN_TRIAL_COLUMNS = 12;
/** Shorter runs of blanks are no reason to erase first. */
const MIN_PAPER_RUN = 4;

/** Cursor and pen as they were: to try one way of writing, then another. */
export interface Mark {
  x: number;
  y: number;
  known: boolean;
  fg: number;
  bg: number;
  style: number;
}

export class RowEncoder {
  readonly pen: Pen;
  /** Cursor, -1 = unknown. */
  x = -1;
  y = -1;
  private readonly glyphs: GlyphBytes;
  private readonly caps: EncoderCaps;
  private readonly shift = new RowShift();
  private readonly before: Mark = { x: 0, y: 0, known: false, fg: 0, bg: 0, style: 0 };
  private readonly after: Mark = { x: 0, y: 0, known: false, fg: 0, bg: 0, style: 0 };
  /** The row as it was before it was written without moving anything. */
  private kept = new Uint32Array(0);

  constructor(glyphs: GlyphBytes, caps: EncoderCaps) {
    this.glyphs = glyphs;
    this.caps = caps;
    this.pen = new Pen(caps);
  }

  save(mark: Mark): void {
    const pen = this.pen;
    mark.x = this.x;
    mark.y = this.y;
    mark.known = pen.known;
    mark.fg = pen.fg;
    mark.bg = pen.bg;
    mark.style = pen.style;
  }

  restore(mark: Mark): void {
    const pen = this.pen;
    this.x = mark.x;
    this.y = mark.y;
    pen.known = mark.known;
    pen.fg = mark.fg;
    pen.bg = mark.bg;
    pen.style = mark.style;
  }

  /** Brings the cursor to a cell; -1 is a place unknown. */
  moveTo(x: number, y: number, out: ByteBuffer): void {
    if (this.x === x && this.y === y) return;
    writeMove(out, this.x, this.y, x, y, this.caps.lineFeed);
    this.x = x;
    this.y = y;
  }

  /** Writes what differs in columns `from` … `to`-1 of row `y`. */
  encodeRow(front: Uint32Array, back: Uint32Array, cols: number, y: number, from: number, to: number, out: ByteBuffer): void {
    const row = y * cols;
    let x = from;
    while (x < to && (same(front, back, (row + x) * CELL_WORDS) || !differs(front, back, (row + x) * CELL_WORDS))) x++;
    if (x === to) return;
    let end = to;
    while (!differs(front, back, (row + end - 1) * CELL_WORDS)) end--;
    const length = end - x;
    const moved = length >= MIN_TRIAL_COLUMNS && this.caps.insertCells && this.shift.find(front, back, cols, row, x, end);
    const paper = length >= MIN_TRIAL_COLUMNS ? this.commonPaper(back, row + x, row + end) : -1;
    if (!moved && paper === -1) {
      this.encodeCells(front, back, cols, y, x, end, out);
      return;
    }
    // The row as it stands, then the other ways; the shortest one stays.
    const words = cols * CELL_WORDS;
    if (this.kept.length < words) this.kept = new Uint32Array(words);
    for (let i = 0; i < words; i++) this.kept[i] = front[row * CELL_WORDS + i];
    this.save(this.before);
    const start = out.length;
    this.encodeCells(front, back, cols, y, x, end, out);
    if (moved) {
      const middle = this.tryAgain(front, row, words, out);
      this.moveText(front, cols, y, out);
      this.encodeRest(front, back, cols, y, x, cols, out);
      this.keepShorter(start, middle, out);
    }
    if (paper !== -1) {
      const middle = this.tryAgain(front, row, words, out);
      this.eraseUnder(front, back, cols, y, x, end, paper, out);
      this.encodeRest(front, back, cols, y, x, end, out);
      this.keepShorter(start, middle, out);
    }
  }

  /** Goes back to before the row was written; returns where its bytes end. */
  private tryAgain(front: Uint32Array, row: number, words: number, out: ByteBuffer): number {
    this.save(this.after);
    this.restore(this.before);
    for (let i = 0; i < words; i++) front[row * CELL_WORDS + i] = this.kept[i];
    return out.length;
  }

  /** Of two ways to write the row, `start` … `middle` and `middle` … end, the shorter one stays. */
  private keepShorter(start: number, middle: number, out: ByteBuffer): void {
    if (out.length - middle < middle - start) {
      out.remove(start, middle);
    } else {
      out.length = middle;
      this.restore(this.after);
    }
  }

  private encodeRest(front: Uint32Array, back: Uint32Array, cols: number, y: number, from: number, to: number, out: ByteBuffer): void {
    const row = y * cols;
    let first = from;
    let last = to;
    while (first < last && !differs(front, back, (row + first) * CELL_WORDS)) first++;
    while (last > first && !differs(front, back, (row + last - 1) * CELL_WORDS)) last--;
    if (first < last) this.encodeCells(front, back, cols, y, first, last, out);
  }

  /** Background of the blanks in cells `first` … `end`-1 when at least two runs of them have it; -1: none. */
  private commonPaper(back: Uint32Array, first: number, end: number): number {
    let previous = -1;
    // Every run that is long enough has a cell at each MIN_PAPER_RUN-th place.
    for (let cell = first; cell < end; cell += MIN_PAPER_RUN) {
      if (back[cell * CELL_WORDS] !== 0) continue;
      let start = cell;
      while (start > first && back[(start - 1) * CELL_WORDS] === 0) start--;
      while (cell + 1 < end && back[(cell + 1) * CELL_WORDS] === 0) cell++;
      if (cell + 1 - start < MIN_PAPER_RUN || !isPlainBlank(back, start * CELL_WORDS)) continue;
      const paper = back[start * CELL_WORDS + 2];
      if (paper === previous) return paper;
      previous = paper;
    }
    return -1;
  }

  /** Erases columns `from` … `to`-1 in one background: glyphs are then written on it. */
  private eraseUnder(front: Uint32Array, back: Uint32Array, cols: number, y: number, from: number, to: number, paper: number, out: ByteBuffer): void {
    const bg = penColor(paper | 0, this.caps.depth);
    if (bg !== 0 && !this.caps.backgroundErase) return;
    const row = y * cols;
    let last = cols;
    while (last > to && isPlainBlank(back, (row + last - 1) * CELL_WORDS) && back[(row + last - 1) * CELL_WORDS + 2] === paper) last--;
    if (!isBoundary(front, row, from, cols) || (last > to && !isBoundary(front, row, to, cols))) return;
    this.moveTo(from, y, out);
    this.pen.setBlank(out, bg);
    const end = last > to ? to : cols;
    if (last > to) ech(out, to - from);
    else el(out);
    for (let cell = row + from; cell < row + end; cell++) {
      front[cell * CELL_WORDS] = 0;
      front[cell * CELL_WORDS + 1] = 0;
      front[cell * CELL_WORDS + 2] = paper;
      front[cell * CELL_WORDS + 3] = 0;
    }
  }

  /** Takes cells out and puts blanks in where `shift` says, on the terminal and in `front`. */
  private moveText(front: Uint32Array, cols: number, y: number, out: ByteBuffer): void {
    const { deleteAt, insertAt, count } = this.shift;
    this.pen.setBlank(out, 0);
    if (deleteAt >= 0) {
      this.moveTo(deleteAt, y, out);
      dch(out, count);
    }
    if (insertAt >= 0) {
      this.moveTo(insertAt, y, out);
      ich(out, count);
    }
    this.shift.apply(front, cols, y * cols);
  }

  /** Writes columns `first` … `last`-1; both ends differ. */
  private encodeCells(front: Uint32Array, back: Uint32Array, cols: number, y: number, first: number, last: number, out: ByteBuffer): void {
    const depth = this.caps.depth;
    const pen = this.pen;
    const row = y * cols;
    let x = first;
    let end = last;
    const eraseFrom = this.blankTail(front, back, cols, row, x, end);
    if (eraseFrom < end) end = eraseFrom;
    /** A column that must be written although it does not differ. */
    let forced = -1;

    while (x < end || (x === forced && x < eraseFrom)) {
      const at = (row + x) * CELL_WORDS;
      if (x !== forced && (same(front, back, at) || !differs(front, back, at))) {
        x++;
        continue;
      }
      const glyph = back[at] & GLYPH_BITS;
      if (isOrdinary(glyph)) {
        if (this.x !== x || this.y !== y) {
          this.approach(back, cols, x, y, penColor(back[at + 1] | 0, depth), penColor(back[at + 2] | 0, depth), penStyle(back[at + 3]), out);
        }
        x = encodeRun(this.pen, this.caps, this.glyphs, front, back, row + x, row + end, out) - row;
        this.x = x < cols ? x : -1;
        continue;
      }
      const wide = (glyph & GLYPH_WIDTH_MASK) === GLYPH_WIDE;
      const blank = isBlank(glyph) || !isWhole(back, at, x, cols);
      if (blank && (back[at + 3] & BLANK_VISIBLE) === 0) {
        x = this.encodeBlanks(front, back, cols, y, x, end, eraseFrom, out);
        continue;
      }
      const fg = penColor(back[at + 1] | 0, depth);
      const bg = penColor(back[at + 2] | 0, depth);
      const style = penStyle(back[at + 3]);
      if (this.x !== x || this.y !== y) this.approach(back, cols, x, y, fg, bg, style, out);
      pen.set(out, fg, bg, style);
      copyCell(front, back, at);
      if (blank) {
        out.byte(SPACE);
        if (!isBlank(glyph)) front[at] = 0;
        this.x = ++x < cols ? x : -1;
        continue;
      }
      // A terminal that draws the glyph narrow must not keep what was in its second cell.
      if (wide && (glyph & GLYPH_UNCERTAIN) !== 0) ech(out, 2);
      writeGlyph(this.glyphs, glyph, out);
      if (wide) copyCell(front, back, at + CELL_WORDS);
      x += wide ? 2 : 1;
      if ((glyph & GLYPH_UNCERTAIN) === 0) {
        this.x = x < cols ? x : -1;
      } else {
        // Where the cursor is now, terminals disagree; one that draws the glyph wider covered the next cell.
        this.x = -1;
        if (x < cols) forced = x;
      }
    }

    if (eraseFrom < cols) this.eraseTail(front, back, cols, y, eraseFrom, out);
  }

  /**
   * The column from which EL writes all that is left of the row: everything from there on is blank on
   * one background, and enough of it differs. `cols` when there is no such column.
   */
  private blankTail(front: Uint32Array, back: Uint32Array, cols: number, row: number, first: number, end: number): number {
    const last = (row + end - 1) * CELL_WORDS;
    if (!isPlainBlank(back, last)) return cols;
    const depth = this.caps.depth;
    const bg = penColor(back[last + 2] | 0, depth);
    if (bg !== 0 && !this.caps.backgroundErase) return cols;
    for (let x = end; x < cols; x++) {
      const at = (row + x) * CELL_WORDS;
      if (!isPlainBlank(back, at) || penColor(back[at + 2] | 0, depth) !== bg) return cols;
    }
    let start = end;
    for (let x = end - 1; x >= first; x--) {
      const at = (row + x) * CELL_WORDS;
      if (!isPlainBlank(back, at) || penColor(back[at + 2] | 0, depth) !== bg) break;
      if (differs(front, back, at)) start = x;
    }
    return end - start > EL_COST ? start : cols;
  }

  private eraseTail(front: Uint32Array, back: Uint32Array, cols: number, y: number, x: number, out: ByteBuffer): void {
    const pen = this.pen;
    const at = (y * cols + x) * CELL_WORDS;
    const bg = penColor(back[at + 2] | 0, this.caps.depth);
    if (this.x !== x || this.y !== y) this.approach(back, cols, x, y, pen.fg, pen.bg, pen.style, out);
    pen.setBlank(out, bg);
    el(out);
    const end = (y + 1) * cols * CELL_WORDS;
    for (let i = at; i < end; i += CELL_WORDS) copyCell(front, back, i);
  }

  /** Writes a run of blanks on one background that starts at `x`. Returns the column after it. */
  private encodeBlanks(
    front: Uint32Array,
    back: Uint32Array,
    cols: number,
    y: number,
    x: number,
    end: number,
    eraseFrom: number,
    out: ByteBuffer,
  ): number {
    const depth = this.caps.depth;
    const pen = this.pen;
    const row = y * cols;
    const bg = penColor(back[(row + x) * CELL_WORDS + 2] | 0, depth);
    let stop = x + 1;
    let quiet = 0;
    for (let cx = stop; cx < end && quiet < RUN_CUT; cx++) {
      const at = (row + cx) * CELL_WORDS;
      if (!isPlainBlank(back, at) || penColor(back[at + 2] | 0, depth) !== bg) break;
      if (differs(front, back, at)) {
        stop = cx + 1;
        quiet = 0;
      } else {
        quiet++;
      }
    }
    let next = stop;
    while (next < end && !differs(front, back, (row + next) * CELL_WORDS)) next++;

    // Take the pen of the glyph that follows when it suits the blanks too: one SGR instead of two.
    let fg = 0;
    let style = 0;
    let ahead = false;
    if (next < end && !pen.fitsBlank(bg)) {
      const at = (row + next) * CELL_WORDS;
      fg = penColor(back[at + 1] | 0, depth);
      style = penStyle(back[at + 3]);
      ahead = penColor(back[at + 2] | 0, depth) === bg && (style & BLANK_VISIBLE) === 0 && !isPlainBlank(back, at);
    }
    if (this.x !== x || this.y !== y) {
      if (ahead) this.approach(back, cols, x, y, fg, bg, style, out);
      else this.approach(back, cols, x, y, pen.fg, pen.bg, pen.style, out);
    }
    if (ahead) pen.set(out, fg, bg, style);
    else pen.setBlank(out, bg);

    const count = stop - x;
    const target = next < end ? next : eraseFrom < cols ? eraseFrom : -1;
    const onward = target < 0 ? 0 : horizontalCost(stop, target);
    const afterEch = target < 0 ? 0 : horizontalCost(x, target);
    if (csiCountCost(count) + afterEch < count + onward && (bg === 0 || this.caps.backgroundErase)) {
      ech(out, count);
    } else {
      out.repeat(SPACE, count);
      this.x = stop < cols ? stop : -1;
    }
    for (let cx = x; cx < stop; cx++) {
      const at = (row + cx) * CELL_WORDS;
      copyCell(front, back, at);
      if (!isBlank(back[at] & GLYPH_BITS)) front[at] = 0;
    }
    return stop;
  }

  /**
   * Brings the cursor to (`x`, `y`), where the pen wanted next is the one given: by retyping the
   * unchanged cells between, when that takes fewer bytes, else by the cheapest move.
   */
  private approach(
    back: Uint32Array,
    cols: number,
    x: number,
    y: number,
    fg: number,
    bg: number,
    style: number,
    out: ByteBuffer,
  ): void {
    const pen = this.pen;
    if (this.y === y && this.x >= 0 && this.x < x) {
      const cost = horizontalCost(this.x, x);
      const start = y * cols + this.x;
      const end = y * cols + x;
      if (x - this.x < cost && pen.known) {
        if (this.retypeCost(back, start, end, pen.fg, pen.bg, pen.style, cost) < cost) {
          this.retype(back, start, end, out);
        } else if (this.retypeCost(back, start, end, fg, bg, style, cost) < cost) {
          pen.set(out, fg, bg, style);
          this.retype(back, start, end, out);
        } else {
          writeMove(out, this.x, y, x, y, this.caps.lineFeed);
        }
        this.x = x;
        return;
      }
    }
    writeMove(out, this.x, this.y, x, y, this.caps.lineFeed);
    this.x = x;
    this.y = y;
  }

  /** Bytes of writing the cells again with the pen given; `limit` or more when that is not possible. */
  private retypeCost(back: Uint32Array, start: number, end: number, fg: number, bg: number, style: number, limit: number): number {
    const depth = this.caps.depth;
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

  private retype(back: Uint32Array, start: number, end: number, out: ByteBuffer): void {
    for (let i = start; i < end; i++) {
      const glyph = back[i * CELL_WORDS] & GLYPH_BITS;
      if (isBlank(glyph)) out.byte(SPACE);
      else writeGlyph(this.glyphs, glyph, out);
    }
  }
}
