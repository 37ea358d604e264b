/**
 * Where the words of a text stand on the screen, line by line: the way from a run word to its cells, and from a cell to
 * its word. Lines are broken and aligned as when the text is painted.
 *
 *   x                            one line:  words start … end, from column x on
 *   │some words│                 cut:       words start … headEnd, '…', words tailStart … end
 *   │so…ds│
 */
import * as s from '../scene/index.ts';
import {
  LineBreak,
  nextLine,
  Truncation,
  truncateEnd,
  truncateMiddle,
  truncateStart,
  WORD_LINE_END,
  WORD_WIDTH_SHIFT,
  WRAP_NONE,
  WRAP_WORD,
} from '../text/index.ts';
import { textInset } from './text-inset.ts';

/** A place in a text: the words of one cell, or (empty) a boundary between words. Counted from the beginning of the run. */
export interface WordPlace {
  start: number;
  end: number;
}

export class TextCells {
  /** First column and row of the content box, and its width. */
  x0 = 0;
  y0 = 0;
  widthCells = 0;
  /** First word of the run in the slab, and its length. */
  offset = 0;
  length = 0;
  /** The line: its row, its first column, the column after its last glyph. */
  y = 0;
  x = 0;
  endX = 0;
  /** Its words in the slab. */
  start = 0;
  end = 0;
  /** Something of it is left out: `headEnd … tailStart`, for which an ellipsis stands when there is room for one. */
  isCut = false;
  headEnd = 0;
  tailStart = 0;
  hasEllipsis = false;
  private readonly scene: s.Scene;
  private readonly line: LineBreak = new LineBreak();
  private readonly truncation: Truncation = new Truncation();
  private words: Uint32Array = new Uint32Array(0);
  private wrap = 0;
  private align = 0;
  private at = 0;

  constructor(scene: s.Scene) {
    this.scene = scene;
  }

  /** Begins with the text `slot`; `nextLine` leads to its lines. */
  open(slot: number): void {
    const scene = this.scene;
    const cap = scene.capacity;
    const left = textInset(scene, slot, s.U8_BORDER_LEFT, s.LEN_PADDING_LEFT);
    const right = textInset(scene, slot, s.U8_BORDER_RIGHT, s.LEN_PADDING_RIGHT);
    const top = textInset(scene, slot, s.U8_BORDER_TOP, s.LEN_PADDING_TOP);
    this.x0 = scene.i32.array[s.I32_X * cap + slot] + Math.round(left);
    this.y0 = scene.i32.array[s.I32_Y * cap + slot] + Math.round(top);
    this.widthCells = Math.max(0, Math.floor(scene.f64.array[s.F64_W * cap + slot] - left - right + 1 / 64));
    this.offset = scene.u32.array[s.U32_RUN_OFFSET * cap + slot];
    this.length = this.offset === 0 ? 0 : scene.u32.array[s.U32_RUN_LENGTH * cap + slot];
    this.wrap = scene.u8.array[s.U8_TEXT_WRAP * cap + slot];
    this.align = scene.u8.array[s.U8_TEXT_ALIGN * cap + slot];
    this.words = scene.runs.words;
    this.at = this.offset;
    this.y = this.y0 - 1;
    this.x = this.x0;
    this.endX = this.x0;
    this.start = this.offset;
    this.end = this.offset;
    this.isCut = false;
  }

  /** Goes to the next line. False when there is none; the fields then still tell of the last one. */
  nextLine(): boolean {
    const to = this.offset + this.length;
    if (this.at >= to) return false;
    const { line, truncation, widthCells, wrap, align } = this;
    this.at = nextLine(this.words, this.at, to, widthCells, wrap === s.TEXT_WRAP ? WRAP_WORD : WRAP_NONE, line);
    this.y++;
    this.start = line.start;
    this.end = line.end;
    this.isCut = wrap >= s.TEXT_TRUNCATE && line.widthCells > widthCells;
    if (this.isCut) {
      const cut = wrap === s.TEXT_TRUNCATE ? truncateEnd : wrap === s.TEXT_TRUNCATE_START ? truncateStart : truncateMiddle;
      cut(this.words, line.start, line.end, widthCells, truncation);
      this.headEnd = truncation.headEnd;
      this.tailStart = truncation.tailStart;
      this.hasEllipsis = truncation.hasEllipsis;
      this.x = this.x0;
      this.endX = this.x0 + truncation.widthCells;
      return true;
    }
    const room = widthCells - line.widthCells;
    this.x = this.x0 + (align === s.TEXT_ALIGN_LEFT || room <= 0 ? 0 : align === s.TEXT_ALIGN_RIGHT ? room : room >> 1);
    this.endX = this.x + line.widthCells;
    return true;
  }

  /**
   * The words of the text `slot` at a cell. Left of a line it is the line's beginning, right of it its end; above and
   * below the lines it is the beginning and the end of the text.
   */
  placeAt(slot: number, x: number, y: number, out: WordPlace): void {
    this.open(slot);
    out.start = 0;
    out.end = 0;
    if (y < this.y0) return;
    do {
      if (!this.nextLine()) {
        out.start = this.length;
        out.end = this.length;
        return;
      }
    } while (this.y < y);
    const { start, end } = this;
    if (x < this.x) this.put(out, start, start);
    else if (!this.isCut) this.find(start, end, this.x, x, out);
    else {
      const headX = this.find(start, this.headEnd, this.x, x, out);
      if (x < headX) return;
      const tailX = headX + (this.hasEllipsis ? 1 : 0);
      if (x < tailX) this.put(out, this.headEnd, this.tailStart);
      else this.find(this.tailStart, end, tailX, x, out);
    }
  }

  /** The column at which the words from `from` on are when they begin at column `x`, before the word `to`. */
  columnOf(from: number, to: number, x: number): number {
    const { words } = this;
    let column = x;
    for (let i = from; i < to; i++) column += (words[i] >>> WORD_WIDTH_SHIFT) & 3;
    return column;
  }

  /** The word of `from … to` at column `x`, marks without a cell of their own included; else the end. Returns the column after the words. */
  private find(from: number, to: number, startX: number, x: number, out: WordPlace): number {
    const { words } = this;
    let column = startX;
    for (let i = from; i < to; i++) {
      const next = column + ((words[i] >>> WORD_WIDTH_SHIFT) & 3);
      if (x >= column && x < next) {
        let end = i + 1;
        while (end < to && ((words[end] >>> WORD_WIDTH_SHIFT) & 3) === 0 && (words[end] & WORD_LINE_END) === 0) end++;
        this.put(out, i, end);
        return this.columnOf(i, to, column);
      }
      column = next;
    }
    this.put(out, to, to);
    return column;
  }

  private put(out: WordPlace, start: number, end: number): void {
    out.start = start - this.offset;
    out.end = end - this.offset;
  }
}
