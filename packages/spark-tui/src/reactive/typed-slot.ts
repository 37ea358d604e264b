/**
 * Typed slot arrays: numbers in a typed array that may be bound to signals, with a set of the
 * indices that changed, for code that wants to read a plain column.
 *
 *   set(i, v) ─────────────▶ buffer[i], dirty
 *   setSource(i, signal) ──▶ derived(i) ──sync()──▶ buffer[i], dirty
 */
import { OptionError } from '../base/index.ts';
import { ReactiveSet } from './collections.ts';
import { type DerivedSignal, DerivedNode } from './derived.ts';
import { KeyedSignal, type ReadableSignal } from './signal.ts';
import { sharedTracker } from './graph.ts';

const tracker = sharedTracker;

export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

/** A constructor of one of the typed arrays. */
export type TypedArrayConstructor<A extends TypedArray = TypedArray> = new (length: number) => A;

type NumberSource = number | ReadableSignal<number> | (() => number);

/** Highest number of elements; beyond it an index is taken for a mistake. */
const MAX_CAPACITY = 2 ** 30;

/** A typed array whose elements can be bound to signals. */
export interface TypedSlotArray<A extends TypedArray = TypedArray> {
  /** The elements. Replaced when the array grows. */
  readonly buffer: A;
  readonly capacity: number;
  /** One more than the highest index used. */
  readonly length: number;
  /** Indices that changed since it was cleared. */
  readonly dirtySet: Set<number>;
  /** The element; subscribes to it and to what it is bound to. */
  get(index: number): number;
  /** The element as it is in the buffer, without tracking. */
  peek(index: number): number;
  /** Writes an element and removes its binding. */
  set(index: number, value: number): void;
  /** Binds an element to a signal or getter; `sync` carries its value into the buffer. */
  setSource(index: number, source: NumberSource): void;
  getSignal(index: number): DerivedSignal<number>;
  /** Brings the buffer up to date with everything that is bound. */
  sync(): void;
  /** Syncs, then returns and clears the changed indices. */
  syncAndGetDirty(): number[];
  ensureCapacity(length: number): void;
  clearDirty(): void;
  markDirty(index: number): void;
  hasBoundSource(index: number): boolean;
  unbind(index: number): void;
  /** Removes all bindings and sets every element to the default. */
  reset(): void;
}

class TypedSlots<A extends TypedArray> implements TypedSlotArray<A> {
  buffer: A;
  length = 0;
  readonly dirtySet: Set<number>;
  private readonly type: TypedArrayConstructor<A>;
  private readonly initial: number;
  private readonly bound = new Map<number, DerivedNode<number>>();
  /** Which derived an element is bound to, for readers: exists only while observed. */
  private readonly readers = new Map<number, KeyedSignal<number, DerivedNode<number> | null>>();
  private readonly elements = new Map<number, KeyedSignal<number, number>>();
  /** One element, to convert a number to the type of the buffer. */
  private readonly cell: A;

  constructor(type: TypedArrayConstructor<A>, capacity: number, dirtySet: Set<number>, initial: number) {
    if (!Number.isInteger(capacity) || capacity < 0 || capacity > MAX_CAPACITY) {
      throw new OptionError(`initialCapacity must be an integer from 0 to ${MAX_CAPACITY}, not ${capacity}`);
    }
    this.type = type;
    this.initial = initial;
    this.dirtySet = dirtySet;
    this.buffer = new type(capacity);
    this.cell = new type(1);
    if (initial !== 0) this.buffer.fill(initial);
  }

  get capacity(): number {
    return this.buffer.length;
  }

  get(index: number): number {
    this.reserve(index);
    const source = this.bound.get(index);
    if (tracker.sub === undefined) return source === undefined ? this.buffer[index]! : this.coerce(source.value);
    void (this.readers.get(index) ?? new KeyedSignal(this.readers, index, source ?? null)).value;
    if (source !== undefined) return this.coerce(source.value);
    return (this.elements.get(index) ?? new KeyedSignal(this.elements, index, this.buffer[index]!)).value;
  }

  peek(index: number): number {
    return index < this.buffer.length ? this.buffer[index]! : this.initial;
  }

  set(index: number, value: number): void {
    this.reserve(index);
    this.unbind(index);
    this.store(index, value);
  }

  setSource(index: number, source: NumberSource): void {
    if (typeof source === 'number') {
      this.set(index, source);
      return;
    }
    this.reserve(index);
    const node = new DerivedNode(typeof source === 'function' ? source : () => source.value, undefined);
    this.bound.set(index, node);
    this.readers.get(index)?.write(node);
    this.store(index, node.peek());
  }

  getSignal(index: number): DerivedSignal<number> {
    return new DerivedNode(() => this.get(index), undefined);
  }

  sync(): void {
    for (const [index, node] of this.bound) {
      const value = this.coerce(node.peek());
      if (!Object.is(value, this.buffer[index])) this.store(index, value);
    }
  }

  syncAndGetDirty(): number[] {
    this.sync();
    return takeAll(this.dirtySet);
  }

  ensureCapacity(length: number): void {
    if (length > 0) this.reserve(length - 1);
  }

  clearDirty(): void {
    this.dirtySet.clear();
  }

  markDirty(index: number): void {
    this.dirtySet.add(index);
  }

  hasBoundSource(index: number): boolean {
    return this.bound.has(index);
  }

  unbind(index: number): void {
    if (this.bound.delete(index)) this.readers.get(index)?.write(null);
  }

  reset(): void {
    for (const index of [...this.bound.keys()]) this.unbind(index);
    this.buffer.fill(this.initial);
    for (const node of [...this.elements.values()]) node.write(this.initial);
    this.length = 0;
    this.dirtySet.clear();
  }

  /** Writes the buffer; readers are told the value as the buffer holds it. */
  private store(index: number, value: number): void {
    this.buffer[index] = value;
    this.dirtySet.add(index);
    this.elements.get(index)?.write(this.buffer[index]!);
  }

  /** `value` as an element of the buffer's type. */
  private coerce(value: number): number {
    this.cell[0] = value;
    return this.cell[0]!;
  }

  private reserve(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= MAX_CAPACITY) {
      throw new OptionError(`an index must be an integer from 0 to ${MAX_CAPACITY - 1}, not ${index}`);
    }
    if (index >= this.length) this.length = index + 1;
    const old = this.buffer;
    if (index < old.length) return;
    const buffer = new this.type(Math.max(old.length * 2, index + 1));
    buffer.set(old);
    if (this.initial !== 0) buffer.fill(this.initial, old.length);
    this.buffer = buffer;
  }
}

function takeAll(set: Set<number>): number[] {
  const indices = [...set];
  set.clear();
  return indices;
}

/**
 * A typed array whose elements can be bound to signals.
 *
 * @param type - constructor of the typed array
 * @param initialCapacity - elements at the start; it grows by doubling
 * @param dirtySet - receives the indices that change; may be shared by several arrays
 * @param initial - value of an element that was not written
 * @example
 * const widths = typedSlotArray(Float32Array, 1024);
 * widths.setSource(5, width);
 * widths.syncAndGetDirty(); // [5]
 */
export function typedSlotArray<A extends TypedArray>(
  type: TypedArrayConstructor<A>,
  initialCapacity: number = 256,
  dirtySet: Set<number> = new ReactiveSet<number>(),
  initial: number = 0,
): TypedSlotArray<A> {
  return new TypedSlots(type, initialCapacity, dirtySet, initial);
}

/** One array of a group. */
export interface TypedArrayConfig<A extends TypedArray = TypedArray> {
  type: TypedArrayConstructor<A>;
  defaultValue?: number;
}

/** Several typed slot arrays with one dirty set. */
export interface TypedSlotArrayGroup<T extends Record<string, TypedArrayConfig>> {
  readonly arrays: { readonly [K in keyof T]: TypedSlotArray<InstanceType<T[K]['type']>> };
  readonly dirtySet: Set<number>;
  sync(): void;
  syncAndGetDirty(): number[];
  ensureCapacity(length: number): void;
  reset(): void;
}

/**
 * Several typed slot arrays that grow together and share one set of changed indices.
 *
 * @example
 * const node = typedSlotArrayGroup({ width: { type: Float32Array }, kind: { type: Uint8Array } });
 * node.arrays.width.set(3, 80);
 * node.syncAndGetDirty(); // [3]
 */
export function typedSlotArrayGroup<T extends Record<string, TypedArrayConfig>>(
  config: T,
  initialCapacity: number = 256,
): TypedSlotArrayGroup<T> {
  const dirtySet = new ReactiveSet<number>();
  const arrays: Record<string, TypedSlotArray> = {};
  for (const [name, { type, defaultValue }] of Object.entries(config)) {
    arrays[name] = typedSlotArray(type, initialCapacity, dirtySet, defaultValue ?? 0);
  }
  const all = Object.values(arrays);
  const sync = (): void => all.forEach((array) => array.sync());
  return {
    arrays: arrays as TypedSlotArrayGroup<T>['arrays'],
    dirtySet,
    sync,
    syncAndGetDirty: () => {
      sync();
      return takeAll(dirtySet);
    },
    ensureCapacity: (length) => all.forEach((array) => array.ensureCapacity(length)),
    reset: () => all.forEach((array) => array.reset()),
  };
}
