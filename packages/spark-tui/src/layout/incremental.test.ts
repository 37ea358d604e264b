import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as f from '../scene/index.ts';
import { GlyphTable } from '../text/index.ts';
import { LayoutEngine } from './engine.ts';
import { parseAreas, parseGridLine, parseTracks } from './grid-parse.ts';

const RUNS = Number(process.env['SPARK_LAYOUT_RUNS'] ?? 60);

/** A source of choices from a seed, so that a whole history of edits is one shrinkable number list. */
class Choices {
  private readonly numbers: readonly number[];
  private at = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  below(limit: number): number {
    const value = this.numbers[this.at++ % this.numbers.length];
    return (value + this.at * 7919) % limit;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}

const TEXTS = ['', 'a', 'hello world', 'one two three four five', 'unbreakableword', 'two\nlines', '漢字 かな', 'x y z x y z x y z'];
const LENGTH_UNITS = [f.UNIT_AUTO, f.UNIT_CELLS, f.UNIT_CELLS, f.UNIT_CELLS, f.UNIT_PERCENT, f.UNIT_VW, f.UNIT_MIN_CONTENT];
const TRACKS = [
  null,
  '1fr 2fr',
  '4 auto min-content',
  'repeat(auto-fill, 5)',
  'repeat(auto-fit, minmax(4, 1fr))',
  '[a] 30% [b] max-content [a]',
  'fit-content(6) minmax(auto, 8) 0.3fr',
  'minmax(min-content, max-content) 10vw',
];
const LINES = ['auto', 1, 2, -1, 'span 2', 'a', 'a 2', 'span b', -3, 'main', 4];
const AREAS = [null, 'main main\na b', '. main'];
const ENUMS: readonly (readonly [number, number])[] = [
  [f.U8_DISPLAY, 3],
  [f.U8_POSITION, 2],
  [f.U8_FLEX_DIRECTION, 4],
  [f.U8_FLEX_WRAP, 3],
  [f.U8_JUSTIFY_CONTENT, 12],
  [f.U8_JUSTIFY_ITEMS, 15],
  [f.U8_JUSTIFY_SELF, 15],
  [f.U8_GRID_FLOW, 4],
  [f.U8_SCROLLBAR, 2],
  [f.U8_STICKY_END, 2],
  [f.U8_DOCK, 5],
  [f.U8_ALIGN_ITEMS, 15],
  [f.U8_ALIGN_SELF, 15],
  [f.U8_ALIGN_CONTENT, 12],
  [f.U8_OVERFLOW_X, 4],
  [f.U8_OVERFLOW_Y, 4],
  [f.U8_BOX_SIZING, 2],
  [f.U8_DIRECTION, 2],
  [f.U8_BORDER_TOP, 2],
  [f.U8_BORDER_LEFT, 2],
  [f.U8_TEXT_WRAP, 5],
  [f.U8_HIDDEN, 2],
];

function edit(scene: f.Scene, nodes: number[], c: Choices, kind = c.below(15)): void {
  const slot = c.pick(nodes);
  const cap = scene.capacity;
  const isText = (s: number): boolean => scene.u8.array[f.U8_KIND * cap + s] !== f.KIND_BOX;
  switch (kind) {
    case 0:
    case 1:
    case 2: {
      if (nodes.length > 40) return;
      const parent = isText(slot) ? f.ROOT : slot;
      let before = f.NIL;
      if (c.below(2) === 0) before = scene.u32.array[f.U32_FIRST_CHILD * cap + parent];
      const nodeKind = c.pick([f.KIND_BOX, f.KIND_BOX, f.KIND_TEXT, f.KIND_TEXT, f.KIND_ANCHOR]);
      const made = scene.create(nodeKind, parent, before);
      if (nodeKind === f.KIND_TEXT) scene.setText(made, c.pick(TEXTS));
      if (nodeKind !== f.KIND_ANCHOR) nodes.push(made);
      return;
    }
    case 3: {
      if (slot === f.ROOT || nodes.length < 8) return;
      scene.remove(slot);
      const live = nodes.filter((s) => (scene.u32.array[f.U32_FLAGS * scene.capacity + s] & f.FLAG_LIVE) !== 0);
      nodes.length = 0;
      nodes.push(...live);
      return;
    }
    case 4: {
      if (slot === f.ROOT) return;
      const parent = scene.u32.array[f.U32_PARENT * cap + slot];
      const before = c.below(2) === 0 ? f.NIL : scene.u32.array[f.U32_FIRST_CHILD * cap + parent];
      scene.moveBefore(slot, before);
      return;
    }
    case 5:
    case 6: {
      if (isText(slot)) scene.setText(slot, c.pick(TEXTS));
      return;
    }
    case 7:
    case 8: {
      const field = c.below(f.LENGTHS);
      const unit = c.pick(LENGTH_UNITS);
      const spacing = field >= f.LEN_MARGIN_TOP && field <= f.LEN_PADDING_LEFT;
      const value = unit === f.UNIT_PERCENT ? c.pick([10, 33, 50, 100]) : spacing ? c.below(5) - 1 : c.below(30);
      scene.setLength(slot, field, value, unit);
      return;
    }
    case 9: {
      const [field, values] = c.pick(ENUMS);
      scene.setU8(slot, field, c.below(values));
      return;
    }
    case 10: {
      scene.setF32(slot, c.pick([f.F32_GROW, f.F32_SHRINK_LESS, f.F32_ASPECT_RATIO]), c.pick([0, 0.5, 1, 2]));
      return;
    }
    case 12: {
      const part = c.pick(['columns', 'rows', 'autoColumns', 'autoRows'] as const);
      if (c.below(3) === 0) scene.setGrid(slot, 'areas', parseAreas(c.pick(AREAS), scene.gridNames));
      else scene.setGrid(slot, part, parseTracks(c.pick(TRACKS), scene.gridNames));
      scene.setU8(slot, f.U8_DISPLAY, f.DISPLAY_GRID);
      return;
    }
    case 13: {
      const line = f.I32_GRID_COLUMN_START + c.below(4);
      scene.setI32(slot, line, parseGridLine(c.pick(LINES), scene.gridNames));
      return;
    }
    default:
      scene.setI32(slot, c.pick([f.I32_SCROLL_X, f.I32_SCROLL_Y, f.I32_ORDER]), c.below(12));
  }
}

test('after any history of edits and resizes an incremental layout equals a full one, bit for bit', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1 << 30), { minLength: 40, maxLength: 160 }), (numbers) => {
      const c = new Choices(numbers);
      const scene = new f.Scene({ maxNodes: 1000, glyphs: new GlyphTable(), onDirty: () => {} });
      const engine = new LayoutEngine(scene, { verify: true });
      try {
        const nodes = [f.ROOT];
        let w = 40;
        let h = 20;
        for (let k = 0; k < 40; k++) edit(scene, nodes, c, k < 16 ? 0 : c.below(15));
        for (let round = 0; round < 16; round++) {
          engine.run(w, h);
          scene.clean();
          const edits = c.pick([1, 1, 1, 2, 5]);
          for (let k = 0; k < edits; k++) edit(scene, nodes, c);
          if (c.below(2) === 0) {
            w = c.pick([0, 1, 7, 13, 20, 27, 33, 40, 79]);
            h = c.pick([0, 1, 10, 20, NaN]);
          }
        }
      } finally {
        engine.release();
        scene.release();
      }
    }),
    { numRuns: RUNS },
  );
});

test('sizes are finite and not negative, and siblings that share an edge share it after snapping', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ grow: fc.nat(5), basis: fc.nat(7), row: fc.boolean(), children: fc.nat(4) }), {
        minLength: 2,
        maxLength: 30,
      }),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 50 }),
      (specs, w, h) => {
        const scene = new f.Scene({ maxNodes: 1000, glyphs: new GlyphTable(), onDirty: () => {} });
        const engine = new LayoutEngine(scene);
        const open: number[] = [f.ROOT];
        for (const spec of specs) {
          const parent = open[0];
          const slot = scene.create(f.KIND_BOX, parent, f.NIL);
          scene.setU8(slot, f.U8_FLEX_DIRECTION, spec.row ? f.FLEX_ROW : f.FLEX_COLUMN);
          scene.setF32(slot, f.F32_GROW, spec.grow + 0.3);
          scene.setLength(slot, f.LEN_BASIS, spec.basis / 3, f.UNIT_CELLS);
          for (let k = 0; k < spec.children; k++) open.push(slot);
          if (open.length > 1) open.shift();
        }
        engine.run(w, h);
        const cap = scene.capacity;
        const { array: i32 } = scene.i32;
        const { array: u32 } = scene.u32;
        for (let s = 1; s <= scene.top; s++) {
          for (const column of [f.F64_W, f.F64_H]) assert.ok(scene.f64.array[column * cap + s] >= 0);
          const next = u32[f.U32_NEXT * cap + s];
          if (next === 0) continue;
          const row = scene.u8.array[f.U8_FLEX_DIRECTION * cap + u32[f.U32_PARENT * cap + s]] === f.FLEX_ROW;
          const [at, size] = row ? [f.I32_X, f.I32_W] : [f.I32_Y, f.I32_H];
          assert.equal(i32[at * cap + s] + i32[size * cap + s], i32[at * cap + next]);
        }
        engine.release();
        scene.release();
      },
    ),
    { numRuns: RUNS },
  );
});
