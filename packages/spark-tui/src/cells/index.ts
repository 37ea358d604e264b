export { CellBuffer, checkSize } from './cell-buffer.ts';
export {
  CELL_WORDS,
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
  STYLE_UNDERLINE_SHIFT,
} from './cell-format.ts';
export { Damage, MAX_DAMAGE_RECTS } from './damage.ts';
export { type ExtraSource, ExtraTable, MAX_EXTRAS, STYLE_EXTRA_SHIFT } from './extra-table.ts';
export { OwnerPlane } from './owner-plane.ts';
export { RowSpans } from './row-spans.ts';
