/**
 * Turns what changed in the scene into rectangles of cells to paint again: where each queued or moved
 * node was painted last, where its ink is now, and what removed nodes left behind.
 */
import type { Damage } from '../cells/index.ts';
import {
  FLAG_GLYPHS_ONLY,
  FLAG_LIVE,
  FLAG_SCROLLED_ALONG,
  I32_H,
  I32_INK_X0,
  I32_INK_X1,
  I32_INK_Y0,
  I32_INK_Y1,
  I32_PAINTED_X0,
  I32_PAINTED_X1,
  I32_PAINTED_Y0,
  I32_PAINTED_Y1,
  I32_W,
  I32_X,
  I32_Y,
  type Scene,
  type SlotList,
  U32_FLAGS,
} from '../scene/index.ts';

/** More changed nodes than this repaint the screen: sorting out thousands of rectangles costs more. */
const MANY_NODES = 4096;

/** Adds the damage of everything that changed since the last `scene.clean()`. */
export function collectDamage(scene: Scene, damage: Damage): void {
  const vacated = scene.vacated;
  if (scene.moved.length + scene.paintQueue.length + vacated.length / 4 > MANY_NODES && needsDamage(scene) + vacated.length / 4 > MANY_NODES) {
    damage.addAll();
    rememberPainted(scene, scene.moved);
    rememberPainted(scene, scene.paintQueue);
    return;
  }
  for (let i = 0; i < vacated.length; i += 4) damage.add(vacated[i], vacated[i + 1], vacated[i + 2], vacated[i + 3]);
  addNodes(scene, scene.moved, damage);
  addNodes(scene, scene.paintQueue, damage);
}

/** Nodes that need damage of their own. */
function needsDamage(scene: Scene): number {
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const { slots, length } = scene.moved;
  let count = scene.paintQueue.length;
  for (let n = 0; n < length; n++) if ((u32[U32_FLAGS * cap + slots[n]] & FLAG_SCROLLED_ALONG) === 0) count++;
  return count;
}

// hot: 1,000 nodes in 64 µs (Node 20)
function addNodes(scene: Scene, list: SlotList, damage: Damage): void {
  const cap = scene.capacity;
  const i32 = scene.i32.array;
  const u32 = scene.u32.array;
  const slots = list.slots;
  for (let n = 0; n < list.length; n++) {
    const slot = slots[n];
    if ((u32[U32_FLAGS * cap + slot] & (FLAG_LIVE | FLAG_GLYPHS_ONLY | FLAG_SCROLLED_ALONG)) !== FLAG_LIVE) continue;
    damage.add(
      i32[I32_PAINTED_X0 * cap + slot],
      i32[I32_PAINTED_Y0 * cap + slot],
      i32[I32_PAINTED_X1 * cap + slot],
      i32[I32_PAINTED_Y1 * cap + slot],
    );
    damage.add(
      i32[I32_INK_X0 * cap + slot],
      i32[I32_INK_Y0 * cap + slot],
      i32[I32_INK_X1 * cap + slot],
      i32[I32_INK_Y1 * cap + slot],
    );
  }
  rememberPainted(scene, list);
}

function rememberPainted(scene: Scene, list: SlotList): void {
  const cap = scene.capacity;
  const i32 = scene.i32.array;
  const u32 = scene.u32.array;
  const slots = list.slots;
  for (let n = 0; n < list.length; n++) {
    const slot = slots[n];
    // A slot freed since it was queued is zero and must stay so.
    if ((u32[U32_FLAGS * cap + slot] & FLAG_LIVE) === 0) continue;
    const x = i32[I32_X * cap + slot];
    const y = i32[I32_Y * cap + slot];
    i32[I32_PAINTED_X0 * cap + slot] = x;
    i32[I32_PAINTED_Y0 * cap + slot] = y;
    i32[I32_PAINTED_X1 * cap + slot] = x + i32[I32_W * cap + slot];
    i32[I32_PAINTED_Y1 * cap + slot] = y + i32[I32_H * cap + slot];
  }
}
