/**
 * Would a new text take the height of the old one? Then its change is paint dirt only. Asked when the
 * widest line and the longest word are already known to be the same.
 */
import { type RunBuilder, wrappedHeight, WRAP_NONE, WRAP_WORD } from '../text/index.ts';
import * as f from './fields.ts';
import type { Scene } from './scene.ts';

/** True when the run in `next` wraps to as many lines as the one the node has, at the node's present width. */
export function sameWrappedHeight(scene: Scene, slot: number, next: RunBuilder): boolean {
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const width = contentWidth(scene, slot);
  if (width < 0) return false;
  if (u32[f.U32_RUN_HARD_LINES * cap + slot] === 1 && next.hardLines === 1 && next.maxWidthCells <= width) return true;
  const mode = scene.u8.array[f.U8_TEXT_WRAP * cap + slot] === f.TEXT_WRAP ? WRAP_WORD : WRAP_NONE;
  const offset = u32[f.U32_RUN_OFFSET * cap + slot];
  const length = u32[f.U32_RUN_LENGTH * cap + slot];
  return (
    wrappedHeight(scene.runs.words, offset, offset + length, width, mode) ===
    wrappedHeight(next.words, 0, next.length, width, mode)
  );
}

/** Width text wraps at: the content box before snapping, floor(w + 1/64). -1 when percentages decide it. */
function contentWidth(scene: Scene, slot: number): number {
  const cap = scene.capacity;
  const f32 = scene.f32.array;
  const u8 = scene.u8.array;
  if (u8[f.LEN_PADDING_LEFT * cap + slot] > f.UNIT_CELLS || u8[f.LEN_PADDING_RIGHT * cap + slot] > f.UNIT_CELLS) return -1;
  const borders = (u8[f.U8_BORDER_LEFT * cap + slot] !== 0 ? 1 : 0) + (u8[f.U8_BORDER_RIGHT * cap + slot] !== 0 ? 1 : 0);
  const padding = f32[f.LEN_PADDING_LEFT * cap + slot] + f32[f.LEN_PADDING_RIGHT * cap + slot];
  return Math.max(0, Math.floor(scene.f64.array[f.F64_W * cap + slot] - padding - borders + 1 / 64));
}
