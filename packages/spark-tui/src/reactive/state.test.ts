import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { derived, effect, isReactive, proxy, state, toRaw } from './index.ts';

/** Runs `fn` as a synchronous effect and returns what it gave, run by run. */
function watch<T>(fn: () => T): T[] {
  const seen: T[] = [];
  effect.sync(() => void seen.push(fn()));
  return seen;
}

describe('state', () => {
  test('tracks each property at any depth by itself', () => {
    const app = state({ user: { name: 'Ada', age: 36 }, on: true });
    const names = watch(() => app.user.name);
    const ages = watch(() => app.user.age);
    app.user.name = 'Grace';
    app.on = false;
    app.user = { name: 'Grace', age: 37 };
    assert.deepEqual(names, ['Ada', 'Grace', 'Grace']);
    assert.deepEqual(ages, [36, 37]);
  });

  test('adding, deleting and asking for keys notify who asked', () => {
    const bag = state<Record<string, number>>({ a: 1 });
    const keys = watch(() => Object.keys(bag).join());
    const there = watch(() => 'b' in bag);
    const value = watch(() => bag['b']);
    bag['b'] = 2;
    bag['b'] = 3;
    delete bag['b'];
    delete bag['nothing'];
    assert.deepEqual(keys, ['a', 'a,b', 'a']);
    assert.deepEqual(there, [false, true, false]);
    assert.deepEqual(value, [undefined, 2, 3, undefined]);
  });

  test('arrays: push, splice, length, sort and iteration', () => {
    const list = state([3, 1, 2]);
    const sums = watch(() => list.reduce((a, b) => a + b, 0));
    const lengths = watch(() => list.length);
    const first = watch(() => list[0]);
    list.push(4);
    list.sort();
    list.splice(1, 2);
    list.length = 0;
    assert.deepEqual(sums, [6, 10, 10, 5, 0]);
    assert.deepEqual(lengths, [3, 4, 2, 0]);
    assert.deepEqual(first, [3, 1, undefined]);
  });

  test('two effects that push to the same array do not trigger each other', () => {
    const list = state<string[]>([]);
    const stop1 = effect.sync(() => void list.push('a'));
    const stop2 = effect.sync(() => void list.push('b'));
    assert.deepEqual([...list], ['a', 'b']);
    stop1();
    stop2();
  });

  test('raw objects and their proxies are the same to searches, and never mix in the data', () => {
    const item = { id: 1 };
    const list = state([item]);
    assert.equal(list.includes(item), true);
    assert.equal(list.indexOf(list[0]!), 0);
    list.push(list[0]!);
    assert.equal(toRaw(list)[1], item);
    assert.equal(isReactive(toRaw(list)[1]), false);
    assert.equal(list[0], list[1]);
  });

  test('the same object gives the same proxy; toRaw and isReactive see through', () => {
    const raw = { deep: { n: 1 } };
    const one = state(raw);
    assert.equal(proxy(raw), one);
    assert.equal(proxy(one), one);
    assert.equal(toRaw(one), raw);
    assert.equal(one.deep, one.deep);
    assert.deepEqual([isReactive(one), isReactive(one.deep), isReactive(raw), isReactive(1)], [true, true, false, false]);
  });

  test('class instances, dates and maps stay as they are', () => {
    class Own {
      n = 1;
    }
    const own = new Own();
    const held = state({ own, when: new Date(0), map: new Map() });
    assert.equal(held.own, own);
    assert.equal(held.when.getTime(), 0);
    assert.equal(isReactive(held.map), false);
  });

  test('accessors run with the proxy and so track what they read', () => {
    const person = state({
      first: 'Ada',
      last: 'Lovelace',
      get full() {
        return `${this.first} ${this.last}`;
      },
      set full(text: string) {
        [this.first, this.last] = text.split(' ') as [string, string];
      },
    });
    const seen = watch(() => person.full);
    person.first = 'Augusta';
    person.full = 'Grace Hopper';
    assert.equal(seen.at(-1), 'Grace Hopper');
    assert.equal(seen[1], 'Augusta Lovelace');
  });

  test('frozen data can be read', () => {
    const inner = { n: 1 };
    const held = state(Object.freeze({ inner }));
    assert.equal(held.inner, inner);
    assert.throws(() => ((held as { inner: unknown }).inner = 1), TypeError);
  });

  test('Object.defineProperty and JSON work on the proxy', () => {
    const held = state<{ a: number; b?: number }>({ a: 1 });
    const json = watch(() => JSON.stringify(held));
    Object.defineProperty(held, 'b', { value: 2, enumerable: true, configurable: true, writable: true });
    assert.deepEqual(json, ['{"a":1}', '{"a":1,"b":2}']);
  });

  test('writing state in a derived is refused before anything changes', () => {
    const held = state({ n: 1, list: [1] });
    assert.throws(() => derived(() => (held.n = 2)).value, { name: 'PhaseError' });
    assert.throws(() => derived(() => held.list.push(2)).value, { name: 'PhaseError' });
    assert.throws(() => derived(() => delete (held as { n?: number }).n).value, { name: 'PhaseError' });
    assert.deepEqual(toRaw(held), { n: 1, list: [1] });
  });

  test('asking for many keys leaves no signals behind', () => {
    const held = state<Record<string, number>>({});
    const stop = effect.sync(() => {
      for (let i = 0; i < 10_000; i++) void held[`key ${i}`];
    });
    stop();
    const seen = watch(() => held['key 5']);
    held['key 5'] = 1;
    assert.deepEqual(seen, [undefined, 1]);
  });

  test('any sequence of edits: proxy and plain data agree, and an effect has seen the last state', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const index = fc.nat(4);
    const edit = fc.oneof(
      fc.record({ op: fc.constant('set' as const), key, value: fc.oneof(fc.integer(), fc.constant({ deep: 1 })) }),
      fc.record({ op: fc.constant('delete' as const), key }),
      fc.record({ op: fc.constant('push' as const), value: fc.integer() }),
      fc.record({ op: fc.constant('splice' as const), at: index, count: index, value: fc.integer() }),
      fc.record({ op: fc.constant('index' as const), at: index, value: fc.integer() }),
      fc.record({ op: fc.constant('length' as const), at: index }),
      fc.record({ op: fc.constant('reverse' as const) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const plain: { bag: Record<string, unknown>; list: number[] } = { bag: {}, list: [1, 2] };
        const reactive = state(structuredClone(plain));
        let seen = '';
        const stop = effect.sync(() => {
          seen = JSON.stringify(reactive);
        });
        for (const step of edits) {
          for (const target of [plain, reactive]) {
            if (step.op === 'set') target.bag[step.key] = step.value;
            else if (step.op === 'delete') delete target.bag[step.key];
            else if (step.op === 'push') target.list.push(step.value);
            else if (step.op === 'splice') target.list.splice(step.at, step.count, step.value);
            else if (step.op === 'index') target.list[step.at] = step.value;
            else if (step.op === 'length') target.list.length = step.at;
            else target.list.reverse();
          }
          assert.equal(seen, JSON.stringify(plain));
        }
        stop();
      }),
      { numRuns: 200 },
    );
  });
});
