/**
 * What the encoder must know of the terminal. The defaults are right for every terminal in use that
 * was looked at; a session narrows them by what it learns.
 */

/** Bits of colour a terminal shows: 1 none, 4 sixteen, 8 the palette of 256, 24 true colour. */
export type ColorDepth = 1 | 4 | 8 | 24;

/**
 * What a line feed does to the column. A tty whose output processing is on returns to column 0, and
 * Node leaves it as it finds it, so a tty is `unknown` and a line feed is sent only from column 0.
 */
export type LineFeed = 'keeps-column' | 'returns' | 'unknown';

export interface EncoderCaps {
  readonly depth: ColorDepth;
  /** Erasing fills with the pen's background (BCE). */
  readonly backgroundErase: boolean;
  readonly lineFeed: LineFeed;
  /** Mode 2026 is known: frames of more than 200 bytes are shown at once. */
  readonly synchronized: boolean;
  /** Underlines may be double, curly, dotted, dashed (`CSI 4:n m`). */
  readonly underlineStyles: boolean;
}

export const DEFAULT_CAPS: EncoderCaps = {
  depth: 24,
  backgroundErase: true,
  lineFeed: 'unknown',
  synchronized: false,
  underlineStyles: true,
};
