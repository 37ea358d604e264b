/**
 * Errors that may be printed on a terminal. A message often quotes data (a file name, a line of a log), and a runtime
 * prints an uncaught error as it is: escape sequences in it would reach the terminal after all.
 */
import { sanitise } from './sanitise.ts';

/** Objects that are looked at: an error, its causes, its parts and what hangs on them. */
const MAX_OBJECTS = 1000;
const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
/** Node prints the stack, which has the message in it; Bun and Deno print the message itself. */
const printsMessage = runtime.Bun !== undefined || runtime.Deno !== undefined;

/**
 * Makes an error safe to print, in place: the `stack` and `name` of it, of its causes and of all errors that hang on it, and
 * on Bun and Deno, which print it, the `message`. On Node the message is kept for whoever handles the error; what has no
 * control characters is not touched. Returns the error; of a thrown string, which cannot be changed, a safe copy. An app does
 * so with what ends it.
 *
 * @example
 * try {
 *   readConfig(name);
 * } catch (error) {
 *   console.error(sanitiseError(error));
 * }
 */
export function sanitiseError<T>(error: T): T {
  if (typeof error === 'string') return sanitise(error) as T;
  const found = new Set<object>();
  const find = (value: unknown): void => {
    if (typeof value === 'object' && value !== null && found.size < MAX_OBJECTS) found.add(value);
  };
  find(error);
  // A set gives what is added while it is walked, too.
  for (const one of found) {
    try {
      if (one instanceof Error) {
        clean(one, 'stack');
        clean(one, 'name');
        if (printsMessage) clean(one, 'message');
      }
      if (one instanceof Map) for (const [key, value] of one) [key, value].forEach(find);
      else if (one instanceof Set) one.forEach(find);
      // No getter of the app is called.
      else for (const key of Reflect.ownKeys(one)) find(Object.getOwnPropertyDescriptor(one, key)?.value);
    } catch {
      // A frozen error, or one that does not let itself be looked at: it stays as it is.
    }
  }
  return error;
}

function clean(error: Error, key: 'stack' | 'name' | 'message'): void {
  const text: unknown = error[key];
  if (typeof text !== 'string') return;
  const safe = sanitise(text);
  if (safe !== text) Object.defineProperty(error, key, { value: safe, writable: true, configurable: true });
}
