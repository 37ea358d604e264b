/**
 * Keys reported by number: the kitty keyboard protocol (`CSI … u`), xterm's modifyOtherKeys in both its formats
 * (`CSI 27 ; mods ; code ~`, `CSI code ; mods u`), and the modifier parameter that legacy keys share with them.
 *
 *   CSI code:shifted:base ; mods:event ; text:text… u        mods is 1 + the mask of decoder-key.ts
 */

import { isTextCodePoint, keyInput, MOD_CAPS, MOD_CTRL, MOD_SHIFT, MODS_TYPING, unshifted } from './decoder-key.ts';
import type { Params } from './decoder-params.ts';
import type { KeyInput } from './input-events.ts';
import { KEYPAD_TEXT, KITTY_FIRST, KITTY_KEYS } from './key-tables.ts';

/** The end of the private use area the protocol reserves; no character lies there. */
const KITTY_LAST = 63743;

/** The modifier mask in parameter `index`; 0 when absent. */
export function modsOf(params: Params, index: number): number {
  const value = params.main(index, 1);
  return value > 1 ? (value - 1) & 0xff : 0;
}

/** Press, repeat or release, from the sub-parameter of the modifiers in parameter `index`. */
export function eventOf(params: Params, index: number): KeyInput['event'] {
  const value = params.sub(index, 1, 1);
  return value === 3 ? 'release' : value === 2 ? 'repeat' : 'press';
}

/** `CSI … u`; null when the code is no key. */
export function decodeKitty(params: Params): KeyInput | null {
  if (params.count === 0) return null;
  return keyByCode(
    params.main(0, 0),
    modsOf(params, 1),
    eventOf(params, 1),
    characterOf(params.sub(0, 1, 0)),
    characterOf(params.sub(0, 2, 0)),
    reportedText(params),
  );
}

/** `CSI 27 ; mods ; code ~`; null when the code is no key. */
export function decodeModifyOtherKeys(params: Params): KeyInput | null {
  return params.count === 3 ? keyByCode(params.main(2, 0), modsOf(params, 1), 'press', '', '', '') : null;
}

function keyByCode(
  code: number,
  mods: number,
  event: KeyInput['event'],
  shifted: string,
  base: string,
  reported: string,
): KeyInput | null {
  if (code === 0) return reported === '' ? null : keyInput('', reported, mods, event);
  const named = namedKey(code);
  if (named !== undefined) {
    const text = reported !== '' ? reported : typedText(KEYPAD_TEXT.get(named) ?? '', mods, event);
    return keyInput(named, text, mods, event, shifted, base);
  }
  if (!isTextCodePoint(code) || (code >= KITTY_FIRST && code <= KITTY_LAST)) return null;
  const given = String.fromCodePoint(code);
  // Kitty sends the un-shifted character, xterm the shifted one: upper case is un-shifted where shift (or, for
  // ASCII letters, Caps Lock) explains it.
  const key = code < 0x80 || (mods & MOD_SHIFT) !== 0 ? unshifted(given) : given;
  let text = reported;
  if (text === '') {
    // The terminal did not say what the key types: shift takes the alternate it reported, else upper case.
    const upper = ((mods & MOD_SHIFT) !== 0) !== ((mods & MOD_CAPS) !== 0);
    const plain = (mods & MOD_SHIFT) !== 0 && shifted !== '' ? shifted : given;
    text = typedText(upper && plain === key ? upperCase(key) : plain, mods, event);
  }
  return keyInput(key, text, mods, event, shifted, base);
}

/** What a character key types with these modifiers: nothing with ctrl, alt or the like, nothing on release. */
function typedText(text: string, mods: number, event: KeyInput['event']): string {
  return (mods & ~MODS_TYPING) === 0 && event !== 'release' ? text : '';
}

function upperCase(character: string): string {
  const upper = character.toUpperCase();
  return upper.toLowerCase() === character ? upper : character;
}

function namedKey(code: number): string | undefined {
  switch (code) {
    case 8:
    case 127:
      return 'Backspace';
    case 9:
      return 'Tab';
    case 13:
      return 'Enter';
    case 27:
      return 'Escape';
    case 32:
      return 'Space';
    default:
      return functionalKey(code);
  }
}

/** The name of a functional key of the kitty protocol. */
export function functionalKey(code: number): string | undefined {
  return code >= KITTY_FIRST ? KITTY_KEYS[code - KITTY_FIRST] : undefined;
}

function characterOf(code: number): string {
  return isTextCodePoint(code) ? String.fromCodePoint(code) : '';
}

function reportedText(params: Params): string {
  let text = '';
  for (let i = 0; i < params.subCount(2); i++) text += characterOf(params.sub(2, i, 0));
  return text;
}

/** Modifiers of rxvt's final bytes: `~` none, `$` shift, `^` ctrl, `@` both. */
export function rxvtMods(final: number): number {
  switch (final) {
    case 0x24:
      return MOD_SHIFT;
    case 0x5e:
      return MOD_CTRL;
    case 0x40:
      return MOD_SHIFT | MOD_CTRL;
    default:
      return 0;
  }
}
