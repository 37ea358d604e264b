/** The examples on a pseudo-terminal, used as a person uses them; and without a terminal, where they end by themselves. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type PtyOptions, type PtyProgram, startPty } from './harness.ts';

let program: PtyProgram | null = null;

function example(name: string, options: PtyOptions = {}): PtyProgram {
  const file = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', `${name}.js`);
  program = startPty(file, options);
  return program;
}

async function assertEnds(pty: PtyProgram): Promise<void> {
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.deepEqual(exit, { status: 0, lineRestored: true });
}

afterEach(() => {
  program?.close();
  program = null;
});

describe('examples on a terminal', () => {
  test('hello: draws its box; Ctrl+C ends it', async () => {
    const pty = example('hello', { cols: 40, rows: 8 });
    await pty.until((screen) => screen.includes('│  Hello from SparkTUI  │'));
    pty.send('\x03');
    await assertEnds(pty);
  });

  test('counter: keys, Tab and Enter, the mouse, q', async () => {
    const pty = example('counter', { cols: 60, rows: 14 });
    await pty.until((screen) => screen.includes('Count: 0 (even)'));
    pty.send('+');
    pty.send('\x1b[A');
    await pty.until((screen) => screen.includes('Count: 2 (even)'));
    pty.send('\t\t\r');
    await pty.until((screen) => screen.includes('Count: 3 (odd)'), 'the second button pressed by Enter');
    pty.send('\x1b[<0;5;5M\x1b[<0;5;5m');
    await pty.until((screen) => screen.includes('Count: 2 (even)'), 'the first button clicked');
    pty.send('q');
    await assertEnds(pty);
  });

  test('dashboard: live rows, sorting by key and by click, narrow and wide, q', async () => {
    const pty = example('dashboard/main', { cols: 100, rows: 30 });
    await pty.until((screen) => /Processor[^]*Memory[^]*Processes[^]*PID +CPU % +MEMORY COMMAND\s/.test(screen));
    pty.send('p');
    await pty.until((screen) => /COMMAND +│\n│ +1 /.test(screen), 'process 1 first when sorted by PID');
    pty.resize(60, 24);
    await pty.until((screen) => /^╭─{58}╮/m.test(screen), 'panels one above the other');
    pty.send('q');
    await assertEnds(pty);
  });

  for (const name of ['bench', 'mem-test', 'mem-leak-test']) {
    test(`${name}: measures, asserts, ends by itself with exit code 0`, async () => {
      const pty = example(name, { cols: 120, rows: 40 });
      await assertEnds(pty);
    });
  }
});

describe('examples without a terminal print their final frame and end', () => {
  for (const [name, shown] of [
    ['hello', /Hello from SparkTUI/],
    ['counter', /Count: 0 \(even\)/],
    ['form', /Ada Lovelace/],
    ['dashboard/main', /Processes/],
  ] as const) {
    test(name, async () => {
      const pty = example(name, { shell: '"$@" </dev/null | cat' });
      await assertEnds(pty);
      assert.match(pty.output, shown);
      assert.ok(!pty.output.includes('\x1b'), 'an escape byte was written');
    });
  }
});
