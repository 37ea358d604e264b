/**
 * Text → run words, once, when the text is set: sanitised, cut into grapheme clusters, measured, break opportunities
 * marked. Everything later is integer work on the words.
 *
 *   'ab cé\n' → [ a ][ b ][ space, break after ][ c ][ é ][ line end ]
 *
 * Three roads: printable ASCII and \n; clean text; text that must be cleaned first (rare).
 */
import { BREAK_BETWEEN, KIND_SPACE, KIND_START, kindOf } from './break-rules.ts';
import { graphemeWidth } from './cluster-width.ts';
import type { GlyphTable } from './glyph-table.ts';
import type { RunBuilder } from './run-builder.ts';
import {
  WORD_BREAK_AFTER,
  WORD_CLUSTER,
  WORD_LINE_END,
  WORD_SPACE,
  WORD_WIDTH_SHIFT,
} from './run-word.ts';
import { type BreakMark, cleanText, needsCleaning } from './sanitise.ts';
import { clustersOf, cutCluster, stretchEnd } from './segment.ts';
import type { TextEdges } from './text-edges.ts';
import { CLASS_LETTER, CLASS_MASK, CLASS_SHIFT, CLASS_SPACE, JOINS, SPECIAL, UNCERTAIN, WIDTH_MASK } from './unicode-bits.ts';
import { packedByte } from './unicode-table.ts';

const NARROW = 1 << WORD_WIDTH_SHIFT;
const SPACE_WORD = 0x20 | NARROW | WORD_SPACE;
/** From bit 3 of the packed byte to bit 27 of the run word. */
const UNCERTAIN_SHIFT = 24;
const NO_MARKS: readonly BreakMark[] = [];
const NO_OFFSETS: readonly number[] = [];
/** Beyond every offset. */
const NO_STOP = 0x7fff_ffff;
/** Stays empty: no offset, no word. */
const NO_WORDS: number[] = [];

/**
 * Shapes `text` into `out`, replacing what it held. Clusters of several code points are interned in `glyphs`; when that
 * table is full they become U+FFFD (and `glyphs.refused` counts it). Line ends: `\n`, `\r\n`, `\r`, U+2028, U+2029.
 * `edges.words` is filled with where its offsets are in the run.
 *
 * @example
 * shape('naïve 漢字', glyphs, run);
 * run.length; // 8 clusters
 * run.maxWidthCells; // 10
 */
export function shape(text: string, glyphs: GlyphTable, out: RunBuilder, edges: TextEdges | null = null): void {
  out.reset(text.length);
  if (shapeAscii(text, out)) {
    edges?.setIdentity();
    return;
  }
  if (!needsCleaning(text)) {
    shapeClean(text, NO_MARKS, glyphs, out, edges, edges?.offsets);
    return;
  }
  const marks: BreakMark[] = [];
  const clean = cleanText(text, marks, edges);
  shapeClean(clean, marks, glyphs, out, edges, edges?.clean);
}

/** Printable ASCII and \n. False when there is something else in the text. */
// hot: Node 20: about 6 ns a character, measuring included; 10 characters 65 ns.
function shapeAscii(text: string, out: RunBuilder): boolean {
  const words = out.words;
  const length = text.length;
  let beforePrevious = 0;
  let previous = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x20 && unit < 0x7f) {
      if (previous === 0x20) words[i - 1] |= WORD_BREAK_AFTER;
      else if (previous === 0x2d && isAsciiLetter(unit) && isAsciiLetter(beforePrevious)) words[i - 1] |= WORD_BREAK_AFTER;
      words[i] = unit | NARROW;
    } else if (unit === 0x20) {
      words[i] = SPACE_WORD;
    } else if (unit === 0x0a) {
      words[i] = WORD_LINE_END;
    } else {
      return false;
    }
    beforePrevious = previous;
    previous = unit;
  }
  out.finish(length);
  return true;
}

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Any text that has no special code points but line ends, tabs and the tags of flags. */
// hot: Node 20: about 18 ns a code point; strings are made only where code points join.
function shapeClean(
  text: string,
  marks: readonly BreakMark[],
  glyphs: GlyphTable,
  out: RunBuilder,
  edges: TextEdges | null,
  edgeOffsets: readonly number[] = NO_OFFSETS,
): void {
  out.reset(text.length);
  const sink = new WordSink(out, marks, edgeOffsets, edges === null ? NO_WORDS : edges.words);
  const length = text.length;
  let i = 0;
  let cp = length > 0 ? (text.codePointAt(0) as number) : 0;
  let byte = packedByte(cp);
  while (i < length) {
    let after = i + (cp > 0xffff ? 2 : 1);
    let nextCp = after < length ? (text.codePointAt(after) as number) : 0x20;
    let nextByte = packedByte(nextCp);
    if ((byte & (SPECIAL | JOINS)) === SPECIAL) {
      sink.passEdges(i);
      if (cp === 0x09) {
        sink.putTab(length - i);
      } else {
        if (cp === 0x0d && nextCp === 0x0a) {
          after++;
          nextCp = after < length ? (text.codePointAt(after) as number) : 0x20;
          nextByte = packedByte(nextCp);
        }
        sink.putLineEnd();
      }
    } else if (((byte | nextByte) & JOINS) === 0) {
      sink.put(cp, cp, byte, i);
    } else {
      after = stretchEnd(text, i);
      putStretch(text.slice(i, after), i, glyphs, sink);
      nextCp = after < length ? (text.codePointAt(after) as number) : 0x20;
      nextByte = packedByte(nextCp);
    }
    i = after;
    cp = nextCp;
    byte = nextByte;
  }
  sink.passEdges(length);
  out.finish(sink.count);
}

function putStretch(stretch: string, from: number, glyphs: GlyphTable, sink: WordSink): void {
  const clusters = clustersOf(stretch);
  let offset = from;
  for (let k = 0; k < clusters.length; k++) {
    const cluster = clusters[k];
    const first = cluster.codePointAt(0) as number;
    const byte = packedByte(first);
    if (cluster.length === (first > 0xffff ? 2 : 1)) {
      sink.put(first, first, byte, offset);
    } else {
      const cut = cutCluster(cluster);
      const glyph = glyphs.intern(cut);
      const isKept = (glyph & WORD_CLUSTER) !== 0;
      const width = isKept ? graphemeWidth(cut) : 1;
      sink.put(first, glyph, clusterByte(byte, width, isKept), offset);
    }
    offset += cluster.length;
  }
}

/** The packed byte of a cluster of several code points, from that of its first one. */
function clusterByte(byte: number, width: number, isUncertain: boolean): number {
  let breakClass = (byte >> CLASS_SHIFT) & CLASS_MASK;
  // A space that carries a mark is ink: it neither hangs nor breaks.
  if (breakClass === CLASS_SPACE) breakClass = CLASS_LETTER;
  return width | (isUncertain ? UNCERTAIN : 0) | (breakClass << CLASS_SHIFT);
}

/** Takes clusters in order, decides the breaks between them and writes the words. */
class WordSink {
  count = 0;
  private words: Uint32Array;
  private readonly out: RunBuilder;
  private readonly marks: readonly BreakMark[];
  private markIndex = 0;
  private columnCells = 0;
  private kind: number = KIND_START;
  private readonly edgeOffsets: readonly number[];
  private readonly edgeWords: number[];
  private nextEdge: number;
  /** The next offset at which there is a mark or an edge. */
  private nextStop: number;

  constructor(out: RunBuilder, marks: readonly BreakMark[], edgeOffsets: readonly number[], edgeWords: number[]) {
    this.out = out;
    this.words = out.words;
    this.marks = marks;
    this.edgeOffsets = edgeOffsets;
    this.edgeWords = edgeWords;
    edgeWords.length = 0;
    this.nextEdge = edgeOffsets.length === 0 ? NO_STOP : edgeOffsets[0];
    this.nextStop = Math.min(this.nextEdge, marks.length === 0 ? NO_STOP : marks[0].offset);
  }

  /** What comes next begins at `offset` of the text: edges up to there are here. */
  passEdges(offset: number): void {
    const { edgeOffsets, edgeWords } = this;
    while (offset >= this.nextEdge) {
      edgeWords.push(this.count);
      this.nextEdge = edgeWords.length < edgeOffsets.length ? edgeOffsets[edgeWords.length] : NO_STOP;
    }
  }

  /** A cluster: its first code point, its glyph bits, its packed byte, its offset in the text. */
  put(codePoint: number, glyph: number, byte: number, offset: number): void {
    const before = this.kind;
    const kind = kindOf(byte, codePoint, before);
    const width = byte & WIDTH_MASK;
    let breaks = (BREAK_BETWEEN[before] >> kind) & 1;
    if (offset >= this.nextStop) breaks = this.stopAt(offset, breaks);
    const count = this.count;
    if (breaks === 1 && before !== KIND_START) this.words[count - 1] |= WORD_BREAK_AFTER;
    let word = glyph | (width << WORD_WIDTH_SHIFT) | ((byte & UNCERTAIN) << UNCERTAIN_SHIFT);
    if (kind === KIND_SPACE) word |= WORD_SPACE;
    this.words[count] = word;
    this.count = count + 1;
    this.columnCells += width;
    this.kind = kind;
  }

  putLineEnd(): void {
    this.words[this.count++] = WORD_LINE_END;
    this.columnCells = 0;
    this.kind = KIND_START;
  }

  /** Spaces up to the next tab stop. `restWords` words may still follow. */
  putTab(restWords: number): void {
    const tabWidth = this.out.tabWidthCells;
    const spaces = tabWidth - (this.columnCells % tabWidth);
    this.words = this.out.grow(this.count + spaces + restWords, this.count);
    for (let k = 0; k < spaces; k++) this.words[this.count++] = SPACE_WORD;
    this.columnCells += spaces;
    this.kind = KIND_SPACE;
  }

  /** A mark or an edge was reached: what the break before `offset` is with it. */
  private stopAt(offset: number, breaks: number): number {
    this.passEdges(offset);
    const decided = this.breakAt(offset, breaks);
    this.nextStop = Math.min(this.nextEdge, this.markIndex < this.marks.length ? this.marks[this.markIndex].offset : NO_STOP);
    return decided;
  }

  /** What the last dropped U+200B, U+2060 or U+FEFF before `offset` says, else `breaks`. */
  private breakAt(offset: number, breaks: number): number {
    let decided = breaks;
    while (this.markIndex < this.marks.length && this.marks[this.markIndex].offset <= offset) {
      const mark = this.marks[this.markIndex++];
      if (mark.offset === offset) decided = mark.allowed ? 1 : 0;
    }
    return decided;
  }
}
