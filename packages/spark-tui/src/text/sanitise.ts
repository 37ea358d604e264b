/**
 * What may reach a terminal as text. Rules (CWE-150, CVE-2021-42574):
 *
 *   \r\n, \r, U+2028, U+2029            → \n
 *   \t                                  stays
 *   other C0, DEL, C1, lone surrogates  → U+FFFD, so that what was there is seen
 *   bidi controls and all other format characters (Cf), U+FEFF, noncharacters, unassigned default-ignorables → dropped
 *   ZWJ, ZWNJ, variation selectors, tag characters that form a flag stay
 *   a cluster of more than 16 code points is cut
 *
 * U+200B and U+2060 are dropped too, but shaping is told where they stood: they steer line breaks.
 */
import { clustersOf, cutCluster, stretchEnd } from './segment.ts';
import { MAX_CLUSTER_CODE_POINTS } from './glyph-table.ts';
import {
  ACTION_BREAK,
  ACTION_LINE_END,
  ACTION_NO_BREAK,
  ACTION_REPLACE,
  ACTION_TAB,
  ACTION_TAG,
  CLASS_MASK,
  CLASS_SHIFT,
  JOINS,
  SPECIAL,
} from './unicode-bits.ts';
import type { TextEdges } from './text-edges.ts';
import { BLOCK_INDEX, BLOCKS, packedByte } from './unicode-table.ts';

/** A place where a dropped character allows (or forbids) a break: offset in the cleaned text. */
export interface BreakMark {
  readonly offset: number;
  readonly allowed: boolean;
}

const FLAG_BASE = 0x1f3f4;
const CANCEL_TAG = 0xe007f;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;
const NOT_PLAIN = /[^\n\t\x20-\x7e]/;

/** True when `cleanText` would change something (a lone \r or U+2028 does not count: shaping reads them itself). */
// hot: one table read a code point.
export function needsCleaning(text: string): boolean {
  const blocks = BLOCKS;
  const index = BLOCK_INDEX;
  const length = text.length;
  for (let i = 0; i < length; i++) {
    let cp = text.charCodeAt(i);
    if (cp < 0x7f && cp >= 0x20) continue;
    if ((cp & 0xfc00) === 0xd800) {
      cp = text.codePointAt(i) as number;
      if (cp > 0xffff) i++;
    }
    const byte = blocks[(index[cp >> 8] << 8) | (cp & 255)];
    if ((byte & SPECIAL) === 0) continue;
    const action = (byte >> CLASS_SHIFT) & CLASS_MASK;
    if (action !== ACTION_LINE_END && action !== ACTION_TAB) return true;
  }
  return false;
}

/**
 * Applies the rules above except the cut. Break marks are added to `marks` in order of their offset; `edges.clean` is
 * filled with where its offsets went.
 */
export function cleanText(text: string, marks: BreakMark[] | null, edges: TextEdges | null = null): string {
  const length = text.length;
  let out = '';
  let keptFrom = 0;
  let i = 0;
  let previous = 0;
  let edge = 0;
  let nextEdge = edges === null || edges.offsets.length === 0 ? Infinity : edges.offsets[0];
  if (edges !== null) edges.clean.length = 0;
  while (i < length) {
    while (i >= nextEdge) {
      edges!.clean.push(out.length + i - keptFrom);
      nextEdge = ++edge < edges!.offsets.length ? edges!.offsets[edge] : Infinity;
    }
    const unit = text.charCodeAt(i);
    if (unit >= 0x20 && unit < 0x7f) {
      previous = unit;
      i++;
      continue;
    }
    const cp = (unit & 0xfc00) === 0xd800 ? (text.codePointAt(i) as number) : unit;
    const next = i + (cp > 0xffff ? 2 : 1);
    const byte = packedByte(cp);
    if ((byte & SPECIAL) === 0 || cp === 0x0a || cp === 0x09) {
      previous = cp;
      i = next;
      continue;
    }
    const action = (byte >> CLASS_SHIFT) & CLASS_MASK;
    if (action === ACTION_TAG && previous === FLAG_BASE) {
      const end = flagEnd(text, i);
      if (end > 0) {
        previous = 0;
        i = end;
        continue;
      }
    }
    out += text.slice(keptFrom, i);
    i = next;
    if (action === ACTION_LINE_END) {
      out += '\n';
      if (cp === 0x0d && text.charCodeAt(i) === 0x0a) i++;
      previous = 0;
    } else if (action === ACTION_REPLACE) {
      out += '\ufffd';
      previous = 0;
    } else if (action === ACTION_BREAK || action === ACTION_NO_BREAK) {
      marks?.push({ offset: out.length, allowed: action === ACTION_BREAK });
    }
    keptFrom = i;
  }
  const clean = keptFrom === 0 ? text : out + text.slice(keptFrom);
  if (edges !== null) for (; edge < edges.offsets.length; edge++) edges.clean.push(clean.length);
  return clean;
}

/** End of the tags at `from` when they close a flag (letters or digits, then the cancel tag), else 0. */
function flagEnd(text: string, from: number): number {
  let i = from;
  for (let count = 1; count < MAX_CLUSTER_CODE_POINTS; count++) {
    const cp = text.codePointAt(i);
    if (cp === CANCEL_TAG) return count === 1 ? 0 : i + 2;
    const letter = cp === undefined ? 0 : cp - 0xe0000;
    if (!((letter >= 0x61 && letter <= 0x7a) || (letter >= 0x30 && letter <= 0x39))) return 0;
    i += 2;
  }
  return 0;
}

/**
 * A string that is safe to show: no control characters but `\n` and `\t`, no escape sequences' beginnings, no bidi
 * controls, no lone surrogates. Returns the same string when there is nothing to do.
 *
 * @example
 * sanitise('a\u001b[2Jb'); // 'a\ufffd[2Jb'
 * sanitise('a\u202Eb'); // 'ab'
 */
export function sanitise(text: string): string {
  // hot: 2 ns a character of ASCII lines (Node 20): pastes are megabytes of them
  const lines = text.replace(LINE_ENDS, '\n');
  if (!NOT_PLAIN.test(lines)) return lines;
  return cutOverlong(needsCleaning(lines) ? cleanText(lines, null) : lines);
}

/**
 * `sanitise` for one line, such as a window title or a log record: line breaks and tabs become single spaces.
 *
 * @example
 * sanitiseLine('a\r\nb'); // 'a b'
 */
export function sanitiseLine(text: string): string {
  return sanitise(text).replace(/[\n\t]/g, ' ');
}

function cutOverlong(text: string): string {
  let out = '';
  let keptFrom = 0;
  let previousAt = 0;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      previousAt = i++;
      continue;
    }
    const cp = (unit & 0xfc00) === 0xd800 ? (text.codePointAt(i) as number) : unit;
    if ((packedByte(cp) & JOINS) === 0) {
      previousAt = i;
      i += cp > 0xffff ? 2 : 1;
      continue;
    }
    const end = stretchEnd(text, previousAt);
    if (end - previousAt > MAX_CLUSTER_CODE_POINTS) {
      out += text.slice(keptFrom, previousAt);
      for (const cluster of clustersOf(text.slice(previousAt, end))) out += cutCluster(cluster);
      keptFrom = end;
    }
    i = end;
    previousAt = end;
  }
  return keptFrom === 0 ? text : out + text.slice(keptFrom);
}
