/**
 * Makes a node for an element: scope, slot, props, handlers, ref. The node dies with its scope, and
 * with the node everything that hangs on its slot.
 */
import { nearestName, OptionError, Scope } from '../base/index.ts';
import { HANDLER_NAMES, type Handlers } from '../events/index.ts';
import { getCurrentScope, type ReadableSignal, renderEffect, runInScope } from '../reactive/index.ts';
import type { Host, Place } from './host.ts';
import { type PropWriter, SHORTHANDS } from './prop-table.ts';
import type { Cleanup, ElementProps } from './props.ts';

/** Props an element reads itself. */
const OWN_PROPS: ReadonlySet<string> = new Set(['children', 'content', 'ansi', 'attrs', 'id', 'ref']);

/** Owns the node of one element: children scopes go first, then the node leaves the scene. */
export class ElementScope extends Scope {
  readonly host: Host;
  slot: number;
  private readonly generation: number;

  constructor(owner: Scope, host: Host, slot: number) {
    super(owner);
    this.host = host;
    this.slot = slot;
    this.generation = host.scene.generation(slot);
  }

  /** The component path, for people; `''` when the node is gone. */
  path(): string {
    return this.host.scene.isLive(this.slot, this.generation) ? this.host.describe(this.slot) : '';
  }

  override release(): void {
    super.release();
    const { scene } = this.host;
    if (!scene.isLive(this.slot, this.generation)) return;
    this.host.events.focus.forget(this.slot);
    scene.remove(this.slot);
  }
}

/** Makes the node at `place` and gives it a scope under the current one. */
export function createElement(kind: number, place: Place): ElementScope {
  const owner = getCurrentScope() as Scope;
  const { host } = place;
  const slot = host.scene.create(kind, place.parent, place.before);
  return new ElementScope(owner, host, slot);
}

/** A signal, a derived, a binding: anything an element reads by `.value`. */
export function isSource(value: unknown): value is ReadableSignal<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** Calls `apply` with the value of a prop now, and again whenever it changes. */
export function bindProp(value: unknown, apply: (value: unknown) => void, label: string): void {
  if (typeof value === 'function') {
    const read = value as () => unknown;
    renderEffect(() => apply(read()), label);
  } else if (isSource(value)) {
    const source = value;
    renderEffect(() => apply(source.value), label);
  } else {
    apply(value);
  }
}

/** Writes all props that the table knows, registers handlers, fills the ref. Runs inside the element's scope. */
export function applyProps(
  element: ElementScope,
  props: ElementProps,
  table: ReadonlyMap<string, PropWriter>,
  what: string,
): void {
  const { host, slot } = element;
  if (props.id !== undefined) host.setLabel(slot, props.id);
  let handlers: Handlers | null = null;
  const given = props as Record<string, unknown>;
  for (const name in given) {
    const value = given[name];
    if (value === undefined || OWN_PROPS.has(name)) continue;
    if (HANDLER_NAMES.has(name)) {
      if (typeof value !== 'function') {
        throw new OptionError(`${host.describe(slot)}: ${name} is ${String(value)}; expected a function`);
      }
      ((handlers ??= {}) as Record<string, unknown>)[name] = value;
      continue;
    }
    applyProp(element, name, value, given, table, what);
  }
  if (handlers !== null) host.events.elements.add(slot, handlers, element);
  if (props.ref !== undefined) props.ref.attach(host, slot);
}

function applyProp(
  element: ElementScope,
  name: string,
  value: unknown,
  given: Record<string, unknown>,
  table: ReadonlyMap<string, PropWriter>,
  what: string,
): void {
  const { host, slot } = element;
  const writer = table.get(name);
  if (writer !== undefined) {
    bindProp(value, (now) => writer(host, slot, now), name);
    return;
  }
  const parts = SHORTHANDS.get(name);
  if (parts === undefined) throw unknownProp(host, slot, name, table, what);
  const writers: PropWriter[] = [];
  for (const part of parts) {
    if (given[part] !== undefined) continue;
    const single = table.get(part);
    if (single !== undefined) writers.push(single);
    for (const side of SHORTHANDS.get(part) ?? []) {
      const sideWriter = given[side] === undefined ? table.get(side) : undefined;
      if (sideWriter !== undefined) writers.push(sideWriter);
    }
  }
  if (!isShorthandOf(name, table)) {
    throw unknownProp(host, slot, name, table, what);
  }
  bindProp(
    value,
    (now) => {
      for (const write of writers) write(host, slot, now);
    },
    name,
  );
}

function isShorthandOf(name: string, table: ReadonlyMap<string, PropWriter>): boolean {
  return SHORTHANDS.get(name)?.some((part) => table.has(part) || isShorthandOf(part, table)) === true;
}

function unknownProp(
  host: Host,
  slot: number,
  name: string,
  table: ReadonlyMap<string, PropWriter>,
  what: string,
): OptionError {
  const shorthands = [...SHORTHANDS.keys()].filter((known) => isShorthandOf(known, table));
  const near = nearestName(name, [...table.keys(), ...shorthands, ...HANDLER_NAMES, ...OWN_PROPS]);
  return new OptionError(`${host.describe(slot)}: ${what} has no prop '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`);
}

/** Runs `fn` as the owner of what it makes; when it throws, the element is disposed before the error goes on. */
export function buildElement(element: ElementScope, fn: () => void): Cleanup {
  try {
    runInScope(element, fn);
  } catch (error) {
    element.dispose();
    throw error;
  }
  return () => element.dispose();
}
