/** `mount` on given streams: options, several apps at once, remounting, and what an app leaves behind. */
/* oxlint-disable no-control-regex -- escape sequences are what is looked for */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { bufferPool, ManualClock, OptionError } from '../base/index.ts';
import { signal } from '../reactive/index.ts';
import { box, onCleanup, onKey, terminalSize, text } from '../ui/index.ts';
import { isMounted, mount, mountSync } from './index.node.ts';
import type { InputStream, MountOptions, OutputStream } from './index.ts';

/** A terminal elsewhere: keeps what is written, has a size, can be resized. */
class RemoteTerminal extends EventEmitter implements OutputStream {
  columns = 30;
  rows = 5;
  written = '';

  write(chunk: Uint8Array | string): boolean {
    this.written += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return true;
  }
}

class RemoteKeys extends EventEmitter implements InputStream {
  resume(): this {
    return this;
  }

  pause(): this {
    return this;
  }

  press(keys: string): void {
    this.emit('data', new TextEncoder().encode(keys));
  }
}

function remote(): { terminal: RemoteTerminal; keys: RemoteKeys; options: MountOptions } {
  const terminal = new RemoteTerminal();
  const keys = new RemoteKeys();
  return { terminal, keys, options: { output: terminal, input: keys, clock: new ManualClock() } };
}

describe('options are checked at the door', () => {
  const app = (): void => {};
  for (const [what, options, message] of [
    ['an unknown option', { fps: 30 }, /no option 'fps'/],
    ['a use of the console that does not exist', { console: 'off' }, /console is 'off'/],
    ['a mode that does not exist', { mode: 'inlined' }, /mode is 'inlined'/],
    ['maxFps of 0', { maxFps: 0 }, /maxFps is 0; expected/],
    ['maxNodes that is no integer', { maxNodes: 1.5 }, /maxNodes is 1.5/],
    ['half a size', { width: 80 }, /height is undefined/],
    ['a size of 0', { size: { width: 0, height: 5 } }, /width is 0/],
    ['a flag that is a string', { disableCtrlC: 'yes' }, /disableCtrlC is 'yes'/],
    ['a callback that is none', { onUnmount: 3 }, /onUnmount is 3/],
    ['an output that is none', { output: 'stdout' }, /output is 'stdout'/],
    ['a text pool of nothing', { textPoolSize: 1 }, /textPoolSize is 1/],
  ] as const) {
    test(`${what} is an error that names it`, async () => {
      assert.throws(() => mountSync(app, options as MountOptions), (error) => error instanceof OptionError && message.test(error.message));
      await assert.rejects(mount(app, options as MountOptions), message);
      assert.equal(isMounted(), false);
    });
  }

  test('an app that is no function is an error', () => {
    assert.throws(() => mountSync({} as () => void), /first argument/);
  });
});

describe('apps on streams', () => {
  test('colours are those the environment of the other end promises; nothing known of it: all', async () => {
    for (const [env, wanted] of [
      [{}, '38;2;255;0;0'],
      [{ TERM: 'xterm-256color' }, '38;5;196'],
      [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, '38;2;255;0;0'],
      [{ TERM: 'xterm-256color', NO_COLOR: '1' }, null],
    ] as const) {
      const { terminal, options } = remote();
      const app = mountSync(() => text({ content: 'red', fg: '#ff0000', bold: true }), { ...options, env });
      if (wanted === null) assert.doesNotMatch(terminal.written, /\x1b\[(?:\d+;)*[349]\d[;m]/);
      else assert.ok(terminal.written.includes(wanted), JSON.stringify(terminal.written));
      assert.match(terminal.written, /\x1b\[1[;m]/, 'attributes stay at every depth');
      await app.unmount();
    }
  });

  test('what a terminal that answers still sends at the end is dropped up to its last answer; what follows is left for others', async () => {
    const { terminal, keys, options } = remote();
    const app = mountSync(() => text({ content: 'x' }), options);
    keys.press('\x1b[?62;22c');
    terminal.written = '';
    const ended = app.unmount();
    assert.ok(terminal.written.endsWith('\x1b[c'), JSON.stringify(terminal.written));
    keys.press('\x1b[<0;1;1M\x1b[?6');
    keys.press('2;22c');
    await ended;
    assert.equal(keys.listenerCount('data'), 0);
  });

  test('an app mounted there meanwhile gets the keys at once', async () => {
    const { keys, options } = remote();
    const first = mountSync(() => text({ content: 'x' }), options);
    keys.press('\x1b[?62;22c');
    const ended = first.unmount();
    const pressed: string[] = [];
    const second = mountSync(() => onKey('a', () => void pressed.push('a')), options);
    keys.press('a');
    await ended;
    keys.press('a');
    assert.deepEqual(pressed, ['a', 'a']);
    await second.unmount();
    assert.equal(keys.listenerCount('data'), 0);
  });

  test('several apps at once do not touch each other', async () => {
    const a = remote();
    const b = remote();
    const counts = [signal(0), signal(100)];
    const first = mountSync(() => text({ content: () => `a ${counts[0].value}` }), a.options);
    const second = mountSync(() => text({ content: () => `b ${counts[1].value}` }), b.options);
    assert.match(a.terminal.written, /a 0/);
    assert.match(b.terminal.written, /b 100/);
    const before = b.terminal.written;
    counts[0].value = 7;
    first.flush();
    assert.match(a.terminal.written, /7$/);
    assert.equal(b.terminal.written, before);
    await first.unmount();
    counts[1].value = 101;
    second.flush();
    assert.notEqual(b.terminal.written, before);
    await second.unmount();
    assert.equal(isMounted(), false);
  });

  test('keys of the input reach the app; Ctrl+C ends it and the promise resolves', async () => {
    const { terminal, keys, options } = remote();
    const seen: string[] = [];
    const app = mount(() => onKey((event) => seen.push(event.key)), options);
    keys.press('a\x1b[A');
    keys.press('\x03');
    await app;
    assert.deepEqual(seen, ['a', 'ArrowUp', 'c']);
    assert.equal(await app.waitForExit(), 'ctrl-c');
    assert.ok(terminal.written.includes('\x1b[?1049l'));
    assert.equal(keys.listenerCount('data'), 0);
    assert.equal(terminal.eventNames().length, 0);
  });

  test('disableCtrlC leaves Ctrl+C to the app, disableMouse the mouse to the terminal', async () => {
    const { terminal, keys, options } = remote();
    const app = mount(() => {}, { ...options, disableCtrlC: true, disableMouse: true });
    keys.press('\x03');
    assert.equal(isMounted(), true);
    assert.ok(!terminal.written.includes('\x1b[?1003h'));
    await app.unmount();
  });

  test('the size of the stream is the size of the app, and follows it; a fixed size does not', async () => {
    const { terminal, options } = remote();
    const app = mountSync(() => {
      const size = terminalSize();
      text({ content: () => `${size.value.width}x${size.value.height}` });
    }, options);
    assert.match(terminal.written, /30x5/);
    terminal.columns = 44;
    terminal.emit('resize');
    app.flush();
    assert.match(terminal.written, /44x5/);
    await app.unmount();

    const fixed = remote();
    const other = mountSync(() => {
      const size = terminalSize();
      text({ content: () => `${size.value.width}x${size.value.height}` });
    }, { ...fixed.options, width: 20, height: 3 });
    assert.match(fixed.terminal.written, /20x3/);
    fixed.terminal.emit('resize');
    other.flush();
    assert.ok(!fixed.terminal.written.includes('30x5'));
    await other.unmount();
  });

  test('inline: no alternate screen, no mouse; history above, the last state stays behind, below it the cursor', async () => {
    const { terminal, options } = remote();
    const state = signal('working');
    const app = mountSync(() => text({ content: () => state.value }), { ...options, mode: 'inline' });
    assert.equal(app.getMode(), 'inline');
    app.print('printed', 'line');
    app.renderToHistory(() => text({ content: 'block' }));
    app.flush();
    state.value = 'done';
    await app.unmount();
    const { written } = terminal;
    assert.doesNotMatch(written, /\x1b\[\?1049h|\x1b\[\?1003h|\x1b\[H/);
    assert.match(written, /printed line\r\nblock\r\n/);
    assert.match(written, /done[^]*\n\r[^\n]*\x1b\[\?7h\x1b\[\?25h$/);
  });

  test('the mode can be changed while it runs; a mode that does not exist is an error', async () => {
    const { terminal, options } = remote();
    const app = mountSync(() => text({ content: 'hello' }), options);
    app.setMode('append');
    app.flush();
    assert.equal(app.getMode(), 'append');
    assert.match(terminal.written, /\x1b\[\?1049l[^]*hello\r$/);
    const before = terminal.written.length;
    app.setMode('inline');
    app.flush();
    assert.equal(terminal.written.length, before, 'inline and append are drawn alike');
    assert.throws(() => app.setMode('tiny' as 'inline'), OptionError);
    await app.unmount();
    assert.equal(terminal.written.split('\x1b[?1049l').length, 2, 'the screen is left once');
  });

  test('without a terminal history comes at once as plain text, the final frame last', async () => {
    const { terminal, options } = remote();
    const app = mountSync(() => text({ content: 'final' }), { ...options, mode: 'append', env: { TERM: 'dumb' } });
    app.print('one', '\x1b[31mred');
    app.renderToHistory(() => text({ content: 'block', fg: 'red' }));
    assert.equal(terminal.written, 'one red\nblock\n');
    await app.unmount();
    assert.equal(terminal.written, 'one red\nblock\nfinal\n');
  });

  test('an absurd size reported by a terminal is cut to what a screen can have, and shrinks again', async () => {
    const { terminal, options } = remote();
    terminal.columns = 65_535;
    terminal.rows = 1;
    const app = mountSync(() => text({ content: 'wide' }), options);
    assert.match(terminal.written, /wide/);
    terminal.columns = 1;
    terminal.rows = 65_535;
    terminal.emit('resize');
    app.flush();
    terminal.columns = 30;
    terminal.rows = 5;
    terminal.emit('resize');
    app.flush();
    await app.unmount();
  });

  test('unmount is idempotent, gives one report, and calls cleanups and onUnmount once', async () => {
    const { options } = remote();
    const log: string[] = [];
    const app = mountSync(() => {
      onCleanup(() => log.push('cleanup'));
      box({ onClick: () => {} }, () => {
        text({ content: 'x' });
      });
    }, { ...options, onUnmount: () => log.push('unmounted') });
    assert.deepEqual([app.stats().nodes, app.stats().handlers, app.stats().cleanups], [2, 1, 1]);
    const report = await app.unmount();
    assert.equal(await app.unmount(), report);
    const { ms, ...left } = report;
    assert.ok(ms >= 0);
    assert.deepEqual(left, { nodes: 0, scopes: 0, effects: 0, bindings: 0, cleanups: 0, handlers: 0, timers: 0, listeners: 0, handles: 0, survivors: [] });
    assert.deepEqual(log, ['cleanup', 'unmounted']);
  });

  test('an error of an effect ends the app, restores the terminal and rejects the promise', async () => {
    const { terminal, options } = remote();
    const broken = signal(false);
    const app = mount(() => {
      text({
        content: () => {
          if (broken.value) throw new Error('effect broke');
          return 'fine';
        },
      });
    }, options);
    broken.value = true;
    app.flush();
    await assert.rejects(app, /effect broke/);
    assert.ok(terminal.written.includes('\x1b[?1049l'));
    assert.equal(isMounted(), false);
  });

  test('with onError the app goes on', async () => {
    const { keys, options } = remote();
    const errors: unknown[] = [];
    const app = mountSync(() => {
      onKey('x', () => {
        throw new Error('handler broke');
      });
    }, { ...options, onError: (error) => errors.push(error) });
    keys.press('x');
    keys.press('x');
    assert.equal(errors.length, 2);
    assert.equal(isMounted(), true);
    await app.unmount();
  });

  test('an error while the app is made leaves nothing behind', async () => {
    const { terminal, options } = remote();
    const used = bufferPool.usedBytes;
    await assert.rejects(
      mount(() => {
        box({}, () => {
          throw new Error('no');
        });
      }, options),
      /no/,
    );
    assert.equal(terminal.written, '');
    assert.equal(bufferPool.usedBytes, used);
    assert.equal(isMounted(), false);
  });

  test('500 mounts and unmounts in one process: buffers, listeners and process hooks return to where they were', async () => {
    const used = bufferPool.usedBytes;
    const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)]);
    for (let i = 0; i < 500; i++) {
      const { terminal, keys, options } = remote();
      const count = signal(0);
      const app = mountSync(() => {
        box({ border: 'single', onKey: () => count.value++ }, () => {
          text({ content: () => `count ${count.value}` });
        });
      }, options);
      keys.press('k');
      app.flush();
      const { ms: _, ...left } = await app.unmount();
      assert.ok(Object.values(left).every((value) => value === 0 || (Array.isArray(value) && value.length === 0)));
      assert.match(terminal.written, /count 0[^]*1/);
    }
    assert.equal(bufferPool.usedBytes, used);
    assert.deepEqual(process.eventNames().map((name) => [name, process.listenerCount(name)]), listeners);
  });

  test('a hundred at once, as a server has, listen to the process no more often than one', async () => {
    const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
    const none = listeners();
    const first = mountSync(() => text({ content: 'first' }), remote().options);
    const one = listeners();
    const others = Array.from({ length: 99 }, () => mountSync(() => text({ content: 'other' }), remote().options));
    assert.equal(listeners(), one);
    for (const app of [first, ...others]) await app.unmount();
    assert.equal(listeners(), none);
  });

  test('noopNotifier: nothing is drawn by itself', async () => {
    const { terminal, options } = remote();
    const count = signal(0);
    const app = mountSync(() => text({ content: () => `n ${count.value}` }), { ...options, noopNotifier: true });
    const before = terminal.written;
    count.value = 5;
    await Promise.resolve();
    (options.clock as ManualClock).tick(1000);
    assert.equal(terminal.written, before);
    app.flush();
    assert.match(terminal.written, /5$/);
    await app.unmount();
  });
});
