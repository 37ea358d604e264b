/**
 * The reactive graph: the algorithm of `alien-signals/system` (push "maybe dirty", pull "really
 * dirty?") joined to our nodes, and the little module state the whole library has.
 *
 *   SignalNode ──subs──▶ link ──▶ DerivedNode ──subs──▶ link ──▶ EffectNode
 *        ▲               (each link is in two lists: the dep's `subs` and the sub's `deps`)  │
 *        └──────────────────────────────── deps ─────────────────────────────────────────────┘
 *
 * Invariants: a node's links are in both lists or in neither; `flags` bits 0–5 belong to the
 * algorithm, which keeps the bits above; a disposed effect has flags 0 and no links.
 */
import { createReactiveSystem } from 'alien-signals/system';
import type { Scope } from '../base/index.ts';

/** Has a value that can change: signals and deriveds. Never set on an effect. */
export const MUTABLE = 1 << 0;
/** Wants `notify` when something above it changed: effects that are not queued. */
export const WATCHING = 1 << 1;
/** Its function runs now. */
export const RUNNING = 1 << 2;
/** Marked while a function ran, so its observers may not know yet: the next mark goes through. */
export const RECURSED = 1 << 3;
/** Must be recomputed. */
export const DIRTY = 1 << 4;
/** Something above it changed: ask before recomputing. */
export const PENDING = 1 << 5;

/** One edge: `sub` read `dep`. */
export interface Link {
  version: number;
  dep: Dependency;
  sub: Subscriber;
  prevSub: Link | undefined;
  nextSub: Link | undefined;
  prevDep: Link | undefined;
  nextDep: Link | undefined;
}

/** What can be read. */
export interface Dependency {
  flags: number;
  subs: Link | undefined;
  subsTail: Link | undefined;
  /** Counts changes of the value; tells a derived without links whether its cache still holds. */
  version: number;
  /** Takes the new value. True when it differs from the old one. Never throws. */
  update(): boolean;
  /** Brings the value up to date without tracking. */
  refresh(): void;
  /** The last observer went. */
  unwatched(): void;
}

/** What reads: deriveds and effects. */
export interface Subscriber {
  flags: number;
  deps: Link | undefined;
  depsTail: Link | undefined;
}

interface Notified extends Subscriber {
  notify(): void;
}

export interface Algorithm {
  link(dep: Dependency, sub: Subscriber, version: number): void;
  unlink(link: Link, sub?: Subscriber): Link | undefined;
  propagate(link: Link, innerWrite: boolean): void;
  checkDirty(link: Link, sub: Subscriber): boolean;
  shallowPropagate(link: Link): void;
}

/**
 * The algorithm. Hot files take its functions into constants of their own: those the JIT folds, while
 * an imported binding is looked up and checked at each use (measured: a quarter of an effect's run).
 */
export const algorithm: Algorithm = createReactiveSystem({
  update: ((node: Dependency) => node.update()) as never,
  notify: ((node: Notified) => node.notify()) as never,
  unwatched: ((node: Dependency) => node.unwatched()) as never,
}) as unknown as Algorithm;

const { unlink } = algorithm;

/** An owner that makes its scope only when something is created in it (a derived). */
export interface LazyOwner {
  ownScope(): Scope;
}

/** All mutable module state of the library, apart from the queue's lanes. */
export interface Tracker {
  /** Who reads now. */
  sub: Subscriber | undefined;
  /** Who owns what is created now. */
  owner: Scope | LazyOwner | null;
  /** Number of the current run; links made by one run carry it. */
  run: number;
  /** Reasons to defer synchronous effects: open batches, first runs, a flush under way. */
  hold: number;
  /** A synchronous effect waits. */
  syncWaits: boolean;
}

/** The one tracker of the process. Hot files alias it, for the reason given at {@link algorithm}. */
export const sharedTracker: Tracker = { sub: undefined, owner: null, run: 0, hold: 0, syncWaits: false };
const tracker = sharedTracker;

/** Removes the links of `sub` that its last run did not use. */
export function purgeDeps(sub: Subscriber): void {
  const tail = sub.depsTail;
  let dep = tail !== undefined ? tail.nextDep : sub.deps;
  while (dep !== undefined) dep = unlink(dep, sub);
}

/** Removes all links of `sub`, newest first. */
export function dropDeps(sub: Subscriber): void {
  let dep = sub.depsTail;
  while (dep !== undefined) {
    const prev = dep.prevDep;
    unlink(dep, sub);
    dep = prev;
  }
}

/** Removes all observers of `dep`. They are not run; they just no longer depend on it. */
export function dropSubs(dep: Dependency): void {
  while (dep.subs !== undefined) unlink(dep.subs);
}

/**
 * Runs `fn` without tracking what it reads. In a derived it also lifts the ban on writing.
 *
 * @example
 * effect(() => {
 *   console.log(count.value, untrack(() => other.value)); // runs again for `count` only
 * });
 */
export function untrack<T>(fn: () => T): T {
  const sub = tracker.sub;
  if (sub === undefined) return fn();
  tracker.sub = undefined;
  try {
    return fn();
  } finally {
    tracker.sub = sub;
  }
}

/** Same as {@link untrack}: looks at signals without subscribing. */
export const peek: <T>(fn: () => T) => T = untrack;
