/**
 * `each`: a keyed list. Every key has its own scope, its elements and a signal of its item; when the
 * list changes, new keys are made, gone ones disposed, and the rest moved with the fewest moves (all but
 * a longest increasing run stay where they are).
 */
import { OptionError } from '../base/index.ts';
import { renderEffect, runInScope, untrack } from '../reactive/index.ts';
import * as s from '../scene/index.ts';
import { currentPlace, type Place } from './host.ts';
import { KeyedList } from './keyed-list.ts';
import type { ListRef } from './list-ref.ts';
import type { Cleanup, Prop } from './props.ts';
import { Region } from './region.ts';
import { RowSpacer } from './row-spacer.ts';
import { readerOf } from './show.ts';
import { VirtualList } from './virtual-list.ts';

/** How a long list is windowed. */
export interface VirtualOptions {
  /** Cells of a row that was not seen yet, until some were measured. Default 1. */
  readonly estimate?: number;
  /** Rows mounted beyond each end of the window. Default 8. */
  readonly overscan?: number;
}

/** Options of `each`. */
export interface EachOptions<T, K> {
  /** Identity of an item: the same key keeps its elements and state wherever it moves. */
  readonly key: (item: T, index: number) => K;
  /**
   * Mounts only the rows that show and a margin. For long lists, directly in a box that scrolls (overflow `scroll`,
   * `auto` or `hidden`) and lays out a plain column; all rows together may be 16,777,215 cells high. Rows may have any
   * height; those that were never mounted are taken to be as high as the mean of the others. A row that scrolls out of
   * the window is disposed, but the one that has focus in it is kept; what it would show is not followed until it is
   * mounted again.
   */
  readonly virtual?: boolean | VirtualOptions | undefined;
  /** Receives the handle of a virtual list, which scrolls to rows. */
  readonly list?: ListRef<K> | undefined;
}

/**
 * Makes `render` once a key and keeps the elements in the order of the items.
 *
 * @param items the list: a signal, a getter or an array
 * @param render gets a getter of the item (reactive: it changes when an item of the same key is replaced) and the key
 * @throws OptionError when `options.key` is missing
 * @example
 * each(() => todos.value, (todo) => text({ content: () => todo().title }), { key: (todo) => todo.id });
 */
export function each<T, K>(
  items: Prop<readonly T[]>,
  render: (item: () => T, key: K) => unknown,
  options: EachOptions<T, K>,
): Cleanup {
  const place = currentPlace('each()');
  if (typeof options?.key !== 'function') {
    throw new OptionError(
      `${place.host.describe(place.parent)}: each() needs { key: (item) => … } as its third argument, so that it knows items again`,
    );
  }
  if (options.virtual !== undefined && options.virtual !== false) return virtualEach(place, readerOf(items), render, options);
  if (options.list !== undefined) throw new OptionError(`${place.host.describe(place.parent)}: each() takes the option 'list' only together with 'virtual: true'`);
  const region = new Region(place);
  const list = new KeyedList<T, K>(region, render, options.key);
  const read = readerOf(items);
  runInScope(region, () =>
    renderEffect(() => {
      const next = checkItems(place, read());
      const length = next.length;
      const copy: T[] = [];
      for (let i = 0; i < length; i++) copy.push(next[i]);
      untrack(() => list.update(copy));
    }, 'each'),
  );
  return () => region.dispose();
}

function checkItems<T>(place: Place, items: readonly T[]): readonly T[] {
  if (Array.isArray(items)) return items;
  throw new OptionError(`${place.host.describe(place.parent)}: each() was given ${String(items)}; expected an array`);
}

function virtualEach<T, K>(
  place: Place,
  read: () => readonly T[],
  render: (item: () => T, key: K) => unknown,
  options: EachOptions<T, K>,
): Cleanup {
  checkContainer(place);
  const { host, parent } = place;
  const { scene } = host;
  const given = virtualOptions(place, options.virtual);
  const estimate = Math.max(1, checkNumber(place, 'estimate', given.estimate, 1));
  const overscan = given.overscan === undefined ? undefined : Math.ceil(checkNumber(place, 'overscan', given.overscan, 0));
  const above = new RowSpacer(scene, parent, place.before);
  const region = new Region(place);
  const between = new RowSpacer(scene, parent, region.end);
  const below = new RowSpacer(scene, parent, place.before);
  region.onDispose(() => {
    for (const spacer of [above, between, below]) spacer.remove();
  });
  const list = new VirtualList<T, K>(region, above, between, below, { render, key: options.key, estimate, overscan, ref: options.list });
  runInScope(region, () => renderEffect(() => list.refresh(checkItems(place, read())), 'each'));
  return () => region.dispose();
}

/** A windowed list needs a container that shows a part of a column. */
function checkContainer({ host, parent }: Place): void {
  const { u8, capacity } = host.scene;
  const read = (column: number): number => u8.array[column * capacity + parent];
  if (read(s.U8_OVERFLOW_Y) === s.OVERFLOW_VISIBLE && parent !== s.ROOT) {
    throw new OptionError(`${host.describe(parent)}: each() with virtual: true needs a box around it that scrolls; give that box overflow: 'auto'`);
  }
  if (read(s.U8_DISPLAY) !== s.DISPLAY_FLEX || read(s.U8_FLEX_DIRECTION) !== s.FLEX_COLUMN || read(s.U8_FLEX_WRAP) !== s.WRAP_NOWRAP) {
    throw new OptionError(`${host.describe(parent)}: each() with virtual: true needs a plain column around it (display: 'flex', flexDirection: 'column', no wrap)`);
  }
}

const VIRTUAL_OPTIONS: readonly string[] = ['estimate', 'overscan'];

function virtualOptions({ host, parent }: Place, virtual: unknown): VirtualOptions {
  if (virtual === true) return {};
  if (typeof virtual !== 'object' || virtual === null) {
    throw new OptionError(`${host.describe(parent)}: each() was given virtual ${String(virtual)}; expected true, false or { estimate, overscan }`);
  }
  for (const name in virtual) {
    if (!VIRTUAL_OPTIONS.includes(name)) throw new OptionError(`${host.describe(parent)}: each() has no option virtual.${name}; there are estimate and overscan`);
  }
  return virtual;
}

function checkNumber({ host, parent }: Place, name: string, value: number | undefined, fallback: number): number {
  const given = value ?? fallback;
  if (typeof given === 'number' && given >= 0 && given < Infinity) return given;
  throw new OptionError(`${host.describe(parent)}: each() was given virtual.${name} ${String(given)}; expected a number of 0 or more`);
}
