export { CellBuffer, checkSize } from './cell-buffer.ts';
export {
  CELL_WORDS,
  GLYPH_BLANK,
  GLYPH_CLUSTER,
  GLYPH_CONTINUATION,
  GLYPH_ID_MASK,
  GLYPH_MASK,
  GLYPH_SPACE,
  GLYPH_UNCERTAIN,
  GLYPH_WIDE,
  GLYPH_WIDTH_MASK,
  GLYPH_WIDTH_SHIFT,
  MAX_SIDE_CELLS,
  STYLE_ATTRS_MASK,
  STYLE_EXTRA_SHIFT,
  STYLE_UNDERLINE_MASK,
  STYLE_UNDERLINE_SHIFT,
  WORD_BG,
  WORD_FG,
  WORD_GLYPH,
  WORD_STYLE,
} from './cell-format.ts';
export { Damage, MAX_DAMAGE_RECTS } from './damage.ts';
export { OwnerPlane } from './owner-plane.ts';
export { RowSpans } from './row-spans.ts';
