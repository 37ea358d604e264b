/** The handlers an element may have, by name: what each is for, and which of them run on the way down. */
import type { FocusEvent } from './focus-event.ts';
import type { KeyEvent } from './key-event.ts';
import type { DragEvent, MouseEvent, WheelEvent } from './mouse-event.ts';
import type { PasteEvent } from './paste-event.ts';
import type { ScrollEvent } from './scroll-event.ts';
import type { UIEvent } from './ui-event.ts';

/** A handler. Returning `true` consumes the event. */
export type Handler<E extends UIEvent> = (event: E) => unknown;

/** The handlers an element may have. Those that end in `Capture` run on the way down, before those of what is inside. */
export interface Handlers {
  /** A key was pressed or repeats, while the element or something in it has focus. Releases: `onKeyUp`. */
  onKey?: Handler<KeyEvent>;
  onKeyCapture?: Handler<KeyEvent>;
  /** A key was released. Only terminals with the kitty keyboard protocol tell. */
  onKeyUp?: Handler<KeyEvent>;
  onKeyUpCapture?: Handler<KeyEvent>;
  onPaste?: Handler<PasteEvent>;
  onPasteCapture?: Handler<PasteEvent>;
  /** The element itself got focus. Does not bubble. */
  onFocus?: Handler<FocusEvent>;
  /** The element itself lost focus. Does not bubble. */
  onBlur?: Handler<FocusEvent>;
  /** The element or something in it got focus. */
  onFocusIn?: Handler<FocusEvent>;
  /** The element or something in it lost focus. */
  onFocusOut?: Handler<FocusEvent>;
  /** The left button was pressed and released on it; `count` is 2 for a double click, 3 for a triple. */
  onClick?: Handler<MouseEvent>;
  onClickCapture?: Handler<MouseEvent>;
  onMouseDown?: Handler<MouseEvent>;
  onMouseDownCapture?: Handler<MouseEvent>;
  /** Also called when the button was pressed on it and released elsewhere (`outside` is true then). */
  onMouseUp?: Handler<MouseEvent>;
  onMouseUpCapture?: Handler<MouseEvent>;
  onMouseMove?: Handler<MouseEvent>;
  onMouseMoveCapture?: Handler<MouseEvent>;
  /** The mouse came onto the element or something in it. Does not bubble. */
  onMouseEnter?: Handler<MouseEvent>;
  onMouseLeave?: Handler<MouseEvent>;
  /** The mouse moves with a button held that was pressed on it; all of it until the release, wherever the mouse is. */
  onDrag?: Handler<DragEvent>;
  onWheel?: Handler<WheelEvent>;
  onWheelCapture?: Handler<WheelEvent>;
  /** The content of the element was scrolled, by whatever. */
  onScroll?: Handler<ScrollEvent>;
}

export type HandlerName = keyof Handlers;

/** The handler that runs on the way down, of those that have one. */
export const CAPTURE_NAMES: Readonly<Partial<Record<HandlerName, HandlerName>>> = {
  onKey: 'onKeyCapture',
  onKeyUp: 'onKeyUpCapture',
  onPaste: 'onPasteCapture',
  onClick: 'onClickCapture',
  onMouseDown: 'onMouseDownCapture',
  onMouseUp: 'onMouseUpCapture',
  onMouseMove: 'onMouseMoveCapture',
  onWheel: 'onWheelCapture',
};

/** All names of handlers. */
export const HANDLER_NAMES: ReadonlySet<string> = new Set<HandlerName>([
  'onKey',
  'onKeyCapture',
  'onKeyUp',
  'onKeyUpCapture',
  'onPaste',
  'onPasteCapture',
  'onFocus',
  'onBlur',
  'onFocusIn',
  'onFocusOut',
  'onClick',
  'onClickCapture',
  'onMouseDown',
  'onMouseDownCapture',
  'onMouseUp',
  'onMouseUpCapture',
  'onMouseMove',
  'onMouseMoveCapture',
  'onMouseEnter',
  'onMouseLeave',
  'onDrag',
  'onWheel',
  'onWheelCapture',
  'onScroll',
]);
