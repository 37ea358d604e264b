/**
 * Draws scroll bars. The thumb is as fine as eighths of a cell: block glyphs fill a cell from below (from the
 * left), so the thumb's other end is the same glyph with colours swapped, which needs no known background.
 *
 *   vertical thumb     ▃  first cell: lower part      horizontal     🮐 first cell: right part (inverse ▍)
 *                      █                                             █
 *                      ▅  last cell: upper part (inverse)            ▍ last cell: left part
 *
 * The cells belong to the container (owner plane), so a press on them hits it.
 */
import { ATTR_INVERSE, COLOR_DEFAULT, withOpacity } from '../style/index.ts';
import { GLYPH_WIDTH_SHIFT } from '../cells/index.ts';
import * as s from '../scene/index.ts';
import type { Clip } from './paint-border.ts';
import type { Surface } from './surface.ts';

const NARROW = 1 << GLYPH_WIDTH_SHIFT;
/** ▁ is U+2581 … █ is U+2588: eighths from below. */
const LOWER_BLOCKS = 0x2580;
/** ▏ is U+258F, then down to █ U+2588: eighths from the left. */
const LEFT_BLOCKS = 0x2590;

const bar: s.ScrollBar = s.createScrollBar();

/** Draws the bars of `slot` inside `clip`. `fg` is the text colour the container hands on. */
export function paintScrollBars(scene: s.Scene, surface: Surface, clip: Clip, slot: number, fg: number, opacity: number): void {
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const own = u32[s.U32_SCROLLBAR_FG * cap + slot];
  const track = withFade(u32[s.U32_SCROLLBAR_TRACK * cap + slot], opacity);
  const thumb = withFade(own === 0 ? (fg === 0 ? COLOR_DEFAULT : fg) : own, opacity);
  if (s.readScrollBar(scene, slot, s.BAR_VERTICAL, bar)) {
    paintBar(surface, clip, bar, thumb, track, true, isCovering(scene, slot, true));
  }
  if (s.readScrollBar(scene, slot, s.BAR_HORIZONTAL, bar)) {
    paintBar(surface, clip, bar, thumb, track, false, isCovering(scene, slot, false));
  }
}

/** Keeps children out of the cells of the bars: x0, y0, x1, y1 at `clip[at]`. */
export function clipByBars(scene: s.Scene, slot: number, clip: Int32Array, at: number): void {
  if (s.readScrollBar(scene, slot, s.BAR_VERTICAL, bar)) {
    if (scene.u8.array[s.U8_DIRECTION * scene.capacity + slot] !== 0) clip[at] = Math.max(clip[at], bar.x + 1);
    else clip[at + 2] = Math.min(clip[at + 2], bar.x);
  }
  if (s.readScrollBar(scene, slot, s.BAR_HORIZONTAL, bar)) clip[at + 3] = Math.min(clip[at + 3], bar.y);
}

/** Whether an overlay bar stands on a border, whose line shows where there is no thumb. */
function isCovering(scene: s.Scene, slot: number, vertical: boolean): boolean {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  if (u8[s.U8_SCROLLBAR_MODE * cap + slot] !== s.SCROLLBAR_OVERLAY) return false;
  const rtl = u8[s.U8_DIRECTION * cap + slot] !== 0;
  return u8[(vertical ? (rtl ? s.U8_BORDER_LEFT : s.U8_BORDER_RIGHT) : s.U8_BORDER_BOTTOM) * cap + slot] !== 0;
}

function paintBar(
  surface: Surface,
  clip: Clip,
  { x, y, lengthCells, thumbStart, thumbEnd }: s.ScrollBar,
  thumb: number,
  track: number,
  vertical: boolean,
  covering: boolean,
): void {
  const x1 = vertical ? x + 1 : x + lengthCells;
  const y1 = vertical ? y + lengthCells : y + 1;
  const left = Math.max(x, clip.x0);
  const right = Math.min(x1, clip.x1);
  const top = Math.max(y, clip.y0);
  const bottom = Math.min(y1, clip.y1);
  if (left >= right || top >= bottom) return;
  if (track !== 0 && !covering) surface.fill(left, top, right, bottom, track);
  const first = vertical ? top - y : left - x;
  const last = vertical ? bottom - y : right - x;
  for (let cell = first; cell < last; cell++) {
    // What of this cell the thumb covers, in eighths.
    const from = Math.max(0, thumbStart - cell * 8);
    const to = Math.min(8, thumbEnd - cell * 8);
    if (from >= to) continue;
    const cx = vertical ? x : x + cell;
    const cy = vertical ? y + cell : y;
    // Vertical blocks grow from the end of the cell, horizontal ones from its beginning.
    const eighths = vertical ? 8 - from : to;
    if (from === 0 && to === 8) surface.glyph(cx, cy, 0x2588 | NARROW, thumb, 0);
    else if (vertical ? to === 8 : from === 0) {
      surface.glyph(cx, cy, (vertical ? LOWER_BLOCKS + eighths : LEFT_BLOCKS - eighths) | NARROW, thumb, 0);
    } else surface.glyph(cx, cy, (vertical ? LOWER_BLOCKS + (8 - to) : LEFT_BLOCKS - from) | NARROW, thumb, ATTR_INVERSE);
  }
}

function withFade(color: number, opacity: number): number {
  return opacity < 1 && color !== 0 ? withOpacity(color, opacity) : color;
}
