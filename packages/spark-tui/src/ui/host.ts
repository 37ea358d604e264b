/**
 * What elements need of their app, and where in the tree they are being made. It travels with the
 * owner scopes (`scope.context`), so there is no module state and no app can reach into another.
 */
import { type Clock, PhaseError, type Scope } from '../base/index.ts';
import type { ExtraTable } from '../cells/index.ts';
import type { EventRouter } from '../events/index.ts';
import type { HistoryWriter } from './history.ts';
import type { MouseHandover } from './mouse-release.ts';
import type { BoundsReader } from './ref.ts';
import type { TerminalControl } from './terminal-control.ts';
import { getCurrentScope, type ReadableSignal } from '../reactive/index.ts';
import type { Scene } from '../scene/index.ts';

/** A size in cells. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The app as elements see it. */
export interface Host {
  readonly scene: Scene;
  /** Links and underline colours of cells. */
  readonly extras: ExtraTable;
  readonly events: EventRouter;
  readonly bounds: BoundsReader;
  readonly clock: Clock;
  readonly size: ReadableSignal<Size>;
  readonly terminal: TerminalControl;
  readonly mouse: MouseHandover;
  /** Finished lines, above the app. */
  readonly history: HistoryWriter;
  /** Labels of nodes for error messages: the `id` prop. */
  readonly describe: (slot: number) => string;
  readonly setLabel: (slot: number, label: string) => void;
  /** Tells the developer something that is no error; shown after the app ends. */
  readonly warn: (message: string) => void;
  /** Children functions that wait because their parents nest too deeply for plain calls. */
  readonly nesting: Nesting;
  /** Promises that the app waits for. */
  readonly pending: PendingWork;
  /** Timers that elements have now: whoever sets one counts it. */
  readonly timers: { count: number };
}

/** Counts what is awaited, and tells when nothing is any more. */
export class PendingWork {
  count = 0;
  /** Called whenever the count returns to 0. */
  onIdle: (() => void) | null = null;

  begin(): void {
    this.count++;
  }

  end(): void {
    this.count--;
    if (this.count === 0) this.onIdle?.();
  }
}

/** Work of `children` functions: how deep calls nest now, and what waits until they returned. */
export interface Nesting {
  depth: number;
  waiting: (() => void)[];
  draining: boolean;
}

/** Where the next element goes: below `parent`, before the sibling `before` (NIL = last). */
export class Place {
  readonly host: Host;
  readonly parent: number;
  readonly before: number;

  constructor(host: Host, parent: number, before: number) {
    this.host = host;
    this.parent = parent;
    this.before = before;
  }

  /** The component path of the parent, for people. */
  path(): string {
    return this.host.describe(this.parent);
  }
}

/** The place new elements go to. Throws PhaseError outside an app; `what` names the caller. */
export function currentPlace(what: string): Place {
  const context = getCurrentScope()?.context;
  if (context instanceof Place) return context;
  throw new PhaseError(
    `${what} was called outside an app. Call it inside the function given to mount(), or inside children, show, each or when of one`,
  );
}

/** The scope new things belong to. Throws PhaseError outside an app; `what` names the caller. */
export function currentOwner(what: string): Scope {
  const scope = getCurrentScope();
  if (scope === null || scope === undefined) {
    throw new PhaseError(`${what} was called outside a scope. Call it inside an app, an effect or an effectScope`);
  }
  return scope;
}
