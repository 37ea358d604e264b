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

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, runtime: { type: 'string', default: 'node' } } });
const runtime = runtimes().find(({ name }) => name.startsWith(values.runtime));
if (runtime === undefined) throw new Error(`no runtime ${values.runtime} was found`);
const figures = new Figures('latency', `signal write to bytes, ${runtime.name}, 120 × 40, p50; at most ${RATIO} × raw + ${OVERHEAD_MICROS} µs`);

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
const shares: number[][] = [];
for (const [nodes, gapMs, maxFps, title] of [
  [1000, 25, 60, '1,000 nodes, every 25 ms'],
  [10_000, 25, 60, '10,000 nodes, every 25 ms'],
  [1000, 2, Infinity, '1,000 nodes, every 2 ms, no limit of frames'],
] as const) {
  const count = gapMs < 20 ? updates * 5 : updates;
  const run = startOnPty(runtime, 'latency-program', ['pty', String(nodes), String(gapMs), String(maxFps), String(count)]);
  const paced = (await run.end).result as Paced;
  const raw = micros(paced.rawTimes);
  const app = micros(paced.appTimes);
  const p99 = percentile(paced.appTimes, 0.99) * 1000;
  const rawP99 = percentile(paced.rawTimes, 0.99) * 1000;
  figures.add({ name: `${title}: written`, value: app, unit: 'µs', raw, limit: RATIO * raw + OVERHEAD_MICROS, note: `p99 ${p99.toFixed(0)} / ${rawP99.toFixed(0)} µs` });
  const arrived = micros(delays(paced.appStarts, run.arrivals));
  const rawArrived = micros(delays(paced.rawStarts, run.arrivals));
  figures.add({ name: `${title}: arrived`, value: arrived, unit: 'µs', raw: rawArrived, limit: RATIO * rawArrived + OVERHEAD_MICROS });
  figures.add({ name: `${title}: bytes of one digit`, value: paced.bytesEach, unit: 'B', limit: 12 });
  shares.push([app, arrived]);
}
const { micros: costs } = (await runProgram(runtime, 'latency-program', ['nodes', values.brief ? '30' : '150'])) as { micros: [number, number] };
figures.add({ name: 'one changed text, 1,000 nodes, hot, memory', value: costs[0], unit: 'µs' });
figures.add({ name: 'one changed text, 10,000 nodes, hot, memory', value: costs[1], unit: 'µs' });
figures.add({ name: '10,000 nodes / 1,000 nodes: hot', value: costs[1] / costs[0], unit: '×', limit: 1.5 });
figures.add({ name: '10,000 nodes / 1,000 nodes: paced, written', value: shares[1]![0]! / shares[0]![0]!, unit: '×', limit: 1.5 });
