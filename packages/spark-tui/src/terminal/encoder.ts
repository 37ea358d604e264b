/**
 * Cells to bytes: compares what is painted (`back`) with what the terminal shows (`front`) and
 * writes the cheapest bytes that make the terminal show `back`. What the terminal is left with after
 * a frame (cursor, pen) is where the next frame starts.
 *
 *   rows that moved      one scroll each (`encoder-scroll.ts`), `front` shifted likewise
 *   each dirty row       first … last cell that differs (`encoder-rows.ts`)
 *   blank to the bottom  one ED, when that is shorter
 *
 * A frame with scrolls is written without them too, up to where that is longer: the shorter one stays,
 * so scrolling is never dearer than not scrolling.
 *
 * Invariants after `encode`: front looks like back inside the spans; nothing that is equal was written,
 * except where retyping it was cheaper than a move; no byte at all when nothing differs; no scroll region
 * and no margin is left set, no link is left open.
 */
import { CELL_WORDS, type CellBuffer, type ExtraSource, type RowSpans } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import { isPlainBlank, nextDifference } from './encoder-cells.ts';
import { type Mark, newMark, restoreMark, saveMark } from './encoder-mark.ts';
import { RowEncoder } from './encoder-rows.ts';
import type { GlyphBytes } from './encoder-run.ts';
import { ScrollSearch } from './encoder-scroll.ts';
import { writeScroll } from './encoder-scroll-bytes.ts';
import { cup, edAll, MODE_SYNCHRONIZED, SET_MODE_BYTES, setMode } from './sequences.ts';

export type { GlyphBytes };

/** Frames up to this size need no synchronisation marks. */
const SYNC_MIN_BYTES = 200;
/** Fewer rows are erased each on its own. */
const MIN_ERASED_ROWS = 2;
/** When so many rows at the bottom are clean, nothing is looked for there. */
const MAX_CLEAN_BELOW = 3;
/** Most distances tried in a frame when nobody gave hints. */
const MAX_SCROLLS = 4;

/**
 * Writes frames for one terminal.
 *
 * @example
 * const encoder = new Encoder(glyphs, DEFAULT_CAPS);
 * encoder.repaint(front, spans, out);
 * encoder.encode(front, back, spans, out);
 */
export class Encoder {
  /** What is taken for known of the terminal; changed by `configure`. */
  caps: EncoderCaps;
  private readonly rows: RowEncoder;
  private readonly search = new ScrollSearch();
  private canScroll = false;
  private readonly before: Mark = newMark();
  private readonly after: Mark = newMark();
  /** What the terminal showed before the scrolls of this frame; of the size of the screen once one was tried. */
  private shown = new Uint32Array(0);

  /** `extras` says what the extra ids of cells mean; without it there are none. */
  constructor(glyphs: GlyphBytes, caps: EncoderCaps, extras?: ExtraSource) {
    this.caps = caps;
    this.rows = new RowEncoder(glyphs, caps, extras);
    this.configure(caps);
  }

  /**
   * More (or less) is known of the terminal; holds from the next frame on. Cells that are shown stay as they
   * are until they are written again: after a change of depth the caller repaints.
   */
  configure(caps: EncoderCaps): void {
    this.caps = caps;
    this.rows.marginsOn = false;
    this.rows.configure(caps);
    this.search.margins = caps.margins && caps.scrollRegion && caps.scrollUp;
    this.canScroll = !caps.relative && (caps.scrollRegion || caps.insertLines);
  }

  /** Something else wrote to the terminal, or it changed its size: cursor and pen are unknown from now on. */
  forget(): void {
    this.rows.x = -1;
    this.rows.y = -1;
    this.rows.marginsOn = false;
    this.rows.pen.forget();
    this.search.forgetHints();
  }

  /**
   * Erases the screen, makes `front` say so and marks all of it: the next `encode` writes everything. For a screen
   * that is the app's alone.
   */
  repaint(front: CellBuffer, spans: RowSpans, out: ByteBuffer): void {
    this.rows.pen.reset(out);
    cup(out, 0, 0);
    // Not ED 0: xterm.js, once made narrower, keeps what was beyond in the first row, and DCH would bring it back.
    edAll(out);
    this.rows.x = 0;
    this.rows.y = 0;
    this.search.forgetHints();
    front.clear();
    spans.markAll();
  }

  /** Column of the cursor; -1 when unknown. */
  get cursorX(): number {
    return this.rows.x;
  }

  /** Row of the cursor; -1 when unknown. */
  get cursorY(): number {
    return this.rows.y;
  }

  /** Frames may be wrapped in synchronisation marks. */
  get synchronized(): boolean {
    return this.caps.synchronized;
  }

  /** Says where the cursor is, for who moved it without the encoder. */
  placeCursor(x: number, y: number): void {
    this.rows.x = x;
    this.rows.y = y;
  }

  /** Default colours and no attributes, for bytes that are no cells of a frame. */
  resetPen(out: ByteBuffer): void {
    const { pen } = this.rows;
    if (!pen.fits(0, 0, 0) || pen.underline !== 0) pen.reset(out);
  }

  /** Puts the cursor on a cell: for a caret. */
  moveCursor(x: number, y: number, out: ByteBuffer): void {
    this.rows.moveTo(x, y, out);
  }

  /**
   * Says that the next frame's content of a rectangle (right and bottom exclusive) is this frame's moved
   * up by `delta` rows (down: negative), apart from what else changed in it. For scroll containers, before
   * `encode`. Only a hint: the encoder scrolls no more than pays, and a wrong hint costs time, never a
   * wrong cell. Without hints it looks for moved rows itself.
   *
   * @example
   * encoder.hintScroll(30, 1, 120, 39, 1); // a pane went one row down its content
   */
  hintScroll(left: number, top: number, right: number, bottom: number, delta: number): void {
    this.search.hint(left, top, right, bottom, delta);
  }

  /**
   * Appends to `out` what makes the terminal show `back` instead of `front` inside `spans`, and makes
   * `front` look like `back` there. The three have the same size. Marks in `spans` what a scroll moved;
   * does not clear them.
   */
  encode(front: CellBuffer, back: CellBuffer, spans: RowSpans, out: ByteBuffer): void {
    const start = out.length;
    if (this.caps.synchronized) setMode(out, MODE_SYNCHRONIZED, true);
    const head = out.length;
    if (!this.canScroll || !this.encodeScrolled(front, back, spans, out)) {
      this.encodeRows(front.words, back, spans, out, Infinity);
    }
    this.rows.pen.endFrame(out);
    this.search.forgetHints();
    if (!this.caps.synchronized) return;
    if (out.length - head > SYNC_MIN_BYTES) setMode(out, MODE_SYNCHRONIZED, false);
    else out.remove(start, start + SET_MODE_BYTES);
  }

  /** Writes the dirty rows. Gives up, and returns false, once the bytes are more than `limitBytes`. */
  private encodeRows(front: Uint32Array, back: CellBuffer, spans: RowSpans, out: ByteBuffer, limitBytes: number): boolean {
    const { cols } = back;
    const start = out.length;
    const blankFrom = this.blankBelow(front, back, spans);
    for (let y = spans.top; y < spans.bottom; y++) {
      if (y >= blankFrom) {
        this.rows.eraseBelow(front, back, y, out);
        break;
      }
      const end = spans.ends[y];
      if (end === 0) continue;
      // One column more on both sides: the repair of a halved wide glyph reaches that far.
      const from = spans.starts[y] > 0 ? spans.starts[y] - 1 : 0;
      this.rows.encodeRow(front, back.words, cols, y, from, end < cols ? end + 1 : cols, out);
      if (out.length - start > limitBytes) return false;
    }
    return true;
  }

  /** The row from which on all rows become blank on one background, several of them anew; the number of rows when there is none. */
  private blankBelow(front: Uint32Array, back: CellBuffer, spans: RowSpans): number {
    const { cols, rows, words } = back;
    if (spans.bottom - spans.top < MIN_ERASED_ROWS || spans.bottom < rows - MAX_CLEAN_BELOW || this.caps.relative) return rows;
    const paper = words[(cols * rows - 1) * CELL_WORDS + 2] | 0;
    if (paper !== 0 && !this.caps.backgroundErase) return rows;
    let changed = 0;
    let first = rows;
    for (let y = rows - 1; y >= spans.top; y--) {
      let cell = (y + 1) * cols - 1;
      while (cell >= y * cols && isPlainBlank(words, cell * CELL_WORDS) && (words[cell * CELL_WORDS + 2] | 0) === paper) cell--;
      if (cell >= y * cols) break;
      if (spans.ends[y] === 0 || nextDifference(front, words, y * cols, (y + 1) * cols) === (y + 1) * cols) continue;
      changed++;
      first = y;
    }
    return changed < MIN_ERASED_ROWS ? rows : first;
  }

  /** Writes the frame with what moved scrolled, when that is shorter. False when nothing was written: nothing moved. */
  private encodeScrolled(front: CellBuffer, back: CellBuffer, spans: RowSpans, out: ByteBuffer): boolean {
    const { search, rows } = this;
    const { cols } = back;
    if (spans.isEmpty) return false;
    const start = out.length;
    let scrolled = false;
    for (let i = 0; i < search.hintCount; i++) {
      if (search.tryHint(i, front.words, back.words, cols, back.rows) && this.scroll(front, spans, scrolled, out)) scrolled = true;
    }
    if (!scrolled && search.vote(front.words, back.words, cols, spans)) {
      for (let i = 0; i < MAX_SCROLLS; i++) {
        if (search.tryVoted(front.words, back.words, cols, spans) && this.scroll(front, spans, scrolled, out)) scrolled = true;
      }
    }
    if (!scrolled) return false;
    this.encodeRows(front.words, back, spans, out, Infinity);

    const middle = out.length;
    saveMark(rows, this.after);
    restoreMark(rows, this.before);
    if (this.encodeRows(this.shown, back, spans, out, middle - start) && out.length - middle <= middle - start) {
      out.remove(start, middle);
      front.words.set(this.shown);
    } else {
      out.length = middle;
      restoreMark(rows, this.after);
    }
    return true;
  }

  /** Scrolls what the search found last. False when the terminal has no way to. */
  private scroll(front: CellBuffer, spans: RowSpans, isNext: boolean, out: ByteBuffer): boolean {
    const { search } = this;
    if (!isNext) this.remember(front);
    if (!writeScroll(search, this.rows, this.caps, front.cols, front.rows, out)) return false;
    search.apply(front.words, front.cols);
    spans.markRect(search.left, search.top, search.right, search.bottom);
    return true;
  }

  private remember(front: CellBuffer): void {
    if (this.shown.length !== front.words.length) this.shown = new Uint32Array(front.words.length);
    this.shown.set(front.words);
    saveMark(this.rows, this.before);
  }
}
