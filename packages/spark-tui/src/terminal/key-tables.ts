/**
 * Names of keys by the numbers terminals send for them.
 *
 * Sources: ECMA-48 and xterm ctlseqs (CSI and SS3 finals, `~` numbers), rxvt 7.2 reference (lower-case finals),
 * the kitty keyboard protocol (numbers from 57344), Microsoft's virtual-key codes and win32-input-mode.
 */

/** Finals shared by `CSI … X` and `SS3 X`; index is the final byte. */
export const LETTER_KEYS: readonly (string | undefined)[] = byCode({
  A: 'ArrowUp',
  B: 'ArrowDown',
  C: 'ArrowRight',
  D: 'ArrowLeft',
  E: 'NumpadBegin',
  F: 'End',
  H: 'Home',
  P: 'F1',
  Q: 'F2',
  R: 'F3',
  S: 'F4',
});

/** Finals of rxvt: `CSI x` is the key with shift, `SS3 x` with ctrl. */
export const RXVT_ARROWS: readonly (string | undefined)[] = byCode({
  a: 'ArrowUp',
  b: 'ArrowDown',
  c: 'ArrowRight',
  d: 'ArrowLeft',
});

/** `SS3 x` in application keypad mode: name of the key. */
export const KEYPAD_KEYS: readonly (string | undefined)[] = byCode({
  ' ': 'Space',
  I: 'Tab',
  M: 'NumpadEnter',
  X: 'NumpadEqual',
  j: 'NumpadMultiply',
  k: 'NumpadAdd',
  l: 'NumpadSeparator',
  m: 'NumpadSubtract',
  n: 'NumpadDecimal',
  o: 'NumpadDivide',
  p: 'Numpad0',
  q: 'Numpad1',
  r: 'Numpad2',
  s: 'Numpad3',
  t: 'Numpad4',
  u: 'Numpad5',
  v: 'Numpad6',
  w: 'Numpad7',
  x: 'Numpad8',
  y: 'Numpad9',
});

/** What the keypad keys type. */
export const KEYPAD_TEXT: ReadonlyMap<string, string> = new Map([
  ['Space', ' '],
  ['NumpadEqual', '='],
  ['NumpadMultiply', '*'],
  ['NumpadAdd', '+'],
  ['NumpadSeparator', ','],
  ['NumpadSubtract', '-'],
  ['NumpadDecimal', '.'],
  ['NumpadDivide', '/'],
  ...Array.from({ length: 10 }, (_, digit): [string, string] => [`Numpad${digit}`, String(digit)]),
]);

/** `CSI number ~`. 1 and 4 are VT220 Find and Select, which every terminal of today sends for Home and End. */
export const TILDE_KEYS: readonly (string | undefined)[] = sparse([
  [1, 'Home', 'Insert', 'Delete', 'End', 'PageUp', 'PageDown', 'Home', 'End'],
  [11, 'F1', 'F2', 'F3', 'F4', 'F5'],
  [17, 'F6', 'F7', 'F8', 'F9', 'F10'],
  [23, 'F11', 'F12', 'F13', 'F14'],
  [28, 'F15', 'F16'],
  [31, 'F17', 'F18', 'F19', 'F20'],
]);

/** First number of the kitty protocol's functional keys. */
export const KITTY_FIRST = 57344;

/** Kitty functional keys; index is the number minus `KITTY_FIRST`. */
export const KITTY_KEYS: readonly string[] = [
  ...['Escape', 'Enter', 'Tab', 'Backspace', 'Insert', 'Delete', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['PageUp', 'PageDown', 'Home', 'End', 'CapsLock', 'ScrollLock', 'NumLock', 'PrintScreen', 'Pause', 'ContextMenu'],
  ...Array.from({ length: 35 }, (_, i) => `F${i + 1}`),
  ...Array.from({ length: 10 }, (_, digit) => `Numpad${digit}`),
  ...['NumpadDecimal', 'NumpadDivide', 'NumpadMultiply', 'NumpadSubtract', 'NumpadAdd', 'NumpadEnter', 'NumpadEqual'],
  ...['NumpadSeparator', 'NumpadArrowLeft', 'NumpadArrowRight', 'NumpadArrowUp', 'NumpadArrowDown', 'NumpadPageUp'],
  ...['NumpadPageDown', 'NumpadHome', 'NumpadEnd', 'NumpadInsert', 'NumpadDelete', 'NumpadBegin'],
  ...['MediaPlay', 'MediaPause', 'MediaPlayPause', 'MediaReverse', 'MediaStop', 'MediaFastForward', 'MediaRewind'],
  ...['MediaTrackNext', 'MediaTrackPrevious', 'MediaRecord', 'AudioVolumeDown', 'AudioVolumeUp', 'AudioVolumeMute'],
  ...['ShiftLeft', 'ControlLeft', 'AltLeft', 'SuperLeft', 'HyperLeft', 'MetaLeft'],
  ...['ShiftRight', 'ControlRight', 'AltRight', 'SuperRight', 'HyperRight', 'MetaRight'],
  ...['IsoLevel3Shift', 'IsoLevel5Shift'],
];

/** Windows virtual-key codes of keys that type nothing by themselves; index is the code. */
export const WINDOWS_KEYS: readonly (string | undefined)[] = sparse([
  [8, 'Backspace', 'Tab'],
  [12, 'NumpadBegin', 'Enter'],
  [16, 'ShiftLeft', 'ControlLeft', 'AltLeft', 'Pause', 'CapsLock'],
  [27, 'Escape'],
  [32, 'Space', 'PageUp', 'PageDown', 'End', 'Home', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'],
  [44, 'PrintScreen', 'Insert', 'Delete'],
  [91, 'SuperLeft', 'SuperRight', 'ContextMenu'],
  [96, ...Array.from({ length: 10 }, (_, digit) => `Numpad${digit}`)],
  [106, 'NumpadMultiply', 'NumpadAdd', 'NumpadSeparator', 'NumpadSubtract', 'NumpadDecimal', 'NumpadDivide'],
  [112, ...Array.from({ length: 24 }, (_, i) => `F${i + 1}`)],
  [144, 'NumLock', 'ScrollLock'],
  [160, 'ShiftLeft', 'ShiftRight', 'ControlLeft', 'ControlRight', 'AltLeft', 'AltRight'],
  [173, 'AudioVolumeMute', 'AudioVolumeDown', 'AudioVolumeUp'],
  [176, 'MediaTrackNext', 'MediaTrackPrevious', 'MediaStop', 'MediaPlayPause'],
]);

/** Windows virtual-key codes of symbol keys, by the US layout: used only when the record carries no character. */
export const WINDOWS_SYMBOLS: readonly (string | undefined)[] = sparse([
  [186, ';', '=', ',', '-', '.', '/', '`'],
  [219, '[', '\\', ']', "'"],
  [226, '\\'],
]);

function byCode(names: Readonly<Record<string, string>>): (string | undefined)[] {
  const table = new Array<string | undefined>(128).fill(undefined);
  for (const [letter, name] of Object.entries(names)) table[letter.charCodeAt(0)] = name;
  return table;
}

/** Rows of a first number and the names from there on. */
function sparse(rows: readonly (readonly [number, ...string[]])[]): (string | undefined)[] {
  const table = new Array<string | undefined>(256).fill(undefined);
  for (const [first, ...names] of rows) names.forEach((name, i) => (table[first + i] = name));
  return table;
}
