/**
 * Key patterns such as `'q'`, `'A'`, `'Escape'`, `'ctrl+s'`, `'shift+Tab'`, `'alt+ArrowUp'`: parsed once,
 * matched against key events. Modifiers are exact, but for Shift with a key that types text, where the
 * text itself says it ('A' matches what Shift+a types).
 */
import { OptionError } from '../base/index.ts';
import type { KeyEvent } from './ui-event.ts';

/** A parsed pattern. */
export interface KeyPattern {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly super: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  esc: 'Escape',
  escape: 'Escape',
  return: 'Enter',
  enter: 'Enter',
  tab: 'Tab',
  space: 'Space',
  ' ': 'Space',
  backspace: 'Backspace',
  delete: 'Delete',
  del: 'Delete',
  insert: 'Insert',
  ins: 'Insert',
  home: 'Home',
  end: 'End',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
};

const MODIFIERS = new Set(['ctrl', 'control', 'alt', 'shift', 'super', 'cmd', 'meta', 'option']);

/**
 * Parses a key pattern.
 *
 * @throws OptionError when a part before the last is no modifier, or the key is missing.
 * @example
 * parseKeyPattern('ctrl+s'); // { key: 's', ctrl: true, … }
 */
export function parseKeyPattern(pattern: string): KeyPattern {
  let rest = pattern;
  let ctrl = false;
  let alt = false;
  let shift = false;
  let superKey = false;
  for (;;) {
    const plus = rest.indexOf('+');
    if (plus <= 0 || plus === rest.length - 1) break;
    const name = rest.slice(0, plus).toLowerCase();
    if (!MODIFIERS.has(name)) {
      throw new OptionError(`key pattern '${pattern}': '${name}' is no modifier; use ctrl, alt, shift or super before the key`);
    }
    if (name === 'ctrl' || name === 'control') ctrl = true;
    else if (name === 'alt' || name === 'option') alt = true;
    else if (name === 'shift') shift = true;
    else superKey = true;
    rest = rest.slice(plus + 1);
  }
  if (rest === '') throw new OptionError(`key pattern '${pattern}' names no key; write for example 'q', 'Escape' or 'ctrl+s'`);
  const alias = rest.toLowerCase();
  return { key: (Object.hasOwn(ALIASES, alias) ? ALIASES[alias] : undefined) ?? rest, ctrl, alt, shift, super: superKey };
}

/** True when the event is the key the pattern means. */
export function matchesPattern(event: KeyEvent, pattern: KeyPattern): boolean {
  if (event.ctrl !== pattern.ctrl || event.alt !== pattern.alt || event.super !== pattern.super) return false;
  const typesText = event.text !== '' && event.text !== ' ' && !event.ctrl && !event.alt;
  if (typesText && !pattern.shift) return event.text === pattern.key;
  if (event.shift !== pattern.shift) return false;
  return event.key === pattern.key || event.key === pattern.key.toLowerCase();
}
