/**
 * Scrolling as pure steps on the scene: who scrolls, how far, and what must move to bring a node into view.
 * Offsets written here are held in their range by the next layout.
 *
 * Steps are in cells of the screen (positive is right and down) also where offsets grow to the left or
 * upwards.
 */
import {
  clipsOverflow,
  createScrollBox,
  I32_H,
  I32_SCROLL_X,
  I32_SCROLL_Y,
  I32_W,
  I32_X,
  I32_Y,
  NIL,
  readScrollBox,
  type Scene,
  type ScrollBox,
  scrollsOnAxis,
} from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** Cells of an arrow key. */
export const LINE_STEP_CELLS = 1;
/** Cells of one turn of the wheel. */
export const WHEEL_STEP_CELLS = 3;
/** Share of the window that Page Up and Page Down move by. */
export const PAGE_SHARE = 0.9;

/** Larger than any content: the end. */
const END_CELLS = 0x3fff_ffff;

/** Where a node is brought to: as near as possible, or to the beginning, middle or end of the window. */
export type ScrollBlock = 'nearest' | 'start' | 'center' | 'end';

const box: ScrollBox = createScrollBox();

/** Cells of a page in a window. */
export function pageStep(clientCells: number): number {
  return Math.max(1, Math.floor(clientCells * PAGE_SHARE));
}

/** Sets offsets; null leaves that axis as it is. */
export function scrollTo(scene: Scene, slot: number, x: number | null, y: number | null): void {
  if (x !== null) scene.setI32(slot, I32_SCROLL_X, toOffset(x));
  if (y !== null) scene.setI32(slot, I32_SCROLL_Y, toOffset(y));
}

/** Moves offsets by a number of cells. */
export function scrollOffsetsBy(scene: Scene, slot: number, dx: number, dy: number): void {
  readScrollBox(scene, slot, box);
  scrollTo(scene, slot, dx === 0 ? null : box.x + dx, dy === 0 ? null : box.y + dy);
}

/**
 * Scrolls a container by steps on the screen, as far as it goes.
 *
 * @returns whether it moved
 */
export function scrollStep(scene: Scene, slot: number, dx: number, dy: number): boolean {
  readScrollBox(scene, slot, box);
  const x = within(box.x + dx * box.signX, box.maxX);
  const y = within(box.y + dy * box.signY, box.maxY);
  if (x === box.x && y === box.y) return false;
  scrollTo(scene, slot, x === box.x ? null : x, y === box.y ? null : y);
  return true;
}

/** Scrolls to the first (-1) or last (1) row or column on the screen. */
export function scrollToEdge(scene: Scene, slot: number, vertical: boolean, edge: 1 | -1): boolean {
  return scrollStep(scene, slot, vertical ? 0 : edge * END_CELLS, vertical ? edge * END_CELLS : 0);
}

/** Scrolls to the end of the content, also of what the next layout adds to it. */
export function scrollToEnd(scene: Scene, slot: number): void {
  scrollTo(scene, slot, null, END_CELLS);
}

/** Whether a container has content beyond its window on an axis that the user can scroll. */
export function canScroll(scene: Scene, slot: number, vertical: boolean): boolean {
  if (!scrollsOnAxis(scene, slot, vertical)) return false;
  readScrollBox(scene, slot, box);
  return (vertical ? box.maxY : box.maxX) > 0;
}

/**
 * Scrolls every container around `slot` so far that it shows, the innermost first.
 *
 * @returns whether anything moved
 */
export function scrollNodeIntoView(scene: Scene, slot: number, block: ScrollBlock): boolean {
  const cap = scene.capacity;
  const i32 = scene.i32.array;
  let x0 = i32[I32_X * cap + slot];
  let y0 = i32[I32_Y * cap + slot];
  let x1 = x0 + i32[I32_W * cap + slot];
  let y1 = y0 + i32[I32_H * cap + slot];
  let moved = false;
  for (let node = parentOf(scene, slot); node !== NIL; node = parentOf(scene, node)) {
    if (!clipsOverflow(scene, node)) continue;
    readScrollBox(scene, node, box);
    const dx = held(box.x, box.maxX, box.signX, stepInto(box.x0, box.x1, x0, x1, 'nearest'));
    const dy = held(box.y, box.maxY, box.signY, stepInto(box.y0, box.y1, y0, y1, block));
    if (dx !== 0 || dy !== 0) {
      moved = true;
      scrollTo(scene, node, dx === 0 ? null : box.x + dx * box.signX, dy === 0 ? null : box.y + dy * box.signY);
    }
    // What shows of it from here on, where it will be.
    x0 = Math.max(x0 - dx, box.x0);
    x1 = Math.min(x1 - dx, box.x1);
    y0 = Math.max(y0 - dy, box.y0);
    y1 = Math.min(y1 - dy, box.y1);
  }
  return moved;
}

/** Cells the content must move by so that `from … to` lies in the window `low … high`. */
function stepInto(low: number, high: number, from: number, to: number, block: ScrollBlock): number {
  if (block === 'start') return from - low;
  if (block === 'end') return to - high;
  if (block === 'center') return Math.floor((from + to - low - high) / 2);
  if (from >= low && to <= high) return 0;
  // Larger than the window: its beginning counts, unless the window is in the middle of it.
  if (to - from > high - low) return from <= low && to >= high ? 0 : from < low ? to - high : from - low;
  return from < low ? from - low : to - high;
}

/** The part of a step on the screen that the range allows. */
function held(offset: number, max: number, sign: 1 | -1, step: number): number {
  return (within(offset + step * sign, max) - offset) * sign;
}

function toOffset(value: number): number {
  if (!(value > 0)) return 0;
  return value > END_CELLS ? END_CELLS : Math.round(value);
}

function within(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
