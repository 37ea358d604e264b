/**
 * Time as a parameter. An app never calls `setTimeout` or `performance.now` itself: it asks its
 * clock, so that tests drive time and several apps in one process cannot disturb each other.
 */

/** What a clock gives back for a pending timer. */
export type TimerHandle = object | number;

/** Source of time and of "later". Milliseconds everywhere; `now()` is monotonic. */
export interface Clock {
  now(): number;
  setTimer(delayMs: number, fn: () => void): TimerHandle;
  clearTimer(handle: TimerHandle): void;
  /** Runs `fn` after the current job, before I/O. */
  queueMicrotask(fn: () => void): void;
  /** True when its microtasks are the runtime's own, so that work may ride on one that runs already. */
  readonly realMicrotasks?: boolean;
  /** Runs `fn` in the next turn of the event loop, after pending I/O was seen. */
  setImmediate(fn: () => void): void;
}

interface TimerHost {
  setTimeout(fn: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
  setImmediate?: (fn: () => void) => unknown;
  queueMicrotask(fn: () => void): void;
  performance: { now(): number };
}

const host = globalThis as unknown as TimerHost;
const resolved = Promise.resolve();

/** The clock of the runtime. */
export const systemClock: Clock = {
  realMicrotasks: true,
  now: () => host.performance.now(),
  setTimer: (delayMs, fn) => host.setTimeout(fn, delayMs),
  clearTimer: (handle) => host.clearTimeout(handle),
  // A resolved promise costs less than queueMicrotask, which Node wraps in an async resource. What `fn` throws must
  // still arrive as an uncaught error and not as a rejection.
  queueMicrotask: (fn) => {
    void resolved.then(() => {
      try {
        fn();
      } catch (error) {
        host.queueMicrotask(() => {
          throw error;
        });
      }
    });
  },
  setImmediate: (fn) => {
    if (host.setImmediate !== undefined) host.setImmediate(fn);
    else host.setTimeout(fn, 0);
  },
};

interface ManualTimer {
  dueMs: number;
  order: number;
  fn: () => void;
}

/**
 * A clock that stands still until `tick` moves it. Timers fire in order of due time, then of
 * creation. Microtasks and immediates wait for `runPending` (which `tick` calls).
 *
 * @example
 * const clock = new ManualClock();
 * clock.setTimer(100, () => console.log('now'));
 * clock.tick(100);
 */
export class ManualClock implements Clock {
  private nowMs = 0;
  private order = 0;
  private timers: ManualTimer[] = [];
  private soon: (() => void)[] = [];

  now(): number {
    return this.nowMs;
  }

  setTimer(delayMs: number, fn: () => void): TimerHandle {
    const timer: ManualTimer = { dueMs: this.nowMs + Math.max(0, delayMs), order: this.order++, fn };
    this.timers.push(timer);
    return timer;
  }

  clearTimer(handle: TimerHandle): void {
    this.timers = this.timers.filter((timer) => timer !== handle);
  }

  queueMicrotask(fn: () => void): void {
    this.soon.push(fn);
  }

  setImmediate(fn: () => void): void {
    this.soon.push(fn);
  }

  /** Timers that wait. Zero when an app is idle. */
  get pendingTimers(): number {
    return this.timers.length;
  }

  /** Runs what was queued for "soon" before this call (not what that queues in turn). Returns how many ran. */
  runPending(): number {
    const batch = this.soon;
    this.soon = [];
    for (const fn of batch) fn();
    return batch.length;
  }

  /** Moves time forward by `deltaMs`, running everything that becomes due on the way. */
  tick(deltaMs: number): void {
    const endMs = this.nowMs + deltaMs;
    for (;;) {
      let guard = 0;
      while (this.runPending() > 0) {
        if (++guard > 10_000) throw new Error('ManualClock.tick: "soon" callbacks never stop queueing each other');
      }
      let next: ManualTimer | null = null;
      for (const timer of this.timers) {
        if (timer.dueMs > endMs) continue;
        if (next === null || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.order < next.order)) {
          next = timer;
        }
      }
      if (next === null) break;
      this.timers.splice(this.timers.indexOf(next), 1);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.fn();
    }
    this.nowMs = endMs;
  }
}
