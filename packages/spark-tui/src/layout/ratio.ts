/**
 * `aspectRatio`: one axis from the other. The ratio is of the box that `boxSizing` names.
 */
import * as f from '../scene/index.ts';
import {
  B_ABSOLUTE,
  B_ASPECT,
  B_CLIP,
  B_CONTENT_BOX,
  B_LEAF,
  B_LIMIT_W,
  B_ROW,
  B_SKIP,
  clamp,
  sizeOf,
  spaceOf,
} from './box-style.ts';
import { measure, minmax } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, PENDING, R_EDGE_H, R_EDGE_W, R_LO, REC } from './pass.ts';

/** Border-box height that goes with a border-box width. */
export function heightForWidth(p: LayoutPass, i: number, w: number, edgeW: number, edgeH: number): number {
  const ratio = p.f32[f.F32_ASPECT_RATIO * p.cap + i];
  const contentBox = (p.info[i * INFO + N_BITS] & B_CONTENT_BOX) !== 0;
  const height = contentBox ? Math.max(0, w - edgeW) / ratio + edgeH : w / ratio;
  return height > edgeH ? height : edgeH;
}

/** Border-box width that goes with a border-box height. */
export function widthForHeight(p: LayoutPass, i: number, h: number, edgeW: number, edgeH: number): number {
  const ratio = p.f32[f.F32_ASPECT_RATIO * p.cap + i];
  const contentBox = (p.info[i * INFO + N_BITS] & B_CONTENT_BOX) !== 0;
  const width = contentBox ? Math.max(0, h - edgeH) * ratio + edgeW : h * ratio;
  return width > edgeW ? width : edgeW;
}

/**
 * A content-based width within what the limits of the height allow through the ratio (CSS Sizing 4 §5.1.1).
 * `base` is what percentages of the height limits are of (NaN = they do not count).
 */
export function transferred(p: LayoutPass, i: number, width: number, base: number, edgeW: number, edgeH: number): number {
  if ((p.info[i * INFO + N_BITS] & B_ASPECT) === 0) return width;
  const min = sizeOf(p, i, f.LEN_MIN_HEIGHT, base, edgeH);
  const max = sizeOf(p, i, f.LEN_MAX_HEIGHT, base, edgeH);
  const least = widthForHeight(p, i, min === min ? min : edgeH, edgeW, edgeH);
  const most = max === max ? widthForHeight(p, i, max, edgeW, edgeH) : Infinity;
  return clamp(width, least, most);
}

/** Like `transferred` for a height and the limits of the width. */
function transferredHeight(p: LayoutPass, i: number, height: number, base: number, edgeW: number, edgeH: number): number {
  if ((p.info[i * INFO + N_BITS] & B_LIMIT_W) === 0) return height;
  const min = sizeOf(p, i, f.LEN_MIN_WIDTH, base, edgeW);
  const max = sizeOf(p, i, f.LEN_MAX_WIDTH, base, edgeW);
  const least = min === min ? heightForWidth(p, i, min, edgeW, edgeH) : edgeH;
  const most = max === max ? heightForWidth(p, i, max, edgeW, edgeH) : Infinity;
  return clamp(height, least, most);
}

/**
 * Width from the ratio, and at least the content's min-content width unless the box scrolls: the automatic
 * minimum of a box with a ratio (CSS Sizing 4 §5.1.2). Or PENDING.
 */
export function ratioWidth(p: LayoutPass, i: number, h: number, edgeW: number, edgeH: number): number {
  const width = widthForHeight(p, i, h, edgeW, edgeH);
  if ((p.info[i * INFO + N_BITS] & B_CLIP) !== 0 || p.u8[f.LEN_MIN_WIDTH * p.cap + i] !== f.UNIT_AUTO) return width;
  if (!minmax(p, i)) return PENDING;
  const least = transferred(p, i, p.rec[i * REC + R_LO] + edgeW - p.rec[i * REC + R_EDGE_W], NaN, edgeW, edgeH);
  return least > width ? least : width;
}

/** Height from the ratio, and at least the content's height unless the box scrolls. Or PENDING. */
export function ratioHeight(p: LayoutPass, i: number, w: number, cw: number, edgeW: number, edgeH: number): number {
  const height = heightForWidth(p, i, w, edgeW, edgeH);
  if ((p.info[i * INFO + N_BITS] & B_CLIP) !== 0 || p.u8[f.LEN_MIN_HEIGHT * p.cap + i] !== f.UNIT_AUTO) return height;
  const content = measure(p, i, w, cw);
  if (content === PENDING) return PENDING;
  const least = transferredHeight(p, i, content, cw, edgeW, edgeH);
  return least > height ? least : height;
}

/**
 * The least height of the content of a row's item with a ratio: what does not stretch with it. Zero for a
 * scroll container. Or PENDING.
 */
export function ratioFloor(p: LayoutPass, i: number, w: number, cw: number, edgeW: number, edgeH: number): number {
  const { cap, u8, u32, info } = p;
  const bits = info[i * INFO + N_BITS];
  if ((bits & B_CLIP) !== 0 || u8[f.LEN_MIN_HEIGHT * cap + i] !== f.UNIT_AUTO) return 0;
  if ((bits & (B_ROW | B_LEAF)) !== B_ROW) {
    const content = measure(p, i, w, cw);
    return content === PENDING ? PENDING : transferredHeight(p, i, content, cw, edgeW, edgeH);
  }
  let most = 0;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const childBits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR || (childBits & (B_SKIP | B_ABSOLUTE)) !== 0) continue;
    const edge = p.rec[c * REC + R_EDGE_H];
    let height = sizeOf(p, c, f.LEN_HEIGHT, NaN, edge);
    if (height !== height) height = edge;
    height += spaceOf(p, c, f.LEN_MARGIN_TOP, w) + spaceOf(p, c, f.LEN_MARGIN_BOTTOM, w);
    if (height > most) most = height;
  }
  return transferredHeight(p, i, most + edgeH, cw, edgeW, edgeH);
}
