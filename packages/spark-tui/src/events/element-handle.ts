/**
 * Elements as events show them: `event.target`, `event.currentTarget`, `ref.current`. One handle a node,
 * made when first asked for and forgotten with the node, so two of the same element are the same object.
 */
import { I32_H, I32_W, I32_X, I32_Y, NIL, ROOT, type Scene, SideTable, U32_FIRST_CHILD, U32_NEXT } from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** What handles need of their app. */
interface HandleSource {
  readonly scene: Scene;
  readonly of: (slot: number) => ElementHandle;
  readonly label: (slot: number) => string | undefined;
  readonly focus: (slot: number) => boolean;
}

/**
 * An element, as an event names it.
 *
 * @example
 * box({ onMouseDown: (event) => { if (event.target?.id === 'close') close(); } });
 */
export class ElementHandle {
  /** @internal */
  readonly slot: number;
  /** @internal */
  readonly generation: number;
  private readonly source: HandleSource;

  constructor(source: HandleSource, slot: number) {
    this.source = source;
    this.slot = slot;
    this.generation = source.scene.generation(slot);
  }

  /** The `id` prop; `''` without one. */
  get id(): string {
    return this.isMounted ? (this.source.label(this.slot) ?? '') : '';
  }

  /** True while the element exists. */
  get isMounted(): boolean {
    return this.source.scene.isLive(this.slot, this.generation);
  }

  /** The element around it; null at the top, and for an element that is gone. */
  get parent(): ElementHandle | null {
    if (!this.isMounted) return null;
    const parent = parentOf(this.source.scene, this.slot);
    return parent === NIL || parent === ROOT ? null : this.source.of(parent);
  }

  /** Where it is on the screen, in cells, as laid out last; all zero when it is gone. Not reactive: see `ref.bounds()`. */
  bounds(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
    if (!this.isMounted) return { x: 0, y: 0, width: 0, height: 0 };
    const { scene } = this.source;
    const cap = scene.capacity;
    const i32 = scene.i32.array;
    const slot = this.slot;
    return { x: i32[I32_X * cap + slot], y: i32[I32_Y * cap + slot], width: i32[I32_W * cap + slot], height: i32[I32_H * cap + slot] };
  }

  /** True for the element itself and for everything in it. */
  contains(other: ElementHandle | null | undefined): boolean {
    if (other === null || other === undefined || !this.isMounted || !other.isMounted) return false;
    const { scene } = this.source;
    if (other.source.scene !== scene) return false;
    for (let node = other.slot; node !== NIL; node = parentOf(scene, node)) {
      if (node === this.slot) return true;
    }
    return false;
  }

  /** Gives it keyboard focus, when it is focusable, shown and enabled. Returns true when it has it now. */
  focus(): boolean {
    return this.isMounted && this.source.focus(this.slot);
  }
}

/** Makes and keeps the handles of one app. */
export class ElementHandles {
  private readonly source: HandleSource;
  private readonly table: SideTable<ElementHandle> = new SideTable();

  constructor(scene: Scene, label: (slot: number) => string | undefined, focus: (slot: number) => boolean) {
    this.source = { scene, label, focus, of: (slot) => this.of(slot) };
    scene.addSideTable(this.table);
  }

  /** The handle of a node that exists now; null for NIL and the root, which is no element. */
  find(slot: number, generation: number = this.generation(slot)): ElementHandle | null {
    return slot === NIL || slot === ROOT || !this.source.scene.isLive(slot, generation) ? null : this.of(slot);
  }

  /** The first element with an `id`, in the order of the tree; null for none. Walks the tree. */
  byId(id: string): ElementHandle | null {
    const { scene, label } = this.source;
    const cap = scene.capacity;
    const u32 = scene.u32.array;
    for (let node = ROOT; node !== NIL; ) {
      if (label(node) === id) return this.of(node);
      let next = u32[U32_FIRST_CHILD * cap + node];
      while (next === NIL && node !== ROOT && node !== NIL) {
        next = u32[U32_NEXT * cap + node];
        if (next === NIL) node = parentOf(scene, node);
      }
      node = next ?? NIL;
    }
    return null;
  }

  generation(slot: number): number {
    return slot === NIL ? 0 : this.source.scene.generation(slot);
  }

  of(slot: number): ElementHandle {
    let handle = this.table.get(slot);
    if (handle === undefined) {
      handle = new ElementHandle(this.source, slot);
      this.table.set(slot, handle);
    }
    return handle;
  }
}
