/**
 * Grid (CSS Grid 1) of one container whose border-box width is known.
 *
 *   items ─▶ lines ─▶ columns ─▶ widths of items ─▶ rows ─▶ [measuring: height, done]
 *                                                         [placing: align, write children's boxes]
 *
 * Measuring and placing, PENDING and right-to-left work as in `flex.ts`. Placing takes the height as
 * definite, so that rows in percent, which count as auto while measuring, resolve against what came out
 * (§5.2), and auto rows stretch.
 */
import * as f from '../scene/index.ts';
import { placeAbsolute } from './absolute.ts';
import { alignOffset, distribute } from './align.ts';
import {
  B_ABSOLUTE,
  B_BASELINE,
  B_DOCK,
  B_INSETS,
  B_LIMIT_H,
  B_RTL,
  B_SKIP,
  border,
  edgeHeight,
  edgeWidth,
  gutterHeight,
  gutterWidth,
  padding,
  sizeOf,
} from './box-style.ts';
import { dockChildren, dockMinmax, hasDocks } from './dock.ts';
import { relativeShift, sortByOrder } from './flex.ts';
import { gridBaselines } from './grid-baseline.ts';
import { areaSize, columnContributions, itemHeight, itemWidths, readItems, rowContributions } from './grid-contributions.ts';
import {
  G_ALIGN,
  G_BOTTOM,
  G_C0,
  G_C1,
  G_FLAGS,
  G_HEIGHT,
  G_INDEX,
  G_JUSTIFY,
  G_LEFT,
  G_R0,
  G_R1,
  G_RIGHT,
  G_SHIM,
  G_SLOT,
  G_TOP,
  G_WIDTH,
  G_WORDS,
  GF_BASELINE,
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
  TF_COLLAPSED,
} from './grid-frame.ts';
import { absoluteLine } from './grid-lines.ts';
import { placeItemsInGrid } from './grid-place.ts';
import { markItems, SIZE_LAYOUT, SIZE_MAX_CONTENT, SIZE_MIN_CONTENT, sizeTracks, trackSum } from './grid-sizing.ts';
import { explicitTracks, gapOf, makeTracks, readTracks, resetTracks } from './grid-tracks.ts';
import {
  INFO,
  type LayoutPass,
  N_BITS,
  N_STATE,
  PENDING,
  R_EDGE_H,
  R_EDGE_W,
  R_HI,
  R_LO,
  REC,
  S_KEY,
} from './pass.ts';
import { assign, hideSubtree } from './place.ts';

/** Lays out one container. Arguments and result as of `flexLayout`. */
export function gridLayout(
  p: LayoutPass,
  i: number,
  w: number,
  h: number,
  hDef: boolean,
  cw: number,
  place: boolean,
): number {
  const base = p.sp;
  const g = p.openGrid();
  const result = layoutGrid(p, g, i, w, h, hDef, cw, place, false);
  p.gridDepth--;
  p.sp = base;
  return result;
}

/** Finds the item that gives a grid its first baseline; sets `baseChild` and its box. Or PENDING. */
export function gridBaseline(p: LayoutPass, i: number, w: number, h: number, hDef: boolean, cw: number): number {
  const base = p.sp;
  const g = p.openGrid();
  p.baseChild = 0;
  const result = layoutGrid(p, g, i, w, h, hDef, cw, true, true);
  p.gridDepth--;
  p.sp = base;
  return result;
}

/** Computes R_LO and R_HI of a grid container. False when a child's answer is pending. */
export function gridMinmax(p: LayoutPass, i: number): boolean {
  const base = p.sp;
  const g = p.openGrid();
  const done = minmaxOfGrid(p, g, i);
  p.gridDepth--;
  p.sp = base;
  return done;
}

function minmaxOfGrid(p: LayoutPass, g: GridFrame, i: number): boolean {
  p.counters.visits++;
  collect(p, g, i, false);
  explicitTracks(p, g, g.columns, NaN, gapOf(p, i, f.LEN_COLUMN_GAP, NaN));
  explicitTracks(p, g, g.rows, NaN, 0);
  placeItemsInGrid(p, g);
  makeTracks(p, g, g.columns);
  readTracks(p, g.columns, NaN);
  readItems(p, g);
  if (markItems(p.scr, g, g.columns) && !columnContributions(p, g)) return false;
  const at = i * REC;
  const edge = p.rec[at + R_EDGE_W] + gutterWidth(p, i);
  sizeTracks(p, g, g.columns, NaN, SIZE_MIN_CONTENT, false, NaN, NaN);
  const lo = trackSum(p.scr, g.columns);
  resetTracks(p.scr, g.columns);
  sizeTracks(p, g, g.columns, NaN, SIZE_MAX_CONTENT, false, NaN, NaN);
  p.intrinsicLo = lo;
  p.intrinsicHi = trackSum(p.scr, g.columns);
  if (hasDocks(p, i) && !dockMinmax(p, i)) return false;
  p.rec[at + R_LO] = edge + p.intrinsicLo;
  p.rec[at + R_HI] = edge + p.intrinsicHi;
  if (p.rec[at + R_HI] < p.rec[at + R_LO]) p.rec[at + R_HI] = p.rec[at + R_LO];
  return true;
}

function layoutGrid(
  p: LayoutPass,
  g: GridFrame,
  i: number,
  w: number,
  h: number,
  hDef: boolean,
  cw: number,
  place: boolean,
  asksBaseline: boolean,
): number {
  const { cap, u8 } = p;
  let edgeH = edgeHeight(p, i, cw) + gutterHeight(p, i);
  let innerW = w - edgeWidth(p, i, cw) - gutterWidth(p, i);
  if (innerW < 0) innerW = 0;
  let innerH = h - edgeH;
  if (innerH < 0) innerH = 0;
  const rtl = (p.info[i * INFO + N_BITS] & B_RTL) !== 0;
  let left =
    (rtl ? border(p, i, f.U8_BORDER_RIGHT) : border(p, i, f.U8_BORDER_LEFT)) +
    padding(p, i, rtl ? f.LEN_PADDING_RIGHT : f.LEN_PADDING_LEFT, cw);
  let top = border(p, i, f.U8_BORDER_TOP) + padding(p, i, f.LEN_PADDING_TOP, cw);
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
  collect(p, g, i, place && !asksBaseline);

  // ---- lines and tracks
  explicitTracks(p, g, g.columns, innerW, gapOf(p, i, f.LEN_COLUMN_GAP, innerW));
  explicitTracks(p, g, g.rows, hDef ? innerH : NaN, gapOf(p, i, f.LEN_ROW_GAP, innerH));
  placeItemsInGrid(p, g);
  makeTracks(p, g, g.columns);
  makeTracks(p, g, g.rows);
  readTracks(p, g.columns, innerW);
  readTracks(p, g.rows, innerH);
  readItems(p, g);

  // ---- columns
  const justify = contentAlign(u8[f.U8_JUSTIFY_CONTENT * cap + i]);
  if (markItems(p.scr, g, g.columns) && !columnContributions(p, g)) return PENDING;
  sizeTracks(p, g, g.columns, innerW, SIZE_LAYOUT, justify === f.ALIGN_STRETCH, NaN, NaN);
  positionTracks(p, g.columns, innerW, justify);
  if (!itemWidths(p, g, false)) return PENDING;

  // ---- rows
  const align = contentAlign(u8[f.U8_ALIGN_CONTENT * cap + i]);
  const hasContent = markItems(p.scr, g, g.rows);
  if ((g.bits & B_BASELINE) !== 0 && !gridBaselines(p, g)) return PENDING;
  if (hasContent && !rowContributions(p, g)) return PENDING;
  let least = NaN;
  let most = NaN;
  if (innerH !== innerH && (g.bits & B_LIMIT_H) !== 0) {
    const edge = p.rec[i * REC + R_EDGE_H];
    least = sizeOf(p, i, f.LEN_MIN_HEIGHT, NaN, edge) - edgeH;
    most = sizeOf(p, i, f.LEN_MAX_HEIGHT, NaN, edge) - edgeH;
  }
  sizeTracks(p, g, g.rows, innerH, SIZE_LAYOUT, align === f.ALIGN_STRETCH, least, most);
  if (!place) return Math.max(leastHeight, edgeH + trackSum(p.scr, g.rows));
  positionTracks(p, g.rows, innerH, align);

  // ---- children
  if (!finalSizes(p, g)) return PENDING;
  if (asksBaseline) {
    findBaseline(p, g, top);
    return 0;
  }
  placeItems(p, g, w, left, top);
  return g.hasAbsolutes && !placeAbsolutes(p, g, i, w, h, innerW, innerH, left, top) ? PENDING : 0;
}

function contentAlign(value: number): number {
  return value === f.ALIGN_DEFAULT || value === f.ALIGN_NORMAL ? f.ALIGN_STRETCH : value;
}

/** Pushes an item for each child in flow. */
function collect(p: LayoutPass, g: GridFrame, i: number, place: boolean): void {
  const { cap, u8, u32, info } = p;
  g.node = i;
  g.bits = info[i * INFO + N_BITS] & ~B_BASELINE;
  g.areas = p.scene.grids.get(i)?.areas ?? null;
  g.hasAbsolutes = false;
  g.items = p.sp;
  let at = p.sp;
  if (u8[f.U8_ALIGN_ITEMS * cap + i] === f.ALIGN_BASELINE) g.bits |= B_BASELINE;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const bits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR) continue;
    if ((bits & (B_SKIP | B_ABSOLUTE)) !== 0) {
      if ((bits & B_SKIP) === 0) g.hasAbsolutes = true;
      else if (place && (info[c * INFO + N_STATE] & S_KEY) !== 0) hideSubtree(p, c);
      continue;
    }
    if (u8[f.U8_ALIGN_SELF * cap + c] === f.ALIGN_BASELINE) g.bits |= B_BASELINE;
    p.reserve(G_WORDS);
    p.scr[at + G_SLOT] = c;
    p.scr[at + G_INDEX] = at;
    at += G_WORDS;
    p.sp = at;
  }
  g.end = at;
  if ((u32[f.U32_FLAGS * cap + i] & f.FLAG_ORDER_CHILDREN) !== 0) sortByOrder(p, g.items, at, G_WORDS);
}

/** Distributes the space that is left among the tracks (§10.5) and sets T_POS, from the content edge. */
function positionTracks(p: LayoutPass, axis: GridAxis, available: number, align: number): void {
  const { scr } = p;
  const { tracks, count } = axis;
  let shown = 0;
  for (let k = 0; k < count; k++) if ((scr[tracks + k * T_WORDS + T_FLAGS] & TF_COLLAPSED) === 0) shown++;
  distribute(p, align, available - trackSum(scr, axis), shown, false);
  let at = p.offset;
  let first = true;
  for (let k = 0; k < count; k++) {
    const track = tracks + k * T_WORDS;
    if ((scr[track + T_FLAGS] & TF_COLLAPSED) === 0) {
      if (!first) at += scr[track + T_GAP] + p.between;
      first = false;
    }
    scr[track + T_POS] = at;
    at += scr[track + T_BASE];
  }
}

/** Widths that depend on the rows, and all heights. False when one is pending. */
function finalSizes(p: LayoutPass, g: GridFrame): boolean {
  if (g.widthsNeedRows && !itemWidths(p, g, true)) return false;
  let done = true;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const { scr } = p;
    const c = scr[at + G_SLOT];
    const areaW = areaSize(scr, g.columns, scr[at + G_C0], scr[at + G_C1]);
    const areaH = areaSize(scr, g.rows, scr[at + G_R0], scr[at + G_R1]);
    const height = itemHeight(p, g, at, c, p.info[c * INFO + N_BITS], areaW, areaH, false);
    if (height === PENDING) done = false;
    else p.scr[at + G_HEIGHT] = height;
  }
  return done;
}

function placeItems(p: LayoutPass, g: GridFrame, w: number, left: number, top: number): void {
  const { scr, info } = p;
  const rtl = (g.bits & B_RTL) !== 0;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const c = scr[at + G_SLOT];
    const flags = scr[at + G_FLAGS];
    const areaW = areaSize(scr, g.columns, scr[at + G_C0], scr[at + G_C1]);
    const areaH = areaSize(scr, g.rows, scr[at + G_R0], scr[at + G_R1]);
    const width = scr[at + G_WIDTH];
    const height = scr[at + G_HEIGHT];
    const freeX = areaW - width - scr[at + G_LEFT] - scr[at + G_RIGHT];
    let x = left + scr[g.columns.tracks + scr[at + G_C0] * T_WORDS + T_POS] + scr[at + G_LEFT];
    let y = top + scr[g.rows.tracks + scr[at + G_R0] * T_WORDS + T_POS] + shiftY(scr, g, at);
    x += offset(scr[at + G_JUSTIFY], freeX, (flags & GF_MARGIN_LEFT) !== 0, (flags & GF_MARGIN_RIGHT) !== 0);
    if (rtl) x = w - x - width;
    if ((info[c * INFO + N_BITS] & B_INSETS) !== 0) {
      x += relativeShift(p, c, rtl ? f.LEN_RIGHT : f.LEN_LEFT, rtl ? f.LEN_LEFT : f.LEN_RIGHT, areaW) * (rtl ? -1 : 1);
      y += relativeShift(p, c, f.LEN_TOP, f.LEN_BOTTOM, areaH);
    }
    assign(p, c, x, y, width, height, (flags & GF_DEFINITE) !== 0, areaW);
  }
}

/** The first item in the order of rows, or one of the first row that aligns by baseline (§10.6). */
function findBaseline(p: LayoutPass, g: GridFrame, top: number): void {
  const { scr } = p;
  let best = 0;
  let bestRank = Infinity;
  let firstRow = Infinity;
  for (let at = g.items; at < g.end; at += G_WORDS) if (scr[at + G_R0] < firstRow) firstRow = scr[at + G_R0];
  for (let at = g.items; at < g.end; at += G_WORDS) {
    if (scr[at + G_R0] !== firstRow) continue;
    const rank = scr[at + G_C0] - ((scr[at + G_FLAGS] & GF_BASELINE) !== 0 ? 4 * f.MAX_GRID_LINE : 0);
    if (rank >= bestRank) continue;
    bestRank = rank;
    best = at;
  }
  if (bestRank === Infinity) return;
  const flags = scr[best + G_FLAGS];
  p.baseChild = scr[best + G_SLOT];
  p.baseW = scr[best + G_WIDTH];
  p.baseH = scr[best + G_HEIGHT];
  p.baseDefinite = (flags & GF_DEFINITE) !== 0;
  p.baseCw = areaSize(scr, g.columns, scr[best + G_C0], scr[best + G_C1]);
  p.baseY = top + scr[g.rows.tracks + scr[best + G_R0] * T_WORDS + T_POS] + shiftY(scr, g, best);
}

/** From the top of its area to the item's border box. */
function shiftY(scr: Float64Array, g: GridFrame, at: number): number {
  const flags = scr[at + G_FLAGS];
  if ((flags & GF_BASELINE) !== 0) return scr[at + G_TOP] + scr[at + G_SHIM];
  const areaH = areaSize(scr, g.rows, scr[at + G_R0], scr[at + G_R1]);
  const free = areaH - scr[at + G_HEIGHT] - scr[at + G_TOP] - scr[at + G_BOTTOM];
  return scr[at + G_TOP] + offset(scr[at + G_ALIGN], free, (flags & GF_MARGIN_TOP) !== 0, (flags & GF_MARGIN_BOTTOM) !== 0);
}

/** Where in `free` cells an item begins: auto margins take what is positive, else it is aligned. */
function offset(align: number, free: number, autoStart: boolean, autoEnd: boolean): number {
  if (autoStart || autoEnd) {
    if (free <= 0 || !autoStart) return 0;
    return autoEnd ? free / 2 : free;
  }
  return alignOffset(align, free, false);
}

/** Places the absolute children, each in the area its lines name (§9). False when one is pending. */
function placeAbsolutes(
  p: LayoutPass,
  g: GridFrame,
  i: number,
  w: number,
  h: number,
  innerW: number,
  innerH: number,
  left: number,
  top: number,
): boolean {
  const { cap, u8, u32, i32, info } = p;
  const rtl = (g.bits & B_RTL) !== 0;
  const padLeft = left - border(p, i, rtl ? f.U8_BORDER_RIGHT : f.U8_BORDER_LEFT);
  const padTop = top - border(p, i, f.U8_BORDER_TOP);
  const boxW = w - border(p, i, f.U8_BORDER_LEFT) - border(p, i, f.U8_BORDER_RIGHT) - gutterWidth(p, i);
  const boxH = h - border(p, i, f.U8_BORDER_TOP) - border(p, i, f.U8_BORDER_BOTTOM) - gutterHeight(p, i);
  let done = true;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR) continue;
    if ((info[c * INFO + N_BITS] & (B_SKIP | B_ABSOLUTE | B_DOCK)) !== B_ABSOLUTE) continue;
    absoluteSides(p, g, g.columns, i32[f.I32_GRID_COLUMN_START * cap + c], i32[f.I32_GRID_COLUMN_END * cap + c]);
    const blockLeft = p.offset === p.offset ? padLeft + p.offset : 0;
    const blockRight = p.between === p.between ? padLeft + p.between : boxW;
    absoluteSides(p, g, g.rows, i32[f.I32_GRID_ROW_START * cap + c], i32[f.I32_GRID_ROW_END * cap + c]);
    const blockTop = p.offset === p.offset ? padTop + p.offset : 0;
    const blockBottom = p.between === p.between ? padTop + p.between : boxH;
    p.blockX = blockLeft;
    p.blockY = blockTop;
    p.blockW = blockRight > blockLeft ? blockRight - blockLeft : 0;
    p.blockH = blockBottom > blockTop ? blockBottom - blockTop : 0;
    if (!placeAbsolute(p, i, c, w, innerW, innerH, padLeft, padTop)) done = false;
  }
  return done;
}

/** Positions of the lines two words name into `offset` and `between`; NaN = the padding edge. */
function absoluteSides(p: LayoutPass, g: GridFrame, axis: GridAxis, startWord: number, endWord: number): void {
  let start = absoluteLine(p, g, axis, startWord, false);
  let end = absoluteLine(p, g, axis, endWord, true);
  if (start === start && end !== end && f.gridLineKind(endWord) === f.LINE_SPAN) end = start + f.gridLineNumber(endWord);
  if (end === end && start !== start && f.gridLineKind(startWord) === f.LINE_SPAN) start = end - f.gridLineNumber(startWord);
  if (start > end) {
    const line = start;
    start = end;
    end = line;
  } else if (start === end) end = start + 1;
  start += axis.origin;
  end += axis.origin;
  const { scr } = p;
  p.offset = NaN;
  p.between = NaN;
  if (start >= 0 && start <= axis.count) {
    if (start < axis.count) p.offset = scr[axis.tracks + start * T_WORDS + T_POS];
    else if (axis.count > 0) {
      const last = axis.tracks + (start - 1) * T_WORDS;
      p.offset = scr[last + T_POS] + scr[last + T_BASE];
    }
  }
  if (end >= 0 && end <= axis.count) {
    if (end > 0) {
      const last = axis.tracks + (end - 1) * T_WORDS;
      p.between = scr[last + T_POS] + scr[last + T_BASE];
    } else if (axis.count > 0) p.between = scr[axis.tracks + T_POS];
  }
}
