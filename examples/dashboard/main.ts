/** The dashboard: live processor and memory load, and the processes of the machine it runs on. */
import { hostname, uptime } from 'node:os';
import { mount, onCleanup, onKey, signal } from 'spark-tui';
import { SystemReader } from './system.ts';
import { dashboard, type SortKey } from './view.ts';

const HISTORY = 240;
const SAMPLE_MS = 1000;

const reader = new SystemReader();
const first = await reader.read();

const app = mount(() => {
  const sample = signal(first);
  const cpuHistory = signal<readonly number[]>([first.cpuPercent]);
  const memoryHistory = signal<readonly number[]>([percentUsed()]);
  const uptimeSeconds = signal(uptime());
  const sort = signal<SortKey>('cpu');

  function percentUsed(): number {
    return (sample.value.memoryUsedBytes / sample.value.memoryTotalBytes) * 100;
  }

  let reading = false;
  const timer = setInterval(() => {
    uptimeSeconds.value = uptime();
    if (reading) return;
    reading = true;
    void reader.read().then((next) => {
      reading = false;
      sample.value = next;
      cpuHistory.value = [...cpuHistory.value, next.cpuPercent].slice(-HISTORY);
      memoryHistory.value = [...memoryHistory.value, percentUsed()].slice(-HISTORY);
    });
  }, SAMPLE_MS);
  onCleanup(() => clearInterval(timer));

  onKey('c', () => {
    sort.value = 'cpu';
  });
  onKey('m', () => {
    sort.value = 'memory';
  });
  onKey('p', () => {
    sort.value = 'pid';
  });
  onKey('n', () => {
    sort.value = 'name';
  });
  onKey(['q', 'Escape'], () => void app.unmount());

  dashboard({ sample, cpuHistory, memoryHistory, uptimeSeconds, sort, hostName: hostname() });
});

await app;
