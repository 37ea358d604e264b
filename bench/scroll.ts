/**
 * What a long list costs: first frame, a scrolled row, an edit, memory; 100,000 rows beside 1,000.
 *
 *   node .build/bench/scroll.js [--brief]
 */
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { runProgram, runtimes } from './programs.ts';

interface Result {
  readonly firstMs: number;
  readonly heapMB: number;
  readonly nodes: number;
  readonly arenaMB: number;
  readonly stepMicros: number;
  readonly editMs: number;
}

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const runtime = runtimes()[0];
if (runtime === undefined) throw new Error('no runtime was found');
const rounds = values.brief ? '5' : '15';

const figures = new Figures('scroll', `lists in a window of 80 × 24, ${runtime.name}, in memory`);
const results = new Map<string, Result>();
for (const [rows, kind] of [
  ['1000', 'full'],
  ['1000', 'virtual'],
  ['100000', 'virtual'],
] as const) {
  results.set(`${rows} ${kind}`, (await runProgram(runtime, 'scroll-program', [rows, kind, rounds, '400'])) as Result);
}
const small = results.get('1000 virtual')!;
for (const [name, { firstMs, heapMB, nodes, arenaMB, stepMicros, editMs }] of results) {
  const large = name.startsWith('100000');
  figures.add({ name: `${name}: mount and first frame`, value: firstMs, unit: 'ms', limit: large ? 50 : undefined });
  figures.add({ name: `${name}: a row scrolled (CPU)`, value: stepMicros, unit: 'µs', limit: large ? 2 * small.stepMicros : undefined });
  figures.add({ name: `${name}: a row added above all`, value: editMs, unit: 'ms' });
  figures.add({ name: `${name}: heap`, value: heapMB, unit: 'MB', note: `${nodes} nodes, ${arenaMB.toFixed(1)} MB of columns` });
}
