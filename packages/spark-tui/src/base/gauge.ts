/**
 * Gauges: every container, queue, cache and table is counted, so that a leak is a number that did
 * not come back instead of a guess from the heap.
 */

/** A counted resource. `read` gives the value now; `bound` is its limit (Infinity when only memory limits it). */
export interface GaugeReading {
  readonly name: string;
  readonly value: number;
  readonly high: number;
  readonly bound: number;
}

/** One counted resource: its value now, its high-water mark and its bound. */
export class Gauge implements GaugeReading {
  readonly name: string;
  readonly bound: number;
  private readonly source: (() => number) | null;
  private count = 0;
  private peak = 0;

  /** With `source` the value is read from its owner on demand; without it the owner calls `add` and `set`. */
  constructor(name: string, bound: number = Infinity, source: (() => number) | null = null) {
    this.name = name;
    this.bound = bound;
    this.source = source;
  }

  get value(): number {
    if (this.source !== null) this.set(this.source());
    return this.count;
  }

  get high(): number {
    if (this.source !== null) this.set(this.source());
    return this.peak;
  }

  set(value: number): void {
    this.count = value;
    if (value > this.peak) this.peak = value;
  }

  add(delta: number): void {
    this.set(this.count + delta);
  }
}

/** The gauges of one app. */
export class GaugeSet {
  private readonly gauges = new Map<string, Gauge>();

  /** Registers a gauge. A name is used once. */
  register(name: string, bound: number = Infinity, source: (() => number) | null = null): Gauge {
    if (this.gauges.has(name)) throw new Error(`gauge '${name}' is registered twice`);
    const gauge = new Gauge(name, bound, source);
    this.gauges.set(name, gauge);
    return gauge;
  }

  /** Name → value, in order of registration. */
  values(): Record<string, number> {
    const out: Record<string, number> = {};
    for (const gauge of this.gauges.values()) out[gauge.name] = gauge.value;
    return out;
  }

  readings(): GaugeReading[] {
    return [...this.gauges.values()].map(({ name, value, high, bound }) => ({ name, value, high, bound }));
  }
}
