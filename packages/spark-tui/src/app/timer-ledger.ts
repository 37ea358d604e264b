/**
 * The clock of one app, with a book of its timers: what waits now, and, where creation sites are kept, who set
 * it. Everything of an app asks this clock, so a timer that outlives the app cannot hide.
 */
import type { Clock, TimerCount, TimerHandle } from '../base/index.ts';

interface Entry {
  handle: TimerHandle;
  readonly delayMs: number;
  readonly site: string;
}

export class TimerLedger implements Clock {
  /** Where a timer was set, when that is wanted. */
  siteOf: (() => string) | null = null;
  /** Told before the function of a timer runs. */
  onFire: (() => void) | null = null;
  readonly realMicrotasks: boolean;
  /** Timers that wait now. An object of its own: it is still read when the app is gone. */
  readonly count: TimerCount = { waiting: 0 };
  private readonly clock: Clock;
  private readonly waiting = new Set<Entry>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.realMicrotasks = clock.realMicrotasks === true;
  }

  /** A ledger over `clock`, or `clock` when it is one. */
  static of(clock: Clock): TimerLedger {
    return clock instanceof TimerLedger ? clock : new TimerLedger(clock);
  }

  /** Timers that wait now. */
  get size(): number {
    return this.count.waiting;
  }

  /** One line for each timer that waits. */
  describe(): string[] {
    return [...this.waiting].map(({ delayMs, site }) => `a timer of ${delayMs} ms${site === '' ? '' : `, set at ${site}`}`);
  }

  now(): number {
    return this.clock.now();
  }

  setTimer(delayMs: number, fn: () => void): TimerHandle {
    const entry: Entry = { handle: 0, delayMs, site: this.siteOf?.() ?? '' };
    this.waiting.add(entry);
    this.count.waiting++;
    entry.handle = this.clock.setTimer(delayMs, () => {
      this.take(entry);
      this.onFire?.();
      fn();
    });
    return entry;
  }

  clearTimer(handle: TimerHandle): void {
    if (this.take(handle as Entry)) this.clock.clearTimer((handle as Entry).handle);
  }

  queueMicrotask(fn: () => void): void {
    this.clock.queueMicrotask(fn);
  }

  setImmediate(fn: () => void): void {
    this.clock.setImmediate(fn);
  }

  private take(entry: Entry): boolean {
    if (!this.waiting.delete(entry)) return false;
    this.count.waiting--;
    return true;
  }
}
