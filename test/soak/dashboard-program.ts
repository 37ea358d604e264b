/**
 * The dashboard example at full speed: a new sample of an imagined machine in every turn of the event loop, a frame for each;
 * processes come and go, the order changes. Runs on its terminal until Ctrl+C.
 */
import { mount, onCleanup, onKey, signal } from 'spark-tui';
import type { Process, Sample } from '../../examples/dashboard/system.ts';
import { dashboard, type SortKey } from '../../examples/dashboard/view.ts';
import { generator } from '../oracle/vt-random.ts';

const HISTORY = 240;
const PROCESSES = 60;
const CORES = 4;
const GIB = 1024 ** 3;
const SORT_KEYS: readonly SortKey[] = ['cpu', 'memory', 'pid', 'name'];
/** Samples until the list is sorted by something else. */
const SORT_STEPS = 500;

const random = generator(2024);
let nextPid = 1000;

function newProcess(): Process {
  const pid = nextPid++;
  return { pid, name: `process-${pid % 97}`, cpuPercent: random(1000) / 10, memoryBytes: random(1 << 30) };
}

let processes = Array.from({ length: PROCESSES }, newProcess);

function nextSample(): Sample {
  processes = processes.map((process) => {
    const luck = random(100);
    if (luck === 0) return newProcess();
    return luck < 30 ? { ...process, cpuPercent: random(1000) / 10, memoryBytes: process.memoryBytes + random(4096) } : process;
  });
  const corePercents = Array.from({ length: CORES }, () => random(1000) / 10);
  return { cpuPercent: random(1000) / 10, corePercents, memoryUsedBytes: GIB + random(GIB), memoryTotalBytes: 4 * GIB, processes };
}

await mount(
  () => {
    const sample = signal(nextSample());
    const cpuHistory = signal<readonly number[]>([]);
    const memoryHistory = signal<readonly number[]>([]);
    const uptimeSeconds = signal(0);
    const sort = signal<SortKey>('cpu');
    let step = 0;
    let immediate: NodeJS.Immediate | undefined;
    const run = (): void => {
      const next = nextSample();
      sample.value = next;
      cpuHistory.value = [...cpuHistory.value, next.cpuPercent].slice(-HISTORY);
      memoryHistory.value = [...memoryHistory.value, (next.memoryUsedBytes / next.memoryTotalBytes) * 100].slice(-HISTORY);
      uptimeSeconds.value = step;
      if (++step % SORT_STEPS === 0) sort.value = SORT_KEYS[(step / SORT_STEPS) % SORT_KEYS.length]!;
      immediate = setImmediate(run);
    };
    run();
    onCleanup(() => clearImmediate(immediate));
    onKey('x', () => undefined);
    dashboard({ sample, cpuHistory, memoryHistory, uptimeSeconds, sort, hostName: 'imagined' });
  },
  { maxFps: Infinity },
);
