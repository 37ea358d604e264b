/**
 * The pen: which colours and attributes the terminal writes with now, and the shortest SGR sequence
 * to the ones wanted. The pen lives on from frame to frame.
 *
 *   style   bits 0–7 attributes, bits 8–10 underline style (0 unless underlined), bits 16–31 extra id
 *   colour  0 terminal default, 0x0002_00nn palette, 0xffrr_ggbb (as a signed 32-bit integer)
 *
 * The extra id stands for a link (`encoder-link.ts`) and a colour of the underline, which is asked for only
 * where something is underlined. Every change is written as a difference; where that takes something away, "reset, then set" is
 * tried too and the shorter one stays.
 */
import {
  ATTR_BOLD,
  ATTR_DIM,
  ATTR_INVERSE,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  reduceColor,
  UNDERLINE_MASK,
  UNDERLINE_SHIFT,
  UNDERLINE_SINGLE,
} from '../style/index.ts';
import type { ExtraSource } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { ColorDepth, EncoderCaps } from './encoder-caps.ts';
import { NO_EXTRAS, sameLink, writeLink } from './encoder-link.ts';
import { CSI, sgrReset } from './sequences.ts';

const SEMICOLON = 0x3b;
const COLON = 0x3a;
const FINAL = 0x6d;
const ATTR_BITS = 0xff;
const STYLE_BITS = ATTR_BITS | UNDERLINE_MASK;
const EXTRA_BITS = 0xffff_0000 | 0;
const EXTRA_SHIFT = 16;
/** In the pen's style only: the colour of underlines is one of the frame before, so the style is no cell's. */
const FOREIGN_UNDERLINE = 1 << 15;
const TAG_PALETTE = 2;
/** Underline style "single": the same as an underline without a style. */
const SINGLE = UNDERLINE_SINGLE << UNDERLINE_SHIFT;

/** Attributes that show on a cell without a glyph. */
export const BLANK_ATTRIBUTES = ATTR_UNDERLINE | ATTR_INVERSE | ATTR_STRIKETHROUGH;
/** The same, and links: a blank that can be clicked must be written as a space of the link, never erased. */
export const BLANK_VISIBLE = BLANK_ATTRIBUTES | EXTRA_BITS;

/** SGR parameter that switches attribute bit n on, and the one that switches it off. */
const ATTR_ON = [1, 2, 3, 4, 5, 7, 8, 9];
const ATTR_OFF = [22, 22, 23, 24, 25, 27, 28, 29];

/** A colour as the pen compares it: one number for each colour the terminal can be asked for. */
export function penColor(color: number, depth: ColorDepth): number {
  if (color === 0) return 0;
  if (depth === 24) {
    if (color >>> 24 !== 0) return color | 0xff00_0000 | 0;
    return color >>> 16 === TAG_PALETTE ? color | 0 : 0;
  }
  const reduced = reduceColor(color, depth);
  return reduced >>> 16 === TAG_PALETTE ? reduced : 0;
}

/** The part of cell word 3 the pen is about. */
export function penStyle(style: number): number {
  if ((style & ATTR_UNDERLINE) === 0 || (style & UNDERLINE_MASK) === SINGLE) return style & (ATTR_BITS | EXTRA_BITS);
  return style & (STYLE_BITS | EXTRA_BITS);
}

/** Room for the longest SGR sequence there is: all attributes off and on, three true colours. */
const MAX_SGR_BYTES = 160;

/** Decimal digits of 0–255 and a separator, as the four bytes of a little-endian word. */
const PARAMS = new Int32Array(256);
/** How many of the four bytes count. */
const PARAM_LENGTHS = new Uint8Array(256);
for (let n = 0; n < 256; n++) {
  const text = `${n};`;
  for (let i = 0; i < text.length; i++) PARAMS[n] |= text.charCodeAt(i) << (i * 8);
  PARAM_LENGTHS[n] = text.length;
}
/** `38;2` and `48;2` in the same form. */
const TRUE_COLOR_FG = 0x323b_3833;
const TRUE_COLOR_BG = 0x323b_3834;

/** Writes a parameter from 0 to 255 and its separator at `at`; returns the offset after them. */
function param(data: DataView, at: number, value: number): number {
  data.setInt32(at, PARAMS[value], true);
  return at + PARAM_LENGTHS[value];
}

/**
 * Writes the SGR parameters of one colour at `at`, each followed by a separator, and returns the
 * offset after them; there must be room for 20 bytes. `base` is 30 for the foreground and 40 for the
 * background. `color` is what `penColor` returns for the same `depth`.
 */
// hot: most of a true-colour frame (see Encoder.encodeRun for its figure)
export function writeColor(data: DataView, at: number, color: number, base: 30 | 40, depth: ColorDepth): number {
  if (color < 0) {
    // alpha 255: the sign bit
    const params = PARAMS;
    const lengths = PARAM_LENGTHS;
    let next = at;
    data.setInt32(next, base === 30 ? TRUE_COLOR_FG : TRUE_COLOR_BG, true);
    data.setUint8(next + 4, SEMICOLON);
    const red = (color >>> 16) & 0xff;
    const green = (color >>> 8) & 0xff;
    const blue = color & 0xff;
    next += 5;
    data.setInt32(next, params[red], true);
    next += lengths[red];
    data.setInt32(next, params[green], true);
    next += lengths[green];
    data.setInt32(next, params[blue], true);
    return next + lengths[blue];
  }
  if (color === 0 || depth === 1) return param(data, at, base + 9);
  const index = color & 0xff;
  if (index < 8) return param(data, at, base + index);
  if (index < 16) return param(data, at, base + 52 + index);
  let next = param(data, at, base + 8);
  next = param(data, next, 5);
  return param(data, next, index);
}

/**
 * The same for the colour of underlines, with colons: a terminal that does not know 58 then skips all of it,
 * where semicolons would leave it with attributes nobody meant.
 */
function writeUnderlineColor(data: DataView, start: number, color: number): number {
  if (color === 0) return param(data, start, 59);
  let at = colonParam(data, start, 58);
  if (color > 0) return param(data, colonParam(data, at, 5), color & 0xff);
  at = colonParam(data, at, 2);
  data.setUint8(at++, COLON); // the colour space is left out
  at = colonParam(data, at, (color >>> 16) & 0xff);
  at = colonParam(data, at, (color >>> 8) & 0xff);
  return param(data, at, color & 0xff);
}

function colonParam(data: DataView, start: number, value: number): number {
  const at = param(data, start, value);
  data.setUint8(at - 1, COLON);
  return at;
}

export class Pen {
  /** False after something else wrote: then only a reset makes it known. */
  known = false;
  fg = 0;
  bg = 0;
  style = 0;
  /** Colour of underlines, 0 that of the text. It may differ from what `style` says while nothing is underlined. */
  underline = 0;
  /** Extra id of the link that is open, 0 none. */
  link = 0;
  private caps: EncoderCaps;
  private depth: ColorDepth;
  private readonly extras: ExtraSource;

  constructor(caps: EncoderCaps, extras: ExtraSource = NO_EXTRAS) {
    this.caps = caps;
    this.depth = caps.depth;
    this.extras = extras;
  }

  /** The terminal can do more or less than was thought. */
  configure(caps: EncoderCaps): void {
    const { depth, underlineStyles, underlineColors } = this.caps;
    if (caps.depth !== depth || caps.underlineStyles !== underlineStyles || caps.underlineColors !== underlineColors) this.known = false;
    this.caps = caps;
    this.depth = caps.depth;
  }

  forget(): void {
    this.known = false;
  }

  /** Back to default colours and no attributes. */
  reset(out: ByteBuffer): void {
    this.closeLink(out);
    sgrReset(out);
    this.take(0, 0, 0, 0);
  }

  /** Closes an open link. Extra ids mean something for a frame only: the pen keeps none. */
  endFrame(out: ByteBuffer): void {
    this.closeLink(out);
    if (this.style >>> EXTRA_SHIFT !== 0) this.style = (this.style & STYLE_BITS) | FOREIGN_UNDERLINE;
  }

  /** True when a cell without a glyph on `bg` can be written as things are. */
  fitsBlank(bg: number): boolean {
    return this.known && this.bg === bg && (this.style & BLANK_VISIBLE) === 0;
  }

  /** What the pen's style may stay for a blank with the extra id of `style` and nothing that shows. */
  blankStyle(style: number): number {
    return (this.style & STYLE_BITS & ~(BLANK_ATTRIBUTES | UNDERLINE_MASK)) | (style & EXTRA_BITS);
  }

  /** True when a glyph with these can be written as things are. */
  fits(fg: number, bg: number, style: number): boolean {
    return this.known && this.fg === fg && this.bg === bg && this.style === style;
  }

  /** Makes the pen write blanks on `bg`, outside of links; what does not show on a blank may become anything. */
  setBlank(out: ByteBuffer, bg: number): void {
    if (this.fitsBlank(bg)) return;
    this.closeLink(out);
    const start = out.length;
    const bare = this.blankStyle(0);
    if (this.known) {
      this.writeDelta(out, this.fg, bg, bare, this.underline);
      const middle = out.length;
      if (middle - start <= 3) {
        this.take(this.fg, bg, bare, this.underline);
        return;
      }
      this.writeReset(out, 0, bg, 0, 0);
      if (out.length - middle >= middle - start) {
        out.length = middle;
        this.take(this.fg, bg, bare, this.underline);
        return;
      }
      out.remove(start, middle);
    } else {
      this.writeReset(out, 0, bg, 0, 0);
    }
    this.take(0, bg, 0, 0);
  }

  /** Makes the pen exactly this. Arguments come from `penColor` and `penStyle`. */
  set(out: ByteBuffer, fg: number, bg: number, style: number): void {
    if (this.fits(fg, bg, style)) return;
    if (this.link !== 0 || style >>> EXTRA_SHIFT !== 0) this.setLink(out, style >>> EXTRA_SHIFT);
    const underline = this.underlineOf(style);
    if (!this.known) {
      this.writeReset(out, fg, bg, style, underline);
      this.take(fg, bg, style, underline);
      return;
    }
    if (style === this.style && fg !== 0 && bg !== 0 && underline === this.underline) {
      this.setColors(out, fg, bg);
      return;
    }
    const start = out.length;
    const takesAway =
      (this.style & ATTR_BITS & ~style) !== 0 ||
      (fg === 0 && this.fg !== 0) ||
      (bg === 0 && this.bg !== 0) ||
      (underline === 0 && this.underline !== 0);
    this.writeDelta(out, fg, bg, style, underline);
    const middle = out.length;
    if (takesAway && middle - start > 3) {
      this.writeReset(out, fg, bg, style, underline);
      if (out.length - middle < middle - start) out.remove(start, middle);
      else out.length = middle;
    }
    this.take(fg, bg, style, underline);
  }

  /** The colour underlines must have for a style: any, when it has none. */
  private underlineOf(style: number): number {
    if ((style & ATTR_UNDERLINE) === 0) return this.underline;
    if (style >>> EXTRA_SHIFT === 0 || !this.caps.underlineColors) return 0;
    return penColor(this.extras.underlineColor(style >>> EXTRA_SHIFT) | 0, this.depth);
  }

  private setLink(out: ByteBuffer, extra: number): void {
    if (!this.caps.hyperlinks || sameLink(this.extras, this.link, extra)) return;
    writeLink(out, this.extras, extra);
    this.link = this.extras.link(extra) === '' ? 0 : extra;
  }

  private closeLink(out: ByteBuffer): void {
    if (this.link === 0) return;
    writeLink(out, this.extras, 0);
    this.link = 0;
  }

  /** The common change: other colours than the default ones, the same attributes. */
  private setColors(out: ByteBuffer, fg: number, bg: number): void {
    out.reserve(MAX_SGR_BYTES);
    const data = out.data;
    data.setUint16(out.length, CSI, true);
    let at = out.length + 2;
    if (fg !== this.fg) at = writeColor(data, at, fg, 30, this.depth);
    if (bg !== this.bg) at = writeColor(data, at, bg, 40, this.depth);
    data.setUint8(at - 1, FINAL); // in place of the last separator
    out.length = at;
    this.fg = fg;
    this.bg = bg;
  }

  private take(fg: number, bg: number, style: number, underline: number): void {
    this.known = true;
    this.fg = fg;
    this.bg = bg;
    this.style = style;
    this.underline = underline;
  }

  private writeDelta(out: ByteBuffer, fg: number, bg: number, style: number, underline: number): void {
    if (fg === this.fg && bg === this.bg && underline === this.underline && ((style ^ this.style) & STYLE_BITS) === 0) return;
    out.reserve(MAX_SGR_BYTES);
    const data = out.data;
    data.setUint16(out.length, CSI, true);
    let at = out.length + 2;
    const old = this.style;
    if (((old ^ style) & STYLE_BITS) !== 0) {
      let off = old & ATTR_BITS & ~style;
      let on = style & ATTR_BITS & ~old;
      if ((off & (ATTR_BOLD | ATTR_DIM)) !== 0) {
        on |= style & (ATTR_BOLD | ATTR_DIM);
        off = (off & ~(ATTR_BOLD | ATTR_DIM)) | ATTR_BOLD;
      }
      if (((old ^ style) & UNDERLINE_MASK) !== 0) on |= style & ATTR_UNDERLINE;
      for (let bit = 0; off >>> bit !== 0; bit++) if ((off & (1 << bit)) !== 0) at = param(data, at, ATTR_OFF[bit]);
      at = this.writeAttributes(data, at, on, style);
    }
    if (fg !== this.fg) at = writeColor(data, at, fg, 30, this.depth);
    if (bg !== this.bg) at = writeColor(data, at, bg, 40, this.depth);
    if (underline !== this.underline) at = writeUnderlineColor(data, at, underline);
    data.setUint8(at - 1, FINAL); // in place of the last separator
    out.length = at;
  }

  private writeReset(out: ByteBuffer, fg: number, bg: number, style: number, underline: number): void {
    if (fg === 0 && bg === 0 && (style & STYLE_BITS) === 0 && underline === 0) {
      sgrReset(out);
      return;
    }
    out.reserve(MAX_SGR_BYTES);
    const data = out.data;
    data.setUint16(out.length, CSI, true);
    let at = out.length + 2;
    data.setUint8(at++, SEMICOLON); // an empty first parameter is 0: reset
    at = this.writeAttributes(data, at, style & ATTR_BITS, style);
    if (fg !== 0) at = writeColor(data, at, fg, 30, this.depth);
    if (bg !== 0) at = writeColor(data, at, bg, 40, this.depth);
    if (underline !== 0) at = writeUnderlineColor(data, at, underline);
    data.setUint8(at - 1, FINAL);
    out.length = at;
  }

  private writeAttributes(data: DataView, start: number, on: number, style: number): number {
    let at = start;
    for (let bit = 0; on >>> bit !== 0; bit++) {
      if ((on & (1 << bit)) === 0) continue;
      const underlineStyle = (style & UNDERLINE_MASK) >>> UNDERLINE_SHIFT;
      if (1 << bit === ATTR_UNDERLINE && underlineStyle > 0 && this.caps.underlineStyles) {
        at = param(data, at, 4);
        data.setUint8(at - 1, COLON);
        at = param(data, at, underlineStyle);
      } else {
        at = param(data, at, ATTR_ON[bit]);
      }
    }
    return at;
  }
}
