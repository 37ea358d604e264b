import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bufferPool } from '../base/index.ts';
import { OwnerPlane } from './owner-plane.ts';

describe('OwnerPlane', () => {
  test('answers who owns a cell, and with which generation', () => {
    const plane = new OwnerPlane(10, 4);
    plane.fillRect(-3, 1, 5, 99, 7, 0xffff_ffff);
    plane.set(4, 1, 8, 2);
    assert.equal(plane.at(0, 0), 0);
    assert.equal(plane.at(0, 1), 7);
    assert.equal(plane.generationAt(0, 3), 0xffff_ffff);
    assert.equal(plane.at(4, 1), 8);
    assert.equal(plane.generationAt(4, 1), 2);
    assert.equal(plane.at(5, 1), 0);
    plane.release();
  });

  test('outside the screen nobody owns anything and nothing is written', () => {
    const plane = new OwnerPlane(3, 2);
    for (const [x, y] of [[-1, 0], [3, 0], [0, -1], [0, 2]] as const) {
      plane.set(x, y, 1, 1);
      assert.equal(plane.at(x, y), 0);
      assert.equal(plane.generationAt(x, y), 0);
    }
    plane.fillRect(3, 0, 9, 2, 1, 1);
    assert.ok(plane.slots.every((slot) => slot === 0));
    plane.release();
  });

  test('resize frees all cells; release gives the memory back once', () => {
    const before = bufferPool.usedBytes;
    const plane = new OwnerPlane(80, 24);
    plane.fillRect(0, 0, 80, 24, 5, 5);
    plane.resize(20, 5);
    assert.ok(plane.slots.every((slot) => slot === 0) && plane.generations.every((generation) => generation === 0));
    plane.resize(500, 300);
    plane.release();
    plane.release();
    assert.equal(bufferPool.usedBytes, before);
  });
});
