/**
 * Finds rows that moved up or down: which rectangle of the screen, scrolled by how much, leaves the
 * fewest cells to write.
 *
 * 1. Candidates: what scroll containers said (`hint`); when nobody said anything, distances that blocks
 *    of cells moved by. A changed block (8 or 16 columns of one row, hashed with its style) that was
 *    in exactly one other row votes for the distance to it.
 * 2. For a distance, every cell is worth +1 when scrolling makes it right, -1 when it makes it wrong
 *    (the rows laid open count likewise, as blanks). The best run of rows is the one with the largest
 *    sum; with margins, rows and columns are narrowed in turn.
 *
 *   value   = rows × cols, +1 | 0 | -1 for a cell that gets what stood `delta` rows below (above: < 0)
 *   exposed = rows × cols, the same for a cell that becomes blank (+1 = a loss)
 *             both in the order of scrolling: index 0 is the row the content moves away to
 *
 * The sums are an estimate in bytes; the encoder compares real bytes before it lets a scroll stand.
 * Invariant: `apply` does to `front` what a scroll by (`top`, `bottom`, `left`, `right`, `delta`) does.
 */
import { CELL_WORDS, type RowSpans } from '../cells/index.ts';
import { firstChange, isBoundary, isPlainBlank, looksSame } from './encoder-cells.ts';

/** Hints kept for a frame; more are dropped, they are only hints. */
const MAX_HINTS = 8;
/** Columns of blocks that vote: those in which most rows changed. */
const MAX_BLOCK_COLUMNS = 4;
/** After so many columns of text without a vote nothing has moved. */
const MAX_SILENT_COLUMNS = 2;
/** So many rows of a column without a vote make it silent. */
const MAX_SILENT_ROWS = 10;
/** In place of a column. */
const WHOLE_ROWS = -1;
/** Fewer changed rows are not searched. */
const MIN_ROWS = 3;
/** Fewer votes are taken for chance. */
const MIN_VOTES = 2;
/** What a scroll costs, roughly, with full rows and with margins. */
const SCROLL_COST = 12;
const MARGINS_COST = 36;
/** Rounds of narrowing rows and columns. */
const NARROWING_ROUNDS = 3;

export class ScrollSearch {
  /** The rectangle found last (bottom and right exclusive) and how far its rows move up. */
  top = 0;
  bottom = 0;
  left = 0;
  right = 0;
  delta = 0;
  private readonly hints = new Int32Array(MAX_HINTS * 5);
  hintCount = 0;
  /** The terminal has left and right margins. */
  margins = false;
  /** votes[rows + d]: blocks that moved up by d. */
  private votes = new Int32Array(0);
  /** Open-addressed hash → row; -1 empty, -2 more than one row. */
  private slots = new Int32Array(0);
  private keys = new Int32Array(0);
  private changed = new Uint8Array(0);
  private value = new Int8Array(0);
  private exposed = new Int8Array(0);
  private sums = new Int32Array(0);
  private start = 0;
  private stop = 0;

  /** Says that the content of a rectangle moved up by `delta` rows (down: negative). */
  hint(left: number, top: number, right: number, bottom: number, delta: number): void {
    if (delta === 0 || this.hintCount === MAX_HINTS) return;
    this.hints.set([left, top, right, bottom, delta], this.hintCount++ * 5);
  }

  forgetHints(): void {
    this.hintCount = 0;
  }

  /** Tries the hint of that index; true when it pays, and then the rectangle is set. */
  tryHint(index: number, front: Uint32Array, back: Uint32Array, cols: number, rows: number): boolean {
    const [left, top, right, bottom, delta] = this.hints.subarray(index * 5, index * 5 + 5);
    return this.measure(front, back, cols, Math.max(0, top), Math.min(rows, bottom), delta, Math.max(0, left), Math.min(cols, right));
  }

  /** Collects votes inside the spans. False when nothing seems to have moved. */
  vote(front: Uint32Array, back: Uint32Array, cols: number, spans: RowSpans): boolean {
    const { top, bottom } = spans;
    const rows = bottom - top;
    if (rows < MIN_ROWS) return false;
    const width = cols < 64 ? 8 : 16;
    const columns = Math.floor(cols / width);
    if (columns === 0) return false;
    this.reserve(rows, columns);
    const counts = this.sums;
    if (this.findChanged(front, back, cols, spans, width, columns) < MIN_ROWS) return false;
    this.votes.fill(0, 0, rows * 2 + 1);
    let any = 0;
    let silent = 0;
    let undecided = false;
    for (let n = 0; n < MAX_BLOCK_COLUMNS && silent < MAX_SILENT_COLUMNS; n++) {
      const busiest = middleOfBusiest(counts, columns);
      if (counts[busiest] < MIN_ROWS) break;
      counts[busiest] = 0;
      const answer = this.askSome(front, back, cols, top, rows, busiest, columns, width);
      if (answer === 0) silent++;
      if (answer <= 0) continue;
      const cast = this.castVotes(front, back, cols, top, rows, busiest, columns, width);
      any += cast;
      // What was there in several rows tells nothing: there the other columns, and at last whole rows, decide.
      if (cast > 0) continue;
      undecided = true;
      n--;
    }
    if (undecided && any < MIN_VOTES) any += this.castVotes(front, back, cols, top, rows, WHOLE_ROWS, columns, width);
    return any >= MIN_VOTES;
  }

  /** Tries the distance with the most votes left; true when it pays, and then the rectangle is set. */
  tryVoted(front: Uint32Array, back: Uint32Array, cols: number, spans: RowSpans): boolean {
    const rows = spans.bottom - spans.top;
    let best = 0;
    for (let i = 0; i <= rows * 2; i++) if (this.votes[i] > this.votes[best]) best = i;
    if (this.votes[best] < MIN_VOTES) return false;
    this.votes[best] = 0;
    return this.measure(front, back, cols, spans.top, spans.bottom, best - rows, 0, cols);
  }

  /** Does to `front` what the scroll found last does, with a pen on the default background. */
  apply(front: Uint32Array, cols: number): void {
    const { top, bottom, left, right, delta } = this;
    const up = delta > 0;
    const distance = up ? delta : -delta;
    for (let i = 0; i < bottom - top; i++) {
      const y = up ? top + i : bottom - 1 - i;
      const at = (y * cols + left) * CELL_WORDS;
      const end = (y * cols + right) * CELL_WORDS;
      if (i < bottom - top - distance) front.copyWithin(at, at + delta * cols * CELL_WORDS, end + delta * cols * CELL_WORDS);
      else front.fill(0, at, end);
    }
  }

  /** Marks changed blocks, and counts them by column into `sums`. Returns how many rows have one. */
  private findChanged(front: Uint32Array, back: Uint32Array, cols: number, spans: RowSpans, width: number, columns: number): number {
    const changed = this.changed;
    const counts = this.sums;
    const { top, bottom, starts, ends } = spans;
    const words = width * CELL_WORDS;
    counts.fill(0, 0, columns);
    changed.fill(0, 0, (bottom - top) * columns);
    let changedRows = 0;
    for (let y = top; y < bottom; y++) {
      const to = ends[y] < columns * width ? ends[y] : columns * width;
      let block = (starts[y] / width) | 0;
      const mark = (y - top) * columns;
      let any = 0;
      for (let at = (y * cols + block * width) * CELL_WORDS; block * width < to; block++, at += words) {
        if (firstChange(front, back, at, at + words) === at + words) continue;
        any = 1;
        changed[mark + block] = 1;
        counts[block]++;
      }
      changedRows += any;
    }
    return changedRows;
  }

  /** Lets the changed blocks of one column vote, or whole rows. Returns how many did. */
  private castVotes(
    front: Uint32Array,
    back: Uint32Array,
    cols: number,
    top: number,
    rows: number,
    column: number,
    columns: number,
    width: number,
  ): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    const left = column === WHOLE_ROWS ? 0 : column * width;
    const cells = column === WHOLE_ROWS ? cols : width;
    slots.fill(-1);
    for (let y = 0; y < rows; y++) {
      if (!this.isChanged(y, column, columns)) continue;
      const hash = hashBlock(front, ((top + y) * cols + left) * CELL_WORDS, cells);
      if (hash === 0) continue;
      let slot = hash & mask;
      while (slots[slot] !== -1 && keys[slot] !== hash) slot = (slot + 1) & mask;
      slots[slot] = slots[slot] === -1 ? y : -2;
      keys[slot] = hash;
    }
    let cast = 0;
    for (let y = 0; y < rows; y++) {
      if (!this.isChanged(y, column, columns)) continue;
      const hash = hashBlock(back, ((top + y) * cols + left) * CELL_WORDS, cells);
      if (hash === 0) continue;
      let slot = hash & mask;
      while (slots[slot] !== -1 && keys[slot] !== hash) slot = (slot + 1) & mask;
      const source = slots[slot];
      if (source < 0 || source === y) continue;
      this.votes[rows + source - y]++;
      cast++;
    }
    return cast;
  }

  private isChanged(y: number, column: number, columns: number): boolean {
    const row = y * columns;
    if (column !== WHOLE_ROWS) return this.changed[row + column] !== 0;
    for (let c = 0; c < columns; c++) if (this.changed[row + c] !== 0) return true;
    return false;
  }

  /**
   * Looks up some blocks of a column among all rows, before all of them are hashed: 1 when one of them was in another
   * row, 0 when none was, -1 when there was hardly anything but blanks.
   */
  private askSome(
    front: Uint32Array,
    back: Uint32Array,
    cols: number,
    top: number,
    rows: number,
    column: number,
    columns: number,
    width: number,
  ): number {
    const changed = this.changed;
    const stride = cols * CELL_WORDS;
    const origin = (top * cols + column * width) * CELL_WORDS;
    const size = width * CELL_WORDS;
    let asked = 0;
    // All over the screen: what changed in one part of it says little about the others.
    const step = rows % 7 !== 0 ? 7 : rows % 11 !== 0 ? 11 : 13;
    for (let i = 0, y = 0; i < rows && asked < MAX_SILENT_ROWS; i++, y = (y + step) % rows) {
      if (changed[y * columns + column] === 0) continue;
      const wanted = origin + y * stride;
      let probe = 0;
      while (probe < size && (back[wanted + probe] | back[wanted + probe + 2]) === 0) probe += CELL_WORDS;
      if (probe === size) continue;
      asked++;
      const glyph = back[wanted + probe] | 0;
      const bg = back[wanted + probe + 2] | 0;
      for (let row = 0, at = origin + probe; row < rows; row++, at += stride) {
        if ((front[at] | 0) !== glyph || (front[at + 2] | 0) !== bg || row === y) continue;
        let word = 0;
        // As in the hash: not the foreground, which does not show on blanks.
        while (word < size && front[at - probe + word] === back[wanted + word] && front[at - probe + word + 2] === back[wanted + word + 2]) {
          word += CELL_WORDS;
        }
        if (word >= size) return 1;
      }
    }
    return asked < MIN_ROWS ? -1 : 0;
  }

  /** Finds the best rectangle for a distance; true when it pays. Without margins it is as wide as the screen. */
  private measure(
    front: Uint32Array,
    back: Uint32Array,
    cols: number,
    top: number,
    bottom: number,
    delta: number,
    left: number,
    right: number,
  ): boolean {
    const rows = bottom - top;
    const distance = delta < 0 ? -delta : delta;
    if (distance >= rows) return false;
    this.weigh(front, back, cols, top, bottom, delta);
    this.delta = delta;
    this.left = 0;
    this.right = cols;
    const full = this.bestRows(rows, distance, cols) - SCROLL_COST;
    if (full > 0) this.setRows(top, bottom, distance);
    if (!this.margins) return full > 0;

    const { top: fullTop, bottom: fullBottom } = this;
    this.left = left;
    this.right = right;
    if (left === 0 && right === cols) {
      this.start = 0;
      this.stop = rows - distance;
      this.bestColumns(distance, cols);
    }
    let narrow = this.bestRows(rows, distance, cols);
    for (let round = 0; round < NARROWING_ROUNDS && narrow > 0; round++) {
      this.bestColumns(distance, cols);
      narrow = this.bestRows(rows, distance, cols);
    }
    if (narrow - MARGINS_COST > Math.max(0, full)) {
      this.setRows(top, bottom, distance);
      if (this.avoidsGlyphs(front, cols)) return true;
    }
    this.left = 0;
    this.right = cols;
    this.top = fullTop;
    this.bottom = fullBottom;
    return full > 0;
  }

  /** Fills `value` and `exposed` for a distance. */
  // hot: a candidate; 4,800 cells in 35 µs (Node 20)
  private weigh(front: Uint32Array, back: Uint32Array, cols: number, top: number, bottom: number, delta: number): void {
    const rows = bottom - top;
    const cells = rows * cols;
    if (this.value.length < cells) {
      this.value = new Int8Array(cells);
      this.exposed = new Int8Array(cells);
    }
    const { value, exposed } = this;
    const distance = delta < 0 ? -delta : delta;
    let n = 0;
    for (let i = 0; i < rows; i++) {
      const y = delta > 0 ? top + i : bottom - 1 - i;
      const lands = i < rows - distance;
      let at = y * cols * CELL_WORDS;
      let source = (y + delta) * cols * CELL_WORDS;
      for (let x = 0; x < cols; x++) {
        const shown = looksSame(front, at, back, at);
        const blank = back[at + 2] === 0 && isPlainBlank(back, at);
        if (lands) {
          const arrives = looksSame(front, source, back, at);
          value[n] = arrives === shown ? 0 : arrives ? 1 : -1;
        } else {
          value[n] = 0;
        }
        exposed[n] = shown === blank ? 0 : shown ? 1 : -1;
        n++;
        at += CELL_WORDS;
        source += CELL_WORDS;
      }
    }
  }

  /** Sets `start` and `stop` to the rows that gain most between `left` and `right`; returns how much. */
  private bestRows(rows: number, distance: number, cols: number): number {
    const { value, exposed, left, right } = this;
    if (this.sums.length <= rows) this.sums = new Int32Array(rows + 1);
    const losses = this.sums;
    losses[0] = 0;
    for (let i = 0; i < rows; i++) {
      let loss = 0;
      for (let n = i * cols + left; n < i * cols + right; n++) loss += exposed[n];
      losses[i + 1] = losses[i] + loss;
    }
    let best = 0;
    let sum = 0;
    let start = 0;
    for (let i = 0; i < rows - distance; i++) {
      if (sum <= 0) {
        sum = 0;
        start = i;
      }
      for (let n = i * cols + left; n < i * cols + right; n++) sum += value[n];
      const total = sum - (losses[i + 1 + distance] - losses[i + 1]);
      if (total <= best) continue;
      best = total;
      this.start = start;
      this.stop = i + 1;
    }
    return best;
  }

  /** Sets `left` and `right` to the columns that gain most in the rows `start` … `stop`. */
  private bestColumns(distance: number, cols: number): void {
    const { value, exposed, start, stop } = this;
    let best = 0;
    let sum = 0;
    let first = 0;
    for (let x = 0; x < cols; x++) {
      if (sum <= 0) {
        sum = 0;
        first = x;
      }
      for (let i = start; i < stop; i++) sum += value[i * cols + x];
      for (let i = stop; i < stop + distance; i++) sum -= exposed[i * cols + x];
      if (sum <= best) continue;
      best = sum;
      this.left = first;
      this.right = x + 1;
    }
  }

  private setRows(top: number, bottom: number, distance: number): void {
    if (this.delta > 0) {
      this.top = top + this.start;
      this.bottom = top + this.stop + distance;
    } else {
      this.top = bottom - this.stop - distance;
      this.bottom = bottom - this.start;
    }
  }

  /** False when the left or right edge of the rectangle cuts a wide glyph. */
  private avoidsGlyphs(front: Uint32Array, cols: number): boolean {
    for (let y = this.top; y < this.bottom; y++) {
      if (!isBoundary(front, y * cols, this.left, cols) || !isBoundary(front, y * cols, this.right, cols)) return false;
    }
    return true;
  }

  private reserve(rows: number, columns: number): void {
    if (this.votes.length < rows * 2 + 1) this.votes = new Int32Array(rows * 2 + 1);
    if (this.changed.length < rows * columns) this.changed = new Uint8Array(rows * columns);
    if (this.sums.length < columns) this.sums = new Int32Array(columns);
    let size = 16;
    while (size < rows * 2) size *= 2;
    if (this.slots.length < size) {
      this.slots = new Int32Array(size);
      this.keys = new Int32Array(size);
    }
  }
}

/** Of the columns with the most changed rows the one in the middle: those at the edges of a pane are only half of it. */
function middleOfBusiest(counts: Int32Array, columns: number): number {
  let most = 0;
  let ties = 0;
  for (let c = 0; c < columns; c++) {
    if (counts[c] > most) {
      most = counts[c];
      ties = 0;
    }
    if (counts[c] === most) ties++;
  }
  let left = ties >> 1;
  for (let c = 0; c < columns; c++) if (counts[c] === most && left-- === 0) return c;
  return 0;
}

/** Hash of the cells of a block with their style; 0 for blanks in the terminal's colours only. */
// hot: up to 8 × rows times a frame; 16 cells in 30 ns (Node 20)
function hashBlock(words: Uint32Array, start: number, width: number): number {
  const middle = start + (width >> 1) * CELL_WORDS;
  let hash = words[start + 1] ^ (words[start + 3] << 8) ^ words[middle + 1] ^ (words[middle + 3] << 4);
  let any = 0;
  const end = start + width * CELL_WORDS;
  for (let at = start; at < end; at += CELL_WORDS) {
    const cell = words[at] ^ (words[at + 2] << 3);
    any |= cell;
    hash = Math.imul(hash ^ cell, 0x9e37_79b1) ^ (hash >>> 15);
  }
  return any === 0 ? 0 : hash | 1;
}
