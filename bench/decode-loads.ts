/** What terminals send in bulk, for the decoder benchmark: names, bytes, and how they arrive. */

/** What one read of a terminal gives at most. */
export const TTY_READ_BYTES = 4096;
/** What one read of a pipe or a socket gives at most. */
const PIPE_READ_BYTES = 65_536;

const MIB = 1 << 20;

export interface Load {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind: 'paste' | 'text' | 'keys' | 'string';
}

/** Bytes of a read: what floods a parser comes in the largest reads there are, keys as from a terminal. */
export function readBytes({ kind }: Load): number {
  return kind === 'paste' || kind === 'string' ? PIPE_READ_BYTES : TTY_READ_BYTES;
}

/** Whole copies of `unit`, `bytes` at most. */
export function repeated(unit: string, bytes: number): Buffer {
  const one = Buffer.from(unit);
  return Buffer.alloc(Math.floor(bytes / one.length) * one.length, one);
}

/** A paste of about `bytes`, between its marks. */
export function paste(unit: string, bytes: number): Uint8Array {
  return Buffer.concat([Buffer.from('\x1b[200~'), repeated(unit, bytes), Buffer.from('\x1b[201~')]);
}

/** Units of text pasted or typed, by script. */
export const TEXTS = {
  ASCII: 'The quick brown fox jumps over 13 lazy dogs. ',
  Latin: 'Größe für die Übung, naïve café: ça va? ',
  Cyrillic: 'Съешь же ещё этих мягких булок. ',
  'Chinese, Japanese': '你好世界這是文字、日本語の文章。',
  emoji: '👩‍🚀🙂👍🏽🏳️‍🌈 ok ',
} as const;

/** Loads of the benchmark; `share` scales them. */
export function loads(share: number): Load[] {
  const size = (mib: number): number => Math.max(MIB >> 2, Math.round(mib * MIB * share));
  const list: Load[] = [
    { name: '8 MiB paste, ASCII lines', kind: 'paste', bytes: paste(`${TEXTS.ASCII}\r`, 8 * MIB) },
    { name: '8 MiB paste, Chinese, Japanese', kind: 'paste', bytes: paste(TEXTS['Chinese, Japanese'], 8 * MIB) },
    { name: '8 MiB paste, full of escape sequences', kind: 'paste', bytes: paste('\x1b[31mred\x1b[0m ', 8 * MIB) },
    { name: '8 MiB paste, full of half end marks', kind: 'paste', bytes: paste('\x1b[201', 8 * MIB) },
    { name: '4 MiB OSC without an end', kind: 'string', bytes: Buffer.concat([Buffer.from('\x1b]11;'), repeated('A', 4 * MIB)]) },
  ];
  for (const [script, unit] of Object.entries(TEXTS)) list.push({ name: `typed text, ${script}`, kind: 'text', bytes: repeated(unit, size(4)) });
  list.push(
    { name: 'arrow keys', kind: 'keys', bytes: repeated('\x1b[A\x1b[1;5C', size(2)) },
    { name: 'kitty keys', kind: 'keys', bytes: repeated('\x1b[97;5u\x1b[97;1:3u', size(2)) },
    { name: 'mouse moves', kind: 'keys', bytes: repeated('\x1b[<35;120;40M', size(2)) },
  );
  return list;
}
