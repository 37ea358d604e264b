/**
 * What frames cost: counts, and the time of each phase of the last frames.
 *
 *   samples = [ update, layout, paint, encode, write | … ]   a ring of SAMPLES frames, milliseconds
 */

export const PHASES = ['update', 'layout', 'paint', 'encode', 'write'] as const;
export type Phase = (typeof PHASES)[number];

/** Frames whose phase times are kept. */
const SAMPLES = 256;

/** Median and 99th percentile of one phase, in microseconds, over the last frames. */
export interface PhaseTiming {
  readonly p50Micros: number;
  readonly p99Micros: number;
}

export class FrameStats {
  /** Frames that ran. */
  frames = 0;
  /** Frames that found nothing to write. */
  emptyFrames = 0;
  /** Frame requests that waited because the output was still busy with the frame before. */
  mergedFrames = 0;
  /** Whether phases are timed. Off until somebody asks for timings: reading the clock five times a frame is not free. */
  timed = false;
  /** Frames in `samples`. */
  private sampled = 0;
  private readonly samples = new Float64Array(SAMPLES * PHASES.length);

  /** Records the phase times of one frame: start of each phase and the end, in milliseconds. */
  record(start: number, updated: number, laidOut: number, painted: number, encoded: number, end: number): void {
    const at = (this.sampled++ % SAMPLES) * PHASES.length;
    const samples = this.samples;
    samples[at] = updated - start;
    samples[at + 1] = laidOut - updated;
    samples[at + 2] = painted - laidOut;
    samples[at + 3] = encoded - painted;
    samples[at + 4] = end - encoded;
  }

  /** Timings of the last frames since this was first called, which switches the timing on. */
  timings(): Record<Phase, PhaseTiming> {
    this.timed = true;
    const kept = Math.min(this.sampled, SAMPLES);
    const out = {} as Record<Phase, PhaseTiming>;
    PHASES.forEach((phase, p) => {
      const values = Array.from({ length: kept }, (_, i) => this.samples[i * PHASES.length + p]).sort((a, b) => a - b);
      const at = (share: number): number => (kept === 0 ? 0 : values[Math.min(kept - 1, Math.floor(kept * share))] * 1000);
      out[phase] = { p50Micros: at(0.5), p99Micros: at(0.99) };
    });
    return out;
  }
}
