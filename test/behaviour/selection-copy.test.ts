/** What is copied, wherever it was selected: one selection in an app, one place that tells what became of a copy. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CopyResult } from '../../packages/spark-tui/src/events/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, input, selection, type SelectionControl, text } from '../../packages/spark-tui/src/ui/index.ts';
import { edited, field } from './input-field.ts';

/** Presses in the first cell, drags to the second and releases. */
function drag(app: TestApp, [x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): void {
  app.clock.tick(1000); // It is no double press.
  app.send(`\x1b[<0;${x0 + 1};${y0 + 1}M\x1b[<32;${x1 + 1};${y1 + 1}M\x1b[<0;${x1 + 1};${y1 + 1}m`);
}

/** What was put into the clipboard since the last look. */
function clipboard(app: TestApp): string | null {
  const match = /\]52;c;([A-Za-z0-9+/=]*)/.exec(new TextDecoder().decode(app.bytes()));
  return match === null ? null : Buffer.from(match[1], 'base64').toString();
}

describe('a field and the screen', () => {
  test('have one selection: Ctrl+C copies what was selected last', () => {
    using app = createTestApp(
      () => {
        input({ value: signal('field'), autoFocus: true });
        text({ content: 'screen' });
      },
      { width: 10, height: 2 },
    );
    app.press('shift+Home');
    drag(app, [0, 1], [3, 1]);
    app.press('ctrl+c');
    assert.equal(clipboard(app), 'scre');
    app.press('ctrl+c');
    assert.equal(clipboard(app), 'field', 'what is selected in the field stays');
    drag(app, [0, 1], [3, 1]);
    app.press('End', 'shift+ArrowLeft');
    assert.equal(app.selectedText(), '', 'selecting in the field ends the selection on the screen');
    app.press('ctrl+c');
    assert.equal(clipboard(app), 'd');
    drag(app, [0, 1], [3, 1]);
    app.mouse.click(1, 0);
    assert.equal(app.selectedText(), '', 'a press in a field clears');
  });

  test('tell in one place what became of a copy', () => {
    let control: SelectionControl | undefined;
    const told: CopyResult[] = [];
    const value = signal('a👩‍🚀');
    using app = createTestApp(
      () => {
        control = selection();
        input({ value, autoFocus: true });
        text({ content: 'screen' });
      },
      { width: 10, height: 2, selection: { onCopy: (result) => told.push(result) } },
    );
    app.press('shift+Home', 'ctrl+c');
    assert.deepEqual(control?.lastCopy.value, { ok: true, reason: 'unconfirmed', chars: 2 });
    value.value = 'x'.repeat(100_000);
    app.flush();
    app.press('alt+a', 'ctrl+x');
    assert.deepEqual(control?.lastCopy.value, { ok: false, reason: 'too-large', chars: 100_000 });
    assert.equal(value.value, '');
    app.press('ctrl+y');
    assert.equal(value.value.length, 100_000, 'what the clipboard refused can be yanked');
    assert.deepEqual(
      told.map(({ ok }) => ok),
      [true, false],
    );
  });

  test('Ctrl+V puts in what was copied in the app, from a field or the screen, cleaned and as one edit', () => {
    const value = signal('ab');
    using app = createTestApp(
      () => {
        input({ value, autoFocus: true, maxLength: 8 });
        text({ content: 'one\ntwo' });
      },
      { width: 10, height: 3 },
    );
    app.press('ctrl+v');
    assert.equal(value.value, 'ab', 'nothing was copied');
    app.press('shift+Home', 'ctrl+x', 'ctrl+v', 'ctrl+v');
    assert.equal(value.value, 'abab');
    drag(app, [0, 1], [2, 2]);
    app.press('ctrl+c', 'ctrl+v');
    assert.equal(value.value, 'ababone ', 'as much as fits');
    app.press('ctrl+z');
    assert.equal(value.value, 'abab');
  });
});

describe('a password', () => {
  test('is not copied, neither from the field nor by a selection over it, and not cut', () => {
    const value = signal('secret');
    using app = createTestApp(
      () => {
        text({ content: 'above' });
        input({ value, password: true, autoFocus: true });
        text({ content: 'below' });
      },
      { width: 10, height: 3 },
    );
    drag(app, [0, 0], [4, 2]);
    app.press('ctrl+c');
    assert.equal(clipboard(app), 'above\nbelow');
    app.press('shift+Home', 'ctrl+c', 'ctrl+x');
    assert.equal(clipboard(app), null);
    assert.equal(value.value, 'secret', 'it would be gone');
  });

  test('does not tell where its words begin', () => {
    const f = field('my secret', { password: true });
    using app = f.app;
    app.press('ctrl+ArrowLeft');
    assert.equal(edited(f), '|my secret');
    app.press('ctrl+ArrowRight', 'ctrl+shift+ArrowLeft');
    assert.equal(edited(f), '[my secret]');
    app.press('End', 'ctrl+w');
    assert.equal(edited(f), '|');
  });
});

test('text that is scrolled away is on a line of its own, whatever shows in the rows where it would be', () => {
  using app = createTestApp(
    () => {
      text({ content: 'top' });
      box({ height: 1, overflow: 'hidden' }, () => text({ content: 'seen\nunseen' }));
      text({ content: 'end' });
      box({ flexDirection: 'row', gap: 1 }, () => {
        box({ overflow: 'hidden' }, () => text({ content: 'left' }));
        text({ content: 'right' });
      });
    },
    { width: 12, height: 4 },
  );
  assert.equal(app.text(), 'top\nseen\nend\nleft right');
  drag(app, [0, 0], [9, 3]);
  assert.equal(app.selectedText(), 'top\nseen\nunseen\nend\nleft right');
});
