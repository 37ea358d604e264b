/**
 * The way of an event: from the root down to the target and up again, through the elements that have a
 * handler for it. The way is fixed before the first handler runs; who is gone when its turn comes is
 * left out, and so is a new element in its slot.
 *
 * Handlers run in the scope of their element, so what they make belongs to it and what they ask for (the app's
 * signals, `onCleanup`) is found. An error in one is reported to that scope and keeps no other from running.
 */
import { reportError, type Scope, watched } from '../base/index.ts';
import { runInScope } from '../reactive/index.ts';
import { NIL, type Scene } from '../scene/index.ts';
import type { ElementHandles } from './element-handle.ts';
import { type ElementRecord, type ElementTable, hasHandler } from './element-table.ts';
import { CAPTURE_NAMES, type Handler, type HandlerName } from './handlers.ts';
import type { UIEvent } from './ui-event.ts';
import { parentOf } from './parent-of.ts';

/** Something else that has its turn at a node, after the node's own handlers. */
export interface NodeStep {
  has(slot: number): boolean;
  run(slot: number, event: UIEvent): void;
}

export class Dispatcher {
  private readonly scene: Scene;
  private readonly elements: ElementTable;
  private readonly handles: ElementHandles;

  constructor(scene: Scene, elements: ElementTable, handles: ElementHandles) {
    this.scene = scene;
    this.elements = elements;
    this.handles = handles;
  }

  /**
   * Sends an event to the node `target` and, if it bubbles, through its ancestors up to, but not into, `below`.
   * Costs a walk along the ancestors when none of them has a handler, and nothing when no element ever had one.
   */
  // hot: every mouse report comes here; 0.4 µs a move in all over 13 nested elements without handlers, 3.3 µs with 13 (Node 20).
  send(target: number, event: UIEvent, name: HandlerName, bubbles: boolean, below: number = NIL, also: NodeStep | null = null): void {
    const { scene, elements } = this;
    const captureName = CAPTURE_NAMES[name];
    const wanted = elements.names.has(name) || (captureName !== undefined && elements.names.has(captureName));
    if (!wanted && also === null) return;
    let path: number[] | null = null;
    let captures = false;
    for (let node = target; node !== below && node !== NIL; node = parentOf(scene, node)) {
      const record = elements.get(node);
      const down = captureName !== undefined && hasHandler(record, captureName);
      if (down) captures = true;
      if (down || ((bubbles || node === target) && hasHandler(record, name)) || also?.has(node) === true) {
        (path ??= []).push(node, scene.generation(node));
      }
    }
    if (path === null) return;
    event.aim(this.handles, target);
    if (captures && captureName !== undefined) {
      for (let i = path.length - 2; i >= 0 && !event.propagationStopped; i -= 2) {
        event.phase = path[i] === target ? 'target' : 'capture';
        this.visit(path[i], path[i + 1], event, captureName);
      }
    }
    for (let i = 0; i < path.length && !event.propagationStopped; i += 2) {
      if (!bubbles && path[i] !== target) break;
      event.phase = path[i] === target ? 'target' : 'bubble';
      this.visit(path[i], path[i + 1], event, name);
      if (also !== null && !event.propagationStopped && scene.isLive(path[i], path[i + 1])) also.run(path[i], event);
    }
    event.phase = 'none';
    event.currentTarget = null;
  }

  /** Says what an event happens to. */
  aim(event: UIEvent, target: number): void {
    event.aim(this.handles, target);
  }

  /** Calls one handler for an event; the app's own are called with no element. */
  call<E extends UIEvent>(handler: Handler<E>, event: E, scope: Scope): void {
    const run = watched(scope, handler, 'an event handler');
    try {
      if (runInScope(scope, () => run(event)) === true) {
        event.handled = true;
        event.propagationStopped = true;
      }
    } catch (error) {
      if (!reportError(scope, error)) throw error;
    }
  }

  private visit(slot: number, generation: number, event: UIEvent, name: HandlerName): void {
    if (!this.scene.isLive(slot, generation)) return;
    const first = this.elements.get(slot);
    if (first === undefined) return;
    event.currentTarget = this.handles.find(slot);
    event.arrive(this.scene, slot);
    for (let record: ElementRecord | null = first; record !== null; record = record.next) {
      const handler = record.handlers[name] as Handler<UIEvent> | undefined;
      if (handler === undefined || record.scope.disposed) continue;
      this.call(handler, event, record.scope);
      if (event.immediatePropagationStopped) return;
    }
  }
}
