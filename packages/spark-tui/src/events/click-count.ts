/** Counts presses in quick succession on the same place: double and triple clicks. */

/** Presses count together when at most this much time lies between them. */
const MAX_GAP_MS = 400;
/** And at most this many cells, in each direction. */
const MAX_CELLS = 1;
const MAX_COUNT = 3;

export class ClickCount {
  private count = 0;
  private button = '';
  private x = 0;
  private y = 0;
  private atMs = 0;

  /** Takes a press; returns 1, 2 or 3, then 1 again. */
  press(button: string, x: number, y: number, nowMs: number): number {
    const near = Math.abs(x - this.x) <= MAX_CELLS && Math.abs(y - this.y) <= MAX_CELLS;
    const together = this.count > 0 && button === this.button && near && nowMs - this.atMs <= MAX_GAP_MS;
    this.count = together && this.count < MAX_COUNT ? this.count + 1 : 1;
    this.button = button;
    this.x = x;
    this.y = y;
    this.atMs = nowMs;
    return this.count;
  }

  /** The next press is a first one. */
  reset(): void {
    this.count = 0;
  }
}
