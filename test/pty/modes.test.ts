/** The modes of the normal screen on a real pseudo-terminal: what a person sees, while it runs and afterwards. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, runtimeName, startPty } from './harness.ts';

let program: PtyProgram | null = null;

async function started(mode: string, options: PtyOptions = {}): Promise<PtyProgram> {
  program = startPty(fixture('modes'), { cols: 40, rows: 14, shell: 'echo USER LINE; "$@"', ...options, args: [mode] });
  await program.until((screen) => screen.includes('READY'), 'the app');
  return program;
}

async function pressed(pty: PtyProgram, key: string, shown: string): Promise<void> {
  pty.send(key);
  await pty.until((screen) => screen.includes(shown), shown);
}

/** Lines from the user's on, without blank ones and the harness's own report. */
function shownLines(pty: PtyProgram): string[] {
  const lines = pty.lines().filter((line) => line !== '');
  const end = lines.findIndex((line) => line.startsWith('STTY-AFTER'));
  return lines.slice(lines.indexOf('USER LINE'), end < 0 ? undefined : end);
}

/** What must never be sent on the normal screen: it would erase or move lines of the user. */
// oxlint-disable-next-line no-control-regex -- sequences are what it looks for
const FORBIDDEN = /\u001b\[[23]J|\u001b\[\d*;?\d*H|\u001b\[\d*d|\u001b\[\d*;?\d*r|\u001b\[\d*[STM]|\u001b\[\?1049h/;

afterEach(() => {
  program?.close();
  program = null;
});

describe('an app below the prompt', () => {
  for (const mode of ['inline', 'append']) {
    test(`${mode}: lines go above it, it grows and shrinks, and its last state stays`, async () => {
      const pty = await started(mode);
      assert.equal(pty.alternate, false);
      await pressed(pty, 'p', 'printed 0 { a: 1 }');
      await pressed(pty, 'l', 'logged [ 1, 2 ]');
      await pressed(pty, 'b', 'block');
      await pressed(pty, '+', '@ 2 0');
      await pressed(pty, 'w', 'written to stderr');
      pty.send('-');
      await pty.until((screen) => !screen.includes('@ 2 0'), 'one row less');
      assert.deepEqual(shownLines(pty), [
        'USER LINE',
        `PID ${pty.pid}`,
        'printed 0 { a: 1 }',
        'logged [ 1, 2 ]',
        '┌──────────┐',
        '│block     │',
        '└──────────┘',
        'written to stderr',
        '┌────────────────────────────┐',
        '│READY 40x14                 │',
        '│@ 0 0                       │',
        '│@ 1 0                       │',
        '└────────────────────────────┘',
      ]);
      pty.send('q');
      assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
      assert.deepEqual(pty.modes.left(), []);
      assert.deepEqual(shownLines(pty).slice(-5), [
        '│READY 40x14                 │',
        '│@ 0 9999                    │',
        '│@ 1 9999                    │',
        '└────────────────────────────┘',
        'AFTER with the console as before',
      ]);
      assert.doesNotMatch(pty.output, FORBIDDEN);
    });
  }

  for (const [what, end, status] of [
    ['process.exit', (pty: PtyProgram) => pty.send('x'), 3],
    ['Ctrl+C', (pty: PtyProgram) => pty.send('\x03'), 0],
    ['SIGTERM', (pty: PtyProgram) => pty.kill('SIGTERM'), 143],
    ['an uncaught error', (pty: PtyProgram) => pty.send('e'), 1],
  ] as const) {
    test(`${what} leaves the last frame and what was printed, and what follows begins below`, async () => {
      const pty = await started('inline');
      await pressed(pty, 'p', 'printed 0');
      end(pty);
      assert.deepEqual(await pty.exit, { status, lineRestored: true });
      assert.deepEqual(pty.modes.left(), []);
      const lines = shownLines(pty);
      assert.deepEqual(lines.slice(2, 8), [
        'printed 0 { a: 1 }',
        '┌────────────────────────────┐',
        '│READY 40x14                 │',
        '│@ 0 0                       │',
        '│@ 1 0                       │',
        '└────────────────────────────┘',
      ]);
      if (status === 1) assert.match(lines.join('\n'), /on purpose/);
      if (status === 0) assert.match(lines[8] ?? '', /^AFTER/);
    });
  }

  test('switched to the whole screen and back: the user\'s lines are where they were, printed lines above the region', async () => {
    const pty = await started('inline');
    pty.send('f');
    await pty.until(() => pty.alternate, 'the alternate screen');
    pty.send('p');
    pty.send('c');
    await pty.until((screen) => screen.includes('@ 0 1'), 'the count');
    assert.doesNotMatch(pty.screen(), /printed|USER/);
    pty.send('i');
    await pty.until((screen) => !pty.alternate && screen.includes('READY'), 'the region');
    assert.deepEqual(shownLines(pty).slice(0, 4), ['USER LINE', `PID ${pty.pid}`, 'printed 0 { a: 1 }', '┌────────────────────────────┐']);
    pty.send('q');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  });

  test('switched by an effect of the layout, to the whole screen and back: every frame is written in the mode it is for', async () => {
    const pty = await started('inline');
    const before = pty.output.length;
    pty.send('a+');
    await pty.until((screen) => pty.alternate && screen.includes('@ 2 0'), 'the alternate screen');
    const switched = pty.output.indexOf('\x1b[?1049h', before);
    assert.doesNotMatch(pty.output.slice(before, switched), FORBIDDEN);
    assert.doesNotMatch(pty.output.slice(before, switched), /@ 2/);
    assert.equal(pty.screen().split('\n')[4], '│@ 2 0                       │');
    pty.send('-');
    await pty.until((screen) => !pty.alternate && screen.includes('READY'), 'the region');
    assert.deepEqual(shownLines(pty), [
      'USER LINE',
      `PID ${pty.pid}`,
      '┌────────────────────────────┐',
      '│READY 40x14                 │',
      '│@ 0 0                       │',
      '│@ 1 0                       │',
      '└────────────────────────────┘',
    ]);
    pty.send('q');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  });
});

describe('an app on the whole screen', () => {
  test('what the program printed meanwhile is shown after the end, in order', async () => {
    const pty = await started('fullscreen');
    pty.send('plw');
    pty.send('c');
    await pty.until((screen) => screen.includes('@ 0 1'), 'the count');
    assert.doesNotMatch(pty.screen(), /printed|logged|written/);
    pty.send('q');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    const lines = shownLines(pty);
    const at = lines.indexOf('printed 0 { a: 1 }');
    assert.deepEqual(lines.slice(at, at + 4), ['printed 0 { a: 1 }', 'logged [ 1, 2 ]', 'written to stderr', 'AFTER with the console as before']);
  });
});

describe('without a terminal', () => {
  test('what is printed comes at once and in order, the final frame last, as plain text', { skip: runtimeName() !== 'node' }, async () => {
    program = startPty(fixture('modes'), { shell: '"$@" </dev/null | cat', args: ['append'] });
    await program.exit;
    assert.match(program.output, /PID \d+\r\n┌─+┐\r\n│READY/);
  });
});
