/**
 * Scrolling of one app: offsets and extents as signals, `onScroll`, what is to be scrolled into view, and who
 * watches layouts. Offsets live in the scene; layout holds them in their range.
 *
 *   wheel, keys, thumb, program ─▶ scene ─▶ layout ─▶ afterLayout ─▶ signals, onScroll ─▶ next Update
 *
 * Invariants: nothing here runs while layout or paint read the scene; watches end with their node.
 */
import type { Clock, TimerHandle } from '../base/index.ts';
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import { createScrollBox, FLAG_LAYOUT_DIRTY, NIL, readScrollBox, ROOT, type Scene, type ScrollBox, SideTable, type SlotList, U32_FLAGS } from '../scene/index.ts';
import { ScrollEvent } from './scroll-event.ts';
import { type ScrollBlock, scrollNodeIntoView } from './scroll-model.ts';

/** Offsets and extents of a scroll container, in cells. */
export interface ScrollMetrics {
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  readonly clientWidth: number;
  readonly clientHeight: number;
}

/** Told after a layout that changed something; `pass` counts the layouts of one frame from 0. */
type LayoutWatcher = (pass: number) => void;

interface Offsets {
  x: number;
  y: number;
}

interface Watched {
  readonly slot: number;
  readonly generation: number;
  readonly source: WritableSignal<ScrollMetrics>;
}

export class Scroller {
  private readonly scene: Scene;
  private readonly emit: (slot: number, event: ScrollEvent) => void;
  private readonly box: ScrollBox = createScrollBox();
  /** Offsets that `onScroll` was told last. */
  private readonly told: SideTable<Offsets> = new SideTable();
  private readonly watched: SideTable<Watched> = new SideTable();
  private watches: readonly Watched[] = [];
  private layoutWatchers: readonly LayoutWatcher[] = [];
  private readonly clock: Clock;
  /** What goes on in the next turn of the event loop, and the timer for that. */
  private deferred: readonly (() => void)[] = [];
  private timer: TimerHandle | null = null;
  private wanted = NIL;
  private wantedGeneration = 0;
  private wantedBlock: ScrollBlock = 'nearest';

  /** `emit` sends an event to a node. */
  constructor(scene: Scene, clock: Clock, emit: (slot: number, event: ScrollEvent) => void) {
    this.scene = scene;
    this.clock = clock;
    this.emit = emit;
    scene.addSideTable(this.told);
    scene.addSideTable(this.watched);
  }

  /** Containers whose metrics somebody reads. */
  get size(): number {
    return this.watched.size;
  }

  /** Those that are told about layouts. */
  get watchers(): number {
    return this.layoutWatchers.length;
  }

  /** Calls `fn` in a later turn of the event loop, for what would keep this frame from ending. The returned function calls it off. */
  nextTurn(fn: () => void): () => void {
    this.deferred = [...this.deferred, fn];
    this.timer ??= this.clock.setTimer(0, () => {
      const due = this.deferred;
      this.deferred = [];
      this.timer = null;
      for (const one of due) one();
    });
    return () => {
      this.deferred = this.deferred.filter((other) => other !== fn);
      if (this.deferred.length === 0) this.close();
    };
  }

  /** Calls off what was to come in a later turn. */
  close(): void {
    this.deferred = [];
    if (this.timer !== null) this.clock.clearTimer(this.timer);
    this.timer = null;
  }

  /** Offsets and extents as laid out last. */
  read(slot: number): ScrollMetrics {
    const box = readScrollBox(this.scene, slot, this.box);
    return {
      scrollLeft: box.x,
      scrollTop: box.y,
      scrollWidth: Math.ceil(box.contentWidth - 1 / 64),
      scrollHeight: Math.ceil(box.contentHeight - 1 / 64),
      clientWidth: Math.floor(box.clientWidth + 1 / 64),
      clientHeight: Math.floor(box.clientHeight + 1 / 64),
    };
  }

  /** The same as a signal, which changes after layouts. */
  signal(slot: number): ReadableSignal<ScrollMetrics> {
    const known = this.watched.get(slot);
    if (known !== undefined) return known.source;
    const made = { slot, generation: this.scene.generation(slot), source: signal(this.read(slot), { equals: sameMetrics }) };
    this.watched.set(slot, made);
    this.watches = [...this.watches.filter(({ slot: other, generation }) => this.scene.isLive(other, generation)), made];
    return made.source;
  }

  /** Calls `fn` after each layout that changed something, before the next Update. Ends by the returned function. */
  onLayout(fn: LayoutWatcher): () => void {
    this.layoutWatchers = [...this.layoutWatchers, fn];
    return () => {
      this.layoutWatchers = this.layoutWatchers.filter((other) => other !== fn);
    };
  }

  /** Scrolls what is around the node so that it shows: now, or after the layout that is due. */
  intoView(slot: number, block: ScrollBlock = 'nearest'): void {
    const { scene } = this;
    if ((scene.u32.array[U32_FLAGS * scene.capacity + ROOT] & FLAG_LAYOUT_DIRTY) === 0) {
      scrollNodeIntoView(scene, slot, block);
      return;
    }
    this.wanted = slot;
    this.wantedGeneration = scene.generation(slot);
    this.wantedBlock = block;
  }

  /**
   * A layout changed something. `scrolled` are the containers whose offset was set or corrected, `pass` counts the
   * layouts of one frame from 0.
   */
  afterLayout(scrolled: SlotList, pass: number): void {
    const { scene, wanted } = this;
    // Setting offsets queues nothing in `scrolled`, but what follows may lay out and scroll again.
    const slots = scrolled.slots.slice(0, scrolled.length);
    if (wanted !== NIL) {
      this.wanted = NIL;
      if (scene.isLive(wanted, this.wantedGeneration)) scrollNodeIntoView(scene, wanted, this.wantedBlock);
    }
    const watchers = this.layoutWatchers;
    for (let i = 0; i < watchers.length; i++) watchers[i](pass);
    const { watches } = this;
    for (let i = 0; i < watches.length; i++) {
      const { slot, generation, source } = watches[i];
      if (scene.isLive(slot, generation)) source.value = this.read(slot);
    }
    for (let i = 0; i < slots.length; i++) this.tell(slots[i]);
  }

  private tell(slot: number): void {
    const box = readScrollBox(this.scene, slot, this.box);
    const { x, y } = box;
    let told = this.told.get(slot);
    if (told === undefined) {
      told = { x: 0, y: 0 };
      this.told.set(slot, told);
    }
    const dx = (x - told.x) * box.signX;
    const dy = (y - told.y) * box.signY;
    if (dx === 0 && dy === 0) return;
    told.x = x;
    told.y = y;
    this.emit(slot, new ScrollEvent(x, y, dx, dy));
  }
}

function sameMetrics(a: ScrollMetrics, b: ScrollMetrics): boolean {
  return (
    a.scrollLeft === b.scrollLeft &&
    a.scrollTop === b.scrollTop &&
    a.scrollWidth === b.scrollWidth &&
    a.scrollHeight === b.scrollHeight &&
    a.clientWidth === b.clientWidth &&
    a.clientHeight === b.clientHeight
  );
}
