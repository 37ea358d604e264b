/**
 * Reactive benchmark: our library beside alien-signals, @preact/signals-core, @vue/reactivity and
 * solid-js in one process. Rounds are interleaved (each round runs every library once) and the
 * median of the rounds counts. Prints ns per unit and the ratio to alien-signals, then bytes.
 *
 *   node --expose-gc .build/bench/reactive.js [part of a load's name]
 *   bun .build/bench/reactive.js
 */
import { libraries, type Library, spell } from './reactive-libraries.ts';
import { type Load, LOADS } from './reactive-loads.ts';

const ROUNDS = 25;
/** Time of one sample. */
const SAMPLE_MS = 4;
const WARM_UP_MS = 60;

interface Bench {
  readonly library: Library;
  run(times: number): number;
  times: number;
  readonly samples: number[];
}

function compile(library: Library, load: Load): Bench {
  const source = `'use strict'; let sink = 0; let tick = 0;
    ${spell(library, load.setup).replace(/\bROOT\b/g, '')}
    return (times) => { for (let n = 0; n < times; n++) { ${spell(library, load.run)} } return sink; };`;
  const run = new Function('L', source)(library.module) as (times: number) => number;
  return { library, run, times: 1, samples: [] };
}

function timed(bench: Bench): number {
  const start = performance.now();
  bench.run(bench.times);
  return performance.now() - start;
}

function warmUp(bench: Bench): void {
  const until = performance.now() + WARM_UP_MS;
  while (performance.now() < until) {
    const took = timed(bench);
    if (took < SAMPLE_MS / 2) bench.times *= 2;
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

const host = globalThis as unknown as { gc?: () => void; Bun?: { gc(full: boolean): void; version: string } };
const collect = host.Bun !== undefined ? () => host.Bun!.gc(true) : host.gc;

async function measure(load: Load): Promise<Map<string, number>> {
  const benches = libraries().map((library) => compile(library, load));
  for (const bench of benches) {
    warmUp(bench);
    await Promise.resolve(); // Microtasks of one library must not run in the time of another.
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const bench of benches) {
      bench.samples.push((timed(bench) * 1e6) / (bench.times * load.units));
      await Promise.resolve();
    }
  }
  collect?.();
  return new Map(benches.map(({ library, samples }) => [library.name, median(samples)]));
}

/** Bytes of `count` things, by what the heap grows. */
async function bytesOf(library: Library, make: string, dispose: string): Promise<[number, number]> {
  const count = 20_000;
  const source = `'use strict'; let sink = 0; const shared = ${spell(library, 'SIGNAL(1)')};
    return (count) => { const kept = new Array(count); const live = new Array(count);
      for (let i = 0; i < count; i++) { ${spell(library, make)} }
      return { kept, live, end() { for (let i = 0; i < count; i++) { ${spell(library, dispose)} } kept.length = live.length = 0; } }; };`;
  const build = new Function('L', source)(library.module) as (count: number) => { end(): void; kept: unknown[] };
  build(100).end(); // Compile before measuring.
  await settle();
  const before = heapBytes();
  let made: { end(): void; kept: unknown[] } | null = build(count);
  await settle();
  const arrays = 2 * 8 * count;
  const each = (heapBytes() - before - arrays) / count;
  made.end();
  made = null;
  await settle();
  return [each, (heapBytes() - before) / count];
}

async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    collect!();
  }
}

function heapBytes(): number {
  return process.memoryUsage().heapUsed;
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 2 : 1);
}

const filter = process.argv[2] ?? '';
const names = libraries().map((library) => library.name);
const runtime = host.Bun !== undefined ? `bun ${host.Bun.version}` : `node ${process.versions.node}`;
console.log(`reactive, ${runtime}: ns per unit (ratio to alien-signals), median of ${ROUNDS} interleaved rounds`);
console.log(['load'.padEnd(36), ...names.map((name) => name.padStart(22))].join(''));
for (const load of LOADS) {
  if (!load.name.includes(filter)) continue;
  const results = await measure(load);
  const base = results.get('alien-signals')!;
  const cells = names.map((name) => {
    const value = results.get(name)!;
    return `${format(value)} (${(value / base).toFixed(2)})`.padStart(22);
  });
  console.log(load.name.padEnd(36) + cells.join(''));
}

if (collect !== undefined && 'bytes'.includes(filter)) {
  console.log('\nbytes each, live → left after dispose');
  const kinds = [
    ['signal', 'kept[i] = SIGNAL(i);', ''],
    ['derived, read by an effect (both)', 'ROOT(const c = COMPUTED(READ(shared) + i); kept[i] = c; live[i] = EFFECT(sink += READ(c)););', 'DISPOSE(live[i])'],
    ['effect', 'live[i] = EFFECT(sink += READ(shared));', 'DISPOSE(live[i])'],
  ] as const;
  for (const [name, make, dispose] of kinds) {
    const cells: string[] = [];
    for (const library of libraries()) {
      const [each, left] = await bytesOf(library, make, dispose);
      cells.push(`${Math.round(each)} → ${left.toFixed(1)}`.padStart(22));
    }
    console.log(name.padEnd(36) + cells.join(''));
  }
}
