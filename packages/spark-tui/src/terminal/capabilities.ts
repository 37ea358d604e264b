/**
 * What a terminal can do and how it looks, as far as it said so: a plain record, all false or unknown at
 * first. `CapabilityQuery` (queries.ts) fills it from the terminal's answers and the table of known terminals
 * (quirks.ts); every change is a new record, so that a signal can hold it.
 */
import { argb, blueOf, COLOR_UNSET, greenOf, redOf } from '../style/index.ts';

/** A colour scheme of the terminal; `'unknown'` until it says something about it. */
export type ColorScheme = 'dark' | 'light' | 'unknown';

/** How a terminal shows desktop notifications: the number of its operating system command. */
export type NotificationKind = 'none' | 'osc9' | 'osc777' | 'osc99';

/** A size in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * What is known of a terminal. A `false` means "not known to": terminals that answer no questions leave
 * everything false.
 *
 * @example
 * const capabilities = terminalCapabilities();
 * text({ content: () => capabilities.value.name || 'a terminal without a name' });
 */
export interface TerminalCapabilities {
  /** All answers that come at once are here: the terminal has answered the last question of the batch. */
  readonly settled: boolean;
  /** Name in lower case (`'kitty'`, `'xterm'`, `'tmux'`, …), `''` unknown. */
  readonly name: string;
  /** As the terminal writes it, `''` unknown. */
  readonly version: string;
  /** Frames can be shown at once (mode 2026). */
  readonly synchronized: boolean;
  /** Text is measured by grapheme clusters when asked for (mode 2027). */
  readonly graphemeClusters: boolean;
  /** Changes of the colour scheme are reported (mode 2031). */
  readonly colorSchemeReports: boolean;
  /** Changes of the size are reported in the input (mode 2048). */
  readonly inBandResize: boolean;
  /** Regions narrower than the screen can scroll (mode 69). */
  readonly margins: boolean;
  /** The kitty keyboard protocol is spoken. */
  readonly kittyKeyboard: boolean;
  /** Its flags that were in force when asked. */
  readonly kittyKeyboardFlags: number;
  /** Default text colour as a packed colour, 0 unknown. */
  readonly foreground: number;
  /** Default background as a packed colour, 0 unknown. */
  readonly background: number;
  /** The default background is dark; null unknown. */
  readonly darkBackground: boolean | null;
  /** What the terminal calls its colours, else what its background looks like. */
  readonly colorScheme: ColorScheme;
  /** Null unknown. */
  readonly cellPixels: PixelSize | null;
  /** The area of the cells; null unknown. */
  readonly windowPixels: PixelSize | null;
  /** 24-bit colours are shown. */
  readonly trueColor: boolean;
  /** OSC 8. */
  readonly hyperlinks: boolean;
  /** Text can be put into the clipboard (OSC 52). */
  readonly clipboard: boolean;
  readonly notifications: NotificationKind;
  /** OSC 9;4. */
  readonly progress: boolean;
  /** OSC 22 with the names of CSS. */
  readonly pointerShapes: boolean;
  /** Double, curly, dotted and dashed underlines. */
  readonly underlineStyles: boolean;
  /** Parameters of the answer to DA1, empty unknown. */
  readonly deviceAttributes: readonly number[];
}

/** What is known before anything is known. */
export const UNKNOWN_CAPABILITIES: TerminalCapabilities = {
  settled: false,
  name: '',
  version: '',
  synchronized: false,
  graphemeClusters: false,
  colorSchemeReports: false,
  inBandResize: false,
  margins: false,
  kittyKeyboard: false,
  kittyKeyboardFlags: 0,
  foreground: COLOR_UNSET,
  background: COLOR_UNSET,
  darkBackground: null,
  colorScheme: 'unknown',
  cellPixels: null,
  windowPixels: null,
  trueColor: false,
  hyperlinks: false,
  clipboard: false,
  notifications: 'none',
  progress: false,
  pointerShapes: false,
  underlineStyles: false,
  deviceAttributes: [],
};

const XPARSE_RGB = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})(?:\/[0-9a-f]{1,4})?$/i;
const XPARSE_HASH = /^#((?:[0-9a-f]{3}){1,4})$/i;

/**
 * A colour as X11 spells it in answers (`rgb:1c1c/1c1c/1c1c`, `#1c1c1c`), packed; `COLOR_UNSET` when it is none.
 *
 * @internal
 */
export function parseColorSpec(spec: string): number {
  const rgb = XPARSE_RGB.exec(spec);
  if (rgb !== null) return argb(255, channel(rgb[1]!), channel(rgb[2]!), channel(rgb[3]!));
  const hash = XPARSE_HASH.exec(spec)?.[1];
  if (hash === undefined) return COLOR_UNSET;
  const digits = hash.length / 3;
  return argb(255, channel(hash.slice(0, digits)), channel(hash.slice(digits, 2 * digits)), channel(hash.slice(2 * digits)));
}

/** One to four hexadecimal digits, scaled to 0–255. */
function channel(hex: string): number {
  return Math.round((Number.parseInt(hex, 16) * 255) / (16 ** hex.length - 1));
}

/** True when white text is easier to read on the colour than black (weights of ITU-R BT.601). @internal */
export function isDark(color: number): boolean {
  return 299 * redOf(color) + 587 * greenOf(color) + 114 * blueOf(color) < 128_000;
}
