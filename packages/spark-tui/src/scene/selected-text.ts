/**
 * Which part of each text is selected: a range of run words by slot. Sparse, and gone with its node. Paint lays the
 * highlight over the cells of these words.
 */
import type { Scene } from './scene.ts';
import { SideTable } from './side-table.ts';

/** Run words from `start` to `end` (exclusive), counted from the beginning of the text's run. */
export interface WordRange {
  readonly start: number;
  readonly end: number;
}

export class SelectedText {
  /** Ranges by slot, none of them empty. Written by `set` only. */
  readonly ranges: SideTable<WordRange> = new SideTable();
  /** Colours of the highlight; both 0: colours are swapped. */
  fg = 0;
  bg = 0;
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.ranges);
  }

  /** Selects words of a text; an empty range selects none. Equal ranges are no change. */
  set(slot: number, start: number, end: number): void {
    this.scene.assertWritable();
    const old = this.ranges.get(slot);
    if (start >= end) {
      if (old === undefined) return;
      this.ranges.clear(slot);
    } else {
      if (old !== undefined && old.start === start && old.end === end) return;
      this.ranges.set(slot, { start, end });
    }
    this.scene.queuePaint(slot);
  }
}
