/**
 * A section: all columns of one element type in one buffer, column after column.
 *
 *   array = [ column 0: slot 0 … capacity-1 | column 1: slot 0 … capacity-1 | … ]
 *   value of column c at slot s = array[c * capacity + s]
 *
 * One typed array per type keeps element access monomorphic. Zero-filled memory is the empty state
 * of every column. Growing takes a doubled buffer from the pool and copies column by column; views
 * taken before are then stale, so passes take them at their start and never keep them.
 */
import { bufferPool, type Buffer } from './buffer-pool.ts';

export type SectionArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

export interface SectionArrayType<T extends SectionArray> {
  new (buffer: Buffer, byteOffset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

export class Section<T extends SectionArray> {
  array: T;
  capacity: number;
  readonly columns: number;
  private buffer: Buffer;
  private readonly type: SectionArrayType<T>;

  constructor(type: SectionArrayType<T>, columns: number, capacity: number) {
    this.type = type;
    this.columns = columns;
    this.capacity = capacity;
    this.buffer = bufferPool.acquire(columns * capacity * type.BYTES_PER_ELEMENT);
    this.array = new type(this.buffer, 0, columns * capacity);
  }

  /** Bytes this section takes from the pool. */
  get byteLength(): number {
    return this.buffer.byteLength;
  }

  /** A view of one column. Valid until the next `grow`. */
  column(index: number): T {
    const start = index * this.capacity;
    return this.array.subarray(start, start + this.capacity) as T;
  }

  grow(capacity: number): void {
    const buffer = bufferPool.acquire(this.columns * capacity * this.type.BYTES_PER_ELEMENT);
    const array = new this.type(buffer, 0, this.columns * capacity);
    for (let c = 0; c < this.columns; c++) array.set(this.column(c), c * capacity);
    bufferPool.release(this.buffer);
    this.buffer = buffer;
    this.array = array;
    this.capacity = capacity;
  }

  /** Gives the memory back. The section must not be used afterwards. */
  release(): void {
    bufferPool.release(this.buffer);
    this.buffer = new ArrayBuffer(0);
    this.array = new this.type(this.buffer, 0, 0);
    this.capacity = 0;
  }
}
