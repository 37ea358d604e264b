/**
 * Measured program: an app on its terminal with or without the guard process.
 *
 *   start <guard|alone>      milliseconds from the call of mount to its return, with the first frame written
 *   memory                   what the guard's processes take
 *   busy <seconds> <guard|alone>   an app that shows a new number 60 times a second; CPU of it and of its guard
 */
import { readdirSync, readFileSync } from 'node:fs';
import { box, mountSync, signal, text } from 'spark-tui';
import { hand, sleep } from './measured.ts';

const ROWS = 20;
const TICK_MS = 16;
const MS_PER_CLOCK_TICK = 10;

const [mode = 'start', ...rest] = process.argv.slice(2);
const count = signal(0);

function root(): void {
  box({ border: 'single' }, () => {
    text({ content: () => `count ${count.value}` });
    for (let i = 0; i < ROWS; i++) text({ content: `row ${i}` });
  });
}

interface Proc {
  readonly pid: number;
  readonly parent: number;
  /** Its own and that of children it has waited for. */
  readonly cpuMs: number;
}

/** Processes of the machine whose ancestor is this one. */
function descendants(): Proc[] {
  const all: Proc[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      all.push({ pid: Number(name), parent: fields[1]!, cpuMs: (fields[11]! + fields[12]! + fields[13]! + fields[14]!) * MS_PER_CLOCK_TICK });
    } catch {
      // it is gone
    }
  }
  const found: Proc[] = [];
  const from = [process.pid];
  for (let pid = from.pop(); pid !== undefined; pid = from.pop()) {
    for (const child of all) {
      if (child.parent !== pid) continue;
      found.push(child);
      from.push(child.pid);
    }
  }
  return found;
}

function kilobytes(pid: number, what: string): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? Number.NaN);
}

if (mode === 'start') {
  const startMs = performance.now();
  const app = mountSync(root, { guard: rest[0] === 'guard' });
  const ms = performance.now() - startMs;
  await app.unmount();
  hand({ ms });
} else if (mode === 'memory') {
  const app = mountSync(root, { guard: true });
  await sleep(2500);
  const guards = descendants();
  hand({
    processes: guards.length,
    pssKb: guards.reduce((sum, { pid }) => sum + kilobytes(pid, 'Pss'), 0),
    privateKb: guards.reduce((sum, { pid }) => sum + kilobytes(pid, 'Private_Dirty') + kilobytes(pid, 'Private_Clean'), 0),
  });
  await app.unmount();
} else {
  const seconds = Number(rest[0]);
  const app = mountSync(root, { guard: rest[1] === 'guard' });
  await sleep(1000);
  const before = { own: process.cpuUsage(), guard: descendants().reduce((sum, { cpuMs }) => sum + cpuMs, 0) };
  for (let i = 0; i < (seconds * 1000) / TICK_MS; i++) {
    count.value++;
    await sleep(TICK_MS);
  }
  const { user, system } = process.cpuUsage(before.own);
  const guard = descendants().reduce((sum, { cpuMs }) => sum + cpuMs, 0) - before.guard;
  await app.unmount();
  hand({ ownMsPerSecond: (user + system) / 1000 / seconds, guardMsPerSecond: guard / seconds });
}
