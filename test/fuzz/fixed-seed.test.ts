/** Random cases of the check are the same in every run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

const draw = (): number[] => fc.sample(fc.nat(), 5);

test('fast-check has a seed in every test process, and draws the same cases with it', () => {
  assert.equal(fc.readConfigureGlobal().seed, Number(process.env.SPARK_FUZZ_SEED ?? 1));
  assert.deepEqual(draw(), draw());
});
