/**
 * When frames run. The first request after idle runs in a microtask; later ones keep at least
 * `1000 / maxFps` ms from the one before, by a timer that exists only while a frame is pending. With
 * no minimum distance the next frame goes by `setImmediate`, so that a frame that requests itself
 * cannot keep input out. Nothing pending means no timer at all.
 */
import type { Clock, TimerHandle } from '../base/index.ts';
import { runAfterFlush } from '../reactive/index.ts';

const IDLE = 0;
const MICROTASK = 1;
const TIMER = 2;
const IMMEDIATE = 3;

export class Schedule {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private readonly run: () => void;
  private readonly microtask = (): void => this.fire(MICROTASK);
  private readonly immediate = (): void => this.fire(IMMEDIATE);
  private readonly nextTurn = (): void => {
    this.ranThisTurn = false;
  };
  private state = IDLE;
  private timer: TimerHandle | null = null;
  private lastRunMs = -Infinity;
  private ranThisTurn = false;
  private closed = false;

  /** `maxFps` may be Infinity. */
  constructor(clock: Clock, maxFps: number, run: () => void) {
    this.clock = clock;
    this.intervalMs = 1000 / maxFps;
    this.run = run;
  }

  /** Timers that exist now (0 or 1). */
  get timers(): number {
    return this.timer === null ? 0 : 1;
  }

  /** Asks for a frame. Idempotent until it ran. */
  request(): void {
    if (this.state !== IDLE || this.closed) return;
    if (this.intervalMs > 0) {
      const waitMs = this.lastRunMs + this.intervalMs - this.clock.now();
      if (waitMs > 0) {
        this.state = TIMER;
        this.timer = this.clock.setTimer(Math.ceil(waitMs), () => this.fire(TIMER));
        return;
      }
    } else if (this.ranThisTurn) {
      this.state = IMMEDIATE;
      this.clock.setImmediate(this.immediate);
      return;
    }
    this.state = MICROTASK;
    // Most requests come from effects: their flush is a microtask already, and another one costs latency.
    if (this.clock.realMicrotasks === true && runAfterFlush(this.microtask)) return;
    this.clock.queueMicrotask(this.microtask);
  }

  /** A frame begins, by whatever way: it does what was requested. */
  starts(): void {
    this.cancel();
    if (this.intervalMs > 0) this.lastRunMs = this.clock.now();
  }

  /** The frame is written. Kept apart from `starts`, so that what follows a frame does not delay it. */
  ran(): void {
    if (this.intervalMs > 0 || this.ranThisTurn || this.closed) return;
    this.ranThisTurn = true;
    this.clock.setImmediate(this.nextTurn);
  }

  /** Forgets the pending request. */
  cancel(): void {
    if (this.timer !== null) this.clock.clearTimer(this.timer);
    this.timer = null;
    this.state = IDLE;
  }

  /** No frame runs from here on. */
  close(): void {
    this.cancel();
    this.closed = true;
  }

  private fire(state: number): void {
    if (this.state !== state || this.closed) return;
    this.timer = null;
    this.state = IDLE;
    this.run();
  }
}
