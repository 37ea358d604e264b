/**
 * First baselines (CSS Align §9.3, Flexbox §8.5, Grid §10.6): how far below the top of its border box the
 * first line of a node's content stands. A terminal's line of text has its baseline at its lower edge.
 *
 * The last answer of a node is remembered with everything it depends on. Whether an answer still holds
 * after a change is not proven: who was asked always reaches its parent when its content changes.
 */
import * as f from '../scene/index.ts';
import { B_CLIP, B_CUSTOM, B_GRID, B_LEAF, B_PERCENT_EDGE, border, clamp, edgeWidth, padding } from './box-style.ts';
import { flexBaseline } from './flex.ts';
import { gridBaseline } from './grid.ts';
import {
  DEPTH_LIMIT,
  INFO,
  type LayoutPass,
  N_BITS,
  N_STATE,
  PENDING,
  R_BASE,
  R_BASE_CW,
  R_BASE_H,
  R_BASE_HDEF,
  R_BASE_W,
  REC,
  S_BASELINE,
  S_EVICTED,
} from './pass.ts';

/** Baseline of a node whose border box is `w` × `h`; its lower edge when there is none. Or PENDING. */
export function baseline(p: LayoutPass, i: number, w: number, h: number, hDef: boolean, cw: number): number {
  const ni = i * INFO;
  const at = i * REC;
  const { rec, info } = p;
  const bits = info[ni + N_BITS];
  if ((bits & B_PERCENT_EDGE) === 0) cw = 0;
  const definite = hDef ? 1 : 0;
  if (
    (info[ni + N_STATE] & S_BASELINE) !== 0 &&
    rec[at + R_BASE_W] === w &&
    rec[at + R_BASE_H] === h &&
    rec[at + R_BASE_CW] === cw &&
    rec[at + R_BASE_HDEF] === definite
  ) {
    return rec[at + R_BASE];
  }
  let result: number;
  if ((bits & B_LEAF) !== 0) {
    result = leafBaseline(p, i, w, cw, bits);
    if (result !== result) result = h;
  } else {
    if (p.depth >= DEPTH_LIMIT) {
      p.request(i, w, cw, h, definite);
      return PENDING;
    }
    p.depth++;
    p.counters.visits++;
    const found = (bits & B_GRID) !== 0 ? gridBaseline(p, i, w, h, hDef, cw) : flexBaseline(p, i, w, h, hDef, cw);
    if (found === PENDING) result = PENDING;
    else if (p.baseChild === 0) result = h;
    else {
      const y = p.baseY;
      const inner = baseline(p, p.baseChild, p.baseW, p.baseH, p.baseDefinite, p.baseCw);
      result = inner === PENDING ? PENDING : y + inner;
    }
    p.depth--;
    if (result === PENDING) return PENDING;
  }
  // The content of a scroll container may lie anywhere: its baseline stays in its box.
  if ((bits & B_CLIP) !== 0) result = clamp(result, 0, h);
  // A baseline above the box is told from PENDING by never being exactly that.
  if (result === PENDING) result = PENDING + 1e-9;
  rec[at + R_BASE_W] = w;
  rec[at + R_BASE_H] = h;
  rec[at + R_BASE_CW] = cw;
  rec[at + R_BASE_HDEF] = definite;
  rec[at + R_BASE] = result;
  info[ni + N_STATE] |= S_BASELINE | S_EVICTED;
  return result;
}

function leafBaseline(p: LayoutPass, i: number, w: number, cw: number, bits: number): number {
  const top = border(p, i, f.U8_BORDER_TOP) + padding(p, i, f.LEN_PADDING_TOP, cw);
  if ((bits & B_CUSTOM) === 0) return top + 1;
  const inner = w - edgeWidth(p, i, cw);
  const own = p.leafMeasure?.baseline?.(i, inner > 0 ? inner : 0);
  return own === undefined ? NaN : top + own;
}
