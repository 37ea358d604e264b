/** History through an app without a terminal: what is committed, in which order, and what printed text may do. */
/* oxlint-disable no-control-regex -- escape sequences are what is looked for */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bufferPool, ManualClock } from '../base/index.ts';
import { effect, signal } from '../reactive/index.ts';
import { DEFAULT_CAPS, type HistoryLine, MemoryOutput } from '../terminal/index.ts';
import { box, log, print, renderToHistory, text } from '../ui/index.ts';
import { App } from './app.ts';
import { MAX_WAITING_BYTES } from './history.ts';
import type { RenderMode } from './mount-options.ts';

function open(mode: RenderMode, root: () => unknown = () => text({ content: 'live' }), onWork?: () => void): { app: App; clock: ManualClock; output: MemoryOutput; committed: HistoryLine[]; errors: unknown[] } {
  const clock = new ManualClock();
  const output = new MemoryOutput();
  const committed: HistoryLine[] = [];
  const errors: unknown[] = [];
  const app = new App({
    size: { width: 20, height: 6 },
    clock,
    output,
    caps: DEFAULT_CAPS,
    mode,
    maxFps: 60,
    maxNodes: 10_000,
    verifyLayout: true,
    exitOnCtrlC: true,
    tabNavigation: true,
    onWork,
    onExit: () => undefined,
    onError: (error) => errors.push(error),
  });
  app.history.onCommit = (lines) => committed.push(...lines);
  app.start(root);
  app.flush();
  output.take();
  return { app, clock, output, committed, errors };
}

const texts = (lines: readonly HistoryLine[]): string[] => lines.map((line) => line.text);
const written = (output: MemoryOutput): string => new TextDecoder().decode(output.take());

describe('history above a live region', () => {
  test('printed lines and blocks are committed once, in order, in one write with the frame', () => {
    const { app, output, committed } = open('inline');
    app.history.print('one', 2, { three: 3 });
    app.history.renderToHistory(() => box({ border: 'single', width: 6 }, () => text({ content: 'four' })));
    app.history.print('five\nsix\n');
    assert.deepEqual(committed, []);
    const writes = output.writes;
    app.flush();
    assert.equal(output.writes, writes + 1);
    assert.deepEqual(texts(committed), ['one 2 {"three":3}', '┌────┐', '│four│', '└────┘', 'five', 'six']);
    app.flush();
    assert.equal(committed.length, 6);
    app.dispose();
  });

  test('print and renderToHistory find their app in effects and where elements are made', () => {
    const count = signal(0);
    const { app, committed } = open('append', () => {
      print('made');
      effect(() => {
        if (count.value === 0) return;
        renderToHistory(() => text({ content: () => `count ${count.value}` }));
      });
    });
    count.value = 1;
    app.flush();
    count.value = 2;
    app.flush();
    assert.deepEqual(texts(committed), ['made', 'count 1', 'count 2']);
    app.dispose();
  });

  test('log prints values, and renders what a function makes, in order', () => {
    const { app, committed } = open('append', () => {
      log('step', 1, { done: true });
      log(() => text({ content: 'step 2' }));
      log();
    });
    app.flush();
    assert.deepEqual(texts(committed), ['step 1 {"done":true}', 'step 2', '']);
    assert.throws(() => log('nowhere'), /log\(\)/);
    app.dispose();
  });

  test('a block may be far higher than the screen, and leaves nothing behind', () => {
    const { app, committed } = open('append');
    const before = app.stats();
    const bytes = bufferPool.usedBytes;
    const rows = Array.from({ length: 1000 }, (_, i) => `row ${i}`);
    app.history.renderToHistory(() => box({}, () => rows.forEach((row) => text({ content: row }))));
    assert.equal(bufferPool.usedBytes, bytes);
    app.flush();
    assert.deepEqual(texts(committed), rows);
    const after = app.stats();
    for (const name of ['nodes', 'scopes', 'effects', 'cleanups', 'historyBytes'] as const) assert.equal(after[name], before[name], name);
    app.dispose();
  });

  test('a block that throws while it is made commits nothing and leaves nothing behind', () => {
    const { app, committed } = open('append');
    const bytes = bufferPool.usedBytes;
    assert.throws(
      () =>
        app.history.renderToHistory(() => {
          text({ content: 'half' });
          throw new Error('no block');
        }),
      /no block/,
    );
    assert.equal(bufferPool.usedBytes, bytes);
    app.flush();
    assert.deepEqual(committed, []);
    app.dispose();
  });

  test('a block leaves the app to those who watch it: timers are told of before and after', () => {
    let told = 0;
    const { app, clock } = open('inline', undefined, () => told++);
    app.history.renderToHistory(() => text({ content: 'block' }));
    app.flush();
    told = 0;
    app.timers.setTimer(1000, () => assert.equal(told, 1, 'told before its code runs'));
    clock.tick(1000);
    assert.equal(told, 1);
    app.dispose();
  });

  test('a slow terminal gets all lines later, in order', () => {
    const { app, output, committed } = open('inline');
    output.stall();
    app.history.print('in flight');
    app.flush();
    for (let i = 0; i < 50; i++) app.history.print(`line ${i}`);
    app.flush();
    assert.equal(committed.length, 1);
    output.resume();
    app.flush();
    assert.deepEqual(texts(committed), ['in flight', ...Array.from({ length: 50 }, (_, i) => `line ${i}`)]);
    app.dispose();
  });

  test('at the end nothing that waits is lost, also when the app can run no more', () => {
    for (const settle of [true, false]) {
      const { app, committed } = open('inline');
      app.history.print('last words');
      const bytes = new TextDecoder().decode(app.modes.leaving(new TextEncoder().encode('<OFF>'), settle));
      assert.match(bytes, /last words\r\n.*live.*\n\r<OFF>$/s);
      assert.deepEqual(texts(committed), ['last words']);
      app.dispose();
    }
  });
});

describe('history of a whole screen', () => {
  test('waits until the screen is given back', () => {
    const { app, output, committed } = open('fullscreen');
    app.history.print('kept');
    app.flush();
    assert.equal(written(output), '');
    assert.equal(new TextDecoder().decode(app.modes.leaving(new TextEncoder().encode('<OFF>'), true)), '<OFF>kept\r\n');
    assert.deepEqual(texts(committed), ['kept']);
    app.dispose();
  });

  test('goes above the region when the mode changes', () => {
    const { app, output } = open('fullscreen');
    app.history.print('kept');
    app.modes.set('inline');
    app.flush();
    assert.match(written(output), /\x1b\[\?1049l.*kept\r\n.*live/s);
    app.dispose();
  });

  test('is bounded: the oldest lines go, and a line says how many', () => {
    const { app } = open('fullscreen');
    const filler = 'x'.repeat(100_000);
    const count = Math.ceil((MAX_WAITING_BYTES / filler.length) * 3);
    for (let i = 0; i < count; i++) app.history.print(`${i} ${filler}`);
    assert.ok(app.history.waitingBytes <= MAX_WAITING_BYTES);
    const lines = texts(app.history.takeAll());
    const dropped = Number(/^… (\d+) lines left out/.exec(lines[0] ?? '')?.[1]);
    assert.equal(dropped + lines.length - 1, count);
    assert.ok((lines[1] ?? '').startsWith(`${dropped} x`));
    assert.ok((lines.at(-1) ?? '').startsWith(`${count - 1} x`));
    app.dispose();
  });
});

describe('printed text', () => {
  test('is data: only colours and safe links of its escape sequences are left', () => {
    const { app, output, committed } = open('inline');
    app.history.print('a\x1b[2J\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[?1049h b\x9b5n\x07\x00c\u202ed');
    app.history.print('\x1b]8;;javascript:alert(1)\x1b\\no\x1b]8;;\x1b\\ \x1b]8;;https://example.org/\x1b\\yes\x1b]8;;\x1b\\');
    app.flush();
    assert.deepEqual(texts(committed), ['ared bcd', 'no yes']);
    const bytes = written(output);
    assert.match(bytes, /a\x1b\[31mred\x1b\[m bcd\r\n/);
    assert.match(bytes, /no \x1b\]8;;https:\/\/example\.org\/\x1b\\yes\x1b\]8;;\x1b\\\r\n/);
    assert.doesNotMatch(bytes, /2J|title|1049|javascript|\x07|\x00/);
    app.dispose();
  });

  test('tabs go to the next tab stop, and a carriage return starts no line over', () => {
    const { app, committed } = open('inline');
    app.history.print('a\tb\tc\r\nnext');
    app.flush();
    assert.deepEqual(texts(committed), ['a       b       c', 'next']);
    app.dispose();
  });

  test('a line ends in the default pen, whatever it set', () => {
    const { app, output } = open('inline');
    app.history.print('\x1b[41;1mloud');
    app.history.print('plain');
    app.flush();
    assert.match(written(output), /\x1b\[1;41mloud\x1b\[m\r\nplain\r\n/);
    app.dispose();
  });
});
