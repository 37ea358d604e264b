/**
 * Bindings: one handle for "a value that may be a signal, a getter or plain", read and written
 * through `.value`. A binding forwards; only one made from a plain object holds a signal of its own.
 */
import { OptionError } from '../base/index.ts';
import { disconnect, type ReadableSignal, SignalNode, type WritableSignal } from './signal.ts';

const BINDING = Symbol.for('spark.binding');

/** Two-way handle to a value. */
export interface Binding<T> {
  get value(): T;
  set value(next: T);
}

/** One-way handle to a value. */
export interface ReadonlyBinding<T> {
  readonly value: T;
}

/** What is inside a signal, binding or getter; other types as they are. */
export type ExtractInner<T> = T extends { readonly value: infer U } ? U : T;

class ForwardBinding<T> implements Binding<T> {
  readonly [BINDING] = true;
  private readonly source: { value: T };

  constructor(source: { value: T }) {
    this.source = source;
  }

  get value(): T {
    return this.source.value;
  }

  set value(next: T) {
    if (!isWritable(this.source)) throw new OptionError('this binding leads to a read-only value; bind a signal to write through it');
    this.source.value = next;
  }
}

class OwnBinding<T> implements Binding<T> {
  readonly [BINDING] = true;
  readonly node: SignalNode<T>;

  constructor(value: T) {
    this.node = new SignalNode(value, undefined);
  }

  get value(): T {
    return this.node.value;
  }

  set value(next: T) {
    this.node.value = next;
  }
}

class GetterBinding<T> implements ReadonlyBinding<T> {
  readonly [BINDING] = true;
  private readonly getter: () => T;

  constructor(getter: () => T) {
    this.getter = getter;
  }

  get value(): T {
    return this.getter();
  }

  set value(_next: T) {
    throw new OptionError('this binding leads to a read-only value; bind a signal to write through it');
  }
}

/** A setter in the object or its prototypes, or a plain writable property. */
function isWritable(object: object): boolean {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, 'value');
    if (property !== undefined) return property.set !== undefined || property.writable === true;
  }
  return false;
}

function hasValue(source: unknown): source is { value: unknown } {
  return source !== null && typeof source === 'object' && 'value' in source;
}

/**
 * Makes a binding: to a signal, derived or other binding (forwards), to a getter (read-only), to a
 * primitive (holds it, not reactive), to a plain object (holds it in a signal of its own).
 *
 * @example
 * const text = bind(name); // name: WritableSignal<string>
 * text.value = 'Ada';      // writes `name`
 * @throws OptionError when written and what it leads to is read-only
 */
export function bind<T>(source: WritableSignal<T>): Binding<T>;
export function bind<T>(source: Binding<T>): Binding<T>;
export function bind<T>(source: ReadableSignal<T> | ReadonlyBinding<T>): ReadonlyBinding<T>;
export function bind<T>(source: () => T): ReadonlyBinding<T>;
export function bind<T>(source: T): Binding<ExtractInner<T>>;
export function bind(source: unknown): unknown {
  if (typeof source === 'function') return new GetterBinding(source as () => unknown);
  if (hasValue(source)) return new ForwardBinding(source);
  if (source === null || typeof source !== 'object') return new ForwardBinding({ value: source });
  return new OwnBinding(source);
}

/**
 * A read-only binding to a signal or binding.
 *
 * @example
 * const shown = bindReadonly(count);
 * shown.value;
 */
export function bindReadonly<T>(source: ReadableSignal<T> | Binding<T>): ReadonlyBinding<T> {
  return new GetterBinding(() => source.value);
}

/** True for what `bind` and `bindReadonly` return. */
export function isBinding(value: unknown): value is Binding<unknown> {
  return value !== null && typeof value === 'object' && BINDING in value;
}

/** Removes all observers of the signal a binding made for itself. Others are left alone: they belong to somebody else. */
export function disconnectBinding(binding: Binding<unknown> | ReadonlyBinding<unknown> | null | undefined): void {
  if (binding instanceof OwnBinding) disconnect(binding.node as SignalNode<unknown>);
}

/** True when the binding holds a signal of its own (it was made from a plain object). */
export function bindingHasInternalSource(binding: Binding<unknown> | ReadonlyBinding<unknown>): boolean {
  return binding instanceof OwnBinding;
}

/** The value inside a binding or signal; anything else as it is. */
export function unwrap<T>(value: T | Binding<T> | ReadonlyBinding<T>): T {
  return hasValue(value) ? (value.value as T) : (value as T);
}
