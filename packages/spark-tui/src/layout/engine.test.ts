import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bufferPool, PhaseError } from '../base/index.ts';
import * as f from '../scene/index.ts';
import { GlyphTable } from '../text/index.ts';
import { LayoutEngine } from './engine.ts';
import { applyStyle, type PlainStyle } from './plain-tree.ts';

const BORDER_CELLS = new Float64Array(256).fill(1, 1);

interface Fixture {
  scene: f.Scene;
  engine: LayoutEngine;
  box(style: PlainStyle, parent?: number): number;
  text(text: string, style?: PlainStyle, parent?: number): number;
  style(slot: number, style: PlainStyle): void;
  /** Snapped x, y, w, h. */
  rect(slot: number): number[];
  ink(slot: number): number[];
  f64(slot: number, column: number): number;
}

function fixture(rootStyle: PlainStyle = {}, verify = true): Fixture {
  const scene = new f.Scene({ maxNodes: 1_000_000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene, { verify });
  const columns = (slot: number, first: number): number[] =>
    [0, 1, 2, 3].map((k) => scene.i32.array[(first + k) * scene.capacity + slot]);
  const style = (slot: number, css: PlainStyle): void => applyStyle(scene, slot, css, BORDER_CELLS.slice());
  style(f.ROOT, rootStyle);
  return {
    scene,
    engine,
    style,
    box(css, parent = f.ROOT) {
      const slot = scene.create(f.KIND_BOX, parent, f.NIL);
      style(slot, css);
      return slot;
    },
    text(text, css = {}, parent = f.ROOT) {
      const slot = scene.create(f.KIND_TEXT, parent, f.NIL);
      scene.setText(slot, text);
      style(slot, css);
      return slot;
    },
    rect: (slot) => columns(slot, f.I32_X),
    ink: (slot) => columns(slot, f.I32_INK_X0),
    f64: (slot, column) => scene.f64.array[column * scene.capacity + slot],
  };
}

test('a column stacks its children and stretches them across', () => {
  const { engine, box, text, rect } = fixture();
  const a = box({ height: 2 });
  const b = text('hello');
  engine.run(20, 10);
  assert.deepEqual(rect(f.ROOT), [0, 0, 20, 10]);
  assert.deepEqual(rect(a), [0, 0, 20, 2]);
  assert.deepEqual(rect(b), [0, 2, 20, 1]);
});

test('free space goes by flexGrow, lack of space by flexShrink and size', () => {
  const { engine, box, rect, style } = fixture({ flexDirection: 'row' });
  const a = box({ flexGrow: 1, flexBasis: 0 });
  const b = box({ flexGrow: 3, flexBasis: 0 });
  engine.run(40, 4);
  assert.deepEqual([rect(a), rect(b)], [[0, 0, 10, 4], [10, 0, 30, 4]]);
  style(a, { flexBasis: 30, flexGrow: 0 });
  style(b, { flexBasis: 30, flexGrow: 0 });
  engine.run(40, 4);
  assert.deepEqual([rect(a), rect(b)], [[0, 0, 20, 4], [20, 0, 20, 4]]);
});

test('an item does not shrink below its longest word unless it clips or truncates', () => {
  const { engine, text, rect, scene, style } = fixture({ flexDirection: 'row' });
  const a = text('abcdefgh ij');
  text('x', { width: 30, flexShrink: 0 });
  engine.run(32, 4);
  assert.equal(rect(a)[2], 8);
  style(a, { overflowX: 'hidden' });
  engine.run(32, 4);
  assert.equal(rect(a)[2], 2);
  style(a, { overflowX: 'visible' });
  scene.setU8(a, f.U8_TEXT_WRAP, f.TEXT_TRUNCATE);
  engine.run(32, 4);
  assert.equal(rect(a)[2], 2);
});

test('text wraps at its box and pushes what follows down', () => {
  const { engine, text, box, rect, scene } = fixture();
  const a = text('one two three');
  const b = box({ height: 1 });
  engine.run(8, 10);
  assert.deepEqual([rect(a), rect(b)], [[0, 0, 8, 2], [0, 2, 8, 1]]);
  scene.setText(a, 'one');
  engine.run(8, 10);
  assert.deepEqual([rect(a), rect(b)], [[0, 0, 8, 1], [0, 1, 8, 1]]);
});

test('an empty text is no wider than nothing and one line high', () => {
  const { engine, text, rect } = fixture({ alignItems: 'flex-start' });
  const a = text('');
  engine.run(10, 5);
  assert.deepEqual(rect(a), [0, 0, 0, 1]);
});

test('padding, border and margin take their cells; percentages are of the content box', () => {
  const { engine, box, rect } = fixture();
  const outer = box({ width: 20, height: 10, paddingLeft: 2, paddingTop: 1, borderLeft: 1, borderTop: 1, marginLeft: 3 });
  const inner = box({ width: '50%', height: '100%', marginTop: 1 }, outer);
  engine.run(80, 24);
  assert.deepEqual(rect(outer), [3, 0, 20, 10]);
  assert.deepEqual(rect(inner), [6, 3, 9, 7]);
});

test('wrapped rows break, keep gaps, and reverse', () => {
  const { engine, box, rect, style } = fixture({ flexDirection: 'row', flexWrap: 'wrap', columnGap: 1, rowGap: 1 });
  const items = [4, 4, 4].map((width) => box({ width, height: 2 }));
  engine.run(10, 9);
  assert.deepEqual(items.map(rect), [[0, 0, 4, 2], [5, 0, 4, 2], [0, 3, 4, 2]]);
  style(f.ROOT, { flexWrap: 'wrap-reverse' });
  engine.run(10, 9);
  assert.deepEqual(items.map(rect), [[0, 7, 4, 2], [5, 7, 4, 2], [0, 4, 4, 2]]);
});

test('auto margins take the free space before justifyContent does', () => {
  const { engine, box, rect } = fixture({ flexDirection: 'row', justifyContent: 'center' });
  const a = box({ width: 4, height: 1, marginLeft: 'auto' });
  engine.run(20, 3);
  assert.deepEqual(rect(a), [16, 0, 4, 1]);
});

test('an absolute box is placed by its insets in the padding box and shrinks to its text', () => {
  const { engine, box, text, rect } = fixture();
  const frame = box({ width: 20, height: 6, borderLeft: 1, borderTop: 1, borderRight: 1, borderBottom: 1 });
  const toast = text('saved', { position: 'absolute', right: 1, bottom: 0 }, frame);
  const fill = box({ position: 'absolute', left: 0, right: 0, top: 0, bottom: 0 }, frame);
  engine.run(40, 10);
  assert.deepEqual(rect(toast), [13, 4, 5, 1]);
  assert.deepEqual(rect(fill), [1, 1, 18, 4]);
});

test('anchors take no part; hidden subtrees have no size and no ink', () => {
  const { engine, scene, box, rect, ink } = fixture();
  scene.create(f.KIND_ANCHOR, f.ROOT, f.NIL);
  const a = box({ height: 3 });
  const child = box({ height: 2 }, a);
  const b = box({ height: 1 });
  engine.run(10, 5);
  assert.deepEqual([rect(a), rect(child), rect(b)], [[0, 0, 10, 3], [0, 0, 10, 2], [0, 3, 10, 1]]);
  scene.setU8(a, f.U8_HIDDEN, 1);
  engine.run(10, 5);
  assert.deepEqual([rect(a), rect(child), ink(child)], [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]);
  assert.deepEqual(rect(b), [0, 0, 10, 1]);
  scene.setU8(a, f.U8_HIDDEN, 0);
  engine.run(10, 5);
  assert.deepEqual([rect(a), rect(child), rect(b)], [[0, 0, 10, 3], [0, 0, 10, 2], [0, 3, 10, 1]]);
});

test('an anchor in the slot of a removed node takes no part either', () => {
  const { engine, scene, box, rect } = fixture();
  const gone = box({ height: 3 });
  const b = box({ height: 1 });
  engine.run(10, 5);
  scene.remove(gone);
  let anchor = f.NIL;
  while (anchor !== gone && scene.top < 200) anchor = scene.create(f.KIND_ANCHOR, f.ROOT, b);
  engine.run(10, 5);
  assert.deepEqual(rect(b), [0, 0, 10, 1]);
});

test('order rearranges siblings without moving them in the tree', () => {
  const { engine, scene, box, rect } = fixture();
  const [a, b, c] = [1, 2, 3].map((height) => box({ height }));
  scene.setI32(a, f.I32_ORDER, 5);
  scene.setI32(c, f.I32_ORDER, -1);
  engine.run(10, 10);
  assert.deepEqual([a, b, c].map((s) => rect(s)[1]), [5, 3, 0]);
});

test('right to left mirrors rows, margins and insets', () => {
  const { engine, box, rect } = fixture({ flexDirection: 'row', direction: 'rtl', paddingLeft: 1 });
  const a = box({ width: 3, height: 1, marginRight: 2 });
  const b = box({ width: 4, height: 1 });
  engine.run(20, 2);
  assert.deepEqual([rect(a), rect(b)], [[15, 0, 3, 1], [11, 0, 4, 1]]);
});

test('a scroll offset moves the children, is held to the content, and measures nothing again', () => {
  const { engine, scene, box, rect, f64 } = fixture({}, false);
  const view = box({ height: 4, overflowY: 'scroll' });
  const rows = Array.from({ length: 10 }, () => box({ height: 1, flexShrink: 0 }, view));
  engine.run(10, 10);
  assert.equal(f64(view, f.F64_CONTENT_H), 10);
  const { visits } = engine.counters;
  scene.setI32(view, f.I32_SCROLL_Y, 3);
  assert.equal(engine.run(10, 10), true);
  assert.equal(engine.counters.visits, visits);
  assert.deepEqual(rect(rows[0]), [0, -3, 10, 1]);
  scene.setI32(view, f.I32_SCROLL_Y, 99);
  engine.run(10, 10);
  assert.equal(scene.i32.array[f.I32_SCROLL_Y * scene.capacity + view], 6);
  for (const row of rows.slice(5)) scene.remove(row);
  engine.run(10, 10);
  assert.equal(scene.i32.array[f.I32_SCROLL_Y * scene.capacity + view], 1);
  assert.deepEqual(rect(rows[0]), [0, -1, 10, 1]);
});

test('ink covers overflowing children, and a clipping box holds it to its padding box', () => {
  const { engine, box, ink, style } = fixture({ alignItems: 'flex-start' });
  const outer = box({ width: 6, height: 4, borderLeft: 1, borderRight: 1, borderTop: 1, borderBottom: 1 });
  box({ width: 10, height: 2, flexShrink: 0 }, outer);
  engine.run(20, 10);
  assert.deepEqual(ink(outer), [0, 0, 11, 4]);
  style(outer, { overflowX: 'hidden' });
  engine.run(20, 10);
  assert.deepEqual(ink(outer), [0, 0, 6, 4]);
});

test('the root may be as high as its content', () => {
  const { engine, text, rect } = fixture();
  text('one two three');
  text('four');
  engine.run(8, NaN);
  assert.deepEqual(rect(f.ROOT), [0, 0, 8, 3]);
});

test('vw and vh follow the viewport', () => {
  const { engine, scene, box, rect } = fixture({ alignItems: 'flex-start' });
  const a = box({});
  scene.setLength(a, f.LEN_WIDTH, 50, f.UNIT_VW);
  scene.setLength(a, f.LEN_HEIGHT, 25, f.UNIT_VH);
  engine.run(80, 24);
  assert.deepEqual(rect(a), [0, 0, 40, 6]);
  engine.run(40, 8);
  assert.deepEqual(rect(a), [0, 0, 20, 2]);
});

test('nothing dirty does nothing', () => {
  const { engine, text, scene } = fixture({}, false);
  text('hello');
  assert.equal(engine.run(10, 5), true);
  const { visits, runs } = engine.counters;
  scene.moved.length = 0;
  assert.equal(engine.run(10, 5), false);
  assert.equal(engine.counters.visits, visits);
  assert.equal(engine.counters.runs, runs);
  assert.equal(scene.moved.length, 0);
});

test('a change inside a box of fixed size stays inside it', () => {
  const { engine, scene, box, text } = fixture({}, false);
  const panels = Array.from({ length: 50 }, () => box({ height: 5 }));
  const rows = panels.map((panel) => text('row', {}, panel));
  engine.run(20, 300);
  const { visits } = engine.counters;
  scene.setText(rows[7], 'a much longer text that needs several lines');
  engine.run(20, 300);
  assert.ok(engine.counters.visits - visits <= 8, `${engine.counters.visits - visits} visits`);
});

test('moved lists exactly the nodes whose cells changed', () => {
  const { engine, scene, text, rect } = fixture();
  const a = text('one');
  const b = text('two');
  const c = text('three');
  engine.run(10, 10);
  scene.clean();
  scene.setText(b, 'two\nlines');
  engine.run(10, 10);
  assert.deepEqual([...scene.moved.slots.subarray(0, scene.moved.length)].sort(), [b, c].sort());
  assert.deepEqual(rect(a), [0, 0, 10, 1]);
});

test('0 × 0 and 1 × 1 viewports, absurd and negative lengths give finite sizes that are not negative', () => {
  const { engine, scene, box, text, rect } = fixture({ flexDirection: 'row', flexWrap: 'wrap' });
  const a = box({ width: 1e30, height: -5, marginLeft: -1e30, paddingLeft: 1e9 });
  const b = text('word', { maxWidth: -3, flexBasis: 5 }, a);
  box({ minWidth: 70_000, maxWidth: 3, position: 'absolute', left: 1e20, right: 1e20 }, a);
  for (const [w, h] of [[0, 0], [1, 1], [80, 24], [1e9, 1e9]]) engine.run(w, h);
  assert.deepEqual(rect(f.ROOT), [0, 0, 65_535, 65_535]);
  for (const slot of [a, b]) for (const size of rect(slot).slice(2)) assert.ok(size >= 0 && size <= 2_097_150);
  assert.equal(scene.live, 4);
});

test('10,000 nested boxes are laid out and grow from the innermost text outwards', () => {
  for (const direction of ['column', 'row', 'alternating']) {
    const { engine, scene, text, rect } = fixture({ alignItems: 'flex-start' }, false);
    let parent = f.ROOT;
    for (let depth = 0; depth < 10_000; depth++) {
      parent = scene.create(f.KIND_BOX, parent, f.NIL);
      const row = direction === 'row' || (direction === 'alternating' && depth % 2 === 0);
      scene.setU8(parent, f.U8_FLEX_DIRECTION, row ? f.FLEX_ROW : f.FLEX_COLUMN);
      scene.setU8(parent, f.U8_ALIGN_ITEMS, f.ALIGN_FLEX_START);
    }
    const leaf = text('deep down', {}, parent);
    engine.run(80, 24);
    assert.deepEqual(rect(2), [0, 0, 9, 1], direction);
    const { visits } = engine.counters;
    scene.setText(leaf, 'deeper');
    engine.run(80, 24);
    assert.deepEqual(rect(2), [0, 0, 6, 1], direction);
    assert.ok(engine.counters.visits - visits < 200_000, `${direction}: ${engine.counters.visits - visits} visits`);
    engine.release();
    scene.release();
  }
});

test('an alternating nest is measured in time linear in its depth', () => {
  const visitsAt = (depth: number): number => {
    const { engine, scene, text } = fixture({}, false);
    let parent = f.ROOT;
    for (let d = 0; d < depth; d++) {
      parent = scene.create(f.KIND_BOX, parent, f.NIL);
      scene.setU8(parent, f.U8_FLEX_DIRECTION, d % 2 === 0 ? f.FLEX_ROW : f.FLEX_COLUMN);
    }
    text('a text that wraps here and there', {}, parent);
    engine.run(20, 24);
    return engine.counters.visits;
  };
  assert.ok(visitsAt(100) < 2.5 * visitsAt(50));
});

test('release gives all memory back, once, and ends the engine', () => {
  const { engine, scene, box } = fixture({}, false);
  for (let k = 0; k < 500; k++) box({ height: 1 });
  engine.run(80, 24);
  const used = bufferPool.usedBytes;
  const bytes = engine.byteLength;
  engine.release();
  engine.release();
  assert.equal(bufferPool.usedBytes, used - bytes);
  assert.throws(() => engine.run(10, 10), PhaseError);
  scene.release();
});


test('a text that is as high as before at this width is measured anew at widths seen earlier', () => {
  const { engine, scene, text, rect } = fixture({ alignItems: 'flex-start' });
  const a = text('aaaa bb cccc dd');
  for (const width of [8, 20]) engine.run(width, 10);
  scene.setText(a, 'aaaa cccc bb dd');
  for (const width of [20, 8]) engine.run(width, 10);
  assert.deepEqual(rect(a), [0, 0, 8, 3]);
});

test('a grid places items by line, area and in order, and shares space by fractions', () => {
  const { engine, box, rect, style } = fixture({
    display: 'grid',
    gridTemplateColumns: '10 1fr [end-of-main] 2fr',
    gridTemplateRows: ['auto', '1fr'],
    columnGap: 1,
  });
  const a = box({ height: 2 });
  const wide = box({ gridColumnStart: 'span 2' });
  const b = box({});
  const last = box({ gridColumnEnd: -1, gridColumnStart: 'end-of-main' });
  engine.run(42, 10);
  assert.deepEqual([a, wide, b, last].map(rect), [[0, 0, 10, 2], [11, 0, 31, 2], [0, 2, 10, 8], [22, 2, 20, 8]]);
  style(f.ROOT, { gridTemplateAreas: ['head head head', 'nav main main'] });
  style(a, { gridColumnStart: 'main', gridColumnEnd: 'main', gridRowStart: 'main', gridRowEnd: 'main' });
  engine.run(42, 10);
  assert.deepEqual(rect(a), [11, 0, 31, 2]);
});

test('repeat(auto-fill) follows the width; auto-fit collapses what stays empty', () => {
  const { engine, box, rect, style } = fixture({ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(8, 1fr))' });
  const items = Array.from({ length: 3 }, () => box({ height: 1 }));
  engine.run(33, 6);
  assert.deepEqual(items.map((slot) => rect(slot)[2]), [8, 9, 8]);
  engine.run(16, 6);
  assert.deepEqual(items.map((slot) => rect(slot).slice(0, 2)), [[0, 0], [8, 0], [0, 3]]);
  style(f.ROOT, { gridTemplateColumns: 'repeat(auto-fit, minmax(8, 1fr))' });
  engine.run(33, 6);
  assert.deepEqual(items.map((slot) => rect(slot)[2]), [11, 11, 11]);
});

test('docked children take strips of the content box in turn, the flow gets the rest', () => {
  const { engine, box, text, rect } = fixture({ borderTop: 1, borderLeft: 1, borderRight: 1, borderBottom: 1 });
  const head = text('title', { dock: 'top' });
  const side = box({ dock: 'left', width: 5 });
  const foot = box({ dock: 'bottom', height: 2 });
  const right = text('abc', { dock: 'right' });
  const main = box({ flexGrow: 1 });
  engine.run(20, 10);
  assert.deepEqual([head, side, foot, right, main].map(rect), [
    [1, 1, 18, 1],
    [1, 2, 5, 7],
    [6, 7, 13, 2],
    [16, 2, 3, 5],
    [6, 2, 10, 5],
  ]);
});

test('a container is as large as its docked children and its flow together', () => {
  const { engine, box, text, rect } = fixture({ alignItems: 'flex-start' });
  const frame = box({});
  text('head', { dock: 'top' }, frame);
  text('side', { dock: 'left' }, frame);
  text('content', {}, frame);
  engine.run(40, 10);
  assert.deepEqual(rect(frame), [0, 0, 11, 2]);
});

test('a sticky scroll offset follows the end of the content until it is moved away, and again when it is back', () => {
  const { engine, scene, box } = fixture();
  const view = box({ height: 3, overflowY: 'scroll' });
  const offset = (): number => scene.i32.array[f.I32_SCROLL_Y * scene.capacity + view];
  const add = (count: number): void => {
    for (let k = 0; k < count; k++) box({ height: 1, flexShrink: 0 }, view);
    engine.run(10, 10);
  };
  scene.setU8(view, f.U8_STICKY_END, 1);
  add(5);
  assert.equal(offset(), 2);
  add(2);
  assert.equal(offset(), 4);
  scene.setI32(view, f.I32_SCROLL_Y, 1);
  add(3);
  assert.equal(offset(), 1);
  scene.setI32(view, f.I32_SCROLL_Y, 99);
  add(1);
  assert.equal(offset(), 8);
});

test('rows align by the first line of their texts', () => {
  const { engine, box, text, rect } = fixture({ flexDirection: 'row', alignItems: 'baseline' });
  const label = text('label');
  const framed = box({ borderTop: 1, borderBottom: 1, borderLeft: 1, borderRight: 1 });
  text('value', {}, framed);
  engine.run(30, 6);
  assert.deepEqual([rect(label), rect(framed)], [[0, 1, 5, 1], [5, 0, 7, 3]]);
});

test('lines far outside the grid are brought inside, and huge grids with few items stay small', () => {
  const { engine, scene, box, rect } = fixture({ display: 'grid', gridAutoRows: '0' });
  const far = box({ width: 3, height: 1, gridRowStart: 1_000_000, gridColumnStart: -1_000_000 });
  const span = box({ width: 2, height: 1, gridRowStart: 'span 99999' });
  engine.run(20, 10);
  assert.deepEqual([rect(far)[2], rect(span)[2]], [3, 2]);
  assert.equal(scene.live, 3);
});

test('10,000 nested grids are laid out', () => {
  const { engine, scene, text, rect } = fixture({ alignItems: 'flex-start' }, false);
  let parent = f.ROOT;
  for (let depth = 0; depth < 10_000; depth++) {
    parent = scene.create(f.KIND_BOX, parent, f.NIL);
    scene.setU8(parent, f.U8_DISPLAY, depth % 3 === 0 ? f.DISPLAY_FLEX : f.DISPLAY_GRID);
  }
  text('deep down', {}, parent);
  engine.run(80, 24);
  assert.deepEqual(rect(2), [0, 0, 9, 1]);
  engine.release();
  scene.release();
});

test('a first layout measures a leaf at most three times, a clean one never', () => {
  const { engine, box, text } = fixture({}, false);
  let leaves = 0;
  for (const display of ['flex', 'grid']) {
    for (const flexDirection of ['row', 'column']) {
      for (const alignItems of ['stretch', 'center', 'baseline']) {
        const outer = box({ display, flexDirection, alignItems, gridTemplateColumns: 'auto 1fr minmax(min-content, 8)' });
        for (let k = 0; k < 20; k++, leaves++) text('some words that wrap', {}, k % 2 === 0 ? outer : box({ paddingLeft: 1 }, outer));
      }
    }
  }
  engine.run(60, 300);
  const { measures } = engine.counters;
  assert.ok(measures <= 3 * leaves, `${measures} measures of ${leaves} leaves`);
  engine.run(60, 300);
  assert.equal(engine.counters.measures, measures);
});

test('a baseline that moves without a change of size moves what is aligned by it', () => {
  const { engine, scene, box, text, rect, style } = fixture({ flexDirection: 'row', alignItems: 'baseline' });
  const label = text('label');
  const panel = box({ height: 5, width: 8 });
  const inner = text('value', {}, panel);
  engine.run(30, 8);
  assert.equal(rect(label)[1], 0);
  style(inner, { marginTop: 3 });
  engine.run(30, 8);
  assert.equal(rect(label)[1], 3);
  scene.remove(inner);
  engine.run(30, 8);
  assert.equal(rect(label)[1], 4);
});
