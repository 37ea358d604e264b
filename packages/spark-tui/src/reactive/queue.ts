/**
 * The one effect queue of the process. Two lanes: synchronous effects run when the write that
 * touched them ends, all others in one microtask flush (or in `flushSync`).
 *
 *   lane:  items  [ done … head | waiting, ascending creation order … ]   this round
 *          late   (min-heap by creation order)                            this round, came out of order
 *          next   [ … ]                                                   created before the one that runs now
 *
 * A round is one pass in ascending creation order, so parents run before their children. What an
 * effect triggers behind itself waits for the next round; more than MAX_ROUNDS rounds is a cycle.
 * Memory: entries of disposed effects are squeezed out when they are the majority.
 */
import { CycleError, reportError, Scope, systemClock } from '../base/index.ts';
import { sharedTracker, type Subscriber, WATCHING } from './graph.ts';

const tracker = sharedTracker;

/** Has an entry in its lane. */
export const QUEUED = 1 << 6;
/** Belongs to the synchronous lane. */
export const SYNC = 1 << 7;
/** Runs before ordinary effects of the same flush. */
export const PRE = 1 << 8;
/** Its scope is paused: it stays dirty and runs when the scope resumes. */
export const PAUSED = 1 << 9;
/** Bits that outlive a run. */
export const KIND = SYNC | PRE | PAUSED;

/** Rounds after which effects that still trigger each other are a cycle. */
const MAX_ROUNDS = 100;
/** Rounds before the limit in which it is noted who triggers whom. */
const TRACED_ROUNDS = 4;
/** Arrays longer than this are not kept for the next flush. */
const KEPT_LENGTH = 4096;
/** Smallest number of dead entries worth squeezing out. */
const MIN_DEAD = 256;
/** Below every creation order. */
const BEFORE_ALL = -0x80000000;

export interface QueuedEffect extends Scope, Subscriber {
  /** Creation order; negative for effects that run before ordinary ones. */
  readonly order: number;
  /** Runs the effect if something it depends on really changed. Never throws. */
  run(): void;
  describe(): string;
}

/** Something to do when no graph operation is under way any more. */
export interface Settling {
  settle(): void;
}

class Lane {
  draining = false;
  /** The only entry, when there is just one: by far the most frequent case. */
  lone: QueuedEffect | null = null;
  /** Nothing waits and nothing runs. */
  idle = true;
  /** The arrays below are in use. */
  busy = false;
  /** Order of the effect that runs now. */
  current = BEFORE_ALL;
  private items: (QueuedEffect | undefined)[] = [];
  private head = 0;
  private tail = 0;
  private sorted = true;
  private lastOrder = BEFORE_ALL;
  private late: QueuedEffect[] = [];
  private next: QueuedEffect[] = [];
  private dead = 0;

  // hot: once per effect and change
  push(effect: QueuedEffect): void {
    if (this.idle) {
      this.idle = false;
      this.lone = effect;
      return;
    }
    const first = this.lone;
    if (first !== null) {
      this.lone = null;
      this.add(first);
    }
    this.add(effect);
  }

  private add(effect: QueuedEffect): void {
    this.busy = true;
    const order = effect.order;
    if (order <= this.current) {
      this.next.push(effect);
    } else if (order >= this.lastOrder) {
      this.items[this.tail++] = effect;
      this.lastOrder = order;
    } else if (this.draining) {
      heapPush(this.late, effect);
    } else {
      this.items[this.tail++] = effect;
      this.sorted = false;
    }
  }

  /** The next entry of this round, or undefined at its end. */
  // hot: once per effect and change
  take(): QueuedEffect | undefined {
    if (!this.sorted) this.sort();
    const items = this.items;
    const late = this.late;
    for (;;) {
      const head = this.head;
      let effect: QueuedEffect;
      if (head < this.tail && (late.length === 0 || items[head]!.order < late[0]!.order)) {
        effect = items[head]!;
        items[head] = undefined;
        this.head = head + 1;
      } else if (late.length > 0) {
        effect = heapPop(late);
      } else {
        return undefined;
      }
      if (effect.flags === 0) {
        this.dead--;
        continue;
      }
      effect.flags &= ~QUEUED;
      if (effect.disposed) continue; // Its owner's disposal is under way and comes to it next.
      this.current = effect.order;
      return effect;
    }
  }

  /** Starts the next round. False when there is nothing left. */
  advance(): boolean {
    this.current = BEFORE_ALL;
    this.lastOrder = BEFORE_ALL;
    if (this.tail > KEPT_LENGTH) this.items = [];
    this.head = 0;
    this.tail = 0;
    const more = this.next;
    const length = more.length;
    if (length === 0) {
      this.busy = false;
      return false;
    }
    const items = this.items;
    for (let i = 0; i < length; i++) items[i] = more[i];
    if (length > KEPT_LENGTH) this.next = [];
    else more.length = 0;
    this.tail = length;
    this.sorted = false;
    return true;
  }

  /** Entries that wait, without those of disposed effects. */
  get size(): number {
    const lone = this.lone === null ? 0 : 1;
    return lone + this.tail - this.head + this.late.length + this.next.length - this.dead;
  }

  /** An effect with an entry here was disposed. */
  drop(effect: QueuedEffect): void {
    if (this.lone === effect) {
      this.lone = null;
      this.idle = true;
      return;
    }
    this.dead++;
    if (this.dead >= MIN_DEAD && this.dead > this.size) this.keep((effect) => effect.flags !== 0);
  }

  /** Takes an entry out before its turn (rare: it costs a walk). */
  remove(effect: QueuedEffect): void {
    if (this.lone === effect) {
      this.lone = null;
      this.idle = true;
      return;
    }
    this.keep((other) => other !== effect && other.flags !== 0);
  }

  private sort(): void {
    this.sorted = true;
    const items = this.items;
    let last = BEFORE_ALL;
    for (let i = this.head; i < this.tail; i++) {
      const order = items[i]!.order;
      if (order < last) {
        this.items = items.slice(this.head, this.tail).sort(byOrder as never);
        this.tail -= this.head;
        this.head = 0;
        break;
      }
      last = order;
    }
    this.lastOrder = this.tail > this.head ? this.items[this.tail - 1]!.order : BEFORE_ALL;
  }

  private keep(wanted: (effect: QueuedEffect) => boolean): void {
    this.items = (this.items.slice(this.head, this.tail) as QueuedEffect[]).filter(wanted);
    this.head = 0;
    this.tail = this.items.length;
    this.next = this.next.filter(wanted);
    this.late = this.late.filter(wanted).sort(byOrder);
    this.dead = 0;
  }
}

function byOrder(a: QueuedEffect, b: QueuedEffect): number {
  return a.order - b.order;
}

function heapPush(heap: QueuedEffect[], effect: QueuedEffect): void {
  let i = heap.length;
  heap.push(effect);
  while (i > 0) {
    const up = (i - 1) >> 1;
    const parent = heap[up]!;
    if (parent.order <= effect.order) break;
    heap[i] = parent;
    i = up;
  }
  heap[i] = effect;
}

function heapPop(heap: QueuedEffect[]): QueuedEffect {
  const top = heap[0]!;
  const last = heap.pop()!;
  const length = heap.length;
  if (length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= length) break;
    if (child + 1 < length && heap[child + 1]!.order < heap[child]!.order) child++;
    if (heap[child]!.order >= last.order) break;
    heap[i] = heap[child]!;
    i = child;
  }
  heap[i] = last;
  return top;
}

const syncLane = new Lane();
const flushLane = new Lane();
let scheduled = false;
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
  if (writers !== null) trace(effect, writer ?? runningEffect());
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

/** Makes sure a microtask flush comes. */
export function scheduleFlush(): void {
  if (scheduled) return;
  scheduled = true;
  systemClock.queueMicrotask(flushMicrotask);
}

/** Calls `settle` at the end of the next flush. */
export function settleLater(item: Settling): void {
  settling.push(item);
  scheduleFlush();
}

/** Gives an error to the owner of an effect, or keeps it to be thrown at the end. */
export function fail(owner: Scope | null, error: unknown): void {
  let unhandled = error;
  try {
    if (reportError(owner, error)) return;
  } catch (handlerError) {
    unhandled = new AggregateError([error, handlerError], 'an error handler failed');
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

function flushMicrotask(): void {
  scheduled = false;
  flushAll();
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

function runningEffect(): QueuedEffect | null {
  let owner = tracker.owner;
  while (owner instanceof Scope && !isEffect(owner)) owner = owner.owner;
  return owner instanceof Scope ? owner : null;
}

function isEffect(scope: Scope): scope is QueuedEffect {
  return 'order' in scope;
}

function reportCycle(): void {
  const names = [...(writers ?? [])].sort(byOrder);
  const shown = names.slice(0, 5).map((effect) => effect.describe());
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const error = new CycleError(
    `effects keep triggering ${names.length === 1 ? 'themselves' : 'each other'} and were stopped after ` +
      `${MAX_ROUNDS} rounds: ${shown.join(', ')}. Write a signal only when it must change, or read it with untrack()`,
  );
  fail(names[0] ?? null, error);
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
    throw new AggregateError([error, ...errors], 'a batch failed, and so did effects it triggered');
  }
}
