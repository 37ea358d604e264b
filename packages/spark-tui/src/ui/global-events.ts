/**
 * Events of the whole app for the code inside it: handlers beside those of elements, and what happened last
 * as signals.
 *
 * The signals are module-level names, but there is no current app in a module: each read finds the app it is
 * read in (through the owner scope: in elements, effects, getters of props, deriveds made there, handlers of events). Two apps in one process see
 * their own mouse each. Where no scope is, in a timer or after an `await`, take `inputSignals()` beforehand.
 */
import type {
  CellPosition,
  GlobalEvents,
  GlobalKind,
  Handler,
  Handlers,
  InputSignals,
  KeyEvent,
  Modifiers,
  MouseEvent,
  PasteEvent,
  WheelEvent,
} from '../events/index.ts';
import { effect, type ReadableSignal } from '../reactive/index.ts';
import { AppSignal } from './app-signal.ts';
import { currentOwner, currentPlace } from './host.ts';
import type { Cleanup } from './props.ts';
import { elementOf, type ElementTarget } from './element-target.ts';
import { checkHandler } from './named-error.ts';
import { Ref } from './ref.ts';

/** The last key event (press, repeat or release); null before the first. Read it inside an app. */
export const lastEvent: ReadableSignal<KeyEvent | null> = new AppSignal('lastEvent', ({ signals }) => signals.lastEvent.value);
/** Name of the last key; `''` before the first. Read it inside an app. */
export const lastKey: ReadableSignal<string> = new AppSignal('lastKey', ({ signals }) => signals.lastKey.value);
/** Modifiers held with the last key. Read it inside an app. */
export const modifiers: ReadableSignal<Modifiers> = new AppSignal('modifiers', ({ signals }) => signals.modifiers.value);
/** The mouse's column, in cells. Read it inside an app. */
export const mouseX: ReadableSignal<number> = new AppSignal('mouseX', ({ signals }) => signals.mouseX.value);
/** The mouse's row, in cells. Read it inside an app. */
export const mouseY: ReadableSignal<number> = new AppSignal('mouseY', ({ signals }) => signals.mouseY.value);
/** The mouse's place, in cells. Read it inside an app. */
export const mousePosition: ReadableSignal<CellPosition> = new AppSignal('mousePosition', ({ signals }) => signals.mousePosition.value);
/** True while a mouse button is held. Read it inside an app. */
export const isMouseDown: ReadableSignal<boolean> = new AppSignal('isMouseDown', ({ signals }) => signals.isMouseDown.value);
/** The last mouse event; null before the first. Read it inside an app. */
export const lastMouseEvent: ReadableSignal<MouseEvent | null> = new AppSignal('lastMouseEvent', ({ signals }) => signals.lastMouseEvent.value);
/** False while another window has the keyboard, where the terminal tells. Read it inside an app. */
export const terminalFocused: ReadableSignal<boolean> = new AppSignal('terminalFocused', ({ signals }) => signals.terminalFocused.value);

/**
 * The signals of this app, to be kept and read anywhere: `lastEvent`, `lastKey`, `modifiers`, `mouseX`, `mouseY`,
 * `mousePosition`, `isMouseDown`, `lastMouseEvent`, `terminalFocused`.
 *
 * @throws PhaseError outside an app
 * @example
 * const { mouseX } = inputSignals();
 * setTimeout(() => console.log(mouseX.value), 1000);
 */
export function inputSignals(): { readonly [K in keyof InputSignals as InputSignals[K] extends ReadableSignal<unknown> ? K : never]: InputSignals[K] extends ReadableSignal<infer T> ? ReadableSignal<T> : never } {
  return currentPlace('inputSignals()').host.events.signals;
}

function listen<K extends GlobalKind>(what: string, kind: K, handler: Handler<GlobalEvents[K]>): Cleanup {
  const place = currentPlace(what);
  checkHandler(place, what, handler);
  return place.host.events.globals.listen(kind, handler, currentOwner(what));
}

/**
 * Calls `handler` for every key that no element consumed: presses, repeats and releases. It ends with the
 * current owner.
 *
 * @throws PhaseError outside an app
 * @example
 * on((event) => { if (isKeyRelease(event)) stopMoving(event.key); });
 */
export function on(handler: Handler<KeyEvent>): Cleanup {
  return listen('on()', 'anyKey', handler);
}

/**
 * Calls `handler` for pasted text that no element consumed. It ends with the current owner.
 *
 * @throws PhaseError outside an app
 * @example
 * onPaste((event) => open(event.text));
 */
export function onPaste(handler: Handler<PasteEvent>): Cleanup {
  return listen('onPaste()', 'paste', handler);
}

/**
 * Calls `handler` for clicks of any button, anywhere, that no element stopped. It ends with the current owner.
 *
 * @throws PhaseError outside an app
 * @example
 * onGlobalClick((event) => { if (!menu.contains(event.target)) close(); });
 */
export function onGlobalClick(handler: Handler<MouseEvent>): Cleanup {
  return listen('onGlobalClick()', 'click', handler);
}

/**
 * Calls `handler` for all mouse events that no element stopped: `down`, `up`, `click`, `move`, `wheel`.
 *
 * @throws PhaseError outside an app
 * @example
 * onGlobalMouse((event) => print(event.type, event.x, event.y));
 */
export function onGlobalMouse(handler: Handler<MouseEvent>): Cleanup {
  return listen('onGlobalMouse()', 'mouse', handler);
}

/**
 * Calls `handler` when the mouse moves, anywhere.
 *
 * @throws PhaseError outside an app
 * @example
 * onGlobalMove(({ x, y }) => { crosshair.value = { x, y }; });
 */
export function onGlobalMove(handler: Handler<MouseEvent>): Cleanup {
  return listen('onGlobalMove()', 'move', handler);
}

/**
 * Calls `handler` for turns of the wheel that no element stopped.
 *
 * @throws PhaseError outside an app
 * @example
 * onGlobalScroll((event) => { zoom.value += event.deltaY; });
 */
export function onGlobalScroll(handler: Handler<WheelEvent>): Cleanup {
  return listen('onGlobalScroll()', 'wheel', handler);
}

/**
 * Adds handlers to an element from outside, as if they were its props. They end with the current owner or the
 * element. With a ref it may be called before the element is made.
 *
 * @param target a ref, the `id` of an element, or its index (`event.componentIndex`)
 * @throws PhaseError outside an app; OptionError when there is no element of that id or index
 * @example
 * onComponent(panel, { onMouseEnter: () => { hint.value = 'the panel'; } });
 */
export function onComponent(target: ElementTarget, handlers: Handlers): Cleanup {
  const { host } = currentPlace('onComponent()');
  const owner = currentOwner('onComponent()');
  if (!(target instanceof Ref)) {
    const { slot } = elementOf('onComponent()', target);
    const listening = host.events.elements.listen(slot, { ...handlers }, owner);
    return () => listening.dispose();
  }
  return effect(() => {
    if (!target.isAttached) return undefined;
    const { slot } = target.at('onComponent()');
    const listening = host.events.elements.listen(slot, { ...handlers }, owner);
    return () => listening.dispose();
  });
}

/**
 * Calls `handler` for keys while an element, or something in it, has focus: `onKey` from outside. It ends with the
 * current owner or the element.
 *
 * @param target a ref, the `id` of an element, or its index (`event.componentIndex`)
 * @throws PhaseError outside an app; OptionError when there is no element of that id or index
 * @example
 * onFocused(list, (event) => { if (event.key === 'Delete') removeSelected(); });
 */
export function onFocused(target: ElementTarget, handler: Handler<KeyEvent>): Cleanup {
  const place = currentPlace('onFocused()');
  checkHandler(place, 'onFocused()', handler);
  const { focus } = place.host.events;
  return onComponent(target, {
    // With nothing focused, elements at the top get keys too.
    onKey: (event) => (event.currentTarget !== null && focus.isInside(focus.slot, event.currentTarget.slot) ? handler(event) : undefined),
  });
}
