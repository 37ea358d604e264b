/**
 * Frees interned clusters that nothing shows any more. The glyph table is bounded; when it is full, the
 * words of all runs and of both cell buffers are marked and the rest is swept. Rare: a text of tens of
 * thousands of different clusters has to go by for it to happen at all.
 */
import { CELL_WORDS, type CellBuffer } from '../cells/index.ts';
import { type Scene, U32_RUN_LENGTH, U32_RUN_OFFSET } from '../scene/index.ts';
import type { GlyphTable } from '../text/index.ts';
import type { Screen } from './screen.ts';
import { SweepPatience } from './sweep-patience.ts';

export class GlyphSweep {
  private readonly scene: Scene;
  private readonly screen: Screen;
  private readonly glyphs: GlyphTable;
  private readonly patience: SweepPatience = new SweepPatience();

  constructor(scene: Scene, screen: Screen, glyphs: GlyphTable) {
    this.scene = scene;
    this.screen = screen;
    this.glyphs = glyphs;
  }

  /** Sweeps done. */
  get sweeps(): number {
    return this.patience.sweeps;
  }

  /** Makes room in the full table. Returns false when there is none to make. */
  run(): boolean {
    if (!this.patience.allows()) return false;
    const { glyphs } = this;
    const before = glyphs.size;
    glyphs.beginMark();
    this.markRuns();
    this.markCells(this.screen.back);
    this.markCells(this.screen.front);
    glyphs.sweep();
    return this.patience.swept(before - glyphs.size, glyphs.capacity);
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
