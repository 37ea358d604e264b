/** The test app itself: what a test written with it can rely on. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, onKey, text } from '../../packages/spark-tui/src/ui/index.ts';

describe('createTestApp', () => {
  test('shows cells with their colours, attributes and widths', () => {
    using app = createTestApp(() => text({ content: 'a中é', fg: 'ansi:3', bg: '#102030', bold: true, underline: 'curly' }), { width: 5, height: 1 });
    const common = { fg: 0x0002_0003, bg: 0xff10_2030, attrs: 1 | 8 | (3 << 8), link: '', underlineColor: 0 };
    assert.deepEqual(app.cell(0, 0), { char: 'a', width: 1, ...common });
    assert.deepEqual(app.cell(1, 0), { char: '中', width: 2, ...common });
    assert.deepEqual(app.cell(2, 0), { char: '', width: 0, ...common });
    assert.equal(app.cell(3, 0).char, 'é');
    assert.throws(() => app.cell(5, 0), /outside the screen of 5 × 1/);
  });

  test('an error that nobody handles is thrown by the next call', () => {
    const n = signal(0);
    using app = createTestApp(() => {
      effect(() => {
        if (n.value === 1) throw new Error('effect broke');
      });
      onKey('x', () => {
        throw new Error('handler broke');
      });
    });
    n.value = 1;
    assert.throws(() => app.text(), /effect broke/);
    app.flush();
    assert.throws(() => app.press('x'), /handler broke/);
    app.flush();
  });

  test('what is no app is refused, and so is a key without bytes', () => {
    assert.throws(() => createTestApp({} as never), /createTestApp\(\) was given \[object Object\]; expected a function/);
    using app = createTestApp(() => box());
    assert.throws(() => app.press('NoSuchKey'), /no key of that name/);
    assert.throws(() => app.press('ctrl+ä'), /no bytes for Ctrl/);
  });

  test('types clusters, counts what is held, and is over after unmount', () => {
    const log: string[] = [];
    const app = createTestApp(() => {
      onKey((event) => void log.push(event.text));
      text({ content: 'x' });
    });
    app.type('aé中');
    assert.deepEqual(log, ['a', 'é', '中']);
    assert.equal(app.stats().keyHandlers, 1);
    app.unmount();
    app.unmount();
    app.press('a');
    app.resize(5, 5);
    assert.equal(app.exited, true);
    assert.equal(log.length, 3);
    assert.deepEqual([app.stats().keyHandlers, app.stats().nodes, app.stats().arenaBytes], [0, 0, 0]);
  });
});
