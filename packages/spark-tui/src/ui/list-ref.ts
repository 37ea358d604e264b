/**
 * A handle on a virtual list: made by the user, filled by `each`, empty again when that is disposed.
 */
import { StaleRefError } from '../base/index.ts';
import type { ScrollBlock } from '../events/index.ts';
import { signal, type WritableSignal } from '../reactive/index.ts';

/** What a handle asks of its list. */
export interface ListControl {
  scrollToIndex(index: number, block: ScrollBlock): void;
  indexOfKey(key: unknown): number;
}

/** Rows of a list: `first` is shown (in part), `last` is the last one shown. -1 when none is. */
export interface VisibleRows {
  readonly first: number;
  readonly last: number;
}

/**
 * Handle on a list made by `each(…, { virtual: true })`.
 *
 * @example
 * const list = createListRef<number>();
 * each(items, row, { key: (item) => item.id, virtual: true, list });
 * list.scrollToKey(42);
 */
export class ListRef<K = unknown> {
  private control: ListControl | null = null;
  private readonly shown: WritableSignal<VisibleRows> = signal(
    { first: -1, last: -1 },
    { equals: (a, b) => a.first === b.first && a.last === b.last },
  );

  /** Rows that show now, in whole or in part. Reactive. */
  get visible(): VisibleRows {
    return this.shown.value;
  }

  /**
   * Scrolls so that a row shows: as near as possible (default), or at the start, in the middle, at the end of the
   * window. Indexes outside the list mean its first and last row.
   *
   * @throws StaleRefError when the handle was not given to a list, or its list is gone
   */
  scrollToIndex(index: number, block: ScrollBlock = 'nearest'): void {
    this.check('scrollToIndex()').scrollToIndex(index, block);
  }

  /**
   * Scrolls so that the row of a key shows. Looks through the keys of the whole list.
   *
   * @returns false when no item has the key
   * @throws StaleRefError when the handle was not given to a list, or its list is gone
   */
  scrollToKey(key: K, block: ScrollBlock = 'nearest'): boolean {
    const control = this.check('scrollToKey()');
    const index = control.indexOfKey(key);
    if (index >= 0) control.scrollToIndex(index, block);
    return index >= 0;
  }

  /** @internal Ties the handle to a list; null unties it. */
  attach(control: ListControl | null): void {
    this.control = control;
    if (control === null) this.shown.value = { first: -1, last: -1 };
  }

  /** @internal */
  show(first: number, last: number): void {
    this.shown.value = { first, last };
  }

  private check(what: string): ListControl {
    if (this.control === null) throw new StaleRefError(`${what} of a list ref that belongs to no list: pass it to each() as the option 'list'`);
    return this.control;
  }
}

/** Makes an empty handle for the option `list` of `each`. */
export function createListRef<K = unknown>(): ListRef<K> {
  return new ListRef<K>();
}
