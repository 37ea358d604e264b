/**
 * What encoding costs, beside a hand-written loop that produces the same bytes: `node .build/bench/encode.js [--brief]`.
 *
 * The loop knows what it writes: every cell has other colours than the one before, no cell is compared,
 * nothing is remembered; it turns 4,800 cells into bytes by tables of decimal digits.
 */
import { CellBuffer, RowSpans } from '../packages/spark-tui/src/cells/index.ts';
import { ByteBuffer, DEFAULT_CAPS, Encoder } from '../packages/spark-tui/src/terminal/index.ts';
import { GlyphTable } from '../packages/spark-tui/src/text/index.ts';
import { Figures } from './figures.ts';

const COLS = 120;
const ROWS = 40;
const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 25 : 100;
const FRAMES = 20;

let state = 1;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

/** Two screens without a cell in common. */
function noise(): [CellBuffer, CellBuffer] {
  const screens: [CellBuffer, CellBuffer] = [new CellBuffer(COLS, ROWS), new CellBuffer(COLS, ROWS)];
  for (let cell = 0; cell < COLS * ROWS; cell++) {
    for (const [i, screen] of screens.entries()) {
      const glyph = (0x21 + random(47) + 47 * i) | (1 << 22);
      screen.set(cell % COLS, Math.floor(cell / COLS), glyph, 0xff00_0000 + random(1 << 24), 0xff00_0000 + random(1 << 24), 0);
    }
  }
  return screens;
}

/** `0;` … `255;` as the four bytes of a little-endian word, and how many of them count. */
const WORDS = new Int32Array(256);
const LENGTHS = new Uint8Array(256);
for (let n = 0; n < 256; n++) {
  const text = `${n};`;
  for (let i = 0; i < text.length; i++) WORDS[n]! |= text.charCodeAt(i) << (i * 8);
  LENGTHS[n] = text.length;
}

/** The hand-written loop: as fast as one that knows all about its cells is. Returns how many bytes it wrote. */
function rawLoop(cells: Uint32Array, data: DataView): number {
  const words = WORDS;
  const lengths = LENGTHS;
  data.setInt32(0, 0x48_5b1b, true); // ESC [ H
  let to = 3;
  let at = 0;
  for (let y = 0; y < ROWS; y++) {
    if (y > 0) {
      data.setInt16(to, 0x0a0d, true);
      to += 2;
    }
    for (let x = 0; x < COLS; x++) {
      const fg = cells[at + 1]! | 0;
      const bg = cells[at + 2]! | 0;
      data.setInt32(to, 0x3833_5b1b, true); // ESC [ 3 8
      data.setInt32(to + 4, 0x3b_323b, true); // ; 2 ;
      to += 7;
      data.setInt32(to, words[(fg >> 16) & 0xff]!, true);
      to += lengths[(fg >> 16) & 0xff]!;
      data.setInt32(to, words[(fg >> 8) & 0xff]!, true);
      to += lengths[(fg >> 8) & 0xff]!;
      data.setInt32(to, words[fg & 0xff]!, true);
      to += lengths[fg & 0xff]!;
      data.setInt32(to, 0x323b_3834, true); // 4 8 ; 2
      data.setUint8(to + 4, 0x3b);
      to += 5;
      data.setInt32(to, words[(bg >> 16) & 0xff]!, true);
      to += lengths[(bg >> 16) & 0xff]!;
      data.setInt32(to, words[(bg >> 8) & 0xff]!, true);
      to += lengths[(bg >> 8) & 0xff]!;
      data.setInt32(to, words[bg & 0xff]!, true);
      to += lengths[bg & 0xff]!;
      data.setUint8(to - 1, 0x6d); // in place of the last separator
      data.setUint8(to++, cells[at]! & 0x7f);
      at += 4;
    }
  }
  return to;
}

/**
 * Microseconds a call of each work: the best of many rounds taken in turn. The machine is shared; what others do only
 * ever adds time.
 */
function timed(calls: number, ...works: ((n: number) => void)[]): number[] {
  for (const work of works) for (let n = 0; n < Math.max(600, calls); n++) work(n);
  const best = works.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const start = process.hrtime.bigint();
      for (let n = 0; n < calls; n++) work(n);
      best[i] = Math.min(best[i]!, Number(process.hrtime.bigint() - start) / 1000 / calls);
    }
  }
  return best;
}

const figures = new Figures('encode', `cells to bytes, ${COLS} × ${ROWS}, µs a frame, Node ${process.versions.node}`);
const [first, second] = noise();
const front = new CellBuffer(COLS, ROWS);
const spans = new RowSpans(COLS, ROWS);
const out = new ByteBuffer(1 << 18);
const encoder = new Encoder(new GlyphTable(), DEFAULT_CAPS);
const bytes = new Uint8Array(1 << 18);
const data = new DataView(bytes.buffer);

function frame(back: CellBuffer): void {
  out.clear();
  encoder.encode(front, back, spans, out);
}

spans.markAll();
frame(second);
frame(first);
frame(second);
const rawBytes = rawLoop(second.words, data);
const same = Buffer.compare(out.view(), bytes.subarray(0, rawBytes)) === 0;
const lengths = `${out.length} and ${rawBytes} bytes${same ? ', the same' : ''}`;

const [ours, raw] = timed(
  FRAMES,
  (n) => frame(n % 2 === 0 ? first : second),
  (n) => void rawLoop(n % 2 === 0 ? first.words : second.words, data),
) as [number, number];
figures.add({ name: '4,800 changed cells, true colour', value: ours, unit: 'µs', raw, limit: raw * 1.3, note: lengths });

frame(second);
const unchanged = timed(FRAMES, () => frame(second))[0]!;
figures.add({ name: '4,800 cells looked at, none changed', value: unchanged, unit: 'µs', note: `${out.length} bytes` });

const [one] = noise();
one.copyFrom(second);
const at = (20 * COLS + 57) * 4;
const [single] = timed(FRAMES * 50, (n) => {
  one.words[at] = (0x30 + (n % 10)) | (1 << 22);
  spans.clear();
  spans.mark(20, 57, 58);
  frame(one);
}) as [number];
figures.add({ name: 'one damaged cell', value: single, unit: 'µs', limit: 2, note: `${out.length} bytes` });

/** A log: 38 rows of words, moved up by one. */
const logs = [new CellBuffer(COLS, ROWS), new CellBuffer(COLS, ROWS)];
for (const [shift, log] of logs.entries()) {
  for (let y = 1; y < ROWS - 1; y++) {
    state = 77 + y + shift;
    for (let x = 1; x < COLS - 20; x++) {
      const letter = random(6) === 0 ? 0 : (0x61 + random(26)) | (1 << 22);
      log.set(x, y, letter, 0, 0, 0);
    }
  }
}
spans.clear();
spans.markAll();
frame(logs[0]!);
const scroll = timed(FRAMES, (n) => frame(logs[n % 2]!))[0]!;
figures.add({ name: '38 rows scrolled by one, found by comparing', value: scroll, unit: 'µs', note: `${out.length} bytes` });
const [hinted] = timed(FRAMES, (n) => {
  encoder.hintScroll(0, 1, COLS, ROWS - 1, n % 2 === 0 ? -1 : 1);
  frame(logs[n % 2]!);
}) as [number];
figures.add({ name: '38 rows scrolled by one, with a hint', value: hinted, unit: 'µs', note: `${out.length} bytes` });
