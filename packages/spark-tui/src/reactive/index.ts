export {
  type Binding,
  bind,
  bindingHasInternalSource,
  bindReadonly,
  disconnectBinding,
  type ExtractInner,
  isBinding,
  type ReadonlyBinding,
  unwrap,
} from './bind.ts';
export { ReactiveMap, ReactiveSet } from './collections.ts';
export { ReactiveDate } from './date.ts';
export { derived, type DerivedFunction, type DerivedOptions, type DerivedSignal, transientDeriveds } from './derived.ts';
export {
  type CleanupFn,
  type DisposeFn,
  effect,
  type EffectFn,
  type EffectFunction,
  type EffectOptions,
  renderEffect,
} from './effect.ts';
export { type EffectScope, effectScope } from './effect-scope.ts';
export {
  alwaysEquals,
  createEquals,
  deepEquals,
  type Equals,
  equals,
  neverEquals,
  safeEquals,
  safeNotEqual,
  shallowEquals,
} from './equality.ts';
export { peek, untrack } from './graph.ts';
export { linkedSignal, type LinkedSignalOptions } from './linked.ts';
export { currentScope, getCurrentScope, onScopeDispose, runInScope, setCurrentScope } from './ownership.ts';
export {
  type PropInput,
  type PropsInput,
  type ReactiveProps,
  reactiveProps,
  type UnwrapPropInput,
  type UnwrapPropInputs,
} from './props.ts';
export { batch, beforeFlush, type EffectMeter, flushRest, flushSync, measureEffects, mostPendingEffects, pendingEffects, runAfterFlush, settleLater, tick } from './queue.ts';
export { createSelector, type SelectorFn } from './selector.ts';
export { type ReadableSignal, signal, type SignalOptions, signals, stateRaw, type WritableSignal } from './signal.ts';
export { hasSlot, isSlot, type Slot, type SlotArray, slot, slotArray, type SlotSource, trackedSlotArray } from './slot.ts';
export { isReactive, proxy, state, toRaw } from './state.ts';
export { createSubscriber, type StartSubscription } from './subscriber.ts';
export {
  type TypedArray,
  type TypedArrayConfig,
  type TypedArrayConstructor,
  typedSlotArray,
  type TypedSlotArray,
  typedSlotArrayGroup,
  type TypedSlotArrayGroup,
} from './typed-slot.ts';
