/** Translucent underline colours: each cell gets the colour that shows on its own background, as an extra of its own. */
import { CELL_WORDS, type CellBuffer, type ExtraTable, STYLE_EXTRA_SHIFT } from '../cells/index.ts';
import { COLOR_DEFAULT, withOpacity } from '../style/index.ts';
import { overCell } from './surface.ts';

/** Blends the underline of the cells `x0` to `x1` of a row, which have the extra `extra`, with what is below. */
export function fadeUnderline(cells: CellBuffer, extras: ExtraTable, extra: number, opacity: number, y: number, x0: number, x1: number): void {
  const color = extras.underlineColor(extra);
  const over = opacity < 1 && color !== 0 ? withOpacity(color, opacity) : color;
  if (over === 0 || over >>> 24 === 255 || over >>> 24 === 0) return;
  const { words, cols } = cells;
  const link = extras.link(extra);
  const linkId = extras.linkId(extra);
  let under = -1;
  let id = 0;
  for (let x = x0; x < x1; x++) {
    const at = (y * cols + x) * CELL_WORDS;
    if (words[at + 2] !== under) {
      under = words[at + 2];
      // No room for it: the colour as it is.
      id = extras.intern(link, linkId, overCell(over, under) || COLOR_DEFAULT) || extra;
    }
    words[at + 3] = ((words[at + 3] & ((1 << STYLE_EXTRA_SHIFT) - 1)) | (id << STYLE_EXTRA_SHIFT)) >>> 0;
  }
}
