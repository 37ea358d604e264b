import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stableSubsequence } from './stable-subsequence.ts';

/** Length of a longest strictly increasing run, by the quadratic textbook method. */
function longest(positions: readonly number[]): number {
  const best: number[] = [];
  positions.forEach((value, i) => {
    if (value < 0) return best.push(0);
    let length = 1;
    for (let j = 0; j < i; j++) if ((positions[j] as number) >= 0 && (positions[j] as number) < value) length = Math.max(length, (best[j] as number) + 1);
    return best.push(length);
  });
  return Math.max(0, ...best);
}

describe('stableSubsequence', () => {
  test('marks increasing entries, as many as possible, and never a new one', () => {
    const positions = fc.uniqueArray(fc.nat(40), { maxLength: 25 }).chain((old) => fc.array(fc.constant(-1), { maxLength: 4 }).chain((added) => fc.shuffledSubarray([...old, ...added], { minLength: old.length })));
    fc.assert(
      fc.property(positions, (list) => {
        const stays = stableSubsequence(list);
        const kept = list.filter((_, i) => stays[i]);
        assert.equal(stays.length, list.length);
        assert.ok(kept.every((value, i) => value >= 0 && (i === 0 || value > (kept[i - 1] as number))));
        assert.equal(kept.length, longest(list));
      }),
      { numRuns: 500 },
    );
  });

  test('of nothing is nothing', () => {
    assert.deepEqual(stableSubsequence([]), []);
  });
});
