/**
 * The layout engine of one scene: takes what the scene queued, lays out what that touches, and writes the
 * result columns (F64_*, I32_X…H, I32_INK_*, I32_SCROLL_*). Nothing dirty costs nothing.
 *
 *   settleDirty ─▶ performFrom (sizes and places) ─▶ gatherExtents (scrolling) ─▶ snapAll (cells, ink)
 */
import { PhaseError } from '../base/index.ts';
import * as f from '../scene/index.ts';
import type { Scene, SlotList } from '../scene/index.ts';
import { clearCounted, invalidateAll, settleDirty } from './dirty.ts';
import { gatherExtents } from './extents.ts';
import { drainRequests, measure } from './measure.ts';
import { assign, performFrom } from './place.ts';
import {
  INFO,
  type LayoutCounters,
  LayoutPass,
  type LeafMeasure,
  MAX_VIEWPORT,
  N_STATE,
  PENDING,
  S_COUNTED,
  S_KEY,
  S_PERFORM,
} from './pass.ts';
import { settleBars } from './scrollbars.ts';
import { snapAll } from './snap.ts';
import { expectSameResults, restoreMemory, takeResults } from './verify.ts';

export interface LayoutOptions {
  /** Recompute everything after each run and compare, to find a wrong cut-off. For tests. */
  readonly verify?: boolean;
  /** Measures leaves whose content the engine does not know. */
  readonly measure?: LeafMeasure;
  /** Cells a border takes, by border style number (256 entries). Default: 0 for style 0, else 1. */
  readonly borderCells?: Float64Array;
}

/**
 * Lays out a scene.
 *
 * @example
 * const engine = new LayoutEngine(scene);
 * engine.run(80, 24); // true: rectangles are in scene.i32, moved nodes in scene.moved
 * engine.run(80, 24); // false: nothing was dirty
 */
export class LayoutEngine {
  private readonly pass: LayoutPass;
  private readonly verify: boolean;
  private released = false;
  /** Most cells a root without a height may be high. */
  private rootMax = Infinity;

  constructor(scene: Scene, options: LayoutOptions = {}) {
    const borderCells = options.borderCells ?? new Float64Array(256).fill(1, 1);
    this.pass = new LayoutPass(scene, options.measure ?? null, borderCells);
    this.verify = options.verify === true;
  }

  /** Work done since the engine was made. */
  get counters(): LayoutCounters {
    return this.pass.counters;
  }

  /** Containers whose offset was set, or brought back into its range, in the last run. */
  get scrolled(): SlotList {
    return this.pass.scrolled;
  }

  /** Bytes taken from the buffer pool. */
  get byteLength(): number {
    return this.pass.byteLength;
  }

  /**
   * Lays out what is dirty, in a root of the given size. Sizes outside 0 … 65,535 are brought inside;
   * a height of NaN makes the root as high as its content, up to `maxHeightCells` (as `max-height` in CSS:
   * what does not fit shrinks or overflows; `vh` is a share of the maximum).
   *
   * @returns whether any rectangle, ink bound, extent or scroll offset changed
   * @throws PhaseError after `release`
   */
  run(widthCells: number, heightCells: number, maxHeightCells: number = NaN): boolean {
    if (this.released) throw new PhaseError('this layout engine was released with its app; it cannot run any more');
    const p = this.pass;
    const w = viewportSize(widthCells);
    const h = heightCells === heightCells && heightCells !== Infinity ? viewportSize(heightCells) : NaN;
    const max = h === h || maxHeightCells !== maxHeightCells ? Infinity : viewportSize(maxHeightCells);
    const viewportH = max === Infinity ? h : max;
    const sameRoot = max === this.rootMax;
    const sameViewport = sameRoot && w === p.viewportW && Object.is(viewportH, p.viewportH);
    this.rootMax = max;
    if (p.scene.layoutQueue.length === 0 && sameViewport) return false;
    p.counters.runs++;
    const keepsStyles = sameViewport || !p.usesViewport;
    p.viewportW = w;
    p.viewportH = viewportH;
    p.bind();
    p.changed = false;
    p.scrolled.length = 0;
    if (keepsStyles) settleDirty(p);
    else invalidateAll(p);
    this.compute(w, h);
    if (this.verify) {
      const results = takeResults(p);
      invalidateAll(p);
      this.compute(w, h, true);
      expectSameResults(p, results);
      restoreMemory(p, results);
    }
    return p.changed;
  }

  /** Gives the engine's memory back. The engine must not be used afterwards. */
  release(): void {
    if (this.released) return;
    this.released = true;
    this.pass.release();
  }

  /** `keepBars`: scroll bars stay as they are. */
  private compute(w: number, h: number, keepBars = false): void {
    const p = this.pass;
    const { info, order, performed } = p;
    for (let round = 0; ; round++) {
      performed.length = 0;
      p.barQueue.length = 0;
      this.placeRoot(w, h);
      for (let k = order.length - 1; k >= 0; k--) {
        const i = order.slots[k];
        if ((info[i * INFO + N_STATE] & (S_PERFORM | S_KEY)) === (S_PERFORM | S_KEY)) performFrom(p, i);
      }
      gatherExtents(p);
      snapAll(p);
      clearCounted(p);
      if (keepBars || !settleBars(p, round)) return;
      settleDirty(p);
    }
  }

  private placeRoot(w: number, h: number): void {
    const p = this.pass;
    let height = h;
    while (height !== height || height === PENDING) {
      height = measure(p, f.ROOT, w, w);
      if (height === PENDING) drainRequests(p);
    }
    p.performStack.length = 0;
    assign(p, f.ROOT, 0, 0, w, Math.min(height, this.rootMax), h === h, w);
    const state = p.info[f.ROOT * INFO + N_STATE];
    if ((state & S_COUNTED) === 0) {
      p.info[f.ROOT * INFO + N_STATE] = state | S_COUNTED;
      p.order.push(f.ROOT);
    }
  }
}

function viewportSize(cells: number): number {
  if (!(cells > 0)) return 0;
  return cells > MAX_VIEWPORT ? MAX_VIEWPORT : Math.floor(cells);
}
