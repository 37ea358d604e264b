/**
 * Table: keys, modifiers and buttons as constants, for programs that compare numbers instead of names.
 * `event.keycode` gives the number of a key: the code point it types, or one of these.
 */

export const KEY_ENTER = 13;
export const KEY_TAB = 9;
export const KEY_BACKSPACE = 8;
export const KEY_ESCAPE = 27;
export const KEY_DELETE = 127;
export const KEY_SPACE = 32;
/** Arrows, Home and End are the bytes terminals send for them, as one number. */
export const KEY_UP = 0x1b5b41;
export const KEY_DOWN = 0x1b5b42;
export const KEY_RIGHT = 0x1b5b43;
export const KEY_LEFT = 0x1b5b44;
export const KEY_HOME = 0x1b5b48;
export const KEY_END = 0x1b5b46;
export const KEY_PAGE_UP = 0x1007;
export const KEY_PAGE_DOWN = 0x1008;
export const KEY_INSERT = 0x1009;
export const KEY_F1 = 0x2001;
export const KEY_F2 = 0x2002;
export const KEY_F3 = 0x2003;
export const KEY_F4 = 0x2004;
export const KEY_F5 = 0x2005;
export const KEY_F6 = 0x2006;
export const KEY_F7 = 0x2007;
export const KEY_F8 = 0x2008;
export const KEY_F9 = 0x2009;
export const KEY_F10 = 0x200a;
export const KEY_F11 = 0x200b;
export const KEY_F12 = 0x200c;

export const MODIFIER_CTRL = 1 << 0;
export const MODIFIER_ALT = 1 << 1;
export const MODIFIER_SHIFT = 1 << 2;
export const MODIFIER_META = 1 << 3;

export const KEY_STATE_PRESS = 'press';
export const KEY_STATE_REPEAT = 'repeat';
export const KEY_STATE_RELEASE = 'release';

export const MOUSE_BUTTON_LEFT = 'left';
export const MOUSE_BUTTON_MIDDLE = 'middle';
export const MOUSE_BUTTON_RIGHT = 'right';
export const MOUSE_BUTTON_NONE = 'none';

const BY_NAME: ReadonlyMap<string, number> = new Map([
  ['Enter', KEY_ENTER],
  ['NumpadEnter', KEY_ENTER],
  ['Tab', KEY_TAB],
  ['Backspace', KEY_BACKSPACE],
  ['Escape', KEY_ESCAPE],
  ['Delete', KEY_DELETE],
  ['Space', KEY_SPACE],
  ['ArrowUp', KEY_UP],
  ['ArrowDown', KEY_DOWN],
  ['ArrowRight', KEY_RIGHT],
  ['ArrowLeft', KEY_LEFT],
  ['Home', KEY_HOME],
  ['End', KEY_END],
  ['PageUp', KEY_PAGE_UP],
  ['PageDown', KEY_PAGE_DOWN],
  ['Insert', KEY_INSERT],
  ...Array.from({ length: 12 }, (_, i): [string, number] => [`F${i + 1}`, KEY_F1 + i]),
]);

/** The number of a key; 0 for one that has none. */
export function legacyKeycode(key: string, text: string): number {
  const named = BY_NAME.get(key);
  if (named !== undefined) return named;
  if (text !== '') return text.codePointAt(0) as number;
  return key.length <= 2 ? (key.codePointAt(0) ?? 0) : 0;
}
