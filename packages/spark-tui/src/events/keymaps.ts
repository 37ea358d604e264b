/**
 * All key maps of an app: which of them hold, the chord that was begun, other keys by the user.
 *
 *   key ──▶ chord begun? go on with it ──▶ else handlers; after those of each element its key maps ──▶ key maps of the app
 *
 * Nearer key maps win over farther ones, and of one element the one made last. A key that begins a chord is
 * consumed; a key that does not go on with it ends it: what the keys so far meant runs and the key counts
 * anew, or, if they meant nothing, both are dropped.
 *
 * Bounded: one chord, one timer, a chord's length; key maps end with their scope or element.
 */
import { type Clock, type Scope, type TimerHandle } from '../base/index.ts';
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import { NIL, ROOT, type Scene } from '../scene/index.ts';
import { DEFAULT_LEADER, parseChord } from './chord.ts';
import type { DefaultActions } from './default-actions.ts';
import type { Dispatcher, NodeStep } from './dispatch.ts';
import type { Focus } from './focus.ts';
import type { KeyEvent } from './key-event.ts';
import { type KeyCommand, KeymapLayer, type KeymapOptions, type LayerBinding } from './keymap-layer.ts';
import { type ChordPlace, type ChordStep, stepChord } from './pending-chord.ts';
import { parentOf } from './parent-of.ts';

const DEFAULT_TIMEOUT_MS = 1000;
/** Keys that are pressed on the way to another. */
const MODIFIER_KEY: RegExp = /^(?:Shift|Control|Alt|Super|Hyper|Meta)(?:Left|Right)$|^(?:Caps|Num|Scroll)Lock$|^IsoLevel/;

interface Pending {
  readonly keys: string;
  readonly places: readonly ChordPlace[];
  readonly exact: LayerBinding | null;
  readonly event: KeyEvent;
}

/** What key maps need of their surroundings. */
export interface KeymapHost {
  readonly scene: Scene;
  readonly clock: Clock;
  readonly focus: Focus;
  readonly defaults: DefaultActions;
  readonly dispatcher: Dispatcher;
  /** Runs `fn` as one event. */
  readonly batch: (fn: () => void) => void;
}

export class Keymaps implements NodeStep {
  /** Goes up with every change of which bindings there are. */
  readonly version: WritableSignal<number> = signal(0);
  private readonly host: KeymapHost;
  private readonly shown: WritableSignal<string> = signal('');
  /** All key maps, in the order they were made; and those of each element, the newest first. */
  private readonly layers: Set<KeymapLayer> = new Set();
  private readonly bySlot: Map<number, readonly KeymapLayer[]> = new Map();
  /** Key maps that hold wherever focus is, the newest first. */
  private appLayers: readonly KeymapLayer[] = [];
  private remappings: readonly ReadonlyMap<string, readonly string[]>[] = [];
  private leader: string = DEFAULT_LEADER;
  private pending: Pending | null = null;
  private timer: TimerHandle | null = null;

  constructor(host: KeymapHost) {
    this.host = host;
  }

  /** The keys of the chord that was begun; `''` when none was. */
  get pendingKeys(): ReadableSignal<string> {
    return this.shown;
  }

  /** Key maps that exist now. */
  get size(): number {
    return this.layers.size;
  }

  /** Adds a key map to the node `slot` (ROOT for the whole app). It ends with `scope`, or by the returned function. */
  add(slot: number, commands: readonly (readonly [string, KeyCommand])[], options: KeymapOptions, scope: Scope): () => void {
    const layer = new KeymapLayer(slot, this.host.scene.generation(slot), scope, commands, options);
    layer.build(this.leader, (id) => this.keysOf(id));
    this.layers.add(layer);
    if (options.scope === 'app') this.appLayers = [layer, ...this.appLayers];
    else this.bySlot.set(slot, [layer, ...(this.bySlot.get(slot) ?? [])]);
    this.changed();
    const owned = scope.onDispose(() => {
      layer.ended = true;
      this.layers.delete(layer);
      this.appLayers = this.appLayers.filter((other) => other !== layer);
      const left = (this.bySlot.get(slot) ?? []).filter((other) => other !== layer);
      if (left.length === 0) this.bySlot.delete(slot);
      else this.bySlot.set(slot, left);
      this.changed();
    });
    return () => owned.dispose();
  }

  /** Gives commands other keys, until `scope` ends. Throws OptionError for a chord that cannot be; nothing changed then. */
  remap(keys: ReadonlyMap<string, readonly string[]>, scope: Scope): () => void {
    for (const chords of keys.values()) for (const chord of chords) parseChord(chord, this.leader);
    this.remappings = [...this.remappings, keys];
    this.rebuild();
    const owned = scope.onDispose(() => {
      this.remappings = this.remappings.filter((other) => other !== keys);
      this.rebuild();
    });
    return () => owned.dispose();
  }

  /** The key that `<leader>` stands for in key maps that do not say their own. */
  setLeader(leader: string): void {
    parseChord(leader, leader);
    this.leader = leader;
    this.rebuild();
  }

  // ---- keys --------------------------------------------------------------------------------------

  /** A chord was begun: takes the next key. Returns true when the key belonged to it. */
  continue(event: KeyEvent): boolean {
    const { pending } = this;
    if (pending === null || MODIFIER_KEY.test(event.key)) return false;
    if (event.type === 'repeat') return true; // The key that began it is still held.
    this.clear();
    const step = stepChord(pending.places.filter(({ layer }) => this.isThere(layer)), event);
    if (this.take(step, event, pending.keys)) return true;
    if (pending.exact === null) return true;
    this.runBinding(pending.exact, pending.event);
    return false;
  }

  /** Forgets a chord that was begun. */
  cancel(): void {
    if (this.pending !== null) this.clear();
  }

  has(slot: number): boolean {
    return this.bySlot.has(slot);
  }

  /** The key came to `slot` on its way up. */
  run(slot: number, event: KeyEvent): void {
    const places = this.ordered(event.target?.slot ?? NIL);
    const from = places.findIndex(({ layer }) => layer.slot === slot);
    if (from !== -1) this.begin(places.slice(from), event, (layer) => layer.slot === slot);
  }

  /** The key came to the app: key maps of the app, and with nothing focused all of them. */
  runApp(event: KeyEvent, target: number): void {
    const isLast = (layer: KeymapLayer): boolean => target === NIL || layer.options.scope === 'app';
    this.begin(this.ordered(target).filter(({ layer }) => isLast(layer)), event, isLast);
  }

  private begin(places: readonly ChordPlace[], event: KeyEvent, isHere: (layer: KeymapLayer) => boolean): void {
    const { defaults } = this.host;
    const target = event.target?.slot ?? NIL;
    const claimed = defaults.claimed(event, target);
    const seen = claimed ? places.filter(({ layer }) => layer.slot === target || layer.options.evenWhileTyping === true) : places;
    const here = stepChord(seen.filter(({ layer }) => isHere(layer)), event);
    if (here.exact === null && here.places.length === 0) return;
    // Farther key maps may know more ways on.
    this.take(here.waits ? stepChord(seen, event) : here, event, '');
    event.preventDefault();
    event.stopPropagation();
  }

  /** Does what a step says. Returns false when it leads nowhere. */
  private take(step: ChordStep, event: KeyEvent, before: string): boolean {
    if (step.exact === null && step.places.length === 0) return false;
    if (!step.waits && step.exact !== null) {
      this.runBinding(step.exact, event);
      return true;
    }
    const keys = before === '' ? event.strokes[0] : `${before} ${event.strokes[0]}`;
    this.pending = { keys, places: step.places, exact: step.exact, event };
    this.shown.value = keys;
    const timeoutMs = step.places[0].layer.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    if (timeoutMs !== Infinity) this.timer = this.host.clock.setTimer(timeoutMs, () => this.timedOut());
    return true;
  }

  private timedOut(): void {
    this.timer = null;
    const { pending } = this;
    if (pending === null) return;
    this.host.batch(() => {
      this.clear();
      if (pending.exact !== null && this.isThere(pending.exact.layer)) this.runBinding(pending.exact, pending.event);
    });
  }

  private runBinding({ layer, command }: LayerBinding, event: KeyEvent): void {
    event.currentTarget = null;
    this.host.dispatcher.call(command.run, event, layer.scope);
  }

  private clear(): void {
    this.pending = null;
    this.shown.value = '';
    if (this.timer !== null) this.host.clock.clearTimer(this.timer);
    this.timer = null;
  }

  // ---- which hold --------------------------------------------------------------------------------

  /** Key maps that hold for a key at `target`, the nearest first; with nothing focused (NIL), all that are shown, the newest first. */
  ordered(target: number): readonly ChordPlace[] {
    const { scene, focus } = this.host;
    const places: ChordPlace[] = [];
    const add = (layer: KeymapLayer): void => void places.push({ layer, node: layer.root });
    const isLocal = (layer: KeymapLayer): boolean => layer.options.scope !== 'app';
    if (target === NIL) {
      const local = [...this.layers].filter((layer) => isLocal(layer) && this.isThere(layer)).toReversed();
      for (const layer of local) if (layer.slot !== ROOT && focus.isOpen(layer.slot)) add(layer);
      for (const layer of local) if (layer.slot === ROOT) add(layer);
    } else {
      for (let node = target; node !== NIL; node = parentOf(scene, node)) {
        for (const layer of this.bySlot.get(node) ?? []) if (isLocal(layer) && this.isThere(layer)) add(layer);
      }
    }
    for (const layer of this.appLayers) if (this.isThere(layer)) add(layer);
    return places;
  }

  /** All key maps, the oldest first. */
  get all(): Iterable<KeymapLayer> {
    return this.layers;
  }

  private isThere(layer: KeymapLayer): boolean {
    return !layer.ended && this.host.scene.isLive(layer.slot, layer.generation);
  }

  private keysOf(id: string): readonly string[] | undefined {
    return this.remappings.findLast((keys) => keys.has(id))?.get(id);
  }

  private rebuild(): void {
    for (const layer of this.layers) layer.build(this.leader, (id) => this.keysOf(id));
    this.changed();
  }

  private changed(): void {
    this.version.value = this.version.peek() + 1;
  }

  close(): void {
    this.clear();
    this.layers.clear();
    this.bySlot.clear();
    this.appLayers = [];
    this.remappings = [];
  }
}
