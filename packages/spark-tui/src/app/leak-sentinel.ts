/**
 * Watches an app in production for what only ever grows. Time is cut into cycles; of each cycle the floor of every
 * gauge is kept, the lowest value in it: what comes and goes does not lift a floor, what is kept does.
 *
 *   value   ╱╲  ╱╲╱╲   ╱╲ ╱╲
 *          ╱  ╲╱    ╲_╱  ╲  ╲__      floors of three cycles: 1, 2, 3 → a leak when it goes on
 *   cycles ├──────┼──────┼──────┤
 *
 * Looked at when a frame has run, at most twenty times a cycle; no timer. Caches are left out: they fill up to their
 * bound by design.
 */
import { OptionError } from '../base/index.ts';
import type { FrameProbe } from '../frame/index.ts';
import type { App } from './app.ts';
import { type Census, grown, takeCensus } from './census.ts';
import { appOf } from './inside.ts';

/** What grew, and the cycles it grew in. */
export interface LeakReport {
  /** Name of the gauge as in `AppStats`, or `'heapUsed'`, `'external'`, `'rss'`. */
  readonly gauge: string;
  /** The floors of the cycles, oldest first; each is higher than the one before. */
  readonly floors: readonly number[];
  readonly risePerCycle: number;
  /** What there is more of than when the rise began, the most first; at most five. */
  readonly culprits: readonly LeakCulprit[];
}

/** A group of equal things that has grown. */
export interface LeakCulprit {
  /** `'an element'`, `'an effect'`, `'a scope'`, `'a cleanup'`. */
  readonly kind: string;
  /** Component path. */
  readonly path: string;
  /** Where they were made; `''` without the option `trackCreation`. */
  readonly site: string;
  readonly count: number;
  readonly rise: number;
}

/** Options of `leakSentinel`. */
export interface LeakSentinelOptions {
  /** Cycles in a row in which a floor has to rise. Default 5. */
  readonly cycles?: number;
  /** Length of a cycle. Default 10,000; `Infinity`: cycles end only by `cycle()`. */
  readonly cycleMs?: number;
  /** Memory that rises less a cycle is no leak. Default 256 KiB. */
  readonly minMemoryBytes?: number;
  /** Called once for each rise. Rises that go on are told again only after the floor has stood still. */
  readonly onLeak: (report: LeakReport) => void;
}

/** A sentinel on watch. */
export interface LeakSentinel {
  /** Ends the cycle now. */
  cycle(): void;
  /** Ends the watch. It also ends with the app. */
  stop(): void;
}

const DEFAULT_CYCLES = 5;
const DEFAULT_CYCLE_MS = 10_000;
const DEFAULT_MEMORY_BYTES = 256 * 1024;
const SAMPLES_A_CYCLE = 20;
const MOST_CULPRITS = 5;
const MEMORY = ['heapUsed', 'external', 'rss'] as const;

/**
 * Puts a sentinel on a mounted app: it tells when a count or memory only ever grows, and what grows, by component
 * path and, with the mount option `trackCreation`, by where it is made. It costs what twenty calls of `stats()` a
 * cycle cost.
 *
 * @throws OptionError for what is no app, and for options that cannot be used
 * @example
 * const app = mount(view, { trackCreation: true });
 * leakSentinel(app, { onLeak: ({ gauge, culprits }) => log.warn(gauge, culprits) });
 */
export function leakSentinel(app: object, options: LeakSentinelOptions): LeakSentinel {
  const inside = appOf(app, 'leakSentinel()');
  const { cycles = DEFAULT_CYCLES, cycleMs = DEFAULT_CYCLE_MS, minMemoryBytes = DEFAULT_MEMORY_BYTES, onLeak } = options;
  if (!Number.isInteger(cycles) || cycles < 2) throw new OptionError(`leakSentinel(): cycles is ${String(cycles)}; expected an integer from 2`);
  if (!(cycleMs > 0)) throw new OptionError(`leakSentinel(): cycleMs is ${String(cycleMs)}; expected milliseconds above 0, or Infinity`);
  if (!(minMemoryBytes > 0)) throw new OptionError(`leakSentinel(): minMemoryBytes is ${String(minMemoryBytes)}; expected bytes above 0`);
  if (typeof onLeak !== 'function') throw new OptionError(`leakSentinel(): onLeak is ${String(onLeak)}; expected a function`);
  return new Sentinel(inside, { cycles, cycleMs, minMemoryBytes, onLeak });
}

class Sentinel implements LeakSentinel, FrameProbe {
  readonly timesPhases = false;
  private readonly app: App;
  private readonly options: Required<LeakSentinelOptions>;
  private readonly unwatch: () => void;
  /** Lowest values of this cycle. */
  private floor: Record<string, number>;
  /** Floors of the cycles before, of each gauge, as long as they rise; at most `cycles + 1`. */
  private readonly history = new Map<string, number[]>();
  /** Gauges whose rise was told. */
  private readonly told = new Set<string>();
  /** What there was when the first of the rises that go on began. */
  private before: Census | null = null;
  private cycleStartMs: number;
  private sampledMs: number;
  private stopped = false;

  constructor(app: App, options: Required<LeakSentinelOptions>) {
    this.app = app;
    this.options = options;
    this.floor = this.read();
    this.cycleStartMs = this.sampledMs = app.timers.now();
    this.unwatch = app.frame.stats.watch(this);
  }

  get wanted(): boolean {
    return !this.stopped;
  }

  ran(): void {
    const { cycleMs } = this.options;
    const nowMs = this.app.timers.now();
    if (nowMs - this.sampledMs >= cycleMs / SAMPLES_A_CYCLE) this.sample(nowMs);
    if (nowMs - this.cycleStartMs >= cycleMs) this.cycle();
  }

  cycle(): void {
    if (this.stopped || this.app.disposed) return;
    const nowMs = this.app.timers.now();
    this.sample(nowMs);
    this.cycleStartMs = nowMs;
    const { floor } = this;
    this.floor = this.read();
    const rising: string[] = [];
    for (const [name, value] of Object.entries(floor)) {
      const floors = this.history.get(name);
      const last = floors?.at(-1);
      if (floors === undefined || last === undefined || value - last < this.leastRise(name)) {
        this.history.set(name, [value]);
        this.told.delete(name);
        continue;
      }
      floors.push(value);
      if (floors.length > this.options.cycles + 1) floors.shift();
      rising.push(name);
    }
    if (rising.length === 0) {
      this.before = null;
      return;
    }
    this.before ??= takeCensus(this.app);
    for (const name of rising) this.judge(name);
  }

  stop(): void {
    this.stopped = true;
    this.unwatch();
    this.history.clear();
    this.before = null;
  }

  private judge(gauge: string): void {
    const floors = this.history.get(gauge) as number[];
    if (floors.length <= this.options.cycles || this.told.has(gauge)) return;
    this.told.add(gauge);
    const culprits = this.before === null ? [] : grown(this.before, takeCensus(this.app), MOST_CULPRITS);
    this.options.onLeak({
      gauge,
      floors: [...floors],
      risePerCycle: ((floors.at(-1) as number) - (floors[0] as number)) / (floors.length - 1),
      culprits: culprits.map(({ group, rise }) => ({ ...group, rise })),
    });
  }

  private leastRise(name: string): number {
    return (MEMORY as readonly string[]).includes(name) ? this.options.minMemoryBytes : 1;
  }

  private sample(nowMs: number): void {
    this.sampledMs = nowMs;
    const values = this.read();
    for (const name in values) if (values[name]! < this.floor[name]!) this.floor[name] = values[name]!;
  }

  private read(): Record<string, number> {
    const values: Record<string, number> = {};
    for (const gauge of this.app.gauges.all()) if (!gauge.isCache) values[gauge.name] = gauge.value;
    const { memory } = this.app.stats();
    if (memory !== null) for (const name of MEMORY) values[name] = memory[name];
    return values;
  }
}
