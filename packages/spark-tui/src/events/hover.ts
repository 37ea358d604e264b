/**
 * Which elements the mouse is over: the one under it and all around that. Entering and leaving are told to
 * each of them alone, outermost entered first, innermost left first.
 */
import { NIL, type Scene } from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** Tells a node that the mouse came or went. */
export type HoverSink = (slot: number, entered: boolean) => void;

export class Hover {
  private readonly scene: Scene;
  /** Nodes under the mouse, innermost first, as slot and generation pairs. */
  private path: number[] = [];
  /** The path before, to be filled anew. */
  private spare: number[] = [];
  private edits = -1;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** The innermost node that was told last; NIL for none, or when it is gone. */
  get target(): number {
    const [slot, generation] = this.path;
    return slot !== undefined && this.scene.isLive(slot, generation) ? slot : NIL;
  }

  /** True while the mouse stays on the same element of the same tree. */
  isAt(target: number): boolean {
    const { scene, path } = this;
    if (this.edits !== scene.treeEdits) return false;
    return target === NIL ? path.length === 0 : path[0] === target && path[1] === scene.generation(target);
  }

  /** The mouse is over `target` now (NIL for none). */
  move(target: number, sink: HoverSink): void {
    const { scene, path: old } = this;
    this.edits = scene.treeEdits;
    const path = this.spare;
    path.length = 0;
    for (let node = target; node !== NIL; node = parentOf(scene, node)) path.push(node, scene.generation(node));
    this.path = path;
    this.spare = old;
    // A node never gets another parent: what both have in common is the end, towards the root.
    let left = old.length;
    let entered = path.length;
    while (left > 0 && entered > 0 && old[left - 1] === path[entered - 1] && old[left - 2] === path[entered - 2]) {
      left -= 2;
      entered -= 2;
    }
    if (left === 0 && entered === 0) return;
    // Handlers may send further events: the arrays are theirs from here on.
    const gone = old.slice(0, left);
    const come = path.slice(0, entered);
    for (let i = 0; i < gone.length; i += 2) if (scene.isLive(gone[i], gone[i + 1])) sink(gone[i], false);
    for (let i = come.length - 2; i >= 0; i -= 2) if (scene.isLive(come[i], come[i + 1])) sink(come[i], true);
  }
}
