/**
 * How certain the width of the terminal is, for a live region that has a caret below its first row. A terminal that
 * changes its width lays rows out anew at once, and says so later (tmux up to 250 ms later), so one that was just heard
 * of may be gone already.
 *
 *   steady ──a change──▶ waiting ──nothing for a while──▶ steady: where the region begins follows from the width
 *                           └──another change──▶ unsteady ──nothing for a while──▶ steady
 *
 * Waiting, no frame is drawn whose place hangs on the width. Unsteady, frames are drawn without a caret, so that the
 * next one needs no width; cautiously, where no line of the user can be hit, when the terminal may be wider by now than
 * it said: it was widened a moment ago, or is slow to say so. The timer exists only in these two states.
 */
import type { Clock, TimerHandle } from '../base/index.ts';

/** A terminal slower than this may have changed its width several times before it says so once. */
const PROMPT_MS = 100;

export class SteadyWidth {
  /** The width goes on changing. */
  isUnsteady = false;
  /** The terminal may be wider than is known. */
  isCautious = false;
  private readonly clock: Clock;
  private readonly onSteady: () => void;
  private timer: TimerHandle | null = null;

  constructor(clock: Clock, onSteady: () => void) {
    this.clock = clock;
    this.onSteady = onSteady;
  }

  /** A change was heard of, and none since long enough. */
  get isWaiting(): boolean {
    return this.timer !== null;
  }

  /** The width has changed. `matters`: a caret is shown whose place hangs on it; `lagMs`: how late this may be heard. */
  changed(isWider: boolean, matters: boolean, lagMs: number): void {
    if (this.timer === null && !matters) return;
    if (isWider) this.isCautious = true;
    if (this.timer !== null) {
      this.isUnsteady = true;
      if (lagMs > PROMPT_MS) this.isCautious = true;
      this.clock.clearTimer(this.timer);
    }
    this.timer = this.clock.setTimer(lagMs, () => {
      this.timer = null;
      this.isUnsteady = false;
      this.isCautious = false;
      this.onSteady();
    });
  }

  close(): void {
    if (this.timer !== null) this.clock.clearTimer(this.timer);
    this.timer = null;
  }
}
