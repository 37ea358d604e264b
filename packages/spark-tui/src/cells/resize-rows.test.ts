/** Other heights of the parts of a screen: the rows that stay keep what they hold. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { bufferPool } from '../base/index.ts';
import { CellBuffer } from './cell-buffer.ts';
import { CELL_WORDS } from './cell-format.ts';
import { Damage } from './damage.ts';
import { OwnerPlane } from './owner-plane.ts';
import { RowSpans } from './row-spans.ts';

const COLS = 7;

describe('another height', () => {
  test('rows that stay keep cells and owners, new ones are blank and nobody\'s, and all memory goes back', () => {
    const before = bufferPool.usedBytes;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 }), (heights) => {
        const cells = new CellBuffer(COLS, 3);
        const owners = new OwnerPlane(COLS, 3);
        let kept = 0;
        const mark = (rows: number): void => {
          for (let y = 0; y < rows; y++) {
            cells.set(3, y, (0x61 + (y % 26)) | (1 << 22), y + 1, 0, 0);
            owners.set(3, y, y + 1, y + 2);
          }
          kept = rows;
        };
        mark(3);
        for (const rows of heights) {
          cells.resizeRows(rows);
          owners.resizeRows(rows);
          assert.equal(cells.words.length, COLS * rows * CELL_WORDS);
          for (let y = 0; y < rows; y++) {
            assert.equal(cells.words[(y * COLS + 3) * CELL_WORDS + 1], y < kept ? y + 1 : 0);
            assert.equal(cells.words[(y * COLS + 2) * CELL_WORDS], 0);
            assert.equal(owners.at(3, y), y < kept ? y + 1 : 0);
            assert.equal(owners.generationAt(3, y), y < kept ? y + 2 : 0);
          }
          mark(rows);
        }
        cells.release();
        owners.release();
      }),
      { numRuns: 60 },
    );
    assert.equal(bufferPool.usedBytes, before);
  });

  test('damage outside is cut off, inside it stays', () => {
    const damage = new Damage(COLS, 10);
    damage.add(0, 0, 2, 1);
    damage.add(4, 6, 7, 10);
    damage.resizeRows(8);
    assert.deepEqual(Array.from(damage.rects.subarray(0, damage.count * 4)), [0, 0, 2, 1, 4, 6, 7, 8]);
    damage.resizeRows(5);
    assert.deepEqual(Array.from(damage.rects.subarray(0, damage.count * 4)), [0, 0, 2, 1]);
    damage.add(0, 8, 1, 9);
    assert.equal(damage.count, 1);
  });

  test('rows stay as dirty as they were; new ones are clean and can become dirty', () => {
    const spans = new RowSpans(COLS, 4);
    spans.mark(1, 2, 4);
    spans.mark(3, 0, 7);
    spans.resizeRows(2);
    assert.deepEqual([spans.top, spans.bottom, spans.starts[1], spans.ends[1]], [1, 2, 2, 4]);
    spans.resizeRows(6);
    assert.equal(spans.ends[3], 0);
    spans.mark(5, 1, 2);
    assert.deepEqual([spans.top, spans.bottom], [1, 6]);
    spans.resizeRows(1);
    assert.ok(spans.isEmpty);
  });
});
