/**
 * What is there once an app, for the code inside it: its size, keys nobody consumed.
 */
import { OptionError } from '../base/index.ts';
import { type Handler, type KeyEvent, parseKeyPattern, type ValidKey } from '../events/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import { currentOwner, currentPlace, type Size } from './host.ts';
import { checkHandler, namingElement } from './named-error.ts';
import type { Cleanup } from './props.ts';

/**
 * The size of the terminal in cells, as a signal.
 *
 * @throws PhaseError outside an app
 * @example
 * const size = terminalSize();
 * text({ content: () => `${size.value.width}×${size.value.height}` });
 */
export function terminalSize(): ReadableSignal<Size> {
  return currentPlace('terminalSize()').host.size;
}

/**
 * Calls `handler` for keys (presses and repeats) that no element consumed, for as long as the current owner lives. Keys
 * that a focused text field uses are not among those of patterns: `'q'` does not quit while somebody types.
 *
 * @param keys one pattern or several (`'q'`, `'Escape'`, `'ctrl+s'`; a wrong name is a type error), or the handler alone for all keys
 * @throws PhaseError outside an app; OptionError for a pattern that names no key
 * @example
 * onKey(['q', 'Escape'], () => process.exit(0));
 */
export function onKey<const K extends string>(keys: (K & ValidKey<K>) | readonly (K & ValidKey<K>)[], handler: Handler<KeyEvent>): Cleanup;
export function onKey(handler: Handler<KeyEvent>): Cleanup;
export function onKey(keys: string | readonly string[] | Handler<KeyEvent>, handler?: Handler<KeyEvent>): Cleanup {
  const place = currentPlace('onKey()');
  const owner = currentOwner('onKey()');
  const { events } = place.host;
  if (typeof keys === 'function') return events.onKey(null, keys, owner);
  const list: readonly string[] = typeof keys === 'string' ? [keys] : keys;
  if (!Array.isArray(list)) throw new OptionError(`${place.host.describe(place.parent)}: onKey() was given ${String(keys)}; expected a key pattern, a list of them, or a handler`);
  checkHandler(place, 'onKey()', handler);
  const patterns = namingElement(place, () => list.map((pattern) => parseKeyPattern(pattern)));
  return events.onKey(patterns, handler as Handler<KeyEvent>, owner);
}
