/** What an `input` shows: text, selection, placeholder, suggestions, and the caret as the terminal's cursor or drawn. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createInputRef, input, show, text } from '../../packages/spark-tui/src/ui/index.ts';
import { DIM, edited, field, INVERSE, marked, RED, Watcher } from './input-field.ts';

describe('what shows', () => {
  test('a form: fields side by side and in boxes', () => {
    using app = createTestApp(
      () => {
        box({ flexDirection: 'row', gap: 1 }, () => {
          text({ content: 'Name' });
          input({ value: signal('Ada Lovelace'), grow: 1, border: 'single', paddingX: 1 });
        });
        input({ value: signal('secret'), password: true, width: 10 });
        input({ placeholder: 'a very long hint that does not fit', width: 10 });
      },
      { width: 24, height: 5 },
    );
    assert.equal(
      app.text(),
      ['Name ┌─────────────────┐', '     │ Ada Lovelace    │', '     └─────────────────┘', '••••••', 'a very lon'].join('\n'),
    );
    assert.equal(app.cell(0, 4).attrs & DIM, DIM);
  });

  test('the selection: reversed, or in its colours', () => {
    const color = signal<string | undefined>(undefined);
    const f = field('abc', { selectionBg: () => color.value });
    using app = f.app;
    app.press('shift+ArrowLeft', 'shift+ArrowLeft');
    assert.equal(marked(app, INVERSE), 'bc');
    color.value = 'green';
    assert.equal(marked(app, INVERSE), '');
    assert.deepEqual([app.cell(0, 0).bg, app.cell(1, 0).bg, app.cell(2, 0).bg, app.cell(3, 0).bg].map((bg) => bg !== 0), [false, true, true, false]);
  });

  test('the placeholder goes with the first letter, and takes its colour', () => {
    const f = field('', { placeholder: 'Name', placeholderColor: '#ff0000' });
    using app = f.app;
    assert.equal(app.text().trim(), 'Name');
    assert.equal(app.cell(0, 0).fg, RED);
    app.press('x');
    assert.equal(app.text().trim(), 'x');
    assert.equal(app.cell(0, 0).fg, 0);
  });

  test('a password shows its mask, moves by characters, and copies nothing', () => {
    const f = field('a漢e\u0301', { password: true, maskChar: '*' });
    using app = f.app;
    assert.equal(app.text().trim(), '***');
    app.press('ctrl+shift+ArrowLeft');
    assert.equal(marked(app, INVERSE), '***');
    app.bytes();
    app.press('ctrl+c');
    assert.ok(!Buffer.from(app.bytes()).toString().includes('\x1b]52'));
    assert.equal(app.exited, false);
  });

  test('a suggestion goes on behind the caret; Tab takes it there, and otherwise moves focus', () => {
    const f = field('', { suggestions: ['status', 'Stash'] });
    using app = f.app;
    app.type('sta');
    assert.equal(app.text().trim(), 'status');
    assert.equal(marked(app, DIM), 'tus');
    assert.equal(f.value.value, 'sta');
    app.press('s');
    assert.equal(marked(app, DIM), 'h');
    app.press('ArrowLeft');
    assert.equal(marked(app, DIM), '');
    app.press('End', 'Tab');
    assert.equal(edited(f), 'Stash|');
    app.press('ctrl+z');
    assert.equal(f.value.value, 'stas');
  });

  test('Tab moves on where nothing is suggested', () => {
    const [a, b] = [createInputRef(), createInputRef()];
    using app = createTestApp(() => {
      input({ ref: a, suggestions: (typed) => (typed === 'a' ? 'abc' : undefined) });
      input({ ref: b });
    });
    app.press('Tab', 'a', 'Tab');
    assert.equal(a.value, 'abc');
    assert.equal(a.focused.value, true);
    app.press('Tab', 'z');
    assert.equal(b.value, 'z');
  });

  test('the history goes back and forth, and keeps what was being written', () => {
    const history = signal<readonly string[]>(['one']);
    const f = field('', { history, onSubmit: () => void (f.value.value = '') });
    using app = f.app;
    app.type('two');
    app.press('Enter');
    assert.deepEqual(history.value, ['one', 'two']);
    app.type('dra');
    app.press('ArrowUp', 'ArrowUp', 'ArrowUp');
    assert.equal(edited(f), 'one|');
    app.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.equal(edited(f), 'dra|');
  });
});

describe('the caret', () => {
  test('is the cursor of the terminal: it follows text, layout and focus, and costs nothing while nothing changes', () => {
    const top = signal(0);
    const f = field('a漢', { marginTop: () => top.value, border: 'single' }, { height: 4 });
    using app = f.app;
    const watcher = new Watcher(app, 20, 4);
    assert.equal(watcher.cursor, '4,1');
    app.press('ArrowLeft');
    assert.equal(watcher.cursor, '2,1');
    app.flush();
    assert.equal(app.bytes().length, 0);
    app.press('F5', 'Home', 'ArrowLeft');
    assert.equal(watcher.cursor, '1,1');
    app.press('ArrowLeft', 'Home');
    assert.equal(app.bytes().length, 0);
    top.value = 1;
    assert.equal(watcher.cursor, '1,2');
    f.ref.blur();
    assert.equal(watcher.cursor, 'hidden');
    f.ref.focus();
    assert.equal(watcher.cursor, '1,2');
  });

  test('moving it costs a few bytes', () => {
    const f = field('hello world', {}, { width: 80, height: 24 });
    using app = f.app;
    app.bytes();
    app.press('ArrowLeft');
    assert.ok(app.bytes().length <= 4);
  });

  test('is hidden where the input is clipped or covered', () => {
    const [covered, scrolled] = [signal(false), signal(0)];
    using app = createTestApp(
      () => {
        box({ height: 2, overflow: 'hidden', scrollTop: () => scrolled.value }, () => {
          input({ autoFocus: true });
          box({ height: 5, shrink: 0 });
        });
        show(covered, () => box({ position: 'absolute', top: 0, left: 0, width: 5, height: 1, bg: 'blue' }));
      },
      { width: 10, height: 4 },
    );
    const watcher = new Watcher(app, 10, 4);
    assert.equal(watcher.cursor, '0,0');
    covered.value = true;
    assert.equal(watcher.cursor, 'hidden');
    covered.value = false;
    assert.equal(watcher.cursor, '0,0');
    scrolled.value = 1;
    assert.equal(watcher.cursor, 'hidden');
    scrolled.value = 0;
    assert.equal(watcher.cursor, '0,0');
  });

  test('is in the live region, where the app is not the whole screen', () => {
    const f = field('ab', { border: 'single' }, { mode: 'inline', height: 8 });
    using app = f.app;
    const watcher = new Watcher(app, 20, 8);
    assert.equal(watcher.cursor, '3,1');
    app.press('ArrowLeft');
    assert.equal(watcher.cursor, '2,1');
    app.print('a line');
    assert.equal(watcher.cursor, '2,2');
  });

  test('has the shape asked for, once', () => {
    const cursor = signal<{ style: 'bar' | 'underline'; blink: boolean }>({ style: 'bar', blink: false });
    const f = field('', { cursor });
    using app = f.app;
    assert.match(Buffer.from(app.bytes()).toString(), /\[6 q/);
    app.press('a');
    assert.doesNotMatch(Buffer.from(app.bytes()).toString(), / q/);
    cursor.value = { style: 'underline', blink: true };
    assert.match(Buffer.from(app.bytes()).toString(), /\[3 q/);
  });

  test('drawn: painted into its cell, blinking on a timer that exists only with focus', () => {
    const f = field('ab', { cursor: { bg: 'green', altChar: '_', blink: { fps: 4 } } });
    using app = f.app;
    const watcher = new Watcher(app, 20, 3);
    assert.equal(watcher.cursor, 'hidden');
    app.press('ArrowLeft');
    const cell = (): string => `${app.cell(1, 0).char}${app.cell(1, 0).bg === 0 ? '' : '#'}`;
    assert.equal(cell(), 'b#');
    assert.equal(app.stats().timers, 1);
    app.clock.tick(250);
    assert.equal(cell(), '_');
    app.clock.tick(250);
    assert.equal(cell(), 'b#');
    app.clock.tick(250);
    app.press('ArrowRight');
    assert.ok(app.cell(2, 0).bg !== 0);
    f.ref.blur();
    app.flush();
    assert.equal(app.stats().timers, 0);
    assert.equal(app.cell(2, 0).bg, 0);
  });

  test('drawn without blinking has no timer', () => {
    const f = field('ab', { cursor: { drawn: true, blink: false } });
    using app = f.app;
    assert.equal(marked(app, INVERSE), ' ');
    assert.equal(app.stats().timers, 0);
  });
});
