/**
 * Looking at key maps: which bindings hold now (help screens, status bars), and which contradict each other.
 */
import type { ElementHandle, ElementHandles } from './element-handle.ts';
import type { LayerBinding } from './keymap-layer.ts';
import type { Keymaps } from './keymaps.ts';

/** A binding, for people. */
export interface KeyBinding {
  /** The chord, as written in the key map or by the user: `'ctrl+k ctrl+s'`. */
  readonly keys: string;
  /** Id of the command; `''` without one. */
  readonly id: string;
  readonly description: string;
  /** What its key map is about; `''` when it does not say. */
  readonly group: string;
  /** The element whose key map it is; null for those of the app. */
  readonly element: ElementHandle | null;
}

/** Two bindings of the same element (or of the app) that cannot both be reached at once. */
export interface KeyConflict {
  /** `duplicate`: the same chord twice, the later one wins. `prefix`: the shorter waits for the longer one's time to run out. */
  readonly kind: 'duplicate' | 'prefix';
  readonly bindings: readonly [KeyBinding, KeyBinding];
  /** One of them has a condition, so it may be meant. */
  readonly conditional: boolean;
}

/** Bindings that hold now, nearest first, without those that a nearer one hides, and without hidden ones. */
export function activeBindings(keymaps: Keymaps, handles: ElementHandles, target: number): readonly KeyBinding[] {
  const taken = new Set<string>();
  const found: KeyBinding[] = [];
  for (const { layer } of keymaps.ordered(target)) {
    if (!layer.isOn) continue;
    const own: LayerBinding[] = [];
    for (const binding of layer.bindings.toReversed()) {
      if (taken.has(binding.strokes) || !layer.holds(binding.command)) continue;
      taken.add(binding.strokes);
      if (binding.command.hidden !== true) own.push(binding);
    }
    for (const binding of own.toReversed()) found.push(describe(binding, handles));
  }
  return found;
}

/** Contradictions among all key maps. */
export function findConflicts(keymaps: Keymaps, handles: ElementHandles): readonly KeyConflict[] {
  const conflicts: KeyConflict[] = [];
  const places = new Map<string, LayerBinding[]>();
  for (const layer of keymaps.all) {
    const place = `${layer.slot} ${layer.options.scope ?? 'focus'}`;
    const others = places.get(place) ?? [];
    places.set(place, others);
    for (const binding of layer.bindings) {
      for (const other of others) {
        const kind = other.strokes === binding.strokes ? 'duplicate' : isPrefix(other.strokes, binding.strokes) ? 'prefix' : null;
        if (kind === null) continue;
        const conditional = [other, binding].some(({ command, layer: its }) => command.when !== undefined || its.options.when !== undefined);
        conflicts.push({ kind, bindings: [describe(other, handles), describe(binding, handles)], conditional });
      }
      others.push(binding);
    }
  }
  return conflicts;
}

function isPrefix(a: string, b: string): boolean {
  return b.startsWith(`${a} `) || a.startsWith(`${b} `);
}

function describe({ chord, command, layer }: LayerBinding, handles: ElementHandles): KeyBinding {
  return {
    keys: chord,
    id: command.id ?? '',
    description: command.description ?? '',
    group: layer.options.description ?? '',
    element: layer.options.scope === 'app' ? null : handles.find(layer.slot),
  };
}
