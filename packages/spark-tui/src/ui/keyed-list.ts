/**
 * The rows of a keyed list: a scope, an item signal and the top nodes of each, in the order of the items. New keys
 * are made, gone ones disposed, and the rest moved with the fewest moves (all but a longest increasing run stay
 * where they are).
 */
import type { Scope } from '../base/index.ts';
import { signal, type WritableSignal } from '../reactive/index.ts';
import { NIL, U32_NEXT } from '../scene/index.ts';
import type { Region } from './region.ts';
import { stableSubsequence } from './stable-subsequence.ts';

/** One row. */
export interface Row<T, K> {
  readonly key: K;
  readonly item: WritableSignal<T>;
  readonly scope: Scope;
  /** First and last node at the top of the row (the same, or anchors around them); NIL when it made none. */
  readonly first: number;
  readonly last: number;
  readonly firstGeneration: number;
  /** Place among the items given last. */
  index: number;
  /** Place in the old list, while rows are sorted. */
  at: number;
}

export class KeyedList<T, K> {
  private readonly region: Region;
  private readonly render: (item: () => T, key: K) => unknown;
  private readonly keyOf: (item: T, index: number) => K;
  rows: readonly Row<T, K>[] = [];
  private byKey = new Map<K, Row<T, K>>();

  constructor(region: Region, render: (item: () => T, key: K) => unknown, keyOf: (item: T, index: number) => K) {
    this.region = region;
    this.render = render;
    this.keyOf = keyOf;
  }

  update(items: readonly T[]): void {
    const keys = this.keysOf(items);
    const wanted = new Set(keys);
    for (const row of this.rows) {
      if (wanted.has(row.key)) continue;
      this.byKey.delete(row.key);
      row.scope.dispose();
    }
    const kept = this.rows.filter((row) => wanted.has(row.key));
    kept.forEach((row, at) => {
      row.at = at;
    });
    const rows: Row<T, K>[] = [];
    let failed = false;
    let failure: unknown;
    keys.forEach((key, i) => {
      const known = this.byKey.get(key);
      if (known !== undefined) {
        known.item.value = items[i];
        known.index = i;
        rows.push(known);
        return;
      }
      try {
        const made = this.make(key, items[i], i);
        this.byKey.set(key, made);
        rows.push(made);
      } catch (error) {
        // The other rows are made all the same; this one is tried again with the next list.
        if (!failed) failure = error;
        failed = true;
      }
    });
    this.rows = rows;
    this.sort();
    if (failed) throw failure;
  }

  /** Keys of the items. A key used twice is reported, and the later item gets a key of its own so that it shows. */
  private keysOf(items: readonly T[]): K[] {
    const seen = new Set<K>();
    return items.map((item, index) => {
      const key = this.keyOf(item, index);
      if (!seen.has(key)) {
        seen.add(key);
        return key;
      }
      const { host, parent } = this.region;
      host.warn(`${host.describe(parent)}: each() met the key ${String(key)} twice (again at index ${index}); keys must be unique`);
      let spare: unknown = `${String(key)}#${index}`;
      while (seen.has(spare as K)) spare = `${String(spare)}#`;
      seen.add(spare as K);
      return spare as K;
    });
  }

  /** Makes a row at the end of the region. */
  private make(key: K, item: T, index: number): Row<T, K> {
    const { region } = this;
    const source = signal(item);
    const lastBefore = region.lastNode();
    const scope = region.branch(() => this.render(() => source.value, key));
    const last = region.lastNode();
    const { scene } = region.host;
    const first = scene.u32.array[U32_NEXT * scene.capacity + lastBefore];
    if (last === lastBefore) return { key, item: source, scope, first: NIL, last: NIL, firstGeneration: 0, index, at: -1 };
    // What is between the first and the last may come and go, and so may they: several roots get anchors.
    const ends = first === last ? { first, last } : region.bracket(scope, first);
    return { key, item: source, scope, ...ends, firstGeneration: scene.generation(ends.first), index, at: -1 };
  }

  /** Moves rows so that the nodes stand in the order of `this.rows`. New ones (at = -1) were made at the end. */
  private sort(): void {
    const { rows, region } = this;
    const stays = stableSubsequence(rows.map((row) => row.at));
    let before = region.end;
    for (let i = rows.length - 1; i >= 0; i--) {
      const row = rows[i];
      if (!region.host.scene.isLive(row.first, row.firstGeneration)) continue;
      if (!stays[i] && nextSibling(region, row.last) !== before) region.moveRange(row.first, row.last, before);
      before = row.first;
    }
  }
}

function nextSibling(region: Region, node: number): number {
  const { scene } = region.host;
  return scene.u32.array[U32_NEXT * scene.capacity + node];
}
