/**
 * Border styles as numbers, their names, and the characters paint draws.
 *
 *   BORDER_GLYPHS, 8 code points a style:   0 top  1 right  2 bottom  3 left
 *                                           4 top left  5 top right  6 bottom right  7 bottom left
 *
 * Style 0 is no border: its row is all zero. Style 13 is a second number for style 4 that older programs use.
 * All glyphs are one cell wide and lie in the Basic Multilingual Plane.
 */

import { OptionError } from '../base/index.ts';
import { quote } from './quote.ts';

/** Border styles for users. Every number is accepted wherever the name is. */
export const BorderStyle = Object.freeze({
  NONE: 0,
  SINGLE: 1,
  DOUBLE: 2,
  ROUNDED: 3,
  THICK: 4,
  BOLD: 4,
  HEAVY: 4,
  DASHED: 5,
  DOTTED: 6,
  ASCII: 7,
  BLOCK: 8,
  DOUBLE_HORZ: 9,
  DOUBLE_VERT: 10,
  HEAVY_DASHED: 11,
  HEAVY_DOTTED: 12,
});

const NAMES = {
  none: 0,
  single: 1,
  double: 2,
  rounded: 3,
  thick: 4,
  bold: 4,
  heavy: 4,
  dashed: 5,
  dotted: 6,
  ascii: 7,
  block: 8,
  'double-horizontal': 9,
  'double-vertical': 10,
  'heavy-dashed': 11,
  'heavy-dotted': 12,
} as const;

/** The name of a border style. */
export type BorderName = keyof typeof NAMES;

/** What the `border` properties accept: a name, a number 0–13, `true` (single), `false` or nothing (none). */
export type BorderInput = BorderName | number | boolean | null | undefined;

/** How many style numbers there are (0–13). */
export const BORDER_STYLE_COUNT = 14;

/** Places of the glyphs in a row of `BORDER_GLYPHS`. */
export const BORDER_TOP = 0;
export const BORDER_RIGHT = 1;
export const BORDER_BOTTOM = 2;
export const BORDER_LEFT = 3;
export const BORDER_TOP_LEFT = 4;
export const BORDER_TOP_RIGHT = 5;
export const BORDER_BOTTOM_RIGHT = 6;
export const BORDER_BOTTOM_LEFT = 7;
/** Log2 of the row length: glyph `i` of `style` is `BORDER_GLYPHS[(style << BORDER_ROW_SHIFT) + i]`. */
export const BORDER_ROW_SHIFT = 3;

/** top right bottom left, then the corners clockwise from top left */
const ROWS = [
  '',
  '─│─│┌┐┘└',
  '═║═║╔╗╝╚',
  '─│─│╭╮╯╰',
  '━┃━┃┏┓┛┗',
  '╌╎╌╎┌┐┘└',
  '┄┆┄┆┌┐┘└',
  '-|-|++++',
  '████████',
  '═│═│╒╕╛╘',
  '─║─║╓╖╜╙',
  '╍╏╍╏┏┓┛┗',
  '┅┇┅┇┏┓┛┗',
  '━┃━┃┏┓┛┗',
];

/** Code points of the borders, 8 a style (see the head of this file). */
export const BORDER_GLYPHS: Uint16Array = (() => {
  const glyphs = new Uint16Array(BORDER_STYLE_COUNT << BORDER_ROW_SHIFT);
  ROWS.forEach((row, style) => {
    for (let i = 0; i < row.length; i++) glyphs[(style << BORDER_ROW_SHIFT) + i] = row.charCodeAt(i);
  });
  return glyphs;
})();

// Line weight of each style, for corners where two styles meet: 0 light, 1 heavy, 2 double, 3 ASCII, 4 block.
const WEIGHT_ASCII = 3;
const WEIGHT_BLOCK = 4;
const HORIZONTAL_WEIGHT = Uint8Array.of(0, 0, 2, 0, 1, 0, 0, 3, 4, 2, 0, 1, 1, 1);
const VERTICAL_WEIGHT = Uint8Array.of(0, 0, 2, 0, 1, 0, 0, 3, 4, 0, 2, 1, 1, 1);

/** Corner glyphs by weight: 9 a corner (horizontal light, heavy, double × vertical light, heavy, double).
 * Unicode has no corner of heavy and double; the heavy one stands in. */
const MIXED_CORNERS = ['┌┎╓┍┏┏╒┏╔', '┐┒╖┑┓┓╕┓╗', '┘┚╜┙┛┛╛┛╝', '└┖╙┕┗┗╘┗╚'];

/**
 * The code point of a corner where a horizontal side of one style meets a vertical side of another. A side
 * that does not exist has style 0: then the other side runs through the corner; with neither it is 0 (blank).
 *
 * @param corner `BORDER_TOP_LEFT`, `BORDER_TOP_RIGHT`, `BORDER_BOTTOM_RIGHT` or `BORDER_BOTTOM_LEFT`
 * @param horizontalStyle style number of the top or bottom side
 * @param verticalStyle style number of the left or right side
 * @example
 * borderCorner(BORDER_TOP_LEFT, 1, 1); // '┌'
 * borderCorner(BORDER_TOP_LEFT, 4, 0); // '━'
 * borderCorner(BORDER_TOP_LEFT, 2, 1); // '╒'
 */
export function borderCorner(corner: number, horizontalStyle: number, verticalStyle: number): number {
  if (horizontalStyle === verticalStyle) return BORDER_GLYPHS[(horizontalStyle << BORDER_ROW_SHIFT) + corner]!;
  if (verticalStyle === 0) return BORDER_GLYPHS[(horizontalStyle << BORDER_ROW_SHIFT) + BORDER_TOP]!;
  if (horizontalStyle === 0) return BORDER_GLYPHS[(verticalStyle << BORDER_ROW_SHIFT) + BORDER_LEFT]!;
  const across = HORIZONTAL_WEIGHT[horizontalStyle]!;
  const down = VERTICAL_WEIGHT[verticalStyle]!;
  if (across === WEIGHT_BLOCK || down === WEIGHT_BLOCK) return 0x2588;
  if (across === WEIGHT_ASCII || down === WEIGHT_ASCII) return 0x2b;
  return MIXED_CORNERS[corner - BORDER_TOP_LEFT]!.charCodeAt(across * 3 + down);
}

/**
 * Turns a border given by a user into its style number.
 *
 * @throws OptionError when the value is no border style
 * @example
 * parseBorder('rounded'); // 3
 * parseBorder(BorderStyle.DOUBLE); // 2
 */
export function parseBorder(input: BorderInput): number {
  if (input === undefined || input === null || input === false) return 0;
  if (input === true) return 1;
  if (typeof input === 'number' && Number.isInteger(input) && input >= 0 && input < BORDER_STYLE_COUNT) return input;
  if (typeof input === 'string' && Object.hasOwn(NAMES, input)) return NAMES[input];
  throw new OptionError(
    `border ${quote(input)} is not usable: expected true, false, 0–${BORDER_STYLE_COUNT - 1} or ${Object.keys(NAMES).join(', ')}`,
  );
}
