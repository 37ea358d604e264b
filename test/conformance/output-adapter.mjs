/**
 * The renderer behind a neutral door, for byte counts and emulator checks by programs that know
 * nothing of this package (it must be built: `packages/spark-tui/dist`).
 *
 *   create({ cols, rows, colors, margins }) → { frame(cells): Uint8Array }
 *
 * `colors`: "rgb" (fg and bg are 0xRRGGBB) or "palette" (0–255); null is the terminal's default.
 * `cells`: one entry a cell, row by row, flat or as an array of rows; a cell is [text, fg, bg, attrs]
 * or { text, fg, bg, attrs }; the second cell of a wide character is null or has the text "".
 * `margins`: the terminal has left and right margins (DECLRMM); all else is what an app starts with.
 * The terminal starts blank, with autowrap off and the cursor hidden.
 */
import { CellBuffer, RowSpans } from '../../packages/spark-tui/dist/cells/index.js';
import { ByteBuffer, DEFAULT_CAPS, Encoder } from '../../packages/spark-tui/dist/terminal/index.js';
import { GlyphTable, RunBuilder, shape } from '../../packages/spark-tui/dist/text/index.js';

export function create({ cols, rows, colors, margins = false }) {
  const glyphs = new GlyphTable();
  const run = new RunBuilder();
  const words = new Map();
  const front = new CellBuffer(cols, rows);
  const back = new CellBuffer(cols, rows);
  const spans = new RowSpans(cols, rows);
  const out = new ByteBuffer();
  const encoder = new Encoder(glyphs, { ...DEFAULT_CAPS, margins });

  function glyphOf(text) {
    let word = words.get(text);
    if (word === undefined) {
      shape(text, glyphs, run);
      word = run.length === 0 ? 0 : run.words[0];
      words.set(text, word);
    }
    return word;
  }

  function colour(value) {
    if (value === null || value === undefined) return 0;
    return colors === 'palette' ? (0x0002_0000 | value) >>> 0 : (0xff00_0000 | value) >>> 0;
  }

  return {
    frame(cells) {
      const flat = Array.isArray(cells[0]) && (cells[0][0] === null || typeof cells[0][0] === 'object') ? cells.flat(1) : cells;
      for (let i = 0; i < cols * rows; i++) {
        const cell = flat[i];
        const [text, fg, bg, attrs] = Array.isArray(cell) ? cell : cell ? [cell.text, cell.fg, cell.bg, cell.attrs] : [''];
        if (text !== '') back.set(i % cols, Math.floor(i / cols), glyphOf(text), colour(fg), colour(bg), attrs ?? 0);
      }
      spans.clear();
      spans.markAll();
      out.clear();
      encoder.encode(front, back, spans, out);
      return out.view().slice();
    },
  };
}
