/**
 * What wheel, keys and mouse do to scroll containers when no handler prevented it: default actions of the
 * app, behind those of elements (an input that uses an arrow key keeps it).
 *
 *   wheel    3 cells; Shift or a sideways wheel goes sideways; at its end a container hands on to the one around
 *   keys     arrows 1 cell, Page Up and Down 0.9 windows, Home and End; the nearest container that has
 *            something to scroll keeps them, also at its end
 *   bar      dragging the thumb; a press beside it goes a page towards it
 */
import {
  BAR_HORIZONTAL,
  BAR_VERTICAL,
  createScrollBar,
  createScrollBox,
  NIL,
  offsetOfThumb,
  readScrollBar,
  readScrollBox,
  ROOT,
  type Scene,
  SCROLL_CHAIN_ALL,
  SCROLL_CHAIN_NONE,
  SCROLL_KEYS_NONE,
  SCROLL_KEYS_VIM,
  type ScrollBar,
  U8_SCROLL_CHAIN,
  U8_SCROLL_KEYS,
} from '../scene/index.ts';
import { type DefaultActions, RANK_SCROLL } from './default-actions.ts';
import type { KeyEvent } from './key-event.ts';
import type { MouseEvent, WheelEvent } from './mouse-event.ts';
import { parentOf } from './parent-of.ts';
import { canScroll, LINE_STEP_CELLS, pageStep, scrollStep, scrollTo, scrollToEdge, WHEEL_STEP_CELLS } from './scroll-model.ts';

/** Which of these the app wants. */
interface ScrollActionOptions {
  readonly keys: boolean;
  readonly wheel: boolean;
}

/** Sends all further mouse events to a node until its button is released. */
type CaptureMouse = (slot: number) => void;

/** Registers scrolling for an app. */
export function registerScrollActions(actions: DefaultActions, scene: Scene, capture: CaptureMouse, options: ScrollActionOptions): void {
  if (options.wheel) actions.onApp('wheel', RANK_SCROLL, (event, slot) => wheel(scene, event, slot));
  if (options.keys) actions.onApp('key', RANK_SCROLL, (event, slot) => keys(scene, event, slot));
  const thumb = new ThumbDrag(scene, capture);
  actions.onApp('mouse', RANK_SCROLL, (event, slot) => thumb.handle(event, slot));
}

function wheel(scene: Scene, event: WheelEvent, target: number): boolean {
  let { deltaX: dx, deltaY: dy } = event;
  if (event.shift && dx === 0) {
    dx = dy;
    dy = 0;
  }
  if (event.ctrl || event.alt) return false;
  const vertical = dy !== 0;
  const cap = scene.capacity;
  for (let node = target; node !== NIL; node = parentOf(scene, node)) {
    if (!canScroll(scene, node, vertical)) continue;
    if (scrollStep(scene, node, dx * WHEEL_STEP_CELLS, dy * WHEEL_STEP_CELLS)) return true;
    if (scene.u8.array[U8_SCROLL_CHAIN * cap + node] === SCROLL_CHAIN_NONE) return true;
  }
  return false;
}

/** What a key does: a number of lines, pages or ends, along one axis. */
interface ScrollMove {
  readonly unit: 'line' | 'page' | 'half' | 'edge';
  readonly step: 1 | -1;
  /** Null: along the axis that has something to scroll, down rather than across. */
  readonly vertical: boolean | null;
}

const MOVES: ReadonlyMap<string, ScrollMove> = new Map<string, ScrollMove>([
  ['ArrowUp', { unit: 'line', step: -1, vertical: true }],
  ['ArrowDown', { unit: 'line', step: 1, vertical: true }],
  ['ArrowLeft', { unit: 'line', step: -1, vertical: false }],
  ['ArrowRight', { unit: 'line', step: 1, vertical: false }],
  ['PageUp', { unit: 'page', step: -1, vertical: null }],
  ['PageDown', { unit: 'page', step: 1, vertical: null }],
  ['Home', { unit: 'edge', step: -1, vertical: null }],
  ['End', { unit: 'edge', step: 1, vertical: null }],
]);

const VIM_MOVES: ReadonlyMap<string, ScrollMove> = new Map<string, ScrollMove>([
  ['k', { unit: 'line', step: -1, vertical: true }],
  ['j', { unit: 'line', step: 1, vertical: true }],
  ['h', { unit: 'line', step: -1, vertical: false }],
  ['l', { unit: 'line', step: 1, vertical: false }],
  ['ctrl+u', { unit: 'half', step: -1, vertical: null }],
  ['ctrl+d', { unit: 'half', step: 1, vertical: null }],
  ['ctrl+b', { unit: 'page', step: -1, vertical: null }],
  ['ctrl+f', { unit: 'page', step: 1, vertical: null }],
  ['g', { unit: 'edge', step: -1, vertical: null }],
  ['G', { unit: 'edge', step: 1, vertical: null }],
]);

const box = createScrollBox();

function keys(scene: Scene, event: KeyEvent, target: number): boolean {
  if (event.type === 'release' || event.alt || event.super || event.meta) return false;
  const cap = scene.capacity;
  for (let node = target === NIL ? ROOT : target; node !== NIL; node = parentOf(scene, node)) {
    const move = moveOf(event, scene.u8.array[U8_SCROLL_KEYS * cap + node]);
    if (move === undefined) continue;
    const vertical = move.vertical ?? (canScroll(scene, node, true) || !canScroll(scene, node, false));
    if (!canScroll(scene, node, vertical)) continue;
    if (perform(scene, node, move, vertical) || scene.u8.array[U8_SCROLL_CHAIN * cap + node] !== SCROLL_CHAIN_ALL) return true;
  }
  return false;
}

function moveOf(event: KeyEvent, which: number): ScrollMove | undefined {
  if (which === SCROLL_KEYS_NONE) return undefined;
  const plain = event.shift || (event.ctrl && event.key !== 'Home' && event.key !== 'End') ? undefined : MOVES.get(event.key);
  if (plain !== undefined || which !== SCROLL_KEYS_VIM) return plain;
  const name = event.shift ? event.key.toUpperCase() : event.key;
  return VIM_MOVES.get(event.ctrl ? `ctrl+${name}` : name);
}

function perform(scene: Scene, slot: number, { unit, step }: ScrollMove, vertical: boolean): boolean {
  if (unit === 'edge') return scrollToEdge(scene, slot, vertical, step);
  readScrollBox(scene, slot, box);
  const client = Math.floor(vertical ? box.clientHeight : box.clientWidth);
  const cells = unit === 'line' ? LINE_STEP_CELLS : unit === 'half' ? Math.max(1, client >> 1) : pageStep(client);
  return scrollStep(scene, slot, vertical ? 0 : step * cells, vertical ? step * cells : 0);
}

/** A thumb that follows the mouse, from press to release. */
class ThumbDrag {
  private readonly scene: Scene;
  private readonly capture: CaptureMouse;
  private readonly bar: ScrollBar = createScrollBar();
  private slot = NIL;
  private generation = 0;
  private which = 0;
  /** Eighths of a cell from the thumb's beginning to where it was taken. */
  private grip = 0;

  constructor(scene: Scene, capture: CaptureMouse) {
    this.scene = scene;
    this.capture = capture;
  }

  handle(event: MouseEvent, slot: number): boolean {
    if (event.type === 'down') return event.button === 'left' && slot !== NIL && this.press(event, slot);
    if (this.slot === NIL) return false;
    if (event.type === 'up') {
      this.slot = NIL;
      return true;
    }
    if (event.type === 'move' || event.type === 'drag') this.drag(event);
    return true;
  }

  private press(event: MouseEvent, slot: number): boolean {
    const { scene, bar } = this;
    this.slot = NIL;
    for (const which of [BAR_VERTICAL, BAR_HORIZONTAL]) {
      if (!readScrollBar(scene, slot, which, bar)) continue;
      const vertical = which === BAR_VERTICAL;
      const across = vertical ? event.x - bar.x : event.y - bar.y;
      const along = vertical ? event.y - bar.y : event.x - bar.x;
      if (across !== 0 || along < 0 || along >= bar.lengthCells) continue;
      if (bar.max === 0) return true;
      if (along * 8 + 8 <= bar.thumbStart || along * 8 >= bar.thumbEnd) {
        const towards = along * 8 < bar.thumbStart ? -1 : 1;
        perform(scene, slot, { unit: 'page', step: towards, vertical }, vertical);
        return true;
      }
      this.slot = slot;
      this.generation = scene.generation(slot);
      this.which = which;
      this.grip = along * 8 - bar.thumbStart;
      this.capture(slot);
      return true;
    }
    return false;
  }

  private drag(event: MouseEvent): void {
    const { scene, bar, which } = this;
    if (!scene.isLive(this.slot, this.generation) || !readScrollBar(scene, this.slot, which, bar)) {
      this.slot = NIL;
      return;
    }
    const vertical = which === BAR_VERTICAL;
    const along = (vertical ? event.y - bar.y : event.x - bar.x) * 8 - this.grip;
    const offset = offsetOfThumb(bar, along);
    scrollTo(scene, this.slot, vertical ? null : offset, vertical ? offset : null);
  }
}
