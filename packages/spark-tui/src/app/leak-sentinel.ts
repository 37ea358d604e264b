/**
 * Watches an app in production for what only ever grows. Time is cut into cycles; of each cycle the floor of every
 * gauge is kept, the lowest value in it: what comes and goes does not lift a floor, what is kept does.
 *
 *   value   ╱╲  ╱╲╱╲   ╱╲ ╱╲
 *          ╱  ╲╱    ╲_╱  ╲  ╲__      floors of three cycles: 1, 2, 3 → a leak when it goes on (`rise-watch.ts`)
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
import { CountWatch, MemoryWatch, type RiseWatch } from './rise-watch.ts';

/** What grew, and the cycles it grew in. */
export interface LeakReport {
  /** Name of the gauge as in `AppStats`, or `'heapUsed'`, `'external'`, `'rss'`. */
  readonly gauge: string;
  /**
   * What it rose through, oldest first, each higher than the one before. Of a count: the floors of cycles, those that
   * repeat the one before left out. Of memory: what collections have left; where none showed, the first floor and those
   * that were twice, three and four times as high.
   */
  readonly floors: readonly number[];
  /** From the first of the floors to the last, over all cycles between them. */
  readonly risePerCycle: number;
  /**
   * What there is more of than when the rise began, the most first; at most five. None for `ownerlessEffects`: what
   * belongs to no app is in no list. Look for `effect` after an `await` or in a timer.
   */
  readonly culprits: readonly LeakCulprit[];
}

/** A group of equal things that has grown. */
export interface LeakCulprit {
  /**
   * `'an element'`, `'an effect'`, `'a scope'`, `'a cleanup'`; for `runWords` `'words of text'`; for `historyBytes` `'lines of
   * history'`, which `print()`, `renderToHistory()` or `console` gave and which wait until the screen is left or takes them.
   */
  readonly kind: string;
  /** Component path; `''` where none is known. */
  readonly path: string;
  /** Where they were made; `''` without the option `trackCreation`. */
  readonly site: string;
  /** How many there are of that kind at that path now. */
  readonly count: number;
  /** How many more than when the rise began, of that site; where several made them it is estimated. */
  readonly rise: number;
}

/** Options of `leakSentinel`. */
export interface LeakSentinelOptions {
  /**
   * How many times a floor has to rise, default 5: a count, without a fall and without standing still for more than so
   * many cycles; memory, from trough to trough, which takes longer, since it falls only when garbage is collected.
   */
  readonly cycles?: number;
  /** Length of a cycle. Default 10,000; `Infinity`: cycles end only by `cycle()`. */
  readonly cycleMs?: number;
  /** Memory that rises less a cycle, on an average, is no leak. Default 256 KiB. */
  readonly minMemoryBytes?: number;
  /** Called once for each rise: again when a count has fallen or stood still, or when half of the memory was given back. */
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

/** A gauge on watch. */
interface Watched {
  readonly watch: RiseWatch;
  /** What there was when the rise that may be one began. */
  before: Census | null;
}

class Sentinel implements LeakSentinel, FrameProbe {
  readonly timesPhases = false;
  private readonly app: App;
  private readonly options: Required<LeakSentinelOptions>;
  private readonly unwatch: () => void;
  /** Lowest values of this cycle. */
  private floor: Record<string, number>;
  private readonly gauges = new Map<string, Watched>();
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
    // Each is taken once a cycle, when a gauge needs it.
    let begun: Census | null = null;
    let now: Census | null = null;
    for (const [gauge, value] of Object.entries(floor)) {
      const watched = this.watched(gauge);
      const { watch, before } = watched;
      const rise = watch.take(value);
      if (!watch.rising) watched.before = null;
      else watched.before ??= begun ??= takeCensus(this.app);
      if (rise === null) continue;
      this.options.onLeak({
        gauge,
        floors: rise.floors,
        risePerCycle: rise.perCycle,
        culprits: before === null ? [] : grown(this.app, gauge, before, (now ??= takeCensus(this.app, true)), MOST_CULPRITS),
      });
      // By whom it was told.
      if (this.stopped) return;
    }
  }

  stop(): void {
    this.stopped = true;
    this.unwatch();
    this.gauges.clear();
  }

  private watched(gauge: string): Watched {
    let watched = this.gauges.get(gauge);
    if (watched === undefined) {
      const { cycles, minMemoryBytes } = this.options;
      const isMemory = (MEMORY as readonly string[]).includes(gauge);
      watched = { watch: isMemory ? new MemoryWatch({ cycles, minBytesPerCycle: minMemoryBytes }) : new CountWatch(cycles), before: null };
      this.gauges.set(gauge, watched);
    }
    return watched;
  }

  private sample(nowMs: number): void {
    this.sampledMs = nowMs;
    const values = this.read();
    for (const name in values) if (values[name]! < this.floor[name]!) this.floor[name] = values[name]!;
  }

  private read(): Record<string, number> {
    const values: Record<string, number> = {};
    for (const gauge of this.app.gauges.all()) if (!gauge.isCache && !gauge.isCapacity) values[gauge.name] = gauge.value;
    const { memory, ownerlessEffects } = this.app.stats();
    values.ownerlessEffects = ownerlessEffects;
    if (memory !== null) for (const name of MEMORY) values[name] = memory[name];
    return values;
  }
}
