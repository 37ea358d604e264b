/**
 * The packed byte a code point has in the generated table: its bits, break classes and actions. Shared by the reader
 * (`unicode-table.ts`, which draws the byte) and by the generator, so that they cannot differ.
 */
export const WIDTH_MASK = 3;
export const JOINS = 1 << 2;
export const UNCERTAIN = 1 << 3;
export const CLASS_SHIFT = 4;
export const CLASS_MASK = 7;
export const SPECIAL = 1 << 7;

// Break classes (a subset of UAX #14, see break-rules.ts).
export const CLASS_LETTER = 0;
export const CLASS_SPACE = 1;
export const CLASS_IDEOGRAPH = 2;
export const CLASS_CLOSE = 3;
export const CLASS_OPEN = 4;
export const CLASS_OTHER = 5;
export const CLASS_GLUE = 6;
export const CLASS_EMOJI = 7;

// Actions of special code points.
export const ACTION_DROP = 0;
export const ACTION_REPLACE = 1;
export const ACTION_LINE_END = 2;
export const ACTION_TAB = 3;
export const ACTION_TAG = 4;
export const ACTION_BREAK = 5;
export const ACTION_NO_BREAK = 6;
