/**
 * Which node owns each cell: the hit test as one array read. Paint writes it together with the
 * cells, so it obeys clip and stacking by construction.
 *
 *   slots       = [ row 0: slot of cell 0, 1, … | row 1: … ]     0 = nobody
 *   generations = the same shape: the generation the slot had when it was painted
 *
 * A node may be disposed, and its slot reused, after it was painted: whoever reads compares the
 * generation with the slot's present one and ignores what is stale.
 */
import { bufferPool, type Buffer } from '../base/index.ts';
import { checkSize } from './cell-buffer.ts';

/**
 * Owner of each cell.
 *
 * @example
 * const owners = new OwnerPlane(80, 24);
 * owners.fillRect(0, 0, 10, 3, slot, generation);
 * owners.at(4, 1) === slot && owners.generationAt(4, 1) === generation;
 */
export class OwnerPlane {
  cols: number;
  rows: number;
  /** Replaced by `resize` and `release`, as is `generations`. */
  slots: Uint32Array;
  generations: Uint32Array;
  private buffer: Buffer | null;

  /** Throws an `OptionError` when a side is no integer from 0 to 32767. */
  constructor(cols: number, rows: number) {
    checkSize(cols, rows);
    const cells = cols * rows;
    this.cols = cols;
    this.rows = rows;
    this.buffer = bufferPool.acquire(cells * 8);
    this.slots = new Uint32Array(this.buffer, 0, cells);
    this.generations = new Uint32Array(this.buffer, cells * 4, cells);
  }

  /** Makes the plane `cols` × `rows`, owned by nobody. */
  resize(cols: number, rows: number): void {
    checkSize(cols, rows);
    const cells = cols * rows;
    if (this.buffer === null || this.buffer.byteLength < cells * 8 || this.buffer.byteLength > cells * 32 + 4096) {
      if (this.buffer !== null) bufferPool.release(this.buffer);
      this.buffer = bufferPool.acquire(cells * 8);
    }
    this.slots = new Uint32Array(this.buffer, 0, cells);
    this.generations = new Uint32Array(this.buffer, cells * 4, cells);
    this.slots.fill(0);
    this.generations.fill(0);
    this.cols = cols;
    this.rows = rows;
  }

  /** Makes the plane `rows` high; the rows that stay keep their owners, new ones have none. */
  resizeRows(rows: number): void {
    if (rows === this.rows) return;
    const { cols, slots, generations, buffer } = this;
    const cells = Math.min(rows, this.rows) * cols;
    this.buffer = null;
    this.resize(cols, rows);
    this.slots.set(slots.subarray(0, cells));
    this.generations.set(generations.subarray(0, cells));
    if (buffer !== null) bufferPool.release(buffer);
  }

  /** Gives one cell to a node. Outside the screen nothing happens. */
  set(x: number, y: number, slot: number, generation: number): void {
    if (x < 0 || y < 0 || x >= this.cols || y >= this.rows) return;
    const at = y * this.cols + x;
    this.slots[at] = slot;
    this.generations[at] = generation;
  }

  /** Gives a rectangle (right and bottom exclusive, clipped to the screen) to a node; slot 0 frees it. */
  fillRect(x0: number, y0: number, x1: number, y1: number, slot: number, generation: number): void {
    const left = Math.max(0, x0);
    const right = Math.min(this.cols, x1);
    const bottom = Math.min(this.rows, y1);
    if (left >= right) return;
    for (let y = Math.max(0, y0); y < bottom; y++) {
      const row = y * this.cols;
      this.slots.fill(slot, row + left, row + right);
      this.generations.fill(generation, row + left, row + right);
    }
  }

  /** Slot of the node that owns the cell; 0 for nobody and outside the screen. */
  at(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.cols || y >= this.rows) return 0;
    return this.slots[y * this.cols + x];
  }

  /** Generation that slot had when it was painted; 0 outside the screen. */
  generationAt(x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.cols || y >= this.rows) return 0;
    return this.generations[y * this.cols + x];
  }

  /** Gives the memory back and leaves a plane of 0 × 0 cells. Idempotent. */
  release(): void {
    if (this.buffer === null) return;
    const buffer = this.buffer;
    this.buffer = null;
    this.slots = new Uint32Array(0);
    this.generations = new Uint32Array(0);
    this.cols = 0;
    this.rows = 0;
    bufferPool.release(buffer);
  }
}
