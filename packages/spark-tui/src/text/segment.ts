/**
 * Grapheme clusters (UAX #29). The segmenter is run only on stretches that can hold a cluster of several code points:
 *
 *   plain plain base JOINS JOINS plain JOINS plain │ plain …
 *               └────────── stretch ─────────────┘
 *
 * A stretch ends where two code points in a row both lack the "joins" bit, or before a control character.
 */
import { collectGraphemes } from 'unicode-segmenter/grapheme';
import { MAX_CLUSTER_CODE_POINTS } from './glyph-table.ts';
import { JOINS, SPECIAL } from './unicode-bits.ts';
import { packedByte } from './unicode-table.ts';

/**
 * End of the stretch that begins at `from`. The caller has seen that the code point at `from` or the one after it joins.
 */
export function stretchEnd(text: string, from: number): number {
  const length = text.length;
  let joined = true;
  let i = from;
  while (i < length) {
    const cp = text.codePointAt(i) as number;
    const byte = packedByte(cp);
    if ((byte & JOINS) !== 0) {
      joined = true;
    } else {
      if (i > from && (!joined || isControl(byte, cp))) return i;
      joined = i === from;
    }
    i += cp > 0xffff ? 2 : 1;
  }
  return length;
}

/** Special code points never join, but for lone surrogates (Grapheme_Cluster_Break=Other). */
function isControl(byte: number, cp: number): boolean {
  return (byte & SPECIAL) !== 0 && (cp & 0x1ff800) !== 0xd800;
}

/**
 * The grapheme clusters of a string, in order; joined they give the string back. Nothing is sanitised: controls are
 * clusters of their own, CR LF is one.
 *
 * @example
 * graphemes('ne\u0301'); // ['n', 'e\u0301']
 */
export function graphemes(text: string): string[] {
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    // Surrogates, CR and everything that joins: leave it to the segmenter.
    if (unit === 0x0d || (unit & 0xf800) === 0xd800 || (packedByte(unit) & JOINS) !== 0) return collectGraphemes(text);
  }
  return text.split('');
}

/** True when a code point can share a cluster with a neighbour by itself: two in a row that cannot have a boundary between them. */
export function joinsNeighbour(codePoint: number): boolean {
  return (packedByte(codePoint) & JOINS) !== 0;
}

/** The clusters of a stretch. */
export function clustersOf(stretch: string): string[] {
  return collectGraphemes(stretch);
}

/** The cluster with at most `MAX_CLUSTER_CODE_POINTS` code points: endless piles of marks are cut. */
export function cutCluster(cluster: string): string {
  if (cluster.length <= MAX_CLUSTER_CODE_POINTS) return cluster;
  let end = 0;
  for (let count = 0; count < MAX_CLUSTER_CODE_POINTS && end < cluster.length; count++) {
    end += (cluster.codePointAt(end) as number) > 0xffff ? 2 : 1;
  }
  return end >= cluster.length ? cluster : cluster.slice(0, end);
}
