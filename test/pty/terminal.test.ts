/** The terminal rooms on a real pseudo-terminal: taken, used, and given back on every way out. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, runtimeName, startPty } from './harness.ts';

let program: PtyProgram | null = null;

/** Starts the session program and waits until it has the terminal. */
async function session(how: string, options: PtyOptions = {}): Promise<PtyProgram> {
  program = startPty(fixture('session'), { ...options, args: [how] });
  await program.until(() => program!.output.includes('READY'), 'the session');
  return program;
}

async function assertRestored(pty: PtyProgram, status: number): Promise<void> {
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.equal(pty.alternate, false, 'alternate screen left');
  assert.deepEqual(exit, { status, lineRestored: true });
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** CPU time of a process so far, in clock ticks (10 ms). */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function ends(pid: number, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(10)) {
    try {
      if (readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')) return true;
    } catch {
      return true;
    }
  }
  return false;
}

afterEach(() => {
  program?.close();
  program = null;
});

describe('a program that has the terminal gives it back', () => {
  test('while it runs: alternate screen, hidden cursor, no autowrap, mouse, paste and focus reports', async () => {
    const pty = await session('wait');
    assert.deepEqual(pty.modes.left().sort(), ['+1000', '+1002', '+1003', '+1004', '+1006', '+1049', '+2004', '-25', '-7']);
    assert.equal(pty.alternate, true);
    pty.send('q');
    await assertRestored(pty, 0);
  });

  test('after process.exit, with its code', async () => {
    await assertRestored(await session('exit'), 3);
  });

  for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129], ['SIGQUIT', 131]] as const) {
    test(`after ${signal}, with the status that signal has`, async () => {
      const pty = await session('wait');
      pty.kill(signal);
      await assertRestored(pty, status);
    });
  }

  test('after SIGTERM that came just before it was given back for another reason: the program ends by it all the same', async () => {
    const pty = await session('signalled');
    await assertRestored(pty, 143);
    assert.doesNotMatch(pty.output, /CLOSED|LIVES ON/);
  });

  test('after a signal another listener handles: that one decides how it ends', async () => {
    const pty = await session('graceful');
    pty.kill('SIGTERM');
    await assertRestored(pty, 7);
    assert.match(pty.output, /\?1049l[^]*GRACEFUL/);
  });

  test('after a signal a listener made with once() handles, from before the start: it is not cut off', async () => {
    const pty = await session('saves');
    pty.kill('SIGTERM');
    await assertRestored(pty, 7);
    assert.match(pty.output, /\?1049l[^]*SAVED/);
  });

  test('after an uncaught error, which is then printed on the normal screen', async () => {
    const pty = await session('throw');
    await assertRestored(pty, 1);
    assert.match(pty.screen(), /thrown on purpose/);
  });

  test('after an unhandled rejection, likewise', async () => {
    const pty = await session('reject');
    await assertRestored(pty, 1);
    assert.match(pty.screen(), /rejected on purpose/);
  });

  for (const [what, how, told] of [
    ['an uncaughtException handler', 'handled', 'HANDLED'],
    ['setUncaughtExceptionCaptureCallback', 'captures', 'CAPTURED'],
  ] as const) {
    // Bun and Deno tell nobody besides that callback: the screen is not given back.
    const skip = how === 'captures' && runtimeName() !== 'node';
    test(`for the message of ${what}; a process that goes on gets its screen again`, { skip }, async () => {
      const pty = await session(how);
      await pty.until((screen) => screen.includes('REDRAW'), 'the second screen');
      assert.match(pty.output, new RegExp(`\\?1049l[^]*${told} thrown on purpose[^]*\\?1049h[^]*REDRAW`));
      pty.send('q');
      await assertRestored(pty, 0);
    });
  }

  test('with what was typed and not read thrown away: no mouse report reaches the shell', async () => {
    const pty = await session('busy', { shell: '"$@"; code=$?; printf "REST <%s>" "$(stty -icanon min 0 time 2; cat -v)"; stty icanon min 1 time 0; (exit $code)' });
    pty.send('\x1b[<35;10;5M'.repeat(50));
    assert.equal((await pty.exit).status, 0);
    assert.match(pty.output, /REST <>/);
  });

  test('in the order that leaks nothing: reports off, keyboard popped, then the screen, then the cursor', async () => {
    const pty = await session('kitty');
    const started = pty.modes.log.length;
    pty.send('q');
    await assertRestored(pty, 0);
    assert.deepEqual(pty.modes.log.slice(started), ['-1003', '-1002', '-1000', '-1006', '-1004', '-2004', '-kitty', '-1049', '+7', '+25']);
  });
});

describe('a session', () => {
  test('ends by itself after close, without process.exit, and leaves no listener', async () => {
    const pty = await session('listeners');
    await assertRestored(pty, 0);
    assert.match(pty.screen(), /LISTENERS none/);
  });

  test('can be followed by another in the same process', async () => {
    const pty = await session('remount');
    await pty.until((screen) => screen.includes('SECOND MOUNT'), 'the second session');
    pty.send('z');
    await assertRestored(pty, 0);
    assert.match(pty.screen(), /AGAIN z LISTENERS none/);
  });

  test('refuses a second app on its terminal', async () => {
    const pty = await session('twice');
    await assertRestored(pty, 0);
    assert.match(pty.screen(), /SECOND TerminalInUseError/);
  });

  test('reads raw bytes, Ctrl+C included', async () => {
    const pty = await session('wait');
    pty.send('hé\x03');
    await pty.until((screen) => screen.includes(String.raw`KEYS "hé\u0003"`), 'the keys');
    pty.send('q');
    await assertRestored(pty, 0);
  });

  test('reads keys from the terminal when stdin is a pipe', async () => {
    const pty = await session('wait', { shell: 'echo piped | "$@"' });
    pty.send('k');
    await pty.until((screen) => screen.includes('KEYS "k"'), 'the key');
    pty.send('q');
    await assertRestored(pty, 0);
  });

  test('tells the new size', async () => {
    const pty = await session('wait');
    pty.resize(100, 30);
    await pty.until((screen) => screen.includes('SIZE 100x30'), 'the size');
    pty.send('q');
    await assertRestored(pty, 0);
  });

  test('takes a terminal without a size for 80x24', async () => {
    const pty = await session('wait', { shell: 'stty cols 0 rows 0; "$@"' });
    assert.match(pty.output, /SIZE 80x24/);
    pty.send('q');
    await pty.exit;
  });

  test('sets the terminal up again after a stop', async () => {
    const pty = await session('wait');
    pty.kill('SIGSTOP');
    pty.kill('SIGCONT');
    await pty.until((screen) => screen.includes('REDRAW'), 'the redraw');
    pty.send('k');
    await pty.until((screen) => screen.includes('KEYS "k"'), 'raw keys');
    pty.send('q');
    await assertRestored(pty, 0);
  });

  test('ends when the terminal is closed', async () => {
    const pty = await session('wait');
    const { pid } = pty;
    pty.close();
    assert.ok(await ends(pid, 1000), 'still alive a second later');
  });
});

describe('a terminal that does not read', () => {
  test('does not freeze the loop, and is right once it reads on', async () => {
    const pty = await session('stall');
    await sleep(100);
    pty.pause();
    await sleep(200);
    const before = cpuTicks(pty.pid);
    await sleep(1000);
    const stalled = cpuTicks(pty.pid) - before;
    pty.resume();
    pty.kill('SIGUSR2');
    await assertRestored(pty, 0);
    const [, ticks, frames] = /TICKS (\d+) FRAMES (\d+)/.exec(pty.screen())!;
    assert.ok(Number(ticks) > 120, `${ticks} ticks of a 5 ms timer in 1.3 s`);
    assert.ok(Number(frames) < Number(ticks), 'frames were merged');
    assert.ok(stalled < 40, `${stalled * 10} ms of CPU in a second`);
  });

  test('does not keep a signal from ending the program', async () => {
    const pty = await session('stall');
    await sleep(100);
    pty.pause();
    await sleep(200);
    const { pid } = pty;
    pty.kill('SIGTERM');
    assert.ok(await ends(pid, 500), 'still alive half a second later');
    pty.resume();
    assert.equal((await pty.exit).status, 143);
  });
});
