/**
 * When a full table is swept. Marking goes through every text and cell, so after a sweep that freed little, everything
 * being in use, the next refusals pass without one.
 */

/** Less than this share freed: everything is in use. */
const WORTHWHILE_SHARE = 1 / 16;
/** Refusals to let pass after a sweep that was not worth it. */
const PATIENCE = 4096;

export class SweepPatience {
  private skip = 0;
  /** Sweeps done. */
  sweeps = 0;

  /** Asked once a refusal: false when it passes without a sweep. */
  allows(): boolean {
    if (this.skip === 0) return true;
    this.skip--;
    return false;
  }

  /** A sweep freed this much of a table. Returns whether it made room. */
  swept(freed: number, capacity: number): boolean {
    this.sweeps++;
    if (freed < capacity * WORTHWHILE_SHARE) this.skip = PATIENCE;
    return freed > 0;
  }
}
