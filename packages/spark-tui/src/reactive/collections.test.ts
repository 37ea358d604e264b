import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { derived, effect, ReactiveDate, ReactiveMap, ReactiveSet } from './index.ts';

function watch<T>(fn: () => T): T[] {
  const seen: T[] = [];
  effect.sync(() => void seen.push(fn()));
  return seen;
}

describe('ReactiveMap', () => {
  test('get and has subscribe to their key only, size and keys to the shape, iteration to all', () => {
    const map = new ReactiveMap([['a', 1]]);
    const a = watch(() => map.get('a'));
    const b = watch(() => map.has('b'));
    const size = watch(() => map.size);
    const keys = watch(() => [...map.keys()].join());
    const all = watch(() => JSON.stringify([...map]));
    const sum = watch(() => {
      let total = 0;
      map.forEach((value) => (total += value));
      return total;
    });
    map.set('a', 2);
    map.set('a', 2);
    map.set('b', 5);
    map.delete('a');
    map.delete('a');
    map.clear();
    map.clear();
    assert.deepEqual(a, [1, 2, undefined]);
    assert.deepEqual(b, [false, true, false]);
    assert.deepEqual(size, [1, 2, 1, 0]);
    assert.deepEqual(keys, ['a', 'a,b', 'b', '']);
    assert.deepEqual(all, ['[["a",1]]', '[["a",2]]', '[["a",2],["b",5]]', '[["b",5]]', '[]']);
    assert.deepEqual(sum, [1, 2, 7, 5, 0]);
    assert.ok(map instanceof Map);
  });

  test('writing in a derived is refused before anything changes', () => {
    const map = new ReactiveMap<string, number>();
    assert.throws(() => derived(() => map.set('a', 1)).value, { name: 'PhaseError' });
    assert.equal(map.size, 0);
  });

  test('an unobserved derived over it is never stale', () => {
    const map = new ReactiveMap([['a', 1]]);
    const double = derived(() => (map.get('a') ?? 0) * 2);
    const stop = effect.sync(() => void double.value);
    stop();
    map.set('a', 4);
    assert.equal(double.value, 8);
  });
});

describe('ReactiveSet', () => {
  test('has subscribes to its item, size and iteration to the whole', () => {
    const set = new ReactiveSet([1]);
    const one = watch(() => set.has(1));
    const two = watch(() => set.has(2));
    const size = watch(() => set.size);
    const all = watch(() => [...set].join());
    set.add(3);
    set.add(3);
    set.add(2);
    set.delete(1);
    set.clear();
    assert.deepEqual(one, [true, false]);
    assert.deepEqual(two, [false, true, false]);
    assert.deepEqual(size, [1, 2, 3, 2, 0]);
    assert.deepEqual(all, ['1', '1,3', '1,3,2', '3,2', '']);
  });

  test('the set methods of newer runtimes subscribe too', { skip: !('union' in Set.prototype) }, () => {
    const set = new ReactiveSet([1]) as ReactiveSet<number> & { isSubsetOf(other: Set<number>): boolean };
    const subset = watch(() => set.isSubsetOf(new Set([1, 2])));
    set.add(3);
    assert.deepEqual(subset, [true, false]);
  });
});

describe('ReactiveDate', () => {
  test('reads subscribe, setters notify when the time changed', () => {
    const date = new ReactiveDate(2026, 0, 31);
    const years = watch(() => date.getFullYear());
    const texts = watch(() => date.toDateString());
    const numbers = watch(() => Number(date));
    date.setFullYear(2027);
    date.setFullYear(2027);
    date.setTime(new Date(2028, 1, 1).getTime());
    assert.deepEqual(years, [2026, 2027, 2028]);
    assert.equal(texts.length, 3);
    assert.equal(numbers.length, 3);
    assert.equal(date.toISOString(), new Date(2028, 1, 1).toISOString());
    assert.ok(date instanceof Date);
    assert.equal(new ReactiveDate('2026-01-01T00:00:00Z').getTime(), Date.UTC(2026, 0, 1));
    assert.equal(new ReactiveDate(new Date(5)).valueOf(), 5);
    assert.ok(Math.abs(new ReactiveDate().getTime() - Date.now()) < 60_000);
  });
});
