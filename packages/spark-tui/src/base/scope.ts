/**
 * Ownership. Every effect, handler, timer, listener and node belongs to exactly one scope, and
 * disposing a scope disposes all of it: children first, last in first out, each isolated from the
 * errors of the others. The walk is iterative, so depth is not a limit.
 *
 *   Scope ──firstOwned──▶ Owned ⇄ Owned ⇄ Owned ◀──lastOwned── Scope
 *                           │ (a Scope is itself Owned, so scopes nest)
 *
 * Invariants: an `Owned` is in its owner's list exactly while it is not disposed; `release` runs
 * exactly once; a disposed scope owns nothing, and what is added to it is disposed at once.
 */

import { type Inspector, watched } from './inspector.ts';

/** Live counts of what scopes own. Shared by all scopes of one app; read by its gauges. */
export class Tally {
  scopes = 0;
  /** Effects, bindings among them. */
  effects = 0;
  bindings = 0;
  disposers = 0;
  /** Sees what is made and released; null unless a development tool looks at the app. */
  inspector: Inspector | null = null;
}

/** Counts what belongs to no app. */
export const unownedTally: Tally = new Tally();

/** Something a scope can own. Subclasses free themselves in `release`. */
export abstract class Owned {
  owner: Scope | null = null;
  prevOwned: Owned | null = null;
  nextOwned: Owned | null = null;
  disposed = false;

  /** Frees this one thing. Called exactly once, after everything it owns was released. */
  abstract release(): void;

  /** Releases this and all it owns. Idempotent. Errors go to the nearest `onError`, else are thrown at the end. */
  dispose(): void {
    disposeTree(this);
  }

  [Symbol.dispose](): void {
    disposeTree(this);
  }
}

/** Receives an error of something a scope owns. Returns true when it has dealt with it. */
export type ScopeErrorHandler = (error: unknown, source: Scope) => boolean;

/** Owner of disposables. */
export class Scope extends Owned {
  firstOwned: Owned | null = null;
  lastOwned: Owned | null = null;
  /** What higher ranks attach to a subtree of scopes (inherited when a child scope is made). */
  context: object | null;
  onError: ScopeErrorHandler | null = null;
  tally: Tally;

  constructor(owner: Scope | null, tally?: Tally) {
    super();
    this.context = owner === null ? null : owner.context;
    this.tally = tally ?? (owner === null ? unownedTally : owner.tally);
    this.tally.scopes++;
    if (this.tally.inspector !== null) this.tally.inspector.made(this);
    if (owner !== null) owner.add(this);
  }

  /** Makes `owned` belong to this scope. On a disposed scope it is disposed at once. */
  add(owned: Owned): void {
    if (this.disposed) {
      disposeTree(owned);
      return;
    }
    owned.owner = this;
    const last = this.lastOwned;
    owned.prevOwned = last;
    if (last === null) this.firstOwned = owned;
    else last.nextOwned = owned;
    this.lastOwned = owned;
  }

  /** Runs `fn` when the scope is disposed. Returns the owned record, whose `dispose()` runs it earlier. */
  onDispose(fn: () => void): Owned {
    return new Disposer(this, fn);
  }

  /** Disposes what the scope owns, and keeps the scope itself usable. */
  clear(): void {
    let errors: unknown[] | null = null;
    while (this.lastOwned !== null) errors = releaseAll(this.lastOwned, errors);
    if (errors !== null) reportAll(this, errors);
  }

  override release(): void {
    this.tally.scopes--;
    if (this.tally.inspector !== null) this.tally.inspector.released(this);
    this.context = null;
    this.onError = null;
  }
}

class Disposer extends Owned {
  fn: (() => void) | null;
  tally: Tally;

  constructor(scope: Scope, fn: () => void) {
    super();
    this.fn = watched(scope, fn, 'a cleanup');
    this.tally = scope.tally;
    this.tally.disposers++;
    if (this.tally.inspector !== null) this.tally.inspector.made(this);
    scope.add(this);
  }

  override release(): void {
    const fn = this.fn;
    this.fn = null;
    this.tally.disposers--;
    if (this.tally.inspector !== null) this.tally.inspector.released(this);
    if (fn !== null) fn();
  }
}

function unlink(owned: Owned): void {
  const owner = owned.owner;
  if (owner === null) return;
  const prev = owned.prevOwned;
  const next = owned.nextOwned;
  if (prev === null) owner.firstOwned = next;
  else prev.nextOwned = next;
  if (next === null) owner.lastOwned = prev;
  else next.prevOwned = prev;
  owned.owner = null;
  owned.prevOwned = null;
  owned.nextOwned = null;
}

/** Post-order walk over owner lists, from the last owned backwards, without recursion. */
function releaseAll(root: Owned, errors: unknown[] | null): unknown[] | null {
  let current: Owned = root;
  current.disposed = true;
  for (;;) {
    const last: Owned | null = current instanceof Scope ? current.lastOwned : null;
    if (last !== null) {
      last.disposed = true;
      current = last;
      continue;
    }
    const owner: Scope | null = current.owner;
    unlink(current);
    try {
      current.release();
    } catch (error) {
      (errors ??= []).push(error);
    }
    if (current === root) return errors;
    current = owner as Scope;
  }
}

function disposeTree(root: Owned): void {
  if (root.disposed) return;
  const owner = root.owner;
  const handlerScope = root instanceof Scope && root.onError !== null ? root : owner;
  const ownHandler = handlerScope === root ? (root as Scope).onError : null;
  const errors = releaseAll(root, null);
  if (errors === null) return;
  if (ownHandler !== null) {
    const left = errors.filter((error) => !ownHandler(error, root as Scope));
    if (left.length > 0) reportAll(owner, left);
    return;
  }
  reportAll(owner, errors);
}

function reportAll(scope: Scope | null, errors: unknown[]): void {
  let unhandled: unknown[] | null = null;
  for (const error of errors) {
    if (!reportError(scope, error)) (unhandled ??= []).push(error);
  }
  if (unhandled === null) return;
  if (unhandled.length === 1) throw unhandled[0];
  throw new AggregateError(unhandled, `${unhandled.length} disposers failed`);
}

/**
 * Hands an error to the nearest `onError` at or above `scope`.
 * Returns false when nobody took it; the caller then decides how to throw.
 */
export function reportError(scope: Scope | null, error: unknown): boolean {
  let current = scope;
  while (current !== null) {
    const handler = current.onError;
    if (handler !== null && handler(error, current)) return true;
    current = current.owner;
  }
  return false;
}
