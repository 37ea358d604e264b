/**
 * Linked signals: a writable value that starts over when its source changes. Lazy like a derived
 * (it is one, whose cache may be written), so no effect and no owner are needed.
 *
 *   source ──▶ computation(source, previous) ──▶ current ◀── write
 */
import { DerivedNode } from './derived.ts';
import type { Equals } from './equality.ts';
import { refuseWrite, same, type WritableSignal } from './signal.ts';
import { algorithm, MUTABLE, sharedTracker, untrack } from './graph.ts';
import { releaseSync } from './queue.ts';

const { propagate, shallowPropagate } = algorithm;
const tracker = sharedTracker;

/** Long form of {@link linkedSignal}. */
export interface LinkedSignalOptions<S, D> {
  /** Reads signals; a new result (by `Object.is`) makes the value start over. */
  source: () => S;
  /** Makes the value; not tracked. `previous` is undefined the first time. */
  computation: (source: S, previous?: { source: S; value: D }) => D;
  /** When is a new value no change? Default `Object.is`. */
  equal?: Equals<D>;
}

class LinkedNode<S, D> extends DerivedNode<D> implements WritableSignal<D> {
  /** What was computed or written last, and the source it belongs to. */
  private held: { source: S; value: D } | undefined = undefined;

  constructor(options: LinkedSignalOptions<S, D>) {
    super(() => {
      const source = options.source();
      const held = this.held;
      if (held !== undefined && Object.is(held.source, source)) return held.value;
      const value = untrack(() => options.computation(source, held));
      this.held = { source, value };
      return value;
    }, options.equal);
  }

  override get value(): D {
    return super.value;
  }

  override set value(next: D) {
    const sub = tracker.sub;
    if (sub !== undefined && (sub.flags & MUTABLE) !== 0) refuseWrite();
    const current = this.peek(); // A source that changed meanwhile must not overwrite this later.
    const equals = this.equals;
    if (equals === undefined ? Object.is(current, next) : same(equals, current, next)) return;
    this.held!.value = next;
    this.current = next;
    this.version = (this.version + 1) | 0;
    const subs = this.subs;
    if (subs === undefined) return;
    propagate(subs, tracker.hold !== 0);
    shallowPropagate(subs);
    if (tracker.syncWaits && tracker.hold === 0) releaseSync();
  }
}

/**
 * A writable signal that is reset whenever its source changes (a selection that returns to the
 * first item when the list is replaced).
 *
 * @param config - a function (the value follows it), or source and computation
 * @example
 * const selected = linkedSignal(() => items.value[0]);
 * selected.value = items.value[2]; // holds until `items.value[0]` is another one
 */
export function linkedSignal<D>(config: () => D): WritableSignal<D>;
export function linkedSignal<S, D>(config: LinkedSignalOptions<S, D>): WritableSignal<D>;
export function linkedSignal<S, D>(config: (() => D) | LinkedSignalOptions<S, D>): WritableSignal<D> {
  if (typeof config !== 'function') return new LinkedNode(config);
  return new LinkedNode<D, D>({ source: config, computation: (value) => value });
}
