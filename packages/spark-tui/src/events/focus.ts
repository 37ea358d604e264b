/**
 * Keyboard focus: which element has it, who gets it next, who gets it when that one goes away.
 *
 *   set ──▶ current (a signal) ──▶ onChange: events, scrolling into view
 *   forget, changed, traps, autoFocus ──▶ pending ──▶ settle, once the change is complete
 *
 * Invariants: who has focus is live, focusable, shown and enabled whenever `slot` is read; while a trap is up,
 * focus is inside of it or nowhere.
 */
import { type Owned, Scope, Tally } from '../base/index.ts';
import { derived, type ReadableSignal, renderEffect, runInScope, signal, untrack, type WritableSignal } from '../reactive/index.ts';
import { DISPLAY_NONE, NIL, ROOT, type Scene, SideTable, U8_DISPLAY, U8_FOCUSABLE, U8_HIDDEN } from '../scene/index.ts';
import { FOCUS_DISABLED, FOCUS_GROUP, FOCUS_TRAP, FocusFlags } from './focus-flags.ts';
import { FocusHeirs, type NodeKey } from './focus-heirs.ts';
import { FocusOrder } from './focus-order.ts';
import { FocusTraps, type TrapChanges } from './focus-traps.ts';
import { parentOf } from './parent-of.ts';

/** Elements that had focus before, kept to give it back. */
const MAX_HISTORY = 10;

export class Focus {
  readonly flags: FocusFlags;
  private readonly scene: Scene;
  private readonly onChange: (from: number, to: number) => void;
  private readonly order: FocusOrder;
  private readonly traps: FocusTraps;
  private readonly lastInGroup: SideTable<NodeKey> = new SideTable();
  private readonly current: WritableSignal<number> = signal(NIL);
  private readonly settling: Owned;
  private readonly settleSoon: WritableSignal<number> = signal(0);
  private generation = 0;
  private history: NodeKey[] = [];
  private heirs: FocusHeirs | null = null;
  /** Had focus until it could not have it any more; has not been told yet. */
  private lost: NodeKey | null = null;
  private wanted: NodeKey | null = null;
  /** What had focus when `save` was called, the last one last. */
  private saved: NodeKey[] = [];
  /** Traps made by `pushTrap`, the last one last. */
  private pushed: NodeKey[] = [];
  private pending = false;

  /** `onChange` is told the slots that lose and gain focus (NIL for none, or when it no longer exists). */
  constructor(scene: Scene, onChange: (from: number, to: number) => void) {
    this.scene = scene;
    this.onChange = onChange;
    this.flags = new FocusFlags(scene);
    this.order = new FocusOrder(scene, this.flags, (group) => this.lastMember(group));
    this.traps = new FocusTraps(scene, (slot) => (this.flags.get(slot) & FOCUS_TRAP) !== 0 && this.isOpen(slot));
    scene.addSideTable(this.lastInGroup);
    // A tally of its own: it ends by `close`, the app does not count it among its own, and it is none that the user made
    // without an owner. Made before all effects of the app, so that in a flush its turn comes when those that changed
    // something have run.
    this.settling = runInScope(new Scope(null, new Tally()), () =>
      renderEffect(() => {
        if (this.settleSoon.value > 0) untrack(() => this.settle());
      }, 'focus'),
    );
  }

  /** The slot that has focus, as a signal; NIL for none. */
  get slotSignal(): ReadableSignal<number> {
    return this.current;
  }

  /** The slot that has focus now; NIL when none has. */
  get slot(): number {
    if (this.pending) this.settle();
    const slot = this.current.peek();
    if (slot === NIL || this.holds(slot)) return slot;
    this.lose();
    this.settle();
    return this.current.peek();
  }

  /** The element that keeps focus inside now; NIL for none. */
  get trap(): number {
    return this.traps.active;
  }

  /** A signal that tells whether the node has focus; it costs nothing while nobody reads it. */
  isFocused(slot: number, generation: number): ReadableSignal<boolean> {
    return runInScope(null, () => derived(() => this.current.value === slot && this.scene.isLive(slot, generation)));
  }

  /** Likewise for the node and everything in it. */
  isWithin(slot: number, generation: number): ReadableSignal<boolean> {
    return runInScope(null, () =>
      derived(() => {
        const focused = this.current.value;
        return this.scene.isLive(slot, generation) && this.isInside(focused, slot);
      }),
    );
  }

  /**
   * Gives focus to a node, or to none (NIL). A node that cannot have it leaves everything as it is. While a trap
   * is up, a node outside of it gets focus when the trap ends. Returns true when the node has focus now.
   */
  set(slot: number): boolean {
    if (slot !== NIL && !this.canHaveFocus(slot)) return false;
    if (slot !== NIL && !this.isReachable(slot)) {
      this.traps.restoreTo(this.key(slot));
      return false;
    }
    this.heirs = null;
    const from = this.current.peek();
    if (slot === from && (slot === NIL || this.scene.isLive(slot, this.generation))) return slot !== NIL;
    const old = from === NIL ? this.takeLost() : this.scene.isLive(from, this.generation) ? from : NIL;
    if (old !== NIL) this.remember(old);
    this.generation = slot === NIL ? 0 : this.scene.generation(slot);
    this.enterGroups(slot);
    this.current.value = slot;
    this.onChange(old, slot);
    return slot !== NIL && this.current.peek() === slot;
  }

  /** Moves focus along the Tab order of the trap that is up, else of the app; wraps around. False when nothing can have focus. */
  move(step: 1 | -1): boolean {
    return this.step(this.traps.active || ROOT, step);
  }

  /** Focus to the first or last stop of the Tab order. */
  moveToEnd(end: 'first' | 'last'): boolean {
    return this.toEnd(this.traps.active || ROOT, end);
  }

  /** Moves focus inside a group: to the next or previous member, or to an end. */
  moveInGroup(group: number, to: 1 | -1 | 'first' | 'last'): boolean {
    return typeof to === 'number' ? this.step(group, to) : this.toEnd(group, to);
  }

  /** The nearest element at or above `slot` that can have focus; NIL when none. */
  nearest(slot: number): number {
    for (let node = slot; node !== NIL; node = this.parent(node)) if (this.canHaveFocus(node)) return node;
    return NIL;
  }

  /** True when the node is focusable, shown and enabled. */
  canHaveFocus(slot: number): boolean {
    return this.scene.u8.array[U8_FOCUSABLE * this.scene.capacity + slot] !== 0 && this.isOpen(slot);
  }

  /** True when neither the node nor an ancestor is hidden. */
  isShown(slot: number): boolean {
    const cap = this.scene.capacity;
    const u8 = this.scene.u8.array;
    for (let node = slot; node !== NIL; node = this.parent(node)) {
      if (u8[U8_HIDDEN * cap + node] !== 0 || u8[U8_DISPLAY * cap + node] === DISPLAY_NONE) return false;
    }
    return true;
  }

  /** True when neither the node nor an ancestor is hidden or disabled. */
  isOpen(slot: number): boolean {
    return this.isShown(slot) && this.flags.nearest(slot, FOCUS_DISABLED) === NIL;
  }

  /** True when `slot` is `container` or in it. */
  isInside(slot: number, container: number): boolean {
    for (let node = slot; node !== NIL; node = this.parent(node)) if (node === container) return true;
    return false;
  }

  // ---- changes of the tree -----------------------------------------------------------------------

  /** The node is about to be freed, in its place still: focus goes on once the change is complete. */
  forget(slot: number): void {
    if (this.scene.closing) return;
    if (slot === this.current.peek()) this.lose();
    else if (!this.flags.none && (this.flags.get(slot) & FOCUS_TRAP) !== 0) this.schedule();
  }

  /** What decides about focus changed for a node: shown, focusable, its place in the order. */
  changed(): void {
    this.order.version++;
    const slot = this.current.peek();
    if (slot !== NIL && !this.holds(slot)) this.lose();
    else if (!this.traps.none) this.schedule(); // One may have come or gone.
  }

  /** Sets or clears flags of a node. */
  setFlags(slot: number, mask: number, on: number): void {
    if (!this.flags.set(slot, mask, on)) return;
    if ((mask & on & FOCUS_TRAP) !== 0) this.traps.add(this.key(slot));
    this.changed();
    this.schedule();
  }

  /** Makes the node a trap, until `popTrap` or its end. */
  pushTrap(slot: number): void {
    this.pushed = [...this.pushed.filter(({ slot: other, generation }) => other !== slot && this.scene.isLive(other, generation)), this.key(slot)];
    this.setFlags(slot, FOCUS_TRAP, FOCUS_TRAP);
  }

  /** Ends the trap that was pushed last. False when there is none. */
  popTrap(): boolean {
    for (let key = this.pushed.pop(); key !== undefined; key = this.pushed.pop()) {
      if (!this.scene.isLive(key.slot, key.generation)) continue;
      this.setFlags(key.slot, FOCUS_TRAP, 0);
      return true;
    }
    return false;
  }

  /** Notes what has focus, for `restore`. False when nothing has. */
  save(): boolean {
    const { slot } = this;
    if (slot === NIL) return false;
    this.saved = [...this.saved, this.key(slot)].slice(-MAX_HISTORY);
    return true;
  }

  /** Gives focus back to what had it at the last `save` not yet restored; when that cannot have it any more, at the one before. */
  restore(): boolean {
    for (let key = this.saved.pop(); key !== undefined; key = this.saved.pop()) {
      if (this.scene.isLive(key.slot, key.generation) && this.set(key.slot)) return true;
    }
    return false;
  }

  /** The node wants focus as soon as the change that makes it is complete. The first of several gets it. */
  autoFocus(slot: number): void {
    if (this.wanted !== null && this.scene.isLive(this.wanted.slot, this.wanted.generation)) return;
    this.wanted = this.key(slot);
    this.schedule();
  }

  /** Gives up everything. */
  close(): void {
    this.settling.dispose();
    this.history = [];
    this.saved = [];
    this.pushed = [];
    this.heirs = null;
    this.lost = null;
    this.wanted = null;
    this.pending = false;
    this.traps.clear();
    this.current.value = NIL;
  }

  // ---- inside ------------------------------------------------------------------------------------

  private holds(slot: number): boolean {
    return this.scene.isLive(slot, this.generation) && this.canHaveFocus(slot);
  }

  private parent(slot: number): number {
    return parentOf(this.scene, slot);
  }

  private key(slot: number): NodeKey {
    return { slot, generation: this.scene.generation(slot) };
  }

  private remember(slot: number): void {
    const key = this.key(slot);
    this.history = [key, ...this.history.filter((other) => other.slot !== slot)].slice(0, MAX_HISTORY);
  }

  private lastMember(group: number): number {
    const key = this.lastInGroup.get(group);
    return key !== undefined && this.scene.isLive(key.slot, key.generation) ? key.slot : NIL;
  }

  /** The node that has focus cannot have it any more; it may be about to go. */
  private lose(): void {
    const slot = this.current.peek();
    const live = this.scene.isLive(slot, this.generation);
    const root = this.traps.active;
    if (live) this.heirs = new FocusHeirs(this.scene, slot, this.order.of(root !== NIL && this.isInside(slot, root) ? root : ROOT, slot));
    if (live) this.lost = this.key(slot);
    this.generation = 0;
    this.current.value = NIL;
    this.schedule();
  }

  /** The element that lost focus and was not told; NIL when it is gone, or none did. */
  private takeLost(): number {
    const { lost } = this;
    this.lost = null;
    return lost !== null && this.scene.isLive(lost.slot, lost.generation) ? lost.slot : NIL;
  }

  private enterGroups(slot: number): void {
    if (this.flags.none) return;
    for (let node = slot; node !== NIL; node = this.parent(node)) {
      if ((this.flags.get(node) & FOCUS_GROUP) === 0) continue;
      this.lastInGroup.set(node, this.key(slot));
      this.order.version++;
    }
  }

  private schedule(): void {
    if (this.pending) return;
    this.pending = true;
    this.settleSoon.value = this.settleSoon.peek() + 1;
  }

  /** Brings focus to where it belongs after traps came or went, elements asked for it, or the one that had it left. */
  private settle(): void {
    if (!this.pending) return;
    this.pending = false;
    const { heirs } = this;
    const traps = this.traps.update(
      (slot) => (this.flags.get(slot) & FOCUS_TRAP) !== 0,
      (trap) => this.focusedOutside(trap),
    );
    if (!this.settleWanted() && !this.enterTrap(traps.entered) && !this.settleEnded(traps) && heirs !== null && this.heirs === heirs) {
      this.heirs = null;
      const heir = heirs.choose((slot) => this.canHaveFocus(slot));
      const up = this.traps.active;
      if ((heir === NIL || !this.set(heir)) && up !== NIL) this.toEnd(up, 'first');
    }
    this.keepInside();
    const lost = this.takeLost();
    if (lost !== NIL) this.onChange(lost, NIL);
  }

  /** A trap that was below another may be the topmost again, with focus outside of it. */
  private keepInside(): void {
    const trap = this.traps.active;
    const focused = this.current.peek();
    if (focused !== NIL && !this.isReachable(focused) && !this.toEnd(trap, 'first')) this.set(NIL);
  }

  private settleWanted(): boolean {
    const { wanted } = this;
    this.wanted = null;
    return wanted !== null && this.scene.isLive(wanted.slot, wanted.generation) && this.set(wanted.slot);
  }

  /** Brings focus into a trap that came; with nothing in it that can have focus, nobody has it. */
  private enterTrap(trap: number): boolean {
    if (trap === NIL) return false;
    if (!this.isInside(this.current.peek(), trap) && !this.toEnd(trap, 'first')) this.set(NIL);
    return true;
  }

  /** Gives focus back after traps ended, unless it is somewhere else by now. */
  private settleEnded({ ended, restore, left }: TrapChanges): boolean {
    if (!ended) return false;
    const focused = this.current.peek();
    if (focused !== NIL && !left.some((slot) => this.isInside(focused, slot))) return false;
    const candidates = restore === null ? this.history : [restore, ...this.history];
    const back = candidates.find(({ slot, generation }) => this.scene.isLive(slot, generation) && this.canHaveFocus(slot) && this.isReachable(slot));
    return back !== undefined && this.set(back.slot);
  }

  /** What had focus last outside of a trap that comes up; null when nothing had, or it is gone. */
  private focusedOutside(trap: number): NodeKey | null {
    const focused = this.current.peek();
    const candidates = focused !== NIL && this.scene.isLive(focused, this.generation) ? [this.key(focused)] : this.lost !== null ? [this.lost] : [];
    const inside = candidates.some(({ slot }) => this.isInside(slot, trap));
    return (inside ? this.history : candidates).find(({ slot, generation }) => this.scene.isLive(slot, generation) && !this.isInside(slot, trap)) ?? null;
  }

  private step(root: number, step: 1 | -1): boolean {
    const from = this.slot;
    const order = this.order.of(root, from !== NIL && this.isInside(from, root) ? from : NIL);
    const at = order.indexOf(from);
    const count = order.length;
    // What is first found may be gone by now for reasons no counter tells: look on.
    for (let i = 1; i <= count; i++) {
      const next = at === -1 ? (step === 1 ? i - 1 : count - i) : (at + step * i + count * i) % count;
      if (order[next] === from) return true;
      if (this.isReachable(order[next]) && this.set(order[next])) return true;
    }
    return false;
  }

  private toEnd(root: number, end: 'first' | 'last'): boolean {
    const order = this.order.of(root);
    for (let i = 0; i < order.length; i++) {
      const slot = order[end === 'first' ? i : order.length - 1 - i];
      if (slot === this.current.peek() || (this.isReachable(slot) && this.set(slot))) return true;
    }
    return false;
  }

  /** True when no trap keeps focus from the node. */
  private isReachable(slot: number): boolean {
    const trap = this.traps.active;
    return trap === NIL || this.isInside(slot, trap);
  }
}
