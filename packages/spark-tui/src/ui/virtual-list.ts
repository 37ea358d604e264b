/**
 * A long list: only the rows that show and a margin are mounted, spacers stand for the others.
 *
 *   container: … [spacer above][row from] … [row to − 1][spacer below] …
 *              with focus in a row outside of the window that row stays, and a third spacer fills the gap
 *
 *   layout ─▶ afterLayout: measure mounted rows ─▶ (window, spacers or offset no longer right?) ─▶ Update: refresh
 *
 * When rows above the window change height, or come and go, the offset follows so that the first row that
 * shows stays where it is; not at the top of the list, where new rows are to be seen, and not where the end is
 * followed (`stickyEnd`).
 */
import { parentOf, type ScrollBlock } from '../events/index.ts';
import { signal, toRaw, untrack, type WritableSignal } from '../reactive/index.ts';
import * as s from '../scene/index.ts';
import type { Host } from './host.ts';
import { KeyedList, type Row } from './keyed-list.ts';
import type { ListControl, ListRef } from './list-ref.ts';
import type { Region } from './region.ts';
import { diffRows, type RowMap } from './row-diff.ts';
import { RowHeights } from './row-heights.ts';
import { isRowNode, measureRow, type RowExtent } from './row-geometry.ts';
import type { RowSpacer } from './row-spacer.ts';

/** Rows mounted beyond each end of the window. */
const OVERSCAN_ROWS = 8;
/** Updates in one frame for the sake of one list. */
const MAX_REFRESHES = 5;
/** Larger than any offset: layout makes it the last one. */
const END_CELLS = 0x3fff_ffff;

interface VirtualListOptions<T, K> {
  readonly render: (item: () => T, key: K) => unknown;
  readonly key: (item: T, index: number) => K;
  readonly estimate: number;
  readonly overscan: number | undefined;
  readonly ref: ListRef<K> | undefined;
}

/** Most rows outside of the window that are kept because text in them is selected. */
const MAX_SELECTED_ROWS = 5000;

interface Target {
  readonly index: number;
  readonly block: ScrollBlock;
}

export class VirtualList<T, K> implements ListControl {
  private readonly host: Host;
  private readonly parent: number;
  private readonly list: KeyedList<T, K>;
  private readonly keyOf: (item: T, index: number) => K;
  private readonly overscan: number;
  private readonly ref: ListRef<K> | undefined;
  private readonly above: RowSpacer;
  private readonly between: RowSpacer;
  private readonly below: RowSpacer;
  /** Goes up when Update has to look at the list again. */
  private readonly version: WritableSignal<number> = signal(0);
  private readonly box: s.ScrollBox = s.createScrollBox();
  private readonly extent: RowExtent = { top: 0, cells: 0 };
  private items: readonly T[] = [];
  private heights: RowHeights;
  /** The rows mounted are from … to − 1, and `pinned` when that is not -1. */
  private from = 0;
  private to = 0;
  private pinned = -1;
  /** Rows outside of the window are among them, for a selection. */
  private keepsSelected = false;
  /** Indexes of the mounted rows, in order. */
  private mounted: number[] = [];
  /** From the top of the content to the first row. */
  private top = 0;
  /** Offset to set in the next refresh; -1 for none. */
  private wantedOffset = -1;
  private target: Target | null = null;
  private laidOut = false;
  /** The end was scrolled to, and at which offset that was. */
  private atEnd = false;
  private lastOffset = 0;
  private estimateAt = 1;
  private refreshes = 0;
  /** Calls off the refresh that waits for the next turn; null when none does. */
  private later: (() => void) | null = null;

  constructor(region: Region, above: RowSpacer, between: RowSpacer, below: RowSpacer, options: VirtualListOptions<T, K>) {
    this.host = region.host;
    this.parent = region.parent;
    this.above = above;
    this.between = between;
    this.below = below;
    this.keyOf = options.key;
    this.overscan = options.overscan ?? OVERSCAN_ROWS;
    this.ref = options.ref;
    this.heights = new RowHeights(0, options.estimate);
    this.list = new KeyedList<T, K>(region, options.render, (item, k) => options.key(item, this.mounted[k]));
    region.onDispose(this.host.events.scroller.onLayout((pass) => this.afterLayout(pass)));
    region.onDispose(() => this.cancelLater());
    if (this.ref === undefined) return;
    const { ref } = this;
    ref.attach(this);
    region.onDispose(() => ref.attach(null));
  }

  /** Mounts what shows of `items`. Runs in an effect: reads the length and the mounted items, and is run again when they change. */
  refresh(items: readonly T[]): void {
    void this.version.value;
    const { length } = items;
    untrack(() => this.take(toRaw(items), length));
    untrack(() => this.chooseWindow());
    const shown: T[] = [];
    for (let k = 0; k < this.mounted.length; k++) shown.push(items[this.mounted[k]]);
    untrack(() => {
      this.list.update(shown);
      this.applySpacers();
      this.applyOffset();
    });
  }

  scrollToIndex(index: number, block: ScrollBlock): void {
    const last = this.heights.length - 1;
    if (last < 0) return;
    this.target = { index: Math.max(0, Math.min(last, Math.trunc(index) || 0)), block };
    this.wantedOffset = this.offsetFor(this.target);
    this.bump();
  }

  indexOfKey(key: unknown): number {
    const { items, keyOf } = this;
    return items.findIndex((item, index) => keyOf(item, index) === key);
  }

  // ---- Update ------------------------------------------------------------------------------------

  /** Takes a new list: heights go along with their rows, and the first row that shows stays where it is. */
  private take(items: readonly T[], length: number): void {
    const old = this.heights;
    if (items === this.items && length === old.length) return;
    const map = items === this.items ? this.shiftedRows(items) : diffRows(this.items, items, this.keyOf);
    const now = new RowHeights(length, old.estimate);
    old.forEach((index, cells) => {
      const place = map(index);
      if (place >= 0 && place < length) now.set(place, cells);
    });
    this.heights = now;
    this.items = items;
    this.atEnd = false;
    if (this.target !== null) {
      const index = map(this.target.index);
      this.target = index >= 0 && index < length ? { index, block: this.target.block } : null;
    }
    if (!this.laidOut || !this.holdsRow()) return;
    const first = old.find(this.scrollTop() - this.top);
    const kept = this.survivor(first, map, length);
    // What comes after a row that is gone moves to its place.
    if (kept > first) this.wantedOffset = this.top + now.offset(map(kept));
    else if (kept >= 0) this.wantedOffset = this.scrollTop() + now.offset(map(kept)) - old.offset(kept);
  }

  /** The same array with another length: rows went where the mounted ones are found. */
  private shiftedRows(items: readonly T[]): RowMap {
    const known = new Map<K, number>();
    for (const { key, index } of this.list.rows) known.set(key, this.mounted[index]);
    let shift = 0;
    for (let i = 0; i < items.length && known.size > 0; i++) {
      const index = known.get(this.keyOf(items[i], i));
      if (index === undefined) continue;
      shift = i - index;
      break;
    }
    return (index) => index + shift;
  }

  /** The row nearest to `first` that is still there, looking down first; -1 when no mounted one is. */
  private survivor(first: number, map: RowMap, length: number): number {
    const isKept = (index: number): boolean => map(index) >= 0 && map(index) < length;
    for (let index = first; index < this.to; index++) if (isKept(index)) return index;
    for (let index = first - 1; index >= this.from; index--) if (isKept(index)) return index;
    return -1;
  }

  private chooseWindow(): void {
    const { heights } = this;
    const { length } = heights;
    // Rows that turn out to be low need many more of them: the margin doubles from try to try in a frame.
    const overscan = Math.max(1, this.overscan) << Math.max(0, this.refreshes - 1);
    const client = this.clientCells();
    const end = Math.max(0, heights.total + this.top - client);
    const offset = Math.min(this.wantedOffset >= 0 ? this.wantedOffset : this.scrollTop(), end);
    const first = heights.find(offset - this.top);
    const last = heights.find(offset - this.top + client - 1);
    const rows = last - first + 1;
    const stays =
      !this.keepsSelected && this.from <= first && this.to > last && this.to <= length && this.to - this.from <= rows + 4 * overscan + 2;
    if (!stays || length === 0) {
      this.from = Math.max(0, first - overscan);
      this.to = Math.min(length, last + 1 + overscan);
    }
    this.keepSelected();
    this.pinned = this.focusedRow();
    const mounted: number[] = [];
    if (this.pinned >= 0 && this.pinned < this.from) mounted.push(this.pinned);
    for (let index = this.from; index < this.to; index++) mounted.push(index);
    if (this.pinned >= this.to) mounted.push(this.pinned);
    this.mounted = mounted;
    if (length === 0) this.ref?.show(-1, -1);
    else this.ref?.show(first, last);
  }

  /** Place in the present list of the mounted row that has focus in it, when it lies outside of the window; else -1. */
  private focusedRow(): number {
    const index = this.rowAround(this.host.events.focus.slot);
    return index >= this.from && index < this.to ? -1 : index;
  }

  /** Rows from where text is selected to the window stay: a selection ends with the text it begins in. */
  private keepSelected(): void {
    let { from, to } = this;
    for (const slot of this.host.events.selection.ends) {
      const index = this.rowAround(slot);
      if (index < 0) continue;
      from = Math.min(from, index);
      to = Math.max(to, index + 1);
    }
    const more = to - from - (this.to - this.from);
    this.keepsSelected = more > 0 && more <= MAX_SELECTED_ROWS;
    if (!this.keepsSelected) return;
    this.from = from;
    this.to = to;
  }

  /** Place in the present list of the mounted row that a node is in; -1 for none. */
  private rowAround(slot: number): number {
    const { scene } = this.host;
    let node = slot;
    while (node !== s.NIL && parentOf(scene, node) !== this.parent) node = parentOf(scene, node);
    if (node === s.NIL) return -1;
    const row = this.list.rows.find((one) => isRowNode(scene, node, one));
    return row === undefined ? -1 : this.placeOf(row);
  }

  /** Where a mounted row is in the present list; -1 when it is gone. */
  private placeOf(row: Row<T, K>): number {
    const { items } = this;
    const { key } = row;
    const guess = this.mounted[row.index];
    if (guess < items.length && this.keyOf(items[guess], guess) === key) return guess;
    return this.indexOfKey(key);
  }

  private applySpacers(): void {
    const { heights, from, to, pinned } = this;
    const gap = this.gapCells();
    const beforeFirst = pinned >= 0 && pinned < from ? pinned : from;
    const afterLast = pinned >= to ? pinned + 1 : to;
    this.above.set(heights.offset(beforeFirst) - gap);
    this.below.set(heights.total - heights.offset(afterLast) - gap);
    if (pinned < 0) {
      this.between.set(0);
      return;
    }
    const isAbove = pinned < from;
    this.between.set((isAbove ? heights.offset(from) - heights.offset(pinned + 1) : heights.offset(pinned) - heights.offset(to)) - gap);
    const next = this.list.rows[isAbove ? 1 : this.list.rows.length - 1];
    if (next !== undefined && next.first !== s.NIL) this.between.moveBefore(next.first);
  }

  private applyOffset(): void {
    if (this.wantedOffset < 0) return;
    this.host.scene.setI32(this.parent, s.I32_SCROLL_Y, Math.round(this.wantedOffset));
    this.wantedOffset = -1;
  }

  // ---- after layout ------------------------------------------------------------------------------

  private afterLayout(pass: number): void {
    if (pass === 0) this.refreshes = 0;
    const { heights } = this;
    s.readScrollBox(this.host.scene, this.parent, this.box);
    const { clientHeight: client, maxY } = this.box;
    if (client <= 0) return;
    this.laidOut = true;
    const offset = this.scrollTop();
    const holds = this.holdsRow();
    const first = heights.find(offset - this.top);
    const firstOffset = heights.offset(first);
    const { measured } = heights;
    const changed = this.measure();
    if (changed && holds && this.wantedOffset < 0) {
      // Rows seen for the first time make the end another one; who scrolled to the end means the new one.
      const end = heights.measured > measured && (offset === maxY || (this.atEnd && offset === this.lastOffset));
      const wanted = end ? END_CELLS : offset + heights.offset(first) - firstOffset;
      if (wanted !== offset) this.wantedOffset = wanted;
    }
    this.atEnd = offset === maxY || this.wantedOffset === END_CELLS;
    this.lastOffset = offset;
    if (this.target !== null) {
      const { index } = this.target;
      const wanted = this.offsetFor(this.target);
      const isThere = index >= this.from && index < this.to && !changed && Math.min(wanted, maxY) === offset;
      if (isThere) this.target = null;
      else if (wanted !== offset) this.wantedOffset = wanted;
    }
    if (!this.isSettled(offset, client, changed)) this.ask();
  }

  /** Measures the mounted rows. True when one is not as high as thought. */
  private measure(): boolean {
    const { heights, mounted, extent } = this;
    const { scene } = this.host;
    const { rows } = this.list;
    const gap = this.gapCells();
    let changed = false;
    let topKnown = false;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      const index = mounted[row.index];
      if (index >= heights.length) continue;
      const isShown = measureRow(scene, row, extent);
      const cells = isShown ? extent.cells : 0;
      if (!topKnown && isShown) {
        topKnown = true;
        const top = extent.top - this.contentEdge() - (this.above.isShown ? this.above.cells + gap : 0);
        if (top !== this.top) {
          this.top = top;
          changed = true;
        }
      }
      if (heights.set(index, cells === 0 ? 0 : cells + gap)) changed = true;
    }
    if (heights.measured < this.estimateAt) return changed;
    this.estimateAt = heights.measured * 2;
    // Not less: rows nobody has seen are to be looked at, even when those seen show nothing.
    heights.estimate = Math.max(1, heights.mean);
    return true;
  }

  private isSettled(offset: number, client: number, changed: boolean): boolean {
    if (this.wantedOffset >= 0) return false;
    if (changed) return false;
    const { heights } = this;
    if (heights.length === 0) return true;
    const first = heights.find(offset - this.top);
    const last = heights.find(offset - this.top + client - 1);
    this.ref?.show(first, last);
    return first >= this.from && last < this.to && (!this.keepsSelected || this.host.events.selection.begun);
  }

  private ask(): void {
    if (this.refreshes++ >= MAX_REFRESHES) {
      // Rows whose height depends on the window would keep the frame from ending: the rest comes with the next one.
      this.later ??= this.host.events.scroller.nextTurn(() => this.bump());
      return;
    }
    this.bump();
  }

  private bump(): void {
    this.cancelLater();
    this.version.value = this.version.peek() + 1;
  }

  private cancelLater(): void {
    this.later?.();
    this.later = null;
  }

  // ---- geometry ----------------------------------------------------------------------------------

  private scrollTop(): number {
    return this.host.scene.i32.array[s.I32_SCROLL_Y * this.host.scene.capacity + this.parent];
  }

  /** Height of the window; before the first layout, that of the screen. */
  private clientCells(): number {
    if (!this.laidOut) return untrack(() => this.host.size.value.height);
    return Math.ceil(s.readScrollBox(this.host.scene, this.parent, this.box).clientHeight);
  }

  private gapCells(): number {
    const at = s.LEN_ROW_GAP * this.host.scene.capacity + this.parent;
    return this.host.scene.u8.array[at] === s.UNIT_CELLS ? this.host.scene.f32.array[at] : 0;
  }

  /** Cells from the container's border box to where its scrolled content begins: the border. */
  private contentEdge(): number {
    return this.host.scene.u8.array[s.U8_BORDER_TOP * this.host.scene.capacity + this.parent] === 0 ? 0 : 1;
  }

  /** Whether the row at the window's top is to stay there. */
  private holdsRow(): boolean {
    const offset = this.scrollTop();
    if (offset <= 0 || offset < this.top) return false;
    const { scene } = this.host;
    const sticks = scene.u8.array[s.U8_STICKY_END * scene.capacity + this.parent] !== 0;
    return !sticks || offset < s.readScrollBox(scene, this.parent, this.box).maxY;
  }

  private offsetFor({ index, block }: Target): number {
    const { heights, top } = this;
    const client = this.clientCells();
    const start = top + heights.offset(index);
    const end = top + heights.offset(index + 1) - (heights.offset(index + 1) > heights.offset(index) ? this.gapCells() : 0);
    const now = this.scrollTop();
    if (block === 'start') return start;
    if (block === 'end') return Math.max(0, end - client);
    if (block === 'center') return Math.max(0, Math.floor((start + end - client) / 2));
    if (start >= now && end <= now + client) return now;
    return start < now || end - start > client ? start : Math.max(0, end - client);
  }
}
