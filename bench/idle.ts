/**
 * What an idle app costs: bytes, wake-ups and CPU time while nothing changes, beside a process that only
 * keeps its terminal open. Read from /proc of the measured process, so nothing is measured by itself: Linux only.
 *
 *   node .build/bench/idle.js [--seconds 30] [--brief]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { type PtyRun, type Runtime, runtimes, startOnPty } from './programs.ts';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? (values.brief ? '4' : '30'));
const SETTLE_MS = values.brief ? 2500 : 6000;

interface Reading {
  /** Voluntary context switches of the main thread: each is a wake-up from waiting. */
  readonly wakeUps: number;
  /** Of all threads. */
  readonly allWakeUps: number;
  readonly cpuMs: number;
  readonly bytes: number;
}

function read(run: PtyRun): Reading {
  const { pid } = run;
  const tasks = readdirSync(`/proc/${pid}/task`);
  let allWakeUps = 0;
  let cpuMs = 0;
  let wakeUps = 0;
  for (const task of tasks) {
    const switches = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'))![1]);
    allWakeUps += switches;
    if (Number(task) === pid) wakeUps = switches;
    // First number: nanoseconds on a processor.
    cpuMs += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  }
  return { wakeUps, allWakeUps, cpuMs, bytes: run.bytes };
}

/** App and empty loop side by side: both see the same machine. */
async function measure(runtime: Runtime): Promise<{ app: Reading; empty: Reading }> {
  const runs = ['app', 'empty'].map((what) => startOnPty(runtime, 'idle-program', [what]));
  await sleep(SETTLE_MS);
  const before = runs.map(read);
  await sleep(seconds * 1000);
  const after = runs.map(read);
  for (const run of runs) run.send('q');
  await Promise.all(runs.map(({ end }) => end));
  const [app, empty] = after.map((reading, i) => ({
    wakeUps: reading.wakeUps - before[i]!.wakeUps,
    allWakeUps: reading.allWakeUps - before[i]!.allWakeUps,
    cpuMs: reading.cpuMs - before[i]!.cpuMs,
    bytes: reading.bytes - before[i]!.bytes,
  }));
  return { app: app!, empty: empty! };
}

const figures = new Figures('idle', `${seconds} s after ${SETTLE_MS / 1000} s of rest, beside an empty event loop on a terminal`);
for (const runtime of runtimes()) {
  const { app, empty } = await measure(runtime);
  figures.add({ name: `${runtime.name}: bytes`, value: app.bytes, unit: 'B', raw: empty.bytes, limit: 0 });
  figures.add({ name: `${runtime.name}: wake-ups of the main thread`, value: app.wakeUps, unit: '', raw: empty.wakeUps, limit: empty.wakeUps });
  figures.add({ name: `${runtime.name}: wake-ups of all threads`, value: app.allWakeUps, unit: '', raw: empty.allWakeUps });
  figures.add({ name: `${runtime.name}: CPU a second above the empty loop`, value: (app.cpuMs - empty.cpuMs) / seconds, unit: 'ms', limit: 1 });
}
