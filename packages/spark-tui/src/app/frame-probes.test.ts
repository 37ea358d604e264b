/** The diagnostics channel and the file of statistics. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import { signal } from '../reactive/index.ts';
import { text } from '../ui/index.ts';
import type { OutputStream } from './index.ts';
import { type FrameMessage, mountSync } from './index.node.ts';

class Sink implements OutputStream {
  write(): boolean {
    return true;
  }
  on(): this {
    return this;
  }
  off(): this {
    return this;
  }
}

/** What an app prints whose statistics go to `path`. */
async function warningsOf(path: string): Promise<string> {
  process.env.SPARK_TUI_STATS = path;
  const { write } = process.stderr;
  let printed = '';
  process.stderr.write = ((chunk: string) => (printed += chunk, true)) as typeof write;
  try {
    const app = mountSync(() => text({ content: 'x' }), { output: new Sink(), width: 20, height: 5 });
    app.flush();
    await app.unmount();
  } finally {
    process.stderr.write = write;
    delete process.env.SPARK_TUI_STATS;
  }
  return printed;
}

describe('the channel spark-tui:frame', () => {
  test('gets a message a frame while somebody listens; before that phases are not timed', async () => {
    const count = signal(0);
    const app = mountSync(() => text({ content: count }), { output: new Sink(), width: 20, height: 5 });
    count.value++;
    app.flush();
    const messages: FrameMessage[] = [];
    const listener = (message: unknown): void => void messages.push(message as FrameMessage);
    subscribe('spark-tui:frame', listener);
    count.value++;
    app.flush();
    app.flush();
    unsubscribe('spark-tui:frame', listener);
    count.value++;
    app.flush();
    assert.equal(messages.length, 1);
    const { frame, bytes, micros } = messages[0]!;
    assert.equal(frame, app.stats().frames - 1);
    assert.ok(bytes > 0);
    assert.deepEqual(Object.keys(micros ?? {}), ['update', 'layout', 'paint', 'encode', 'write']);
    for (const cost of Object.values(micros ?? {})) assert.ok(cost >= 0);
    await app.unmount();
  });
});

describe('SPARK_TUI_STATS', () => {
  test('a line of JSON at most every second, when frames run, and one at the end; no timer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spark-stats-'));
    const path = join(folder, 'stats.jsonl');
    const clock = new ManualClock();
    process.env.SPARK_TUI_STATS = path;
    try {
      const count = signal(0);
      const app = mountSync(() => text({ content: count }), { output: new Sink(), width: 20, height: 5, clock });
      for (let i = 0; i < 50; i++) {
        count.value++;
        app.flush();
        clock.tick(100);
      }
      clock.tick(60_000);
      assert.equal(clock.pendingTimers, 0);
      await app.unmount();
      const lines = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.equal(lines.length, 6);
      assert.equal(lines[0]!.nodes, 1);
      assert.equal(lines.at(-1)!.nodes, 0);
      assert.ok((lines[1]!.memory as { rss: number }).rss > 0);
      assert.ok((lines[4]!.timings as { paint: { p50Micros: number } }).paint.p50Micros >= 0);
    } finally {
      delete process.env.SPARK_TUI_STATS;
      rmSync(folder, { recursive: true });
    }
  });

  test('a file that cannot be written is told of and nothing else happens', async () => {
    assert.match(await warningsOf(join(tmpdir(), 'no', 'such', 'folder', 'x')), /SPARK_TUI_STATS: no statistics are written/);
  });

  test('a named pipe is written to while somebody reads it; else it is told of, and nothing waits', { skip: process.platform === 'win32' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spark-stats-'));
    const path = join(folder, 'pipe');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
    try {
      assert.match(await warningsOf(path), /SPARK_TUI_STATS: no statistics are written/);
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      assert.equal(await warningsOf(path), '');
      const buffer = new Uint8Array(65_536);
      const lines = new TextDecoder().decode(buffer.subarray(0, readSync(reader, buffer))).trim().split('\n');
      assert.deepEqual(lines.map((line) => (JSON.parse(line) as { nodes: number }).nodes), [1, 0]);
      closeSync(reader);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
