/** Monkeys with fixed seeds on an app with a little of everything. `SPARK_FUZZ_RUNS=n` plays n times as many. */
import { test } from 'node:test';
import { playMonkey } from './monkey.ts';

const RUNS = 12 * Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));
const FIRST = Number(process.env.SPARK_FUZZ_SEED ?? 1);

test(`${RUNS} monkeys: no error, no control character from content, and nothing is left`, async () => {
  for (let seed = FIRST; seed < FIRST + RUNS; seed++) await playMonkey(seed, 250);
});
