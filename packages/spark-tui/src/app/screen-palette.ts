/**
 * Which real colours a screen file shows: cells hold palette entries and "the terminal's default", a
 * picture needs red, green and blue. All numbers here are `0xRRGGBB`.
 */
import { OptionError } from '../base/index.ts';
import { ATTR_DIM, ATTR_INVERSE, type ColorInput, isPalette, isRgb, paletteToRgb, parseColor } from '../style/index.ts';
import type { Look } from './screen-spans.ts';

/** The colours of the terminal a picture of a screen pretends to be. What is absent is as in xterm. */
export interface ScreenPalette {
  /** The default text colour. Default `#e5e5e5`. */
  readonly foreground?: ColorInput;
  /** The default background. Default black. */
  readonly background?: ColorInput;
  /** The palette from entry 0 on: usually 16 colours, at most 256. */
  readonly colors?: readonly ColorInput[];
}

const DEFAULT_FOREGROUND = 0xe5e5e5;
const DEFAULT_BACKGROUND = 0x000000;
/** How much of the text colour is left when dim, in percent. */
const DIM_PERCENT = 60;

/** The colours of one look, resolved. */
export interface Inks {
  readonly text: number;
  readonly background: number;
  readonly underline: number;
}

export class Palette {
  readonly foreground: number;
  readonly background: number;
  private readonly colors: readonly number[];
  private readonly known = new Map<Look, Inks>();

  /** @throws OptionError when a colour is no RGB colour; `caller` is named in the message. */
  constructor(caller: string, palette: ScreenPalette = {}) {
    if (typeof palette !== 'object' || palette === null) throw new OptionError(`${caller}: palette is ${String(palette)}; expected an object of colours`);
    const { foreground, background, colors = [] } = palette;
    this.foreground = foreground === undefined ? DEFAULT_FOREGROUND : rgb(`${caller}: palette.foreground`, foreground);
    this.background = background === undefined ? DEFAULT_BACKGROUND : rgb(`${caller}: palette.background`, background);
    if (!Array.isArray(colors) || colors.length > 256) throw new OptionError(`${caller}: palette.colors must be a list of at most 256 colours`);
    this.colors = colors.map((color, i) => rgb(`${caller}: palette.colors[${i}]`, color));
  }

  /** What a look shows: inverse swapped, dim mixed with the background. */
  inks(look: Look): Inks {
    let inks = this.known.get(look);
    if (inks === undefined) {
      inks = this.resolve(look);
      this.known.set(look, inks);
    }
    return inks;
  }

  private resolve({ fg, bg, attrs, underlineColor }: Look): Inks {
    let text = this.rgb(fg, this.foreground);
    let background = this.rgb(bg, this.background);
    if ((attrs & ATTR_INVERSE) !== 0) [text, background] = [background, text];
    if ((attrs & ATTR_DIM) !== 0) text = mix(text, background, DIM_PERCENT);
    return { text, background, underline: underlineColor === 0 ? text : this.rgb(underlineColor, text) };
  }

  private rgb(color: number, fallback: number): number {
    if (isRgb(color)) return color & 0xff_ffff;
    if (!isPalette(color)) return fallback;
    const index = color & 0xff;
    return this.colors[index] ?? paletteToRgb(index) & 0xff_ffff;
  }
}

/** `percent` of `over` and the rest of `under`, channel by channel. */
export function mix(over: number, under: number, percent: number): number {
  let out = 0;
  for (const shift of [16, 8, 0]) {
    const channel = ((over >>> shift) & 0xff) * percent + ((under >>> shift) & 0xff) * (100 - percent);
    out |= Math.round(channel / 100) << shift;
  }
  return out;
}

/** `#rrggbb`, or `#rgb` where that is the same. */
export function hex(color: number): string {
  const digits = color.toString(16).padStart(6, '0');
  const [a, b, c, d, e, f] = digits;
  return a === b && c === d && e === f ? `#${a}${c}${e}` : `#${digits}`;
}

function rgb(what: string, input: ColorInput): number {
  const color = parseColor(input);
  if (!isRgb(color)) throw new OptionError(`${what} is ${JSON.stringify(input)}; expected a colour with red, green and blue`);
  return color & 0xff_ffff;
}
