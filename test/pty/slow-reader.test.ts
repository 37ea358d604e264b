/**
 * A terminal that reads slowly, or not at all for a while, or goes away: the app lives on (or ends), its timers run, its
 * memory stays, and what the terminal shows in the end is the last state.
 *
 * Limits are generous, for machines that do other things at the same time; what was measured is printed.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fixture, type PtyProgram, runtimeName, startPty } from './harness.ts';

/** What is wanted, and what fails the test. */
const TIMER_MS = { wanted: 50, most: 250 };
const GROWTH = { wanted: 2e6, most: 12e6 };
const END_MS = { wanted: 500, most: 1500 };
const GONE_MS = { wanted: 1000, most: 2500 };
const GONE_CPU_MS = { wanted: 100, most: 300 };

interface Seen {
  readonly ms: number;
  readonly longestGapMs: number;
  readonly residentGrowth: number;
  readonly cpuMs: number;
  readonly mergedFrames: number;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let folder = '';
let program: PtyProgram | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spark-slow-'));
});

afterEach(() => {
  program?.close();
  program = null;
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'seen.json');

async function start(cols: number, rows: number, { changing = cols * rows, shell = '"$@"' } = {}): Promise<PtyProgram> {
  program = startPty(fixture('noise'), { cols, rows, args: [file(), String(changing)], shell });
  const pty = program;
  await pty.until((screen) => screen.split('\n').filter((row) => row.length === cols).length === rows, 'a full screen');
  return pty;
}

/** Tells the program to begin or end measuring, and waits until it did. */
async function mark(pty: PtyProgram, holds: (text: string) => boolean): Promise<string> {
  pty.kill('SIGUSR2');
  for (const deadline = Date.now() + 10_000; ; await sleep(5)) {
    const text = existsSync(file()) ? readFileSync(file(), 'utf8') : 'none';
    if (holds(text)) return text;
    assert.ok(Date.now() < deadline, 'the program told nothing');
  }
}
const begin = (pty: PtyProgram): Promise<string> => mark(pty, (text) => text === '');
const end = async (pty: PtyProgram): Promise<Seen> => JSON.parse(await mark(pty, (text) => text.endsWith('}'))) as Seen;

const lastState = (cols: number, rows: number): string => Array.from({ length: rows }, (_, y) => String.fromCharCode(65 + (y % 26)).repeat(cols)).join('\n');

async function endsWell(pty: PtyProgram): Promise<void> {
  pty.send('g');
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.deepEqual(exit, { status: 0, lineRestored: true });
}

/** CPU time of a process so far, in ms; null when it is gone. */
function cpuMs(pid: number): number | null {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/);
    const fields = rest!.split(' ');
    return fields[0] === 'Z' ? null : (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Waits until a process is gone: how long that took, and its CPU time meanwhile. */
async function gone(pid: number): Promise<{ ms: number; cpu: number }> {
  const startMs = performance.now();
  const before = cpuMs(pid) ?? 0;
  let last = before;
  for (;;) {
    const now = cpuMs(pid);
    const ms = performance.now() - startMs;
    if (now === null || ms > 10_000) return { ms, cpu: last - before };
    last = now;
    await sleep(5);
  }
}

describe('a terminal that stops reading for 5 s', () => {
  test('holds up no timer and costs no memory; when it reads on, it shows the last state', async (t) => {
    const pty = await start(120, 40);
    // Let the heap find its size first.
    await sleep(1500);
    pty.pause();
    await sleep(200);
    await begin(pty);
    await sleep(4300);
    pty.send('s');
    await sleep(500);
    const seen = await end(pty);
    pty.resume();
    await pty.until((screen) => screen === lastState(120, 40), 'the last state');
    t.diagnostic(
      `${(seen.ms / 1000).toFixed(1)} s without a reader: a timer at most ${(seen.longestGapMs - 10).toFixed(0)} ms late (wanted ${TIMER_MS.wanted}), ` +
        `${(seen.residentGrowth / 1e6).toFixed(1)} MB more (wanted ${GROWTH.wanted / 1e6}), ${seen.cpuMs.toFixed(0)} ms of CPU, ${seen.mergedFrames} frames merged`,
    );
    assert.ok(seen.longestGapMs < TIMER_MS.most, `a timer was ${seen.longestGapMs} ms late`);
    assert.ok(seen.residentGrowth < GROWTH.most, `${seen.residentGrowth} bytes more`);
    assert.ok(seen.mergedFrames > 0, 'no frame was merged');
    await endsWell(pty);
  });

  test('does not keep SIGTERM from ending the app', async (t) => {
    const pty = await start(120, 40);
    pty.pause();
    await sleep(300);
    const { pid } = pty;
    const ended = gone(pid);
    pty.kill('SIGTERM');
    const { ms } = await ended;
    t.diagnostic(`ended ${ms.toFixed(0)} ms after SIGTERM (wanted ${END_MS.wanted})`);
    assert.ok(ms < END_MS.most, `${ms} ms`);
    pty.resume();
    assert.equal((await pty.exit).status, 143);
  });

  test('and is ended by a signal: its guard puts it back when it reads again', async () => {
    const pty = await start(120, 40, { shell: '"$@"; code=$?; sleep 1; (exit $code)' });
    pty.pause();
    await sleep(300);
    const { pid } = pty;
    const ended = gone(pid);
    pty.kill('SIGTERM');
    await ended;
    pty.resume();
    assert.deepEqual(await pty.exit, { status: 143, lineRestored: true });
    assert.deepEqual(pty.modes.left(), [], 'modes left on');
  });
});

describe('an app that ends while its terminal does not read', () => {
  test('gives it back when it reads again, soon after', { skip: runtimeName() === 'deno' }, async () => {
    const pty = await start(120, 40);
    pty.pause();
    await sleep(300);
    pty.send('g');
    await sleep(1200);
    pty.resume();
    const exit = await pty.exit;
    assert.deepEqual(pty.modes.left(), [], 'modes left on');
    assert.deepEqual(exit, { status: 0, lineRestored: true });
  });

  test('waits for it some seconds, not for ever', async () => {
    const pty = await start(120, 40);
    pty.pause();
    await sleep(300);
    const { pid } = pty;
    const ended = gone(pid);
    pty.send('g');
    const { ms } = await ended;
    assert.ok(ms < 8000, `${ms} ms`);
    pty.resume();
    assert.equal((await pty.exit).status, 0);
  });
});

describe('a terminal that reads one byte every 5 ms', () => {
  /** Reads the terminal byte by byte until `done`; gives what came to the emulator. */
  async function slowly(pty: PtyProgram, done: () => boolean): Promise<number> {
    const byte = new Uint8Array(1);
    let count = 0;
    pty.pause();
    while (!done()) {
      try {
        if (readSync(pty.fd, byte, 0, 1, null) === 1) {
          count++;
          pty.take(byte);
        }
      } catch (error) {
        if ((error as { code?: string }).code !== 'EAGAIN') throw error;
      }
      await sleep(5);
    }
    return count;
  }

  test('shows the last state of an app that changes a little all the time', async () => {
    const pty = await start(40, 4, { changing: 3 });
    const pressAt = Date.now() + 1500;
    let pressed = false;
    const count = await slowly(pty, () => {
      if (!pressed && Date.now() > pressAt) {
        pressed = true;
        pty.send('s');
      }
      return Date.now() > pressAt + 12_000 || pty.screen() === lastState(40, 4);
    });
    assert.equal(pty.screen(), lastState(40, 4));
    assert.ok(count > 100, `${count} bytes`);
    pty.resume();
    await endsWell(pty);
  });

  test('and is right as soon as it reads faster, where every frame is larger than it takes', async () => {
    const pty = await start(120, 40);
    const until = Date.now() + 1500;
    await slowly(pty, () => Date.now() > until);
    pty.send('s');
    await slowly(pty, () => Date.now() > until + 500);
    pty.resume();
    await pty.until((screen) => screen === lastState(120, 40), 'the last state');
    await endsWell(pty);
  });
});

describe('a terminal that goes away', () => {
  for (const [what, shell] of [
    ['while the app writes', '"$@"'],
    ['while SIGHUP is ignored', `trap '' HUP; "$@"`],
    ['from a session that gets no SIGHUP', 'setsid -w "$@"'],
  ] as const) {
    test(`${what}: the app is gone at once, and does not spin`, async (t) => {
      const pty = await start(80, 24, { shell });
      const { pid } = pty;
      pty.close();
      const { ms, cpu } = await gone(pid);
      t.diagnostic(`gone after ${ms.toFixed(0)} ms (wanted ${GONE_MS.wanted}), ${cpu} ms of CPU (wanted ${GONE_CPU_MS.wanted})`);
      assert.ok(ms < GONE_MS.most, `still there after ${ms} ms`);
      assert.ok(cpu < GONE_CPU_MS.most, `${cpu} ms of CPU`);
    });
  }

  test('while it does not read: likewise', async (t) => {
    const pty = await start(120, 40);
    pty.pause();
    await sleep(300);
    const { pid } = pty;
    pty.close();
    const { ms, cpu } = await gone(pid);
    t.diagnostic(`gone after ${ms.toFixed(0)} ms, ${cpu} ms of CPU`);
    assert.ok(ms < GONE_MS.most, `still there after ${ms} ms`);
    assert.ok(cpu < GONE_CPU_MS.most, `${cpu} ms of CPU`);
  });
});
