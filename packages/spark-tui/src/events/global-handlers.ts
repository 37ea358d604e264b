/**
 * Handlers of the whole app: they see what no element consumed, in the order they were registered. Each ends
 * with its scope, or by the function it was given; also in the middle of an event.
 */
import type { Scope } from '../base/index.ts';
import type { KeyEvent } from './key-event.ts';
import { type KeyPattern, matchesPattern } from './key-pattern.ts';
import type { Dispatcher } from './dispatch.ts';
import type { MouseEvent, WheelEvent } from './mouse-event.ts';
import type { PasteEvent } from './paste-event.ts';
import type { Handler } from './handlers.ts';
import type { UIEvent } from './ui-event.ts';

/** What handlers of the app can listen to. `key` is presses and repeats, `anyKey` releases too. */
export interface GlobalEvents {
  readonly key: KeyEvent;
  readonly anyKey: KeyEvent;
  readonly paste: PasteEvent;
  readonly mouse: MouseEvent;
  readonly click: MouseEvent;
  readonly move: MouseEvent;
  readonly wheel: WheelEvent;
}

export type GlobalKind = keyof GlobalEvents;

interface Listener {
  readonly patterns: readonly KeyPattern[] | null;
  readonly fn: Handler<UIEvent>;
  readonly scope: Scope;
  ended: boolean;
}

export class GlobalHandlers {
  private readonly dispatcher: Dispatcher;
  private readonly lists = new Map<GlobalKind, Set<Listener>>();

  constructor(dispatcher: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Handlers that exist now. */
  get size(): number {
    let size = 0;
    for (const list of this.lists.values()) size += list.size;
    return size;
  }

  /** Registers a handler; with `patterns`, for those keys only. Returns what ends it. */
  listen<K extends GlobalKind>(kind: K, fn: Handler<GlobalEvents[K]>, scope: Scope, patterns: readonly KeyPattern[] | null = null): () => void {
    const listener: Listener = { patterns, fn: fn as Handler<UIEvent>, scope, ended: false };
    const list = this.lists.get(kind) ?? new Set();
    this.lists.set(kind, list);
    list.add(listener);
    const owned = scope.onDispose(() => {
      listener.ended = true;
      list.delete(listener);
    });
    return () => owned.dispose();
  }

  /** Calls the handlers for an event that may go on. `claimed`: an element keeps the key, patterns do not see it. */
  run<K extends GlobalKind>(kind: K, event: GlobalEvents[K], claimed: boolean = false): void {
    const list = this.lists.get(kind);
    if (list === undefined || list.size === 0 || event.propagationStopped) return;
    event.currentTarget = null;
    // A copy: who comes during an event waits for the next one.
    for (const listener of [...list]) {
      const { patterns, fn, scope } = listener;
      if (listener.ended) continue;
      if (patterns !== null && (claimed || !patterns.some((pattern) => matchesPattern(event as KeyEvent, pattern)))) continue;
      this.dispatcher.call(fn, event, scope);
      if (event.propagationStopped) return;
    }
  }
}
