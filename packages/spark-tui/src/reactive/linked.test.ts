import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSelector, createSubscriber, derived, effect, flushSync, linkedSignal, signal, tick } from './index.ts';

describe('linkedSignal', () => {
  test('follows its source, takes writes, and starts over when the source changes', () => {
    const source = signal(1);
    const linked = linkedSignal(() => source.value * 10);
    assert.equal(linked.value, 10);
    linked.value = 99;
    assert.equal(linked.value, 99);
    assert.equal(linked.peek(), 99);
    source.value = 2;
    assert.equal(linked.value, 20);
  });

  test('the long form gets the previous source and value, also one that was written', () => {
    const options = signal(['a', 'b', 'c']);
    const calls: unknown[] = [];
    const selected = linkedSignal<string[], string>({
      source: () => options.value,
      computation: (list, previous) => {
        calls.push(previous?.value);
        return previous !== undefined && list.includes(previous.value) ? previous.value : list[0]!;
      },
    });
    assert.equal(selected.value, 'a');
    selected.value = 'c';
    options.value = ['c', 'd'];
    assert.equal(selected.value, 'c');
    options.value = ['d'];
    assert.equal(selected.value, 'd');
    assert.deepEqual(calls, [undefined, 'c', 'c']);
  });

  test('effects run for writes and for new sources, and not for equal values', () => {
    const source = signal(1);
    const linked = linkedSignal({ source: () => source.value, computation: (n) => n % 2, equal: Object.is });
    const seen: number[] = [];
    const stop = effect.sync(() => void seen.push(linked.value));
    source.value = 3;
    linked.value = 5;
    linked.value = 5;
    source.value = 4;
    assert.deepEqual(seen, [1, 5, 0]);
    stop();
  });

  test('a written value survives ticks without observers', async () => {
    const source = signal({ n: 1 });
    const linked = linkedSignal(() => [source.value.n]);
    linked.value = [7];
    const stop = effect.sync(() => void linked.value);
    stop();
    await tick();
    await tick();
    assert.deepEqual(linked.value, [7]);
    source.value = { n: 2 };
    await tick();
    assert.deepEqual(linked.value, [2]);
  });

  test('a write before the first read is not overwritten by it, nor by a source that had changed before', () => {
    const source = signal(1);
    const linked = linkedSignal(() => source.value);
    linked.value = 5;
    assert.equal(linked.value, 5);
    source.value = 2;
    linked.value = 6;
    assert.equal(linked.value, 6);
  });

  test('deriveds follow it, and may not write it', () => {
    const linked = linkedSignal(() => 1);
    const double = derived(() => linked.value * 2);
    const seen: number[] = [];
    const stop = effect.sync(() => void seen.push(double.value));
    linked.value = 4;
    assert.deepEqual(seen, [2, 8]);
    assert.throws(() => derived(() => (linked.value = 1)).value, { name: 'PhaseError' });
    stop();
  });
});

describe('createSelector', () => {
  test('a move runs only the two who are concerned', () => {
    const selected = signal(1);
    const isSelected = createSelector(() => selected.value);
    const runs: number[] = [];
    const states: boolean[] = [];
    const stops = Array.from({ length: 100 }, (_, key) =>
      effect.sync(() => {
        runs.push(key);
        states[key] = isSelected(key);
      }),
    );
    runs.length = 0;
    selected.value = 50;
    assert.deepEqual(runs.sort(), [1, 50]);
    assert.deepEqual([states[1], states[50]], [false, true]);
    for (const stop of stops) stop();
    assert.equal((selected as unknown as { subs: unknown }).subs, undefined, 'nothing watches the source any more');
    selected.value = 7;
    assert.deepEqual([isSelected(7), isSelected(50)], [true, false]);
  });

  test('a custom test, deriveds and batches see the current selection', () => {
    const chosen = signal(new Set(['a']));
    const isChosen = createSelector(() => chosen.value, (key: string, set) => set.has(key));
    const both = derived(() => `${isChosen('a')} ${isChosen('b')}`);
    const seen: string[] = [];
    const stop = effect(() => void seen.push(both.value));
    flushSync();
    flushSync(() => {
      chosen.value = new Set(['b']);
      assert.equal(isChosen('b'), true);
      assert.equal(both.value, 'false true');
    });
    assert.deepEqual(seen, ['true false', 'false true']);
    stop();
  });
});

describe('createSubscriber', () => {
  function clock() {
    const log: string[] = [];
    let now = 0;
    let notify: (() => void) | null = null;
    const subscribe = createSubscriber((update) => {
      log.push('start');
      notify = update;
      return () => {
        log.push('stop');
        notify = null;
      };
    });
    return {
      log,
      read: () => (subscribe(), now),
      set: (value: number) => {
        now = value;
        notify?.();
      },
    };
  }

  test('starts with the first observer and stops after the last went', () => {
    const source = clock();
    assert.equal(source.read(), 0);
    assert.deepEqual(source.log, []);
    const seen: number[] = [];
    const stop1 = effect.sync(() => void seen.push(source.read()));
    const stop2 = effect.sync(() => void source.read());
    source.set(5);
    assert.deepEqual(seen, [0, 5]);
    stop1();
    flushSync();
    assert.deepEqual(source.log, ['start']);
    stop2();
    flushSync();
    assert.deepEqual(source.log, ['start', 'stop']);
    source.set(6);
    const stop3 = effect.sync(() => void seen.push(source.read()));
    assert.deepEqual(source.log, ['start', 'stop', 'start']);
    assert.deepEqual(seen, [0, 5, 6]);
    stop3();
    flushSync();
  });

  test('an observer that is replaced in the same flush does not restart it', () => {
    const source = clock();
    const key = signal(0);
    const stop = effect(() => {
      void key.value;
      effect(() => void source.read());
    });
    flushSync();
    flushSync(() => key.value++);
    assert.deepEqual(source.log, ['start']);
    stop();
    flushSync();
    assert.deepEqual(source.log, ['start', 'stop']);
  });

  test('a derived keeps it running only while observed, and never shows a stale value', async () => {
    const source = clock();
    const double = derived(() => source.read() * 2);
    assert.equal(double.value, 0);
    await tick();
    await tick();
    assert.deepEqual(source.log, ['start', 'stop']);
    source.set(4);
    assert.equal(double.value, 8);
    await tick();
    await tick();
    assert.deepEqual(source.log, ['start', 'stop', 'start', 'stop']);
  });

  test('a start that fails reaches the reader and is tried again', () => {
    let fails = true;
    const subscribe = createSubscriber(() => {
      if (fails) throw new Error('no device');
    });
    assert.throws(() => effect.sync(() => subscribe()), /no device/);
    fails = false;
    effect.sync(() => subscribe())();
    flushSync();
  });
});
