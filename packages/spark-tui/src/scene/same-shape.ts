/**
 * Does a new text break and measure like the old one at every width? Then its change is paint dirt
 * only, whatever width layout asks for later. True when cluster for cluster the widths and the break
 * flags agree: `12:59` → `13:00`, not `aaaa bb` → `bb aaaa`.
 */
import type { RunBuilder } from '../text/index.ts';

/** Bits 22–26 of a run word: width, break after, hard line end, white space. */
const SHAPE_BITS = 0x1f << 22;

// hot: a comparison a cluster
export function sameShape(words: Uint32Array, offset: number, length: number, next: RunBuilder): boolean {
  if (length !== next.length) return false;
  const other = next.words;
  for (let i = 0; i < length; i++) if (((words[offset + i] ^ other[i]) & SHAPE_BITS) !== 0) return false;
  return true;
}
