/**
 * Placing: handing a child its rectangle and its key, walking down to the children whose key changed (an
 * explicit stack, so depth is no limit), and emptying subtrees that are not shown.
 */
import * as f from '../scene/index.ts';
import { B_GRID, B_LEAF, B_PERCENT_EDGE } from './box-style.ts';
import { flexLayout } from './flex.ts';
import { gridLayout } from './grid.ts';
import { drainRequests } from './measure.ts';
import {
  INFO,
  type LayoutPass,
  MAX_SIZE,
  N_BITS,
  N_STATE,
  PENDING,
  R_KEY_CW,
  R_KEY_H,
  R_KEY_HDEF,
  R_KEY_W,
  REC,
  S_KEY,
  S_PERFORM,
  S_PERFORMED,
  S_SCROLLED,
} from './pass.ts';

/**
 * Writes a node's rectangle (relative to its parent's border box) and, when its size, its containing
 * width or its own content changed, queues it for placing its children.
 */
export function assign(
  p: LayoutPass,
  c: number,
  x: number,
  y: number,
  w: number,
  h: number,
  hDef: boolean,
  cw: number,
): void {
  const { cap, f64, rec, info } = p;
  if (w > MAX_SIZE) w = MAX_SIZE;
  if (h > MAX_SIZE) h = MAX_SIZE;
  // A text wraps anew at another width, also when its snapped rectangle stays.
  if (f64[f.F64_W * cap + c] !== w && p.u8[f.U8_KIND * cap + c] === f.KIND_TEXT) p.scene.markMoved(c);
  f64[f.F64_X * cap + c] = x;
  f64[f.F64_Y * cap + c] = y;
  f64[f.F64_W * cap + c] = w;
  f64[f.F64_H * cap + c] = h;
  const definite = hDef ? 1 : 0;
  const ni = c * INFO;
  if ((info[ni + N_BITS] & B_PERCENT_EDGE) === 0) cw = 0;
  const at = c * REC;
  const state = info[ni + N_STATE];
  if (
    (state & (S_KEY | S_PERFORM)) === S_KEY &&
    rec[at + R_KEY_W] === w &&
    rec[at + R_KEY_H] === h &&
    rec[at + R_KEY_CW] === cw &&
    rec[at + R_KEY_HDEF] === definite
  ) {
    return;
  }
  // The thumb shows how much of the content shows, also when the snapped rectangle stays.
  if ((rec[at + R_KEY_W] !== w || rec[at + R_KEY_H] !== h) && p.u8[f.U8_BARS * cap + c] !== 0) p.scene.queuePaint(c);
  rec[at + R_KEY_W] = w;
  rec[at + R_KEY_H] = h;
  rec[at + R_KEY_CW] = cw;
  rec[at + R_KEY_HDEF] = definite;
  info[ni + N_STATE] = state | S_KEY | S_PERFORM;
  p.performStack.push(c);
}

/** Places the children of `i` by its key, then of every descendant whose key changed. */
export function performFrom(p: LayoutPass, i: number): void {
  const stack = p.performStack;
  stack.length = 0;
  stack.push(i);
  while (stack.length > 0) {
    const node = stack.slots[--stack.length];
    const ni = node * INFO;
    if ((p.info[ni + N_STATE] & S_PERFORM) === 0) continue;
    p.info[ni + N_STATE] = (p.info[ni + N_STATE] & ~S_PERFORM) | S_PERFORMED;
    p.performed.push(node);
    if ((p.info[ni + N_BITS] & B_LEAF) !== 0) continue;
    p.counters.visits++;
    const at = node * REC;
    const rec = p.rec;
    const isGrid = (p.info[ni + N_BITS] & B_GRID) !== 0;
    for (;;) {
      const w = rec[at + R_KEY_W];
      const h = rec[at + R_KEY_H];
      const hDef = rec[at + R_KEY_HDEF] === 1;
      const cw = rec[at + R_KEY_CW];
      const result = isGrid ? gridLayout(p, node, w, h, hDef, cw, true) : flexLayout(p, node, w, h, hDef, cw, true);
      if (result !== PENDING) break;
      drainRequests(p);
    }
  }
}

/** Empties the results of a node that is not shown and of everything below it. */
export function hideSubtree(p: LayoutPass, top: number): void {
  const { cap, u32, info } = p;
  let node = top;
  for (let budget = 2 * p.scene.live + 2; budget > 0; budget--) {
    if ((info[node * INFO + N_STATE] & S_KEY) !== 0) {
      empty(p, node);
      const child = u32[f.U32_FIRST_CHILD * cap + node];
      if (child !== 0) {
        node = child;
        continue;
      }
    }
    while (node !== top && u32[f.U32_NEXT * cap + node] === 0) node = u32[f.U32_PARENT * cap + node];
    if (node === top) return;
    node = u32[f.U32_NEXT * cap + node];
  }
}

function empty(p: LayoutPass, i: number): void {
  const { cap, f64, i32 } = p;
  p.info[i * INFO + N_STATE] &= ~(S_KEY | S_PERFORMED | S_SCROLLED);
  for (let c = 0; c < f.F64_COLUMNS; c++) f64[c * cap + i] = 0;
  let shown = 0;
  for (let c = f.I32_X; c <= f.I32_INK_Y1; c++) {
    shown |= i32[c * cap + i];
    i32[c * cap + i] = 0;
  }
  if (shown !== 0) {
    p.changed = true;
    p.scene.markMoved(i);
  }
}
