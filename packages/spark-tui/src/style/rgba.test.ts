import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { converter, wcagContrast } from 'culori';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { adjustLightnessForContrast, contrastRatio } from './contrast.ts';
import {
  ansiColor,
  brighten,
  Colors,
  dim,
  isAnsiColor,
  isTerminalDefault,
  oklch,
  packColor,
  packedToRgba,
  type RGBA,
  rgba,
  rgbaBlend,
  rgbaEqual,
  rgbaLerp,
  rgbaToPacked,
  rgbToOklch,
  TERMINAL_DEFAULT,
  unpackColor,
} from './rgba.ts';

const byte = fc.integer({ min: 0, max: 255 });
const opaque = fc.tuple(byte, byte, byte).map(([r, g, b]) => rgba(r, g, b));
const css = ({ r, g, b }: Readonly<RGBA>): string => `rgb(${r}, ${g}, ${b})`;

describe('colour objects', () => {
  test('pack and unpack to themselves', () => {
    fc.assert(
      fc.property(byte, byte, byte, fc.integer({ min: 1, max: 255 }), (r, g, b, a) => {
        assert.deepEqual(unpackColor(packColor(r, g, b, a)), { r, g, b, a });
        assert.deepEqual(packedToRgba(rgbaToPacked({ r, g, b, a })), { r, g, b, a });
      }),
    );
    assert.deepEqual(unpackColor(packColor(1, 2, 3, 0)), { r: 0, g: 0, b: 0, a: 0 });
  });

  test('markers survive the way to the packed form and back', () => {
    assert.ok(isTerminalDefault(packedToRgba(rgbaToPacked(TERMINAL_DEFAULT))));
    assert.deepEqual(packedToRgba(rgbaToPacked(ansiColor(200))), ansiColor(200));
    assert.ok(isAnsiColor(ansiColor(0)));
    assert.throws(() => ansiColor(256), OptionError);
  });

  test('shared constants cannot be changed by accident', () => {
    assert.throws(() => {
      (Colors.RED as RGBA).r = 0;
    }, TypeError);
  });

  test('blend, lerp and equality', () => {
    assert.deepEqual(rgbaBlend(rgba(255, 0, 0, 128), Colors.BLACK), rgba(128, 0, 0));
    assert.deepEqual(rgbaBlend(Colors.TRANSPARENT, Colors.BLUE), { ...Colors.BLUE });
    assert.deepEqual(rgbaLerp(Colors.BLACK, rgba(100, 200, 50, 155), 0.5), rgba(50, 100, 25, 205));
    assert.deepEqual(rgbaLerp(TERMINAL_DEFAULT, Colors.RED, 0.75), { ...Colors.RED });
    assert.deepEqual(rgbaLerp(ansiColor(231), Colors.BLACK, 0), { ...Colors.WHITE });
    assert.ok(rgbaEqual(rgba(1, 2, 3), rgba(1, 2, 3)) && !rgbaEqual(rgba(1, 2, 3), rgba(1, 2, 3, 0)));
  });

  test('dim and brighten keep channels in range and give the terminal default a value', () => {
    assert.deepEqual(dim(rgba(200, 100, 51)), rgba(100, 50, 25));
    assert.deepEqual(brighten(rgba(200, 100, 50), 2), rgba(255, 200, 100));
    assert.deepEqual(dim(TERMINAL_DEFAULT), { ...Colors.GRAY });
    assert.deepEqual(brighten(TERMINAL_DEFAULT), { ...Colors.WHITE });
    assert.deepEqual(dim(ansiColor(231)), rgba(127, 127, 127));
  });
});

describe('OKLCH', () => {
  test('agrees with culori in both directions', () => {
    const oracle = converter('oklch');
    fc.assert(
      fc.property(opaque, (color) => {
        const { l, c, h } = rgbToOklch(color);
        const want = oracle(css(color));
        assert.ok(Math.abs(l - want.l) < 1e-4 && Math.abs(c - want.c) < 1e-4, `${css(color)}: ${l} ${c} for ${want.l} ${want.c}`);
        if (want.c > 1e-3) assert.ok(Math.abs(h - want.h!) < 0.1 || Math.abs(Math.abs(h - want.h!) - 360) < 0.1);
        assert.deepEqual(oklch(l, c, h), color);
      }),
      { numRuns: 1000 },
    );
  });

  test('values that are no numbers are refused', () => {
    assert.throws(() => oklch(Number.NaN, 0, 0), OptionError);
  });
});

describe('contrast', () => {
  test('agrees with culori', () => {
    fc.assert(
      fc.property(opaque, opaque, (a, b) => {
        assert.ok(Math.abs(contrastRatio(a, b) - wcagContrast(css(a), css(b))) < 1e-3);
      }),
    );
  });

  test('an adjusted colour reaches the ratio, or is the best of black and white, and keeps its hue', () => {
    fc.assert(
      fc.property(opaque, opaque, fc.constantFrom(3, 4.5, 7), (fg, bg, ratio) => {
        const adjusted = adjustLightnessForContrast(fg, bg, ratio);
        const reachable = Math.max(contrastRatio(Colors.WHITE, bg), contrastRatio(Colors.BLACK, bg));
        assert.ok(contrastRatio(adjusted, bg) >= Math.min(ratio, reachable) - 1e-9);
        if (contrastRatio(fg, bg) >= ratio) assert.equal(adjusted, fg);
        const before = rgbToOklch(fg);
        const after = rgbToOklch(adjusted);
        // The hue may turn by what 8-bit channels and gamut mapping cannot show: a small distance in OKLab.
        const turn = ((before.h - after.h) * Math.PI) / 180;
        const distance = 2 * Math.min(before.c, after.c) * Math.abs(Math.sin(turn / 2));
        assert.ok(distance < 0.03, `hue ${before.h} became ${after.h}`);
      }),
    );
  });

  test('alpha is kept, the terminal default is left alone, a senseless ratio is refused', () => {
    assert.equal(adjustLightnessForContrast(rgba(20, 20, 20, 200), Colors.BLACK).a, 200);
    assert.equal(adjustLightnessForContrast(TERMINAL_DEFAULT, Colors.BLACK), TERMINAL_DEFAULT);
    assert.throws(() => adjustLightnessForContrast(Colors.RED, Colors.RED, 22), OptionError);
  });
});
