/**
 * What paint draws on: the back cell buffer, the owner plane, and the clip of the moment.
 * Colours arrive as in the columns (unset, default, palette, ARGB with alpha) and leave resolved:
 * a cell never holds "unset" or a translucent colour, and terminal default is 0.
 */
import { type CellBuffer, CELL_WORDS, type OwnerPlane } from '../cells/index.ts';
import { alphaOf, blend, COLOR_DEFAULT, COLOR_TRANSPARENT, COLOR_UNSET } from '../style/index.ts';

/** A colour as a cell stores it. */
export function toCellColor(color: number): number {
  return color === COLOR_DEFAULT || color === COLOR_TRANSPARENT ? COLOR_UNSET : color;
}

/** `over` on what a cell has there. */
export function overCell(over: number, under: number): number {
  if (over >>> 24 === 255) return over;
  return toCellColor(blend(over, under === COLOR_UNSET ? COLOR_DEFAULT : under));
}

export class Surface {
  readonly cells: CellBuffer;
  readonly owners: OwnerPlane;

  constructor(cells: CellBuffer, owners: OwnerPlane) {
    this.cells = cells;
    this.owners = owners;
  }

  /** Lays a background over a rectangle inside the screen. Opaque ones hide what is there; translucent ones tint it. */
  fill(x0: number, y0: number, x1: number, y1: number, bg: number): void {
    const alpha = alphaOf(bg);
    if (alpha === 0) return;
    if (alpha === 255) {
      this.cells.fill(x0, y0, x1, y1, toCellColor(bg));
      return;
    }
    const cols = this.cells.cols;
    const words = this.cells.words;
    for (let y = y0; y < y1; y++) {
      // Both halves of a wide glyph have the same colours, so one that is tinted by half is no glyph any more.
      this.cells.splitWide(x0, y);
      this.cells.splitWide(x1, y);
      const end = (y * cols + x1) * CELL_WORDS;
      for (let at = (y * cols + x0) * CELL_WORDS; at < end; at += CELL_WORDS) {
        const under = words[at + 2];
        words[at + 1] = overCell(bg, words[at + 1]);
        words[at + 2] = overCell(bg, under);
      }
    }
  }

  /** Puts one narrow glyph on what is there, keeping the background. */
  glyph(x: number, y: number, glyph: number, fg: number, style: number): void {
    const cells = this.cells;
    const at = (y * cells.cols + x) * CELL_WORDS;
    const under = cells.words[at + 2];
    cells.set(x, y, glyph, fg >>> 24 === 255 || fg >>> 24 === 0 ? toCellColor(fg) : overCell(fg, under), under, style);
  }
}
