/**
 * Errors that may be printed on a terminal. A message often quotes data (a file name, a line of a log), and a runtime
 * prints the stack of an uncaught error as it is: escape sequences in it would reach the terminal after all.
 */
import { sanitise } from './sanitise.ts';

/** Causes and parts of an error that are looked at, deep and wide. */
const MAX_ERRORS = 64;

/**
 * Makes the `stack` of an error, of its causes and of its parts safe to print, in place; what is no error stays as it is.
 * The message is kept for whoever handles the error, and a stack without control characters is not touched. An app does
 * so with what ends it.
 *
 * @example
 * try {
 *   readConfig(name);
 * } catch (error) {
 *   sanitiseError(error);
 *   console.error(error);
 * }
 */
export function sanitiseError(error: unknown): void {
  const waiting: unknown[] = [error];
  for (let k = 0; k < waiting.length && k < MAX_ERRORS; k++) {
    const one = waiting[k];
    if (!(one instanceof Error)) continue;
    try {
      const { stack } = one;
      const clean = typeof stack === 'string' ? sanitise(stack) : stack;
      if (clean !== stack && clean !== undefined) Object.defineProperty(one, 'stack', { value: clean, writable: true, configurable: true });
      waiting.push(one.cause);
      if (one instanceof AggregateError) for (const part of one.errors) waiting.push(part);
    } catch {
      // A frozen error, or a getter of the app that throws: it is printed as it is.
    }
  }
}
