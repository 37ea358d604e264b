/**
 * A tree to lay out without an app: nodes are numbers, styles plain objects with CSS names, results read
 * where the engine wrote them. Changes are laid out incrementally, as in an app.
 */
import { OptionError } from '../base/index.ts';
import * as f from '../scene/index.ts';
import { GlyphTable } from '../text/index.ts';
import { LayoutEngine } from './engine.ts';
import type { LayoutCounters, LeafMeasure } from './pass.ts';
import { applyStyle, type PlainMeasure, type PlainStyle } from './plain-tree.ts';

/** A node of a `LayoutTree`. Never reused after `remove`d within one tree; foreign numbers are refused. */
export type LayoutNode = number;

/** Options of a `LayoutTree`. */
export interface LayoutTreeOptions {
  /** Most nodes the tree may hold. Default 1,000,000. */
  readonly maxNodes?: number;
  /** Recompute everything after each change and compare. For tests. */
  readonly verify?: boolean;
}

const SLOT_LIMIT = 2 ** 21;

/**
 * A tree of boxes and texts, and its layout in cells.
 *
 * @example
 * const tree = new LayoutTree();
 * const title = tree.add(tree.root, { flexGrow: 1 }, 'hello');
 * tree.compute(80, 24);
 * tree.cells(title); // [0, 0, 80, 24]
 */
export class LayoutTree {
  private readonly scene: f.Scene;
  private readonly engine: LayoutEngine;
  private readonly borderCells: Float64Array = new Float64Array(256);
  private readonly measures: f.SideTable<PlainMeasure> = new f.SideTable();

  constructor(options: LayoutTreeOptions = {}) {
    const maxNodes = options.maxNodes ?? 1_000_000;
    if (!Number.isInteger(maxNodes) || maxNodes < 1 || maxNodes >= SLOT_LIMIT) {
      throw new OptionError(`maxNodes is ${maxNodes}; expected a whole number from 1 to ${SLOT_LIMIT - 1}`);
    }
    this.scene = new f.Scene({ maxNodes, glyphs: new GlyphTable(), onDirty: () => {} });
    this.scene.addSideTable(this.measures);
    this.engine = new LayoutEngine(this.scene, {
      verify: options.verify === true,
      borderCells: this.borderCells,
      measure: this.leafMeasure(),
    });
  }

  /** The root, which gets the size that is computed. */
  get root(): LayoutNode {
    return this.handle(f.ROOT);
  }

  /** Work done so far. */
  get counters(): LayoutCounters {
    return this.engine.counters;
  }

  /**
   * Adds a node as the last child of `parent`: a box, or with `content` a text or a measured leaf.
   *
   * @throws OptionError for a property or value that does not exist; CapacityError beyond `maxNodes`
   */
  add(parent: LayoutNode, style: PlainStyle = {}, content?: string | PlainMeasure): LayoutNode {
    const { scene } = this;
    const above = this.slot(parent);
    const slot = scene.create(content === undefined ? f.KIND_BOX : f.KIND_TEXT, above, f.NIL);
    if (typeof content === 'string') scene.setText(slot, content);
    else if (content !== undefined) this.measures.set(slot, content);
    applyStyle(scene, slot, style, this.borderCells);
    return this.handle(slot);
  }

  /** Sets properties of a node; the others stay as they are. */
  style(node: LayoutNode, style: PlainStyle): void {
    applyStyle(this.scene, this.slot(node), style, this.borderCells);
  }

  /** Sets the text of a text node. */
  text(node: LayoutNode, text: string): void {
    this.scene.setText(this.slot(node), text);
  }

  /** Says that what measures a leaf would answer differently now. */
  remeasure(node: LayoutNode): void {
    this.scene.queueLayout(this.slot(node), f.FLAG_CONTENT_CHANGED);
  }

  /** Removes a node with everything below it. */
  remove(node: LayoutNode): void {
    const slot = this.slot(node);
    if (slot === f.ROOT) throw new OptionError('the root of a layout tree cannot be removed');
    this.scene.remove(slot);
  }

  /**
   * Lays out what changed. A height of NaN makes the root as high as its content.
   *
   * @returns whether any rectangle changed
   */
  compute(widthCells: number, heightCells: number): boolean {
    const changed = this.engine.run(widthCells, heightCells);
    this.scene.clean();
    return changed;
  }

  /** Unrounded border box x, y, width, height, relative to the parent's border box. */
  box(node: LayoutNode): [number, number, number, number] {
    const { array } = this.scene.f64;
    const cap = this.scene.capacity;
    const slot = this.slot(node);
    return [array[f.F64_X * cap + slot], array[f.F64_Y * cap + slot], array[f.F64_W * cap + slot], array[f.F64_H * cap + slot]];
  }

  /** Snapped border box x, y, width, height in cells of the root, scroll offsets applied. */
  cells(node: LayoutNode): [number, number, number, number] {
    const { array } = this.scene.i32;
    const cap = this.scene.capacity;
    const slot = this.slot(node);
    return [array[f.I32_X * cap + slot], array[f.I32_Y * cap + slot], array[f.I32_W * cap + slot], array[f.I32_H * cap + slot]];
  }

  /** Width and height of the content inside the padding box (scrollWidth, scrollHeight). */
  contentSize(node: LayoutNode): [number, number] {
    const { array } = this.scene.f64;
    const slot = this.slot(node);
    return [array[f.F64_CONTENT_W * this.scene.capacity + slot], array[f.F64_CONTENT_H * this.scene.capacity + slot]];
  }

  /** Sets the scroll offset of a clipping node. The next `compute` brings it inside what there is to scroll. */
  scrollTo(node: LayoutNode, x: number, y: number): void {
    const slot = this.slot(node);
    for (const offset of [x, y]) if (!Number.isInteger(offset)) throw new OptionError(`a scroll offset is ${offset}; expected whole cells`);
    this.scene.setI32(slot, f.I32_SCROLL_X, x);
    this.scene.setI32(slot, f.I32_SCROLL_Y, y);
  }

  /** Gives all memory back. The tree must not be used afterwards. */
  release(): void {
    this.engine.release();
    this.scene.release();
  }

  /** Slot and the low bits of its generation, so that a removed node is not taken for its successor. */
  private handle(slot: number): LayoutNode {
    return this.scene.generation(slot) * SLOT_LIMIT + slot;
  }

  private slot(node: LayoutNode): number {
    const slot = node % SLOT_LIMIT;
    if (!(slot > 0) || !this.scene.isLive(slot, Math.floor(node / SLOT_LIMIT))) {
      throw new OptionError(`node ${node} is not (or no longer) in this layout tree`);
    }
    return slot;
  }

  private leafMeasure(): LeafMeasure {
    const { measures } = this;
    return {
      has: (slot) => measures.get(slot) !== undefined,
      minWidth: (slot) => measures.get(slot)?.minWidth ?? 0,
      maxWidth: (slot) => measures.get(slot)?.maxWidth ?? 0,
      height: (slot, contentWidth) => measures.get(slot)?.height(contentWidth) ?? 0,
      baseline: (slot) => measures.get(slot)?.baseline,
    };
  }
}
