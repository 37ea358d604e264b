/**
 * What grid items ask of the tracks they span (CSS Grid §6.6, §12.5): minimum, min-content and max-content
 * contribution, margins included; and the size an item takes in an area.
 */
import * as f from '../scene/index.ts';
import { ownSide } from './align.ts';
import {
  B_ASPECT,
  B_CLIP,
  B_HEIGHT,
  B_LIMIT_H,
  B_LIMIT_W,
  B_MARGIN,
  B_ROW,
  B_RTL,
  B_WIDTH,
  B_WRAP,
  clamp,
  edgeHeight,
  edgeWidth,
  heightOf,
  isIntrinsic,
  sizeOf,
  spaceOf,
} from './box-style.ts';
import { keywordWidth } from './flex-bases.ts';
import {
  G_ALIGN,
  G_BOTTOM,
  G_C0,
  G_C1,
  G_FLAGS,
  G_HEIGHT,
  G_HI,
  G_JUSTIFY,
  G_LEFT,
  G_LO,
  G_MINIMUM,
  G_R0,
  G_R1,
  G_RIGHT,
  G_SHIM,
  G_SLOT,
  G_TOP,
  G_WIDTH,
  G_WORDS,
  GF_CONTENT,
  GF_DEFINITE,
  GF_MARGIN_BOTTOM,
  GF_MARGIN_LEFT,
  GF_MARGIN_RIGHT,
  GF_MARGIN_TOP,
  type GridAxis,
  type GridFrame,
  T_BASE,
  T_FLAGS,
  T_GAP,
  T_POS,
  T_WORDS,
  TF_CONTENT,
  TF_FLEX,
  TF_MIN_AUTO,
} from './grid-frame.ts';
import { fixedMaximum } from './grid-sizing.ts';
import { contribution, minmaxAtHeight } from './intrinsic.ts';
import { measure, minmax } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, PENDING, R_EDGE_W, REC } from './pass.ts';
import { ratioHeight, ratioWidth, transferred } from './ratio.ts';

/** Reads alignment, auto margins and nothing else of every item. */
export function readItems(p: LayoutPass, g: GridFrame): void {
  const { scr, cap, u8, info } = p;
  const justifyItems = u8[f.U8_JUSTIFY_ITEMS * cap + g.node];
  const alignItems = u8[f.U8_ALIGN_ITEMS * cap + g.node];
  const rtl = (g.bits & B_RTL) !== 0;
  g.widthsNeedRows = false;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const c = scr[at + G_SLOT];
    const bits = info[c * INFO + N_BITS];
    let justify = u8[f.U8_JUSTIFY_SELF * cap + c];
    if (justify === f.ALIGN_DEFAULT) justify = justifyItems;
    let align = u8[f.U8_ALIGN_SELF * cap + c];
    if (align === f.ALIGN_DEFAULT) align = alignItems;
    const mirrored = ((bits & B_RTL) !== 0) !== rtl;
    scr[at + G_JUSTIFY] = ownSide(justify === f.ALIGN_DEFAULT ? f.ALIGN_NORMAL : justify, mirrored);
    scr[at + G_ALIGN] = ownSide(align === f.ALIGN_DEFAULT ? f.ALIGN_NORMAL : align, false);
    // A ratio, or a wrapping column as high as its area says.
    if ((bits & B_ASPECT) !== 0 || ((bits & B_HEIGHT) !== 0 && (bits & (B_WRAP | B_ROW)) !== 0)) g.widthsNeedRows = true;
    scr[at + G_WIDTH] = NaN;
    scr[at + G_HEIGHT] = NaN;
    scr[at + G_SHIM] = 0;
    if ((bits & B_MARGIN) === 0) continue;
    const left = rtl ? f.LEN_MARGIN_RIGHT : f.LEN_MARGIN_LEFT;
    const right = rtl ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT;
    let flags = scr[at + G_FLAGS];
    if (u8[left * cap + c] === f.UNIT_MARGIN_AUTO) flags |= GF_MARGIN_LEFT;
    if (u8[right * cap + c] === f.UNIT_MARGIN_AUTO) flags |= GF_MARGIN_RIGHT;
    if (u8[f.LEN_MARGIN_TOP * cap + c] === f.UNIT_MARGIN_AUTO) flags |= GF_MARGIN_TOP;
    if (u8[f.LEN_MARGIN_BOTTOM * cap + c] === f.UNIT_MARGIN_AUTO) flags |= GF_MARGIN_BOTTOM;
    scr[at + G_FLAGS] = flags;
  }
}

/** Size of the tracks from line `first` to line `end`, gutters between them included. */
export function areaSize(scr: Float64Array, axis: GridAxis, first: number, end: number): number {
  const low = axis.tracks + first * T_WORDS;
  const high = axis.tracks + (end - 1) * T_WORDS;
  return scr[high + T_POS] + scr[high + T_BASE] - scr[low + T_POS];
}

/** Whether the automatic minimum applies: an auto minimum spanned, and no flexible track beside others. */
function hasAutomaticMinimum(scr: Float64Array, axis: GridAxis, first: number, end: number): boolean {
  let flags = 0;
  for (let k = first; k < end; k++) flags |= scr[axis.tracks + k * T_WORDS + T_FLAGS];
  return (flags & TF_MIN_AUTO) !== 0 && (end - first === 1 || (flags & TF_FLEX) === 0);
}

/** Contributions of the items marked GF_CONTENT to the columns. False when one is pending. */
export function columnContributions(p: LayoutPass, g: GridFrame): boolean {
  const { cap, u8, info, rec } = p;
  const axis = g.columns;
  let done = true;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const { scr } = p;
    if ((scr[at + G_FLAGS] & GF_CONTENT) === 0) continue;
    const c = scr[at + G_SLOT];
    const bits = info[c * INFO + N_BITS];
    const edge = rec[c * REC + R_EDGE_W];
    if (!contribution(p, c, bits, false, NaN)) {
      done = false;
      continue;
    }
    let lo = p.contributionLo;
    let hi = p.contributionHi;
    const margins = marginsX(p, c, bits, NaN);
    // §6.6: an item whose width is auto, or a percentage, may be as small as its minimum.
    let minimum = lo;
    const unit = u8[f.LEN_WIDTH * cap + c];
    if (unit === f.UNIT_AUTO || unit === f.UNIT_PERCENT || unit === f.UNIT_STRETCH) {
      let min = (bits & B_LIMIT_W) !== 0 ? sizeOf(p, c, f.LEN_MIN_WIDTH, NaN, edge) : NaN;
      const minUnit = u8[f.LEN_MIN_WIDTH * cap + c];
      if (minUnit >= f.UNIT_MIN_CONTENT && minUnit <= f.UNIT_FIT_CONTENT) {
        if (!minmax(p, c)) {
          done = false;
          continue;
        }
        min = keywordWidth(p, c, f.LEN_MIN_WIDTH, Infinity, edge);
      }
      if (min !== min) {
        min = edge;
        const first = scr[at + G_C0];
        const end = scr[at + G_C1];
        if (minUnit === f.UNIT_AUTO && (bits & B_CLIP) === 0 && hasAutomaticMinimum(p.scr, axis, first, end)) {
          // lo holds the content size, its own limits and transferred sizes applied
          const content = lo - margins;
          const most = fixedMaximum(p.scr, axis, first, end) - margins;
          min = content > most ? most : content;
          if (min < edge) min = edge;
        }
      }
      minimum = min + margins;
      if (minimum > lo && minUnit === f.UNIT_AUTO) minimum = lo;
    }
    if (lo < 0) lo = 0;
    if (hi < lo) hi = lo;
    if (minimum < 0) minimum = 0;
    scr[at + G_MINIMUM] = minimum;
    scr[at + G_LO] = lo;
    scr[at + G_HI] = hi;
  }
  return done;
}

function marginsX(p: LayoutPass, c: number, bits: number, base: number): number {
  if ((bits & B_MARGIN) === 0) return 0;
  return spaceOf(p, c, f.LEN_MARGIN_LEFT, base) + spaceOf(p, c, f.LEN_MARGIN_RIGHT, base);
}

/** Widths of all items in the columns as they are now, and margins. False when one is pending. */
export function itemWidths(p: LayoutPass, g: GridFrame, rowsKnown: boolean): boolean {
  const { info } = p;
  let done = true;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const { scr } = p;
    const c = scr[at + G_SLOT];
    const bits = info[c * INFO + N_BITS];
    const areaW = areaSize(scr, g.columns, scr[at + G_C0], scr[at + G_C1]);
    if ((bits & B_MARGIN) !== 0) {
      const rtl = (g.bits & B_RTL) !== 0;
      scr[at + G_LEFT] = spaceOf(p, c, rtl ? f.LEN_MARGIN_RIGHT : f.LEN_MARGIN_LEFT, areaW);
      scr[at + G_RIGHT] = spaceOf(p, c, rtl ? f.LEN_MARGIN_LEFT : f.LEN_MARGIN_RIGHT, areaW);
      scr[at + G_TOP] = spaceOf(p, c, f.LEN_MARGIN_TOP, areaW);
      scr[at + G_BOTTOM] = spaceOf(p, c, f.LEN_MARGIN_BOTTOM, areaW);
    } else {
      scr[at + G_LEFT] = 0;
      scr[at + G_RIGHT] = 0;
      scr[at + G_TOP] = 0;
      scr[at + G_BOTTOM] = 0;
    }
    const width = itemWidth(p, g, at, c, bits, areaW, rowsKnown);
    if (width === PENDING) {
      done = false;
      continue;
    }
    p.scr[at + G_WIDTH] = width;
  }
  return done;
}

function isStretched(align: number): boolean {
  return align === f.ALIGN_STRETCH || align === f.ALIGN_NORMAL;
}

/** Border-box width of an item in an area `areaW` wide. Or PENDING. */
function itemWidth(p: LayoutPass, g: GridFrame, at: number, c: number, bits: number, areaW: number, rowsKnown: boolean): number {
  const { scr } = p;
  const edge = edgeWidth(p, c, areaW);
  const flags = scr[at + G_FLAGS];
  const offered = areaW - scr[at + G_LEFT] - scr[at + G_RIGHT];
  const stretched =
    isStretched(scr[at + G_JUSTIFY]) &&
    (flags & (GF_MARGIN_LEFT | GF_MARGIN_RIGHT)) === 0 &&
    p.u8[f.LEN_WIDTH * p.cap + c] === f.UNIT_AUTO;
  if (stretched && (bits & (B_LIMIT_W | B_ASPECT)) === 0) return offered > edge ? offered : edge;
  let min = edge;
  let max = Infinity;
  if ((bits & B_LIMIT_W) !== 0) {
    let value = sizeOf(p, c, f.LEN_MIN_WIDTH, areaW, edge);
    if (value !== value) value = keywordWidth(p, c, f.LEN_MIN_WIDTH, offered, edge);
    if (value === PENDING) return PENDING;
    if (value === value) min = value;
    value = sizeOf(p, c, f.LEN_MAX_WIDTH, areaW, edge);
    if (value !== value) value = keywordWidth(p, c, f.LEN_MAX_WIDTH, offered, edge);
    if (value === PENDING) return PENDING;
    if (value === value) max = value;
  }
  let width = (bits & B_WIDTH) !== 0 ? sizeOf(p, c, f.LEN_WIDTH, areaW, edge) : NaN;
  if (width !== width && (bits & B_WIDTH) !== 0) width = keywordWidth(p, c, f.LEN_WIDTH, offered, edge);
  if (width === PENDING) return PENDING;
  if (width === width) return clamp(width, min, max);
  if (stretched && scr[at + G_JUSTIFY] === f.ALIGN_STRETCH) return clamp(offered, min, max);
  let height = NaN;
  let areaH = NaN;
  const edgeH = edgeHeight(p, c, areaW);
  if ((bits & (B_ASPECT | B_HEIGHT)) !== 0) {
    areaH = rowsKnown || fixedRows(p.scr, g, at) ? rowAreaSize(p.scr, g, at) : NaN;
    height = (bits & B_HEIGHT) !== 0 ? sizeOf(p, c, f.LEN_HEIGHT, areaH, edgeH) : NaN;
    if (height !== height && (bits & B_ASPECT) !== 0 && scr[at + G_ALIGN] === f.ALIGN_STRETCH && areaH === areaH &&
      (flags & (GF_MARGIN_TOP | GF_MARGIN_BOTTOM)) === 0) {
      height = areaH - scr[at + G_TOP] - scr[at + G_BOTTOM];
    }
    if (height === height) height = limitHeight(p, c, bits, height, areaH, edgeH);
    if (height === height && (bits & B_ASPECT) !== 0) {
      width = ratioWidth(p, c, height, edge, edgeH);
      return width === PENDING ? PENDING : clamp(width, min, max);
    }
  }
  if (stretched) return clamp(transferred(p, c, offered, areaH, edge, edgeH), min, max);
  if (!minmaxAtHeight(p, c, height)) return PENDING;
  const extra = edge - p.rec[c * REC + R_EDGE_W];
  const lo = p.intrinsicLo + extra;
  const hi = p.intrinsicHi + extra;
  width = transferred(p, c, hi <= offered ? hi : offered > lo ? offered : lo, areaH, edge, edgeH);
  return clamp(width, min, max);
}

function limitHeight(p: LayoutPass, c: number, bits: number, height: number, areaH: number, edgeH: number): number {
  if ((bits & B_LIMIT_H) === 0) return height;
  const min = sizeOf(p, c, f.LEN_MIN_HEIGHT, areaH, edgeH);
  const max = sizeOf(p, c, f.LEN_MAX_HEIGHT, areaH, edgeH);
  return clamp(height, min === min ? min : edgeH, max === max ? max : Infinity);
}

/** Whether all rows of an item have a fixed size, so that percentages of its area's height resolve early. */
function fixedRows(scr: Float64Array, g: GridFrame, at: number): boolean {
  for (let k = scr[at + G_R0]; k < scr[at + G_R1]; k++) {
    if ((scr[g.rows.tracks + k * T_WORDS + T_FLAGS] & (TF_CONTENT | TF_FLEX)) !== 0) return false;
  }
  return true;
}

/** Size of an item's rows by their sizes alone, positions not being known yet. */
function rowAreaSize(scr: Float64Array, g: GridFrame, at: number): number {
  let sum = 0;
  for (let k = scr[at + G_R0]; k < scr[at + G_R1]; k++) {
    const track = g.rows.tracks + k * T_WORDS;
    sum += scr[track + T_BASE] + (k > scr[at + G_R0] ? scr[track + T_GAP] : 0);
  }
  return sum;
}

/** Contributions of the items marked GF_CONTENT to the rows. False when one is pending. */
export function rowContributions(p: LayoutPass, g: GridFrame): boolean {
  const { cap, u8, info } = p;
  const axis = g.rows;
  let done = true;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const { scr } = p;
    if ((scr[at + G_FLAGS] & GF_CONTENT) === 0) continue;
    const c = scr[at + G_SLOT];
    const bits = info[c * INFO + N_BITS];
    const areaW = areaSize(scr, g.columns, scr[at + G_C0], scr[at + G_C1]);
    const height = itemHeight(p, g, at, c, bits, areaW, NaN, true);
    if (height === PENDING) {
      done = false;
      continue;
    }
    const margins = scr[at + G_TOP] + scr[at + G_BOTTOM];
    const edgeH = edgeHeight(p, c, areaW);
    let minimum = height;
    const unit = u8[f.LEN_HEIGHT * cap + c];
    if (unit === f.UNIT_AUTO || unit === f.UNIT_PERCENT || unit === f.UNIT_STRETCH) {
      const minUnit = u8[f.LEN_MIN_HEIGHT * cap + c];
      const min = (bits & B_LIMIT_H) !== 0 ? sizeOf(p, c, f.LEN_MIN_HEIGHT, NaN, edgeH) : NaN;
      if (min === min) minimum = min;
      else if (minUnit === f.UNIT_AUTO || minUnit === f.UNIT_PERCENT) {
        const first = scr[at + G_R0];
        const end = scr[at + G_R1];
        if (minUnit === f.UNIT_AUTO && (bits & B_CLIP) === 0 && hasAutomaticMinimum(p.scr, axis, first, end)) {
          const most = fixedMaximum(p.scr, axis, first, end) - margins;
          if (minimum > most) minimum = most;
        } else minimum = edgeH;
        if (minimum < edgeH) minimum = edgeH;
      }
    }
    const outer = height + margins + p.scr[at + G_SHIM];
    minimum += margins + p.scr[at + G_SHIM];
    p.scr[at + G_MINIMUM] = minimum > 0 ? minimum : 0;
    p.scr[at + G_LO] = outer > 0 ? outer : 0;
    p.scr[at + G_HI] = outer > 0 ? outer : 0;
  }
  return done;
}

/**
 * Border-box height of an item whose G_WIDTH is set, in an area `areaH` high (NaN = not known yet), limits
 * applied; sets GF_DEFINITE. `content` asks for the contribution: nothing is stretched. Or PENDING.
 */
export function itemHeight(
  p: LayoutPass,
  g: GridFrame,
  at: number,
  c: number,
  bits: number,
  areaW: number,
  areaH: number,
  content: boolean,
): number {
  const { scr, cap, u8 } = p;
  const width = scr[at + G_WIDTH];
  let flags = scr[at + G_FLAGS] & ~GF_DEFINITE;
  const outside = scr[at + G_TOP] + scr[at + G_BOTTOM];
  const align = scr[at + G_ALIGN];
  const stretched =
    !content &&
    isStretched(align) &&
    (flags & (GF_MARGIN_TOP | GF_MARGIN_BOTTOM)) === 0 &&
    u8[f.LEN_HEIGHT * cap + c] === f.UNIT_AUTO;
  const edge = edgeHeight(p, c, areaW);
  let height = NaN;
  if (stretched && ((bits & B_ASPECT) === 0 || align === f.ALIGN_STRETCH)) {
    height = areaH - outside;
    if (height < edge) height = edge;
    flags |= GF_DEFINITE;
  } else {
    const base = content && fixedRows(scr, g, at) ? rowAreaSize(scr, g, at) : areaH;
    if ((bits & B_HEIGHT) !== 0) {
      height = heightOf(p, c, f.LEN_HEIGHT, base, edge, outside);
      if (height === height) flags |= GF_DEFINITE;
    }
    if (height !== height && (bits & B_ASPECT) !== 0 && !isIntrinsic(p, c, f.LEN_HEIGHT)) {
      height = ratioHeight(p, c, width, areaW, edgeWidth(p, c, areaW), edge);
      if (height === PENDING) return PENDING;
      flags |= GF_DEFINITE;
    }
    if (height !== height) {
      height = measure(p, c, width, areaW);
      if (height === PENDING) return PENDING;
    }
  }
  p.scr[at + G_FLAGS] = flags;
  if ((bits & B_LIMIT_H) !== 0) {
    const base = content && fixedRows(p.scr, g, at) ? rowAreaSize(p.scr, g, at) : areaH;
    let min = heightOf(p, c, f.LEN_MIN_HEIGHT, base, edge, outside);
    let max = heightOf(p, c, f.LEN_MAX_HEIGHT, base, edge, outside);
    if ((min !== min && isIntrinsic(p, c, f.LEN_MIN_HEIGHT)) || (max !== max && isIntrinsic(p, c, f.LEN_MAX_HEIGHT))) {
      const own = measure(p, c, width, areaW);
      if (own === PENDING) return PENDING;
      if (isIntrinsic(p, c, f.LEN_MIN_HEIGHT)) min = own;
      if (isIntrinsic(p, c, f.LEN_MAX_HEIGHT)) max = own;
    }
    height = clamp(height, min === min ? min : edge, max === max ? max : Infinity);
  }
  return height > edge ? height : edge;
}

