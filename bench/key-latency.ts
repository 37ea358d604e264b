/**
 * How long a key takes: from the delivery of its bytes to the handler, and on to the bytes on the terminal; and from the
 * other side of the terminal, from the key sent to the answer that arrived. Beside a program that reads and writes and
 * does nothing else. This process types and drains the terminal.
 *
 *   node .build/bench/key-latency.js [--brief] [--runtime node|bun]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { monotonicMs } from './measured.ts';
import { runtimes, startOnPty } from './programs.ts';
import { median, percentile } from './statistics.ts';

interface Times {
  read: number[];
  handled: number[];
  written: number[];
  unpaused: number[];
}

/** A key's way through the process, p50. */
const LIMIT_MICROS = 60;
/** Silence after which the program has started and warmed up. */
const QUIET_MS = 400;
/** Keys before measuring, so that the compiler has seen the way. */
const WARM = 20_000;

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, runtime: { type: 'string', default: 'node' } } });
const runtime = runtimes().find(({ name }) => name.startsWith(values.runtime));
if (runtime === undefined) throw new Error(`no runtime ${values.runtime} was found`);
const figures = new Figures('key-latency', `a key to its bytes, ${runtime.name}, 120 × 40, no limit of frames, p50`);

/** Types `keys` keys, each `gapMs` after the answer to the one before; gives the times of the process and of this one. */
async function type(args: readonly string[], keys: number, gapMs: number): Promise<{ times: Times; answers: number[] }> {
  const run = startOnPty(runtime!, 'key-latency-program', args);
  for (let bytes = -1; bytes !== run.bytes || bytes === 0; await sleep(QUIET_MS)) bytes = run.bytes;
  const answers: number[] = [];
  for (let i = 0; i < keys; i++) {
    const seen = run.arrivals.length;
    const sentMs = monotonicMs();
    run.send(String.fromCharCode(0x61 + (i % 26)));
    // An answer that does not come is a fault the counts below tell.
    for (let turns = 0; run.arrivals.length === seen && turns < 500; turns++) await sleep(1);
    if (run.arrivals.length > seen) answers.push(run.arrivals[seen]! - sentMs);
    await sleep(gapMs);
  }
  run.send('\r');
  const { result } = await run.end;
  const times = result as Times;
  for (const list of [times.read, times.handled, times.written]) {
    if (list.length !== keys) throw new Error(`${list.length} times of ${keys} keys`);
  }
  return { times, answers };
}

const between = (from: readonly number[], to: readonly number[], skip: number): number[] => to.slice(skip).map((ms, i) => (ms - from[skip + i]!) * 1000);

for (const [title, keys, gapMs, skip] of [
  ['20 ms apart', values.brief ? 150 : 500, 20, 20],
  ['2 ms apart', values.brief ? 600 : 3000, 2, 50],
] as const) {
  const raw = await type(['raw'], keys, gapMs);
  const rawWay = between(raw.times.read, raw.times.written, skip);
  for (const [nodes, warm, of] of [
    [20, 0, '20 nodes, just started'],
    [20, WARM, '20 nodes'],
    [1000, WARM, '1,000 nodes'],
  ] as const) {
    const app = await type(['app', String(nodes), String(warm)], keys, gapMs);
    if (warm > 0) {
      const hot = app.times.unpaused.map((ms) => ms * 1000);
      figures.add({ name: `${of}, without a pause: byte to bytes`, value: median(hot), unit: 'µs', limit: LIMIT_MICROS, note: `p99 ${percentile(hot, 0.99).toFixed(0)} µs` });
    }
    const way = between(app.times.read, app.times.written, skip);
    const p99 = (list: readonly number[]): string => percentile(list, 0.99).toFixed(0);
    figures.add({
      name: `${of}, ${title}: byte to bytes`,
      value: median(way),
      unit: 'µs',
      raw: median(rawWay),
      limit: warm === 0 ? undefined : LIMIT_MICROS,
      note: `p99 ${p99(way)} / ${p99(rawWay)} µs`,
    });
    figures.add({ name: '  read to handler', value: median(between(app.times.read, app.times.handled, skip)), unit: 'µs' });
    figures.add({ name: '  handler to bytes written', value: median(between(app.times.handled, app.times.written, skip)), unit: 'µs' });
    figures.add({ name: '  key sent to answer arrived', value: median(app.answers.slice(skip)) * 1000, unit: 'µs', raw: median(raw.answers.slice(skip)) * 1000 });
  }
}
