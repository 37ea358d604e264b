/** The way from a handle, as users hold it, to its app: for tools that look inside (sentinel, test kit, devtools). */
import { OptionError } from '../base/index.ts';
import type { App } from './app.ts';

/** Key under which a handle gives its app. */
export const INSIDE: unique symbol = Symbol('app');

/** A handle of an app. */
export interface HasInside {
  readonly [INSIDE]: App;
}

/** The app of a handle. Throws OptionError for anything else; `what` names the caller. */
export function appOf(handle: object, what: string): App {
  const app = (handle as Partial<HasInside> | null | undefined)?.[INSIDE];
  if (app === undefined) throw new OptionError(`${what} was given ${String(handle)}; expected what mount(), mountSync() or createTestApp() returned`);
  return app;
}
