/**
 * Which cells must be painted again: at most 64 rectangles, merged by cost.
 *
 *   rects = [ x0, y0, x1, y1 | x0, y0, x1, y1 | … ]     right and bottom exclusive, `count` of them
 *
 * Two rectangles become one when painting their union is not dearer than painting both apart. When
 * there is no room for one more, the pair whose union wastes least is merged. Each rectangle's
 * cheapest partner is remembered (from the first overflow of a frame on), so that thousands of
 * scattered adds cost about 64 steps each and not 64² (10,000 scattered cells: 0.5–0.9 µs an add).
 *
 * Invariants: every cell added and inside the screen lies in a rectangle; none is empty or reaches
 * outside the screen. Rectangles may overlap where that is cheaper than merging.
 */

/** Most rectangles kept. */
export const MAX_DAMAGE_RECTS = 64;
/** Cells that visiting one more rectangle is worth. */
const RECT_COST_CELLS = 32;

/**
 * A bounded set of rectangles.
 *
 * @example
 * const damage = new Damage(80, 24);
 * damage.add(0, 0, 10, 1);
 * for (let i = 0; i < damage.count; i++) paintRect(damage.rects, i * 4);
 */
export class Damage {
  cols: number;
  rows: number;
  /** Rectangles kept now. */
  count = 0;
  readonly rects = new Int32Array((MAX_DAMAGE_RECTS + 1) * 4);
  private readonly mate = new Uint8Array(MAX_DAMAGE_RECTS + 1);
  private readonly mateWaste = new Float64Array(MAX_DAMAGE_RECTS + 1);
  private matesKnown = false;

  constructor(cols: number, rows: number) {
    this.cols = cols;
    this.rows = rows;
  }

  /** Takes the new size of the screen and forgets all rectangles. */
  resize(cols: number, rows: number): void {
    this.cols = cols;
    this.rows = rows;
    this.clear();
  }

  /** Takes another height; what is outside is cut off the rectangles. */
  resizeRows(rows: number): void {
    const { rects } = this;
    const kept = rects.slice(0, this.count * 4);
    this.rows = rows;
    this.clear();
    for (let r = 0; r < kept.length; r += 4) this.add(kept[r], kept[r + 1], kept[r + 2], kept[r + 3]);
  }

  clear(): void {
    this.count = 0;
    this.matesKnown = false;
  }

  /** Adds the whole screen. */
  addAll(): void {
    this.clear();
    this.add(0, 0, this.cols, this.rows);
  }

  /** Adds a rectangle (integers; right and bottom exclusive). What lies outside the screen is cut off. */
  add(x0: number, y0: number, x1: number, y1: number): void {
    const left = Math.max(0, x0);
    const top = Math.max(0, y0);
    const right = Math.min(this.cols, x1);
    const bottom = Math.min(this.rows, y1);
    if (left >= right || top >= bottom) return;
    this.insert(left, top, right, bottom);
    if (this.count > MAX_DAMAGE_RECTS) this.mergeCheapest();
  }

  /** Adds a clipped rectangle after it swallowed every one it is cheaper to paint together with. */
  private insert(left: number, top: number, right: number, bottom: number): void {
    const rects = this.rects;
    let x0 = left;
    let y0 = top;
    let x1 = right;
    let y1 = bottom;
    for (let i = 0; i < this.count; i++) {
      const r = i * 4;
      const rx0 = rects[r];
      const ry0 = rects[r + 1];
      const rx1 = rects[r + 2];
      const ry1 = rects[r + 3];
      if (rx0 <= x0 && ry0 <= y0 && rx1 >= x1 && ry1 >= y1) return;
      const ux0 = Math.min(x0, rx0);
      const uy0 = Math.min(y0, ry0);
      const ux1 = Math.max(x1, rx1);
      const uy1 = Math.max(y1, ry1);
      const apart = (x1 - x0) * (y1 - y0) + (rx1 - rx0) * (ry1 - ry0);
      if ((ux1 - ux0) * (uy1 - uy0) > apart + RECT_COST_CELLS) continue;
      x0 = ux0;
      y0 = uy0;
      x1 = ux1;
      y1 = uy1;
      this.removeAt(i);
      i = -1;
    }
    const r = this.count * 4;
    rects[r] = x0;
    rects[r + 1] = y0;
    rects[r + 2] = x1;
    rects[r + 3] = y1;
    this.count++;
    if (this.matesKnown) this.matchLast();
  }

  private removeAt(index: number): void {
    const last = --this.count;
    const rects = this.rects;
    if (index !== last) rects.copyWithin(index * 4, last * 4, last * 4 + 4);
    if (!this.matesKnown) return;
    const { mate, mateWaste } = this;
    mate[index] = mate[last];
    mateWaste[index] = mateWaste[last];
    for (let i = 0; i < last; i++) {
      if (mate[i] === index) this.findMate(i);
      else if (mate[i] === last) mate[i] = index;
    }
  }

  /** Finds the cheapest partner of one rectangle among all others. */
  private findMate(index: number): void {
    let best = 0;
    let bestWaste = Infinity;
    for (let i = 0; i < this.count; i++) {
      if (i === index) continue;
      const waste = this.waste(index, i);
      if (waste >= bestWaste) continue;
      best = i;
      bestWaste = waste;
    }
    this.mate[index] = best;
    this.mateWaste[index] = bestWaste;
  }

  /** Makes the newest rectangle known to the others. */
  private matchLast(): void {
    const last = this.count - 1;
    const { mate, mateWaste } = this;
    let best = 0;
    let bestWaste = Infinity;
    for (let i = 0; i < last; i++) {
      const waste = this.waste(i, last);
      if (waste < mateWaste[i]) {
        mate[i] = last;
        mateWaste[i] = waste;
      }
      if (waste < bestWaste) {
        best = i;
        bestWaste = waste;
      }
    }
    mate[last] = best;
    mateWaste[last] = bestWaste;
  }

  private mergeCheapest(): void {
    if (!this.matesKnown) {
      for (let i = 0; i < this.count; i++) this.findMate(i);
      this.matesKnown = true;
    }
    let first = 0;
    for (let i = 1; i < this.count; i++) if (this.mateWaste[i] < this.mateWaste[first]) first = i;
    const second = this.mate[first];
    const rects = this.rects;
    const a = first * 4;
    const b = second * 4;
    const x0 = Math.min(rects[a], rects[b]);
    const y0 = Math.min(rects[a + 1], rects[b + 1]);
    const x1 = Math.max(rects[a + 2], rects[b + 2]);
    const y1 = Math.max(rects[a + 3], rects[b + 3]);
    this.removeAt(Math.max(first, second));
    this.removeAt(Math.min(first, second));
    this.insert(x0, y0, x1, y1);
  }

  /** Cells painted more when two rectangles are painted as one. */
  private waste(i: number, j: number): number {
    const rects = this.rects;
    const a = i * 4;
    const b = j * 4;
    const ax0 = rects[a];
    const ay0 = rects[a + 1];
    const ax1 = rects[a + 2];
    const ay1 = rects[a + 3];
    const bx0 = rects[b];
    const by0 = rects[b + 1];
    const bx1 = rects[b + 2];
    const by1 = rects[b + 3];
    const union = (Math.max(ax1, bx1) - Math.min(ax0, bx0)) * (Math.max(ay1, by1) - Math.min(ay0, by0));
    return union - (ax1 - ax0) * (ay1 - ay0) - (bx1 - bx0) * (by1 - by0);
  }
}
