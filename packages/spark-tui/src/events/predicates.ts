/**
 * Questions about events, as functions: what a key is, what a button is called.
 */
import type { MouseButton } from '../terminal/index.ts';
import type { KeyEvent } from './key-event.ts';
import { isKeyName } from './key-name.ts';
import type { MouseEvent } from './mouse-event.ts';

const FUNCTION_KEY: RegExp = /^F\d+$/;

/** True for Enter, also that of the keypad. */
export const isEnter = (event: KeyEvent): boolean => event.key === 'Enter' || event.key === 'NumpadEnter';
/** True for the space bar. */
export const isSpace = (event: KeyEvent): boolean => event.key === 'Space';
/** True for Escape. */
export const isEscape = (event: KeyEvent): boolean => event.key === 'Escape';
/** True for Tab, with or without Shift. */
export const isTab = (event: KeyEvent): boolean => event.key === 'Tab';
/** True for Backspace. */
export const isBackspace = (event: KeyEvent): boolean => event.key === 'Backspace';
/** True for Delete. */
export const isDelete = (event: KeyEvent): boolean => event.key === 'Delete';
export const isArrowUp = (event: KeyEvent): boolean => event.key === 'ArrowUp';
export const isArrowDown = (event: KeyEvent): boolean => event.key === 'ArrowDown';
export const isArrowLeft = (event: KeyEvent): boolean => event.key === 'ArrowLeft';
export const isArrowRight = (event: KeyEvent): boolean => event.key === 'ArrowRight';
/** True for the four arrow keys. */
export const isArrowKey = (event: KeyEvent): boolean => event.key.startsWith('Arrow');
/** True for F1, F2, … */
export const isFunctionKey = (event: KeyEvent): boolean => FUNCTION_KEY.test(event.key);
/** True for a key that types something; with `char`, for one that types that. */
export const isChar = (event: KeyEvent, char?: string): boolean => (char === undefined ? event.text !== '' : event.text === char);

/** True when the key went down. */
export const isKeyPress = (event: KeyEvent): boolean => event.type === 'press';
/** True when the key is held and repeats. Only terminals with the kitty keyboard protocol tell. */
export const isKeyRepeat = (event: KeyEvent): boolean => event.type === 'repeat';
/** True when the key went up. Likewise. */
export const isKeyRelease = (event: KeyEvent): boolean => event.type === 'release';

/** The same as {@link isKeyPress}. */
export const isPress: typeof isKeyPress = isKeyPress;
/** The same as {@link isKeyRepeat}. */
export const isRepeat: typeof isKeyRepeat = isKeyRepeat;
/** The same as {@link isKeyRelease}. */
export const isRelease: typeof isKeyRelease = isKeyRelease;

export const hasCtrl = (event: KeyEvent | MouseEvent): boolean => event.ctrl;
export const hasAlt = (event: KeyEvent | MouseEvent): boolean => event.alt;
export const hasShift = (event: KeyEvent | MouseEvent): boolean => event.shift;
/** True with Super, Cmd, the Windows key or Meta. */
export const hasMeta = (event: KeyEvent): boolean => event.super || event.meta;

/**
 * What the key types; null when it types nothing.
 *
 * @example
 * onKey((event) => { const char = getChar(event); if (char !== null) search.value += char; });
 */
export function getChar(event: KeyEvent): string | null {
  return event.text === '' ? null : event.text;
}

/**
 * A name of the key for people: what it types, or its name.
 *
 * @example
 * getKeyName(event); // 'a', 'A', 'Enter', 'ArrowUp', 'F5'
 */
export function getKeyName(event: KeyEvent): string {
  if (isKeyName(event.key)) return event.key;
  return event.text === '' ? event.key : event.text;
}

/** A rectangle, of a handle or a ref. */
interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * True when the cell (x, y) lies in the rectangle.
 *
 * @example
 * onGlobalClick((event) => { if (!isPointInBounds(event.x, event.y, menu.bounds())) close(); });
 */
export function isPointInBounds(x: number, y: number, bounds: Rectangle): boolean {
  return x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height;
}

type ButtonSource = MouseButton | { readonly button: MouseButton };

const buttonOf = (source: ButtonSource): MouseButton => (typeof source === 'string' ? source : source.button);

/** The name of a button: `'left'`, `'middle'`, `'right'`, `'none'`, `'wheelUp'`, … Takes an event or its `button`. */
export const getButtonName = (source: ButtonSource): MouseButton => buttonOf(source);
export const isLeftButton = (source: ButtonSource): boolean => buttonOf(source) === 'left';
export const isMiddleButton = (source: ButtonSource): boolean => buttonOf(source) === 'middle';
export const isRightButton = (source: ButtonSource): boolean => buttonOf(source) === 'right';
