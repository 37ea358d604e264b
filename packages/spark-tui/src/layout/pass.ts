/**
 * The working state of one layout engine: the scene's columns as taken at the start of a run, the
 * engine's own records by slot, and scratch memory. Nothing here outlives `release`.
 *
 *   rec   f64, REC words a slot:  lo hi | ring of 4 × (w, cw, height) | key w h cw hDef | abs x y | pad+border w h |
 *                                 baseline and what it is for
 *   info  i32, INFO words a slot: style bits | state bits | dirty children | ring position and length | generation
 *   scr   f64, a stack: flex items and lines of the containers that are being laid out
 *
 * Invariants: `rec` and `info` hold at least `scene.capacity` slots while a run is under way; a fresh
 * slot's record means nothing until its state bits say so; `scr` may be replaced by any call that can
 * recurse, so it is read again afterwards.
 */
import { CycleError, Section } from '../base/index.ts';
import { type Scene, SlotList } from '../scene/index.ts';
import { GridFrame } from './grid-frame.ts';
import { Occupancy } from './grid-place.ts';

// ---- rec fields ----------------------------------------------------------------------------------
/** Min-content and max-content width of the border box; percent padding counts as zero. */
export const R_LO = 0;
export const R_HI = 1;
/** Ring of measured heights: w, containing width, height. */
export const R_RING = 2;
export const RING_ENTRIES = 4;
export const RING_WORDS = 3;
/** What the parent decided the last time it placed the node. */
export const R_KEY_W = 14;
export const R_KEY_H = 15;
export const R_KEY_CW = 16;
export const R_KEY_HDEF = 17;
/** Unrounded position on the screen, scroll offsets applied. */
export const R_ABS_X = 18;
export const R_ABS_Y = 19;
/** Padding and border of both sides together; percentages left out. */
export const R_EDGE_W = 20;
export const R_EDGE_H = 21;
/** The last baseline, and the width, height, containing width and definiteness it is for. */
export const R_BASE = 22;
export const R_BASE_W = 23;
export const R_BASE_H = 24;
export const R_BASE_CW = 25;
export const R_BASE_HDEF = 26;
export const REC = 27;

// ---- info fields ---------------------------------------------------------------------------------
export const N_BITS = 0;
export const N_STATE = 1;
export const N_DIRTY_CHILDREN = 2;
export const N_RING_AT = 3;
export const N_RING_LENGTH = 4;
/** Generation of the node the record belongs to. */
export const N_GENERATION = 5;
export const INFO = 6;

// ---- state bits ----------------------------------------------------------------------------------
/** R_LO and R_HI are valid. */
export const S_MINMAX = 1 << 0;
/** The key is valid: the node has been placed and is shown. */
export const S_KEY = 1 << 1;
/** Counted in this run's tree of dirty nodes. */
export const S_COUNTED = 1 << 2;
/** A child, the text or the style changed in a way that can change this node's own layout. */
export const S_CHANGED = 1 << 3;
/** The node's children must be placed again even when its key is the same. */
export const S_PERFORM = 1 << 4;
/** The children were placed in this run. */
export const S_PERFORMED = 1 << 5;
/** Ink must be gathered from the children again. */
export const S_INK = 1 << 6;
/** The scroll offset changed: the children move, their layout does not. */
export const S_SCROLLED = 1 << 7;
/** Content extents must be gathered from the children again. */
export const S_EXTENTS = 1 << 8;
/** An answer fell out of the ring: "everything as before" cannot be proven any more. */
export const S_EVICTED = 1 << 9;
/** R_BASE is valid. */
export const S_BASELINE = 1 << 10;
/** A sticky scroll offset was moved away from the end. */
export const S_AWAY = 1 << 12;
/** The scroll offset was set from outside since the last run. */
export const S_OFFSET_SET = 1 << 13;
/** The widths below depend on the height of this box: an aspect ratio meets a stretched height. */
export const S_RATIO = 1 << 11;

/** Returned by measuring when a result is missing because the depth limit was reached. */
export const PENDING = -1;
/** Levels of recursion before a request is put aside and computed on a fresh stack. */
export const DEPTH_LIMIT = 200;
/** Largest width or height of a root. */
export const MAX_VIEWPORT = 65_535;
/** Largest length a style can ask for. */
export const MAX_LENGTH = 1_048_575;
/** Largest size content can add up to. */
export const MAX_SIZE = 16_777_215;

/**
 * Measures leaves whose content the engine does not know. Sizes are of the content box, in cells.
 */
export interface LeafMeasure {
  /** Whether this node's content is measured here. Asked when the node's style changed. */
  has(slot: number): boolean;
  minWidth(slot: number): number;
  maxWidth(slot: number): number;
  height(slot: number, contentWidth: number): number;
  /** From the top of the content box to the first baseline. Without it the lower edge of the box counts. */
  baseline?(slot: number, contentWidth: number): number | undefined;
}

/** Work done by an engine since it was made. */
export interface LayoutCounters {
  /** Containers and leaves whose layout was computed (not answered from a cache). */
  visits: number;
  /** Leaves whose content was measured. */
  measures: number;
  /** Calls of `run` that found something to do. */
  runs: number;
}

const REQUEST_WORDS = 5;

export class LayoutPass {
  readonly scene: Scene;
  readonly leafMeasure: LeafMeasure | null;
  /** Cells a border takes, by border style number. */
  readonly borderCells: Float64Array;
  readonly counters: LayoutCounters = { visits: 0, measures: 0, runs: 0 };

  cap = 0;
  f32: Float32Array = new Float32Array(0);
  u8: Uint8Array = new Uint8Array(0);
  u32: Uint32Array = new Uint32Array(0);
  i32: Int32Array = new Int32Array(0);
  f64: Float64Array = new Float64Array(0);
  words: Uint32Array = new Uint32Array(0);

  rec: Float64Array;
  info: Int32Array;
  scr: Float64Array;
  /** First free word of `scr`. */
  sp = 0;
  depth = 0;
  viewportW = 0;
  viewportH = 0;
  /** Set when a length in vw or vh was met: a resize then reaches every node. */
  usesViewport = false;
  /** Results of `minmaxAtHeight`. */
  intrinsicLo = 0;
  intrinsicHi = 0;
  /** Results of `contribution`. */
  contributionLo = 0;
  contributionHi = 0;
  /** Results of `flexBaseline` and `gridBaseline`: the item that gives the baseline (0 = none), and its box. */
  baseChild = 0;
  baseY = 0;
  baseW = 0;
  baseH = 0;
  baseDefinite = false;
  baseCw = 0;
  /** Results of `distribute`. */
  offset = 0;
  between = 0;

  /** Containing block of an absolute child, in its parent's border box. */
  blockX = 0;
  blockY = 0;
  blockW = 0;
  blockH = 0;
  /** Results of `dockChildren`: strips taken from the content box, and what strips at the sides need. */
  dockLeft = 0;
  dockRight = 0;
  dockTop = 0;
  dockBottom = 0;
  dockHeight = 0;
  readonly occupancy: Occupancy = new Occupancy();
  /** Frames of the grids that are being laid out, the outermost first. */
  private readonly gridFrames: GridFrame[] = [];
  gridDepth = 0;

  /** Nodes whose children wait to be placed. */
  readonly performStack: SlotList = new SlotList();
  /** Nodes whose children were placed in this run, parents before children. */
  readonly performed: SlotList = new SlotList();
  /** Dirty nodes and their ancestors, children before parents. */
  readonly order: SlotList = new SlotList();
  /** Containers whose scroll offset was set or brought back into its range in this run. */
  readonly scrolled: SlotList = new SlotList();
  /** Containers whose scroll bars may come or go. */
  readonly barQueue: SlotList = new SlotList();
  /** True when a snapped rectangle, ink or extent changed in this run. */
  changed = false;

  private readonly recSection: Section<Float64Array<ArrayBufferLike>>;
  private readonly infoSection: Section<Int32Array<ArrayBufferLike>>;
  private readonly scratch: Section<Float64Array<ArrayBufferLike>>;
  /** Requests put aside: slot, w (NaN = min and max content), cw, h (NaN but for baselines), definite height. */
  private readonly requests: Section<Float64Array<ArrayBufferLike>>;
  private requestWords = 0;

  constructor(scene: Scene, leafMeasure: LeafMeasure | null, borderCells: Float64Array) {
    this.scene = scene;
    this.leafMeasure = leafMeasure;
    this.borderCells = borderCells;
    this.recSection = new Section<Float64Array<ArrayBufferLike>>(Float64Array, 1, scene.capacity * REC);
    this.infoSection = new Section<Int32Array<ArrayBufferLike>>(Int32Array, 1, scene.capacity * INFO);
    this.scratch = new Section<Float64Array<ArrayBufferLike>>(Float64Array, 1, 2048);
    this.requests = new Section<Float64Array<ArrayBufferLike>>(Float64Array, 1, 512);
    this.rec = this.recSection.array;
    this.info = this.infoSection.array;
    this.scr = this.scratch.array;
  }

  /** Takes the columns for a run. Until the next call the scene must not grow. */
  bind(): void {
    const scene = this.scene;
    const cap = scene.capacity;
    if (this.recSection.capacity < cap * REC) {
      this.recSection.grow(cap * REC);
      this.infoSection.grow(cap * INFO);
      this.rec = this.recSection.array;
      this.info = this.infoSection.array;
    }
    this.cap = cap;
    this.f32 = scene.f32.array;
    this.u8 = scene.u8.array;
    this.u32 = scene.u32.array;
    this.i32 = scene.i32.array;
    this.f64 = scene.f64.array;
    this.words = scene.runs.words;
    this.sp = 0;
    this.depth = 0;
    this.gridDepth = 0;
    this.requestWords = 0;
  }

  /** Makes room for `words` more words of scratch above `sp`. Replaces `scr` when it grows. */
  reserve(words: number): void {
    const needed = this.sp + words;
    if (needed <= this.scr.length) return;
    let capacity = this.scratch.capacity;
    while (capacity < needed) capacity *= 2;
    this.scratch.grow(capacity);
    this.scr = this.scratch.array;
  }

  /** The frame for a grid at the present depth. The caller counts `gridDepth` down when done. */
  openGrid(): GridFrame {
    if (this.gridDepth === this.gridFrames.length) this.gridFrames.push(new GridFrame());
    return this.gridFrames[this.gridDepth++];
  }

  /** Puts a request aside. `w` NaN asks for min and max content, `h` for a baseline in that height. */
  request(slot: number, w: number, cw: number, h = NaN, definite = 0): void {
    const at = this.requestWords;
    if (at + REQUEST_WORDS > this.requests.array.length) this.requests.grow(this.requests.capacity * 2);
    const array = this.requests.array;
    array[at] = slot;
    array[at + 1] = w;
    array[at + 2] = cw;
    array[at + 3] = h;
    array[at + 4] = definite;
    this.requestWords = at + REQUEST_WORDS;
  }

  /**
   * Computes every request put aside, each on a fresh stack, the last one first. A request that meets
   * the limit again puts deeper ones on top of itself and is tried again after them.
   */
  drain(
    minmax: (pass: LayoutPass, slot: number) => boolean,
    measure: (pass: LayoutPass, slot: number, w: number, cw: number) => number,
    baseline: (pass: LayoutPass, slot: number, w: number, h: number, hDef: boolean, cw: number) => number,
  ): void {
    let budget = 64 * this.scene.live + 4096;
    while (this.requestWords > 0) {
      if (budget-- === 0) throw new CycleError('layout keeps asking for sizes that depend on themselves');
      const at = this.requestWords - REQUEST_WORDS;
      const array = this.requests.array;
      const slot = array[at];
      const w = array[at + 1];
      const h = array[at + 3];
      this.depth = 0;
      this.gridDepth = 0;
      this.sp = 0;
      let done: boolean;
      if (w !== w) done = minmax(this, slot);
      else if (h === h) done = baseline(this, slot, w, h, array[at + 4] === 1, array[at + 2]) !== PENDING;
      else done = measure(this, slot, w, array[at + 2]) !== PENDING;
      if (done) this.requestWords = at;
    }
    this.depth = 0;
  }

  release(): void {
    this.recSection.release();
    this.infoSection.release();
    this.scratch.release();
    this.requests.release();
    this.rec = this.recSection.array;
    this.info = this.infoSection.array;
    this.scr = this.scratch.array;
    this.f32 = new Float32Array(0);
    this.u8 = new Uint8Array(0);
    this.u32 = new Uint32Array(0);
    this.i32 = new Int32Array(0);
    this.f64 = new Float64Array(0);
    this.words = new Uint32Array(0);
  }

  /** Bytes the engine takes from the buffer pool. */
  get byteLength(): number {
    return (
      this.recSection.byteLength + this.infoSection.byteLength + this.scratch.byteLength + this.requests.byteLength
    );
  }
}
