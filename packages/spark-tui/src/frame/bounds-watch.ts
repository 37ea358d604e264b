/**
 * Rectangles as signals: who asked for an element's `bounds()` is told in the Update after the layout
 * that changed them. A side table of the scene, so a watch ends with its node.
 */
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import { FLAG_LIVE, I32_H, I32_W, I32_X, I32_Y, type Scene, SideTable, U32_FLAGS } from '../scene/index.ts';

/** A rectangle in screen cells. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class BoundsWatch {
  private readonly scene: Scene;
  private readonly watched: SideTable<WritableSignal<Bounds>> = new SideTable();

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.watched);
  }

  /** Watched nodes. */
  get size(): number {
    return this.watched.size;
  }

  /** The rectangle of a node as it was laid out last. */
  read(slot: number): Bounds {
    const cap = this.scene.capacity;
    const i32 = this.scene.i32.array;
    return {
      x: i32[I32_X * cap + slot],
      y: i32[I32_Y * cap + slot],
      width: i32[I32_W * cap + slot],
      height: i32[I32_H * cap + slot],
    };
  }

  /** The rectangle of a node as a signal. */
  signal(slot: number): ReadableSignal<Bounds> {
    const known = this.watched.get(slot);
    if (known !== undefined) return known;
    const made = signal(this.read(slot), { equals: sameBounds });
    this.watched.set(slot, made);
    return made;
  }

  /** Updates the signals of the watched nodes that layout moved. */
  notify(): void {
    if (this.watched.size === 0) return;
    const moved = this.scene.moved;
    const cap = this.scene.capacity;
    for (let i = 0; i < moved.length; i++) {
      const slot = moved.slots[i];
      const watched = this.watched.get(slot);
      if (watched === undefined || (this.scene.u32.array[U32_FLAGS * cap + slot] & FLAG_LIVE) === 0) continue;
      watched.value = this.read(slot);
    }
  }
}

function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
