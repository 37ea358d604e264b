import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputTail, runCommand } from './run-command.ts';

const node = process.execPath;
const options = { cwd: process.cwd(), timeoutMs: 20_000 };

test('a program’s outputs and exit code are told; code 0 is no failure', async () => {
  const good = await runCommand([node, '-e', 'console.log("out"); console.error("err")'], options);
  assert.deepEqual([good.code, good.stdout, good.stderr, good.failure], [0, 'out\n', 'err\n', null]);
  const bad = await runCommand([node, '-e', 'console.log("why"); process.exit(3)'], options);
  assert.deepEqual([bad.code, bad.failure, outputTail(bad)], [3, 'exit code 3', '    why\n']);
});

test('a program that cannot be started is a failure, not an exception', async () => {
  const result = await runCommand(['no-such-program-here'], options);
  assert.equal(result.code, null);
  assert.match(result.failure!, /ENOENT/);
});

test('at the time limit the program and what it started are killed', async () => {
  const source = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const result = await runCommand([node, '-e', source], { ...options, timeoutMs: 1_000 });
  assert.equal(result.timedOut, true);
  assert.match(result.failure!, /still running after 1 s/);
  // The pipes of both closed, or this line would not be reached; the grandchild is gone or a zombie about to be.
  assert.ok(Number(result.stdout) > 0);
});
