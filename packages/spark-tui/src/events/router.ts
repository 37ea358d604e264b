/**
 * Who gets an event. Keys go to the focused element and bubble to the root; with nothing focused they
 * go to the top-level elements. Then come the app's own key handlers, and last, unless prevented, the
 * framework's reactions: Ctrl+C ends the app, Tab and Shift+Tab move focus, a press focuses.
 *
 * Handlers run in one batch an event; an error in one is reported to its element's scope and does not
 * keep the others from running.
 */
import { reportError, type Scope } from '../base/index.ts';
import type { OwnerPlane } from '../cells/index.ts';
import { batch, untrack } from '../reactive/index.ts';
import { I32_X, I32_Y, NIL, ROOT, type Scene, U32_FIRST_CHILD, U32_NEXT, U32_PARENT } from '../scene/index.ts';
import type { InputEvent, KeyInput } from '../terminal/index.ts';
import { sanitise } from '../text/index.ts';
import { createElementTable, type ElementTable } from './element-table.ts';
import { Focus } from './focus.ts';
import { type KeyPattern, matchesPattern } from './key-pattern.ts';
import { Pointer } from './pointer.ts';
import {
  FocusEvent,
  type Handler,
  type HandlerName,
  KeyEvent,
  MouseEvent,
  type MouseEventType,
  PasteEvent,
  type UIEvent,
} from './ui-event.ts';

/** Which of the framework's own reactions are on. */
export interface RouterOptions {
  readonly exitOnCtrlC: boolean;
  readonly tabNavigation: boolean;
  /** Ends the app. */
  readonly exit: () => void;
}

interface GlobalKeyHandler {
  readonly patterns: readonly KeyPattern[] | null;
  readonly fn: Handler<KeyEvent>;
  readonly scope: Scope;
  /** True once its scope or its owner ended it, also in the middle of an event. */
  ended: boolean;
}

const MOUSE_HANDLERS: Readonly<Record<MouseEventType, HandlerName>> = {
  down: 'onMouseDown',
  up: 'onMouseUp',
  click: 'onClick',
  move: 'onMouseMove',
  enter: 'onMouseEnter',
  leave: 'onMouseLeave',
  wheel: 'onWheel',
};

export class EventRouter {
  readonly elements: ElementTable = createElementTable();
  readonly focus: Focus;
  readonly pointer: Pointer;
  private readonly scene: Scene;
  private readonly options: RouterOptions;
  private globalKeys: readonly GlobalKeyHandler[] = [];

  constructor(scene: Scene, owners: OwnerPlane, options: RouterOptions) {
    this.scene = scene;
    this.options = options;
    scene.addSideTable(this.elements);
    this.focus = new Focus(scene, (from, to) => this.focusChanged(from, to));
    this.pointer = new Pointer(scene, owners, (slot, event, bubbles) => this.sendMouse(slot, event, bubbles));
  }

  /** Handlers registered for the whole app. */
  get globalHandlers(): number {
    return this.globalKeys.length;
  }

  /** Calls `fn` for keys nobody consumed (all, or those of `patterns`). It ends with its scope, or by the returned function. */
  onKey(patterns: readonly KeyPattern[] | null, fn: Handler<KeyEvent>, scope: Scope): () => void {
    const record: GlobalKeyHandler = { patterns, fn, scope, ended: false };
    this.globalKeys = [...this.globalKeys, record];
    const owned = scope.onDispose(() => {
      record.ended = true;
      this.globalKeys = this.globalKeys.filter((other) => other !== record);
    });
    return () => owned.dispose();
  }

  /** Works one decoded input event. Replies of the terminal are not for here. */
  handle(input: InputEvent): void {
    batch(() =>
      untrack(() => {
        switch (input.type) {
          case 'key':
            this.handleKey(input);
            break;
          case 'mouse': {
            const pressed = this.pointer.handle(input);
            if (pressed !== NIL) {
              const focusable = this.focus.nearest(pressed);
              if (focusable !== NIL) this.focus.set(focusable);
            }
            break;
          }
          case 'paste':
            this.bubble('onPaste', new PasteEvent(sanitise(input.text)));
            break;
          default:
        }
      }),
    );
  }

  private handleKey(input: KeyInput): void {
    const event = new KeyEvent(input);
    this.bubble('onKey', event);
    if (!event.propagationStopped) this.runGlobalKeys(event);
    if (event.defaultPrevented || event.type === 'release') return;
    if (event.key === 'c' && event.ctrl && !event.alt && this.options.exitOnCtrlC) {
      this.options.exit();
      return;
    }
    if (event.propagationStopped) return;
    if (event.key === 'Tab' && !event.ctrl && !event.alt && this.options.tabNavigation) this.focus.move(event.shift ? -1 : 1);
  }

  private runGlobalKeys(event: KeyEvent): void {
    for (const { patterns, fn, scope, ended } of this.globalKeys) {
      if (ended) continue;
      if (patterns !== null && !patterns.some((pattern) => matchesPattern(event, pattern))) continue;
      this.call(fn, event, scope);
      if (event.propagationStopped) return;
    }
  }

  /** From the focused element to the root; with nothing focused, to the shown top-level elements in turn. */
  private bubble(name: 'onKey' | 'onPaste', event: UIEvent): void {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const focused = this.focus.slot;
    const path: number[] = [];
    if (focused !== NIL) {
      for (let node = focused; node !== NIL; node = u32[U32_PARENT * cap + node]) path.push(node);
    } else {
      for (let node = u32[U32_FIRST_CHILD * cap + ROOT]; node !== NIL; node = u32[U32_NEXT * cap + node]) {
        if (this.focus.isShown(node)) path.push(node);
      }
    }
    this.runPath(path, name, event);
  }

  private sendMouse(slot: number, event: MouseEvent, bubbles: boolean): void {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const path: number[] = [slot];
    if (bubbles) {
      for (let node = u32[U32_PARENT * cap + slot]; node !== NIL; node = u32[U32_PARENT * cap + node]) path.push(node);
    }
    this.runPath(path, MOUSE_HANDLERS[event.type], event);
  }

  private runPath(path: readonly number[], name: HandlerName, event: UIEvent): void {
    const generations = path.map((slot) => this.scene.generation(slot));
    for (let i = 0; i < path.length; i++) {
      const slot = path[i];
      if (!this.scene.isLive(slot, generations[i])) continue;
      const record = this.elements.get(slot);
      const handler = record?.handlers[name] as Handler<UIEvent> | undefined;
      if (record === undefined || handler === undefined) continue;
      if (event instanceof MouseEvent) {
        const cap = this.scene.capacity;
        event.localX = event.x - this.scene.i32.array[I32_X * cap + slot];
        event.localY = event.y - this.scene.i32.array[I32_Y * cap + slot];
      }
      this.call(handler, event, record.scope);
      if (event.propagationStopped) return;
    }
  }

  private call<E extends UIEvent>(handler: Handler<E>, event: E, scope: Scope): void {
    try {
      if (handler(event) === true) event.propagationStopped = true;
    } catch (error) {
      if (!reportError(scope, error)) throw error;
    }
  }

  private focusChanged(from: number, to: number): void {
    batch(() =>
      untrack(() => {
        if (from !== NIL) this.runPath([from], 'onBlur', new FocusEvent('blur'));
        // A handler of the first may have moved focus on.
        if (to !== NIL && this.focus.slot === to) this.runPath([to], 'onFocus', new FocusEvent('focus'));
      }),
    );
  }
}
