/** `mount` on a real pseudo-terminal: what a person sees, every way out, and what is left behind. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, runtimeName, startPty } from './harness.ts';

let program: PtyProgram | null = null;

async function mounted(how: string, options: PtyOptions = {}): Promise<PtyProgram> {
  program = startPty(fixture('mounted'), { ...options, args: [how] });
  await program.until((screen) => screen.includes('READY') && screen.includes('count'), 'the app');
  return program;
}

async function assertRestored(pty: PtyProgram, status: number): Promise<void> {
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.equal(pty.alternate, false, 'alternate screen left');
  assert.deepEqual(exit, { status, lineRestored: true });
}

afterEach(() => {
  program?.close();
  program = null;
});

describe('an app on a terminal', () => {
  test('draws, counts, and after unmount the code behind await mount() goes on', async () => {
    const pty = await mounted('unmount', { cols: 40, rows: 6 });
    await pty.until((screen) => /count [3-9]/.test(screen), 'the counter');
    assert.match(pty.screen(), /^┌─{38}┐\n│READY 40x6/);
    pty.send('g');
    await assertRestored(pty, 0);
    assert.match(pty.screen(), /AFTER mount\(\)/);
  });

  test('Ctrl+C ends it; the process ends by itself', async () => {
    const pty = await mounted('unmount');
    pty.send('\x03');
    await assertRestored(pty, 0);
  });

  test('process.exit in a key handler leaves a restored terminal and keeps its code', async () => {
    for (const [how, status] of [['exit', 3], ['q-exit', 0]] as const) {
      const pty = await mounted(how);
      pty.send('g');
      await assertRestored(pty, status);
    }
  });

  for (const [signal, status] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const) {
    test(`${signal} ends it with the status that signal has`, async () => {
      const pty = await mounted('unmount');
      pty.kill(signal);
      await assertRestored(pty, status);
    });
  }

  for (const [what, how, key, message] of [
    ['an uncaught error in a timer', 'throw', 'g', 'thrown in a timer on purpose'],
    ['an unhandled rejection', 'reject', 'g', 'rejected on purpose'],
    ['an error in an event handler', 'unmount', 'x', 'thrown in a handler on purpose'],
    ['an error in an effect', 'unmount', 'e', 'thrown in an effect on purpose'],
  ] as const) {
    test(`${what} gives the terminal back and is printed on the normal screen`, async () => {
      const pty = await mounted(how);
      pty.send(key);
      await assertRestored(pty, 1);
      assert.match(pty.screen(), new RegExp(message));
    });
  }

  test('an error while the app is made never takes the terminal', async () => {
    program = startPty(fixture('mounted'), { args: ['build-error'] });
    const exit = await program.exit;
    assert.equal(exit.status, 1);
    assert.ok(exit.lineRestored);
    assert.ok(!program.output.includes('\x1b[?1049h'));
    assert.match(program.screen(), /thrown while the app was made/);
  });

  test('a second app on the same terminal is refused; after unmount the terminal can be mounted again', async () => {
    const pty = await mounted('twice');
    pty.send('g');
    await assertRestored(pty, 0);
    assert.match(pty.output, /MOUNTED AGAIN/);
    assert.match(pty.screen(), /REPORT nodes 0 effects 0 timers 0/);
  });

  test('follows the size of the terminal, also through a storm of resizes, and honours the last one', async () => {
    const pty = await mounted('unmount', { cols: 60, rows: 10 });
    for (let i = 0; i < 60; i++) pty.resize(20 + (i % 30), 4 + (i % 9));
    pty.resize(33, 7);
    await pty.until((screen) => screen.includes('READY 33x7'), 'the last size');
    await pty.until((screen) => /^┌─{31}┐\n/.test(screen) && /\n└─{31}┘$/.test(screen), 'a border of the last size');
    pty.send('g');
    await assertRestored(pty, 0);
  });

  test('a bell written beside it does not disturb the frame', async () => {
    const pty = await mounted('bell', { cols: 40, rows: 6 });
    pty.send('g');
    await pty.until((screen) => /count ([1-9]\d)/.test(screen), 'later counts');
    assert.match(pty.screen(), /^┌─{38}┐\n│READY 40x6 +│\n│count \d+ +│\n/);
    pty.send('\x03');
    await assertRestored(pty, 0);
  });
});

describe('a terminal that is slower than the app', () => {
  test('stops reading for a while: the app goes on, and the last state is on the screen afterwards', async () => {
    program = startPty(fixture('mounted'), { args: ['noise'], cols: 120, rows: 40 });
    const pty = program;
    await pty.until((screen) => screen.split('\n').length >= 40 && screen.includes('!'), 'noise');
    pty.pause();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    pty.send('s');
    await new Promise((resolve) => setTimeout(resolve, 300));
    pty.resume();
    const expected = Array.from({ length: 40 }, (_, y) => String.fromCharCode(65 + (y % 26)).repeat(120)).join('\n');
    await pty.until((screen) => screen === expected, 'the last state');
    pty.send('\x03');
    await assertRestored(pty, 0);
  });
});

describe('where there is no terminal', () => {
  const ESC = '\x1b';
  // The harness itself writes on the terminal; what the program wrote comes from its file.
  for (const [what, shell] of [
    ['stdout is a pipe', '"$@" </dev/null | cat'],
    ['TERM is dumb', 'TERM=dumb "$@"'],
    ['stdin is /dev/null', '"$@" </dev/null'],
    ['stdin is closed', '"$@" <&-'],
  ] as const) {
    test(`${what}: the final frame as plain text, no escape byte, exit 0`, async () => {
      program = startPty(fixture('mounted'), { args: ['unmount'], shell });
      const exit = await program.exit;
      assert.deepEqual(exit, { status: 0, lineRestored: true });
      assert.ok(!program.output.includes(ESC), 'an escape byte was written');
      assert.match(program.output, /┌─{78}┐\r\n│READY 80x24[^]*└─{78}┘\r\nAFTER mount\(\)/);
    });
  }

  test('keys still come from the terminal when stdin is a pipe', async () => {
    if (runtimeName() !== 'node') return;
    program = startPty(fixture('mounted'), { args: ['unmount'], shell: 'echo ignored | "$@"' });
    await program.until((screen) => screen.includes('READY'), 'the app');
    program.send('g');
    await assertRestored(program, 0);
  });
});
