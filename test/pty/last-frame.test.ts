/** What an app changes in the moment it ends is on the screen it leaves behind. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyProgram, startPty } from './harness.ts';

let program: PtyProgram | null = null;

afterEach(() => {
  program?.close();
  program = null;
});

/** Runs the app in one mode, sends all keys in one read, and gives what is on the normal screen afterwards. */
async function ended(way: string, mode: string, keys: string): Promise<{ status: number; lines: string[]; output: string }> {
  const pty = startPty(fixture('last-frame'), { cols: 60, rows: 12, args: [way, mode] });
  program = pty;
  await pty.until((screen) => screen.includes('READY'), 'the app');
  pty.send(keys);
  const { status, lineRestored } = await pty.exit;
  assert.ok(lineRestored);
  assert.deepEqual(pty.modes.left(), []);
  const lines = pty.lines().filter((line) => line !== '');
  return { status, lines: lines.slice(0, lines.findIndex((line) => line.startsWith('STTY-AFTER'))), output: pty.output };
}

describe('the last frame', () => {
  for (const [what, way, keys, status] of [
    ['process.exit in a handler', 'exit', 'l-hq', 3],
    ['unmount in a handler', 'unmount', 'l-hq', 0],
    ['Ctrl+C', 'ctrl-c', 'l-h\x03', 0],
    ['unmount in an effect that runs before those that show the change', 'effect-unmount', 'l-hq', 0],
    ['process.exit in such an effect', 'effect-exit', 'l-hq', 4],
  ] as const) {
    test(`shows what was changed in the same read as the end: ${what}`, async () => {
      const end = await ended(way, way.startsWith('effect') ? 'append' : 'inline', keys);
      assert.equal(end.status, status);
      const shown = end.lines.filter((line) => /%|READY|AFTER/.test(line));
      assert.deepEqual(shown, status === 0 ? ['100 %', 'READY', 'AFTER'] : ['100 %', 'READY']);
    });
  }

  test('an effect that fails there is told of behind the last frame, and the terminal is given back', async () => {
    const { status, lines } = await ended('throws', 'inline', 'l-hq');
    assert.equal(status, 3);
    assert.match(lines.join('\n'), /^100 %\nREADY\n[^]*the last effect fails on purpose/m);
  });

  for (const [what, way, status] of [
    ['process.exit', 'warns-exit', 3],
    ['an uncaught error', 'warns-crash', 1],
  ] as const) {
    test(`what the developer should know is printed behind it, also after ${what}`, async () => {
      const end = await ended(way, 'inline', 'q');
      assert.equal(end.status, status);
      assert.match(end.lines.join('\n'), /^READY\nspark-tui: .*link /m);
      assert.equal(end.output.split('spark-tui: ').length - 1, 1, 'once');
    });
  }

  test('an effect that calls process.exit there does not end the process with the terminal half given back', async () => {
    const { status, lines } = await ended('exit-again', 'inline', 'l-hq');
    assert.ok(status === 3 || status === 5, `${status}`);
    assert.deepEqual(lines.slice(-2), ['100 %', 'READY']);
  });
});
