/**
 * Focus for the code inside an app: moving it, asking who has it, keeping it inside.
 */
import { FOCUS_TRAP, type ElementHandle, type Handlers } from '../events/index.ts';
import { derived, type ReadableSignal } from '../reactive/index.ts';
import { NIL, ROOT } from '../scene/index.ts';
import { PhaseError } from '../base/index.ts';
import { AppSignal } from './app-signal.ts';
import { elementOf, type ElementTarget, findElement } from './element-target.ts';
import { onComponent } from './global-events.ts';
import { currentOwner, currentPlace } from './host.ts';
import type { Cleanup } from './props.ts';
import { Ref } from './ref.ts';

const focusOf = (what: string) => currentPlace(what).host.events.focus;

/** The index of the element that has focus, as `event.componentIndex` gives it; -1 for none. Read it inside an app. */
export const focusedIndex: ReadableSignal<number> = new AppSignal('focusedIndex', ({ focus: state }) => state.slotSignal.value || -1);
/** True while an element has focus. Read it inside an app. */
export const hasFocus: ReadableSignal<boolean> = new AppSignal('hasFocus', ({ focus: state }) => state.slotSignal.value !== NIL);

/**
 * Gives an element keyboard focus, when it is focusable, shown and enabled. Returns true when it has it now; false
 * also when there is no element of that id or index.
 *
 * @param target a ref, an element of an event, the `id` of an element, or its index
 * @throws StaleRefError when the ref has no element; PhaseError for an id or index outside an app
 * @example
 * onKey('/', () => focus(search));
 */
export function focus(target: ElementTarget): boolean {
  return findElement('focus()', target)?.focus() ?? false;
}

/**
 * Takes focus from whatever has it.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('Escape', () => blur());
 */
export function blur(): void {
  focusOf('blur()').set(0);
}

/**
 * Moves focus to the next element of the Tab order. Returns false when none can have it.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('ctrl+n', () => void focusNext());
 */
export function focusNext(): boolean {
  return focusOf('focusNext()').move(1);
}

/**
 * Moves focus to the previous element of the Tab order.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('ctrl+p', () => void focusPrevious());
 */
export function focusPrevious(): boolean {
  return focusOf('focusPrevious()').move(-1);
}

/**
 * Moves focus to the first element of the Tab order.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('ctrl+Home', () => void focusFirst());
 */
export function focusFirst(): boolean {
  return focusOf('focusFirst()').moveToEnd('first');
}

/**
 * Moves focus to the last element of the Tab order.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('ctrl+End', () => void focusLast());
 */
export function focusLast(): boolean {
  return focusOf('focusLast()').moveToEnd('last');
}

/**
 * True when an element has focus. Reactive; a ref may be asked before its element is made, an id before there is one.
 *
 * @param target a ref, an element of an event, the `id` of an element, or its index
 * @throws PhaseError for an id or index outside an app
 * @example
 * box({ ref: field, focusable: true, border: () => (isFocused(field) ? 'double' : 'single') });
 */
export function isFocused(target: ElementTarget): boolean {
  if (target instanceof Ref) return target.isFocused;
  const { focus: state, handles } = currentPlace('isFocused()').host.events;
  const focused = handles.find(state.slotSignal.value);
  if (focused === null) return false;
  return typeof target === 'string' ? focused.id === target : typeof target === 'number' ? focused.slot === target : focused === target;
}

/**
 * The element that has focus, as a signal; null for none.
 *
 * @throws PhaseError outside an app
 * @example
 * const focused = focusedElement();
 * text({ content: () => `focus: ${focused.value?.id ?? 'nowhere'}` });
 */
export function focusedElement(): ReadableSignal<ElementHandle | null> {
  const { focus: state, handles } = currentPlace('focusedElement()').host.events;
  return derived(() => handles.find(state.slotSignal.value));
}

/**
 * The `id` of the element that has focus, as a signal; null when none has, or it has no id.
 *
 * @throws PhaseError outside an app
 * @example
 * const id = useFocusedId();
 * text({ content: () => `focus: ${id.value ?? 'nowhere'}` });
 */
export function useFocusedId(): ReadableSignal<string | null> {
  const { focus: state, handles } = currentPlace('useFocusedId()').host.events;
  return derived(() => handles.find(state.slotSignal.value)?.id || null);
}

/**
 * Calls functions when an element gets and loses focus: `onFocus` and `onBlur` from outside. It ends with the
 * current owner or the element.
 *
 * @throws PhaseError outside an app; OptionError when there is no element of that id or index
 * @example
 * registerFocusCallbacks(field, { onFocus: () => { hint.value = 'Type a name'; } });
 */
export function registerFocusCallbacks(target: ElementTarget, callbacks: Pick<Handlers, 'onFocus' | 'onBlur'>): Cleanup {
  return onComponent(target, callbacks);
}

/**
 * Keeps focus inside the element around the call while the current owner lives, as the prop `focusTrap` does: Tab
 * stays inside, and when it ends, focus returns to where it was.
 *
 * @throws PhaseError outside an app, and outside any element
 * @example
 * box({ border: 'double' }, () => { focusTrap(); text({ content: 'Really?' }); });
 */
export function focusTrap(): void {
  const { host, parent } = currentPlace('focusTrap()');
  if (parent === ROOT) throw new PhaseError('focusTrap() was called outside any element: call it in the children of a box');
  const state = host.events.focus;
  const generation = host.scene.generation(parent);
  state.setFlags(parent, FOCUS_TRAP, FOCUS_TRAP);
  currentOwner('focusTrap()').onDispose(() => {
    if (host.scene.isLive(parent, generation)) state.setFlags(parent, FOCUS_TRAP, 0);
  });
}

/**
 * Keeps focus inside an element until `popFocusTrap()` or its end. For what is shown as long as it is a trap, the prop
 * `focusTrap` is simpler.
 *
 * @throws PhaseError outside an app; OptionError when there is no element of that id or index
 * @example
 * pushFocusTrap(dialog);
 */
export function pushFocusTrap(target: ElementTarget): void {
  focusOf('pushFocusTrap()').pushTrap(elementOf('pushFocusTrap()', target).slot);
}

/**
 * Ends the trap pushed last; focus returns to where it was before that. Returns false when there is none.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('Escape', () => void popFocusTrap());
 */
export function popFocusTrap(): boolean {
  return focusOf('popFocusTrap()').popTrap();
}

/**
 * Notes which element has focus, for `restoreFocus()`. The last 10 are kept. Returns false when none has.
 *
 * @throws PhaseError outside an app
 * @example
 * saveFocus();
 */
export function saveFocus(): boolean {
  return focusOf('saveFocus()').save();
}

/**
 * Gives focus back to the element noted last by `saveFocus()`, or to the one before when that cannot have it any
 * more. Returns false when no noted one can.
 *
 * @throws PhaseError outside an app
 * @example
 * restoreFocus();
 */
export function restoreFocus(): boolean {
  return focusOf('restoreFocus()').restore();
}
