import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oversized, unportable } from './file-rules.ts';

const HOST = ['registry', 'example', 'org'].join('.');
const HOME = ['', 'home', 'alice'].join('/');

function paths(text: string): string[] {
  return unportable([{ path: 'a.ts', text }], ['/srv/checkout', '/opt/']).map((found) => `${found.line} ${found.message}`);
}

test('a file of 500 lines is fine, of 501 is not, unless its head calls it a table or an algorithm', () => {
  const at = (lines: number, head = ''): number =>
    oversized([{ path: 'a.ts', text: head + 'x\n'.repeat(lines) }]).length;
  assert.equal(at(500), 0);
  assert.equal(at(501), 1);
  assert.equal(at(900, '/** Table: widths. */\n'), 0);
  assert.equal(at(900, '/**\n * Algorithm: flexbox.\n */\n'), 0);
  assert.equal(at(900, `${'\n'.repeat(30)}// Table: too far down\n`), 1);
});

test('folders of this machine, home folders and registry hosts are found with their line', () => {
  assert.deepEqual(paths('ok\n"/srv/checkout"\n'), ['2 names a folder of this machine']);
  assert.deepEqual(paths(`\n\nsee ${HOME}/x`), ['3 names a home folder']);
  assert.deepEqual(paths(`https://${HOST}/left-pad`), ['1 names a package registry']);
  assert.deepEqual(paths(`"resolved": "${'https'}://x"`), ['1 has a download address (npm: omit-lockfile-registry-resolved)']);
});

test('relative paths, workspace links and words that only look alike are fine', () => {
  for (const text of ['"resolved": "packages/spark-tui"', 'test/home/alice', '../srv/checkout', '/home/user/a.txt', '/srv/checkouts', 'a/opt/b', 'registry.register(x)', '~/root/']) {
    assert.deepEqual(paths(text), [], text);
  }
});
