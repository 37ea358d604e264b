/**
 * Lays the highlight over selected words, after their text was painted: colours swapped, or the colours given for it.
 * Glyphs stay as they are.
 */
import { CELL_WORDS } from '../cells/index.ts';
import type { Scene, WordRange } from '../scene/index.ts';
import { ATTR_INVERSE } from '../style/index.ts';
import { overCell, type Surface, toCellColor } from './surface.ts';
import { TextCells } from './text-cells.ts';

export class SelectionPainter {
  private readonly scene: Scene;
  private readonly surface: Surface;
  private readonly cells: TextCells;

  constructor(scene: Scene, surface: Surface) {
    this.scene = scene;
    this.surface = surface;
    this.cells = new TextCells(scene);
  }

  /** Highlights `range` of the text `slot` inside a clip that lies in its content box. */
  paint(slot: number, range: WordRange, clipX0: number, clipY0: number, clipX1: number, clipY1: number): void {
    const { cells } = this;
    cells.open(slot);
    const from = cells.offset + range.start;
    const to = Math.min(cells.offset + range.end, cells.offset + cells.length);
    while (cells.nextLine() && cells.y < clipY1) {
      if (cells.start >= to) return;
      if (cells.y < clipY0 || cells.end <= from) continue;
      if (cells.isCut) this.paintCut(from, to, clipX0, clipX1);
      else this.paintWords(cells.start, cells.end, cells.x, from, to, clipX0, clipX1);
    }
  }

  private paintCut(from: number, to: number, clipX0: number, clipX1: number): void {
    const { cells } = this;
    const { start, headEnd, tailStart, end } = cells;
    let x = this.paintWords(start, headEnd, cells.x, from, to, clipX0, clipX1);
    if (cells.hasEllipsis) {
      // It stands for what is left out.
      if (from < tailStart && to > headEnd) this.highlight(Math.max(x, clipX0), Math.min(x + 1, clipX1));
      x++;
    }
    this.paintWords(tailStart, end, x, from, to, clipX0, clipX1);
  }

  /** Highlights the words of `start … end` that are in `from … to`. Returns the column after them all. */
  private paintWords(start: number, end: number, x: number, from: number, to: number, clipX0: number, clipX1: number): number {
    const { cells } = this;
    const first = Math.max(start, Math.min(from, end));
    const last = Math.max(first, Math.min(to, end));
    const left = cells.columnOf(start, first, x);
    const right = cells.columnOf(first, last, left);
    this.highlight(Math.max(left, clipX0), Math.min(right, clipX1));
    return cells.columnOf(last, end, right);
  }

  private highlight(x0: number, x1: number): void {
    const { cells } = this.surface;
    const { words } = cells;
    const { fg, bg } = this.scene.selected;
    const row = this.cells.y * cells.cols;
    for (let at = (row + x0) * CELL_WORDS; at < (row + x1) * CELL_WORDS; at += CELL_WORDS) {
      if (fg === 0 && bg === 0) {
        words[at + 3] ^= ATTR_INVERSE;
        continue;
      }
      words[at + 3] &= ~ATTR_INVERSE;
      if (bg !== 0) words[at + 2] = bg >>> 24 === 0 ? toCellColor(bg) : overCell(bg, words[at + 2]);
      if (fg !== 0) words[at + 1] = fg >>> 24 === 0 ? toCellColor(fg) : overCell(fg, words[at + 2]);
    }
  }
}
