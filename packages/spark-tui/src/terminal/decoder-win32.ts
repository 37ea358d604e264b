/**
 * Windows key records: `CSI Vk ; Sc ; Uc ; Kd ; Cs ; Rc _`.
 * Source: microsoft/terminal, "win32-input-mode" specification.
 *
 *   Vk virtual key · Sc scan code · Uc UTF-16 unit · Kd 1 down, 0 up · Cs control key state · Rc repeat count
 */

import { isTextCodePoint, keyInput, MOD_ALT, MOD_CAPS, MOD_CTRL, MOD_NUM, MOD_SHIFT, unshifted } from './decoder-key.ts';
import type { Params } from './decoder-params.ts';
import type { KeyInput } from './input-events.ts';
import { KEYPAD_TEXT, WINDOWS_KEYS, WINDOWS_SYMBOLS } from './key-tables.ts';

const RIGHT_ALT = 0x01;
const LEFT_ALT = 0x02;
const RIGHT_CTRL = 0x04;
const LEFT_CTRL = 0x08;
const SHIFT = 0x10;
const NUM_LOCK = 0x20;
const CAPS_LOCK = 0x80;
const ENHANCED = 0x100;

const VK_ENTER = 13;
const VK_SHIFT = 16;
const VK_CONTROL = 17;
const VK_ALT = 18;
const RIGHT_SHIFT_SCAN_CODE = 54;

/** A held key is reported with a count; more than this in one record is not believed. */
export const MAX_REPEATS = 64;

/** Turns key records into keys. Keeps the first half of a surrogate pair, which comes as a record of its own. */
export class Win32Keys {
  private highSurrogate = 0;

  reset(): void {
    this.highSurrogate = 0;
  }

  /** The key of a record; null for one that says nothing by itself. */
  decode(params: Params): KeyInput | null {
    const virtualKey = params.main(0, 0);
    const state = params.main(4, 0);
    const down = params.main(3, 0) !== 0;
    let code = params.main(2, 0);
    // Alt + digits on the keypad types a character: it comes with the release of Alt.
    const composed = !down && virtualKey === VK_ALT && code !== 0;
    if (code >= 0xd800 && code <= 0xdbff) {
      if (down || composed) this.highSurrogate = code;
      return null;
    }
    if (code >= 0xdc00 && code <= 0xdfff) {
      if (this.highSurrogate === 0 || !(down || composed)) return null;
      code = 0x10000 + ((this.highSurrogate - 0xd800) << 10) + (code - 0xdc00);
      this.highSurrogate = 0;
    }
    const typed = isTextCodePoint(code) ? String.fromCodePoint(code) : '';
    if (composed) return typed === '' ? null : keyInput(unshifted(typed), typed, 0);

    // AltGr is reported as left ctrl and right alt; with a character it is neither.
    const altGr = typed !== '' && (state & RIGHT_ALT) !== 0 && (state & LEFT_CTRL) !== 0;
    let mods = 0;
    if ((state & SHIFT) !== 0) mods |= MOD_SHIFT;
    if (!altGr && (state & (LEFT_ALT | RIGHT_ALT)) !== 0) mods |= MOD_ALT;
    if (!altGr && (state & (LEFT_CTRL | RIGHT_CTRL)) !== 0) mods |= MOD_CTRL;
    if ((state & CAPS_LOCK) !== 0) mods |= MOD_CAPS;
    if ((state & NUM_LOCK) !== 0) mods |= MOD_NUM;

    const key = keyName(virtualKey, params.main(1, 0), state, typed);
    if (key === '') return null;
    const types = down && (mods & (MOD_ALT | MOD_CTRL)) === 0 && (!isNamed(virtualKey) || KEYPAD_TEXT.has(key));
    return keyInput(key, types ? typed : '', mods, down ? 'press' : 'release');
  }
}

function isNamed(virtualKey: number): boolean {
  return WINDOWS_KEYS[virtualKey] !== undefined;
}

function keyName(virtualKey: number, scanCode: number, state: number, typed: string): string {
  const enhanced = (state & ENHANCED) !== 0;
  switch (virtualKey) {
    case VK_ENTER:
      return enhanced ? 'NumpadEnter' : 'Enter';
    case VK_SHIFT:
      return scanCode === RIGHT_SHIFT_SCAN_CODE ? 'ShiftRight' : 'ShiftLeft';
    case VK_CONTROL:
      return enhanced ? 'ControlRight' : 'ControlLeft';
    case VK_ALT:
      return enhanced ? 'AltRight' : 'AltLeft';
  }
  const named = WINDOWS_KEYS[virtualKey];
  if (named !== undefined) return named;
  // Letters and digits have the virtual key of their ASCII character; other scripts share those keys.
  if (typed !== '' && typed.charCodeAt(0) > 0x7f) return unshifted(typed);
  if (virtualKey >= 0x30 && virtualKey <= 0x39) return String.fromCharCode(virtualKey);
  if (virtualKey >= 0x41 && virtualKey <= 0x5a) return String.fromCharCode(virtualKey + 0x20);
  return typed !== '' ? unshifted(typed) : (WINDOWS_SYMBOLS[virtualKey] ?? '');
}
