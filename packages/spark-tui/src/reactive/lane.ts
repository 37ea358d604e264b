/**
 * A lane of the effect queue: effects in ascending creation order, round by round.
 *
 *   lone   the only entry, while there is just one
 *   items  [ done … head | waiting, ascending creation order … tail ]   this round
 *   late   (min-heap by creation order)                                 this round, came out of order
 *   next   [ … ]                                                        created before the one that runs now
 *
 * A round is one pass in ascending creation order, so parents run before their children. What an
 * effect triggers behind itself waits for the next round. Memory: entries of disposed effects are
 * squeezed out when they are the majority. Invariant: an effect has QUEUED exactly while it has an entry.
 */
import type { Scope } from '../base/index.ts';
import type { Subscriber } from './graph.ts';

/** Has an entry in its lane. */
export const QUEUED = 1 << 6;
/** Belongs to the synchronous lane. */
export const SYNC = 1 << 7;
/** Runs before ordinary effects of the same flush. */
export const PRE = 1 << 8;
/** Its scope is paused: it stays dirty and runs when the scope resumes. */
export const PAUSED = 1 << 9;
/** Binds a value to a node. */
export const BINDING = 1 << 10;
/** Bits that outlive a run. */
export const KIND = SYNC | PRE | PAUSED | BINDING;

/** Arrays longer than this are not kept for the next flush. */
const KEPT_LENGTH = 4096;
/** Smallest number of dead entries worth squeezing out. */
const MIN_DEAD = 256;
/** Below every creation order. */
export const BEFORE_ALL = -0x80000000;

export interface QueuedEffect extends Scope, Subscriber {
  /** Creation order; negative for effects that run before ordinary ones. */
  readonly order: number;
  /** Runs the effect if something it depends on really changed. Never throws. */
  run(): void;
  describe(): string;
}

export class Lane {
  draining = false;
  /** The only entry, when there is just one: by far the most frequent case. */
  lone: QueuedEffect | null = null;
  /** Nothing waits and nothing runs. */
  idle = true;
  /** The arrays below are in use. */
  busy = false;
  /** Order of the effect that runs now. */
  current = BEFORE_ALL;
  /** Most entries that ever waited together. */
  high = 0;
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
      if (this.high === 0) this.high = 1;
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
    const waiting = this.size;
    if (waiting > this.high) this.high = waiting;
  }

  /** The first entries, at most so many. */
  first(most: number): QueuedEffect[] {
    if (this.lone !== null) return [this.lone];
    return [...this.items.slice(this.head, this.tail), ...this.late, ...this.next].filter((effect) => effect !== undefined && effect.flags !== 0).slice(0, most) as QueuedEffect[];
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
  drop(gone: QueuedEffect): void {
    if (this.lone === gone) {
      this.lone = null;
      this.idle = true;
      return;
    }
    this.dead++;
    if (this.dead >= MIN_DEAD && this.dead > this.size) this.keep((effect) => effect.flags !== 0);
  }

  /** Takes an entry out before its turn (rare: it costs a walk). */
  remove(early: QueuedEffect): void {
    if (this.lone === early) {
      this.lone = null;
      this.idle = true;
      return;
    }
    this.keep((effect) => effect !== early && effect.flags !== 0);
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

export function byOrder(a: QueuedEffect, b: QueuedEffect): number {
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
