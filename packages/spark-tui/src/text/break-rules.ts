/**
 * Where a line may break: a subset of UAX #14 (Unicode 17) that needs no dictionary and no look-ahead.
 *
 *   - after a run of spaces (LB7, LB18), always; also before closing punctuation, unlike LB13
 *   - at U+200B (LB8); never at U+2060 and U+FEFF (LB11), nor at NBSP, U+202F and quotation marks (LB12, LB19)
 *   - after a hyphen or dash between letters (LB21): `well-known`, not `-1`, `2024-01` or `--flag`
 *   - before and after ideographs, kana and wide emoji (LB31), but not before closing punctuation, small kana, `々`, `…`
 *     (LB13, LB21, LB22) nor after opening punctuation (LB14): simple kinsoku
 *   - after wide closing punctuation such as `、` and `」`, before wide opening punctuation such as `「`
 *
 * Left out: dictionary scripts (Thai, Lao, Khmer, Myanmar break at spaces and U+200B only), breaks between Hangul
 * syllables (Korean breaks at spaces, as with CSS `keep-all`), breaks after `/` and `|`, number rules, soft hyphens
 * (dropped).
 *
 * A kind is the break class of a cluster as the rules see it; `KIND_START` stands before the first cluster of a line.
 */
import { CLASS_EMOJI, CLASS_LETTER, CLASS_MASK, CLASS_OTHER, CLASS_SHIFT, CLASS_SPACE, WIDTH_MASK } from './unicode-bits.ts';

// 0 … 6 are the classes of unicode-table.ts.
const KIND_LETTER = CLASS_LETTER;
/** White space, the only kind that hangs. */
export const KIND_SPACE: number = CLASS_SPACE;
const KIND_IDEOGRAPH = 2;
const KIND_CLOSE = 3;
const KIND_OPEN = 4;
const KIND_OTHER = CLASS_OTHER;
const KIND_HYPHEN = 7;
const KIND_HYPHEN_AFTER_LETTER = 8;
const KIND_CLOSE_WIDE = 9;
const KIND_OPEN_WIDE = 10;
/** Nothing comes before: no break. */
export const KIND_START = 11;
const KINDS = 12;

function set(...kinds: number[]): number {
  let bits = 0;
  for (const kind of kinds) bits |= 1 << kind;
  return bits;
}

/** `BREAK_BETWEEN[before] >> after & 1`: may a line break between two kinds? */
export const BREAK_BETWEEN: Uint16Array = breakTable();

function breakTable(): Uint16Array {
  const table = new Uint16Array(KINDS);
  const wideStart = set(KIND_IDEOGRAPH, KIND_OPEN_WIDE);
  table[KIND_SPACE] = set(...Array.from({ length: KINDS }, (_, kind) => kind)) & ~set(KIND_SPACE);
  table[KIND_LETTER] = wideStart;
  table[KIND_OTHER] = wideStart;
  table[KIND_CLOSE] = wideStart;
  table[KIND_HYPHEN] = wideStart;
  table[KIND_HYPHEN_AFTER_LETTER] = wideStart | set(KIND_LETTER);
  table[KIND_IDEOGRAPH] = wideStart | set(KIND_LETTER, KIND_OTHER, KIND_OPEN);
  table[KIND_CLOSE_WIDE] = table[KIND_IDEOGRAPH];
  return table;
}

/** Kind of a cluster whose packed byte (class of the first code point, width of the cluster) is the index. */
const KIND_OF_BYTE: Uint8Array = Uint8Array.from({ length: 128 }, (_, byte) => {
  const breakClass = (byte >> CLASS_SHIFT) & CLASS_MASK;
  const isWide = (byte & WIDTH_MASK) === 2;
  if (breakClass === CLASS_EMOJI) return isWide ? KIND_IDEOGRAPH : KIND_OTHER;
  if (isWide && breakClass === KIND_CLOSE) return KIND_CLOSE_WIDE;
  if (isWide && breakClass === KIND_OPEN) return KIND_OPEN_WIDE;
  return breakClass;
});

/**
 * The kind of a cluster: `byte` is the packed byte of its first code point with the width of the cluster, `before` the
 * kind of the cluster before it.
 */
export function kindOf(byte: number, codePoint: number, before: number): number {
  const kind = KIND_OF_BYTE[byte & 127];
  if (kind !== KIND_OTHER || !isHyphen(codePoint)) return kind;
  return before === KIND_LETTER ? KIND_HYPHEN_AFTER_LETTER : KIND_HYPHEN;
}

/** Hyphen-minus, Armenian hyphen, hyphen, en dash, em dash. */
function isHyphen(codePoint: number): boolean {
  return codePoint === 0x2d || codePoint === 0x58a || codePoint === 0x2010 || codePoint === 0x2013 || codePoint === 0x2014;
}
