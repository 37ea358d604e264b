/** What a monkey does to a terminal: keys, mouse, paste, junk, cut anywhere; and sizes. Deterministic by its generator. */

export type Random = (below: number) => number;

export interface MonkeyOptions {
  readonly cols: number;
  readonly rows: number;
  /** Keys that are never pressed: those that end the app. */
  readonly spared: string;
}

const CURSOR = [...'ABCDFHPQRSEZ'];
const TILDES = [1, 2, 3, 4, 5, 6, 11, 15, 17, 24, 200, 201, 999];
const PIECES = [
  'a', 'Z', '9', ' ', '\t', '\r', '\n', '\x7f', '\b', 'é', '漢', '👩‍👩‍👧', '\u0301', '\u202e', '\x1b[Z', '\x1b[I', '\x1b[O', '\x1bO', '\x1b[', '\x1b]', '\x1bP', '\x1b_', '\x9b', '\x1b\\', '\x07',
  '\x1b[1;1R', '\x1b[?62;22c', '\x1b[?2026;2$y', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b[>1;10;0c', '\x1b[?997;1n', '\x1b[8;24;80t', '\x1b[97;5:3u', '\x1b[57441;2:1u', '\x1b[1;5:2A', '\x1b[27;5;9~', '\xff', '\0',
];

/** One piece of input, as text. */
export function monkeyInput(random: Random, { cols, rows, spared }: MonkeyOptions): string {
  switch (random(10)) {
    case 0:
    case 1:
      return key(random, spared);
    case 2:
      return `\x1b[${['', '1;', '1;2', '1;5', '1;6', '1;3'][random(6)]}${CURSOR[random(CURSOR.length)]}`;
    case 3:
      return `\x1b[${TILDES[random(TILDES.length)]}${['', ';2', ';5'][random(3)]}~`;
    case 4:
    case 5:
      return mouse(random, cols, rows);
    case 6:
      return click(random, cols, rows);
    case 7:
      return `\x1b[200~${pieces(random, 1 + random(20))}\x1b[201~`;
    case 8:
      return ['\t', '\x1b[Z', '\r', ' ', '\x7f'][random(5)]!;
    default:
      return cut(random, pieces(random, 1 + random(4)));
  }
}

/** A size, small ones and extremes among them. */
export function monkeySize(random: Random): { cols: number; rows: number } {
  const side = (usual: number): number => [1, 2, 3, usual, usual, 10 + random(usual), 1 + random(2 * usual)][random(7)]!;
  return { cols: side(80), rows: side(24) };
}

function key(random: Random, spared: string): string {
  for (;;) {
    const code = 32 + random(95);
    const character = String.fromCharCode(code);
    if (!spared.includes(character)) return random(8) === 0 && !spared.includes('\x1b') ? `\x1b${character}` : character;
  }
}

function mouse(random: Random, cols: number, rows: number): string {
  const code = [0, 1, 2, 32, 33, 35, 64, 65, 66, 67, 4, 16, 128, 255][random(14)]!;
  return `\x1b[<${code};${random(cols + 4)};${random(rows + 4)}${random(3) === 0 ? 'm' : 'M'}`;
}

function click(random: Random, cols: number, rows: number): string {
  const at = `${1 + random(cols)};${1 + random(rows)}`;
  return `\x1b[<0;${at}M${random(3) === 0 ? mouse(random, cols, rows) : ''}\x1b[<0;${at}m`;
}

function pieces(random: Random, count: number): string {
  let out = '';
  for (let i = 0; i < count; i++) out += PIECES[random(PIECES.length)];
  return out;
}

function cut(random: Random, text: string): string {
  return random(3) === 0 ? text.slice(0, random(text.length + 1)) : text;
}
