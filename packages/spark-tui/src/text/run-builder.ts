/**
 * Scratch memory into which text is shaped: reused from text to text, copied from by whoever keeps the run.
 *
 *   words = [ word 0 … length-1 | garbage … ]
 */
import { OptionError } from '../base/index.ts';
import { WORD_BREAK_AFTER, WORD_LINE_END, WORD_SPACE, WORD_WIDTH_SHIFT } from './run-word.ts';

const MIN_WORDS = 256;
/** Above this the scratch is given up again when a much shorter text comes. */
const KEEP_WORDS = 1 << 16;

/**
 * A reusable, growing array of run words and the measures of what was shaped last.
 *
 * @example
 * const run = new RunBuilder();
 * shape('hello world', glyphs, run);
 * run.maxWidthCells; // 11, and run.minWidthCells is 5
 */
export class RunBuilder {
  /** Run words. Valid from 0 to `length`; replaced when it grows, so take it after shaping. */
  words: Uint32Array = new Uint32Array(MIN_WORDS);
  /** Words in use. */
  length = 0;
  /** Width of the widest hard line, trailing spaces included (CSS max-content). */
  maxWidthCells = 0;
  /** Width of the widest piece without a break opportunity, trailing spaces left out (CSS min-content). */
  minWidthCells = 0;
  /** Lines when nothing wraps. A line end closes a line, so `'a\n'` has one and `''` has none. */
  hardLines = 0;
  /** Columns between tab stops. */
  readonly tabWidthCells: number;

  /** @throws OptionError when `tabWidthCells` is not an integer from 1 to 256. */
  constructor(tabWidthCells = 8) {
    if (!Number.isInteger(tabWidthCells) || tabWidthCells < 1 || tabWidthCells > 256) {
      throw new OptionError(`tabWidthCells must be an integer from 1 to 256, not ${tabWidthCells}`);
    }
    this.tabWidthCells = tabWidthCells;
  }

  /** Makes room for `count` words and forgets the content. */
  reset(count: number): void {
    const capacity = this.words.length;
    this.length = 0;
    if (count > capacity) this.words = new Uint32Array(Math.max(count, capacity * 2));
    else if (capacity > KEEP_WORDS && count < capacity >> 3) this.words = new Uint32Array(Math.max(MIN_WORDS, count));
  }

  /** Makes room for `count` words and keeps the first `used`. Returns the array to write to. */
  grow(count: number, used: number): Uint32Array {
    if (count > this.words.length) {
      const words = new Uint32Array(Math.max(count, this.words.length * 2));
      words.set(this.words.subarray(0, used));
      this.words = words;
    }
    return this.words;
  }

  /** Sets the length and measures the words. */
  // hot: Node 20: about 3 ns a word.
  finish(length: number): void {
    const words = this.words;
    let widest = 0;
    let line = 0;
    let widestPiece = 0;
    let piece = 0;
    let pieceInk = 0;
    let lines = 0;
    for (let i = 0; i < length; i++) {
      const word = words[i];
      if ((word & WORD_LINE_END) !== 0) {
        if (line > widest) widest = line;
        if (pieceInk > widestPiece) widestPiece = pieceInk;
        line = piece = pieceInk = 0;
        lines++;
        continue;
      }
      const width = (word >>> WORD_WIDTH_SHIFT) & 3;
      line += width;
      piece += width;
      if ((word & WORD_SPACE) === 0) pieceInk = piece;
      if ((word & WORD_BREAK_AFTER) !== 0) {
        if (pieceInk > widestPiece) widestPiece = pieceInk;
        piece = pieceInk = 0;
      }
    }
    if (length > 0 && (words[length - 1] & WORD_LINE_END) === 0) lines++;
    this.length = length;
    this.maxWidthCells = line > widest ? line : widest;
    this.minWidthCells = pieceInk > widestPiece ? pieceInk : widestPiece;
    this.hardLines = lines;
  }
}
