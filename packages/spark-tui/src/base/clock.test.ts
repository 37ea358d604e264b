import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './index.ts';

test('timers fire in order of due time, then of creation, and see the time they were due at', () => {
  const clock = new ManualClock();
  const log: string[] = [];
  clock.setTimer(20, () => log.push(`late at ${clock.now()}`));
  clock.setTimer(10, () => log.push(`first at ${clock.now()}`));
  clock.setTimer(10, () => log.push(`second at ${clock.now()}`));
  clock.tick(15);
  assert.deepEqual(log, ['first at 10', 'second at 10']);
  clock.tick(5);
  assert.equal(log[2], 'late at 20');
  assert.equal(clock.pendingTimers, 0);
});

test('a timer set by a timer fires in the same tick when it is due', () => {
  const clock = new ManualClock();
  let count = 0;
  const again = (): void => {
    if (++count < 5) clock.setTimer(10, again);
  };
  clock.setTimer(10, again);
  clock.tick(100);
  assert.equal(count, 5);
  assert.equal(clock.now(), 100);
});

test('a cleared timer does not fire', () => {
  const clock = new ManualClock();
  const handle = clock.setTimer(5, () => assert.fail('fired'));
  clock.clearTimer(handle);
  clock.tick(10);
});

test('microtasks and immediates run before timers of the same tick', () => {
  const clock = new ManualClock();
  const log: string[] = [];
  clock.setTimer(0, () => log.push('timer'));
  clock.queueMicrotask(() => log.push('microtask'));
  clock.setImmediate(() => log.push('immediate'));
  clock.tick(0);
  assert.deepEqual(log, ['microtask', 'immediate', 'timer']);
});
