/**
 * What a frame costs: workloads W2–W9 as CPU µs a step (all threads), on a pseudo-terminal and in
 * memory, beside a hand-written loop that writes the same screen. Rounds of app and loop are
 * interleaved in one process; the median round counts.
 *
 *   node .build/bench/frame.js [--brief] [--runtime node|bun] [W2 …]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { runProgram, runtimes, startOnPty } from './programs.ts';
import { WORKLOADS } from './workloads.ts';

interface Result {
  cpu: number;
  wall: number;
  rawCpu: number;
  rawWall: number;
  bytes: number;
  rawBytes: number;
  timings: Record<string, { p50Micros: number }>;
  frames: number;
  wanted: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { brief: { type: 'boolean', default: false }, runtime: { type: 'string', default: 'node' } },
});
const runtime = runtimes().find(({ name }) => name.startsWith(values.runtime));
if (runtime === undefined) throw new Error(`no runtime ${values.runtime} was found`);
const rounds = values.brief ? 5 : 15;

/** Steps a round: 50 ms of work, at least. */
const STEPS: Readonly<Record<string, number>> = { W2: 4000, W3: 800, W4: 4000, W4X: 4000, W5: 40, W7: 15, W9: 30 };

const figures = new Figures('frame', `CPU µs a step, ${runtime.name}, median of ${rounds} interleaved rounds`);
for (const [short, make] of WORKLOADS) {
  if (positionals.length > 0 && !positionals.includes(short)) continue;
  const { name, cols, rows, limitMicros } = make();
  const args = [String(rounds), String(STEPS[short]!)];
  const pty = (await startOnPty(runtime, 'frame-program', [short, 'pty', ...args], { cols, rows }).end).result as Result;
  const memory = (await runProgram(runtime, 'frame-program', [short, 'memory', ...args])) as Result;
  for (const { frames, wanted } of [pty, memory]) {
    if (frames !== wanted) throw new Error(`${short}: ${frames} frames ran, ${wanted} were asked for`);
  }
  figures.add({ name: `${name}: pty`, value: pty.cpu, unit: 'µs', raw: pty.rawCpu, limit: limitMicros, note: `wall ${pty.wall.toFixed(0)} / ${pty.rawWall.toFixed(0)} µs` });
  const phases = Object.entries(memory.timings).map(([phase, { p50Micros }]) => `${phase} ${p50Micros.toFixed(0)}`);
  figures.add({ name: `${name}: memory`, value: memory.cpu, unit: 'µs', raw: memory.rawCpu, note: phases.join(' ') });
  figures.add({ name: `${name}: bytes`, value: pty.bytes, unit: 'B', raw: pty.rawBytes });
}
