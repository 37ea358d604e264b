/**
 * Text attributes and underline styles, as word 3 of a cell holds them.
 *
 *   bits 7..0 attributes   bits 10..8 underline style   (bits 31..16: extra id, not from here)
 *
 * Underline style 0 together with `ATTR_UNDERLINE` is a plain single underline; a style other than 0
 * counts only when `ATTR_UNDERLINE` is set.
 */

import { OptionError } from '../base/index.ts';
import { quote } from './quote.ts';

export const ATTR_BOLD = 1 << 0;
export const ATTR_DIM = 1 << 1;
export const ATTR_ITALIC = 1 << 2;
export const ATTR_UNDERLINE = 1 << 3;
export const ATTR_BLINK = 1 << 4;
export const ATTR_INVERSE = 1 << 5;
export const ATTR_HIDDEN = 1 << 6;
export const ATTR_STRIKETHROUGH = 1 << 7;
/** All attribute bits. */
export const ATTR_MASK = 0xff;

/** Where the underline style starts in word 3 of a cell. */
export const UNDERLINE_SHIFT = 8;
/** The underline style bits of word 3 of a cell. */
export const UNDERLINE_MASK = 0x700;
export const UNDERLINE_NONE = 0;
export const UNDERLINE_SINGLE = 1;
export const UNDERLINE_DOUBLE = 2;
export const UNDERLINE_CURLY = 3;
export const UNDERLINE_DOTTED = 4;
export const UNDERLINE_DASHED = 5;

/**
 * Text attributes for users; combine with `|`.
 *
 * @example
 * text({ content: 'Title', attrs: Attr.BOLD | Attr.UNDERLINE });
 */
export const Attr = Object.freeze({
  NONE: 0,
  BOLD: ATTR_BOLD,
  DIM: ATTR_DIM,
  ITALIC: ATTR_ITALIC,
  UNDERLINE: ATTR_UNDERLINE,
  BLINK: ATTR_BLINK,
  INVERSE: ATTR_INVERSE,
  HIDDEN: ATTR_HIDDEN,
  STRIKETHROUGH: ATTR_STRIKETHROUGH,
});

const UNDERLINES = {
  none: UNDERLINE_NONE,
  single: UNDERLINE_SINGLE,
  double: UNDERLINE_DOUBLE,
  curly: UNDERLINE_CURLY,
  dotted: UNDERLINE_DOTTED,
  dashed: UNDERLINE_DASHED,
} as const;

/** The name of an underline style. */
export type UnderlineName = keyof typeof UNDERLINES;

/** What the `underline` property accepts: `true` is a single line; numbers are the `UNDERLINE_*` values. */
export type UnderlineInput = boolean | UnderlineName | number | null | undefined;

/**
 * Turns an underline given by a user into its `UNDERLINE_*` number (0–5).
 *
 * @throws OptionError when the value is none of the styles
 * @example
 * parseUnderline('curly'); // 3
 * parseUnderline(true); // 1
 */
export function parseUnderline(input: UnderlineInput): number {
  if (input === undefined || input === null || input === false) return UNDERLINE_NONE;
  if (input === true) return UNDERLINE_SINGLE;
  if (typeof input === 'number' && Number.isInteger(input) && input >= 0 && input <= UNDERLINE_DASHED) return input;
  if (typeof input === 'string' && Object.hasOwn(UNDERLINES, input)) return UNDERLINES[input];
  throw new OptionError(
    `underline ${quote(input)} is not usable: expected true, false, 0–5 or ${Object.keys(UNDERLINES).join(', ')}`,
  );
}
