/**
 * The width of one grapheme cluster, by the rules of mode 2027 terminals (the kitty text-sizing algorithm):
 *
 *   - the width of the cluster's first code point whose width is not 0;
 *   - U+FE0F directly after a narrow emoji makes it 2; U+FE0E directly after a wide emoji makes it 1;
 *   - a skin tone after a narrow emoji that takes one (U+261D ☝ …) makes it 2;
 *   - a regional indicator, alone or in a pair, is 2.
 *
 * Terminals differ in about every cluster of several code points, so those are all marked uncertain.
 */
import { CLASS_EMOJI, CLASS_MASK, CLASS_SHIFT, SPECIAL, WIDTH_MASK } from './unicode-bits.ts';
import { isNarrowModifierBase, packedByte } from './unicode-table.ts';

/**
 * Width in cells (0, 1 or 2) of a string that is one grapheme cluster. Control characters have width 0.
 *
 * @example
 * graphemeWidth('é'); // 1, also when written as e + U+0301
 * graphemeWidth('👩‍🚀'); // 2
 * graphemeWidth('☺\u{FE0F}'); // 2
 */
export function graphemeWidth(cluster: string): number {
  const length = cluster.length;
  let width = 0;
  let base = 0;
  let baseIsEmoji = false;
  let previous = 0;
  for (let i = 0; i < length; ) {
    const cp = cluster.codePointAt(i) as number;
    i += cp > 0xffff ? 2 : 1;
    const byte = packedByte(cp);
    if (width === 0) {
      width = byte & WIDTH_MASK;
      base = cp;
      baseIsEmoji = (byte & SPECIAL) === 0 && ((byte >> CLASS_SHIFT) & CLASS_MASK) === CLASS_EMOJI;
    } else if (baseIsEmoji) {
      if (previous === base && cp === 0xfe0f) return 2;
      if (previous === base && cp === 0xfe0e) return 1;
      if (width === 1 && cp >= 0x1f3fb && cp <= 0x1f3ff && isNarrowModifierBase(base)) return 2;
    }
    previous = cp;
  }
  return width;
}
