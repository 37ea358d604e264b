/**
 * What statistics and watchdogs cost a frame while nobody looks: the package beside a copy of it with their code taken
 * out, in interleaved pairs in one process; and what a frame allocates in each.
 *
 *   node --expose-gc .build/bench/stats.js [--brief]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { makeVariant } from './stats-variant.ts';

interface Result {
  readonly name: string;
  /** Medians, µs a frame. */
  readonly withMicros: number;
  readonly withoutMicros: number;
  /** Median of the ratios of the pairs, and the pairs' quartiles. */
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  readonly withBytes: number;
  readonly withoutBytes: number;
}

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const pairs = values.brief ? 10 : 30;
const variant = makeVariant();
const figures = new Figures('stats', `${pairs} interleaved pairs`);
try {
  for (const load of ['counter', 'boxes', 'subtrees']) {
    const program = fileURLToPath(new URL('stats-program.js', import.meta.url));
    const run = spawnSync(process.execPath, ['--expose-gc', '--max-semi-space-size=128', program, variant.url, load, String(pairs)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (run.status !== 0) throw new Error(`${load} ended with ${run.status}`);
    const result = JSON.parse(run.stdout) as Result;
    figures.add({ name: `${load}: a frame`, value: result.withMicros, unit: 'µs', note: `without ${result.withoutMicros.toFixed(2)} µs` });
    figures.add({ name: '  cost', value: (result.ratio - 1) * 100, unit: '%', limit: 5, note: `quartiles ${((result.lower - 1) * 100).toFixed(1)} … ${((result.upper - 1) * 100).toFixed(1)}` });
    figures.add({ name: '  allocated a frame, more', value: result.withBytes - result.withoutBytes, unit: 'B', limit: 1, note: `${result.withBytes.toFixed(0)} / ${result.withoutBytes.toFixed(0)} B` });
  }
} finally {
  variant.remove();
}
