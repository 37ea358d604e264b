/**
 * Which background a row is worth being erased in before anything is written: blanks that have it then need
 * no bytes of their own. Only a guess; the encoder writes the row both ways and keeps the shorter one.
 */
import { CELL_WORDS } from '../cells/index.ts';
import { isPlainBlank } from './encoder-cells.ts';

/** Shorter runs of blanks are no reason to erase first. */
const MIN_RUN = 4;
/** Backgrounds counted in a row of many; further ones are not. */
const MAX_PAPERS = 16;
/** A row of fewer changes of background is written as it comes. */
const MIN_CHANGES = 8;

const papers = new Uint32Array(MAX_PAPERS);
const counts = new Int32Array(MAX_PAPERS);

/**
 * Background of two runs of blanks, one after another, in cells `first` … `end`-1; of blanks in many backgrounds the
 * one that most of them have. -1: none.
 */
// hot: once a row of a dozen or more differing columns; 30 ns where there are no blanks (Node 20)
export function commonPaper(back: Uint32Array, first: number, end: number): number {
  let previous = -1;
  let longest = 0;
  const stop = end * CELL_WORDS;
  // Every run that is long enough has a cell at each MIN_RUN-th place.
  for (let at = first * CELL_WORDS; at < stop; at += MIN_RUN * CELL_WORDS) {
    if ((back[at] | 0) !== 0) continue;
    let start = at;
    while (start > first * CELL_WORDS && back[start - CELL_WORDS] === 0) start -= CELL_WORDS;
    while (at + CELL_WORDS < stop && back[at + CELL_WORDS] === 0) at += CELL_WORDS;
    const length = (at - start) / CELL_WORDS + 1;
    if (length < MIN_RUN || !isPlainBlank(back, start)) continue;
    const paper = back[start + 2];
    if (paper === previous) return paper;
    previous = paper;
    if (length > longest) longest = length;
  }
  return longest > MIN_CHANGES ? frequentPaper(back, first, end) : -1;
}

function frequentPaper(back: Uint32Array, first: number, end: number): number {
  let known = 0;
  let changes = 0;
  let previous = -1;
  for (let cell = first; cell < end; cell++) {
    const at = cell * CELL_WORDS;
    if (!isPlainBlank(back, at)) continue;
    const paper = back[at + 2];
    if (paper === previous) continue;
    previous = paper;
    changes++;
    let i = 0;
    while (i < known && papers[i] !== paper) i++;
    if (i === MAX_PAPERS) continue;
    if (i === known) {
      papers[i] = paper;
      counts[i] = 0;
      known++;
    }
    counts[i]++;
  }
  if (changes < MIN_CHANGES) return -1;
  let best = 0;
  for (let i = 1; i < known; i++) if (counts[i] > counts[best]) best = i;
  return counts[best] > 1 ? papers[best] : -1;
}
