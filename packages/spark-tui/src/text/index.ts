/** Grapheme clusters, widths, glyph table, shaped runs, wrapping, truncation, sanitising. */
export { graphemeWidth } from './cluster-width.ts';
export { EditLine, type EditUnit } from './edit-line.ts';
export { EditWindow } from './edit-window.ts';
export { wordAround } from './edit-words.ts';
export { DEFAULT_GLYPH_CAPACITY, GlyphTable, MAX_CLUSTER_CODE_POINTS } from './glyph-table.ts';
export { RunBuilder } from './run-builder.ts';
export {
  WORD_BREAK_AFTER,
  WORD_CELL_MASK,
  WORD_CLUSTER,
  WORD_GLYPH_MASK,
  WORD_LINE_END,
  WORD_SPACE,
  WORD_UNCERTAIN,
  WORD_VALUE_MASK,
  WORD_WIDTH_SHIFT,
  wordWidth,
} from './run-word.ts';
export { sanitise, sanitiseLine } from './sanitise.ts';
export { sanitiseError } from './sanitise-error.ts';
export { graphemes, joinsNeighbour } from './segment.ts';
export { shape } from './shape.ts';
export {
  center,
  columnToIndex,
  indexToColumn,
  padEnd,
  padStart,
  sliceCells,
  truncate,
  type TruncateOptions,
} from './string-cells.ts';
export { stringWidth } from './string-width.ts';
export { TextEdges } from './text-edges.ts';
export { Truncation, truncateEnd, truncateMiddle, truncateStart } from './truncate-run.ts';
export { LineBreak, nextLine, WRAP_CLUSTER, WRAP_NONE, WRAP_WORD, type WrapMode, wrappedHeight } from './wrap.ts';
export { wrap, type WrapOptions } from './wrap-string.ts';
