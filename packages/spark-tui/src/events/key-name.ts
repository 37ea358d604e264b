/**
 * Table: the names of keys. The names are those of the DOM (`KeyboardEvent.key`, and `.code` where several keys
 * share a `key`), which are what the decoder says. Patterns also take the short names below, in any case.
 */

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type FunctionKey = `F${Exclude<Digit, '0'>}` | `F${1 | 2}${Digit}` | `F3${0 | 1 | 2 | 3 | 4 | 5}`;
type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';
type Editing = 'Insert' | 'Delete' | 'Home' | 'End' | 'PageUp' | 'PageDown';
type NumpadKey =
  | `Numpad${Digit | Arrow | Editing}`
  | `Numpad${'Decimal' | 'Divide' | 'Multiply' | 'Subtract' | 'Add' | 'Enter' | 'Equal' | 'Separator' | 'Begin'}`;
type MediaKey =
  | `Media${'Play' | 'Pause' | 'PlayPause' | 'Reverse' | 'Stop' | 'FastForward' | 'Rewind' | 'TrackNext' | 'TrackPrevious' | 'Record'}`
  | `AudioVolume${'Up' | 'Down' | 'Mute'}`;
type ModifierKey = `${'Shift' | 'Control' | 'Alt' | 'Super' | 'Hyper' | 'Meta'}${'Left' | 'Right'}`;

/** Keys that have a name. All others are named by the character they type. */
export type KeyName =
  | 'Enter'
  | 'Tab'
  | 'Escape'
  | 'Space'
  | 'Backspace'
  | Arrow
  | Editing
  | FunctionKey
  | 'CapsLock'
  | 'ScrollLock'
  | 'NumLock'
  | 'PrintScreen'
  | 'Pause'
  | 'ContextMenu'
  | NumpadKey
  | MediaKey
  | ModifierKey
  | 'IsoLevel3Shift'
  | 'IsoLevel5Shift';

/** Short names of keys, taken in patterns. */
export type KeyAlias = 'esc' | 'return' | 'del' | 'ins' | 'up' | 'down' | 'left' | 'right';

/** Names of modifiers, taken in patterns. `super`, `cmd`, `win` and `meta` are the same one. */
export type ModifierName = 'ctrl' | 'control' | 'alt' | 'option' | 'shift' | 'super' | 'cmd' | 'win' | 'meta' | 'hyper';

const ARROWS: readonly Arrow[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const EDITING: readonly Editing[] = ['Insert', 'Delete', 'Home', 'End', 'PageUp', 'PageDown'];
const NUMPAD = ['Decimal', 'Divide', 'Multiply', 'Subtract', 'Add', 'Enter', 'Equal', 'Separator', 'Begin'] as const;
const MEDIA = ['Play', 'Pause', 'PlayPause', 'Reverse', 'Stop', 'FastForward', 'Rewind', 'TrackNext', 'TrackPrevious', 'Record'] as const;
const MODIFIER_KEYS = ['Shift', 'Control', 'Alt', 'Super', 'Hyper', 'Meta'] as const;

const NAMES: readonly string[] = [
  ...['Enter', 'Tab', 'Escape', 'Space', 'Backspace', 'CapsLock', 'ScrollLock', 'NumLock', 'PrintScreen', 'Pause', 'ContextMenu'],
  ...ARROWS,
  ...EDITING,
  ...Array.from({ length: 35 }, (_, i) => `F${i + 1}`),
  ...Array.from({ length: 10 }, (_, i) => `Numpad${i}`),
  ...[...ARROWS, ...EDITING, ...NUMPAD].map((name) => `Numpad${name}`),
  ...MEDIA.map((name) => `Media${name}`),
  ...['Up', 'Down', 'Mute'].map((name) => `AudioVolume${name}`),
  ...MODIFIER_KEYS.flatMap((name) => [`${name}Left`, `${name}Right`]),
  ...['IsoLevel3Shift', 'IsoLevel5Shift'],
];

const ALIASES: readonly (readonly [KeyAlias | ' ', KeyName])[] = [
  ['esc', 'Escape'],
  ['return', 'Enter'],
  ['del', 'Delete'],
  ['ins', 'Insert'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight'],
  [' ', 'Space'],
];

const BY_LOWER: ReadonlyMap<string, string> = new Map([...NAMES.map((name): [string, string] => [name.toLowerCase(), name]), ...ALIASES]);
const NAME_SET: ReadonlySet<string> = new Set(NAMES);

/** All names and short names, for hints. */
export const KEY_WORDS: readonly string[] = [...NAMES, ...ALIASES.map(([alias]) => alias)];

/** The name of a key as the decoder says it, from any case or a short name; undefined for no name. */
export function keyNameOf(name: string): string | undefined {
  return BY_LOWER.get(name.toLowerCase());
}

/** True when `key` is a name and not a character. */
export function isKeyName(key: string): boolean {
  return NAME_SET.has(key);
}

const NUMPAD_CHARACTERS: Readonly<Record<string, string>> = {
  Decimal: '.',
  Divide: '/',
  Multiply: '*',
  Subtract: '-',
  Add: '+',
  Equal: '=',
  Separator: ',',
};

/** The key of the main block that a keypad key stands for (`NumpadEnter` → `Enter`, `Numpad4` → `4`); `''` for none. */
export function mainBlockKey(key: string): string {
  if (!key.startsWith('Numpad')) return '';
  const rest = key.slice('Numpad'.length);
  if (NAME_SET.has(rest)) return rest;
  return rest.length === 1 ? rest : (NUMPAD_CHARACTERS[rest] ?? '');
}
