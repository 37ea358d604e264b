import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scope } from '../base/index.ts';
import { derived, effect, effectScope, flushSync, pendingEffects, renderEffect, signal, tick, transientDeriveds } from './index.ts';

const COUNT = 100_000;
const collect = (globalThis as { gc?: () => void }).gc;

/** Bytes in use after a collection; NaN where there is none. */
function heapBytes(): number {
  if (collect === undefined) return Number.NaN;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

async function settles(name: string, cycle: () => void): Promise<void> {
  const tally = new Scope(null).tally;
  const before = { ...tally };
  const once = async (): Promise<number> => {
    cycle();
    await tick();
    await tick();
    assert.deepEqual({ ...tally }, before, name);
    assert.equal(pendingEffects(), 0, name);
    assert.equal(transientDeriveds(), 0, name);
    return heapBytes();
  };
  await once();
  let growth = Infinity;
  let heap = await once();
  // A leak grows in every cycle; what the runtime compiles in the background grows in one.
  for (let cycles = 0; cycles < 4 && !(growth < 2); cycles++) {
    const after = await once();
    growth = Number.isNaN(after) ? 0 : (after - heap) / COUNT;
    heap = after;
  }
  assert.ok(growth < 2, `${name}: ${growth} bytes an effect stay`);
}

test('effects created and destroyed 100,000 times leave counts and heap where they were', async () => {
  const source = signal(0);
  const kept = derived(() => source.value + 1);
  const keep = effect.sync(() => void kept.value);
  await settles('effect', () => {
    for (let i = 0; i < COUNT; i++) effect(() => void kept.value)();
  });
  await settles('effect.sync', () => {
    for (let i = 0; i < COUNT; i++) effect.sync(() => void kept.value)();
  });
  await settles('renderEffect, written before disposal', () => {
    for (let i = 0; i < COUNT; i++) {
      const node = renderEffect(() => void kept.value);
      if (i % 10 === 0) source.value++;
      node.dispose();
    }
  });
  await settles('effects of a scope', () => {
    const scope = effectScope();
    scope.run(() => {
      for (let i = 0; i < COUNT; i++) renderEffect(() => void kept.value);
    });
    flushSync(() => source.value++);
    scope.stop();
  });
  keep();
});

test('effects that dispose themselves or fail in their first run leave nothing', async () => {
  const source = signal(0);
  await settles('self-disposing', () => {
    for (let i = 0; i < COUNT; i++) {
      const scope = effectScope();
      scope.run(() =>
        effect.sync(() => {
          scope.stop();
          void source.value;
        }),
      );
    }
  });
  await settles('failing', () => {
    const error = new Error('first run');
    for (let i = 0; i < COUNT; i++) {
      try {
        effect.sync(() => {
          void source.value;
          throw error;
        });
      } catch {
        // Wanted.
      }
    }
  });
  assert.equal((source as unknown as { subs: unknown }).subs, undefined);
});

test('deriveds dropped by their users do not stay in a signal that lives on', async () => {
  const source = signal(0);
  await settles('derived with effect', () => {
    for (let i = 0; i < COUNT; i++) {
      const double = derived(() => source.value * 2);
      effect.sync(() => void double.value)();
    }
  });
  await settles('derived read once', () => {
    for (let i = 0; i < COUNT; i++) void derived(() => source.value * 2).value;
  });
  assert.equal((source as unknown as { subs: unknown }).subs, undefined);
});
