/**
 * Benchmarks of a running app: signal writes, bursts, many nodes, sustained updates. Shows itself on the
 * whole screen while it measures; prints what it measured, and checks it, after the app has ended.
 *
 *   bun examples/bench.ts        (or deno run -A, or node on the compiled file)
 */
import assert from 'node:assert/strict';
import { setTimeout as timer } from 'node:timers';
import { type AppStats, box, derived, mountSync, onKey, signal, text } from 'spark-tui';

const NUMBERS = 100;
/** The counter, the sentence, the box and its numbers. */
const NODES = 3 + NUMBERS;
const SENTENCES = [
  'Short',
  'Medium length string here',
  'This is a longer string that requires more processing',
  'A',
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod',
];

const results: string[] = [];
const sleep = (ms: number): Promise<void> => new Promise((resolve) => void timer(resolve, ms));

function report(name: string, ...facts: string[]): void {
  results.push(`${name.padEnd(28)}${facts.join(', ')}`);
}

function duration(ms: number): string {
  return ms >= 1 ? `${ms.toFixed(2)} ms` : ms >= 0.001 ? `${(ms * 1e3).toFixed(2)} µs` : `${(ms * 1e6).toFixed(1)} ns`;
}

/** Without a screen: one signal, then a chain of four deriveds. */
function measureSignals(): void {
  const WRITES = 1_000_000;
  const one = signal(0);
  for (let i = 0; i < 1000; i++) one.value = i;
  let startMs = performance.now();
  for (let i = 0; i < WRITES; i++) one.value = i;
  let ms = performance.now() - startMs;
  assert.equal(one.value, WRITES - 1);
  report('signal writes', `${WRITES.toLocaleString('en')} writes`, `${duration(ms / WRITES)} each`, `${Math.round(WRITES / ms / 1000)} M/s`);

  const CHAINS = 100_000;
  const source = signal(0);
  const first = derived(() => source.value + 1);
  const second = derived(() => first.value * 2);
  const third = derived(() => second.value - 1);
  const last = derived(() => third.value + 10);
  let sum = 0;
  startMs = performance.now();
  for (let i = 0; i < CHAINS; i++) {
    source.value = i;
    sum += last.value;
  }
  ms = performance.now() - startMs;
  assert.equal(sum, CHAINS * (CHAINS - 1) + 11 * CHAINS);
  report('chain of 4 deriveds', `${CHAINS.toLocaleString('en')} changes`, `${duration(ms / CHAINS)} each`);
}

measureSignals();

const counter = signal(0);
const sentence = signal('Initial');
const numbers = Array.from({ length: NUMBERS }, (_, i) => signal(i));

const app = mountSync(() => {
  onKey(['q', 'Escape'], () => void app.unmount());
  text({ content: counter });
  text({ content: sentence });
  box({ flexDirection: 'row', flexWrap: 'wrap', columnGap: 1 }, () => {
    for (const number of numbers) text({ content: number });
  });
});
let ended = false;
void app.waitForExit().then(() => {
  ended = true;
});

/** One step after another; q or Ctrl+C ends them early. */
async function rounds(count: number, step: (round: number) => void): Promise<number> {
  const startMs = performance.now();
  for (let i = 0; i < count && !ended; i++) {
    step(i);
    await sleep(0);
  }
  return performance.now() - startMs;
}

async function measureApp(): Promise<AppStats> {
  await sleep(200);
  assert.equal(app.stats().nodes, NODES, 'nodes after mount');

  let frames = app.stats().frames;
  let ms = await rounds(1000, (i) => {
    counter.value = i;
  });
  report('1,000 single updates', `${duration(ms / 1000)} each`, `${app.stats().frames - frames} frames`);

  frames = app.stats().frames;
  const BURST = 100_000;
  let startMs = performance.now();
  for (let i = 0; i < BURST; i++) counter.value = i;
  const written = performance.now() - startMs;
  await sleep(50);
  const burstFrames = app.stats().frames - frames;
  report('burst of 100,000', `${duration(written / BURST)} a write`, `${burstFrames} frames`);

  frames = app.stats().frames;
  ms = await rounds(100, (round) => {
    numbers.forEach((number, i) => {
      number.value = round * NUMBERS + i;
    });
  });
  report('100 nodes × 100 rounds', `${duration(ms)} in all`, `${app.stats().frames - frames} frames`);

  frames = app.stats().frames;
  ms = await rounds(500, (i) => {
    sentence.value = `${SENTENCES[i % SENTENCES.length]} (${i})`;
  });
  report('500 text changes', `${duration(ms / 500)} each`, `${app.stats().frames - frames} frames`);

  assert.ok(app.stats().timings, 'frames are timed from here on');
  frames = app.stats().frames;
  let updates = 0;
  startMs = performance.now();
  while (performance.now() - startMs < 1000 && !ended) {
    counter.value = updates++;
    await sleep(0);
  }
  const seconds = (performance.now() - startMs) / 1000;
  report('sustained for 1 s', `${Math.round(updates / seconds)} updates/s`, `${Math.round((app.stats().frames - frames) / seconds)} frames/s`);

  counter.value = 999_999;
  app.flush();
  const stats = app.stats();
  const { timings } = stats;
  for (const [phase, { p50Micros, p99Micros }] of Object.entries(timings)) {
    report(`  ${phase}`, `p50 ${p50Micros.toFixed(0)} µs`, `p99 ${p99Micros.toFixed(0)} µs`);
  }
  if (!ended) {
    assert.ok(burstFrames >= 1 && burstFrames < 100, `a burst is a few frames, not ${burstFrames}`);
    assert.equal(stats.pendingEffects, 0, 'effects waiting after a flush');
    assert.equal(stats.nodes, NODES, 'nodes after all updates');
    if (!app.interactive) assert.equal(stats.bytesWritten, 0, 'nothing is written while there is no terminal');
  }
  return stats;
}

const stats = await measureApp();
const early = ended;
const left = await app.unmount();
console.log(`SparkTUI benchmarks: ${app.interactive ? 'on a terminal' : 'no terminal, nothing encoded'}, ${NODES} nodes${early ? ', ended early' : ''}`);
for (const line of results) console.log(line);
console.log(`${'frames'.padEnd(28)}${stats.frames}, ${stats.emptyFrames} with nothing to write, ${stats.bytesWritten} bytes`);
console.log(`${'unmount'.padEnd(28)}${left.ms.toFixed(2)} ms; left: ${left.nodes} nodes, ${left.effects} effects, ${left.scopes} scopes, ${left.timers} timers`);
assert.deepEqual(left.survivors, [], 'left after unmount');
assert.ok(left.ms < 1000, `unmount took ${left.ms} ms`);
// Fires only when something still keeps the process alive.
timer(() => {
  throw new Error('the process does not end after unmount');
}, 2000).unref();
