/**
 * What the encoder must know of the terminal. The defaults are right for every terminal in use that
 * was looked at; a session narrows them by what it learns.
 */

import type { ColorDepth } from '../style/index.ts';

export type { ColorDepth };

/**
 * What a line feed does to the column. A tty whose output processing is on returns to column 0, and
 * Node leaves it as it finds it, so a tty is `unknown`: a line feed is sent only from column 0 or
 * before an absolute column.
 */
export type LineFeed = 'keeps-column' | 'returns' | 'unknown';

export interface EncoderCaps {
  readonly depth: ColorDepth;
  /** Erasing fills with the pen's background (BCE). */
  readonly backgroundErase: boolean;
  readonly lineFeed: LineFeed;
  /** Mode 2026 is known: frames of more than 200 bytes are shown at once. */
  readonly synchronized: boolean;
  /** DECSTBM limits scrolling to rows. False where it misplaces the cursor (Windows consoles). */
  readonly scrollRegion: boolean;
  /** SU and SD scroll; the Linux console has neither. */
  readonly scrollUp: boolean;
  /** IL and DL move the rows below the cursor; never on a screen of which only some rows are ours. */
  readonly insertLines: boolean;
  /** ICH and DCH move the rest of a row. */
  readonly insertCells: boolean;
  /** DECLRMM (mode 69): regions may be narrower than the screen. Only after the terminal said so. */
  readonly margins: boolean;
  /** REP repeats the character before. Off: terminals differ, and it gained nothing on real screens. */
  readonly repeat: boolean;
  /**
   * The rows are a region of the normal screen whose place nobody knows: rows are reached by line feeds and CUU
   * alone, and nothing is scrolled. A line feed never stops above the row it was meant for, so what goes up again
   * never climbs above the region.
   */
  readonly relative: boolean;
  /** Underlines may be double, curly, dotted, dashed (`CSI 4:n m`). */
  readonly underlineStyles: boolean;
  /** Underlines may have a colour of their own (`CSI 58:… m`). */
  readonly underlineColors: boolean;
  /** Cells may be links (OSC 8). False where an unknown OSC shows up as text. */
  readonly hyperlinks: boolean;
}

export const DEFAULT_CAPS: EncoderCaps = {
  depth: 24,
  backgroundErase: true,
  lineFeed: 'unknown',
  synchronized: false,
  scrollRegion: true,
  scrollUp: true,
  insertLines: true,
  insertCells: true,
  margins: false,
  repeat: false,
  relative: false,
  underlineStyles: true,
  underlineColors: true,
  hyperlinks: true,
};
