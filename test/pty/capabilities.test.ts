/** Questions to a terminal and its answers, on a real pseudo-terminal: nothing waits, nothing leaks. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, startPty } from './harness.ts';

let program: PtyProgram | null = null;

const QUESTIONS = '\x1b[>q\x1b[?2026$p\x1b[?2027$p\x1b[?2031$p\x1b[?2048$p\x1b[?69$p\x1b[?u\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[14t\x1b[16t\x1b[c';
const ANSWERS =
  '\x1bP>|ghostty 1.2.0\x1b\\\x1b[?2026;2$y\x1b[?2027;2$y\x1b[?2031;2$y\x1b[?2048;2$y\x1b[?69;2$y\x1b[?0u\x1b]10;rgb:00/00/00\x1b\\\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[4;480;800t\x1b[6;20;10t\x1b[?62;22c';

/** What is left in the terminal's input after the program is shown as hexadecimal digits behind `LEFT`. */
const SHELL =
  '"$@"; ended=$?; saved=$(stty -g); stty raw -echo; sleep 0.15; printf "LEFT[%s]" "$(dd bs=65536 count=1 iflag=nonblock 2>/dev/null | od -An -v -tx1 | tr -d " \\n")"; stty "$saved"; (exit $ended)';

/** A terminal that answers the questions after `delayMs`, in pieces; and at the end is still sending mouse reports. */
function terminal({ delayMs = 0, pieces = 1, atEnd = '' } = {}): NonNullable<PtyOptions['respond']> {
  let written = '';
  let answered = false;
  let ending = false;
  return (data, answer) => {
    written += data;
    if (!answered && written.includes(QUESTIONS)) {
      answered = true;
      written = written.slice(written.indexOf(QUESTIONS) + QUESTIONS.length);
      const size = Math.ceil(ANSWERS.length / pieces);
      for (let i = 0; i < pieces; i++) setTimeout(() => answer(ANSWERS.slice(i * size, (i + 1) * size)), delayMs + i * 2);
    }
    if (atEnd !== '' && !ending && written.includes('\x1b[?1003l')) {
      ending = true;
      setTimeout(() => answer(atEnd), 15);
    }
    const fence = written.indexOf('\x1b[c');
    if (answered && fence >= 0) {
      written = written.slice(fence + 3);
      setTimeout(() => answer('\x1b[?62;22c'), 40);
    }
  };
}

function start(options: PtyOptions = {}, how = 'ask'): PtyProgram {
  program = startPty(fixture('capabilities'), { cols: 120, rows: 10, args: [how], ...options });
  return program;
}

async function ends(pty: PtyProgram, status = 0): Promise<void> {
  const exit = await pty.exit;
  assert.deepEqual(pty.modes.left(), [], 'modes left on');
  assert.equal(pty.alternate, false);
  assert.deepEqual(exit, { status, lineRestored: true });
}

afterEach(() => {
  program?.close();
  program = null;
});

describe('a terminal that answers', () => {
  test('is known by its answers; what it has is switched on, and off at the end', async () => {
    const pty = start({ respond: terminal() });
    await pty.until((screen) => screen.includes('NAME ghostty SETTLED true SYNC true MARGINS true KITTY true SCHEME light'));
    for (const mode of [2027, 2031, 2048, 69]) assert.ok(pty.modes.isOn(mode), `mode ${mode}`);
    assert.ok(pty.modes.log.includes('+kitty'));
    assert.match(pty.screen(), /KEYS *$/m);
    pty.send('q');
    await ends(pty);
    assert.match(pty.output, /ENDED START/);
  });

  test('below the prompt as well: what it echoes of the questions is gone with the first frame, and margins stay off', async () => {
    const answers = terminal();
    const pty = start({ shell: `printf 'user line\\n'; ${SHELL}`, respond: answers }, 'inline');
    await pty.until((screen) => screen.includes('NAME ghostty SETTLED true SYNC true MARGINS true KITTY true SCHEME light'));
    assert.ok(!pty.modes.isOn(69) && pty.modes.isOn(2048) && !pty.alternate);
    pty.send('wt');
    await pty.until((screen) => /^KEYS wt$/m.test(screen));
    await pty.until(() => pty.output.includes('\x1b]2;a  ]title'));
    pty.send('q');
    await ends(pty);
    assert.match(pty.output, /LEFT\[\]/);
    assert.match(pty.screen(), /^user line$/m);
    assert.match(pty.screen(), /^KEYS wtq?$/m);
  });

  test('answers that come late, in many pieces, between typed keys, are no keys', async () => {
    const pty = start({ respond: terminal({ delayMs: 300, pieces: 40 }) });
    await pty.until((screen) => screen.includes('SETTLED'));
    pty.send('1');
    await pty.until((screen) => screen.includes('KEYS 1'));
    await pty.until((screen) => screen.includes('SETTLED true'));
    pty.send('2');
    await pty.until((screen) => screen.includes('KEYS 12'));
    assert.match(pty.screen(), /KEYS 12 *$/m);
    pty.send('q');
    await ends(pty);
  });

  test('the size it reports in the input counts', async () => {
    const pty = start({ respond: terminal() });
    await pty.until((screen) => screen.includes('SETTLED true'));
    pty.send('\x1b[48;8;100;160;1000t');
    await pty.until((screen) => screen.includes('SIZE 100x8'));
    pty.send('q');
    await ends(pty);
  });

  test('a change of its colour scheme is followed', async () => {
    const pty = start({ respond: terminal() });
    await pty.until((screen) => screen.includes('SCHEME light'));
    pty.send('\x1b[?997;1n');
    await pty.until((screen) => screen.includes('SCHEME dark'));
    assert.equal(pty.output.split('\x1b]11;?').length, 3, 'the colours are asked again');
    pty.send('q');
    await ends(pty);
  });

  const MOUSE = '\x1b[<35;10;5M'.repeat(50);
  const LATE = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
  for (const [way, act, status] of [
    ['unmount', (pty: PtyProgram) => pty.send('q'), 0],
    ['Ctrl+C', (pty: PtyProgram) => pty.send('\x03'), 0],
    ['process.exit', (pty: PtyProgram) => pty.send('e'), 3],
    ['SIGTERM', (pty: PtyProgram) => pty.kill('SIGTERM'), 143],
  ] as const) {
    test(`what it still sends at the end does not reach the shell: ${way}`, async () => {
      const pty = start({ shell: SHELL, respond: terminal({ atEnd: MOUSE + LATE }) });
      await pty.until((screen) => screen.includes('SETTLED true'));
      act(pty);
      await ends(pty, status);
      assert.match(pty.output, /LEFT\[\]/);
      assert.ok(!pty.output.includes('35;10;5'), 'echoed');
    });
  }
});

describe('an app that ends before the answers are there', () => {
  for (const [way, key, status] of [['unmount', 'q', 0], ['process.exit', 'e', 3]] as const) {
    test(`does not leave them to the shell: ${way}`, async () => {
      const pty = start({ shell: SHELL, respond: terminal({ delayMs: 60, pieces: 3 }) });
      await pty.until((screen) => screen.includes('SETTLED false'));
      pty.send(key);
      await ends(pty, status);
      assert.match(pty.output, /LEFT\[\]/);
      assert.ok(!pty.output.includes('62;22c'), 'echoed');
    });
  }
});

describe('another app', () => {
  test('can have the terminal at once after unmount(), while the rest of the input is still on its way', async () => {
    const pty = start({ shell: SHELL, respond: terminal({ atEnd: '\x1b[<35;10;5M' }) });
    await pty.until((screen) => screen.includes('SETTLED true'));
    pty.send('a');
    await pty.until((screen) => screen.startsWith('SECOND APP'));
    pty.send('q');
    await ends(pty);
    assert.match(pty.output, /LEFT\[\]/);
  });
});

describe('a terminal that never answers', () => {
  test('gets the same app', async () => {
    const pty = start();
    await pty.until((screen) => screen.includes('SETTLED false'));
    pty.send('x');
    await pty.until((screen) => screen.includes('KEYS x'));
    pty.send('q');
    await ends(pty);
  });

  test('is asked nothing with query: false', async () => {
    const pty = start({}, 'silent');
    await pty.until((screen) => screen.includes('SETTLED true'));
    pty.send('q');
    await ends(pty);
    assert.ok(!pty.output.includes('\x1b[c'));
  });
});

describe('requests', () => {
  test('title, clipboard, notification, progress, and all undone at the end', async () => {
    const asked: string[] = [];
    const answers = terminal();
    const pty = start({
      respond: (data, answer) => {
        answers(data, answer);
        if (data.includes('\x1b]52;c;?')) {
          asked.push('read');
          answer('\x1b]52;c;ZnJvbSBvdXRzaWRl\x1b\\');
        }
      },
    });
    await pty.until((screen) => screen.includes('SETTLED true'));
    pty.send('t');
    pty.send('c');
    await pty.until((screen) => screen.includes('RESULT {"ok":true,"reason":"sent"}'));
    assert.ok(pty.output.includes('\x1b[22;0t\x1b]2;a  ]title\x1b\\'));
    assert.ok(pty.output.includes('\x1b]52;c;Y29waWVk\x1b\\'));
    pty.send('r');
    await pty.until((screen) => screen.includes('"text":"from outside"'));
    pty.send('n');
    await pty.until(() => pty.output.includes('\x1b]777;notify;Title;body\x1b\\'));
    pty.send('p');
    await pty.until(() => pty.output.includes('\x1b]9;4;1;50\x1b\\'));
    pty.send('q');
    await ends(pty);
    assert.ok(pty.output.includes('\x1b]9;4;0;0\x1b\\\x1b[23;0t\x1b[?1049l'));
  });

  test('are undone however the app ends, and kept in another mode', async () => {
    for (const [end, status] of [
      [(pty: PtyProgram) => pty.kill('SIGTERM'), 143],
      [(pty: PtyProgram) => pty.send('e'), 3],
      [(pty: PtyProgram) => pty.send('q'), 0],
    ] as const) {
      const pty = start({ respond: terminal() });
      await pty.until((screen) => screen.includes('SETTLED true'));
      pty.send('tp');
      await pty.until(() => pty.output.includes('\x1b]9;4;1;50\x1b\\'));
      if (status === 0) {
        pty.send('i');
        await pty.until((screen) => !pty.alternate && screen.includes('KEYS tpi'));
      }
      end(pty);
      await ends(pty, status);
      const count = (sequence: string): number => pty.output.split(sequence).length - 1;
      assert.equal(count('\x1b[22;0t'), 1, 'the title is put aside once');
      assert.equal(count('\x1b[23;0t'), 1, 'and comes back once');
      assert.equal(count('\x1b]9;4;0;0\x1b\\'), 1);
      assert.ok(pty.output.lastIndexOf('\x1b]9;4;0;0') > pty.output.lastIndexOf('\x1b]9;4;1;50'));
      pty.close();
    }
  });

  test('raw bytes do not put the next frame out of place', async () => {
    const pty = start();
    await pty.until((screen) => screen.includes('KEYS'));
    pty.send('w');
    await pty.until((screen) => screen.startsWith('RAW'));
    pty.send('x');
    await pty.until((screen) => /^KEYS wx$/m.test(screen));
    assert.match(pty.screen(), /^RESULT \{"ok":true,"reason":"sent"\}$/m);
    pty.send('q');
    await ends(pty);
  });
});
