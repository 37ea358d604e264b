/**
 * Table: where a character lies on a US keyboard, as DOM's `KeyboardEvent.code` names places
 * (W3C UI Events KeyboardEvent code values, writing system keys).
 */
import { isKeyName } from './key-name.ts';

const PUNCTUATION: Readonly<Record<string, string>> = {
  '`': 'Backquote',
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
};

/** Characters that come with Shift, and the key they come from. */
const SHIFTED = '~`_-+={[}]|\\:;"\'<,>.?/!1@2#3$4%5^6&7*8(9)0';

/** The place of a key; `''` when not known. `base` is the character of the US layout, if the terminal told. */
export function physicalCode(key: string, base: string): string {
  if (isKeyName(key)) return key;
  let character = base !== '' ? base : key;
  const at = SHIFTED.indexOf(character);
  if (character.length === 1 && at >= 0 && at % 2 === 0) character = SHIFTED[at + 1];
  if (character.length !== 1) return '';
  if (character >= 'a' && character <= 'z') return `Key${character.toUpperCase()}`;
  if (character >= '0' && character <= '9') return `Digit${character}`;
  return PUNCTUATION[character] ?? '';
}
