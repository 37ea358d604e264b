/**
 * Repaints damaged rectangles of the back buffer, back to front, from the scene's columns.
 *
 * Every damaged rectangle is cleared and the tree is walked once for it, skipping subtrees whose ink
 * lies outside. The walk is a loop over an explicit stack, so depth is not a limit:
 *
 *   ints  8 a level: mode, cursor, end, clip x0, y0, x1, y1, parent
 *           mode 0 linked children (cursor = next child)
 *           mode 1 sorted by z     (cursor, end = range in `sorted`)
 *           mode 2 indexed blocks  (cursor = next child, end = children left in the block; block in `block`)
 *   fgs, opacities, untouchable: what the children inherit
 *
 * Invariants: cells outside the damage keep their value; a wide glyph is never cut by the edge of a
 * damaged rectangle (the edge moves outwards to its boundary).
 */
import {
  type CellBuffer,
  CELL_WORDS,
  type Damage,
  ExtraTable,
  GLYPH_CONTINUATION,
  GLYPH_WIDTH_MASK,
  type OwnerPlane,
  type RowSpans,
} from '../cells/index.ts';
import * as s from '../scene/index.ts';
import { COLOR_DEFAULT, withOpacity } from '../style/index.ts';
import { ChildIndex, BLOCK_CHILDREN } from './child-index.ts';
import { collectDamage } from './collect-damage.ts';
import { type BorderSides, type Clip, paintBorder } from './paint-border.ts';
import { clipByBars, paintScrollBars } from './paint-scrollbar.ts';
import { TextPainter } from './paint-text.ts';
import { GlyphRepainter } from './repaint-glyphs.ts';
import { ScrollHints } from './scroll-hints.ts';
import { Surface } from './surface.ts';

const MODE_LINKED = 0;
const MODE_SORTED = 1;
const MODE_BLOCKS = 2;
const LEVEL = 8;

export class Painter {
  readonly childIndex: ChildIndex;
  /** Windows whose content moved in the last paint. */
  readonly scrollHints: ScrollHints = new ScrollHints();
  private readonly scene: s.Scene;
  private readonly surface: Surface;
  private readonly text: TextPainter;
  private readonly glyphs: GlyphRepainter;
  private readonly sides: BorderSides = {
    top: 0,
    right: 0,
    bottom: 0,
    left: 0,
    topColor: 0,
    rightColor: 0,
    bottomColor: 0,
    leftColor: 0,
  };
  private readonly clip: Clip = { x0: 0, y0: 0, x1: 0, y1: 0 };
  private ints = new Int32Array(LEVEL * 64);
  private fgs = new Uint32Array(64);
  private opacities = new Float64Array(64);
  /** 1 = the mouse passes through (`pointerEvents: 'none'` holds for the whole subtree). */
  private untouchable = new Uint8Array(64);
  private blockAt = new Int32Array(64);
  private sorted = new Int32Array(64);
  private sortedTop = 0;
  private epoch = 0;

  constructor(scene: s.Scene, cells: CellBuffer, owners: OwnerPlane, extras: ExtraTable = new ExtraTable()) {
    this.scene = scene;
    this.surface = new Surface(cells, owners);
    this.text = new TextPainter(scene, this.surface, extras);
    this.glyphs = new GlyphRepainter(scene, this.surface);
    this.childIndex = new ChildIndex(scene);
  }

  /**
   * Paints everything that changed since the last call and marks the rows it touched in `spans`.
   * `epoch` must grow whenever layout changed a rectangle.
   */
  paint(damage: Damage, spans: RowSpans, epoch: number): void {
    this.epoch = epoch + this.scene.treeEdits;
    this.repaintGlyphs(spans);
    this.scrollHints.collect(this.scene);
    collectDamage(this.scene, damage);
    const rects = damage.rects;
    const cells = this.surface.cells;
    for (let i = 0; i < damage.count; i++) {
      const y0 = rects[i * 4 + 1];
      const y1 = rects[i * 4 + 3];
      // One column more on each side: a wide glyph that was half covered from here shows whole again.
      const x0 = leftBoundary(cells, Math.max(0, rects[i * 4] - 1), y0, y1);
      const x1 = rightBoundary(cells, Math.min(cells.cols, rects[i * 4 + 2] + 1), y0, y1);
      this.paintRect(x0, y0, x1, y1);
      spans.markRect(x0, y0, x1, y1);
    }
    damage.clear();
  }

  /** Texts of which only glyphs changed; a node that cannot be done this way loses its mark and is done the general way. */
  private repaintGlyphs(spans: RowSpans): void {
    const scene = this.scene;
    const u32 = scene.u32.array;
    const base = s.U32_FLAGS * scene.capacity;
    const { slots, length } = scene.paintQueue;
    for (let n = 0; n < length; n++) {
      const flags = u32[base + slots[n]];
      if ((flags & s.FLAG_GLYPHS_ONLY) === 0) continue;
      if ((flags & s.FLAG_MOVED) === 0 && this.glyphs.repaint(slots[n], spans)) continue;
      u32[base + slots[n]] &= ~s.FLAG_GLYPHS_ONLY;
    }
  }

  private paintRect(x0: number, y0: number, x1: number, y1: number): void {
    const scene = this.scene;
    const cap = scene.capacity;
    const i32 = scene.i32.array;
    this.surface.cells.fill(x0, y0, x1, y1, 0);
    this.surface.owners.fillRect(x0, y0, x1, y1, 0, 0);
    let depth = 0;
    this.sortedTop = 0;
    if (!this.enter(s.ROOT, depth, x0, y0, x1, y1, 0, 1, 0)) return;
    while (depth >= 0) {
      const at = depth * LEVEL;
      const ints = this.ints;
      const child = this.nextChild(depth);
      if (child === s.NIL) {
        if (ints[at] === MODE_SORTED) this.sortedTop = ints[at + 7];
        depth--;
        continue;
      }
      const cx0 = ints[at + 3];
      const cy0 = ints[at + 4];
      const cx1 = ints[at + 5];
      const cy1 = ints[at + 6];
      if (
        i32[s.I32_INK_X0 * cap + child] >= cx1 ||
        i32[s.I32_INK_X1 * cap + child] <= cx0 ||
        i32[s.I32_INK_Y0 * cap + child] >= cy1 ||
        i32[s.I32_INK_Y1 * cap + child] <= cy0
      ) {
        continue;
      }
      if (this.enter(child, depth + 1, cx0, cy0, cx1, cy1, this.fgs[depth], this.opacities[depth], this.untouchable[depth])) depth++;
    }
  }

  /** Paints the node itself and prepares level `depth` for its children. False when nothing below can show. */
  private enter(
    slot: number,
    depth: number,
    cx0: number,
    cy0: number,
    cx1: number,
    cy1: number,
    inheritedFg: number,
    inheritedOpacity: number,
    inheritedUntouchable: number,
  ): boolean {
    const scene = this.scene;
    const cap = scene.capacity;
    const i32 = scene.i32.array;
    const u32 = scene.u32.array;
    const u8 = scene.u8.array;
    const x0 = i32[s.I32_X * cap + slot];
    const y0 = i32[s.I32_Y * cap + slot];
    const x1 = x0 + i32[s.I32_W * cap + slot];
    const y1 = y0 + i32[s.I32_H * cap + slot];
    const opacity = inheritedOpacity * (1 - scene.f32.array[s.F32_OPACITY_LESS * cap + slot]);
    if (opacity <= 0) return false;
    const ownFg = u32[s.U32_FG * cap + slot];
    const fg = ownFg === 0 ? inheritedFg : ownFg;
    const untouchable = inheritedUntouchable | u8[s.U8_POINTER_NONE * cap + slot];
    const clip = this.clip;
    clip.x0 = Math.max(cx0, x0);
    clip.y0 = Math.max(cy0, y0);
    clip.x1 = Math.min(cx1, x1);
    clip.y1 = Math.min(cy1, y1);
    const top = u8[s.U8_BORDER_TOP * cap + slot];
    const right = u8[s.U8_BORDER_RIGHT * cap + slot];
    const bottom = u8[s.U8_BORDER_BOTTOM * cap + slot];
    const left = u8[s.U8_BORDER_LEFT * cap + slot];
    if (clip.x0 < clip.x1 && clip.y0 < clip.y1) {
      const bg = u32[s.U32_BG * cap + slot];
      if (bg !== 0) this.surface.fill(clip.x0, clip.y0, clip.x1, clip.y1, opacity < 1 ? withOpacity(bg, opacity) : bg);
      if (untouchable === 0) {
        const generation = u32[s.U32_GENERATION * cap + slot];
        this.surface.owners.fillRect(clip.x0, clip.y0, clip.x1, clip.y1, slot, generation);
      }
      if ((top | right | bottom | left) !== 0) {
        const sides = this.sides;
        sides.top = top;
        sides.right = right;
        sides.bottom = bottom;
        sides.left = left;
        sides.topColor = this.sideColor(slot, s.U32_BORDER_FG_TOP, fg, opacity);
        sides.rightColor = this.sideColor(slot, s.U32_BORDER_FG_RIGHT, fg, opacity);
        sides.bottomColor = this.sideColor(slot, s.U32_BORDER_FG_BOTTOM, fg, opacity);
        sides.leftColor = this.sideColor(slot, s.U32_BORDER_FG_LEFT, fg, opacity);
        paintBorder(this.surface, clip, x0, y0, x1, y1, sides);
      }
      if (u8[s.U8_BARS * cap + slot] !== 0) paintScrollBars(scene, this.surface, clip, slot, fg, opacity);
      if (u8[s.U8_KIND * cap + slot] === s.KIND_TEXT) {
        this.text.paint(slot, clip, opacity < 1 ? withOpacity(fg === 0 ? COLOR_DEFAULT : fg, opacity) : fg, opacity);
        return false;
      }
    }
    if (u32[s.U32_FIRST_CHILD * cap + slot] === s.NIL) return false;
    this.ensureDepth(depth);
    const ints = this.ints;
    const at = depth * LEVEL;
    // As in CSS, and as in layout: what clips on one axis clips on both.
    const clips = (u8[s.U8_OVERFLOW_X * cap + slot] | u8[s.U8_OVERFLOW_Y * cap + slot]) !== s.OVERFLOW_VISIBLE;
    ints[at + 3] = clips ? Math.max(cx0, x0 + (left !== 0 ? 1 : 0)) : cx0;
    ints[at + 5] = clips ? Math.min(cx1, x1 - (right !== 0 ? 1 : 0)) : cx1;
    ints[at + 4] = clips ? Math.max(cy0, y0 + (top !== 0 ? 1 : 0)) : cy0;
    ints[at + 6] = clips ? Math.min(cy1, y1 - (bottom !== 0 ? 1 : 0)) : cy1;
    if (u8[s.U8_BARS * cap + slot] !== 0) clipByBars(scene, slot, ints, at + 3);
    if (ints[at + 3] >= ints[at + 5] || ints[at + 4] >= ints[at + 6]) return false;
    this.fgs[depth] = fg;
    this.opacities[depth] = opacity;
    this.untouchable[depth] = untouchable;
    if ((u32[s.U32_FLAGS * cap + slot] & s.FLAG_SORT_CHILDREN) !== 0) this.startSorted(slot, at);
    else if (this.childIndex.isCrowded(slot)) this.startBlocks(slot, depth);
    else {
      ints[at] = MODE_LINKED;
      ints[at + 1] = u32[s.U32_FIRST_CHILD * cap + slot];
    }
    return true;
  }

  private sideColor(slot: number, column: number, fg: number, opacity: number): number {
    const own = this.scene.u32.array[column * this.scene.capacity + slot];
    const color = own === 0 ? fg : own;
    return opacity < 1 ? withOpacity(color === 0 ? COLOR_DEFAULT : color, opacity) : color;
  }

  private nextChild(depth: number): number {
    const ints = this.ints;
    const at = depth * LEVEL;
    const cursor = ints[at + 1];
    if (ints[at] === MODE_LINKED) {
      if (cursor !== s.NIL) ints[at + 1] = this.scene.u32.array[s.U32_NEXT * this.scene.capacity + cursor];
      return cursor;
    }
    if (ints[at] === MODE_SORTED) {
      if (cursor === ints[at + 2]) return s.NIL;
      ints[at + 1] = cursor + 1;
      return this.sorted[cursor];
    }
    if (ints[at + 2] > 0 && cursor !== s.NIL) {
      ints[at + 2]--;
      ints[at + 1] = this.scene.u32.array[s.U32_NEXT * this.scene.capacity + cursor];
      return cursor;
    }
    return this.nextBlock(depth);
  }

  /** Moves a level in block mode to the next block that can paint inside its clip, and returns its first child. */
  private nextBlock(depth: number): number {
    const ints = this.ints;
    const at = depth * LEVEL;
    const blocks = this.childIndex.blocks(ints[at + 7], this.epoch);
    const records = blocks.records;
    let block = this.blockAt[depth];
    while (block < blocks.count) {
      const r = block * 5;
      block++;
      if (
        records[r + 1] < ints[at + 5] &&
        records[r + 3] > ints[at + 3] &&
        records[r + 2] < ints[at + 6] &&
        records[r + 4] > ints[at + 4]
      ) {
        this.blockAt[depth] = block;
        const first = records[r];
        ints[at + 1] = this.scene.u32.array[s.U32_NEXT * this.scene.capacity + first];
        ints[at + 2] = BLOCK_CHILDREN - 1;
        return first;
      }
    }
    this.blockAt[depth] = block;
    return s.NIL;
  }

  private startBlocks(slot: number, depth: number): void {
    const at = depth * LEVEL;
    this.ints[at] = MODE_BLOCKS;
    this.ints[at + 1] = s.NIL;
    this.ints[at + 2] = 0;
    this.ints[at + 7] = slot;
    this.blockAt[depth] = 0;
  }

  /** Children in order of z, siblings of equal z in tree order (stable insertion sort: few move). */
  private startSorted(slot: number, at: number): void {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const i32 = this.scene.i32.array;
    const start = this.sortedTop;
    let end = start;
    for (let child = u32[s.U32_FIRST_CHILD * cap + slot]; child !== s.NIL; child = u32[s.U32_NEXT * cap + child]) {
      if (end === this.sorted.length) {
        const grown = new Int32Array(this.sorted.length * 2);
        grown.set(this.sorted);
        this.sorted = grown;
      }
      const z = i32[s.I32_Z_INDEX * cap + child];
      const sorted = this.sorted;
      let k = end++;
      while (k > start && i32[s.I32_Z_INDEX * cap + sorted[k - 1]] > z) {
        sorted[k] = sorted[k - 1];
        k--;
      }
      sorted[k] = child;
    }
    this.sortedTop = end;
    const ints = this.ints;
    ints[at] = MODE_SORTED;
    ints[at + 1] = start;
    ints[at + 2] = end;
    ints[at + 7] = start;
  }

  private ensureDepth(depth: number): void {
    if (depth < this.fgs.length) return;
    const levels = this.fgs.length * 2;
    this.ints = grow(this.ints, new Int32Array(levels * LEVEL));
    this.fgs = grow(this.fgs, new Uint32Array(levels));
    this.opacities = grow(this.opacities, new Float64Array(levels));
    this.untouchable = grow(this.untouchable, new Uint8Array(levels));
    this.blockAt = grow(this.blockAt, new Int32Array(levels));
  }
}

function grow<T extends Int32Array | Uint32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Wide glyphs of several rows may lie staggered, so that the edge moves more than once. */
function leftBoundary(cells: CellBuffer, x: number, y0: number, y1: number): number {
  let edge = x;
  while (isCut(cells, edge, y0, y1)) edge--;
  return edge;
}

function rightBoundary(cells: CellBuffer, x: number, y0: number, y1: number): number {
  let edge = x;
  while (isCut(cells, edge, y0, y1)) edge++;
  return edge;
}

/** True when a wide glyph lies across the left edge of column x in one of the rows. */
function isCut(cells: CellBuffer, x: number, y0: number, y1: number): boolean {
  if (x <= 0 || x >= cells.cols) return false;
  const words = cells.words;
  for (let y = y0; y < y1; y++) {
    if ((words[(y * cells.cols + x) * CELL_WORDS] & GLYPH_WIDTH_MASK) === GLYPH_CONTINUATION) return true;
  }
  return false;
}
