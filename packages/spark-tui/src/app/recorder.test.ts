/** The recorder and its sinks, on a clock that stands still. Recordings of whole apps are in test/behaviour and test/pty. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ManualClock, OptionError } from '../base/index.ts';
import { attachedClients } from '../terminal/index.node.ts';
import { type CastSink, checkRecordOptions, Recorder, type RecordOptions } from './recorder.ts';
import { openCastFile } from './recorder-file.node.ts';
import { CastStream } from './recorder-stream.ts';

type Event = [seconds: number, kind: string, data: string];

const folder = mkdtempSync(join(tmpdir(), 'spark-recorder-'));
after(() => rmSync(folder, { recursive: true }));

/** A stream that takes `room` writes before it wants to be drained. */
class SlowStream extends EventEmitter {
  room = Infinity;
  written = '';

  write(bytes: Uint8Array): boolean {
    this.written += new TextDecoder().decode(bytes);
    return --this.room > 0;
  }

  drain(room: number): void {
    this.room = room;
    this.emit('drain');
  }
}

function events(text: string): Event[] {
  const lines = text.trimEnd().split('\n');
  assert.equal((JSON.parse(lines[0]) as { version: number }).version, 2);
  return lines.slice(1).map((line) => JSON.parse(line) as Event);
}

function record(sink: CastSink, options: RecordOptions = {}): { recorder: Recorder; clock: ManualClock; log: string[]; out: (text: string) => void } {
  const clock = new ManualClock();
  clock.tick(5000);
  const log: string[] = [];
  const recorder = new Recorder({
    sink,
    clock,
    width: 80,
    height: 24,
    env: { TERM: 'xterm-256color', SHELL: '/bin/sh', SECRET: 'x' },
    options,
    flush: () => undefined,
    redraw: () => log.push('redraw'),
    ended: () => log.push('ended'),
    warn: (message) => log.push(message),
  });
  return { recorder, clock, log, out: (text) => recorder.output(new TextEncoder().encode(text)) };
}

describe('a recording', () => {
  test('has a header with size, time, title and terminal, and nothing else of the environment', () => {
    const stream = new SlowStream();
    record(new CastStream(stream), { title: 'A "demo"', idleLimit: 1.5 });
    const header = JSON.parse(stream.written) as Record<string, unknown>;
    assert.ok(Math.abs(Date.now() / 1000 - (header.timestamp as number)) < 60);
    delete header.timestamp;
    assert.deepEqual(header, { version: 2, width: 80, height: 24, title: 'A "demo"', idle_time_limit: 1.5, env: { TERM: 'xterm-256color', SHELL: '/bin/sh' } });
  });

  test('times are seconds since its start; resizes and markers stand where they happened', async () => {
    const stream = new SlowStream();
    const { recorder, clock, out } = record(new CastStream(stream));
    out('one');
    clock.tick(1234.5678);
    recorder.resized(100, 30);
    recorder.resized(100, 30);
    out('two');
    clock.tick(10);
    recorder.mark('here');
    await recorder.stop();
    assert.deepEqual(events(stream.written), [
      [0, 'o', 'one'],
      [1.234568, 'r', '100x30'],
      [1.234568, 'o', 'two'],
      [1.244568, 'm', 'here'],
      [1.244568, 'o', '\x1b[m\x1b[?7h\x1b[?25h'],
    ]);
  });

  test('characters and sequences cut between writes come out whole', () => {
    const stream = new SlowStream();
    const { recorder } = record(new CastStream(stream));
    for (const byte of new TextEncoder().encode('a😀\x1b[1mb')) recorder.output(Uint8Array.of(byte));
    assert.equal(events(stream.written).map(([, , data]) => data).join(''), 'a😀\x1b[1mb');
    assert.ok(!stream.written.includes('\ufffd'));
  });

  test('input is recorded only when asked for', () => {
    for (const input of [false, true]) {
      const stream = new SlowStream();
      const { recorder } = record(new CastStream(stream), { input });
      recorder.input(new TextEncoder().encode('pässword'));
      assert.deepEqual(events(stream.written), input ? [[0, 'i', 'pässword']] : []);
    }
  });

  test('options are checked', () => {
    for (const [options, message] of [
      [{ titel: 'x' }, /no option 'titel'; there are title, idleLimit, input/],
      [{ title: 3 }, /title is 3/],
      [{ idleLimit: 0 }, /idleLimit is 0/],
      [{ input: 'yes' }, /input is yes/],
    ] as const) {
      assert.throws(() => checkRecordOptions(options as RecordOptions), (error) => error instanceof OptionError && message.test(error.message));
    }
  });
});

describe('a sink that is behind', () => {
  test('misses frames, says how many, and goes on with a full repaint', () => {
    const stream = new SlowStream();
    stream.room = 3;
    const { recorder, log, out } = record(new CastStream(stream));
    for (const text of ['a', 'b', 'c', 'd\x1b[', 'e']) out(text);
    recorder.resized(90, 20);
    recorder.mark('kept');
    assert.deepEqual(log, []);
    stream.drain(Infinity);
    assert.deepEqual(log, ['redraw']);
    out('whole screen');
    assert.deepEqual(events(stream.written).map(([, kind, data]) => [kind, data]), [
      ['o', 'a'],
      ['o', 'b'],
      ['r', '90x20'],
      ['m', 'kept'],
      ['m', '3 frames are missing: the recording could not be written fast enough'],
      ['o', 'whole screen'],
    ]);
  });

  test('stop waits for the stream, and leaves it open and without listeners', async () => {
    const stream = new SlowStream();
    stream.room = 2;
    const { recorder, log, out } = record(new CastStream(stream));
    out('a');
    let stopped = false;
    const stop = recorder.stop().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    assert.equal(stopped, false);
    assert.deepEqual(log, ['ended']);
    stream.drain(Infinity);
    await stop;
    assert.deepEqual(stream.eventNames(), []);
    out('after the end');
    assert.ok(!stream.written.includes('after'));
    assert.throws(() => recorder.mark('x'), /has ended/);
  });

  test('a stream that fails ends the recording, with a warning; stop rejects', async () => {
    const stream = new SlowStream();
    const { recorder, log, out } = record(new CastStream(stream));
    out('a');
    stream.emit('error', new Error('disk on fire'));
    assert.deepEqual(log, ['the recording has ended: disk on fire', 'ended']);
    await assert.rejects(recorder.stop(), /disk on fire/);
  });
});

describe('a recording in a file', () => {
  test('is complete as soon as it was ended, also while a write is on its way', async () => {
    const path = join(folder, 'complete.cast');
    const clients = attachedClients();
    const { recorder, out } = record(openCastFile(path));
    assert.equal(attachedClients(), clients + 1, 'the process knows of it');
    const frames = Array.from({ length: 300 }, (_, i) => `frame ${i} ${'é'.repeat(i)}`);
    for (const frame of frames) out(frame);
    recorder.end();
    assert.deepEqual(events(readFileSync(path, 'utf8')).map(([, , data]) => data), frames);
    await recorder.stop();
    assert.deepEqual(events(readFileSync(path, 'utf8')).map(([, , data]) => data), frames);
    assert.equal(attachedClients(), clients);
  });

  test('is written while it runs, and holds a bounded amount back', async () => {
    const path = join(folder, 'running.cast');
    const { recorder, log, out } = record(openCastFile(path));
    const frame = 'x'.repeat(100_000);
    let count = 0;
    // Without a turn of the loop nothing is written: the queue fills, then frames are missed.
    for (; count < 40; count++) out(frame);
    while (!log.includes('redraw')) await new Promise((resolve) => setImmediate(resolve));
    out('whole screen');
    await recorder.stop();
    const all = events(readFileSync(path, 'utf8'));
    const kept = all.filter(([, , data]) => data === frame).length;
    assert.ok(kept > 5 && kept < 20, `${kept} of ${count} frames`);
    assert.deepEqual(all.slice(kept, kept + 2).map(([, , data]) => data), [`${count - kept} frames are missing: the recording could not be written fast enough`, 'whole screen']);
  });

  test('a full disk ends it with a warning and never the app', { skip: !existsSync('/dev/full') }, async () => {
    const { recorder, log, out } = record(openCastFile('/dev/full'));
    out('a');
    while (log.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.match(log[0], /the recording has ended: .*(ENOSPC|no space left)/i);
    await assert.rejects(recorder.stop(), /ENOSPC|no space left/i);
  });

  test('a path that cannot be written is an error that names it', () => {
    for (const path of [join(folder, 'missing', 'a.cast'), folder, '']) {
      assert.throws(() => openCastFile(path), (error) => error instanceof OptionError && error.message.includes(path));
    }
  });
});
