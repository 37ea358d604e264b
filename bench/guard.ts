/**
 * What the guard process and its watchdog cost: time of the start (interleaved pairs of processes), memory, CPU while an
 * app is at work. At rest they cost no CPU (test/pty/watchdog.test.ts).
 *
 *   node .build/bench/guard.js [--brief]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { type Runtime, runtimes, startOnPty } from './programs.ts';
import { median, percentile } from './statistics.ts';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const pairs = values.brief ? 9 : 41;
const busySeconds = values.brief ? 3 : 20;

async function startMs(runtime: Runtime, how: 'guard' | 'alone'): Promise<number> {
  return ((await startOnPty(runtime, 'guard-program', ['start', how]).end).result as { ms: number }).ms;
}

async function measure(runtime: Runtime): Promise<void> {
  const figures = new Figures('guard', runtime.name);
  const alone: number[] = [];
  const costs: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Who is first changes: the first of a pair pays for what came before.
    const order = pair % 2 === 0 ? (['alone', 'guard'] as const) : (['guard', 'alone'] as const);
    const ms = { alone: 0, guard: 0 };
    for (const how of order) ms[how] = await startMs(runtime, how);
    alone.push(ms.alone);
    costs.push(ms.guard - ms.alone);
  }
  figures.add({ name: 'mount with its first frame, without a guard', value: median(alone), unit: 'ms', note: `median of ${pairs} processes` });
  figures.add({ name: '  a guard costs', value: median(costs), unit: 'ms', limit: 5, note: `quartiles ${percentile(costs, 0.25).toFixed(1)} … ${percentile(costs, 0.75).toFixed(1)}` });
  const memory = (await startOnPty(runtime, 'guard-program', ['memory']).end).result as { processes: number; pssKb: number; privateKb: number };
  figures.add({ name: `  memory of its ${memory.processes} processes (PSS)`, value: memory.pssKb / 1024, unit: 'MB', note: `${(memory.privateKb / 1024).toFixed(2)} MB of it not shared` });
  const cpu: Record<'guard' | 'alone', { ownMsPerSecond: number; guardMsPerSecond: number }[]> = { guard: [], alone: [] };
  for (let pair = 0; pair < 3; pair++) {
    for (const how of ['alone', 'guard'] as const) cpu[how].push((await startOnPty(runtime, 'guard-program', ['busy', String(busySeconds), how]).end).result as never);
  }
  const own = (how: 'guard' | 'alone'): number => median(cpu[how].map(({ ownMsPerSecond }) => ownMsPerSecond));
  figures.add({ name: '60 frames a second: CPU of the guard', value: median(cpu.guard.map(({ guardMsPerSecond }) => guardMsPerSecond)), unit: 'ms/s' });
  figures.add({ name: '  CPU of the app', value: own('guard'), unit: 'ms/s', note: `without a guard ${own('alone').toFixed(1)}` });
}

for (const runtime of runtimes()) await measure(runtime);
