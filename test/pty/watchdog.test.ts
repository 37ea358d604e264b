/**
 * The watchdog: Ctrl+C ends an app whose thread hangs (see also the exit matrix), and nothing that is typed into one that
 * is only slow, stopped or lending its terminal gets lost.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { childrenOf, cpuMs, type ExitWay, runExit } from './exit-matrix.ts';
import { fixture, type PtyProgram, runtimeName, startPty } from './harness.ts';

/** They mostly wait: few of them compute while they hang. */
const SIDE_BY_SIDE = 5;
const LIMIT_MS = 20_000;
/** Longer than it takes the watchdog to read the terminal: a second of silence, and half a second until it looks again. */
const HANGS_MS = 2500;
const hangs = fixture('hangs');
const exits = fixture('exits');

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.dispose();
});

/** Answers DA1, as most terminals do. */
function respond(written: string, answer: (text: string) => void): void {
  if (written.includes('\x1b[c')) answer('\x1b[?62;22c');
}

async function start(args: string[], shell?: string, env: Readonly<Record<string, string>> = {}): Promise<PtyProgram> {
  const pty = startPty(hangs, { args, respond, env, ...(shell === undefined ? {} : { shell }) });
  started.push(pty);
  await pty.until((screen) => screen.includes('READY'), 'the app');
  return pty;
}

async function quits(pty: PtyProgram): Promise<void> {
  pty.send('q');
  assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  assert.deepEqual(pty.modes.left(), []);
}

async function isGone(pid: number, what: string): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; cpuMs(pid) !== null; await sleep(20)) assert.ok(Date.now() < deadline, what);
}

/** All processes below one. */
function below(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...below(child)]);
}

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
};

/** Descriptors of a process that lead to a terminal. */
function terminalsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).filter((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('/dev/pts/'));
  } catch {
    return []; // it has ended
  }
}

function isGuardOf(pid: string, app: number): boolean {
  try {
    const [, script = '', , owner = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return script.endsWith('/guard') && owner === String(app);
  } catch {
    return false;
  }
}

const killed = (name: string, how: string, keys: string): ExitWay => ({ name, how, end: { keys }, status: 137 });
const CLEAN = { status: 137, lineRestored: true, modesLeft: [], errorShown: false, typed: '', byGuard: true };

describe('an app that hangs is ended by Ctrl+C', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [what, how, keys] of [
    ['in native code', 'hang-native', 'g\x03'],
    ['after an await, where no handler runs any more', 'hang-later', 'g'],
    ['in an effect that a timer of its own has caused, long after it was used', 'hang-effect', 'g'],
    ['right behind mount(), in code of its own', 'hang-start', ''],
    ['in a disposer while it is unmounted', 'hang-disposer', 'g'],
    ['in an exit handler of its own', 'hang-exit', 'g\x03'],
    ['as kitty sends it with locks on', 'hang-native', 'g\x1b[99;197u'],
    ['as kitty sends it on a Cyrillic keyboard', 'hang-native', 'g\x1b[1089::99;5:1u'],
    ['as modifyOtherKeys sends it', 'hang-native', 'g\x1b[27;5;99~'],
    ['behind much else that was typed', 'hang', `g${'C[99;5u'.repeat(300)}\x1b[99u\x1b[99;5:3u\x1b[A\x03`],
  ] as const) {
    test(what, async () => {
      const way = killed(what, how, keys);
      const { ms, ...outcome } = await runExit(way, { file: exits, args: ['fullscreen', 'guard'], ...(keys === 'g' || keys === '' ? { later: { keys: '\x03', afterMs: how === 'hang-effect' ? 2500 : 400 } } : {}) });
      // While it is unmounted its screen is gone already: only the line discipline is to be put back.
      assert.deepEqual(outcome, how === 'hang-disposer' ? { ...CLEAN, byGuard: false } : CLEAN);
      assert.ok(ms < LIMIT_MS, `${ms} ms`);
    });
  }

  test('below the prompt as on the whole screen', async () => {
    const { ms: _, ...outcome } = await runExit(killed('inline', 'hang', 'g\x03'), { file: exits, args: ['inline', 'guard'] });
    assert.deepEqual(outcome, CLEAN);
  });

  test('that it keeps for itself, when it is pressed twice: the first may be meant for it', async () => {
    const once = await runExit(killed('once', 'hang-native', 'g\x03'), { file: exits, args: ['fullscreen', 'guard', 'keeps-ctrl-c'], limitMs: 3000 });
    assert.equal(once.status, -1);
    const { ms: _, ...twice } = await runExit(killed('twice', 'hang-native', 'g\x03\x03'), { file: exits, args: ['fullscreen', 'guard', 'keeps-ctrl-c'] });
    assert.deepEqual(twice, CLEAN);
  });

  test('not without the watchdog', async () => {
    const pty = await start(['1e9', '0', 'unwatched']);
    pty.send('b\x03');
    await sleep(HANGS_MS);
    assert.notEqual(cpuMs(pty.pid), null);
    pty.kill('SIGKILL');
    await pty.exit;
  });

  for (const [what, shell] of [
    ['with a hangup', '"$@"'],
    ['without one', 'trap "" HUP; "$@"'],
  ] as const) {
    test(`or when its terminal is closed, ${what}`, async () => {
      const pty = await start(['1e9'], shell);
      const { pid } = pty;
      const [guard] = childrenOf(pid);
      pty.send('b');
      await sleep(100);
      pty.close();
      await isGone(pid, 'it still runs');
      await isGone(guard!, 'its guard still runs');
    });
  }
});

describe('a thread that is slow, not lost', { concurrency: SIDE_BY_SIDE }, () => {
  test('gets all that was typed meanwhile, in order, and goes on', async () => {
    const pty = await start([String(HANGS_MS)]);
    pty.send('b1');
    // Split over several looks of the watchdog, a sequence and a cluster among it.
    for (const part of ['23', '4\x1b[', 'Ax', 'é', 'æ', '\x1b[200~a pas', 'te\x1b[201~', '567', '89']) {
      await sleep(HANGS_MS / 9);
      pty.send(part);
    }
    await pty.until((screen) => screen.includes('blocks 1') && screen.includes('9'), 'the keys');
    assert.match(pty.screen(), /keys 1234ArrowUpxéæ<a paste>56789$/m);
    pty.send('z');
    await pty.until((screen) => screen.includes('89z'), 'a key');
    await quits(pty);
  });

  test('is not killed at the first Ctrl+C: it has two seconds to obey', async () => {
    const pty = await start(['1500']);
    pty.send('b');
    await sleep(200);
    pty.send('\x03');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  });

  for (const [what, key] of [
    ['as a byte', '\x03'],
    ['as a kitty key', '\x1b[99;5u'],
    ['behind another key', 'a\x1b[99;5u'],
  ] as const) {
    test(`obeys Ctrl+C ${what}, however long it then cleans up`, async () => {
      const pty = await start(['1', '3500']);
      pty.send(key);
      assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
      assert.ok(pty.output.includes('AFTER mount() SAVED'));
    });
  }

  test('is not killed because its terminal is closed while it computes', async () => {
    const saved = join(mkdtempSync(join(tmpdir(), 'spark-watchdog-')), 'saved');
    const pty = await start(['4000'], undefined, { SAVE_TO: saved });
    pty.send('b');
    await sleep(200);
    const { pid } = pty;
    pty.close();
    await isGone(pid, 'it still runs');
    assert.equal(readFileSync(saved, 'utf8'), 'SAVED');
  });

  test('again and again', async () => {
    const pty = await start(['1700']);
    let typed = '';
    for (let round = 1; round <= 3; round++) {
      pty.send('b');
      for (let i = 0; i < 8; i++) {
        const key = String((round * 8 + i) % 10);
        typed += key;
        pty.send(key);
        await sleep(220);
      }
      await pty.until((screen) => screen.includes(`blocks ${round}`) && screen.includes(`keys ${typed}`), `the keys of round ${round}`);
    }
    await quits(pty);
  });

  test('is stopped: keys wait for it, Ctrl+C as well, which is no reason to kill it', async () => {
    const pty = await start(['1']);
    pty.send('a');
    await pty.until((screen) => screen.includes('keys a'), 'a key');
    pty.kill('SIGSTOP');
    pty.send('cd\x03');
    await sleep(HANGS_MS);
    assert.notEqual(cpuMs(pty.pid), null);
    pty.kill('SIGCONT');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.ok(pty.output.includes('AFTER mount()'));
  });

  test('lends its terminal and waits with its whole thread: the other program gets its keys, however late', async () => {
    const pty = await start(['1']);
    pty.send('e');
    await pty.until((screen) => screen.includes('ASKS'), 'the program');
    await sleep(HANGS_MS);
    pty.send('an answer\r');
    await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
    assert.ok(pty.output.includes('GOT <an answer>'));
    await quits(pty);
  });

  test('lends it to a program in raw mode: Ctrl+C and all other keys are that one’s', async () => {
    const pty = await start(['1']);
    pty.send('r');
    await pty.until((screen) => screen.includes('ASKS'), 'the program');
    for (const key of ['1', '\x03', '\x03', '2', '3', '4', '5', '6', '7', '8']) {
      pty.send(key);
      await sleep(HANGS_MS / 8);
    }
    await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
    assert.ok(pty.output.includes('GOT <1\x03\x032345678>'));
    await quits(pty);
  });

  test('lends it after it was slow: what was typed before comes back to the app, what is typed then is not taken', async () => {
    const pty = await start([String(HANGS_MS)]);
    pty.send('E');
    await sleep(300);
    pty.send('12');
    await pty.until((screen) => screen.includes('ASKS'), 'the program');
    pty.send('an answer\r');
    await pty.until((screen) => screen.includes('READY') && pty.alternate && screen.includes('keys 12'), 'the app again');
    assert.ok(pty.output.includes('GOT <an answer>'));
    pty.send('3');
    await pty.until((screen) => screen.includes('keys 123'), 'a key');
    await quits(pty);
  });
});

// Alone: whoever types so much waits until the terminal takes it.
test('a large paste into a slow thread arrives as one, however it was cut', async () => {
  const pty = await start([String(HANGS_MS)]);
  pty.send('b');
  await sleep(200);
  pty.send(`\x1b[200~${'0123456789'.repeat(10_000)}\x1b[201~z`);
  await pty.until((screen) => screen.includes('keys <100000>z'), 'the paste');
  await quits(pty);
});

test('at rest nothing ticks: the guard has no timer; its helpers hold no terminal, its folder does not stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spark-watchdog-'));
  const pty = await start(['1'], undefined, { TMPDIR: folder });
  assert.equal(readdirSync(folder).length, 1);
  const [guard] = childrenOf(pty.pid);
  pty.send('x');
  for (const deadline = Date.now() + LIMIT_MS; !below(guard!).some((pid) => commandOf(pid) === 'sleep'); await sleep(5)) {
    assert.ok(Date.now() < deadline, 'it never looked at a busy app');
  }
  // Deno hands an own descriptor of the terminal to all it starts.
  if (runtimeName() !== 'deno') for (const pid of below(guard!)) assert.deepEqual(terminalsOf(pid), []);
  for (const deadline = Date.now() + LIMIT_MS; below(guard!).length > 0; await sleep(20)) assert.ok(Date.now() < deadline, 'it still looks at an idle app');
  const switches = (): string => /^voluntary_ctxt_switches:.*$/m.exec(readFileSync(`/proc/${guard}/status`, 'utf8'))![0];
  const before = switches();
  await sleep(1200);
  assert.equal(switches(), before, 'the guard woke up');
  await quits(pty);
  for (const deadline = Date.now() + LIMIT_MS; readdirSync(folder).length > 0; await sleep(20)) assert.ok(Date.now() < deadline, 'its folder is still there');
});

test('an app that ends while it is made leaves no guard behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spark-watchdog-'));
  const pty = startPty(fixture('mounted'), { args: ['build-error'], env: { TMPDIR: folder } });
  started.push(pty);
  await pty.exit;
  assert.match(pty.output, /thrown while the app was made/);
  assert.deepEqual(readdirSync(folder), []);
  const { pid } = pty;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) assert.ok(!isGuardOf(name, pid), 'its guard is still there');
  }
});
