/**
 * Width of a plain string in cells. One pass over a table; clusters are looked for only around code points that can join.
 */
import { graphemeWidth } from './cluster-width.ts';
import { clustersOf, stretchEnd } from './segment.ts';
import { JOINS, WIDTH_MASK } from './unicode-bits.ts';
import { BLOCK_INDEX, BLOCKS, packedByte } from './unicode-table.ts';

/**
 * Cells a string takes on a terminal that works in grapheme clusters. Control characters count 0 (they are no text);
 * tabs and line breaks too, so measure `sanitise`d lines one by one. Escape sequences are not recognised.
 *
 * @example
 * stringWidth('héllo'); // 5
 * stringWidth('漢字'); // 4
 * stringWidth('👩‍🚀'); // 2
 */
// hot: Node 20, 80 columns: ASCII 0.24 µs, Latin 0.27 µs, box line 0.29 µs, 40 ideographs 0.14 µs. No allocation.
export function stringWidth(text: string): number {
  const blocks = BLOCKS;
  const index = BLOCK_INDEX;
  const length = text.length;
  let width = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit & 0xf800) === 0xd800) return widthFrom(text, i, width);
    const byte = blocks[(index[unit >> 8] << 8) | (unit & 255)];
    if ((byte & JOINS) !== 0) return widthFrom(text, i, width);
    width += byte & WIDTH_MASK;
  }
  return width;
}

/** The rest of the line, from the first surrogate or joining code point on. */
// hot: strings are made only where code points join.
function widthFrom(text: string, from: number, before: number): number {
  const blocks = BLOCKS;
  const index = BLOCK_INDEX;
  const length = text.length;
  let width = before;
  let stretchesEnd = 0;
  for (let i = from; i < length; i++) {
    let cp = text.charCodeAt(i);
    let at = i;
    if ((cp & 0xfc00) === 0xd800) {
      cp = text.codePointAt(i) as number;
      if (cp > 0xffff) i++;
    }
    const byte = blocks[(index[cp >> 8] << 8) | (cp & 255)];
    if ((byte & JOINS) === 0) {
      width += byte & WIDTH_MASK;
      continue;
    }
    if (at > stretchesEnd) {
      at = previousCodePoint(text, at);
      width -= packedByte(text.codePointAt(at) as number) & WIDTH_MASK;
    }
    stretchesEnd = stretchEnd(text, at);
    width += stretchWidth(text.slice(at, stretchesEnd));
    i = stretchesEnd - 1;
  }
  return width;
}

/** Index of the code point that ends before `at`. */
function previousCodePoint(text: string, at: number): number {
  const isPair = at > 1 && (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
  return isPair ? at - 2 : at - 1;
}

function stretchWidth(stretch: string): number {
  const clusters = clustersOf(stretch);
  let width = 0;
  for (let i = 0; i < clusters.length; i++) width += graphemeWidth(clusters[i]);
  return width;
}
