import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionError } from '../base/index.ts';
import { LayoutTree } from './layout-tree.ts';

test('a tree is laid out, changed and laid out again', () => {
  const tree = new LayoutTree({ verify: true });
  tree.style(tree.root, { flexDirection: 'row' });
  const a = tree.add(tree.root, { flexGrow: 1 }, 'one two');
  const b = tree.add(tree.root, { width: 6 });
  assert.equal(tree.compute(20, 4), true);
  assert.deepEqual([tree.cells(a), tree.box(b)], [[0, 0, 14, 4], [14, 0, 6, 4]]);
  assert.equal(tree.compute(20, 4), false);
  tree.style(b, { width: '50%' });
  tree.text(a, 'one');
  tree.compute(20, 4);
  assert.deepEqual([tree.cells(a), tree.cells(b)], [[0, 0, 10, 4], [10, 0, 10, 4]]);
  tree.remove(b);
  tree.compute(20, 4);
  assert.deepEqual(tree.cells(a), [0, 0, 20, 4]);
  tree.release();
});

test('a removed node is refused, also when another one has its place', () => {
  const tree = new LayoutTree();
  const gone = tree.add(tree.root);
  tree.remove(gone);
  const next = tree.add(tree.root);
  assert.notEqual(next, gone);
  assert.throws(() => tree.style(gone, { width: 3 }), OptionError);
  assert.throws(() => tree.box(0), OptionError);
  assert.throws(() => tree.remove(tree.root), OptionError);
  tree.release();
});

test('the last row of a bordered scroll box is reachable', () => {
  const tree = new LayoutTree({ verify: true });
  const view = tree.add(tree.root, { height: 5, overflowY: 'scroll', borderTop: 1, borderBottom: 1 });
  const rows = Array.from({ length: 9 }, (_, k) => tree.add(view, { flexShrink: 0 }, `row ${k}`));
  tree.compute(10, 10);
  tree.scrollTo(view, 0, 100);
  tree.compute(10, 10);
  assert.deepEqual(tree.cells(rows[8]), [0, 3, 10, 1]);
  assert.equal(tree.contentSize(view)[1], 9);
  tree.release();
});

test('a property, value, size or option that cannot be is refused by name', () => {
  const tree = new LayoutTree();
  for (const style of [{ widht: 3 }, { width: 'wide' }, { width: NaN }, { height: Infinity }, { flexGrow: NaN }, { display: 'table' }, { order: 1.5 }]) {
    assert.throws(() => tree.add(tree.root, style as never), OptionError, JSON.stringify(style));
  }
  assert.throws(() => new LayoutTree({ maxNodes: 0 }), OptionError);
  tree.release();
});
