/** What is printed after an app ended by an error: its text, and nothing that steers the terminal. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyExit, type PtyProgram, startPty } from './harness.ts';

let program: PtyProgram | null = null;
afterEach(() => {
  program?.dispose();
  program = null;
});

const WAYS = ['timer', 'handler', 'reject', 'root'] as const;

async function end(how: (typeof WAYS)[number], what: string): Promise<PtyExit> {
  program = startPty(fixture('hostile-error'), { args: [how, what] });
  if (how === 'root') return program.exit;
  await program.until((screen) => screen.includes('READY'), 'the app');
  program.send('g');
  return program.exit;
}

function assertHarmless({ output, modes }: PtyProgram): void {
  // oxlint-disable-next-line no-control-regex -- what must not be printed
  assert.doesNotMatch(output, /\u001b\]0;PWNED|\u001b\]52|\u009b|\u0007/);
  assert.deepEqual(modes.left(), []);
}

describe('an error that quotes escape sequences', () => {
  for (const how of WAYS) {
    test(`thrown by a ${how}: is printed with them made visible`, async () => {
      const { status } = await end(how, 'error');
      assert.equal(status, 1);
      assert.match(program!.output, /cannot open \ufffd\]0;PWNED\ufffd\ufffd31m\ufffd\[2J\ufffd\[\?1049h\.txt/);
      // Warnings come with the end of an app, not with that of its process.
      if (how === 'handler') assert.match(program!.output, /link "x/);
      assertHarmless(program!);
    });
  }

  for (const what of ['string', 'errors', 'map', 'name', 'class', 'look-alike', 'object']) {
    // The way matters where the runtime prints it, or we do.
    for (const how of what === 'string' || what === 'object' ? WAYS : (['timer'] as const)) {
      test(`as ${what}, thrown by a ${how}: is printed, and steers nothing`, async () => {
        const { status } = await end(how, what);
        assert.equal(status, 1);
        assert.match(program!.output, /cannot open|the outer one|of a class|object/i);
        assertHarmless(program!);
      });
    }
  }
});
