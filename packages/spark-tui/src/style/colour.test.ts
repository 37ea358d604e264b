import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import {
  alphaOf,
  argb,
  blend,
  blueOf,
  COLOR_BLACK,
  COLOR_DEFAULT,
  COLOR_TRANSPARENT,
  COLOR_UNSET,
  COLOR_WHITE,
  greenOf,
  isPalette,
  isRgb,
  paletteColor,
  paletteIndex,
  paletteToRgb,
  redOf,
  withOpacity,
} from './colour.ts';

const byte = fc.integer({ min: 0, max: 255 });
const visible = fc.tuple(fc.integer({ min: 1, max: 255 }), byte, byte, byte).map(([a, r, g, b]) => argb(a, r, g, b));
const anyColor = fc.oneof(
  visible,
  byte.map((index) => paletteColor(index)),
  fc.constantFrom(COLOR_UNSET, COLOR_DEFAULT, COLOR_TRANSPARENT),
);

describe('packed colours', () => {
  test('the tags are the numbers of the architecture, and unset is zero', () => {
    assert.deepEqual([COLOR_UNSET, COLOR_DEFAULT, paletteColor(7), COLOR_TRANSPARENT], [0, 0x10000, 0x20007, 0x30000]);
  });

  test('a packed RGB colour gives back its channels and is no tag', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), byte, byte, byte, (a, r, g, b) => {
        const color = argb(a, r, g, b);
        assert.deepEqual([alphaOf(color), redOf(color), greenOf(color), blueOf(color)], [a, r, g, b]);
        assert.ok(isRgb(color) && !isPalette(color) && color >= 0);
      }),
    );
  });

  test('palette colours give back their index; other indices are refused', () => {
    for (const index of [0, 15, 16, 255]) assert.equal(paletteIndex(paletteColor(index)), index);
    for (const bad of [-1, 256, 1.5, Number.NaN]) assert.throws(() => paletteColor(bad), OptionError);
  });

  test('the assumed palette is xterm’s', () => {
    assert.equal(paletteToRgb(9), 0xffff0000);
    assert.equal(paletteToRgb(16), COLOR_BLACK);
    assert.equal(paletteToRgb(231), COLOR_WHITE);
    assert.equal(paletteToRgb(208), 0xffff8700);
    assert.equal(paletteToRgb(232), 0xff080808);
    assert.equal(paletteToRgb(255), 0xffeeeeee);
  });
});

describe('blend', () => {
  test('agrees with source-over in floating point to one step', () => {
    fc.assert(
      fc.property(visible, visible, (over, under) => {
        const result = blend(over, under);
        const a = alphaOf(over) / 255;
        const b = alphaOf(under) / 255;
        const alpha = a + b * (1 - a);
        assert.ok(Math.abs(alphaOf(result) - alpha * 255) <= 0.51);
        for (const channel of [redOf, greenOf, blueOf]) {
          const exact = (channel(over) * a + channel(under) * b * (1 - a)) / alpha;
          assert.ok(Math.abs(channel(result) - exact) <= 0.51, `${channel(result)} for ${exact}`);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('what is not there changes nothing, what is opaque covers everything', () => {
    fc.assert(
      fc.property(anyColor, anyColor, (color, other) => {
        assert.equal(blend(COLOR_UNSET, color), color);
        assert.equal(blend(COLOR_TRANSPARENT, color), color);
        if (alphaOf(color) === 255) assert.equal(blend(color, other), color);
      }),
    );
  });

  test('a translucent colour over what has no known value gives an opaque colour', () => {
    assert.equal(blend(0x80ffffff, COLOR_DEFAULT), 0xff808080);
    assert.equal(blend(0x80ffffff, COLOR_DEFAULT, COLOR_WHITE), COLOR_WHITE);
    assert.equal(blend(0x80000000, paletteColor(231)), 0xff7f7f7f);
  });

  test('a translucent colour over nothing keeps its alpha', () => {
    assert.equal(blend(0x80ffffff, COLOR_TRANSPARENT), 0x80ffffff);
    assert.equal(blend(0x80ffffff, COLOR_UNSET), 0x80ffffff);
  });
});

describe('withOpacity', () => {
  test('scales alpha, and never turns a visible colour into a tag', () => {
    fc.assert(
      fc.property(visible, fc.double({ min: 0, max: 1, noNaN: true }), (color, opacity) => {
        const result = withOpacity(color, opacity);
        const alpha = Math.round(alphaOf(color) * opacity);
        assert.equal(result, alpha === 0 ? COLOR_TRANSPARENT : argb(alpha, redOf(color), greenOf(color), blueOf(color)));
      }),
    );
  });

  test('treats tags as documented', () => {
    assert.equal(withOpacity(COLOR_UNSET, 0.5), COLOR_UNSET);
    assert.equal(withOpacity(COLOR_DEFAULT, 0.5), COLOR_DEFAULT);
    assert.equal(withOpacity(COLOR_DEFAULT, 0), COLOR_TRANSPARENT);
    assert.equal(withOpacity(COLOR_DEFAULT, 0.5, COLOR_WHITE), 0x80ffffff);
    assert.equal(withOpacity(paletteColor(9), 0.5), 0x80ff0000);
    assert.equal(withOpacity(paletteColor(9), 1), paletteColor(9));
    assert.throws(() => withOpacity(COLOR_WHITE, -0.1), OptionError);
    assert.throws(() => withOpacity(COLOR_WHITE, Number.NaN), OptionError);
  });
});
