/** Terminals as they should not be: silent, late, talking nonsense, of absurd sizes, without a name. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, startPty } from './harness.ts';

const SIDE_BY_SIDE = 3;
const file = fixture('mounted');
const FIRST_FRAME_MS = 1000;

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.close();
});

function start(options: PtyOptions = {}): PtyProgram {
  const pty = startPty(file, { args: ['unmount'], ...options });
  started.push(pty);
  return pty;
}

async function isCounting(pty: PtyProgram): Promise<void> {
  await pty.until((screen) => screen.includes('READY') && screen.includes('count'), 'the app');
}

async function quits(pty: PtyProgram): Promise<void> {
  pty.send('g');
  assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  assert.deepEqual(pty.modes.left(), []);
}

/** Calls `fn` once, when the questions of the start were seen. */
function asked(fn: (answer: (text: string) => void) => void): NonNullable<PtyOptions['respond']> {
  let seen = false;
  return (written, answer) => {
    if (seen || !written.includes('\x1b[c')) return;
    seen = true;
    fn(answer);
  };
}

const ANSWERS = '\x1bP>|hostile 1.0\x1b\\\x1b[?2026;2$y\x1b[?2027;2$y\x1b[?2031;2$y\x1b[?2048;2$y\x1b[?0u\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;22;52c';

describe('a terminal that is asked what it can do', { concurrency: SIDE_BY_SIDE }, () => {
  test('and never answers: the first frame does not wait, nor does the end', async () => {
    let askedMs = 0;
    const pty = start({ respond: asked(() => (askedMs = performance.now())) });
    await isCounting(pty);
    assert.ok(performance.now() - askedMs < FIRST_FRAME_MS, `${performance.now() - askedMs} ms from the questions to the frame`);
    await quits(pty);
  });

  test('and answers after two seconds: the answers count, none is taken for keys', async () => {
    const pty = start({ respond: asked((answer) => setTimeout(() => answer(ANSWERS), 2000)) });
    await isCounting(pty);
    await pty.until(() => pty.modes.log.includes('+kitty') && pty.modes.isOn(2031), 'the modes that were answered for');
    await quits(pty);
  });

  test('and answers after the app has ended: a shell would see it, but nothing of the app is left on', async () => {
    const pty = start();
    await isCounting(pty);
    pty.send(`g${ANSWERS}`);
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  });

  test('and answers nonsense, cut anywhere: the app goes on', async () => {
    const nonsense = ['\x1b[?999999999999999;;;$y', '\x1b[?u\x1b[?-1u', '\x1bP>|', '\x1b]11;rgb:zz/zz\x1b\\', '\x1b[?62;', '\x1b[48;0;0;0;0t', '\x1b]52;c;!!!\x07', '\xff\xfe\x9b', '\x1b\x1b\x1b[', '\x1b\\c\x18'];
    const pty = start({ respond: asked((answer) => nonsense.forEach((text) => answer(text))) });
    await isCounting(pty);
    // Whatever was begun above ends with CAN; the next key is a key.
    pty.send('\x18');
    await quits(pty);
  });
});

describe('a terminal of an absurd size', { concurrency: SIDE_BY_SIDE }, () => {
  test('0×0 counts as 80×24', async () => {
    const pty = start({ shell: 'stty cols 0 rows 0; "$@"' });
    await pty.until((screen) => screen.includes('READY 80x24'), 'the app');
    await quits(pty);
  });

  test('1×1: it runs and ends', async () => {
    const pty = start({ shell: 'stty cols 1 rows 1; "$@"' });
    await pty.until(() => pty.output.includes('┘') || pty.output.includes('┌'), 'a cell');
    await quits(pty);
  });

  test('1000×500: all of it is drawn', async () => {
    const pty = start({ cols: 1000, rows: 500 });
    await pty.until((screen) => screen.includes('READY 1000x500') && screen.endsWith('┘'), 'the last cell');
    await quits(pty);
  });

  test('two hundred sizes in a second: the last one is drawn, in a fraction of the frames', async () => {
    const pty = start({ cols: 80, rows: 24 });
    await isCounting(pty);
    const before = pty.output.length;
    for (let i = 0; i < 200; i++) {
      pty.resize(20 + ((i * 37) % 100), 4 + ((i * 17) % 40));
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    pty.resize(61, 17);
    await pty.until((screen) => screen.includes('READY 61x17') && screen.endsWith(`└${'─'.repeat(59)}┘`), 'the last size');
    assert.ok(pty.output.length - before < 1_000_000, `${pty.output.length - before} characters`);
    await quits(pty);
  });
});

describe('an environment that says nothing', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [what, shell] of [
    ['TERM is not set', 'unset TERM COLORTERM; "$@"'],
    ['TERM is empty', 'TERM= "$@"'],
    ['the locale is C', 'unset LANG LC_CTYPE; LC_ALL=C "$@"'],
    ['there is no environment at all', 'env -i "$@"'],
    ['the temporary folder does not exist', 'TMPDIR=/nowhere "$@"'],
  ] as const) {
    test(`${what}: the app is drawn, and ends`, async () => {
      const pty = start({ shell });
      await isCounting(pty);
      assert.match(pty.screen(), /^┌─{78}┐/);
      await quits(pty);
    });
  }
});

/** What sequences are made of; no key that ends the app or makes it fail. */
const JUNK = [0x00, 0x01, 0x07, 0x0d, 0x1b, 0x1b, 0x1b, 0x20, 0x30, 0x31, 0x3b, 0x3c, 0x3f, 0x41, 0x4d, 0x4f, 0x50, 0x5b, 0x5b, 0x5c, 0x5d, 0x61, 0x6d, 0x74, 0x7e, 0x7f];

describe('a keyboard that sends junk', { concurrency: SIDE_BY_SIDE }, () => {
  test('1 MiB of random bytes: the app lives, and the next key is a key', async () => {
    const pty = start();
    await isCounting(pty);
    let state = 1;
    const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
    for (let sent = 0; sent < 1 << 20; sent += 4096) {
      pty.send(String.fromCharCode(...Array.from({ length: 4096 }, () => JUNK[random() % JUNK.length]!)));
      if (sent % 65_536 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    pty.send('\x18\x1b\\');
    const count = Number(/count (\d+)/.exec(pty.screen())?.[1] ?? 0);
    await pty.until((screen) => Number(/count (\d+)/.exec(screen)?.[1] ?? 0) > count + 2, 'the counter');
    await quits(pty);
  });
});
