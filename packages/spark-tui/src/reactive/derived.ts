/**
 * Deriveds: lazy cached values. While observed, a derived is linked into the graph. When the last
 * observer goes, or nobody observes it at the end of a tick, its links are removed, so that a
 * long-lived signal never holds a derived alive; the cache stays, with a memo of what it was made from:
 *
 *   memo = [ dep 0, version of dep 0, dep 1, version of dep 1, … ]
 *
 * The next read compares the versions and, when all are the same, links again without computing.
 * Invariant: `memo` is defined only while there are no links and the cache was clean when they went.
 */
import { CycleError, Scope } from '../base/index.ts';
import type { Equals } from './equality.ts';
import { nameOf, setLabel } from './labels.ts';
import { type ReadableSignal, same } from './signal.ts';
import type { Dependency, LazyOwner, Link, Subscriber } from './graph.ts';
import * as graphModule from './graph.ts';
import type { Settling } from './queue.ts';
import * as queueModule from './queue.ts';

// Local constants: the JIT folds them, where an imported binding is read and checked at each use (measured: 15–25 %).
const { DIRTY, dropDeps, MUTABLE, PENDING, purgeDeps, RUNNING, sharedTracker: tracker } = graphModule;
const { link, checkDirty, shallowPropagate } = graphModule.algorithm;
const { releaseSync, settleLater } = queueModule;

/** `current` is what the function threw. */
const ERRORED = 1 << 6;
/** In the list of deriveds that may lose their links at the end of the tick. */
const TRANSIENT = 1 << 7;
/** `scope` is the derived's own scope (for what its function creates), not the one it was made in. */
const OWNS_SCOPE = 1 << 8;
const KEPT = TRANSIENT | OWNS_SCOPE;

/** Unobserved deriveds that may keep their links within one tick. Beyond it the oldest lose them at once. */
const MAX_TRANSIENT = 4096;

/** A value computed from signals. Read-only. */
export interface DerivedSignal<T> extends ReadableSignal<T> {
  /** The value now, without tracking. */
  peek(): T;
}

/** Options of {@link derived}. */
export interface DerivedOptions<T> {
  /** When is a computed value no change? Default `Object.is`. */
  equals?: Equals<T>;
  /** Name in error messages. */
  label?: string;
}

export class DerivedNode<T> implements DerivedSignal<T>, Dependency, Subscriber, LazyOwner, Settling {
  declare subs: Link | undefined;
  declare subsTail: Link | undefined;
  declare deps: Link | undefined;
  declare depsTail: Link | undefined;
  declare flags: number;
  declare version: number;
  declare current: T;
  declare fn: () => T;
  declare equals: Equals<T> | undefined;
  declare scope: Scope | null;
  declare memo: unknown[] | undefined;

  constructor(fn: () => T, equals: Equals<T> | undefined) {
    this.subs = undefined;
    this.subsTail = undefined;
    this.deps = undefined;
    this.depsTail = undefined;
    this.flags = MUTABLE | DIRTY;
    this.version = 0;
    this.current = undefined as T;
    this.fn = fn;
    this.equals = equals;
    const owner = tracker.owner;
    this.scope = owner instanceof Scope ? owner : null;
    this.memo = undefined;
  }

  // hot: as a signal's when clean
  get value(): T {
    const flags = this.flags;
    if ((flags & (DIRTY | PENDING | RUNNING)) !== 0) this.refresh();
    const sub = tracker.sub;
    if (sub !== undefined) link(this, sub, tracker.run);
    else if (this.subs === undefined && this.deps !== undefined && (this.flags & TRANSIENT) === 0) keepForTick(this);
    if ((this.flags & ERRORED) !== 0) throw this.current;
    return this.current;
  }

  peek(): T {
    const sub = tracker.sub;
    tracker.sub = undefined;
    try {
      return this.value;
    } finally {
      tracker.sub = sub;
    }
  }

  refresh(): void {
    const flags = this.flags;
    if ((flags & RUNNING) !== 0) throw this.cycle();
    if ((flags & DIRTY) === 0) {
      if ((flags & PENDING) === 0) return;
      if (!checkDirty(this.deps!, this)) {
        this.flags &= ~PENDING;
        return;
      }
    }
    if (this.update()) {
      const subs = this.subs;
      if (subs !== undefined) shallowPropagate(subs);
    }
    if (tracker.syncWaits && tracker.hold === 0) releaseSync();
  }

  // hot: once per derived and change; a chain costs about 35 ns a derived
  update(): boolean {
    if (this.memo !== undefined && this.revalidate()) return false;
    const flags = this.flags;
    const sub = tracker.sub;
    const owner = tracker.owner;
    this.depsTail = undefined;
    this.flags = MUTABLE | RUNNING | (flags & KEPT);
    tracker.sub = this;
    tracker.owner = this;
    tracker.run = (tracker.run + 1) | 0;
    let changed = true;
    try {
      if ((flags & OWNS_SCOPE) !== 0) this.clearScope();
      const next = this.fn();
      const equals = this.equals;
      if (this.version !== 0 && (flags & ERRORED) === 0) {
        const previous = this.current;
        if (equals === undefined) changed = !Object.is(previous, next);
        else changed = !same(equals, previous, next);
      }
      if (changed) this.current = next;
    } catch (error) {
      this.current = error as T;
      this.flags |= ERRORED;
      // A derived met in a cycle cannot subscribe to what would end it: ask again at the next read.
      if (error instanceof CycleError) this.flags |= DIRTY;
    } finally {
      tracker.sub = sub;
      tracker.owner = owner;
      this.flags &= ~RUNNING;
      purgeDeps(this);
    }
    if (changed) this.version = (this.version + 1) | 0;
    return changed;
  }

  unwatched(): void {
    if ((this.flags & RUNNING) === 0) this.suspend();
    else if ((this.flags & TRANSIENT) === 0) keepForTick(this);
  }

  /** Removes the links to what this reads; keeps the cache and the memo of what it was made from. */
  suspend(): void {
    let dep = this.deps;
    if (dep === undefined) return;
    const flags = this.flags;
    if ((flags & (DIRTY | PENDING)) === 0) {
      const memo: unknown[] = [];
      for (; dep !== undefined; dep = dep.nextDep) memo.push(dep.dep, dep.dep.version);
      this.memo = memo;
    }
    this.flags = MUTABLE | DIRTY | (flags & (KEPT | ERRORED));
    dropDeps(this);
    if ((flags & OWNS_SCOPE) !== 0) settleLater(this);
  }

  /** What this created goes when nobody observes it. */
  settle(): void {
    if (this.subs === undefined && this.deps === undefined) {
      this.memo = undefined;
      this.clearScope();
    }
  }

  /** The scope of what the function creates; emptied before each run. */
  ownScope(): Scope {
    if ((this.flags & OWNS_SCOPE) === 0) {
      this.flags |= OWNS_SCOPE;
      this.scope = new Scope(this.scope);
    }
    return this.scope!;
  }

  describe(): string {
    return nameOf(this, this.fn, 'derived');
  }

  private clearScope(): void {
    const sub = tracker.sub;
    tracker.sub = undefined;
    try {
      this.scope!.clear();
    } finally {
      tracker.sub = sub;
    }
  }

  private revalidate(): boolean {
    const memo = this.memo!;
    this.memo = undefined;
    this.flags |= RUNNING;
    try {
      for (let i = 0; i < memo.length; i += 2) {
        const dep = memo[i] as Dependency;
        dep.refresh();
        if (dep instanceof DerivedNode && dep.subs === undefined && (dep.flags & TRANSIENT) === 0) keepForTick(dep);
        if (dep.version !== memo[i + 1]) return false;
      }
    } catch {
      return false; // A cycle that the run will meet again, and report.
    } finally {
      this.flags &= ~RUNNING;
    }
    this.depsTail = undefined;
    const run = (tracker.run = (tracker.run + 1) | 0);
    for (let i = 0; i < memo.length; i += 2) link(memo[i] as Dependency, this, run);
    this.flags &= ~DIRTY;
    return true;
  }

  private cycle(): CycleError {
    return new CycleError(`the derived ${this.describe()} reads itself, directly or through another derived`);
  }
}

/** Deriveds that were read while nobody observed them, in this tick. */
let transient: DerivedNode<unknown>[] = [];

const transients: Settling = {
  settle() {
    const nodes = transient;
    transient = [];
    for (let i = 0; i < nodes.length; i++) letGo(nodes[i]!);
  },
};

function keepForTick<T>(node: DerivedNode<T>): void {
  const derived = node as DerivedNode<unknown>;
  derived.flags |= TRANSIENT;
  if (transient.length === 0) settleLater(transients);
  else if (transient.length >= MAX_TRANSIENT) {
    for (const old of transient.splice(0, MAX_TRANSIENT / 2)) letGo(old);
  }
  transient.push(derived);
}

function letGo(node: DerivedNode<unknown>): void {
  node.flags &= ~TRANSIENT;
  if (node.subs === undefined && (node.flags & RUNNING) === 0) node.suspend();
}

/** Unobserved deriveds that still have links in this tick (bounded; zero when idle). */
export function transientDeriveds(): number {
  return transient.length;
}

/**
 * A value computed from signals: computed when first read, kept until one of the signals it read
 * changes. What its function throws is kept likewise, and thrown at each read.
 *
 * @param fn - reads signals and returns the value; it must not write signals
 * @param options - `equals`: when a new value is no change (default `Object.is`); `label` for errors
 * @example
 * const double = derived(() => count.value * 2);
 * double.value;
 * @throws CycleError at a read, when the derived needs itself
 */
export const derived: DerivedFunction = Object.assign(createDerived, { by: createDerived });

/** Type of {@link derived}. */
export interface DerivedFunction {
  <T>(fn: () => T, options?: DerivedOptions<T>): DerivedSignal<T>;
  /** Same as `derived`. */
  by<T>(fn: () => T, options?: DerivedOptions<T>): DerivedSignal<T>;
}

function createDerived<T>(fn: () => T, options?: DerivedOptions<T>): DerivedSignal<T> {
  if (options === undefined) return new DerivedNode(fn, undefined);
  const node = new DerivedNode(fn, options.equals);
  setLabel(node, options.label);
  return node;
}
