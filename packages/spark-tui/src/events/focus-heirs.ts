/**
 * Who gets focus when the element that has it goes away: the next element of the order in the nearest
 * ancestor that is still there and has one, else the one before it there. Written down while the element
 * still has its place; decided when the change that took it away is complete.
 */
import { NIL, type Scene } from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** A node kept longer than a moment. */
export interface NodeKey {
  readonly slot: number;
  readonly generation: number;
}

export class FocusHeirs {
  private readonly scene: Scene;
  private readonly ancestors: readonly NodeKey[];
  private readonly after: readonly NodeKey[];
  private readonly before: readonly NodeKey[];

  /** `order` names the stops around `lost`, itself among them. */
  constructor(scene: Scene, lost: number, order: readonly number[]) {
    this.scene = scene;
    const key = (slot: number): NodeKey => ({ slot, generation: scene.generation(slot) });
    const ancestors: NodeKey[] = [];
    for (let node = parentOf(scene, lost); node !== NIL; node = parentOf(scene, node)) ancestors.push(key(node));
    this.ancestors = ancestors;
    const at = order.indexOf(lost);
    this.after = order.slice(at + 1).map(key);
    this.before = order.slice(0, Math.max(0, at)).toReversed().map(key);
  }

  /** The heir among those that `canHaveFocus`; NIL when nobody is left. */
  choose(canHaveFocus: (slot: number) => boolean): number {
    const { scene, ancestors } = this;
    // Depth of the lost element's ancestors, by slot; the deepest comes first.
    const rank = new Map<number, number>();
    ancestors.forEach(({ slot, generation }, i) => {
      if (scene.isLive(slot, generation)) rank.set(slot, i);
    });
    let best = NIL;
    let bestRank = Infinity;
    for (const list of [this.after, this.before]) {
      for (const { slot, generation } of list) {
        if (bestRank === 0) return best;
        if (!scene.isLive(slot, generation) || !canHaveFocus(slot)) continue;
        for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
          const at = rank.get(node);
          if (at === undefined) continue;
          if (at < bestRank) {
            best = slot;
            bestRank = at;
          }
          break;
        }
      }
    }
    return best;
  }
}

