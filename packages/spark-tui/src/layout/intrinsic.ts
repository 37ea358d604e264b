/**
 * Min- and max-content width of a flex container: what its children ask for (CSS Flexbox §9.9), without
 * knowing any available space. Percentages count as auto (sizes) or zero (spacing) here.
 */
import * as f from '../scene/index.ts';
import {
  B_ABSOLUTE,
  B_ASPECT,
  B_BASIS,
  B_CLIP,
  B_CONTENT_BOX,
  B_GRID,
  B_GROW,
  B_HEIGHT,
  B_LEAF,
  B_LIMIT_H,
  B_LIMIT_W,
  B_MARGIN,
  B_ROW,
  B_SKIP,
  B_WIDTH,
  B_WRAP,
  clamp,
  gutterWidth,
  lengthOf,
  sizeOf,
  spaceOf,
} from './box-style.ts';
import { dockMinmax, hasDocks } from './dock.ts';
import { measure, minmax } from './measure.ts';
import {
  DEPTH_LIMIT,
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
  S_EVICTED,
  S_RATIO,
} from './pass.ts';
import { ratioHeight, ratioWidth, transferred } from './ratio.ts';

/** Computes R_LO and R_HI of a container. False when a child's answer is pending. */
export function flexMinmax(p: LayoutPass, i: number): boolean {
  const bits = p.info[i * INFO + N_BITS];
  const wrapsColumn = (bits & (B_WRAP | B_ROW)) === B_WRAP;
  p.info[i * INFO + N_STATE] &= ~S_RATIO;
  if (!gatherMinmax(p, i, wrapsColumn || ((bits & B_ROW) !== 0 && (bits & B_HEIGHT) !== 0) ? columnLimit(p, i) : NaN)) return false;
  const at = i * REC;
  p.rec[at + R_LO] = p.intrinsicLo;
  p.rec[at + R_HI] = p.intrinsicHi;
  return true;
}

/**
 * Min- and max-content width of a node in a known border-box height (NaN = unknown), into `intrinsicLo`
 * and `intrinsicHi`. Wrapping columns care about the height, and rows in which it gives a width through a
 * ratio. False when pending.
 */
export function minmaxAtHeight(p: LayoutPass, i: number, height: number): boolean {
  const ni = i * INFO;
  const at = i * REC;
  const bits = p.info[ni + N_BITS];
  const wrapsColumn = (bits & (B_WRAP | B_ROW | B_LEAF | B_GRID)) === B_WRAP;
  if (!wrapsColumn || height !== height) {
    if (!minmax(p, i)) return false;
    const byRatio = (p.info[ni + N_STATE] & S_RATIO) !== 0 && (bits & B_ROW) !== 0;
    if (!byRatio || height !== height) {
      p.intrinsicLo = p.rec[at + R_LO];
      p.intrinsicHi = p.rec[at + R_HI];
      return true;
    }
  }
  // This answer is not remembered, so "answers as before" cannot be proven for the node.
  p.info[ni + N_STATE] |= S_EVICTED;
  if (p.depth >= DEPTH_LIMIT) {
    // What it needs of its children is what `minmax` needs.
    p.request(i, NaN, 0);
    return false;
  }
  p.depth++;
  const limit = height - p.rec[at + R_EDGE_H];
  const done = gatherMinmax(p, i, limit > 0 ? limit : 0);
  p.depth--;
  return done;
}

function gatherMinmax(p: LayoutPass, i: number, limit: number): boolean {
  p.counters.visits++;
  const { cap, u32, u8, info } = p;
  const bits = info[i * INFO + N_BITS];
  const isRow = (bits & B_ROW) !== 0;
  const wraps = (bits & B_WRAP) !== 0;
  const gap = spaceOf(p, i, f.LEN_COLUMN_GAP, NaN);
  let lo = 0;
  let hi = 0;
  let count = 0;
  let done = true;
  let ratios = false;
  // Column wrap with a limit: widths of the lines so far, and of the line being filled.
  let lineHi = 0;
  let lineHeight = 0;
  let inLine = 0;
  let lines = 0;
  const rowGap = limit === limit ? spaceOf(p, i, f.LEN_ROW_GAP, NaN) : 0;
  for (let c = u32[f.U32_FIRST_CHILD * cap + i]; c !== 0; c = u32[f.U32_NEXT * cap + c]) {
    const childBits = info[c * INFO + N_BITS];
    if (u8[f.U8_KIND * cap + c] === f.KIND_ANCHOR || (childBits & (B_SKIP | B_ABSOLUTE)) !== 0) continue;
    count++;
    if ((childBits & B_ASPECT) !== 0 || (info[c * INFO + N_STATE] & S_RATIO) !== 0) ratios = true;
    if (!contribution(p, c, childBits, isRow, isRow && !wraps ? stretchedHeight(p, i, c, childBits, limit) : NaN)) {
      done = false;
      continue;
    }
    let childLo = p.contributionLo;
    const childHi = p.contributionHi;
    if (isRow && wraps && (childBits & B_BASIS) !== 0) {
      // The widest item of a wrapping row counts without its basis (as browsers do it; §9.9.1 is silent).
      if (!contribution(p, c, childBits, false, NaN)) {
        done = false;
        continue;
      }
      childLo = p.contributionLo;
    }
    if ((info[c * INFO + N_STATE] & S_RATIO) !== 0) ratios = true;
    if (isRow) {
      hi += childHi;
      if (wraps) lo = childLo > lo ? childLo : lo;
      else lo += childLo;
      continue;
    }
    lo = childLo > lo ? childLo : lo;
    if (limit !== limit) {
      hi = childHi > hi ? childHi : hi;
      continue;
    }
    const outer = outerHeight(p, c, childBits, childHi, limit);
    if (outer === PENDING) {
      done = false;
      continue;
    }
    if (inLine > 0 && lineHeight + rowGap + outer > limit + 1 / 1024) {
      hi += lineHi;
      lines++;
      lineHi = 0;
      lineHeight = 0;
      inLine = 0;
    }
    lineHeight += outer + (inLine > 0 ? rowGap : 0);
    inLine++;
    lineHi = childHi > lineHi ? childHi : lineHi;
  }
  if (ratios) info[i * INFO + N_STATE] |= S_RATIO;
  if (!done) return false;
  if (limit === limit && !isRow) hi += lineHi + gap * lines;
  if (isRow && count > 1) {
    hi += gap * (count - 1);
    if (!wraps) lo += gap * (count - 1);
  }
  const at = i * REC;
  const edge = p.rec[at + R_EDGE_W] + gutterWidth(p, i);
  p.intrinsicLo = lo > 0 ? lo : 0;
  p.intrinsicHi = hi > p.intrinsicLo ? hi : p.intrinsicLo;
  if (hasDocks(p, i) && !dockMinmax(p, i)) return false;
  p.intrinsicLo += edge;
  p.intrinsicHi += edge;
  return true;
}

/**
 * What one child adds to its parent's min- and max-content width, margins included, into
 * `contributionLo` and `contributionHi`. `stretched` is the height it will be given, or NaN. False when
 * pending.
 */
export function contribution(p: LayoutPass, c: number, bits: number, inRow: boolean, stretched: number): boolean {
  const rec = p.rec;
  const edge = rec[c * REC + R_EDGE_W];
  let preferred = NaN;
  let keyword = f.UNIT_AUTO;
  if ((bits & B_WIDTH) !== 0) {
    preferred = sizeOf(p, c, f.LEN_WIDTH, NaN, edge);
    keyword = p.u8[f.LEN_WIDTH * p.cap + c];
  }
  let height = stretched;
  let byRatio = false;
  if (preferred !== preferred && (bits & B_ASPECT) !== 0 && ((bits & B_HEIGHT) !== 0 || stretched === stretched)) {
    if (height !== height) height = sizeOf(p, c, f.LEN_HEIGHT, NaN, rec[c * REC + R_EDGE_H]);
    if (height === height) {
      preferred = ratioWidth(p, c, height, edge, rec[c * REC + R_EDGE_H]);
      if (preferred === PENDING) return false;
      byRatio = true;
    }
  }
  let basis = NaN;
  if (inRow && (bits & B_BASIS) !== 0) {
    basis = lengthOf(p, c, f.LEN_BASIS, NaN);
    if ((bits & B_CONTENT_BOX) !== 0) basis += edge;
    if (basis < edge) basis = edge;
  }
  let min = NaN;
  let max = Infinity;
  if ((bits & B_LIMIT_W) !== 0) {
    min = sizeOf(p, c, f.LEN_MIN_WIDTH, NaN, edge);
    max = sizeOf(p, c, f.LEN_MAX_WIDTH, NaN, edge);
    if (max !== max) max = Infinity;
  }
  let lo = preferred;
  let hi = preferred;
  const automatic = basis === basis && min !== min && (bits & B_CLIP) === 0;
  if (preferred !== preferred || automatic) {
    if (!minmax(p, c)) return false;
    if (preferred !== preferred) {
      let contentLo = rec[c * REC + R_LO];
      let contentHi = rec[c * REC + R_HI];
      if (stretched === stretched && (p.info[c * INFO + N_STATE] & S_RATIO) !== 0) {
        if (!minmaxAtHeight(p, c, stretched)) return false;
        contentLo = p.intrinsicLo;
        contentHi = p.intrinsicHi;
      }
      lo = keyword === f.UNIT_MAX_CONTENT ? contentHi : contentLo;
      hi = keyword === f.UNIT_MIN_CONTENT ? contentLo : contentHi;
      if ((bits & B_ASPECT) !== 0) {
        lo = transferred(p, c, lo, NaN, edge, rec[c * REC + R_EDGE_H]);
        hi = transferred(p, c, hi, NaN, edge, rec[c * REC + R_EDGE_H]);
      }
    }
    if (automatic) {
      const content = rec[c * REC + R_LO];
      min = byRatio || preferred < content ? preferred : content;
      if (min > max) min = max;
    }
  }
  if (basis === basis) {
    if ((bits & B_GROW) === 0) {
      lo = lo < basis ? lo : basis;
      hi = hi < basis ? hi : basis;
    }
    if (p.f32[f.F32_SHRINK_LESS * p.cap + c] >= 1) {
      lo = lo > basis ? lo : basis;
      hi = hi > basis ? hi : basis;
    }
  }
  if (min !== min) min = edge;
  let margins = 0;
  if ((bits & B_MARGIN) !== 0) {
    margins = spaceOf(p, c, f.LEN_MARGIN_LEFT, NaN) + spaceOf(p, c, f.LEN_MARGIN_RIGHT, NaN);
  }
  p.contributionLo = clamp(lo, min, max) + margins;
  p.contributionHi = clamp(hi, min, max) + margins;
  return true;
}

/** Height a row `inner` cells high gives to a child that it stretches, limits applied; else NaN. */
function stretchedHeight(p: LayoutPass, i: number, c: number, bits: number, inner: number): number {
  if (inner !== inner) return NaN;
  const { cap, u8 } = p;
  const edge = p.rec[c * REC + R_EDGE_H];
  let height = (bits & B_HEIGHT) !== 0 ? sizeOf(p, c, f.LEN_HEIGHT, inner, edge) : NaN;
  if (height !== height) {
    let align = u8[f.U8_ALIGN_SELF * cap + c];
    if (align === f.ALIGN_DEFAULT) align = u8[f.U8_ALIGN_ITEMS * cap + i];
    if (align !== f.ALIGN_DEFAULT && align !== f.ALIGN_NORMAL && align !== f.ALIGN_STRETCH) return NaN;
    if (u8[f.LEN_HEIGHT * cap + c] !== f.UNIT_AUTO) return NaN;
    if (u8[f.LEN_MARGIN_TOP * cap + c] === f.UNIT_MARGIN_AUTO || u8[f.LEN_MARGIN_BOTTOM * cap + c] === f.UNIT_MARGIN_AUTO) return NaN;
    height = inner - spaceOf(p, c, f.LEN_MARGIN_TOP, NaN) - spaceOf(p, c, f.LEN_MARGIN_BOTTOM, NaN);
  }
  let min = edge;
  let max = Infinity;
  if ((bits & B_LIMIT_H) !== 0) {
    const least = sizeOf(p, c, f.LEN_MIN_HEIGHT, inner, edge);
    const most = sizeOf(p, c, f.LEN_MAX_HEIGHT, inner, edge);
    if (least === least) min = least;
    if (most === most) max = most;
  }
  return clamp(height, min, max);
}

/** Height at which a wrapping column starts a new line, or NaN when it never does. */
export function columnLimit(p: LayoutPass, i: number): number {
  const edge = p.rec[i * REC + R_EDGE_H];
  const bits = p.info[i * INFO + N_BITS];
  let limit = (bits & B_HEIGHT) !== 0 ? sizeOf(p, i, f.LEN_HEIGHT, NaN, edge) : NaN;
  if ((bits & B_LIMIT_H) !== 0) {
    const max = sizeOf(p, i, f.LEN_MAX_HEIGHT, NaN, edge);
    const min = sizeOf(p, i, f.LEN_MIN_HEIGHT, NaN, edge);
    if (max === max && !(limit < max)) limit = max;
    if (limit < min) limit = min;
  }
  return limit - edge;
}

/** Outer height of a child of a wrapping column whose outer width is `outerWidth`. Or PENDING. */
function outerHeight(p: LayoutPass, c: number, bits: number, outerWidth: number, base: number): number {
  const edge = p.rec[c * REC + R_EDGE_H];
  let marginX = 0;
  let marginY = 0;
  if ((bits & B_MARGIN) !== 0) {
    marginX = spaceOf(p, c, f.LEN_MARGIN_LEFT, NaN) + spaceOf(p, c, f.LEN_MARGIN_RIGHT, NaN);
    marginY = spaceOf(p, c, f.LEN_MARGIN_TOP, NaN) + spaceOf(p, c, f.LEN_MARGIN_BOTTOM, NaN);
  }
  const width = outerWidth - marginX;
  let preferred = (bits & B_HEIGHT) !== 0 ? sizeOf(p, c, f.LEN_HEIGHT, base, edge) : NaN;
  if (preferred !== preferred && (bits & B_ASPECT) !== 0) {
    preferred = ratioHeight(p, c, width, 0, p.rec[c * REC + R_EDGE_W], edge);
    if (preferred === PENDING) return PENDING;
  }
  let height = (bits & B_BASIS) !== 0 ? sizeOf(p, c, f.LEN_BASIS, base, edge) : NaN;
  if (height !== height) height = preferred;
  let min = NaN;
  let max = NaN;
  if ((bits & B_LIMIT_H) !== 0) {
    min = sizeOf(p, c, f.LEN_MIN_HEIGHT, base, edge);
    max = sizeOf(p, c, f.LEN_MAX_HEIGHT, base, edge);
  }
  const automatic = min !== min && (bits & B_CLIP) === 0 && height !== preferred;
  if (height !== height || automatic) {
    const content = measure(p, c, width, 0);
    if (content === PENDING) return PENDING;
    if (automatic) min = preferred < content ? preferred : content;
    if (height !== height) height = content;
  }
  if (height > max) height = max;
  if (height < min) height = min < max || max !== max ? min : max;
  const outer = height + marginY;
  return outer > 0 ? outer : 0;
}
