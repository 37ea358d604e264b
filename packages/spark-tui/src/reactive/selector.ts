/**
 * Selectors: "is this key the selected one?" asked by many, answered so that a change of the
 * selection runs only the two who are concerned, however many ask.
 */
import { type EffectNode, newEffect } from './effect.ts';
import { runInScope } from './ownership.ts';
import { KeyedSignal } from './signal.ts';
import { sharedTracker, untrack } from './graph.ts';
import { SYNC } from './lane.ts';

const tracker = sharedTracker;

/** Asks whether `key` is selected, and subscribes to that answer. */
export type SelectorFn<U> = (key: U) => boolean;

class SelectorTable<T, U> extends Map<U, KeyedSignal<U, boolean>> {
  private readonly source: () => T;
  private readonly matches: ((key: U, value: T) => boolean) | undefined;
  private watcher: EffectNode | null = null;
  private selected: T | undefined = undefined;

  constructor(source: () => T, matches: ((key: U, value: T) => boolean) | undefined) {
    super();
    this.source = source;
    this.matches = matches;
  }

  isSelected(key: U): boolean {
    const value = untrack(this.source);
    const now = this.test(key, value);
    if (this.watcher !== null) this.move(value);
    if (tracker.sub === undefined) return now;
    if (this.watcher === null) this.watch(value);
    const node = this.get(key) ?? new KeyedSignal(this, key, now);
    return node.value;
  }

  /** The last observer of a key went: without any, nothing watches the source. */
  override delete(key: U): boolean {
    const deleted = super.delete(key);
    if (this.size === 0 && this.watcher !== null) {
      const watcher = this.watcher;
      this.watcher = null;
      watcher.dispose();
    }
    return deleted;
  }

  private watch(value: T): void {
    this.selected = value;
    runInScope(null, () => {
      const watcher = newEffect(() => {
        const next = this.source();
        untrack(() => this.move(next));
      }, SYNC);
      this.watcher = watcher;
      watcher.execute(true);
    });
  }

  private move(next: T): void {
    const previous = this.selected as T;
    if (Object.is(previous, next)) return;
    this.selected = next;
    if (this.matches === undefined) {
      this.get(previous as unknown as U)?.write(false);
      this.get(next as unknown as U)?.write(true);
      return;
    }
    for (const [key, node] of [...this]) node.write(this.test(key, next));
  }

  private test(key: U, value: T): boolean {
    const matches = this.matches;
    return matches === undefined ? Object.is(key, value) : untrack(() => matches(key, value));
  }
}

/**
 * Makes a function that tells whether a key is the selected one. Inside a batch, a derived that asked
 * before learns of a move when the batch ends (or at the next question to the selector).
 *
 * @param source - reads the selection
 * @param matches - whether `key` belongs to the selection `value`; default `Object.is`
 * @example
 * const isSelected = createSelector(() => selected.value);
 * effect(() => { row.bg = isSelected(row.id) ? 'blue' : undefined; }); // a move runs two of these
 */
export function createSelector<T, U = T>(source: () => T, matches?: (key: U, value: T) => boolean): SelectorFn<U> {
  const table = new SelectorTable<T, U>(source, matches);
  return (key) => table.isSelected(key);
}
