/**
 * Time of effects since the frame before, wherever they ran: most run in a microtask, before anybody knows that a
 * frame will follow. Costs nothing before `start`; then the clock is read twice a flush.
 *
 *   frame │ ·· effects ·· · effects ·· │ frame: taken as its Update │ …
 *
 * Effects are the process's: with several apps each frame tells of those of all.
 */
import type { Clock } from '../base/index.ts';
import { type EffectMeter, measureEffects } from '../reactive/index.ts';

export class UpdateMeter implements EffectMeter {
  private readonly clock: Clock;
  private unhook: (() => void) | null = null;
  private ended = false;
  /** Effects run now; synchronous ones may run inside others. */
  private depth = 0;
  private sinceMs = 0;
  private totalMs = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  start(): void {
    if (this.unhook === null && !this.ended) this.unhook = measureEffects(this);
  }

  stop(): void {
    this.ended = true;
    this.unhook?.();
    this.unhook = null;
  }

  begin(): void {
    if (this.depth++ === 0) this.sinceMs = this.clock.now();
  }

  end(): void {
    if (this.depth === 0) return; // Begun before the meter was.
    if (--this.depth === 0) this.totalMs += this.clock.now() - this.sinceMs;
  }

  /** What effects have taken until `nowMs`. */
  until(nowMs: number): number {
    return this.depth === 0 ? this.totalMs : this.totalMs + nowMs - this.sinceMs;
  }

  /** Begins anew: what ran until `nowMs` has been told, or belongs to another phase. */
  reset(nowMs: number): void {
    this.totalMs = 0;
    this.sinceMs = nowMs;
  }
}
