/**
 * Absolute children (CSS Positioned Layout): the containing block is the parent's padding box. Insets and
 * margins decide place and, where the size is auto, the size; an axis without insets takes the place the
 * child would have as the only item of the container.
 */
import * as f from '../scene/index.ts';
import { alignOffset, distribute, ownSide } from './align.ts';
import {
  B_ASPECT,
  B_GRID,
  B_HEIGHT,
  B_LIMIT_H,
  B_LIMIT_W,
  B_REVERSE,
  B_ROW,
  B_RTL,
  B_WIDTH,
  B_WRAP_REVERSE,
  border,
  clamp,
  edgeHeight,
  edgeWidth,
  heightOf,
  lengthOf,
  sizeOf,
  spaceOf,
} from './box-style.ts';
import { keywordWidth } from './flex-bases.ts';
import { minmaxAtHeight } from './intrinsic.ts';
import { measure } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, PENDING, R_EDGE_W, REC } from './pass.ts';
import { assign } from './place.ts';
import { ratioHeight, ratioWidth, transferred } from './ratio.ts';

/** Places the absolute child `c` of `i`, whose border box is `w` × `h`. False when pending. */
export function placeAbsolute(
  p: LayoutPass,
  i: number,
  c: number,
  w: number,
  innerW: number,
  innerH: number,
  padLeft: number,
  padTop: number,
): boolean {
  const { cap, u8, info } = p;
  const parentBits = info[i * INFO + N_BITS];
  const bits = info[c * INFO + N_BITS];
  const rtl = (parentBits & B_RTL) !== 0;
  const isRow = (parentBits & (B_ROW | B_GRID)) !== 0;

  // The containing block, in left-to-right terms (mirrored at the end).
  const borderLeft = border(p, i, rtl ? f.U8_BORDER_RIGHT : f.U8_BORDER_LEFT);
  const borderTop = border(p, i, f.U8_BORDER_TOP);
  const { blockX, blockY } = p;
  const cbW = p.blockW > 0 ? p.blockW : 0;
  const cbH = p.blockH > 0 ? p.blockH : 0;
  let contentX = padLeft - blockX;
  let contentY = padTop - blockY;

  const left = lengthOf(p, c, rtl ? f.LEN_RIGHT : f.LEN_LEFT, cbW);
  const right = lengthOf(p, c, rtl ? f.LEN_LEFT : f.LEN_RIGHT, cbW);
  const top = lengthOf(p, c, f.LEN_TOP, cbH);
  const bottom = lengthOf(p, c, f.LEN_BOTTOM, cbH);
  const leftMargin = rtl ? f.LEN_MARGIN_RIGHT : f.LEN_MARGIN_LEFT;
  const rightMargin = rtl ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT;
  const marginLeft = spaceOf(p, c, leftMargin, cbW);
  const marginRight = spaceOf(p, c, rightMargin, cbW);
  const marginTop = spaceOf(p, c, f.LEN_MARGIN_TOP, cbW);
  const marginBottom = spaceOf(p, c, f.LEN_MARGIN_BOTTOM, cbW);
  const edgeW = edgeWidth(p, c, cbW);
  const edgeH = edgeHeight(p, c, cbW);

  let align = u8[f.U8_ALIGN_SELF * cap + c];
  if (align === f.ALIGN_DEFAULT) align = u8[f.U8_ALIGN_ITEMS * cap + i];
  if (align === f.ALIGN_BASELINE) align = f.ALIGN_START;
  // Browsers apply `safe` to static positions on the cross axis only.
  let justify = u8[f.U8_JUSTIFY_CONTENT * cap + i] & (f.ALIGN_SAFE - 1);
  if ((parentBits & B_GRID) !== 0) {
    // The static position is that of the only item of the containing block (as browsers do it; Grid §9 says
    // the content box).
    contentX = 0;
    contentY = 0;
    innerW = cbW;
    innerH = cbH;
    justify = u8[f.U8_JUSTIFY_SELF * cap + c];
    if (justify === f.ALIGN_DEFAULT) justify = u8[f.U8_JUSTIFY_ITEMS * cap + i];
    justify = ownSide(justify, ((bits & B_RTL) !== 0) !== rtl);
    align = ownSide(align, false);
  } else align = ownSide(align, !isRow && ((bits & B_RTL) !== 0) !== rtl);
  const reverse = (parentBits & B_REVERSE) !== 0;
  const wrapReverse = (parentBits & B_WRAP_REVERSE) !== 0;

  // ---- limits
  let minW = edgeW;
  let maxW = Infinity;
  let minH = edgeH;
  let maxH = Infinity;
  const insetsX = (left === left ? left : 0) + (right === right ? right : 0);
  let offeredW = cbW - insetsX - marginLeft - marginRight;
  if (left !== left && right !== right) {
    // Neither side given: what lies between the static position and the far side.
    const nearShare = isRow ? staticShare(p, justify, reverse) : staticShareCross(align, wrapReverse);
    if (nearShare === 0) offeredW -= contentX;
    else if (nearShare === 1) offeredW -= cbW - contentX - innerW;
    else {
      const center = contentX + innerW / 2;
      offeredW = 2 * Math.min(center, cbW - center) - marginLeft - marginRight;
    }
  }
  if ((bits & B_LIMIT_W) !== 0) {
    let min = sizeOf(p, c, f.LEN_MIN_WIDTH, cbW, edgeW);
    if (min !== min) min = keywordWidth(p, c, f.LEN_MIN_WIDTH, offeredW, edgeW);
    let max = sizeOf(p, c, f.LEN_MAX_WIDTH, cbW, edgeW);
    if (max !== max) max = keywordWidth(p, c, f.LEN_MAX_WIDTH, offeredW, edgeW);
    if (min === PENDING || max === PENDING) return false;
    if (min === min) minW = min;
    if (max === max) maxW = max;
  }
  const outsideY = (top === top ? top : 0) + (bottom === bottom ? bottom : 0) + marginTop + marginBottom;
  if ((bits & B_LIMIT_H) !== 0) {
    const min = heightOf(p, c, f.LEN_MIN_HEIGHT, cbH, edgeH, outsideY);
    const max = heightOf(p, c, f.LEN_MAX_HEIGHT, cbH, edgeH, outsideY);
    if (min === min) minH = min;
    if (max === max) maxH = max;
  }

  // ---- sizes
  let width = (bits & B_WIDTH) !== 0 ? sizeOf(p, c, f.LEN_WIDTH, cbW, edgeW) : NaN;
  if (width !== width) {
    width = keywordWidth(p, c, f.LEN_WIDTH, offeredW, edgeW);
    if (width === PENDING) return false;
  }
  let height = (bits & B_HEIGHT) !== 0 ? heightOf(p, c, f.LEN_HEIGHT, cbH, edgeH, outsideY) : NaN;
  const heightAuto = height !== height;
  if (heightAuto && top === top && bottom === bottom && !((bits & B_ASPECT) !== 0 && width === width)) {
    height = cbH - top - bottom - marginTop - marginBottom;
  }
  const bothX = left === left && right === right;
  if (width !== width && (bits & B_ASPECT) !== 0 && height === height && (!bothX || !heightAuto)) {
    width = ratioWidth(p, c, clamp(height, minH, maxH), edgeW, edgeH);
    if (width === PENDING) return false;
  }
  if (width !== width) {
    if (bothX) width = transferred(p, c, offeredW, cbH, edgeW, edgeH);
    else {
      if (!minmaxAtHeight(p, c, height)) return false;
      const extra = edgeW - p.rec[c * REC + R_EDGE_W];
      const lo = p.intrinsicLo + extra;
      const hi = p.intrinsicHi + extra;
      width = transferred(p, c, hi <= offeredW ? hi : offeredW > lo ? offeredW : lo, cbH, edgeW, edgeH);
    }
  }
  width = clamp(width, minW, maxW);
  let definite = height === height;
  if (heightAuto && (bits & B_ASPECT) !== 0 && !(definite && !bothX && (bits & B_WIDTH) === 0)) {
    height = ratioHeight(p, c, width, cbW, edgeW, edgeH);
    if (height === PENDING) return false;
    definite = true;
  }
  if (height !== height) {
    height = measure(p, c, width, cbW);
    if (height === PENDING) return false;
  }
  height = clamp(height, minH, maxH);

  // ---- positions, relative to the padding box
  let x: number;
  // Insets that overlap leave no space, not less than none.
  const spareX = Math.max(0, cbW - insetsX) - width - marginLeft - marginRight;
  if (bothX) {
    x = left + marginLeft;
    const autoLeft = u8[leftMargin * cap + c] === f.UNIT_MARGIN_AUTO;
    const autoRight = u8[rightMargin * cap + c] === f.UNIT_MARGIN_AUTO;
    if (autoLeft && autoRight) x += spareX > 0 ? spareX / 2 : 0;
    else if (autoLeft) x += spareX;
  } else if (left === left) x = left + marginLeft;
  else if (right === right) x = cbW - right - marginRight - width;
  else {
    const free = innerW - width - marginLeft - marginRight;
    x = contentX + marginLeft + (isRow ? mainOffset(p, justify, free, reverse) : crossOffset(align, free, wrapReverse));
  }
  let y: number;
  if (top === top && bottom === bottom) {
    y = top + marginTop;
    const spareY = Math.max(0, cbH - top - bottom) - height - marginTop - marginBottom;
    const autoTop = u8[f.LEN_MARGIN_TOP * cap + c] === f.UNIT_MARGIN_AUTO;
    const autoBottom = u8[f.LEN_MARGIN_BOTTOM * cap + c] === f.UNIT_MARGIN_AUTO;
    if (autoTop) y += autoBottom ? spareY / 2 : spareY;
  } else if (top === top) y = top + marginTop;
  else if (bottom === bottom) y = cbH - bottom - marginBottom - height;
  else {
    const free = innerH - height - marginTop - marginBottom;
    y = contentY + marginTop + (isRow ? crossOffset(align, free, wrapReverse) : mainOffset(p, justify, free, reverse));
  }
  x += borderLeft + blockX;
  y += borderTop + blockY;
  if (rtl) x = w - x - width;
  assign(p, c, x, y, width, height, definite, cbW);
  return true;
}

/** Offset along the main axis of a lone item with `free` cells to spare. */
function mainOffset(p: LayoutPass, justify: number, free: number, reverse: boolean): number {
  if (justify === f.ALIGN_SPACE_AROUND || justify === f.ALIGN_SPACE_EVENLY) return free / 2;
  distribute(p, justify, free, 1, reverse);
  return reverse ? free - p.offset : p.offset;
}

function crossOffset(align: number, free: number, wrapReverse: boolean): number {
  const offset = alignOffset(align, free, wrapReverse);
  return wrapReverse ? free - offset : offset;
}

/** Where the static position lies: 0 at the near edge of the content box, 1 at the far one, 0.5 centred. */
function staticShare(p: LayoutPass, justify: number, reverse: boolean): number {
  return mainOffset(p, justify, 1, reverse);
}

function staticShareCross(align: number, wrapReverse: boolean): number {
  return crossOffset(align, 1, wrapReverse);
}
