import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Damage, MAX_DAMAGE_RECTS } from './damage.ts';
import { RowSpans } from './row-spans.ts';

const COLS = 60;
const ROWS = 40;

const rectangle = fc.tuple(
  fc.integer({ min: -5, max: COLS + 5 }),
  fc.integer({ min: -5, max: ROWS + 5 }),
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 5 }),
);

function covered(damage: Damage): Uint8Array {
  const cells = new Uint8Array(COLS * ROWS);
  for (let i = 0; i < damage.count; i++) {
    const [x0, y0, x1, y1] = damage.rects.subarray(i * 4, i * 4 + 4);
    assert.ok(x0 >= 0 && y0 >= 0 && x1 <= COLS && y1 <= ROWS && x0 < x1 && y0 < y1, 'rectangle inside the screen');
    for (let y = y0; y < y1; y++) cells.fill(1, y * COLS + x0, y * COLS + x1);
  }
  return cells;
}

describe('Damage', () => {
  test('covers every added cell with at most 64 rectangles inside the screen', () => {
    fc.assert(
      fc.property(fc.array(rectangle, { minLength: 1, maxLength: 250 }), (added) => {
        const damage = new Damage(COLS, ROWS);
        const wanted = new Uint8Array(COLS * ROWS);
        for (const [x, y, w, h] of added) {
          damage.add(x, y, x + w, y + h);
          assert.ok(damage.count <= MAX_DAMAGE_RECTS);
          for (let cy = Math.max(0, y); cy < Math.min(ROWS, y + h); cy++) {
            for (let cx = Math.max(0, x); cx < Math.min(COLS, x + w); cx++) wanted[cy * COLS + cx] = 1;
          }
        }
        const cells = covered(damage);
        for (let i = 0; i < wanted.length; i++) assert.ok(wanted[i] <= cells[i], `cell ${i} was lost`);
      }),
      { numRuns: 150 },
    );
  });

  test('neighbours become one rectangle, far ones stay apart', () => {
    const damage = new Damage(COLS, ROWS);
    damage.add(0, 0, 10, 1);
    damage.add(10, 0, 20, 1);
    assert.equal(damage.count, 1);
    assert.deepEqual([...damage.rects.subarray(0, 4)], [0, 0, 20, 1]);
    damage.add(0, 39, 60, 40);
    assert.equal(damage.count, 2);
    damage.add(2, 0, 5, 1);
    assert.equal(damage.count, 2);
  });

  test('a rectangle that closes the gap between two merges all three', () => {
    const damage = new Damage(COLS, ROWS);
    damage.add(0, 0, 20, 10);
    damage.add(40, 0, 60, 10);
    assert.equal(damage.count, 2);
    damage.add(20, 0, 40, 10);
    assert.deepEqual([damage.count, ...damage.rects.subarray(0, 4)], [1, 0, 0, 60, 10]);
  });

  test('when full, the cheapest pair is merged and the rest keep their precision', () => {
    const damage = new Damage(2000, 2000);
    for (let i = 0; i < MAX_DAMAGE_RECTS; i++) damage.add(i * 30, (i % 2) * 1000, i * 30 + 1, (i % 2) * 1000 + 1);
    assert.equal(damage.count, MAX_DAMAGE_RECTS);
    damage.add(40, 0, 41, 1); // 19 columns from the rectangle at 60: no free merge, but the cheapest pair
    damage.add(1999, 500, 2000, 501);
    assert.equal(damage.count, MAX_DAMAGE_RECTS);
    let area = 0;
    for (let i = 0; i < damage.count; i++) {
      const [x0, y0, x1, y1] = damage.rects.subarray(i * 4, i * 4 + 4);
      area += (x1 - x0) * (y1 - y0);
    }
    assert.ok(area < 250, `painted area ${area}`);
  });

  test('remembered partners stay right: each overflow merges the truly cheapest pair', () => {
    let overflows = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1990), fc.nat(1990)), { minLength: 90, maxLength: 140 }), (points) => {
        const damage = new Damage(2000, 2000);
        for (const [x, y] of points) {
          const before = Array.from({ length: damage.count }, (_, i) => [...damage.rects.subarray(i * 4, i * 4 + 4)]);
          damage.add(x, y, x + 2, y + 2);
          if (before.length < MAX_DAMAGE_RECTS || damage.count !== MAX_DAMAGE_RECTS) continue;
          const after = Array.from({ length: damage.count }, (_, i) => [...damage.rects.subarray(i * 4, i * 4 + 4)].join());
          const gone = before.filter((rect) => !after.includes(rect.join()));
          if (gone.length !== 2 || !after.includes([x, y, x + 2, y + 2].join())) continue;
          const all = [...before, [x, y, x + 2, y + 2]];
          let least = Infinity;
          for (let i = 0; i < all.length; i++) for (let j = 0; j < i; j++) least = Math.min(least, wasteOf(all[i], all[j]));
          assert.equal(wasteOf(gone[0], gone[1]), least);
          overflows++;
        }
      }),
      { numRuns: 20 },
    );
    assert.ok(overflows > 100, `${overflows} overflows compared`);
  });
});

function wasteOf(a: number[], b: number[]): number {
  const area = (r: number[]): number => (r[2] - r[0]) * (r[3] - r[1]);
  const union = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
  return area(union) - area(a) - area(b);
}

describe('RowSpans', () => {
  test('holds the smallest span that covers what was marked in each row', () => {
    const mark = fc.tuple(fc.integer({ min: -2, max: 12 }), fc.integer({ min: -3, max: 22 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 30 }), (marks) => {
        const spans = new RowSpans(20, 10);
        const wanted = new Map<number, [number, number]>();
        for (const [y, x, w] of marks) {
          spans.mark(y, x, x + w);
          const start = Math.max(0, x);
          const end = Math.min(20, x + w);
          if (y < 0 || y >= 10 || start >= end) continue;
          const old = wanted.get(y) ?? [start, end];
          wanted.set(y, [Math.min(old[0], start), Math.max(old[1], end)]);
        }
        for (let y = 0; y < 10; y++) {
          const want = wanted.get(y);
          assert.equal(spans.ends[y], want === undefined ? 0 : want[1]);
          if (want === undefined) continue;
          assert.equal(spans.starts[y], want[0]);
          assert.ok(y >= spans.top && y < spans.bottom);
        }
        assert.equal(spans.isEmpty, wanted.size === 0);
        spans.clear();
        assert.ok(spans.isEmpty && spans.ends.every((end) => end === 0));
      }),
      { numRuns: 200 },
    );
  });
});
