/**
 * Whether memory comes back: a million updates, rest, unmount, the end of the process; subtrees made and
 * removed; whole apps mounted and unmounted. Slopes are least squares after warm-up with their 95 %
 * margin; a slope a unit of frames stands for ten minutes at 60 frames a second.
 *
 *   node .build/bench/memory.js [--brief]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { runProgram, type Runtime, runtimes, startOnPty } from './programs.ts';
import { median, type Slope } from './statistics.ts';

interface Report {
  ms: number;
  nodes: number;
  scopes: number;
  effects: number;
  cleanups: number;
  handlers: number;
  timers: number;
}
type Slopes = Record<'rss' | 'heapUsed' | 'external' | 'arrayBuffers', Slope>;

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const brief = values.brief;

/** Everything a report counts, together. */
const left = ({ nodes, scopes, effects, cleanups, handlers, timers }: Report): number => nodes + scopes + effects + cleanups + handlers + timers;

function addSlopes(figures: Figures, name: string, slopes: Slopes, limit: number): void {
  for (const [kind, { rise, margin }] of Object.entries(slopes)) {
    // Above the limit by no more than chance explains: nothing is proved, a longer run can.
    // A brief run is over before the pages of the runtime have settled, so its RSS proves nothing either way.
    const uncertain = (rise > limit && rise - margin <= limit) || (brief && kind === 'rss');
    figures.add({
      name: `${name}: ${kind}`,
      value: rise,
      unit: 'MB',
      limit: uncertain ? undefined : limit,
      note: `± ${margin.toFixed(3)}${uncertain ? ' uncertain, run longer' : ''}`,
    });
  }
}

async function measure(runtime: Runtime): Promise<void> {
  const figures = new Figures('memory', runtime.name);
  const count = brief ? 100_000 : 1_000_000;
  const idleSeconds = brief ? 3 : 20;
  const updates = (await startOnPty(runtime, 'memory-program', ['updates', String(count), String(idleSeconds)]).end).result as {
    frames: number;
    working: Slopes;
    idle: Slopes;
    rssMb: number;
    rssAfterMb: number;
    changed: string[];
    report: Report;
  };
  figures.add({ name: `${count.toLocaleString('en')} updates: frames`, value: updates.frames, unit: '', note: `RSS ${updates.rssMb.toFixed(1)} MB, after unmount ${updates.rssAfterMb.toFixed(1)}` });
  addSlopes(figures, '  growth in 10 min of frames', updates.working, 1);
  addSlopes(figures, '  growth in 10 min of rest', updates.idle, 1);
  figures.add({ name: '  counts changed', value: updates.changed.length, unit: '', limit: 0, note: updates.changed.join(', ') });
  figures.add({ name: '  left after unmount', value: left(updates.report), unit: '', limit: 0 });

  const first: number[] = [];
  const warm: number[] = [];
  for (let i = 0; i < (brief ? 3 : 7); i++) {
    const unmount = (await runProgram(runtime, 'memory-program', ['unmount', '10000', '8'])) as { first: number; median: number };
    first.push(unmount.first);
    warm.push(unmount.median);
  }
  figures.add({ name: 'unmount of 10,000 nodes: first of a process', value: median(first), unit: 'ms', limit: 50, note: `worst of ${first.length}: ${Math.max(...first).toFixed(1)}` });
  figures.add({ name: 'unmount of 10,000 nodes: later ones', value: median(warm), unit: 'ms', limit: 50 });

  const goneMs: number[] = [];
  for (let i = 0; i < (brief ? 2 : 5); i++) {
    const { result, goneAtMs } = await startOnPty(runtime, 'memory-program', ['exit', '10000']).end;
    goneMs.push(goneAtMs - (result as { startedAtMs: number }).startedAtMs);
  }
  figures.add({ name: 'unmount() until the process is gone', value: Math.max(...goneMs), unit: 'ms', limit: 200, note: `worst of ${goneMs.length}` });

  const cycles = brief ? 10_000 : 100_000;
  const subtrees = (await runProgram(runtime, 'memory-program', ['subtrees', String(cycles)])) as {
    changed: string[];
    before: [number, number];
    after: [number, number];
    cycleMicros: number;
    slopes: Slopes;
    left: Report[];
  };
  figures.add({ name: `${cycles.toLocaleString('en')} subtrees made and removed: each`, value: subtrees.cycleMicros, unit: 'µs' });
  figures.add({ name: '  counts changed', value: subtrees.changed.length, unit: '', limit: 0, note: subtrees.changed.join(', ') });
  addSlopes(figures, '  growth in 100,000 cycles', subtrees.slopes, 1);
  const [aged, young] = subtrees.after;
  const [agedBefore, youngBefore] = subtrees.before;
  figures.add({ name: '  cost of a write, aged app / young app', value: aged / young / (agedBefore / youngBefore), unit: '×', limit: 1.1, note: `${agedBefore.toFixed(2)} / ${youngBefore.toFixed(2)} µs before, ${aged.toFixed(2)} / ${young.toFixed(2)} µs after` });
  figures.add({ name: '  left after unmount', value: left(subtrees.left[0]!) + left(subtrees.left[1]!), unit: '', limit: 0 });

  const apps = brief ? 200 : 1000;
  const mounts = (await runProgram(runtime, 'memory-program', ['mounts', String(apps)])) as { ms: number; survivors: number; listeners: number; slopes: Slopes; rssMb: number };
  figures.add({ name: `${apps.toLocaleString('en')} apps mounted and unmounted: each`, value: mounts.ms, unit: 'ms', note: `RSS ${mounts.rssMb.toFixed(1)} MB` });
  figures.add({ name: '  left after unmount', value: mounts.survivors, unit: '', limit: 0 });
  figures.add({ name: '  listeners left on the process', value: mounts.listeners, unit: '', limit: 0 });
  addSlopes(figures, '  growth in 1,000 apps', mounts.slopes, 1);
}

for (const runtime of runtimes()) await measure(runtime);
