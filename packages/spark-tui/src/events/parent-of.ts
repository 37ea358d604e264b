/** One step up the tree. */
import { NIL, type Scene, U32_PARENT } from '../scene/index.ts';

/** The parent of a node; NIL for the root. Also NIL once the scene was released: a handler may end the app during a walk. */
export function parentOf(scene: Scene, slot: number): number {
  return scene.u32.array[U32_PARENT * scene.capacity + slot] ?? NIL;
}
