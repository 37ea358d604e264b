/**
 * Random screens through the encoder into an emulator: after every frame the emulator must show
 * exactly the back buffer. `SPARK_FUZZ_RUNS=n` plays n times as many sequences.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellBuffer, GLYPH_MASK, RowSpans } from '../../packages/spark-tui/src/cells/index.ts';
import { ByteBuffer, DEFAULT_CAPS, Encoder, type EncoderCaps } from '../../packages/spark-tui/src/terminal/index.ts';
import { GlyphTable, RunBuilder, shape, stringWidth } from '../../packages/spark-tui/src/text/index.ts';
import { Emulator, type Shown, screenDifference } from './emulator.ts';
import { VtModel } from './vt-model.ts';
import { generator } from './vt-random.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

const NARROW = [...'abcXYZ019.,-#', 'é', 'ß', 'Ж', '│', '─', '█', '⠿', '€', 'ｱ'];
const WIDE = [...'中文字한글あ'];
const COMBINED = ['e\u0301', 'o\u0308\u0323', 'n\u0303'];
const CLUSTERS = ['😀', '🚀', '👍🏽', '👩‍👩‍👧', '🇩🇪', '🇫🇷', '❤️', '1️⃣', 'ก็', 'कि'];

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
  /** Plays into the model that has left and right margins instead of the emulator. */
  model?: boolean;
}

/** The back buffer and its spans, edited as programs do. */
class Painted {
  readonly back: CellBuffer;
  readonly spans: RowSpans;

  constructor(cols: number, rows: number) {
    this.back = new CellBuffer(cols, rows);
    this.spans = new RowSpans(cols, rows);
  }

  put(x: number, y: number, glyph: number, pen: readonly number[]): void {
    this.back.set(x, y, glyph, pen[0], pen[1], pen[2]);
    this.spans.mark(y, x - 1, x + 2);
  }

  /** What stands `dx` columns and `dy` rows away comes into the rectangle; what has no source is blank. */
  move(x0: number, y0: number, x1: number, y1: number, dx: number, dy: number): void {
    const { back, spans } = this;
    const old = back.words.slice();
    back.fill(x0, y0, x1, y1, 0);
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        if (x + dx < x0 || x + dx >= x1 || y + dy < y0 || y + dy >= y1) continue;
        const at = ((y + dy) * back.cols + x + dx) * 4;
        if (((old[at] >>> 22) & 3) !== 3) back.set(x, y, old[at], old[at + 1], old[at + 2], old[at + 3], x1);
      }
    }
    spans.markRect(x0 - 1, y0, x1 + 1, y1);
  }
}

/** Final bytes of the sequences sent by all plays. */
const sent = new Set<string>();

/** Plays one sequence of frames; throws at the first cell that is shown wrong. */
function play({ seed, frames, alphabet, teach, caps, convertEol, model = false }: Play): void {
  const random = generator(seed);
  const glyphs = new GlyphTable();
  const choice = glyphsOf(alphabet, glyphs);
  let cols = 2 + random(40);
  let rows = 1 + random(12);
  const open = (): Shown & { write(bytes: Uint8Array | string): void; isWhole?: boolean } => {
    const screen = model ? new VtModel(cols, rows) : new Emulator({ cols, rows, convertEol, ...(teach ? { alphabet } : {}) });
    screen.write('\x1b[?1049h\x1b[?7l');
    return screen;
  };
  let screen = open();
  const front = new CellBuffer(cols, rows);
  const painted = new Painted(cols, rows);
  const { back, spans } = painted;
  const encoder = new Encoder(glyphs, caps);
  const out = new ByteBuffer(64);
  const pens = Array.from({ length: 5 }, () => [COLOURS[random(COLOURS.length)], COLOURS[random(COLOURS.length)], STYLES[random(STYLES.length)]]);

  const line = (x: number, y: number, most: number): void => {
    const pen = pens[random(pens.length)];
    let at = x;
    for (let n = random(most); n > 0 && at < cols; n--) {
      const glyph = random(4) === 0 ? 0 : choice[random(choice.length)];
      painted.put(at, y, glyph, pen);
      at += (glyph >>> 22) & 3 || 1;
    }
  };

  for (let frame = 0; frame < frames; frame++) {
    const edits = random(4) === 0 ? 60 : random(5);
    for (let edit = 0; edit < edits; edit++) {
      const pen = pens[random(pens.length)];
      const x = random(cols);
      const y = random(rows);
      switch (random(12)) {
        case 0:
        case 1:
          painted.put(x, y, choice[random(choice.length)], pen);
          break;
        case 2:
          line(x, y, 12);
          break;
        case 3: {
          const width = 1 + random(cols);
          const height = 1 + random(2);
          back.fill(x, y, x + width, y + height, pen[1]);
          spans.markRect(x - 1, y, x + width + 1, y + height);
          break;
        }
        case 4:
          for (let n = random(20); n > 0; n--) painted.put(random(cols), y, random(2) === 0 ? 0 : choice[random(choice.length)], pen);
          break;
        case 5: // one row becomes what another was
          if (rows > 1) {
            const source = (y + 1) % rows;
            const words = back.words.slice(source * cols * 4, (source + 1) * cols * 4);
            back.words.set(words, y * cols * 4);
            spans.mark(y, 0, cols);
          }
          break;
        case 6: // text moves within a row
          painted.move(x, y, random(2) === 0 ? cols : Math.min(cols, x + 4 + random(cols)), y + 1, random(7) - 3, 0);
          break;
        case 7: // a row of one character, or a full screen of text
          if (random(2) === 0) {
            const glyph = choice[0];
            for (let at = x; at < cols; at++) painted.put(at, y, glyph, pen);
            break;
          }
          for (let row = 0; row < rows; row++) line(0, row, cols);
          break;
        case 8:
        case 9: { // rows or a pane scroll; sometimes the container says so, sometimes what it says is wrong
          const bottom = Math.min(rows, y + 3 + random(rows));
          const [left, right] = random(2) === 0 ? [0, cols] : [x, Math.min(cols, x + 8 + random(cols))];
          const delta = random(9) - 4;
          painted.move(left, y, right, bottom, 0, delta);
          if (random(3) === 0) encoder.hintScroll(left, y, right, bottom, delta);
          if (random(12) === 0) encoder.hintScroll(random(cols) - 2, random(rows) - 2, random(cols + 9), random(rows + 9), random(9) - 4);
          const opened = delta > 0 ? bottom - 1 : y;
          if (delta !== 0 && random(2) === 0) line(left, opened, right - left);
          break;
        }
        default:
          painted.put(x, y, 0, pen);
      }
    }
    const happening = random(40);
    if (happening === 0) {
      cols = 2 + random(40);
      rows = 1 + random(12);
      screen = open();
      front.resize(cols, rows);
      back.resize(cols, rows);
      spans.resize(cols, rows);
      encoder.forget();
      encoder.repaint(front, spans, out);
    } else if (happening === 1) {
      screen.write(model ? '\x1b[1;1H\x1b[31;1mo\r\no' : '\x1b[3;4H\x1b[31;1mforeign\r\n text');
      encoder.forget();
      encoder.repaint(front, spans, out);
    } else if (happening === 2) {
      screen.write('\x1b[2;1H\x1b[7m');
      encoder.forget();
    }
    encoder.encode(front, back, spans, out);
    spans.clear();
    // oxlint-disable-next-line eslint/no-control-regex -- control sequences are what is looked for
    for (const [, mode, final] of new TextDecoder().decode(out.view()).matchAll(/\x1b\[(\?69)?[\d;:]*([@-~])/g)) sent.add((mode ?? '') + final);
    screen.write(out.view());
    if (model) assert.ok(screen.isWhole, `seed ${seed}, frame ${frame}: a region was left set`);
    const difference = screenDifference(screen, back, glyphs, caps.depth);
    if (difference !== null) {
      assert.fail(`seed ${seed}, frame ${frame}, ${cols}x${rows}: ${difference}\n${JSON.stringify(new TextDecoder().decode(out.view()))}`);
    }
    out.clear();
    spans.markAll();
    encoder.encode(front, back, spans, out);
    assert.equal(out.length, 0, `seed ${seed}, frame ${frame}: bytes for an unchanged screen`);
    spans.clear();
  }
  // Frame after frame leads to the same screen as all of it at once.
  screen = open();
  const anew = new Encoder(glyphs, caps);
  front.clear();
  anew.repaint(front, spans, out);
  anew.encode(front, back, spans, out);
  screen.write(out.view());
  assert.equal(screenDifference(screen, back, glyphs, caps.depth), null, `seed ${seed}: full repaint`);
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

  test('with fewer colours', () => {
    for (let seed = 4001; seed <= 4000 + 15 * RUNS; seed++) {
      for (const depth of [1, 4, 8] as const) {
        play({ seed, frames: 20, alphabet: [...NARROW, ...WIDE], teach: false, caps: { ...DEFAULT_CAPS, depth }, convertEol: false });
      }
    }
  });

  test('with whatever way of scrolling the terminal has', () => {
    const ways: Partial<EncoderCaps>[] = [
      { scrollUp: false },
      { scrollUp: false, insertLines: false },
      { scrollRegion: false },
      { insertLines: false },
      { scrollRegion: false, insertLines: false, insertCells: false },
      { repeat: true },
    ];
    for (let seed = 5001; seed <= 5000 + 24 * RUNS; seed++) {
      const caps = { ...DEFAULT_CAPS, ...ways[seed % ways.length], lineFeed: (['unknown', 'keeps-column'] as const)[seed % 2] };
      play({ seed, frames: 20, alphabet: [...NARROW.slice(0, 8), '中'], teach: false, caps, convertEol: false });
    }
  });

  test('with left and right margins, on a model that has them and knows nothing the encoder may not send', () => {
    for (let seed = 6001; seed <= 6000 + 40 * RUNS; seed++) {
      const caps = { ...DEFAULT_CAPS, margins: true, depth: ([24, 8, 4] as const)[seed % 3] };
      play({ seed, frames: 25, alphabet: [...NARROW, ...(seed % 2 === 0 ? WIDE : [])], teach: false, caps, convertEol: false, model: true });
    }
  });

  test('all that moves or repeats cells was among what these screens were made with', () => {
    for (const final of ['S', 'T', 'L', 'M', '@', 'P', 'X', 'K', 'b', 'r', 's', '?69h']) assert.ok(sent.has(final), `CSI ${final} was never sent`);
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
