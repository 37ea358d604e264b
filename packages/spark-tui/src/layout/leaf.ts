/**
 * Leaves: text runs of the scene and nodes that a `LeafMeasure` measures.
 *
 * Text wraps at floor(content width + 1/64): snapping gives a box either the floor or the ceiling of its
 * width, so wrapped text fits wherever the box ends up, and wrapping does not depend on position.
 */
import * as f from '../scene/index.ts';
import { WRAP_NONE, WRAP_WORD, wrappedHeight } from '../text/index.ts';
import { B_CUSTOM, edgeWidth, gutterWidth } from './box-style.ts';
import { INFO, type LayoutPass, N_BITS, R_EDGE_W, R_HI, R_LO, REC } from './pass.ts';

/** Min- and max-content width of a leaf into its record. */
export function leafMinmax(p: LayoutPass, i: number): void {
  const at = i * REC;
  const edge = p.rec[at + R_EDGE_W] + gutterWidth(p, i);
  let lo = 0;
  let hi = 0;
  if ((p.info[i * INFO + N_BITS] & B_CUSTOM) !== 0) {
    if (p.leafMeasure !== null) {
      lo = p.leafMeasure.minWidth(i);
      hi = p.leafMeasure.maxWidth(i);
    }
  } else {
    const { cap, u32 } = p;
    hi = u32[f.U32_RUN_MAX_WIDTH * cap + i];
    const mode = p.u8[f.U8_TEXT_WRAP * cap + i];
    lo = mode === f.TEXT_WRAP ? u32[f.U32_RUN_MIN_WIDTH * cap + i] : mode === f.TEXT_NOWRAP ? hi : 0;
  }
  p.rec[at + R_LO] = edge + lo;
  p.rec[at + R_HI] = edge + (hi > lo ? hi : lo);
}

/** Height of a leaf's content when its border box is `w` wide. An empty text has one line. */
export function leafHeight(p: LayoutPass, i: number, w: number, cw: number): number {
  p.counters.measures++;
  const inner = w - edgeWidth(p, i, cw) - gutterWidth(p, i);
  const contentWidth = inner > 0 ? inner : 0;
  if ((p.info[i * INFO + N_BITS] & B_CUSTOM) !== 0) {
    return p.leafMeasure === null ? 0 : p.leafMeasure.height(i, contentWidth);
  }
  const { cap, u32 } = p;
  const length = u32[f.U32_RUN_LENGTH * cap + i];
  if (length === 0) return 1;
  const cells = Math.floor(contentWidth + 1 / 64);
  const mode = p.u8[f.U8_TEXT_WRAP * cap + i];
  if (mode !== f.TEXT_WRAP || u32[f.U32_RUN_MAX_WIDTH * cap + i] <= cells) {
    const lines = u32[f.U32_RUN_HARD_LINES * cap + i];
    return lines > 1 ? lines : 1;
  }
  const offset = u32[f.U32_RUN_OFFSET * cap + i];
  const lines = wrappedHeight(p.words, offset, offset + length, cells, mode === f.TEXT_WRAP ? WRAP_WORD : WRAP_NONE);
  return lines > 1 ? lines : 1;
}
