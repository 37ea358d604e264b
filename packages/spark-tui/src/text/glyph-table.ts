/**
 * Grapheme clusters of several code points ↔ small ids, so that a cell or a run word is one integer.
 *
 *   ids: Map cluster → id      clusters[id] = 'e\u0301'      bytes[id] = UTF-8, made when first asked for
 *        id 0 is never given out; ids … next-1 are in use or on the free list
 *
 * Bounded: at `capacity` clusters `intern` returns U+FFFD and counts it in `refused`; the owner then marks the words it
 * still keeps (cells and runs) and sweeps. Nothing else frees an id, so an id in a kept word stays valid.
 */
import { OptionError } from '../base/index.ts';
import { WORD_CLUSTER, WORD_VALUE_MASK } from './run-word.ts';
import { REPLACEMENT } from './unicode-table.ts';
import { writeCodePoint } from './utf8.ts';

/** Clusters a table holds unless told otherwise. */
export const DEFAULT_GLYPH_CAPACITY = 65_536;
/** A cluster longer than this is cut when shaped: piles of combining marks have no end otherwise. */
export const MAX_CLUSTER_CODE_POINTS = 16;

const MAX_CAPACITY = WORD_VALUE_MASK;

/**
 * Two-way table of multi-code-point grapheme clusters, one for each app.
 *
 * @example
 * const glyphs = new GlyphTable();
 * const glyph = glyphs.intern('e\u0301');
 * glyphs.text(glyph); // 'e\u0301'
 */
export class GlyphTable {
  /** Most clusters held at once. */
  readonly capacity: number;
  /** Highest `size` seen. */
  high = 0;
  /** How often `intern` had no room and gave U+FFFD. */
  refused = 0;
  private readonly ids = new Map<string, number>();
  private readonly clusters: string[] = [''];
  private readonly bytes: (Uint8Array | undefined)[] = [undefined];
  private readonly free: number[] = [];
  /** One byte an id between `beginMark` and `sweep`, else empty. */
  private marks: Uint8Array = new Uint8Array(0);
  private readonly encoder = new TextEncoder();

  /** @throws OptionError when `capacity` is not an integer from 1 to 2,097,151. */
  constructor(capacity: number = DEFAULT_GLYPH_CAPACITY) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_CAPACITY) {
      throw new OptionError(`glyph capacity must be an integer from 1 to ${MAX_CAPACITY}, not ${capacity}`);
    }
    this.capacity = capacity;
  }

  /** Clusters held now. */
  get size(): number {
    return this.ids.size;
  }

  /**
   * The glyph bits (0–21) of a cluster: bit 21 and its id. A cluster that finds no room becomes U+FFFD; the
   * caller gives that the width 1.
   */
  intern(cluster: string): number {
    const known = this.ids.get(cluster);
    if (known !== undefined) {
      if (known < this.marks.length) this.marks[known] = 1;
      return WORD_CLUSTER | known;
    }
    if (this.ids.size >= this.capacity) {
      this.refused++;
      return REPLACEMENT;
    }
    const id = this.free.pop() ?? this.clusters.length;
    this.clusters[id] = cluster;
    this.bytes[id] = undefined;
    if (id < this.marks.length) this.marks[id] = 1;
    this.ids.set(cluster, id);
    if (this.ids.size > this.high) this.high = this.ids.size;
    return WORD_CLUSTER | id;
  }

  /**
   * The text of a glyph: of a run word or cell glyph, any other bits are ignored. 0 (a blank cell) is a space; a freed
   * id gives U+FFFD.
   */
  text(glyphWord: number): string {
    const value = glyphWord & WORD_VALUE_MASK;
    if ((glyphWord & WORD_CLUSTER) === 0) return value === 0 ? ' ' : String.fromCodePoint(value);
    const cluster = this.clusters[value];
    return cluster === undefined || cluster === '' ? '\ufffd' : cluster;
  }

  /** UTF-8 of a glyph. Cached for clusters (do not write to it); made anew for code points, see `writeUtf8`. */
  utf8(glyphWord: number): Uint8Array {
    if ((glyphWord & WORD_CLUSTER) === 0) return this.encoder.encode(this.text(glyphWord));
    const id = glyphWord & WORD_VALUE_MASK;
    const known = this.bytes[id];
    if (known !== undefined) return known;
    const made = this.encoder.encode(this.text(glyphWord));
    if (id < this.bytes.length) this.bytes[id] = made;
    return made;
  }

  /**
   * Writes the UTF-8 of a glyph at `offset` and returns the offset after it. The caller has made room: 4 bytes for a
   * code point, `MAX_CLUSTER_CODE_POINTS * 4` for a cluster.
   */
  // hot: no allocation once a cluster's bytes are cached.
  writeUtf8(glyphWord: number, bytes: Uint8Array, offset: number): number {
    if ((glyphWord & WORD_CLUSTER) === 0) return writeCodePoint((glyphWord & WORD_VALUE_MASK) || 0x20, bytes, offset);
    const source = this.utf8(glyphWord);
    const length = source.length;
    for (let i = 0; i < length; i++) bytes[offset + i] = source[i];
    return offset + length;
  }

  /** Starts a sweep: nothing is marked. */
  beginMark(): void {
    this.marks = new Uint8Array(this.clusters.length);
  }

  /** Marks the cluster of a kept run word or cell glyph. Words without a cluster are ignored. */
  mark(word: number): void {
    if ((word & WORD_CLUSTER) !== 0) this.marks[word & WORD_VALUE_MASK] = 1;
  }

  /** Frees every cluster neither marked nor interned since `beginMark`. Without `beginMark` it frees nothing. Returns how many. */
  sweep(): number {
    const { clusters, marks } = this;
    const count = Math.min(clusters.length, marks.length);
    let freed = 0;
    for (let id = 1; id < count; id++) {
      const cluster = clusters[id];
      if (marks[id] === 1 || cluster === '') continue;
      this.ids.delete(cluster);
      clusters[id] = '';
      this.bytes[id] = undefined;
      this.free.push(id);
      freed++;
    }
    this.marks = new Uint8Array(0);
    return freed;
  }
}
