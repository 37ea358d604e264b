/** Styled parts, links and ansi text, from props to cells. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, show, text, type TextContent, type TextProps } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator } from '../oracle/emulator.ts';

const RED = 0xffff_0000;
const BLUE = 0xff00_00ff;
const BOLD = 1;
const UNDERLINE = 8;

/** The styles of a row in words: a letter a cell, by what `mark` sees. */
function row(app: TestApp, y: number, width: number, mark: (cell: ReturnType<TestApp['cell']>) => string): string {
  let out = '';
  for (let x = 0; x < width; x++) out += mark(app.cell(x, y));
  return out;
}

const boldMark = (cell: { attrs: number }): string => ((cell.attrs & BOLD) === 0 ? '.' : 'B');
const redMark = (cell: { fg: number }): string => (cell.fg === RED ? 'R' : '.');

function one(props: TextProps, width = 20, height = 3): TestApp {
  return createTestApp(() => text(props), { width, height });
}

/** What xterm keeps of a cell beyond its public type: link, and colour of the underline (0 = that of the text). */
function shownExtra(emulator: Emulator, x: number, y: number): { link: string; underlineColor: number } {
  const cell = emulator.cell(x, y) as unknown as {
    extended: { urlId: number };
    isUnderlineColorDefault(): boolean;
    getUnderlineColor(): number;
  };
  const core = Reflect.get(emulator.terminal, '_core') as object;
  const links = Reflect.get(core, '_oscLinkService') as { getLinkData(id: number): { uri: string } | undefined };
  const { urlId } = cell.extended;
  // After SGR 59 on a cell with a link xterm has all bits set, as for white.
  const color = cell.isUnderlineColorDefault() ? 0 : cell.getUnderlineColor();
  return {
    link: urlId === 0 ? '' : (links.getLinkData(urlId)?.uri ?? 'gone'),
    underlineColor: color === 0xff_ffff ? 0 : color,
  };
}

describe('parts of a text', () => {
  test('each has its own style, and takes from the text what it does not say', () => {
    using app = one({
      content: ['ab', { text: 'cd', bold: false, fg: 'red', underline: 'curly' }, 7, { text: 'e', bg: 'blue', inverse: true }],
      bold: true,
      fg: 'blue',
    });
    assert.equal(app.text().split('\n')[0], 'abcd7e');
    assert.equal(row(app, 0, 6, boldMark), 'BB..BB');
    assert.deepEqual([0, 2, 4, 5].map((x) => app.cell(x, 0).fg), [BLUE, RED, BLUE, BLUE]);
    assert.deepEqual([0, 2, 5, 6].map((x) => app.cell(x, 0).bg), [0, 0, BLUE, 0]);
    assert.equal(app.cell(2, 0).attrs, UNDERLINE | (3 << 8));
    assert.equal(app.cell(5, 0).attrs, BOLD | 32);
  });

  test('a part without underline in an underlined text', () => {
    using app = one({ content: ['a', { text: 'b', underline: false }, { text: 'c', underline: 'double' }], underline: 'curly' });
    assert.deepEqual([0, 1, 2].map((x) => app.cell(x, 0).attrs), [UNDERLINE | (3 << 8), 0, UNDERLINE | (2 << 8)]);
  });

  test('wrapping, hard lines, alignment: a style follows its clusters', () => {
    using app = one({ content: ['one ', { text: 'two three', bold: true }, ' four\nfi', { text: 've', bold: true }], align: 'right' }, 9, 4);
    assert.deepEqual(app.text().split('\n'), ['  one two', '    three', '     four', '     five']);
    assert.deepEqual([0, 1, 2, 3].map((y) => row(app, y, 9, boldMark)), ['......BBB', '....BBBBB', '.........', '.......BB']);
  });

  test('truncation keeps the styles of what is left', () => {
    const content: TextContent = [{ text: 'abcd', bold: true }, 'efgh', { text: 'ijkl', fg: 'red' }];
    const cases = [
      ['truncate', 'abcde…', 'BBBB..', '......'],
      ['truncate-start', '…hijkl', '......', '..RRRR'],
      ['truncate-middle', 'abc…kl', 'BBB...', '....RR'],
    ] as const;
    for (const [wrap, shown, bold, red] of cases) {
      using app = one({ content, wrap }, 6, 1);
      assert.equal(app.text(), shown);
      assert.equal(row(app, 0, 6, boldMark), bold, wrap);
      assert.equal(row(app, 0, 6, redMark), red, wrap);
    }
  });

  test('wide clusters, tabs and what is dropped', () => {
    using app = one({ content: ['漢', { text: '字', bold: true }, 'e', { text: '\u0301x', bold: true }, { text: '\u202e\t', bg: 'red' }, 'y'] }, 20, 1);
    assert.equal(row(app, 0, 7, boldMark), '..BB.B.', 'a cluster has the style of where it begins');
    assert.deepEqual([5, 6, 7, 8].map((x) => app.cell(x, 0).bg), [0, RED, RED, 0]);
    assert.equal(app.cell(8, 0).char, 'y');
  });

  test('opacity fades colours of parts too', () => {
    using app = createTestApp(() => box({ bg: 'black', width: 4, height: 1, opacity: 1, children: () => {
      text({ content: ['a', { text: 'b', fg: 'red', bg: 'blue' }], opacity: 0.5 });
    } }), { width: 4, height: 1 });
    assert.deepEqual([app.cell(1, 0).bg, app.cell(1, 0).fg], [0xff00_0080, 0xff80_0040]);
  });

  test('opacity and alpha fade the colour of an underline, each cell over its own background, and keep the link', () => {
    using app = createTestApp(() => box({ bg: 'black', width: 4, height: 1, children: () => {
      text({ content: ['a', { text: 'b', bg: 'blue' }, 'cd'], underline: 'curly', underlineColor: 'red', link: 'https://example.org/', opacity: 0.5 });
    } }), { width: 4, height: 1 });
    const red = app.cell(0, 0);
    assert.equal(red.underlineColor, 0xff80_0000);
    assert.equal(red.link, 'https://example.org/');
    assert.notEqual(app.cell(1, 0).underlineColor, red.underlineColor);
    assert.deepEqual(app.cell(2, 0).underlineColor, red.underlineColor);
  });

  test('a number that counts inside a part repaints its glyph and keeps its style', () => {
    const n = signal(1);
    using app = one({ content: () => ['count ', { text: n.value, fg: 'red', bold: true }, ' of 9'] });
    app.bytes();
    n.value = 2;
    assert.equal(app.text().split('\n')[0], 'count 2 of 9');
    assert.equal(app.cell(6, 0).fg, RED);
    n.value = 12;
    assert.equal(row(app, 0, 12, redMark), '......RR....');
  });

  test('an equal list is free; a style alone repaints, from plain to styled and back', () => {
    const content = signal<TextContent>(['ab', { text: 'cd', bold: true }]);
    using app = one({ content });
    const { frames, layoutRuns } = app.stats();
    content.value = ['ab', { text: 'cd', bold: true }];
    app.flush();
    assert.equal(app.stats().frames, frames);
    content.value = [{ text: 'ab', bold: true }, 'cd'];
    assert.equal(row(app, 0, 4, boldMark), 'BB..');
    content.value = 'abcd';
    assert.equal(row(app, 0, 4, boldMark), '....');
    content.value = ['abc', { text: 'd', bold: true }];
    assert.equal(row(app, 0, 4, boldMark), '...B');
    assert.equal(app.stats().layoutRuns, layoutRuns, 'the same characters need no layout');
    content.value = [];
    assert.equal(app.text().trim(), '');
  });

  test('a new element on a recycled slot has none of the old styles', () => {
    const on = signal(true);
    using app = createTestApp(() => {
      show(() => on.value, () => text({ content: [{ text: 'aaaa', bold: true, link: 'https://x' }], link: 'https://y' }), () => text({ content: 'aaaa' }));
    }, { width: 4, height: 1 });
    assert.equal(app.cell(0, 0).link, 'https://x');
    for (let k = 0; k < 300; k++) {
      on.value = !on.value;
      app.flush();
    }
    on.value = false;
    assert.deepEqual([app.cell(0, 0).attrs, app.cell(0, 0).link], [0, '']);
  });

  test('errors name the part', () => {
    const bad: [unknown, RegExp][] = [
      [['a', null], /content\[1\] is null; expected a string, a number or \{ text, … \}/],
      [[{ txt: 'a' }], /content\[0\] has a text that is undefined/],
      [[{ text: 'a', bold: 1 }], /content\[0\] has bold 1; expected true or false/],
      [['', '', { text: 'a', fg: 'rde' }], /content\[2\] has a bad fg: colour "rde"/],
      [[{ text: 'a', colour: 'red' }], /content\[0\] has an unknown 'colour'/],
      [[{ text: 'a', underlne: true }], /unknown 'underlne'; did you mean 'underline'/],
      [[{ text: 'a', link: 5 }], /content\[0\] has a link that is 5/],
      [[['a']], /content\[0\] is \[object Array\]/],
      [{ text: 'a' }, /content is \[object Object\]; expected a string, a number or a list of parts/],
    ];
    for (const [content, message] of bad) {
      assert.throws(() => one({ content: content as TextContent, id: 'title' }), (error: Error) => {
        assert.match(error.message, message);
        assert.match(error.message, /title/);
        return true;
      });
    }
  });

  test('property: every cell has the style of its part, whatever changes before it', () => {
    const part = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', '漢', '👩‍🚀', ' ', 'é'), maxLength: 5 }),
      fg: fc.constantFrom('red', 'blue', undefined),
      bg: fc.constantFrom('red', undefined),
      bold: fc.constantFrom(true, false, undefined),
      link: fc.constantFrom('https://x', undefined),
      underlineColor: fc.constantFrom('red', undefined),
    });
    const content = fc.oneof(fc.array(part, { maxLength: 4 }), fc.string({ unit: fc.constantFrom('a', '1', '漢'), maxLength: 8 }));
    const layout = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      wrap: fc.constantFrom('wrap', 'nowrap', 'truncate', 'truncate-start', 'truncate-middle'),
      align: fc.constantFrom('left', 'center', 'right'),
      link: fc.constantFrom('https://y', undefined),
    });
    fc.assert(
      fc.property(layout, fc.array(content, { minLength: 1, maxLength: 5 }), (props, contents) => {
        const shown = signal<TextContent>(contents[0] as TextContent);
        const render = (value: TextProps['content']): TestApp =>
          createTestApp(() => text({ ...props, content: value, bold: true, height: 4 } as TextProps), { width: 14, height: 5 });
        using app = render(shown);
        for (const value of contents) {
          shown.value = value as TextContent;
          using fresh = render(value as TextContent);
          for (let y = 0; y < 5; y++) for (let x = 0; x < 14; x++) assert.deepEqual(app.cell(x, y), fresh.cell(x, y));
        }
        const last = contents.at(-1);
        if (typeof last === 'string' || last === undefined || props.wrap !== 'nowrap' || props.align !== 'left') return;
        let x = 0;
        for (const given of last) {
          using alone = render([given] as TextContent);
          for (let k = 0; alone.cell(k, 0).char !== ' ' || given.text.slice(k).startsWith(' '); k++) {
            if (x + k >= props.width || given.text.includes(' ')) return;
            const { char, width, ...style } = alone.cell(k, 0);
            const { char: shownChar, width: shownWidth, ...shownStyle } = app.cell(x + k, 0);
            if (x + k + Math.max(1, width) > props.width) return;
            assert.deepEqual([shownChar, shownWidth, shownStyle], [char, width, style]);
          }
          x += [...given.text.matchAll(/漢|👩‍🚀|./gu)].reduce((sum, [cluster]) => sum + (/[漢👩]/u.test(cluster) ? 2 : 1), 0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('links and underline colours', () => {
  test('of a text, of its parts, and both together', () => {
    using app = one({
      content: ['a', { text: 'b', link: 'https://part' }, { text: 'c', underlineColor: 'blue' }, { text: ' ', underline: true }],
      link: 'https://text',
      underlineColor: 'red',
      underline: true,
    });
    assert.deepEqual([0, 1, 2, 3].map((x) => app.cell(x, 0).link), ['https://text', 'https://part', 'https://text', 'https://text']);
    assert.deepEqual([0, 1, 2, 3].map((x) => app.cell(x, 0).underlineColor), [RED, RED, BLUE, RED]);
    assert.equal(app.cell(5, 0).link, '', 'only the text itself is linked');
  });

  test('they change by signals, one without the other', () => {
    const link = signal<string | undefined>('https://a');
    const color = signal<string | undefined>('red');
    using app = one({ content: 'x', link, underlineColor: color, underline: true });
    const shown = (): unknown[] => [app.cell(0, 0).link, app.cell(0, 0).underlineColor];
    assert.deepEqual(shown(), ['https://a', RED]);
    link.value = 'https://b';
    assert.deepEqual(shown(), ['https://b', RED]);
    color.value = undefined;
    assert.deepEqual(shown(), ['https://b', 0]);
    link.value = undefined;
    assert.deepEqual(shown(), ['', 0]);
  });

  test('an address that may not be linked to is shown as text, with a warning that names it', () => {
    using app = one({ content: ['a', { text: 'b', link: 'javascript:\u001b]0;x\u0007' }], link: 'data:x', id: 'links' });
    assert.equal(app.text().trim(), 'ab');
    assert.deepEqual([app.cell(0, 0).link, app.cell(1, 0).link], ['', '']);
    assert.equal(app.warnings.length, 2);
    assert.match(app.warnings.join('\n'), /links.*: link "data:x" is shown as plain text: it must begin with http:/);
    assert.match(app.warnings.join('\n'), /links.*: content\[1\]: link "javascript:/);
    // oxlint-disable-next-line no-control-regex -- what must not be printed
    assert.doesNotMatch(app.warnings.join(''), /[\u0000-\u001f\u007f-\u009f]/);
    assert.throws(() => one({ content: 'a', link: 5 as unknown as string }), /link is 5; expected a string/);
    assert.throws(() => one({ content: 'a', underlineColor: 'nope' }), /underlineColor: colour "nope"/);
  });

  test('property: a terminal knows the same links and underline colours, edit after edit', () => {
    const part = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', 'b', '漢', ' '), maxLength: 8 }),
      link: fc.constantFrom('https://x', 'mailto:a@b', 'file:///ä', undefined),
      underline: fc.constantFrom('curly' as const, true as const, undefined),
      underlineColor: fc.constantFrom('red', '#010203', undefined),
    });
    const props = fc.record({ link: fc.constantFrom('https://y', undefined), underlineColor: fc.constantFrom('blue', undefined) });
    fc.assert(
      fc.property(props, fc.array(fc.array(part, { maxLength: 4 }), { minLength: 1, maxLength: 5 }), (given, contents) => {
        const content = signal<TextContent>([]);
        using app = createTestApp(() => text({ ...given, content, width: 9 }), { width: 10, height: 4 });
        const emulator = new Emulator({ cols: 10, rows: 4 });
        for (const next of contents) {
          content.value = next;
          emulator.write(app.bytes());
          for (let y = 0; y < 4; y++) {
            for (let x = 0; x < 10; x++) {
              const { link, underlineColor, attrs, char } = app.cell(x, y);
              const shown = shownExtra(emulator, x, y);
              assert.equal(shown.link, link, `${x},${y}`);
              if ((attrs & UNDERLINE) !== 0 && char !== '') assert.equal(shown.underlineColor, underlineColor & 0xff_ffff, `${x},${y}`);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('what was linked to is forgotten with the app; more links than ids go by', () => {
    const n = signal(0);
    const app = one({ content: () => [{ text: `item ${n.value}`, link: `https://x/${n.value}` }] });
    for (let k = 1; k <= 70_000; k++) {
      n.value = k;
      if (k % 100 === 0) app.flush();
    }
    assert.equal(app.cell(0, 0).link, 'https://x/70000');
    assert.ok(app.stats().extras <= 65_535);
    app.unmount();
    assert.equal(app.stats().extras, 0);
  });
});

describe('ansi text', () => {
  test('colours, attributes and links count; everything else is gone', () => {
    using app = one({ content: '\u001b[1;31mred\u001b[0m \u001b]8;;https://x\u001b\\li\u001b[2Jnk\u001b]8;;\u001b\\\u001b]0;title\u0007!', ansi: true });
    assert.equal(app.text().split('\n')[0], 'red link!');
    assert.equal(row(app, 0, 9, boldMark), 'BBB......');
    assert.equal(app.cell(0, 0).fg, 0x0002_0001);
    assert.equal(row(app, 0, 9, (cell) => (cell.link === 'https://x' ? 'L' : '.')), '....LLLL.');
  });

  test('it can be switched, and is off unless asked for', () => {
    const ansi = signal(false);
    const content = '\u001b[1mx';
    using app = one({ content, ansi });
    assert.equal(app.text().split('\n')[0], '\ufffd[1mx');
    ansi.value = true;
    assert.equal(app.text().split('\n')[0], 'x');
    assert.equal(app.cell(0, 0).attrs, BOLD);
    using plain = one({ content });
    assert.equal(plain.text().split('\n')[0], '\ufffd[1mx');
  });

  test('what cannot be ansi text is an error', () => {
    assert.throws(() => one({ content: ['a'], ansi: true }), /content is a list of parts; with ansi it must be a string/);
    assert.throws(() => one({ content: 'a', ansi: () => 1 as unknown as boolean }), /ansi is 1; expected true or false/);
  });
});
