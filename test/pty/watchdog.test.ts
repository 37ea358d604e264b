/**
 * The watchdog: Ctrl+C ends an app whose thread hangs (see also the exit matrix), and nothing that is typed into one that
 * is only slow, stopped or lending its terminal gets lost.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, describe, test } from 'node:test';
import { childrenOf, cpuMs, type ExitWay, runExit } from './exit-matrix.ts';
import { fixture, type PtyProgram, startPty } from './harness.ts';

const SIDE_BY_SIDE = 4;
const LIMIT_MS = 10_000;
/** Longer than it takes the watchdog to read the terminal: a second of silence, and half a second until it looks again. */
const HANGS_MS = 2500;
const hangs = fixture('hangs');
const exits = fixture('exits');

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.dispose();
});

async function start(args: string[], shell?: string): Promise<PtyProgram> {
  const pty = startPty(hangs, { args, ...(shell === undefined ? {} : { shell }) });
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

const killed = (name: string, how: string, keys: string): ExitWay => ({ name, how, end: { keys }, status: 137 });
const CLEAN = { status: 137, lineRestored: true, modesLeft: [], errorShown: false, typed: '', byGuard: true };

describe('an app that hangs is ended by Ctrl+C', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [what, how, keys] of [
    ['in native code', 'hang-native', 'g\x03'],
    ['after an await, where no handler runs any more', 'hang-later', 'g'],
    ['in a disposer while it is unmounted', 'hang-disposer', 'g\x03'],
    ['in an exit handler of its own', 'hang-exit', 'g\x03'],
    ['as kitty sends it with locks on', 'hang', 'g\x1b[99;197u'],
    ['as kitty sends it on a Cyrillic keyboard', 'hang', 'g\x1b[1089::99;5:1u'],
    ['as modifyOtherKeys sends it', 'hang', 'g\x1b[27;5;99~'],
    ['behind much else that was typed', 'hang', `g${'C[99;5u'.repeat(300)}\x1b[99u\x1b[99;5:3u\x1b[A\x03`],
  ] as const) {
    test(what, async () => {
      const way = killed(what, how, keys);
      const { ms, ...outcome } = await runExit(way, { file: exits, args: ['fullscreen', 'guard'], ...(how === 'hang-later' ? { later: { keys: '\x03', afterMs: 400 } } : {}) });
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
    const once = await runExit(killed('once', 'hang', 'g\x03'), { file: exits, args: ['fullscreen', 'guard', 'keeps-ctrl-c'], limitMs: 3000 });
    assert.equal(once.status, -1);
    const { ms: _, ...twice } = await runExit(killed('twice', 'hang', 'g\x03\x03'), { file: exits, args: ['fullscreen', 'guard', 'keeps-ctrl-c'] });
    assert.deepEqual(twice, CLEAN);
  });

  test('not without the watchdog', async () => {
    const pty = await start(['1e9', 'unwatched']);
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
});

test('at rest nothing ticks: the guard has no timer, and leaves no folder behind', async () => {
  const folders = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('spark-tui-')).length;
  const pty = await start(['1']);
  assert.ok(folders() > 0);
  const [guard] = childrenOf(pty.pid);
  pty.send('x');
  for (const deadline = Date.now() + LIMIT_MS; !below(guard!).some((pid) => commandOf(pid) === 'sleep'); await sleep(5)) {
    assert.ok(Date.now() < deadline, 'it never looked at a busy app');
  }
  for (const deadline = Date.now() + LIMIT_MS; below(guard!).length > 1; await sleep(20)) assert.ok(Date.now() < deadline, 'it still looks at an idle app');
  const switches = (): string => /^voluntary_ctxt_switches:.*$/m.exec(readFileSync(`/proc/${guard}/status`, 'utf8'))![0];
  const before = switches();
  await sleep(1200);
  assert.equal(switches(), before, 'the guard woke up');
  const folder = folders();
  await quits(pty);
  for (const deadline = Date.now() + LIMIT_MS; folders() >= folder; await sleep(20)) assert.ok(Date.now() < deadline, 'its folder is still there');
});
