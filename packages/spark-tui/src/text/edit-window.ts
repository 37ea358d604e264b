/**
 * The part of a line that shows in a window of some cells, so that the caret is always inside of it:
 *
 *   clusters   a  b  c  漢 d  e  f
 *   window           [ c  漢 d  _ ]     first = 2, end = 5, the caret before `e` in the cell that is left
 *
 * The window moves only as far as it must. One cell at the end of the line is the caret's; where the rest of the
 * line is shorter than the window, the window moves back to the left as far as there is text.
 */
import { graphemeWidth } from './cluster-width.ts';

/**
 * @example
 * const window = new EditWindow();
 * window.fit(['a', 'b', 'c'], 0, 3, 2);
 * window.first; // 2: shows 'c' and the caret
 */
export class EditWindow {
  /** First cluster that shows, and the one after the last. */
  first = 0;
  end = 0;
  /** Cells from the left edge to the caret. */
  caretCells = 0;
  private clusters: readonly string[] = [];
  private maskCells = 0;

  /** Moves the window for a caret. `maskCells` above 0: every cluster shows as something of this width. */
  fit(clusters: readonly string[], maskCells: number, caret: number, widthCells: number): void {
    this.clusters = clusters;
    this.maskCells = maskCells;
    const { length } = clusters;
    let first = Math.min(this.first, caret);
    // As far to the left as the caret allows.
    const caretWidth = caret < length ? Math.max(1, this.cellsOf(caret)) : 1;
    first = Math.max(first, this.leftmost(caret, widthCells - caretWidth));
    // Where all that is left fits, no room stays empty.
    first = Math.min(first, this.leftmost(length, widthCells - 1));
    this.first = first;
    this.caretCells = 0;
    let column = 0;
    let end = first;
    for (; end < length; end++) {
      if (end === caret) this.caretCells = column;
      const cells = this.cellsOf(end);
      if (column + cells > widthCells) break;
      column += cells;
    }
    if (caret >= end) this.caretCells = column;
    this.end = end;
  }

  /** The place between clusters for a cell of the window; cells left and right of it mean one cluster further. */
  placeAt(cell: number): number {
    if (cell < 0) return Math.max(0, this.first - 1);
    let column = 0;
    let place = this.first;
    for (; place < this.end; place++) {
      column += this.cellsOf(place);
      if (cell < column) return place;
    }
    return Math.min(place, this.clusters.length);
  }

  private cellsOf(place: number): number {
    return this.maskCells > 0 ? this.maskCells : graphemeWidth(this.clusters[place]);
  }

  /** The first cluster of those before `end` that fit in a width. */
  private leftmost(end: number, widthCells: number): number {
    let room = widthCells;
    let place = end;
    while (place > 0) {
      room -= this.cellsOf(place - 1);
      if (room < 0) break;
      place--;
    }
    return place;
  }
}
