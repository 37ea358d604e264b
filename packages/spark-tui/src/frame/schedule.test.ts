import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import { Schedule } from './schedule.ts';

function bench(maxFps: number): { clock: ManualClock; schedule: Schedule; runs: number[] } {
  const clock = new ManualClock();
  const runs: number[] = [];
  const schedule: Schedule = new Schedule(clock, maxFps, () => {
    schedule.starts();
    schedule.ran();
    runs.push(clock.now());
  });
  return { clock, schedule, runs };
}

describe('Schedule', () => {
  test('many requests are one run; after idle it comes in a microtask', () => {
    const { clock, schedule, runs } = bench(60);
    for (let i = 0; i < 5; i++) schedule.request();
    assert.equal(schedule.timers, 0);
    clock.runPending();
    assert.deepEqual(runs, [0]);
    assert.equal(clock.runPending(), 0);
  });

  test('a request soon after a run waits for its distance, by one timer that ends with it', () => {
    const { clock, schedule, runs } = bench(50);
    schedule.request();
    clock.runPending();
    clock.tick(5);
    schedule.request();
    schedule.request();
    assert.equal(schedule.timers, 1);
    clock.tick(100);
    assert.deepEqual(runs, [0, 20]);
    assert.equal(clock.pendingTimers, 0);
  });

  test('a run by other ways takes the pending request with it', () => {
    const { clock, schedule, runs } = bench(50);
    schedule.request();
    clock.runPending();
    schedule.request();
    schedule.starts();
    schedule.ran();
    clock.tick(1000);
    assert.deepEqual(runs, [0]);
    assert.equal(clock.pendingTimers, 0);
  });

  test('after close nothing runs and nothing waits', () => {
    const { clock, schedule, runs } = bench(50);
    schedule.request();
    clock.runPending();
    schedule.request();
    schedule.close();
    schedule.request();
    clock.tick(1000);
    assert.deepEqual(runs, [0]);
    assert.equal(clock.pendingTimers, 0);
  });
});
