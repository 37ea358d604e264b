/**
 * `expectNoLeak`: does something again and again and asserts that no count of the process is higher than it was, not by
 * one. A plain function that throws a plain error, so any test runner will do.
 *
 * Compared is what is in use. Capacities follow the largest round and stay for reuse, so of memory the buffers are
 * counted and not their bytes: a container has one, whatever its size.
 */
import { bufferPool, endedApps, type GaugeSet, liveGaugeSets, OptionError, SparkError, unownedTally } from '../base/index.ts';
import { realPause } from './real-pause.ts';

/** Rounds before the base is read: caches fill, arenas grow to the size they need. */
const WARM_ROUNDS = 3;
const DEFAULT_ROUNDS = 10;
/** How long counts may take to come back: timers that end by themselves, I/O that is under way. Pauses, not clocks: those can be faked. */
const SETTLE_PAUSES = 100;
const PAUSE_MS = 10;
/** How often the rounds are done again because the base was not at rest. */
const MAX_ATTEMPTS = 3;

/** One count that is higher than it was. */
export interface Leak {
  /** Whose: `'process'`, `'ended apps'` (what outlives an unmount), or a mounted app by its number. */
  readonly owner: string;
  readonly gauge: string;
  readonly base: number;
  readonly now: number;
}

/** Counts are higher than they were. The message is a table of them. */
export class LeakError extends SparkError {
  readonly leaks: readonly Leak[];

  constructor(leaks: readonly Leak[], rounds: number) {
    super('SPARK_LEAK', describeLeaks(leaks, rounds));
    this.leaks = leaks;
  }
}

/** What counts belong to that belong to no app that lives. */
type Nobody = 'process' | 'ended apps';
type Counts = Map<GaugeSet | Nobody, Record<string, number>>;

/**
 * Runs `cycle` a few times, remembers every count of the process (all apps, what ended apps did not free, all that belongs
 * to no app, buffers, listeners of the process), runs it `rounds` times more and asserts that none is higher. Caches may have
 * filled, up to their bounds, and arenas grown. When a count has fallen, something of before was still ending: then the
 * rounds are done again from there. Works in node:test, vitest, jest and bun test.
 *
 * @param cycle what has to leave nothing behind; may be async
 * @param rounds how often; default 10
 * @throws (rejects with) LeakError with a table of what grew; what `cycle` throws
 * @example
 * test('the dialog leaves nothing behind', () => expectNoLeak(() => {
 *   app.press('o'); app.press('Escape');
 * }, 100));
 */
export async function expectNoLeak(cycle: () => unknown, rounds: number = DEFAULT_ROUNDS): Promise<void> {
  if (typeof cycle !== 'function') throw new OptionError(`expectNoLeak() was given ${String(cycle)}; expected a function`);
  if (!Number.isInteger(rounds) || rounds < 1) throw new OptionError(`expectNoLeak(): rounds is ${String(rounds)}; expected an integer above 0`);
  for (let i = 0; i < WARM_ROUNDS; i++) await cycle();
  for (let attempt = 1; ; attempt++) {
    const base = await atRest();
    for (let i = 0; i < rounds; i++) await cycle();
    const changes = await changesAtRest(base);
    const leaks = changes.filter(isRise);
    // What was still ending when the base was read may have brought a rise with it, or hide one.
    if (leaks.length < changes.length && attempt < MAX_ATTEMPTS) continue;
    if (leaks.length > 0) throw new LeakError(leaks, rounds);
    return;
  }
}

const host = globalThis as {
  process?: { eventNames?(): (string | symbol)[]; listenerCount?(name: string | symbol): number };
};

/** The counts once they have stood still for a moment. */
async function atRest(): Promise<Counts> {
  settle();
  let counts = readCounts();
  for (let pauses = 0, still = 0; still < 2 && pauses < SETTLE_PAUSES; pauses++) {
    await realPause(PAUSE_MS);
    settle();
    const now = readCounts();
    still = compare(counts, now).length === 0 ? still + 1 : 0;
    counts = now;
  }
  return counts;
}

/** What differs from `base` once nothing is higher, or nothing more is to be expected. */
async function changesAtRest(base: Counts): Promise<Leak[]> {
  for (let pauses = 0; ; pauses++) {
    settle();
    const changes = compare(base, readCounts());
    if (pauses === SETTLE_PAUSES || !changes.some(isRise)) return changes;
    await realPause(PAUSE_MS);
  }
}

function isRise({ base, now }: Leak): boolean {
  return now > base;
}

/** Has every app do what is pending. */
function settle(): void {
  for (const set of liveGaugeSets()) set.settle?.();
}

function readCounts(): Counts {
  const sets = liveGaugeSets();
  const { scopes, effects, disposers } = unownedTally;
  const counts: Counts = new Map([
    ['process', { apps: sets.length, buffers: bufferPool.usedBuffers, listeners: processListeners(), ownerlessScopes: scopes, ownerlessEffects: effects, ownerlessCleanups: disposers }],
    ['ended apps', { ...endedApps.remains() }],
  ]);
  for (const set of sets) {
    const values: Record<string, number> = {};
    for (const gauge of set.all()) {
      if (gauge.isCapacity) continue;
      // A cache is as good as empty until it is beyond its bound.
      values[gauge.name] = gauge.isCache ? Math.max(0, gauge.value - gauge.bound) : gauge.value;
    }
    counts.set(set, values);
  }
  return counts;
}

function processListeners(): number {
  const { process } = host;
  let sum = 0;
  for (const name of process?.eventNames?.() ?? []) sum += process?.listenerCount?.(name) ?? 0;
  return sum;
}

/** What differs, also what is lower. An app that came in the place of another is compared with that. */
function compare(base: Counts, now: Counts): Leak[] {
  const changes: Leak[] = [];
  const gone = [...base.keys()].filter((set) => !now.has(set));
  let app = 0;
  for (const [set, values] of now) {
    const owner = typeof set === 'string' ? set : `app ${++app}${base.has(set) ? '' : ' (new)'}`;
    const predecessor = base.has(set) ? set : gone.shift();
    const before = predecessor === undefined ? undefined : base.get(predecessor);
    for (const [gauge, value] of Object.entries(values)) {
      const was = before?.[gauge] ?? 0;
      if (value !== was) changes.push({ owner, gauge, base: was, now: value });
    }
  }
  return changes;
}

function describeLeaks(leaks: readonly Leak[], rounds: number): string {
  const rows = leaks.map(({ owner, gauge, base, now }) => [owner, gauge, String(base), String(now), ((now - base) / rounds).toFixed(2)]);
  const all = [['', '', 'before', 'after', 'a round'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) => row.map((text, i) => (i < 2 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  ').trimEnd());
  return `${leaks.length === 1 ? 'a count is higher than it was' : `${leaks.length} counts are higher than they were`} after ${rounds} rounds\n${lines.join('\n')}`;
}
