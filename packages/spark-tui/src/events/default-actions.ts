/**
 * Default actions: what the framework does with an event after the handlers, unless one prevented it.
 * The one place where built-in behaviour plugs in: Ctrl+C, Tab, click to focus, scrolling, editing.
 *
 *   order   1. from the target up to the root: actions of the node itself, then of its kind
 *           2. actions of the app, by rank
 *   end     the first action that returns `true` did something; none after it runs
 *
 * Invariants: actions of a node die with it (side table); lists change by replacement, so that an action
 * may add or end others while one runs.
 */
import type { Owned, Scope } from '../base/index.ts';
import { NIL, type Scene, SideTable, U8_KIND } from '../scene/index.ts';
import type { FocusEvent } from './focus-event.ts';
import type { KeyEvent } from './key-event.ts';
import type { MouseEvent, WheelEvent } from './mouse-event.ts';
import type { PasteEvent } from './paste-event.ts';
import { parentOf } from './parent-of.ts';

/** Events that have default actions. `mouse` covers presses, releases, moves and clicks, but not the wheel. */
export interface DefaultEvents {
  readonly key: KeyEvent;
  readonly paste: PasteEvent;
  readonly mouse: MouseEvent;
  readonly wheel: WheelEvent;
  /** The element got focus: it is brought into view. */
  readonly focus: FocusEvent;
}

export type DefaultKind = keyof DefaultEvents;

/** Acts for the node `slot` (NIL for none). Returning `true` says that it did; nothing further acts then. */
export type DefaultAction<E> = (event: E, slot: number) => boolean | void;

/**
 * Ranks of the app's own actions; lower acts first. Between them is room for others.
 */
/** Copying what is selected goes before ending the app: both are Ctrl+C. */
export const RANK_COPY = -100;
export const RANK_EXIT = 0;
/** Escape clears a selection. */
export const RANK_UNSELECT = 50;
export const RANK_STOP = 50;
export const RANK_TAB = 100;
export const RANK_GROUP = 200;
export const RANK_SCROLL = 300;
/** Selecting text with the mouse: what nothing else wanted. */
export const RANK_SELECT = 400;
/** Click to focus acts first of all on a press, and lets others act too. */
export const RANK_CLICK_FOCUS = 0;

interface NodeAction {
  readonly kind: DefaultKind;
  readonly run: DefaultAction<never>;
}

interface AppAction extends NodeAction {
  readonly rank: number;
}

const NO_ACTIONS: readonly NodeAction[] = [];

/** Which keys an element keeps for itself: key maps further out do not see those. */
export type KeyClaim = (event: KeyEvent, slot: number) => boolean;

export class DefaultActions {
  private readonly scene: Scene;
  private readonly byNode: SideTable<readonly NodeAction[]> = new SideTable();
  private readonly byKind: (readonly NodeAction[])[] = [];
  private readonly claims: (KeyClaim | undefined)[] = [];
  private byApp: readonly AppAction[] = [];
  /** Kinds of events that actions of nodes or of their kinds were ever registered for: others need no walk. */
  private readonly walked: Set<DefaultKind> = new Set();

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.byNode);
  }

  /** Registers an action of one node. It ends with the node. */
  onNode<K extends DefaultKind>(slot: number, kind: K, run: DefaultAction<DefaultEvents[K]>): void {
    this.walked.add(kind);
    this.byNode.set(slot, [...(this.byNode.get(slot) ?? NO_ACTIONS), { kind, run: run as DefaultAction<never> }]);
  }

  /** Registers an action of all nodes of a kind (`KIND_*` of the scene), for the life of the app. */
  onKind<K extends DefaultKind>(nodeKind: number, kind: K, run: DefaultAction<DefaultEvents[K]>): void {
    this.walked.add(kind);
    while (this.byKind.length <= nodeKind) this.byKind.push(NO_ACTIONS);
    this.byKind[nodeKind] = [...this.byKind[nodeKind], { kind, run: run as DefaultAction<never> }];
  }

  /**
   * Registers an action of the app: it gets the target's slot and walks up itself if it wants to. Among the
   * app's actions, lower ranks act first. With a `scope` it ends with that.
   */
  onApp<K extends DefaultKind>(kind: K, rank: number, run: DefaultAction<DefaultEvents[K]>, scope?: Scope): Owned | null {
    const action: AppAction = { kind, rank, run: run as DefaultAction<never> };
    this.byApp = [...this.byApp, action].sort((a, b) => a.rank - b.rank);
    if (scope === undefined) return null;
    return scope.onDispose(() => {
      this.byApp = this.byApp.filter((other) => other !== action);
    });
  }

  /**
   * Tells which keys nodes of a kind will use as text or for editing. While such a node has focus, key maps
   * and app-wide key patterns outside of it do not see those keys: typing `q` into a field never quits.
   */
  claimKeys(nodeKind: number, claim: KeyClaim): void {
    this.claims[nodeKind] = claim;
  }

  /** True when the node keeps the key for itself. */
  claimed(event: KeyEvent, slot: number): boolean {
    if (slot === NIL) return false;
    return this.claims[this.kindOf(slot)]?.(event, slot) === true;
  }

  /** Runs the actions for an event that nobody prevented. Returns true when one acted. */
  run<K extends DefaultKind>(kind: K, event: DefaultEvents[K], target: number): boolean {
    const { scene } = this;
    if (scene.u32.array.length === 0) return false; // A handler ended the app.
    for (let node = this.walked.has(kind) ? target : NIL; node !== NIL; node = parentOf(scene, node)) {
      const own = this.byNode.get(node);
      if (own !== undefined && runList(own, kind, event, node)) return true;
      const shared = this.byKind[this.kindOf(node)];
      if (shared !== undefined && shared.length > 0 && runList(shared, kind, event, node)) return true;
    }
    return runList(this.byApp, kind, event, target);
  }

  private kindOf(slot: number): number {
    return this.scene.u8.array[U8_KIND * this.scene.capacity + slot];
  }
}

function runList(actions: readonly NodeAction[], kind: DefaultKind, event: unknown, slot: number): boolean {
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (action.kind === kind && (action.run as DefaultAction<unknown>)(event, slot) === true) return true;
  }
  return false;
}
