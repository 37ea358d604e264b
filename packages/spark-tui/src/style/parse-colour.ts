/**
 * Everything a user may write for a colour → the packed form of `colour.ts`.
 *
 * Runs when a property is set, never while painting. Strings are parsed once and remembered in a bounded
 * table (`CACHE_ENTRIES`, oldest out first).
 * Source of the notations: CSS Color Module Level 4 (hex, rgb, hsl, oklch, named colours).
 */

import names from 'color-name';
import { OptionError } from '../base/index.ts';
import { argb, COLOR_DEFAULT, COLOR_TRANSPARENT, COLOR_UNSET, paletteColor } from './colour.ts';
import { oklchToRgb24 } from './oklch.ts';
import { quote } from './quote.ts';
import { rgbaToPacked } from './rgba.ts';

/**
 * A colour as users give it:
 *
 * - string: `'#rgb'`, `'#rgba'`, `'#rrggbb'`, `'#rrggbbaa'`, a CSS name, `'transparent'`, `'default'`,
 *   `'inherit'`, `'ansi:0'`–`'ansi:255'`, `'ansi:red'`, `'ansi:bright-red'`, `'rgb(…)'`, `'hsl(…)'`, `'oklch(…)'`
 * - number: `0xRRGGBB`, or the ARGB of `packColor` (negative, or above `0xFFFFFF`)
 * - object: `{ r, g, b, a? }` with 0–255, `TERMINAL_DEFAULT`, `ansiColor(i)`
 * - `null`, `undefined`: unset, inherit
 */
export type ColorInput =
  | string
  | number
  | { readonly r: number; readonly g: number; readonly b: number; readonly a?: number }
  | null
  | undefined;

const CACHE_ENTRIES = 512;
const MAX_LENGTH = 128;
const cache = new Map<string, number>();

const ACCEPTED =
  "'#rgb', '#rgba', '#rrggbb', '#rrggbbaa', a CSS colour name, 'transparent', 'default', 'inherit', 'ansi:0'–'ansi:255', " +
  "'ansi:red', 'ansi:bright-red', rgb(), hsl(), oklch(), 0xRRGGBB, packColor(), { r, g, b, a? } with 0–255, null or undefined";

/** Words that are neither CSS colour names nor functions. */
const KEYWORDS = new Map<string, number>([
  ['transparent', COLOR_TRANSPARENT],
  ['default', COLOR_DEFAULT],
  ['initial', COLOR_DEFAULT],
  ['inherit', COLOR_UNSET],
  ['currentcolor', COLOR_UNSET],
]);

const ANSI_NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** How many parsed strings are remembered now; never above 512. */
export function colorCacheSize(): number {
  return cache.size;
}

/**
 * Turns a colour given by a user into its packed number (see `ColorInput` for what is accepted).
 *
 * @throws OptionError for anything else; the message quotes the input and lists what is accepted
 * @example
 * parseColor('#f00'); // 0xffff0000
 * parseColor('oklch(70% 0.15 30 / 50%)');
 * parseColor(0); // 0xff000000: black
 */
export function parseColor(input: ColorInput): number {
  if (typeof input === 'string') {
    const known = cache.get(input);
    return known !== undefined ? known : remember(input);
  }
  if (typeof input === 'number') return parseNumber(input);
  if (input === null || input === undefined) return COLOR_UNSET;
  if (typeof input === 'object' && typeof input.r === 'number' && typeof input.g === 'number' && typeof input.b === 'number') {
    return rgbaToPacked(input);
  }
  throw unusable(input);
}

function remember(text: string): number {
  const color = text.length <= MAX_LENGTH ? parseText(text.trim().toLowerCase()) : null;
  if (color === null) throw unusable(text);
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value!);
  cache.set(text, color);
  return color;
}

function unusable(input: unknown): OptionError {
  return new OptionError(`colour ${quote(input)} is not usable: expected ${ACCEPTED}`);
}

function parseNumber(value: number): number {
  // 2^32 is what packColor returns for alpha 0.
  if (!Number.isInteger(value) || value < -0x8000_0000 || value > 0x1_0000_0000) {
    throw new OptionError(
      `colour ${String(value)} is not usable: a number is 0xRRGGBB (0 to 0xFFFFFF) or what packColor() returns`,
    );
  }
  if (value >= 0 && value <= 0xff_ffff) return (0xff00_0000 | value) >>> 0;
  return value >>> 0;
}

function parseText(text: string): number | null {
  if (text.charCodeAt(0) === 0x23) return parseHex(text);
  const keyword = KEYWORDS.get(text);
  if (keyword !== undefined) return keyword;
  if (Object.hasOwn(names, text)) {
    const [red, green, blue] = names[text]!;
    return argb(255, red, green, blue);
  }
  if (text.startsWith('ansi:')) return parseAnsi(text.slice(5));
  return parseFunction(text);
}

function parseHex(text: string): number | null {
  let value = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit < 0) return null;
    value = value * 16 + digit;
  }
  const twice = (shift: number): number => ((value >> shift) & 15) * 17;
  switch (text.length) {
    case 4:
      return argb(255, twice(8), twice(4), twice(0));
    case 5:
      return argb(twice(0), twice(12), twice(8), twice(4));
    case 7:
      return (0xff00_0000 | value) >>> 0;
    case 9:
      return argb(value % 256, (value / 0x100_0000) | 0, (value >>> 16) & 255, (value >>> 8) & 255);
    default:
      return null;
  }
}

function parseAnsi(name: string): number | null {
  if (/^\d{1,3}$/.test(name)) return Number(name) <= 255 ? paletteColor(Number(name)) : null;
  const bright = name.startsWith('bright-');
  const index = ANSI_NAMES.indexOf(bright ? name.slice(7) : name);
  if (index < 0) return name === 'gray' || name === 'grey' ? paletteColor(8) : null;
  return paletteColor(bright ? index + 8 : index);
}

const FUNCTION = /^(rgba?|hsla?|oklch)\(([^()]*)\)$/;
const COMPONENT = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?$/;

/** A number of a colour function with its unit ('' when it has none). */
interface Component {
  readonly value: number;
  readonly unit: string;
}

function parseFunction(text: string): number | null {
  const match = FUNCTION.exec(text);
  if (match === null) return null;
  const name = match[1]!;
  const parts = splitComponents(match[2]!, name !== 'oklch');
  if (parts === null) return null;
  const alpha = parts.length === 4 ? fraction(parts[3]!) : 1;
  if (alpha === null) return null;
  const alphaByte = Math.round(clamp01(alpha) * 255);
  const rgb = name === 'oklch' ? oklchFrom(parts) : name.startsWith('hsl') ? hslFrom(parts) : rgbFrom(parts);
  if (rgb === null) return null;
  return alphaByte === 0 ? COLOR_TRANSPARENT : ((alphaByte << 24) | rgb) >>> 0;
}

/** Three components and an optional alpha, from `a, b, c, d` or `a b c / d`; null when malformed. */
function splitComponents(body: string, commaAllowed: boolean): Component[] | null {
  let words: string[];
  if (body.includes(',')) {
    if (!commaAllowed || body.includes('/')) return null;
    words = body.split(',').map((word) => word.trim());
  } else {
    const halves = body.split('/');
    if (halves.length > 2) return null;
    words = halves[0]!.trim().split(/\s+/);
    if (words.length !== 3) return null;
    if (halves.length === 2) words.push(halves[1]!.trim());
  }
  if (words.length !== 3 && words.length !== 4) return null;
  const parts: Component[] = [];
  for (const word of words) {
    if (word === 'none') {
      parts.push({ value: 0, unit: '' });
      continue;
    }
    const match = COMPONENT.exec(word);
    if (match === null) return null;
    const value = Number(match[1]);
    if (!Number.isFinite(value)) return null;
    parts.push({ value, unit: match[2] ?? '' });
  }
  return parts;
}

function clamp01(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 1 : value;
}

/** A plain number as it is, a percentage as part of `full`; null for an angle. */
function amount(part: Component, full: number): number | null {
  if (part.unit === '') return part.value;
  return part.unit === '%' ? (part.value / 100) * full : null;
}

function fraction(part: Component): number | null {
  return amount(part, 1);
}

/** Degrees; a plain number is degrees; null for a percentage. */
function angle(part: Component): number | null {
  switch (part.unit) {
    case '':
    case 'deg':
      return part.value;
    case 'grad':
      return part.value * 0.9;
    case 'rad':
      return (part.value * 180) / Math.PI;
    case 'turn':
      return part.value * 360;
    default:
      return null;
  }
}

function byte(value01: number): number {
  return Math.round(clamp01(value01) * 255);
}

function rgbFrom(parts: Component[]): number | null {
  const red = amount(parts[0]!, 255);
  const green = amount(parts[1]!, 255);
  const blue = amount(parts[2]!, 255);
  if (red === null || green === null || blue === null) return null;
  return (byte(red / 255) << 16) | (byte(green / 255) << 8) | byte(blue / 255);
}

function hslFrom(parts: Component[]): number | null {
  const hue = angle(parts[0]!);
  // CSS: saturation and lightness are percentages; a plain number means the same.
  const saturation = parts[1]!.unit === '' || parts[1]!.unit === '%' ? clamp01(parts[1]!.value / 100) : null;
  const lightness = parts[2]!.unit === '' || parts[2]!.unit === '%' ? clamp01(parts[2]!.value / 100) : null;
  if (hue === null || saturation === null || lightness === null) return null;
  const twelfths = (((hue % 360) + 360) % 360) / 30;
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + twelfths) % 12;
    return byte(lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return (channel(0) << 16) | (channel(8) << 8) | channel(4);
}

function oklchFrom(parts: Component[]): number | null {
  const lightness = fraction(parts[0]!);
  const chroma = amount(parts[1]!, 0.4);
  const hue = angle(parts[2]!);
  if (lightness === null || chroma === null || hue === null) return null;
  return oklchToRgb24(lightness, chroma, hue);
}
