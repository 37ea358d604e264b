/**
 * Flex base sizes (CSS Flexbox §9.2): what each item would be along the main axis before the line is
 * flexed, its limits, and those cross sizes that need no look at the line. A row's item gets its height
 * only where it is given; a column's item gets its width here, because its height may depend on it.
 */
import * as f from '../scene/index.ts';
import { ownSide } from './align.ts';
import {
  B_ASPECT,
  B_BASIS,
  B_CLIP,
  B_GROW,
  B_HEIGHT,
  B_LIMIT_H,
  B_LIMIT_W,
  B_MARGIN,
  B_REVERSE,
  B_ROW,
  B_RTL,
  B_WIDTH,
  B_WRAP,
  B_WRAP_REVERSE,
  clamp,
  edgeHeight,
  edgeWidth,
  heightOf,
  isIntrinsic,
  sizeOf,
  spaceOf,
} from './box-style.ts';
import {
  F_AUTO_CROSS_END,
  F_AUTO_CROSS_START,
  F_AUTO_MAIN_END,
  F_AUTO_MAIN_START,
  F_HEIGHT_DEFINITE,
  F_STRETCH,
  I_ALIGN,
  I_BASE,
  I_CROSS,
  I_CROSS_END,
  I_CROSS_MAX,
  I_CROSS_MIN,
  I_CROSS_START,
  I_EDGE,
  I_FLAGS,
  I_GROW,
  I_HYPO,
  I_MAIN_END,
  I_MAIN_START,
  I_MAX,
  I_MIN,
  I_PREFERRED,
  I_SHRINK,
  I_SLOT,
  ITEM,
  setAutomaticMinimum,
} from './flex-lengths.ts';
import { minmaxAtHeight } from './intrinsic.ts';
import { measure, minmax } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, PENDING, R_EDGE_W, R_HI, R_LO, REC } from './pass.ts';
import { heightForWidth, ratioHeight, ratioWidth, transferred, widthForHeight } from './ratio.ts';

/** Reads what does not need other nodes: margins by flow side, factors, alignment. Returns the flags. */
function readItem(p: LayoutPass, at: number, parent: number, parentBits: number, bits: number, cw: number): number {
  const { scr, cap, u8, f32 } = p;
  const c = scr[at + I_SLOT];
  scr[at + I_GROW] = (bits & B_GROW) !== 0 ? f32[f.F32_GROW * cap + c] : 0;
  const shrink = 1 - f32[f.F32_SHRINK_LESS * cap + c];
  scr[at + I_SHRINK] = shrink > 0 ? shrink : 0;
  let align = u8[f.U8_ALIGN_SELF * cap + c];
  if (align === f.ALIGN_DEFAULT) align = u8[f.U8_ALIGN_ITEMS * cap + parent];
  if (align === f.ALIGN_DEFAULT || align === f.ALIGN_NORMAL) align = f.ALIGN_STRETCH;
  if ((align & (f.ALIGN_SAFE - 1)) >= f.ALIGN_SELF_START) {
    align = ownSide(align, (parentBits & B_ROW) === 0 && ((bits ^ parentBits) & B_RTL) !== 0);
  }
  scr[at + I_ALIGN] = align;
  if ((bits & B_MARGIN) === 0) {
    scr[at + I_MAIN_START] = 0;
    scr[at + I_MAIN_END] = 0;
    scr[at + I_CROSS_START] = 0;
    scr[at + I_CROSS_END] = 0;
    return 0;
  }
  const isRow = (parentBits & B_ROW) !== 0;
  const rtl = (parentBits & B_RTL) !== 0;
  const left = rtl ? f.LEN_MARGIN_RIGHT : f.LEN_MARGIN_LEFT;
  const right = rtl ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT;
  const mainLow = isRow ? left : f.LEN_MARGIN_TOP;
  const mainHigh = isRow ? right : f.LEN_MARGIN_BOTTOM;
  const crossLow = isRow ? f.LEN_MARGIN_TOP : left;
  const crossHigh = isRow ? f.LEN_MARGIN_BOTTOM : right;
  const reverse = (parentBits & B_REVERSE) !== 0;
  const wrapReverse = (parentBits & B_WRAP_REVERSE) !== 0;
  const mainStart = reverse ? mainHigh : mainLow;
  const mainEnd = reverse ? mainLow : mainHigh;
  const crossStart = wrapReverse ? crossHigh : crossLow;
  const crossEnd = wrapReverse ? crossLow : crossHigh;
  scr[at + I_MAIN_START] = spaceOf(p, c, mainStart, cw);
  scr[at + I_MAIN_END] = spaceOf(p, c, mainEnd, cw);
  scr[at + I_CROSS_START] = spaceOf(p, c, crossStart, cw);
  scr[at + I_CROSS_END] = spaceOf(p, c, crossEnd, cw);
  return (
    (u8[mainStart * cap + c] === f.UNIT_MARGIN_AUTO ? F_AUTO_MAIN_START : 0) |
    (u8[mainEnd * cap + c] === f.UNIT_MARGIN_AUTO ? F_AUTO_MAIN_END : 0) |
    (u8[crossStart * cap + c] === f.UNIT_MARGIN_AUTO ? F_AUTO_CROSS_START : 0) |
    (u8[crossEnd * cap + c] === f.UNIT_MARGIN_AUTO ? F_AUTO_CROSS_END : 0)
  );
}

/**
 * Width of `c` when `width` is a keyword, `available` cells being offered: NaN when it is none, PENDING
 * when its content is not known yet.
 */
export function keywordWidth(p: LayoutPass, c: number, field: number, available: number, edge: number): number {
  const unit = p.u8[field * p.cap + c];
  if (unit === f.UNIT_STRETCH) return available > edge ? available : edge;
  if (unit !== f.UNIT_MIN_CONTENT && unit !== f.UNIT_MAX_CONTENT && unit !== f.UNIT_FIT_CONTENT) return NaN;
  if (!minmax(p, c)) return PENDING;
  const extra = edge - p.rec[c * REC + R_EDGE_W];
  const lo = p.rec[c * REC + R_LO] + extra;
  const hi = p.rec[c * REC + R_HI] + extra;
  if (unit === f.UNIT_MIN_CONTENT) return lo;
  if (unit === f.UNIT_MAX_CONTENT) return hi;
  return hi <= available ? hi : available > lo ? available : lo;
}

/**
 * Sets base, limits and given heights of a row's items. `innerH` is the container's inner height (NaN while
 * measuring), `definiteH` the same when percentages of it resolve. False when an answer is pending.
 */
export function rowBases(
  p: LayoutPass,
  parent: number,
  first: number,
  end: number,
  innerW: number,
  innerH: number,
  definiteH: number,
  parentBits: number,
): boolean {
  const { cap, u8, info, rec } = p;
  const singleLine = (parentBits & B_WRAP) === 0;
  let done = true;
  for (let at = first; at < end; at += ITEM) {
    const scr = p.scr;
    const c = scr[at + I_SLOT];
    const bits = info[c * INFO + N_BITS];
    let flags = readItem(p, at, parent, parentBits, bits, innerW);
    const edge = edgeWidth(p, c, innerW);
    const edgeH = edgeHeight(p, c, innerW);
    scr[at + I_EDGE] = edge;

    // cross: height
    const outside = scr[at + I_CROSS_START] + scr[at + I_CROSS_END];
    let crossMin = edgeH;
    let crossMax = Infinity;
    if ((bits & B_LIMIT_H) !== 0) {
      const min = heightOf(p, c, f.LEN_MIN_HEIGHT, definiteH, edgeH, outside);
      const max = heightOf(p, c, f.LEN_MAX_HEIGHT, definiteH, edgeH, outside);
      if (min === min) crossMin = min;
      if (max === max) crossMax = max;
    }
    let cross = (bits & B_HEIGHT) !== 0 ? heightOf(p, c, f.LEN_HEIGHT, definiteH, edgeH, outside) : NaN;
    if (cross === cross) {
      cross = clamp(cross, crossMin, crossMax);
      flags |= F_HEIGHT_DEFINITE;
    } else if (
      scr[at + I_ALIGN] === f.ALIGN_STRETCH &&
      (flags & (F_AUTO_CROSS_START | F_AUTO_CROSS_END)) === 0 &&
      u8[f.LEN_HEIGHT * cap + c] === f.UNIT_AUTO
    ) {
      flags |= F_STRETCH;
      if (singleLine && innerH === innerH) {
        cross = clamp(innerH - scr[at + I_CROSS_START] - scr[at + I_CROSS_END], crossMin, crossMax);
        flags |= F_HEIGHT_DEFINITE;
      }
    }
    scr[at + I_CROSS] = cross;
    scr[at + I_CROSS_MIN] = crossMin;
    scr[at + I_CROSS_MAX] = crossMax;
    scr[at + I_FLAGS] = flags;

    // main: width
    let min = NaN;
    let max = Infinity;
    const offered = innerW - scr[at + I_MAIN_START] - scr[at + I_MAIN_END];
    if ((bits & B_LIMIT_W) !== 0) {
      min = sizeOf(p, c, f.LEN_MIN_WIDTH, innerW, edge);
      if (min !== min) min = keywordWidth(p, c, f.LEN_MIN_WIDTH, offered, edge);
      max = sizeOf(p, c, f.LEN_MAX_WIDTH, innerW, edge);
      if (max !== max) max = keywordWidth(p, c, f.LEN_MAX_WIDTH, offered, edge);
      if (min === PENDING || max === PENDING) {
        done = false;
        continue;
      }
      if (max !== max) max = Infinity;
    }
    scr[at + I_MAX] = max;
    let preferred = NaN;
    if ((bits & B_WIDTH) !== 0) {
      preferred = sizeOf(p, c, f.LEN_WIDTH, innerW, edge);
      if (preferred !== preferred) preferred = keywordWidth(p, c, f.LEN_WIDTH, offered, edge);
      if (preferred === PENDING) {
        done = false;
        continue;
      }
    }
    // A box with a ratio whose height is known: its content is as wide as the ratio says, at least.
    let byRatio = NaN;
    if ((bits & B_ASPECT) !== 0 && cross === cross && (flags & F_HEIGHT_DEFINITE) !== 0) {
      byRatio = ratioWidth(p, c, cross, edge, edgeH);
      if (byRatio === PENDING) {
        done = false;
        continue;
      }
    }
    scr[at + I_PREFERRED] = preferred;
    let basis = NaN;
    if ((bits & B_BASIS) !== 0) {
      basis = sizeOf(p, c, f.LEN_BASIS, innerW, edge);
      if (basis !== basis) {
        basis = keywordWidth(p, c, f.LEN_BASIS, offered, edge);
        if (basis === PENDING) {
          done = false;
          continue;
        }
      }
      if (basis !== basis && u8[f.LEN_BASIS * cap + c] !== f.UNIT_CONTENT) basis = preferred;
    } else basis = preferred;
    if (basis !== basis && byRatio === byRatio) basis = widthForHeight(p, c, cross, edge, edgeH);
    const automatic = min !== min && (bits & B_CLIP) === 0;
    const isPreferred = basis === preferred;
    if (automatic && byRatio === byRatio) {
      setAutomaticMinimum(scr, at, byRatio);
      min = scr[at + I_MIN];
    } else if (basis !== basis || (automatic && !isPreferred)) {
      if (!minmaxAtHeight(p, c, cross)) {
        done = false;
        continue;
      }
      const extra = edge - rec[c * REC + R_EDGE_W];
      if (basis !== basis) basis = transferred(p, c, p.intrinsicHi + extra, definiteH, edge, edgeH);
      if (automatic) {
        setAutomaticMinimum(p.scr, at, transferred(p, c, p.intrinsicLo + extra, definiteH, edge, edgeH));
        min = p.scr[at + I_MIN];
      }
    }
    if (!automatic && min !== min) min = edge;
    finishBase(p.scr, at, basis, min, max, edge);
  }
  return done;
}

/** Sets widths, base heights and limits of a column's items. False when an answer is pending. */
export function columnBases(
  p: LayoutPass,
  parent: number,
  first: number,
  end: number,
  innerW: number,
  definiteH: number,
  parentBits: number,
): boolean {
  const { cap, u8, info, rec } = p;
  const singleLine = (parentBits & B_WRAP) === 0;
  let done = true;
  for (let at = first; at < end; at += ITEM) {
    const scr = p.scr;
    const c = scr[at + I_SLOT];
    const bits = info[c * INFO + N_BITS];
    let flags = readItem(p, at, parent, parentBits, bits, innerW);
    const edge = edgeHeight(p, c, innerW);
    const edgeW = edgeWidth(p, c, innerW);
    scr[at + I_EDGE] = edge;
    const outside = scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
    const preferred = (bits & B_HEIGHT) !== 0 ? heightOf(p, c, f.LEN_HEIGHT, definiteH, edge, outside) : NaN;
    if (preferred === preferred || definiteH === definiteH) flags |= F_HEIGHT_DEFINITE;

    // cross: width
    const offered = innerW - scr[at + I_CROSS_START] - scr[at + I_CROSS_END];
    let crossMin = edgeW;
    let crossMax = Infinity;
    if ((bits & B_LIMIT_W) !== 0) {
      let min = sizeOf(p, c, f.LEN_MIN_WIDTH, innerW, edgeW);
      if (min !== min) min = keywordWidth(p, c, f.LEN_MIN_WIDTH, offered, edgeW);
      let max = sizeOf(p, c, f.LEN_MAX_WIDTH, innerW, edgeW);
      if (max !== max) max = keywordWidth(p, c, f.LEN_MAX_WIDTH, offered, edgeW);
      if (min === PENDING || max === PENDING) {
        done = false;
        continue;
      }
      if (min === min) crossMin = min;
      if (max === max) crossMax = max;
    }
    let cross = NaN;
    if ((bits & B_WIDTH) !== 0) {
      cross = sizeOf(p, c, f.LEN_WIDTH, innerW, edgeW);
      if (cross !== cross) cross = keywordWidth(p, c, f.LEN_WIDTH, offered, edgeW);
      if (cross === PENDING) {
        done = false;
        continue;
      }
    }
    if (cross !== cross) {
      const stretches =
        scr[at + I_ALIGN] === f.ALIGN_STRETCH &&
        (flags & (F_AUTO_CROSS_START | F_AUTO_CROSS_END)) === 0 &&
        u8[f.LEN_WIDTH * cap + c] === f.UNIT_AUTO;
      if (stretches) flags |= F_STRETCH;
      if (stretches && singleLine) cross = offered;
      else if ((bits & B_ASPECT) !== 0 && preferred === preferred) {
        cross = widthForHeight(p, c, preferred, edgeW, edge);
      } else {
        if (!minmaxAtHeight(p, c, preferred)) {
          done = false;
          continue;
        }
        const extra = edgeW - rec[c * REC + R_EDGE_W];
        const lo = p.intrinsicLo + extra;
        const hi = p.intrinsicHi + extra;
        cross = transferred(p, c, hi <= offered ? hi : offered > lo ? offered : lo, definiteH, edgeW, edge);
      }
    }
    cross = clamp(cross, crossMin, crossMax);
    scr[at + I_CROSS] = cross;
    scr[at + I_CROSS_MIN] = crossMin;
    scr[at + I_CROSS_MAX] = crossMax;
    scr[at + I_FLAGS] = flags;

    // main: height
    let min = NaN;
    let max = Infinity;
    if ((bits & B_LIMIT_H) !== 0) {
      min = heightOf(p, c, f.LEN_MIN_HEIGHT, definiteH, edge, outside);
      max = heightOf(p, c, f.LEN_MAX_HEIGHT, definiteH, edge, outside);
      if (max !== max) max = Infinity;
      if (isIntrinsic(p, c, f.LEN_MIN_HEIGHT) || isIntrinsic(p, c, f.LEN_MAX_HEIGHT)) {
        const content = measure(p, c, cross, innerW);
        if (content === PENDING) {
          done = false;
          continue;
        }
        if (isIntrinsic(p, c, f.LEN_MIN_HEIGHT)) min = content;
        if (isIntrinsic(p, c, f.LEN_MAX_HEIGHT)) max = content;
      }
      // A percentage of an unknown height is zero, not automatic.
      if (min !== min && u8[f.LEN_MIN_HEIGHT * cap + c] === f.UNIT_PERCENT) min = edge;
    }
    scr[at + I_MAX] = max;
    scr[at + I_PREFERRED] = preferred;
    let byRatio = NaN;
    if ((bits & B_ASPECT) !== 0 && !isIntrinsic(p, c, f.LEN_HEIGHT)) {
      byRatio = ratioHeight(p, c, cross, innerW, edgeW, edge);
      if (byRatio === PENDING) {
        done = false;
        continue;
      }
    }
    let basis = preferred;
    if ((bits & B_BASIS) !== 0) {
      const unit = u8[f.LEN_BASIS * cap + c];
      basis = heightOf(p, c, f.LEN_BASIS, definiteH, edge, outside);
      // An unresolvable percentage, like `content`, is the content's height.
      if (basis !== basis && unit === f.UNIT_AUTO) basis = preferred;
    }
    if (basis !== basis && byRatio === byRatio) basis = heightForWidth(p, c, cross, edgeW, edge);
    const automatic = min !== min && (bits & B_CLIP) === 0;
    if (automatic && byRatio === byRatio) {
      setAutomaticMinimum(scr, at, byRatio);
      min = scr[at + I_MIN];
    } else if (basis !== basis || (automatic && basis !== preferred)) {
      const content = measure(p, c, cross, innerW);
      if (content === PENDING) {
        done = false;
        continue;
      }
      if (basis !== basis) basis = content;
      if (automatic) {
        setAutomaticMinimum(p.scr, at, content);
        min = p.scr[at + I_MIN];
      }
    }
    if (!automatic && min !== min) min = edge;
    finishBase(p.scr, at, basis, min, max, edge);
  }
  return done;
}

function finishBase(scr: Float64Array, at: number, basis: number, min: number, max: number, edge: number): void {
  scr[at + I_BASE] = basis > edge ? basis : edge;
  const known = min === min ? min : edge;
  scr[at + I_MIN] = min;
  const floor = known > edge ? known : edge;
  scr[at + I_HYPO] = clamp(scr[at + I_BASE], floor, max);
}
