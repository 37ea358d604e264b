/** The back buffer as plain text: rows without trailing blanks, no escape sequence. */
import { type CellBuffer, CELL_WORDS, GLYPH_CONTINUATION, GLYPH_WIDTH_MASK } from '../cells/index.ts';
import type { GlyphTable } from '../text/index.ts';

/** One row, right-trimmed. */
export function rowText(cells: CellBuffer, glyphs: GlyphTable, y: number): string {
  let out = '';
  for (let x = 0; x < cells.cols; x++) {
    const glyph = cells.words[(y * cells.cols + x) * CELL_WORDS];
    if ((glyph & GLYPH_WIDTH_MASK) === GLYPH_CONTINUATION) continue;
    out += glyph === 0 ? ' ' : glyphs.text(glyph);
  }
  return out.trimEnd();
}

/** All rows joined by `\n`. */
export function screenText(cells: CellBuffer, glyphs: GlyphTable): string {
  const rows: string[] = [];
  for (let y = 0; y < cells.rows; y++) rows.push(rowText(cells, glyphs, y));
  return rows.join('\n');
}
