/**
 * The events handlers see. They travel from the target up to the root; a handler that returns `true`
 * or calls `stopPropagation()` consumes the event, `preventDefault()` keeps the framework from doing
 * what it would do after the handlers (Tab moves focus, Ctrl+C ends the app).
 */
import type { KeyInput, MouseInput } from '../terminal/index.ts';

/** What all events have. */
export abstract class UIEvent {
  defaultPrevented = false;
  propagationStopped = false;

  /** Keeps the framework's own reaction from running. */
  preventDefault(): void {
    this.defaultPrevented = true;
  }

  /** Keeps the event from the remaining handlers. */
  stopPropagation(): void {
    this.propagationStopped = true;
  }
}

/** What happened to a key. Terminals without the kitty protocol report only `press`. */
export type KeyEventType = 'press' | 'repeat' | 'release';

/**
 * A key. `key` is the unshifted character (`'a'`, also when Shift is held) or a DOM key name (`'Enter'`,
 * `'ArrowUp'`, `'F5'`, `'Space'`); `text` is what the key types, `''` when nothing.
 */
export class KeyEvent extends UIEvent {
  readonly type: KeyEventType;
  readonly key: string;
  readonly text: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly super: boolean;
  readonly meta: boolean;

  constructor(input: KeyInput) {
    super();
    this.type = input.event;
    this.key = input.key;
    this.text = input.text ?? '';
    this.ctrl = input.ctrl === true;
    this.alt = input.alt === true;
    this.shift = input.shift === true;
    this.super = input.super === true;
    this.meta = input.meta === true;
  }
}

/** What the mouse did. */
export type MouseEventType = 'down' | 'up' | 'click' | 'move' | 'enter' | 'leave' | 'wheel';

/** A mouse event. `x` and `y` are screen cells, `localX` and `localY` cells from the node's own top left corner. */
export class MouseEvent extends UIEvent {
  readonly type: MouseEventType;
  readonly x: number;
  readonly y: number;
  localX = 0;
  localY = 0;
  readonly button: MouseInput['button'];
  /** Wheel steps: positive is down or right. */
  readonly deltaX: number;
  readonly deltaY: number;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;

  constructor(type: MouseEventType, input: MouseInput) {
    super();
    this.type = type;
    this.x = input.x;
    this.y = input.y;
    this.button = input.button;
    this.deltaX = input.button === 'wheelRight' ? 1 : input.button === 'wheelLeft' ? -1 : 0;
    this.deltaY = input.button === 'wheelDown' ? 1 : input.button === 'wheelUp' ? -1 : 0;
    this.ctrl = input.ctrl === true;
    this.alt = input.alt === true;
    this.shift = input.shift === true;
  }
}

/** Text pasted into the terminal, as one event. Line ends are `\n`; control characters other than tab became U+FFFD. */
export class PasteEvent extends UIEvent {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }
}

/** Focus came to or left an element. */
export class FocusEvent extends UIEvent {
  readonly type: 'focus' | 'blur';

  constructor(type: 'focus' | 'blur') {
    super();
    this.type = type;
  }
}

/** A handler. Returning `true` consumes the event. */
export type Handler<E extends UIEvent> = (event: E) => unknown;

/** The handlers an element may have. */
export interface Handlers {
  onKey?: Handler<KeyEvent>;
  onPaste?: Handler<PasteEvent>;
  onFocus?: Handler<FocusEvent>;
  onBlur?: Handler<FocusEvent>;
  onClick?: Handler<MouseEvent>;
  onMouseDown?: Handler<MouseEvent>;
  onMouseUp?: Handler<MouseEvent>;
  onMouseMove?: Handler<MouseEvent>;
  onMouseEnter?: Handler<MouseEvent>;
  onMouseLeave?: Handler<MouseEvent>;
  onWheel?: Handler<MouseEvent>;
}

export type HandlerName = keyof Handlers;
