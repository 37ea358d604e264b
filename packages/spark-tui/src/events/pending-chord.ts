/**
 * A chord that was begun: where it stands in the key maps that know how it goes on, and what it means if no
 * further key comes.
 */
import type { ChordNode } from './chord.ts';
import type { KeyEvent } from './key-event.ts';
import type { KeymapLayer, LayerBinding } from './keymap-layer.ts';

/** A place in the tree of one key map. */
export interface ChordPlace {
  readonly layer: KeymapLayer;
  readonly node: ChordNode<LayerBinding>;
}

/** What one more key leads to. */
export interface ChordStep {
  /** Key maps in which more keys may follow, the nearest first. */
  readonly places: readonly ChordPlace[];
  /** What the keys so far mean by themselves, by the nearest key map; null for nothing. */
  readonly exact: LayerBinding | null;
  /** True when a key map nearer than that of `exact` (or the same) awaits more keys. */
  readonly waits: boolean;
}

/** Takes a key from each of `places`; those farther out see it only where nearer ones do not end it. */
export function stepChord(places: readonly ChordPlace[], event: KeyEvent): ChordStep {
  const next: ChordPlace[] = [];
  let exact: LayerBinding | null = null;
  let waits = false;
  for (const { layer, node } of places) {
    if (!layer.isOn) continue;
    for (const stroke of event.strokes) {
      const child = node.next.get(stroke);
      if (child === undefined) continue;
      const found: LayerBinding | null = exact === null ? (child.bindings.findLast(({ command }) => layer.holds(command)) ?? null) : null;
      if (child.next.size > 0) {
        next.push({ layer, node: child });
        if (exact === null) waits = true;
      }
      exact ??= found;
      if (found !== null || child.next.size > 0) break;
    }
    if (exact !== null && !waits) break;
  }
  return { places: next, exact, waits };
}
