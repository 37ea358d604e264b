/**
 * The live region of an app on the normal screen: rows below the user's lines, rewritten in place. Its row
 * on the screen is unknown and never asked for; everything is relative to where the cursor was left.
 *
 *     … user's lines, history …        never touched again
 *     ┌ region row 0 ◀ the cursor waits here, hidden, in column 0 (or at a caret)
 *     │ …
 *     └ region row rows-1              nothing of ours below
 *
 *   open     CR, ED 0, then line feeds make the rows (the screen scrolls when at its bottom)
 *   grow     line feeds from the last row; ED 0 on the first new one
 *   shrink   ED 0 on the first row that goes
 *   history  ED 0 from the top, the lines, and the region anew below them
 *
 * Down is always LF, which never stops above its row; up is CUU, so the way back never climbs above the region.
 * A terminal that changes its size keeps the cursor on its cell, and drops what lies below it first, so waiting
 * at the top means: CR, ED 0 and the region anew are right after any resize, and no line above is touched. With a caret
 * below the first row, how far up the region begins after a change of width is known only as well as it is known which
 * rows the terminal lays out anew (`reflow`) and how wide it is; in doubt it is climbed too little, which leaves rows of
 * the region behind, and never too far, which would erase lines of the user.
 *
 * Autowrap is off while the region lives; for history lines it is on: a terminal that has become narrower
 * meanwhile wraps them, and loses nothing. They are never inserted (IL) above a region that stays as it is: a
 * terminal that had laid the region's rows out anew remembers of those rows that they go on in the next one, and
 * when a line happens to end on such a row, the region becomes part of that line, and is later erased with it.
 */
import { CELL_WORDS, type CellBuffer, GLYPH_SPACE, type RowSpans } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { Encoder } from './encoder.ts';
import type { HistoryLine } from './history-line.ts';
import { CR, cuf, cuu, ed, el, LF, MODE_AUTOWRAP, MODE_SYNCHRONIZED, setMode, sgrReset } from './sequences.ts';

/** What a frame of a region is made from. */
export interface RegionFrame {
  readonly encoder: Encoder;
  /** What the terminal shows of the region, and what it is to show: of the same size. */
  readonly front: CellBuffer;
  readonly back: CellBuffer;
  readonly spans: RowSpans;
  /** Lines that go above the region with this frame. */
  readonly lines: readonly HistoryLine[];
  /** Nothing is certain of what the terminal shows from the region's first row on. */
  readonly repaint: boolean;
  /** Brings the cursor to a caret, as the last thing of a frame. False when there is none. */
  readonly placeCaret: ((out: ByteBuffer) => boolean) | null;
}

/**
 * Which rows a terminal lays out anew when its width changes: none, all but the cursor's, or all.
 */
export type Reflow = 'none' | 'others' | 'all';

/**
 * The region of one app.
 *
 * @example
 * region.encode(frame, out);
 * output.write(out.view());
 * region.written();
 */
export class LiveRegion {
  /** Matters only with a caret. */
  private readonly reflow: () => Reflow;
  /** Rows on the terminal after the last frame written; 0 before the first. */
  private shown = 0;
  private shownX = 0;
  private shownY = 0;
  private rows = 0;
  private x = 0;
  private y = 0;
  /** Cells in use in the rows down to the caret's, as they were written; only after a resize with a caret. */
  private widths: number[] | null = null;
  /** What width the terminal has by the time a frame arrives is uncertain: no row is climbed that may not be ours. */
  isCautious = false;

  constructor(reflow: () => Reflow = () => 'others') {
    this.reflow = reflow;
  }

  /** Rows of the terminal that are the region's. */
  get height(): number {
    return this.shown;
  }

  /** The cursor is at a caret, and not where the region begins. */
  get hasCaret(): boolean {
    return this.shown > 0 && (this.shownX > 0 || this.shownY > 0);
  }

  /** Where the region begins follows from the width of the terminal, now that it has changed. */
  hangsOnWidth(cols: number): boolean {
    return this.hasCaret && this.rowsAbove(cols) !== this.shownY;
  }

  /** The terminal has another width: how far up the region begins may depend on what its rows show. */
  remember(front: CellBuffer): void {
    if (this.widths !== null || (this.shownX <= 0 && this.shownY === 0)) return;
    this.widths = Array.from({ length: Math.min(this.shownY + 1, front.rows) }, (_, y) => usedCells(front, y));
  }

  /** Appends one frame; nothing when nothing changed. False when bytes of the app went out that may have drawn anything. */
  encode(frame: RegionFrame, out: ByteBuffer): boolean {
    const { encoder, front, back, spans, lines } = frame;
    const start = out.length;
    const { rows } = back;
    const anew = frame.repaint || this.shown === 0 || lines.length > 0;
    const marked = encoder.synchronized && (anew || rows !== this.shown);
    if (marked) setMode(out, MODE_SYNCHRONIZED, true);
    this.rows = rows;
    if (anew) {
      if (frame.repaint) encoder.forget();
      this.open(encoder, back, lines, out);
      front.clear();
      spans.markAll();
    } else if (rows > this.shown) {
      this.grow(encoder, rows, out);
    } else if (rows < this.shown) {
      this.shrink(encoder, rows, out);
    }
    encoder.encode(front, back, spans, out);
    const before = encoder.cursorY;
    const placed = frame.placeCaret !== null && frame.placeCaret(out);
    const isCertain = encoder.cursorY >= 0;
    if (!isCertain) encoder.placeCursor(-1, before);
    if (!placed) encoder.moveCursor(0, 0, out);
    if (marked) setMode(out, MODE_SYNCHRONIZED, false);
    if (out.length !== start) {
      this.x = encoder.cursorX;
      this.y = encoder.cursorY;
    }
    return isCertain;
  }

  /** The frame encoded last is on its way: leaving starts from where it ends. */
  written(): void {
    this.shown = this.rows;
    this.shownX = this.x;
    this.shownY = this.y;
    this.widths = null;
  }

  /** Takes the region off the screen; the cursor stays where it began. For a change to another mode. */
  erase(cols: number, out: ByteBuffer): void {
    if (this.shown === 0) return;
    sgrReset(out);
    this.climb(cols, out);
    eraseBelow(out);
    this.forget();
  }

  /**
   * Leaves the region's last frame behind: the cursor goes to column 0 of the line below it, or stays when the
   * region is `blank`. Begins from what was written, whatever was being encoded.
   */
  leave(blank: boolean, out: ByteBuffer): void {
    if (this.shown === 0) return;
    sgrReset(out);
    out.byte(CR);
    if (!blank) out.repeat(LF, this.shown - this.shownY);
    out.byte(CR);
    this.forget();
  }

  private forget(): void {
    this.shown = 0;
    this.shownX = 0;
    this.shownY = 0;
    this.widths = null;
  }

  /** Writes lines, then makes blank rows for the region below them. The cursor is at the region's top. */
  private open(encoder: Encoder, { cols, rows }: CellBuffer, lines: readonly HistoryLine[], out: ByteBuffer): void {
    encoder.resetPen(out);
    this.climb(cols, out);
    eraseBelow(out);
    if (lines.length > 0) writeLines(lines, out);
    if (rows > 1) {
      out.repeat(LF, rows - 1);
      cuu(out, rows - 1);
    }
    encoder.placeCursor(0, 0);
  }

  private grow(encoder: Encoder, rows: number, out: ByteBuffer): void {
    encoder.resetPen(out); // New rows take the pen's background.
    encoder.moveCursor(0, this.shown - 1, out);
    out.byte(LF);
    ed(out);
    const more = rows - this.shown - 1;
    if (more > 0) out.repeat(LF, more);
    encoder.placeCursor(0, rows - 1);
  }

  private shrink(encoder: Encoder, rows: number, out: ByteBuffer): void {
    encoder.resetPen(out);
    encoder.moveCursor(0, rows, out);
    ed(out);
  }

  /** Rows of the region above the cursor, in a terminal of `cols` columns now. */
  private rowsAbove(cols: number): number {
    const reflow = this.reflow();
    if (this.widths === null || reflow === 'none') return this.shownY;
    let rows = 0;
    for (let y = 0; y < this.shownY; y++) rows += Math.max(1, Math.ceil((this.widths[y] ?? 0) / cols));
    // Behind what is written in its row the cursor stays at the end of that.
    const x = Math.min(this.shownX, (this.widths[this.shownY] ?? 0) - 1);
    return reflow === 'all' && x > 0 ? rows + Math.floor(x / cols) : rows;
  }

  /** From where the cursor was left to column 0 of the first row, in a terminal of `cols` columns now. */
  private climb(cols: number, out: ByteBuffer): void {
    out.byte(CR);
    const up = this.isCautious ? this.shownY : this.rowsAbove(cols);
    if (up > 0) cuu(out, up);
    this.shownX = 0;
    this.shownY = 0;
    this.widths = null;
  }
}

/**
 * Erases from the cursor's row on; the cursor is in column 0, before and after. Not simply by ED 0: from the first cell
 * of the screen tmux takes that for clearing the screen, and keeps what was on it in the scrollback.
 */
function eraseBelow(out: ByteBuffer): void {
  el(out);
  cuf(out, 1);
  ed(out);
  out.byte(CR);
}

function writeLines(lines: readonly HistoryLine[], out: ByteBuffer): void {
  setMode(out, MODE_AUTOWRAP, true);
  for (const line of lines) {
    out.append(line.bytes);
    out.byte(CR);
    out.byte(LF);
  }
  setMode(out, MODE_AUTOWRAP, false);
}

/** Cells up to the last one that was surely written: a background at the end of a row is erased into it, and is not laid out anew. */
function usedCells({ words, cols }: CellBuffer, y: number): number {
  for (let x = cols - 1; x >= 0; x--) {
    const at = (y * cols + x) * CELL_WORDS;
    const glyph = words[at];
    if ((glyph !== 0 && glyph !== GLYPH_SPACE) || words[at + 3] !== 0) return x + 1;
  }
  return 0;
}
