/**
 * The way out to the terminal, however the process is connected to it: the app draws, a terminal that stops reading
 * does not stop the app, and everything is right afterwards.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type IPty, spawn } from '@lydell/node-pty';
import { fixture, type PtyProgram, runtimeName, startPty } from './harness.ts';

const COLS = 100;
const ROWS = 30;
/** How long the terminal does not read. A write that blocks holds the app up for as long. */
const STALL_MS = 600;
/** Most a timer may be late meanwhile: half of that, for the sake of shared machines. */
const GAP_MS = 300;

interface Seen {
  readonly ms: number;
  readonly longestGapMs: number;
  readonly mergedFrames: number;
}

/** Where Deno cannot open the device of its stdin anew, it reads keys by blocking reads: its whole thread waits for a key. */
const denoBlocks = runtimeName() === 'deno' && 'Deno waits for keys with its whole thread here';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let folder = '';
let program: PtyProgram | null = null;
let other: IPty | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spark-writer-'));
});

afterEach(() => {
  program?.close();
  other?.kill('SIGKILL');
  program = null;
  other = null;
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'seen.json');

async function seen(holds: (text: string) => boolean): Promise<string> {
  for (const deadline = Date.now() + 10_000; ; await sleep(5)) {
    const text = existsSync(file()) ? readFileSync(file(), 'utf8') : 'none';
    if (holds(text)) return text;
    assert.ok(Date.now() < deadline, 'the program told nothing');
  }
}

/** Draws, stalls the terminal, then looks at what is left on the screen. `press` sends keys. */
async function drawsThroughAStall(pty: PtyProgram, press: (keys: string) => void): Promise<Seen> {
  await pty.until((screen) => screen.split('\n').filter((row) => row.length === COLS).length === ROWS, 'a screen of noise');
  pty.pause();
  pty.kill('SIGUSR2');
  await seen((text) => text === '');
  await sleep(STALL_MS);
  press('s');
  pty.kill('SIGUSR2');
  const measured = JSON.parse(await seen((text) => text.endsWith('}'))) as Seen;
  pty.resume();
  const expected = Array.from({ length: ROWS }, (_, y) => String.fromCharCode(65 + (y % 26)).repeat(COLS)).join('\n');
  await pty.until((screen) => screen === expected, 'the last state');
  press('g');
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.deepEqual(exit, { status: 0, lineRestored: true });
  assert.ok(measured.longestGapMs < GAP_MS, `a timer was ${measured.longestGapMs} ms late: the write blocked`);
  assert.ok(measured.mergedFrames > 0, 'no frame was merged');
  return measured;
}

async function drawsWith(shell: string): Promise<Seen> {
  program = startPty(fixture('noise'), { cols: COLS, rows: ROWS, args: [file()], shell });
  return drawsThroughAStall(program, (keys) => program!.send(keys));
}

/** True when a command of a shell works here; `$0` is the program of these tests. */
const works = (command: string): boolean => spawnSync('/bin/sh', ['-c', command, fixture('noise')], { stdio: 'ignore' }).status === 0;

describe('draws, and is not held up by a terminal that does not read', () => {
  test('with all on the terminal', async () => {
    await drawsWith('"$@"');
  });

  test('in a session of its own, without a controlling terminal', { skip: !works('setsid -w true') && 'no setsid' }, async () => {
    await drawsWith('setsid -w "$@"');
  });

  test('with stderr on a file', async () => {
    await drawsWith(`"$@" 2>"${join(folder, 'errors')}"`);
    assert.equal(readFileSync(join(folder, 'errors'), 'utf8'), '');
  });

  test('with stderr closed', async () => {
    await drawsWith('"$@" 2>&-');
  });

  test('with stdin on a pipe, keys from the controlling terminal', async () => {
    await drawsWith('echo piped | "$@"');
  });

  test('where the device files of terminals cannot be seen', { skip: denoBlocks || (!works('unshare -m true') && 'no mount namespaces here') }, async () => {
    // As with `docker exec -t`: the terminal belongs to somewhere else.
    await drawsWith(`unshare -m sh -c 'umount -l /dev/pts && test ! -e "$(readlink /proc/self/fd/1)" && exec "$@"' sh "$@"`);
  });

  test('where there is no /dev/tty', { skip: !works('unshare -m true') && 'no mount namespaces here' }, async () => {
    await drawsWith(`unshare -m sh -c 'mount --bind /dev/null /dev/tty && exec "$@"' sh "$@"`);
  });

  // Its device file is not ours to open; the controlling terminal is everybody's.
  test('as another user than the one the terminal belongs to', { skip: denoBlocks || (!works('setpriv --reuid 65534 --clear-groups test -r "$0"') && 'no other user to be here') }, async () => {
    chmodSync(folder, 0o777);
    await drawsWith('setpriv --reuid 65534 --clear-groups "$@"');
  });

  test('with stdin on another terminal than stdout', async () => {
    other = spawn('/bin/sh', ['-c', 'tty; stty -echo; exec sleep 1000'], { name: 'xterm', cols: 40, rows: 10 });
    const name = await new Promise<string>((resolve) => {
      other!.onData((data) => {
        const match = /\/dev\/\S+/.exec(data);
        if (match !== null) resolve(match[0]);
      });
    });
    program = startPty(fixture('noise'), { cols: COLS, rows: ROWS, args: [file()], shell: `"$@" <${name}` });
    await drawsThroughAStall(program, (keys) => other!.write(keys));
  });
});

describe('a final frame nobody reads', () => {
  for (const [what, shell] of [
    ['a pipe whose reader is gone', '("$@" </dev/null; echo "STATUS $?" >&2) | true'],
    ['a closed stdout', '"$@" </dev/null >&-; echo "STATUS $?"'],
  ] as const) {
    test(`is no error: ${what}`, async () => {
      program = startPty(fixture('mounted'), { args: ['unmount'], shell: `${shell}; true` });
      const exit = await program.exit;
      assert.equal(exit.lineRestored, true);
      assert.match(program.output, /STATUS 0/);
      assert.ok(!/EPIPE|EBADF|Error/.test(program.output), program.output);
    });
  }
});
