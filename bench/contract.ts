/**
 * The memory contract in numbers: each load at full speed for some minutes; counts exactly as before, and the slopes of
 * memory in MB in ten minutes, with their 95 % margin.
 *
 *   node --expose-gc .build/bench/contract.js [--minutes 3] [--brief] [load …]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { runProgram, type Runtime, runtimes } from './programs.ts';
import type { Slope } from './statistics.ts';

/** What has to be done at least. */
const LEAST: Readonly<Record<string, number>> = { mounts: 1000, nodes: 1_000_000, shuffles: 10_000, effects: 1_000_000, clusters: 100_000, resizes: 10_000 };
const BRIEF_SHARE = 0.01;
const LIMIT_MB = 1;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string', default: '3' }, brief: { type: 'boolean', default: false } } });
const minutes = values.brief ? 0.05 : Number(values.minutes);

interface Result {
  done: number;
  minutes: number;
  faults: string[];
  slopes: Record<'rss' | 'heapUsed' | 'external', Slope>;
  rssMb: number;
}

async function measure(runtime: Runtime): Promise<void> {
  const figures = new Figures('contract', `${runtime.name}, ${minutes} min each`);
  for (const [load, least] of Object.entries(LEAST)) {
    if (positionals.length > 0 && !positionals.includes(load)) continue;
    const count = values.brief ? least * BRIEF_SHARE : least;
    const { done, faults, slopes, rssMb, minutes: ran } = (await runProgram(runtime, 'contract-program', [load, String(count), String(minutes)])) as Result;
    figures.add({ name: `${load}: ${done.toLocaleString('en')} in ${ran.toFixed(1)} min, counts changed`, value: faults.length, unit: '', limit: 0, note: faults.slice(0, 5).join(', ') });
    if (values.brief) continue; // Slopes of a few seconds say nothing.
    for (const [kind, { rise, margin }] of Object.entries(slopes)) {
      // Above the limit by no more than chance explains: nothing is proved, a longer run can.
      const uncertain = rise > LIMIT_MB && rise - margin <= LIMIT_MB;
      figures.add({ name: `  ${kind} in 10 min`, value: rise, unit: 'MB', limit: uncertain ? undefined : LIMIT_MB, note: `± ${margin.toFixed(2)}${uncertain ? ' uncertain, run longer' : ''}${kind === 'rss' ? `, RSS ${rssMb.toFixed(0)} MB` : ''}` });
    }
  }
}

for (const runtime of runtimes()) await measure(runtime);
