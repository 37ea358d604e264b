import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { bufferPool } from '../base/index.ts';
import { CellBuffer } from './cell-buffer.ts';
import { CELL_WORDS, GLYPH_CONTINUATION, GLYPH_SPACE, GLYPH_WIDE, GLYPH_WIDTH_MASK } from './cell-format.ts';

const NARROW = 0x41 | (1 << 22);
const WIDE = 0x4e00 | GLYPH_WIDE;

function glyphAt(buffer: CellBuffer, x: number, y: number): number {
  return buffer.words[(y * buffer.cols + x) * CELL_WORDS];
}

function cellAt(buffer: CellBuffer, x: number, y: number): number[] {
  const at = (y * buffer.cols + x) * CELL_WORDS;
  return Array.from(buffer.words.subarray(at, at + CELL_WORDS));
}

function assertNoOrphans(buffer: CellBuffer): void {
  for (let y = 0; y < buffer.rows; y++) {
    for (let x = 0; x < buffer.cols; x++) {
      const width = glyphAt(buffer, x, y) & GLYPH_WIDTH_MASK;
      if (width === GLYPH_CONTINUATION) {
        assert.ok(x > 0 && (glyphAt(buffer, x - 1, y) & GLYPH_WIDTH_MASK) === GLYPH_WIDE, `orphan tail at ${x},${y}`);
        assert.deepEqual(cellAt(buffer, x, y).slice(1), cellAt(buffer, x - 1, y).slice(1), `tail colours at ${x},${y}`);
      }
      if (width === GLYPH_WIDE) {
        assert.ok(x + 1 < buffer.cols && glyphAt(buffer, x + 1, y) === GLYPH_CONTINUATION, `orphan head at ${x},${y}`);
      }
    }
  }
}

describe('CellBuffer', () => {
  test('starts blank in default colours, also in recycled memory', () => {
    const first = new CellBuffer(10, 4);
    first.set(3, 2, NARROW, 1, 2, 3);
    first.release();
    const second = new CellBuffer(10, 4);
    assert.ok(second.words.every((word) => word === 0));
    second.release();
  });

  test('a wide glyph takes two cells of the same colours', () => {
    const buffer = new CellBuffer(4, 1);
    buffer.set(1, 0, WIDE, 7, 8, 9);
    assert.deepEqual(cellAt(buffer, 1, 0), [WIDE, 7, 8, 9]);
    assert.deepEqual(cellAt(buffer, 2, 0), [GLYPH_CONTINUATION, 7, 8, 9]);
    buffer.release();
  });

  test('writing over the right half blanks the left half and keeps its colours', () => {
    const buffer = new CellBuffer(4, 1);
    buffer.set(1, 0, WIDE, 7, 8, 9);
    buffer.set(2, 0, NARROW, 1, 1, 1);
    assert.deepEqual(cellAt(buffer, 1, 0), [0, 7, 8, 9]);
    assert.deepEqual(cellAt(buffer, 2, 0), [NARROW, 1, 1, 1]);
    buffer.release();
  });

  test('writing over the left half blanks the right half and keeps its colours', () => {
    const buffer = new CellBuffer(4, 1);
    buffer.set(1, 0, WIDE, 7, 8, 9);
    buffer.set(1, 0, NARROW, 1, 1, 1);
    assert.deepEqual(cellAt(buffer, 2, 0), [0, 7, 8, 9]);
    buffer.release();
  });

  test('a wide glyph that does not fit becomes a blank in its colours', () => {
    const buffer = new CellBuffer(4, 1);
    buffer.set(3, 0, WIDE, 7, 8, 9);
    assert.deepEqual(cellAt(buffer, 3, 0), [0, 7, 8, 9]);
    buffer.set(0, 0, WIDE, 7, 8, 9, 1);
    assert.deepEqual(cellAt(buffer, 0, 0), [0, 7, 8, 9]);
    assert.deepEqual(cellAt(buffer, 1, 0), [0, 0, 0, 0]);
    buffer.release();
  });

  test('a space is stored as a blank', () => {
    const buffer = new CellBuffer(2, 1);
    buffer.set(0, 0, GLYPH_SPACE, 1, 2, 8);
    assert.deepEqual(cellAt(buffer, 0, 0), [0, 1, 2, 8]);
    buffer.release();
  });

  test('writes outside the screen change nothing', () => {
    const buffer = new CellBuffer(3, 2);
    for (const [x, y] of [[-1, 0], [3, 0], [0, -1], [0, 2]] as const) buffer.set(x, y, WIDE, 1, 2, 3);
    buffer.fill(-5, -5, 0, 9, 4);
    buffer.fill(2, 1, 2, 9, 4);
    assert.ok(buffer.words.every((word) => word === 0));
    buffer.release();
  });

  test('no half of a wide glyph is ever alone, whatever is written', () => {
    const coordinate = fc.integer({ min: -2, max: 9 });
    const write = fc.record({
      kind: fc.constantFrom('narrow', 'wide', 'wideClipped', 'fill', 'blank'),
      x: coordinate,
      y: fc.integer({ min: -1, max: 3 }),
      w: fc.integer({ min: 0, max: 5 }),
      colour: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
        const buffer = new CellBuffer(8, 3);
        for (const { kind, x, y, w, colour } of writes) {
          if (kind === 'fill') buffer.fill(x, y, x + w, y + 2, colour);
          else if (kind === 'blank') buffer.set(x, y, 0, colour, colour, 0);
          else if (kind === 'wideClipped') buffer.set(x, y, WIDE, colour, colour, 0, x + w);
          else buffer.set(x, y, kind === 'wide' ? WIDE : NARROW, colour, colour, colour);
          assertNoOrphans(buffer);
        }
        buffer.release();
      }),
      { numRuns: 200 },
    );
  });

  test('resize blanks everything; copyFrom takes size and content', () => {
    const a = new CellBuffer(4, 2);
    a.set(0, 0, NARROW, 1, 2, 3);
    const b = new CellBuffer(1, 1);
    b.copyFrom(a);
    assert.equal(b.cols, 4);
    assert.deepEqual(b.words, a.words);
    a.resize(3, 3);
    assert.equal(a.words.length, 3 * 3 * CELL_WORDS);
    assert.ok(a.words.every((word) => word === 0));
    a.release();
    b.release();
  });

  test('gives all memory back, also after growing and shrinking, and releases once', () => {
    const before = bufferPool.usedBytes;
    const buffer = new CellBuffer(80, 24);
    buffer.resize(1000, 500);
    buffer.resize(1, 1);
    assert.equal(buffer.byteLength, 4096);
    buffer.resize(0, 0);
    buffer.resize(200, 60);
    buffer.release();
    buffer.release();
    assert.equal(bufferPool.usedBytes, before);
    assert.equal(buffer.words.length, 0);
  });

  test('an impossible size is an OptionError', () => {
    for (const [cols, rows] of [[-1, 2], [1.5, 2], [2, 40000], [NaN, 1]] as const) {
      assert.throws(() => new CellBuffer(cols, rows), { code: 'SPARK_OPTION' });
    }
  });
});
