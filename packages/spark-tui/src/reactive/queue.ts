/**
 * The one effect queue of the process. Two lanes: synchronous effects run when the write that
 * touched them ends, all others in one microtask flush (or in `flushSync`). More than MAX_ROUNDS
 * rounds in a lane is a cycle: it is reported, what keeps it going is stopped, the rest runs.
 * Flushes that follow each other in microtasks for ever (a cycle through an `await`) are reported, too; from then on
 * they wait for a turn of the event loop now and then, so that keys, timers and signals have theirs.
 */
import { CycleError, reportError, Scope, systemClock } from '../base/index.ts';
import * as graphModule from './graph.ts';
import { byOrder, Lane, type QueuedEffect } from './lane.ts';
import * as laneModule from './lane.ts';

// Local constants: the JIT folds them, where an imported binding is read and checked at each use (measured: 15–25 %).
const { RUNNING, sharedTracker: tracker, WATCHING } = graphModule;
const { BEFORE_ALL, KIND, QUEUED, SYNC } = laneModule;

/** Rounds after which effects that still trigger each other are a cycle. */
const MAX_ROUNDS = 100;
/** Rounds before the limit in which it is noted who triggers whom. */
const TRACED_ROUNDS = 4;
/** Effects that a message names. */
const MOST_NAMED = 5;

/** Microtask flushes without a turn of the event loop: after so many its next turn is looked out for, … */
const MANY_FLUSHES = 1000;
/** … after so many nothing else has run for a good while (some tenths of a second), … */
const ENDLESS_FLUSHES = 100_000;
/** … and then it has its turn after so many. */
const FLUSHES_A_TURN = 100;

/** Something to do when no graph operation is under way any more. */
export interface Settling {
  settle(): void;
}

const syncLane = new Lane();
const flushLane = new Lane();
let scheduled = false;
/** Microtask flushes since the last turn of the event loop that was looked out for. */
let flushes = 0;
/** Those that went on without end were told of. */
let isEndless = false;
/** Who an error is reported of: what the handler writes is their doing. */
let blamed: Scope | null = null;
/** Errors nobody took; thrown when everything ran. */
let failures: unknown[] | null = null;
let settling: Settling[] = [];
/** Who triggered whom near the round limit; null when not traced. */
let writers: Set<QueuedEffect> | null = null;
/** Those that triggered an effect created before them, or themselves: without them no cycle can go on. */
let culprits: Set<QueuedEffect> | null = null;

/** Puts an effect into its lane. `writer` is who triggered it, if that is not the effect that runs now. */
export function enqueue(effect: QueuedEffect, writer?: QueuedEffect): void {
  const flags = effect.flags;
  effect.flags = (flags & ~WATCHING) | QUEUED;
  if (writers !== null) trace(effect, writer ?? effectAbove(tracker.owner) ?? effectAbove(blamed));
  if ((flags & QUEUED) !== 0) return;
  if ((flags & SYNC) !== 0) {
    tracker.syncWaits = true;
    syncLane.push(effect);
    return;
  }
  flushLane.push(effect);
  if (!scheduled) scheduleFlush();
}

/** A queued effect was disposed. */
export function dequeue(effect: QueuedEffect, sync: boolean): void {
  (sync ? syncLane : flushLane).drop(effect);
}

/** Takes an effect out of its lane, to run it before its turn. */
export function withdraw(effect: QueuedEffect): void {
  ((effect.flags & SYNC) !== 0 ? syncLane : flushLane).remove(effect);
  effect.flags &= ~QUEUED;
}

/** Effects that wait to run. Zero when idle. */
export function pendingEffects(): number {
  return syncLane.size + flushLane.size;
}

/** Most effects that ever waited together. */
export function mostPendingEffects(): number {
  return Math.max(pendingEffects(), syncLane.high + flushLane.high);
}

/** Makes sure a microtask flush comes. */
export function scheduleFlush(): void {
  if (scheduled) return;
  scheduled = true;
  if (flushes < ENDLESS_FLUSHES) systemClock.queueMicrotask(flushMicrotask);
  else systemClock.setImmediate(flushMicrotask);
}

/** Calls `settle` at the end of the next flush. */
export function settleLater(item: Settling): void {
  settling.push(item);
  scheduleFlush();
}

/** Gives an error to the owner of an effect, or keeps it to be thrown at the end. */
export function fail(owner: Scope | null, error: unknown): void {
  let unhandled = error;
  const before = blamed;
  blamed = owner;
  try {
    if (reportError(owner, error)) return;
  } catch (handlerError) {
    unhandled = new AggregateError([error, handlerError], 'an error handler failed');
  } finally {
    blamed = before;
  }
  keepFailure(unhandled);
}

/** Keeps an error that was reported already, to be thrown at the end. */
export function keepFailure(error: unknown): void {
  (failures ??= []).push(error);
}

function throwFailures(): void {
  const errors = failures;
  if (errors === null) return;
  failures = null;
  if (errors.length === 1) throw errors[0];
  throw new AggregateError(errors, `${errors.length} effects failed`);
}

/** Runs the synchronous effects that wait, when nothing holds them back. */
export function releaseSync(): void {
  if (tracker.hold !== 0 || !tracker.syncWaits) return;
  // Inside a derived (an untracked write): its reader releases them when it is done.
  if (tracker.owner !== null && !(tracker.owner instanceof Scope)) return;
  drain(syncLane);
  if (failures !== null) throwFailures();
}

/** What waits for the end of the microtask flush that runs now; null when none runs. */
let followers: (() => void)[] | null = null;

/** Whoever watches over the thread, as long as it does. */
const watchers: (() => void)[] = [];

/**
 * Calls `fn` before a microtask flush: code of the user is about to run, and nobody may know yet. Returns what ends that.
 * `fn` must not throw.
 *
 * @internal
 */
export function beforeFlush(fn: () => void): () => void {
  watchers.push(fn);
  return () => {
    const at = watchers.indexOf(fn);
    if (at >= 0) watchers.splice(at, 1);
  };
}

/** Sees when effects begin to run and when they have run; those of one lane may run amid those of the other. */
export interface EffectMeter {
  begin(): void;
  end(): void;
}

/** Whoever measures what effects cost; empty as a rule. */
const meters: EffectMeter[] = [];

/**
 * Tells `meter` whenever effects run, in a microtask, in `flushSync` or at a write. Returns what ends that. Its methods must
 * not throw; added while effects run, it sees their end only.
 *
 * @internal
 */
export function measureEffects(meter: EffectMeter): () => void {
  meters.push(meter);
  return () => {
    const at = meters.indexOf(meter);
    if (at >= 0) meters.splice(at, 1);
  };
}

function beginMeters(): void {
  for (let i = 0; i < meters.length; i++) meters[i]!.begin();
}

function endMeters(): void {
  for (let i = 0; i < meters.length; i++) meters[i]!.end();
}

function flushMicrotask(): void {
  scheduled = false;
  if (++flushes >= MANY_FLUSHES) watchTurns();
  for (let i = 0; i < watchers.length; i++) watchers[i]!();
  const mine: (() => void)[] = [];
  followers = mine;
  try {
    flushAll();
  } finally {
    followers = null;
    for (let i = 0; i < mine.length; i++) mine[i]!();
  }
}

/** Many flushes already: does anything else ever have its turn? */
function watchTurns(): void {
  if (flushes === MANY_FLUSHES) {
    systemClock.setImmediate(turned);
  } else if (flushes === ENDLESS_FLUSHES) {
    if (!isEndless) reportEndless();
    isEndless = true;
  } else if (flushes > ENDLESS_FLUSHES) {
    // This one is in a turn of its own.
    flushes = ENDLESS_FLUSHES - FLUSHES_A_TURN;
    systemClock.setImmediate(turned);
  }
}

function turned(): void {
  if (flushes >= ENDLESS_FLUSHES) return;
  flushes = 0;
  isEndless = false;
}

function reportEndless(): void {
  const names = flushLane.first(MOST_NAMED);
  const error = new CycleError(
    `effects ran in ${ENDLESS_FLUSHES} microtasks in a row, and nothing else had its turn: ${names.map((effect) => effect.describe()).join(', ')}. ` +
      'What is awaited in them writes what they read. From now on they wait for a turn of the event loop now and then',
  );
  const heard = names.find(isHeard);
  if (heard !== undefined) fail(heard, error);
  // A loop of the program may have written so often: no reason to end it.
  // oxlint-disable-next-line no-console -- there is no app that could be told
  else console.warn(`spark-tui: ${error.message}`);
}

/**
 * Runs `fn` right after the microtask flush that runs now, in the same microtask. False (and nothing is
 * done) when none runs. `fn` must not throw.
 *
 * @internal
 */
export function runAfterFlush(fn: () => void): boolean {
  if (followers === null) return false;
  followers.push(fn);
  return true;
}

function flushAll(): void {
  if (tracker.syncWaits) drain(syncLane);
  drain(flushLane);
  if (settling.length > 0) settleAll();
  if (failures !== null) throwFailures();
}

function settleAll(): void {
  for (let round = 0; settling.length > 0 && round < MAX_ROUNDS; round++) {
    const items = settling;
    settling = [];
    for (let i = 0; i < items.length; i++) {
      try {
        items[i]!.settle();
      } catch (error) {
        keepFailure(error);
      }
    }
  }
}

function drain(lane: Lane): void {
  if (lane.idle || lane.draining) return;
  lane.draining = true;
  if (meters.length > 0) beginMeters();
  tracker.hold++;
  const sub = tracker.sub;
  const owner = tracker.owner;
  try {
    tracker.sub = undefined;
    tracker.owner = null;
    const lone = lane.lone;
    if (lone !== null) {
      lane.lone = null;
      lane.current = lone.order;
      lone.flags &= ~QUEUED;
      if (!lone.disposed) lone.run();
      if (tracker.syncWaits && lane === flushLane) drain(syncLane);
    }
    if (lane.busy) drainRounds(lane);
  } finally {
    lane.current = BEFORE_ALL;
    lane.idle = true;
    lane.draining = false;
    if (lane === syncLane) tracker.syncWaits = false;
    tracker.hold--;
    tracker.sub = sub;
    tracker.owner = owner;
    if (meters.length > 0) endMeters();
  }
}

function drainRounds(lane: Lane): void {
  let rounds = 0;
  for (;;) {
    const effect = lane.take();
    if (effect === undefined) {
      if (!lane.advance()) break;
      if (++rounds === MAX_ROUNDS - TRACED_ROUNDS) startTrace();
      if (rounds === MAX_ROUNDS) reportCycle();
      else if (rounds > 2 * MAX_ROUNDS) stopAll(lane);
      continue;
    }
    if (rounds >= MAX_ROUNDS && culprits !== null && culprits.has(effect)) {
      stop(effect);
      continue;
    }
    effect.run();
    if (tracker.syncWaits && lane === flushLane) drain(syncLane);
  }
  if (rounds >= MAX_ROUNDS - TRACED_ROUNDS) writers = culprits = null;
}

function startTrace(): void {
  writers = new Set();
  culprits = new Set();
}

function trace(target: QueuedEffect, writer: QueuedEffect | null): void {
  if (writer === null) return;
  writers?.add(writer);
  if (target.order <= writer.order) culprits?.add(writer);
}

function effectAbove(scope: unknown): QueuedEffect | null {
  for (let above = scope; above instanceof Scope; above = above.owner) if (isEffect(above)) return above;
  return null;
}

function isEffect(scope: Scope): scope is QueuedEffect {
  return 'order' in scope;
}

function reportCycle(): void {
  const names = [...(writers ?? [])].sort(byOrder);
  const shown = names.slice(0, MOST_NAMED).map((effect) => effect.describe());
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const error = new CycleError(
    `effects keep triggering ${names.length === 1 ? 'themselves' : 'each other'} and were stopped after ` +
      `${MAX_ROUNDS} rounds: ${shown.join(', ')}. Write a signal only when it must change, or read it with untrack()`,
  );
  fail(names.find(isHeard) ?? names[0] ?? null, error);
}

/** Somebody takes the errors of a scope. */
function isHeard(scope: Scope): boolean {
  for (let above: Scope | null = scope; above !== null; above = above.owner) if (above.onError !== null) return true;
  return false;
}

/** Counts an effect as run without running it. What it depends on is made clean, so that the next change reaches it. */
function stop(effect: QueuedEffect): void {
  for (let link = effect.deps; link !== undefined; link = link.nextDep) link.dep.refresh();
  if (!effect.disposed) effect.flags = (effect.flags & KIND) | WATCHING;
}

function stopAll(lane: Lane): void {
  for (let effect = lane.take(); effect !== undefined; effect = lane.take()) {
    stop(effect);
  }
}

/**
 * Runs every effect that waits, also from inside one: for the last frame of an app that is ended there. An effect
 * under way is not started anew.
 *
 * @internal
 */
export function flushRest(): void {
  if (!flushLane.draining) {
    drain(flushLane);
    return;
  }
  const { sub, owner } = tracker;
  try {
    tracker.sub = undefined;
    tracker.owner = null;
    for (let rounds = 0; rounds < MAX_ROUNDS; ) {
      const next = flushLane.take();
      if (next !== undefined) {
        if ((next.flags & RUNNING) === 0) next.run();
      } else {
        rounds++;
        if (!flushLane.advance()) break;
      }
    }
  } finally {
    tracker.sub = sub;
    tracker.owner = owner;
  }
}

/**
 * Runs `fn` as one batch, then every pending effect, now. Errors that no scope took are thrown
 * after everything ran. Called from inside an effect it leaves the effects to the flush under way.
 *
 * @example
 * flushSync(() => { count.value = 1; });
 * // every effect that depends on `count` has run
 * @throws the error of an effect, or an AggregateError of several
 */
export function flushSync(): void;
export function flushSync<T>(fn: () => T): T;
export function flushSync<T>(fn?: () => T): T | undefined {
  if (flushLane.draining || syncLane.draining) return fn?.();
  let result: T | undefined;
  tracker.hold++;
  try {
    if (fn !== undefined) result = fn();
  } catch (error) {
    keepFailure(error);
  } finally {
    tracker.hold--;
  }
  flushAll();
  return result;
}

/**
 * Resolves after the pending flush (and after what is written before the caller awaits).
 *
 * @example
 * count.value++;
 * await tick();
 * // effects have run
 */
export function tick(): Promise<void> {
  scheduleFlush();
  return Promise.resolve();
}

/**
 * Runs `fn` and holds synchronous effects back until the outermost batch ends; the others wait for
 * their flush anyway. Returns what `fn` returns.
 *
 * @example
 * batch(() => { first.value = 'Ada'; last.value = 'Lovelace'; }); // one run of effect.sync
 * @throws what `fn` threw (after the effects ran); with errors of effects an AggregateError
 */
export function batch<T>(fn: () => T): T {
  tracker.hold++;
  let result: T;
  try {
    result = fn();
  } catch (error) {
    tracker.hold--;
    if (tracker.syncWaits && tracker.hold === 0) releaseAfter(error);
    throw error;
  }
  tracker.hold--;
  if (tracker.syncWaits && tracker.hold === 0) releaseSync();
  return result;
}

/** Runs the effects of a batch that failed; what they throw does not hide its error. */
function releaseAfter(error: unknown): void {
  try {
    releaseSync();
  } catch (other) {
    const errors = other instanceof AggregateError ? (other.errors as unknown[]) : [other];
    throw new AggregateError([error, ...errors], 'a batch failed, and so did effects it triggered', { cause: other });
  }
}
