/**
 * What must be laid out again. The scene queues nodes whose style, content or scroll offset changed; with
 * their ancestors they form a tree that is walked twice:
 *
 *   children before parents   decide: does a change stop here, or can it change the parent's layout?
 *   parents before children   place the children of what changed (`performFrom`)
 *
 * A change of content stops at the first node that gives the same answers as before to everything it was
 * asked (cut-off by equality): a box of fixed size, or a text as wide and high as the old one, touches
 * nothing above itself. A change of style always reaches the parent, whose layout it is part of.
 */
import * as f from '../scene/index.ts';
import { B_SKIP, readStyle } from './box-style.ts';
import { drainRequests, forgetMeasures, measuresHold } from './measure.ts';
import {
  INFO,
  type LayoutPass,
  N_BITS,
  N_DIRTY_CHILDREN,
  N_GENERATION,
  N_RING_LENGTH,
  N_STATE,
  S_AWAY,
  S_CHANGED,
  S_COUNTED,
  S_EVICTED,
  S_KEY,
  S_OFFSET_SET,
  S_PERFORM,
  S_SCROLLED,
} from './pass.ts';

const ALL_FLAGS = f.LAYOUT_REASONS | f.FLAG_LAYOUT_DIRTY;
/** Above this many dirty nodes, and a quarter of all, only single answers are compared. */
const BULK_MIN = 32;

/** Takes the scene's queue, fills `pass.order`, and marks what must be placed again. */
export function settleDirty(p: LayoutPass): void {
  const { cap, u32, info, order } = p;
  const queue = p.scene.layoutQueue;
  order.length = 0;
  let counted = 0;
  for (let q = 0; q < queue.length; q++) {
    const i = queue.slots[q];
    const flags = u32[f.U32_FLAGS * cap + i];
    if ((flags & f.LAYOUT_REASONS) === 0 || (flags & f.FLAG_LIVE) === 0) continue;
    if ((flags & f.FLAG_STYLE_CHANGED) !== 0) refresh(p, i);
    counted += countUp(p, i);
  }
  // The leaves of the tree of dirty nodes come first; a parent follows the last of its dirty children.
  for (let q = 0; q < queue.length; q++) {
    const i = queue.slots[q];
    const ni = i * INFO;
    if ((info[ni + N_STATE] & S_COUNTED) === 0 || info[ni + N_DIRTY_CHILDREN] !== 0) continue;
    info[ni + N_DIRTY_CHILDREN] = -1;
    order.push(i);
  }
  queue.reset();
  const bulk = counted > BULK_MIN && counted * 4 > p.scene.live;
  for (let k = 0; k < order.length; k++) {
    const i = order.slots[k];
    settle(p, i, bulk);
    const parent = u32[f.U32_PARENT * cap + i];
    if (parent !== 0 && --info[parent * INFO + N_DIRTY_CHILDREN] === 0) {
      info[parent * INFO + N_DIRTY_CHILDREN] = -1;
      order.push(parent);
    }
  }
}

/** Reads the style of a node that is new or has changed, and forgets its answers. */
function refresh(p: LayoutPass, i: number): void {
  const ni = i * INFO;
  const generation = p.u32[f.U32_GENERATION * p.cap + i] | 0;
  if (p.info[ni + N_GENERATION] !== generation) {
    // Another node had this slot: nothing of its record is meant.
    p.info[ni + N_GENERATION] = generation;
    p.info[ni + N_STATE] &= S_COUNTED;
  }
  readStyle(p, i);
  forgetMeasures(p, i);
}

/** Counts a node and its ancestors into the tree of dirty nodes. Returns how many are new in it. */
function countUp(p: LayoutPass, i: number): number {
  const { cap, u32, info } = p;
  let node = i;
  let count = 0;
  if ((info[node * INFO + N_STATE] & S_COUNTED) !== 0) return 0;
  info[node * INFO + N_DIRTY_CHILDREN] = 0;
  info[node * INFO + N_STATE] |= S_COUNTED;
  for (;;) {
    count++;
    const parent = u32[f.U32_PARENT * cap + node];
    if (parent === 0) return count;
    const np = parent * INFO;
    if ((info[np + N_STATE] & S_COUNTED) !== 0) {
      info[np + N_DIRTY_CHILDREN]++;
      return count;
    }
    info[np + N_STATE] |= S_COUNTED;
    info[np + N_DIRTY_CHILDREN] = 1;
    node = parent;
  }
}

function settle(p: LayoutPass, i: number, bulk: boolean): void {
  const { cap, u32, info } = p;
  const ni = i * INFO;
  const at = f.U32_FLAGS * cap + i;
  const flags = u32[at];
  const state = info[ni + N_STATE];
  u32[at] = flags & ~ALL_FLAGS;
  info[ni + N_STATE] = state & ~S_CHANGED;
  let reachesParent = false;
  if ((flags & f.FLAG_STYLE_CHANGED) !== 0) {
    reachesParent = true;
    info[ni + N_STATE] |= S_PERFORM;
  } else if ((flags & f.FLAG_CONTENT_CHANGED) !== 0 || (state & S_CHANGED) !== 0) {
    if (!answersHold(p, i, bulk)) {
      forgetMeasures(p, i);
      reachesParent = (info[ni + N_BITS] & B_SKIP) === 0;
    }
    info[ni + N_STATE] |= S_PERFORM;
  }
  if ((flags & f.FLAG_SCROLL_CHANGED) !== 0 && (state & S_KEY) !== 0) {
    info[ni + N_STATE] |= S_SCROLLED | S_OFFSET_SET;
    p.scrolled.push(i);
  }
  if (reachesParent) {
    const parent = u32[f.U32_PARENT * cap + i];
    if (parent !== 0) info[parent * INFO + N_STATE] |= S_CHANGED;
  }
}

function answersHold(p: LayoutPass, i: number, bulk: boolean): boolean {
  const ni = i * INFO;
  if ((p.info[ni + N_STATE] & S_EVICTED) !== 0) return false;
  if (bulk && p.info[ni + N_RING_LENGTH] > 1) return false;
  let holds = measuresHold(p, i);
  while (holds === null) {
    drainRequests(p);
    holds = measuresHold(p, i);
  }
  return holds;
}

/** Ends the run for the nodes in `pass.order`. */
export function clearCounted(p: LayoutPass): void {
  const { info, order } = p;
  for (let k = 0; k < order.length; k++) info[order.slots[k] * INFO + N_STATE] &= ~S_COUNTED;
  order.length = 0;
}

/** Forgets everything about every node, as if the whole scene were new. */
export function invalidateAll(p: LayoutPass): void {
  const { cap, u32, info, order } = p;
  const top = p.scene.top;
  for (let i = 1; i <= top; i++) {
    const at = f.U32_FLAGS * cap + i;
    if ((u32[at] & f.FLAG_LIVE) === 0) continue;
    u32[at] &= ~ALL_FLAGS;
    refresh(p, i);
    info[i * INFO + N_STATE] = (info[i * INFO + N_STATE] & (S_KEY | S_AWAY)) | S_PERFORM;
  }
  p.scene.layoutQueue.reset();
  order.length = 0;
  order.push(f.ROOT);
  info[f.ROOT * INFO + N_STATE] |= S_COUNTED;
}
