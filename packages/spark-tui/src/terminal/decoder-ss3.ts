/**
 * `SS3 …` → keys: cursor and function keys in application mode, the application keypad, rxvt's arrows with ctrl.
 * Sources: xterm ctlseqs "PC-Style Function Keys" and "VT220-Style", rxvt reference.
 */

import { keyInput, MOD_CTRL } from './decoder-key.ts';
import { eventOf, modsOf } from './decoder-kitty.ts';
import type { Params } from './decoder-params.ts';
import type { KeyInput } from './input-events.ts';
import { KEYPAD_KEYS, KEYPAD_TEXT, LETTER_KEYS, RXVT_ARROWS } from './key-tables.ts';

/**
 * The key of `SS3 params final`, or null. Some terminals put modifiers in: `SS3 5 A`, `SS3 1;5 A`.
 *
 * @param alt a doubled ESC gives the key alt, so that it types nothing
 */
export function decodeSs3(params: Params, final: number, alt: boolean): KeyInput | null {
  const at = params.count > 1 ? 1 : 0;
  const mods = modsOf(params, at);
  const arrow = RXVT_ARROWS[final];
  if (arrow !== undefined) return keyInput(arrow, '', mods | MOD_CTRL);
  const keypad = KEYPAD_KEYS[final];
  if (keypad !== undefined) return keyInput(keypad, mods === 0 && !alt ? (KEYPAD_TEXT.get(keypad) ?? '') : '', mods);
  const letter = LETTER_KEYS[final];
  return letter === undefined ? null : keyInput(letter, '', mods, eventOf(params, at));
}
