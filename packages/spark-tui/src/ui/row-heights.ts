/**
 * Heights of the rows of a long list: measured where a row was mounted once, estimated elsewhere.
 *
 *   chunks   64 rows each; an array of heights (NaN = not measured) only where one was measured
 *   sums     Fenwick tree over the chunks: measured cells       counts   the same: measured rows
 *
 *   offset(i) = measured cells above row i + round(rows above it that were not measured × estimate)
 *
 * So a better estimate changes every offset at no cost, a list of n rows that were never seen takes n / 4 bytes,
 * and what is asked takes O(log n). Offsets never decrease with the row.
 */

const CHUNK = 64;

export class RowHeights {
  readonly length: number;
  /** Cells of a row that was not measured. */
  estimate: number;
  /** Rows measured. */
  measured = 0;
  private measuredCells = 0;
  private readonly chunks: (Float64Array | undefined)[] = [];
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  constructor(length: number, estimate: number) {
    this.length = length;
    this.estimate = estimate;
    const chunks = Math.ceil(length / CHUNK);
    this.sums = new Float64Array(chunks + 1);
    this.counts = new Float64Array(chunks + 1);
  }

  /** Mean height of the measured rows; the estimate when there are none. */
  get mean(): number {
    return this.measured === 0 ? this.estimate : this.measuredCells / this.measured;
  }

  /** Cells of all rows. */
  get total(): number {
    return this.offset(this.length);
  }

  /** The measured height of a row; NaN when it was not measured. */
  measuredHeight(index: number): number {
    const chunk = this.chunks[Math.floor(index / CHUNK)];
    return chunk === undefined ? NaN : chunk[index % CHUNK];
  }

  /** Takes the height of a row. False when it is the one known. */
  set(index: number, cells: number): boolean {
    const at = Math.floor(index / CHUNK);
    let chunk = this.chunks[at];
    if (chunk === undefined) {
      while (this.chunks.length <= at) this.chunks.push(undefined);
      chunk = new Float64Array(CHUNK).fill(NaN);
      this.chunks[at] = chunk;
    }
    const old = chunk[index % CHUNK];
    if (old === cells) return false;
    chunk[index % CHUNK] = cells;
    const isNew = Number.isNaN(old);
    const change = isNew ? cells : cells - old;
    this.measuredCells += change;
    if (isNew) this.measured++;
    for (let i = at + 1; i < this.sums.length; i += i & -i) {
      this.sums[i] += change;
      if (isNew) this.counts[i]++;
    }
    return true;
  }

  /** Cells above a row; of `length`, all cells. */
  offset(index: number): number {
    const at = Math.floor(index / CHUNK);
    let cells = 0;
    let known = 0;
    for (let i = at; i > 0; i -= i & -i) {
      cells += this.sums[i];
      known += this.counts[i];
    }
    const chunk = this.chunks[at];
    if (chunk !== undefined) {
      const rest = index % CHUNK;
      for (let i = 0; i < rest; i++) {
        const height = chunk[i];
        if (height !== height) continue;
        cells += height;
        known++;
      }
    }
    return cells + Math.round((index - known) * this.estimate);
  }

  /** The row at a distance in cells from the top of the list; the last one beyond the end, 0 in an empty list. */
  find(cells: number): number {
    let low = 0;
    let high = Math.max(0, this.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offset(middle) <= cells) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Calls `fn` with every measured row. */
  forEach(fn: (index: number, cells: number) => void): void {
    for (let at = 0; at < this.chunks.length; at++) {
      const chunk = this.chunks[at];
      if (chunk === undefined) continue;
      for (let i = 0; i < CHUNK; i++) {
        const height = chunk[i];
        if (height === height) fn(at * CHUNK + i, height);
      }
    }
  }
}
