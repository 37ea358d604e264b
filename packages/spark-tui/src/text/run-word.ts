/**
 * The run word: one `u32` a grapheme cluster, the form in which text is stored, wrapped, measured and painted.
 *
 *   bit 27        26           25              24             23 22   21          20 … 0
 *   ┌───────────┬────────────┬───────────────┬──────────────┬───────┬───────────┬────────────────────────┐
 *   │ uncertain │ white      │ hard line end │ break        │ width │ cluster   │ code point, or cluster │
 *   │ width     │ space      │ (no glyph)    │ allowed after│ 0–2   │           │ id when bit 21 is set  │
 *   └───────────┴────────────┴───────────────┴──────────────┴───────┴───────────┴────────────────────────┘
 *
 * A word of width 0 is a cluster with nothing to stand on (a combining mark at the start of a text): it takes no cell.
 */

/** Bits 0–20: code point or cluster id. */
export const WORD_VALUE_MASK = 0x1fffff;
/** Bit 21: bits 0–20 are a cluster id of the glyph table. */
export const WORD_CLUSTER = 1 << 21;
/** Bits 0–21: what a glyph table turns into text. */
export const WORD_GLYPH_MASK = 0x3fffff;
/** Width in cells is bits 22–23. */
export const WORD_WIDTH_SHIFT = 22;
/** Bit 24: a line may break after this word. */
export const WORD_BREAK_AFTER = 1 << 24;
/** Bit 25: the word ends a hard line and is no glyph. */
export const WORD_LINE_END = 1 << 25;
/** Bit 26: white space, which hangs at a line end. */
export const WORD_SPACE = 1 << 26;
/** Bit 27: terminals differ in the width of this cluster. */
export const WORD_UNCERTAIN = 1 << 27;
/** The part of a run word that becomes the glyph of a cell: bits 0–23 and 27. */
export const WORD_CELL_MASK = 0xffffff | WORD_UNCERTAIN;

/** Width in cells (0–2) of a run word. A hard line end has width 0. */
export function wordWidth(word: number): number {
  return (word >>> WORD_WIDTH_SHIFT) & 3;
}
