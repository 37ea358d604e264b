import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTotals, readTotal, type Totals } from './test-totals.ts';

test('summaries of several runs add up to one in node:test’s order', () => {
  const totals: Totals = new Map();
  for (const line of ['fail 1', 'tests 3', 'pass 2', 'duration_ms 10.6', 'tests 4', 'pass 4', 'fail 0', 'duration_ms 5']) {
    assert.equal(readTotal(line, totals), true, line);
  }
  assert.equal(formatTotals(totals), 'ℹ tests 7\nℹ pass 6\nℹ fail 1\nℹ duration_ms 16\n');
});

test('a diagnostic of a test is no total', () => {
  const totals: Totals = new Map();
  for (const line of ['tests are good', 'seed 12', 'pass', 'pass x', 'pass 1 2', '']) {
    assert.equal(readTotal(line, totals), false, line);
  }
  assert.equal(totals.size, 0);
});
