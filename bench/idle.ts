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
import { type Runtime, runtimes, startOnPty } from './programs.ts';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? (values.brief ? '4' : '30'));
/** A runtime wakes for its own housekeeping, by what its heap has seen. A timer or poll of ours would wake once a second, at least. */
const OWN_WAKE_UPS = 0.5;
const SETTLE_MS = values.brief ? 2500 : 6000;

interface Task {
  /** Voluntary context switches: each is a wake-up from waiting. */
  readonly wakeUps: number;
  readonly cpuMs: number;
}

interface Idle {
  readonly wakeUps: number;
  /** Of all threads that lived all the time. */
  readonly allWakeUps: number;
  readonly cpuMs: number;
  readonly bytes: number;
  /** Timers of the framework and of the event loop at the end. */
  readonly timers: number;
}

/** Threads of a process, the main thread first. */
function tasks(pid: number): Map<string, Task> {
  const found = new Map<string, Task>();
  for (const task of [String(pid), ...readdirSync(`/proc/${pid}/task`)]) {
    const folder = `/proc/${pid}/task/${task}`;
    let status: string;
    let schedstat: string;
    try {
      status = readFileSync(`${folder}/status`, 'utf8');
      schedstat = readFileSync(`${folder}/schedstat`, 'utf8');
    } catch (error) {
      // A thread may end between the list and the look; the process may not.
      if (task === String(pid)) throw error;
      continue;
    }
    const wakeUps = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)![1]);
    // First number: nanoseconds on a processor.
    const cpuMs = Number(schedstat.split(' ')[0]) / 1e6;
    found.set(task, { wakeUps, cpuMs });
  }
  return found;
}

/** App and empty loop side by side: both see the same machine. */
async function measure(runtime: Runtime): Promise<{ app: Idle; empty: Idle }> {
  const runs = ['app', 'empty'].map((what) => startOnPty(runtime, 'idle-program', [what]));
  await sleep(SETTLE_MS);
  const before = runs.map((run) => ({ tasks: tasks(run.pid), bytes: run.bytes }));
  await sleep(seconds * 1000);
  const after = runs.map((run) => ({ tasks: tasks(run.pid), bytes: run.bytes }));
  for (const run of runs) run.send('q');
  const ends = await Promise.all(runs.map(({ end }) => end));
  const [app, empty] = runs.map((run, i) => {
    let allWakeUps = 0;
    let cpuMs = 0;
    for (const [task, now] of after[i]!.tasks) {
      const then = before[i]!.tasks.get(task);
      if (then === undefined) continue;
      allWakeUps += now.wakeUps - then.wakeUps;
      cpuMs += now.cpuMs - then.cpuMs;
    }
    const main = String(run.pid);
    const wakeUps = after[i]!.tasks.get(main)!.wakeUps - before[i]!.tasks.get(main)!.wakeUps;
    const { timers } = ends[i]!.result as { timers: number };
    return { wakeUps, allWakeUps, cpuMs, bytes: after[i]!.bytes - before[i]!.bytes, timers };
  });
  return { app: app!, empty: empty! };
}

const figures = new Figures('idle', `${seconds} s after ${SETTLE_MS / 1000} s of rest, beside an empty event loop on a terminal`);
for (const runtime of runtimes()) {
  const { app, empty } = await measure(runtime);
  figures.add({ name: `${runtime.name}: bytes`, value: app.bytes, unit: 'B', raw: empty.bytes, limit: 0 });
  figures.add({ name: `${runtime.name}: wake-ups of the main thread`, value: app.wakeUps, unit: '', raw: empty.wakeUps, limit: empty.wakeUps + OWN_WAKE_UPS * seconds });
  figures.add({ name: `${runtime.name}: timers`, value: app.timers, unit: '', raw: empty.timers, limit: 0 });
  figures.add({ name: `${runtime.name}: wake-ups of all threads`, value: app.allWakeUps, unit: '', raw: empty.allWakeUps });
  figures.add({ name: `${runtime.name}: CPU a second above the empty loop`, value: (app.cpuMs - empty.cpuMs) / seconds, unit: 'ms', limit: 1 });
}
