import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import { SteadyWidth } from './steady-width.ts';

function watched(): { clock: ManualClock; width: SteadyWidth; steady: () => number } {
  const clock = new ManualClock();
  let count = 0;
  const width = new SteadyWidth(clock, () => count++);
  return { clock, width, steady: () => count };
}

describe('the width of a terminal with a caret', () => {
  test('is waited for after a change, and certain when no other one follows', () => {
    const { clock, width, steady } = watched();
    width.changed(false, true, 50);
    assert.equal(width.isWaiting, true);
    assert.equal(width.isUnsteady, false);
    clock.tick(49);
    assert.equal(steady(), 0);
    clock.tick(1);
    assert.equal(steady(), 1);
    assert.equal(width.isWaiting, false);
  });

  test('is unsteady from the second change on, until it stays for as long', () => {
    const { clock, width, steady } = watched();
    width.changed(false, true, 50);
    for (let i = 0; i < 5; i++) {
      clock.tick(30);
      width.changed(false, false, 50);
      assert.equal(width.isUnsteady, true);
    }
    assert.equal(steady(), 0);
    clock.tick(50);
    assert.equal(steady(), 1);
    assert.equal(width.isUnsteady, false);
  });

  test('may be more than is known when it grew a moment ago, or the terminal is slow to say so', () => {
    const { clock, width } = watched();
    width.changed(false, true, 50);
    width.changed(false, true, 50);
    assert.equal(width.isCautious, false);
    width.changed(true, true, 50);
    width.changed(false, true, 50);
    assert.equal(width.isCautious, true);
    clock.tick(50);
    assert.equal(width.isCautious, false);
    width.changed(false, true, 300);
    assert.equal(width.isCautious, false);
    width.changed(false, true, 300);
    assert.equal(width.isCautious, true);
  });

  test('needs no timer where nothing hangs on it, nor after the end', () => {
    const { clock, width, steady } = watched();
    width.changed(false, false, 50);
    assert.equal(width.isWaiting, false);
    width.changed(false, true, 50);
    width.close();
    clock.tick(1000);
    assert.equal(steady(), 0);
  });
});
