/** The guard process: what it puts back that the app could not, and that nothing of it is left otherwise. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { childrenOf, cpuMs, type ExitWay, runExit } from './exit-matrix.ts';
import { fixture, type PtyOptions, type PtyProgram, runtimeCommand, startPty } from './harness.ts';

const file = fixture('exits');
const LIMIT_MS = 10_000;
const killed: ExitWay = { name: 'SIGKILL', how: 'return', end: { signal: 'SIGKILL' }, status: 137, guarded: true };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.close();
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

async function isGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; cpuMs(pid) !== null; await sleep(10)) assert.ok(Date.now() < deadline, 'the guard is still there');
}

describe('a guard', { concurrency: 3 }, () => {
  test('puts a terminal back on which an app was killed below the prompt', async () => {
    const { ms: _, ...outcome } = await runExit(killed, { file, args: ['inline', 'guard'] });
    assert.deepEqual(outcome, { status: 137, lineRestored: true, modesLeft: [], errorShown: false, typed: '', byGuard: true });
  });

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

  test('that cannot be had is missed aloud, and the app runs', async () => {
    const pty = start({ args: ['return', 'fullscreen', 'guard'], shell: 'TMPDIR=/nowhere "$@"' });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.send('g');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.match(pty.screen(), /there is no guard process/);
  });

  test('comes only when it is asked for', async () => {
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
