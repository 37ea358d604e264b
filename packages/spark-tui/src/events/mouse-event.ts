/**
 * Mouse events. Coordinates are screen cells from the top left corner; `localX` and `localY` count from
 * the corner of the element whose handler runs.
 */
import { I32_X, I32_Y, type Scene } from '../scene/index.ts';
import type { MouseButton, MouseInput } from '../terminal/index.ts';
import type { ElementHandle } from './element-handle.ts';
import { UIEvent } from './ui-event.ts';

/** What the mouse did. */
export type MouseEventType = 'down' | 'up' | 'click' | 'move' | 'enter' | 'leave' | 'wheel' | 'drag';

/** Bits of `MouseEvent.buttons`, as in the DOM. */
export const BUTTONS_LEFT = 1 << 0;
export const BUTTONS_RIGHT = 1 << 1;
export const BUTTONS_MIDDLE = 1 << 2;

/** What an event asks of the pointer. */
export interface PointerCapture {
  capture(slot: number): void;
  release(): void;
}

/** What the pointer knows beside the report itself. */
export interface MouseFacts {
  readonly pointer: PointerCapture | null;
  readonly count: number;
  readonly buttons: number;
  readonly outside: boolean;
  readonly timeMs: number;
}

/** A mouse event. */
export class MouseEvent extends UIEvent {
  readonly type: MouseEventType;
  readonly x: number;
  readonly y: number;
  /** Cells from the top left corner of the element whose handler runs. */
  localX = 0;
  localY = 0;
  /** The button of a press, release or click; the one held, for moves and drags; else `'none'`. */
  readonly button: MouseButton;
  /** Buttons held: 1 left, 2 right, 4 middle, added. */
  readonly buttons: number;
  /** Presses in quick succession on the same place: 1, 2 (double), 3 (triple), then 1 again. 0 for other events. */
  readonly count: number;
  /** The button was pressed on this element and released outside of it. */
  readonly outside: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** When it happened, by the app's clock. */
  readonly timeMs: number;
  private readonly pointer: PointerCapture | null;

  constructor(type: MouseEventType, input: MouseInput, facts: MouseFacts) {
    super();
    this.type = type;
    this.x = input.x;
    this.y = input.y;
    this.button = input.button;
    this.buttons = facts.buttons;
    this.count = facts.count;
    this.outside = facts.outside;
    this.ctrl = input.ctrl === true;
    this.alt = input.alt === true;
    this.shift = input.shift === true;
    this.timeMs = facts.timeMs;
    this.pointer = facts.pointer;
  }

  /**
   * From now until the button is released (or `releaseCapture()`), all moves and the release go to the element
   * whose handler runs, wherever the mouse is.
   */
  capture(): void {
    const element: ElementHandle | null = this.currentTarget ?? this.target;
    if (element !== null && element.isMounted) this.pointer?.capture(element.slot);
  }

  /** Ends a capture. */
  releaseCapture(): void {
    this.pointer?.release();
  }

  /** @internal */
  override arrive(scene: Scene, slot: number): void {
    const cap = scene.capacity;
    this.localX = this.x - scene.i32.array[I32_X * cap + slot];
    this.localY = this.y - scene.i32.array[I32_Y * cap + slot];
  }
}

/** A turn of the wheel. */
export class WheelEvent extends MouseEvent {
  /** Steps of the wheel: positive is down or right. */
  readonly deltaX: number;
  readonly deltaY: number;

  constructor(input: MouseInput, facts: MouseFacts) {
    super('wheel', input, facts);
    this.deltaX = input.button === 'wheelRight' ? 1 : input.button === 'wheelLeft' ? -1 : 0;
    this.deltaY = input.button === 'wheelDown' ? 1 : input.button === 'wheelUp' ? -1 : 0;
  }
}

/** Where in a drag an event is. A drag starts with the first move that leaves the cell of the press. */
export type DragStage = 'start' | 'move' | 'end';

/** How a drag went so far. */
export interface DragFacts extends MouseFacts {
  readonly stage: DragStage;
  readonly startX: number;
  readonly startY: number;
  readonly lastX: number;
  readonly lastY: number;
  readonly cancelled: boolean;
}

/** A drag: the mouse moves with a button held that was pressed on the element. */
export class DragEvent extends MouseEvent {
  /** `start` comes once, before the first `move`; `preventDefault()` on it calls the drag off. `end` comes with the release. */
  readonly stage: DragStage;
  /** Where the button was pressed. */
  readonly startX: number;
  readonly startY: number;
  /** Cells since the event before. */
  readonly deltaX: number;
  readonly deltaY: number;
  /** Cells since the press. */
  readonly totalX: number;
  readonly totalY: number;
  /** The drag ended without a release: the terminal lost the mouse. */
  readonly cancelled: boolean;

  constructor(input: MouseInput, facts: DragFacts) {
    super('drag', input, facts);
    this.stage = facts.stage;
    this.startX = facts.startX;
    this.startY = facts.startY;
    this.deltaX = input.x - facts.lastX;
    this.deltaY = input.y - facts.lastY;
    this.totalX = input.x - facts.startX;
    this.totalY = input.y - facts.startY;
    this.cancelled = facts.cancelled;
  }
}
