/**
 * A program at work on a pseudo-terminal for minutes, with a monkey at its keyboard, judged by its own statistics: the
 * lines it writes to the file named by SPARK_TUI_STATS.
 *
 *   lines   ├── warm-up ──┼────────── judged ──────────┤ last one: after the unmount
 *            40 %          slopes with confidence; floors of counts may not rise     all counts zero
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { slope, type Slope } from '../../bench/statistics.ts';
import type { Random } from '../fuzz/monkey-input.ts';
import { generator } from '../oracle/vt-random.ts';
import { startPty } from '../pty/harness.ts';

const MB = 1024 * 1024;
const WARM_SHARE = 0.4;
/** Growth of ten minutes that is no leak. */
const LIMIT_MB = 1;
/** A young process still settles: pages, code, caches. Longer runs have no excuse. */
const YOUNG_MINUTES = 8;
const YOUNG_MB = 12;
/** Samples of which the lowest stands for what lives: collections come when they come. */
const FLOOR_OF = 5;
/** How long the end may take, and after how long it is asked for again. */
const END_MS = 15_000;
const ASK_AGAIN_MS = 3000;
const COUNTS = ['nodes', 'scopes', 'effects', 'bindings', 'cleanups', 'handlers', 'keyHandlers', 'watchedBounds', 'watchedScrolls', 'arenaBytes', 'listeners'] as const;
const KINDS = ['rss', 'heapUsed', 'external'] as const;

type Line = Record<(typeof COUNTS)[number] | 'frames' | 'bytesWritten' | 'timers', number> & { time: string; memory: Record<(typeof KINDS)[number], number> };

export interface SoakOptions {
  /** Compiled program. */
  readonly file: string;
  readonly name: string;
  readonly minutes: number;
  /** What is typed, now and then; null leaves it alone. */
  readonly type: ((random: Random, size: { cols: number; rows: number }) => string) | null;
  /** Also drags the corner of the window. */
  readonly resizes: boolean;
}

export interface SoakResult {
  readonly name: string;
  readonly frames: number;
  readonly bytes: number;
  readonly minutes: number;
  /** MB in ten minutes. */
  readonly slopes: Record<(typeof KINDS)[number], Slope>;
  readonly failures: readonly string[];
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Ordinary input, whole sequences only: half of one is an Escape, which ends most programs. */
export function ordinary(keys: readonly string[]): (random: Random, size: { cols: number; rows: number }) => string {
  return (random, { cols, rows }) => {
    const at = `${1 + random(cols)};${1 + random(rows)}`;
    switch (random(5)) {
      case 0:
        return `\x1b[<0;${at}M\x1b[<0;${at}m`;
      case 1:
        return `\x1b[<35;${at}M`.repeat(1 + random(5));
      case 2:
        return `\x1b[<${64 + random(2)};${at}M`.repeat(1 + random(5));
      case 3:
        return `\x1b[200~pasted ${'漢字 '.repeat(random(20))}\x1b[201~`;
      default:
        return keys[random(keys.length)]!;
    }
  };
}

export async function soak({ file, name, minutes, type, resizes }: SoakOptions): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'spark-soak-'));
  const path = join(folder, 'stats.jsonl');
  const random = generator(minutes * 1000 + name.length);
  let size = { cols: 120, rows: 40 };
  const pty = startPty(file, { ...size, env: { SPARK_TUI_STATS: path }, emulate: false });
  let ended = false;
  void pty.exit.then(() => {
    ended = true;
  }, () => undefined);
  try {
    await pty.until(() => pty.modes.left().length > 0 || ended, 'the first frame');
    const endAtMs = performance.now() + minutes * 60_000;
    while (!ended && performance.now() < endAtMs) {
      if (resizes && random(20) === 0) {
        size = { cols: 40 + random(100), rows: 10 + random(40) };
        pty.resize(size.cols, size.rows);
      } else if (type !== null) {
        pty.send(type(random, size));
      }
      // What was written so far is judged by other tests; kept here it would only fill this process.
      if (pty.output.length > 1_000_000) pty.output = '';
      await sleep(50);
    }
    assert.ok(!ended, `${name} ended before its time: ${JSON.stringify(pty.output.slice(-1000))}`);
    // As large as at first: what depends on the size is then comparable.
    pty.resize(120, 40);
    await sleep(1200);
    // Once more only while the app has the terminal: later it would be a signal for whoever is in the foreground.
    for (let waitedMs = 0; !ended && waitedMs < END_MS; waitedMs += 100) {
      if (waitedMs % ASK_AGAIN_MS === 0 && pty.modes.left().length > 0) pty.send('\x1b[201~\x1b\\\x03');
      await sleep(100);
    }
    assert.ok(ended, `${name} does not end on Ctrl+C`);
    const exit = await pty.exit;
    assert.deepEqual(pty.modes.left(), [], 'modes left on');
    assert.deepEqual(exit, { status: 0, lineRestored: true });
    const lines = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Line);
    return judge(name, lines);
  } finally {
    if (!ended) pty.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(name: string, lines: Line[]): SoakResult {
  const last = lines.pop()!;
  const failures: string[] = [];
  for (const count of [...COUNTS, 'timers'] as const) {
    if (last[count] !== 0) failures.push(`${name}: ${count} is ${last[count]} after the unmount`);
  }
  const judged = lines.slice(Math.floor(lines.length * WARM_SHARE));
  const startMs = Date.parse(judged[0]!.time);
  const at = judged.map(({ time }) => (Date.parse(time) - startMs) / 60_000);
  const minutes = at.at(-1)!;
  const third = Math.floor(judged.length / 3);
  for (const count of COUNTS) {
    const floor = Math.min(...judged.slice(-third).map((line) => line[count]));
    const before = Math.max(...judged.slice(0, third).map((line) => line[count]));
    if (floor > before) failures.push(`${name}: ${count} was at most ${before} at first and is at least ${floor} at the end`);
  }
  const allowedMb = (LIMIT_MB * minutes) / 10 + (minutes < YOUNG_MINUTES ? YOUNG_MB : 0);
  const slopes = {} as Record<(typeof KINDS)[number], Slope>;
  for (const kind of KINDS) {
    const xs: number[] = [];
    const ys: number[] = [];
    for (let i = 0; i + FLOOR_OF <= judged.length; i += FLOOR_OF) {
      xs.push(at[i]!);
      ys.push(Math.min(...judged.slice(i, i + FLOOR_OF).map(({ memory }) => memory[kind])) / MB);
    }
    const { rise, margin } = slope(xs, ys);
    slopes[kind] = { rise: rise * 10, margin: margin * 10 };
    // A leak is what chance does not explain.
    if ((rise - margin) * minutes > allowedMb) {
      failures.push(`${name}: ${kind} rose by ${(rise * minutes).toFixed(1)} ± ${(margin * minutes).toFixed(1)} MB in ${minutes.toFixed(1)} min; at most ${allowedMb.toFixed(1)}`);
    }
  }
  const frames = judged.at(-1)!.frames - judged[0]!.frames;
  if (frames === 0) failures.push(`${name}: no frame ran`);
  return { name, frames, bytes: judged.at(-1)!.bytesWritten - judged[0]!.bytesWritten, minutes, slopes, failures };
}

/** The result as one line. */
export function describe({ name, frames, bytes, minutes, slopes }: SoakResult): string {
  const parts = KINDS.map((kind) => `${kind} ${slopes[kind].rise.toFixed(2)} ± ${slopes[kind].margin.toFixed(2)}`);
  return `${name}: ${frames} frames, ${(bytes / MB).toFixed(1)} MB written in ${minutes.toFixed(1)} min; MB in 10 min: ${parts.join(', ')}`;
}
