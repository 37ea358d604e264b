/**
 * `show`: one of two things, or nothing, by a condition. What is not shown does not exist.
 */
import type { Scope } from '../base/index.ts';
import { renderEffect, runInScope, untrack } from '../reactive/index.ts';
import { isSource } from './element.ts';
import { currentPlace } from './host.ts';
import type { Cleanup, Prop } from './props.ts';
import { Region } from './region.ts';

/**
 * Shows what `render` makes while `condition` is truthy, else what `otherwise` makes.
 * Each change of truth disposes the one and makes the other.
 *
 * @example
 * show(() => user.value !== null, () => text({ content: 'Welcome' }), () => text({ content: 'Sign in' }));
 */
export function show(condition: Prop<unknown>, render: () => unknown, otherwise?: () => unknown): Cleanup {
  const region = new Region(currentPlace('show()'));
  let branch: Scope | null = null;
  let shown: boolean | null = null;
  const read = readerOf(condition);
  runInScope(region, () =>
    renderEffect(() => {
      const wanted = Boolean(read());
      if (wanted === shown) return;
      shown = wanted;
      untrack(() => {
        branch?.dispose();
        branch = null;
        const make = wanted ? render : otherwise;
        if (make !== undefined) branch = region.branch(make);
      });
    }, 'show'),
  );
  return () => region.dispose();
}

/** A function that gives the current value of a prop. */
export function readerOf<T>(prop: Prop<T>): () => T {
  if (typeof prop === 'function') return prop as () => T;
  if (isSource(prop)) return () => (prop as { value: T }).value;
  return () => prop as T;
}
