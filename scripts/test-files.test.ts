import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { listTestFiles } from './test-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'spark-tui-test-files-'));
after(() => rmSync(folder, { recursive: true }));
for (const path of ['packages/a/src/b.test.js', 'packages/a/src/b.js', 'test/pty/exit.test.js', 'test/pty/storm.test.js', 'test/e2e/x.test.js', 'test/e2e/x.test.ts']) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), '');
}

test('compiled tests are found at any depth; those of pseudo-terminals are kept apart, and those that measure', () => {
  assert.deepEqual(listTestFiles(folder), {
    parallel: ['packages/a/src/b.test.js', 'test/e2e/x.test.js'],
    waiting: ['test/pty/exit.test.js'],
    serial: ['test/pty/storm.test.js'],
  });
});

test('filters select by any part of the path', () => {
  assert.deepEqual(listTestFiles(folder, ['e2e', 'pty/exit']), {
    parallel: ['test/e2e/x.test.js'],
    waiting: ['test/pty/exit.test.js'],
    serial: [],
  });
  assert.deepEqual(listTestFiles(folder, ['nothing']), { parallel: [], waiting: [], serial: [] });
});
