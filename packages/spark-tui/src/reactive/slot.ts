/**
 * Slots: a place whose source can be exchanged. It holds a value, or leads to a signal or a getter;
 * who reads the slot follows the exchange.
 *
 *   source  (signal: what the slot leads to)  ──▶  value | signal.value | getter()
 */
import { OptionError } from '../base/index.ts';
import { type ReadableSignal, SignalNode, type WritableSignal } from './signal.ts';
import { sharedTracker, untrack } from './graph.ts';

const tracker = sharedTracker;

const SLOT = Symbol.for('spark.slot');

/** What a slot can lead to. */
export type SlotSource<T> = T | WritableSignal<T> | ReadableSignal<T> | (() => T);

/** A place whose source can be exchanged. */
export interface Slot<T> {
  readonly [SLOT]: true;
  /** The current value; subscribes to the slot and to what it leads to. */
  readonly value: T;
  /** What the slot leads to. Reading it is not tracked. */
  get source(): SlotSource<T>;
  set source(source: SlotSource<T>);
  /** Writes the value, or through to the signal. Throws OptionError when the source is read-only. */
  set(value: T): void;
  peek(): T;
}

const STATIC = 0;
const READABLE = 1;
const GETTER = 2;

class SlotNode<T> implements Slot<T> {
  readonly [SLOT] = true;
  private readonly held: SignalNode<unknown>;
  private kind: number;

  constructor(initial: T) {
    this.held = new SignalNode<unknown>(initial, undefined);
    this.kind = STATIC;
  }

  get value(): T {
    return this.resolve(this.held.value);
  }

  get source(): SlotSource<T> {
    return this.held.peek() as SlotSource<T>;
  }

  set source(source: SlotSource<T>) {
    const kind = kindOf(source);
    const held = this.held;
    // The same object can change its meaning only from value to source, never silently.
    const changed = kind !== this.kind && Object.is(held.peek(), source);
    this.kind = kind;
    if (changed) held.write(undefined);
    held.value = source;
  }

  set(value: T): void {
    if (this.kind === STATIC) {
      this.held.value = value;
    } else if (this.kind === READABLE && isWritableSource(this.held.peek())) {
      (this.held.peek() as WritableSignal<T>).value = value;
    } else {
      throw new OptionError('this slot leads to a read-only source (a getter or derived); give it a signal to write through');
    }
  }

  peek(): T {
    return untrack(() => this.resolve(this.held.peek()));
  }

  private resolve(held: unknown): T {
    if (this.kind === STATIC) return held as T;
    return this.kind === GETTER ? (held as () => T)() : (held as ReadableSignal<T>).value;
  }
}

function kindOf(source: unknown): number {
  if (typeof source === 'function') return GETTER;
  return source !== null && typeof source === 'object' && 'value' in source ? READABLE : STATIC;
}

function isWritableSource(source: unknown): boolean {
  if (isSlot(source)) return false;
  for (let at = source as object | null; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, 'value');
    if (property !== undefined) return property.set !== undefined || property.writable === true;
  }
  return false;
}

/**
 * Makes a slot.
 *
 * @example
 * const title = slot('untitled');
 * effect(() => console.log(title.value));
 * title.source = name;              // a signal: the effect follows it
 * title.source = () => `*${name.value}`;
 */
export function slot<T>(initial: T): Slot<T>;
export function slot<T>(): Slot<T | undefined>;
export function slot<T>(initial?: T): Slot<T | undefined> {
  return new SlotNode(initial);
}

/** True for what `slot` makes, and for slot arrays. */
export function isSlot(value: unknown): value is Slot<unknown> {
  return value !== null && typeof value === 'object' && SLOT in value;
}

/** Slots by index; `array[i]` reads the value, `array[i] = value` (or `setSource`) exchanges the source. */
export interface SlotArray<T> {
  readonly [SLOT]: true;
  [index: number]: T;
  /** One more than the highest index used. */
  readonly length: number;
  setSource(index: number, source: SlotSource<T>): void;
  setValue(index: number, value: T): void;
  slot(index: number): Slot<T>;
  ensureCapacity(length: number): void;
  /** Back to the default value. */
  clear(index: number): void;
  /** Same as `clear`. */
  disconnect(index: number): void;
}

/** Highest index accepted: a typo must not ask for the memory of a continent. */
const MAX_INDEX = 2 ** 32 - 2;

class SlotTable<T> {
  readonly [SLOT] = true;
  length = 0;
  private readonly slots = new Map<number, SlotNode<T>>();
  private readonly initial: T;
  private readonly onWrite: ((index: number) => void) | null;

  constructor(initial: T, onWrite: ((index: number) => void) | null) {
    this.initial = initial;
    this.onWrite = onWrite;
  }

  readonly read = (index: number): T => {
    const node = this.slots.get(index);
    if (node !== undefined) return node.value;
    if (tracker.sub !== undefined) return this.slot(index).value;
    this.ensureCapacity(checkIndex(index) + 1);
    return this.initial;
  };

  readonly slot = (index: number): SlotNode<T> => {
    let node = this.slots.get(index);
    if (node === undefined) {
      this.ensureCapacity(checkIndex(index) + 1);
      node = new SlotNode(this.initial);
      this.slots.set(index, node);
    }
    return node;
  };

  readonly setSource = (index: number, source: SlotSource<T>): void => {
    this.slot(index).source = source;
    this.onWrite?.(index);
  };

  readonly setValue = (index: number, value: T): void => {
    this.slot(index).set(value);
    this.onWrite?.(index);
  };

  readonly ensureCapacity = (length: number): void => {
    if (length > this.length) this.length = length;
  };

  readonly clear = (index: number): void => {
    const node = this.slots.get(index);
    if (node === undefined) return;
    node.source = this.initial;
    this.onWrite?.(index);
  };

  readonly disconnect = this.clear;
}

function checkIndex(index: number): number {
  if (!Number.isInteger(index) || index < 0 || index > MAX_INDEX) {
    throw new OptionError(`a slot index must be an integer from 0 to ${MAX_INDEX}, not ${index}`);
  }
  return index;
}

/** The index a property key stands for, or −1. */
function indexOf(key: PropertyKey): number {
  if (typeof key !== 'string') return -1;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && String(index) === key ? index : -1;
}

function tableProxy<T>(table: SlotTable<T>): SlotArray<T> {
  return new Proxy(table, {
    get(target, key): unknown {
      const index = indexOf(key);
      return index >= 0 ? target.read(index) : Reflect.get(target, key);
    },
    set(target, key, value): boolean {
      const index = indexOf(key);
      if (index < 0) return false;
      target.setSource(index, value as SlotSource<T>);
      return true;
    },
    has(target, key): boolean {
      const index = indexOf(key);
      return index >= 0 ? index < target.length : Reflect.has(target, key);
    },
  }) as unknown as SlotArray<T>;
}

/**
 * An array of slots; one is made when its index is first used.
 *
 * @example
 * const names = slotArray('');
 * names.setSource(3, user.name); // a signal
 * effect(() => console.log(names[3]));
 */
export function slotArray<T>(initial: T): SlotArray<T>;
export function slotArray<T>(): SlotArray<T | undefined>;
export function slotArray<T>(initial?: T): SlotArray<T | undefined> {
  return tableProxy(new SlotTable<T | undefined>(initial, null));
}

/**
 * A slot array that notes which indices were written.
 *
 * @param initial - value of a slot that was not written
 * @param dirtySet - receives each index whose source or value is set
 * @example
 * const dirty = new ReactiveSet<number>();
 * const widths = trackedSlotArray(0, dirty);
 * widths[5] = 80; // dirty has 5
 */
export function trackedSlotArray<T>(initial: T, dirtySet: Set<number>): SlotArray<T> {
  return tableProxy(new SlotTable(initial, (index) => void dirtySet.add(index)));
}

/** True when `index` lies inside the array's length. */
export function hasSlot<T>(array: SlotArray<T>, index: number): boolean {
  return index in array;
}
