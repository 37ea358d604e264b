import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { RowHeights } from './row-heights.ts';

describe('RowHeights', () => {
  test('offsets, rows by distance and totals are those of a plain array, whatever was measured', () => {
    const edit = fc.tuple(fc.nat(399), fc.nat(9));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 3 }), fc.array(edit, { maxLength: 60 }), (length, estimate, edits) => {
        const heights = new RowHeights(length, estimate);
        const model = new Array<number>(length).fill(estimate);
        for (const [at, cells] of edits) {
          const index = at % length;
          const known = heights.measuredHeight(index) === cells;
          assert.equal(heights.set(index, cells), !known);
          model[index] = cells;
        }
        let sum = 0;
        for (let i = 0; i < length; i++) {
          assert.equal(heights.offset(i), sum);
          if (model[i] > 0) assert.equal(heights.find(sum + model[i] - 1), i);
          sum += model[i];
        }
        assert.equal(heights.total, sum);
        assert.equal(heights.find(sum + 10), length - 1);
      }),
      { numRuns: 100 },
    );
  });

  test('a better estimate moves what was not measured, and offsets never decrease', () => {
    const heights = new RowHeights(1000, 1);
    for (let i = 0; i < 1000; i += 7) heights.set(i, i % 4);
    heights.estimate = heights.mean;
    assert.ok(Math.abs(heights.total - 1500) < 10);
    for (let i = 0; i < 1000; i++) assert.ok(heights.offset(i + 1) >= heights.offset(i));
  });

  test('measured rows come in order', () => {
    const heights = new RowHeights(500, 1);
    for (const i of [499, 0, 64, 63, 128]) heights.set(i, i + 1);
    const seen: [number, number][] = [];
    heights.forEach((index, cells) => seen.push([index, cells]));
    assert.deepEqual(seen, [[0, 1], [63, 64], [64, 65], [128, 129], [499, 500]]);
    assert.equal(heights.measured, 5);
  });

  test('an empty list has no cells, and its row 0 at every distance', () => {
    const heights = new RowHeights(0, 1);
    assert.equal(heights.total, 0);
    assert.equal(heights.find(10), 0);
  });
});
