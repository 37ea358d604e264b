import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batch, derived, effect, flushSync, neverEquals, peek, signal, signals, stateRaw, tick, untrack } from './index.ts';
import { transientDeriveds } from './index.ts';

describe('signal', () => {
  test('reads what was written', () => {
    const count = signal(1);
    count.value = 2;
    assert.equal(count.value, 2);
    assert.equal(count.peek(), 2);
  });

  test('equality is Object.is: NaN is no change, -0 is one', () => {
    const number = signal(Number.NaN);
    let runs = 0;
    effect.sync(() => {
      void number.value;
      runs++;
    });
    number.value = Number.NaN;
    assert.equal(runs, 1);
    number.value = 0;
    number.value = -0;
    assert.equal(runs, 3);
  });

  test('a custom equality decides, and what it reads is not tracked', () => {
    const precision = signal(10);
    const number = signal(1, { equals: (a, b) => Math.abs(a - b) < precision.value });
    let runs = 0;
    const stop = effect.sync(() => {
      number.value = 3;
      void number.value;
      runs++;
    });
    precision.value = 1;
    assert.equal(runs, 1);
    assert.equal(number.value, 1);
    stop();
  });

  test('neverEquals makes every write a change, also of the same object', () => {
    const list: number[] = [];
    const held = signal(list, { equals: neverEquals });
    const lengths: number[] = [];
    effect.sync(() => void lengths.push(held.value.length));
    list.push(1);
    held.value = list;
    assert.deepEqual(lengths, [0, 1]);
  });

  test('an equality that throws leaves the value and reaches the writer', () => {
    let broken = false;
    const held = signal(1, {
      equals: (a, b) => {
        if (broken) throw new Error('no comparison');
        return a === b;
      },
    });
    broken = true;
    assert.throws(() => {
      held.value = 2;
    }, /no comparison/);
    broken = false;
    assert.equal(held.value, 1);
  });

  test('signals and stateRaw make plain signals', () => {
    const { a, b } = signals({ a: 1, b: 'x' });
    a.value++;
    assert.deepEqual([a.value, b.value], [2, 'x']);
    const data = { deep: { n: 1 } };
    assert.equal(stateRaw(data).value, data);
  });
});

describe('derived', () => {
  test('is lazy and cached until a dependency changes', () => {
    const count = signal(1);
    let runs = 0;
    const double = derived(() => {
      runs++;
      return count.value * 2;
    });
    assert.equal(runs, 0);
    assert.equal(double.value, 2);
    assert.equal(double.value, 2);
    assert.equal(runs, 1);
    count.value = 2;
    assert.equal(runs, 1);
    assert.equal(double.value, 4);
  });

  test('dependencies are tracked anew at each run', () => {
    const useA = signal(true);
    const a = signal('a');
    const b = signal('b');
    const seen: string[] = [];
    effect.sync(() => void seen.push(useA.value ? a.value : b.value));
    b.value = 'b2';
    useA.value = false;
    a.value = 'a2';
    b.value = 'b3';
    useA.value = true;
    assert.deepEqual(seen, ['a', 'b2', 'b3', 'a2']);
  });

  test('a thrown error is cached and rethrown until a dependency changes', () => {
    const count = signal(0);
    let runs = 0;
    const failing = derived(() => {
      runs++;
      if (count.value === 0) throw new Error(`bad ${runs}`);
      return count.value;
    });
    assert.throws(() => failing.value, /bad 1/);
    assert.throws(() => failing.value, /bad 1/);
    assert.throws(() => failing.peek(), /bad 1/);
    assert.equal(runs, 1);
    count.value = 5;
    assert.equal(failing.value, 5);
    count.value = 0;
    assert.throws(() => failing.value, /bad 3/);
  });

  test('a derived of a failing derived fails with the same error, and recovers with it', () => {
    const count = signal(0);
    const first = derived(() => {
      if (count.value === 0) throw new Error('first');
      return count.value;
    });
    const second = derived(() => first.value + 1);
    assert.throws(() => second.value, /first/);
    count.value = 1;
    assert.equal(second.value, 2);
  });

  test('undefined can be thrown', () => {
    const failing = derived(() => {
      throw undefined;
    });
    let caught = false;
    try {
      void failing.value;
    } catch (error) {
      caught = error === undefined;
    }
    assert.equal(caught, true);
  });

  test('writing a signal inside is refused and changes nothing', () => {
    const source = signal(1);
    const other = signal(0);
    const writer = derived(() => {
      other.value = source.value;
      return source.value;
    });
    assert.throws(() => writer.value, { name: 'PhaseError', message: /a derived must not write signals/ });
    assert.equal(other.value, 0);
    const allowed = derived(() => untrack(() => (other.value = source.value)));
    assert.equal(allowed.value, 1);
    assert.equal(other.value, 1);
  });

  test('one that reads itself fails with CycleError, and works again when it no longer does', () => {
    const loop = signal(true);
    const self: { readonly value: number } = derived(() => (loop.value ? self.value + 1 : 7), { label: 'self' });
    assert.throws(() => self.value, { name: 'CycleError', message: /'self' reads itself/ });
    loop.value = false;
    assert.equal(self.value, 7);
  });

  test('two that read each other fail, and each recovers', () => {
    const loop = signal(true);
    const a: { readonly value: number } = derived(() => (loop.value ? b.value : 1));
    const b: { readonly value: number } = derived(() => a.value + 1);
    assert.throws(() => a.value, { name: 'CycleError' });
    assert.throws(() => b.value, { name: 'CycleError' });
    loop.value = false;
    assert.equal(b.value, 2);
    assert.equal(a.value, 1);
  });

  test('custom equality stops the change', () => {
    const count = signal(1);
    const parity = derived(() => ({ odd: count.value % 2 }), { equals: (a, b) => a.odd === b.odd });
    let runs = 0;
    effect.sync(() => {
      void parity.value;
      runs++;
    });
    count.value = 3;
    assert.equal(runs, 1);
    count.value = 4;
    assert.equal(runs, 2);
  });

  test('derived.by is derived', () => {
    assert.equal(derived.by(() => 3).value, 3);
  });

  test('unobserved, it keeps its cache from tick to tick but no link in what it read', async () => {
    const count = signal(1);
    let runs = 0;
    const double = derived(() => {
      runs++;
      return count.value * 2;
    });
    const next = derived(() => double.value + 1);
    assert.equal(next.value, 3);
    assert.equal(transientDeriveds(), 1);
    await tick();
    assert.equal(transientDeriveds(), 0);
    assert.equal((count as unknown as { subs: unknown }).subs, undefined);
    assert.equal(next.value, 3);
    assert.equal(runs, 1);
    await tick();
    count.value = 2;
    assert.equal(next.value, 5);
    assert.equal(runs, 2);
    await tick();
    assert.equal((count as unknown as { subs: unknown }).subs, undefined);
  });

  test('a hundred thousand unobserved reads in one tick hold a bounded number of links', async () => {
    const count = signal(1);
    for (let i = 0; i < 100_000; i++) assert.equal(derived(() => count.value + i).value, i + 1);
    assert.ok(transientDeriveds() <= 4096);
    await tick();
    assert.equal(transientDeriveds(), 0);
    assert.equal((count as unknown as { subs: unknown }).subs, undefined);
  });

  test('what its function creates goes when it runs again, and when nobody observes it', () => {
    const count = signal(1);
    const other = signal(0);
    const log: string[] = [];
    const owner = derived(() => {
      const own = count.value;
      effect.sync(() => {
        log.push(`run ${own} ${other.value}`);
        return () => log.push(`end ${own}`);
      });
      return own;
    });
    const stop = effect.sync(() => void owner.value);
    other.value = 1;
    count.value = 2;
    stop();
    flushSync();
    other.value = 2;
    assert.deepEqual(log, ['run 1 0', 'end 1', 'run 1 1', 'end 1', 'run 2 1', 'end 2']);
  });
});

describe('batch, untrack, peek', () => {
  test('a batch that ends where it began changes nothing', () => {
    const count = signal(1);
    let runs = 0;
    effect.sync(() => {
      void count.value;
      runs++;
    });
    batch(() => {
      count.value = 2;
      count.value = 1;
    });
    assert.equal(runs, 1);
  });

  test('effects run when the outermost batch ends; its result is returned', () => {
    const count = signal(1);
    const seen: number[] = [];
    effect.sync(() => void seen.push(count.value));
    const result = batch(() => {
      batch(() => (count.value = 2));
      count.value = 3;
      return 'done';
    });
    assert.equal(result, 'done');
    assert.deepEqual(seen, [1, 3]);
  });

  test('an error in a batch is thrown after the effects ran, together with theirs', () => {
    const count = signal(1);
    let runs = 0;
    effect.sync(() => {
      runs++;
      if (count.value === 2) throw new Error('effect');
    });
    assert.throws(
      () =>
        batch(() => {
          count.value = 2;
          throw new Error('batch');
        }),
      (error: AggregateError) =>
        error instanceof AggregateError && error.errors.map((e: Error) => e.message).join() === 'batch,effect',
    );
    assert.equal(runs, 2);
    assert.throws(
      () =>
        batch(() => {
          count.value = 3;
          throw new Error('alone');
        }),
      /^Error: alone$/,
    );
    assert.equal(runs, 3);
  });

  test('untrack and peek read without subscribing', () => {
    const a = signal(1);
    const b = signal(1);
    let runs = 0;
    effect.sync(() => {
      runs++;
      assert.equal(effect.tracking(), true);
      untrack(() => {
        assert.equal(effect.tracking(), false);
        return a.value;
      });
      peek(() => b.value);
      void a.peek();
    });
    assert.equal(effect.tracking(), false);
    a.value = 2;
    b.value = 2;
    assert.equal(runs, 1);
  });
});
