/** Monkeys with fixed seeds on every example, on real pseudo-terminals. */
import { describe, test } from 'node:test';
import { EXAMPLES, playExample } from './example-monkey.ts';

const FIRST = Number(process.env.SPARK_FUZZ_SEED ?? 1);
const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

describe('a monkey at the keyboard leaves the terminal as it was', () => {
  for (const name of EXAMPLES.keys()) {
    test(name, async () => {
      for (let seed = FIRST; seed < FIRST + RUNS; seed++) await playExample(name, seed, 2000);
    });
  }
});
