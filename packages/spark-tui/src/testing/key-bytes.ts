/**
 * Key names → the bytes a terminal sends for them, so that a test's `press` goes through the decoder as
 * a real key does. The encoding is xterm's.
 */
import { OptionError } from '../base/index.ts';
import { parseKeyPattern } from '../events/index.ts';

const CURSOR: Readonly<Record<string, string>> = {
  ArrowUp: 'A',
  ArrowDown: 'B',
  ArrowRight: 'C',
  ArrowLeft: 'D',
  End: 'F',
  Home: 'H',
  F1: 'P',
  F2: 'Q',
  F3: 'R',
  F4: 'S',
};

const TILDE: Readonly<Record<string, number>> = {
  Insert: 2,
  Delete: 3,
  PageUp: 5,
  PageDown: 6,
  F5: 15,
  F6: 17,
  F7: 18,
  F8: 19,
  F9: 20,
  F10: 21,
  F11: 23,
  F12: 24,
};

const PLAIN: Readonly<Record<string, string>> = {
  Enter: '\r',
  Tab: '\t',
  Escape: '\x1b',
  Backspace: '\x7f',
  Space: ' ',
};

const ESC = '\x1b';

/**
 * The bytes of one key: a character, a name or a pattern such as `'ctrl+c'`, `'shift+Tab'`, `'alt+ArrowUp'`.
 *
 * @throws OptionError for a key that has no bytes
 */
export function keyBytes(key: string): string {
  const pattern = [...key].length === 1 ? { key, ctrl: false, alt: false, shift: false, super: false } : parseKeyPattern(key);
  const modifiers = 1 + (pattern.shift ? 1 : 0) + (pattern.alt ? 2 : 0) + (pattern.ctrl ? 4 : 0) + (pattern.super ? 8 : 0);
  const name = pattern.key;
  const cursor = CURSOR[name];
  if (cursor !== undefined) return modifiers === 1 ? `${ESC}[${cursor}` : `${ESC}[1;${modifiers}${cursor}`;
  const tilde = TILDE[name];
  if (tilde !== undefined) return modifiers === 1 ? `${ESC}[${tilde}~` : `${ESC}[${tilde};${modifiers}~`;
  if (name === 'Tab' && pattern.shift) return `${ESC}[Z`;
  const prefix = pattern.alt ? ESC : '';
  const plain = PLAIN[name];
  if (plain !== undefined && !pattern.ctrl) return prefix + plain;
  const code = name.codePointAt(0) ?? 0;
  if ([...name].length !== 1) throw new OptionError(`press('${key}'): no key of that name; use a character or a name such as 'Enter', 'ArrowUp', 'ctrl+c'`);
  if (!pattern.ctrl) return prefix + (pattern.shift ? name.toUpperCase() : name);
  const upper = name.toUpperCase().charCodeAt(0);
  if (code > 0x7f || upper < 0x40 || upper > 0x5f) {
    throw new OptionError(`press('${key}'): terminals have no bytes for Ctrl with '${name}'`);
  }
  return prefix + String.fromCharCode(upper & 0x1f);
}
