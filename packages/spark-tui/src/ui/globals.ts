/**
 * What is there once an app, for the code inside it: its size, keys nobody consumed.
 */
import { type Handler, type KeyEvent, parseKeyPattern } from '../events/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import { currentOwner, currentPlace, type Size } from './host.ts';
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
 * Calls `handler` for keys that no element consumed, for as long as the current owner lives.
 *
 * @param keys one pattern or several (`'q'`, `'Escape'`, `'ctrl+s'`), or the handler alone for all keys
 * @throws PhaseError outside an app; OptionError for a pattern that names no key
 * @example
 * onKey(['q', 'Escape'], () => process.exit(0));
 */
export function onKey(keys: string | readonly string[], handler: Handler<KeyEvent>): Cleanup;
export function onKey(handler: Handler<KeyEvent>): Cleanup;
export function onKey(keys: string | readonly string[] | Handler<KeyEvent>, handler?: Handler<KeyEvent>): Cleanup {
  const { host } = currentPlace('onKey()');
  const owner = currentOwner('onKey()');
  if (typeof keys === 'function') return host.events.onKey(null, keys, owner);
  const patterns = (typeof keys === 'string' ? [keys] : keys).map(parseKeyPattern);
  return host.events.onKey(patterns, handler as Handler<KeyEvent>, owner);
}
