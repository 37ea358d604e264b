/** An app and a terminal that answers late, in pieces, or never: on a clock that is driven, in memory. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import { flushSync, signal } from '../reactive/index.ts';
import { DEFAULT_CAPS, FULLSCREEN_MODES, MemoryOutput, type TerminalModes } from '../terminal/index.ts';
import { box, onKey, show, terminal, terminalCapabilities, text, windowTitle } from '../ui/index.ts';
import { App } from './app.ts';
import { checkOptions } from './mount-options.ts';
import type { TerminalOptions } from './terminal-link.ts';

const utf8 = new TextEncoder();
const ANSWERS = '\x1bP>|foot(1.16.2)\x1b\\\x1b[?2026;2$y\x1b[?2027;1$y\x1b[?2031;2$y\x1b[?2048;2$y\x1b[?69;2$y\x1b[?0u\x1b]11;rgb:00/00/00\x07\x1b[?62c';

class Bench {
  readonly clock = new ManualClock();
  readonly output = new MemoryOutput();
  readonly holder: { modes: TerminalModes } = { modes: FULLSCREEN_MODES };
  readonly app: App;
  readonly greeting: string;

  constructor(root: () => unknown, options: Partial<TerminalOptions> = {}, caps = DEFAULT_CAPS, size = { width: 40, height: 4 }) {
    this.app = new App({
      size,
      clock: this.clock,
      output: this.output,
      caps,
      terminal: { holder: this.holder, env: { TERM: 'xterm-256color' }, query: true, kittyKeyboard: 7, followsSize: true, ...options },
      maxFps: 60,
      maxNodes: 1000,
      verifyLayout: true,
      exitOnCtrlC: true,
      tabNavigation: true,
      onExit: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    this.greeting = new TextDecoder().decode(this.app.terminal.greeting());
    this.app.start(root);
    this.app.flush();
  }

  feed(bytes: string): void {
    this.app.feed(utf8.encode(bytes));
  }

  /** Runs effects of changed signals, and what is due. */
  settle(): void {
    flushSync();
    this.clock.tick(100);
  }

  /** What was written since the last call. */
  written(): string {
    return new TextDecoder().decode(this.output.take());
  }
}

describe('answers', () => {
  test('the first frame is there before any answer, and while nothing happens there is no timer and no byte', () => {
    const bench = new Bench(() => text({ content: 'hello' }));
    assert.ok(bench.greeting.endsWith('\x1b[c'));
    assert.match(bench.written(), /hello/);
    assert.equal(bench.clock.pendingTimers, 0);
    bench.clock.tick(10_000);
    assert.equal(bench.written(), '');
    bench.app.dispose();
  });

  test('the end waits for them only when they may still come', () => {
    const bench = new Bench(() => text({ content: 'x' }));
    assert.equal(bench.app.terminal.outstanding, 1);
    bench.clock.tick(1000);
    assert.equal(bench.app.terminal.outstanding, -1);
    bench.feed('\x1b[?62c');
    assert.equal(bench.app.terminal.outstanding, 0);
    bench.app.dispose();
    const silent = new Bench(() => text({ content: 'x' }), { query: false });
    assert.equal(silent.app.terminal.outstanding, -1);
    silent.app.dispose();
  });

  test('can be waited for, for a while: with all of them, with those that came, and not at all after the end', async () => {
    const bench = new Bench(() => text({ content: 'x' }));
    const { control } = bench.app.terminal;
    const early = control.ready();
    bench.feed('\x1b[?2026;2$y\x1b[?62;22c');
    const known = await early;
    assert.deepEqual([known.settled, known.synchronized], [true, true]);
    bench.settle();
    assert.equal(bench.clock.pendingTimers, 0);
    assert.equal((await control.ready()).settled, true);
    bench.app.dispose();

    const silent = new Bench(() => text({ content: 'x' }));
    const late = silent.app.terminal.control.ready(300);
    const never = silent.app.terminal.control.ready(10_000);
    silent.clock.tick(300);
    assert.equal((await late).settled, false);
    silent.app.dispose();
    assert.equal((await never).settled, false);
    assert.equal(silent.clock.pendingTimers, 0);
  });

  test('two seconds late they still count, switch on what they offer, and are no keys', () => {
    const keys: string[] = [];
    const bench = new Bench(() => {
      const capabilities = terminalCapabilities();
      text({ content: () => `${capabilities.value.name} ${capabilities.value.settled}` });
      onKey((event) => void keys.push(event.text));
    });
    bench.written();
    bench.clock.tick(2000);
    bench.feed(`a${ANSWERS}b`);
    bench.clock.tick(100);
    const written = bench.written();
    assert.deepEqual(keys, ['a', 'b']);
    assert.match(written, /foot true/);
    for (const sent of ['\x1b[>7u', '\x1b[?2031h', '\x1b[?2048h', '\x1b[?69h', '\x1b[?996n']) assert.ok(written.includes(sent), JSON.stringify(sent));
    assert.ok(!written.includes('\x1b[?2027h'), 'was on before');
    assert.deepEqual(bench.holder.modes, {
      ...FULLSCREEN_MODES,
      kittyKeyboard: 7,
      colorScheme: true,
      inBandResize: true,
      synchronized: true,
      margins: true,
    });
    bench.clock.tick(1000);
    assert.equal(bench.written(), '');
    bench.app.dispose();
  });

  test('cut at every byte: one and the same end', () => {
    const bytes = utf8.encode(ANSWERS);
    for (let cut = 1; cut < bytes.length; cut++) {
      const keys: string[] = [];
      const bench = new Bench(() => onKey((event) => void keys.push(event.key)));
      bench.app.feed(bytes.subarray(0, cut));
      bench.app.feed(bytes.subarray(cut));
      bench.clock.tick(100);
      assert.deepEqual(keys, [], `cut at ${cut}`);
      assert.equal(bench.holder.modes.kittyKeyboard, 7);
      bench.app.dispose();
    }
  });

  test('more colours than the environment promised: everything is written again, once', () => {
    const colored = (): unknown => text({ content: 'x', fg: '#123456' });
    const bench = new Bench(colored, {}, { ...DEFAULT_CAPS, depth: 8 });
    assert.match(bench.written(), /38;5;/);
    bench.feed(ANSWERS);
    bench.clock.tick(100);
    assert.match(bench.written(), /38;2;18;52;86/);
    const plain = new Bench(colored, { env: { TERM: 'xterm-256color', NO_COLOR: '1' } }, { ...DEFAULT_CAPS, depth: 1 });
    plain.feed(ANSWERS);
    plain.clock.tick(100);
    assert.doesNotMatch(plain.written(), /38;/);
    bench.app.dispose();
    plain.app.dispose();
  });

  test('large frames are shown at once from the answer on, not before', () => {
    const letter = signal('a');
    const bench = new Bench(() => text({ content: () => Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? letter.value : String.fromCharCode(65 + ((i * 7) % 26)))).join('') }));
    letter.value = 'b';
    bench.settle();
    assert.doesNotMatch(bench.written(), /\?2026/);
    bench.feed('\x1b[?2026;2$y');
    bench.clock.tick(100);
    bench.written();
    letter.value = '漢';
    bench.settle();
    const written = bench.written();
    assert.ok(written.startsWith('\x1b[?2026h') && written.endsWith('\x1b[?2026l'), JSON.stringify(written));
    bench.app.dispose();
  });
});

describe('options', () => {
  test('flags of the keyboard protocol, and what is no flag', () => {
    const flags = (kittyKeyboard?: boolean | number): number => checkOptions(() => undefined, kittyKeyboard === undefined ? {} : { kittyKeyboard }).kittyKeyboard;
    assert.deepEqual([flags(), flags(true), flags(false), flags(31)], [7, 7, 0, 31]);
    for (const wrong of [32, -1, 1.5, 'yes' as never]) assert.throws(() => flags(wrong), /kittyKeyboard/);
    assert.throws(() => checkOptions(() => undefined, { query: 'no' as never }), /query/);
  });
});

describe('what answers change in the bytes', () => {
  test('a pane beside another one is scrolled by margins only after the terminal said that it has them', () => {
    const first = signal(0);
    const row = (n: number): string => `line ${n} ${'abcdefghij'.repeat(6).slice(n % 10)}`;
    const pane = (): void => {
      box({
        flexDirection: 'row',
        children: () => {
          text({ width: 30, content: Array.from({ length: 30 }, (_, i) => `static ${i * 7}`).join('\n') });
          text({ width: 90, content: () => Array.from({ length: 30 }, (_, i) => row(first.value + i)).join('\n') });
        },
      });
    };
    const bench = new Bench(pane, {}, DEFAULT_CAPS, { width: 120, height: 30 });
    first.value = 1;
    bench.settle();
    bench.written();
    first.value = 2;
    bench.settle();
    const without = bench.written();
    bench.feed('\x1b[?69;2$y');
    bench.clock.tick(100);
    assert.ok(bench.written().includes('\x1b[?69h'));
    first.value = 3;
    bench.settle();
    bench.written();
    first.value = 4;
    bench.settle();
    const scrolled = bench.written();
    assert.doesNotMatch(without, /\[\d*;\d*s/);
    assert.match(scrolled, /\[\d*;\d*s/);
    assert.ok(scrolled.length < without.length / 2, `${scrolled.length} of ${without.length} bytes`);
    bench.app.dispose();
  });
});

describe('requests', () => {
  test('share the one write of a frame, behind its cells', () => {
    const content = signal('one');
    const bench = new Bench(() => {
      text({ content });
      windowTitle(() => `title ${content.value}`);
    });
    assert.match(bench.written(), /one[^]*\]2;title one/);
    const { writes } = bench.output;
    content.value = 'two';
    bench.settle();
    const written = bench.written();
    assert.ok(written.endsWith('\x1b]2;title two\x1b\\'), JSON.stringify(written));
    assert.match(written, /wo[^]*title/);
    assert.equal(bench.output.writes, writes + 1);
    bench.app.dispose();
  });

  test('without a change of cells they ask for a frame of their own', () => {
    const bench = new Bench(() => text({ content: 'x' }));
    bench.written();
    assert.deepEqual(bench.app.terminal.control.bell(), { ok: true, reason: 'sent' });
    bench.clock.tick(100);
    assert.equal(bench.written(), '\x07');
    bench.app.dispose();
  });

  test('while the terminal does not read they wait, in order, and come out whole', () => {
    const content = signal('one');
    const bench = new Bench(() => text({ content }));
    bench.written();
    bench.output.stall();
    content.value = 'two';
    bench.settle();
    const { control } = bench.app.terminal;
    control.bell();
    control.copy('x');
    content.value = 'three';
    bench.settle();
    bench.output.resume();
    bench.clock.tick(100);
    const written = bench.written();
    assert.ok(written.endsWith('\x07\x1b]52;c;eA==\x1b\\'), JSON.stringify(written));
    assert.ok(written.indexOf('\x07') > written.indexOf('hree'));
    bench.app.dispose();
  });

  test('a title ends with the element that asked for it', () => {
    const isOpen = signal(false);
    const bench = new Bench(() => {
      windowTitle('outer');
      box({
        children: () => {
          show(
            () => isOpen.value,
            () => windowTitle('inner'),
          );
        },
      });
    });
    assert.ok(bench.written().includes('\x1b[22;0t\x1b]2;outer'));
    isOpen.value = true;
    bench.settle();
    assert.match(bench.written(), /\]2;inner/);
    isOpen.value = false;
    bench.settle();
    assert.match(bench.written(), /\]2;outer/);
    assert.equal(new TextDecoder().decode(bench.app.terminal.undo()), '\x1b[23;0t');
    bench.app.dispose();
  });

  test('the clipboard is read by the answer, and an answer nobody asked for is nothing', async () => {
    const keys: string[] = [];
    const bench = new Bench(() => onKey((event) => void keys.push(event.key)));
    bench.feed('\x1b]52;c;YQ==\x07');
    const read = bench.app.terminal.control.readClipboard();
    bench.clock.tick(100);
    assert.ok(bench.written().includes('\x1b]52;c;?\x1b\\'));
    bench.feed('\x1b]52;c;aGk=\x07');
    assert.deepEqual(await read, { ok: true, text: 'hi', reason: 'read' });
    assert.deepEqual(keys, []);
    bench.app.dispose();
    assert.equal(bench.clock.pendingTimers, 0);
  });

  test('handlers reach the terminal by what was kept from outside', () => {
    const bench = new Bench(() => {
      const control = terminal();
      onKey('y', () => void control.copy('yanked'));
    });
    bench.written();
    bench.feed('y');
    bench.clock.tick(100);
    assert.ok(bench.written().includes('\x1b]52;c;eWFua2Vk\x1b\\'));
    bench.app.dispose();
  });

  test('after the end nothing is sent and results say so', () => {
    const bench = new Bench(() => text({ content: 'x' }));
    const { control } = bench.app.terminal;
    bench.app.dispose();
    assert.deepEqual(control.bell(), { ok: false, reason: 'no-terminal' });
    assert.deepEqual(control.setTitle('x'), { ok: false, reason: 'no-terminal' });
  });
});
