/**
 * Frees interned clusters that nothing shows any more. The glyph table is bounded; when it is full, the
 * words of all runs and of both cell buffers are marked and the rest is swept. Rare: a text of tens of
 * thousands of different clusters has to go by for it to happen at all.
 */
import { CELL_WORDS, type CellBuffer } from '../cells/index.ts';
import { type Scene, U32_RUN_LENGTH, U32_RUN_OFFSET } from '../scene/index.ts';
import type { GlyphTable } from '../text/index.ts';
import type { Screen } from './screen.ts';

/** When a sweep frees less than this share, everything is in use: the next ones wait. */
const WORTHWHILE_SHARE = 1 / 16;
/** Refusals to let pass after a sweep that was not worth it. */
const PATIENCE = 4096;

export class GlyphSweep {
  private readonly scene: Scene;
  private readonly screen: Screen;
  private readonly glyphs: GlyphTable;
  private skip = 0;
  /** Sweeps done. */
  sweeps = 0;

  constructor(scene: Scene, screen: Screen, glyphs: GlyphTable) {
    this.scene = scene;
    this.screen = screen;
    this.glyphs = glyphs;
  }

  /** Makes room in the full table. Returns false when there is none to make. */
  run(): boolean {
    if (this.skip > 0) {
      this.skip--;
      return false;
    }
    const { glyphs } = this;
    const before = glyphs.size;
    glyphs.beginMark();
    this.markRuns();
    this.markCells(this.screen.back);
    this.markCells(this.screen.front);
    glyphs.sweep();
    this.sweeps++;
    const freed = before - glyphs.size;
    if (freed < glyphs.capacity * WORTHWHILE_SHARE) this.skip = PATIENCE;
    return freed > 0;
  }

  private markRuns(): void {
    const { scene, glyphs } = this;
    const cap = scene.capacity;
    const u32 = scene.u32.array;
    const words = scene.runs.words;
    for (let slot = 1; slot <= scene.top; slot++) {
      const from = u32[U32_RUN_OFFSET * cap + slot];
      const to = from + u32[U32_RUN_LENGTH * cap + slot];
      for (let i = from; i < to; i++) glyphs.mark(words[i]);
    }
  }

  private markCells(cells: CellBuffer): void {
    const { words } = cells;
    for (let i = 0; i < words.length; i += CELL_WORDS) this.glyphs.mark(words[i]);
  }
}
