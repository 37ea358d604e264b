/**
 * Props: each may be given as a value, a getter or a signal; the component reads all the same way.
 */
import { type DerivedSignal, DerivedNode } from './derived.ts';

/** A prop as the caller may give it. */
export type PropInput<T> = T | (() => T) | { readonly value: T };
/** What is inside a prop. */
export type UnwrapPropInput<P> = P extends () => infer T ? T : P extends { readonly value: infer T } ? T : P;
export type UnwrapPropInputs<T> = { [K in keyof T]: UnwrapPropInput<T[K]> };
/** All props of `T` as the caller may give them. */
export type PropsInput<T> = { [K in keyof T]: PropInput<T[K]> };
/** All props as deriveds. */
export type ReactiveProps<T> = { readonly [K in keyof T]: DerivedSignal<T[K]> };

/**
 * Turns props of any kind into deriveds.
 *
 * @example
 * const props = reactiveProps({ title: 'Hello', width: () => size.value * 2, open });
 * props.width.value;
 */
export function reactiveProps<T extends object>(raw: T): ReactiveProps<UnwrapPropInputs<T>> {
  const out: Record<string, DerivedSignal<unknown>> = {};
  for (const [key, prop] of Object.entries(raw)) out[key] = new DerivedNode(() => unwrapProp(prop), undefined);
  return out as ReactiveProps<UnwrapPropInputs<T>>;
}

function unwrapProp(prop: unknown): unknown {
  if (typeof prop === 'function') return (prop as () => unknown)();
  if (prop !== null && typeof prop === 'object' && 'value' in prop) return prop.value;
  return prop;
}
