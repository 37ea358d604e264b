/**
 * Frees links and underline colours that nothing shows any more: the counterpart of `GlyphSweep` for the extra
 * table. Marks those of both cell buffers, of all spans and of all texts, and sweeps the rest.
 */
import { CELL_WORDS, type CellBuffer, type ExtraTable, STYLE_EXTRA_SHIFT } from '../cells/index.ts';
import { type Scene, SPAN_EXTRA, SPAN_WORDS } from '../scene/index.ts';
import type { Screen } from './screen.ts';

/** When a sweep frees less than this share, everything is in use: the next ones wait. */
const WORTHWHILE_SHARE = 1 / 16;
/** Refusals to let pass after a sweep that was not worth it. */
const PATIENCE = 4096;

export class ExtraSweep {
  private readonly scene: Scene;
  private readonly screen: Screen;
  private readonly extras: ExtraTable;
  private skip = 0;
  /** Sweeps done. */
  sweeps = 0;

  constructor(scene: Scene, screen: Screen, extras: ExtraTable) {
    this.scene = scene;
    this.screen = screen;
    this.extras = extras;
  }

  /** Makes room in the full table. Returns false when there is none to make. */
  run(): boolean {
    if (this.skip > 0) {
      this.skip--;
      return false;
    }
    const { extras, screen } = this;
    extras.beginMark();
    this.markTexts();
    markCells(extras, screen.back);
    markCells(extras, screen.front);
    const freed = extras.sweep();
    this.sweeps++;
    if (freed < extras.capacity * WORTHWHILE_SHARE) this.skip = PATIENCE;
    return freed > 0;
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
