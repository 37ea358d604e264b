/**
 * Which scroll bars a container has. With overflow `scroll` the vertical one is always there; else a bar comes when
 * the content overflows and takes its cell from the content, which is then laid out once more:
 *
 *   lay out ─▶ does the content overflow beside the bars that are there? ─▶ bars come or go, lay out again
 *
 * From the second round on bars only come, so that content which overflows without a bar and fits beside one
 * settles (with the bar). Content that fits without a bar but not beside one keeps what it has: as in browsers,
 * a bar goes when the content fits beside it.
 */
import * as f from '../scene/index.ts';
import type { LayoutPass } from './pass.ts';

/** Rounds of layout for the sake of scroll bars in one run. */
const MAX_ROUNDS = 8;

/** Whether overflow is `scroll` or `auto` on the axis whose column is given. */
export function scrolls(p: LayoutPass, i: number, column: number): boolean {
  const overflow = p.u8[column * p.cap + i];
  return overflow === f.OVERFLOW_SCROLL || overflow === f.OVERFLOW_AUTO;
}

/** Brings the bars in line with a style that changed: those that must be there come, those that cannot be go. */
export function resetBars(p: LayoutPass, i: number): void {
  const at = f.U8_BARS * p.cap + i;
  const bars = p.u8[at];
  const wanted = (bars & possible(p, i)) | forced(p, i);
  if (wanted !== bars) p.u8[at] = wanted;
}

/**
 * Decides about bars after a layout with the present ones. True when it must be done again, with what
 * changed queued in the scene.
 */
export function settleBars(p: LayoutPass, round: number): boolean {
  const { barQueue, u8, u32, cap, scene } = p;
  let again = false;
  for (let k = 0; k < barQueue.length; k++) {
    const i = barQueue.slots[k];
    // Its bars changed already in this round: what is known of its content is from before that.
    if ((u32[f.U32_FLAGS * cap + i] & f.FLAG_STYLE_CHANGED) !== 0) continue;
    const at = f.U8_BARS * cap + i;
    const bars = u8[at];
    let wanted = forced(p, i) | (needed(p, i) & possible(p, i));
    if (round > 0) wanted |= bars;
    if (wanted === bars) continue;
    u8[at] = wanted;
    scene.queuePaint(i);
    if (u8[f.U8_SCROLLBAR * cap + i] === 0 || round >= MAX_ROUNDS) continue;
    scene.queueLayout(i, f.FLAG_STYLE_CHANGED);
    again = true;
  }
  return again;
}

function needed(p: LayoutPass, i: number): number {
  const { cap, f64 } = p;
  const box = f.readScrollBox(p.scene, i, scratch);
  const x = f.scrollRange(f64[f.F64_CONTENT_W * cap + i], box.clientWidth) > 0;
  const y = f.scrollRange(f64[f.F64_CONTENT_H * cap + i], box.clientHeight) > 0;
  return (x ? f.BAR_HORIZONTAL : 0) | (y ? f.BAR_VERTICAL : 0);
}

const scratch: f.ScrollBox = f.createScrollBox();

function possible(p: LayoutPass, i: number): number {
  const mode = p.u8[f.U8_SCROLLBAR_MODE * p.cap + i];
  if (mode === f.SCROLLBAR_UNSET || mode === f.SCROLLBAR_NONE) return 0;
  return (scrolls(p, i, f.U8_OVERFLOW_Y) ? f.BAR_VERTICAL : 0) | (scrolls(p, i, f.U8_OVERFLOW_X) ? f.BAR_HORIZONTAL : 0);
}

function forced(p: LayoutPass, i: number): number {
  const { cap, u8 } = p;
  const mode = u8[f.U8_SCROLLBAR_MODE * cap + i];
  if (mode === f.SCROLLBAR_ALWAYS) return possible(p, i);
  return mode === f.SCROLLBAR_AUTO && u8[f.U8_OVERFLOW_Y * cap + i] === f.OVERFLOW_SCROLL ? f.BAR_VERTICAL : 0;
}
