/**
 * Draws the run of a text node: breaks it into lines at the width layout measured it with, aligns
 * each line in the content box, and writes glyphs inside the clip. A wide glyph cut by the clip
 * becomes blanks.
 */
import { CELL_WORDS, GLYPH_CONTINUATION, GLYPH_SPACE, STYLE_UNDERLINE_SHIFT } from '../cells/index.ts';
import * as s from '../scene/index.ts';
import { ATTR_MASK } from '../style/index.ts';
import {
  LineBreak,
  nextLine,
  Truncation,
  truncateEnd,
  truncateMiddle,
  truncateStart,
  WORD_CELL_MASK,
  WORD_WIDTH_SHIFT,
  WRAP_NONE,
  WRAP_WORD,
} from '../text/index.ts';
import type { Clip } from './paint-border.ts';
import { overCell, type Surface, toCellColor } from './surface.ts';
import { textInset } from './text-inset.ts';

const ELLIPSIS = 0x2026 | (1 << WORD_WIDTH_SHIFT);

export class TextPainter {
  private readonly scene: s.Scene;
  private readonly surface: Surface;
  private readonly line: LineBreak = new LineBreak();
  private readonly truncation: Truncation = new Truncation();
  /** What the glyphs of the node being painted have in common. */
  private fg = 0;
  private style = 0;

  constructor(scene: s.Scene, surface: Surface) {
    this.scene = scene;
    this.surface = surface;
  }

  /** Paints the text of `slot` inside `clip` (already cut to the node's border box) in a resolved colour. */
  paint(slot: number, clip: Clip, fg: number): void {
    const scene = this.scene;
    const cap = scene.capacity;
    const u32 = scene.u32.array;
    const offset = u32[s.U32_RUN_OFFSET * cap + slot];
    if (offset === 0) return;
    const to = offset + u32[s.U32_RUN_LENGTH * cap + slot];
    const u8 = scene.u8.array;
    const left = textInset(scene, slot, s.U8_BORDER_LEFT, s.LEN_PADDING_LEFT);
    const right = textInset(scene, slot, s.U8_BORDER_RIGHT, s.LEN_PADDING_RIGHT);
    const top = textInset(scene, slot, s.U8_BORDER_TOP, s.LEN_PADDING_TOP);
    const bottom = textInset(scene, slot, s.U8_BORDER_BOTTOM, s.LEN_PADDING_BOTTOM);
    const x0 = scene.i32.array[s.I32_X * cap + slot] + Math.round(left);
    const y0 = scene.i32.array[s.I32_Y * cap + slot] + Math.round(top);
    const widthCells = Math.max(0, Math.floor(scene.f64.array[s.F64_W * cap + slot] - left - right + 1 / 64));
    const clipX0 = Math.max(clip.x0, x0);
    const clipX1 = Math.min(clip.x1, x0 + widthCells);
    const clipY0 = Math.max(clip.y0, y0);
    const boxBottom = scene.i32.array[s.I32_Y * cap + slot] + scene.i32.array[s.I32_H * cap + slot];
    const clipY1 = Math.min(clip.y1, boxBottom - Math.round(bottom));
    if (clipX0 >= clipX1) return;
    this.fg = fg;
    const attrs = u32[s.U32_ATTRS * cap + slot];
    this.style = ((attrs | (attrs >>> 16)) & ATTR_MASK) | (u8[s.U8_UNDERLINE_STYLE * cap + slot] << STYLE_UNDERLINE_SHIFT);
    const wrap = u8[s.U8_TEXT_WRAP * cap + slot];
    const align = u8[s.U8_TEXT_ALIGN * cap + slot];
    const words = scene.runs.words;
    const line = this.line;
    let at = offset;
    for (let y = y0; at < to && y < clipY1; y++) {
      at = nextLine(words, at, to, widthCells, wrap === s.TEXT_WRAP ? WRAP_WORD : WRAP_NONE, line);
      if (y < clipY0) continue;
      if (wrap >= s.TEXT_TRUNCATE && line.widthCells > widthCells) {
        this.paintTruncated(words, wrap, x0, y, widthCells, clipX0, clipX1);
        continue;
      }
      const room = widthCells - line.widthCells;
      const shift = align === s.TEXT_ALIGN_LEFT || room <= 0 ? 0 : align === s.TEXT_ALIGN_RIGHT ? room : room >> 1;
      this.paintWords(words, line.start, line.end, x0 + shift, y, clipX0, clipX1);
    }
  }

  private paintTruncated(
    words: Uint32Array,
    wrap: number,
    x0: number,
    y: number,
    widthCells: number,
    clipX0: number,
    clipX1: number,
  ): void {
    const { line, truncation } = this;
    const cut = wrap === s.TEXT_TRUNCATE ? truncateEnd : wrap === s.TEXT_TRUNCATE_START ? truncateStart : truncateMiddle;
    cut(words, line.start, line.end, widthCells, truncation);
    let x = this.paintWords(words, line.start, truncation.headEnd, x0, y, clipX0, clipX1);
    if (truncation.hasEllipsis) {
      if (x >= clipX0 && x < clipX1) this.putCell(x, y, ELLIPSIS);
      x++;
    }
    this.paintWords(words, truncation.tailStart, line.end, x, y, clipX0, clipX1);
  }

  /** Writes words from column `x` on, inside the clip. Returns the column after them. */
  // hot: a whole text of 10 glyphs in 0.23 µs (Node 20)
  private paintWords(
    words: Uint32Array,
    from: number,
    to: number,
    x: number,
    y: number,
    clipX0: number,
    clipX1: number,
  ): number {
    const cells = this.surface.cells;
    const out = cells.words;
    const row = y * cells.cols;
    const fg = this.fg;
    const opaque = fg >>> 24 === 255 || fg >>> 24 === 0;
    const color = toCellColor(fg);
    const style = this.style;
    let column = x;
    let started = false;
    for (let i = from; i < to; i++) {
      const word = words[i];
      const width = (word >>> WORD_WIDTH_SHIFT) & 3;
      if (width === 0) continue;
      const next = column + width;
      if (next <= clipX0) {
        column = next;
        continue;
      }
      if (column >= clipX1) break;
      if (!started) {
        cells.splitWide(Math.max(column, clipX0), y);
        started = true;
      }
      let glyph = word & WORD_CELL_MASK;
      if (glyph === GLYPH_SPACE) glyph = 0;
      const cut = column < clipX0 || next > clipX1;
      for (let c = Math.max(column, clipX0); c < next && c < clipX1; c++) {
        // What stood here may be the head of a wide glyph whose tail is not overwritten.
        if (c + 1 === next || c + 1 === clipX1) cells.splitWide(c + 1, y);
        const at = (row + c) * CELL_WORDS;
        out[at] = cut ? 0 : c === column ? glyph : GLYPH_CONTINUATION;
        // Both halves of a glyph have one background, that of its head.
        if (c > column && !cut) out[at + 2] = out[at + 2 - CELL_WORDS];
        out[at + 1] = opaque ? color : overCell(fg, out[at + 2]);
        out[at + 3] = style;
      }
      column = next;
    }
    return column;
  }

  private putCell(x: number, y: number, glyph: number): void {
    this.surface.glyph(x, y, glyph & WORD_CELL_MASK, this.fg, this.style);
  }
}
