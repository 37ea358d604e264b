/**
 * `when`: something that depends on a promise: pending, then its value, or its error. A promise that was
 * replaced meanwhile no longer matters.
 */
import { reportError, type Scope, watched } from '../base/index.ts';
import { renderEffect, runInScope, signal, untrack, type WritableSignal } from '../reactive/index.ts';
import { currentPlace } from './host.ts';
import type { Cleanup, Prop } from './props.ts';
import { Region } from './region.ts';
import { readerOf } from './show.ts';

/** What `when` shows in each state. */
export interface WhenOptions<T> {
  /** While the promise is pending. When absent, what was there stays. */
  readonly pending?: (() => unknown) | undefined;
  /** When it is fulfilled. Gets a getter of the value: reactive, a later promise replaces the value. */
  readonly then?: ((value: () => T) => unknown) | undefined;
  /** When it is rejected. When absent, the error goes to the app. */
  readonly catch?: ((error: unknown) => unknown) | undefined;
}

/**
 * Shows the state of a promise. The getter is re-read when what it reads changes; a new promise starts over.
 *
 * @example
 * when(() => fetchUser(id.value), {
 *   pending: () => text({ content: 'Loading…' }),
 *   then: (user) => text({ content: () => user().name }),
 * });
 */
export function when<T>(promise: Prop<PromiseLike<T> | T>, options: WhenOptions<T>): Cleanup {
  const region = new Region(currentPlace('when()'));
  const { pending: work } = region.host;
  const read = readerOf(promise);
  let branch: Scope | null = null;
  /** The value on show, while what `then` made is on show. */
  let fulfilled: WritableSignal<T> | null = null;
  let turn = 0;

  const replace = (make: () => unknown): void => {
    fulfilled = null;
    branch?.dispose();
    branch = null;
    branch = region.branch(make);
  };
  const settle = (mine: number, make: () => void): void => {
    if (mine !== turn || region.disposed) return;
    try {
      untrack(watched(region, make, 'when'));
    } catch (error) {
      if (!reportError(region, error)) throw error;
    }
  };

  runInScope(region, () =>
    renderEffect(() => {
      const source = read();
      const mine = ++turn;
      untrack(() => {
        const { pending } = options;
        if (pending !== undefined) replace(pending);
      });
      work.begin();
      Promise.resolve(source)
        .finally(() => work.end())
        .then(
        (value) =>
          settle(mine, () => {
            if (fulfilled !== null) {
              fulfilled.value = value;
              return;
            }
            const current = signal(value);
            replace(() => options.then?.(() => current.value));
            fulfilled = current;
          }),
        (error: unknown) =>
          settle(mine, () => {
            const show = options.catch;
            if (show === undefined) throw error;
            replace(() => show(error));
          }),
      );
    }, 'when'),
  );
  region.onDispose(() => {
    turn = -1;
  });
  return () => region.dispose();
}
