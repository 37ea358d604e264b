/**
 * Layout beside `yoga-layout` and `taffy-layout`, in one run: a column of bordered panels of rows of text
 * leaves at 100, 1,000 and 10,000 nodes, and grids of 1,000 cells. Style or text writes and the reading of
 * all changed boxes are part of every figure. Then what only this engine is asked for: no work when nothing
 * is dirty, depth, width, and nothing allocated.
 *
 *   node --expose-gc .build/bench/layout.js [--quick]
 */
import { loadTaffy, AlignItems, Display, FlexDirection, Style, TaffyTree } from 'taffy-layout';
import yoga from 'yoga-layout';
import { LayoutEngine, parseTracks } from '../packages/spark-tui/src/layout/index.ts';
import * as f from '../packages/spark-tui/src/scene/index.ts';
import { GlyphTable } from '../packages/spark-tui/src/text/index.ts';
import { collect } from './measured.ts';

const QUICK = process.argv.includes('--quick');
const TEXTS = ['cell', 'longer cell text'];
const WIDTH = 120;
const HEIGHT = 120;

/** Text of leaf `k` in a round; all are short before the first. */
function textOf(round: number, k: number): string {
  return TEXTS[round < 0 ? 0 : (round + k) & 1];
}

/** What is measured of an engine: two ways of making things dirty, each with layout and reading. */
interface Contender {
  /** Every leaf gets another text; returns a sum of what was read, so that nothing can be left out. */
  allLeaves(round: number): number;
  oneLeaf(round: number): number;
  release(): void;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** Median of `run` in µs, after warming up for a while. */
function measure(run: (round: number) => void, budgetMs: number): number {
  const times: number[] = [];
  const until = performance.now() + budgetMs;
  const warm = performance.now() + budgetMs / 3;
  for (let round = 0; performance.now() < until || times.length < 5; round++) {
    const start = performance.now();
    run(round);
    const took = (performance.now() - start) * 1000;
    if (start > warm || round > 200) times.push(took);
  }
  return median(times);
}

function shapeOf(nodes: number): { panels: number; rows: number; leaves: number } {
  if (nodes === 100) return { panels: 3, rows: 3, leaves: 10 };
  return { panels: nodes === 1000 ? 9 : 90, rows: 10, leaves: 10 };
}

// ---- the tree, three times -----------------------------------------------------------------------

function sparkTree(nodes: number): Contender & { scene: f.Scene; engine: LayoutEngine; leaves: number[] } {
  const shape = shapeOf(nodes);
  const scene = new f.Scene({ maxNodes: 200_000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene);
  const leaves: number[] = [];
  for (let p = 0; p < shape.panels; p++) {
    const panel = scene.create(f.KIND_BOX, f.ROOT, f.NIL);
    for (const side of [f.U8_BORDER_TOP, f.U8_BORDER_RIGHT, f.U8_BORDER_BOTTOM, f.U8_BORDER_LEFT]) scene.setU8(panel, side, 1);
    for (let r = 0; r < shape.rows; r++) {
      const row = scene.create(f.KIND_BOX, panel, f.NIL);
      scene.setU8(row, f.U8_FLEX_DIRECTION, f.FLEX_ROW);
      scene.setLength(row, f.LEN_COLUMN_GAP, 1, f.UNIT_CELLS);
      for (let k = 0; k < shape.leaves; k++) {
        const leaf = scene.create(f.KIND_TEXT, row, f.NIL);
        scene.setText(leaf, TEXTS[0]);
        leaves.push(leaf);
      }
    }
  }
  const read = (): number => {
    const { moved, i32, capacity } = scene;
    let sum = 0;
    for (let k = 0; k < moved.length; k++) {
      const slot = moved.slots[k];
      for (let c = f.I32_X; c <= f.I32_H; c++) sum += i32.array[c * capacity + slot];
    }
    scene.clean();
    return sum;
  };
  const layout = (): number => {
    engine.run(WIDTH, HEIGHT);
    return read();
  };
  layout();
  return {
    scene,
    engine,
    leaves,
    allLeaves(round) {
      for (let k = 0; k < leaves.length; k++) scene.setText(leaves[k], textOf(round, k));
      return layout();
    },
    oneLeaf(round) {
      scene.setText(leaves[(leaves.length >> 1) + 3], TEXTS[round & 1]);
      return layout();
    },
    release() {
      engine.release();
      scene.release();
    },
  };
}

function textSize(text: string, widthCells: number): { width: number; height: number } {
  if (text.length <= widthCells) return { width: text.length, height: 1 };
  let lines = 1;
  let column = 0;
  let longest = 0;
  for (const word of text.split(' ')) {
    if (column > 0 && column + 1 + word.length > widthCells) {
      lines++;
      column = word.length;
    } else column += column > 0 ? word.length + 1 : word.length;
    if (column > longest) longest = column;
  }
  return { width: longest, height: lines };
}

function yogaTree(nodes: number): Contender {
  const shape = shapeOf(nodes);
  const config = yoga.Config.create();
  config.setUseWebDefaults(true);
  const all: ReturnType<typeof yoga.Node.create>[] = [];
  const make = (): ReturnType<typeof yoga.Node.create> => {
    const node = yoga.Node.create(config);
    all.push(node);
    return node;
  };
  const root = make();
  root.setFlexDirection(yoga.FLEX_DIRECTION_COLUMN);
  const leaves: ReturnType<typeof yoga.Node.create>[] = [];
  const texts: string[] = [];
  for (let p = 0; p < shape.panels; p++) {
    const panel = make();
    panel.setFlexDirection(yoga.FLEX_DIRECTION_COLUMN);
    panel.setBorder(yoga.EDGE_ALL, 1);
    root.insertChild(panel, p);
    for (let r = 0; r < shape.rows; r++) {
      const row = make();
      row.setFlexDirection(yoga.FLEX_DIRECTION_ROW);
      row.setGap(yoga.GUTTER_COLUMN, 1);
      panel.insertChild(row, r);
      for (let k = 0; k < shape.leaves; k++) {
        const leaf = make();
        const index = leaves.length;
        texts.push(TEXTS[0]);
        leaf.setMeasureFunc((width, mode) => textSize(texts[index], mode === yoga.MEASURE_MODE_UNDEFINED ? Infinity : width));
        row.insertChild(leaf, k);
        leaves.push(leaf);
      }
    }
  }
  const layout = (): number => {
    root.calculateLayout(WIDTH, HEIGHT, yoga.DIRECTION_LTR);
    let sum = 0;
    const walk = (node: ReturnType<typeof yoga.Node.create>): void => {
      if (!node.hasNewLayout()) return;
      node.markLayoutSeen();
      const box = node.getComputedLayout();
      sum += box.left + box.top + box.width + box.height;
      for (let k = 0; k < node.getChildCount(); k++) walk(node.getChild(k));
    };
    walk(root);
    return sum;
  };
  layout();
  return {
    allLeaves(round) {
      for (let k = 0; k < leaves.length; k++) {
        texts[k] = textOf(round, k);
        leaves[k].markDirty();
      }
      return layout();
    },
    oneLeaf(round) {
      const k = (leaves.length >> 1) + 3;
      texts[k] = TEXTS[round & 1];
      leaves[k].markDirty();
      return layout();
    },
    release() {
      root.freeRecursive();
      config.free();
    },
  };
}

/** Sets many properties at once, which the types of the package do not know. */
function setStyle(style: Style, values: object): void {
  (style as unknown as { set(values: object): void }).set(values);
}

type TaffyMeasure = Parameters<TaffyTree['computeLayoutWithMeasure']>[2];

function taffyContender(tree: TaffyTree, root: bigint, ids: bigint[], leaves: bigint[], texts: string[]): Contender {
  const index = new Map<bigint, number>(leaves.map((id, k) => [id, k]));
  const measured: TaffyMeasure = (known, available, node, _context, style) => {
    style.free();
    const text = texts[index.get(node) ?? 0];
    const width = known.width ?? (typeof available.width === 'number' ? available.width : available.width === 'min-content' ? 0 : Infinity);
    const size = textSize(text, width);
    return { width: known.width ?? size.width, height: known.height ?? size.height };
  };
  const layout = (): number => {
    tree.computeLayoutWithMeasure(root, { width: WIDTH, height: HEIGHT }, measured);
    let sum = 0;
    for (const id of ids) {
      const box = tree.getLayout(id);
      sum += box.x + box.y + box.width + box.height;
      box.free();
    }
    return sum;
  };
  layout();
  return {
    allLeaves(round) {
      for (let k = 0; k < leaves.length; k++) {
        texts[k] = textOf(round, k);
        tree.markDirty(leaves[k]);
      }
      return layout();
    },
    oneLeaf(round) {
      const k = (leaves.length >> 1) + 3;
      texts[k] = TEXTS[round & 1];
      tree.markDirty(leaves[k]);
      return layout();
    },
    release: () => tree.free(),
  };
}

function taffyTree(nodes: number): Contender {
  const shape = shapeOf(nodes);
  const tree = new TaffyTree();
  const style = (values: Record<string, unknown>): Style => {
    const made = new Style();
    setStyle(made, { display: Display.Flex, ...values });
    return made;
  };
  const ids: bigint[] = [];
  const leaves: bigint[] = [];
  const texts: string[] = [];
  const panels: bigint[] = [];
  const leafStyle = style({});
  const rowStyle = style({ flexDirection: FlexDirection.Row, columnGap: 1, alignItems: AlignItems.Stretch });
  const panelStyle = style({ flexDirection: FlexDirection.Column, borderLeft: 1, borderRight: 1, borderTop: 1, borderBottom: 1 });
  for (let p = 0; p < shape.panels; p++) {
    const rows: bigint[] = [];
    for (let r = 0; r < shape.rows; r++) {
      const cells: bigint[] = [];
      for (let k = 0; k < shape.leaves; k++) {
        const leaf = tree.newLeafWithContext(leafStyle, {});
        texts.push(TEXTS[0]);
        leaves.push(leaf);
        cells.push(leaf);
      }
      rows.push(tree.newWithChildren(rowStyle, cells));
      ids.push(...cells, rows.at(-1)!);
    }
    panels.push(tree.newWithChildren(panelStyle, rows));
    ids.push(panels.at(-1)!);
  }
  const root = tree.newWithChildren(style({ flexDirection: FlexDirection.Column, width: WIDTH, height: HEIGHT }), panels);
  ids.push(root);
  return taffyContender(tree, root, ids, leaves, texts);
}

// ---- grids of 1,000 cells ------------------------------------------------------------------------

const TRACKS = '12 auto 1fr minmax(4, 2fr) max-content 1fr auto 10% 1fr 6';

function sparkGrid(): Contender {
  const scene = new f.Scene({ maxNodes: 200_000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene);
  scene.setU8(f.ROOT, f.U8_DISPLAY, f.DISPLAY_GRID);
  scene.setGrid(f.ROOT, 'columns', parseTracks(TRACKS, scene.gridNames));
  const leaves = Array.from({ length: 1000 }, () => {
    const leaf = scene.create(f.KIND_TEXT, f.ROOT, f.NIL);
    scene.setText(leaf, TEXTS[0]);
    return leaf;
  });
  const layout = (): number => {
    engine.run(WIDTH, HEIGHT);
    let sum = 0;
    const { moved, i32, capacity } = scene;
    for (let k = 0; k < moved.length; k++) for (let c = f.I32_X; c <= f.I32_H; c++) sum += i32.array[c * capacity + moved.slots[k]];
    scene.clean();
    return sum;
  };
  layout();
  return {
    allLeaves(round) {
      for (let k = 0; k < leaves.length; k++) scene.setText(leaves[k], textOf(round, k));
      return layout();
    },
    oneLeaf(round) {
      scene.setText(leaves[503], TEXTS[round & 1]);
      return layout();
    },
    release() {
      engine.release();
      scene.release();
    },
  };
}

function taffyGrid(): Contender {
  const tree = new TaffyTree();
  const texts: string[] = [];
  const leafStyle = new Style();
  const leaves = Array.from({ length: 1000 }, () => {
    texts.push(TEXTS[0]);
    return tree.newLeafWithContext(leafStyle, {});
  });
  const track = (size: unknown): unknown => (typeof size === 'string' && size.endsWith('fr') ? { min: 'auto', max: size } : { min: size, max: size });
  const columns = [12, 'auto', '1fr', null, 'max-content', '1fr', 'auto', '10%', '1fr', 6].map((size) => (size === null ? { min: 4, max: '2fr' } : track(size)));
  const style = new Style();
  setStyle(style, { display: Display.Grid, width: WIDTH, height: HEIGHT, gridTemplateColumns: columns });
  const root = tree.newWithChildren(style, leaves);
  return taffyContender(tree, root, [...leaves, root], leaves, texts);
}

// ---- the run -------------------------------------------------------------------------------------

let checksum = 0;
const us = (value: number): string => `${value.toFixed(1)} µs`.padStart(12);

function compare(name: string, contenders: Readonly<Record<string, Contender>>, budgetMs: number): number {
  let sparkOne = 0;
  for (const what of ['allLeaves', 'oneLeaf'] as const) {
    for (const contender of Object.values(contenders)) checksum += contender.allLeaves(-1);
    const figures = Object.entries(contenders).map(([who, contender]) => [who, measure((round) => (checksum += contender[what](round)), budgetMs)] as const);
    const own = figures[0][1];
    const best = Math.min(...figures.slice(1).map(([, value]) => value));
    if (what === 'oneLeaf') sparkOne = own;
    const label = what === 'allLeaves' ? 'all leaves dirty' : 'one leaf dirty';
    console.log(`${`${name}, ${label}`.padEnd(34)} ${figures.map(([who, value]) => `${who} ${us(value)}`).join('  ')}   ×${(best / own).toFixed(1)}`);
  }
  for (const contender of Object.values(contenders)) contender.release();
  return sparkOne;
}

await loadTaffy();
const budget = QUICK ? 150 : 700;
console.log(`Node ${process.version}; medians; writes and reading included; × = faster than the faster of the others`);
const one: number[] = [];
for (const nodes of [100, 1000, 10_000]) {
  one.push(compare(`${nodes} nodes`, { spark: sparkTree(nodes), yoga: yogaTree(nodes), taffy: taffyTree(nodes) }, nodes === 10_000 ? budget * 2 : budget));
}
console.log(`one dirty leaf, 10,000 nodes against 1,000: ×${(one[2] / one[1]).toFixed(2)}`);
compare('grid of 1,000 cells', { spark: sparkGrid(), taffy: taffyGrid() }, budget);

const tree = sparkTree(1000);
console.log(`nothing dirty                      ${us(measure(() => void tree.engine.run(WIDTH, HEIGHT), budget / 4))}`);
console.log(`resize by one column               ${us(measure((round) => void tree.engine.run(WIDTH - (round & 1), HEIGHT), budget / 2))}`);

// Cold: measures a leaf, and what is measured when nothing changed.
const cold = sparkTree(1000);
console.log(`measures a leaf, first layout      ${(cold.engine.counters.measures / cold.leaves.length).toFixed(2)}`);
cold.release();

// An alternating nest of rows and columns, 400 deep.
const nestTimes: number[] = [];
let visits = 0;
for (let round = 0; round < 30; round++) {
  const scene = new f.Scene({ maxNodes: 1000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene);
  let parent = f.ROOT;
  for (let depth = 0; depth < 400; depth++) {
    parent = scene.create(f.KIND_BOX, parent, f.NIL);
    scene.setU8(parent, f.U8_FLEX_DIRECTION, depth % 2 === 0 ? f.FLEX_ROW : f.FLEX_COLUMN);
  }
  scene.setText(scene.create(f.KIND_TEXT, parent, f.NIL), 'a text that wraps here and there');
  const start = performance.now();
  engine.run(20, 24);
  nestTimes.push((performance.now() - start) * 1000);
  visits = engine.counters.visits;
  engine.release();
  scene.release();
}
console.log(`nest of 400 rows and columns       ${us(median(nestTimes))}, ${visits} visits`);

// 100,000 children of one container.
const wide = new f.Scene({ maxNodes: 200_000, glyphs: new GlyphTable(), onDirty: () => {} });
const wideEngine = new LayoutEngine(wide);
for (let k = 0; k < 100_000; k++) wide.setText(wide.create(f.KIND_TEXT, f.ROOT, f.NIL), 'row');
const wideStart = performance.now();
wideEngine.run(80, 24);
console.log(`100,000 children, first layout     ${us((performance.now() - wideStart) * 1000)}`);

// Memory: the heap before and after many layouts, with all garbage collected.
const layouts = QUICK ? 10_000 : 100_000;
const grid = sparkGrid();
const many = (count: number): void => {
  for (let round = 0; round < count; round++) {
    checksum += tree.oneLeaf(round);
    if (round % 100 === 0) checksum += grid.oneLeaf(round);
  }
};
many(2000);
collect();
const before = process.memoryUsage();
const roundStart = performance.now();
many(layouts);
const uncollected = process.memoryUsage().heapUsed - before.heapUsed;
const tookMs = performance.now() - roundStart;
collect();
const after = process.memoryUsage();
console.log(
  `${layouts.toLocaleString('en')} layouts in ${(tookMs / 1000).toFixed(1)} s: heap ${after.heapUsed - before.heapUsed} B kept, ` +
    `${(uncollected / layouts).toFixed(2)} B a layout before collecting, RSS ${((after.rss - before.rss) / 1024).toFixed(0)} KiB`,
);
console.log(`checksum ${checksum}`);
