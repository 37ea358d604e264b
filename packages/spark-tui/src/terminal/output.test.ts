import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import { MemoryOutput } from './memory-output.ts';
import { StreamOutput } from './stream-output.ts';
import { TtyOutput } from './tty-output.node.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('TtyOutput', { skip: process.platform === 'win32' }, () => {
  let folder = '';
  let reader = -1;
  let clock: ManualClock;
  let output: TtyOutput;

  beforeEach(() => {
    // A named pipe: as a terminal that does not read, it takes what fits and then says EAGAIN.
    folder = mkdtempSync(join(tmpdir(), 'spark-output-'));
    const path = join(folder, 'pipe');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
    reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    clock = new ManualClock();
    output = new TtyOutput(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK), clock);
  });

  afterEach(() => {
    output.close();
    if (reader >= 0) closeSync(reader);
    reader = -1;
    rmSync(folder, { recursive: true });
  });

  function read(limitBytes = Infinity): number[] {
    const all: number[] = [];
    const chunk = new Uint8Array(65536);
    while (all.length < limitBytes) {
      try {
        const count = readSync(reader, chunk, 0, Math.min(chunk.length, limitBytes - all.length), null);
        if (count === 0) break;
        for (let i = 0; i < count; i++) all.push(chunk[i]);
      } catch {
        break;
      }
    }
    return all;
  }

  test('sends a small frame at once and sets no timer', () => {
    let drained = 0;
    output.onDrain = () => drained++;
    output.write(bytesOf('hello'));
    assert.equal(output.busy, false);
    assert.equal(clock.pendingTimers, 0);
    assert.deepEqual(read(), [...bytesOf('hello')]);
    assert.deepEqual([output.writes, output.bytesWritten, drained], [1, 5, 0]);
  });

  test('keeps what does not fit, sends it as the reader reads, in order and once', () => {
    const frame = new Uint8Array(400_000).map((_, i) => (i * 31) & 0xff);
    const sent = [...frame];
    let drained = 0;
    output.onDrain = () => drained++;
    output.write(frame);
    assert.equal(output.busy, true);
    frame.fill(0); // the caller uses its array again
    clock.tick(1000);
    assert.equal(output.busy, true, 'nobody has read');
    const waited = output.waitingBytes;
    assert.ok(waited > 0 && waited === sent.length - output.bytesWritten && output.mostWaitingBytes >= waited);
    const got: number[] = [];
    for (let turn = 0; turn < 50 && output.busy; turn++) {
      got.push(...read(20_000));
      clock.tick(8);
    }
    got.push(...read());
    assert.deepEqual(got, sent);
    assert.equal(drained, 1);
    assert.equal(clock.pendingTimers, 0);
    assert.equal(output.bytesWritten, sent.length);
    assert.deepEqual([output.waitingBytes, output.mostWaitingBytes >= waited], [0, true]);
  });

  test('a second frame while one is in flight is refused', () => {
    output.write(new Uint8Array(400_000));
    assert.throws(() => output.write(bytesOf('x')), { code: 'SPARK_PHASE' });
  });

  test('tries at most every 8 ms while nothing is read', () => {
    output.write(new Uint8Array(400_000));
    let fired = 0;
    const setTimer = clock.setTimer.bind(clock);
    clock.setTimer = (delayMs, fn) => {
      fired++;
      return setTimer(delayMs, fn);
    };
    clock.tick(800);
    assert.ok(fired > 90 && fired < 110, `${fired} tries in 800 ms`);
  });

  test('writeSync gives up in time when nobody reads', () => {
    output.write(new Uint8Array(400_000));
    const start = performance.now();
    output.writeSync(bytesOf('restore'), 50);
    const tookMs = performance.now() - start;
    assert.ok(tookMs >= 45 && tookMs < 500, `${tookMs} ms`);
  });

  test('writeSync sends the frame in flight first', () => {
    const size = 100_000; // more than a pipe holds, less than twice that
    output.write(new Uint8Array(size).fill(0x61));
    assert.equal(output.busy, true);
    const got = read();
    output.writeSync(bytesOf('Z'), 100);
    assert.equal(output.busy, false);
    got.push(...read());
    assert.equal(got.length, size + 1);
    assert.equal(got.indexOf(0x5a), size);
    assert.equal(clock.pendingTimers, 0);
  });

  test('tells once that the terminal is gone, and takes nothing more', () => {
    const reasons: string[] = [];
    output.onClose = (reason) => reasons.push(reason);
    closeSync(reader);
    reader = -1;
    output.write(bytesOf('x'));
    assert.deepEqual(reasons, [], 'not from inside write');
    clock.tick(0);
    output.write(bytesOf('y'));
    clock.tick(100);
    assert.deepEqual(reasons, ['hangup']);
    assert.equal(clock.pendingTimers, 0);
  });

  test('close leaves no timer, and a retry of a gone terminal tells too', () => {
    output.write(new Uint8Array(400_000));
    const reasons: string[] = [];
    output.onClose = (reason) => reasons.push(reason);
    closeSync(reader);
    reader = -1;
    clock.tick(20);
    assert.deepEqual(reasons, ['hangup']);
    output.close();
    assert.equal(clock.pendingTimers, 0);
  });
});

class Stream extends EventEmitter {
  readonly got: string[] = [];
  full = false;
  write(bytes: Uint8Array): boolean {
    this.got.push(new TextDecoder().decode(bytes));
    return !this.full;
  }
}

describe('StreamOutput', () => {
  test('is busy from a refused write until drain', () => {
    const stream = new Stream();
    const output = new StreamOutput(stream);
    let drained = 0;
    output.onDrain = () => drained++;
    output.write(bytesOf('a'));
    assert.equal(output.busy, false);
    stream.full = true;
    output.write(bytesOf('b'));
    assert.equal(output.busy, true);
    assert.throws(() => output.write(bytesOf('c')), { code: 'SPARK_PHASE' });
    stream.emit('drain');
    assert.deepEqual([output.busy, drained, output.bytesWritten, output.writes], [false, 1, 2, 2]);
    assert.deepEqual(stream.got, ['a', 'b']);
  });

  test('reports the end of the stream once and leaves no listener', () => {
    const stream = new Stream();
    const output = new StreamOutput(stream);
    const reasons: string[] = [];
    output.onClose = (reason) => reasons.push(reason);
    stream.emit('error', new Error('EPIPE'));
    stream.emit('close');
    assert.deepEqual(reasons, ['hangup']);
    assert.deepEqual(stream.eventNames(), []);
  });

  test('closed with a frame in flight, it still catches the error of that frame', () => {
    const stream = new Stream();
    const output = new StreamOutput(stream);
    stream.full = true;
    output.write(bytesOf('a'));
    output.close();
    stream.emit('error', new Error('EPIPE'));
    assert.deepEqual(stream.eventNames(), []);
    const idle = new Stream();
    new StreamOutput(idle).close();
    assert.deepEqual(idle.eventNames(), []);
  });
});

describe('MemoryOutput', () => {
  test('stalls and resumes as a terminal does', () => {
    const output = new MemoryOutput();
    let drained = 0;
    output.onDrain = () => drained++;
    output.write(bytesOf('a'));
    output.stall();
    output.write(bytesOf('b'));
    assert.equal(output.busy, true);
    assert.equal(new TextDecoder().decode(output.take()), 'a');
    output.resume();
    assert.deepEqual([output.busy, drained], [false, 1]);
    assert.equal(new TextDecoder().decode(output.take()), 'b');
    const reasons: string[] = [];
    output.onClose = (reason) => reasons.push(reason);
    output.hangup();
    output.write(bytesOf('c'));
    assert.deepEqual([reasons, output.take().length], [['hangup'], 0]);
  });
});
