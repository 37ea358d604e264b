/**
 * Random screens through the encoder into an emulator: after every frame the emulator must show
 * exactly the back buffer. `SPARK_FUZZ_RUNS=n` plays n times as many sequences.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellBuffer, GLYPH_MASK, RowSpans } from '../../packages/spark-tui/src/cells/index.ts';
import { ByteBuffer, DEFAULT_CAPS, Encoder, type EncoderCaps } from '../../packages/spark-tui/src/terminal/index.ts';
import { GlyphTable, RunBuilder, shape, stringWidth } from '../../packages/spark-tui/src/text/index.ts';
import { Emulator } from './emulator.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

const NARROW = [...'abcXYZ019.,-#', 'é', 'ß', 'Ж', '│', '─', '█', '⠿', '€', 'ｱ'];
const WIDE = [...'中文字한글あ'];
const COMBINED = ['e\u0301', 'o\u0308\u0323', 'n\u0303'];
const CLUSTERS = ['😀', '🚀', '👍🏽', '👩‍👩‍👧', '🇩🇪', '🇫🇷', '❤️', '1️⃣', 'ก็', 'कि'];

/** A small deterministic generator (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function glyphsOf(clusters: readonly string[], table: GlyphTable): number[] {
  const run = new RunBuilder();
  return clusters.map((cluster) => {
    shape(cluster, table, run);
    assert.equal(run.length, 1, `'${cluster}' is one cluster`);
    return run.words[0] & GLYPH_MASK;
  });
}

const COLOURS = [0, 0, 0, 0x0001_0000, 0x0002_0001, 0x0002_000c, 0x0002_00c8, 0xffff_8000, 0xff00_0000, 0xff12_3456];
const STYLES = [0, 0, 0, 1, 2, 3, 4, 8, 8 | (3 << 8), 8 | (5 << 8), 8 | (1 << 8), 16, 32, 33, 64, 128, 255, 5];

interface Play {
  seed: number;
  frames: number;
  alphabet: readonly string[];
  teach: boolean;
  caps: EncoderCaps;
  convertEol: boolean;
}

/** Plays one sequence of frames; throws at the first cell that is shown wrong. */
function play({ seed, frames, alphabet, teach, caps, convertEol }: Play): void {
  const random = generator(seed);
  const glyphs = new GlyphTable();
  const choice = glyphsOf(alphabet, glyphs);
  let cols = 2 + random(40);
  let rows = 1 + random(12);
  const emulator = new Emulator({ cols, rows, convertEol, ...(teach ? { alphabet } : {}) });
  emulator.write('\x1b[?1049h\x1b[?7l');
  const front = new CellBuffer(cols, rows);
  const back = new CellBuffer(cols, rows);
  const spans = new RowSpans(cols, rows);
  const encoder = new Encoder(glyphs, caps);
  const out = new ByteBuffer(64);
  const pens = Array.from({ length: 5 }, () => [COLOURS[random(COLOURS.length)], COLOURS[random(COLOURS.length)], STYLES[random(STYLES.length)]]);

  const put = (x: number, y: number, glyph: number, pen: number[]): void => {
    back.set(x, y, glyph, pen[0], pen[1], pen[2]);
    spans.mark(y, x, x + 2);
  };

  for (let frame = 0; frame < frames; frame++) {
    const edits = random(4) === 0 ? 60 : random(5);
    for (let edit = 0; edit < edits; edit++) {
      const pen = pens[random(pens.length)];
      const x = random(cols);
      const y = random(rows);
      switch (random(7)) {
        case 0:
        case 1:
          put(x, y, choice[random(choice.length)], pen);
          break;
        case 2: {
          let at = x;
          for (let n = random(12); n > 0 && at < cols; n--) {
            const glyph = random(4) === 0 ? 0 : choice[random(choice.length)];
            put(at, y, glyph, pen);
            at += (glyph >>> 22) & 3 || 1;
          }
          break;
        }
        case 3: {
          const width = 1 + random(cols);
          const height = 1 + random(2);
          back.fill(x, y, x + width, y + height, pen[1]);
          spans.markRect(x, y, x + width, y + height);
          break;
        }
        case 4:
          for (let n = random(20); n > 0; n--) put(random(cols), y, random(2) === 0 ? 0 : choice[random(choice.length)], pen);
          break;
        case 5: // one row becomes what another was
          if (rows > 1) {
            const source = (y + 1) % rows;
            const words = back.words.slice(source * cols * 4, (source + 1) * cols * 4);
            back.words.set(words, y * cols * 4);
            spans.mark(y, 0, cols);
          }
          break;
        default:
          put(x, y, 0, pen);
      }
    }
    const happening = random(40);
    if (happening === 0) {
      cols = 2 + random(40);
      rows = 1 + random(12);
      emulator.terminal.resize(cols, rows);
      front.resize(cols, rows);
      back.resize(cols, rows);
      spans.resize(cols, rows);
      encoder.forget();
      encoder.repaint(front, spans, out);
    } else if (happening === 1) {
      emulator.write('\x1b[3;4H\x1b[31;1mforeign\r\n text');
      encoder.forget();
      encoder.repaint(front, spans, out);
    } else if (happening === 2) {
      emulator.write('\x1b[2;3H\x1b[7m');
      encoder.forget();
    }
    encoder.encode(front, back, spans, out);
    spans.clear();
    emulator.write(out.view());
    const difference = emulator.difference(back, glyphs);
    if (difference !== null) {
      assert.fail(`seed ${seed}, frame ${frame}, ${cols}x${rows}: ${difference}\n${JSON.stringify(new TextDecoder().decode(out.view()))}`);
    }
    out.clear();
    spans.markAll();
    encoder.encode(front, back, spans, out);
    assert.equal(out.length, 0, `seed ${seed}, frame ${frame}: bytes for an unchanged screen`);
    spans.clear();
  }
  front.release();
  back.release();
}

const DOWN: EncoderCaps = { ...DEFAULT_CAPS, lineFeed: 'keeps-column' };

describe('what the emulator shows is the back buffer', () => {
  test('text of one-cell and two-cell characters and combining marks, on the stock emulator', () => {
    for (let seed = 1; seed <= 40 * RUNS; seed++) {
      play({ seed, frames: 25, alphabet: [...NARROW, ...WIDE, ...COMBINED], teach: false, caps: DOWN, convertEol: false });
    }
  });

  test('grapheme clusters of every kind, on an emulator with our widths', () => {
    const alphabet = [...NARROW.slice(0, 6), ...WIDE, ...COMBINED, ...CLUSTERS];
    for (let seed = 1001; seed <= 1000 + 40 * RUNS; seed++) {
      play({ seed, frames: 25, alphabet, teach: true, caps: DOWN, convertEol: false });
    }
  });

  test('on a tty whose line feed returns, known or unknown to the encoder', () => {
    for (let seed = 2001; seed <= 2000 + 20 * RUNS; seed++) {
      const alphabet = [...NARROW, ...WIDE];
      const lineFeed = seed % 2 === 0 ? 'returns' : 'unknown';
      play({ seed, frames: 20, alphabet, teach: false, caps: { ...DEFAULT_CAPS, lineFeed }, convertEol: true });
      play({ seed, frames: 20, alphabet, teach: false, caps: DEFAULT_CAPS, convertEol: false });
    }
  });

  test('with synchronized output, and without background erase', () => {
    for (let seed = 3001; seed <= 3000 + 20 * RUNS; seed++) {
      const alphabet = [...NARROW, ...WIDE];
      play({ seed, frames: 20, alphabet, teach: false, caps: { ...DOWN, synchronized: true }, convertEol: false });
      play({ seed, frames: 20, alphabet, teach: false, caps: { ...DOWN, backgroundErase: false }, convertEol: false });
    }
  });

  test('the emulator disagrees when a frame is withheld: the comparison can fail', () => {
    const glyphs = new GlyphTable();
    const emulator = new Emulator({ cols: 10, rows: 2 });
    const back = new CellBuffer(10, 2);
    assert.equal(emulator.difference(back, glyphs), null);
    back.set(3, 1, 0x41 | (1 << 22), 0, 0, 0);
    assert.match(emulator.difference(back, glyphs)!, /cell 3,1/);
    back.set(3, 1, 0, 0, 0x0002_0001, 0);
    assert.match(emulator.difference(back, glyphs)!, /blank on p1/);
    back.release();
  });

  test('the alphabet taught to the emulator has the widths of the text library', () => {
    for (const cluster of CLUSTERS) {
      const emulator = new Emulator({ cols: 10, rows: 1, alphabet: CLUSTERS });
      emulator.write(cluster);
      assert.equal(emulator.terminal.buffer.active.cursorX, stringWidth(cluster), cluster);
    }
  });
});
