/**
 * Cells to bytes: compares what is painted (`back`) with what the terminal shows (`front`) and
 * writes the cheapest bytes that make the terminal show `back`. What the terminal is left with after
 * a frame (cursor, pen) is where the next frame starts.
 *
 *   rows that moved      one scroll each (`encoder-scroll.ts`), `front` shifted likewise
 *   each dirty row       first … last cell that differs (`encoder-rows.ts`)
 *
 * A frame with scrolls is written without them too, up to where that is longer: the shorter one stays,
 * so scrolling is never dearer than not scrolling.
 *
 * Invariants after `encode`: front looks like back inside the spans; nothing that is equal was written,
 * except where retyping it was cheaper than a move; no byte at all when nothing differs; no scroll region
 * and no margin is left set.
 */
import type { CellBuffer, RowSpans } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import { type Mark, RowEncoder } from './encoder-rows.ts';
import type { GlyphBytes } from './encoder-run.ts';
import { ScrollSearch } from './encoder-scroll.ts';
import { writeScroll } from './encoder-scroll-bytes.ts';
import { cup, ed, MODE_SYNCHRONIZED, SET_MODE_BYTES, setMode } from './sequences.ts';

export type { GlyphBytes };

/** Frames up to this size need no synchronisation marks. */
const SYNC_MIN_BYTES = 200;
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
  private readonly caps: EncoderCaps;
  private readonly rows: RowEncoder;
  private readonly search: ScrollSearch;
  private readonly canScroll: boolean;
  private readonly before: Mark = { x: 0, y: 0, known: false, fg: 0, bg: 0, style: 0 };
  private readonly after: Mark = { x: 0, y: 0, known: false, fg: 0, bg: 0, style: 0 };
  /** What the terminal showed before the scrolls of this frame; of the size of the screen once one was tried. */
  private shown = new Uint32Array(0);

  constructor(glyphs: GlyphBytes, caps: EncoderCaps) {
    this.caps = caps;
    this.rows = new RowEncoder(glyphs, caps);
    this.search = new ScrollSearch(caps.margins && caps.scrollRegion && caps.scrollUp);
    this.canScroll = caps.scrollRegion || caps.insertLines;
  }

  /** Something else wrote to the terminal, or it changed its size: cursor and pen are unknown from now on. */
  forget(): void {
    this.rows.x = -1;
    this.rows.y = -1;
    this.rows.pen.forget();
    this.search.forgetHints();
  }

  /** Erases the screen, makes `front` say so and marks all of it: the next `encode` writes everything. */
  repaint(front: CellBuffer, spans: RowSpans, out: ByteBuffer): void {
    this.rows.pen.reset(out);
    cup(out, 0, 0);
    ed(out);
    this.rows.x = 0;
    this.rows.y = 0;
    this.search.forgetHints();
    front.clear();
    spans.markAll();
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
    this.search.forgetHints();
    if (!this.caps.synchronized) return;
    if (out.length - head > SYNC_MIN_BYTES) setMode(out, MODE_SYNCHRONIZED, false);
    else out.remove(start, start + SET_MODE_BYTES);
  }

  /** Writes the dirty rows. Gives up, and returns false, once the bytes are more than `limitBytes`. */
  private encodeRows(front: Uint32Array, back: CellBuffer, spans: RowSpans, out: ByteBuffer, limitBytes: number): boolean {
    const cols = back.cols;
    const start = out.length;
    for (let y = spans.top; y < spans.bottom; y++) {
      const end = spans.ends[y];
      if (end === 0) continue;
      // One column more on both sides: the repair of a halved wide glyph reaches that far.
      const from = spans.starts[y] > 0 ? spans.starts[y] - 1 : 0;
      this.rows.encodeRow(front, back.words, cols, y, from, end < cols ? end + 1 : cols, out);
      if (out.length - start > limitBytes) return false;
    }
    return true;
  }

  /** Writes the frame with what moved scrolled, when that is shorter. False when nothing was written: nothing moved. */
  private encodeScrolled(front: CellBuffer, back: CellBuffer, spans: RowSpans, out: ByteBuffer): boolean {
    const { search, rows } = this;
    const { cols } = back;
    const hinted = search.hintCount > 0;
    if (spans.isEmpty) return false;
    if (!hinted && !search.vote(front.words, back.words, cols, spans)) return false;
    const start = out.length;
    let scrolled = false;
    for (let i = 0; i < (hinted ? search.hintCount : MAX_SCROLLS); i++) {
      const pays = hinted ? search.tryHint(i, front.words, back.words, cols, back.rows) : search.tryVoted(front.words, back.words, cols, spans);
      if (!pays) continue;
      if (!scrolled) this.remember(front);
      if (!writeScroll(search, rows, this.caps, cols, back.rows, out)) continue;
      scrolled = true;
      search.apply(front.words, cols);
      spans.markRect(search.left, search.top, search.right, search.bottom);
    }
    if (!scrolled) return false;
    this.encodeRows(front.words, back, spans, out, Infinity);

    const middle = out.length;
    rows.save(this.after);
    rows.restore(this.before);
    if (this.encodeRows(this.shown, back, spans, out, middle - start) && out.length - middle <= middle - start) {
      out.remove(start, middle);
      front.words.set(this.shown);
    } else {
      out.length = middle;
      rows.restore(this.after);
    }
    return true;
  }

  private remember(front: CellBuffer): void {
    if (this.shown.length !== front.words.length) this.shown = new Uint32Array(front.words.length);
    this.shown.set(front.words);
    this.rows.save(this.before);
  }
}
