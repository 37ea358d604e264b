/**
 * From a cell of the screen to a place in a text. A cell beside all texts belongs to the nearest one in reading order:
 * what stands before it in its row, else after it, else the end of the rows above, else the beginning of those below;
 * looked for in the element the cell belongs to, then in what is around that.
 */
import type { OwnerPlane } from '../cells/index.ts';
import { TextCells, type WordPlace } from '../paint/index.ts';
import { I32_H, I32_W, I32_X, I32_Y, KIND_TEXT, NIL, ROOT, type Scene, U8_KIND } from '../scene/index.ts';
import { isSelectable } from './document-order.ts';
import { parentOf } from './parent-of.ts';

/** Words of a text: those of one cell, or (empty) a boundary. */
export interface TextPlace extends WordPlace {
  slot: number;
}

export class TextHit {
  private readonly scene: Scene;
  private readonly owners: OwnerPlane;
  private readonly cells: TextCells;
  /** The text that was looked at last, and whether it lies in the element that is searched. */
  private seen = NIL;
  private seenIn = NIL;
  private isInside = false;

  constructor(scene: Scene, owners: OwnerPlane) {
    this.scene = scene;
    this.owners = owners;
    this.cells = new TextCells(scene);
  }

  /** The place at a cell; null when no text shows that can be selected. */
  at(x: number, y: number): TextPlace | null {
    const hit = this.owner(x, y);
    this.seen = NIL;
    if (this.isText(hit, ROOT)) return this.place(hit, x, y);
    for (let node = hit === NIL ? ROOT : hit; node !== NIL; node = parentOf(this.scene, node)) {
      const found = this.near(node, x, y);
      if (found !== null) return found;
    }
    return null;
  }

  private near(element: number, x: number, y: number): TextPlace | null {
    const { scene, owners } = this;
    const cap = scene.capacity;
    const i32 = scene.i32.array;
    const x0 = Math.max(0, i32[I32_X * cap + element]);
    const x1 = Math.min(owners.cols, i32[I32_X * cap + element] + i32[I32_W * cap + element]);
    const y0 = Math.max(0, i32[I32_Y * cap + element]);
    const y1 = Math.min(owners.rows, i32[I32_Y * cap + element] + i32[I32_H * cap + element]);
    if (y >= y0 && y < y1) {
      const found = this.endOfRow(element, y, x0, Math.min(x, x1)) ?? this.startOfRow(element, y, Math.max(x, x0), x1);
      if (found !== null) return found;
    }
    for (let row = Math.min(y, y1) - 1; row >= y0; row--) {
      const found = this.endOfRow(element, row, x0, x1);
      if (found !== null) return found;
    }
    for (let row = Math.max(y + 1, y0); row < y1; row++) {
      const found = this.startOfRow(element, row, x0, x1);
      if (found !== null) return found;
    }
    return null;
  }

  /** Behind the last text that shows in the columns `x0 … x1` of a row. */
  private endOfRow(element: number, y: number, x0: number, x1: number): TextPlace | null {
    for (let x = x1 - 1; x >= x0; x--) {
      const slot = this.owner(x, y);
      if (!this.isText(slot, element)) continue;
      const found = this.place(slot, x, y);
      found.start = found.end;
      return found;
    }
    return null;
  }

  /** Before the first one. */
  private startOfRow(element: number, y: number, x0: number, x1: number): TextPlace | null {
    for (let x = x0; x < x1; x++) {
      const slot = this.owner(x, y);
      if (!this.isText(slot, element)) continue;
      const found = this.place(slot, x, y);
      found.end = found.start;
      return found;
    }
    return null;
  }

  private place(slot: number, x: number, y: number): TextPlace {
    const found = { slot, start: 0, end: 0 };
    this.cells.placeAt(slot, x, y, found);
    return found;
  }

  private owner(x: number, y: number): number {
    const slot = this.owners.at(x, y);
    return this.scene.isLive(slot, this.owners.generationAt(x, y)) ? slot : NIL;
  }

  /** Whether the node is a text in `element` that can be selected. */
  private isText(slot: number, element: number): boolean {
    const { scene } = this;
    if (slot === NIL || scene.u8.array[U8_KIND * scene.capacity + slot] !== KIND_TEXT) return false;
    if (slot === this.seen && element === this.seenIn) return this.isInside;
    this.seen = slot;
    this.seenIn = element;
    let node = slot;
    while (node !== NIL && node !== element) node = parentOf(scene, node);
    this.isInside = node !== NIL && isSelectable(scene, slot);
    return this.isInside;
  }
}
