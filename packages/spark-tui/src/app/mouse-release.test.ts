import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { ManualClock, OptionError } from '../base/index.ts';
import { type MouseHandover, mouseHandover, onKey, text } from '../ui/index.ts';
import { mountSync } from './index.node.ts';
import type { InputStream, MountHandle, MountOptions, OutputStream } from './index.ts';

/** A terminal elsewhere, with keys. */
class Remote extends EventEmitter implements OutputStream, InputStream {
  columns = 30;
  rows = 5;
  written = '';

  write(chunk: Uint8Array | string): boolean {
    this.written += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return true;
  }

  resume(): void {}

  pause(): void {}

  /** Types, and gives what was written then. */
  press(app: MountHandle, keys: string): string {
    this.written = '';
    this.emit('data', new TextEncoder().encode(keys));
    app.flush();
    return this.written;
  }
}

const F12 = '\x1b[24~';
const drag = (...cells: readonly [number, number][]): string =>
  cells.map(([x, y], i) => `\x1b[<${i === 0 ? 0 : 32};${x + 1};${y + 1}M`).join('') + '\x1b[<0;1;1m';

function start(options: MountOptions = {}, keys: string[] = []): { terminal: Remote; app: MountHandle; mouse: MouseHandover } {
  const terminal = new Remote();
  let mouse: MouseHandover | undefined;
  const app = mountSync(
    () => {
      mouse = mouseHandover();
      onKey((event) => void keys.push(event.key));
      text({ content: 'hello world' });
    },
    { output: terminal, input: terminal, clock: new ManualClock(), ...options },
  );
  return { terminal, app, mouse: mouse as MouseHandover };
}

describe('the key that hands the mouse over', () => {
  test('switches the reports off and on again, and says so', async () => {
    const { terminal, app, mouse } = start();
    const off = terminal.press(app, F12);
    for (const mode of [1000, 1002, 1003, 1006]) assert.ok(off.includes(`\x1b[?${mode}l`), `${mode} off`);
    assert.equal(mouse.released.value, true);
    const on = terminal.press(app, F12);
    for (const mode of [1000, 1002, 1003, 1006]) assert.ok(on.includes(`\x1b[?${mode}h`), `${mode} on`);
    assert.equal(mouse.released.value, false);
    assert.equal(mouse.release(false), false, 'nothing to take back');
    await app.unmount();
  });

  test('is another one, or none, as the option says; without the mouse it is an ordinary key', async () => {
    for (const [options, key, toggles] of [
      [{ mouseToggleKey: 'ctrl+t' }, '\x14', true],
      [{ mouseToggleKey: 'ctrl+t' }, F12, false],
      [{ mouseToggleKey: false }, F12, false],
      [{ disableMouse: true }, F12, false],
      [{ mode: 'inline' }, F12, false],
    ] as const) {
      const { terminal, app, mouse } = start(options);
      assert.equal(terminal.press(app, key).includes('\x1b[?1003l'), toggles);
      assert.equal(mouse.released.value, toggles);
      await app.unmount();
    }
    assert.throws(() => start({ mouseToggleKey: 'ctrl+nosuch' }), OptionError);
    assert.throws(() => start({ mouseToggleKey: 3 as never }), /mouseToggleKey is 3; expected a key/);
  });

  test('leaves nothing to switch off at the end, and is forgotten with the mode', async () => {
    const { terminal, app, mouse } = start();
    terminal.press(app, F12);
    app.setMode('inline');
    app.flush();
    assert.equal(mouse.released.value, false);
    terminal.written = '';
    app.setMode('fullscreen');
    app.flush();
    assert.ok(terminal.written.includes('\x1b[?1003h'));
    terminal.press(app, F12);
    terminal.written = '';
    await app.unmount();
    assert.ok(!terminal.written.includes('1003'));
  });
});

describe('the option selection', () => {
  test('gives the selected text to the handle', async () => {
    const { terminal, app } = start();
    terminal.press(app, drag([6, 0], [8, 0]));
    assert.equal(app.selectedText(), 'hello w', 'up to where the button was released');
    await app.unmount();
    assert.equal(app.selectedText(), '');
  });

  test('false selects nothing', async () => {
    const { terminal, app } = start({ selection: false });
    terminal.press(app, drag([6, 0], [8, 0]));
    assert.equal(app.selectedText(), '');
    await app.unmount();
  });

  for (const [selection, message] of [
    ['yes', /selection is yes; expected true, false or an object/],
    [{ color: 'red' }, /selection has no 'color'; there are fg, bg, copyOnSelect, onCopy/],
    [{ bg: 'nosuch' }, /selection\.bg: .*nosuch/],
    [{ copyOnSelect: 1 }, /copyOnSelect is 1/],
    [{ onCopy: true }, /onCopy is true/],
  ] as const) {
    test(`is checked: ${JSON.stringify(selection)}`, () => {
      assert.throws(() => start({ selection: selection as never }), (error) => error instanceof OptionError && message.test(error.message));
    });
  }
});
