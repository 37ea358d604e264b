/** An `input` and its signal: both ways, validated, through a ref; and whatever is done, at random. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../../packages/spark-tui/src/base/index.ts';
import { bind, derived, effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { graphemes, stringWidth } from '../../packages/spark-tui/src/text/index.ts';
import { createInputRef, input, show, text } from '../../packages/spark-tui/src/ui/index.ts';
import { DIM, edited, type Field, field, RED, Watcher } from './input-field.ts';

/** `SPARK_FUZZ_RUNS=n` plays n times as many random programs. */
const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

describe('the signal', () => {
  test('a write from outside shows, keeps the caret on a boundary, and can be undone', () => {
    const f = field('abcdef');
    using app = f.app;
    app.press('ArrowLeft', 'ArrowLeft');
    f.value.value = '👩‍🚀b';
    app.flush();
    assert.equal(edited(f), '👩‍🚀b|');
    app.press('x', 'ctrl+z', 'ctrl+z');
    assert.equal(f.value.value, 'abcdef');
  });

  test('what cannot stand in a line is cleaned and written back', () => {
    const f = field('');
    using app = f.app;
    f.value.value = 'a\nb\u001b[31m';
    app.flush();
    assert.equal(f.value.value, 'a b\ufffd[31m');
    assert.equal(app.text().trim(), f.value.value);
  });

  test('what a binding makes of the text shows, and undo goes back behind it', () => {
    const kept = signal('');
    const upper = {
      get value() {
        return kept.value;
      },
      set value(next: string) {
        if (!next.includes('!')) kept.value = next.toUpperCase();
      },
    };
    const ref = createInputRef();
    using app = createTestApp(() => input({ value: upper, ref, autoFocus: true }));
    app.type('ab!c');
    assert.equal(kept.value, 'ABC');
    assert.equal(app.text().trim(), 'ABC');
    app.press('ctrl+z', 'ctrl+z', 'ctrl+z', 'ctrl+z');
    assert.equal(kept.value, '');
  });

  test('onChange may write the signal: part of the same edit', () => {
    const f: Field = field('', { onChange: (now) => void (f.value.value = now.replace(/[^0-9]/g, '')) });
    using app = f.app;
    app.type('1x2');
    app.press('ArrowLeft');
    app.type('y3');
    assert.equal(edited(f), '13|2');
    app.press('ctrl+z', 'ctrl+z', 'ctrl+z', 'ctrl+z');
    assert.equal(f.value.value, '');
  });

  test('what an effect makes of the text is part of the edit: undo goes back behind both, redo to what was kept', () => {
    const value = signal('');
    const ref = createInputRef();
    using app = createTestApp(() => {
      input({ value, ref, autoFocus: true });
      effect(() => void (value.value = value.value.slice(0, 3).toUpperCase()));
    });
    for (const key of 'abcde') app.press(key);
    assert.equal(edited({ app, ref, value }), 'ABC|');
    app.press('ArrowLeft', 'Backspace', 'x');
    assert.equal(edited({ app, ref, value }), 'AX|C');
    app.type('yz'); // Refused, in one go.
    assert.equal(edited({ app, ref, value }), 'AXY|');
    app.press('ctrl+z');
    assert.equal(value.value, 'AC');
    app.press('ctrl+z');
    assert.equal(value.value, 'ABC');
    app.press('ctrl+z');
    assert.equal(value.value, '');
    app.press('alt+z', 'alt+z', 'alt+z');
    assert.equal(value.value, 'AXY');
    value.value = 'LATER';
    app.flush();
    assert.equal(value.value, 'LAT');
    app.press('ctrl+z');
    assert.equal(value.value, 'AXY', 'a write that no edit caused is a step of its own');
  });

  test('a key that was refused leaves no step: one undo always changes the text', () => {
    const f: Field = field('', { onChange: (now) => void (f.value.value = now.replace(/[^0-9 ]/g, '')) });
    using app = f.app;
    for (const key of ['1', ' ', 'a', 'b', '2', 'c']) app.press(key);
    assert.equal(f.value.value, '1 2');
    app.press('Home', 'x', 'y');
    for (const before of ['1', '']) {
      app.press('ctrl+z');
      assert.equal(f.value.value, before);
    }
  });

  test('a write is not lost to a key that comes before it showed', () => {
    let submitted = '';
    const f: Field = field('old', {
      onKey: ({ key }) => {
        if (key === 'x' || key === 'Enter') f.value.value = key;
      },
      onSubmit: (now) => void (submitted = now),
    });
    using app = f.app;
    app.press('x');
    assert.equal(edited(f), 'xx|');
    app.press('Enter');
    assert.equal(submitted, 'Enter');
    f.value.value = 'new';
    f.ref.insert('!');
    assert.equal(f.value.value, 'new!');
    app.press('ctrl+z');
    assert.equal(edited(f), 'new|');
  });

  test('what onSubmit writes is a step of its own, also when text and Enter come together', () => {
    const f: Field = field('', { onSubmit: () => void (f.value.value = '') });
    using app = f.app;
    app.send('abc\r');
    assert.equal(edited(f), '|');
    app.press('ctrl+z');
    assert.equal(f.value.value, 'abc');
  });

  test('two inputs on one signal, and a binding to it', () => {
    const value = signal('a');
    const second = createInputRef();
    using app = createTestApp(() => {
      input({ value, autoFocus: true });
      input({ value: bind(value), ref: second });
    });
    app.press('b', 'Tab', 'c');
    assert.equal(app.text().trim(), 'abc\nabc');
    assert.equal(second.caret, 3);
  });

  for (const [name, value] of [
    ['a derived', () => derived(() => 'x')],
    ['a getter', () => () => 'x'],
    ['a string', () => 'x'],
    ['a binding to a derived', () => bind(derived(() => 'x'))],
    ['a signal of a number', () => signal(5)],
  ] as const) {
    test(`${name} as value is refused at once`, () => {
      assert.throws(
        () => createTestApp(() => input({ id: 'name', value: value() as never })),
        (error: unknown) => error instanceof OptionError && /^input#name: value.* is .*expected a/.test(error.message),
      );
    });
  }

  test('wrong props are refused by name', () => {
    for (const [props, message] of [
      [{ maxLength: -1 }, /maxLength is -1; expected/],
      [{ password: true, maskChar: 'xy' }, /maskChar is 'xy'; expected one character/],
      [{ onSubmit: 5 }, /onSubmit is 5; expected a function/],
      [{ cursor: { style: 'beam' } }, /cursor is 'beam'; expected/],
      [{ history: 7 }, /history is 7; expected/],
      [{ suggestions: 'abc' }, /suggestions is 'abc'; expected an array/],
      [{ password: 'true' }, /password is 'true'; expected true or false/],
      [{ readOnly: () => 1 }, /readOnly is 1; expected true or false/],
      [{ placeHolder: 'x' }, /input has no prop 'placeHolder'; did you mean 'placeholder'/],
    ] as const) {
      assert.throws(() => createTestApp(() => input(props as never)), { message });
    }
  });
});

describe('validation', () => {
  test('the verdict is current; the colour waits until the text was touched; Enter submits what is valid', () => {
    const submitted: string[] = [];
    const least = signal(2);
    const f = field('', {
      border: 'single',
      borderColor: 'green',
      invalidColor: '#ff0000',
      validate: (typed) => typed.length >= least.value || `at least ${least.value}`,
      onSubmit: (typed) => void submitted.push(typed),
    });
    using app = f.app;
    assert.deepEqual([f.ref.valid.value, f.ref.message.value, f.ref.touched.value], [false, 'at least 2', false]);
    const usual = app.cell(0, 0).fg;
    app.press('Enter');
    assert.equal(app.cell(0, 0).fg, RED);
    app.type('ab');
    assert.equal(app.cell(0, 0).fg, usual);
    app.press('Enter');
    assert.deepEqual(submitted, ['ab']);
    least.value = 3;
    assert.equal(app.cell(0, 0).fg, RED);
    assert.equal(f.ref.message.value, 'at least 3');
  });

  test('an input that is left untouched shows what is wrong with it', () => {
    using app = createTestApp(() => {
      input({ placeholder: 'x', invalidColor: '#ff0000', placeholderColor: undefined, validate: (typed) => typed !== '' || 'needed', autoFocus: true });
      input({});
    });
    assert.equal(app.cell(0, 0).fg, 0);
    app.press('Tab');
    assert.equal(app.cell(0, 0).fg, RED);
  });
});

describe('the ref', () => {
  test('sets, selects, undoes; is empty before and after the input', () => {
    const ref = createInputRef();
    const on = signal(true);
    const changes: string[] = [];
    assert.deepEqual([ref.value, ref.caret, ref.valid.value, ref.message.value], ['', 0, true, '']);
    using app = createTestApp(() => {
      text({ content: () => `${ref.value}/${ref.caret}/${ref.selectedText}` });
      show(on, () => input({ ref, onChange: (now) => void changes.push(now) }));
    });
    const shown = (): string | undefined => app.text().split('\n')[0];
    ref.setValue('hello');
    assert.equal(shown(), 'hello/5/');
    ref.select(1, 3);
    assert.equal(shown(), 'hello/3/el');
    ref.insert('E');
    assert.equal(shown(), 'hElo/2/');
    ref.undo();
    ref.undo();
    ref.redo();
    ref.selectAll();
    assert.equal(shown(), 'hello/5/hello');
    ref.caret = 2;
    assert.equal(shown(), 'hello/2/');
    assert.deepEqual(changes, ['hello', 'hElo', 'hello', '', 'hello']);
    on.value = false;
    app.flush();
    assert.equal(shown(), '/0/');
    assert.throws(() => ref.setValue('x'), { name: 'StaleRefError' });
  });
});

describe('whatever is done', () => {
  const keys = [
    'ArrowLeft', 'ArrowRight', 'shift+ArrowLeft', 'shift+ArrowRight', 'ctrl+ArrowLeft', 'ctrl+shift+ArrowRight', 'Home', 'End', 'shift+Home',
    'Backspace', 'Delete', 'ctrl+w', 'ctrl+u', 'ctrl+k', 'ctrl+y', 'alt+y', 'ctrl+t', 'alt+d', 'ctrl+z', 'alt+z', 'alt+a', 'ArrowUp', 'ArrowDown', 'Enter', 'Tab', 'ctrl+x', 'ctrl+v',
  ];
  const piece = fc.constantFrom('a', 'b ', '漢', 'e\u0301', '\u0301', '👩‍🚀', '👩', '\u200d', '🇩', '🇪', '한', 'ก็', '-', '\u202e', 'क्', 'ष');
  const words = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ key: fc.constantFrom(...keys) }) },
    { weight: 3, arbitrary: fc.record({ type: words }) },
    { weight: 1, arbitrary: fc.record({ paste: words.map((w) => `${w}\n${w}`) }) },
    { weight: 1, arbitrary: fc.record({ write: words.map((w) => w.replace('b', '\t')), shown: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ press: fc.nat(11), shift: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ width: fc.integer({ min: 2, max: 14 }) }) },
  );

  test('the caret is on a boundary and in the window, the signal holds what shows, undo leads back, nothing is left', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(undefined, 4), (steps, maxLength) => {
        const value = signal('start');
        const width = signal(8);
        const ref = createInputRef();
        const app = createTestApp(
          () => input({ value, ref, autoFocus: true, maxLength, width: () => width.value, history: ['old', '漢字'], suggestions: ['abc', 'b ba'] }),
          { width: 16, height: 2 },
        );
        const check = (): void => {
          app.flush();
          assert.equal(value.value, ref.value);
          const ends = [0];
          for (const cluster of graphemes(ref.value)) ends.push((ends.at(-1) as number) + cluster.length);
          assert.ok(ends.includes(ref.caret), `caret ${ref.caret} in ${JSON.stringify(ref.value)}`);
          let shown = '';
          for (let x = 0; x < width.value; x++) if ((app.cell(x, 0).attrs & DIM) === 0) shown += app.cell(x, 0).char;
          shown = shown.trimEnd();
          assert.ok(ref.value.replace(/^\u0301+/, '').includes(shown.trim()) || ref.value.includes(shown), `${JSON.stringify(shown)} of ${JSON.stringify(ref.value)}`);
          if (stringWidth(ref.value) < width.value) assert.equal(stringWidth(shown), stringWidth(ref.value.trimEnd()));
          assert.ok(ref.selectedText === '' || ref.value.includes(ref.selectedText));
        };
        check();
        for (const s of steps) {
          if ('key' in s) app.press(s.key);
          else if ('type' in s) app.type(s.type);
          else if ('paste' in s) app.paste(s.paste);
          else if ('write' in s) value.value = s.write;
          else if ('press' in s) app.send(`\x1b[<${s.shift ? 4 : 0};${s.press + 1};1M\x1b[<${s.shift ? 4 : 0};${s.press + 1};1m`);
          else width.value = s.width;
          // What is written may be followed by a key before it shows.
          if (!('shown' in s) || s.shown) check();
        }
        for (let i = 0; i < 300; i++) app.press('ctrl+z');
        assert.equal(value.value, 'start');
        app.unmount();
        const { nodes, scopes, effects, cleanups, handlers, timers, watchedBounds } = app.stats();
        assert.deepEqual([nodes, scopes, effects, cleanups, handlers, timers, watchedBounds], [0, 0, 0, 0, 0, 0, 0]);
      }),
      { numRuns: 60 * RUNS },
    );
  });

  test('the cursor of the terminal stands on the character at the caret', () => {
    const plain = fc.constantFrom('a', 'b ', '漢', 'e\u0301', '-', 'Ω');
    const plainStep = fc.oneof(
      { weight: 4, arbitrary: fc.record({ key: fc.constantFrom(...keys) }) },
      { weight: 3, arbitrary: fc.record({ type: fc.array(plain, { maxLength: 6 }).map((parts) => parts.join('')) }) },
      { weight: 1, arbitrary: fc.record({ press: fc.nat(11) }) },
      { weight: 1, arbitrary: fc.record({ width: fc.integer({ min: 2, max: 14 }) }) },
    );
    fc.assert(
      fc.property(fc.array(plainStep, { maxLength: 25 }), (steps) => {
        const width = signal(8);
        const ref = createInputRef();
        using app = createTestApp(() => input({ ref, autoFocus: true, marginLeft: 1, width: () => width.value }), { width: 16, height: 1 });
        const watcher = new Watcher(app, 16, 1);
        for (const s of steps) {
          if ('key' in s) app.press(s.key);
          else if ('type' in s) app.type(s.type);
          else if ('press' in s) app.mouse.click(s.press, 0);
          else width.value = s.width;
          const [x, y] = watcher.cursor.split(',').map(Number);
          assert.equal(y, 0, 'the cursor shows');
          assert.ok(x >= 1 && x < 1 + width.value, `column ${x}`);
          const at = graphemes(ref.value.slice(ref.caret))[0] ?? ' ';
          assert.equal(app.cell(x, 0).char, at);
        }
      }),
      { numRuns: 60 * RUNS },
    );
  });
});
