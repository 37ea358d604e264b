/**
 * The leak test: five seconds of updates, two seconds of rest, unmount, end. Memory is sampled all the
 * time; after the app has ended the samples are printed and checked, and the process ends by itself.
 *
 *   bun examples/mem-leak-test.ts        (or deno run -A, or node on the compiled file)
 */
import assert from 'node:assert/strict';
import { setTimeout as timer } from 'node:timers';
import { box, mountSync, onKey, signal, text } from 'spark-tui';

const UPDATE_MS = 5000;
const REST_MS = 2000;
const SAMPLE_MS = 250;
/** Growth that only a leak makes: the first seconds warm the runtime up, the rest is flat. */
const MOST_GROWTH_MB = 48;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void timer(resolve, ms));
const rssMb = (): number => process.memoryUsage().rss / 1024 / 1024;

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
const mounted = app.stats();

const updating: number[] = [];
let updates = 0;
let sampleAtMs = 0;
const startMs = performance.now();
for (let ms = 0; ms < UPDATE_MS && !ended; ms = performance.now() - startMs) {
  counter.value = updates++;
  await sleep(0);
  if (ms < sampleAtMs) continue;
  sampleAtMs += SAMPLE_MS;
  updating.push(rssMb());
}

app.flush();
const after = app.stats();
const resting: number[] = [];
for (let ms = 0; ms < REST_MS && !ended; ms += SAMPLE_MS) {
  await sleep(SAMPLE_MS);
  resting.push(rssMb());
}
const rested = app.stats();
const early = ended;

const beforeMb = rssMb();
const left = await app.unmount();
await sleep(0);
const afterMb = rssMb();

const graph = (samples: readonly number[]): string => samples.map((mb) => mb.toFixed(0)).join(' ');
console.log(`SparkTUI leak test: ${app.interactive ? 'on a terminal' : 'no terminal, nothing encoded'}${early ? ', ended early' : ''}`);
console.log(`${updates} updates, ${after.frames} frames, ${after.bytesWritten} bytes`);
console.log(`RSS MB while updating: ${graph(updating)}`);
console.log(`RSS MB while resting:  ${graph(resting)}`);
console.log(`RSS MB at unmount:     ${beforeMb.toFixed(1)} → ${afterMb.toFixed(1)} in ${left.ms.toFixed(2)} ms`);
console.log(`left: ${left.nodes} nodes, ${left.effects} effects, ${left.scopes} scopes, ${left.timers} timers`);

const warm = updating[Math.min(4, updating.length - 1)] ?? beforeMb;
for (const mb of [...updating.slice(4), ...resting]) assert.ok(mb - warm < MOST_GROWTH_MB, `RSS grew from ${warm.toFixed(1)} to ${mb.toFixed(1)} MB`);
assert.ok(afterMb - beforeMb < MOST_GROWTH_MB, `RSS grew by ${(afterMb - beforeMb).toFixed(1)} MB in unmount()`);
assert.ok(left.ms < 1000, `unmount took ${left.ms} ms`);
assert.equal(rested.frames, after.frames, 'frames ran though nothing changed');
assert.equal(rested.bytesWritten, after.bytesWritten, 'bytes were written though nothing changed');
if (!early) {
  for (const count of ['nodes', 'scopes', 'effects', 'cleanups', 'timers', 'arenaBytes'] as const) {
    assert.equal(rested[count], mounted[count], `${count} changed by updates`);
  }
}
if (!app.interactive) assert.equal(after.bytesWritten, 0, 'nothing is written while there is no terminal');
assert.deepEqual(left.survivors, [], 'left after unmount');
// Fires only when something still keeps the process alive.
timer(() => {
  throw new Error('the process does not end after unmount');
}, 2000).unref();
