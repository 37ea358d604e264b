/**
 * Layout of 1,000 nodes: a column of 9 bordered panels of 10 rows of 10 text leaves, 120 × 120 cells.
 * Prints the median of each case in µs and in ns a node.
 *
 *   node .build/bench/layout.js
 */
import { LayoutEngine } from '../packages/spark-tui/src/layout/index.ts';
import * as f from '../packages/spark-tui/src/scene/index.ts';
import { GlyphTable } from '../packages/spark-tui/src/text/index.ts';

const ROUNDS = 400;
const WARM_UP = 200;

interface Tree {
  readonly scene: f.Scene;
  readonly engine: LayoutEngine;
  readonly leaves: number[];
}

function buildTree(): Tree {
  const scene = new f.Scene({ maxNodes: 10_000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene);
  const leaves: number[] = [];
  for (let p = 0; p < 9; p++) {
    const panel = scene.create(f.KIND_BOX, f.ROOT, f.NIL);
    for (const side of [f.U8_BORDER_TOP, f.U8_BORDER_RIGHT, f.U8_BORDER_BOTTOM, f.U8_BORDER_LEFT]) {
      scene.setU8(panel, side, 1);
    }
    for (let r = 0; r < 10; r++) {
      const row = scene.create(f.KIND_BOX, panel, f.NIL);
      scene.setU8(row, f.U8_FLEX_DIRECTION, f.FLEX_ROW);
      scene.setLength(row, f.LEN_COLUMN_GAP, 1, f.UNIT_CELLS);
      for (let k = 0; k < 10; k++) {
        const leaf = scene.create(f.KIND_TEXT, row, f.NIL);
        scene.setText(leaf, `cell ${p}${r}${k}`);
        leaves.push(leaf);
      }
    }
  }
  return { scene, engine, leaves };
}

/** Median of timing `run` after `prepare`, in µs. Only `run` is timed. */
function median(prepare: (round: number) => void, run: (round: number) => void): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    prepare(round);
    const start = performance.now();
    run(round);
    const took = (performance.now() - start) * 1000;
    if (round >= WARM_UP) times.push(took);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1];
}

function report(name: string, us: number, nodes: number, visits: number): void {
  const perNode = ((us * 1000) / nodes).toFixed(1);
  console.log(`${name.padEnd(34)} ${us.toFixed(1).padStart(9)} µs ${perNode.padStart(8)} ns/node ${String(visits).padStart(6)} visits`);
}

const { scene, engine, leaves } = buildTree();
const nodes = scene.live;
engine.run(120, 120);

function measured(name: string, prepare: (round: number) => void, run: (round: number) => void): void {
  const us = median(prepare, run);
  scene.clean();
  prepare(0);
  const before = engine.counters.visits;
  run(0);
  report(name, us, nodes, engine.counters.visits - before);
}

const done = (): void => void engine.run(120, 120);
console.log(`${nodes} nodes, medians of ${ROUNDS} runs, Node ${process.version}`);

measured(
  'all leaves dirty, widths change',
  (round) => {
    scene.clean();
    leaves.forEach((leaf, k) => scene.setText(leaf, (round + k) % 2 === 0 ? 'longer cell text' : 'cell'));
  },
  done,
);
measured(
  'all leaves dirty, same sizes',
  (round) => {
    scene.clean();
    for (const leaf of leaves) {
      scene.setText(leaf, round % 2 === 0 ? 'cell A' : 'cell B');
      scene.queueLayout(leaf, f.FLAG_CONTENT_CHANGED);
    }
  },
  done,
);
measured(
  '1 leaf dirty, width changes',
  (round) => {
    scene.clean();
    scene.setText(leaves[437], round % 2 === 0 ? 'longer cell text' : 'cell');
  },
  done,
);
measured(
  '1 style dirty (root padding)',
  (round) => {
    scene.clean();
    scene.setLength(f.ROOT, f.LEN_PADDING_LEFT, round % 2, f.UNIT_CELLS);
  },
  done,
);
measured('resize by one column', () => scene.clean(), (round) => void engine.run(119 + (round % 2), 120));
measured('resize, never seen width', () => scene.clean(), (round) => void engine.run(100 + (round % 90), 120));
engine.run(120, 120);
measured('nothing dirty', () => {}, done);

const memory = process.memoryUsage().heapUsed;
for (let round = 0; round < 2000; round++) {
  scene.clean();
  scene.setText(leaves[round % leaves.length], round % 2 === 0 ? 'longer cell text' : 'cell');
  engine.run(120, 120);
}
console.log(`heap growth over 2,000 relayouts: ${((process.memoryUsage().heapUsed - memory) / 1024).toFixed(0)} KiB`);

const wide = new f.Scene({ maxNodes: 200_000, glyphs: new GlyphTable(), onDirty: () => {} });
const wideEngine = new LayoutEngine(wide);
const rows: number[] = [];
for (let k = 0; k < 100_000; k++) {
  const row = wide.create(f.KIND_TEXT, f.ROOT, f.NIL);
  wide.setText(row, 'row');
  rows.push(row);
}
let start = performance.now();
wideEngine.run(80, 24);
console.log(`100,000 children, first layout: ${(performance.now() - start).toFixed(1)} ms`);
wide.clean();
wide.setText(rows[50_000], 'a row that is wider');
start = performance.now();
wideEngine.run(80, 24);
console.log(`100,000 children, 1 dirty, height unchanged: ${((performance.now() - start) * 1000).toFixed(0)} µs`);
