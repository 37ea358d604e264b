/** What is a leak and what is not, on series of floors. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CountWatch, MemoryWatch, type Rise, type RiseWatch } from './rise-watch.ts';

const MB = 1 << 20;
const CYCLES = 5;

/** What is told, with the number of the cycle. */
function told(watch: RiseWatch, floors: Iterable<number>): { cycle: number; rise: Rise }[] {
  const out: { cycle: number; rise: Rise }[] = [];
  let cycle = 0;
  for (const floor of floors) {
    const rise = watch.take(floor);
    if (rise !== null) out.push({ cycle, rise });
    cycle++;
  }
  return out;
}

const counted = (floors: Iterable<number>) => told(new CountWatch(CYCLES), floors);
const memory = (megabytes: Iterable<number>) =>
  told(new MemoryWatch({ cycles: CYCLES, minBytesPerCycle: MB / 4 }), [...megabytes].map((value) => value * MB));

/** `cycles` floors, each of its number. */
function series(cycles: number, floor: (cycle: number) => number): number[] {
  return Array.from({ length: cycles }, (_, cycle) => floor(cycle));
}

/** Numbers of 0 to 1 that look like chance and are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

describe('a count', () => {
  test('that rises cycle by cycle is told once, with what it rose through', () => {
    const reports = counted(series(20, (cycle) => 7 + 3 * cycle));
    assert.deepEqual(reports, [{ cycle: 5, rise: { floors: [7, 10, 13, 16, 19, 22], perCycle: 3 } }]);
  });

  test('that rises every second cycle is told, too: floors that repeat do not hide it', () => {
    const reports = counted(series(20, (cycle) => 1 + Math.floor(cycle / 2)));
    assert.deepEqual(reports, [{ cycle: 10, rise: { floors: [1, 2, 3, 4, 5, 6], perCycle: 0.5 } }]);
  });

  test('that stands still for as many cycles as have to rise is still told; for one more it is not', () => {
    assert.equal(counted(series(60, (cycle) => Math.floor(cycle / (CYCLES + 1)))).length, 1);
    assert.equal(counted(series(60, (cycle) => Math.floor(cycle / (CYCLES + 2)))).length, 0);
  });

  test('that falls begins anew, from there', () => {
    assert.deepEqual(counted([1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 5, 6, 7]), []);
    assert.deepEqual(counted([1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7])[0]?.rise.floors, [2, 3, 4, 5, 6, 7]);
  });

  test('is told again after the rise has ended', () => {
    assert.deepEqual(counted([...series(10, (n) => n), 4, ...series(10, (n) => 5 + n)]).map(({ cycle }) => cycle), [5, 15]);
  });
});

describe('memory', () => {
  test('a warm-up that flattens is quiet, with collections and without', () => {
    assert.deepEqual(memory(series(200, (cycle) => 60 - 50 * 0.8 ** cycle)), []);
    assert.deepEqual(memory(series(200, (cycle) => 60 - 50 * 0.9 ** cycle + (cycle % 4) * 2)), []);
    assert.deepEqual(memory(series(200, (cycle) => 11 + Math.min(cycle, 20) * 0.9)), []);
  });

  test('a saw whose teeth begin on one level is quiet, however long the teeth are', () => {
    for (const length of [3, 7, 30, 100]) assert.deepEqual(memory(series(400, (cycle) => 12 + ((cycle % length) / length) * 14)), [], String(length));
  });

  test('floors of a real app without a leak: 2,000 records in a ring, and garbage', () => {
    const heap = [12.2, 13, 14.3, 16.8, 18, 18.7, 21, 22.7, 23.2, 13, 14.4, 15.2, 17.4, 18.6, 19.6, 12.6, 14.9, 16.3, 17.7, 19.2, 13.3, 13.1, 14.5, 17.2, 18.5];
    const noisy = [12.7, 20.1, 15.3, 15.7, 15.8, 18.5, 15.2, 14.9, 14.8, 18, 17.4, 16.5, 17.3, 17.5, 17.7, 17.1, 17.6, 17.2, 17, 16.8, 21.1, 17.1, 17.5, 18.7, 18.4];
    const rss = [64.3, 74.4, 78.6, 89.7, 91.7, 93.1, 95, 96.3, 97.9, 99.3, 100.4, 100.5, 100.3, 100.3, 100.3, 97.2, 97.2, 97.2, 97, 97, 96.8, 96.8, 96.8, 96.8, 96.8];
    for (const floors of [heap, noisy, rss]) assert.deepEqual(memory(floors), []);
  });

  test('a saw whose teeth begin higher and higher is told once, with its troughs', () => {
    const reports = memory(series(200, (cycle) => 20 + cycle + (cycle % 6) * 2));
    assert.equal(reports.length, 1);
    const { cycle, rise } = reports[0]!;
    assert.equal(cycle, 37, 'one cycle after the sixth trough');
    assert.deepEqual(rise.floors.map((value) => value / MB), [26, 32, 38, 44, 50, 56]);
    assert.equal(rise.perCycle, MB);
  });

  test('a collection in the midst of a leak does not hide it', () => {
    const reports = memory(series(200, (cycle) => 12 + 2 * cycle - (cycle >= 12 ? 9 : 0)));
    assert.equal(reports.length, 1);
    assert.ok(reports[0]!.cycle < 40, String(reports[0]!.cycle));
  });

  test('a leak in which no collection shows is told when it is beyond what garbage explains', () => {
    const reports = memory(series(200, (cycle) => 10 + cycle));
    assert.equal(reports.length, 1);
    const { cycle, rise } = reports[0]!;
    assert.equal(cycle, 34);
    assert.deepEqual(rise.floors.map((value) => value / MB), [10, 20, 30, 40]);
  });

  test('a rise to a plateau, by steps or in one, is quiet, also with what chance adds there', () => {
    const random = chance(1);
    const noise = (): number => random() * 3;
    assert.deepEqual(memory(series(1000, (cycle) => 12 + Math.min(cycle, 8) * 6 + noise())), []);
    assert.deepEqual(memory(series(1000, (cycle) => (cycle < 30 ? 12 : 90) + noise())), []);
    assert.deepEqual(memory(series(1000, (cycle) => (cycle < 30 ? 12 : cycle < 60 ? 45 : 70) + noise())), []);
  });

  test('a leak under much chance is told, and chance alone is not', () => {
    const random = chance(7);
    assert.deepEqual(memory(series(5000, () => 100 + random() * 20)), []);
    assert.ok(memory(series(150, (cycle) => 100 + cycle + random() * 12)).length === 1);
  });

  test('what rises less than the least is quiet', () => {
    assert.deepEqual(memory(series(400, (cycle) => 20 + cycle * 0.2 + (cycle % 6) * 2)), []);
    assert.deepEqual(memory(series(400, (cycle) => 2 + cycle * 0.2)), []);
  });

  test('a rise is told again when half of it was given back', () => {
    const leak = (from: number): number[] => series(60, (cycle) => from + cycle + (cycle % 6) * 2);
    assert.equal(memory([...leak(20), ...leak(80)]).length, 1);
    assert.equal(memory([...leak(20), 20, 20, ...leak(70)]).length, 2);
  });
});
