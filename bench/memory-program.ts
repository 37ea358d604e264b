/**
 * Measured program: what comes back. Needs the collector exposed (Node: --expose-gc).
 *
 *   updates <count> <idle seconds>   that many frames, then rest, then unmount (on its terminal)
 *   unmount <nodes> <times>          time of unmounting a large app, in memory
 *   exit <nodes>                     unmount, and nothing else: whoever started this sees the process go (on its terminal)
 *   subtrees <count>                 ten nodes made and removed, again and again, beside an app that stays young
 *   mounts <count>                   whole apps mounted and unmounted
 */
import { type AppStats, box, derived, type MountHandle, mountSync, onCleanup, show, signal, text } from 'spark-tui';
import { collect, hand, inMemory, monotonicMs, sleep, WatchedClock } from './measured.ts';
import { median, type Slope, slope } from './statistics.ts';
import { leafTree } from './workloads.ts';

const MB = 1024 * 1024;
/** Frames of ten minutes at 60 a second. */
const TEN_MINUTES_OF_FRAMES = 36_000;
const KINDS = ['rss', 'heapUsed', 'external', 'arrayBuffers'] as const;
type Kind = (typeof KINDS)[number];

/** Counts that must be the same whenever the same elements exist. */
const COUNTS = ['nodes', 'scopes', 'effects', 'cleanups', 'handlers', 'keyHandlers', 'watchedBounds', 'timers', 'glyphs', 'runWords', 'arenaBytes', 'inputBytes', 'pendingEffects'] as const;

function counts(stats: AppStats): Record<string, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, stats[name]]));
}

class Samples {
  readonly at: number[] = [];
  readonly values: Record<Kind, number[]> = { rss: [], heapUsed: [], external: [], arrayBuffers: [] };

  take(at: number): void {
    collect();
    const usage = process.memoryUsage();
    this.at.push(at);
    for (const kind of KINDS) this.values[kind].push((usage[kind] ?? 0) / MB);
  }

  /** MB per unit of `at`, without the first `share` of the samples. */
  slopes(share: number, unit: number): Record<Kind, Slope> {
    const from = Math.floor(this.at.length * share);
    const out = {} as Record<Kind, Slope>;
    for (const kind of KINDS) {
      const { rise, margin } = slope(this.at.slice(from), this.values[kind].slice(from));
      out[kind] = { rise: rise * unit, margin: margin * unit };
    }
    return out;
  }

  last(kind: Kind): number {
    return this.values[kind].at(-1)!;
  }
}

async function updates(count: number, idleSeconds: number): Promise<void> {
  const clock = new WatchedClock();
  const { root, leaves } = leafTree(1000, 24, 120, 40);
  const app = mountSync(root, { maxFps: Infinity, clock });
  app.flush();
  const base = counts(app.stats());
  const working = new Samples();
  const every = Math.floor(count / 60);
  for (let i = 1; i <= count; i++) {
    leaves[(i * 17) % 900]!.value = String(1000 + (i % 9000));
    app.flush();
    if (clock.busy) await clock.idle();
    // The loop has to turn: input, signals and the other end of the terminal are served by it.
    if (i % 1000 === 0) await sleep(0);
    if (i % every === 0) working.take(i);
  }
  const { frames } = app.stats();
  const idle = new Samples();
  const startMs = monotonicMs();
  while (monotonicMs() - startMs < idleSeconds * 1000) {
    idle.take(monotonicMs() - startMs);
    await sleep(200);
  }
  const after = counts(app.stats());
  const beforeMb = process.memoryUsage().rss / MB;
  const report = await app.unmount();
  collect();
  await sleep(50);
  hand({
    frames,
    working: working.slopes(0.4, TEN_MINUTES_OF_FRAMES),
    idle: idle.slopes(0.2, 600_000),
    rssMb: beforeMb,
    rssAfterMb: process.memoryUsage().rss / MB,
    changed: changed(base, after),
    report,
  });
}

function changed(base: Record<string, number>, now: Record<string, number>): string[] {
  return Object.keys(base).filter((name) => base[name] !== now[name]).map((name) => `${name} ${base[name]} → ${now[name]}`);
}

async function unmount(nodes: number, times: number): Promise<void> {
  const ms: number[] = [];
  for (let i = 0; i < times; i++) {
    const { root } = leafTree(nodes, 24, 120, 40);
    const app = mountSync(root, inMemory(120, 40));
    app.flush();
    ms.push((await app.unmount()).ms);
  }
  hand({ first: ms[0], median: median(ms.slice(1)) });
}

async function exit(nodes: number): Promise<void> {
  const { root } = leafTree(nodes, 24, 120, 40);
  const app = mountSync(root);
  await sleep(300);
  // The time of day: not all runtimes share another clock.
  const startedAtMs = Date.now();
  const report = await app.unmount();
  hand({ startedAtMs, report });
}

interface Toggled {
  readonly app: MountHandle;
  cycle(): void;
  write(i: number): void;
  /** Subtrees that were cleaned up. */
  cleanedUp(): number;
}

/** An app whose ten-node subtree comes and goes, beside a text that is written to. */
function toggled(): Toggled {
  const shown = signal(false);
  const counter = signal(0);
  let ended = 0;
  const app = mountSync(() => {
    box({ border: 'single' }, () => {
      text({ content: () => `count ${counter.value}` });
      show(shown, () => {
        // Ten nodes: this box, three rows of a box and a text, a column of a box and two texts.
        box({ onClick: () => undefined }, () => {
          const double = derived(() => counter.value * 2);
          onCleanup(() => {
            ended++;
          });
          for (let i = 0; i < 3; i++) {
            box({ flexDirection: 'row', bg: () => (counter.value % 2 === 0 ? 'blue' : 'red') }, () => {
              text({ content: () => `row ${i}: ${double.value}` });
            });
          }
          box({}, () => {
            text({ content: '👩‍👩‍👧 family' });
            text({ content: double, onKey: () => false });
          });
        });
      });
    });
  }, inMemory(80, 24));
  app.flush();
  return {
    app,
    cleanedUp: () => ended,
    cycle: () => {
      shown.value = true;
      app.flush();
      shown.value = false;
      app.flush();
    },
    write: (i) => {
      counter.value = i;
      app.flush();
    },
  };
}

/** µs of one write, of both apps in turn: medians of small rounds. */
function costs(apps: readonly Toggled[], rounds: number): number[] {
  const WRITES = 200;
  const samples = apps.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    // Who is first changes: the first of a pair pays for what came before.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const n of order) {
      const { write } = apps[n]!;
      const start = performance.now();
      for (let i = 1; i <= WRITES; i++) write(round * WRITES + i);
      samples[n]!.push(((performance.now() - start) * 1000) / WRITES);
    }
  }
  return samples.map(median);
}

const WARM_CYCLES = 50;

async function subtrees(count: number): Promise<void> {
  const aging = toggled();
  const young = toggled();
  // The first cycle makes what stays: arenas, pools.
  for (const app of [aging, young]) for (let i = 0; i < WARM_CYCLES; i++) app.cycle();
  costs([aging, young], 100);
  const before = costs([aging, young], 400);
  aging.app.flush();
  const base = counts(aging.app.stats());
  const samples = new Samples();
  const every = Math.floor(count / 50);
  const startMs = monotonicMs();
  for (let i = 1; i <= count; i++) {
    aging.cycle();
    if (i % every !== 0) continue;
    samples.take(i);
    await sleep(0);
  }
  const cycleMicros = ((monotonicMs() - startMs) * 1000) / count;
  const now = counts(aging.app.stats());
  const after = costs([aging, young], 400);
  if (aging.cleanedUp() !== count + WARM_CYCLES) throw new Error(`${aging.cleanedUp()} subtrees were cleaned up, ${count + WARM_CYCLES} were made`);
  const left = [await aging.app.unmount(), await young.app.unmount()];
  hand({ changed: changed(base, now), before, after, cycleMicros, slopes: samples.slopes(0.4, 100_000), left: left.map((report) => ({ ...report, ms: 0 })) });
}

const WARM_MOUNTS = 300;

async function mounts(count: number): Promise<void> {
  const samples = new Samples();
  const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const base = listeners();
  const ms: number[] = [];
  let survivors = 0;
  const every = Math.max(1, Math.floor(count / 50));
  // The runtime warms up over the first hundreds, which are not sampled.
  for (let i = 1 - WARM_MOUNTS; i <= count; i++) {
    const { root } = leafTree(200, 12, 80, 24);
    const startMs = performance.now();
    const app = mountSync(root, inMemory(80, 24));
    app.flush();
    const { nodes, scopes, effects, cleanups, handlers, timers } = await app.unmount();
    ms.push(performance.now() - startMs);
    survivors += nodes + scopes + effects + cleanups + handlers + timers;
    if (i < 1 || i % every !== 0) continue;
    samples.take(i);
    await sleep(0);
  }
  hand({ ms: median(ms), survivors, listeners: listeners() - base, slopes: samples.slopes(0.4, 1000), rssMb: samples.last('rss') });
}

const [mode, first, second] = process.argv.slice(2);
if (mode === 'updates') await updates(Number(first), Number(second));
else if (mode === 'unmount') await unmount(Number(first), Number(second));
else if (mode === 'exit') await exit(Number(first));
else if (mode === 'subtrees') await subtrees(Number(first));
else if (mode === 'mounts') await mounts(Number(first));
else throw new Error(`there is no mode ${mode}`);
