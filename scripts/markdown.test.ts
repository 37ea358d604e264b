import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeBlocks } from './markdown-blocks.ts';
import { npmScript, planCommands } from './shell-commands.ts';

test('blocks have language, code, line and the reason of a mark before them', () => {
  const text = '# x\n\n```ts\nconst a = 1;\n```\n\n<!-- not run: needs a server -->\n\n```SH\nserve\n```\n';
  assert.deepEqual(codeBlocks(text), [
    { language: 'ts', code: 'const a = 1;', line: 3, notRun: null },
    { language: 'sh', code: 'serve', line: 9, notRun: 'needs a server' },
  ]);
});

test('a mark counts only directly before its fence and only with a reason', () => {
  assert.equal(codeBlocks('<!-- not run: x -->\ntext\n```sh\na\n```')[0]!.notRun, null);
  assert.equal(codeBlocks('<!-- not run: -->\n```sh\na\n```')[0]!.notRun, null);
});

test('a longer fence holds shorter ones; an indented block loses its indent; info after the language is ignored', () => {
  assert.deepEqual(codeBlocks('````md\n```ts\nx\n```\n````').map(({ language }) => language), ['md']);
  assert.deepEqual(codeBlocks('- x\n  ```ts title="a"\n  one\n    two\n  ```').map(({ code }) => code), ['one\n  two']);
});

test('an unclosed block is an error', () => {
  assert.throws(() => codeBlocks('a\n```ts\nx\n'), /line 2: .*never closed/);
});

test('commands are split, comments dropped, and those the check itself proves are covered', () => {
  const plans = planCommands('# all of it\n$ npm ci && npm run demo\nnode a.mjs \\\n  --fast # quick\n\nnpm test -- layout\n');
  assert.deepEqual(
    plans.map(({ kind, command }) => `${kind} ${command.replace(/\s+/g, ' ')}`),
    ['covered npm ci', 'run npm run demo', 'run node a.mjs --fast', 'covered npm test -- layout'],
  );
});

test('an unknown command is run, never waved through', () => {
  for (const command of ['npm run demon', 'npm install left-pad', 'npm cite', 'echo npm test']) {
    assert.deepEqual(planCommands(command), [{ kind: 'run', command }]);
  }
});

test('the npm script of a command is known, so that a missing one is noticed', () => {
  assert.equal(npmScript('npm test'), 'test');
  assert.equal(npmScript('npm run bench -- width'), 'bench');
  assert.equal(npmScript('npm ci'), null);
});
