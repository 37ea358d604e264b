/** The guard process: what it puts back that the app could not, and that nothing of it is left otherwise. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { childrenOf, cpuMs, type ExitWay, runExit } from './exit-matrix.ts';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixture, type PtyOptions, type PtyProgram, runtimeCommand, runtimeName, startPty } from './harness.ts';

const file = fixture('exits');
const LIMIT_MS = 10_000;
/** Wanted is a second; a machine at work takes longer. */
const SOON_MS = 4000;
const killed: ExitWay = { name: 'SIGKILL', how: 'return', end: { signal: 'SIGKILL' }, status: 137, guarded: true };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isInstalled = (command: string): boolean => spawnSync('/bin/sh', ['-c', `command -v ${command.split(' ')[0]}`]).status === 0;

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.dispose();
});

function start(options: PtyOptions): PtyProgram {
  const pty = startPty(file, options);
  started.push(pty);
  return pty;
}

async function hasNoChildren(pid: number): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; childrenOf(pid).length > 0; await sleep(10)) {
    assert.ok(Date.now() < deadline, 'the guard is still there, or was not waited for');
  }
}

async function isGone(pid: number, limitMs = LIMIT_MS): Promise<void> {
  for (const deadline = Date.now() + limitMs; cpuMs(pid) !== null; await sleep(10)) assert.ok(Date.now() < deadline, 'the guard is still there');
}

async function isEmpty(folder: string, limitMs: number): Promise<void> {
  for (const deadline = Date.now() + limitMs; readdirSync(folder).some((name) => name.startsWith('spark-tui-')); await sleep(10)) {
    assert.ok(Date.now() < deadline, 'the folder of the guard is still there');
  }
}

const SHELLS = [
  ['bash', 'bash'],
  ['dash', 'dash'],
  ['BusyBox', 'busybox sh'],
  ['mksh', 'mksh'],
  ['ksh', 'ksh'],
  ['zsh', 'zsh --emulate sh'],
] as const;

describe('a guard', { concurrency: 3 }, () => {
  test('puts a terminal back on which an app was killed below the prompt', async () => {
    const { ms: _, ...outcome } = await runExit(killed, { file, args: ['inline', 'guard'] });
    assert.deepEqual(outcome, { status: 137, lineRestored: true, modesLeft: [], errorShown: false, typed: '', byGuard: true });
  });

  test('does not wait for what the app has started: that holds nothing of it open', async () => {
    // The end of the shell would end what is in its foreground.
    const pty = start({ args: ['spawn', 'fullscreen', 'guard'], shell: '"$@"; sleep 1' });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.kill('SIGKILL');
    await pty.until(() => pty.output.includes('\x1b[?1049l'), 'the normal screen');
    const child = Number(/CHILD (\d+)/.exec(pty.output)?.[1]);
    assert.notEqual(cpuMs(child), null);
    process.kill(child, 'SIGKILL');
    await pty.exit;
  });

  test('says what Node said of a lack of memory, on the normal screen', { skip: runtimeName() !== 'node' }, async () => {
    const pty = start({ args: ['oom', 'fullscreen', 'guard'], env: { NODE_OPTIONS: '--max-old-space-size=48' }, shell: '"$@"; sleep 0.5' });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.send('g');
    await pty.exit;
    assert.match(pty.lines().join('\n'), /spark-tui: the app ended: .*heap out of memory/);
  });

  for (const [shell, command] of SHELLS) {
    for (const what of ['terminal', 'nothing']) {
      test(`in ${shell}, of an app that has ended before it was ready, for ${what === 'terminal' ? 'a terminal' : 'nothing'}: leaves neither process nor folder`, { skip: !isInstalled(command) }, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'guard-test-'));
        try {
          const pty = startPty(fixture('early-guard'), { args: [what, ...command.split(' ')], env: { TMPDIR: folder } });
          started.push(pty);
          assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
          await isEmpty(folder, SOON_MS);
          for (const deadline = Date.now() + SOON_MS; spawnSync('pgrep', ['-f', folder]).status === 0; await sleep(10)) {
            assert.ok(Date.now() < deadline, 'something of the guard is left');
          }
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      });
    }

    test(`is a script for ${shell}, too: it ends what hangs, and gives back what was typed`, { skip: !isInstalled(command) }, async () => {
      const pty = startPty(fixture('guarded'), { args: command.split(' ') });
      started.push(pty);
      await pty.until((screen) => screen.includes('READY'), 'the program');
      pty.send('ab');
      await pty.until((screen) => screen.includes('TYPED ab'), 'what was typed');
      pty.send('\x1b[99;5u');
      assert.deepEqual(await pty.exit, { status: 137, lineRestored: true });
      assert.ok(pty.output.includes('RESTORED'));
      assert.match(pty.lines().join('\n'), /did not answer any more/);
    });
  }

  test('makes the difference: without one the terminal stays as it was left', async () => {
    const outcome = await runExit({ ...killed, guarded: false }, { file, args: ['fullscreen'] });
    assert.equal(outcome.byGuard, false);
    assert.equal(outcome.lineRestored, false);
  });

  test('undoes what was asked for beside the modes: the title', async () => {
    const pty = start( { args: ['return', 'fullscreen', 'guard'] });
    await pty.until((screen) => screen.includes('READY') && pty.output.includes('\x1b]2;exits'), 'the title');
    pty.kill('SIGKILL');
    await pty.until(() => pty.output.includes('\x1b[?1049l'), 'the normal screen');
    assert.ok(pty.output.includes('\x1b[23;0t'));
    await pty.exit;
  });

  for (const how of ['exit-in-root', 'SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    test(`is gone soon after an app that never had the terminal, and its folder with it: ${how}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'guard-test-'));
      try {
        const pty = start({ args: [how === 'exit-in-root' ? how : 'hang-in-root', 'fullscreen', 'guard'], env: { TMPDIR: folder } });
        if (how !== 'exit-in-root') {
          await pty.until((screen) => screen.includes('IN ROOT'), 'the app');
          const [guard] = childrenOf(pty.pid);
          pty.kill(how);
          await pty.exit;
          await isGone(guard!, SOON_MS);
        }
        await pty.exit;
        await isEmpty(folder, SOON_MS);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  test('that cannot be had is missed aloud, and the app runs', async () => {
    const pty = start({ args: ['return', 'fullscreen', 'guard'], shell: 'TMPDIR=/nowhere "$@"' });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.send('g');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.match(pty.screen(), /there is no guard process/);
  });

  test('does not come where it is declined', async () => {
    const pty = start( { args: ['return', 'fullscreen'] });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    assert.deepEqual(childrenOf(pty.pid), []);
    pty.send('g');
    await pty.exit;
  });

  test('is gone after the app was unmounted, while the process lives on: no zombie', async () => {
    const pty = start( { args: ['stay', 'fullscreen', 'guard'] });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    assert.equal(childrenOf(pty.pid).length, 1);
    pty.send('g');
    await pty.until((screen) => screen.includes('AFTER'), 'the end of the app');
    await hasNoChildren(pty.pid);
    pty.kill('SIGKILL');
    assert.deepEqual(await pty.exit, { status: 137, lineRestored: true });
    assert.ok(!pty.output.includes('\x18'), 'the guard printed');
  });

  test('does not disturb a shell with job control, which takes the terminal at the same moment', async () => {
    const pty = start( { shell: `PS1='PROMPT ' bash --norc --noprofile -i`, env: { HISTFILE: '' } });
    await pty.until((screen) => screen.includes('PROMPT'), 'the prompt');
    pty.send(`${[...runtimeCommand(), file].join(' ')} return fullscreen guard\r`);
    await pty.until((screen) => screen.includes('READY'), 'the app');
    const [guard] = childrenOf(pty.pid);
    pty.kill('SIGKILL');
    await isGone(guard!);
    // If the shell was quicker its prompt went with the app's screen.
    pty.send('\r');
    await pty.until((screen) => /PROMPT\s*$/.test(screen) && !pty.alternate, 'the prompt');
    pty.send(`echo 4''2\r`);
    await pty.until((screen) => /^42$/m.test(screen), 'the answer');
    assert.equal(pty.screen().split(`echo 4''2`).length, 2, 'the line was shown twice');
    assert.deepEqual(pty.modes.left().filter((mode) => mode !== '+2004'), []);
    pty.send('exit\r');
    await pty.exit;
  });
});
