/** Three minutes of the soak: programs at work on pseudo-terminals, judged by their own statistics. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, soak } from './pty-soak.ts';
import { programs } from './programs.ts';

const MINUTES = 3;

test('three minutes of examples and loads: counts do not rise, memory is flat, nothing is left', async (context) => {
  const results = await Promise.all(programs(MINUTES).map((options) => soak(options)));
  for (const result of results) context.diagnostic(describe(result));
  assert.deepEqual(results.flatMap(({ failures }) => failures), []);
});
