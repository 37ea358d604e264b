/** Recordings of apps on a real terminal: complete on every way out, with the times things happened. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import xterm from '@xterm/headless';
import { fixture, type PtyProgram, startPty } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'spark-recorded-'));
after(() => rmSync(folder, { recursive: true }));

let program: PtyProgram | null = null;
afterEach(() => {
  program?.close();
  program = null;
});

interface Played {
  readonly screen: string;
  readonly kinds: readonly string[];
  readonly seconds: number;
}

/** Plays a recording as any player would. */
async function play(path: string): Promise<Played> {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  const { version, width, height, env } = header as { version: number; width: number; height: number; env: { TERM?: string } };
  assert.deepEqual([version, env.TERM], [2, 'xterm-256color']);
  const terminal = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true, logLevel: 'off' });
  const kinds: string[] = [];
  let last = 0;
  for (const [seconds, kind, data] of lines as [number, string, string][]) {
    assert.ok(seconds >= last, 'times go forward');
    last = seconds;
    kinds.push(kind);
    if (kind === 'o') await new Promise<void>((resolve) => terminal.write(data, resolve));
    else if (kind === 'r') terminal.resize(...(data.split('x').map(Number) as [number, number]));
  }
  const { active } = terminal.buffer;
  const rows = Array.from({ length: terminal.rows }, (_, y) => active.getLine(active.baseY + y)!.translateToString(true).trimEnd());
  return { screen: rows.join('\n'), kinds, seconds: last };
}

describe('a recording on a terminal', () => {
  for (const [how, end] of [['unmount', 'g'], ['exit', 'g'], ['throw', 'g'], ['ctrl-c', 'g\x03']] as const) {
    test(`is complete after ${how}, and ends with the last frame`, async () => {
      const path = join(folder, `${how}.cast`);
      const errors = join(folder, `${how}.txt`);
      program = startPty(fixture('recorded'), { cols: 40, rows: 8, args: [path, how], shell: `"$@" 2>${errors}` });
      await program.until((screen) => /count [5-9]/.test(screen), 'the counter');
      program.resize(50, 9);
      await program.until((screen) => screen.includes('READY 50x9'), 'the new size');
      program.send(end);
      const { lineRestored } = await program.exit;
      assert.ok(lineRestored);
      const wanted = JSON.parse(/SCREEN (".*")/.exec(readFileSync(errors, 'utf8'))![1]) as string;
      const { screen, kinds, seconds } = await play(path);
      assert.equal(screen, wanted);
      assert.ok(kinds.filter((kind) => kind === 'o').length > 5 && kinds.includes('r'), kinds.join(''));
      assert.ok(seconds > 0.08 && seconds < 20, `${seconds} s for five ticks of 20 ms`);
    });
  }

  for (const [signal, status] of [['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    test(`${signal} leaves it complete`, async () => {
      const path = join(folder, `${signal}.cast`);
      program = startPty(fixture('recorded'), { cols: 40, rows: 8, args: [path, signal] });
      await program.until((screen) => /count [3-9]/.test(screen), 'the counter');
      program.kill(signal);
      assert.deepEqual(await program.exit, { status, lineRestored: true });
      const { screen } = await play(path);
      assert.match(screen, /^╔═{38}╗\n║READY 40x8 +║\n║count \d+ 中文 é +║\n/);
    });
  }
});
