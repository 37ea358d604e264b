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
const svg = app.toSVG({
  title: 'The SparkTUI dashboard: processor, memory, processes',
  window: true,
  palette: {
    foreground: '#d7dde6',
    background: '#151a21',
    colors: ['#1d1f21', '#cc6666', '#b5bd68', '#f0c674', '#81a2be', '#b294bb', '#8abeb7', '#c5c8c6', '#666666', '#d54e53', '#b9ca4a', '#e7c547', '#7aa6da', '#c397d8', '#70c0b1', '#eaeaea'],
  },
});
writeFileSync(new URL('../../docs/dashboard.svg', import.meta.url), svg);
app.unmount();
