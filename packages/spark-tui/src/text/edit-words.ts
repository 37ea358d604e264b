/**
 * Where words begin and end in a line of grapheme clusters. Three classes: word (letters, digits, marks, `_`, symbols
 * made of several code points such as emoji), blank, and punctuation. A run of one class is a word to stop at; blanks
 * are passed over with the word they stand before.
 */

const BLANK = 0;
const WORD = 1;
const PUNCTUATION = 2;

const WORD_START = /^[\p{L}\p{N}\p{M}_\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const WHITE = /^\s/u;

function classOf(cluster: string): number {
  const code = cluster.charCodeAt(0);
  if (code < 0x80) {
    if (code === 0x20 || code === 0x09) return BLANK;
    const letter = code | 0x20;
    return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f ? WORD : PUNCTUATION;
  }
  if (WHITE.test(cluster)) return BLANK;
  return WORD_START.test(cluster) ? WORD : PUNCTUATION;
}

/** Start of the word before cluster `at`: blanks, then a run of one class. */
export function previousWord(clusters: readonly string[], at: number): number {
  let i = at;
  while (i > 0 && classOf(clusters[i - 1]) === BLANK) i--;
  if (i === 0) return 0;
  const kind = classOf(clusters[i - 1]);
  while (i > 0 && classOf(clusters[i - 1]) === kind) i--;
  return i;
}

/** End of the word after cluster `at`: blanks, then a run of one class. */
export function nextWord(clusters: readonly string[], at: number): number {
  const { length } = clusters;
  let i = at;
  while (i < length && classOf(clusters[i]) === BLANK) i++;
  if (i === length) return length;
  const kind = classOf(clusters[i]);
  while (i < length && classOf(clusters[i]) === kind) i++;
  return i;
}

/** Start of what stands before `at` up to a blank: what Ctrl+W takes in a shell. */
export function previousBlank(clusters: readonly string[], at: number): number {
  let i = at;
  while (i > 0 && classOf(clusters[i - 1]) === BLANK) i--;
  while (i > 0 && classOf(clusters[i - 1]) !== BLANK) i--;
  return i;
}

/** First and one past the last cluster of the run of one class that holds `at`. */
export function wordAround(clusters: readonly string[], at: number): { start: number; end: number } {
  const { length } = clusters;
  if (length === 0) return { start: 0, end: 0 };
  const middle = Math.min(at, length - 1);
  const kind = classOf(clusters[middle]);
  let start = middle;
  let end = middle + 1;
  while (start > 0 && classOf(clusters[start - 1]) === kind) start--;
  while (end < length && classOf(clusters[end]) === kind) end++;
  return { start, end };
}
