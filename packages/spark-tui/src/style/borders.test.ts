import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OptionError } from '../base/index.ts';
import { ATTR_UNDERLINE, Attr, parseUnderline, UNDERLINE_CURLY, type UnderlineInput } from './attributes.ts';
import {
  BORDER_BOTTOM_LEFT,
  BORDER_BOTTOM_RIGHT,
  BORDER_GLYPHS,
  BORDER_LEFT,
  BORDER_STYLE_COUNT,
  BORDER_TOP,
  BORDER_TOP_LEFT,
  BORDER_TOP_RIGHT,
  borderCorner,
  type BorderInput,
  BorderStyle,
  parseBorder,
} from './borders.ts';

const CORNERS = [BORDER_TOP_LEFT, BORDER_TOP_RIGHT, BORDER_BOTTOM_RIGHT, BORDER_BOTTOM_LEFT];

/** The four corners of a box, clockwise from top left. */
function corners(horizontal: number, vertical: number): string {
  return CORNERS.map((corner) => String.fromCharCode(borderCorner(corner, horizontal, vertical))).join('');
}

describe('border glyphs', () => {
  test('every style but none has eight, and none has nothing', () => {
    for (let style = 0; style < BORDER_STYLE_COUNT; style++) {
      const row = BORDER_GLYPHS.subarray(style * 8, style * 8 + 8);
      assert.equal(row.every((glyph) => glyph !== 0), style !== 0, `style ${style}`);
      assert.equal(row.every((glyph) => glyph === 0), style === 0, `style ${style}`);
    }
  });

  test('a box of one style has that style’s corners', () => {
    assert.equal(corners(1, 1), '┌┐┘└');
    assert.equal(corners(3, 3), '╭╮╯╰');
    assert.equal(corners(9, 9), '╒╕╛╘');
    assert.equal(corners(13, 13), corners(4, 4));
  });

  test('where one side is missing the other runs through, and with none the corner is blank', () => {
    for (let style = 1; style < BORDER_STYLE_COUNT; style++) {
      for (const corner of CORNERS) {
        assert.equal(borderCorner(corner, style, 0), BORDER_GLYPHS[style * 8 + BORDER_TOP]);
        assert.equal(borderCorner(corner, 0, style), BORDER_GLYPHS[style * 8 + BORDER_LEFT]);
        assert.equal(borderCorner(corner, 0, 0), 0);
      }
    }
  });

  test('sides of two styles meet in the glyph made for it', () => {
    assert.equal(corners(2, 1), '╒╕╛╘');
    assert.equal(corners(1, 2), '╓╖╜╙');
    assert.equal(corners(4, 1), '┍┑┙┕');
    assert.equal(corners(1, 4), '┎┒┚┖');
    assert.equal(corners(7, 1), '++++');
    assert.equal(corners(1, 8), '████');
    for (let a = 1; a < BORDER_STYLE_COUNT; a++) {
      for (let b = 1; b < BORDER_STYLE_COUNT; b++) assert.match(corners(a, b), /^[+█\u2500-\u257f]{4}$/);
    }
  });
});

describe('names and numbers of styles', () => {
  test('borders', () => {
    assert.equal(parseBorder('rounded'), BorderStyle.ROUNDED);
    assert.deepEqual(['thick', 'bold', 'heavy'].map((name) => parseBorder(name as BorderInput)), [4, 4, 4]);
    assert.deepEqual([true, false, null, undefined, 13, 0].map((input) => parseBorder(input)), [1, 0, 0, 0, 13, 0]);
    for (const bad of ['', 'round', 'toString', 14, -1, 1.5, Number.NaN, 255, {}, Symbol('x')]) {
      assert.throws(() => parseBorder(bad as BorderInput), (error) => error instanceof OptionError && /rounded/.test(error.message));
    }
  });

  test('underlines', () => {
    assert.equal(parseUnderline('curly'), UNDERLINE_CURLY);
    assert.deepEqual([true, false, null, undefined, 5].map((input) => parseUnderline(input)), [1, 0, 0, 0, 5]);
    for (const bad of ['wavy', 6, -1, 0.5, [], 1n]) {
      assert.throws(() => parseUnderline(bad as UnderlineInput), (error) => error instanceof OptionError && /curly/.test(error.message));
    }
  });

  test('attributes are the bits of the cell format', () => {
    assert.deepEqual(Object.values(Attr), [0, 1, 2, 4, 8, 16, 32, 64, 128]);
    assert.equal(Attr.UNDERLINE, ATTR_UNDERLINE);
  });
});
