/**
 * Key patterns such as `'q'`, `'A'`, `'Escape'`, `'ctrl+s'`, `'shift+Tab'`, `'alt+ArrowUp'`.
 *
 * A pattern is parsed once into its *stroke*, one string; an event names the few strokes it can be taken for,
 * the most literal first; the pattern matches when its stroke is among them.
 *
 *   stroke      ctrl+ alt+ shift+ super+ hyper+ key, in this order; `super` also stands for meta
 *   characters  without other modifiers Shift is in the character: 'A', '?'; with them case means nothing:
 *               'ctrl+S' is 'ctrl+s', and Ctrl+Shift+S is 'ctrl+shift+s'
 *   layouts     where a key types no ASCII letter, the key of the US layout on the same place is taken too, so
 *               that Ctrl+с on a Russian layout is 'ctrl+c' (terminals with the kitty protocol tell)
 *   keypad      a key of the keypad is also taken for the one of the main block
 */
import { nearestName, OptionError } from '../base/index.ts';
import type { KeyEvent } from './key-event.ts';
import { isKeyName, KEY_WORDS, keyNameOf, mainBlockKey } from './key-name.ts';

/** A parsed pattern. */
export interface KeyPattern {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly super: boolean;
  readonly hyper: boolean;
  /** The same as one string; equal patterns have equal ones. */
  readonly stroke: string;
}

const CTRL = 1 << 0;
const ALT = 1 << 1;
const SHIFT = 1 << 2;
const SUPER = 1 << 3;
const HYPER = 1 << 4;
/** With one of these a key types nothing. */
const SILENT: number = CTRL | ALT | SUPER | HYPER;

const MODIFIERS: ReadonlyMap<string, number> = new Map([
  ['ctrl', CTRL],
  ['control', CTRL],
  ['alt', ALT],
  ['option', ALT],
  ['shift', SHIFT],
  ['super', SUPER],
  ['cmd', SUPER],
  ['win', SUPER],
  ['meta', SUPER],
  ['hyper', HYPER],
]);

/** Prefixes by modifier mask. */
const PREFIXES: readonly string[] = Array.from(
  { length: 32 },
  (_, mods) =>
    (mods & CTRL ? 'ctrl+' : '') + (mods & ALT ? 'alt+' : '') + (mods & SHIFT ? 'shift+' : '') + (mods & SUPER ? 'super+' : '') + (mods & HYPER ? 'hyper+' : ''),
);

/**
 * Parses a key pattern.
 *
 * @throws OptionError when a part before the last is no modifier, or the key is missing or unknown.
 * @example
 * parseKeyPattern('ctrl+s'); // { key: 's', ctrl: true, …, stroke: 'ctrl+s' }
 */
export function parseKeyPattern(pattern: string): KeyPattern {
  let rest = pattern;
  let mods = 0;
  for (;;) {
    const plus = rest.indexOf('+');
    if (plus <= 0 || plus === rest.length - 1) break;
    const name = rest.slice(0, plus).toLowerCase();
    const bit = MODIFIERS.get(name);
    if (bit === undefined) {
      throw new OptionError(`key pattern '${pattern}': '${name}' is no modifier; ${hint(name, MODIFIERS.keys()) ?? 'use ctrl, alt, shift, super or hyper before the key'}`);
    }
    mods |= bit;
    rest = rest.slice(plus + 1);
  }
  if (rest === '') throw new OptionError(`key pattern '${pattern}' names no key; write for example 'q', 'Escape' or 'ctrl+s'`);
  const name = keyNameOf(rest);
  if (name === undefined && !isCharacter(rest)) {
    throw new OptionError(`key pattern '${pattern}': there is no key of that name; ${hint(rest, KEY_WORDS) ?? "use a character or a name such as 'Enter', 'ArrowUp', 'F5'"}`);
  }
  const key = name ?? rest;
  return {
    key,
    ctrl: (mods & CTRL) !== 0,
    alt: (mods & ALT) !== 0,
    shift: (mods & SHIFT) !== 0,
    super: (mods & SUPER) !== 0,
    hyper: (mods & HYPER) !== 0,
    stroke: name !== undefined ? PREFIXES[mods] + name : characterStroke(mods, key),
  };
}

function hint(given: string, known: Iterable<string>): string | undefined {
  const near = nearestName(given, known);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}

/** One character, or a cluster beyond ASCII. */
function isCharacter(text: string): boolean {
  return text.length === 1 || text.charCodeAt(0) > 0x7f;
}

function characterStroke(mods: number, character: string): string {
  if ((mods & SILENT) !== 0) return PREFIXES[mods] + character.toLowerCase();
  if ((mods & SHIFT) === 0) return character;
  const upper = character.toUpperCase();
  return upper === character.toLowerCase() ? `shift+${character}` : upper;
}

/** The strokes an event can be taken for, the most literal first. */
export function strokesOf(event: KeyEvent): readonly string[] {
  const strokes: string[] = [];
  const add = (stroke: string): void => {
    if (stroke !== '' && !strokes.includes(stroke)) strokes.push(stroke);
  };
  const { key, text, base, shifted } = event;
  const mods =
    (event.ctrl ? CTRL : 0) | (event.alt ? ALT : 0) | (event.shift ? SHIFT : 0) | (event.super || event.meta ? SUPER : 0) | (event.hyper ? HYPER : 0);
  const types = (mods & SILENT) === 0;
  if (types && text !== '' && text !== ' ') add(text);
  if (key === '') return strokes;
  if (isKeyName(key)) {
    add(PREFIXES[mods] + key);
    const main = mainBlockKey(key);
    if (main !== '') add(isKeyName(main) ? PREFIXES[mods] + main : characterStroke(mods, main));
    return strokes;
  }
  // Where text is another character (AltGr), the key itself was not meant.
  if (!types || event.shift || text === '' || text.toLowerCase() === key) add(characterStroke(mods, key));
  if (event.shift && shifted !== '' && shifted.toLowerCase() !== key) add(characterStroke(mods & ~SHIFT, shifted));
  if (base !== '' && base !== key && key.charCodeAt(0) > 0x7f) add(characterStroke(mods, base));
  return strokes;
}

/** True when the event is the key the pattern means. */
export function matchesPattern(event: KeyEvent, pattern: KeyPattern): boolean {
  return event.strokes.includes(pattern.stroke);
}

/** Patterns parsed lately. */
const parsed = new Map<string, KeyPattern>();
const MAX_PARSED = 256;

/**
 * True when the event is the key that the pattern names. Case of modifiers and names does not matter.
 *
 * @throws OptionError for a pattern that names no key
 * @example
 * box({ onKey: (event) => { if (matchesKey(event, 'Ctrl+S')) save(); } });
 */
export function matchesKey(event: KeyEvent, pattern: string): boolean {
  let known = parsed.get(pattern);
  if (known === undefined) {
    known = parseKeyPattern(pattern);
    if (parsed.size >= MAX_PARSED) parsed.clear();
    parsed.set(pattern, known);
  }
  return matchesPattern(event, known);
}
