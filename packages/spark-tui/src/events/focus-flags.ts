/**
 * What focus knows about single elements beyond their columns: disabled, groups, traps. Sparse, so a side
 * table: cleared with the node, and free for nodes that have none.
 */
import { NIL, type Scene, SideTable } from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** The element and everything in it takes neither focus nor mouse. */
export const FOCUS_DISABLED = 1 << 0;
/** Left and Right move focus inside the element; Tab enters and leaves it as one stop. */
export const FOCUS_GROUP_ROW = 1 << 1;
/** Likewise Up and Down. */
export const FOCUS_GROUP_COLUMN = 1 << 2;
/** While it is shown, focus stays in it. */
export const FOCUS_TRAP = 1 << 3;

export const FOCUS_GROUP: number = FOCUS_GROUP_ROW | FOCUS_GROUP_COLUMN;

export class FocusFlags {
  private readonly scene: Scene;
  private readonly bits: SideTable<number> = new SideTable();

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.bits);
  }

  /** True when no element has any flag. */
  get none(): boolean {
    return this.bits.size === 0;
  }

  get(slot: number): number {
    return this.bits.get(slot) ?? 0;
  }

  /** Sets or clears `mask`. Returns true when that changed something. */
  set(slot: number, mask: number, on: number): boolean {
    const old = this.get(slot);
    const now = (old & ~mask) | on;
    if (now === old) return false;
    if (now === 0) this.bits.clear(slot);
    else this.bits.set(slot, now);
    return true;
  }

  /** The nearest node at or above `slot` that has one of `mask`; NIL for none. */
  nearest(slot: number, mask: number): number {
    if (this.bits.size === 0) return NIL;
    const { scene } = this;
    for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
      if ((this.get(node) & mask) !== 0) return node;
    }
    return NIL;
  }

  /** The node that gets the mouse in place of `slot`: what is around the outermost disabled element above it. */
  enabledAbove(slot: number): number {
    if (this.bits.size === 0) return slot;
    const { scene } = this;
    let enabled = slot;
    for (let node = slot; node !== NIL; ) {
      const parent = parentOf(scene, node);
      if ((this.get(node) & FOCUS_DISABLED) !== 0) enabled = parent;
      node = parent;
    }
    return enabled;
  }
}
