/**
 * Key maps for the code inside an app: chords and what they do, other keys by the user, listings.
 */
import { OptionError } from '../base/index.ts';
import {
  activeBindings,
  findConflicts,
  type Handler,
  type KeyBinding,
  type KeyCommand,
  type KeyConflict,
  type KeyEvent,
  type KeymapOptions,
  type ValidChord,
} from '../events/index.ts';
import { derived, type ReadableSignal } from '../reactive/index.ts';
import { currentOwner, currentPlace } from './host.ts';
import { namingElement } from './named-error.ts';
import type { Cleanup } from './props.ts';

/** What a chord of a key map does: a handler, or a command with a name, a description, a condition. */
export type KeyAction = Handler<KeyEvent> | KeyCommand;

/** Checks the chords of a key map at compile time: one that names no key is a type error. */
export type CheckedKeymap<M> = { readonly [C in keyof M]: C extends ValidChord<C & string> ? KeyAction : ValidChord<C & string> };

/**
 * Binds chords to actions, for as long as the current owner lives. The key map belongs to the element around
 * the call: it holds while that element, or something in it, has focus, and while nothing has. The nearest key map that knows
 * a key gets it, after `onKey` of the same element.
 *
 * @param bindings chords (`'ctrl+s'`, `'g g'`, `'ctrl+k ctrl+s'`, `'<leader> f'`) and what they do
 * @returns ends the key map
 * @throws PhaseError outside an app; OptionError for a chord that names no key
 * @example
 * keymap({
 *   'ctrl+s': { id: 'save', description: 'Save', run: save },
 *   'g g': () => list.scrollTo({ y: 0 }),
 * });
 */
export function keymap<const M extends Readonly<Record<string, KeyAction>>>(bindings: M & CheckedKeymap<M>, options: KeymapOptions = {}): Cleanup {
  const place = currentPlace('keymap()');
  const owner = currentOwner('keymap()');
  return namingElement(place, () => {
    checkOptions(options);
    if (typeof bindings !== 'object' || bindings === null) throw new OptionError(`keymap() was given ${String(bindings)}; expected an object of chords and what they do`);
    const commands = Object.entries(bindings as Readonly<Record<string, KeyAction>>).map(([chord, action]): readonly [string, KeyCommand] => [
      chord,
      commandOf(chord, action),
    ]);
    return place.host.events.keymaps.add(place.parent, commands, options, owner);
  });
}

function checkOptions({ timeoutMs, scope, when }: KeymapOptions): void {
  if (timeoutMs !== undefined && !(timeoutMs > 0)) throw new OptionError(`keymap(): timeoutMs is ${String(timeoutMs)}; expected milliseconds above 0, or Infinity`);
  if (scope !== undefined && scope !== 'focus' && scope !== 'app') throw new OptionError(`keymap(): scope is ${String(scope)}; expected 'focus' or 'app'`);
  if (when !== undefined && typeof when !== 'function') throw new OptionError(`keymap(): when is ${String(when)}; expected a function`);
}

function commandOf(chord: string, action: KeyAction): KeyCommand {
  if (typeof action === 'function') return { run: action };
  if (typeof action !== 'object' || action === null || typeof action.run !== 'function') {
    throw new OptionError(`keymap(): '${chord}' is ${String(action)}; expected a function, or { run: a function }`);
  }
  return action;
}

/**
 * Gives commands other keys, for as long as the current owner lives: in all key maps, also later ones. `null` takes a
 * command's keys away. The last call that names a command wins.
 *
 * @param keys chords by the `id` of commands, as a user's settings would have them
 * @throws PhaseError outside an app; OptionError for a chord that names no key (nothing is changed then)
 * @example
 * remap({ save: 'ctrl+x ctrl+s', quit: ['q', 'ctrl+q'], help: null });
 */
export function remap(keys: Readonly<Record<string, string | readonly string[] | null>>): Cleanup {
  const place = currentPlace('remap()');
  const lists = new Map<string, readonly string[]>();
  for (const [id, chords] of Object.entries(keys)) {
    const list = chords === null ? [] : typeof chords === 'string' ? [chords] : chords;
    if (!Array.isArray(list) || list.some((chord) => typeof chord !== 'string')) {
      throw new OptionError(`remap(): '${id}' is ${String(chords)}; expected a chord, a list of chords, or null`);
    }
    lists.set(id, list);
  }
  return namingElement(place, () => place.host.events.keymaps.remap(lists, currentOwner('remap()')));
}

/**
 * Says which key `<leader>` stands for in the app's key maps that do not say their own. `'Space'` until then.
 *
 * @throws PhaseError outside an app; OptionError for what names no key
 * @example
 * leaderKey(',');
 */
export function leaderKey(key: string): void {
  currentPlace('leaderKey()').host.events.keymaps.setLeader(key);
}

/**
 * Bindings that contradict each other: the same chord twice on one element, or one chord that begins another.
 * For the console of a developer and for settings screens.
 *
 * @throws PhaseError outside an app
 * @example
 * for (const { kind, bindings } of keymapConflicts()) print(kind, bindings[0].keys, bindings[1].keys);
 */
export function keymapConflicts(): readonly KeyConflict[] {
  const { keymaps, handles } = currentPlace('keymapConflicts()').host.events;
  return findConflicts(keymaps, handles);
}

/**
 * The bindings that hold now, nearest first, as a signal: what a help screen or a status bar shows. It follows
 * focus, conditions that read signals, and changes of keys.
 *
 * @throws PhaseError outside an app
 * @example
 * const bindings = keyBindings();
 * each(() => bindings.value, (b) => text({ content: () => `${b().keys}  ${b().description}` }), { key: (b) => b.keys });
 */
export function keyBindings(): ReadableSignal<readonly KeyBinding[]> {
  const { keymaps, handles, focus } = currentPlace('keyBindings()').host.events;
  return derived(() => {
    const slot = focus.slotSignal.value;
    return keymaps.version.value === 0 ? [] : activeBindings(keymaps, handles, slot || focus.trap);
  });
}

/**
 * The keys of a chord that was begun, as a signal; `''` when none was.
 *
 * @throws PhaseError outside an app
 * @example
 * const keys = pendingKeys();
 * text({ content: () => (keys.value === '' ? '' : `${keys.value} …`) });
 */
export function pendingKeys(): ReadableSignal<string> {
  return currentPlace('pendingKeys()').host.events.keymaps.pendingKeys;
}
