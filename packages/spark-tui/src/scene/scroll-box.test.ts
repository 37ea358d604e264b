import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { GlyphTable } from '../text/index.ts';
import * as s from './index.ts';

function container(clientRows: number, contentRows: number, offset: number): { scene: s.Scene; slot: number } {
  const scene = new s.Scene({ maxNodes: 10, glyphs: new GlyphTable(), onDirty: () => {} });
  const slot = scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  const cap = scene.capacity;
  scene.u8.array[s.U8_OVERFLOW_Y * cap + slot] = s.OVERFLOW_AUTO;
  scene.u8.array[s.U8_SCROLLBAR_MODE * cap + slot] = s.SCROLLBAR_AUTO;
  scene.u8.array[s.U8_SCROLLBAR * cap + slot] = 1;
  scene.u8.array[s.U8_BARS * cap + slot] = s.BAR_VERTICAL;
  scene.i32.array[s.I32_W * cap + slot] = 10;
  scene.i32.array[s.I32_H * cap + slot] = clientRows;
  scene.f64.array[s.F64_W * cap + slot] = 10;
  scene.f64.array[s.F64_H * cap + slot] = clientRows;
  scene.f64.array[s.F64_CONTENT_W * cap + slot] = 9;
  scene.f64.array[s.F64_CONTENT_H * cap + slot] = contentRows;
  scene.i32.array[s.I32_SCROLL_Y * cap + slot] = offset;
  return { scene, slot };
}

const bar = s.createScrollBar();

describe('the thumb', () => {
  test('lies in its bar, is a cell at least, and is at an end exactly when scrolled to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (client, more, at) => {
        const content = client + more;
        const offset = at % (more + 1);
        const { scene, slot } = container(client, content, offset);
        assert.ok(s.readScrollBar(scene, slot, s.BAR_VERTICAL, bar));
        const track = client * 8;
        assert.equal(bar.lengthCells, client);
        assert.equal(bar.max, more);
        assert.ok(bar.thumbStart >= 0 && bar.thumbEnd <= track);
        assert.ok(bar.thumbEnd - bar.thumbStart >= 8);
        const room = track - (bar.thumbEnd - bar.thumbStart);
        if (room > 1) {
          assert.equal(bar.thumbStart === 0, offset === 0);
          assert.equal(bar.thumbEnd === track, offset === more);
        }
      }),
    );
  });

  test('put where it is leaves the offset within what one of its steps stands for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (client, more, at) => {
        const offset = at % (more + 1);
        const { scene, slot } = container(client, client + more, offset);
        s.readScrollBar(scene, slot, s.BAR_VERTICAL, bar);
        const room = client * 8 - (bar.thumbEnd - bar.thumbStart);
        const step = room === 0 ? more : more / room;
        assert.ok(Math.abs(s.offsetOfThumb(bar, bar.thumbStart) - offset) <= 1.5 * step + 1);
        assert.equal(s.offsetOfThumb(bar, -5), 0);
        if (room > 0) assert.equal(s.offsetOfThumb(bar, room + 5), more);
      }),
    );
  });

  test('is not there when there is nothing to scroll', () => {
    const { scene, slot } = container(5, 5, 0);
    assert.ok(s.readScrollBar(scene, slot, s.BAR_VERTICAL, bar));
    assert.equal(bar.thumbStart, bar.thumbEnd);
  });
});
