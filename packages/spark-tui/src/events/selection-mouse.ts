/**
 * Selecting text with the mouse: a press and a drag select by characters, after a double press by words, after a triple
 * one by lines; Shift and a press go on from where a selection began; a plain press clears. Where a drag leaves a
 * container that scrolls (or stands at the edge of the screen, where it cannot go further), the container scrolls, by a
 * timer that exists only while it does.
 *
 * A default action, behind all others of the mouse: a press that a handler or an element uses (`onDrag`, capture, a
 * scroll bar, `selectable: false`) selects nothing and leaves what is selected; one on an input clears it.
 */
import type { Clock, TimerHandle } from '../base/index.ts';
import type { OwnerPlane } from '../cells/index.ts';
import { clipsOverflow, createScrollBox, NIL, readScrollBox, type Scene, type ScrollBox } from '../scene/index.ts';
import { isSelectable } from './document-order.ts';
import { BUTTONS_LEFT, type MouseEvent } from './mouse-event.ts';
import { parentOf } from './parent-of.ts';
import type { Pointer } from './pointer.ts';
import { canScroll, scrollStep } from './scroll-model.ts';
import type { Selection } from './selection.ts';
import { TextHit } from './text-hit.ts';
import { widen } from './text-units.ts';

/** Time between two steps of a container that scrolls along. */
const SCROLL_STEP_MS = 50;
/** Most cells of one step: further out is faster. */
const MAX_STEP_CELLS = 5;

export class SelectionMouse {
  private readonly scene: Scene;
  private readonly owners: OwnerPlane;
  private readonly selection: Selection;
  private readonly pointer: Pointer;
  private readonly clock: Clock;
  /** The nearest node at or above a node that wants drags for itself. */
  private readonly dragOwner: (slot: number) => number;
  private readonly hit: TextHit;
  private readonly box: ScrollBox = createScrollBox();
  /** Where the button is held, and since where. */
  private held = false;
  private started = false;
  private unit = 1;
  private pressed = NIL;
  private pressX = 0;
  private pressY = 0;
  private x = 0;
  private y = 0;
  private timer: TimerHandle | null = null;

  constructor(
    scene: Scene,
    owners: OwnerPlane,
    selection: Selection,
    pointer: Pointer,
    clock: Clock,
    dragOwner: (slot: number) => number,
  ) {
    this.scene = scene;
    this.owners = owners;
    this.selection = selection;
    this.pointer = pointer;
    this.clock = clock;
    this.dragOwner = dragOwner;
    this.hit = new TextHit(scene, owners);
  }

  /** Returns true for what is part of selecting. */
  handle(event: MouseEvent, slot: number): boolean {
    if (event.type === 'down') {
      if (event.button === 'left') this.press(event, slot);
      return false;
    }
    if (!this.held) return false;
    if (event.type === 'move') return this.move(event);
    if (event.type !== 'up' || (event.button !== 'left' && event.button !== 'none')) return false;
    if (this.started) this.follow(event.x, event.y);
    const { started } = this;
    this.stop();
    if (!this.selection.exists) this.selection.clear();
    else if (this.selection.settings.copyOnSelect) this.selection.copy();
    return started;
  }

  /** Nothing is dragged any more. */
  stop(): void {
    this.held = false;
    this.started = false;
    if (this.timer === null) return;
    this.clock.clearTimer(this.timer);
    this.timer = null;
  }

  private press(event: MouseEvent, slot: number): void {
    this.stop();
    const { scene, selection } = this;
    const isUsed = event.handled || slot === NIL || this.pointer.captured !== NIL || this.dragOwner(slot) !== NIL;
    if (isUsed || !isSelectable(scene, slot)) return;
    const place = this.hit.at(event.x, event.y);
    if (place === null) {
      selection.clear();
      return;
    }
    this.held = true;
    this.pressed = slot;
    this.pressX = event.x;
    this.pressY = event.y;
    if (event.shift && selection.exists) {
      this.unit = 1;
      selection.extend(place);
      return;
    }
    this.unit = event.count;
    widen(scene, place, this.unit);
    selection.begin(place);
    if (this.unit > 1) selection.extend(place);
  }

  private move(event: MouseEvent): boolean {
    if ((event.buttons & BUTTONS_LEFT) === 0 || !this.selection.begun) {
      this.stop();
      return false;
    }
    if (!this.started) {
      if (event.x === this.pressX && event.y === this.pressY) return false;
      this.started = true;
      this.pointer.capture(this.pressed);
      this.pointer.spoilClick();
    }
    this.follow(event.x, event.y);
    if (this.timer === null && this.scrolling() !== NIL) this.arm();
    return true;
  }

  /** Selects up to where the mouse is; while a container scrolls along, up to its edge. */
  private follow(x: number, y: number): void {
    this.x = x;
    this.y = y;
    const { box } = this;
    const isBeyond = this.scrolling() !== NIL;
    const place = isBeyond
      ? this.hit.at(between(x, Math.max(0, box.x0), Math.min(this.owners.cols, box.x1) - 1), between(y, Math.max(0, box.y0), Math.min(this.owners.rows, box.y1) - 1))
      : this.hit.at(x, y);
    if (place === null) return;
    widen(this.scene, place, this.unit);
    this.selection.extend(place);
  }

  private arm(): void {
    this.timer = this.clock.setTimer(SCROLL_STEP_MS, () => this.tick());
  }

  private tick(): void {
    this.timer = null;
    // The terminal may have lost the mouse, or the element that was pressed may be gone.
    if (!this.selection.begun || this.pointer.captured !== this.pressed) {
      this.stop();
      return;
    }
    this.follow(this.x, this.y);
    const node = this.scrolling();
    if (node === NIL) return;
    const dx = this.beyond(this.x, this.box.x0, this.box.x1, this.owners.cols);
    const dy = this.beyond(this.y, this.box.y0, this.box.y1, this.owners.rows);
    if (scrollStep(this.scene, node, canScroll(this.scene, node, false) ? dx : 0, canScroll(this.scene, node, true) ? dy : 0)) this.arm();
  }

  /** The innermost container around the press that can scroll to where the mouse is; `box` is its window then. NIL for none. */
  private scrolling(): number {
    const { scene, box, owners } = this;
    for (let node = this.pressed; node !== NIL; node = parentOf(scene, node)) {
      if (!clipsOverflow(scene, node)) continue;
      readScrollBox(scene, node, box);
      const dx = this.beyond(this.x, box.x0, box.x1, owners.cols) * box.signX;
      const dy = this.beyond(this.y, box.y0, box.y1, owners.rows) * box.signY;
      if (canGo(dy, box.y, box.maxY) && canScroll(scene, node, true)) return node;
      if (canGo(dx, box.x, box.maxX) && canScroll(scene, node, false)) return node;
    }
    return NIL;
  }

  /** Cells to scroll by for a mouse at `at`, which is outside of the window `from … to`, or at the edge of the screen. */
  private beyond(at: number, from: number, to: number, screenCells: number): number {
    if (at < from || (at === 0 && from <= 0)) return -Math.min(MAX_STEP_CELLS, Math.max(1, from - at));
    if (at >= to || (at === screenCells - 1 && to >= screenCells)) return Math.min(MAX_STEP_CELLS, Math.max(1, at - to + 1));
    return 0;
  }
}

function canGo(step: number, offset: number, max: number): boolean {
  return (step < 0 && offset > 0) || (step > 0 && offset < max);
}

function between(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
