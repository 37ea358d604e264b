/**
 * Many rectangles as one SVG path, joined where they touch: a border is a few long rectangles and not one
 * for each cell, so nothing can show between cells and files stay small.
 */

interface Rect {
  readonly x: number;
  readonly y: number;
  width: number;
  height: number;
}

/** Rectangles closer than this touch. */
const NEAR = 0.01;

/** At most two decimals: a hundredth of a pixel is not seen. */
export function decimal(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/**
 * Rectangles of one colour. They must be added row by row, from left to right.
 *
 * @example
 * const path = new RectPath();
 * path.add(0, 0, 9, 18);
 * path.add(9, 0, 9, 18);
 * path.data(); // 'M0 0h18v18h-18z'
 */
export class RectPath {
  private readonly rects: Rect[] = [];
  /** The newest rectangle of each top and height. */
  private readonly byRow = new Map<string, Rect>();

  add(x: number, y: number, width: number, height: number): void {
    if (width <= 0 || height <= 0) return;
    const key = `${decimal(y)} ${decimal(height)}`;
    const last = this.byRow.get(key);
    if (last !== undefined && x >= last.x && x <= last.x + last.width + NEAR) {
      last.width = Math.max(last.width, x + width - last.x);
      return;
    }
    const rect = { x, y, width, height };
    this.byRow.set(key, rect);
    this.rects.push(rect);
  }

  /** The value of the attribute `d`. */
  data(): string {
    const columns = new Map<string, Rect>();
    const joined: Rect[] = [];
    for (const rect of this.rects) {
      const key = `${decimal(rect.x)} ${decimal(rect.width)}`;
      const above = columns.get(key);
      if (above !== undefined && rect.y >= above.y && rect.y <= above.y + above.height + NEAR) {
        above.height = Math.max(above.height, rect.y + rect.height - above.y);
        continue;
      }
      const copy = { ...rect };
      columns.set(key, copy);
      joined.push(copy);
    }
    return joined.map(({ x, y, width, height }) => `M${decimal(x)} ${decimal(y)}h${decimal(width)}v${decimal(height)}h-${decimal(width)}z`).join('');
  }
}
