/**
 * Colours as one unsigned 32-bit number: what columns and cells store.
 *
 *   bits 31..24   23..16   15..8   7..0
 *        alpha    red      green   blue       alpha 1–255: ARGB
 *        0        tag      0       argument   alpha 0: a tagged value
 *
 *   tag 0 unset (inherit)   1 terminal default   2 palette index (argument)   3 transparent
 *
 * Invariants: every value is unsigned (`>>> 0`); zero means "unset", so zero-filled memory is a valid
 * column; black is 0xFF000000 and white 0xFFFFFFFF, neither is ever mistaken for a tag.
 */

import { OptionError } from '../base/index.ts';

/** No colour given: inherit. Zero, so that zero-filled memory means it. */
export const COLOR_UNSET = 0;
/** The terminal's own default foreground or background (`SGR 39` / `49`). */
export const COLOR_DEFAULT = 0x0001_0000;
/** Fully transparent: what lies below shows through. */
export const COLOR_TRANSPARENT = 0x0003_0000;
/** Opaque black, `0xFF000000`. */
export const COLOR_BLACK = 0xff00_0000;
/** Opaque white, `0xFFFFFFFF`. */
export const COLOR_WHITE = 0xffff_ffff;

const TAG_PALETTE = 0x0002_0000;

/**
 * The packed colour of an entry of the terminal's palette.
 *
 * @param index 0–7 standard, 8–15 bright, 16–231 the 6×6×6 cube, 232–255 greys.
 * @throws OptionError when the index is not an integer from 0 to 255.
 * @example
 * const error = paletteColor(9);
 * isPalette(error); // true
 * paletteIndex(error); // 9
 */
export function paletteColor(index: number): number {
  if (!Number.isInteger(index) || index < 0 || index > 255) {
    throw new OptionError(`palette index ${String(index)} is not usable: expected an integer from 0 to 255`);
  }
  return TAG_PALETTE | index;
}

/** True when the colour is an entry of the terminal's palette. */
export function isPalette(color: number): boolean {
  return (color & 0xffff_0000) === TAG_PALETTE;
}

/** The palette index (0–255) of a palette colour; meaningless for others. */
export function paletteIndex(color: number): number {
  return color & 0xff;
}

/** True when the colour has red, green and blue channels (alpha 1–255). */
export function isRgb(color: number): boolean {
  return color >>> 24 !== 0;
}

/** Alpha, 0–255. Terminal default and palette colours cover what is below, so they count as 255; unset and transparent are 0. */
export function alphaOf(color: number): number {
  const alpha = color >>> 24;
  if (alpha !== 0) return alpha;
  const tag = (color >>> 16) & 0xff;
  return tag === 1 || tag === 2 ? 255 : 0;
}

/** Red, 0–255, of an RGB colour. */
export function redOf(color: number): number {
  return (color >>> 16) & 0xff;
}

/** Green, 0–255, of an RGB colour. */
export function greenOf(color: number): number {
  return (color >>> 8) & 0xff;
}

/** Blue, 0–255, of an RGB colour. */
export function blueOf(color: number): number {
  return color & 0xff;
}

/** Packs channels (integers 0–255, not checked) into a colour. Alpha 0 gives `COLOR_TRANSPARENT`. */
export function argb(alpha: number, red: number, green: number, blue: number): number {
  if (alpha === 0) return COLOR_TRANSPARENT;
  return ((alpha << 24) | (red << 16) | (green << 8) | blue) >>> 0;
}

/** The 16 named entries as xterm defines them; users change them, so this is an assumption. */
const NAMED_PALETTE = Uint32Array.of(
  0xff000000, 0xffcd0000, 0xff00cd00, 0xffcdcd00, 0xff0000ee, 0xffcd00cd, 0xff00cdcd, 0xffe5e5e5,
  0xff7f7f7f, 0xffff0000, 0xff00ff00, 0xffffff00, 0xff5c5cff, 0xffff00ff, 0xff00ffff, 0xffffffff,
);

/**
 * The RGB value xterm gives a palette index: exact for 16–255 in nearly every terminal, an assumption for
 * 0–15, which users configure. Used only where arithmetic on a palette colour is asked for.
 */
export function paletteToRgb(index: number): number {
  if (index < 16) return NAMED_PALETTE[index]!;
  if (index >= 232) {
    const level = 8 + (index - 232) * 10;
    return argb(255, level, level, level);
  }
  const cube = index - 16;
  return argb(255, cubeLevel((cube / 36) | 0), cubeLevel(((cube / 6) | 0) % 6), cubeLevel(cube % 6));
}

function cubeLevel(step: number): number {
  return step === 0 ? 0 : 55 + step * 40;
}

/** `value / 255`, rounded to the nearest integer; exact for 0 ≤ value ≤ 65,535. */
function divide255(value: number): number {
  return ((value + 128) * 257) >>> 16;
}

/**
 * Lays `over` on `under` (Porter-Duff source-over) and returns the resulting packed colour.
 *
 * - `over` unset or transparent: the result is `under`. `over` opaque (alpha 255, palette, terminal
 *   default): the result is `over`.
 * - `under` unset or transparent: the result is `over`, with its alpha.
 * - `under` terminal default: its value is the user's, so `assumedDefault` stands in (black unless told
 *   otherwise, for instance by the terminal's answer to OSC 11). The result is opaque.
 * - `under` palette: `paletteToRgb` stands in.
 *
 * @param over packed colour on top
 * @param under packed colour below
 * @param assumedDefault opaque packed RGB that stands in for the terminal default
 * @example
 * blend(0x80ffffff, 0xff000000); // 0xff808080
 * blend(COLOR_UNSET, COLOR_DEFAULT); // COLOR_DEFAULT
 */
// hot: once a translucent cell; 12 ns a call (Node 20)
export function blend(over: number, under: number, assumedDefault: number = COLOR_BLACK): number {
  const overAlpha = over >>> 24;
  if (overAlpha === 255) return over;
  if (overAlpha === 0) {
    const tag = (over >>> 16) & 0xff;
    return tag === 1 || tag === 2 ? over : under;
  }
  let underAlpha = under >>> 24;
  if (underAlpha === 0) {
    const tag = (under >>> 16) & 0xff;
    if (tag === 1) under = assumedDefault;
    else if (tag === 2) under = paletteToRgb(under & 0xff);
    else return over;
    underAlpha = 255;
  }
  const rest = 255 - overAlpha;
  if (underAlpha === 255) {
    const red = divide255(((over >>> 16) & 0xff) * overAlpha + ((under >>> 16) & 0xff) * rest);
    const green = divide255(((over >>> 8) & 0xff) * overAlpha + ((under >>> 8) & 0xff) * rest);
    const blue = divide255((over & 0xff) * overAlpha + (under & 0xff) * rest);
    return (0xff000000 | (red << 16) | (green << 8) | blue) >>> 0;
  }
  // Both translucent: weights in 1/255² of full coverage.
  const overWeight = overAlpha * 255;
  const underWeight = underAlpha * rest;
  const total = overWeight + underWeight;
  const red = Math.round((((over >>> 16) & 0xff) * overWeight + ((under >>> 16) & 0xff) * underWeight) / total);
  const green = Math.round((((over >>> 8) & 0xff) * overWeight + ((under >>> 8) & 0xff) * underWeight) / total);
  const blue = Math.round(((over & 0xff) * overWeight + (under & 0xff) * underWeight) / total);
  return ((divide255(total) << 24) | (red << 16) | (green << 8) | blue) >>> 0;
}

/**
 * Multiplies the alpha of a colour by `opacity`.
 *
 * Unset and transparent stay. Opacity 1 or more returns the colour unchanged; an alpha that rounds to 0
 * gives `COLOR_TRANSPARENT`. A palette colour becomes its assumed RGB value. The terminal default has no
 * channels: it becomes `assumedDefault` when that is given, else it stays (and is transparent at 0).
 *
 * @param color packed colour
 * @param opacity 0–1
 * @param assumedDefault packed RGB that stands in for the terminal default
 * @throws OptionError when `opacity` is negative or not a number
 * @example
 * withOpacity(0xffff0000, 0.5); // 0x80ff0000
 */
export function withOpacity(color: number, opacity: number, assumedDefault: number = COLOR_DEFAULT): number {
  if (opacity >= 1) return color;
  if (!(opacity >= 0)) throw new OptionError(`opacity ${String(opacity)} is not usable: expected a number from 0 to 1`);
  let rgb = color;
  if (color >>> 24 === 0) {
    const tag = (color >>> 16) & 0xff;
    if (tag === 2) rgb = paletteToRgb(color & 0xff);
    else if (tag === 1) {
      if (opacity === 0) return COLOR_TRANSPARENT;
      rgb = assumedDefault;
      if (rgb >>> 24 === 0) return color;
    } else return color;
  }
  const alpha = Math.round((rgb >>> 24) * opacity);
  return alpha === 0 ? COLOR_TRANSPARENT : ((rgb & 0x00ff_ffff) | (alpha << 24)) >>> 0;
}
