import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UNIT_AUTO, UNIT_CELLS, UNIT_CONTENT, UNIT_FIT_CONTENT, UNIT_MAX_CONTENT, UNIT_MIN_CONTENT, UNIT_PERCENT, UNIT_VH, UNIT_VW } from '../scene/index.ts';
import { parseLength } from './parse-length.ts';

describe('parseLength', () => {
  test('knows numbers, percentages, viewport units and keywords', () => {
    const cases: readonly (readonly [unknown, number, number])[] = [
      [0, 0, UNIT_CELLS],
      [-2.5, -2.5, UNIT_CELLS],
      ['50%', 50, UNIT_PERCENT],
      ['-12.5%', -12.5, UNIT_PERCENT],
      ['10vw', 10, UNIT_VW],
      ['100vh', 100, UNIT_VH],
      ['auto', 0, UNIT_AUTO],
      [undefined, 0, UNIT_AUTO],
      [null, 0, UNIT_AUTO],
      ['min-content', 0, UNIT_MIN_CONTENT],
      ['max-content', 0, UNIT_MAX_CONTENT],
      ['fit-content', 0, UNIT_FIT_CONTENT],
      ['content', 0, UNIT_CONTENT],
    ];
    const out = { value: 0, unit: 0 };
    for (const [input, value, unit] of cases) {
      assert.equal(parseLength(input, out), true, String(input));
      assert.deepEqual(out, { value, unit }, String(input));
    }
  });

  test('refuses everything else', () => {
    for (const input of ['', '5', '%', ' %', 'a%', '5em', 'constructor', 'toString', Number.NaN, Infinity, true, {}, [], () => 1]) {
      assert.equal(parseLength(input, { value: 0, unit: 0 }), false, String(input));
    }
  });

  test('brings absurd numbers of cells into reach', () => {
    const out = { value: 0, unit: 0 };
    assert.equal(parseLength(1e300, out), true);
    assert.equal(out.value, 1_000_000);
  });
});
