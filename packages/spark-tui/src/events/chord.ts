/**
 * Chords: strokes pressed one after the other, such as `'ctrl+k ctrl+s'`, `'g g'`, `'<leader> f'`.
 *
 * A key map's chords are kept as a tree of strokes: each key goes one step down; where a binding hangs it may
 * run, where the tree goes on more keys are awaited.
 */
import { OptionError } from '../base/index.ts';
import { parseKeyPattern } from './key-pattern.ts';

/** The key that `<leader>` stands for when nobody says another. */
export const DEFAULT_LEADER = 'Space';

/** Strokes of a chord. More would be no shortcut. */
const MAX_STROKES = 8;

/**
 * Parses a chord into its strokes.
 *
 * @throws OptionError for a stroke that names no key, and for a chord of no or too many strokes
 * @example
 * parseChord('ctrl+k s', 'Space'); // ['ctrl+k', 's']
 */
export function parseChord(chord: string, leader: string): readonly string[] {
  if (chord === ' ') return ['Space'];
  const parts = chord.split(' ').filter((part) => part !== '');
  if (parts.length === 0) throw new OptionError(`key chord '${chord}' names no key; write for example 'ctrl+s', 'g g' or '<leader> f'`);
  if (parts.length > MAX_STROKES) throw new OptionError(`key chord '${chord}' has ${parts.length} keys; at most ${MAX_STROKES} make a chord`);
  return parts.map((part) => parseKeyPattern(part.toLowerCase() === '<leader>' ? leader : part).stroke);
}

/** A tree of strokes. */
export interface ChordNode<B> {
  readonly next: Map<string, ChordNode<B>>;
  readonly bindings: B[];
}

export function chordNode<B>(): ChordNode<B> {
  return { next: new Map(), bindings: [] };
}

/** Hangs a binding into the tree. */
export function addChord<B>(root: ChordNode<B>, strokes: readonly string[], binding: B): void {
  let node = root;
  for (const stroke of strokes) {
    let next = node.next.get(stroke);
    if (next === undefined) {
      next = chordNode();
      node.next.set(stroke, next);
    }
    node = next;
  }
  node.bindings.push(binding);
}
