/**
 * Measured program: frames of one workload, as an app and as a raw loop in turn, in one process, on its
 * terminal or in memory. `frame-program.js <workload> <pty|memory> <rounds> <steps a round>`
 */
import { mountSync } from 'spark-tui';
import { hand, inMemory, rawSink, sleep, WatchedClock } from './measured.ts';
import { median } from './statistics.ts';
import { WORKLOADS } from './workloads.ts';

const [name = '', where = 'memory', rounds = '8', steps = '200'] = process.argv.slice(2);
const workload = WORKLOADS.get(name)!();
const ROUNDS = Number(rounds);
const STEPS = Number(steps);
const { framesPerStep } = workload;

const clock = new WatchedClock();
const memory = inMemory(workload.cols, workload.rows);
const app = mountSync(() => workload.root(), where === 'pty' ? { maxFps: Infinity, clock } : { ...memory, clock });
const sink = rawSink(where as 'pty' | 'memory');
let appAt = 0;
let rawAt = 0;

/** CPU and wall time of one step, in µs. */
interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

async function measured(work: () => Promise<void>): Promise<Cost> {
  // Frames that keep the loop busy must not be measured together with what came before.
  await sleep(1);
  const start = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const wall = ((performance.now() - startMs) * 1000) / STEPS;
  const { user, system } = process.cpuUsage(start);
  return { cpu: (user + system) / STEPS, wall };
}

async function appSteps(): Promise<void> {
  for (let n = 0; n < STEPS; n++) {
    for (let f = 0; f < framesPerStep; f++) {
      workload.step(appAt++);
      app.flush();
      if (clock.busy) await clock.idle();
    }
  }
}

let rawBytes = 0;
async function rawSteps(): Promise<void> {
  for (let n = 0; n < STEPS; n++) {
    for (let f = 0; f < framesPerStep; f++) {
      const bytes = workload.raw(rawAt++);
      rawBytes += bytes.length;
      sink(bytes);
    }
  }
}

for (let round = 0; round < 2; round++) {
  await appSteps();
  await rawSteps();
}
rawBytes = 0;
const before = app.stats();
const apps: Cost[] = [];
const raws: Cost[] = [];
for (let round = 0; round < ROUNDS; round++) {
  apps.push(await measured(appSteps));
  raws.push(await measured(rawSteps));
}
const after = app.stats();
const total = ROUNDS * STEPS;
const frames = after.frames - before.frames;
// Frames are timed from the first look on: a last round, whose cost does not count.
void app.stats().timings;
await appSteps();
const { timings } = app.stats();
await app.unmount();
hand({
  cpu: median(apps.map(({ cpu }) => cpu)),
  wall: median(apps.map(({ wall }) => wall)),
  rawCpu: median(raws.map(({ cpu }) => cpu)),
  rawWall: median(raws.map(({ wall }) => wall)),
  bytes: (after.bytesWritten - before.bytesWritten) / total,
  rawBytes: rawBytes / total,
  frames,
  wanted: total * framesPerStep,
  timings,
});
