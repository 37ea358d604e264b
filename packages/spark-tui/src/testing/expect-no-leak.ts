/**
 * `expectNoLeak`: does something again and again and asserts that every count of the process is back where it was,
 * exactly. A plain function that throws a plain error, so any test runner will do.
 */
import { bufferPool, endedApps, type GaugeSet, liveGaugeSets, OptionError, SparkError, unownedTally } from '../base/index.ts';

/** Rounds before the base is read: caches fill, arenas grow to the size they need. */
const WARM_ROUNDS = 3;
const DEFAULT_ROUNDS = 10;
/** How long counts may take to come back: timers that end by themselves, I/O that is under way. */
const SETTLE_MS = 1000;
const POLL_MS = 10;

/** One count that did not come back. */
export interface Leak {
  /** Whose: `'process'`, `'ended apps'` (what outlives an unmount), or a mounted app by its number. */
  readonly owner: string;
  readonly gauge: string;
  readonly base: number;
  readonly now: number;
}

/** Counts did not come back. The message is a table of them. */
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
 * to no app, buffers, listeners of the process), runs it `rounds` times more and asserts that all are exactly as they were. Caches may
 * have filled, up to their bounds. Works in node:test, vitest, jest and bun test.
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
  settle();
  const base = await atRest();
  for (let i = 0; i < rounds; i++) await cycle();
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    settle();
    const leaks = compare(base, readCounts());
    if (leaks.length === 0) return;
    if (performance.now() > deadline) throw new LeakError(leaks, rounds);
    await sleep(POLL_MS);
  }
}

const host = globalThis as {
  setTimeout(fn: () => void, ms: number): unknown;
  process?: { eventNames?(): (string | symbol)[]; listenerCount?(name: string | symbol): number };
};

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void host.setTimeout(resolve, ms));
}

/** The counts once they have stood still for a moment. */
async function atRest(): Promise<Counts> {
  const deadline = performance.now() + SETTLE_MS;
  let counts = readCounts();
  for (let still = 0; still < 2 && performance.now() < deadline; ) {
    await sleep(POLL_MS);
    settle();
    const now = readCounts();
    still = compare(counts, now).length === 0 ? still + 1 : 0;
    counts = now;
  }
  return counts;
}

/** Has every app do what is pending. */
function settle(): void {
  for (const set of liveGaugeSets()) set.settle?.();
}

function readCounts(): Counts {
  const sets = liveGaugeSets();
  const { scopes, effects, disposers } = unownedTally;
  const counts: Counts = new Map([
    ['process', { apps: sets.length, poolBytes: bufferPool.usedBytes, listeners: processListeners(), ownerlessScopes: scopes, ownerlessEffects: effects, ownerlessCleanups: disposers }],
    ['ended apps', { ...endedApps.remains() }],
  ]);
  for (const set of sets) {
    const values: Record<string, number> = {};
    for (const gauge of set.all()) {
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

function compare(base: Counts, now: Counts): Leak[] {
  const leaks: Leak[] = [];
  let app = 0;
  for (const [set, values] of now) {
    const owner = typeof set === 'string' ? set : `app ${++app}${base.has(set) ? '' : ' (new)'}`;
    const before = base.get(set);
    for (const [gauge, value] of Object.entries(values)) {
      const was = before?.[gauge] ?? 0;
      if (value !== was) leaks.push({ owner, gauge, base: was, now: value });
    }
  }
  for (const set of base.keys()) {
    if (!now.has(set)) leaks.push({ owner: 'an app of before', gauge: 'mounted', base: 1, now: 0 });
  }
  return leaks;
}

function describeLeaks(leaks: readonly Leak[], rounds: number): string {
  const rows = leaks.map(({ owner, gauge, base, now }) => [owner, gauge, String(base), String(now), ((now - base) / rounds).toFixed(2)]);
  const all = [['', '', 'before', 'after', 'a round'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) => row.map((text, i) => (i < 2 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  ').trimEnd());
  return `${leaks.length === 1 ? 'a count is' : `${leaks.length} counts are`} not where it was after ${rounds} rounds\n${lines.join('\n')}`;
}
