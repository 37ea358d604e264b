/**
 * Key events from bytes and characters: the modifier mask, the one constructor of `KeyInput`, and the rule
 * that splits a typed character into key and shift.
 *
 *   modifier mask (the kitty protocol's)   7 num  6 caps  5 meta  4 hyper  3 super  2 ctrl  1 alt  0 shift
 */

import type { KeyInput } from './input-events.ts';

export const MOD_SHIFT = 1 << 0;
export const MOD_ALT = 1 << 1;
export const MOD_CTRL = 1 << 2;
export const MOD_SUPER = 1 << 3;
export const MOD_HYPER = 1 << 4;
export const MOD_META = 1 << 5;
export const MOD_CAPS = 1 << 6;
export const MOD_NUM = 1 << 7;
/** Modifiers with which a key still types its character. */
export const MODS_TYPING = MOD_SHIFT | MOD_CAPS | MOD_NUM;

/** Builds a key event; the only place that does, so that all have one shape. */
export function keyInput(
  key: string,
  text: string,
  mods: number,
  event: KeyInput['event'] = 'press',
  shifted: string = '',
  base: string = '',
): KeyInput {
  return {
    type: 'key',
    key,
    text,
    event,
    shift: (mods & MOD_SHIFT) !== 0,
    alt: (mods & MOD_ALT) !== 0,
    ctrl: (mods & MOD_CTRL) !== 0,
    super: (mods & MOD_SUPER) !== 0,
    hyper: (mods & MOD_HYPER) !== 0,
    meta: (mods & MOD_META) !== 0,
    caps: (mods & MOD_CAPS) !== 0,
    num: (mods & MOD_NUM) !== 0,
    shifted,
    base,
  };
}

/** Printable ASCII as strings made once; index is the byte. */
const ASCII_TEXT: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const ASCII_KEY: readonly string[] = ASCII_TEXT.map((text) => (text === ' ' ? 'Space' : text.toLowerCase()));

/** The event of a typed printable ASCII byte (0x20–0x7E). */
export function asciiKey(byte: number): KeyInput {
  const shift = byte >= 0x41 && byte <= 0x5a ? MOD_SHIFT : 0;
  return keyInput(ASCII_KEY[byte]!, ASCII_TEXT[byte]!, shift);
}

/** The event of ESC and a printable ASCII byte: the key with alt, which types nothing. */
export function altAsciiKey(byte: number): KeyInput {
  const shift = byte >= 0x41 && byte <= 0x5a ? MOD_SHIFT : 0;
  return keyInput(ASCII_KEY[byte]!, '', MOD_ALT | shift);
}

/** The event of a C0 control or DEL, with `mods` (alt) added. */
export function controlKey(byte: number, mods: number): KeyInput {
  switch (byte) {
    case 0x00:
      return keyInput('Space', '', mods | MOD_CTRL);
    case 0x08:
    case 0x7f:
      return keyInput('Backspace', '', mods);
    case 0x09:
      return keyInput('Tab', '', mods);
    case 0x0d:
      return keyInput('Enter', '', mods);
    case 0x1b:
      return keyInput('Escape', '', mods);
    default:
      // 0x01–0x1A are ctrl+a … z, 0x1C–0x1F ctrl+\ ] ^ _
      return keyInput(ASCII_KEY[byte + 0x40]!, '', mods | MOD_CTRL);
  }
}

/** The un-shifted form of a typed character; the character itself when it has none that leads back to it. */
export function unshifted(character: string): string {
  const lower = character.toLowerCase();
  return lower !== character && lower.toUpperCase() === character ? lower : character;
}

/** The event of typed text: one grapheme cluster, or with `mods` alt a character after ESC, which types nothing. */
export function characterKey(cluster: string, mods: number): KeyInput {
  if (cluster === ' ') return keyInput('Space', mods === 0 ? ' ' : '', mods);
  const key = unshifted(cluster);
  return keyInput(key, mods === 0 ? cluster : '', key === cluster ? mods : mods | MOD_SHIFT);
}

/** True for code points that a key or a paste may carry as text: Unicode scalars other than controls. */
export function isTextCodePoint(code: number): boolean {
  return code >= 0x20 && code <= 0x10ffff && !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff);
}
