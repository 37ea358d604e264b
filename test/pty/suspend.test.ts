/** A terminal given to others for a while: to a shell (Ctrl+Z, signals), to a program the app runs. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { fixture, type PtyOptions, type PtyProgram, runtimeCommand, runtimeName, startPty } from './harness.ts';

const SIDE_BY_SIDE = 3;
const file = fixture('suspends');

/** Answers as a terminal that speaks the kitty keyboard protocol. */
function respond(written: string, answer: (text: string) => void): void {
  // oxlint-disable-next-line no-control-regex -- sequences are what it looks for
  for (const [asked] of written.matchAll(/\u001b\[c|\u001b\[\?u/g)) answer(asked === '\x1b[c' ? '\x1b[?62;22c' : '\x1b[?0u');
}

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.close();
});

async function start(args: string[], options: PtyOptions = {}): Promise<PtyProgram> {
  const pty = startPty(file, { args, respond, ...options });
  started.push(pty);
  await isShown(pty);
  return pty;
}

async function isShown(pty: PtyProgram): Promise<void> {
  await pty.until((screen) => screen.includes('READY') && pty.modes.log.includes('+kitty'), 'the app');
}

/** A shell with job control, and the app in it, by way of `wrap`. */
async function startJob(command = '', wrap = (program: string): string => program): Promise<PtyProgram> {
  // The command goes by the environment: one quotation less.
  const pty = startPty(file, { respond, shell: `PS1='PROMPT ' bash --norc --noprofile -i`, env: { HISTFILE: '', COMMAND: command } });
  started.push(pty);
  await pty.until((screen) => screen.includes('PROMPT'), 'the prompt');
  pty.send(`${wrap([...runtimeCommand(), file, ...(command === '' ? [] : ['"$COMMAND"'])].join(' '))}\r`);
  await isShown(pty);
  return pty;
}

/** The prompt is there and the modes of the app are off: what bash has on for itself does not count. */
async function isStopped(pty: PtyProgram): Promise<void> {
  await pty.until((screen) => /Stopped[^]*PROMPT\s*$/.test(screen) && !pty.alternate, 'the prompt');
  assert.deepEqual(pty.modes.left().filter((mode) => mode !== '+2004'), []);
}

async function endJob(pty: PtyProgram): Promise<void> {
  pty.send('q');
  await pty.until((screen) => /AFTER[^]*PROMPT\s*$/.test(screen), 'the end of the app');
  pty.send('exit\r');
  assert.equal((await pty.exit).lineRestored, true);
  assert.deepEqual(pty.modes.left(), []);
}

async function quits(pty: PtyProgram): Promise<void> {
  pty.send('q');
  assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  assert.deepEqual(pty.modes.left(), []);
}

/** Kitty pushes less pops now. */
const kittyDepth = (pty: PtyProgram): number =>
  pty.modes.log.filter((entry) => entry === '+kitty').length - pty.modes.log.filter((entry) => entry === '-kitty').length;

describe('a job that is stopped and continued', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [what, stop] of [
    ['Ctrl+Z', (pty: PtyProgram) => pty.send('\x1a')],
    ['Ctrl+Z as the kitty protocol sends it', (pty: PtyProgram) => pty.send('\x1b[122;5u')],
    ['SIGTSTP', (pty: PtyProgram) => pty.kill('SIGTSTP')],
  ] as const) {
    test(`${what}: the shell gets its terminal; fg brings the app back, at the size of now, with one kitty push`, async () => {
      const pty = await startJob();
      stop(pty);
      await isStopped(pty);
      pty.resize(60, 20);
      pty.send('fg\r');
      await pty.until((screen) => screen.includes('READY 60x20') && pty.alternate, 'the app again');
      assert.equal(kittyDepth(pty), 1);
      pty.send('k');
      await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
      await endJob(pty);
    });
  }

  for (const [what, wrap] of [
    ['sh -c', (program: string) => `sh -c '${program}; true'`],
    ['a subshell', (program: string) => `(${program}; true)`],
  ] as const) {
    test(`Ctrl+Z under ${what}, which the shell sees stopped first: the terminal is given back before the prompt, not after it`, async () => {
      const pty = await startJob('', wrap);
      pty.send('\x1a');
      await isStopped(pty);
      assert.ok(pty.output.lastIndexOf('PROMPT') > pty.output.lastIndexOf('\x1b[?1049l'), 'the prompt came first');
      pty.send('fg\r');
      await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
      await endJob(pty);
    });
  }

  test('Ctrl+Z pressed twice at once stops it once', async () => {
    const pty = await startJob();
    pty.send('\x1a\x1a');
    await isStopped(pty);
    pty.send('fg\r');
    await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
    pty.send('k');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    assert.equal(pty.output.split('Stopped').length, 2);
    await endJob(pty);
  });

  test('SIGSTOP, which nobody is told of: set up anew when it continues', async () => {
    const pty = await startJob();
    pty.kill('SIGSTOP');
    await pty.until((screen) => screen.includes('Stopped'), 'the prompt');
    pty.send('fg\r');
    await pty.until((screen) => screen.startsWith('┌') && screen.includes('READY 80x24') && pty.alternate, 'the app again');
    assert.equal(kittyDepth(pty), 1);
    pty.send('k');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    await endJob(pty);
  });

  test('continued in the background it keeps its hands off the terminal until fg', async () => {
    const pty = await startJob();
    pty.send('\x1a');
    await isStopped(pty);
    const { length } = pty.modes.log;
    pty.send('bg\r');
    await pty.until((screen) => /suspends\.js &\s+PROMPT\s*$/.test(screen), 'the prompt');
    // Its clock ticks meanwhile: a frame would show.
    pty.send('sleep 0.3; echo 4""2\r');
    await pty.until((screen) => /^42$/m.test(screen), 'the answer');
    assert.doesNotMatch(pty.screen(), /READY|tick/);
    assert.deepEqual(pty.modes.log.slice(length).filter((entry) => !entry.includes('2004')), []);
    pty.send('fg\r');
    await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
    await endJob(pty);
  });

  for (const [what, signal, told] of [
    ['SIGTERM ends it', 'SIGTERM', /Terminated/],
    ['SIGHUP ends it', 'SIGHUP', /Hangup/],
    ['it may end by itself', 'SIGUSR2', /AFTER mount\(\)[^]*Done/],
  ] as const) {
    // Bun and Deno themselves set the line discipline when a process ends that was raw once, and that stops it.
    const skip = signal === 'SIGUSR2' && runtimeName() !== 'node';
    test(`in the background ${what}: it does not wait for the terminal, and changes nothing there`, { skip }, async () => {
      const pty = await startJob();
      pty.send('\x1a');
      await isStopped(pty);
      pty.send('bg\r');
      await pty.until((screen) => /suspends\.js &\s+PROMPT\s*$/.test(screen), 'the prompt');
      const { length } = pty.modes.log;
      pty.kill('SIGUSR1');
      await pty.until((screen) => screen.includes('SIGNAL TAKEN'), 'the signal');
      pty.kill(signal);
      // The shell tells of jobs when it shows a prompt.
      await pty.until(() => (pty.send('\r'), told.test(pty.lines().join('\n'))), 'the end of the app');
      assert.match(pty.lines().join('\n'), /PRINTED in the background/, 'what it printed is lost');
      assert.deepEqual(pty.modes.log.slice(length).filter((entry) => !entry.includes('2004')), []);
      pty.send('exit\r');
      assert.equal((await pty.exit).lineRestored, true);
    });
  }

  test('SIGTSTP stops it in the background as well, and fg brings it back', async () => {
    const pty = await startJob();
    pty.send('\x1a');
    await isStopped(pty);
    pty.send('bg\r');
    await pty.until((screen) => /suspends\.js &\s+PROMPT\s*$/.test(screen), 'the prompt');
    pty.kill('SIGTSTP');
    await pty.until((screen) => (pty.send('\r'), /&[^]*Stopped/.test(screen)), 'the job is stopped');
    pty.send('fg\r');
    await pty.until((screen) => screen.includes('READY') && pty.alternate, 'the app again');
    await endJob(pty);
  });

  test('where no shell could continue it, Ctrl+Z stops nothing', async () => {
    const pty = await start([]);
    const before = pty.modes.log.length;
    pty.send('\x1ak');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    pty.kill('SIGTSTP');
    pty.send('l');
    await pty.until((screen) => /keys \w*l/.test(screen), 'a key');
    assert.equal(pty.modes.log.length, before);
    await quits(pty);
  });
});

describe('a terminal lent with suspend()', { concurrency: SIDE_BY_SIDE }, () => {
  test('is as it was found while the other runs, which reads its keys and may be interrupted', async () => {
    // Between the marks: what an editor would find.
    const pty = await start([`stty -a | grep -o -- '-*icanon'; echo ASKS; read line; echo "GOT <$line>"; exit 7`]);
    const before = pty.modes.log.length;
    pty.send('e');
    await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
    assert.match(pty.screen(), /^icanon$/m);
    assert.deepEqual(pty.modes.left(), []);
    assert.equal(kittyDepth(pty), 0);
    pty.send('answer\r');
    await pty.until((screen) => screen.includes('READY') && screen.includes('status 7'), 'the app again');
    assert.ok(pty.output.includes('GOT <answer>'));
    assert.equal(kittyDepth(pty), 1);
    assert.ok(pty.modes.log.slice(before).includes('+1049'));
    pty.send('k');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    await quits(pty);
  });

  test('for as long as a promise takes: the app lives on, draws nothing, and is drawn at the size of now', async () => {
    const pty = await start(['echo ASKS; read line; exit 5']);
    pty.send('n');
    await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
    pty.resize(70, 18);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.doesNotMatch(pty.screen(), /READY|tick/);
    pty.send('\r');
    await pty.until((screen) => screen.includes('READY 70x18') && screen.includes('async 5, timers ran'), 'the app again');
    // The second call came while the terminal was lent.
    await pty.until((screen) => screen.includes('<PhaseError>'), 'the error of the second call');
    await quits(pty);
  });

  for (const mode of ['fullscreen', 'inline']) {
    test(`by an effect of the layout, ${mode}: nothing is written meanwhile, and all is shown afterwards`, async () => {
      const pty = await start(['echo ASKS; read line; exit 3', mode]);
      pty.send('b');
      await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
      const { length } = pty.output;
      pty.send('\r');
      await pty.until((screen) => screen.includes('READY') && screen.includes('bar 3') && screen.includes('========='), 'the app again');
      assert.doesNotMatch(pty.output.slice(0, length), /={9}/, 'the frame was written to the other program');
      await quits(pty);
    });
  }

  for (const mode of ['fullscreen', 'inline']) {
    for (const [how, key, status] of [
      ['unmount', 'u', 0],
      ['an error', 'v', 1],
      ['process.exit', 'x', 3],
    ] as const) {
      test(`when the app ends meanwhile, by ${how}, ${mode}: what it printed is shown, below what the other wrote`, async () => {
        const pty = await start(['echo OTHER', mode]);
        pty.send(key);
        assert.deepEqual(await pty.exit, { status, lineRestored: true });
        assert.match(pty.lines().join('\n'), /OTHER\n+PRINTED \{ while: 'lent' \}/);
        assert.deepEqual(pty.modes.left(), []);
      });
    }
  }

  test('Ctrl+C belongs to the program it was lent to', async () => {
    // Not in a `read`: a signal that comes just before that waits for its end.
    const pty = await start([`trap 'echo INTERRUPTED; exit 9' INT; echo ASKS; while :; do sleep 0.1; done`]);
    pty.send('n');
    await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
    pty.send('\x03');
    await pty.until((screen) => screen.includes('async 9'), 'the app again');
    await quits(pty);
  });

  for (const [what, key, told] of [
    ['spawnSync', 'e', 'status 5'],
    ['spawn', 'n', 'async 5'],
  ] as const) {
    test(`Ctrl+Z there stops the job, with the app that waits for it by ${what}; fg goes on in the program, and then in the app`, async () => {
      const pty = await startJob('echo ASKS; read line; echo "GOT <$line>"; exit 5');
      pty.send(key);
      await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
      const { length } = pty.modes.log;
      pty.send('\x1a');
      await isStopped(pty);
      pty.resize(60, 20);
      pty.send('fg\r');
      await pty.until((screen) => /PROMPT fg\s+\S/.test(screen), 'the job goes on');
      pty.send('answer\r');
      await pty.until((screen) => screen.includes('READY 60x20') && screen.includes(told) && pty.alternate, 'the app again');
      assert.ok(pty.output.includes('GOT <answer>'));
      // Nothing was drawn in between, and it was taken once.
      assert.deepEqual(pty.modes.log.slice(length).filter((entry) => entry.includes('1049')), ['+1049']);
      assert.equal(kittyDepth(pty), 1);
      pty.send('k');
      await pty.until((screen) => /keys \S*k/.test(screen), 'a key');
      await endJob(pty);
    });
  }

  test('an error of the function comes out of the promise, and the app goes on', async () => {
    const pty = await start([]);
    pty.send('t');
    await pty.until((screen) => screen.includes('result no editor'), 'the message');
    await quits(pty);
  });

  test('killed meanwhile, the app leaves it alone: the other program has it', async () => {
    const pty = await start(['echo ASKS; sleep 1']);
    pty.send('n');
    await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
    pty.kill('SIGTERM');
    assert.deepEqual(await pty.exit, { status: 143, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  });

  test('by a program that is killed in raw mode: that does not stay', { skip: runtimeName() === 'deno' }, async () => {
    const pty = await start(['stty raw -echo; kill -9 $$']);
    pty.send('n');
    await pty.until((screen) => screen.includes('async null'), 'the app again');
    pty.kill('SIGTERM');
    assert.deepEqual(await pty.exit, { status: 143, lineRestored: true });
  });

  test('again and again leaves no descriptor open', { skip: process.platform !== 'linux' }, async () => {
    const pty = await start(['true'], { shell: runtimeName() === 'node' ? 'echo piped | "$@"' : '"$@"' });
    const open = (): number => readdirSync(`/proc/${pty.pid}/fd`).length;
    const lend = async (): Promise<void> => {
      pty.send('e');
      await pty.until((screen) => screen.includes('status 0'), 'the app again');
      pty.send('-');
      await pty.until((screen) => screen.includes('result none'), 'the app at rest');
    };
    await lend();
    const before = open();
    for (let i = 0; i < 4; i++) await lend();
    assert.equal(open(), before);
    await quits(pty);
  });

  test('whose Ctrl+C the program survives: the app does not take it for its own, however busy it is afterwards', async () => {
    const pty = await start(['trap : INT; echo ASKS; sleep 0.2; sleep 0.2']);
    pty.send('w');
    await pty.until((screen) => screen.includes('ASKS') && !pty.alternate, 'the program');
    pty.send('\x03');
    await pty.until((screen) => screen.includes('busy 0'), 'the app again');
    pty.send('k');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    await quits(pty);
  });

  test('in the background is lent after fg, too: nobody else draws or reads until it comes back', async () => {
    const pty = await startJob();
    pty.send('\x1a');
    await isStopped(pty);
    pty.send('bg\r');
    await pty.until((screen) => /suspends\.js &\s+PROMPT\s*$/.test(screen), 'the prompt');
    pty.kill('SIGALRM'); // Lends it for half a second.
    pty.send('fg\r');
    await pty.until((screen) => screen.includes('READY') && screen.includes('waited'), 'the app again');
    pty.send('k');
    await pty.until((screen) => /keys \w*k/.test(screen), 'a key');
    await endJob(pty);
  });

  test('below the prompt as on the whole screen', async () => {
    const pty = await start(['echo ASKS; read line', 'inline']);
    pty.send('e');
    await pty.until((screen) => screen.includes('ASKS'), 'the program');
    assert.deepEqual(pty.modes.left(), []);
    pty.send('\r');
    await pty.until((screen) => screen.includes('status 0'), 'the app again');
    await quits(pty);
  });
});
