/**
 * Keyboard focus: which element has it, and in which order Tab visits elements.
 *
 * Order: elements with a positive tabIndex by that number, then the others (0) in document order;
 * a negative tabIndex is reached by mouse or program only. Hidden subtrees are left out.
 */
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import {
  DISPLAY_NONE,
  I32_TAB_INDEX,
  NIL,
  ROOT,
  type Scene,
  U32_FIRST_CHILD,
  U32_NEXT,
  U32_PARENT,
  U8_DISPLAY,
  U8_FOCUSABLE,
  U8_HIDDEN,
} from '../scene/index.ts';

export class Focus {
  private readonly scene: Scene;
  private readonly onChange: (from: number, to: number) => void;
  private readonly current: WritableSignal<number> = signal(NIL);
  private generation = 0;

  /** `onChange` is told the slots that lose and gain focus (NIL for none, or when it no longer exists). */
  constructor(scene: Scene, onChange: (from: number, to: number) => void) {
    this.scene = scene;
    this.onChange = onChange;
  }

  /** The slot that has focus, as a signal; NIL for none. */
  get slotSignal(): ReadableSignal<number> {
    return this.current;
  }

  /** The slot that has focus now; NIL when none has, or the one that had it is gone, hidden or not focusable any more. */
  get slot(): number {
    const slot = this.current.peek();
    if (slot === NIL || (this.scene.isLive(slot, this.generation) && this.canHaveFocus(slot))) return slot;
    this.current.value = NIL;
    return NIL;
  }

  /** The node is about to be freed: it loses focus, without an event. */
  forget(slot: number): void {
    if (slot === this.current.peek()) this.current.value = NIL;
  }

  /** Gives focus to a node, or to none (NIL). A node that cannot have it leaves everything as it is. */
  set(slot: number): void {
    const from = this.slot;
    if (slot === from || (slot !== NIL && !this.canHaveFocus(slot))) return;
    this.generation = slot === NIL ? 0 : this.scene.generation(slot);
    this.current.value = slot;
    this.onChange(from, slot);
  }

  /** True when the node is focusable and shown. */
  canHaveFocus(slot: number): boolean {
    return this.scene.u8.array[U8_FOCUSABLE * this.scene.capacity + slot] !== 0 && this.isShown(slot);
  }

  /** True when neither the node nor an ancestor is hidden. */
  isShown(slot: number): boolean {
    const cap = this.scene.capacity;
    const u8 = this.scene.u8.array;
    const u32 = this.scene.u32.array;
    for (let node = slot; node !== NIL; node = u32[U32_PARENT * cap + node]) {
      if (u8[U8_HIDDEN * cap + node] !== 0 || u8[U8_DISPLAY * cap + node] === DISPLAY_NONE) return false;
    }
    return true;
  }

  /** Moves focus along the Tab order; wraps around. `step` is 1 or -1. Returns false when nothing can have focus. */
  move(step: 1 | -1): boolean {
    const order = this.order();
    if (order.length === 0) return false;
    const at = order.indexOf(this.slot);
    const next = at === -1 ? (step === 1 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
    this.set(order[next]);
    return true;
  }

  /** The nearest element at or above `slot` that can have focus; NIL when none. */
  nearest(slot: number): number {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    for (let node = slot; node !== NIL; node = u32[U32_PARENT * cap + node]) {
      if (this.canHaveFocus(node)) return node;
    }
    return NIL;
  }

  /** All slots Tab visits, in order. Walks the tree without recursion. */
  order(): number[] {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const u8 = this.scene.u8.array;
    const tab = this.scene.i32.array;
    const found: number[] = [];
    let node = ROOT;
    for (;;) {
      const shown = u8[U8_HIDDEN * cap + node] === 0 && u8[U8_DISPLAY * cap + node] !== DISPLAY_NONE;
      if (shown && u8[U8_FOCUSABLE * cap + node] !== 0 && tab[I32_TAB_INDEX * cap + node] >= 0) found.push(node);
      let next = shown ? u32[U32_FIRST_CHILD * cap + node] : NIL;
      while (next === NIL && node !== NIL && node !== ROOT) {
        next = u32[U32_NEXT * cap + node];
        if (next === NIL) node = u32[U32_PARENT * cap + node];
      }
      if (next === NIL) break;
      node = next;
    }
    const rank = (slot: number): number => tab[I32_TAB_INDEX * cap + slot] || Infinity;
    return found.sort((a, b) => {
      const ra = rank(a);
      const rb = rank(b);
      return ra === rb ? 0 : ra - rb;
    });
  }
}
