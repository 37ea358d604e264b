/** The screen as text with colours: exact bytes of small screens. Replays are in test/oracle/screens.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellBuffer, ExtraTable } from '../cells/index.ts';
import { ATTR_BOLD, ATTR_INVERSE, ATTR_ITALIC, ATTR_UNDERLINE, type ColorDepth, paletteColor, UNDERLINE_CURLY, UNDERLINE_SHIFT } from '../style/index.ts';
import { GlyphTable } from '../text/index.ts';
import { screenAnsi } from './screen-ansi.ts';
import { SpanReader } from './screen-spans.ts';

const RED = 0xffff_0000;
const NARROW = 1 << 22;

interface Pen {
  readonly fg?: number;
  readonly bg?: number;
  readonly style?: number;
}

/** Draws rows of `[text, pen]` pieces of one-cell characters and returns the screen as ANSI. */
function ansi(rows: readonly (readonly (readonly [string, Pen?])[])[], depth: ColorDepth = 24, extras: ExtraTable | null = null): string {
  const cells = new CellBuffer(8, rows.length);
  for (const [y, pieces] of rows.entries()) {
    let x = 0;
    for (const [text, { fg = 0, bg = 0, style = 0 } = {}] of pieces) {
      for (const char of text) cells.set(x++, y, char.charCodeAt(0) | NARROW, fg, bg, style);
    }
  }
  const out = screenAnsi(new SpanReader(cells, new GlyphTable(), extras), { depth });
  cells.release();
  return out;
}

describe('a screen as ANSI', () => {
  test('plain text is plain text; rows are separated, blanks at their ends left out', () => {
    assert.equal(ansi([[['ab c']], [], [[' d']]]), 'ab c\n\n d');
  });

  test('colours and attributes begin and end where the cells do; every row ends in the default pen', () => {
    assert.equal(ansi([[['a'], ['b', { fg: RED, style: ATTR_BOLD }], ['c']], [['d', { bg: paletteColor(4) }]]]), 'a\x1b[1;38;2;255;0;0mb\x1b[mc\n\x1b[44md\x1b[m');
  });

  test('what is added is written as a difference, what is taken away by a reset', () => {
    const italic = { fg: RED, style: ATTR_ITALIC };
    assert.equal(ansi([[['a', { fg: RED }], ['b', italic], ['c', { fg: RED }]]]), '\x1b[38;2;255;0;0ma\x1b[3mb\x1b[;38;2;255;0;0mc\x1b[m');
  });

  test('blanks that show stay: on a background, inverse, underlined', () => {
    assert.equal(ansi([[['a '], ['  ', { bg: paletteColor(1) }]], [[' ', { style: ATTR_INVERSE }]], [[' ', { style: ATTR_UNDERLINE }]]]), 'a \x1b[41m  \x1b[m\n\x1b[7m \x1b[m\n\x1b[4m \x1b[m');
  });

  test('a colour of blanks that nobody sees is not written', () => {
    assert.equal(ansi([[['a', { fg: RED }], ['   ', { fg: paletteColor(2) }], ['b', { fg: RED }]]]), '\x1b[38;2;255;0;0ma   b\x1b[m');
  });

  test('colours are reduced to the depth; without colour the attributes stay', () => {
    const row = [[['a', { fg: RED, style: ATTR_BOLD }]]] as const;
    assert.equal(ansi(row, 8), '\x1b[1;38;5;196ma\x1b[m');
    assert.equal(ansi(row, 4), '\x1b[1;91ma\x1b[m');
    assert.equal(ansi(row, 1), '\x1b[1ma\x1b[m');
    assert.equal(ansi([[['a', { fg: RED }]]], 1), 'a');
  });

  test('underline styles, underline colours and links', () => {
    const extras = new ExtraTable();
    const curly = ATTR_UNDERLINE | (UNDERLINE_CURLY << UNDERLINE_SHIFT);
    const colour = extras.intern('', '', RED) << 16;
    const link = extras.intern('https://a.example/', 'k1', 0) << 16;
    assert.equal(ansi([[['u', { style: curly | colour }]]], 24, extras), '\x1b[4:3;58:2::255:0:0mu\x1b[m');
    assert.equal(ansi([[['a'], ['b ', { style: link }]], [['c', { style: link }]]], 24, extras), 'a\x1b]8;id=k1;https://a.example/\x1b\\b \x1b]8;;\x1b\\\n\x1b]8;id=k1;https://a.example/\x1b\\c\x1b]8;;\x1b\\');
  });
});
