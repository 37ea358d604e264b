import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffRows } from './row-diff.ts';

interface Item {
  readonly id: number;
}

test('tells for every old row where its key is now', () => {
  const list = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const map = diffRows<Item, number>(
        before.map((id) => ({ id })),
        after.map((id) => ({ id })),
        ({ id }) => id,
      );
      before.forEach((id, index) => assert.equal(map(index), after.indexOf(id)));
    }),
    { numRuns: 300 },
  );
});

test('rows added at one place cost keys only at the seams', () => {
  const rows = Array.from({ length: 10_000 }, (_, id) => ({ id }));
  const more = [...rows.slice(0, 5000), { id: -1 }, { id: -2 }, ...rows.slice(5000)];
  let asked = 0;
  const map = diffRows<Item, number>(rows, more, ({ id }) => {
    asked++;
    return id;
  });
  assert.equal(map(4999), 4999);
  assert.equal(map(5000), 5002);
  assert.ok(asked < 10, `${asked} keys`);
});
