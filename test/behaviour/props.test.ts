/**
 * Every prop, given in every way: static, as a signal, a derived, a getter. What a prop does is proved by
 * comparison: an app made with the value, and an app in which the value came by a change, show the same
 * after one frame; and the two values show something different.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OptionError } from '../../packages/spark-tui/src/base/index.ts';
import { derived, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, type BoxProps, text, type TextProps } from '../../packages/spark-tui/src/ui/index.ts';

type Props = Record<string, unknown>;
type Fixture = (props: Props) => void;

const SIZE = { width: 16, height: 9 };

function snapshot(app: TestApp): string {
  const cells: string[] = [];
  for (let y = 0; y < SIZE.height; y++) for (let x = 0; x < SIZE.width; x++) cells.push(JSON.stringify(app.cell(x, y)));
  return cells.join('\n');
}

function shownBy(fixture: Fixture, props: Props): string {
  using app = createTestApp(() => fixture(props), SIZE);
  return snapshot(app);
}

const inColumn: Fixture = (props) => {
  box({ width: 12, height: 8 }, () => {
    text({ content: 'top' });
    box({ bg: '#202040', ...props } as BoxProps, () => {
      text({ content: 'one two' });
      text({ content: 'x' });
    });
    text({ content: 'end' });
  });
};
const roomy: Fixture = (props) => inColumn({ width: 11, height: 6, ...props });
const wrapping: Fixture = (props) => {
  box({ width: 6, height: 8, flexWrap: 'wrap', flexDirection: 'row', ...props } as BoxProps, () => {
    for (const content of ['aaa', 'bbb', 'cc']) text({ content });
  });
};
const overflowing: Fixture = (props) => {
  box({ width: 6, height: 2, ...props } as BoxProps, () => {
    box({ width: 9, height: 4, shrink: 0, bg: '#800000' });
  });
};
const tight: Fixture = (props) => {
  box({ width: 6, flexDirection: 'row' }, () => {
    box({ width: 6, height: 1, bg: '#800000', ...props } as BoxProps);
    box({ width: 6, height: 1, bg: '#008000' });
  });
};
const placed: Fixture = (props) => inColumn({ position: 'absolute', width: 4, height: 2, ...props });
const bordered: Fixture = (props) => inColumn({ border: 'single', ...props });
const overlapping: Fixture = (props) => {
  box({ position: 'absolute', width: 6, height: 3, bg: '#800000', ...props } as BoxProps);
  box({ position: 'absolute', left: 3, top: 1, width: 6, height: 3, bg: '#008000' });
};
const words: Fixture = (props) => {
  box({ width: 9 }, () => {
    text({ content: 'hello big world', ...props } as TextProps);
    text({ content: 'end' });
  });
};

/** prop, fixture, one value, another value */
const BOX_CASES: readonly (readonly [string, Fixture, unknown, unknown])[] = [
  ['visible', inColumn, true, false],
  ['display', inColumn, 'flex', 'none'],
  ['position', inColumn, 'relative', 'absolute'],
  ['width', inColumn, 5, '50%'],
  ['height', inColumn, 1, 4],
  ['minWidth', (p) => inColumn({ alignSelf: 'flex-start', ...p }), 0, 10],
  ['minHeight', inColumn, undefined, 5],
  ['maxWidth', inColumn, undefined, 4],
  ['maxHeight', inColumn, undefined, 1],
  ['top', placed, 0, 3],
  ['left', placed, 1, '50%'],
  ['right', placed, undefined, 1],
  ['bottom', placed, undefined, 1],
  ['grow', inColumn, 0, 1],
  ['flexGrow', inColumn, 0, 1],
  ['shrink', tight, 1, 0],
  ['flexShrink', tight, 1, 0],
  ['flexBasis', inColumn, 'auto', 4],
  ['alignSelf', inColumn, 'auto', 'flex-end'],
  ['order', inColumn, 0, -1],
  ['margin', inColumn, 0, 1],
  ['marginX', inColumn, 0, 2],
  ['marginY', inColumn, 0, 1],
  ['marginTop', inColumn, 0, 2],
  ['marginRight', inColumn, 0, 2],
  ['marginBottom', inColumn, 0, 2],
  ['marginLeft', inColumn, 0, 2],
  ['padding', inColumn, 0, 1],
  ['paddingX', inColumn, 0, 1],
  ['paddingY', inColumn, 0, 1],
  ['paddingTop', inColumn, 0, 1],
  ['paddingRight', (p) => inColumn({ alignSelf: 'flex-start', ...p }), 0, 1],
  ['paddingBottom', inColumn, 0, 1],
  ['paddingLeft', inColumn, 0, 1],
  ['fg', inColumn, undefined, 'red'],
  ['bg', inColumn, undefined, 'blue'],
  ['opacity', inColumn, 1, 0.5],
  ['zIndex', overlapping, 0, 1],
  ['flexDirection', roomy, undefined, 'row'],
  ['flexWrap', wrapping, 'nowrap', 'wrap'],
  ['justifyContent', roomy, undefined, 'space-between'],
  ['alignItems', roomy, 'stretch', 'center'],
  ['alignContent', wrapping, undefined, 'center'],
  ['gap', roomy, 0, 1],
  ['rowGap', roomy, 0, 2],
  ['columnGap', (p) => roomy({ flexDirection: 'row', ...p }), 0, 2],
  ['overflow', overflowing, 'visible', 'hidden'],
  ['overflowX', overflowing, 'visible', 'hidden'],
  ['overflowY', overflowing, 'visible', 'hidden'],
  ['border', inColumn, undefined, 'rounded'],
  ['borderTop', inColumn, undefined, 'double'],
  ['borderRight', inColumn, undefined, 'heavy'],
  ['borderBottom', inColumn, undefined, 'single'],
  ['borderLeft', inColumn, undefined, 1],
  ['borderColor', bordered, undefined, 'red'],
  ['borderTopColor', bordered, undefined, 'red'],
  ['borderRightColor', bordered, undefined, '#ffffff'],
  ['borderBottomColor', bordered, undefined, 'ansi:3'],
  ['borderLeftColor', bordered, undefined, 'red'],
];

const TEXT_CASES: readonly (readonly [string, Fixture, unknown, unknown])[] = [
  ['content', words, 'one', 'two lines\nof text'],
  ['wrap', words, undefined, 'truncate'],
  ['align', words, 'left', 'right'],
  ['bold', words, false, true],
  ['dim', words, false, true],
  ['italic', words, false, true],
  ['underline', words, false, 'curly'],
  ['blink', words, false, true],
  ['inverse', words, false, true],
  ['hidden', words, false, true],
  ['strikethrough', words, false, true],
  ['attrs', words, 0, 5],
  ['fg', words, undefined, '#ffffff'],
  ['bg', words, undefined, 'green'],
  ['width', words, undefined, 4],
  ['height', words, undefined, 1],
  ['padding', words, 0, 1],
  ['opacity', (p) => words({ fg: '#ffffff', bg: '#000000', ...p }), 1, 0.5],
];

for (const [kind, cases] of [['box', BOX_CASES], ['text', TEXT_CASES]] as const) {
  describe(`${kind}: a prop does the same static and reactive, within one frame`, () => {
    for (const [name, fixture, one, other] of cases) {
      test(name, () => {
        const asOne = shownBy(fixture, { [name]: one });
        const asOther = shownBy(fixture, { [name]: other });
        assert.notEqual(asOne, asOther, 'the two values look different');
        for (const way of ['signal', 'derived', 'getter'] as const) {
          const source = signal<unknown>(one);
          const prop = way === 'signal' ? source : way === 'derived' ? derived(() => source.value) : (): unknown => source.value;
          using app = createTestApp(() => fixture({ [name]: prop }), SIZE);
          assert.equal(snapshot(app), asOne, `${way}, at first`);
          const { frames } = app.stats();
          source.value = other;
          assert.equal(snapshot(app), asOther, `${way}, changed`);
          assert.equal(app.stats().frames, frames + 1, `${way}: one frame`);
          source.value = one;
          assert.equal(snapshot(app), asOne, `${way}, changed back`);
        }
      });
    }
  });
}

function screen(root: () => void, width = 12, height = 6): string {
  using app = createTestApp(root, { width, height });
  return app.text();
}

describe('defaults and values', () => {
  test('a box is a column, stretches its children, and text wraps', () => {
    using app = createTestApp(
      () => {
        box({}, () => {
          text({ content: 'one two', bg: 'red' });
          text({ content: 'x', bg: 'blue' });
        });
      },
      { width: 5, height: 4 },
    );
    assert.equal(app.text(), 'one\ntwo\nx\n');
    assert.equal(app.cell(4, 2).bg, app.cell(0, 2).bg);
    assert.notEqual(app.cell(4, 2).bg, 0);
  });

  test('width 0 is zero cells, not auto', () => {
    assert.equal(screen(() => box({ flexDirection: 'row' }, () => {
      box({ width: 0, overflow: 'hidden' }, () => text({ content: 'gone' }));
      text({ content: 'here' });
    }), 12, 1), 'here');
  });

  test('a negative margin pulls a box over its neighbour', () => {
    assert.equal(screen(() => box({ flexDirection: 'row' }, () => {
      text({ content: 'abcd' });
      text({ content: 'XY', marginLeft: -2 });
    }), 12, 1), 'abXY');
  });

  test('opacity 0 shows nothing and takes its place', () => {
    assert.equal(screen(() => {
      text({ content: 'unseen', opacity: 0 });
      text({ content: 'seen' });
    }, 12, 2), '\nseen');
  });

  test('sides have their own borders and colours, and a side alone is drawn', () => {
    using app = createTestApp(
      () => {
        box({ width: 5, height: 3, borderBottom: 'double', borderLeft: 'single', borderBottomColor: 'red', borderLeftColor: '#0000ff' }, () => text({ content: 'ab' }));
        box({ width: 5, borderTop: 'heavy' }, () => text({ content: 'cd' }));
      },
      { width: 6, height: 6 },
    );
    assert.equal(app.text(), '│ab\n│\n╘════\n━━━━━\ncd\n');
    assert.equal(app.cell(0, 0).fg, 0xff00_00ff);
    assert.equal(app.cell(3, 2).fg, 0xffff_0000);
  });

  test('fg is inherited by text and borders below, and own colours win', () => {
    using app = createTestApp(
      () => {
        box({ fg: '#112233' }, () => {
          box({ border: 'single' }, () => text({ content: 'a' }));
          text({ content: 'b', fg: 'default' });
        });
      },
      { width: 6, height: 6 },
    );
    assert.equal(app.cell(0, 0).fg, 0xff11_2233);
    assert.equal(app.cell(1, 1).fg, 0xff11_2233);
    assert.equal(app.cell(0, 3).fg, 0);
  });

  test('text without a colour is the terminal default, white is white, red 254 is no palette colour', () => {
    using app = createTestApp(
      () => {
        text({ content: 'a' });
        text({ content: 'b', fg: '#ffffff' });
        text({ content: 'c', fg: '#fe0102' });
        text({ content: 'd', fg: 0 });
      },
      { width: 3, height: 4 },
    );
    assert.deepEqual([0, 1, 2, 3].map((y) => app.cell(0, y).fg), [0, 0xffff_ffff, 0xfffe_0102, 0xff00_0000]);
    const bytes = new TextDecoder().decode(app.bytes());
    assert.match(bytes, /38;2;255;255;255m/);
    assert.ok(bytes.indexOf('a') < bytes.indexOf('38;2'), 'nothing was set before the uncoloured text');
  });

  test('a colour getter may give undefined', () => {
    const on = signal(false);
    using app = createTestApp(() => box({ width: 2, height: 1, bg: () => (on.value ? 'red' : undefined) }), { width: 3, height: 1 });
    assert.equal(app.cell(0, 0).bg, 0);
    on.value = true;
    assert.equal(app.cell(0, 0).bg, 0xffff_0000);
    on.value = false;
    assert.equal(app.cell(0, 0).bg, 0);
  });

  test('an axis wins over the shorthand, a side over the axis', () => {
    const padding = signal(2);
    using app = createTestApp(() => box({ padding, paddingX: 1, paddingLeft: 0, alignSelf: 'flex-start', border: 'ascii' }, () => text({ content: 'x' })), { width: 6, height: 8 });
    assert.equal(app.text(), '+--+\n|  |\n|  |\n|x |\n|  |\n|  |\n+--+\n');
    padding.value = 0;
    assert.equal(app.text(), '+--+\n|x |\n+--+\n\n\n\n\n');
  });

  test('attrs lie on top of the single attributes and leave them alone', () => {
    const attrs = signal(1 | 4);
    using app = createTestApp(() => text({ content: 'x', bold: true, attrs }), { width: 2, height: 1 });
    assert.equal(app.cell(0, 0).attrs, 5);
    attrs.value = 0;
    assert.equal(app.cell(0, 0).attrs, 1);
  });

  test('what clips on one axis clips on both, and all of it comes back when it no longer clips', () => {
    const overflow = signal<'visible' | 'hidden'>('visible');
    using app = createTestApp(() => box({ width: 3, height: 1, overflowX: overflow }, () => text({ content: 'ab\ncd\nef', shrink: 0 })), { width: 4, height: 4 });
    assert.equal(app.text(), 'ab\ncd\nef\n');
    overflow.value = 'hidden';
    assert.equal(app.text(), 'ab\n\n\n');
    overflow.value = 'visible';
    assert.equal(app.text(), 'ab\ncd\nef\n');
  });

  test('a translucent box over half of a wide glyph leaves two blanks, not two unlike halves', () => {
    using app = createTestApp(
      () => {
        text({ content: '中', bg: '#000000', position: 'absolute', left: 0 });
        box({ position: 'absolute', left: 1, width: 2, height: 1, bg: '#ff000080' });
      },
      { width: 4, height: 1 },
    );
    assert.deepEqual([app.cell(0, 0).char, app.cell(1, 0).char, app.cell(1, 0).width], [' ', ' ', 1]);
    assert.notEqual(app.cell(0, 0).bg, app.cell(1, 0).bg);
  });

  test('a wide glyph over two backgrounds takes that of its head', () => {
    using app = createTestApp(
      () => {
        box({ position: 'absolute', left: 1, width: 3, height: 1, bg: 'red' });
        text({ content: '中', position: 'absolute', left: 0 });
      },
      { width: 4, height: 1 },
    );
    assert.deepEqual([app.cell(0, 0).char, app.cell(0, 0).bg, app.cell(1, 0).bg, app.cell(2, 0).bg], ['中', 0, 0, 0xffff_0000]);
  });
});

describe('bad values', () => {
  const bad: readonly (readonly [Props, RegExp])[] = [
    [{ width: 'wide' }, /width is 'wide'.*'NN%'/],
    [{ width: -1 }, /width is -1/],
    [{ width: Number.NaN }, /width is NaN/],
    [{ width: 'content' }, /width is 'content'/],
    [{ height: {} }, /height is \[object Object\]/],
    [{ padding: -1 }, /paddingTop is -1/],
    [{ padding: '5vw' }, /paddingTop is '5vw'/],
    [{ gap: 'auto' }, /rowGap is 'auto'/],
    [{ marginLeft: 'x' }, /marginLeft is 'x'/],
    [{ left: 'min-content' }, /left is 'min-content'/],
    [{ grow: '1' }, /grow is '1'/],
    [{ grow: -1 }, /grow is -1/],
    [{ opacity: 2 }, /opacity is 2.*from 0 to 1/],
    [{ zIndex: 1.5 }, /zIndex is 1.5.*an integer/],
    [{ flexDirection: 'down' }, /flexDirection is 'down'.*'column'/],
    [{ flexDirection: 'constructor' }, /flexDirection is 'constructor'/],
    [{ bg: 'notacolour' }, /bg: .*notacolour/],
    [{ border: 'wobbly' }, /borderTop: .*wobbly/],
    [{ visible: 0 }, /visible is 0.*true or false/],
    [{ focusable: 'yes' }, /focusable is 'yes'/],
    [{ onClick: 'no' }, /onClick is no.*function/],
    [{ children: 'text' }, /children is text.*function/],
    [{ widht: 3 }, /box has no prop 'widht'; did you mean 'width'\?/],
    [{ onclick: () => 1 }, /did you mean 'onClick'\?/],
    [{ backgroundColour: 'red' }, /box has no prop 'backgroundColour'$/],
  ];
  for (const [props, message] of bad) {
    test(`${JSON.stringify(props)} is an OptionError that names element and prop`, () => {
      assert.throws(
        () => createTestApp(() => box({ id: 'outer' }, () => box({ id: 'panel', ...props } as BoxProps))),
        (error: Error) => {
          assert.ok(error instanceof OptionError, String(error));
          assert.match(error.message, /box#outer > box#panel/);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  test('text names its own props: no border, no gap; a bad underline', () => {
    const make = (props: Props) => () => createTestApp(() => text({ content: '', ...props } as TextProps));
    assert.throws(make({ border: 1 }), /text has no prop 'border'/);
    assert.throws(make({ gap: 1 }), /text has no prop 'gap'/);
    assert.throws(make({ underline: 'wavy' }), /text: underline: .*wavy/);
    assert.throws(make({ content: {} }), /text: content is \[object Object\]; expected a string, a number or a list of parts/);
  });

  test('a reactive prop that turns bad is reported, and the element keeps what it had', () => {
    const errors: unknown[] = [];
    const width = signal<number>(3);
    using app = createTestApp(() => box({ width, height: 1, bg: 'red' }), { width: 8, height: 1, onError: (error) => errors.push(error) });
    width.value = -5;
    app.flush();
    assert.equal(errors.length, 1);
    assert.match(String(errors[0]), /width is -5/);
    assert.notEqual(app.cell(2, 0).bg, 0);
    width.value = 5;
    assert.notEqual(app.cell(4, 0).bg, 0, 'and goes on with the next good value');
  });

  test('elements outside an app are a PhaseError that says where they belong', () => {
    assert.throws(() => box(), /box\(\) was called outside an app.*mount\(\)/);
    assert.throws(() => text({ content: '' }), /text\(\) was called outside an app/);
  });
});
