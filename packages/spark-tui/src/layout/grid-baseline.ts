/**
 * Baseline alignment in the rows of a grid (CSS Grid §10.6, §12.5 step 1): items that begin in the same row
 * and align by baseline share one; G_SHIM is what an item is moved down by to reach it, and counts as
 * margin while the rows are sized.
 */
import * as f from '../scene/index.ts';
import { B_HEIGHT, clamp } from './box-style.ts';
import { baseline } from './baseline.ts';
import { areaSize, itemHeight } from './grid-contributions.ts';
import {
  G_ALIGN,
  G_BASELINE,
  G_C0,
  G_C1,
  G_FLAGS,
  G_R0,
  G_SHIM,
  G_SLOT,
  G_TOP,
  G_WIDTH,
  G_WORDS,
  GF_BASELINE,
  GF_CONTENT,
  GF_DEFINITE,
  GF_MARGIN_BOTTOM,
  GF_MARGIN_TOP,
  type GridFrame,
} from './grid-frame.ts';
import { INFO, type LayoutPass, N_BITS, PENDING } from './pass.ts';

/** Sets G_SHIM of all items. False when an answer is pending. */
export function gridBaselines(p: LayoutPass, g: GridFrame): boolean {
  let done = true;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const { scr } = p;
    const flags = scr[at + G_FLAGS];
    if (scr[at + G_ALIGN] !== f.ALIGN_BASELINE || (flags & (GF_MARGIN_TOP | GF_MARGIN_BOTTOM)) !== 0) continue;
    const c = scr[at + G_SLOT];
    const bits = p.info[c * INFO + N_BITS];
    // A height that depends on the row it helps to size takes no part (§10.6).
    if ((bits & B_HEIGHT) !== 0 && (flags & GF_CONTENT) !== 0 && p.u8[f.LEN_HEIGHT * p.cap + c] === f.UNIT_PERCENT) continue;
    const areaW = areaSize(scr, g.columns, scr[at + G_C0], scr[at + G_C1]);
    const height = itemHeight(p, g, at, c, bits, areaW, NaN, true);
    if (height === PENDING) {
      done = false;
      continue;
    }
    const definite = (p.scr[at + G_FLAGS] & GF_DEFINITE) !== 0;
    const own = baseline(p, c, p.scr[at + G_WIDTH], height, definite, areaW);
    if (own === PENDING) {
      done = false;
      continue;
    }
    p.scr[at + G_FLAGS] |= GF_BASELINE;
    p.scr[at + G_BASELINE] = p.scr[at + G_TOP] + own;
  }
  if (!done) return false;
  const { scr } = p;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    if ((scr[at + G_FLAGS] & GF_BASELINE) === 0) continue;
    let most = scr[at + G_BASELINE];
    for (let other = g.items; other < g.end; other += G_WORDS) {
      if ((scr[other + G_FLAGS] & GF_BASELINE) === 0 || scr[other + G_R0] !== scr[at + G_R0]) continue;
      if (scr[other + G_BASELINE] > most) most = scr[other + G_BASELINE];
    }
    scr[at + G_SHIM] = clamp(most - scr[at + G_BASELINE], 0, Infinity);
  }
  return true;
}
