/**
 * Traps: elements that keep focus inside while they are shown (a dialog). Those that are up lie on a stack; the
 * topmost is active. Each remembers what had focus when it came up, which gets it back when it goes: by
 * removal, hiding or ceasing to be a trap.
 */
import { NIL, type Scene } from '../scene/index.ts';
import type { NodeKey } from './focus-heirs.ts';

interface Trap extends NodeKey {
  /** Gets focus when the trap ends. */
  restore: NodeKey | null;
}

/** What changed since the last look. */
export interface TrapChanges {
  /** The topmost of the traps that came up; NIL for none. */
  readonly entered: number;
  /** True when some ended. */
  readonly ended: boolean;
  /** What had focus before the lowest of those came up. */
  readonly restore: NodeKey | null;
  /** Those of them whose element is still there. */
  readonly left: readonly number[];
}

export class FocusTraps {
  private readonly scene: Scene;
  private readonly isOpen: (slot: number) => boolean;
  /** All elements that are traps, shown or not, in the order they became ones. */
  private known: NodeKey[] = [];
  /** Those that are up, the topmost last. */
  private stack: Trap[] = [];

  /** `isOpen` tells whether a live node is (still) a trap and shown. */
  constructor(scene: Scene, isOpen: (slot: number) => boolean) {
    this.scene = scene;
    this.isOpen = isOpen;
  }

  /** True when no element is a trap. */
  get none(): boolean {
    return this.known.length === 0 && this.stack.length === 0;
  }

  /** The element that keeps focus now; NIL for none. */
  get active(): number {
    return this.top?.slot ?? NIL;
  }

  /** Makes an element a trap for as long as it exists and its flag is set. */
  add(key: NodeKey): void {
    this.known.push(key);
  }

  /** Focus asked for outside of the active trap: it comes when the trap ends. */
  restoreTo(key: NodeKey): void {
    const { top } = this;
    if (top !== undefined) top.restore = key;
  }

  /** Looks which traps came up and which ended. `focusedBefore` gives what had focus before a trap came. */
  update(isTrap: (slot: number) => boolean, focusedBefore: (trap: number) => NodeKey | null): TrapChanges {
    const { scene } = this;
    const isLive = ({ slot, generation }: NodeKey): boolean => scene.isLive(slot, generation);
    const ended = this.stack.filter((trap) => !this.isUp(trap));
    if (ended.length > 0) this.stack = this.stack.filter((trap) => !ended.includes(trap));
    this.known = this.known.filter((key) => isLive(key) && isTrap(key.slot));
    let entered = NIL;
    for (const key of this.known) {
      if (!this.isUp(key) || this.stack.some(({ slot }) => slot === key.slot)) continue;
      this.stack.push({ ...key, restore: focusedBefore(key.slot) });
      entered = key.slot;
    }
    return {
      entered,
      ended: ended.length > 0,
      restore: ended.find((trap) => trap.restore !== null)?.restore ?? null,
      left: ended.filter(isLive).map(({ slot }) => slot),
    };
  }

  clear(): void {
    this.known = [];
    this.stack = [];
  }

  private get top(): Trap | undefined {
    return this.stack.findLast((trap) => this.isUp(trap));
  }

  private isUp({ slot, generation }: NodeKey): boolean {
    return this.scene.isLive(slot, generation) && this.isOpen(slot);
  }
}
