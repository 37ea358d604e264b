/** Screens as files and recordings of mounted apps: what the handle gives, when, and what it refuses. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { mount, mountSync } from '../../packages/spark-tui/src/app/index.node.ts';
import type { InputStream, MountOptions, OutputStream } from '../../packages/spark-tui/src/app/index.ts';
import { ManualClock, OptionError, PhaseError } from '../../packages/spark-tui/src/base/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, onKey, text } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator } from '../oracle/emulator.ts';
import { readXml } from '../oracle/xml-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'spark-screens-'));
after(() => rmSync(folder, { recursive: true }));

/** A terminal elsewhere. */
class Remote extends EventEmitter implements OutputStream {
  columns = 20;
  rows = 4;
  written = '';

  write(chunk: Uint8Array | string): boolean {
    this.written += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return true;
  }
}

class Keys extends EventEmitter implements InputStream {
  resume(): this {
    return this;
  }

  pause(): this {
    return this;
  }
}

function remote(options: MountOptions = {}): { terminal: Remote; keys: Keys; clock: ManualClock; options: MountOptions } {
  const terminal = new Remote();
  const keys = new Keys();
  const clock = new ManualClock();
  return { terminal, keys, clock, options: { output: terminal, input: keys, clock, env: { TERM: 'xterm-256color' }, query: false, ...options } };
}

/** What an emulator shows that was fed all output of a recording. */
function played(recording: string): string {
  const [header, ...lines] = recording.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  const { width, height } = header as { width: number; height: number };
  const emulator = new Emulator({ cols: width, rows: height, scrollback: 1000 });
  for (const [, kind, data] of lines as [number, string, string][]) {
    if (kind === 'o') emulator.write(data);
    else if (kind === 'r') emulator.resize(...(data.split('x').map(Number) as [number, number]));
  }
  const { active } = emulator.terminal.buffer;
  return Array.from({ length: emulator.terminal.rows }, (_, y) => active.getLine(active.baseY + y)!.translateToString(true).trimEnd()).join('\n');
}

describe('the screen of a mounted app', () => {
  test('is that of now: a frame that is pending runs first', async () => {
    const { options } = remote();
    const name = signal('one');
    const app = mountSync(() => text({ content: name, fg: 'red' }), options);
    assert.equal(app.toText(), 'one\n\n\n');
    name.value = 'two';
    assert.equal(app.toText(), 'two\n\n\n');
    name.value = 'three';
    assert.equal(app.toANSI(), '\x1b[38;2;255;0;0mthree\x1b[m\n\n\n');
    name.value = 'four';
    assert.match(app.toSVG(), /fill="#f00"[^]*>four<\/text>/);
    name.value = 'five';
    assert.match(app.toHTML(), /<span style="color:#f00">five<\/span>/);
    await app.unmount();
  });

  test('is there without a terminal, too', async () => {
    const { options } = remote({ env: { TERM: 'dumb' } });
    const app = mount(() => text({ content: 'plain' }), options);
    assert.equal(app.interactive, false);
    assert.equal(app.toText().trimEnd(), 'plain');
    assert.throws(() => app.record(join(folder, 'none.cast')), (error) => error instanceof PhaseError && /no terminal/.test(error.message));
    await app.unmount();
  });

  test('is gone with the app: a clear error', async () => {
    const { options } = remote();
    const app = mountSync(() => text({ content: 'x' }), options);
    await app.unmount();
    for (const call of [() => app.toText(), () => app.toANSI(), () => app.toSVG(), () => app.toHTML(), () => app.record(join(folder, 'late.cast'))]) {
      assert.throws(call, (error) => error instanceof PhaseError && /has ended/.test(error.message));
    }
  });

  test('options are checked, and errors name them', async () => {
    const app = createTestApp(() => text({ content: 'x' }), { width: 5, height: 1 });
    for (const [call, message] of [
      [() => app.toANSI({ depth: 3 as 4 }), /toANSI\(\): depth is 3; expected 1, 4, 8 or 24/],
      [() => app.toSVG({ titel: 'x' } as object), /toSVG\(\): there is no option 'titel'; there are title, fontSize/],
      [() => app.toSVG({ fontSize: 0 }), /toSVG\(\): fontSize is 0/],
      [() => app.toSVG({ palette: { colors: ['ansi:1'] } }), /toSVG\(\): palette\.colors\[0\] is "ansi:1"; expected a colour with red/],
      [() => app.toHTML({ title: 3 as unknown as string }), /toHTML\(\): title is 3/],
      [() => app.toHTML({ palette: { foreground: 'no colour' } }), /no colour/],
    ] as const) {
      assert.throws(call, (error) => error instanceof OptionError && message.test(error.message));
    }
    app.unmount();
  });
});

describe('pictures', () => {
  test('take palette, title and window; what links, links; what blinks, blinks', () => {
    const app = createTestApp(
      () => {
        text({ content: 'pal', fg: 'ansi:1', bg: 'ansi:200' });
        text({ content: 'inverse', inverse: true });
        text({ content: 'blink', blink: true });
        text({ content: 'hidden', hidden: true });
        text({ content: 'link', link: 'https://example.org/?a=1&b=2' });
        text({ content: 'curly', underline: 'curly', underlineColor: '#00f' });
      },
      { width: 12, height: 6 },
    );
    const palette = { foreground: '#eeeeee', background: '#111111', colors: ['#000', '#ab0000'] };
    const elements = readXml(app.toSVG({ title: 'T&T', window: true, palette, fontSize: 10 }));
    const attribute = (name: string, key: string, value: string): boolean => elements.some((element) => element.name === name && element.attributes.get(key) === value);
    assert.ok(elements.some(({ name, text: shown }) => name === 'title' && shown === 'T&T'));
    assert.ok(attribute('g', 'fill', '#ab0000') && attribute('path', 'fill', '#ff00d7'), 'palette entries');
    assert.ok(attribute('g', 'fill', '#111') && attribute('path', 'fill', '#eee'), 'inverse');
    assert.ok(attribute('g', 'class', 'spark-blink') && elements.some(({ name, text: shown }) => name === 'style' && shown.includes('@keyframes')), 'blink');
    assert.ok(attribute('a', 'href', 'https://example.org/?a=1&b=2'), 'link');
    assert.ok(attribute('path', 'stroke', '#00f'), 'underline colour');
    assert.ok(!elements.some(({ text: shown }) => shown.includes('hidden')));
    assert.equal(elements.filter(({ name }) => name === 'circle').length, 3);

    const html = app.toHTML({ title: 'T&T', document: true, palette });
    readXml(html);
    assert.match(html, /<title>T&amp;T<\/title>/);
    assert.match(html, /<a href="https:\/\/example\.org\/\?a=1&amp;b=2" rel="noopener"/);
    assert.match(html, /text-decoration:underline wavy #00f/);
    assert.match(html, /class="spark-blink"/);
    assert.ok(!html.includes('hidden'));
    app.unmount();
  });

  test('a frame with a border is drawn as a few shapes, however large', () => {
    const draw = (width: number, height: number): number => {
      const app = createTestApp(() => box({ border: 'single', width: '100%', height: '100%' }), { width, height });
      const { length } = app.toSVG();
      app.unmount();
      return length;
    };
    assert.ok(draw(200, 60) - draw(10, 4) < 60, 'numbers grow, nothing else');
  });
});

/** All lines of an emulator, scrollback first, without blank ones at the end. */
function allLines({ terminal }: Emulator): string {
  const { active } = terminal.buffer;
  return Array.from({ length: active.length }, (_, y) => active.getLine(y)!.translateToString(true).trimEnd()).join('\n').trimEnd();
}

describe('a recording of a mounted app', () => {
  for (const mode of ['fullscreen', 'inline', 'append'] as const) {
    test(`${mode}: plays to what the terminal itself shows, history included`, async () => {
      const path = join(folder, `${mode}.cast`);
      const { terminal, clock, options } = remote({ record: path, mode });
      const judge = new Emulator({ cols: 20, rows: 4, scrollback: 1000 });
      let fed = 0;
      const rows = signal(1);
      const app = mountSync(() => box({ border: 'single' }, () => text({ content: () => Array.from({ length: rows.value }, (_, i) => `row ${i} of ${rows.value}`).join('\n') })), options);
      const step = (): void => {
        clock.tick(100);
        app.flush();
        judge.write(terminal.written.slice(fed));
        fed = terminal.written.length;
      };
      step();
      for (const count of [2, 1, 2, 2, 1]) {
        rows.value = count;
        if (mode !== 'fullscreen') app.print(`line for ${count}`);
        if (mode === 'append') app.renderToHistory(() => text({ content: `block ${count}`, fg: 'red' }));
        step();
      }
      const shown = allLines(judge);
      const last = app.toText().trimEnd();
      assert.ok(shown.endsWith(last), shown);
      await app.unmount();
      const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as [number, string, string]);
      const player = new Emulator({ cols: 20, rows: 4, scrollback: 1000 });
      for (const [, kind, data] of lines) if (kind === 'o') player.write(data);
      assert.equal(allLines(player), shown);
    });
  }

  test('from its start: the file is complete once it was unmounted, and its last frame stays', async () => {
    const path = join(folder, 'start.cast');
    const { terminal, keys, clock, options } = remote({ record: path });
    const count = signal(0);
    const app = mountSync(() => {
      onKey((event) => {
        if (event.key === 'secret') count.value = -1;
      });
      text({ content: () => `count ${count.value}` });
    }, options);
    for (let i = 0; i < 5; i++) {
      clock.tick(1000);
      count.value++;
      app.flush();
    }
    keys.emit('data', new TextEncoder().encode('secret'));
    terminal.columns = 30;
    terminal.emit('resize');
    app.flush();
    const last = app.toText();
    assert.ok(terminal.written.includes('\x1b[?1003h'), 'the terminal itself is asked for the mouse');
    await app.unmount();
    const recording = readFileSync(path, 'utf8');
    assert.equal(played(recording), last);
    const events = recording.trimEnd().split('\n').slice(1).map((line) => JSON.parse(line) as [number, string, string]);
    assert.deepEqual(events.filter(([, kind]) => kind === 'r').map(([, , size]) => size), ['30x4']);
    assert.equal(events.at(-1)![0], 5);
    const output = events.filter(([, kind]) => kind === 'o').map(([, , data]) => data).join('');
    for (const mode of ['1049', '100', '2004']) assert.ok(!output.includes(`\x1b[?${mode}`), 'neither alternate screen nor input modes');
    assert.ok(!recording.includes('secret'));
  });

  test('from the middle: begins with the whole screen; input when asked for; stop ends it and not the app', async () => {
    const { keys, clock, options } = remote();
    const shown = signal('before');
    const app = mountSync(() => box({}, () => {
      text({ content: 'title' });
      text({ content: shown });
    }), options);
    const path = join(folder, 'middle.cast');
    clock.tick(500);
    const recording = app.record(path, { title: 'middle', input: true });
    assert.throws(() => app.record(join(folder, 'second.cast')), /running already; stop\(\) it first/);
    keys.emit('data', new TextEncoder().encode('q'));
    shown.value = 'after';
    clock.tick(250);
    recording.mark('changed');
    await recording.stop();
    const last = app.toText();
    shown.value = 'much later';
    app.flush();
    const lines = readFileSync(path, 'utf8');
    assert.equal(played(lines), last);
    assert.match(lines, /\[0,"i","q"\]\n/);
    assert.match(lines, /\[0\.25,"m","changed"\]\n/);
    assert.ok(!lines.includes('later'));
    const again = app.record(path);
    await app.unmount();
    await again.stop();
    assert.match(played(readFileSync(path, 'utf8')), /much later/);
  });

  test('options are checked before a file is touched; a path that cannot be written is an error at mount', async () => {
    const { options } = remote();
    const app = mountSync(() => text({ content: 'x' }), options);
    assert.throws(() => app.record(join(folder, 'never.cast'), { idleLimit: -1 }), OptionError);
    assert.throws(() => readFileSync(join(folder, 'never.cast')), /ENOENT/);
    assert.throws(() => app.record(7 as unknown as string), /path of a file, or a stream/);
    await app.unmount();
    assert.throws(() => mountSync(() => text({ content: 'x' }), remote({ record: '' }).options), /record is ''/);
    assert.throws(() => mountSync(() => text({ content: 'x' }), remote({ record: join(folder, 'no', 'where.cast') }).options), /cannot be written: ENOENT/);
  });
});
