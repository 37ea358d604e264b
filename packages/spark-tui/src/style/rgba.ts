/**
 * Colours as users hold them: `{ r, g, b, a }` objects and the signed numbers of `packColor`. The engine
 * stores neither; `parseColor` turns both into the packed form of `colour.ts`.
 *
 * Two markers live in the red channel, as programs written for the first SparkTUI expect:
 *   { r: -1, g: -1, b: -1 } the terminal default      { r: -2, g: index } a palette entry
 */

import { OptionError } from '../base/index.ts';
import {
  argb,
  blend,
  COLOR_DEFAULT,
  COLOR_TRANSPARENT,
  COLOR_UNSET,
  isPalette,
  paletteColor,
  paletteIndex,
  paletteToRgb,
} from './colour.ts';
import { oklchToRgb24, rgbChannelsToOklch } from './oklch.ts';

/** A colour with 8-bit channels: 0–255 each, `a` 255 = opaque. */
export interface RGBA {
  r: number;
  g: number;
  b: number;
  a: number;
}

const frozen = (r: number, g: number, b: number, a: number): Readonly<RGBA> => Object.freeze({ r, g, b, a });

/** Colours often needed. Frozen; spread one to change it. */
export const Colors = Object.freeze({
  BLACK: frozen(0, 0, 0, 255),
  WHITE: frozen(255, 255, 255, 255),
  RED: frozen(255, 0, 0, 255),
  GREEN: frozen(0, 255, 0, 255),
  BLUE: frozen(0, 0, 255, 255),
  YELLOW: frozen(255, 255, 0, 255),
  CYAN: frozen(0, 255, 255, 255),
  MAGENTA: frozen(255, 0, 255, 255),
  GRAY: frozen(128, 128, 128, 255),
  TRANSPARENT: frozen(0, 0, 0, 0),
});

/** The terminal's own foreground or background, whichever the property is. */
export const TERMINAL_DEFAULT: Readonly<RGBA> = frozen(-1, -1, -1, 255);

/** True for `TERMINAL_DEFAULT` and objects like it. */
export function isTerminalDefault(color: Readonly<RGBA>): boolean {
  return color.r === -1 && color.g === -1 && color.b === -1;
}

/**
 * A colour of the terminal's palette, which the user chose.
 *
 * @param index 0–7 standard, 8–15 bright, 16–231 colour cube, 232–255 greys
 * @throws OptionError when the index is not an integer from 0 to 255
 * @example
 * text({ content: 'failed', fg: ansiColor(9) });
 */
export function ansiColor(index: number): RGBA {
  return { r: -2, g: paletteColor(index) & 0xff, b: 0, a: 255 };
}

/** True for what `ansiColor` returns. */
export function isAnsiColor(color: Readonly<RGBA>): boolean {
  return color.r === -2;
}

/** The palette index of a colour made by `ansiColor`. */
export function getAnsiIndex(color: Readonly<RGBA>): number {
  return color.g;
}

/** A colour object from channels 0–255. Channels are checked where the colour is used. */
export function rgba(r: number, g: number, b: number, a: number = 255): RGBA {
  return { r, g, b, a };
}

/**
 * Packs channels 0–255 into one signed ARGB number, accepted wherever a colour is.
 *
 * Alpha 0 is "no colour given": it returns 2³², whose low 32 bits are 0, because the number 0 as a colour
 * means black (`0x000000`).
 *
 * @example
 * packColor(255, 0, 0); // -65536
 * packColor(255, 0, 0, 0); // 4294967296: unset
 */
export function packColor(r: number, g: number, b: number, a: number = 255): number {
  if ((a & 0xff) === 0) return 0x1_0000_0000;
  return ((a & 0xff) << 24) | ((r & 0xff) << 16) | ((g & 0xff) << 8) | (b & 0xff);
}

/** The channels of a number made by `packColor`. */
export function unpackColor(packed: number): RGBA {
  return { r: (packed >>> 16) & 0xff, g: (packed >>> 8) & 0xff, b: packed & 0xff, a: (packed >>> 24) & 0xff };
}

function clampByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** Colour object → packed colour. Channels are clamped to 0–255 and rounded; `a` may be absent (opaque). */
export function rgbaToPacked(color: { readonly r: number; readonly g: number; readonly b: number; readonly a?: number }): number {
  const { r, g, b, a = 255 } = color;
  if (r === -1 && g === -1 && b === -1) return COLOR_DEFAULT;
  if (r === -2) return paletteColor(g);
  if (!Number.isFinite(r) || !Number.isFinite(g) || !Number.isFinite(b) || !Number.isFinite(a)) {
    throw new OptionError(
      `colour { r: ${String(r)}, g: ${String(g)}, b: ${String(b)}, a: ${String(a)} } is not usable: expected numbers from 0 to 255`,
    );
  }
  return argb(clampByte(a), clampByte(r), clampByte(g), clampByte(b));
}

/** Packed colour → colour object. Unset and transparent both become `{ 0, 0, 0, 0 }`. */
export function packedToRgba(color: number): RGBA {
  if (color === COLOR_DEFAULT) return { ...TERMINAL_DEFAULT };
  if (isPalette(color)) return ansiColor(paletteIndex(color));
  if (color === COLOR_UNSET || color === COLOR_TRANSPARENT) return { r: 0, g: 0, b: 0, a: 0 };
  return unpackColor(color);
}

/** The same colour with real channels: palette entries by xterm's table, the terminal default as `standIn`. */
export function resolveChannels(color: Readonly<RGBA>, standIn: Readonly<RGBA>): Readonly<RGBA> {
  if (isTerminalDefault(color)) return standIn;
  return isAnsiColor(color) ? unpackColor(paletteToRgb(paletteColor(color.g) & 0xff)) : color;
}

/** True when all four channels are equal. */
export function rgbaEqual(a: Readonly<RGBA>, b: Readonly<RGBA>): boolean {
  return a.r === b.r && a.g === b.g && a.b === b.b && a.a === b.a;
}

/** `src` laid over `dst` (source-over); the rules for palette and terminal default are those of `blend`. */
export function rgbaBlend(src: Readonly<RGBA>, dst: Readonly<RGBA>): RGBA {
  return packedToRgba(blend(rgbaToPacked(src), rgbaToPacked(dst)));
}

/**
 * The colour at `t` (0–1) on the straight line from `a` to `b`, channel by channel. The terminal default
 * has no channels: with one, the result switches from `a` to `b` at one half.
 */
export function rgbaLerp(a: Readonly<RGBA>, b: Readonly<RGBA>, t: number): RGBA {
  if (isTerminalDefault(a) || isTerminalDefault(b)) return { ...(t < 0.5 ? a : b) };
  const from = resolveChannels(a, a);
  const to = resolveChannels(b, b);
  return {
    r: clampByte(from.r + (to.r - from.r) * t),
    g: clampByte(from.g + (to.g - from.g) * t),
    b: clampByte(from.b + (to.b - from.b) * t),
    a: clampByte(from.a + (to.a - from.a) * t),
  };
}

function scale(color: Readonly<RGBA>, factor: number): RGBA {
  const { r, g, b, a } = resolveChannels(color, color);
  const channel = (value: number): number => Math.max(0, Math.min(255, Math.floor(value * factor)));
  return { r: channel(r), g: channel(g), b: channel(b), a };
}

/** A darker colour: channels times `factor`. The terminal default becomes mid grey. */
export function dim(color: Readonly<RGBA>, factor: number = 0.5): RGBA {
  return isTerminalDefault(color) ? { ...Colors.GRAY } : scale(color, factor);
}

/** A brighter colour: channels times `factor`. The terminal default becomes white. */
export function brighten(color: Readonly<RGBA>, factor: number = 1.3): RGBA {
  return isTerminalDefault(color) ? { ...Colors.WHITE } : scale(color, factor);
}

/**
 * A colour from OKLCH, in which equal steps look equal. Outside sRGB the chroma is reduced until it fits.
 *
 * @param l lightness 0–1
 * @param c chroma, 0 to about 0.32
 * @param h hue in degrees
 * @param a alpha 0–255
 * @throws OptionError when a value is not a finite number
 * @example
 * const rainbow = (x: number) => oklch(0.7, 0.15, x * 360);
 */
export function oklch(l: number, c: number, h: number, a: number = 255): RGBA {
  if (!Number.isFinite(l) || !Number.isFinite(c) || !Number.isFinite(h)) {
    throw new OptionError(`oklch(${String(l)}, ${String(c)}, ${String(h)}) is not usable: expected finite numbers`);
  }
  const rgb = oklchToRgb24(l, c, h);
  return { r: rgb >> 16, g: (rgb >> 8) & 0xff, b: rgb & 0xff, a };
}

/** Lightness (0–1), chroma and hue (degrees, 0 for greys) of a colour; the terminal default counts as black. */
export function rgbToOklch(color: Readonly<RGBA>): { l: number; c: number; h: number } {
  const { r, g, b } = resolveChannels(color, Colors.BLACK);
  return rgbChannelsToOklch(r, g, b);
}
