/**
 * One key map: bindings of an element or of the app, with the conditions under which they hold.
 */
import { type Scope, watched } from '../base/index.ts';
import { addChord, type ChordNode, chordNode, parseChord } from './chord.ts';
import type { KeyEvent } from './key-event.ts';
import type { Handler } from './handlers.ts';

/** What a chord does. With an `id`, users can give it other keys; with a `description`, help screens can name it. */
export interface KeyCommand {
  readonly run: Handler<KeyEvent>;
  /** Name for `remap`. Need not be unique: the same command in several key maps is remapped in all. */
  readonly id?: string;
  readonly description?: string;
  /** The binding holds only while this is true. */
  readonly when?: () => boolean;
  /** Left out of listings. */
  readonly hidden?: boolean;
}

/** Options of a key map. */
export interface KeymapOptions {
  /** The key map holds only while this is true. */
  readonly when?: () => boolean;
  /** What the key map is about, for help screens. */
  readonly description?: string;
  /**
   * `'focus'` (default): while the element around the call, or something in it, has focus, and while nothing
   * has. `'app'`: wherever focus is, after all others.
   */
  readonly scope?: 'focus' | 'app';
  /** The key that `<leader>` stands for. Default: the app's, which is `'Space'` unless `leaderKey` says another. */
  readonly leader?: string;
  /** How long a chord waits for its next key, in milliseconds; `Infinity` for ever. Default 1000. */
  readonly timeoutMs?: number;
  /** Also takes keys that a focused text field would use. Default: only chords its own element has. */
  readonly evenWhileTyping?: boolean;
}

/** One chord of a key map and its command. */
export interface LayerBinding {
  readonly layer: KeymapLayer;
  readonly command: KeyCommand;
  /** As written in the key map or by the user. */
  readonly chord: string;
  /** As compared, joined by spaces: the leader is replaced. */
  readonly strokes: string;
}

/** Other keys for commands, by id; an empty list takes all keys away. */
export type Remapping = (id: string) => readonly string[] | undefined;

export class KeymapLayer {
  readonly slot: number;
  readonly generation: number;
  readonly scope: Scope;
  readonly options: KeymapOptions;
  bindings: readonly LayerBinding[] = [];
  root: ChordNode<LayerBinding> = chordNode();
  ended = false;
  private readonly commands: readonly (readonly [string, KeyCommand])[];

  constructor(slot: number, generation: number, scope: Scope, commands: readonly (readonly [string, KeyCommand])[], options: KeymapOptions) {
    this.slot = slot;
    this.generation = generation;
    this.scope = scope;
    this.commands = commands;
    this.options = options;
  }

  /** Builds the tree of chords anew. Throws OptionError for a chord that cannot be. */
  build(leader: string, remapped: Remapping): void {
    const root = chordNode<LayerBinding>();
    const bindings: LayerBinding[] = [];
    const done = new Set<string>();
    for (const [chord, command] of this.commands) {
      const other = command.id === undefined ? undefined : remapped(command.id);
      // A command bound to several chords gets the user's keys once.
      if (other !== undefined && command.id !== undefined) {
        if (done.has(command.id)) continue;
        done.add(command.id);
      }
      for (const given of other ?? [chord]) {
        const strokes = parseChord(given, this.options.leader ?? leader);
        const binding: LayerBinding = { layer: this, command, chord: given, strokes: strokes.join(' ') };
        addChord(root, strokes, binding);
        bindings.push(binding);
      }
    }
    this.root = root;
    this.bindings = bindings;
  }

  /** True when the conditions of the key map hold. */
  get isOn(): boolean {
    return !this.ended && this.holds(this.options);
  }

  /** True when the condition of one of its commands holds, or its own. */
  holds(conditional: Pick<KeyCommand, 'when'>): boolean {
    const { when } = conditional;
    return when === undefined || watched(this.scope, when, "a key map's condition").call(conditional);
  }
}
