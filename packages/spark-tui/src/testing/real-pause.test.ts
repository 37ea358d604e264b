/** Pauses go on when a test has replaced the timers, before or after `spark-tui/testing` was loaded. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onKey } from '../ui/index.ts';
import { createTestApp, expectNoLeak, LeakError } from './index.ts';
import type * as realPauseModule from './real-pause.ts';

/** Runs `work` while timers never fire and the clock stands still. */
async function withFakeTimers<T>(work: () => Promise<T>): Promise<T> {
  const { setTimeout, setImmediate } = globalThis;
  const { now } = performance;
  const frozenMs = performance.now();
  Object.assign(globalThis, { setTimeout: () => 0, setImmediate: () => 0 });
  performance.now = () => frozenMs;
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout, setImmediate });
    performance.now = now;
  }
}

describe('while timers are fake', () => {
  test('expectNoLeak finds what is kept, and finds nothing where nothing is', async () => {
    using app = createTestApp(() => undefined);
    await withFakeTimers(async () => {
      await expectNoLeak(() => app.press('x'), 2);
      const kept: { unmount(): void }[] = [];
      await assert.rejects(() => expectNoLeak(() => void kept.push(createTestApp(() => onKey('x', () => undefined))), 1), LeakError);
      for (const other of kept) other.unmount();
    });
  });

  test('a pause takes real time, too, when they were fake at the time it was loaded', async () => {
    const startMs = performance.now();
    await withFakeTimers(async () => {
      const address = new URL(`${import.meta.url.replace('.test.', '.')}?fake`).href;
      const { realPause } = (await import(address)) as typeof realPauseModule;
      await realPause(10);
      await realPause(10);
    });
    assert.ok(performance.now() - startMs >= 20);
  });
});
