/**
 * Ownership for users: `scoped` groups what is made so that it can be ended together, `onCleanup` runs
 * something when its owner ends.
 */
import { Scope } from '../base/index.ts';
import { getCurrentScope, runInScope } from '../reactive/index.ts';
import { currentOwner } from './host.ts';
import type { Cleanup } from './props.ts';

/**
 * Runs `fn` with a scope of its own and returns what ends everything `fn` made: elements, effects, timers
 * registered with `onCleanup`. Also ended with the scope around it.
 *
 * @example
 * const end = scoped(() => { text({ content: 'temporary' }); });
 * end();
 */
export function scoped(fn: () => unknown): Cleanup {
  const scope = new Scope(getCurrentScope());
  try {
    runInScope(scope, fn);
  } catch (error) {
    scope.dispose();
    throw error;
  }
  return () => scope.dispose();
}

/**
 * Runs `fn` when the current owner ends: the element's content, the row of an `each`, the branch of a
 * `show`, the app. Last registered runs first; an error in one does not keep the others from running.
 *
 * @throws PhaseError outside any owner
 * @example
 * const timer = setInterval(refresh, 1000);
 * onCleanup(() => clearInterval(timer));
 */
export function onCleanup(fn: () => void): void {
  currentOwner('onCleanup()').onDispose(fn);
}
