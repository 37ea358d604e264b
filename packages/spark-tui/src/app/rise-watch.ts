/**
 * Judges whether a number only ever grows, by its floors: the lowest value of each cycle, one after the other. Pure.
 *
 * A count (`CountWatch`) falls only when something was given back: every rise tells, and a fall ends it.
 *
 * Memory (`MemoryWatch`) rises by itself, by garbage that nobody has collected yet. Only what a collection leaves tells,
 * so floors are reduced to troughs:
 *
 *      │╲   │╲   │╲                  ╱│  ╱│
 *     ╱│ ╲ ╱│ ╲ ╱│ ╲            ╱│  ╱ │ ╱
 *    ╱    V     V               ╱ │╱   V           troughs on a level: garbage; troughs that climb: a leak
 *   ╱                          ╱  V
 *
 * Where no trough shows, memory tells nothing before it is at a multiple of what it was that no collector allows.
 */

/** A rise that is proved. */
export interface Rise {
  /** What it went through, each higher than the one before. */
  readonly floors: readonly number[];
  readonly perCycle: number;
}

export interface RiseWatch {
  /** True while this may be the beginning of a rise: it is worth knowing what there is now. */
  readonly rising: boolean;
  /** Takes the floor of the next cycle; gives the rise that it proves, once for each rise. */
  take(floor: number): Rise | null;
}

interface Point {
  readonly value: number;
  readonly cycle: number;
}

/** A count leaks when it has risen `cycles` times without a fall, and never stood still for more than `cycles` cycles. */
export class CountWatch implements RiseWatch {
  private readonly cycles: number;
  /** Floors since the last fall, each once; at most `cycles + 1`. */
  private row: Point[] = [];
  private cycle = 0;
  private told = false;

  constructor(cycles: number) {
    this.cycles = cycles;
  }

  get rising(): boolean {
    return this.row.length > 1;
  }

  take(value: number): Rise | null {
    const { row, cycles } = this;
    const cycle = this.cycle++;
    const last = row.at(-1);
    if (last === undefined || value < last.value || (value === last.value && cycle - last.cycle > cycles)) {
      this.row = [{ value, cycle }];
      this.told = false;
      return null;
    }
    if (value === last.value) return null;
    row.push({ value, cycle });
    if (row.length > cycles + 1) row.shift();
    if (this.told || row.length <= cycles) return null;
    this.told = true;
    return riseOf(row);
  }
}

export interface MemoryLimits {
  /** Troughs in a row that have to climb. */
  readonly cycles: number;
  /** What climbs less a cycle is no leak. */
  readonly minBytesPerCycle: number;
}

/** What falls by less was not collected: two samples differ by so much. */
const DIP_SHARE = 0.02;
const DIP_BYTES = 512 * 1024;
/** Troughs have to climb by this share in all. */
const LEAST_SHARE = 0.05;
/** Every step has to be this share of the mean one, since one jump is no leak, and the last one this: a warm-up flattens. */
const LEAST_STEP = 1 / 3;
const LAST_STEP = 1 / 2;
/** Troughs in a row that are looked back on, for the highest of them: only a leak goes where it has never been. */
const ROWS_KEPT = 8;
/** V8 lets a heap grow to four times what lives in it, at most, before it collects. */
const MOST_GARBAGE = 4;
/** Without troughs a rise has to last so many times longer. */
const PATIENCE = 4;

/** Memory leaks when its troughs climb evenly to where they never were, or when it climbs beyond what garbage explains. */
export class MemoryWatch implements RiseWatch {
  private readonly limits: MemoryLimits;
  private readonly climb: Climb;
  /** Troughs, each higher than the one before: a lower one removes those above it. At most `cycles + 1`. */
  private row: Point[] = [];
  /** The troughs of late, whether they climb or not. */
  private readonly troughs: number[] = [];
  /** The lowest since the last peak, or the highest since the last trough. */
  private turn: Point | null = null;
  /** True at the start, too: where a process starts is no trough. */
  private upward = true;
  private cycle = 0;
  /** The rise that was told is over below this. */
  private toldAbove = -Infinity;

  constructor(limits: MemoryLimits) {
    this.limits = limits;
    this.climb = new Climb(limits);
  }

  get rising(): boolean {
    return this.row.length > 1 || this.climb.rising;
  }

  take(value: number): Rise | null {
    const point: Point = { value, cycle: this.cycle++ };
    if (value < this.toldAbove) this.toldAbove = -Infinity;
    const climbed = this.climb.take(point);
    const trough = this.follow(point);
    const rise = trough !== null && this.leads(trough) ? riseOf(this.row) : climbed;
    if (rise === null || this.toldAbove > -Infinity) return null;
    // Told again when half of it was given back.
    this.toldAbove = ((rise.floors[0] as number) + (rise.floors.at(-1) as number)) / 2;
    return rise;
  }

  /** The trough that this floor shows to have been one, if any. */
  private follow(point: Point): Point | null {
    const turn = (this.turn ??= point);
    const apart = Math.max(DIP_BYTES, turn.value * DIP_SHARE);
    if (this.upward ? point.value >= turn.value : point.value <= turn.value) {
      this.turn = point;
    } else if (Math.abs(point.value - turn.value) >= apart) {
      this.turn = point;
      this.upward = !this.upward;
      return this.upward ? turn : null;
    }
    return null;
  }

  /** True when this trough ends a row that climbs evenly to where none of late was. */
  private leads(trough: Point): boolean {
    const { row, troughs } = this;
    const { cycles, minBytesPerCycle } = this.limits;
    const isHighest = troughs.every((value) => value <= trough.value);
    troughs.push(trough.value);
    if (troughs.length > ROWS_KEPT * cycles) troughs.shift();
    while (row.length > 0 && (row.at(-1) as Point).value >= trough.value) row.pop();
    row.push(trough);
    if (row.length > cycles + 1) row.shift();
    const first = row[0] as Point;
    if (!isHighest || row.length <= cycles || trough.value < first.value * (1 + LEAST_SHARE)) return false;
    const mean = slope(first, trough);
    if (mean < minBytesPerCycle || slope(row.at(-2) as Point, trough) < mean * LAST_STEP) return false;
    return row.every((point, i) => i === 0 || slope(row[i - 1] as Point, point) >= mean * LEAST_STEP);
  }
}

/** What climbs without troughs: told at the multiple that garbage does not explain, when it got there step by step. */
class Climb {
  private readonly limits: MemoryLimits;
  private readonly recent: number[] = [];
  /** Where it began, and the cycles that brought it to twice, three times, … that for good. */
  private row: Point[] = [];

  constructor(limits: MemoryLimits) {
    this.limits = limits;
  }

  get rising(): boolean {
    return this.row.length > 1;
  }

  take({ value, cycle }: Point): Rise | null {
    const { cycles, minBytesPerCycle } = this.limits;
    const { recent } = this;
    recent.push(value);
    if (recent.length > cycles) recent.shift();
    const low: Point = { value: Math.min(...recent), cycle };
    const first = this.row[0];
    if (first === undefined || low.value <= first.value) {
      this.row = [low];
      return null;
    }
    const { row } = this;
    const reached = Math.min(MOST_GARBAGE, Math.floor(low.value / first.value));
    if (row.length > reached) row.length = reached;
    while (row.length < reached) row.push(low);
    if (reached < MOST_GARBAGE) return null;
    this.row = [low];
    const mean = slope(first, low);
    const least = ((cycle - first.cycle) / (MOST_GARBAGE - 1)) * LEAST_STEP;
    const isEven = row.every((point, i) => i === 0 || point.cycle - (row[i - 1] as Point).cycle >= least);
    return isEven && mean >= minBytesPerCycle && cycle - first.cycle >= PATIENCE * cycles ? riseOf(row) : null;
  }
}

function slope(from: Point, to: Point): number {
  return (to.value - from.value) / (to.cycle - from.cycle);
}

function riseOf(row: readonly Point[]): Rise {
  return { floors: row.map(({ value }) => value), perCycle: slope(row[0] as Point, row.at(-1) as Point) };
}
