/**
 * Where the rows of a list went when the list was replaced by another: by what both have in common at the
 * beginning and at the end, and only for what lies between by key. Most edits (append, insert, remove, replace)
 * leave nothing between on one side, so that no key is asked for but at the seams.
 */

/** Gives the new place of an old row; -1 when it is gone. */
export type RowMap = (oldIndex: number) => number;

/** Compares two lists. Takes O(n) comparisons, and a map of the keys of what changed. */
export function diffRows<T, K>(old: readonly T[], now: readonly T[], keyOf: (item: T, index: number) => K): RowMap {
  const shorter = Math.min(old.length, now.length);
  let prefix = 0;
  while (prefix < shorter && (old[prefix] === now[prefix] || keyOf(old[prefix], prefix) === keyOf(now[prefix], prefix))) prefix++;
  const shift = now.length - old.length;
  let suffix = 0;
  while (suffix < shorter - prefix) {
    const i = old.length - 1 - suffix;
    if (old[i] !== now[i + shift] && keyOf(old[i], i) !== keyOf(now[i + shift], i + shift)) break;
    suffix++;
  }
  const oldEnd = old.length - suffix;
  const nowEnd = now.length - suffix;
  const places = new Map<K, number>();
  if (prefix < oldEnd) for (let i = prefix; i < nowEnd; i++) places.set(keyOf(now[i], i), i);
  return (index) => {
    if (index < prefix) return index;
    if (index >= oldEnd) return index + shift;
    return places.size === 0 ? -1 : (places.get(keyOf(old[index], index)) ?? -1);
  };
}
