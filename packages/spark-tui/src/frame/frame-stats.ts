/**
 * What frames cost: counts, and the time of each phase of the last frames.
 *
 *   samples = [ update, layout, paint, encode, write | … ]   a ring of SAMPLES frames, milliseconds
 *
 * Update is the time of the effects that ran since the frame before; the other phases are within the frame.
 */
import type { Clock } from '../base/index.ts';
import { UpdateMeter } from './update-meter.ts';

export const PHASES = ['update', 'layout', 'paint', 'encode', 'write'] as const;
export type Phase = (typeof PHASES)[number];

/** Frames whose phase times are kept. */
const SAMPLES = 256;

/** Median and 99th percentile of one phase, in microseconds, over the last frames. */
export interface PhaseTiming {
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Sees frames from outside: a diagnostics channel, a file of statistics, a leak sentinel. */
export interface FrameProbe {
  /** False: nobody looks now, and the frame costs nothing more. Asked before each frame. */
  readonly wanted: boolean;
  /** Phases are timed while this probe is wanted. */
  readonly timesPhases: boolean;
  /** A frame has run. */
  ran(stats: FrameStats): void;
}

export class FrameStats {
  /** Frames that ran. */
  frames = 0;
  /** Frames that found nothing to write. */
  emptyFrames = 0;
  /** Frame requests that waited because the output was still busy with the frame before. */
  mergedFrames = 0;
  /** Bytes of the last frame. */
  lastFrameBytes = 0;
  /** Whoever sees frames; empty as a rule. */
  readonly probes: FrameProbe[] = [];
  /** Told when a frame is about to begin, before its effects run; null while nobody observes the statistics. */
  onBegin: (() => void) | null = null;
  /** Whether phases are timed. Off until somebody asks for timings: reading the clock seven times a frame is not free. */
  timed = false;
  /** Of effects; runs while phases are timed. */
  readonly updates: UpdateMeter;
  /** Frames in `samples`. */
  private sampled = 0;
  private readonly samples = new Float64Array(SAMPLES * PHASES.length);

  constructor(clock: Clock) {
    this.updates = new UpdateMeter(clock);
  }

  /** Records the phase times of one frame: its Update, the start of each other phase, and the end, in milliseconds. */
  record(updateMs: number, updated: number, laidOut: number, painted: number, encoded: number, end: number): void {
    const at = (this.sampled++ % SAMPLES) * PHASES.length;
    const samples = this.samples;
    samples[at] = updateMs;
    samples[at + 1] = laidOut - updated;
    samples[at + 2] = painted - laidOut;
    samples[at + 3] = encoded - painted;
    samples[at + 4] = end - encoded;
    this.updates.reset(end);
  }

  /** Adds a probe; what is returned takes it out again. */
  watch(probe: FrameProbe): () => void {
    this.probes.push(probe);
    return () => {
      const at = this.probes.indexOf(probe);
      if (at >= 0) this.probes.splice(at, 1);
    };
  }

  /** True when some probe wants to see the coming frame; switches the timing on for those that want it. */
  // hot: once a frame
  isWatched(): boolean {
    const { probes } = this;
    let watched = false;
    for (let i = 0; i < probes.length; i++) {
      const probe = probes[i];
      if (!probe.wanted) continue;
      watched = true;
      if (probe.timesPhases && !this.timed) this.startTiming();
    }
    return watched;
  }

  /** No frame runs from here on. */
  close(): void {
    this.updates.stop();
  }

  private startTiming(): void {
    this.timed = true;
    this.updates.start();
  }

  /** Shows a frame to the probes that want it. */
  show(): void {
    // A copy: a probe may take itself out.
    for (const probe of [...this.probes]) if (probe.wanted) probe.ran(this);
  }

  /** Phases of the last timed frame, in microseconds; null before the first. */
  lastPhases(): Record<Phase, number> | null {
    if (this.sampled === 0) return null;
    const at = ((this.sampled - 1) % SAMPLES) * PHASES.length;
    const out = {} as Record<Phase, number>;
    PHASES.forEach((phase, p) => {
      out[phase] = this.samples[at + p] * 1000;
    });
    return out;
  }

  /** Timings of the last frames since this was first called, which switches the timing on. */
  timings(): Record<Phase, PhaseTiming> {
    this.startTiming();
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
