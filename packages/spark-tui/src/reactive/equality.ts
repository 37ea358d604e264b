/**
 * When is a new value "the same"? The default is `Object.is` for signals and deriveds alike, on
 * every runtime. The others are for the `equals` option.
 */

/** Returns true when `next` need not be told to anybody. */
export type Equals<T = unknown> = (previous: T, next: T) => boolean;

/** `Object.is`: NaN equals NaN, 0 differs from −0, objects by identity. The default. */
export const equals = (a: unknown, b: unknown): boolean => Object.is(a, b);

/** Not equal, or an object or function that may have been changed in place. */
export function safeNotEqual(a: unknown, b: unknown): boolean {
  if (!Object.is(a, b)) return true;
  return (a !== null && typeof a === 'object') || typeof a === 'function';
}

/** Primitives by `Object.is`; objects and functions are never equal (they may have been changed in place). */
export const safeEquals = (a: unknown, b: unknown): boolean => !safeNotEqual(a, b);

/** Equal own enumerable properties, compared by `Object.is`, one level deep. Arrays equal only arrays. */
export function shallowEquals(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) {
    const other = b as unknown[];
    return a.length === other.length && a.every((item, i) => Object.is(item, other[i]));
  }
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof Map || a instanceof Set || ArrayBuffer.isView(a)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && Object.is(read(a, key), read(b, key)));
}

/**
 * Structural equality, also of arrays, maps, sets, dates, regular expressions, typed arrays and
 * cyclic data. Map keys and set members are compared by identity. Different prototypes differ.
 */
export function deepEquals(a: unknown, b: unknown): boolean {
  return deep(a, b, null);
}

function deep(a: unknown, b: unknown, seen: Map<object, object> | null): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const pairs = seen ?? new Map<object, object>();
  if (pairs.get(a) === b) return true;
  pairs.set(a, b);
  if (Array.isArray(a)) {
    const other = b as unknown[];
    return a.length === other.length && a.every((item, i) => deep(item, other[i], pairs));
  }
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Map) return deepMap(a, b as Map<unknown, unknown>, pairs);
  if (a instanceof Set) {
    const other = b as Set<unknown>;
    return a.size === other.size && [...a].every((item) => other.has(item));
  }
  if (ArrayBuffer.isView(a)) return sameBytes(a, b as ArrayBufferView);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && deep(read(a, key), read(b, key), pairs));
}

function deepMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, seen: Map<object, object>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (!b.has(key) || !deep(value, b.get(key), seen)) return false;
  }
  return true;
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return left.every((byte, i) => byte === right[i]);
}

function read(object: object, key: string): unknown {
  return (object as Record<string, unknown>)[key];
}

/** Makes an equality from a comparison; its result is taken as a boolean. */
export function createEquals<T>(fn: (a: T, b: T) => boolean): Equals<T> {
  return (previous, next) => Boolean(fn(previous, next));
}

/** Every write is a change. */
export const neverEquals = (_a: unknown, _b: unknown): boolean => false;

/** No write is ever a change: the first value stays. */
export const alwaysEquals = (_a: unknown, _b: unknown): boolean => true;
