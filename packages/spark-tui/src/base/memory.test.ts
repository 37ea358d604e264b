/** The bounded containers: pool, section, slab, gauge. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bufferPool, CapacityError, GaugeSet, Section, Slab } from './index.ts';

test('the pool hands a returned buffer out again, zero-filled', () => {
  bufferPool.trim();
  const first = bufferPool.acquire(5000);
  new Uint8Array(first).fill(7);
  bufferPool.release(first);
  const again = bufferPool.acquire(8000);
  assert.equal(again, first);
  assert.ok(new Uint8Array(again).every((byte) => byte === 0));
  bufferPool.release(again);
  bufferPool.trim();
  assert.equal(bufferPool.keptBytes, 0);
});

test('what the pool keeps is bounded', () => {
  bufferPool.trim();
  const buffers = Array.from({ length: 20 }, () => bufferPool.acquire(8 * 1024 * 1024));
  const used = bufferPool.usedBytes;
  for (const buffer of buffers) bufferPool.release(buffer);
  assert.ok(bufferPool.keptBytes <= 64 * 1024 * 1024);
  assert.equal(bufferPool.usedBytes, used - 20 * 8 * 1024 * 1024);
  bufferPool.trim();
});

test('a section keeps every value when it grows, and gives its memory back', () => {
  const before = bufferPool.usedBytes;
  const section = new Section(Int32Array, 3, 4);
  for (let c = 0; c < 3; c++) for (let s = 0; s < 4; s++) section.array[c * 4 + s] = c * 10 + s;
  section.grow(64);
  for (let c = 0; c < 3; c++) {
    for (let s = 0; s < 4; s++) assert.equal(section.column(c)[s], c * 10 + s);
    for (let s = 4; s < 64; s++) assert.equal(section.column(c)[s], 0);
  }
  section.release();
  assert.equal(bufferPool.usedBytes, before);
  assert.equal(section.byteLength, 0);
});

test('slab blocks never overlap, are reused, and never start at 0', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ free: fc.boolean(), length: fc.integer({ min: 1, max: 70 }), at: fc.nat() }), { maxLength: 150 }), (actions) => {
      const slab = new Slab(64, 1 << 20, 'limit');
      const live: { offset: number; length: number; id: number }[] = [];
      let id = 1;
      for (const { free, length, at } of actions) {
        if (free && live.length > 0) {
          const [block] = live.splice(at % live.length, 1);
          slab.free(block.offset, block.length);
        } else {
          const offset = slab.alloc(length);
          assert.ok(offset > 0);
          slab.words.fill(id, offset, offset + length);
          live.push({ offset, length, id: id++ });
        }
        for (const block of live) {
          for (let i = 0; i < block.length; i++) assert.equal(slab.words[block.offset + i], block.id);
        }
      }
      for (const block of live) slab.free(block.offset, block.length);
      assert.equal(slab.usedWords, 0);
      slab.release();
    }),
  );
});

test('a slab that may not grow names the option that raises its limit', () => {
  const slab = new Slab(1024, 1024, 'textPoolSize');
  assert.throws(() => slab.alloc(5000), (error) => error instanceof CapacityError && /textPoolSize/.test(error.message));
  slab.release();
});

test('a gauge remembers its highest value and reads its source on demand', () => {
  const gauges = new GaugeSet();
  let live = 3;
  gauges.register('live', 10, () => live);
  const counted = gauges.register('counted');
  counted.add(5);
  counted.add(-4);
  assert.deepEqual(gauges.values(), { live: 3, counted: 1 });
  live = 1;
  assert.deepEqual(gauges.readings(), [
    { name: 'live', value: 1, high: 3, bound: 10 },
    { name: 'counted', value: 1, high: 5, bound: Infinity },
  ]);
  assert.throws(() => gauges.register('live'), /twice/);
});
