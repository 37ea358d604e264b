import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLayers, isReexportsOnly, parseRanks } from './layers.ts';

const table = `
Some text.

| rank | folder | node | owns |
|---|---|---|---|
| 0 | base | | errors |
| 1 | text | | widths |
| 1 | style | | colours |
| 3 | terminal | node | bytes |

| 9 | not-of-this-table | | |
`;
const ranks = parseRanks(table);
const packages = new Set(['alien-signals', '@scope/name']);

function messages(path: string, text: string): string[] {
  return checkLayers([{ path, text }], ranks, packages).map(({ line, message }) => `${line}: ${message}`);
}

test('the table gives rank and node permission of each folder and ends with its last row', () => {
  assert.deepEqual([...ranks.keys()], ['base', 'text', 'style', 'terminal']);
  assert.deepEqual(ranks.get('terminal'), { rank: 3, node: true });
  assert.deepEqual(ranks.get('base'), { rank: 0, node: false });
});

test('a missing table, an empty one, a malformed row and a folder named twice are errors', () => {
  const head = '| rank | folder | node | owns |\n|---|---|---|---|\n';
  assert.throws(() => parseRanks('# nothing'), /no table/);
  assert.throws(() => parseRanks(head), /empty/);
  assert.throws(() => parseRanks(`${head}| one | base | | |`), /malformed/);
  assert.throws(() => parseRanks(`${head}| 1 | base | yes | |`), /malformed/);
  assert.throws(() => parseRanks(`${head}| 1 | base | | |\n| 2 | base | | |`), /twice/);
});

test('own folder, and index.ts of a lower rank, are allowed', () => {
  assert.deepEqual(messages('text/a.ts', "import { b } from './b.ts';\nimport { c } from '../base/index.ts';\n"), []);
  assert.deepEqual(messages('terminal/deep/a.ts', "import { t } from '../../text/index.ts';\n"), []);
});

test('an upward import is caught, in every form an import has', () => {
  const upward = ['1: base (rank 0) may not import text (rank 1)'];
  assert.deepEqual(messages('base/a.ts', "import { t } from '../text/index.ts';"), upward);
  assert.deepEqual(messages('base/a.ts', "import type { T } from '../text/index.ts';"), upward);
  assert.deepEqual(messages('base/a.ts', "export * from '../text/index.ts';"), upward);
  assert.deepEqual(messages('base/a.ts', "import '../text/index.ts';"), upward);
  assert.deepEqual(messages('base/a.ts', "const t = await import('../text/index.ts');"), upward);
  assert.deepEqual(messages('base/a.test.ts', "import { t } from '../text/index.ts';"), upward);
  assert.deepEqual(messages('base/a.ts', "\nimport {\n  t,\n} from '../text/index.ts';"), [
    '2: base (rank 0) may not import text (rank 1)',
  ]);
});

test('an import of the same rank is caught', () => {
  assert.deepEqual(messages('text/a.ts', "import { s } from '../style/index.ts';"), [
    '1: text (rank 1) may not import style (rank 1)',
  ]);
});

test('what needs a process is reached from *.node.ts files, tests and doors only', () => {
  assert.deepEqual(messages('terminal/a.node.ts', "import { t } from './tty.node.ts';"), []);
  assert.deepEqual(messages('index.ts', "export { m } from './terminal/index.node.ts';"), []);
  assert.match(messages('terminal/a.ts', "import { t } from './tty.node.ts';")[0]!, /needs a process/);
  assert.match(messages('browser.ts', "export { m } from './terminal/index.node.ts';")[0]!, /needs a process/);
});

test('an import deeper than index.ts is caught', () => {
  assert.deepEqual(messages('text/a.ts', "import { c } from '../base/clock.ts';"), [
    '1: ../base/clock.ts reaches deeper than base/index.ts',
  ]);
});

test('a node import is allowed only in *.node.ts of a node folder, and in tests', () => {
  const source = "import { readFileSync } from 'node:fs';";
  assert.deepEqual(messages('terminal/tty.node.ts', source), []);
  assert.deepEqual(messages('terminal/tty.ts', source), ['1: node:fs outside a *.node.ts file']);
  assert.deepEqual(messages('text/tty.node.ts', source), ['1: node:fs in a folder without node imports']);
  assert.deepEqual(messages('text/a.test.ts', source), []);
  assert.deepEqual(messages('terminal/tty.node.ts', "import fs from 'fs';"), ['1: write node:fs']);
});

test('packages must be published dependencies, except in tests', () => {
  assert.deepEqual(messages('text/a.ts', "import { x } from 'alien-signals/system';"), []);
  assert.deepEqual(messages('text/a.ts', "import { x } from '@scope/name/part';"), []);
  assert.deepEqual(messages('text/a.test.ts', "import fc from 'fast-check';"), []);
  assert.deepEqual(messages('text/a.ts', "import fc from 'fast-check';"), [
    '1: package fast-check is not a dependency of the published package',
  ]);
});

test('an unknown folder, a door as a source, and an import out of src are caught', () => {
  assert.deepEqual(messages('utils/a.ts', ''), ['1: folder utils is not in the ranks table']);
  assert.deepEqual(messages('text/a.ts', "import { u } from '../utils/index.ts';"), [
    '1: folder utils is not in the ranks table',
  ]);
  assert.match(messages('text/a.ts', "import { all } from '../index.ts';")[0]!, /public door/);
  assert.match(messages('text/a.ts', "import { all } from '../../x/index.ts';")[0]!, /leaves src/);
  assert.match(messages('text/a.ts', "import { b } from './b.js';")[0]!, /does not end in \.ts/);
});

test('a door re-exports from any folder and does nothing else', () => {
  assert.deepEqual(messages('index.ts', "/** Doc. */\nexport { a,\n  b } from './text/index.ts';\n"), []);
  assert.deepEqual(messages('index.ts', "export * from './terminal/index.ts';\n"), []);
  assert.match(messages('index.ts', "export { a } from './text/a.ts';")[0]!, /reaches deeper/);
  assert.match(messages('index.ts', 'export const a = 1;')[0]!, /public door consists/);
  assert.equal(isReexportsOnly("import { a } from './text/index.ts';"), false);
});

test('imports in comments and documentation are none', () => {
  const source = "/**\n * @example\nimport { t } from '../text/index.ts';\n */\n// import('../text/index.ts')\n";
  assert.deepEqual(messages('base/a.ts', source), []);
});
