/**
 * Measured program: from the write of a signal to the bytes, one digit among many texts, and the same
 * bytes by a raw loop in turn.
 *
 *   latency-program.js pty <nodes> <gap ms> <updates> <warm>   paced, on its terminal, after `warm` updates without a pause
 *   latency-program.js nodes <rounds>                          1,000 and 10,000 nodes, in memory
 */
import { openSync, writeSync } from 'node:fs';
import { mountSync, signal, text } from 'spark-tui';
import { hand, inMemory, monotonicMs, sleep, WatchedClock } from './measured.ts';
import { median } from './statistics.ts';
import { leafTree } from './workloads.ts';

const ONE_TO_NINE = 9;
const digit = (i: number): number => 1 + (i % ONE_TO_NINE);

const [mode, ...args] = process.argv.slice(2);
if (mode === 'pty') await paced(Number(args[0]), Number(args[1]), Number(args[2]), Number(args[3]));
else await compareNodes(Number(args[0]));

async function paced(nodes: number, gapMs: number, updates: number, warm: number): Promise<void> {
  const clock = new WatchedClock();
  const value = signal(1);
  const { root } = leafTree(nodes - 1, 24, 120, 39);
  const app = mountSync(
    () => {
      text({ content: value });
      root();
    },
    { maxFps: Infinity, clock },
  );
  const fd = openSync('/dev/tty', 'w');
  await sleep(100);

  // The bytes of a change: whatever the app writes for one, a digit is their last byte.
  const length = await bytesOfOne(app, value, gapMs);
  const bytes = new Uint8Array(length).fill(8);
  for (let i = 0; i < warm; i++) {
    // By the way the measured ones go: a frame in a microtask, one a turn of the loop.
    value.value = digit(i);
    await new Promise((resolve) => void setImmediate(resolve));
    bytes[length - 1] = 48 + digit(i);
    writeSync(fd, bytes);
    if (clock.busy) await clock.idle();
  }
  const app0 = app.stats().bytesWritten;
  const appTimes: number[] = [];
  const appStarts: number[] = [];
  const rawTimes: number[] = [];
  const rawStarts: number[] = [];
  for (let i = 0; i < updates; i++) {
    // The write of the signal is the last thing its job does: what the program does next is not measured.
    await afterGap(gapMs, () => {
      appStarts.push(monotonicMs());
      value.value = digit(i);
    });
    appTimes.push(clock.frameDoneMs - appStarts[i]!);
    await afterGap(gapMs, () => {
      rawStarts.push(monotonicMs());
      bytes[length - 1] = 48 + digit(i);
      writeSync(fd, bytes);
      rawTimes.push(monotonicMs() - rawStarts[i]!);
    });
  }
  const stats = app.stats();
  await sleep(gapMs);
  await app.unmount();
  hand({ appTimes, appStarts, rawTimes, rawStarts, bytesEach: (stats.bytesWritten - app0) / updates, frames: stats.frames });
}

/** Runs `fn` alone in a turn of the loop, `gapMs` from now, and resolves after another gap. */
function afterGap(gapMs: number, fn: () => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      setTimeout(resolve, gapMs / 2);
      fn();
    }, gapMs / 2);
  });
}

async function bytesOfOne(app: { stats(): { bytesWritten: number } }, value: { value: number }, gapMs: number): Promise<number> {
  let length = 0;
  for (let i = 0; i < 20; i++) {
    const before = app.stats().bytesWritten;
    value.value = digit(i + 1);
    await sleep(gapMs);
    length = app.stats().bytesWritten - before;
  }
  return length;
}

/** Cost of one changed text, flushed, by the size of the tree it is in. Interleaved in small rounds. */
async function compareNodes(rounds: number): Promise<void> {
  const UPDATES = 500;
  const apps = [1000, 10_000].map((nodes) => {
    const { root, leaves } = leafTree(nodes, 24, 120, 40);
    const app = mountSync(root, inMemory(120, 40));
    let turn = 0;
    const run = (): number => {
      const start = performance.now();
      for (let i = 0; i < UPDATES; i++) {
        turn++;
        leaves[(turn * 17) % 900]!.value = String(1000 + (turn % 9000));
        app.flush();
      }
      return ((performance.now() - start) * 1000) / UPDATES;
    };
    return { app, run, samples: [] as number[] };
  });
  for (let i = 0; i < 5; i++) for (const { run } of apps) run();
  for (let i = 0; i < rounds; i++) {
    for (const { run, samples } of apps) samples.push(run());
    await sleep(0);
  }
  const micros = apps.map(({ samples }) => median(samples));
  for (const { app } of apps) await app.unmount();
  hand({ micros });
}
