/**
 * Deep reactive state: plain objects and arrays behind proxies that track each property by itself.
 *
 *   record of a target = { values: key → signal of the raw value      (get)
 *                          presence: key → signal "is it there"       (in)
 *                          shape: pulse "a key came or went" }        (Object.keys, for…in, length of spread)
 *
 * The data stays raw underneath: proxies are made when a nested object is read and are never stored
 * in it. Signals exist only while observed. One target has one proxy, for as long as it lives.
 */
import { checkWritable } from './collections.ts';
import { KeyedSignal, Pulse } from './signal.ts';
import { sharedTracker, untrack } from './graph.ts';
import { batch } from './queue.ts';

const tracker = sharedTracker;

interface TargetRecord {
  readonly target: object;
  readonly proxy: object;
  readonly values: Map<PropertyKey, KeyedSignal<PropertyKey, unknown>>;
  readonly presence: Map<PropertyKey, KeyedSignal<PropertyKey, boolean>>;
  readonly shape: Pulse;
}

const recordOfTarget = new WeakMap<object, TargetRecord>();
const recordOfProxy = new WeakMap<object, TargetRecord>();

function canProxy(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

/**
 * The reactive proxy of a plain object or array (other values are returned as they are). The same
 * object always gives the same proxy.
 */
export function proxy<T>(value: T): T {
  if (!canProxy(value) || recordOfProxy.has(value)) return value;
  const known = recordOfTarget.get(value);
  if (known !== undefined) return known.proxy as T;
  const made: TargetRecord = {
    target: value,
    proxy: new Proxy(value, Array.isArray(value) ? arrayHandler : objectHandler),
    values: new Map(),
    presence: new Map(),
    shape: new Pulse(),
  };
  recordOfTarget.set(value, made);
  recordOfProxy.set(made.proxy, made);
  return made.proxy as T;
}

/**
 * Deep reactive state. Reading a property subscribes to it, at any depth; changing, adding or
 * deleting one notifies exactly those who read it.
 *
 * @example
 * const app = state({ user: { name: 'Ada' }, items: [1, 2] });
 * effect(() => console.log(app.user.name, app.items.length));
 * app.items.push(3);
 */
export function state<T extends object>(value: T): T {
  return proxy(value);
}

/** The object behind a proxy; anything else as it is. */
export function toRaw<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  return (recordOfProxy.get(value)?.target ?? value) as T;
}

/** True for what `state` and `proxy` made, at any depth. */
export function isReactive(value: unknown): boolean {
  return value !== null && typeof value === 'object' && recordOfProxy.has(value);
}

function record(target: object): TargetRecord {
  return recordOfTarget.get(target)!;
}

/** A proxy may not answer with another object where the target's property can never change. */
function isFixed(target: object, key: PropertyKey): boolean {
  const property = Reflect.getOwnPropertyDescriptor(target, key);
  return property !== undefined && property.configurable === false && property.writable === false;
}

const objectHandler: ProxyHandler<object> = {
  get(target, key, receiver) {
    const value: unknown = Reflect.get(target, key, receiver);
    if (tracker.sub !== undefined && (typeof key !== 'symbol' || Object.hasOwn(target, key))) {
      const { values } = record(target);
      void (values.get(key) ?? new KeyedSignal(values, key, value)).value;
    }
    return canProxy(value) && !isFixed(target, key) ? proxy(value) : value;
  },

  set(target, key, value, receiver) {
    checkWritable();
    const raw: unknown = toRaw(value);
    const there = Object.hasOwn(target, key);
    const length = Array.isArray(target) ? target.length : 0;
    // An accessor runs with the proxy as `this`; data goes into the target itself.
    const receives = toRaw(receiver) === target ? findSetter(target, key) === undefined : false;
    const done = receives ? Reflect.set(target, key, raw) : Reflect.set(target, key, raw, receiver);
    if (done && receives) notify(target, key, there, raw, length);
    return done;
  },

  deleteProperty(target, key) {
    checkWritable();
    const there = Object.hasOwn(target, key);
    const done = Reflect.deleteProperty(target, key);
    if (done && there) gone(record(target), key, Reflect.get(target, key));
    return done;
  },

  defineProperty(target, key, property) {
    checkWritable();
    const there = Object.hasOwn(target, key);
    const length = Array.isArray(target) ? target.length : 0;
    const done = Reflect.defineProperty(target, key, property);
    if (done) notify(target, key, there, Reflect.get(target, key), length);
    return done;
  },

  has(target, key) {
    const there = Reflect.has(target, key);
    if (tracker.sub !== undefined) {
      const { presence } = record(target);
      void (presence.get(key) ?? new KeyedSignal(presence, key, there)).value;
    }
    return there;
  },

  ownKeys(target) {
    record(target).shape.track();
    return Reflect.ownKeys(target);
  },

  getOwnPropertyDescriptor(target, key) {
    const property = Reflect.getOwnPropertyDescriptor(target, key);
    // Object.keys and Object.hasOwn come here: they ask for the key, not for its value.
    if (tracker.sub !== undefined) {
      const { presence } = record(target);
      void (presence.get(key) ?? new KeyedSignal(presence, key, property !== undefined)).value;
    }
    return property;
  },
};

function findSetter(target: object, key: PropertyKey): PropertyDescriptor['set'] {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property !== undefined) return property.set;
  }
  return undefined;
}

function notify(target: object, key: PropertyKey, there: boolean, raw: unknown, length: number): void {
  const { values, presence, shape } = record(target);
  batch(() => {
    values.get(key)?.write(raw);
    if (!there) {
      presence.get(key)?.write(true);
      shape.fire();
    }
    if (!Array.isArray(target) || target.length === length) return;
    values.get('length')?.write(target.length);
    for (let i = target.length; i < length; i++) gone(record(target), String(i), undefined);
    shape.fire();
  });
}

/** A key went; `value` is what a read gives now (a prototype may have one). */
function gone({ values, presence, shape }: TargetRecord, key: PropertyKey, value: unknown): void {
  batch(() => {
    values.get(key)?.write(value);
    presence.get(key)?.write(false);
    shape.fire();
  });
}

/** Methods that change an array: one batch each, and what they read on the way subscribes nobody. */
const CHANGING = new Set<PropertyKey>(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin']);
/** Methods that look for an element: the raw one and its proxy are the same to the user. */
const SEARCHING = new Set<PropertyKey>(['includes', 'indexOf', 'lastIndexOf']);

const arrayMethods = new Map<PropertyKey, (...args: unknown[]) => unknown>();

function arrayMethod(key: PropertyKey, method: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  const known = arrayMethods.get(key);
  if (known !== undefined) return known;
  const wrapped = CHANGING.has(key)
    ? function (this: unknown, ...args: unknown[]): unknown {
        checkWritable();
        return untrack(() => batch(() => Reflect.apply(method, this, args)));
      }
    : function (this: unknown, item: unknown, ...rest: unknown[]): unknown {
        const found: unknown = Reflect.apply(method, this, [proxy(item), ...rest]);
        return found === -1 || found === false ? Reflect.apply(method, this, [toRaw(item), ...rest]) : found;
      };
  arrayMethods.set(key, wrapped);
  return wrapped;
}

const arrayHandler: ProxyHandler<object> = {
  ...objectHandler,
  get(target, key, receiver) {
    if (CHANGING.has(key) || SEARCHING.has(key)) {
      const method: unknown = Reflect.get(target, key);
      if (method === (Array.prototype as unknown as Record<PropertyKey, unknown>)[key]) {
        return arrayMethod(key, method as (...args: unknown[]) => unknown);
      }
    }
    return objectHandler.get!(target, key, receiver);
  },
};
