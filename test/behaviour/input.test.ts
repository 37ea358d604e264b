/** Typing, keys and the mouse in an `input`: from bytes to signals, handlers and the clipboard. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { input, onKey, show } from '../../packages/spark-tui/src/ui/index.ts';
import { edited, field } from './input-field.ts';

describe('typing', () => {
  test('writes the signal once an edit, then tells onChange, which finds it written', () => {
    const seen: string[] = [];
    const value = signal('');
    using app = createTestApp(() => {
      input({ value, autoFocus: true, onChange: (now) => void seen.push(`change ${now} ${value.value}`) });
      effect(() => void seen.push(`signal ${value.value}`));
    });
    seen.length = 0;
    app.press('a');
    app.press('b');
    assert.deepEqual(seen, ['change a a', 'signal a', 'change ab ab', 'signal ab']);
  });

  test('joins marks to the cluster before, keeps wide clusters whole, and scrolls with the caret', () => {
    const f = field('', { width: 8 });
    using app = f.app;
    app.type('e\u0301漢字xyz');
    assert.equal(app.text().split('\n')[0], '漢字xyz');
    app.press('Home');
    assert.equal(app.text().split('\n')[0], 'e\u0301漢字xyz');
    app.type('ab');
    assert.equal(app.text().split('\n')[0], 'abe\u0301漢字x');
    app.press('ArrowRight', 'Backspace', 'Delete');
    assert.equal(edited(f), 'ab|字xyz');
  });

  test('the same with the kitty keyboard protocol: text, repeats, modifiers; releases type nothing', () => {
    const f = field('');
    using app = f.app;
    app.send('\x1b[97u\x1b[97;1:2u\x1b[97;1:3u\x1b[98:66;2u\x1b[13;1:3u');
    assert.equal(edited(f), 'aaB|');
    app.send('\x1b[1;6D');
    assert.equal(edited(f), '[aaB]');
    app.send('\x1b[120u\x1b[122;5u');
    assert.equal(edited(f), '[aaB]');
    app.send('\x1b[122;6u');
    assert.equal(edited(f), 'x|');
    app.send('\x1b[45:95;6u');
    assert.equal(edited(f), '[aaB]');
  });

  test('a paste is one edit; line ends in it are spaces, the last one is left out', () => {
    let changes = 0;
    const f = field('>', { onChange: () => void changes++ });
    using app = f.app;
    app.paste('one\r\ntwo\n');
    assert.equal(edited(f), '>one two|');
    assert.equal(changes, 1);
    app.press('ctrl+z');
    assert.equal(f.value.value, '>');
  });

  test('takes maxLength characters, whatever they are made of; more from outside is shown', () => {
    const f = field('', { maxLength: 3 });
    using app = f.app;
    app.paste('👩‍🚀e\u0301bc');
    assert.equal(f.value.value, '👩‍🚀e\u0301b');
    app.type('x');
    app.type('\u0301');
    assert.equal(f.value.value, '👩‍🚀e\u0301b\u0301');
    f.value.value = 'longer';
    assert.equal(app.text().trim(), 'longer');
  });

  test('readOnly: moves and selects, but edits nothing', () => {
    const f = field('abc', { readOnly: true });
    using app = f.app;
    app.type('x');
    app.paste('y');
    app.press('Backspace', 'ctrl+u', 'shift+Home');
    assert.equal(edited(f), '[abc]');
  });

  test('disabled: takes no focus and no press', () => {
    const f = field('abc', { disabled: true });
    using app = f.app;
    app.mouse.click(1, 0);
    app.type('x');
    assert.equal(f.value.value, 'abc');
    assert.equal(f.ref.focused.value, false);
  });
});

describe('keys', () => {
  const cases: readonly (readonly [from: string, keys: readonly string[], to: string])[] = [
    ['one two', ['ctrl+ArrowLeft'], 'one |two'],
    ['one two', ['alt+b', 'alt+b'], '|one two'],
    ['one two', ['Home', 'alt+f'], 'one| two'],
    ['one two', ['ctrl+a', 'Delete'], '|ne two'],
    ['one two', ['shift+ArrowLeft', 'shift+ArrowLeft'], 'one t[wo]'],
    ['one two', ['ctrl+shift+ArrowLeft'], 'one [two]'],
    ['one two', ['alt+a', 'ArrowRight'], 'one two|'],
    ['one two', ['shift+Home', 'Escape'], '|one two'],
    ['a b-c', ['ctrl+w'], 'a |'],
    ['a b-c', ['alt+Backspace'], 'a b-|'],
    ['a b', ['Home', 'alt+d'], '| b'],
    ['a b', ['ctrl+u', 'ctrl+y', 'ctrl+y'], 'a ba b|'],
    ['a b', ['Home', 'ctrl+k', 'x', 'ctrl+y'], 'xa b|'],
    ['one two', ['ctrl+w', 'Home', 'ctrl+k', 'ctrl+y', 'alt+y'], 'two|'],
    ['ab', ['ctrl+t'], 'ba|'],
    ['ab', ['Home', 'ctrl+d'], '|b'],
    ['', ['a', 'b', 'Space', 'c', 'ctrl+z', 'alt+z', 'ctrl+z', 'ctrl+z'], '|'],
  ];
  for (const [from, keys, to] of cases) {
    test(`${JSON.stringify(from)} ${keys.join(' ')}`, () => {
      const f = field(from);
      using app = f.app;
      app.press(...keys);
      assert.equal(edited(f), to);
      assert.equal(f.value.value, f.ref.value);
    });
  }

  test('Ctrl+C copies while something is selected, else it ends the app; Ctrl+X cuts', () => {
    const f = field('abc');
    using app = f.app;
    app.press('shift+ArrowLeft');
    app.bytes();
    app.press('ctrl+c');
    assert.match(Buffer.from(app.bytes()).toString(), /\]52;c;Yw==/);
    assert.equal(app.exited, false);
    app.press('ctrl+x');
    assert.match(Buffer.from(app.bytes()).toString(), /\]52;c;Yw==/);
    assert.equal(edited(f), 'ab|');
    app.press('ctrl+c');
    assert.equal(app.exited, true);
  });

  test('run after handlers, which may take them', () => {
    const f = field('abc', {
      onKey: (event) => {
        if (event.key === 'x') event.preventDefault();
        return event.key === 'Backspace';
      },
    });
    using app = f.app;
    app.press('x', 'Backspace', 'y');
    assert.equal(f.value.value, 'abcy');
  });

  test('typing never reaches key handlers of the app, Escape and Ctrl+letters do, and may be taken there', () => {
    const seen: string[] = [];
    const value = signal('');
    using app = createTestApp(() => {
      input({ value, autoFocus: true });
      for (const key of ['q', 'Escape', 'ctrl+k', 'ArrowLeft', 'Backspace'] as const) {
        onKey(key, () => {
          seen.push(key);
          return true;
        });
      }
    });
    app.press('q', 'q', 'ArrowLeft', 'Escape', 'ctrl+k', 'Backspace');
    assert.deepEqual(seen, ['Escape', 'ctrl+k']);
    assert.equal(value.value, 'q');
  });

  test('Enter submits, Escape cancels', () => {
    const seen: string[] = [];
    const f = field('abc', { onSubmit: (t) => void seen.push(`submit ${t}`), onCancel: (t) => void seen.push(`cancel ${t}`) });
    using app = f.app;
    app.press('Enter', 'Escape');
    assert.deepEqual(seen, ['submit abc', 'cancel abc']);
    // Ctrl+J, as in a shell; Enter with Shift and the one of the keypad, as the kitty protocol tells them apart.
    app.send('\n\x1b[13;2u\x1b[57414u');
    assert.deepEqual(seen.slice(2), ['submit abc', 'submit abc', 'submit abc']);
  });

  test('handlers may end the input, or the app', () => {
    for (const name of ['onChange', 'onSubmit', 'onCancel', 'onFocus', 'onBlur', 'onMouseDown'] as const) {
      for (const ends of ['input', 'app']) {
        const on = signal(true);
        const dispose: (() => void)[] = [];
        const app = createTestApp(
          () => {
            show(on, () => {
              dispose.push(input({ [name]: () => (ends === 'app' ? app.unmount() : dispose[0]()) }));
            });
            input({});
          },
          { onError: (error) => assert.fail(String(error)) },
        );
        const act = (does: () => void): void => void (app.exited || does());
        act(() => app.mouse.down(0, 0));
        act(() => app.send('\x1b[<32;3;1M'));
        act(() => app.mouse.up(3, 0));
        act(() => app.press('a'));
        act(() => app.press('Enter'));
        act(() => app.press('Escape'));
        act(() => app.press('Tab'));
        if (ends === 'input') {
          on.value = false;
          app.flush();
          assert.equal(app.stats().nodes, 4, 'the other input and the anchors of show');
          app.unmount();
        }
        assert.equal(app.stats().nodes, 0, `${name} ends the ${ends}`);
        assert.equal(app.stats().cleanups, 0);
      }
    }
  });

  test('an error in onChange is reported, and the edit stays', () => {
    const errors: unknown[] = [];
    const f = field('', { onChange: () => { throw new Error('mine'); } }, { onError: (error) => void errors.push(error) });
    using app = f.app;
    app.press('a', 'b');
    assert.equal(f.value.value, 'ab');
    assert.deepEqual(errors.map(String), ['Error: mine', 'Error: mine']);
  });
});

describe('the mouse', () => {
  test('a press sets the caret and focus, with Shift it selects up to there', () => {
    const f = field('a漢字bc', { autoFocus: false });
    using app = f.app;
    app.mouse.click(4, 0);
    assert.equal(edited(f), 'a漢|字bc');
    assert.equal(f.ref.focused.value, true);
    app.send('\x1b[<4;1;1M\x1b[<4;1;1m');
    assert.equal(edited(f), '[a漢]字bc');
    app.mouse.click(15, 0);
    assert.equal(edited(f), 'a漢字bc|');
  });

  test('a drag selects, also outside of the input, and scrolls there', () => {
    const f = field('0123456789', { width: 6, margin: 1 }, { width: 12 });
    using app = f.app;
    app.press('Home');
    app.mouse.down(3, 1);
    app.send('\x1b[<32;6;2M');
    assert.equal(edited(f), '01[23]456789');
    for (let i = 0; i < 8; i++) app.send('\x1b[<32;12;3M');
    assert.equal(edited(f), '01[23456789]');
    app.mouse.up(11, 2);
    app.send('\x1b[<35;3;2M');
    assert.equal(edited(f), '01[23456789]');
    assert.equal(app.text().split('\n')[1], ' 56789');
  });

  test('double selects the word, and a drag then goes by words; triple selects all', () => {
    const f = field('one two three');
    using app = f.app;
    app.mouse.click(5, 0);
    app.mouse.down(5, 0);
    assert.equal(edited(f), 'one [two] three');
    app.send('\x1b[<32;2;1M');
    assert.equal(edited(f), '[one two] three');
    app.mouse.up(1, 0);
    app.clock.tick(2000);
    for (let i = 0; i < 3; i++) app.mouse.click(5, 0);
    assert.equal(edited(f), '[one two three]');
    app.press('x');
    assert.equal(f.value.value, 'x');
  });
});
