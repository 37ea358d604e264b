/**
 * Reactive Map and Set. Observers subscribe to what they ask: one key's value, one key's presence,
 * the size, the keys, or everything.
 *
 *   values    key → signal of its value      (get)          entries exist only while observed
 *   presence  key → signal "is it there"     (has)          entries exist only while observed
 *   length    signal of the size             (size)
 *   shape     pulse: a key came or went      (keys)
 *   content   pulse: anything changed        (values, entries, forEach, iteration)
 *
 * A call that changes several of these is one batch.
 */
import { KeyedSignal, Pulse, refuseWrite, SignalNode } from './signal.ts';
import { MUTABLE, sharedTracker } from './graph.ts';
import { batch } from './queue.ts';

const tracker = sharedTracker;

/** Throws where signals may not be written, before the collection changes. */
export function checkWritable(): void {
  const sub = tracker.sub;
  if (sub !== undefined && (sub.flags & MUTABLE) !== 0) refuseWrite();
}

/** Tracks `key` in `table`; only when somebody observes. */
function track<K, T>(table: Map<K, KeyedSignal<K, T>>, key: K, value: T): void {
  if (tracker.sub === undefined) return;
  void (table.get(key) ?? new KeyedSignal(table, key, value)).value;
}

/**
 * A Map whose reads subscribe and whose writes notify. Values are kept as they are.
 *
 * @example
 * const users = new ReactiveMap<string, string>();
 * effect(() => console.log(users.get('ada')));
 * users.set('ada', 'online'); // runs the effect; users.set('bob', …) does not
 */
export class ReactiveMap<K, V> extends Map<K, V> {
  readonly #values = new Map<K, KeyedSignal<K, V | undefined>>();
  readonly #presence = new Map<K, KeyedSignal<K, boolean>>();
  readonly #length = new SignalNode(0, undefined);
  readonly #shape = new Pulse();
  readonly #content = new Pulse();

  constructor(entries?: Iterable<readonly [K, V]> | null) {
    super();
    if (entries === null || entries === undefined) return;
    for (const [key, value] of entries) super.set(key, value);
    this.#length.write(super.size);
  }

  override get size(): number {
    void this.#length.value;
    return super.size;
  }

  override has(key: K): boolean {
    const there = super.has(key);
    track(this.#presence, key, there);
    return there;
  }

  override get(key: K): V | undefined {
    const value = super.get(key);
    track(this.#values, key, value);
    return value;
  }

  override set(key: K, value: V): this {
    checkWritable();
    const there = super.has(key);
    if (there && Object.is(super.get(key), value)) return this;
    super.set(key, value);
    batch(() => {
      if (!there) {
        this.#presence.get(key)?.write(true);
        this.#length.write(super.size);
        this.#shape.fire();
      }
      this.#values.get(key)?.write(value);
      this.#content.fire();
    });
    return this;
  }

  override delete(key: K): boolean {
    checkWritable();
    if (!super.delete(key)) return false;
    batch(() => {
      this.#presence.get(key)?.write(false);
      this.#values.get(key)?.write(undefined);
      this.#length.write(super.size);
      this.#shape.fire();
      this.#content.fire();
    });
    return true;
  }

  override clear(): void {
    checkWritable();
    if (super.size === 0) return;
    super.clear();
    batch(() => {
      for (const node of [...this.#presence.values()]) node.write(false);
      for (const node of [...this.#values.values()]) node.write(undefined);
      this.#length.write(0);
      this.#shape.fire();
      this.#content.fire();
    });
  }

  override keys(): ReturnType<Map<K, V>['keys']> {
    this.#shape.track();
    return super.keys();
  }

  override values(): ReturnType<Map<K, V>['values']> {
    this.#content.track();
    return super.values();
  }

  override entries(): ReturnType<Map<K, V>['entries']> {
    this.#content.track();
    return super.entries();
  }

  override forEach(fn: (value: V, key: K, map: Map<K, V>) => void, thisArg?: unknown): void {
    this.#content.track();
    super.forEach(fn, thisArg);
  }

  override [Symbol.iterator](): ReturnType<Map<K, V>['entries']> {
    return this.entries();
  }
}

/**
 * A Set whose reads subscribe and whose writes notify: per item for `has`, else as a whole.
 *
 * @example
 * const open = new ReactiveSet<number>();
 * effect(() => console.log(open.has(1)));
 * open.add(1); // runs the effect; open.add(2) does not
 */
export class ReactiveSet<T> extends Set<T> {
  readonly #presence = new Map<T, KeyedSignal<T, boolean>>();
  readonly #length = new SignalNode(0, undefined);
  readonly #content = new Pulse();

  static {
    // Reading methods that only newer runtimes have.
    const names = ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'];
    for (const name of names) {
      const method = (Set.prototype as unknown as Record<string, unknown>)[name];
      if (typeof method !== 'function') continue;
      Object.defineProperty(ReactiveSet.prototype, name, {
        configurable: true,
        writable: true,
        value(this: ReactiveSet<unknown>, ...args: unknown[]): unknown {
          this.#content.track();
          return Reflect.apply(method, this, args);
        },
      });
    }
  }

  constructor(items?: Iterable<T> | null) {
    super();
    if (items === null || items === undefined) return;
    for (const item of items) super.add(item);
    this.#length.write(super.size);
  }

  override get size(): number {
    void this.#length.value;
    return super.size;
  }

  override has(item: T): boolean {
    const there = super.has(item);
    track(this.#presence, item, there);
    return there;
  }

  override add(item: T): this {
    checkWritable();
    if (super.has(item)) return this;
    super.add(item);
    this.#changed(item, true);
    return this;
  }

  override delete(item: T): boolean {
    checkWritable();
    if (!super.delete(item)) return false;
    this.#changed(item, false);
    return true;
  }

  override clear(): void {
    checkWritable();
    if (super.size === 0) return;
    super.clear();
    batch(() => {
      for (const node of [...this.#presence.values()]) node.write(false);
      this.#length.write(0);
      this.#content.fire();
    });
  }

  override keys(): ReturnType<Set<T>['keys']> {
    this.#content.track();
    return super.keys();
  }

  override values(): ReturnType<Set<T>['values']> {
    this.#content.track();
    return super.values();
  }

  override entries(): ReturnType<Set<T>['entries']> {
    this.#content.track();
    return super.entries();
  }

  override forEach(fn: (item: T, same: T, set: Set<T>) => void, thisArg?: unknown): void {
    this.#content.track();
    super.forEach(fn, thisArg);
  }

  override [Symbol.iterator](): ReturnType<Set<T>['values']> {
    return this.values();
  }

  #changed(item: T, there: boolean): void {
    batch(() => {
      this.#presence.get(item)?.write(there);
      this.#length.write(super.size);
      this.#content.fire();
    });
  }
}
