/**
 * What events knows about an element: its handlers and the scope its errors belong to. A side table of
 * the scene, so it dies with the node. Most elements have one record; helpers that listen to an element
 * from outside chain theirs behind it.
 */
import type { Owned, Scope } from '../base/index.ts';
import { SideTable } from '../scene/index.ts';
import type { HandlerName, Handlers } from './handlers.ts';

/** Handlers of an element, and whose they are. */
export interface ElementRecord {
  readonly handlers: Handlers;
  readonly scope: Scope;
  /** Further handlers of the same element, in the order they came. */
  next: ElementRecord | null;
}

export class ElementTable extends SideTable<ElementRecord> {
  /** Names of all handlers that any element ever had: what is not among them needs no walk. */
  readonly names: Set<HandlerName> = new Set();

  /** Adds handlers to a node. They end with it, or by the returned record. */
  add(slot: number, handlers: Handlers, scope: Scope): void {
    const record: ElementRecord = { handlers, scope, next: null };
    for (const name in handlers) this.names.add(name as HandlerName);
    const first = this.get(slot);
    if (first === undefined) {
      this.set(slot, record);
      return;
    }
    let last = first;
    while (last.next !== null) last = last.next;
    last.next = record;
  }

  /** Adds handlers that end with `scope`, or by the returned record; at the latest with the node. */
  listen(slot: number, handlers: Handlers, scope: Scope): Owned {
    this.add(slot, handlers, scope);
    return scope.onDispose(() => this.drop(slot, handlers));
  }

  private drop(slot: number, handlers: Handlers): void {
    const first = this.get(slot);
    if (first === undefined) return;
    if (first.handlers === handlers) {
      if (first.next === null) this.clear(slot);
      else this.set(slot, first.next);
      return;
    }
    for (let record = first; record.next !== null; record = record.next) {
      if (record.next.handlers === handlers) {
        record.next = record.next.next;
        return;
      }
    }
  }
}

/** True when one of the records has the handler. */
export function hasHandler(first: ElementRecord | undefined, name: HandlerName): boolean {
  for (let record = first ?? null; record !== null; record = record.next) {
    if (record.handlers[name] !== undefined) return true;
  }
  return false;
}
