/** Errors that say at which element of the app they arose. */
import { OptionError } from '../base/index.ts';
import type { Place } from './host.ts';

/** Runs `fn`; an OptionError it throws names the element of `place`. */
export function namingElement<T>({ host, parent }: Place, fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new OptionError(`${host.describe(parent)}: ${error.message}`);
  }
}

/** Checks that a handler is a function. `what` names who was given it. */
export function checkHandler({ host, parent }: Place, what: string, handler: unknown): void {
  if (typeof handler !== 'function') throw new OptionError(`${host.describe(parent)}: ${what} was given ${String(handler)} as handler; expected a function`);
}
