/**
 * Effects. An effect *is* a scope: what is created while it runs belongs to it and is disposed
 * before its next run, and the effect belongs to the scope it was created in.
 *
 *   flags   WATCHING ──change──▶ QUEUED ──flush──▶ RUNNING ──▶ WATCHING
 *                                   └─ paused: stays dirty until its scope resumes
 *
 * Invariants: a disposed effect has flags 0, no links, no function and no cleanup; one that wrote
 * to what it had read is queued again; an error never keeps another effect from running.
 */
import { type Owned, pathOf, reportError, Scope, type Tally, unownedTally, watched } from '../base/index.ts';
import { nameOf, setLabel } from './labels.ts';
import { currentScope, isPaused } from './ownership.ts';
import type { Link, Subscriber } from './graph.ts';
import * as graphModule from './graph.ts';
import type { QueuedEffect } from './lane.ts';
import * as laneModule from './lane.ts';
import * as queueModule from './queue.ts';

// Local constants: the JIT folds them, where an imported binding is read and checked at each use (measured: 15–25 %).
const { DIRTY, dropDeps, PENDING, purgeDeps, RECURSED, RUNNING, sharedTracker: tracker, WATCHING } = graphModule;
const { checkDirty } = graphModule.algorithm;
const { BINDING, KIND, PAUSED, PRE, QUEUED, SYNC } = laneModule;
const { dequeue, enqueue, fail, keepFailure, releaseSync, withdraw } = queueModule;

/** What an effect may return: runs before the next run, and when the effect is disposed. */
export type CleanupFn = () => void;
/** The function of an effect. */
export type EffectFn = () => void | CleanupFn;
/** Ends an effect. May be called more than once. */
export type DisposeFn = () => void;

/** Options of effects. */
export interface EffectOptions {
  /** Name in error messages; default the function's name. */
  label?: string;
}

let created = 0;

export class EffectNode extends Scope implements QueuedEffect, Subscriber {
  declare deps: Link | undefined;
  declare depsTail: Link | undefined;
  declare flags: number;
  declare readonly order: number;
  declare fn: EffectFn | null;
  declare cleanup: CleanupFn | null;

  /** Never called: see {@link newEffect}. */
  private constructor() {
    super(null);
  }

  notify(): void {
    enqueue(this);
  }

  describe(): string {
    const name = nameOf(this, this.fn, 'effect', this.order < 0 ? this.order + 0x80000000 : this.order);
    const path = pathOf(this);
    return path === '' ? name : `${name} of ${path}`;
  }

  // hot: once per effect and change
  run(): void {
    const flags = this.flags;
    if ((flags & (PAUSED | SYNC | PRE)) !== 0 && !this.mayRun()) return;
    if ((flags & DIRTY) !== 0 || ((flags & PENDING) !== 0 && this.isDirty())) this.execute(false);
    else if (!this.disposed) this.flags = WATCHING | (flags & KIND);
  }

  /** Runs the function. A first run throws what nobody took; later runs keep it for the end of the flush. */
  // hot: once per effect and change
  execute(first: boolean): void {
    const owner = this.owner;
    if (this.firstOwned !== null || this.cleanup !== null) this.leaveRun();
    const fn = this.fn;
    if (fn === null) return;
    const sub = tracker.sub;
    const scope = tracker.owner;
    this.depsTail = undefined;
    this.flags = WATCHING | RUNNING | (this.flags & KIND);
    tracker.sub = this;
    tracker.owner = this;
    tracker.run = (tracker.run + 1) | 0;
    let thrown = false;
    let caught: unknown;
    try {
      const result = fn();
      if (typeof result === 'function') this.cleanup = owner === null ? result : watched(owner, result, 'a cleanup');
    } catch (error) {
      thrown = true;
      caught = error;
    }
    // In a flush the next run, or its end, sets these anyway.
    if (first) {
      tracker.sub = sub;
      tracker.owner = scope;
    }
    const flags = this.flags & ~RUNNING;
    if (this.disposed) {
      this.forget(owner);
    } else {
      this.flags = flags;
      purgeDeps(this);
      if ((flags & (DIRTY | PENDING)) !== 0) this.again();
    }
    if (thrown) this.failed(owner, caught, first);
  }

  /** Same as the inherited one; shorter for an effect that owns nothing and cleans up nothing, as most. */
  override dispose(): void {
    if (this.disposed) return;
    if (this.firstOwned !== null || this.cleanup !== null) {
      super.dispose();
      return;
    }
    this.disposed = true;
    const owner = this.owner;
    if (owner !== null) {
      const prev = this.prevOwned;
      const next = this.nextOwned;
      if (prev === null) owner.firstOwned = next;
      else prev.nextOwned = next;
      if (next === null) owner.lastOwned = prev;
      else next.prevOwned = prev;
      this.owner = this.prevOwned = this.nextOwned = null;
    }
    this.release();
  }

  override release(): void {
    const flags = this.flags;
    this.flags = 0;
    if ((flags & QUEUED) !== 0) dequeue(this, (flags & SYNC) !== 0);
    dropDeps(this);
    this.fn = null;
    const { tally } = this;
    tally.effects--;
    if ((flags & BINDING) !== 0) tally.bindings--;
    if (tally.inspector !== null) tally.inspector.released(this);
    try {
      if (this.cleanup !== null) this.runCleanup();
    } finally {
      this.context = null;
      this.onError = null;
    }
  }

  /** Whether something it has read changed. Deriveds among that are computed for it here, outside its function. */
  private isDirty(): boolean {
    const { inspector } = this.tally;
    if (inspector === null) return checkDirty(this.deps!, this);
    return inspector.watched(() => checkDirty(this.deps!, this), `a derived read by ${nameOf(this, this.fn, 'an effect')}`, this)();
  }

  /** It wrote to what it had read: another round. */
  private again(): void {
    this.flags &= ~RECURSED;
    enqueue(this, this);
  }

  /** Disposes what the last run created, and runs its cleanup. Errors do not keep the next run from coming. */
  private leaveRun(): void {
    const sub = tracker.sub;
    const scope = tracker.owner;
    tracker.sub = undefined;
    tracker.owner = this;
    tracker.hold++;
    if (this.firstOwned !== null) {
      try {
        this.clear();
      } catch (error) {
        keepFailure(error); // `clear` reported it.
      }
    }
    if (this.cleanup !== null) {
      const owner = this.owner;
      try {
        this.runCleanup();
      } catch (error) {
        fail(owner, error);
      }
    }
    tracker.hold--;
    tracker.sub = sub;
    tracker.owner = scope;
  }

  private runCleanup(): void {
    const cleanup = this.cleanup!;
    this.cleanup = null;
    const sub = tracker.sub;
    const scope = tracker.owner;
    tracker.sub = undefined;
    tracker.owner = this;
    try {
      cleanup();
    } finally {
      tracker.sub = sub;
      tracker.owner = scope;
    }
  }

  /** Disposed by its own run: what the rest of the run linked or returned goes too. */
  private forget(owner: Scope | null): void {
    dropDeps(this);
    this.flags = 0;
    if (this.cleanup === null) return;
    try {
      this.runCleanup();
    } catch (error) {
      fail(owner, error);
    }
  }

  private failed(owner: Scope | null, error: unknown, first: boolean): void {
    if (!first) {
      tracker.sub = undefined;
      tracker.owner = null;
      fail(this.disposed ? owner : this, error);
      return;
    }
    if (reportError(owner, error)) return;
    this.dispose(); // The caller gets no handle, so nobody could ever end it.
    throw error;
  }

  /**
   * Paused effects stay dirty. Before one that runs ahead of creation order, the effects above it
   * that are dirty run, which may dispose it. True when it is still there and may run.
   */
  private mayRun(): boolean {
    if ((this.flags & PAUSED) !== 0) return false;
    let dirty: EffectNode[] | null = null;
    for (let owner = this.owner; owner !== null; owner = owner.owner) {
      if (owner instanceof EffectNode && (owner.flags & QUEUED) !== 0) (dirty ??= []).push(owner);
    }
    while (dirty !== null && dirty.length > 0) {
      const above = dirty.pop()!;
      if (above.disposed || (above.flags & QUEUED) === 0) continue;
      withdraw(above);
      above.run();
    }
    return !this.disposed;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Fills an effect in one step. Three constructors in a row cost as much as the rest of an effect's
 * life (node 20 inlines none of them); a test keeps the fields equal to those of a fresh Scope.
 */
// hot: once per effect; create, run and dispose take about 60 ns (node 24)
function Effect(this: Mutable<EffectNode>, fn: EffectFn, kind: number, owner: Scope | null, tally: Tally): void {
  const order = ++created;
  this.owner = null;
  this.prevOwned = null;
  this.nextOwned = null;
  this.disposed = false;
  this.firstOwned = null;
  this.lastOwned = null;
  this.context = owner === null ? null : owner.context;
  this.onError = null;
  this.tally = tally;
  this.deps = undefined;
  this.depsTail = undefined;
  this.flags = DIRTY | kind;
  this.order = (kind & PRE) !== 0 ? order - 0x80000000 : order;
  this.fn = fn;
  this.cleanup = null;
}
Effect.prototype = EffectNode.prototype;

const EffectRecord = Effect as unknown as new (
  fn: EffectFn,
  kind: number,
  owner: Scope | null,
  tally: Tally,
) => EffectNode;

/** Makes an effect that belongs to the current scope. It has not run yet; a disposed scope has disposed it already. */
export function newEffect(fn: EffectFn, kind: number): EffectNode {
  const owner = currentScope();
  const tally = owner === null ? unownedTally : owner.tally;
  const { inspector } = tally;
  const node = new EffectRecord(inspector === null ? fn : inspector.watched(fn, 'effect', owner), kind, owner, tally);
  tally.effects++;
  if ((kind & BINDING) !== 0) tally.bindings++;
  if (inspector !== null) inspector.made(node);
  if (owner !== null) {
    owner.add(node);
    if (!node.disposed && isPaused(owner)) node.flags |= PAUSED;
  }
  return node;
}

/** Makes an effect and runs it now. */
function runNow(fn: EffectFn, kind: number, label: string | undefined): EffectNode {
  const node = newEffect(fn, kind);
  if (label !== undefined) setLabel(node, label);
  if (node.disposed || (node.flags & PAUSED) !== 0) return node;
  tracker.hold++;
  try {
    node.execute(true);
  } finally {
    tracker.hold--;
  }
  if (tracker.syncWaits && tracker.hold === 0) releaseSync();
  return node;
}

function runLater(fn: EffectFn, kind: number, options: EffectOptions | undefined): DisposeFn {
  const node = newEffect(fn, kind);
  setLabel(node, options?.label);
  if (!node.disposed) enqueue(node);
  return disposer(node);
}

const { dispose } = EffectNode.prototype;

/** A bound function: half the bytes of a closure with its context. */
function disposer(node: EffectNode): DisposeFn {
  return dispose.bind(node);
}

function createEffect(fn: EffectFn, options?: EffectOptions): DisposeFn {
  return runLater(fn, 0, options);
}

function syncEffect(fn: EffectFn, options?: EffectOptions): DisposeFn {
  return disposer(runNow(fn, SYNC, options?.label));
}

function preEffect(fn: EffectFn, options?: EffectOptions): DisposeFn {
  return runLater(fn, PRE, options);
}

function rootEffect(fn: EffectFn): DisposeFn {
  const owner = currentScope();
  const root = new Scope(null, owner?.tally);
  if (owner !== null) root.context = owner.context;
  const sub = tracker.sub;
  const scope = tracker.owner;
  tracker.sub = undefined;
  tracker.owner = root;
  try {
    const cleanup = fn();
    if (typeof cleanup === 'function') root.onDispose(cleanup);
  } catch (error) {
    root.dispose();
    throw error;
  } finally {
    tracker.sub = sub;
    tracker.owner = scope;
  }
  return () => root.dispose();
}

/** Type of {@link effect}. */
export interface EffectFunction {
  (fn: EffectFn, options?: EffectOptions): DisposeFn;
  /** Runs now, and at the end of each write (outside a batch, and outside other effects). */
  sync(fn: EffectFn, options?: EffectOptions): DisposeFn;
  /** Like `effect`, but before the ordinary effects of the same flush. */
  pre(fn: EffectFn, options?: EffectOptions): DisposeFn;
  /** Runs `fn` once, untracked, as owner of what it creates; only the returned function disposes it. */
  root(fn: EffectFn): DisposeFn;
  /** True where reading a signal subscribes something. */
  tracking(): boolean;
}

/**
 * Runs `fn` in the next flush, and again in a flush whenever a signal that its last run read has
 * changed. Returns what ends it. `fn` may return a cleanup. Belongs to the scope it is created in.
 *
 * @param fn - reads signals and acts; what it creates (effects, scopes) goes before its next run
 * @param options - `label`: its name in error messages
 * @example
 * const stop = effect(() => { title.value = `${count.value} items`; });
 * count.value = 3; // runs once in the next microtask
 * stop();
 */
export const effect: EffectFunction = Object.assign(createEffect, {
  sync: syncEffect,
  pre: preEffect,
  root: rootEffect,
  tracking: (): boolean => tracker.sub !== undefined,
});

/**
 * Effect for binding a value to a node: runs now, later runs in the flush. No closure is made; the
 * returned record is disposed with `dispose()`, or by its owner.
 *
 * @internal
 * @throws what `fn` throws in its first run, when no scope above takes it (then it is disposed)
 */
export function renderEffect(fn: EffectFn, label?: string): Owned {
  return runNow(fn, BINDING, label);
}
