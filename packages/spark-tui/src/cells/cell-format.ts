/**
 * The numbers a cell is made of. A cell is four 32-bit words:
 *
 *   word 0 glyph   bits 0–20 code point, or cluster id when bit 21 is set; bits 22–23 width (1, 2;
 *                  3 = continuation of the wide glyph to the left); bit 27 width is uncertain in
 *                  some terminals. 0 = blank.
 *   word 1 fg      ARGB with alpha 1–255, or a tagged value (alpha 0); 0 = terminal default
 *   word 2 bg      the same
 *   word 3 style   bits 0–7 attributes, bits 8–10 underline style, bits 16–31 extra id
 */

/** Words a cell takes. */
export const CELL_WORDS = 4;

/** What of a run word belongs into a cell. */
export const GLYPH_MASK = 0x08ff_ffff;
/** Set when bits 0–20 are a cluster id and not a code point. */
export const GLYPH_CLUSTER = 1 << 21;
/** Bits 0–20: code point or cluster id. */
export const GLYPH_ID_MASK = 0x001f_ffff;
/** Set when terminals disagree about the width. */
export const GLYPH_UNCERTAIN = 1 << 27;
export const GLYPH_WIDTH_SHIFT = 22;
export const GLYPH_WIDTH_MASK = 3 << 22;
/** Width bits of a head that takes two cells. */
export const GLYPH_WIDE = 2 << 22;
/** The glyph word of the right half of a wide glyph. */
export const GLYPH_CONTINUATION = 3 << 22;
/** U+0020 as a glyph; `CellBuffer.set` stores it as a blank. */
export const GLYPH_SPACE = 0x20 | (1 << 22);

/** Where the underline style starts in word 3. */
export const STYLE_UNDERLINE_SHIFT = 8;

/** Most columns or rows a screen may have. */
export const MAX_SIDE_CELLS = 0x7fff;
