/**
 * One row of cells to bytes: what differs between `front` (shown) and `back` (wanted) from the first
 * differing cell to the last.
 *
 *     blank tail           EL, once
 *     blank run            spaces or ECH
 *     glyph                move (or retype unchanged cells), SGR difference, UTF-8
 *     text that moved      ICH and DCH, where that makes the row shorter
 *     many blanks          erased at first, where that makes the row shorter
 *
 * Invariants after `encodeRow`: front looks like back in the columns asked for; nothing that is equal
 * was written, except where retyping it was cheaper than a move. Autowrap is off in the terminal, so
 * nothing ever wraps; after the last column the cursor's column counts as unknown (-1).
 */
import {
  CELL_WORDS,
  type CellBuffer,
  type ExtraSource,
  GLYPH_MASK as GLYPH_BITS,
  GLYPH_UNCERTAIN,
  GLYPH_WIDE,
  GLYPH_WIDTH_MASK,
} from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { approach } from './encoder-approach.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import {
  copyCell,
  differs,
  isBoundary,
  isBlank,
  isOrdinary,
  isPlainBlank,
  isWhole,
  nextDifference,
} from './encoder-cells.ts';
import { type Mark, newMark, restoreMark, saveMark } from './encoder-mark.ts';
import { horizontalCost, moveCost, writeMove } from './encoder-moves.ts';
import { commonPaper } from './encoder-paper.ts';
import { BLANK_ATTRIBUTES, BLANK_VISIBLE, Pen, penColor, penStyle } from './encoder-sgr.ts';
import { encodeRun, type GlyphBytes, writeGlyph } from './encoder-run.ts';
import { RowShift } from './encoder-shift.ts';
import { csiCountCost, dch, ech, ed, el, ich } from './sequences.ts';

const SPACE = 0x20;
/** Bytes of EL 0. */
const EL_COST = 3;
/** A blank run is cut where at least this many of its cells are unchanged: a move over them is cheaper. */
const RUN_CUT = 6;
/** Rows that differ over fewer columns are written in one way only. */
const MIN_TRIAL_COLUMNS = 12;

export class RowEncoder {
  readonly pen: Pen;
  /** Cursor, -1 = unknown. */
  x = -1;
  y = -1;
  /** DECLRMM is on, so that `CSI s` sets margins. */
  marginsOn = false;
  readonly glyphs: GlyphBytes;
  caps: EncoderCaps;
  private readonly shift = new RowShift();
  private readonly before: Mark = newMark();
  private readonly after: Mark = newMark();
  /** The row as it was before it was written without moving anything. */
  private kept = new Uint32Array(0);

  constructor(glyphs: GlyphBytes, caps: EncoderCaps, extras?: ExtraSource) {
    this.glyphs = glyphs;
    this.caps = caps;
    this.pen = new Pen(caps, extras);
  }

  /** The terminal can do more or less than was thought. */
  configure(caps: EncoderCaps): void {
    this.caps = caps;
    this.pen.configure(caps);
  }

  /** Brings the cursor to a cell; -1 is a place unknown. */
  moveTo(x: number, y: number, out: ByteBuffer): void {
    if (this.x === x && this.y === y) return;
    writeMove(out, this.x, this.y, x, y, this.caps.lineFeed, this.caps.relative);
    this.x = x;
    this.y = y;
  }

  /** Writes what differs in columns `from` … `to`-1 of row `y`. */
  encodeRow(front: Uint32Array, back: Uint32Array, cols: number, y: number, from: number, to: number, out: ByteBuffer): void {
    const row = y * cols;
    const x = nextDifference(front, back, row + from, row + to) - row;
    if (x === to) return;
    let end = to;
    while (!differs(front, back, (row + end - 1) * CELL_WORDS)) end--;
    const length = end - x;
    const moved = length >= MIN_TRIAL_COLUMNS && this.caps.insertCells && this.shift.find(front, back, cols, row, x, end);
    const paper = length >= MIN_TRIAL_COLUMNS ? commonPaper(back, row + x, row + end) : -1;
    if (!moved && paper === -1) {
      this.encodeCells(front, back, cols, y, x, end, out);
      return;
    }
    // The row as it stands, then the other ways; the shortest one stays.
    const words = cols * CELL_WORDS;
    if (this.kept.length < words) this.kept = new Uint32Array(words);
    for (let i = 0; i < words; i++) this.kept[i] = front[row * CELL_WORDS + i];
    saveMark(this, this.before);
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
    saveMark(this, this.after);
    restoreMark(this, this.before);
    for (let i = 0; i < words; i++) front[row * CELL_WORDS + i] = this.kept[i];
    return out.length;
  }

  /** Of two ways to write the row, `start` … `middle` and `middle` … end, the shorter one stays. */
  private keepShorter(start: number, middle: number, out: ByteBuffer): void {
    if (out.length - middle < middle - start) {
      out.remove(start, middle);
    } else {
      out.length = middle;
      restoreMark(this, this.after);
    }
  }

  private encodeRest(front: Uint32Array, back: Uint32Array, cols: number, y: number, from: number, to: number, out: ByteBuffer): void {
    const row = y * cols;
    let first = from;
    let last = to;
    first = nextDifference(front, back, row + first, row + last) - row;
    while (last > first && !differs(front, back, (row + last - 1) * CELL_WORDS)) last--;
    if (first < last) this.encodeCells(front, back, cols, y, first, last, out);
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
      if (x !== forced && !differs(front, back, at)) {
        x = nextDifference(front, back, row + x + 1, row + end) - row;
        continue;
      }
      const glyph = back[at] & GLYPH_BITS;
      if (isOrdinary(glyph)) {
        if (this.x !== x || this.y !== y) {
          approach(this, back, cols, x, y, penColor(back[at + 1] | 0, depth), penColor(back[at + 2] | 0, depth), penStyle(back[at + 3]), out);
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
      let fg = penColor(back[at + 1] | 0, depth);
      const bg = penColor(back[at + 2] | 0, depth);
      let style = penStyle(back[at + 3]);
      if (blank && pen.known && (style & BLANK_ATTRIBUTES) === 0) {
        // A blank of a link: of the pen only background and link matter.
        fg = pen.fg;
        style = pen.blankStyle(style);
      }
      if (this.x !== x || this.y !== y) approach(this, back, cols, x, y, fg, bg, style, out);
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
    const row = y * cols;
    const bg = penColor(back[(row + x) * CELL_WORDS + 2] | 0, this.caps.depth);
    // Blanks before it are as good a place to begin, where the way there is shorter.
    let start = x;
    while (start > 0 && this.isBlankOn(back, row + start - 1, bg)) start--;
    if (this.y === y && this.x >= start && this.x <= x) start = this.x;
    else if (this.caps.relative || moveCost(this.x, this.y, start, y, this.caps.lineFeed) >= moveCost(this.x, this.y, x, y, this.caps.lineFeed)) start = x;
    if (this.x !== start || this.y !== y) approach(this, back, cols, start, y, pen.fg, pen.bg, pen.style, out);
    pen.setBlank(out, bg);
    el(out);
    for (let cell = row + start; cell < row + cols; cell++) copyCell(front, back, cell * CELL_WORDS);
  }

  /** Erases row `y` and all below it, which become blank on one background. */
  eraseBelow(front: Uint32Array, back: CellBuffer, y: number, out: ByteBuffer): void {
    const { cols, words } = back;
    this.moveTo(0, y, out);
    this.pen.setBlank(out, penColor(words[y * cols * CELL_WORDS + 2] | 0, this.caps.depth));
    ed(out);
    front.set(words.subarray(y * cols * CELL_WORDS), y * cols * CELL_WORDS);
  }

  /** True for a blank of which only a background shows, and it is this one. */
  private isBlankOn(back: Uint32Array, cell: number, bg: number): boolean {
    const at = cell * CELL_WORDS;
    return isPlainBlank(back, at) && penColor(back[at + 2] | 0, this.caps.depth) === bg;
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
    const next = nextDifference(front, back, row + stop, row + end) - row;

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
    const target = next < end ? next : eraseFrom < cols ? eraseFrom : -1;
    const byErase = bg === 0 || this.caps.backgroundErase;
    let first = x;
    let erases = byErase && csiCountCost(stop - x) + onward(x, target) < stop - x + onward(stop, target);
    if (byErase && this.y === y && this.x >= 0 && this.x < x) {
      // Unchanged blanks before it may be erased along with it, instead of passed over.
      let start = x;
      while (start > this.x && this.isBlankOn(back, row + start - 1, bg)) start--;
      const way = Math.min(x - this.x, horizontalCost(this.x, x));
      const cost = way + (erases ? csiCountCost(stop - x) + onward(x, target) : stop - x + onward(stop, target));
      if (start === this.x && csiCountCost(stop - start) + onward(start, target) < cost) {
        first = start;
        erases = true;
      }
    }
    if (this.x !== first || this.y !== y) {
      if (ahead) approach(this, back, cols, first, y, fg, bg, style, out);
      else approach(this, back, cols, first, y, pen.fg, pen.bg, pen.style, out);
    }
    if (ahead) pen.set(out, fg, bg, style);
    else pen.setBlank(out, bg);
    if (erases) {
      ech(out, stop - first);
    } else {
      out.repeat(SPACE, stop - first);
      this.x = stop < cols ? stop : -1;
    }
    for (let cx = x; cx < stop; cx++) {
      const at = (row + cx) * CELL_WORDS;
      copyCell(front, back, at);
      if (!isBlank(back[at] & GLYPH_BITS)) front[at] = 0;
    }
    return stop;
  }
}

/** Bytes from a column to the one written next; nothing when there is none (-1). */
function onward(x: number, target: number): number {
  return target < 0 ? 0 : horizontalCost(x, target);
}
