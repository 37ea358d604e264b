/**
 * Geometry of a scroll container, read from its columns: the window its content shows through, how far it
 * can be scrolled, and where its scroll bars stand. Shared by layout (ranges), paint (drawing bars) and
 * events (wheel, keys, dragging the thumb), so that what is drawn is what is hit.
 *
 *   ┌──────────────── border box ─┐
 *   │ client window          │ V  │   V: vertical bar, H: horizontal bar; where both are, the corner is blank.
 *   │                        │    │   Right to left the vertical bar stands at the left. Overlay bars stand
 *   ├────────────────────────┼────┤   on the border where there is one.
 *   │ H                      │    │
 *   └────────────────────────┴────┘
 *
 * Offsets count from where content begins, which is the right (the bottom) when it flows from there.
 */
import * as f from './fields.ts';
import type { Scene } from './scene.ts';

/** Furthest offset for content that is `content` long in a window of `client` cells. */
export function scrollRange(content: number, client: number): number {
  const range = Math.ceil(content - client - 1 / 64);
  return range > 0 ? range : 0;
}

/** A scroll container as laid out last. `x0 … y1` is the client window in screen cells (right and bottom exclusive). */
export interface ScrollBox {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** Extents of the window and of the content in cells, before snapping. */
  clientWidth: number;
  clientHeight: number;
  contentWidth: number;
  contentHeight: number;
  /** Furthest offsets. */
  maxX: number;
  maxY: number;
  /** Offsets, held within the range. */
  x: number;
  y: number;
  /** 1, or -1 where offsets grow to the left (upwards). */
  signX: 1 | -1;
  signY: 1 | -1;
}

/** A box to be filled by `readScrollBox`. */
export function createScrollBox(): ScrollBox {
  return { x0: 0, y0: 0, x1: 0, y1: 0, clientWidth: 0, clientHeight: 0, contentWidth: 0, contentHeight: 0, maxX: 0, maxY: 0, x: 0, y: 0, signX: 1, signY: 1 };
}

/** Reads the scroll container `slot` into `out`. */
export function readScrollBox(scene: Scene, slot: number, out: ScrollBox): ScrollBox {
  const cap = scene.capacity;
  const i32 = scene.i32.array;
  const f64 = scene.f64.array;
  const u8 = scene.u8.array;
  const left = borderCells(scene, slot, f.U8_BORDER_LEFT);
  const right = borderCells(scene, slot, f.U8_BORDER_RIGHT);
  const top = borderCells(scene, slot, f.U8_BORDER_TOP);
  const bottom = borderCells(scene, slot, f.U8_BORDER_BOTTOM);
  const gutterX = barGutter(scene, slot, f.BAR_VERTICAL);
  const gutterY = barGutter(scene, slot, f.BAR_HORIZONTAL);
  const rtl = u8[f.U8_DIRECTION * cap + slot] !== 0;
  const x = i32[f.I32_X * cap + slot];
  const y = i32[f.I32_Y * cap + slot];
  out.x0 = x + left + (rtl ? gutterX : 0);
  out.x1 = Math.max(out.x0, x + i32[f.I32_W * cap + slot] - right - (rtl ? 0 : gutterX));
  out.y0 = y + top;
  out.y1 = Math.max(out.y0, y + i32[f.I32_H * cap + slot] - bottom - gutterY);
  out.clientWidth = Math.max(0, f64[f.F64_W * cap + slot] - left - right - gutterX);
  out.clientHeight = Math.max(0, f64[f.F64_H * cap + slot] - top - bottom - gutterY);
  out.contentWidth = f64[f.F64_CONTENT_W * cap + slot];
  out.contentHeight = f64[f.F64_CONTENT_H * cap + slot];
  out.maxX = scrollRange(out.contentWidth, out.clientWidth);
  out.maxY = scrollRange(out.contentHeight, out.clientHeight);
  out.x = within(i32[f.I32_SCROLL_X * cap + slot], out.maxX);
  out.y = within(i32[f.I32_SCROLL_Y * cap + slot], out.maxY);
  const direction = u8[f.U8_FLEX_DIRECTION * cap + slot];
  const isFlex = u8[f.U8_DISPLAY * cap + slot] === f.DISPLAY_FLEX;
  const isRow = direction === f.FLEX_ROW || direction === f.FLEX_ROW_REVERSE;
  const mainReversed = isFlex && (direction === f.FLEX_ROW_REVERSE || direction === f.FLEX_COLUMN_REVERSE);
  const linesReversed = isFlex && u8[f.U8_FLEX_WRAP * cap + slot] === f.WRAP_REVERSE;
  out.signX = rtl !== (isRow ? mainReversed : linesReversed) ? -1 : 1;
  out.signY = (isRow ? linesReversed : mainReversed) ? -1 : 1;
  return out;
}

/** Whether the user can scroll the container along an axis (overflow `scroll` or `auto`). */
export function scrollsOnAxis(scene: Scene, slot: number, vertical: boolean): boolean {
  const overflow = scene.u8.array[(vertical ? f.U8_OVERFLOW_Y : f.U8_OVERFLOW_X) * scene.capacity + slot];
  return overflow === f.OVERFLOW_SCROLL || overflow === f.OVERFLOW_AUTO;
}

/** Whether the container hides what overflows, so that it has a scroll offset. */
export function clipsOverflow(scene: Scene, slot: number): boolean {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  return (u8[f.U8_OVERFLOW_X * cap + slot] | u8[f.U8_OVERFLOW_Y * cap + slot]) !== f.OVERFLOW_VISIBLE;
}

/** A scroll bar: its cells, and its thumb in eighths of a cell from the bar's beginning. */
export interface ScrollBar {
  /** First cell. */
  x: number;
  y: number;
  lengthCells: number;
  /** Eighths of a cell from the top (left); the thumb is empty when there is nothing to scroll. */
  thumbStart: number;
  thumbEnd: number;
  /** Furthest offset, and 1 or -1 as the offset grows along or against the bar. */
  max: number;
  sign: 1 | -1;
}

/** A bar to be filled by `readScrollBar`. */
export function createScrollBar(): ScrollBar {
  return { x: 0, y: 0, lengthCells: 0, thumbStart: 0, thumbEnd: 0, max: 0, sign: 1 };
}

const box: ScrollBox = createScrollBox();

/** Reads the bar `which` (BAR_VERTICAL or BAR_HORIZONTAL) of `slot` into `out`. False when there is none. */
export function readScrollBar(scene: Scene, slot: number, which: number, out: ScrollBar): boolean {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  if ((u8[f.U8_BARS * cap + slot] & which) === 0) return false;
  readScrollBox(scene, slot, box);
  const i32 = scene.i32.array;
  const overlay = u8[f.U8_SCROLLBAR_MODE * cap + slot] === f.SCROLLBAR_OVERLAY;
  if (which === f.BAR_VERTICAL) {
    const rtl = u8[f.U8_DIRECTION * cap + slot] !== 0;
    const edge = borderCells(scene, slot, rtl ? f.U8_BORDER_LEFT : f.U8_BORDER_RIGHT);
    const inset = overlay ? 0 : edge;
    const x = i32[f.I32_X * cap + slot];
    out.x = rtl ? x + inset : x + i32[f.I32_W * cap + slot] - 1 - inset;
    out.y = box.y0;
    out.lengthCells = box.y1 - box.y0;
    out.max = box.maxY;
    out.sign = box.signY;
    placeThumb(out, box.clientHeight, box.contentHeight, box.y);
    return out.lengthCells > 0 && i32[f.I32_W * cap + slot] > inset;
  }
  const inset = overlay ? 0 : borderCells(scene, slot, f.U8_BORDER_BOTTOM);
  out.x = box.x0;
  out.y = i32[f.I32_Y * cap + slot] + i32[f.I32_H * cap + slot] - 1 - inset;
  out.lengthCells = box.x1 - box.x0;
  out.max = box.maxX;
  out.sign = box.signX;
  placeThumb(out, box.clientWidth, box.contentWidth, box.x);
  return out.lengthCells > 0 && i32[f.I32_H * cap + slot] > inset;
}

/** The offset at which the thumb of `bar` begins `eighths` from the bar's beginning. */
export function offsetOfThumb(bar: ScrollBar, eighths: number): number {
  const room = bar.lengthCells * 8 - (bar.thumbEnd - bar.thumbStart);
  if (room <= 0) return 0;
  const along = within(Math.round((eighths / room) * bar.max), bar.max);
  return bar.sign === 1 ? along : bar.max - along;
}

/** Cells a bar takes beside the content: none when it is not there, or lies over other things. */
export function barGutter(scene: Scene, slot: number, which: number): number {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  const isThere =
    u8[f.U8_SCROLLBAR_MODE * cap + slot] === f.SCROLLBAR_UNSET
      ? u8[(which === f.BAR_VERTICAL ? f.U8_OVERFLOW_Y : f.U8_OVERFLOW_X) * cap + slot] === f.OVERFLOW_SCROLL
      : (u8[f.U8_BARS * cap + slot] & which) !== 0;
  return isThere ? u8[f.U8_SCROLLBAR * cap + slot] : 0;
}

function placeThumb(out: ScrollBar, client: number, content: number, offset: number): void {
  const { max } = out;
  const track = out.lengthCells * 8;
  out.thumbStart = 0;
  out.thumbEnd = 0;
  if (max === 0) return;
  const size = Math.min(track, Math.max(8, Math.round((track * client) / content)));
  const room = track - size;
  const along = out.sign === 1 ? offset : max - offset;
  let start = Math.round((room * along) / max);
  // At an end exactly when scrolled to the end.
  if (start === 0 && along > 0 && room > 1) start = 1;
  if (start === room && along < max && room > 1) start = room - 1;
  out.thumbStart = start;
  out.thumbEnd = start + size;
}

function borderCells(scene: Scene, slot: number, column: number): number {
  return scene.u8.array[column * scene.capacity + slot] === 0 ? 0 : 1;
}

function within(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
