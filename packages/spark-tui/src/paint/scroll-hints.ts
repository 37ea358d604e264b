/**
 * Which windows of scroll containers show what they showed before, moved up or down: told to the encoder,
 * which then scrolls the terminal instead of writing every row again.
 *
 *   hints = [ x0, y0, x1, y1, up | … ]     right and bottom exclusive; content went `up` rows up (down: < 0)
 *
 * Read from the nodes that moved along with a container's content: where they were painted last and where
 * they are now. Only hints: what else changed in the window, and whether scrolling pays, the encoder sees
 * for itself.
 */
import {
  createScrollBox,
  FLAG_LIVE,
  FLAG_SCROLLED_ALONG,
  I32_H,
  I32_PAINTED_X0,
  I32_PAINTED_X1,
  I32_PAINTED_Y0,
  I32_PAINTED_Y1,
  I32_W,
  I32_X,
  I32_Y,
  NIL,
  readScrollBox,
  type Scene,
  type ScrollBox,
  U32_FLAGS,
  U32_PARENT,
} from '../scene/index.ts';

/** Most windows kept of a frame; an encoder keeps no more. */
const MAX_HINTS = 8;
/** Numbers of a hint. */
const HINT_NUMBERS = 5;

export class ScrollHints {
  readonly numbers = new Int32Array(MAX_HINTS * HINT_NUMBERS);
  count = 0;
  private readonly box: ScrollBox = createScrollBox();

  /** Collects the hints of a frame. Before the places where nodes were painted last are forgotten. */
  collect(scene: Scene): void {
    this.count = 0;
    const { slots, length } = scene.moved;
    const cap = scene.capacity;
    const u32 = scene.u32.array;
    const i32 = scene.i32.array;
    const flags = U32_FLAGS * cap;
    const along = FLAG_LIVE | FLAG_SCROLLED_ALONG;
    /** The container found last: its other children say the same. */
    let last = NIL;
    for (let n = 0; n < length && this.count < MAX_HINTS; n++) {
      const slot = slots[n];
      if ((u32[flags + slot] & along) !== along) continue;
      const container = u32[U32_PARENT * cap + slot];
      if (container === last || container === NIL || (u32[flags + container] & FLAG_SCROLLED_ALONG) !== 0) continue;
      const x0 = i32[I32_PAINTED_X0 * cap + slot];
      const y0 = i32[I32_PAINTED_Y0 * cap + slot];
      // What changed its size or its column, or was not there before, moved for other reasons too.
      if (i32[I32_X * cap + slot] !== x0 || i32[I32_PAINTED_X1 * cap + slot] - x0 !== i32[I32_W * cap + slot]) continue;
      if (i32[I32_PAINTED_Y1 * cap + slot] - y0 !== i32[I32_H * cap + slot] || i32[I32_H * cap + slot] === 0) continue;
      last = container;
      this.add(scene, container, y0 - i32[I32_Y * cap + slot]);
    }
  }

  private add(scene: Scene, container: number, up: number): void {
    const { x0, y0, x1, y1 } = readScrollBox(scene, container, this.box);
    if (up === 0 || Math.abs(up) >= y1 - y0 || x1 <= x0) return;
    this.numbers.set([x0, y0, x1, y1, up], this.count++ * HINT_NUMBERS);
  }
}
