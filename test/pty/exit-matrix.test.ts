/**
 * Every way out of an app on a real pseudo-terminal: see `exit-matrix.ts`.
 *
 *   SPARK_EXIT_TABLE=1 npm test -- exit-matrix    also writes the table of docs/reliability.md, with Ink and OpenTUI
 *                                                 beside (needs `npm ci` in tools/peers and tools/runtimes)
 */
import assert from 'node:assert/strict';
import { writeExitTable } from './exit-table.ts';
import { describe, test } from 'node:test';
import { CLOSED_WAYS, EXIT_WAYS, runClosed, runExit, startForExit } from './exit-matrix.ts';
import { fixture, runtimeName, startPty } from './harness.ts';

const SIDE_BY_SIDE = 2;
const file = fixture('exits');
/** Wanted are 1000 and 100 ms; a machine at work takes longer. */
const GONE_MOST_MS = 2500;
const GONE_MOST_CPU_MS = 300;
/** A terminal that has not answered for a second does not. */
const UNANSWERED_MS = 1300;

describe('after the end the terminal is as it was', { concurrency: SIDE_BY_SIDE }, () => {
  for (const way of EXIT_WAYS) {
    test(way.name, { skip: way.how === 'oom' && runtimeName() === 'bun' }, async () => {
      const byGuard = way.guarded === true || way.watched === true;
      const { ms: _, ...outcome } = await runExit(way, { file, args: byGuard ? ['fullscreen', 'guard'] : ['fullscreen'] });
      assert.deepEqual(outcome, {
        status: way.status,
        lineRestored: true,
        modesLeft: [],
        errorShown: way.error !== undefined,
        typed: '',
        byGuard,
      });
    });
  }
});

describe('a terminal that is closed', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [what, through] of CLOSED_WAYS) {
    test(`${what}: the program is gone within a second, its guard too, and it used no CPU for that`, async () => {
      const { goneMs, cpuMs, children } = await runClosed(through, { file, args: ['fullscreen', 'guard'], limitMs: GONE_MOST_MS });
      assert.equal(children, 1);
      assert.ok(goneMs !== null && goneMs < GONE_MOST_MS, `gone after ${goneMs} ms`);
      assert.ok(cpuMs < GONE_MOST_CPU_MS, `${cpuMs} ms of CPU`);
    });
  }
});

describe('a terminal that answers late', { concurrency: SIDE_BY_SIDE }, () => {
  for (const [how, name, answerMs] of [['return', 'unmount', 350], ['exit', 'process.exit', 150], ['exit', 'process.exit', 1500]] as const) {
    test(`after ${answerMs} ms: ${name} leaves no answer to the shell`, async () => {
      // It is known how long it takes when it has answered once.
      const { typed, modesLeft } = await runExit({ name: '', how, end: { keys: 'g' }, status: 0 }, { file, args: ['fullscreen'], answerMs, settleMs: answerMs + 300 });
      assert.deepEqual([typed.replaceAll(/\^\[\[<35;10;5M/g, ''), modesLeft], ['', []]);
    });
  }
});

test('keys from the terminal while stdin is a pipe: what it answers at the end does not reach the shell', { skip: runtimeName() !== 'node' }, async () => {
  const way = { name: '', how: 'return', end: { signal: 'SIGTERM' }, status: 143, through: 'echo piped | "$@"' } as const;
  const { ms: _, ...outcome } = await runExit(way, { file, args: ['fullscreen'], settleMs: 300 });
  assert.deepEqual(outcome, { status: 143, lineRestored: true, modesLeft: [], errorShown: false, typed: '', byGuard: false });
});

test('after the app somebody else may read stdin, and that keeps the process alive', async () => {
  const pty = await startForExit({ name: '', how: 'ask', end: { keys: 'g' }, status: 0 }, { file, args: ['fullscreen'] });
  try {
    pty.send('g');
    await pty.until((screen) => screen.includes('SECOND?'), 'the question');
    pty.send('yes\r');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.match(pty.output, /ANSWER <yes>/);
  } finally {
    pty.dispose();
  }
});

test('unmount called while it is unmounted gives the same report: nothing is left', async () => {
  const pty = await startForExit({ name: '', how: 'unmount-inside', end: { keys: 'g' }, status: 0 }, { file, args: ['fullscreen', 'guard'] });
  try {
    pty.send('g');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.match(pty.output, /SURVIVORS \[\]/);
  } finally {
    pty.dispose();
  }
});

for (const [what, how] of [
  ['a handler', 'unmount-throw'],
  ['an effect', 'unmount-effect'],
] as const) {
  test(`${what} that unmounts and then throws, on a terminal that answers nothing: the error is told`, async () => {
    const pty = startPty(file, { args: [how] });
    try {
      await pty.until((screen) => screen.includes('READY'), 'the app');
      // Until then answers may be on their way.
      await new Promise((resolve) => setTimeout(resolve, UNANSWERED_MS));
      pty.send('g');
      assert.deepEqual(await pty.exit, { status: 1, lineRestored: true });
      assert.match(pty.lines().join('\n'), new RegExp(`thrown in ${what} after the end on purpose`));
      assert.deepEqual(pty.modes.left(), []);
    } finally {
      pty.dispose();
    }
  });
}

test('the root throws, and its cleanups do, too: all of it is told, the first error first', async () => {
  const pty = startPty(file, { args: ['root'] });
  try {
    assert.deepEqual(await pty.exit, { status: 1, lineRestored: true });
    assert.match(pty.output, /thrown in the root on purpose[^]*thrown in the second cleanup on purpose[^]*thrown in the first cleanup on purpose/);
    assert.deepEqual(pty.modes.left(), []);
  } finally {
    pty.dispose();
  }
});

test('a stdin that ends while the app runs: keys come from the terminal', { skip: runtimeName() !== 'node' }, async () => {
  const pty = startPty(file, { args: ['return'], shell: 'echo piped | "$@"' });
  try {
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.send('g');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  } finally {
    pty.dispose();
  }
});

test('the table of all ways out, beside other libraries', { skip: process.env.SPARK_EXIT_TABLE === undefined, timeout: 170_000 }, async () => {
  assert.deepEqual(await writeExitTable(file), [], 'ways out of ours that are not clean');
});
