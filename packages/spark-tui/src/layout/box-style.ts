/**
 * Reads the style columns of a node: once into a word of bits when the style changed (so that the
 * common case skips whole groups of properties), and length by length where a bit says there is one.
 *
 * `NaN` stands for "auto or not resolvable" among lengths inside layout; it never leaves layout.
 */
import * as f from '../scene/index.ts';
import { resetBars, scrolls } from './scrollbars.ts';
import {
  INFO,
  type LayoutPass,
  MAX_LENGTH,
  N_BITS,
  R_EDGE_H,
  R_EDGE_W,
  REC,
} from './pass.ts';

/** Not laid out at all: `display: none`, `visible: false`. (Anchors are seen by their kind.) */
export const B_SKIP = 1 << 0;
export const B_ABSOLUTE = 1 << 1;
/** A leaf whose size comes from its text run. */
export const B_TEXT = 1 << 2;
/** A leaf that `LeafMeasure` measures. */
export const B_CUSTOM = 1 << 3;
/** Padding has a percentage: the edges depend on the containing width. */
export const B_PERCENT_EDGE = 1 << 4;
export const B_ROW = 1 << 5;
export const B_REVERSE = 1 << 6;
export const B_WRAP = 1 << 7;
export const B_WRAP_REVERSE = 1 << 8;
export const B_RTL = 1 << 9;
/** Overflow is not visible. */
export const B_CLIP = 1 << 10;
export const B_CONTENT_BOX = 1 << 11;
export const B_MARGIN = 1 << 12;
export const B_AUTO_MARGIN = 1 << 13;
/** A minimum or maximum width (height) is set. */
export const B_LIMIT_W = 1 << 14;
export const B_LIMIT_H = 1 << 15;
export const B_BASIS = 1 << 16;
export const B_GROW = 1 << 17;
export const B_INSETS = 1 << 18;
export const B_ASPECT = 1 << 19;
/** `width` (`height`) is not auto. */
export const B_WIDTH = 1 << 20;
export const B_HEIGHT = 1 << 21;
export const B_GRID = 1 << 22;
/** A scroll bar takes cells beside the content. */
export const B_GUTTER = 1 << 24;
/** Docked at an edge of its parent; counts as absolute besides, for it is out of flow. */
export const B_DOCK = 1 << 25;
/** An item of the container aligns by baseline (set while laying out, not here). */
export const B_BASELINE = 1 << 23;
export const B_LEAF = B_TEXT | B_CUSTOM;

/** Reads a node's style into its bits and fixed edges. */
export function readStyle(p: LayoutPass, i: number): void {
  const { cap, u8, f32 } = p;
  let bits = 0;
  const kind = u8[f.U8_KIND * cap + i];
  if (kind === f.KIND_ANCHOR || u8[f.U8_DISPLAY * cap + i] === f.DISPLAY_NONE || u8[f.U8_HIDDEN * cap + i] !== 0) {
    bits |= B_SKIP;
  }
  if (kind === f.KIND_TEXT) bits |= B_TEXT;
  if (p.leafMeasure !== null && p.leafMeasure.has(i)) bits = (bits & ~B_TEXT) | B_CUSTOM;
  if (u8[f.U8_POSITION * cap + i] === f.POSITION_ABSOLUTE) bits |= B_ABSOLUTE;
  else if (u8[f.U8_DOCK * cap + i] !== f.DOCK_NONE) bits |= B_ABSOLUTE | B_DOCK;
  if (u8[f.U8_DISPLAY * cap + i] === f.DISPLAY_FLEX) {
    const direction = u8[f.U8_FLEX_DIRECTION * cap + i];
    if (direction === f.FLEX_ROW || direction === f.FLEX_ROW_REVERSE) bits |= B_ROW;
    if (direction === f.FLEX_COLUMN_REVERSE || direction === f.FLEX_ROW_REVERSE) bits |= B_REVERSE;
    const wrap = u8[f.U8_FLEX_WRAP * cap + i];
    if (wrap !== f.WRAP_NOWRAP) bits |= B_WRAP;
    if (wrap === f.WRAP_REVERSE) bits |= B_WRAP_REVERSE;
  }
  if (u8[f.U8_DISPLAY * cap + i] === f.DISPLAY_GRID) bits |= B_GRID;
  if (u8[f.U8_DIRECTION * cap + i] !== 0) bits |= B_RTL;
  if (u8[f.U8_OVERFLOW_X * cap + i] !== f.OVERFLOW_VISIBLE || u8[f.U8_OVERFLOW_Y * cap + i] !== f.OVERFLOW_VISIBLE) {
    bits |= B_CLIP;
  }
  if (u8[f.U8_SCROLLBAR * cap + i] !== 0 && (scrolls(p, i, f.U8_OVERFLOW_X) || scrolls(p, i, f.U8_OVERFLOW_Y))) bits |= B_GUTTER;
  resetBars(p, i);
  if (u8[f.U8_BOX_SIZING * cap + i] !== 0) bits |= B_CONTENT_BOX;
  for (let side = 0; side < 4; side++) {
    const unit = u8[(f.LEN_MARGIN_TOP + side) * cap + i];
    if (unit !== f.UNIT_AUTO) bits |= B_MARGIN;
    if (unit === f.UNIT_MARGIN_AUTO) bits |= B_AUTO_MARGIN;
    if (u8[(f.LEN_TOP + side) * cap + i] !== f.UNIT_AUTO) bits |= B_INSETS;
    if (u8[(f.LEN_PADDING_TOP + side) * cap + i] === f.UNIT_PERCENT) bits |= B_PERCENT_EDGE;
  }
  if (u8[f.LEN_MIN_WIDTH * cap + i] !== 0 || u8[f.LEN_MAX_WIDTH * cap + i] !== 0) bits |= B_LIMIT_W;
  if (u8[f.LEN_MIN_HEIGHT * cap + i] !== 0 || u8[f.LEN_MAX_HEIGHT * cap + i] !== 0) bits |= B_LIMIT_H;
  if (u8[f.LEN_WIDTH * cap + i] !== 0) bits |= B_WIDTH;
  if (u8[f.LEN_HEIGHT * cap + i] !== 0) bits |= B_HEIGHT;
  if (u8[f.LEN_BASIS * cap + i] !== 0) bits |= B_BASIS;
  if (f32[f.F32_GROW * cap + i] > 0) bits |= B_GROW;
  const ratio = f32[f.F32_ASPECT_RATIO * cap + i];
  if (ratio > 0 && ratio < Infinity) bits |= B_ASPECT;
  p.info[i * INFO + N_BITS] = bits;
  const at = i * REC;
  p.rec[at + R_EDGE_W] =
    fixedPadding(p, i, f.LEN_PADDING_LEFT) +
    fixedPadding(p, i, f.LEN_PADDING_RIGHT) +
    border(p, i, f.U8_BORDER_LEFT) +
    border(p, i, f.U8_BORDER_RIGHT);
  p.rec[at + R_EDGE_H] =
    fixedPadding(p, i, f.LEN_PADDING_TOP) +
    fixedPadding(p, i, f.LEN_PADDING_BOTTOM) +
    border(p, i, f.U8_BORDER_TOP) +
    border(p, i, f.U8_BORDER_BOTTOM);
}

/** A length in cells; percentages of `base`. NaN when auto, a keyword, or a percentage of NaN. */
export function lengthOf(p: LayoutPass, i: number, field: number, base: number): number {
  const at = field * p.cap + i;
  const unit = p.u8[at];
  if (unit === f.UNIT_AUTO) return NaN;
  const value = p.f32[at];
  let cells: number;
  if (unit === f.UNIT_CELLS) cells = value;
  else if (unit === f.UNIT_PERCENT) cells = (base * value) / 100;
  else if (unit === f.UNIT_VW || unit === f.UNIT_VH) {
    p.usesViewport = true;
    const viewport = unit === f.UNIT_VW ? p.viewportW : p.viewportH;
    cells = viewport === viewport ? (viewport * value) / 100 : NaN;
  } else return NaN;
  return cells > MAX_LENGTH ? MAX_LENGTH : cells < -MAX_LENGTH ? -MAX_LENGTH : cells;
}

/** A margin, padding, gap or inset where auto counts as zero. */
export function spaceOf(p: LayoutPass, i: number, field: number, base: number): number {
  const value = lengthOf(p, i, field, base);
  return value === value ? value : 0;
}

/** A width or height as border box, never below `edge` (padding and border of that axis). NaN = auto. */
export function sizeOf(p: LayoutPass, i: number, field: number, base: number, edge: number): number {
  const value = lengthOf(p, i, field, base);
  if (value !== value) return NaN;
  const box = (p.info[i * INFO + N_BITS] & B_CONTENT_BOX) !== 0 ? value + edge : value;
  return box > edge ? box : edge;
}

/** Like `sizeOf` for a height; `stretch` is what `base` leaves beside `outside` (margins, insets). */
export function heightOf(p: LayoutPass, i: number, field: number, base: number, edge: number, outside: number): number {
  if (p.u8[field * p.cap + i] !== f.UNIT_STRETCH) return sizeOf(p, i, field, base, edge);
  const height = base - outside;
  return height < edge ? edge : height;
}

/** Whether a width, height or limit is `min-content`, `max-content` or `fit-content`. */
export function isIntrinsic(p: LayoutPass, i: number, field: number): boolean {
  const unit = p.u8[field * p.cap + i];
  return unit === f.UNIT_MIN_CONTENT || unit === f.UNIT_MAX_CONTENT || unit === f.UNIT_FIT_CONTENT;
}

/** Cells the border takes on the side whose style column is `column`. */
export function border(p: LayoutPass, i: number, column: number): number {
  return p.borderCells[p.u8[column * p.cap + i]];
}

/** Padding of one side. */
export function padding(p: LayoutPass, i: number, field: number, cw: number): number {
  const value = spaceOf(p, i, field, cw);
  return value > 0 ? value : 0;
}

function fixedPadding(p: LayoutPass, i: number, field: number): number {
  return p.u8[field * p.cap + i] === f.UNIT_PERCENT ? 0 : padding(p, i, field, 0);
}

/** Padding and border, left and right together. */
export function edgeWidth(p: LayoutPass, i: number, cw: number): number {
  const fixed = p.rec[i * REC + R_EDGE_W];
  if ((p.info[i * INFO + N_BITS] & B_PERCENT_EDGE) === 0) return fixed;
  return fixed + percentPadding(p, i, f.LEN_PADDING_LEFT, cw) + percentPadding(p, i, f.LEN_PADDING_RIGHT, cw);
}

/** Padding and border, top and bottom together. (Percentages are of the containing width, as in CSS.) */
export function edgeHeight(p: LayoutPass, i: number, cw: number): number {
  const fixed = p.rec[i * REC + R_EDGE_H];
  if ((p.info[i * INFO + N_BITS] & B_PERCENT_EDGE) === 0) return fixed;
  return fixed + percentPadding(p, i, f.LEN_PADDING_TOP, cw) + percentPadding(p, i, f.LEN_PADDING_BOTTOM, cw);
}

function percentPadding(p: LayoutPass, i: number, field: number, cw: number): number {
  return p.u8[field * p.cap + i] === f.UNIT_PERCENT ? padding(p, i, field, cw) : 0;
}

/** Whether content begins at the right: right to left, or a reversed row, or lines from right to left. */
export function startsRight(bits: number): boolean {
  const reversed = (bits & B_GRID) === 0 && (bits & ((bits & B_ROW) !== 0 ? B_REVERSE : B_WRAP_REVERSE)) !== 0;
  return ((bits & B_RTL) !== 0) !== reversed;
}

/** Whether content begins at the bottom: a reversed column, or lines from bottom to top. */
export function startsBottom(bits: number): boolean {
  return (bits & B_GRID) === 0 && (bits & ((bits & B_ROW) !== 0 ? B_WRAP_REVERSE : B_REVERSE)) !== 0;
}

/** Cells a vertical scroll bar takes from the content's width. It stands at the end of a line. */
export function gutterWidth(p: LayoutPass, i: number): number {
  return (p.info[i * INFO + N_BITS] & B_GUTTER) === 0 ? 0 : f.barGutter(p.scene, i, f.BAR_VERTICAL);
}

/** Cells a horizontal scroll bar takes from the content's height. */
export function gutterHeight(p: LayoutPass, i: number): number {
  return (p.info[i * INFO + N_BITS] & B_GUTTER) === 0 ? 0 : f.barGutter(p.scene, i, f.BAR_HORIZONTAL);
}

/** `value` between `min` and `max`; `min` wins. */
export function clamp(value: number, min: number, max: number): number {
  const capped = value > max ? max : value;
  return capped < min ? min : capped;
}
