/**
 * Who gets an event. Puts the ways together: keys (`key-route.ts`), mouse (`pointer.ts`), pastes, focus. After
 * the handlers come, unless prevented, the default actions (`default-actions.ts`): Ctrl+C ends the app, Tab and
 * Shift+Tab move focus, arrows move it in a group, a press focuses.
 *
 * Handlers of one event run in one batch; an error in one is reported to its element's scope and does not
 * keep the others from running.
 */
import type { Clock, Scope } from '../base/index.ts';
import type { OwnerPlane } from '../cells/index.ts';
import { batch, untrack } from '../reactive/index.ts';
import { NIL, type Scene } from '../scene/index.ts';
import type { InputEvent, RequestResult } from '../terminal/index.ts';
import { sanitise } from '../text/index.ts';
import { DefaultActions, RANK_CLICK_FOCUS, RANK_EXIT, RANK_GROUP, RANK_SCROLL, RANK_TAB } from './default-actions.ts';
import { Dispatcher } from './dispatch.ts';
import { ElementHandles } from './element-handle.ts';
import { ElementTable, hasHandler } from './element-table.ts';
import { Focus } from './focus.ts';
import { FocusEvent } from './focus-event.ts';
import { focusGroupKeys } from './focus-group-keys.ts';
import { GlobalHandlers } from './global-handlers.ts';
import { InputSignals } from './input-signals.ts';
import type { KeyEvent } from './key-event.ts';
import type { KeyPattern } from './key-pattern.ts';
import { KeyRoute } from './key-route.ts';
import { Keymaps } from './keymaps.ts';
import type { MouseEvent, MouseEventType, WheelEvent } from './mouse-event.ts';
import { PasteEvent } from './paste-event.ts';
import { Pointer, type PointerSink } from './pointer.ts';
import { registerScrollActions } from './scroll-actions.ts';
import type { ScrollEvent } from './scroll-event.ts';
import { Scroller } from './scroller.ts';
import { Selection, type SelectionSettings } from './selection.ts';
import { registerSelectionActions } from './selection-actions.ts';
import { SelectionMouse } from './selection-mouse.ts';
import type { Handler, HandlerName } from './handlers.ts';
import { parentOf } from './parent-of.ts';

/** Which of the framework's own reactions are on. */
export interface RouterOptions {
  readonly clock: Clock;
  readonly exitOnCtrlC: boolean;
  readonly tabNavigation: boolean;
  /** A press gives focus to the nearest element that can have it. */
  readonly focusOnClick: boolean;
  /** Arrows, Page Up and the like scroll. Read by who scrolls. */
  readonly scrollKeys: boolean;
  /** The wheel scrolls. Read by who scrolls. */
  readonly wheelScroll: boolean;
  /** How text is selected with the mouse; null: not at all. */
  readonly selection: SelectionSettings | null;
  /** Puts text into the clipboard. */
  readonly copy: (text: string) => RequestResult;
  /** Ends the app. */
  readonly exit: () => void;
  /** The `id` of an element. */
  readonly label: (slot: number) => string | undefined;
}

const MOUSE_HANDLERS: Readonly<Record<MouseEventType, HandlerName>> = {
  down: 'onMouseDown',
  up: 'onMouseUp',
  click: 'onClick',
  move: 'onMouseMove',
  enter: 'onMouseEnter',
  leave: 'onMouseLeave',
  wheel: 'onWheel',
  drag: 'onDrag',
};

export class EventRouter implements PointerSink {
  readonly options: RouterOptions;
  readonly elements: ElementTable = new ElementTable();
  readonly handles: ElementHandles;
  readonly defaults: DefaultActions;
  readonly dispatcher: Dispatcher;
  readonly focus: Focus;
  readonly globals: GlobalHandlers;
  readonly keymaps: Keymaps;
  readonly pointer: Pointer;
  readonly scroller: Scroller;
  readonly selection: Selection;
  private readonly selectionMouse: SelectionMouse;
  readonly signals: InputSignals = new InputSignals();
  private readonly scene: Scene;
  private readonly keys: KeyRoute;

  constructor(scene: Scene, owners: OwnerPlane, options: RouterOptions) {
    this.scene = scene;
    this.options = options;
    scene.addSideTable(this.elements);
    this.focus = new Focus(scene, (from, to) => this.focusChanged(from, to));
    this.handles = new ElementHandles(scene, options.label, (slot) => this.focus.set(slot));
    this.dispatcher = new Dispatcher(scene, this.elements, this.handles);
    this.globals = new GlobalHandlers(this.dispatcher);
    this.defaults = new DefaultActions(scene);
    const { clock, exit } = options;
    const { dispatcher, focus, globals, defaults, signals } = this;
    this.keymaps = new Keymaps({ scene, clock, focus, defaults, dispatcher, batch: (fn) => this.batch(fn) });
    const isExit = (event: KeyEvent): boolean => options.exitOnCtrlC && event.strokes.includes('ctrl+c');
    this.keys = new KeyRoute({ scene, dispatcher, focus, keymaps: this.keymaps, globals, defaults, signals, isExit, exit });
    this.pointer = new Pointer(scene, owners, focus.flags, clock, this);
    this.scroller = new Scroller(scene, clock, (slot, event) => this.scrolled(slot, event));
    this.selection = new Selection(scene, options.selection, options.copy);
    this.selectionMouse = new SelectionMouse(scene, owners, this.selection, this.pointer, clock, (slot) => this.dragOwner(slot));
    this.registerDefaults(isExit);
  }

  /** Handlers registered for the whole app, key maps among them. */
  get globalHandlers(): number {
    return this.globals.size + this.keymaps.size;
  }

  /** Calls `fn` for keys nobody consumed (all, or those of `patterns`). It ends with its scope, or by the returned function. */
  onKey(patterns: readonly KeyPattern[] | null, fn: Handler<KeyEvent>, scope: Scope): () => void {
    return this.globals.listen('key', fn, scope, patterns);
  }

  /** Works one decoded input event. Replies of the terminal are not for here. */
  handle(input: InputEvent): void {
    switch (input.type) {
      case 'key':
        this.batch(() => this.keys.handle(input));
        break;
      case 'mouse':
        this.batch(() => this.pointer.handle(input));
        break;
      case 'paste':
        this.batch(() => this.paste(new PasteEvent(sanitise(input.text), input.truncated)));
        break;
      case 'focus':
        this.batch(() => {
          this.signals.terminalFocused.value = input.focused;
          if (!input.focused) this.pointer.cancel();
        });
        break;
      default:
    }
  }

  /** Tells an element (and those around it) that its content was scrolled. */
  scrolled(slot: number, event: ScrollEvent): void {
    this.batch(() => this.dispatcher.send(slot, event, 'onScroll', true));
  }

  /** Runs `fn` as one event: its writes take effect together. */
  batch(fn: () => void): void {
    batch(() => untrack(fn));
  }

  /** @internal One event of the pointer. */
  mouse(slot: number, event: MouseEvent, below: number): void {
    const { type } = event;
    event.aim(this.handles, slot);
    const alone = type === 'enter' || type === 'leave';
    if (!alone) this.signals.mouse(event);
    // DOM: a click is the left button's. Others reach handlers of the app only.
    const isSilent = type === 'click' && event.button !== 'left' && event.button !== 'none';
    if (slot !== NIL && !isSilent) {
      const generation = this.scene.generation(slot);
      this.dispatcher.send(slot, event, MOUSE_HANDLERS[type], !alone, below);
      if (!this.scene.isLive(slot, generation)) slot = NIL;
    }
    if (alone || type === 'drag' || below !== NIL) return;
    this.globals.run('mouse', event);
    if (type === 'click') this.globals.run('click', event);
    else if (type === 'move') this.globals.run('move', event);
    else if (type === 'wheel') this.globals.run('wheel', event as WheelEvent);
    if (event.defaultPrevented) return;
    if (type !== 'wheel') this.defaults.run('mouse', event, slot);
    else if (!event.handled) this.defaults.run('wheel', event as WheelEvent, slot);
  }

  /** @internal The nearest node that wants drags. */
  dragOwner(slot: number): number {
    const { scene, elements } = this;
    for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
      if (hasHandler(elements.get(node), 'onDrag')) return node;
    }
    return NIL;
  }

  /** Gives up everything that outlives scopes: timers, signals, the last events. */
  close(): void {
    this.focus.close();
    this.keymaps.close();
    this.scroller.close();
    this.selectionMouse.stop();
    this.selection.close();
    this.signals.close();
  }

  private paste(event: PasteEvent): void {
    const { target } = this.keys;
    const generation = target === NIL ? 0 : this.scene.generation(target);
    this.keymaps.cancel();
    this.keys.deliver('onPaste', event);
    this.globals.run('paste', event);
    if (!event.defaultPrevented && !event.handled) this.defaults.run('paste', event, this.scene.isLive(target, generation) ? target : NIL);
  }

  private focusChanged(from: number, to: number): void {
    this.batch(() => {
      const { handles, dispatcher, focus, scene } = this;
      this.keymaps.cancel();
      const [loser, gainer] = [handles.find(from), handles.find(to)];
      const generation = to === NIL ? 0 : scene.generation(to);
      if (from !== NIL) {
        dispatcher.send(from, new FocusEvent('blur', gainer), 'onBlur', false);
        if (loser?.isMounted === true) dispatcher.send(from, new FocusEvent('focusout', gainer), 'onFocusOut', true);
      }
      // A handler of the first may have moved focus on.
      const hasIt = (): boolean => to !== NIL && focus.slotSignal.value === to && scene.isLive(to, generation);
      if (!hasIt()) return;
      const event = new FocusEvent('focus', loser);
      dispatcher.send(to, event, 'onFocus', false);
      if (hasIt()) dispatcher.send(to, new FocusEvent('focusin', loser), 'onFocusIn', true);
      if (hasIt() && !event.defaultPrevented) this.defaults.run('focus', event, to);
    });
  }

  private registerDefaults(isExit: (event: KeyEvent) => boolean): void {
    const { options, defaults, focus } = this;
    defaults.onApp('key', RANK_EXIT, (event) => {
      if (!isExit(event)) return false;
      options.exit();
      return true;
    });
    if (options.tabNavigation) {
      defaults.onApp('key', RANK_TAB, (event) => {
        if (event.key !== 'Tab' || event.ctrl || event.alt || event.super) return false;
        return focus.move(event.shift ? -1 : 1);
      });
    }
    registerScrollActions(defaults, this.scene, (slot) => this.pointer.capture(slot), { keys: options.scrollKeys, wheel: options.wheelScroll });
    if (options.selection !== null) registerSelectionActions(defaults, this.selection, this.selectionMouse);
    defaults.onApp('focus', RANK_SCROLL, (_event, slot) => this.scroller.intoView(slot));
    defaults.onApp('key', RANK_GROUP, (event, slot) => focusGroupKeys(focus, event, slot));
    if (options.focusOnClick) {
      defaults.onApp('mouse', RANK_CLICK_FOCUS, (event, slot) => {
        if (event.type !== 'down') return;
        const focusable = focus.nearest(slot);
        const { trap } = focus;
        if (focusable !== NIL && (trap === NIL || focus.isInside(focusable, trap))) focus.set(focusable);
      });
    }
  }
}
