/**
 * Docked children (`dock: 'top' | 'right' | 'bottom' | 'left'`, not CSS): each takes a strip along an edge of
 * what its elder docked siblings left of the content box; the flow gets the rest.
 *
 *   ┌─────────── top ───────────┐     top and bottom: as wide as what is left, as high as they ask
 *   │ left │     flow    │ right│     left and right: as wide as they ask, as high as what is left
 *   └────────── bottom ─────────┘
 */
import * as f from '../scene/index.ts';
import { B_DOCK, B_HEIGHT, B_LIMIT_H, B_LIMIT_W, B_RTL, B_SKIP, B_WIDTH, clamp, edgeHeight, edgeWidth, heightOf, sizeOf, spaceOf } from './box-style.ts';
import { keywordWidth } from './flex-bases.ts';
import { contribution } from './intrinsic.ts';
import { measure, minmax } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, PENDING, R_EDGE_W, R_HI, R_LO, REC } from './pass.ts';
import { assign } from './place.ts';

/** Whether a container has (or had) docked children. */
export function hasDocks(p: LayoutPass, i: number): boolean {
  return (p.u32[f.U32_FLAGS * p.cap + i] & f.FLAG_DOCK_CHILDREN) !== 0;
}

/**
 * Measures the strips into `dockLeft` … `dockBottom` and `dockHeight` (what strips at the sides need); places
 * them when `place` is set. `left` and `top` are the content box's corner in left-to-right terms, `w` the
 * container's width. False when an answer is pending.
 */
export function dockChildren(
  p: LayoutPass,
  i: number,
  innerW: number,
  innerH: number,
  place: boolean,
  left: number,
  top: number,
  w: number,
): boolean {
  const { cap, u8, u32, info } = p;
  const rtl = (info[i * INFO + N_BITS] & B_RTL) !== 0;
  let x0 = 0;
  let x1 = innerW;
  let y0 = 0;
  let fromBottom = 0;
  let sides = 0;
  let done = true;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const bits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR || (bits & (B_SKIP | B_DOCK)) !== B_DOCK) continue;
    let side = u8[f.U8_DOCK * cap + c];
    if (rtl && side === f.DOCK_LEFT) side = f.DOCK_RIGHT;
    else if (rtl && side === f.DOCK_RIGHT) side = f.DOCK_LEFT;
    const atSide = side === f.DOCK_LEFT || side === f.DOCK_RIGHT;
    const marginLeft = spaceOf(p, c, rtl ? f.LEN_MARGIN_RIGHT : f.LEN_MARGIN_LEFT, innerW);
    const marginRight = spaceOf(p, c, rtl ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT, innerW);
    const marginTop = spaceOf(p, c, f.LEN_MARGIN_TOP, innerW);
    const marginBottom = spaceOf(p, c, f.LEN_MARGIN_BOTTOM, innerW);
    const offered = Math.max(0, x1 - x0 - marginLeft - marginRight);
    const width = dockWidth(p, c, bits, innerW, offered, atSide);
    if (width === PENDING) {
      done = false;
      continue;
    }
    // What is left of the height; NaN while the container's own is not known.
    const leftH = innerH - y0 - fromBottom - marginTop - marginBottom;
    let definite = true;
    const edgeH = edgeHeight(p, c, innerW);
    let height = (bits & B_HEIGHT) !== 0 ? heightOf(p, c, f.LEN_HEIGHT, innerH, edgeH, marginTop + marginBottom) : NaN;
    if (height !== height && atSide && leftH === leftH) height = leftH > edgeH ? leftH : edgeH;
    if (height !== height) {
      definite = false;
      height = measure(p, c, width, innerW);
      if (height === PENDING) {
        done = false;
        continue;
      }
    }
    if ((bits & B_LIMIT_H) !== 0) {
      const min = sizeOf(p, c, f.LEN_MIN_HEIGHT, innerH, edgeH);
      const max = sizeOf(p, c, f.LEN_MAX_HEIGHT, innerH, edgeH);
      height = clamp(height, min === min ? min : edgeH, max === max ? max : Infinity);
    }
    if (place && done) {
      let x = left + (side === f.DOCK_RIGHT ? x1 - marginRight - width : x0 + marginLeft);
      const y = top + (side === f.DOCK_BOTTOM ? innerH - fromBottom - marginBottom - height : y0 + marginTop);
      if (rtl) x = w - x - width;
      assign(p, c, x, y, width, height, definite, innerW);
    }
    if (side === f.DOCK_LEFT) x0 += Math.max(0, width + marginLeft + marginRight);
    else if (side === f.DOCK_RIGHT) x1 -= Math.max(0, width + marginLeft + marginRight);
    else if (side === f.DOCK_TOP) y0 += Math.max(0, height + marginTop + marginBottom);
    else fromBottom += Math.max(0, height + marginTop + marginBottom);
    if (atSide && height + marginTop + marginBottom > sides) sides = height + marginTop + marginBottom;
  }
  if (!done) return false;
  p.dockLeft = x0;
  p.dockRight = innerW - x1;
  p.dockTop = y0;
  p.dockBottom = fromBottom;
  p.dockHeight = sides;
  return true;
}

function dockWidth(p: LayoutPass, c: number, bits: number, innerW: number, offered: number, atSide: boolean): number {
  const edge = edgeWidth(p, c, innerW);
  let width = (bits & B_WIDTH) !== 0 ? sizeOf(p, c, f.LEN_WIDTH, innerW, edge) : NaN;
  if (width !== width && (bits & B_WIDTH) !== 0) width = keywordWidth(p, c, f.LEN_WIDTH, offered, edge);
  if (width === PENDING) return PENDING;
  if (width !== width && atSide) {
    if (!minmax(p, c)) return PENDING;
    const extra = edge - p.rec[c * REC + R_EDGE_W];
    const lo = p.rec[c * REC + R_LO] + extra;
    const hi = p.rec[c * REC + R_HI] + extra;
    width = hi <= offered ? hi : offered > lo ? offered : lo;
  } else if (width !== width) width = offered;
  if ((bits & B_LIMIT_W) !== 0) {
    const min = sizeOf(p, c, f.LEN_MIN_WIDTH, innerW, edge);
    const max = sizeOf(p, c, f.LEN_MAX_WIDTH, innerW, edge);
    width = clamp(width, min === min ? min : edge, max === max ? max : Infinity);
  }
  return width > edge ? width : edge;
}

/** Adds the strips to the content widths `intrinsicLo` and `intrinsicHi` (without edges). False when pending. */
export function dockMinmax(p: LayoutPass, i: number): boolean {
  const { cap, u8, u32, info } = p;
  let lo = p.intrinsicLo;
  let hi = p.intrinsicHi;
  let done = true;
  // The youngest strip is the innermost: what lies inside it is known first.
  for (let c = u32[f.U32_LAST_CHILD * cap + i]; c !== 0; c = u32[f.U32_PREV * cap + c]) {
    const bits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR || (bits & (B_SKIP | B_DOCK)) !== B_DOCK) continue;
    if (!contribution(p, c, bits, false, NaN)) {
      done = false;
      continue;
    }
    const side = u8[f.U8_DOCK * cap + c];
    const own = p.contributionLo > 0 ? p.contributionLo : 0;
    const most = p.contributionHi > 0 ? p.contributionHi : 0;
    if (side === f.DOCK_LEFT || side === f.DOCK_RIGHT) {
      lo += own;
      hi += most;
    } else {
      if (own > lo) lo = own;
      if (most > hi) hi = most;
    }
  }
  p.intrinsicLo = lo;
  p.intrinsicHi = hi;
  return done;
}
