import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import names from 'color-name';
import { converter, parse, toGamut } from 'culori';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { alphaOf, blueOf, COLOR_BLACK, COLOR_DEFAULT, COLOR_TRANSPARENT, COLOR_UNSET, greenOf, paletteColor, redOf } from './colour.ts';
import { type ColorInput, colorCacheSize, parseColor } from './parse-colour.ts';
import { ansiColor, packColor, rgba, TERMINAL_DEFAULT } from './rgba.ts';

const toRgb = converter('rgb');
const byte = fc.integer({ min: 0, max: 255 });
const part = fc.double({ min: 0, max: 1, noNaN: true });
/** A number as people write it: no exponent. */
const written = (value: number): string => value.toFixed(4);

/** Each channel within one 8-bit step (or `steps`) of the oracle's. */
function assertNear(text: string, red: number, green: number, blue: number, alpha: number, steps: number = 1): void {
  const color = parseColor(text);
  if (Math.round(alpha * 255) === 0) {
    assert.equal(color, COLOR_TRANSPARENT, text);
    return;
  }
  const got = [redOf(color), greenOf(color), blueOf(color), alphaOf(color)];
  [red, green, blue, alpha].forEach((value, i) => {
    const want = Math.min(1, Math.max(0, value)) * 255;
    assert.ok(Math.abs(got[i]! - want) <= steps, `${text}: channel ${i} is ${got[i]}, oracle ${want}`);
  });
}

function assertLikeOracle(text: string): void {
  const parsed = parse(text);
  assert.ok(parsed !== undefined, `the oracle does not read ${text}`);
  const rgb = toRgb(parsed);
  assertNear(text, rgb.r, rgb.g, rgb.b, rgb.alpha ?? 1);
}

describe('notations agree with culori', () => {
  test('hex of every length', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 4, 6, 8), fc.array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: 8, maxLength: 8 }), (length, digits) => {
        assertLikeOracle(`#${digits.slice(0, length).join('')}`);
      }),
      { numRuns: 500 },
    );
  });

  test('rgb() with commas, spaces, percentages and alpha', () => {
    fc.assert(
      fc.property(byte, byte, byte, part, (r, g, b, a) => {
        assertLikeOracle(`rgb(${r}, ${g}, ${b})`);
        assertLikeOracle(`rgba(${r},${g},${b},${written(a)})`);
        assertLikeOracle(`rgb(${r} ${g} ${b} / ${written(a * 100)}%)`);
        assertLikeOracle(`rgb(${written(r / 2.55)}% ${written(g / 2.55)}% ${written(b / 2.55)}%)`);
      }),
    );
  });

  test('hsl() with commas, spaces and angle units', () => {
    fc.assert(
      fc.property(fc.double({ min: -720, max: 720, noNaN: true }), part, part, part, (h, s, l, a) => {
        const tail = `${written(s * 100)}% ${written(l * 100)}%`;
        assertLikeOracle(`hsl(${written(h)} ${tail} / ${written(a)})`);
        assertLikeOracle(`hsla(${written(h)}, ${tail.replace(' ', ', ')}, ${written(a)})`);
        assertLikeOracle(`hsl(${written(h / 360)}turn ${tail})`);
        assertLikeOracle(`hsl(${written((h * Math.PI) / 180)}rad ${tail})`);
      }),
    );
  });

  test('oklch() of every sRGB colour finds the colour again', () => {
    const toOklch = converter('oklch');
    fc.assert(
      fc.property(byte, byte, byte, part, (r, g, b, a) => {
        const { l, c, h } = toOklch(`rgb(${r}, ${g}, ${b})`);
        const text = `oklch(${l.toFixed(6)} ${c.toFixed(6)} ${(h ?? 0).toFixed(4)} / ${written(a)})`;
        assertNear(text, r / 255, g / 255, b / 255, Number(written(a)));
      }),
      { numRuns: 500 },
    );
  });

  test('oklch() outside sRGB is mapped as CSS says', () => {
    const mapped = toGamut('rgb', 'oklch');
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.double({ min: 0, max: 0.5, noNaN: true }), fc.integer({ min: 0, max: 359 }), (l, c, h) => {
        const rgb = mapped({ mode: 'oklch', l: Number(written(l)), c: Number(written(c)), h });
        // The search for the chroma ends at a precision that is several steps of a channel close to 0 (49 colours of
        // 150,000 differ by more than one step, the worst by 6).
        assertNear(`oklch(${written(l)} ${written(c)} ${h})`, rgb.r, rgb.g, rgb.b, 1, 12);
      }),
      { numRuns: 500 },
    );
  });

  test('percentages, units and clamping in oklch()', () => {
    assert.equal(parseColor('oklch(100% 0 0)'), 0xffffffff);
    assert.equal(parseColor('oklch(2 0.4 0)'), 0xffffffff);
    assert.equal(parseColor('oklch(0% 100% 90deg)'), COLOR_BLACK);
    assert.equal(parseColor('oklch(62.8% 0.25768 29.234)'), 0xffff0000);
    assert.equal(parseColor('oklch(60% 50% 0.25turn)'), parseColor('oklch(0.6 0.2 90)'));
    assert.equal(parseColor('oklch(none none none)'), COLOR_BLACK);
  });
});

describe('what else is a colour', () => {
  test('every CSS name, in any case', () => {
    assert.equal(Object.keys(names).length, 148);
    for (const [name, [r, g, b]] of Object.entries(names)) {
      assert.equal(parseColor(name.toUpperCase()), (0xff000000 | (r << 16) | (g << 8) | b) >>> 0, name);
    }
  });

  test('the keywords and the terminal palette', () => {
    assert.equal(parseColor('transparent'), COLOR_TRANSPARENT);
    assert.equal(parseColor('default'), COLOR_DEFAULT);
    assert.equal(parseColor('inherit'), COLOR_UNSET);
    assert.equal(parseColor(null), COLOR_UNSET);
    assert.equal(parseColor(undefined), COLOR_UNSET);
    assert.equal(parseColor('ansi:9'), paletteColor(9));
    assert.equal(parseColor('ansi:bright-red'), paletteColor(9));
    assert.equal(parseColor('ansi:cyan'), paletteColor(6));
    assert.equal(parseColor(ansiColor(208)), paletteColor(208));
    assert.equal(parseColor(TERMINAL_DEFAULT), COLOR_DEFAULT);
  });

  test('numbers up to 0xFFFFFF are RGB, so 0 is black and 0xFFFFFF white', () => {
    assert.equal(parseColor(0), COLOR_BLACK);
    assert.equal(parseColor(0xffffff), 0xffffffff);
    assert.equal(parseColor(0x010203), 0xff010203);
  });

  test('what packColor returns means what was packed, for every alpha', () => {
    fc.assert(
      fc.property(byte, byte, byte, byte, (r, g, b, a) => {
        const color = parseColor(packColor(r, g, b, a));
        if (a === 0) assert.equal(color, COLOR_UNSET);
        else assert.deepEqual([redOf(color), greenOf(color), blueOf(color), alphaOf(color)], [r, g, b, a]);
      }),
    );
  });

  test('objects have channels 0–255; white is white and red 254 is no palette colour', () => {
    assert.equal(parseColor({ r: 255, g: 255, b: 255 }), 0xffffffff);
    assert.equal(parseColor(rgba(254, 3, 4)), 0xfffe0304);
    assert.equal(parseColor(rgba(1, 2, 3, 128)), 0x80010203);
    assert.equal(parseColor(rgba(1, 2, 3, 0)), COLOR_TRANSPARENT);
    assert.equal(parseColor(rgba(300, -5, 1.6)), 0xffff0002);
  });
});

describe('what is no colour', () => {
  const bad: unknown[] = [
    '', '#', '#12', '#12345', '#1234567', '#12345g', 'redd', 'constructor', '__proto__', 'rgb(1 2)', 'rgb(1, 2 3)', 'rgb(1 2 3 4)', 'rgb(1,2,3/4)',
    'rgb(1 2 3 / )', 'rgb(1e999 2 3)', 'rgb(10deg 2 3)', 'hsl(10% 20% 30%)', 'hsl(1 2rad 3%)', 'oklch(1, 0, 0)', 'oklch(1 0)', 'oklch(50% 10% 10%)',
    'lab(1 2 3)', 'ansi:', 'ansi:256', 'ansi:pink', `#${'f'.repeat(500)}`, -1.5, 0.5, Number.NaN, Infinity, 0x1_0000_0001, -0x8000_0001, true, [], {}, { r: 1, g: 2 },
    { r: 1, g: Number.NaN, b: 0 }, { r: -2, g: 256, b: 0 }, Symbol('red'), 5n,
  ];
  test('is an OptionError that says what was given', () => {
    for (const input of bad) {
      assert.throws(() => parseColor(input as ColorInput), (error) => error instanceof OptionError && error.message.length < 600, String(input));
    }
    assert.throws(() => parseColor('redd'), /"redd".*#rrggbb/s);
  });

  test('any string either parses to a 32-bit number or is an OptionError', () => {
    const pieces = fc.constantFrom('rgb', 'hsl', 'oklch', '(', ')', ',', '/', ' ', '1', '50%', 'deg', '#', 'f', 'none', '-', '.');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''))), (text) => {
        try {
          const color = parseColor(text);
          assert.equal(color, color >>> 0);
        } catch (error) {
          assert.ok(error instanceof OptionError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('remembered strings stay within their bound and keep their meaning', () => {
  for (let i = 0; i < 2000; i++) {
    assert.equal(parseColor(`#${i.toString(16).padStart(6, '0')}`), (0xff000000 | i) >>> 0);
    assert.ok(colorCacheSize() <= 512);
  }
  assert.equal(parseColor('#000000'), COLOR_BLACK);
});
