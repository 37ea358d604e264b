/**
 * Legibility: the contrast of two colours and the nearest lightness that reaches a wanted contrast.
 * Source: WCAG 2.2, "contrast ratio" and "relative luminance".
 */

import { OptionError } from '../base/index.ts';
import { decodeGamma, oklchToRgb24, rgbChannelsToOklch } from './oklch.ts';
import { Colors, isTerminalDefault, resolveChannels, type RGBA, rgbaBlend, unpackColor } from './rgba.ts';

function luminance(color: Readonly<RGBA>): number {
  return 0.2126 * decodeGamma(color.r / 255) + 0.7152 * decodeGamma(color.g / 255) + 0.0722 * decodeGamma(color.b / 255);
}

function ratioOf(first: number, second: number): number {
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/**
 * The WCAG contrast ratio of two colours: 1 (equal) to 21 (black on white). A translucent `fg` is laid
 * over `bg` first. The terminal default counts as white in `fg` and as black in `bg`.
 *
 * @example
 * contrastRatio(Colors.WHITE, Colors.BLACK); // 21
 */
export function contrastRatio(fg: Readonly<RGBA>, bg: Readonly<RGBA>): number {
  const below = resolveChannels(bg, Colors.BLACK);
  const above = rgbaBlend(resolveChannels(fg, Colors.WHITE), { ...below, a: 255 });
  return ratioOf(luminance(above), luminance(below));
}

/**
 * `fg` with the smallest change of OKLCH lightness that reaches `minRatio` against `bg`; hue and alpha
 * stay. Returns `fg` itself when it suffices already, or when it is the terminal default, which cannot be
 * adjusted. When no lightness reaches the ratio, the better of black and white is returned.
 *
 * @param minRatio 1–21; WCAG AA asks for 4.5, AAA for 7
 * @throws OptionError when `minRatio` is not a number from 1 to 21
 * @example
 * adjustLightnessForContrast(rgba(90, 90, 90), Colors.BLACK); // a lighter grey
 */
export function adjustLightnessForContrast(fg: Readonly<RGBA>, bg: Readonly<RGBA>, minRatio: number = 4.5): RGBA {
  if (!(minRatio >= 1 && minRatio <= 21)) {
    throw new OptionError(`contrast ratio ${String(minRatio)} is not usable: expected a number from 1 to 21`);
  }
  if (isTerminalDefault(fg) || contrastRatio(fg, bg) >= minRatio) return fg as RGBA;
  const channels = resolveChannels(fg, fg);
  const { l, c, h } = rgbChannelsToOklch(channels.r, channels.g, channels.b);
  const at = (lightness: number): RGBA => ({ ...unpackColor(oklchToRgb24(lightness, c, h)), a: channels.a });
  const up = nearest(at, bg, minRatio, l, 1);
  const down = nearest(at, bg, minRatio, l, 0);
  if (up !== null && down !== null) return up - l <= l - down ? at(up) : at(down);
  if (up !== null) return at(up);
  if (down !== null) return at(down);
  return contrastRatio(at(1), bg) >= contrastRatio(at(0), bg) ? at(1) : at(0);
}

/** The lightness closest to `from`, on the way to `end`, that reaches the ratio; null when none does. */
function nearest(at: (lightness: number) => RGBA, bg: Readonly<RGBA>, minRatio: number, from: number, end: number): number | null {
  if (contrastRatio(at(end), bg) < minRatio) return null;
  let fails = from;
  let reaches = end;
  for (let step = 0; step < 16; step++) {
    const middle = (fails + reaches) / 2;
    if (contrastRatio(at(middle), bg) >= minRatio) reaches = middle;
    else fails = middle;
  }
  return reaches;
}
