/** What is printed after an app ended by an error: its text, and nothing that steers the terminal. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyProgram, startPty } from './harness.ts';

let program: PtyProgram | null = null;
afterEach(() => {
  program?.close();
  program = null;
});

describe('an error that quotes escape sequences', () => {
  for (const how of ['timer', 'handler', 'reject']) {
    test(`thrown by a ${how}: is printed with them made visible`, async () => {
      program = startPty(fixture('hostile-error'), { args: [how] });
      await program.until((screen) => screen.includes('READY'), 'the app');
      program.send('g');
      const exit = await program.exit;
      assert.equal(exit.status, 1);
      assert.match(program.output, /cannot open \ufffd\]0;PWNED\ufffd\ufffd31m\ufffd\[2J\.txt/);
      // Warnings come with the end of an app, not with that of its process.
      if (how === 'handler') assert.match(program.output, /link "x/);
      // oxlint-disable-next-line no-control-regex -- what must not be printed
      assert.doesNotMatch(program.output, /\u001b\]0;PWNED|\u001b\]52|\u009b|\u0007/);
      assert.deepEqual(program.modes.left(), []);
    });
  }
});
