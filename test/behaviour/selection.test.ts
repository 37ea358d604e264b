/** Text selected with the mouse: what is selected, what is copied, how it shows, and what ends it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, each, onKey, selection, show, text, type SelectionControl } from '../../packages/spark-tui/src/ui/index.ts';

const INVERSE = 32;

const report = (app: TestApp, code: number, x: number, y: number, final: 'M' | 'm'): void => app.send(`\x1b[<${code};${x + 1};${y + 1}${final}`);
const down = (app: TestApp, x: number, y: number, code = 0): void => report(app, code, x, y, 'M');
const dragTo = (app: TestApp, x: number, y: number): void => report(app, 32, x, y, 'M');
const up = (app: TestApp, x: number, y: number): void => report(app, 0, x, y, 'm');
/** Presses at the first cell, drags over the others and releases at the last. */
function drag(app: TestApp, ...cells: readonly (readonly [number, number])[]): void {
  const [from, ...rest] = cells;
  app.clock.tick(1000); // It is no double press.
  down(app, ...from);
  for (const cell of rest) dragTo(app, ...cell);
  up(app, ...cells[cells.length - 1]);
}
/** Presses and releases `count` times. */
function click(app: TestApp, x: number, y: number, count = 1): void {
  app.clock.tick(1000);
  for (let i = 0; i < count; i++) app.mouse.click(x, y);
}
/** Rows of the screen with `#` for every cell whose colours are swapped. */
function highlight(app: TestApp, width: number, height: number): string {
  const rows: string[] = [];
  for (let y = 0; y < height; y++) {
    let row = '';
    for (let x = 0; x < width; x++) row += (app.cell(x, y).attrs & INVERSE) === 0 ? '.' : '#';
    rows.push(row);
  }
  return rows.join('\n');
}
const clipboard = (bytes: Uint8Array): string | null => {
  const match = /\]52;c;([A-Za-z0-9+/=!]*)/.exec(new TextDecoder().decode(bytes));
  return match === null ? null : Buffer.from(match[1], 'base64').toString();
};

describe('a drag', () => {
  test('selects from the cell of the press to that of the mouse, both included, in either direction', () => {
    using app = createTestApp(() => text({ content: 'hello world' }), { width: 12, height: 2 });
    drag(app, [2, 0], [6, 0]);
    assert.equal(app.selectedText(), 'llo w');
    assert.equal(highlight(app, 12, 1), '..#####.....');
    drag(app, [6, 0], [2, 0]);
    assert.equal(app.selectedText(), 'llo w');
    drag(app, [6, 0], [8, 0], [4, 0]);
    assert.equal(app.selectedText(), 'o w', 'what it passed over and left again is not selected');
  });

  test('follows the text and not the screen: soft breaks are no line ends, hard ones are', () => {
    using app = createTestApp(() => text({ content: 'one two three\nfour', width: 8 }), { width: 10, height: 4 });
    assert.equal(app.text(), 'one two\nthree\nfour\n');
    drag(app, [4, 0], [1, 2]);
    assert.equal(app.selectedText(), 'two three\nfo');
    assert.equal(highlight(app, 10, 3), '....###...\n#####.....\n##........');
  });

  test('goes across elements in the order of the document, without borders, padding and what lies between', () => {
    using app = createTestApp(
      () => {
        box({ border: 'single', padding: 1, width: 14 }, () => {
          text({ content: 'title' });
          box({ flexDirection: 'row', gap: 2 }, () => {
            text({ content: 'Name:' });
            text({ content: 'Jo' });
            text({ content: 'hn' });
          });
          text({ content: 'end' });
        });
      },
      { width: 14, height: 8 },
    );
    drag(app, [2, 2], [3, 4]);
    assert.equal(app.selectedText(), 'title\nName: Jo hn\nen');
    assert.equal(highlight(app, 14, 8), ['', '', '..#####.......', '..#####..##..#'.slice(0, 14), '..##..........'].map((row) => row.padEnd(14, '.')).concat(Array(3).fill('.'.repeat(14))).join('\n'));
  });

  test('takes what stands for hidden text as that text: an ellipsis, tabs', () => {
    using app = createTestApp(
      () => {
        text({ content: 'abcdefghij', wrap: 'truncate', width: 6 });
        text({ content: 'abcdefghij', wrap: 'truncate-middle', width: 6 });
        text({ content: 'a\tb' });
      },
      { width: 20, height: 3 },
    );
    assert.equal(app.text(), 'abcde…\nabc…ij\na       b');
    drag(app, [3, 0], [5, 0]);
    assert.equal(app.selectedText(), 'defghij');
    drag(app, [3, 1], [4, 1]);
    assert.equal(app.selectedText(), 'defghi');
    assert.equal(highlight(app, 6, 3), '......\n...##.\n......');
    drag(app, [0, 2], [8, 2]);
    assert.equal(app.selectedText(), 'a\tb');
  });

  test('takes wide glyphs and clusters whole, whichever of their cells it touches', () => {
    using app = createTestApp(() => text({ content: '漢字e\u0301👩‍👩‍👧x' }), { width: 12, height: 1 });
    drag(app, [1, 0], [2, 0]);
    assert.equal(app.selectedText(), '漢字');
    assert.equal(highlight(app, 12, 1), '####........');
    drag(app, [3, 0], [5, 0]);
    assert.equal(app.selectedText(), '字e\u0301👩‍👩‍👧');
  });

  test('beside all texts goes to the nearest in reading order', () => {
    using app = createTestApp(
      () => {
        box({ padding: 1, gap: 1 }, () => {
          text({ content: 'first', align: 'center', width: 9 });
          text({ content: 'second' });
        });
      },
      { width: 12, height: 7 },
    );
    drag(app, [0, 0], [11, 6]);
    assert.equal(app.selectedText(), 'first\nsecond');
    drag(app, [0, 1], [11, 1]);
    assert.equal(app.selectedText(), 'first');
    drag(app, [5, 1], [5, 2]);
    assert.equal(app.selectedText(), 'rst', 'a gap is the end of what stands above it');
  });

  test('that stays in its cell is a click, and clears', () => {
    let clicks = 0;
    using app = createTestApp(() => box({ onClick: () => clicks++ }, () => text({ content: 'hello' })), { width: 8, height: 1 });
    drag(app, [0, 0], [2, 0]);
    assert.equal(app.selectedText(), 'hel');
    assert.equal(clicks, 0, 'a drag that selects is no click');
    click(app, 3, 0);
    assert.equal(clicks, 1);
    assert.equal(app.selectedText(), '');
    assert.equal(highlight(app, 8, 1), '........');
  });

  test('is the handlers’ where they want it: prevented, captured, dragged, consumed, not selectable', () => {
    using app = createTestApp(
      () => {
        text({ content: 'plain' });
        text({ content: 'prevented', onMouseDown: (event) => event.preventDefault() });
        text({ content: 'captured', onMouseDown: (event) => event.capture() });
        box({ onDrag: () => {} }, () => text({ content: 'dragged' }));
        text({ content: 'consumed', onMouseDown: () => true });
        box({ selectable: false }, () => text({ content: 'excluded' }));
        text({ content: 'last' });
      },
      { width: 12, height: 7 },
    );
    drag(app, [0, 0], [1, 0]);
    for (let y = 1; y < 6; y++) {
      drag(app, [0, y], [3, y]);
      assert.equal(app.selectedText(), 'pl', `row ${y} keeps what is selected`);
    }
    drag(app, [0, 3], [0, 6]);
    drag(app, [0, 6], [4, 4]);
    assert.equal(app.selectedText(), 'umed\nl', 'what is not selectable is left out of a selection over it');
  });

  test('ends without a release when the terminal loses the mouse', () => {
    using app = createTestApp(() => box({ height: 2, overflow: 'scroll' }, () => text({ content: 'a\nb\nc\nd' })), { width: 6, height: 4 });
    down(app, 0, 0);
    dragTo(app, 0, 3);
    assert.equal(app.stats().timers, 1);
    app.send('\x1b[O');
    app.clock.tick(1000);
    assert.equal(app.stats().timers, 0);
    app.mouse.move(3, 3);
    assert.equal(app.selectedText(), 'a\nb');
  });
});

describe('more than one press', () => {
  test('selects a word, then the line, then begins again', () => {
    using app = createTestApp(() => text({ content: 'one two-three\nfour' }), { width: 20, height: 2 });
    click(app, 5, 0, 2);
    assert.equal(app.selectedText(), 'two');
    click(app, 7, 0, 2);
    assert.equal(app.selectedText(), '-');
    click(app, 5, 0, 3);
    assert.equal(app.selectedText(), 'one two-three');
    click(app, 1, 1, 4);
    assert.equal(app.selectedText(), '');
  });

  test('and a drag go on by words or lines, in both directions', () => {
    using app = createTestApp(() => text({ content: 'one two three four' }), { width: 20, height: 2 });
    click(app, 5, 0);
    down(app, 5, 0);
    dragTo(app, 9, 0);
    assert.equal(app.selectedText(), 'two three');
    dragTo(app, 1, 0);
    assert.equal(app.selectedText(), 'one two');
    up(app, 1, 0);
    click(app, 5, 0, 2);
    down(app, 5, 0);
    dragTo(app, 5, 1);
    assert.equal(app.selectedText(), 'one two three four');
  });

  test('a line is the hard one, however often it is broken', () => {
    using app = createTestApp(() => text({ content: 'x\none two three\ny', width: 5 }), { width: 5, height: 6 });
    click(app, 1, 2, 3);
    assert.equal(app.selectedText(), 'one two three');
  });
});

describe('a selection', () => {
  test('grows and shrinks by Shift and a press', () => {
    using app = createTestApp(() => text({ content: 'one two three' }), { width: 20, height: 2 });
    drag(app, [4, 0], [6, 0]);
    down(app, 10, 0, 4);
    assert.equal(app.selectedText(), 'two thr');
    up(app, 10, 0);
    down(app, 0, 0, 4);
    dragTo(app, 2, 0);
    assert.equal(app.selectedText(), 'e t', 'it turns around where it began');
  });

  test('is cleared by Escape, which is for others when nothing is selected', () => {
    const keys: string[] = [];
    using app = createTestApp(() => {
      onKey((event) => void keys.push(event.key));
      text({ content: 'hello' });
    });
    drag(app, [0, 0], [2, 0]);
    app.press('Escape');
    assert.equal(app.selectedText(), '');
    assert.equal(highlight(app, 6, 1), '......');
    app.press('Escape');
    assert.deepEqual(keys, ['Escape', 'Escape']);
  });

  test('follows its text when that scrolls, moves, or is painted anew, and costs no byte where it stays', () => {
    const above = signal('top');
    const other = signal('x');
    using app = createTestApp(
      () => {
        text({ content: above });
        box({ height: 2, overflow: 'scroll', scrollbar: 'none' }, () => text({ content: 'a1\nb2\nc3' }));
        text({ content: other, height: 1 });
      },
      { width: 6, height: 6 },
    );
    drag(app, [0, 2], [1, 2]);
    assert.equal(app.selectedText(), 'b2');
    app.mouse.wheel(0, 1);
    assert.equal(highlight(app, 6, 3), '......\n##....\n......');
    above.value = 'two\nrows';
    assert.equal(highlight(app, 6, 4), '......\n......\n##....\n......');
    app.bytes();
    other.value = 'y';
    assert.ok(app.bytes().length < 20);
    assert.equal(app.selectedText(), 'b2');
  });

  test('ends with the text it begins or ends in, and is held to what is left of a shorter one', () => {
    const shown = signal(true);
    const content = signal('hello world');
    using app = createTestApp(() => {
      text({ content });
      show(shown, () => text({ content: 'second' }));
      text({ content: 'third' });
    });
    drag(app, [2, 0], [2, 2]);
    assert.equal(app.selectedText(), 'llo world\nsecond\nthi');
    shown.value = false;
    app.flush();
    assert.equal(app.selectedText(), 'llo world\nthi');
    shown.value = true;
    app.flush();
    assert.equal(app.selectedText(), 'llo world\nsecond\nthi', 'what comes in between is selected, too');
    content.value = 'hel';
    app.flush();
    assert.equal(app.selectedText(), 'l\nsecond\nthi');
    drag(app, [2, 1], [2, 2]);
    shown.value = false;
    app.flush();
    assert.equal(app.selectedText(), '');
    assert.equal(highlight(app, 12, 4), Array(4).fill('............').join('\n'));
  });

  test('does not come back with a new element in the slot of its text', () => {
    const rows = signal([1]);
    using app = createTestApp(() => void each(rows, (row) => text({ content: () => `row ${row()}` }), { key: (row) => row }), { width: 8, height: 2 });
    drag(app, [0, 0], [4, 0]);
    for (let i = 2; i < 200; i++) {
      rows.value = [i];
      app.flush();
      assert.equal(app.selectedText(), '');
      assert.equal(highlight(app, 8, 1), '........');
    }
  });

  test('shows in the colours of the option, and a highlighted text that counts stays highlighted', () => {
    const count = signal(10);
    using app = createTestApp(() => text({ content: () => `n ${count.value}`, inverse: true }), { width: 8, height: 1, selection: { bg: '#112233', fg: '#ffffff' } });
    drag(app, [0, 0], [3, 0]);
    assert.deepEqual([app.cell(2, 0).bg, app.cell(2, 0).fg, app.cell(2, 0).attrs & INVERSE], [0xff112233, 0xffffffff, 0]);
    count.value = 11;
    assert.equal(app.cell(3, 0).char, '1');
    assert.equal(app.cell(3, 0).bg, 0xff112233);
    assert.equal(app.selectedText(), 'n 11');
  });

  test('repaints what changes and no more', () => {
    using app = createTestApp(
      () => {
        for (let i = 0; i < 20; i++) text({ content: `row ${i} ${'x'.repeat(60)}` });
      },
      { width: 80, height: 20 },
    );
    down(app, 0, 5);
    dragTo(app, 10, 5);
    app.bytes();
    dragTo(app, 11, 5);
    assert.ok(app.bytes().length < 30, 'one more cell');
  });

  test('is not made when the option says so', () => {
    using app = createTestApp(() => text({ content: 'hello' }), { selection: false });
    drag(app, [0, 0], [3, 0]);
    assert.equal(app.selectedText(), '');
  });
});

describe('copying', () => {
  test('Ctrl+C copies what is selected and clears it; the next one ends the app', () => {
    let control: SelectionControl | undefined;
    using app = createTestApp(() => {
      control = selection();
      text({ content: 'grüße 漢' });
    });
    drag(app, [0, 0], [7, 0]);
    app.bytes();
    app.press('ctrl+c');
    assert.equal(clipboard(app.bytes()), 'grüße 漢');
    assert.deepEqual(control?.lastCopy.value, { ok: true, reason: 'unconfirmed', chars: 7 });
    assert.equal(app.selectedText(), '');
    assert.equal(app.exited, false);
    app.press('ctrl+c');
    assert.equal(app.exited, true);
  });

  test('a handler may keep Ctrl+C from it, and a press on what is not selectable keeps the selection for a button', () => {
    let control: SelectionControl | undefined;
    using app = createTestApp(() => {
      control = selection();
      onKey((event) => event.preventDefault());
      text({ content: 'hello' });
      text({ content: 'Copy', selectable: false, onClick: () => void control?.copy() });
    });
    drag(app, [0, 0], [4, 0]);
    app.press('ctrl+c');
    assert.equal(control?.lastCopy.value, null);
    click(app, 1, 1);
    assert.equal(clipboard(app.bytes()), 'hello');
    assert.equal(app.selectedText(), 'hello');
  });

  test('on release when the option says so, and the result is told', () => {
    const results: unknown[] = [];
    using app = createTestApp(() => text({ content: `${'x'.repeat(79)}\n`.repeat(1500) }), {
      height: 4,
      selection: { copyOnSelect: true, onCopy: (result) => results.push(result) },
    });
    click(app, 3, 0, 3);
    assert.equal(clipboard(app.bytes()), 'x'.repeat(79));
    assert.deepEqual(results.at(-1), { ok: true, reason: 'unconfirmed', chars: 79 });
    results.length = 0;
    click(app, 3, 0);
    assert.deepEqual(results, [], 'a click selects nothing');
  });

  test('all of it, and too much of it', () => {
    let control: SelectionControl | undefined;
    using app = createTestApp(() => {
      control = selection();
      text({ content: `${'x'.repeat(79)}\n`.repeat(1500) });
      text({ content: 'end' });
    });
    assert.deepEqual(control?.copy(), { ok: false, reason: 'nothing-selected', chars: 0 });
    control?.selectAll();
    app.flush();
    assert.equal(app.selectedText(), `${'x'.repeat(79)}\n`.repeat(1500) + 'end');
    assert.equal(control?.active.value, true);
    assert.deepEqual(control?.copy(), { ok: false, reason: 'too-large', chars: 120_003 });
    control?.clear();
    assert.equal(control?.active.value, false);
    assert.equal(app.selectedText(), '');
  });
});

describe('a drag out of a container', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  const list = (scrolled: { top: number }): void => {
    text({ content: 'header' });
    box({ height: 4, overflow: 'scroll', scrollbar: 'none', onScroll: (event) => void (scrolled.top = event.scrollTop) }, () => {
      for (const content of lines) text({ content });
    });
    text({ content: 'footer' });
  };

  test('scrolls it step by step, faster further out, and stops at the end; nothing runs then', () => {
    const scrolled = { top: 0 };
    using app = createTestApp(() => list(scrolled), { width: 10, height: 12 });
    down(app, 5, 2);
    dragTo(app, 6, 5);
    assert.equal(app.selectedText(), '1\nline 2\nline 3', 'as far as shows');
    app.clock.tick(50);
    assert.equal(scrolled.top, 1);
    app.clock.tick(50);
    assert.equal(scrolled.top, 2);
    assert.equal(app.selectedText(), '1\nline 2\nline 3\nline 4');
    dragTo(app, 6, 9);
    app.clock.tick(50);
    assert.equal(scrolled.top, 7);
    app.clock.tick(5000);
    assert.equal(scrolled.top, 26);
    assert.equal(app.stats().timers, 0);
    up(app, 6, 9);
    assert.equal(app.selectedText(), `1\n${lines.slice(2).join('\n')}\nfooter`, 'at its end the mouse is where it is');
  });

  test('scrolls back upwards, and stops with the release', () => {
    const scrolled = { top: 0 };
    using app = createTestApp(() => list(scrolled), { width: 10, height: 12 });
    app.mouse.wheel(0, 3, 5);
    assert.equal(scrolled.top, 15);
    down(app, 3, 3);
    dragTo(app, 0, 0);
    app.clock.tick(100);
    assert.equal(scrolled.top, 13);
    up(app, 0, 0);
    assert.equal(app.stats().timers, 0);
    app.clock.tick(1000);
    assert.equal(scrolled.top, 13);
    assert.equal(app.selectedText(), ['line 13', 'line 14', 'line 15', 'line 16', 'line'].join('\n'));
  });

  test('at the edge of the screen scrolls what reaches it, also the app itself', () => {
    using app = createTestApp(
      () => {
        for (const content of lines) text({ content });
      },
      { width: 10, height: 5 },
    );
    down(app, 0, 1);
    dragTo(app, 1, 4);
    app.clock.tick(100);
    assert.match(app.text(), /^line 2\n/);
    up(app, 6, 4);
    assert.equal(app.selectedText(), lines.slice(1, 7).join('\n'));
  });

  test('scrolls sideways', () => {
    using app = createTestApp(
      () => {
        box({ width: 5, height: 1, overflow: 'scroll', scrollbar: 'none' }, () => text({ content: '0123456789', wrap: 'nowrap', width: 10 }));
      },
      { width: 12, height: 3 },
    );
    down(app, 1, 0);
    dragTo(app, 6, 0);
    app.clock.tick(5000);
    assert.equal(app.stats().timers, 0);
    up(app, 4, 0);
    assert.equal(app.selectedText(), '123456789');
  });

  test('goes through a long list of which only a window is mounted, and gives the rows back when it is cleared', () => {
    const rows = signal(Array.from({ length: 2000 }, (_, i) => i));
    using app = createTestApp(
      () => {
        box({ height: 6, overflow: 'scroll', scrollbar: 'none' }, () => void each(rows, (row) => text({ content: () => `row ${row()}` }), { key: (row) => row, virtual: true }));
      },
      { width: 10, height: 8 },
    );
    const { nodes } = app.stats();
    down(app, 0, 1);
    dragTo(app, 5, 7);
    app.clock.tick(5000);
    up(app, 5, 5);
    const selected = app.selectedText().split('\n');
    assert.ok(selected.length > 150, `${selected.length} rows`);
    selected.forEach((line, i) => assert.equal(line, `row ${i + 1}`.slice(0, i === selected.length - 1 ? 6 : undefined)));
    app.mouse.wheel(0, 3, 100);
    assert.equal(app.selectedText().split('\n').length, selected.length, 'also when it is scrolled on');
    app.press('Escape');
    app.mouse.wheel(0, 3, -1);
    click(app, 1, 3);
    app.mouse.wheel(0, 3, -50);
    assert.ok(app.stats().nodes < nodes + 20);
  });
});
