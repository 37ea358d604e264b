/**
 * The scene: all node data of one app, and the only code that writes it.
 *
 * A node is a slot: an index into the columns of `fields.ts`. Slot 0 is NIL, slot 1 is the root.
 *
 *   free list: first in, first out, linked through U32_NEXT; a freed slot's generation goes up by one
 *   children:  doubly linked (first/last child, prev/next sibling); every link walk is budgeted
 *   dirt:      setters compare, write, and record what the field table says: layout dirt as flags up to
 *              the root (plus the queue of directly changed nodes), paint dirt as a queue of nodes and of
 *              rectangles that removed nodes leave behind
 *
 * Invariants: a zeroed slot is a valid default box; a free slot is zero but for its generation and link;
 * capacity only grows between `grow` calls of `create` (never while a pass holds columns).
 */
import { CapacityError, PhaseError, Section, Slab, TreeCorruptError } from '../base/index.ts';
import { type GlyphTable, RunBuilder, type TextEdges } from '../text/index.ts';
import * as f from './fields.ts';
import { emptyGrid, GridNames, type GridStyle } from './grid-style.ts';
import { SelectedText } from './selected-text.ts';
import { SideTable } from './side-table.ts';
import { SlotList } from './slot-list.ts';
import { TextStyles } from './text-styles.ts';
import { TEXT_GLYPHS, TEXT_SHAPE, writeText } from './write-text.ts';

/** The slot that means "no node". */
export const NIL = 0;
/** The slot of the root, which is the screen. */
export const ROOT = 1;

const INITIAL_CAPACITY = 64;
const INITIAL_RUN_WORDS = 1024;
const DEFAULT_RUN_WORDS = 1 << 27;

export interface SceneOptions {
  /** Most nodes the scene may hold. */
  readonly maxNodes: number;
  readonly glyphs: GlyphTable;
  /** Called when the scene goes from clean to dirty. */
  readonly onDirty: () => void;
  /** Most words of shaped text (one a grapheme cluster); the option that sets it is `textPoolSize`. */
  readonly maxRunWords?: number;
}

export class Scene {
  readonly glyphs: GlyphTable;
  readonly maxNodes: number;
  readonly f32: Section<Float32Array<ArrayBufferLike>>;
  readonly u8: Section<Uint8Array<ArrayBufferLike>>;
  readonly u32: Section<Uint32Array<ArrayBufferLike>>;
  readonly i32: Section<Int32Array<ArrayBufferLike>>;
  readonly f64: Section<Float64Array<ArrayBufferLike>>;
  readonly runs: Slab;
  /** The string a text node shows, as given. */
  readonly texts: SideTable<string> = new SideTable();
  /** Styled spans of texts, their links and underline colours. */
  readonly textStyles: TextStyles;
  /** What of the texts is selected. */
  readonly selected: SelectedText;
  /** Tracks and areas of grid containers. Written by `setGrid` only. */
  readonly grids: SideTable<GridStyle> = new SideTable();
  /** Names of grid lines and areas. */
  readonly gridNames: GridNames = new GridNames();

  capacity: number = INITIAL_CAPACITY;
  /** Nodes that exist, the root included. */
  live = 0;
  /** Highest slot ever used. */
  top = 0;

  /** Nodes whose own style, text or children changed since the last layout. */
  readonly layoutQueue: SlotList = new SlotList();
  /** Nodes whose cells must be painted again. */
  readonly paintQueue: SlotList = new SlotList();
  /** Nodes whose snapped rectangle changed in layout. Written by layout through `markMoved`. */
  readonly moved: SlotList = new SlotList();
  /** Rectangles x0, y0, x1, y1 that removed nodes leave behind, to be painted again. */
  readonly vacated: number[] = [];
  /** Goes up with every change of who is whose child, and in which order. */
  treeEdits = 0;
  /** True from the first change until `clean`. */
  dirty = false;
  /** True while layout and paint read the scene: writing then is an error. */
  locked = false;
  /** True when `release` comes next: removing single nodes is then wasted work. */
  closing = false;

  /** Makes room in the full glyph table; returns whether there is some. Set by who knows the cells too. */
  onGlyphsFull: (() => boolean) | null = null;

  private readonly onDirty: () => void;
  private readonly sideTables: SideTable<unknown>[] = [];
  private readonly builder: RunBuilder = new RunBuilder();
  private freeHead = NIL;
  private freeTail = NIL;

  constructor(options: SceneOptions) {
    this.glyphs = options.glyphs;
    this.maxNodes = options.maxNodes;
    this.onDirty = options.onDirty;
    this.runs = new Slab(INITIAL_RUN_WORDS, options.maxRunWords ?? DEFAULT_RUN_WORDS, 'textPoolSize');
    this.f32 = new Section(Float32Array, f.F32_COLUMNS, INITIAL_CAPACITY);
    this.u8 = new Section(Uint8Array, f.U8_COLUMNS, INITIAL_CAPACITY);
    this.u32 = new Section(Uint32Array, f.U32_COLUMNS, INITIAL_CAPACITY);
    this.i32 = new Section(Int32Array, f.I32_COLUMNS, INITIAL_CAPACITY);
    this.f64 = new Section(Float64Array, f.F64_COLUMNS, INITIAL_CAPACITY);
    this.addSideTable(this.texts);
    this.textStyles = new TextStyles(this);
    this.selected = new SelectedText(this);
    this.addSideTable(this.grids);
    this.create(f.KIND_BOX, NIL, NIL);
  }

  // ---- identity ----------------------------------------------------------------------------------

  /** Registers a side table whose entries die with their slot. */
  addSideTable<T>(table: SideTable<T>): void {
    this.sideTables.push(table as SideTable<unknown>);
  }

  generation(slot: number): number {
    return this.u32.array[f.U32_GENERATION * this.capacity + slot];
  }

  /** True while the node that had `generation` at `slot` exists. */
  isLive(slot: number, generation: number): boolean {
    if (slot === NIL || slot > this.top) return false;
    const u32 = this.u32.array;
    return (
      u32[f.U32_GENERATION * this.capacity + slot] === generation &&
      (u32[f.U32_FLAGS * this.capacity + slot] & f.FLAG_LIVE) !== 0
    );
  }

  // ---- tree edits --------------------------------------------------------------------------------

  /**
   * Makes a node and links it under `parent` before the sibling `before` (NIL = as last child).
   * Throws CapacityError when `maxNodes` nodes exist.
   */
  create(kind: number, parent: number, before: number): number {
    this.assertWritable();
    const slot = this.takeSlot();
    const cap = this.capacity;
    this.u32.array[f.U32_FLAGS * cap + slot] = f.FLAG_LIVE;
    this.u8.array[f.U8_KIND * cap + slot] = kind;
    this.live++;
    if (parent !== NIL) {
      this.link(slot, parent, before);
      if (kind !== f.KIND_ANCHOR) {
        this.queueLayout(slot, f.FLAG_STYLE_CHANGED);
        this.queueLayout(parent, f.FLAG_CONTENT_CHANGED);
        this.queuePaint(slot);
      }
    } else {
      this.queueLayout(slot, f.FLAG_STYLE_CHANGED);
      this.queuePaint(slot);
    }
    return slot;
  }

  /** Moves a node among the children of its parent, before the sibling `before` (NIL = last). */
  moveBefore(slot: number, before: number): void {
    this.assertWritable();
    const cap = this.capacity;
    const u32 = this.u32.array;
    if (before === slot || u32[f.U32_NEXT * cap + slot] === before) return;
    const parent = u32[f.U32_PARENT * cap + slot];
    this.unlink(slot);
    this.link(slot, parent, before);
    if (this.u8.array[f.U8_KIND * cap + slot] === f.KIND_ANCHOR) return;
    this.queueLayout(parent, f.FLAG_CONTENT_CHANGED);
    this.queuePaint(slot);
  }

  /** Removes a node with everything below it and frees the slots. Iterative; bounded by the live count. */
  remove(slot: number): void {
    if (this.closing) return;
    this.assertWritable();
    const cap = this.capacity;
    const u32 = this.u32.array;
    const parent = u32[f.U32_PARENT * cap + slot];
    if (this.u8.array[f.U8_KIND * cap + slot] !== f.KIND_ANCHOR) {
      this.vacate(slot);
      if (parent !== NIL) this.queueLayout(parent, f.FLAG_CONTENT_CHANGED);
    }
    if (parent !== NIL) this.unlink(slot);
    // Each step detaches one first child or frees one node, so a sound tree needs at most two steps a node.
    let budget = 2 * this.live + 2;
    let current = slot;
    for (;;) {
      if (budget-- === 0) throw new TreeCorruptError(`removing node ${slot} took more steps than there are nodes`);
      const child = u32[f.U32_FIRST_CHILD * cap + current];
      if (child !== NIL) {
        if (u32[f.U32_PARENT * cap + child] !== current) {
          throw new TreeCorruptError(`node ${child} is a child of ${current}, but names another parent`);
        }
        u32[f.U32_FIRST_CHILD * cap + current] = u32[f.U32_NEXT * cap + child];
        current = child;
        continue;
      }
      const up = u32[f.U32_PARENT * cap + current];
      // A node that layout moved since it was painted still shows where it was.
      if ((u32[f.U32_FLAGS * cap + current] & f.FLAG_MOVED) !== 0) this.pushVacated(current, f.I32_PAINTED_X0);
      this.freeSlot(current);
      if (current === slot) return;
      current = up;
    }
  }

  // ---- field writes ------------------------------------------------------------------------------

  /** Writes a length: `field` is one of LEN_*, `unit` one of UNIT_*. */
  setLength(slot: number, field: number, value: number, unit: number): void {
    this.assertWritable();
    const i = field * this.capacity + slot;
    const rounded = Math.fround(value);
    if (this.f32.array[i] === rounded && this.u8.array[i] === unit) return;
    this.f32.array[i] = rounded;
    this.u8.array[i] = unit;
    this.queueLayout(slot, f.FLAG_STYLE_CHANGED);
    if (field >= f.LEN_PADDING_TOP && field <= f.LEN_PADDING_LEFT) this.queuePaint(slot);
  }

  setF32(slot: number, field: number, value: number): void {
    this.assertWritable();
    const i = field * this.capacity + slot;
    const rounded = Math.fround(value);
    if (this.f32.array[i] === rounded) return;
    this.f32.array[i] = rounded;
    this.markDirt(slot, f.F32_DIRT[field]);
  }

  setU8(slot: number, field: number, value: number): void {
    this.assertWritable();
    const i = field * this.capacity + slot;
    if (this.u8.array[i] === value) return;
    this.u8.array[i] = value;
    // Less may show from now on than the new ink tells: what shows now must be painted again.
    if (field === f.U8_DISPLAY || field === f.U8_HIDDEN || field === f.U8_OVERFLOW_X || field === f.U8_OVERFLOW_Y) this.vacate(slot);
    if (field === f.U8_DOCK) this.flagParent(slot, f.FLAG_DOCK_CHILDREN);
    this.markDirt(slot, f.U8_DIRT[field]);
  }

  setU32(slot: number, field: number, value: number): void {
    this.assertWritable();
    const i = field * this.capacity + slot;
    if (this.u32.array[i] === value) return;
    this.u32.array[i] = value;
    this.markDirt(slot, f.U32_DIRT[field]);
  }

  setI32(slot: number, field: number, value: number): void {
    this.assertWritable();
    const i = field * this.capacity + slot;
    if (this.i32.array[i] === value) return;
    this.i32.array[i] = value;
    if (field === f.I32_SCROLL_X || field === f.I32_SCROLL_Y) this.queueLayout(slot, f.FLAG_SCROLL_CHANGED);
    else this.markDirt(slot, f.I32_DIRT[field]);
  }

  /** Sets (or with null clears) tracks or areas of a grid container. Equal keys are no change. */
  setGrid<P extends keyof GridStyle>(slot: number, part: P, value: GridStyle[P]): void {
    this.assertWritable();
    const grid = this.grids.get(slot) ?? emptyGrid();
    if ((grid[part]?.key ?? null) === (value?.key ?? null)) return;
    grid[part] = value;
    this.grids.set(slot, grid);
    this.queueLayout(slot, f.FLAG_STYLE_CHANGED);
  }

  /**
   * Sets the text of a node: sanitised, segmented and measured here, once. A text that breaks and measures
   * like the one before (see `sameShape`) makes paint dirt only. `edges.words` is filled in.
   */
  setText(slot: number, text: string, edges: TextEdges | null = null): void {
    this.assertWritable();
    const change = writeText(this, this.builder, slot, text, edges);
    if (change === TEXT_GLYPHS) this.queueGlyphs(slot);
    if (change !== TEXT_SHAPE) return;
    this.queueLayout(slot, f.FLAG_CONTENT_CHANGED);
    this.queuePaint(slot);
  }

  // ---- dirt --------------------------------------------------------------------------------------

  /** Queues a node for painting. */
  queuePaint(slot: number): void {
    const i = f.U32_FLAGS * this.capacity + slot;
    const flags = this.u32.array[i] & ~f.FLAG_GLYPHS_ONLY;
    this.u32.array[i] = flags | f.FLAG_PAINT_QUEUED;
    if ((flags & f.FLAG_PAINT_QUEUED) === 0) this.paintQueue.push(slot);
    this.requestFrame();
  }

  /** Queues a text for painting whose glyphs changed in place. */
  private queueGlyphs(slot: number): void {
    const i = f.U32_FLAGS * this.capacity + slot;
    const flags = this.u32.array[i];
    if ((flags & f.FLAG_PAINT_QUEUED) === 0) {
      this.u32.array[i] = flags | f.FLAG_PAINT_QUEUED | f.FLAG_GLYPHS_ONLY;
      this.paintQueue.push(slot);
    }
    this.requestFrame();
  }

  /** Queues a node for layout, for one of LAYOUT_REASONS, and flags its ancestors. */
  queueLayout(slot: number, reason: number): void {
    const cap = this.capacity;
    const u32 = this.u32.array;
    const at = f.U32_FLAGS * cap + slot;
    const flags = u32[at];
    if ((flags & f.LAYOUT_REASONS) === 0) this.layoutQueue.push(slot);
    u32[at] = flags | reason;
    let current = slot;
    let budget = this.live + 1;
    while (current !== NIL) {
      const i = f.U32_FLAGS * cap + current;
      if ((u32[i] & f.FLAG_LAYOUT_DIRTY) !== 0) break;
      u32[i] |= f.FLAG_LAYOUT_DIRTY;
      current = u32[f.U32_PARENT * cap + current];
      if (budget-- < 0) throw new TreeCorruptError(`the ancestors of node ${slot} form a cycle`);
    }
    this.requestFrame();
  }

  /** Layout tells that a node's snapped rectangle or ink changed. */
  markMoved(slot: number): void {
    const i = f.U32_FLAGS * this.capacity + slot;
    if ((this.u32.array[i] & f.FLAG_MOVED) !== 0) return;
    this.u32.array[i] |= f.FLAG_MOVED;
    this.moved.push(slot);
  }

  /** Forgets all paint dirt, after a frame was painted. */
  clean(): void {
    this.clearList(this.paintQueue, f.FLAG_PAINT_QUEUED | f.FLAG_GLYPHS_ONLY);
    this.clearList(this.moved, f.FLAG_MOVED | f.FLAG_SCROLLED_ALONG);
    this.vacated.length = 0;
    this.dirty = false;
  }

  /** Asks for a frame, once. */
  requestFrame(): void {
    if (this.dirty) return;
    this.dirty = true;
    this.onDirty();
  }

  /** Gives all memory back to the pool. */
  release(): void {
    for (const memory of [this.f32, this.u8, this.u32, this.i32, this.f64, this.runs]) memory.release();
    for (const table of this.sideTables) table.reset();
    this.live = 0;
  }

  /** Bytes taken from the buffer pool. */
  get byteLength(): number {
    const { f32, u8, u32, i32, f64, runs } = this;
    return f32.byteLength + u8.byteLength + u32.byteLength + i32.byteLength + f64.byteLength + runs.byteLength;
  }

  // ---- inside ------------------------------------------------------------------------------------

  /** Throws a PhaseError while layout or paint reads the scene. */
  assertWritable(): void {
    if (this.locked) {
      throw new PhaseError('the scene was changed during layout or paint; change signals in handlers and effects instead');
    }
  }

  private markDirt(slot: number, dirt: number): void {
    if ((dirt & f.DIRT_LAYOUT) !== 0) this.queueLayout(slot, f.FLAG_STYLE_CHANGED);
    if ((dirt & f.DIRT_PAINT) !== 0) this.queuePaint(slot);
    if ((dirt & f.DIRT_ORDER) !== 0) this.flagParent(slot, f.FLAG_SORT_CHILDREN | f.FLAG_ORDER_CHILDREN);
  }

  private flagParent(slot: number, flags: number): void {
    const parent = this.u32.array[f.U32_PARENT * this.capacity + slot];
    if (parent !== NIL) this.u32.array[f.U32_FLAGS * this.capacity + parent] |= flags;
  }

  /** The cells the subtree occupies must be painted by whoever is there next. */
  private vacate(slot: number): void {
    this.pushVacated(slot, f.I32_INK_X0);
    this.requestFrame();
  }

  /** Keeps the rectangle whose four columns begin at `x0Column`. */
  private pushVacated(slot: number, x0Column: number): void {
    const cap = this.capacity;
    const i32 = this.i32.array;
    const at = x0Column * cap + slot;
    if (i32[at + 2 * cap] > i32[at] && i32[at + 3 * cap] > i32[at + cap]) {
      this.vacated.push(i32[at], i32[at + cap], i32[at + 2 * cap], i32[at + 3 * cap]);
    }
  }

  private link(slot: number, parent: number, before: number): void {
    const cap = this.capacity;
    const u32 = this.u32.array;
    this.treeEdits++;
    const prev = before === NIL ? u32[f.U32_LAST_CHILD * cap + parent] : u32[f.U32_PREV * cap + before];
    u32[f.U32_PARENT * cap + slot] = parent;
    u32[f.U32_PREV * cap + slot] = prev;
    u32[f.U32_NEXT * cap + slot] = before;
    if (prev === NIL) u32[f.U32_FIRST_CHILD * cap + parent] = slot;
    else u32[f.U32_NEXT * cap + prev] = slot;
    if (before === NIL) u32[f.U32_LAST_CHILD * cap + parent] = slot;
    else u32[f.U32_PREV * cap + before] = slot;
  }

  private unlink(slot: number): void {
    const cap = this.capacity;
    this.treeEdits++;
    const u32 = this.u32.array;
    const parent = u32[f.U32_PARENT * cap + slot];
    const prev = u32[f.U32_PREV * cap + slot];
    const next = u32[f.U32_NEXT * cap + slot];
    if (prev === NIL) u32[f.U32_FIRST_CHILD * cap + parent] = next;
    else u32[f.U32_NEXT * cap + prev] = next;
    if (next === NIL) u32[f.U32_LAST_CHILD * cap + parent] = prev;
    else u32[f.U32_PREV * cap + next] = prev;
  }

  private takeSlot(): number {
    const head = this.freeHead;
    if (head !== NIL) {
      const at = f.U32_NEXT * this.capacity + head;
      this.freeHead = this.u32.array[at];
      if (this.freeHead === NIL) this.freeTail = NIL;
      this.u32.array[at] = NIL;
      return head;
    }
    if (this.live > this.maxNodes) {
      throw new CapacityError(
        `this app has ${this.live - 1} nodes, which is its limit; raise the mount option 'maxNodes' (now ${this.maxNodes}) or show fewer nodes at once`,
      );
    }
    if (this.top + 1 >= this.capacity) this.growTo(this.capacity * 2);
    return ++this.top;
  }

  private growTo(capacity: number): void {
    for (const section of [this.f32, this.u8, this.u32, this.i32, this.f64]) section.grow(capacity);
    this.capacity = capacity;
  }

  /** Zeroes every column of the slot but its generation, and appends it to the free list. */
  private freeSlot(slot: number): void {
    const cap = this.capacity;
    const u32 = this.u32.array;
    this.runs.free(u32[f.U32_RUN_OFFSET * cap + slot], u32[f.U32_RUN_LENGTH * cap + slot]);
    const generation = (u32[f.U32_GENERATION * cap + slot] + 1) >>> 0;
    const f32 = this.f32.array;
    const u8 = this.u8.array;
    const i32 = this.i32.array;
    const f64 = this.f64.array;
    for (let c = 0; c < f.F32_COLUMNS; c++) f32[c * cap + slot] = 0;
    for (let c = 0; c < f.U8_COLUMNS; c++) u8[c * cap + slot] = 0;
    for (let c = 0; c < f.U32_COLUMNS; c++) u32[c * cap + slot] = 0;
    for (let c = 0; c < f.I32_COLUMNS; c++) i32[c * cap + slot] = 0;
    for (let c = 0; c < f.F64_COLUMNS; c++) f64[c * cap + slot] = 0;
    u32[f.U32_GENERATION * cap + slot] = generation;
    for (let t = 0; t < this.sideTables.length; t++) this.sideTables[t].clear(slot);
    if (this.freeTail === NIL) this.freeHead = slot;
    else u32[f.U32_NEXT * cap + this.freeTail] = slot;
    this.freeTail = slot;
    this.live--;
  }

  private clearList(list: SlotList, flag: number): void {
    const cap = this.capacity;
    const u32 = this.u32.array;
    const slots = list.slots;
    for (let i = 0; i < list.length; i++) u32[f.U32_FLAGS * cap + slots[i]] &= ~flag;
    list.reset();
  }
}
