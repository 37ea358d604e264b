/**
 * What decoding costs, beside the input parsers of other libraries, in one process and in turn; then the whole way of
 * bulk input through an app: `node .build/bench/decode.js [--brief]`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Decoder } from '../packages/spark-tui/src/terminal/index.ts';
import { type Load, loads, paste, readBytes, TEXTS } from './decode-loads.ts';
import { type Parser, peerParsers } from './decode-peers.ts';
import { Figures } from './figures.ts';
import { runProgram, runtimes, startOnPty } from './programs.ts';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 3 : 9;
/** Longest a parser may take for one load; what it did not get to is told. */
const PATIENCE_MS = brief ? 1000 : 4000;

/** Most nanoseconds a byte: 100 MB/s and 15 MB/s. */
const PASTE_NS = 10;
const TEXT_NS = 1000 / 15;
const OSC_MS = 200;
const PASTE_MEMORY = 4;

const ours: Parser = {
  name: 'SparkTUI',
  create: () => {
    const decoder = new Decoder();
    let events = 0;
    const count = (): void => void events++;
    return (read) => {
      events = 0;
      decoder.feed(read, count);
      return events;
    };
  },
};

interface Run {
  readonly nsEach: number;
  readonly ms: number;
  readonly events: number;
  /** Share of the load it got through in time. */
  readonly share: number;
}

function once(parser: Parser, load: Load): Run {
  const { bytes } = load;
  const step = readBytes(load);
  const feed = parser.create();
  let events = 0;
  let done = 0;
  const start = performance.now();
  let ms = 0;
  while (done < bytes.length && ms < PATIENCE_MS) {
    const read = bytes.subarray(done, done + step);
    events += feed(read);
    done += read.length;
    ms = performance.now() - start;
  }
  return { nsEach: (ms * 1e6) / done, ms, events, share: done / bytes.length };
}

const peers = await peerParsers();
const figures = new Figures('decode', 'bytes to events, best of several; pastes and strings in reads of 64 KiB, the rest of 4 KiB');
if (peers.length === 0) console.log('(no peers: npm ci --ignore-scripts --prefix tools/peers)');

for (const load of loads(brief ? 0.25 : 1)) {
  const parsers = [ours, ...peers];
  const best = parsers.map((): Run => ({ nsEach: Infinity, ms: Infinity, events: 0, share: 1 }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, parser] of parsers.entries()) {
      if (best[i]!.share < 1) continue;
      const run = once(parser, load);
      if (run.nsEach < best[i]!.nsEach || run.share < 1) best[i] = run;
    }
  }
  for (const [i, { nsEach, ms, events, share }] of best.entries()) {
    const all = share === 1 ? `${ms.toFixed(0)} ms` : `only ${(share * 100).toFixed(0)} % of it in ${ms.toFixed(0)} ms`;
    const note = `${(1000 / nsEach).toFixed(nsEach > 100 ? 1 : 0)} MB/s, ${all}, ${events} events`;
    const limit = load.kind === 'paste' ? PASTE_NS : load.kind === 'text' ? TEXT_NS : undefined;
    if (i > 0) {
      figures.add({ name: `  ${parsers[i]!.name}`, value: nsEach, unit: 'ns/B', note });
    } else if (load.kind === 'string') {
      figures.add({ name: load.name, value: ms, unit: 'ms', limit: OSC_MS });
      figures.add({ name: '  events of it', value: events, unit: '', limit: 0 });
    } else {
      figures.add({ name: load.name, value: nsEach, unit: 'ns/B', limit, note });
    }
  }
}

const [node] = runtimes();

/** Types a paste into a program on a terminal, as fast as it takes it. */
async function pasteOnTerminal(): Promise<{ ms: number; peakBytes: number; characters: number }> {
  const run = startOnPty(node!, 'decode-program', ['terminal']);
  // It is ready when it has drawn, rung and fallen silent.
  for (let bytes = -1; bytes !== run.bytes || bytes === 0; await sleep(300)) bytes = run.bytes;
  run.flood(paste(`${TEXTS.ASCII}\r`, 8 << 20));
  return (await run.end).result as { ms: number; peakBytes: number; characters: number };
}
for (const kind of ['ASCII', 'Latin', 'Chinese, Japanese', 'emoji']) {
  const result = (await runProgram(node!, 'decode-program', ['paste', kind])) as { ms: number; peakBytes: number; pasteBytes: number };
  figures.add({ name: `8 MiB paste into an app, ${kind}: until handled`, value: result.ms, unit: 'ms', limit: 1000 });
  figures.add({ name: '  peak of memory / bytes of the paste', value: result.peakBytes / result.pasteBytes, unit: '×', limit: PASTE_MEMORY });
}
const pasted = await pasteOnTerminal();
figures.add({ name: '8 MiB paste on a terminal, ASCII: until handled', value: pasted.ms, unit: 'ms', limit: 1000 });
figures.add({ name: '  peak of memory / bytes of the paste', value: pasted.peakBytes / pasted.characters, unit: '×', limit: PASTE_MEMORY });
const moves = (await runProgram(node!, 'decode-program', ['moves'])) as { ms: number; handled: number; frames: number; peakBytes: number };
figures.add({ name: '1,000,000 mouse moves into an app', value: moves.ms, unit: 'ms', limit: 2000, note: `${moves.handled} handled, ${moves.frames} frames` });
figures.add({ name: '  peak of memory', value: moves.peakBytes / 1e6, unit: 'MB' });
