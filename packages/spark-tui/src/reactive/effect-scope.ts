/**
 * The public effect scope: a group of effects that is stopped, paused and resumed as one. It is a
 * `Scope` of the ownership tree, so stopping an outer one stops it too, unless it is detached.
 */
import { Scope } from '../base/index.ts';
import { EffectNode } from './effect.ts';
import { currentScope, setPaused } from './ownership.ts';
import { DIRTY, PENDING, sharedTracker, WATCHING } from './graph.ts';
import { PAUSED, QUEUED } from './lane.ts';
import { enqueue, releaseSync } from './queue.ts';

const tracker = sharedTracker;

/** A group of effects. Made by {@link effectScope}. */
export interface EffectScope extends Scope {
  /** False after `stop`. */
  readonly active: boolean;
  readonly paused: boolean;
  /** Runs `fn` with this scope as owner of what it creates. Undefined when stopped. */
  run<R>(fn: () => R): R | undefined;
  /** Disposes everything in it, last in first out. Errors go to the scopes above, else are thrown at the end. */
  stop(): void;
  /** Keeps its effects, and those of scopes inside it, from running; what changes meanwhile is remembered. */
  pause(): void;
  /** Lets its effects run again; those that missed a change run once. */
  resume(): void;
}

class EffectScopeNode extends Scope implements EffectScope {
  paused: boolean;

  constructor(detached: boolean) {
    const owner = currentScope();
    super(null, owner?.tally);
    this.paused = false;
    if (owner === null) return;
    this.context = owner.context;
    if (!detached) owner.add(this);
  }

  get active(): boolean {
    return !this.disposed;
  }

  run<R>(fn: () => R): R | undefined {
    if (this.disposed) return undefined;
    const owner = tracker.owner;
    tracker.owner = this;
    try {
      return fn();
    } finally {
      tracker.owner = owner;
    }
  }

  stop(): void {
    this.dispose();
  }

  pause(): void {
    if (this.disposed) return;
    visitScopes(this, pauseOne);
  }

  resume(): void {
    if (this.disposed) return;
    visitScopes(this, resumeOne);
    releaseSync();
  }

  override release(): void {
    if (this.paused) setPaused(this, false);
    super.release();
  }
}

/** Calls `visit` for each scope at and under `root`, owners first. */
function visitScopes(root: Scope, visit: (scope: Scope) => void): void {
  const stack: Scope[] = [root];
  for (let scope = stack.pop(); scope !== undefined; scope = stack.pop()) {
    visit(scope);
    for (let owned = scope.lastOwned; owned !== null; owned = owned.prevOwned) {
      if (owned instanceof Scope) stack.push(owned);
    }
  }
}

function pauseOne(scope: Scope): void {
  if (scope instanceof EffectNode) scope.flags |= PAUSED;
  else if (scope instanceof EffectScopeNode && !scope.paused) {
    scope.paused = true;
    setPaused(scope, true);
  }
}

function resumeOne(scope: Scope): void {
  if (scope instanceof EffectNode) {
    const flags = scope.flags & ~PAUSED;
    scope.flags = flags;
    if ((flags & (WATCHING | QUEUED)) === 0 && (flags & (DIRTY | PENDING)) !== 0) enqueue(scope);
  } else if (scope instanceof EffectScopeNode && scope.paused) {
    scope.paused = false;
    setPaused(scope, false);
  }
}

/**
 * A scope that owns the effects created in its `run`.
 *
 * @param detached - true: it does not belong to the current scope, only `stop` ends it
 * @example
 * const scope = effectScope();
 * scope.run(() => effect(() => draw(count.value)));
 * scope.stop();
 */
export function effectScope(detached: boolean = false): EffectScope {
  return new EffectScopeNode(detached);
}
