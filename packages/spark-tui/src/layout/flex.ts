/**
 * Algorithm: flexbox (CSS Flexbox §9) of one container whose border-box width is known.
 *
 *   collect items ─▶ base sizes ─▶ lines ─▶ flexible lengths ─▶ cross sizes ─▶ [measuring: height, done]
 *                                                              [placing: align, write children's boxes]
 *
 * Measuring (`place` false, height NaN) returns the height of the border box and writes nothing.
 * Placing has both sizes given; it writes the children's rectangles and hands them their keys. Every stage
 * asks for all answers it misses before it gives up with PENDING, and nothing is placed before the last
 * answer is there.
 *
 * Right to left is laid out left to right with sides swapped, and mirrored when placed.
 */
import * as f from '../scene/index.ts';
import { placeAbsolute } from './absolute.ts';
import { alignOffset, distribute } from './align.ts';
import { baseline } from './baseline.ts';
import {
  B_ABSOLUTE,
  B_ASPECT,
  B_DOCK,
  B_INSETS,
  B_LIMIT_H,
  B_REVERSE,
  B_ROW,
  B_RTL,
  B_SKIP,
  B_WIDTH,
  B_WRAP,
  B_WRAP_REVERSE,
  border,
  clamp,
  edgeHeight,
  edgeWidth,
  gutterHeight,
  gutterWidth,
  isIntrinsic,
  lengthOf,
  padding,
  spaceOf,
} from './box-style.ts';
import { dockChildren, hasDocks } from './dock.ts';
import { columnBases, rowBases } from './flex-bases.ts';
import {
  F_AUTO_CROSS_END,
  F_AUTO_CROSS_START,
  F_AUTO_MAIN_END,
  F_AUTO_MAIN_START,
  F_BASELINE,
  F_HEIGHT_DEFINITE,
  F_STRETCH,
  flexLine,
  I_ALIGN,
  I_BASELINE,
  I_CROSS,
  I_CROSS_END,
  I_CROSS_MAX,
  I_CROSS_MIN,
  I_CROSS_START,
  I_FLAGS,
  I_HYPO,
  I_INDEX,
  I_MAIN_END,
  I_MAIN_START,
  I_POSITION,
  I_SLOT,
  I_TARGET,
  ITEM,
} from './flex-lengths.ts';
import { columnLimit } from './intrinsic.ts';
import { measure } from './measure.ts';
import { INFO, type LayoutPass, N_BITS, N_STATE, PENDING, R_EDGE_W, R_HI, REC, S_KEY, S_MINMAX } from './pass.ts';
import { assign, hideSubtree } from './place.ts';
import { heightForWidth, ratioFloor, widthForHeight } from './ratio.ts';

/** A line: scratch offset after its last item, cross size, baseline. */
const L_END = 0;
const L_CROSS = 1;
/** From the start of the line to the baseline its items share. */
const L_ABOVE = 2;
const LINE = 3;

/** Slack for float noise when deciding whether an item still fits a line. */
const FIT_SLACK = 1 / 1024;

/**
 * Lays out one container. `h` NaN = as high as the content; `hDef` = percentages of the height resolve.
 * Returns the border-box height (0 when placing), or PENDING.
 */
export function flexLayout(
  p: LayoutPass,
  i: number,
  w: number,
  h: number,
  hDef: boolean,
  cw: number,
  place: boolean,
): number {
  const base = p.sp;
  const result = layoutItems(p, i, w, h, hDef, cw, place, base, false);
  p.sp = base;
  return result;
}

/** Finds the item that gives a container its first baseline; sets `baseChild` and its box. Or PENDING. */
export function flexBaseline(p: LayoutPass, i: number, w: number, h: number, hDef: boolean, cw: number): number {
  const base = p.sp;
  p.baseChild = 0;
  const result = layoutItems(p, i, w, h, hDef, cw, true, base, true);
  p.sp = base;
  return result;
}

function layoutItems(
  p: LayoutPass,
  i: number,
  w: number,
  h: number,
  hDef: boolean,
  cw: number,
  place: boolean,
  base: number,
  asksBaseline: boolean,
): number {
  const bits = p.info[i * INFO + N_BITS];
  const isRow = (bits & B_ROW) !== 0;
  const wraps = (bits & B_WRAP) !== 0;
  let edgeH = edgeHeight(p, i, cw) + gutterHeight(p, i);
  let innerW = w - edgeWidth(p, i, cw) - gutterWidth(p, i);
  if (innerW < 0) innerW = 0;
  let innerH = h - edgeH;
  if (innerH < 0) innerH = 0;
  const rtl = (bits & B_RTL) !== 0;
  let left = 0;
  let top = 0;
  if (place) {
    left =
      (rtl ? border(p, i, f.U8_BORDER_RIGHT) : border(p, i, f.U8_BORDER_LEFT)) +
      padding(p, i, rtl ? f.LEN_PADDING_RIGHT : f.LEN_PADDING_LEFT, cw);
    top = border(p, i, f.U8_BORDER_TOP) + padding(p, i, f.LEN_PADDING_TOP, cw);
  }
  let leastHeight = edgeH;
  if (hasDocks(p, i)) {
    if (!dockChildren(p, i, innerW, innerH, place && !asksBaseline, left, top, w)) return PENDING;
    innerW = Math.max(0, innerW - p.dockLeft - p.dockRight);
    innerH = innerH - p.dockTop - p.dockBottom;
    if (innerH < 0) innerH = 0;
    left += p.dockLeft;
    top += p.dockTop;
    edgeH += p.dockTop + p.dockBottom;
    leastHeight = edgeH + p.dockHeight;
  }
  const definiteH = hDef ? innerH : NaN;

  const absolutes = collect(p, i, place && !asksBaseline, base);
  const end = p.sp;
  if (end === base && !(place && absolutes)) return leastHeight;

  const columnGap = spaceOf(p, i, f.LEN_COLUMN_GAP, innerW);
  const rowGap = spaceOf(p, i, f.LEN_ROW_GAP, definiteH);
  const mainGap = isRow ? columnGap : rowGap;
  const crossGap = isRow ? rowGap : columnGap;

  const ready = isRow
    ? rowBases(p, i, base, end, innerW, innerH, definiteH, bits)
    : columnBases(p, i, base, end, innerW, definiteH, bits);
  if (!ready) return PENDING;

  // ---- lines
  const available = isRow ? innerW : innerH;
  const lines = p.sp;
  let limit = available;
  if (limit !== limit) limit = wraps ? columnLimit(p, i) : Infinity;
  if (limit !== limit) limit = Infinity;
  breakLines(p, base, end, limit, mainGap, wraps);
  const linesEnd = p.sp;

  // ---- flexible lengths
  let done = true;
  for (let line = lines, first = base; line < linesEnd; line += LINE) {
    const last = p.scr[line + L_END];
    if (!flexLine(p, first, last, available, mainGap, isRow, innerW)) done = false;
    first = last;
  }
  if (!done) return PENDING;

  // ---- measuring a column ends here: its height is its longest line
  if (!isRow && !place) {
    let longest = 0;
    for (let line = lines, first = base; line < linesEnd; line += LINE) {
      const last = p.scr[line + L_END];
      const length = lineLength(p.scr, first, last, mainGap);
      if (length > longest) longest = length;
      first = last;
    }
    return edgeH + longest > leastHeight ? edgeH + longest : leastHeight;
  }

  // ---- cross sizes
  if (isRow && !rowHeights(p, base, end, innerW)) return PENDING;
  if (!isRow) ratioCrossSizes(p, base, end, innerW, wraps);
  if (!isRow && (bits & B_RTL) !== 0) columnBaselines(p.scr, base, end);
  if (isRow && !rowBaselines(p, base, end, innerW, (bits & B_WRAP_REVERSE) !== 0)) return PENDING;
  const scr = p.scr;
  let crossSum = 0;
  for (let line = lines, at = base; line < linesEnd; line += LINE) {
    let cross = 0;
    let above = -Infinity;
    let below = -Infinity;
    for (const last = scr[line + L_END]; at < last; at += ITEM) {
      const outer = scr[at + I_CROSS] + scr[at + I_CROSS_START] + scr[at + I_CROSS_END];
      if ((scr[at + I_FLAGS] & F_BASELINE) !== 0) {
        if (scr[at + I_BASELINE] > above) above = scr[at + I_BASELINE];
        if (outer - scr[at + I_BASELINE] > below) below = outer - scr[at + I_BASELINE];
      } else if (outer > cross) cross = outer;
    }
    if (above + below > cross) cross = above + below;
    scr[line + L_CROSS] = cross;
    scr[line + L_ABOVE] = (bits & B_WRAP_REVERSE) !== 0 ? below : above;
    crossSum += cross;
  }
  const lineCount = (linesEnd - lines) / LINE;
  if (lineCount > 1) crossSum += crossGap * (lineCount - 1);
  if (!place) return edgeH + crossSum > leastHeight ? edgeH + crossSum : leastHeight;

  if (end > base) {
    placeItems(p, i, bits, base, lines, linesEnd, crossSum, w, innerW, innerH, definiteH, mainGap, crossGap, left, top, asksBaseline);
  }
  if (asksBaseline) return 0;
  return absolutes && !placeAbsolutes(p, i, w, h, innerW, innerH, left, top) ? PENDING : 0;
}

// ---- collecting ----------------------------------------------------------------------------------

/** Pushes an item for each child in flow. True when there are absolute children. */
function collect(p: LayoutPass, i: number, place: boolean, base: number): boolean {
  const { cap, u8, u32, info } = p;
  let absolutes = false;
  let at = base;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const bits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR) continue;
    if ((bits & (B_SKIP | B_ABSOLUTE)) !== 0) {
      if ((bits & B_SKIP) === 0) absolutes = true;
      else if (place && (info[c * INFO + N_STATE] & S_KEY) !== 0) hideSubtree(p, c);
      continue;
    }
    p.reserve(ITEM);
    p.scr[at + I_SLOT] = c;
    p.scr[at + I_INDEX] = at;
    at += ITEM;
    p.sp = at;
  }
  if ((u32[f.U32_FLAGS * cap + i] & f.FLAG_ORDER_CHILDREN) !== 0) sortByOrder(p, base, at, ITEM);
  return absolutes;
}

/** Shell sort of records `words` long, which begin with slot and index, by `order`, then by place among the siblings. */
export function sortByOrder(p: LayoutPass, base: number, end: number, words: number): void {
  const { scr, i32, cap } = p;
  const orders = f.I32_ORDER * cap;
  const count = (end - base) / words;
  for (let step = count >> 1; step > 0; step >>= 1) {
    for (let k = step; k < count; k++) {
      const slot = scr[base + k * words + I_SLOT];
      const index = scr[base + k * words + I_INDEX];
      const order = i32[orders + slot];
      let j = k;
      for (; j >= step; j -= step) {
        const at = base + (j - step) * words;
        const other = i32[orders + scr[at + I_SLOT]];
        if (other < order || (other === order && scr[at + I_INDEX] < index)) break;
        scr[base + j * words + I_SLOT] = scr[at + I_SLOT];
        scr[base + j * words + I_INDEX] = scr[at + I_INDEX];
      }
      scr[base + j * words + I_SLOT] = slot;
      scr[base + j * words + I_INDEX] = index;
    }
  }
}

// ---- lines and cross sizes -----------------------------------------------------------------------

/** Pushes the line records above the items. */
function breakLines(p: LayoutPass, base: number, end: number, limit: number, gap: number, wraps: boolean): void {
  if (!wraps) {
    p.reserve(LINE);
    p.scr[p.sp + L_END] = end;
    p.sp += LINE;
    return;
  }
  let length = 0;
  let first = base;
  for (let at = base; at < end; at += ITEM) {
    const scr = p.scr;
    const outer = scr[at + I_HYPO] + scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
    if (at > first && length + gap + outer > limit + FIT_SLACK) {
      p.reserve(LINE);
      p.scr[p.sp + L_END] = at;
      p.sp += LINE;
      first = at;
      length = 0;
    }
    length += at > first ? gap + outer : outer;
  }
  p.reserve(LINE);
  p.scr[p.sp + L_END] = end;
  p.sp += LINE;
}

/** Main size the items of a line take, margins and gaps included. */
function lineLength(scr: Float64Array, first: number, last: number, gap: number): number {
  let length = last > first ? gap * ((last - first) / ITEM - 1) : 0;
  for (let at = first; at < last; at += ITEM) {
    length += scr[at + I_TARGET] + scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
  }
  return length;
}

/** Heights of row items that are not given. False when one is pending. */
function rowHeights(p: LayoutPass, base: number, end: number, innerW: number): boolean {
  let done = true;
  for (let at = base; at < end; at += ITEM) {
    const scr = p.scr;
    const c = scr[at + I_SLOT];
    const target = scr[at + I_TARGET];
    const bits = p.info[c * INFO + N_BITS];
    if ((bits & B_LIMIT_H) !== 0 && (isIntrinsic(p, c, f.LEN_MIN_HEIGHT) || isIntrinsic(p, c, f.LEN_MAX_HEIGHT))) {
      const content = measure(p, c, target, innerW);
      if (content === PENDING) {
        done = false;
        continue;
      }
      if (isIntrinsic(p, c, f.LEN_MIN_HEIGHT)) p.scr[at + I_CROSS_MIN] = content;
      if (isIntrinsic(p, c, f.LEN_MAX_HEIGHT)) p.scr[at + I_CROSS_MAX] = content;
      p.scr[at + I_CROSS] = clamp(p.scr[at + I_CROSS], p.scr[at + I_CROSS_MIN], p.scr[at + I_CROSS_MAX]);
    }
    if (p.scr[at + I_CROSS] === p.scr[at + I_CROSS]) continue;
    let height: number;
    if ((bits & B_ASPECT) !== 0 && !isIntrinsic(p, c, f.LEN_HEIGHT)) {
      const edgeW = edgeWidth(p, c, innerW);
      const edgeH = edgeHeight(p, c, innerW);
      height = ratioFloor(p, c, target, innerW, edgeW, edgeH);
      const own = heightForWidth(p, c, target, edgeW, edgeH);
      if (height !== PENDING && own > height) height = own;
    } else height = measure(p, c, target, innerW);
    if (height === PENDING) {
      done = false;
      continue;
    }
    p.scr[at + I_CROSS] = clamp(height, p.scr[at + I_CROSS_MIN], p.scr[at + I_CROSS_MAX]);
  }
  return done;
}

/** Baselines of the row items that align by them, from their top margin edges. False when one is pending. */
function rowBaselines(p: LayoutPass, base: number, end: number, innerW: number, wrapReverse: boolean): boolean {
  let done = true;
  for (let at = base; at < end; at += ITEM) {
    const { scr } = p;
    if (scr[at + I_ALIGN] !== f.ALIGN_BASELINE) continue;
    const flags = scr[at + I_FLAGS];
    if ((flags & (F_AUTO_CROSS_START | F_AUTO_CROSS_END)) !== 0) continue;
    const c = scr[at + I_SLOT];
    const own = baseline(p, c, scr[at + I_TARGET], scr[at + I_CROSS], (flags & F_HEIGHT_DEFINITE) !== 0, innerW);
    if (own === PENDING) {
      done = false;
      continue;
    }
    p.scr[at + I_FLAGS] = flags | F_BASELINE;
    p.scr[at + I_BASELINE] = own + p.scr[at + (wrapReverse ? I_CROSS_END : I_CROSS_START)];
  }
  return done;
}

/** Widths that follow from the flexed height of a column's items through their ratio. */
function ratioCrossSizes(p: LayoutPass, base: number, end: number, innerW: number, wraps: boolean): void {
  const { scr } = p;
  for (let at = base; at < end; at += ITEM) {
    const c = scr[at + I_SLOT];
    const bits = p.info[c * INFO + N_BITS];
    if ((bits & (B_ASPECT | B_WIDTH)) !== B_ASPECT || (!wraps && (scr[at + I_FLAGS] & F_STRETCH) !== 0)) continue;
    const width = widthForHeight(p, c, scr[at + I_TARGET], edgeWidth(p, c, innerW), edgeHeight(p, c, innerW));
    scr[at + I_CROSS] = clamp(width, scr[at + I_CROSS_MIN], scr[at + I_CROSS_MAX]);
  }
}

/** In a column from right to left, items that align by baseline share their left edges, as in browsers. */
function columnBaselines(scr: Float64Array, base: number, end: number): void {
  for (let at = base; at < end; at += ITEM) {
    if (scr[at + I_ALIGN] !== f.ALIGN_BASELINE) continue;
    scr[at + I_FLAGS] |= F_BASELINE;
    scr[at + I_BASELINE] = scr[at + I_CROSS_START] + scr[at + I_CROSS];
  }
}

// ---- placing -------------------------------------------------------------------------------------

function placeItems(
  p: LayoutPass,
  i: number,
  bits: number,
  base: number,
  lines: number,
  linesEnd: number,
  crossSum: number,
  w: number,
  innerW: number,
  innerH: number,
  definiteH: number,
  mainGap: number,
  crossGap: number,
  left: number,
  top: number,
  asksBaseline: boolean,
): void {
  const { scr, cap, u8, info } = p;
  const isRow = (bits & B_ROW) !== 0;
  const reverse = (bits & B_REVERSE) !== 0;
  const wrapReverse = (bits & B_WRAP_REVERSE) !== 0;
  const rtl = (bits & B_RTL) !== 0;
  const innerMain = isRow ? innerW : innerH;
  const innerCross = isRow ? innerH : innerW;
  const justify = u8[f.U8_JUSTIFY_CONTENT * cap + i];

  let foundBaseline = false;
  let lineStart = 0;
  let lineBetween = crossGap;
  if ((bits & B_WRAP) === 0) {
    scr[lines + L_CROSS] = innerCross;
  } else {
    const alignContent = u8[f.U8_ALIGN_CONTENT * cap + i];
    const free = innerCross - crossSum;
    const count = (linesEnd - lines) / LINE;
    if (alignContent === f.ALIGN_STRETCH || alignContent === f.ALIGN_NORMAL) {
      if (free > 0) for (let line = lines; line < linesEnd; line += LINE) scr[line + L_CROSS] += free / count;
    } else {
      distribute(p, alignContent, free, count, wrapReverse);
      lineStart = p.offset;
      lineBetween += p.between;
    }
  }

  const end = linesEnd > lines ? scr[linesEnd - LINE + L_END] : base;
  for (let line = lines, first = base; line < linesEnd; line += LINE) {
    const last = scr[line + L_END];
    const lineCross = scr[line + L_CROSS];
    const count = (last - first) / ITEM;
    let free = innerMain - lineLength(scr, first, last, mainGap);
    let autos = 0;
    for (let at = first; at < last; at += ITEM) {
      const flags = scr[at + I_FLAGS];
      if ((flags & F_AUTO_MAIN_START) !== 0) autos++;
      if ((flags & F_AUTO_MAIN_END) !== 0) autos++;
    }
    const autoMargin = autos > 0 && free > 0 ? free / autos : 0;
    if (autoMargin > 0) free = 0;
    distribute(p, justify, free, count, reverse);
    let main = p.offset;
    const gap = mainGap + p.between;
    for (let at = first; at < last; at += ITEM) {
      const c = scr[at + I_SLOT];
      let flags = scr[at + I_FLAGS];
      const target = scr[at + I_TARGET];
      main += scr[at + I_MAIN_START] + ((flags & F_AUTO_MAIN_START) !== 0 ? autoMargin : 0);
      scr[at + I_POSITION] = main;

      let cross = scr[at + I_CROSS];
      const crossStart = scr[at + I_CROSS_START];
      const outside = crossStart + scr[at + I_CROSS_END];
      if (!isRow && (bits & B_WRAP) !== 0 && (flags & F_STRETCH) === 0) {
        cross = fitToLine(p, at, lineCross - outside, innerW);
      }
      if ((flags & F_STRETCH) !== 0) {
        cross = clamp(lineCross - outside, scr[at + I_CROSS_MIN], scr[at + I_CROSS_MAX]);
        if (isRow) flags |= F_HEIGHT_DEFINITE;
      }
      const spare = lineCross - outside - cross;
      let shift: number;
      if ((flags & (F_AUTO_CROSS_START | F_AUTO_CROSS_END)) !== 0) {
        if (spare <= 0 || (flags & F_AUTO_CROSS_START) === 0) shift = 0;
        else shift = (flags & F_AUTO_CROSS_END) !== 0 ? spare / 2 : spare;
      } else if ((flags & F_BASELINE) !== 0) {
        // Baselines count from the top, which a reversed line has at its end.
        const own = wrapReverse ? outside + cross - scr[at + I_BASELINE] : scr[at + I_BASELINE];
        shift = scr[line + L_ABOVE] - own;
      } else shift = alignOffset(scr[at + I_ALIGN], spare, wrapReverse);
      const across = lineStart + crossStart + shift;

      const alongPlaced = reverse ? innerMain - main - target : main;
      const acrossPlaced = wrapReverse ? innerCross - across - cross : across;
      const width = isRow ? target : cross;
      const height = isRow ? cross : target;
      let x = left + (isRow ? alongPlaced : acrossPlaced);
      let y = top + (isRow ? acrossPlaced : alongPlaced);
      if (rtl) x = w - x - width;
      if ((info[c * INFO + N_BITS] & B_INSETS) !== 0) {
        x += relativeShift(p, c, rtl ? f.LEN_RIGHT : f.LEN_LEFT, rtl ? f.LEN_LEFT : f.LEN_RIGHT, innerW) * (rtl ? -1 : 1);
        y += relativeShift(p, c, f.LEN_TOP, f.LEN_BOTTOM, definiteH);
      }
      if (asksBaseline) {
        // The first item of the topmost line, unless one of them aligns by baseline (Flexbox §8.5); in a
        // reversed column the last one is the first from the top.
        const isTopLine = wrapReverse ? last === end : line === lines;
        const isFirst = at === first || (reverse && !isRow);
        if (isTopLine && (isFirst || (!foundBaseline && (flags & F_BASELINE) !== 0))) {
          p.baseChild = c;
          p.baseY = y;
          p.baseW = width;
          p.baseH = height;
          p.baseDefinite = (flags & F_HEIGHT_DEFINITE) !== 0;
          p.baseCw = innerW;
          if ((flags & F_BASELINE) !== 0) foundBaseline = true;
        }
      } else assign(p, c, x, y, width, height, (flags & F_HEIGHT_DEFINITE) !== 0, innerW);
      main += target + scr[at + I_MAIN_END] + ((flags & F_AUTO_MAIN_END) !== 0 ? autoMargin : 0) + gap;
    }
    lineStart += lineCross + lineBetween;
    first = last;
  }
}

/** In a wrapping column, a width by content is found again in the width of the line, as browsers do it. */
function fitToLine(p: LayoutPass, at: number, offered: number, innerW: number): number {
  const { scr, rec, info } = p;
  const c = scr[at + I_SLOT];
  const cross = scr[at + I_CROSS];
  if ((info[c * INFO + N_BITS] & (B_WIDTH | B_ASPECT)) !== 0 || (info[c * INFO + N_STATE] & S_MINMAX) === 0) return cross;
  const widest = rec[c * REC + R_HI] + edgeWidth(p, c, innerW) - rec[c * REC + R_EDGE_W];
  const width = widest < offered ? widest : offered;
  return width > cross ? clamp(width, scr[at + I_CROSS_MIN], scr[at + I_CROSS_MAX]) : cross;
}

/** Shift of a relatively positioned box along one axis: the near inset wins over the far one. */
export function relativeShift(p: LayoutPass, c: number, near: number, far: number, base: number): number {
  if (p.u8[f.U8_POSITION * p.cap + c] === f.POSITION_STATIC) return 0;
  const shift = lengthOf(p, c, near, base);
  if (shift === shift) return shift;
  const back = lengthOf(p, c, far, base);
  return back === back ? -back : 0;
}

/** Places the absolute children. False when one is pending. */
function placeAbsolutes(
  p: LayoutPass,
  i: number,
  w: number,
  h: number,
  innerW: number,
  innerH: number,
  left: number,
  top: number,
): boolean {
  const { cap, u8, u32, info } = p;
  const rtl = (info[i * INFO + N_BITS] & B_RTL) !== 0;
  const padLeft = left - border(p, i, rtl ? f.U8_BORDER_RIGHT : f.U8_BORDER_LEFT);
  const padTop = top - border(p, i, f.U8_BORDER_TOP);
  const boxW = w - border(p, i, f.U8_BORDER_LEFT) - border(p, i, f.U8_BORDER_RIGHT) - gutterWidth(p, i);
  const boxH = h - border(p, i, f.U8_BORDER_TOP) - border(p, i, f.U8_BORDER_BOTTOM) - gutterHeight(p, i);
  let done = true;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR) continue;
    if ((info[c * INFO + N_BITS] & (B_SKIP | B_ABSOLUTE | B_DOCK)) !== B_ABSOLUTE) continue;
    p.blockX = 0;
    p.blockY = 0;
    p.blockW = boxW;
    p.blockH = boxH;
    if (!placeAbsolute(p, i, c, w, innerW, innerH, padLeft, padTop)) done = false;
  }
  return done;
}
