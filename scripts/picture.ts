/**
 * Draws `docs/dashboard.svg` from the dashboard's own cells, on readings of the machine it runs on:
 * `npm run picture`.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { signal } from 'spark-tui';
import { createTestApp } from 'spark-tui/testing';
import { type Process, SystemReader } from '../examples/dashboard/system.ts';
import { dashboard, type SortKey } from '../examples/dashboard/view.ts';
import { cellsToSvg } from './cells-to-svg.ts';

const COLS = 100;
const ROWS = 28;
const SAMPLES = 40;

/** Command names that may be shown: the picture is public, what else runs here is not. */
const SHOWN = /^(node|bash|sh|sleep|tmux.*|git|npm.*|python3?|vim|less|cat|sshd|cron|tail|top|kworker.*|ksoftirqd.*|rcu_.*|migration.*)$/;

const reader = new SystemReader();
const cpu: number[] = [];
const memory: number[] = [];
let last = await reader.read();
for (let i = 0; i < SAMPLES; i++) {
  await sleep(50);
  last = await reader.read();
  cpu.push(last.cpuPercent);
  memory.push((last.memoryUsedBytes / last.memoryTotalBytes) * 100);
}
const processes: Process[] = last.processes.filter((process) => SHOWN.test(process.name));
const app = createTestApp(
  () =>
    dashboard({
      sample: signal({ ...last, processes }),
      cpuHistory: signal(cpu),
      memoryHistory: signal(memory),
      uptimeSeconds: signal(93_784),
      sort: signal<SortKey>('memory'),
      hostName: 'localhost',
    }),
  { width: COLS, height: ROWS },
);
writeFileSync(new URL('../../docs/dashboard.svg', import.meta.url), cellsToSvg(app, COLS, ROWS, 'The SparkTUI dashboard: processor, memory, processes'));
app.unmount();
