/**
 * A slab of u32 words with size classes and free lists: blocks are reused without compaction.
 *
 *   words = [ word 0: reserved, so offset 0 is NIL | block | block | … | bump pointer → free space ]
 *   block sizes: 4, 8, 16, 32, … words; a free block's first word is the offset of the next free one.
 *
 * The owner keeps offset and requested length; the class follows from the length.
 */
import { bufferPool, type Buffer } from './buffer-pool.ts';
import { CapacityError } from './errors.ts';

const MIN_CLASS_BITS = 2;
const CLASSES = 28;

export class Slab {
  words: Uint32Array;
  /** Words in live blocks (by class size). */
  usedWords = 0;
  private buffer: Buffer;
  private bump = 1;
  private readonly freeHeads = new Uint32Array(CLASSES);
  private readonly maxWords: number;
  private readonly limitName: string;

  /** `limitName` is the option that a CapacityError tells the user to raise. */
  constructor(initialWords: number, maxWords: number, limitName: string) {
    this.maxWords = maxWords;
    this.limitName = limitName;
    this.buffer = bufferPool.acquire(initialWords * 4);
    this.words = new Uint32Array(this.buffer);
  }

  get byteLength(): number {
    return this.buffer.byteLength;
  }

  /** Offset of a block of at least `length` words (its content is arbitrary). May replace `words`. */
  alloc(length: number): number {
    const bits = classOf(length);
    const size = 1 << bits;
    let offset = this.freeHeads[bits];
    if (offset !== 0) {
      this.freeHeads[bits] = this.words[offset];
    } else {
      if (this.bump + size > this.words.length) this.grow(this.bump + size);
      offset = this.bump;
      this.bump += size;
    }
    this.usedWords += size;
    return offset;
  }

  /** Gives back the block that `alloc(length)` returned at `offset`. NIL is ignored. */
  free(offset: number, length: number): void {
    if (offset === 0) return;
    const bits = classOf(length);
    this.words[offset] = this.freeHeads[bits];
    this.freeHeads[bits] = offset;
    this.usedWords -= 1 << bits;
  }

  /** A block of at least `length` words instead of one for `oldLength` (content is arbitrary); 0 for no words. */
  replace(offset: number, oldLength: number, length: number): number {
    if (offset !== 0 && length !== 0 && classOf(oldLength) === classOf(length)) return offset;
    this.free(offset, oldLength);
    return length === 0 ? 0 : this.alloc(length);
  }

  release(): void {
    bufferPool.release(this.buffer);
    this.buffer = new ArrayBuffer(0);
    this.words = new Uint32Array(0);
    this.usedWords = 0;
  }

  private grow(needed: number): void {
    let length = this.words.length;
    while (length < needed) length *= 2;
    if (length > this.maxWords) {
      throw new CapacityError(
        `text needs more than ${this.maxWords} words of shaped runs; raise the option '${this.limitName}' or show less text at once`,
      );
    }
    const buffer = bufferPool.acquire(length * 4);
    const words = new Uint32Array(buffer);
    words.set(this.words.subarray(0, this.bump));
    bufferPool.release(this.buffer);
    this.buffer = buffer;
    this.words = words;
  }
}

function classOf(length: number): number {
  let bits = MIN_CLASS_BITS;
  while (1 << bits < length) bits++;
  return bits;
}
