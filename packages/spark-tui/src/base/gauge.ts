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

/** More about a gauge. */
export interface GaugeTraits {
  /** The highest value so far, where the owner keeps it. Without it: the highest that was ever read. */
  readonly high?: () => number;
  /** It fills up to its bound and stays full: not expected to come back. */
  readonly isCache?: boolean;
  /** It follows the most there ever was and stays for reuse: not expected to come back before its owner ends. */
  readonly isCapacity?: boolean;
}

/** One counted resource: its value now, its high-water mark and its bound. */
export class Gauge implements GaugeReading {
  readonly name: string;
  readonly bound: number;
  readonly isCache: boolean;
  readonly isCapacity: boolean;
  private readonly source: (() => number) | null;
  private readonly highSource: (() => number) | null;
  private count = 0;
  private peak = 0;

  /** With `source` the value is read from its owner on demand; without it the owner calls `add` and `set`. */
  constructor(name: string, bound: number = Infinity, source: (() => number) | null = null, traits: GaugeTraits = {}) {
    this.name = name;
    this.bound = bound;
    this.source = source;
    this.highSource = traits.high ?? null;
    this.isCache = traits.isCache === true;
    this.isCapacity = traits.isCapacity === true;
  }

  get value(): number {
    if (this.source !== null) this.set(this.source());
    return this.count;
  }

  get high(): number {
    if (this.source !== null) this.set(this.source());
    if (this.highSource !== null) this.peak = Math.max(this.peak, this.highSource());
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

/** Sets that are live: one an app, from its making to its disposal. */
const liveSets = new Set<GaugeSet>();

/** The gauges of every app of this process that was not disposed. */
export function liveGaugeSets(): readonly GaugeSet[] {
  return [...liveSets];
}

/** The gauges of one app. */
export class GaugeSet {
  private readonly gauges = new Map<string, Gauge>();
  /** Does what is pending, so that the values are those of an app at rest. */
  settle: (() => void) | null = null;

  /** From here on the set is among the live ones. */
  begin(settle: () => void): void {
    this.settle = settle;
    liveSets.add(this);
  }

  /** The owner is gone; what it counted can still be read. */
  end(): void {
    this.settle = null;
    liveSets.delete(this);
  }

  /** The gauge of that name. Throws when there is none. */
  get(name: string): Gauge {
    const gauge = this.gauges.get(name);
    if (gauge === undefined) throw new Error(`there is no gauge '${name}'`);
    return gauge;
  }

  all(): Gauge[] {
    return [...this.gauges.values()];
  }

  /** Registers a gauge. A name is used once. */
  register(name: string, bound: number = Infinity, source: (() => number) | null = null, traits: GaugeTraits = {}): Gauge {
    if (this.gauges.has(name)) throw new Error(`gauge '${name}' is registered twice`);
    const gauge = new Gauge(name, bound, source, traits);
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
