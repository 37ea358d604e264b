/**
 * What all events have.
 *
 * An event travels as in the DOM: down from the root to the target's parent (handlers whose name ends in
 * `Capture`), to the target, and up again. `stopPropagation()` keeps it from the elements that have not had it
 * yet, `preventDefault()` keeps the framework from doing what it would do after the handlers (Tab moves focus,
 * Ctrl+C ends the app, the wheel scrolls). A handler that returns `true` consumes the event: it stops, and a
 * key, a paste or a turn of the wheel then has no default action either, but for Ctrl+C.
 */
import { NIL, type Scene } from '../scene/index.ts';
import type { ElementHandle, ElementHandles } from './element-handle.ts';

/** Where on its way an event is: before it began and after it ended it is `'none'`. */
export type EventPhase = 'none' | 'capture' | 'target' | 'bubble';

/** What all events have. */
export abstract class UIEvent {
  /** The element whose handler runs now. Null in a handler of the whole app. */
  currentTarget: ElementHandle | null = null;
  phase: EventPhase = 'none';
  defaultPrevented = false;
  propagationStopped = false;
  immediatePropagationStopped = false;
  /** True once a handler returned `true`. */
  handled = false;
  private handles: ElementHandles | null = null;
  private targetSlot: number = NIL;
  private targetGeneration = 0;
  private targetHandle: ElementHandle | null = null;

  /** The element it happened to: focused for keys, under the mouse for the mouse. Null when there is none. */
  get target(): ElementHandle | null {
    const { handles } = this;
    if (handles !== null) {
      this.handles = null;
      this.targetHandle = handles.find(this.targetSlot, this.targetGeneration);
    }
    return this.targetHandle;
  }

  /** The number of the target's element, as `focusedIndex` and `focus()` take it; -1 for none. */
  get componentIndex(): number {
    return this.target?.slot ?? -1;
  }

  /** Keeps the framework's own reaction from running. */
  preventDefault(): void {
    this.defaultPrevented = true;
  }

  /** Keeps the event from the elements that have not had it yet, and from handlers of the app. */
  stopPropagation(): void {
    this.propagationStopped = true;
  }

  /** Like `stopPropagation()`, and keeps it from further handlers of the same element. */
  stopImmediatePropagation(): void {
    this.propagationStopped = true;
    this.immediatePropagationStopped = true;
  }

  /**
   * Says what it happens to: a node that exists now, or NIL. The handle is made when somebody asks.
   *
   * @internal
   */
  aim(handles: ElementHandles, slot: number): void {
    this.handles = handles;
    this.targetSlot = slot;
    this.targetGeneration = handles.generation(slot);
    this.targetHandle = null;
  }

  /**
   * The event comes to the node `slot`.
   *
   * @internal
   */
  arrive(_scene: Scene, _slot: number): void {}
}
