import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generateUnicodeTables, tablesPath } from './gen-unicode.ts';

test('generating the Unicode tables again gives the identical file', async () => {
  assert.equal(await generateUnicodeTables(), readFileSync(tablesPath(), 'utf8'));
});
