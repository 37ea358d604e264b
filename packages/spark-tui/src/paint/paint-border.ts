/**
 * Draws the border of a box inside a clip: four sides, each with its own style and colour, corners
 * joined where two sides meet. Each side is one cell.
 */
import { GLYPH_WIDTH_SHIFT } from '../cells/index.ts';
import {
  BORDER_BOTTOM,
  BORDER_BOTTOM_LEFT,
  BORDER_BOTTOM_RIGHT,
  BORDER_GLYPHS,
  BORDER_LEFT,
  BORDER_RIGHT,
  BORDER_ROW_SHIFT,
  BORDER_TOP,
  BORDER_TOP_LEFT,
  BORDER_TOP_RIGHT,
  borderCorner,
} from '../style/index.ts';
import type { Surface } from './surface.ts';

/** The border of one box: style number and colour of each side. */
export interface BorderSides {
  top: number;
  right: number;
  bottom: number;
  left: number;
  topColor: number;
  rightColor: number;
  bottomColor: number;
  leftColor: number;
}

const NARROW = 1 << GLYPH_WIDTH_SHIFT;

/** Clip of a drawing: right and bottom exclusive. */
export interface Clip {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Draws the border of the box x0, y0 … x1, y1 (exclusive) inside `clip`. */
export function paintBorder(
  surface: Surface,
  clip: Clip,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  sides: BorderSides,
): void {
  const right = x1 - 1;
  const bottom = y1 - 1;
  if (right < x0 || bottom < y0) return;
  const { top: topStyle, right: rightStyle, bottom: bottomStyle, left: leftStyle } = sides;
  if (topStyle !== 0) {
    horizontal(surface, clip, x0, x1, y0, BORDER_GLYPHS[(topStyle << BORDER_ROW_SHIFT) + BORDER_TOP], sides.topColor);
  }
  if (bottomStyle !== 0 && bottom > y0) {
    horizontal(surface, clip, x0, x1, bottom, BORDER_GLYPHS[(bottomStyle << BORDER_ROW_SHIFT) + BORDER_BOTTOM], sides.bottomColor);
  }
  if (leftStyle !== 0) {
    vertical(surface, clip, y0, y1, x0, BORDER_GLYPHS[(leftStyle << BORDER_ROW_SHIFT) + BORDER_LEFT], sides.leftColor);
  }
  if (rightStyle !== 0 && right > x0) {
    vertical(surface, clip, y0, y1, right, BORDER_GLYPHS[(rightStyle << BORDER_ROW_SHIFT) + BORDER_RIGHT], sides.rightColor);
  }
  corner(surface, clip, x0, y0, BORDER_TOP_LEFT, topStyle, leftStyle, sides.topColor, sides.leftColor);
  if (right > x0) corner(surface, clip, right, y0, BORDER_TOP_RIGHT, topStyle, rightStyle, sides.topColor, sides.rightColor);
  if (bottom > y0) {
    corner(surface, clip, x0, bottom, BORDER_BOTTOM_LEFT, bottomStyle, leftStyle, sides.bottomColor, sides.leftColor);
    if (right > x0) {
      corner(surface, clip, right, bottom, BORDER_BOTTOM_RIGHT, bottomStyle, rightStyle, sides.bottomColor, sides.rightColor);
    }
  }
}

function horizontal(surface: Surface, clip: Clip, x0: number, x1: number, y: number, code: number, color: number): void {
  if (y < clip.y0 || y >= clip.y1) return;
  const end = Math.min(x1, clip.x1);
  for (let x = Math.max(x0, clip.x0); x < end; x++) surface.glyph(x, y, code | NARROW, color, 0);
}

function vertical(surface: Surface, clip: Clip, y0: number, y1: number, x: number, code: number, color: number): void {
  if (x < clip.x0 || x >= clip.x1) return;
  const end = Math.min(y1, clip.y1);
  for (let y = Math.max(y0, clip.y0); y < end; y++) surface.glyph(x, y, code | NARROW, color, 0);
}

function corner(
  surface: Surface,
  clip: Clip,
  x: number,
  y: number,
  which: number,
  across: number,
  down: number,
  acrossColor: number,
  downColor: number,
): void {
  if (across === 0 || down === 0) return;
  if (x < clip.x0 || x >= clip.x1 || y < clip.y0 || y >= clip.y1) return;
  surface.glyph(x, y, borderCorner(which, across, down) | NARROW, acrossColor === 0 ? downColor : acrossColor, 0);
}
