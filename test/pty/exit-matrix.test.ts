/**
 * Every way out of an app on a real pseudo-terminal: see `exit-matrix.ts`.
 *
 *   SPARK_EXIT_TABLE=1 npm test -- exit-matrix    also writes the table of docs/reliability.md, with Ink and OpenTUI
 *                                                 beside (needs `npm ci` in tools/peers and tools/runtimes)
 */
import assert from 'node:assert/strict';
import { writeExitTable } from './exit-table.ts';
import { after, describe, test } from 'node:test';
import { childrenOf, cpuMs, EXIT_WAYS, runExit } from './exit-matrix.ts';
import { fixture, type PtyOptions, type PtyProgram, runtimeName, startPty } from './harness.ts';

const SIDE_BY_SIDE = 2;
const file = fixture('exits');
const GONE_MS = { wanted: 1000, most: 2500 };
const GONE_CPU_MS = { wanted: 100, most: 300 };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const started: PtyProgram[] = [];
after(() => {
  for (const pty of started) pty.dispose();
});

function start(options: PtyOptions): PtyProgram {
  const pty = startPty(file, options);
  started.push(pty);
  return pty;
}

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
  for (const [what, program] of [
    ['with a hangup', '"$@"'],
    ['without one', 'trap "" HUP; "$@"'],
  ] as const) {
    test(`${what}: the program is gone within a second, its guard too, and it used no CPU for that`, async () => {
      const pty = start( { args: ['return', 'fullscreen', 'guard'], shell: program });
      await pty.until((screen) => screen.includes('READY'), 'the app');
      const { pid } = pty;
      const guards = childrenOf(pid);
      assert.equal(guards.length, 1);
      const before = cpuMs(pid) ?? 0;
      const startMs = performance.now();
      pty.close();
      let used = before;
      for (let now: number | null = before; now !== null; now = cpuMs(pid)) {
        used = now;
        assert.ok(performance.now() - startMs < GONE_MS.most, 'it still runs');
        await sleep(10);
      }
      assert.ok(used - before < GONE_CPU_MS.most, `${used - before} ms of CPU`);
      while (cpuMs(guards[0]!) !== null) {
        assert.ok(performance.now() - startMs < GONE_MS.most, 'its guard still runs');
        await sleep(10);
      }
    });
  }
});

describe('streams that are closed', { concurrency: SIDE_BY_SIDE }, () => {
  test('stdout, by who read it: the program ends and keeps its exit code', async () => {
    const pty = start( { args: ['print'], shell: `sh -c '"$@"; printf "STATUS<%s>" $? >&2' sh "$@" | head -c 1` });
    assert.ok((await pty.exit).lineRestored);
    assert.match(pty.output, /STATUS<0>/);
    assert.doesNotMatch(pty.output, /EPIPE/);
  });

  test('stdin, while the app runs: keys come from the terminal', { skip: runtimeName() !== 'node' }, async () => {
    const pty = start( { args: ['return'], shell: 'echo piped | "$@"' });
    await pty.until((screen) => screen.includes('READY'), 'the app');
    pty.send('g');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
    assert.deepEqual(pty.modes.left(), []);
  });
});

test('the table of all ways out, beside other libraries', { skip: process.env.SPARK_EXIT_TABLE === undefined, timeout: 170_000 }, async () => {
  assert.deepEqual(await writeExitTable(file), [], 'ways out of ours that are not clean');
});
