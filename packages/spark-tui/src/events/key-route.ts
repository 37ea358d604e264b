/**
 * The way of a key: a chord that was begun, else the focused element and up (with nothing focused, the trap
 * that is up, else the elements at the top in turn), key maps on the way, handlers of the app, default actions.
 */
import { NIL, ROOT, type Scene, U32_FIRST_CHILD, U32_NEXT } from '../scene/index.ts';
import type { KeyInput } from '../terminal/index.ts';
import type { DefaultActions } from './default-actions.ts';
import type { Dispatcher } from './dispatch.ts';
import type { Focus } from './focus.ts';
import type { GlobalHandlers } from './global-handlers.ts';
import type { InputSignals } from './input-signals.ts';
import { KeyEvent } from './key-event.ts';
import type { Keymaps } from './keymaps.ts';
import type { HandlerName } from './handlers.ts';
import type { UIEvent } from './ui-event.ts';

/** What the way of a key leads through. */
export interface KeyStations {
  readonly scene: Scene;
  readonly dispatcher: Dispatcher;
  readonly focus: Focus;
  readonly keymaps: Keymaps;
  readonly globals: GlobalHandlers;
  readonly defaults: DefaultActions;
  readonly signals: InputSignals;
  /** True for the key that ends the app, which only `preventDefault()` can keep from it. */
  readonly isExit: (event: KeyEvent) => boolean;
  readonly exit: () => void;
}

export class KeyRoute {
  private readonly stations: KeyStations;

  constructor(stations: KeyStations) {
    this.stations = stations;
  }

  handle(input: KeyInput): void {
    const { scene, keymaps, globals, defaults, signals } = this.stations;
    const event = new KeyEvent(input);
    signals.key(event);
    if (event.type === 'release') {
      this.deliver('onKeyUp', event);
      globals.run('anyKey', event);
      return;
    }
    if (keymaps.continue(event)) return;
    const target = this.target;
    const generation = target === NIL ? 0 : scene.generation(target);
    const claimed = defaults.claimed(event, target);
    this.deliver('onKey', event);
    if (!event.propagationStopped) keymaps.runApp(event, target);
    globals.run('key', event, claimed);
    globals.run('anyKey', event);
    if (event.defaultPrevented) return;
    if (!event.handled) defaults.run('key', event, scene.isLive(target, generation) ? target : NIL);
    else if (this.stations.isExit(event)) this.stations.exit();
  }

  /** Where keys and pastes go: the element that has focus, else the trap that is up; NIL for the top. */
  get target(): number {
    const { focus } = this.stations;
    return focus.slot || focus.trap;
  }

  /** Sends an event the way of keys: from the target up, or with none to the shown elements at the top, one after the other. */
  deliver(name: HandlerName, event: UIEvent): void {
    const { scene, dispatcher, focus, keymaps } = this.stations;
    const { target } = this;
    dispatcher.aim(event, target);
    const also = name === 'onKey' ? keymaps : null;
    if (target !== NIL) {
      dispatcher.send(target, event, name, true, NIL, also);
      return;
    }
    const u32 = scene.u32.array;
    const cap = scene.capacity;
    const tops: number[] = [];
    for (let node = u32[U32_FIRST_CHILD * cap + ROOT]; node !== NIL; node = u32[U32_NEXT * cap + node]) {
      if (focus.isOpen(node)) tops.push(node, scene.generation(node));
    }
    for (let i = 0; i < tops.length && !event.propagationStopped; i += 2) {
      if (scene.isLive(tops[i], tops[i + 1])) dispatcher.send(tops[i], event, name, true);
    }
    dispatcher.aim(event, NIL);
  }
}
