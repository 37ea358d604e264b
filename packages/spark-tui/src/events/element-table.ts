/**
 * What events knows about an element: its handlers and the scope its errors belong to. A side table of
 * the scene, so it dies with the node.
 */
import type { Scope } from '../base/index.ts';
import { SideTable } from '../scene/index.ts';
import type { Handlers } from './ui-event.ts';

export interface ElementRecord {
  readonly handlers: Handlers;
  readonly scope: Scope;
}

export type ElementTable = SideTable<ElementRecord>;

export function createElementTable(): ElementTable {
  return new SideTable<ElementRecord>();
}
