/**
 * How long it takes from the write of a signal until the bytes were written, and until whoever reads the
 * terminal has them: one digit among 1,000 and 10,000 nodes at 120 × 40, beside a raw loop that writes as
 * many bytes. Updates of app and loop alternate in one process; this process is the reader.
 *
 *   node .build/bench/latency.js [--brief] [--runtime node|bun]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { runProgram, runtimes, startOnPty } from './programs.ts';
import { median, percentile } from './statistics.ts';

interface Paced {
  appTimes: number[];
  appStarts: number[];
  rawTimes: number[];
  rawStarts: number[];
  bytesEach: number;
}

const RATIO = 1.5;
const OVERHEAD_MICROS = 15;
/** Updates without a pause before measuring, so that the compiler has seen both. */
const WARM = 20_000;

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, runtime: { type: 'string', default: 'node' } } });
const runtime = runtimes().find(({ name }) => name.startsWith(values.runtime));
if (runtime === undefined) throw new Error(`no runtime ${values.runtime} was found`);
const figures = new Figures('latency', `signal write to bytes, ${runtime.name}, 120 × 40, no limit of frames, p50; at most ${RATIO} × raw + ${OVERHEAD_MICROS} µs`);

/** Milliseconds from each start until the first piece arrived after it. */
function delays(starts: readonly number[], arrivals: readonly number[]): number[] {
  const found: number[] = [];
  let at = 0;
  for (const start of starts) {
    while (at < arrivals.length && arrivals[at]! < start) at++;
    if (at < arrivals.length) found.push(arrivals[at]! - start);
  }
  return found;
}

const micros = (ms: readonly number[]): number => median(ms) * 1000;
const updates = values.brief ? 60 : 400;
/** Bun's clock begins with the process: when bytes arrive cannot be compared with when they were sent. */
const sharedClock = runtime.name.startsWith('node');
const written: number[] = [];
for (const [nodes, gapMs, warm, title] of [
  [1000, 25, 0, '1,000 nodes, 25 ms apart, just started'],
  [1000, 25, WARM, '1,000 nodes, 25 ms apart'],
  [10_000, 25, WARM, '10,000 nodes, 25 ms apart'],
  [1000, 2, WARM, '1,000 nodes, 2 ms apart'],
] as const) {
  const count = gapMs < 20 ? updates * 5 : updates;
  const run = startOnPty(runtime, 'latency-program', ['pty', String(nodes), String(gapMs), String(count), String(warm)]);
  const paced = (await run.end).result as Paced;
  const raw = micros(paced.rawTimes);
  const app = micros(paced.appTimes);
  const p99 = percentile(paced.appTimes, 0.99) * 1000;
  const rawP99 = percentile(paced.rawTimes, 0.99) * 1000;
  figures.add({ name: `${title}: written`, value: app, unit: 'µs', raw, limit: RATIO * raw + OVERHEAD_MICROS, note: `p99 ${p99.toFixed(0)} / ${rawP99.toFixed(0)} µs` });
  if (sharedClock) {
    const arrived = micros(delays(paced.appStarts, run.arrivals));
    const rawArrived = micros(delays(paced.rawStarts, run.arrivals));
    figures.add({ name: `${title}: arrived`, value: arrived, unit: 'µs', raw: rawArrived, limit: RATIO * rawArrived + OVERHEAD_MICROS });
  }
  figures.add({ name: `${title}: bytes of a digit`, value: paced.bytesEach, unit: 'B', limit: 12 });
  if (warm > 0) written.push(app);
}
const { micros: costs } = (await runProgram(runtime, 'latency-program', ['nodes', values.brief ? '30' : '150'])) as { micros: [number, number] };
figures.add({ name: 'one changed text, 1,000 nodes, hot, memory', value: costs[0], unit: 'µs' });
figures.add({ name: 'one changed text, 10,000 nodes, hot, memory', value: costs[1], unit: 'µs' });
figures.add({ name: '10,000 nodes / 1,000 nodes: hot', value: costs[1] / costs[0], unit: '×', limit: 1.5 });
figures.add({ name: '10,000 nodes / 1,000 nodes: paced, written', value: written[1]! / written[0]!, unit: '×', limit: 1.5 });
