/**
 * Frees links and underline colours that nothing shows any more: the counterpart of `GlyphSweep` for the extra
 * table. Marks those of both cell buffers, of all spans and of all texts, and sweeps the rest.
 */
import { CELL_WORDS, type CellBuffer, type ExtraTable, STYLE_EXTRA_SHIFT } from '../cells/index.ts';
import { type Scene, SPAN_EXTRA, SPAN_WORDS } from '../scene/index.ts';
import type { Screen } from './screen.ts';
import { SweepPatience } from './sweep-patience.ts';

export class ExtraSweep {
  private readonly scene: Scene;
  private readonly screen: Screen;
  private readonly extras: ExtraTable;
  private readonly patience: SweepPatience = new SweepPatience();

  constructor(scene: Scene, screen: Screen, extras: ExtraTable) {
    this.scene = scene;
    this.screen = screen;
    this.extras = extras;
  }

  /** Sweeps done. */
  get sweeps(): number {
    return this.patience.sweeps;
  }

  /** Makes room in the full table. Returns false when there is none to make. */
  run(): boolean {
    if (!this.patience.allows()) return false;
    const { extras, screen } = this;
    extras.beginMark();
    this.markTexts();
    markCells(extras, screen.back);
    markCells(extras, screen.front);
    return this.patience.swept(extras.sweep(), extras.capacity);
  }

  private markTexts(): void {
    const { scene, extras } = this;
    const { spans, extras: ids } = scene.textStyles;
    for (let slot = 1; slot <= scene.top; slot++) {
      extras.mark(ids.get(slot) ?? 0);
      const words = spans.get(slot);
      if (words === undefined) continue;
      for (let at = SPAN_EXTRA; at < words.length; at += SPAN_WORDS) extras.mark(words[at]);
    }
  }
}

function markCells(extras: ExtraTable, cells: CellBuffer): void {
  const { words } = cells;
  for (let at = 3; at < words.length; at += CELL_WORDS) extras.mark(words[at] >>> STYLE_EXTRA_SHIFT);
}
