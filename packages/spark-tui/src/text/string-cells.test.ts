import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { center, columnToIndex, indexToColumn, padEnd, padStart, sliceCells, truncate } from './string-cells.ts';
import { stringWidth } from './string-width.ts';

test('truncate leaves out text at the end, the start or the middle', () => {
  assert.equal(truncate('some long text', 8), 'some lo…');
  assert.equal(truncate('some long text', 8, { position: 'start' }), '…ng text');
  assert.equal(truncate('/home/user/file.txt', 10, { position: 'middle' }), '/home….txt');
  assert.equal(truncate('some long text', 8, { ellipsis: '...' }), 'some ...');
  assert.equal(truncate('漢字漢', 4), '漢…');
  assert.equal(truncate('abc', 3), 'abc');
  assert.equal(truncate('abcd', 2, { ellipsis: '...' }), 'ab');
  assert.equal(truncate('abcd', 0), '');
  assert.throws(() => truncate('abcd', 2, { position: 'left' as 'start' }), OptionError);
});

test('sliceCells keeps columns: half a wide cluster is a space', () => {
  assert.equal(sliceCells('a漢b', 0, 3), 'a漢');
  assert.equal(sliceCells('a漢b', 0, 2), 'a ');
  assert.equal(sliceCells('a漢b', 2, 4), ' b');
  assert.equal(sliceCells('e\u0301x', 0, 1), 'e\u0301');
  assert.equal(sliceCells('abc', 1), 'bc');
  assert.equal(sliceCells('abc', 5, 9), '');
});

test('padding counts cells', () => {
  assert.equal(padEnd('漢', 4), '漢  ');
  assert.equal(padStart('漢', 4), '  漢');
  assert.equal(center('漢', 5), ' 漢  ');
  assert.equal(center('toolong', 3), 'toolong');
});

test('columns and indices find each other', () => {
  assert.equal(indexToColumn('漢b', 1), 2);
  assert.equal(columnToIndex('漢b', 1), 0);
  assert.equal(indexToColumn('e\u0301x', 1), 0, 'an index inside a cluster');
  assert.equal(columnToIndex('ab', 9), 2);
  assert.equal(indexToColumn('ab', 9), 2);
});

test('property: truncation fits, slices have exactly their width, columns round-trip', () => {
  const unit = fc.constantFrom(...'abc 漢字👍', 'e\u0301', '👩‍🚀', '🇩🇪');
  const text = fc.string({ unit, maxLength: 15 });
  const cells = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(text, cells, cells, fc.constantFrom('start' as const, 'middle' as const, 'end' as const), (line, a, b, position) => {
      assert.ok(stringWidth(truncate(line, a, { position })) <= a || stringWidth(line) <= a);
      const from = Math.min(a, b);
      const to = Math.max(a, b);
      const total = stringWidth(line);
      assert.equal(stringWidth(sliceCells(line, from, to)), Math.max(0, Math.min(to, total) - from));
      const index = columnToIndex(line, a);
      assert.equal(columnToIndex(line, indexToColumn(line, index)), index);
      assert.ok(indexToColumn(line, index) <= a);
    }),
    { numRuns: 500 },
  );
});
