/**
 * Snapping: unrounded boxes become cells. Absolute edges are rounded, never sizes or local offsets, so two
 * boxes that share an edge before snapping share it after, at any depth:
 *
 *   snap(v) = floor(v + 1/2 + 1/1024)        (the 1/1024 absorbs float noise beside a tie)
 *   x = snap(absolute left)   w = snap(absolute right) − x
 *
 * The walk goes down only where an origin moved or children were placed anew, and gathers ink bounds on the
 * way up: a node's own box united with its children's ink, the latter clipped to the padding box when the
 * node clips.
 */
import * as f from '../scene/index.ts';
import { B_CLIP, border, startsBottom, startsRight } from './box-style.ts';
import {
  INFO,
  type LayoutPass,
  N_BITS,
  N_STATE,
  R_ABS_X,
  R_ABS_Y,
  REC,
  S_COUNTED,
  S_INK,
  S_KEY,
  S_PERFORMED,
  S_SCROLLED,
} from './pass.ts';

const TIE = 0.5 + 1 / 1024;

/** Snaps everything that was placed in this run. */
export function snapAll(p: LayoutPass): void {
  const { cap, u32, info, order } = p;
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order.slots[k];
    const state = info[i * INFO + N_STATE];
    if ((state & S_KEY) === 0 || (state & (S_PERFORMED | S_SCROLLED)) === 0) continue;
    if (snapFrom(p, i)) markInk(p, u32[f.U32_PARENT * cap + i]);
  }
  for (let k = 0; k < order.length; k++) {
    const i = order.slots[k];
    const state = info[i * INFO + N_STATE];
    if ((state & S_INK) === 0) continue;
    info[i * INFO + N_STATE] = state & ~S_INK;
    if ((state & S_KEY) !== 0 && gatherInk(p, i)) markInk(p, u32[f.U32_PARENT * cap + i]);
  }
}

function markInk(p: LayoutPass, i: number): void {
  if (i !== 0 && (p.info[i * INFO + N_STATE] & S_COUNTED) !== 0) p.info[i * INFO + N_STATE] |= S_INK;
}

/** Snaps `top` and what moved below it. True when the ink of `top` changed. */
function snapFrom(p: LayoutPass, top: number): boolean {
  const { cap, u32 } = p;
  const first = f.U32_FIRST_CHILD * cap;
  const next = f.U32_NEXT * cap;
  const up = f.U32_PARENT * cap;
  let inkChanged = false;
  let node = top;
  // The outermost container on the way down whose content scrolled: what is in it is painted again as a whole.
  let scrolled = 0;
  for (;;) {
    const scrolls = (p.info[node * INFO + N_STATE] & S_SCROLLED) !== 0;
    if (snapNode(p, node, scrolled !== 0)) {
      const child = u32[first + node];
      if (child !== 0) {
        if (scrolls && scrolled === 0 && (p.info[node * INFO + N_BITS] & B_CLIP) !== 0) {
          scrolled = node;
          p.scene.queuePaint(node);
        }
        node = child;
        continue;
      }
      inkChanged = gatherInk(p, node);
    } else if (node === top) return false;
    while (node !== top && u32[next + node] === 0) {
      node = u32[up + node];
      if (node === scrolled) scrolled = 0;
      inkChanged = gatherInk(p, node);
    }
    if (node === top) return inkChanged;
    node = u32[next + node];
  }
}

/** Writes one node's snapped rectangle. True when its children must be looked at. */
function snapNode(p: LayoutPass, i: number, scrolledAlong: boolean): boolean {
  const { cap, rec, info, f64, i32 } = p;
  const state = info[i * INFO + N_STATE];
  if ((state & S_KEY) === 0 || p.u8[f.U8_KIND * cap + i] === f.KIND_ANCHOR) return false;
  info[i * INFO + N_STATE] = state & ~(S_PERFORMED | S_SCROLLED);
  const parent = p.u32[f.U32_PARENT * cap + i];
  let x = f64[f.F64_X * cap + i];
  let y = f64[f.F64_Y * cap + i];
  if (parent !== 0) {
    x += rec[parent * REC + R_ABS_X];
    y += rec[parent * REC + R_ABS_Y];
    if ((info[parent * INFO + N_BITS] & B_CLIP) !== 0) {
      // Offsets count from where the content begins.
      const parentBits = info[parent * INFO + N_BITS];
      const scrollX = i32[f.I32_SCROLL_X * cap + parent];
      const scrollY = i32[f.I32_SCROLL_Y * cap + parent];
      x -= startsRight(parentBits) ? -scrollX : scrollX;
      y -= startsBottom(parentBits) ? -scrollY : scrollY;
    }
  }
  const at = i * REC;
  const stays = rec[at + R_ABS_X] === x && rec[at + R_ABS_Y] === y;
  if (stays && (state & (S_PERFORMED | S_SCROLLED)) === 0) return false;
  rec[at + R_ABS_X] = x;
  rec[at + R_ABS_Y] = y;
  const x0 = Math.floor(x + TIE);
  const y0 = Math.floor(y + TIE);
  const w = Math.floor(x + f64[f.F64_W * cap + i] + TIE) - x0;
  const h = Math.floor(y + f64[f.F64_H * cap + i] + TIE) - y0;
  if (
    i32[f.I32_X * cap + i] !== x0 ||
    i32[f.I32_Y * cap + i] !== y0 ||
    i32[f.I32_W * cap + i] !== w ||
    i32[f.I32_H * cap + i] !== h
  ) {
    i32[f.I32_X * cap + i] = x0;
    i32[f.I32_Y * cap + i] = y0;
    i32[f.I32_W * cap + i] = w;
    i32[f.I32_H * cap + i] = h;
    p.changed = true;
    if (scrolledAlong) markScrolledAlong(p, i);
    p.scene.markMoved(i);
  }
  return true;
}

/** A node that moved for this reason alone needs no damage of its own. */
function markScrolledAlong(p: LayoutPass, i: number): void {
  const at = f.U32_FLAGS * p.cap + i;
  if ((p.u32[at] & f.FLAG_MOVED) === 0) p.u32[at] |= f.FLAG_SCROLLED_ALONG;
}

/** Ink bounds from the own box and the children's ink. True when they changed. */
function gatherInk(p: LayoutPass, i: number): boolean {
  const { cap, u32, i32 } = p;
  const inkX0 = f.I32_INK_X0 * cap;
  const inkY0 = f.I32_INK_Y0 * cap;
  const inkX1 = f.I32_INK_X1 * cap;
  const inkY1 = f.I32_INK_Y1 * cap;
  const boxX0 = i32[f.I32_X * cap + i];
  const boxY0 = i32[f.I32_Y * cap + i];
  const boxX1 = boxX0 + i32[f.I32_W * cap + i];
  const boxY1 = boxY0 + i32[f.I32_H * cap + i];
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const left = i32[inkX0 + c];
    const right = i32[inkX1 + c];
    if (left === right) continue;
    if (left < x0) x0 = left;
    if (right > x1) x1 = right;
    if (i32[inkY0 + c] < y0) y0 = i32[inkY0 + c];
    if (i32[inkY1 + c] > y1) y1 = i32[inkY1 + c];
  }
  if ((p.info[i * INFO + N_BITS] & B_CLIP) !== 0) {
    const clipX0 = boxX0 + border(p, i, f.U8_BORDER_LEFT);
    const clipY0 = boxY0 + border(p, i, f.U8_BORDER_TOP);
    const clipX1 = boxX1 - border(p, i, f.U8_BORDER_RIGHT);
    const clipY1 = boxY1 - border(p, i, f.U8_BORDER_BOTTOM);
    if (x0 < clipX0) x0 = clipX0;
    if (y0 < clipY0) y0 = clipY0;
    if (x1 > clipX1) x1 = clipX1;
    if (y1 > clipY1) y1 = clipY1;
  }
  const childrenInk = x1 > x0 && y1 > y0;
  if (boxX1 > boxX0 && boxY1 > boxY0) {
    x0 = childrenInk && x0 < boxX0 ? x0 : boxX0;
    y0 = childrenInk && y0 < boxY0 ? y0 : boxY0;
    x1 = childrenInk && x1 > boxX1 ? x1 : boxX1;
    y1 = childrenInk && y1 > boxY1 ? y1 : boxY1;
  } else if (!childrenInk) {
    x0 = 0;
    y0 = 0;
    x1 = 0;
    y1 = 0;
  }
  if (i32[inkX0 + i] === x0 && i32[inkY0 + i] === y0 && i32[inkX1 + i] === x1 && i32[inkY1 + i] === y1) return false;
  i32[inkX0 + i] = x0;
  i32[inkY0 + i] = y0;
  i32[inkX1 + i] = x1;
  i32[inkY1 + i] = y1;
  p.changed = true;
  return true;
}
