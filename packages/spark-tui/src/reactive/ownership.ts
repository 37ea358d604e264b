/**
 * Who owns what is created now. Every effect and disposer belongs to the current scope: an effect
 * that runs, a public effect scope, or a scope of a higher rank (a component).
 */
import { PhaseError, Scope } from '../base/index.ts';
import { sharedTracker, untrack } from './graph.ts';

const tracker = sharedTracker;

/** The scope that owns what is created now, or null outside any. In a derived: its own, made on demand. */
export function currentScope(): Scope | null {
  const owner = tracker.owner;
  if (owner === null || owner instanceof Scope) return owner;
  return owner.ownScope();
}

/**
 * The scope that owns what is created now: the one whose `run` is open, or the running effect, or a
 * component's. Null outside any; {@link onScopeDispose} works exactly when it is not null.
 *
 * @example
 * if (getCurrentScope() !== null) onScopeDispose(stop);
 */
export const getCurrentScope: () => Scope | null = currentScope;

/**
 * Makes `scope` the owner of what is created from now on. Returns the one before, to be set again.
 *
 * @internal
 */
export function setCurrentScope(scope: Scope | null): Scope | null {
  const previous = currentScope();
  tracker.owner = scope;
  return previous;
}

/**
 * Runs `fn` with `scope` as owner of what it creates. What it reads subscribes nothing.
 *
 * @internal
 * @throws what `fn` throws
 */
export function runInScope<T>(scope: Scope | null, fn: () => T): T {
  const owner = tracker.owner;
  const sub = tracker.sub;
  tracker.owner = scope;
  tracker.sub = undefined;
  try {
    return fn();
  } finally {
    tracker.owner = owner;
    tracker.sub = sub;
  }
}

/**
 * Runs `fn` when the current scope is disposed (in an effect: also before its next run).
 *
 * @example
 * const timer = setInterval(refresh, 1000);
 * onScopeDispose(() => clearInterval(timer));
 * @throws PhaseError outside any scope
 */
export function onScopeDispose(fn: () => void): void {
  const scope = currentScope();
  if (scope === null) {
    throw new PhaseError(
      'onScopeDispose() was called outside any scope, so nothing would ever call it: ' +
        'call it in a component, an effect, or effectScope().run()',
    );
  }
  scope.onDispose(() => untrack(fn));
}

/** Scopes that are paused now; zero spares every new effect the walk. */
const paused = new Set<Scope>();

export function setPaused(scope: Scope, on: boolean): void {
  if (on) paused.add(scope);
  else paused.delete(scope);
}

export function isPaused(scope: Scope): boolean {
  if (paused.size === 0) return false;
  for (let owner: Scope | null = scope; owner !== null; owner = owner.owner) {
    if (paused.has(owner)) return true;
  }
  return false;
}
