/**
 * The pen of a text with escape sequences: what SGR and OSC 8 said so far.
 *
 *   parameters: numbers divided by `;`, sub-parameters by `:`; an empty one is 0
 *   38, 48, 58:  ;5;n   ;2;r;g;b   :5:n   :2:r:g:b   :2:colour space:r:g:b
 *
 * Sources: ECMA-48 §8.3.117, ITU-T T.416 §13.1.8, XTerm Control Sequences (58, 59 and 4:n: kitty).
 */
import type { UnderlineName } from './attributes.ts';
import { safeLink } from './safe-link.ts';
import type { TextPart } from './text-part.ts';

/** Parameters and sub-parameters of one sequence that are read; no sensible one has more. */
const MAX_PARAMS = 256;
const MAX_VALUE = 0xffff;

const UNDERLINES: readonly (UnderlineName | null)[] = [null, 'single', 'double', 'curly', 'dotted', 'dashed'];

type PartColor = string | number | undefined;

export class AnsiPen {
  private fg: PartColor;
  private bg: PartColor;
  private underlineColor: PartColor;
  private underline: UnderlineName | null = null;
  private bold = false;
  private dim = false;
  private italic = false;
  private blink = false;
  private inverse = false;
  private hidden = false;
  private strikethrough = false;
  private link = '';
  /** Values of the sequence, and for each whether it is a sub-parameter of the one before. */
  private readonly values: number[] = [];
  private readonly isSub: boolean[] = [];

  /** Applies the parameters of an SGR sequence, `text` from `from` to `to`. */
  apply(text: string, from: number, to: number): void {
    const { values } = this;
    if (!this.split(text, from, to)) return;
    for (let i = 0; i < values.length; ) i = this.applyOne(i);
  }

  /** Sets the link of what follows; `''` and what may not be linked to end it. */
  setLink(address: string): void {
    this.link = address === '' ? '' : safeLink(address);
  }

  /** A part in this pen. */
  part(text: string): TextPart {
    const part: { -readonly [K in keyof TextPart]: TextPart[K] } = { text };
    if (this.fg !== undefined) part.fg = this.fg;
    if (this.bg !== undefined) part.bg = this.bg;
    if (this.bold) part.bold = true;
    if (this.dim) part.dim = true;
    if (this.italic) part.italic = true;
    if (this.underline !== null) part.underline = this.underline;
    if (this.underlineColor !== undefined) part.underlineColor = this.underlineColor;
    if (this.blink) part.blink = true;
    if (this.inverse) part.inverse = true;
    if (this.hidden) part.hidden = true;
    if (this.strikethrough) part.strikethrough = true;
    if (this.link !== '') part.link = this.link;
    return part;
  }

  /** False when there is something between the numbers that does not belong there. */
  private split(text: string, from: number, to: number): boolean {
    const { values, isSub } = this;
    values.length = isSub.length = 0;
    let value = 0;
    let sub = false;
    for (let i = from; i <= to && values.length < MAX_PARAMS; i++) {
      const code = i < to ? text.charCodeAt(i) : 0x3b;
      if (code >= 0x30 && code <= 0x39) {
        value = Math.min(MAX_VALUE, value * 10 + code - 0x30);
        continue;
      }
      if (code > 0x3b) return false;
      values.push(value);
      isSub.push(sub);
      value = 0;
      sub = code === 0x3a;
    }
    return true;
  }

  /** Applies the parameter at `i`; returns the index of the next one. */
  private applyOne(i: number): number {
    const { values, isSub } = this;
    const value = values[i];
    let next = i + 1;
    while (next < values.length && isSub[next]) next++;
    if (value === 38 || value === 48 || value === 58) return this.applyColor(value, i, next);
    if (value === 4) {
      const style = next > i + 1 ? UNDERLINES[values[i + 1]] : 'single';
      if (style !== undefined) this.underline = style;
      return next;
    }
    // Sub-parameters of anything else mean something unknown.
    if (next > i + 1) return next;
    if (value >= 30 && value <= 37) this.fg = `ansi:${value - 30}`;
    else if (value >= 90 && value <= 97) this.fg = `ansi:${value - 82}`;
    else if (value >= 40 && value <= 47) this.bg = `ansi:${value - 40}`;
    else if (value >= 100 && value <= 107) this.bg = `ansi:${value - 92}`;
    else this.applySimple(value);
    return next;
  }

  private applySimple(value: number): void {
    switch (value) {
      case 0:
        this.reset();
        break;
      case 1:
        this.bold = true;
        break;
      case 2:
        this.dim = true;
        break;
      case 3:
        this.italic = true;
        break;
      case 5:
      case 6:
        this.blink = true;
        break;
      case 7:
        this.inverse = true;
        break;
      case 8:
        this.hidden = true;
        break;
      case 9:
        this.strikethrough = true;
        break;
      case 21:
        this.underline = 'double';
        break;
      case 22:
        this.bold = this.dim = false;
        break;
      case 23:
        this.italic = false;
        break;
      case 24:
        this.underline = null;
        break;
      case 25:
        this.blink = false;
        break;
      case 27:
        this.inverse = false;
        break;
      case 28:
        this.hidden = false;
        break;
      case 29:
        this.strikethrough = false;
        break;
      case 39:
        this.fg = undefined;
        break;
      case 49:
        this.bg = undefined;
        break;
      case 59:
        this.underlineColor = undefined;
        break;
      default: // Not known: nothing.
    }
  }

  /** SGR 0 takes away everything but the link. */
  private reset(): void {
    this.fg = this.bg = this.underlineColor = undefined;
    this.underline = null;
    this.bold = this.dim = this.italic = this.blink = this.inverse = this.hidden = this.strikethrough = false;
  }

  /** A colour by index or channels; `next` is the first parameter after the sub-parameters of `i`. */
  private applyColor(target: number, i: number, next: number): number {
    const { values } = this;
    if (next > i + 1) {
      const count = next - i - 1;
      const kind = values[i + 1];
      if (kind === 5 && count >= 2) this.setColor(target, indexed(values[i + 2]));
      // With four or more after the kind, the first is a colour space.
      else if (kind === 2 && count >= 4) this.setColor(target, rgb(values, count >= 5 ? i + 3 : i + 2));
      return next;
    }
    const kind = values[i + 1];
    if (kind === 5) {
      if (i + 2 < values.length) this.setColor(target, indexed(values[i + 2]));
      return i + 3;
    }
    if (kind === 2) {
      if (i + 4 < values.length) this.setColor(target, rgb(values, i + 2));
      return i + 5;
    }
    // Nobody knows where an unknown kind ends.
    return values.length;
  }

  /** A colour that cannot be is no change. */
  private setColor(target: number, color: PartColor): void {
    if (color === undefined) return;
    if (target === 38) this.fg = color;
    else if (target === 48) this.bg = color;
    else this.underlineColor = color;
  }
}

function indexed(index: number): PartColor {
  return index <= 255 ? `ansi:${index}` : undefined;
}

/** `0xRRGGBB` of three values from `at` on. */
function rgb(values: readonly number[], at: number): PartColor {
  const red = values[at];
  const green = values[at + 1];
  const blue = values[at + 2];
  return red <= 255 && green <= 255 && blue <= 255 ? (red << 16) | (green << 8) | blue : undefined;
}
