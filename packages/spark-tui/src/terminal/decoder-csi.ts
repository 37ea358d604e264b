/**
 * A complete control sequence → the event it means. Sources: ECMA-48 §5.4, xterm ctlseqs, the kitty keyboard
 * protocol, rxvt reference, the in-band resize (2048) and colour scheme (2031) specifications.
 */

import { keyInput, MOD_SHIFT } from './decoder-key.ts';
import { decodeKitty, decodeModifyOtherKeys, eventOf, functionalKey, modsOf, rxvtMods } from './decoder-kitty.ts';
import { decodeMouse } from './decoder-mouse.ts';
import type { Params } from './decoder-params.ts';
import type { InputEvent, KeyInput } from './input-events.ts';
import { KITTY_FIRST, LETTER_KEYS, RXVT_ARROWS, TILDE_KEYS } from './key-tables.ts';

const QUESTION = 0x3f;
const GREATER = 0x3e;
const LESS = 0x3c;
const DOLLAR = 0x24;

/** Urxvt adds 32 to the button code, as the X10 encoding does. */
const URXVT_OFFSET = 32;

/**
 * Decodes `CSI prefix params intermediate final`.
 *
 * @param prefix `?`, `>`, `<`, `=` as a byte, or 0
 * @param intermediate the one intermediate byte, or 0
 * @param cursorReportPending a plain cursor position query is unanswered, so `CSI 1 ; n R` answers it
 * @returns null when the sequence means nothing known
 */
export function decodeCsi(
  prefix: number,
  params: Params,
  intermediate: number,
  final: number,
  cursorReportPending: boolean,
): InputEvent | null {
  if (intermediate !== 0) return intermediate === DOLLAR && final === 0x79 ? modeReport(prefix, params) : null;
  switch (prefix) {
    case 0:
      return plain(params, final, cursorReportPending);
    case QUESTION:
      return question(params, final);
    case GREATER:
      return greater(params, final);
    case LESS:
      if ((final !== 0x4d && final !== 0x6d) || params.count !== 3) return null;
      return decodeMouse(params.main(0, 0), params.main(1, 1), params.main(2, 1), final === 0x6d);
    default:
      return null;
  }
}

function plain(params: Params, final: number, cursorReportPending: boolean): InputEvent | null {
  switch (final) {
    case 0x52: // R
      if (isCursorReport(params, cursorReportPending)) return cursorReport(params);
      break;
    case 0x7e: // ~
    case 0x5e: // ^
    case 0x40: // @
      return tildeKey(params, final);
    case 0x75: // u
      return decodeKitty(params);
    case 0x5a: // Z
      return keyInput('Tab', '', modsOf(params, 1) | MOD_SHIFT, eventOf(params, 1));
    case 0x49: // I
    case 0x4f: // O
      return params.count === 0 ? { type: 'focus', focused: final === 0x49 } : null;
    case 0x4d: // M
      if (params.count !== 3) return null;
      return decodeMouse(params.main(0, 0) - URXVT_OFFSET, params.main(1, 1), params.main(2, 1), false);
    case 0x74: // t
      return windowReport(params);
    case 0x6e: // n
      return params.count === 1 ? { type: 'response', kind: 'dsr', value: params.main(0, 0) } : null;
  }
  const arrow = RXVT_ARROWS[final];
  if (arrow !== undefined) return params.count === 0 ? keyInput(arrow, '', MOD_SHIFT) : null;
  return letterKey(params, final);
}

/** `CSI 1 ; mods : event X`; xterm leaves the 1 out when there are no modifiers. */
function letterKey(params: Params, final: number): KeyInput | null {
  const name = LETTER_KEYS[final];
  return name === undefined ? null : keyInput(name, '', modsOf(params, 1), eventOf(params, 1));
}

/** `CSI number ~` and rxvt's `$ ^ @`, which stand for modifiers. */
export function tildeKey(params: Params, final: number): KeyInput | null {
  const number = params.main(0, 0);
  const plainTilde = final === 0x7e;
  if (number === 27 && plainTilde) return decodeModifyOtherKeys(params);
  const name = number >= KITTY_FIRST && plainTilde ? functionalKey(number) : TILDE_KEYS[number];
  return name === undefined ? null : keyInput(name, '', modsOf(params, 1) | rxvtMods(final), eventOf(params, 1));
}

/** `CSI 1 ; 2 R` is shift+F3 in some terminals and "row 1, column 2" in all: a key unless the answer is awaited. */
function isCursorReport(params: Params, pending: boolean): boolean {
  if (params.count !== 2 || params.subCount(1) > 1) return false;
  const column = params.main(1, 1);
  return pending || params.main(0, 1) !== 1 || column < 2 || column > 256;
}

function cursorReport(params: Params): InputEvent {
  return { type: 'response', kind: 'cpr', row: params.main(0, 1), col: params.main(1, 1) };
}

function windowReport(params: Params): InputEvent | null {
  const op = params.main(0, 0);
  if (op === 48 && params.count >= 3) {
    return {
      type: 'resize',
      rows: params.main(1, 0),
      cols: params.main(2, 0),
      heightPx: params.main(3, 0),
      widthPx: params.main(4, 0),
    };
  }
  return op >= 1 && op <= 9 ? { type: 'response', kind: 'winops', op, args: params.list(1) } : null;
}

function modeReport(prefix: number, params: Params): InputEvent | null {
  if ((prefix !== 0 && prefix !== QUESTION) || params.count === 0) return null;
  return {
    type: 'response',
    kind: 'decrpm',
    private: prefix === QUESTION,
    mode: params.main(0, 0),
    value: params.main(1, 0),
  };
}

function question(params: Params, final: number): InputEvent | null {
  switch (final) {
    case 0x63: // c
      return { type: 'response', kind: 'da1', params: params.list() };
    case 0x75: // u
      return { type: 'response', kind: 'kitty-keyboard', flags: params.main(0, 0) };
    case 0x52: // R
      return params.count >= 2 ? cursorReport(params) : null;
    case 0x53: // S
      return { type: 'response', kind: 'xtsmgraphics', params: params.list() };
    case 0x6e: // n
      return params.main(0, 0) === 997
        ? { type: 'response', kind: 'color-scheme', scheme: params.main(1, 0) === 2 ? 'light' : 'dark' }
        : { type: 'response', kind: 'dsr', value: params.main(0, 0) };
    default:
      return null;
  }
}

function greater(params: Params, final: number): InputEvent | null {
  switch (final) {
    case 0x63: // c
      return { type: 'response', kind: 'da2', params: params.list() };
    case 0x6d: // m
      return params.main(0, 0) === 4
        ? { type: 'response', kind: 'modifyOtherKeys', value: params.main(1, 0) }
        : null;
    default:
      return null;
  }
}
