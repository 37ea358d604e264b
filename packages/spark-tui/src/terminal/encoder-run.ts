/**
 * The inner loop of the encoder: a run of ordinary glyphs, each with the SGR that its colours ask for.
 *
 *   true colour   CSI 38;2;r;g;b;48;2;r;g;b m g      written here, up to seven bytes at a time
 *   other pens    `Pen.set`
 *
 * Invariants: `front` looks like `back` in the cells written; the pen is as the terminal's afterwards.
 */
import { CELL_WORDS, GLYPH_CLUSTER, GLYPH_ID_MASK, GLYPH_MASK as GLYPH_BITS } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { ColorDepth, EncoderCaps } from './encoder-caps.ts';
import { copyCell, GLYPH_NARROW, isOrdinary, same } from './encoder-cells.ts';
import { type Pen, penColor, penStyle } from './encoder-sgr.ts';
import { csiCountCost, rep } from './sequences.ts';

const SPACE = 0x20;
const REPLACEMENT = 0xfffd;
/** Most bytes one cell takes in `encodeRun`: two true colours and a glyph. */
const MAX_CELL_BYTES = 48;
const SGR_FINAL = 0x6d;
/** `;0` … `;255`, as the four bytes of a little-endian word, and how many of them count. */
const SGR_VALUES = new Int32Array(256);
const SGR_LENGTHS = new Uint8Array(256);
for (let n = 0; n < 256; n++) {
  const text = `;${n}`;
  for (let i = 0; i < text.length; i++) SGR_VALUES[n] |= text.charCodeAt(i) << (i * 8);
  SGR_LENGTHS[n] = text.length;
}

/** Up to seven ASCII characters as the number whose bytes they are: one store instead of two. */
function asNumber(text: string): number {
  const data = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < text.length; i++) data.setUint8(i, text.charCodeAt(i));
  return data.getFloat64(0, true);
}
const INK = asNumber('\x1b[38;2');
const PAPER = asNumber('\x1b[48;2');
/** The end of a foreground and the start of a background: `;b;48`, then `;2;r`. */
const INK_BLUE = new Float64Array(256);
const PAPER_RED = new Float64Array(256);
for (let n = 0; n < 256; n++) {
  INK_BLUE[n] = asNumber(`;${n};48`);
  PAPER_RED[n] = asNumber(`;2;${n}`);
}

/** Where the bytes of grapheme clusters come from: the `GlyphTable` of the app. */
export interface GlyphBytes {
  utf8(glyph: number): Uint8Array;
}

/** Writes ordinary glyphs from cell `first` on, until one is not or does not differ. Returns the cell after them. */
export function encodeRun(
  pen: Pen,
  caps: EncoderCaps,
  glyphs: GlyphBytes,
  front: Uint32Array,
  back: Uint32Array,
  first: number,
  end: number,
  out: ByteBuffer,
): number {
  const depth = caps.depth;
  let cell = first;
  for (;;) {
    const next = caps.repeat ? cell : encodeShort(pen, depth, front, back, cell, end, out);
    if (next > cell) {
      cell = next;
      if (stopsAt(front, back, cell, end)) return cell;
    }
    const at = cell * CELL_WORDS;
    copyCell(front, back, at);
    pen.set(out, penColor(back[at + 1] | 0, depth), penColor(back[at + 2] | 0, depth), penStyle(back[at + 3]));
    writeGlyph(glyphs, back[at], out);
    cell++;
    if (caps.repeat) {
      const count = repeatsOf(back, at, (end - cell) * CELL_WORDS);
      if (count > csiCountCost(count) && (back[at] & GLYPH_ID_MASK) < 0x7f) {
        rep(out, count);
        for (let i = 0; i < count; i++) copyCell(front, back, cell++ * CELL_WORDS);
      }
    }
    if (stopsAt(front, back, cell, end)) return cell;
  }
}

function stopsAt(front: Uint32Array, back: Uint32Array, cell: number, end: number): boolean {
  return cell >= end || !isOrdinary(back[cell * CELL_WORDS] & GLYPH_BITS) || same(front, back, cell * CELL_WORDS);
}

/**
 * The inner loop: glyphs of up to three bytes that differ, have the style of the pen, and its colours or
 * (in true colour) opaque ones. Returns the first cell that is not so. No calls and nothing reassigned but
 * numbers, so that what lies around the loop stays out of it; words are stored whole and the next ones
 * over their ends, which is what `MAX_CELL_BYTES` leaves room for.
 */
// hot: 4,800 cells of random true colours (165 KB) in 54 µs, of which storing them is 40 (Node 20)
function encodeShort(pen: Pen, depth: ColorDepth, front: Uint32Array, back: Uint32Array, first: number, end: number, out: ByteBuffer): number {
  let at = first * CELL_WORDS;
  const style = back[at + 3] | 0;
  if (!pen.known || penStyle(style) !== pen.style) return first;
  const trueColor = depth === 24;
  let penFg = pen.fg;
  let penBg = pen.bg;
  if (!trueColor) {
    // Colours as the cells have them: only cells with those of the first one are for this loop.
    if (penColor(back[at + 1] | 0, depth) !== penFg || penColor(back[at + 2] | 0, depth) !== penBg) return first;
    penFg = back[at + 1] | 0;
    penBg = back[at + 2] | 0;
  }
  out.reserve((end - first) * MAX_CELL_BYTES);
  const data = out.data;
  const values = SGR_VALUES;
  const lengths = SGR_LENGTHS;
  const inkBlue = INK_BLUE;
  const paperRed = PAPER_RED;
  /** Alpha a colour must have to be written here; no alpha is 256. */
  const opaque = trueColor ? 0xff : 256;
  const stop = end * CELL_WORDS;
  let to = out.length;
  for (; at < stop; at += CELL_WORDS) {
    const glyph = back[at] | 0;
    const fg = back[at + 1] | 0;
    const bg = back[at + 2] | 0;
    if ((back[at + 3] | 0) !== style) break;
    if ((front[at] | 0) === glyph && (front[at + 1] | 0) === fg && (front[at + 2] | 0) === bg && (front[at + 3] | 0) === style) break;
    let code = glyph - GLYPH_NARROW;
    let bytes = 1;
    if (code <= SPACE || code >= 0x7f) {
      if (code < 0xa0 || code > 0xffff || (code >= 0xd800 && code < 0xe000)) break;
      if (code < 0x800) {
        bytes = 2;
        code = 0x80c0 | (code >> 6) | ((code & 0x3f) << 8);
      } else {
        bytes = 3;
        code = 0x80_80e0 | (code >> 12) | ((code & 0xfc0) << 2) | ((code & 0x3f) << 16);
      }
    }
    if (fg !== penFg && fg >>> 24 !== opaque) break;
    if (bg !== penBg && bg >>> 24 !== opaque) break;
    // Before the bytes: so it costs least, because fewer numbers have to live through what follows.
    front[at] = glyph;
    front[at + 1] = fg;
    front[at + 2] = bg;
    front[at + 3] = style;
    if (fg !== penFg) {
      penFg = fg;
      data.setFloat64(to, INK, true);
      to += 6;
      data.setInt32(to, values[(fg >>> 16) & 0xff], true);
      to += lengths[(fg >>> 16) & 0xff];
      data.setInt32(to, values[(fg >>> 8) & 0xff], true);
      to += lengths[(fg >>> 8) & 0xff];
      if (bg === penBg) {
        data.setInt32(to, values[fg & 0xff], true);
        to += lengths[fg & 0xff];
      } else {
        penBg = bg;
        data.setFloat64(to, inkBlue[fg & 0xff], true);
        to += lengths[fg & 0xff] + 3;
        data.setFloat64(to, paperRed[(bg >>> 16) & 0xff], true);
        to += lengths[(bg >>> 16) & 0xff] + 2;
        data.setInt32(to, values[(bg >>> 8) & 0xff], true);
        to += lengths[(bg >>> 8) & 0xff];
        data.setInt32(to, values[bg & 0xff], true);
        to += lengths[bg & 0xff];
      }
      code = SGR_FINAL | (code << 8);
      bytes++;
    } else if (bg !== penBg) {
      penBg = bg;
      data.setFloat64(to, PAPER, true);
      to += 6;
      data.setInt32(to, values[(bg >>> 16) & 0xff], true);
      to += lengths[(bg >>> 16) & 0xff];
      data.setInt32(to, values[(bg >>> 8) & 0xff], true);
      to += lengths[(bg >>> 8) & 0xff];
      data.setInt32(to, values[bg & 0xff], true);
      to += lengths[bg & 0xff];
      code = SGR_FINAL | (code << 8);
      bytes++;
    }
    data.setInt32(to, code, true);
    to += bytes;
  }
  if (trueColor) {
    pen.fg = penFg;
    pen.bg = penBg;
  }
  out.length = to;
  return at / CELL_WORDS;
}

export function writeGlyph(glyphs: GlyphBytes, glyph: number, out: ByteBuffer): void {
  const code = glyph & GLYPH_ID_MASK;
  if ((glyph & GLYPH_CLUSTER) !== 0) out.append(glyphs.utf8(glyph));
  else if (code >= SPACE && code < 0x7f) out.byte(code);
  // The last line of defence: no control character and no half of a surrogate pair leaves here.
  else if (code < 0xa0 || (code >= 0xd800 && code < 0xe000)) out.codePoint(REPLACEMENT);
  else out.codePoint(code);
}

/** How many cells after the one at `at` equal it, up to `limit` words on. */
function repeatsOf(words: Uint32Array, at: number, limit: number): number {
  let offset = 0;
  while (offset < limit && words[at + offset + CELL_WORDS] === words[at + (offset & 3)]) offset++;
  return offset >> 2;
}
