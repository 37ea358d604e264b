/**
 * Which columns of each row may differ from what the terminal shows: what the encoder compares.
 *
 *   starts[y], ends[y] = first dirty column and the column after the last one; ends[y] = 0: clean row
 *   top, bottom        = the rows that can be dirty (bottom exclusive)
 */

/**
 * One dirty span a row.
 *
 * @example
 * const spans = new RowSpans(80, 24);
 * spans.mark(3, 10, 14);
 * spans.ends[3] === 14;
 */
export class RowSpans {
  cols: number;
  rows: number;
  starts: Int32Array;
  ends: Int32Array;
  top = 0;
  bottom = 0;

  constructor(cols: number, rows: number) {
    this.cols = cols;
    this.rows = rows;
    this.starts = new Int32Array(rows);
    this.ends = new Int32Array(rows);
  }

  get isEmpty(): boolean {
    return this.top >= this.bottom;
  }

  /** Takes the new size of the screen; every row is clean then. */
  resize(cols: number, rows: number): void {
    this.cols = cols;
    if (rows !== this.rows) {
      this.rows = rows;
      this.starts = new Int32Array(rows);
      this.ends = new Int32Array(rows);
      this.top = 0;
      this.bottom = 0;
    } else {
      this.clear();
    }
  }

  /** Takes another height; the rows that stay are as dirty as before, new ones are clean. */
  resizeRows(rows: number): void {
    if (rows === this.rows) return;
    const { starts, ends } = this;
    const kept = Math.min(rows, this.rows);
    this.rows = rows;
    this.starts = new Int32Array(rows);
    this.ends = new Int32Array(rows);
    this.starts.set(starts.subarray(0, kept));
    this.ends.set(ends.subarray(0, kept));
    this.top = Math.min(this.top, rows);
    this.bottom = Math.min(this.bottom, rows);
  }

  /** Marks columns `x0` up to `x1` (exclusive) of row `y`. What lies outside the screen is cut off. */
  mark(y: number, x0: number, x1: number): void {
    if (y < 0 || y >= this.rows) return;
    const start = Math.max(0, x0);
    const end = Math.min(this.cols, x1);
    if (start >= end) return;
    if (this.ends[y] === 0) {
      this.starts[y] = start;
      this.ends[y] = end;
    } else {
      if (start < this.starts[y]) this.starts[y] = start;
      if (end > this.ends[y]) this.ends[y] = end;
    }
    if (this.top >= this.bottom) {
      this.top = y;
      this.bottom = y + 1;
    } else if (y < this.top) {
      this.top = y;
    } else if (y >= this.bottom) {
      this.bottom = y + 1;
    }
  }

  /** Marks a rectangle (right and bottom exclusive). */
  markRect(x0: number, y0: number, x1: number, y1: number): void {
    const bottom = Math.min(this.rows, y1);
    for (let y = Math.max(0, y0); y < bottom; y++) this.mark(y, x0, x1);
  }

  /** Marks the whole screen. */
  markAll(): void {
    this.markRect(0, 0, this.cols, this.rows);
  }

  clear(): void {
    this.ends.fill(0, this.top, this.bottom);
    this.top = 0;
    this.bottom = 0;
  }
}
