/**
 * Memory, stage by stage: signals alone, mounting, updates, a burst, many awaits, unmounting. Each stage
 * says what it left behind; after the app has ended the probes are printed and checked.
 *
 *   bun examples/mem-test.ts        (or deno run -A, or node on the compiled file)
 */
import assert from 'node:assert/strict';
import { setTimeout as timer } from 'node:timers';
import { box, mountSync, onKey, signal, text } from 'spark-tui';

/** No stage comes near this unless it leaks: garbage not collected yet is a few megabytes. */
const MOST_GROWTH_MB = 48;

interface Probe {
  readonly stage: string;
  readonly heapMb: number;
  readonly rssMb: number;
  readonly outsideMb: number;
}

const host = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => void timer(resolve, ms));
const probes: Probe[] = [];

function probe(stage: string): void {
  if (host.Bun !== undefined) host.Bun.gc(true);
  else host.gc?.();
  const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage();
  const mb = 1024 * 1024;
  probes.push({ stage, heapMb: heapUsed / mb, rssMb: rss / mb, outsideMb: (external + (arrayBuffers ?? 0)) / mb });
}

probe('start');

{
  const alone = signal(0);
  for (let i = 0; i < 100_000; i++) alone.value = i;
  probe('100,000 writes of a signal');
}

const counter = signal(0);
const app = mountSync(() => {
  onKey(['q', 'Escape'], () => void app.unmount());
  box({}, () => {
    text({ content: counter });
  });
});
let ended = false;
void app.waitForExit().then(() => {
  ended = true;
});
await sleep(500);
probe('mounted, idle for 0.5 s');
const mounted = app.stats();

for (let i = 0; i < 1000 && !ended; i++) {
  counter.value = i;
  await sleep(0);
}
probe('1,000 updates');

for (let i = 0; i < 100_000; i++) counter.value = i;
await sleep(100);
probe('a burst of 100,000 updates');

for (let i = 0; i < 10_000 && !ended; i++) await sleep(0);
probe('10,000 awaits');

app.flush();
const after = app.stats();
const early = ended;
const left = await app.unmount();
await sleep(0);
probe('unmounted');

console.log(`SparkTUI memory: ${app.interactive ? 'on a terminal' : 'no terminal, nothing encoded'}${early ? ', ended early' : ''}`);
console.log(`${'after'.padEnd(30)}${'heap MB'.padStart(10)}${'change'.padStart(10)}${'RSS MB'.padStart(10)}${'outside heap MB'.padStart(18)}`);
probes.forEach(({ stage, heapMb, rssMb, outsideMb }, i) => {
  const change = i === 0 ? 0 : heapMb - probes[i - 1]!.heapMb;
  console.log(
    `${stage.padEnd(30)}${heapMb.toFixed(2).padStart(10)}${(i === 0 ? '' : change.toFixed(2)).padStart(10)}${rssMb.toFixed(1).padStart(10)}${outsideMb.toFixed(2).padStart(18)}`,
  );
});
console.log(`frames ${after.frames}, bytes written ${after.bytesWritten}, unmount ${left.ms.toFixed(2)} ms`);

const first = probes[0]!;
for (const { stage, heapMb, rssMb, outsideMb } of probes) {
  assert.ok(heapMb - first.heapMb < MOST_GROWTH_MB, `heap grew by ${(heapMb - first.heapMb).toFixed(1)} MB: ${stage}`);
  assert.ok(rssMb - first.rssMb < 2 * MOST_GROWTH_MB, `RSS grew by ${(rssMb - first.rssMb).toFixed(1)} MB: ${stage}`);
  assert.ok(outsideMb - first.outsideMb < MOST_GROWTH_MB, `memory outside the heap grew by ${(outsideMb - first.outsideMb).toFixed(1)} MB: ${stage}`);
}
if (!early) {
  for (const count of ['nodes', 'scopes', 'effects', 'cleanups', 'handlers', 'timers', 'arenaBytes', 'glyphs'] as const) {
    assert.equal(after[count], mounted[count], `${count} changed by updates`);
  }
  assert.equal(after.pendingEffects, 0, 'effects wait though the app is idle');
}
if (!app.interactive) assert.equal(after.bytesWritten, 0, 'nothing is written while there is no terminal');
assert.deepEqual(left.survivors, [], 'left after unmount');
// Fires only when something still keeps the process alive.
timer(() => {
  throw new Error('the process does not end after unmount');
}, 2000).unref();
