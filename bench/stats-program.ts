/** Measured program: frames of one load, by two copies of the package in turn. `stats-program.js <copy> <load> <pairs>` */
import type * as Spark from 'spark-tui';
import * as built from 'spark-tui';
import { collect, CountingStream } from './measured.ts';
import { median, percentile } from './statistics.ts';

const [url = '', load = 'counter', pairs = '30'] = process.argv.slice(2);

interface Load {
  readonly frames: number;
  root(spark: typeof Spark): (i: number) => void;
}

const LOADS: Readonly<Record<string, Load>> = {
  counter: {
    frames: 4000,
    root: ({ signal, text }) => {
      const count = signal(100_000);
      text({ content: count });
      return (i) => {
        count.value = 100_000 + (i % 900_000);
      };
    },
  },
  boxes: {
    frames: 600,
    root: ({ box, signal, text }) => {
      const values = Array.from({ length: 200 }, () => signal('1000'));
      box({ flexDirection: 'row', flexWrap: 'wrap' }, () => {
        for (const value of values) box({ width: 6, height: 4, border: 'single' }, () => text({ content: value }));
      });
      return (i) => {
        for (let k = 0; k < 20; k++) values[(i * 20 + k * 37) % 200]!.value = String(1000 + ((i + k) % 9000));
      };
    },
  },
  subtrees: {
    frames: 200,
    root: ({ box, show, signal, text }) => {
      const shown = signal(false);
      show(shown, () => {
        for (let i = 0; i < 20; i++) box({ flexDirection: 'row', onClick: () => undefined }, () => text({ content: () => `row ${i} ${String(shown.value)}` }));
      });
      return (i) => {
        shown.value = i % 2 === 0;
      };
    },
  },
};

const { frames, root } = LOADS[load]!;

/** Runs frames of one copy; gives µs a frame. */
function mounted(spark: typeof Spark): (count: number) => number {
  let step: ((i: number) => void) | null = null;
  const app = spark.mountSync(() => {
    step = root(spark);
  }, { output: new CountingStream(), width: 120, height: 40, maxFps: Infinity });
  app.flush();
  let at = 0;
  return (count) => {
    const startMs = performance.now();
    for (let i = 0; i < count; i++) {
      step!(at++);
      app.flush();
    }
    return ((performance.now() - startMs) * 1000) / count;
  };
}

/** Bytes a frame allocates; no collection runs within. What measuring itself allocates goes out in the difference. */
function allocated(run: (count: number) => number): number {
  const used = (count: number): number => {
    collect();
    const before = process.memoryUsage().heapUsed;
    run(count);
    return process.memoryUsage().heapUsed - before;
  };
  const samples: number[] = [];
  for (let i = 0; i < 9; i++) samples.push((used(frames * 2) - used(frames)) / frames);
  return median(samples);
}

const runs = [mounted(built), mounted((await import(url)) as typeof Spark)] as const;
for (let i = 0; i < 6; i++) for (const run of runs) run(frames);
const samples: [number[], number[]] = [[], []];
const ratios: number[] = [];
for (let pair = 0; pair < Number(pairs); pair++) {
  const cost = [0, 0];
  // Who is first changes: the first of a pair pays for what came before.
  for (const n of pair % 2 === 0 ? [0, 1] : [1, 0]) {
    collect();
    cost[n] = runs[n]!(frames);
    samples[n as 0 | 1].push(cost[n]);
  }
  ratios.push(cost[0]! / cost[1]!);
}
console.log(
  JSON.stringify({
    name: load,
    withMicros: median(samples[0]),
    withoutMicros: median(samples[1]),
    ratio: median(ratios),
    lower: percentile(ratios, 0.25),
    upper: percentile(ratios, 0.75),
    withBytes: allocated(runs[0]),
    withoutBytes: allocated(runs[1]),
  }),
);
process.exit(0);
