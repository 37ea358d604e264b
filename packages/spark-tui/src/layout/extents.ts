/**
 * Content extents (CSS scrollable overflow): how far the content of a box reaches inside its padding box,
 * before scrolling: right and down, or left and up where content begins at the right or the bottom. At least the padding box itself. What overflows a visible child
 * counts for its ancestors; in a clipping container margins and end padding of children in flow count too.
 * Scroll offsets are held between zero and what there is to scroll.
 */
import * as f from '../scene/index.ts';
import {
  B_ABSOLUTE,
  B_CLIP,
  B_CUSTOM,
  B_LEAF,
  B_MARGIN,
  B_RTL,
  B_TEXT,
  border,
  edgeHeight,
  edgeWidth,
  gutterHeight,
  gutterWidth,
  padding,
  spaceOf,
  startsBottom,
  startsRight,
} from './box-style.ts';
import { leafHeight } from './leaf.ts';
import { minmax } from './measure.ts';
import {
  INFO,
  type LayoutPass,
  N_BITS,
  N_STATE,
  R_KEY_CW,
  R_LO,
  REC,
  S_AWAY,
  S_COUNTED,
  S_EXTENTS,
  S_KEY,
  S_OFFSET_SET,
  S_SCROLLED,
} from './pass.ts';

/** Gathers the extents of all nodes placed in this run, and of ancestors as far as they change. */
export function gatherExtents(p: LayoutPass): void {
  const { info, performed, order } = p;
  for (let k = performed.length - 1; k >= 0; k--) gatherNode(p, performed.slots[k]);
  for (let k = 0; k < order.length; k++) {
    const i = order.slots[k];
    const state = info[i * INFO + N_STATE];
    if ((state & S_EXTENTS) !== 0) {
      info[i * INFO + N_STATE] = state & ~S_EXTENTS;
      if ((state & S_KEY) !== 0) gatherNode(p, i);
    } else if ((state & (S_SCROLLED | S_KEY)) === (S_SCROLLED | S_KEY)) clampScroll(p, i);
  }
}

function gatherNode(p: LayoutPass, i: number): void {
  const { cap, u32, f64, info } = p;
  const bits = info[i * INFO + N_BITS];
  const borderLeft = border(p, i, f.U8_BORDER_LEFT);
  const borderTop = border(p, i, f.U8_BORDER_TOP);
  let right = f64[f.F64_W * cap + i] - borderLeft - border(p, i, f.U8_BORDER_RIGHT) - gutterWidth(p, i);
  let bottom = f64[f.F64_H * cap + i] - borderTop - border(p, i, f.U8_BORDER_BOTTOM) - gutterHeight(p, i);
  if (right < 0) right = 0;
  if (bottom < 0) bottom = 0;
  const clips = (bits & B_CLIP) !== 0;
  const clientW = right;
  const clientH = bottom;
  const fromRight = startsRight(bits);
  const fromBottom = startsBottom(bits);
  const gutterLeft = (bits & B_RTL) !== 0 ? gutterWidth(p, i) : 0;
  if ((bits & B_LEAF) !== 0) {
    const custom = (bits & B_CUSTOM) !== 0;
    if (clips || custom) {
      const w = f64[f.F64_W * cap + i];
      const cw = p.rec[i * REC + R_KEY_CW];
      const borders = borderTop + border(p, i, f.U8_BORDER_BOTTOM);
      const height = edgeHeight(p, i, cw) - borders + leafHeight(p, i, w, cw);
      if (height > bottom) bottom = height;
      // Wrapped text never leaves its box, cut text has nothing beyond it.
      if ((custom || p.u8[f.U8_TEXT_WRAP * cap + i] === f.TEXT_NOWRAP) && minmax(p, i)) {
        const width = p.rec[i * REC + R_LO] - borderLeft - border(p, i, f.U8_BORDER_RIGHT) - gutterWidth(p, i);
        if (width > right) right = width;
      }
    }
  } else {
    let padRight = 0;
    let padBottom = 0;
    let innerW = 0;
    if (clips) {
      const cw = p.rec[i * REC + R_KEY_CW];
      padRight = padding(p, i, fromRight ? f.LEN_PADDING_LEFT : f.LEN_PADDING_RIGHT, cw);
      padBottom = padding(p, i, fromBottom ? f.LEN_PADDING_TOP : f.LEN_PADDING_BOTTOM, cw);
      innerW = Math.max(0, f64[f.F64_W * cap + i] - edgeWidth(p, i, cw));
    }
    for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
      if ((info[c * INFO + N_STATE] & S_KEY) === 0 || p.u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR) continue;
      const childBits = info[c * INFO + N_BITS];
      let x = f64[f.F64_X * cap + c] - borderLeft - gutterLeft;
      let y = f64[f.F64_Y * cap + c] - borderTop;
      if (fromRight) x = clientW - x - f64[f.F64_W * cap + c];
      if (fromBottom) y = clientH - y - f64[f.F64_H * cap + c];
      let childRight = x + f64[f.F64_W * cap + c];
      let childBottom = y + f64[f.F64_H * cap + c];
      if (clips && (childBits & B_ABSOLUTE) === 0) {
        childRight += padRight;
        childBottom += padBottom;
        if ((childBits & B_MARGIN) !== 0) {
          childRight += spaceOf(p, c, fromRight ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT, innerW);
          childBottom += spaceOf(p, c, fromBottom ? f.LEN_MARGIN_TOP : f.LEN_MARGIN_BOTTOM, innerW);
        }
      }
      if (childRight > right) right = childRight;
      if (childBottom > bottom) bottom = childBottom;
      if ((childBits & (B_CLIP | B_TEXT)) === 0 && startsRight(childBits) === fromRight) {
        const contentRight = x + border(p, c, fromRight ? f.U8_BORDER_RIGHT : f.U8_BORDER_LEFT) + f64[f.F64_CONTENT_W * cap + c];
        if (contentRight > right) right = contentRight;
      }
      if ((childBits & (B_CLIP | B_TEXT)) === 0 && startsBottom(childBits) === fromBottom) {
        const contentBottom = y + border(p, c, fromBottom ? f.U8_BORDER_BOTTOM : f.U8_BORDER_TOP) + f64[f.F64_CONTENT_H * cap + c];
        if (contentBottom > bottom) bottom = contentBottom;
      }
    }
  }
  const changed = f64[f.F64_CONTENT_W * cap + i] !== right || f64[f.F64_CONTENT_H * cap + i] !== bottom;
  f64[f.F64_CONTENT_W * cap + i] = right;
  f64[f.F64_CONTENT_H * cap + i] = bottom;
  if (clips) {
    clampScroll(p, i);
    if (p.u8[f.U8_SCROLLBAR_MODE * cap + i] !== f.SCROLLBAR_UNSET) p.barQueue.push(i);
  }
  if (!changed) return;
  p.changed = true;
  // The thumb shows how much there is.
  if (p.u8[f.U8_BARS * cap + i] !== 0) p.scene.queuePaint(i);
  const parent = u32[f.U32_PARENT * cap + i];
  if (!clips && parent !== 0 && (info[parent * INFO + N_STATE] & S_COUNTED) !== 0) {
    info[parent * INFO + N_STATE] |= S_EXTENTS;
  }
}

function clampScroll(p: LayoutPass, i: number): void {
  const { cap, f64, i32 } = p;
  if ((p.info[i * INFO + N_BITS] & B_CLIP) === 0) return;
  const clientW = f64[f.F64_W * cap + i] - border(p, i, f.U8_BORDER_LEFT) - border(p, i, f.U8_BORDER_RIGHT) - gutterWidth(p, i);
  const clientH =
    f64[f.F64_H * cap + i] - border(p, i, f.U8_BORDER_TOP) - border(p, i, f.U8_BORDER_BOTTOM) - gutterHeight(p, i);
  const maxX = f.scrollRange(f64[f.F64_CONTENT_W * cap + i], clientW > 0 ? clientW : 0);
  const maxY = f.scrollRange(f64[f.F64_CONTENT_H * cap + i], clientH > 0 ? clientH : 0);
  const x = i32[f.I32_SCROLL_X * cap + i];
  const y = i32[f.I32_SCROLL_Y * cap + i];
  const newX = x < 0 ? 0 : x > maxX ? maxX : x;
  let newY = y < 0 ? 0 : y > maxY ? maxY : y;
  if (p.u8[f.U8_STICKY_END * cap + i] !== 0) {
    const state = p.info[i * INFO + N_STATE];
    if ((state & S_OFFSET_SET) !== 0) {
      p.info[i * INFO + N_STATE] = newY < maxY ? state | S_AWAY : state & ~S_AWAY;
    } else if ((state & S_AWAY) === 0) newY = maxY;
    else if (newY === maxY) p.info[i * INFO + N_STATE] = state & ~S_AWAY;
  }
  p.info[i * INFO + N_STATE] &= ~S_OFFSET_SET;
  if (newX === x && newY === y) return;
  i32[f.I32_SCROLL_X * cap + i] = newX;
  i32[f.I32_SCROLL_Y * cap + i] = newY;
  p.info[i * INFO + N_STATE] |= S_SCROLLED;
  p.scrolled.push(i);
  p.changed = true;
}
