/**
 * The two questions a parent may ask, each answered from a cache when it can be:
 *
 *   minmax(i)          min- and max-content width of the border box   one entry a node
 *   measure(i, w, cw)  height of the border box at width w            ring of four entries a node
 *
 * Width is always decided before height, which keeps the cost linear in the size of the tree. `cw`, the
 * containing width, is part of the question only for nodes with percent padding (else it counts as 0).
 * At DEPTH_LIMIT levels of recursion the question is put aside (`LayoutPass.request`) and the answer is
 * "pending"; whoever gets that gives up too, after asking all other questions of the same stage.
 */
import { B_GRID, B_LEAF, B_PERCENT_EDGE, edgeHeight, gutterHeight } from './box-style.ts';
import { baseline } from './baseline.ts';
import { flexLayout } from './flex.ts';
import { gridLayout, gridMinmax } from './grid.ts';
import { flexMinmax } from './intrinsic.ts';
import { leafHeight, leafMinmax } from './leaf.ts';
import {
  DEPTH_LIMIT,
  INFO,
  type LayoutPass,
  MAX_SIZE,
  N_BITS,
  N_RING_AT,
  N_RING_LENGTH,
  N_STATE,
  PENDING,
  R_HI,
  R_LO,
  R_RING,
  REC,
  RING_ENTRIES,
  RING_WORDS,
  S_BASELINE,
  S_EVICTED,
  S_MINMAX,
} from './pass.ts';

/** Makes R_LO and R_HI of a node valid. False when pending. */
export function minmax(p: LayoutPass, i: number): boolean {
  const ni = i * INFO;
  const info = p.info;
  if ((info[ni + N_STATE] & S_MINMAX) !== 0) return true;
  if ((info[ni + N_BITS] & B_LEAF) !== 0) {
    leafMinmax(p, i);
  } else {
    if (p.depth >= DEPTH_LIMIT) {
      p.request(i, NaN, 0);
      return false;
    }
    p.depth++;
    const done = (info[ni + N_BITS] & B_GRID) !== 0 ? gridMinmax(p, i) : flexMinmax(p, i);
    p.depth--;
    if (!done) return false;
  }
  const at = i * REC;
  if (p.rec[at + R_LO] > MAX_SIZE) p.rec[at + R_LO] = MAX_SIZE;
  if (p.rec[at + R_HI] > MAX_SIZE) p.rec[at + R_HI] = MAX_SIZE;
  info[ni + N_STATE] |= S_MINMAX;
  return true;
}

/** Height of the border box at border-box width `w`; not yet limited by min and max. Or PENDING. */
export function measure(p: LayoutPass, i: number, w: number, cw: number): number {
  const ni = i * INFO;
  const info = p.info;
  const rec = p.rec;
  const bits = info[ni + N_BITS];
  if ((bits & B_PERCENT_EDGE) === 0) cw = 0;
  const ring = i * REC + R_RING;
  const length = info[ni + N_RING_LENGTH];
  for (let k = 0; k < length; k++) {
    const at = ring + k * RING_WORDS;
    if (rec[at] === w && rec[at + 1] === cw) return rec[at + 2];
  }
  const height = compute(p, i, w, cw, bits);
  if (height === PENDING) return PENDING;
  const slot = info[ni + N_RING_AT];
  const at = ring + slot * RING_WORDS;
  rec[at] = w;
  rec[at + 1] = cw;
  rec[at + 2] = height;
  info[ni + N_RING_AT] = (slot + 1) % RING_ENTRIES;
  if (length < RING_ENTRIES) info[ni + N_RING_LENGTH] = length + 1;
  else info[ni + N_STATE] |= S_EVICTED;
  return height;
}

function compute(p: LayoutPass, i: number, w: number, cw: number, bits: number): number {
  p.counters.visits++;
  let height: number;
  if ((bits & B_LEAF) !== 0) {
    height = edgeHeight(p, i, cw) + gutterHeight(p, i) + leafHeight(p, i, w, cw);
  } else {
    if (p.depth >= DEPTH_LIMIT) {
      p.request(i, w, cw);
      return PENDING;
    }
    p.depth++;
    height = (bits & B_GRID) !== 0 ? gridLayout(p, i, w, NaN, false, cw, false) : flexLayout(p, i, w, NaN, false, cw, false);
    p.depth--;
    if (height === PENDING) return PENDING;
  }
  return height > MAX_SIZE ? MAX_SIZE : height;
}

/** Computes what was put aside at the limit of depth. */
export function drainRequests(p: LayoutPass): void {
  p.drain(minmax, measure, baseline);
}

/** Forgets everything remembered about a node's size. */
export function forgetMeasures(p: LayoutPass, i: number): void {
  const ni = i * INFO;
  p.info[ni + N_STATE] &= ~(S_MINMAX | S_EVICTED | S_BASELINE);
  p.info[ni + N_RING_AT] = 0;
  p.info[ni + N_RING_LENGTH] = 0;
}

/**
 * Asks a node again everything it has answered, and says whether all answers came out as before. The
 * old answers are replaced; on a difference the remaining ones are forgotten. Null when pending.
 */
export function measuresHold(p: LayoutPass, i: number): boolean | null {
  const ni = i * INFO;
  const { info, rec } = p;
  const at = i * REC;
  const bits = info[ni + N_BITS];
  if ((info[ni + N_STATE] & S_MINMAX) !== 0) {
    const lo = rec[at + R_LO];
    const hi = rec[at + R_HI];
    info[ni + N_STATE] &= ~S_MINMAX;
    if (!minmax(p, i)) {
      rec[at + R_LO] = lo;
      rec[at + R_HI] = hi;
      info[ni + N_STATE] |= S_MINMAX;
      return null;
    }
    if (rec[at + R_LO] !== lo || rec[at + R_HI] !== hi) return false;
  }
  const length = info[ni + N_RING_LENGTH];
  for (let k = 0; k < length; k++) {
    const entry = at + R_RING + k * RING_WORDS;
    const height = compute(p, i, rec[entry], rec[entry + 1], bits);
    if (height === PENDING) return null;
    if (height !== rec[entry + 2]) return false;
  }
  return true;
}
