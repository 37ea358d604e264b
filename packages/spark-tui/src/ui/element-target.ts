/**
 * Ways to name an element: its ref, its handle (`event.target`), the `id` it was given, or its index
 * (`event.componentIndex`).
 */
import { OptionError } from '../base/index.ts';
import { ElementHandle } from '../events/index.ts';
import { currentPlace } from './host.ts';
import { Ref } from './ref.ts';

/** An element: a ref, a handle, an `id`, or an index. Of several elements with one id the first in the tree is meant. */
export type ElementTarget = Ref | ElementHandle | string | number;

/** The element; null when there is none of that id or index. `what` names the caller. Throws StaleRefError for an empty ref. */
export function findElement(what: string, target: ElementTarget): ElementHandle | null {
  if (target instanceof Ref) {
    const { host, slot } = target.at(what);
    return host.events.handles.of(slot);
  }
  if (target instanceof ElementHandle) return target.isMounted ? target : null;
  if (typeof target !== 'string' && typeof target !== 'number') {
    throw new OptionError(`${what} was given ${String(target)}; expected a ref of createRef(), an element of an event, an id or an index`);
  }
  const { handles } = currentPlace(what).host.events;
  return typeof target === 'string' ? handles.byId(target) : handles.find(target);
}

/** The element. Throws OptionError when there is none of that id or index. */
export function elementOf(what: string, target: ElementTarget): ElementHandle {
  const element = findElement(what, target);
  if (element !== null) return element;
  throw new OptionError(`${what}: there is no element ${typeof target === 'string' ? `with the id '${target}'` : 'of that index'} now`);
}
