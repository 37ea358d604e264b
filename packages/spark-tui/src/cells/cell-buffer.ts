/**
 * The screen as numbers: what each cell shows. Two of them make a frame: `back` is painted, `front`
 * is what the terminal shows.
 *
 *   words = [ row 0: cell 0 (glyph, fg, bg, style) | cell 1 | … | row 1: … ]     row-major
 *   word w of cell (x, y) = words[(y * cols + x) * 4 + w]
 *
 * Invariants:
 * - zero-filled memory is a blank screen in the terminal's default colours;
 * - a wide glyph is a head (width bits 2) directly followed, in the same row, by a continuation
 *   (glyph word `GLYPH_CONTINUATION`) with the same fg, bg and style; neither half occurs alone.
 *   Writing over one half turns the other into a blank that keeps its colours.
 *
 * Who writes `words` directly (a paint loop) calls `splitWide` at both ends of what it writes.
 */
import { bufferPool, type Buffer, OptionError } from '../base/index.ts';
import {
  CELL_WORDS,
  GLYPH_CONTINUATION,
  GLYPH_MASK,
  GLYPH_SPACE,
  GLYPH_WIDE,
  GLYPH_WIDTH_MASK,
  MAX_SIDE_CELLS,
} from './cell-format.ts';

/**
 * A grid of cells.
 *
 * @example
 * const back = new CellBuffer(80, 24);
 * back.set(0, 0, 0x41 | (1 << 22), 0, 0xff00_0080, 1); // a bold 'A' on navy
 * back.release();
 */
export class CellBuffer {
  cols: number;
  rows: number;
  /** Row-major cells of four words. Replaced by `resize` and `release`: take it at the start of a pass. */
  words: Uint32Array;
  private buffer: Buffer | null;

  /** Throws an `OptionError` when a side is no integer from 0 to 32767. */
  constructor(cols: number, rows: number) {
    checkSize(cols, rows);
    this.cols = cols;
    this.rows = rows;
    this.buffer = bufferPool.acquire(cols * rows * CELL_WORDS * 4);
    this.words = new Uint32Array(this.buffer, 0, cols * rows * CELL_WORDS);
  }

  /** Bytes this buffer takes from the pool. */
  get byteLength(): number {
    return this.buffer === null ? 0 : this.buffer.byteLength;
  }

  /** Makes the buffer `cols` × `rows` and every cell blank, also when the size stays. */
  resize(cols: number, rows: number): void {
    checkSize(cols, rows);
    const length = cols * rows * CELL_WORDS;
    if (this.buffer !== null && this.buffer.byteLength >= length * 4 && this.buffer.byteLength <= length * 16 + 4096) {
      this.words = new Uint32Array(this.buffer, 0, length);
      this.words.fill(0);
    } else {
      if (this.buffer !== null) bufferPool.release(this.buffer);
      this.buffer = bufferPool.acquire(length * 4);
      this.words = new Uint32Array(this.buffer, 0, length);
    }
    this.cols = cols;
    this.rows = rows;
  }

  /** Makes the buffer `rows` high; the rows that stay keep their cells, new ones are blank. */
  resizeRows(rows: number): void {
    checkSize(this.cols, rows);
    if (rows === this.rows) return;
    const length = this.cols * rows * CELL_WORDS;
    const kept = this.words;
    if (this.buffer !== null && this.buffer.byteLength >= length * 4 && this.buffer.byteLength <= length * 16 + 4096) {
      this.words = new Uint32Array(this.buffer, 0, length);
    } else {
      const buffer = bufferPool.acquire(length * 4);
      this.words = new Uint32Array(buffer, 0, length);
      this.words.set(kept.subarray(0, Math.min(kept.length, length)));
      if (this.buffer !== null) bufferPool.release(this.buffer);
      this.buffer = buffer;
    }
    if (length > kept.length) this.words.fill(0, kept.length);
    this.rows = rows;
  }

  /**
   * Writes one cell. Outside the screen nothing happens. A wide glyph also writes its continuation;
   * where that would lie at or beyond column `limitX` (the right edge of a clip, exclusive) a blank
   * is written instead. A space, a continuation and a glyph of width 0 are stored as blanks.
   */
  set(x: number, y: number, glyph: number, fg: number, bg: number, style: number, limitX: number = this.cols): void {
    const cols = this.cols;
    if (x < 0 || y < 0 || x >= cols || y >= this.rows) return;
    const words = this.words;
    let kept = glyph & GLYPH_MASK;
    const width = kept & GLYPH_WIDTH_MASK;
    const wide = width === GLYPH_WIDE && x + 1 < cols && x + 1 < limitX;
    if (kept === GLYPH_SPACE || width === 0 || width === GLYPH_CONTINUATION || (width === GLYPH_WIDE && !wide)) kept = 0;
    this.splitWide(x, y);
    this.splitWide(wide ? x + 2 : x + 1, y);
    const at = (y * cols + x) * CELL_WORDS;
    words[at] = kept;
    words[at + 1] = fg;
    words[at + 2] = bg;
    words[at + 3] = style;
    if (!wide) return;
    words[at + 4] = GLYPH_CONTINUATION;
    words[at + 5] = fg;
    words[at + 6] = bg;
    words[at + 7] = style;
  }

  /** Makes every cell of the rectangle (right and bottom exclusive, clipped to the screen) a blank on `bg`. */
  fill(x0: number, y0: number, x1: number, y1: number, bg: number): void {
    const cols = this.cols;
    const left = Math.max(0, x0);
    const right = Math.min(cols, x1);
    const top = Math.max(0, y0);
    const bottom = Math.min(this.rows, y1);
    if (left >= right) return;
    const words = this.words;
    // hot: 4,800 cells in 10 µs
    for (let y = top; y < bottom; y++) {
      this.splitWide(left, y);
      this.splitWide(right, y);
      const end = (y * cols + right) * CELL_WORDS;
      for (let at = (y * cols + left) * CELL_WORDS; at < end; at += CELL_WORDS) {
        words[at] = 0;
        words[at + 1] = 0;
        words[at + 2] = bg;
        words[at + 3] = 0;
      }
    }
  }

  /**
   * Makes the left edge of column `x` a glyph boundary: when a wide glyph straddles it, both its
   * halves become blanks that keep their colours. At the edges of the screen nothing happens.
   */
  splitWide(x: number, y: number): void {
    if (x <= 0 || x >= this.cols) return;
    const words = this.words;
    const at = (y * this.cols + x) * CELL_WORDS;
    if ((words[at] & GLYPH_WIDTH_MASK) !== GLYPH_CONTINUATION) return;
    words[at] = 0;
    words[at - CELL_WORDS] = 0;
  }

  /** Makes this buffer the same as `other`, in size and in every cell. */
  copyFrom(other: CellBuffer): void {
    if (this.cols !== other.cols || this.rows !== other.rows) this.resize(other.cols, other.rows);
    this.words.set(other.words);
  }

  /** Makes every cell blank in the terminal's default colours. */
  clear(): void {
    this.words.fill(0);
  }

  /** Gives the memory back and leaves a buffer of 0 × 0 cells; `resize` revives it. Idempotent. */
  release(): void {
    if (this.buffer === null) return;
    const buffer = this.buffer;
    this.buffer = null;
    this.words = new Uint32Array(0);
    this.cols = 0;
    this.rows = 0;
    bufferPool.release(buffer);
  }
}

/** Throws an `OptionError` when a screen of this size cannot be. */
export function checkSize(cols: number, rows: number): void {
  if (!Number.isInteger(cols) || cols < 0 || cols > MAX_SIDE_CELLS || !Number.isInteger(rows) || rows < 0 || rows > MAX_SIDE_CELLS) {
    throw new OptionError(`a screen of ${cols} × ${rows} cells is not possible; both sides must be integers from 0 to ${MAX_SIDE_CELLS}`);
  }
}
