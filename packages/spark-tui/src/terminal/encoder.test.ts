import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CellBuffer, GLYPH_CONTINUATION, GLYPH_UNCERTAIN, GLYPH_WIDE, RowSpans } from '../cells/index.ts';
import { GlyphTable } from '../text/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { DEFAULT_CAPS, type EncoderCaps } from './encoder-caps.ts';
import { writeMove } from './encoder-moves.ts';
import { Pen } from './encoder-sgr.ts';
import { Encoder } from './encoder.ts';

const NARROW = 1 << 22;
const RED = 0x0002_0001;
const ORANGE = 0xffff_8000;

/** A screen and its encoder; `frame` gives the bytes as text, ESC shown as ␛. */
class Bench {
  readonly back: CellBuffer;
  readonly encoder: Encoder;
  private readonly front: CellBuffer;
  private readonly spans: RowSpans;
  private readonly out = new ByteBuffer(16);

  constructor(cols: number, rows: number, caps: Partial<EncoderCaps> = {}) {
    this.back = new CellBuffer(cols, rows);
    this.front = new CellBuffer(cols, rows);
    this.spans = new RowSpans(cols, rows);
    this.encoder = new Encoder(new GlyphTable(), { ...DEFAULT_CAPS, lineFeed: 'keeps-column', ...caps });
    this.encoder.repaint(this.front, this.spans, this.out);
    this.out.clear();
  }

  text(x: number, y: number, text: string, fg = 0, bg = 0, style = 0): void {
    [...text].forEach((character, i) => this.back.set(x + i, y, character.codePointAt(0)! | NARROW, fg, bg, style));
  }

  frame(): string {
    this.spans.markAll();
    this.encoder.encode(this.front, this.back, this.spans, this.out);
    const text = new TextDecoder().decode(this.out.view()).replaceAll('\u001b', '␛');
    this.out.clear();
    return text;
  }
}

describe('Encoder', () => {
  test('writes nothing when nothing differs', () => {
    const bench = new Bench(20, 4);
    assert.equal(bench.frame(), '');
    bench.text(3, 1, 'abc', RED, 0, 1);
    assert.notEqual(bench.frame(), '');
    assert.equal(bench.frame(), '');
  });

  test('a digit counted up in place costs two bytes', () => {
    const bench = new Bench(80, 24);
    bench.text(30, 12, 'Count: 41', ORANGE, 0, 1);
    bench.frame();
    bench.text(38, 12, '2', ORANGE, 0, 1);
    assert.equal(bench.frame(), '\b2');
  });

  test('pen and cursor live on: the next character of a typed text is one byte', () => {
    const bench = new Bench(80, 24);
    bench.text(5, 5, 'typin', RED);
    bench.frame();
    bench.text(10, 5, 'g', RED);
    assert.equal(bench.frame(), 'g');
  });

  test('after forget, cursor and pen are written anew', () => {
    const bench = new Bench(80, 24);
    bench.text(5, 5, 'typin', RED);
    bench.frame();
    bench.encoder.forget();
    bench.text(10, 5, 'g', RED);
    assert.equal(bench.frame(), '␛[6;11H␛[;31mg');
  });

  test('a short gap of unchanged cells is typed again, a long one is jumped over', () => {
    const bench = new Bench(40, 1);
    bench.text(0, 0, 'abcdefghijklmnop');
    bench.frame();
    bench.text(0, 0, 'A');
    bench.text(3, 0, 'D');
    bench.text(15, 0, 'P');
    assert.equal(bench.frame(), '\rAbcD␛[11CP');
  });

  test('blank tails are erased, blank runs too, in the pen of their background', () => {
    const bench = new Bench(60, 2);
    bench.text(0, 0, 'x'.repeat(60));
    bench.frame();
    bench.back.fill(10, 0, 60, 1, RED);
    assert.equal(bench.frame(), '␛[11G␛[41m␛[K');
    bench.text(0, 1, 'y'.repeat(60));
    bench.frame();
    bench.back.fill(5, 1, 45, 2, 0);
    assert.equal(bench.frame(), '␛[6G␛[40X');
  });

  test('without background erase a coloured blank is written as spaces', () => {
    const bench = new Bench(12, 1, { backgroundErase: false });
    bench.back.fill(0, 0, 12, 1, RED);
    assert.equal(bench.frame(), `␛[41m${' '.repeat(12)}`);
  });

  test('what does not show on a blank makes no difference', () => {
    const bench = new Bench(10, 1);
    bench.text(2, 0, ' ', ORANGE, 0, 1 | 4);
    assert.equal(bench.frame(), '');
    bench.text(2, 0, ' ', 0, 0, 8);
    assert.equal(bench.frame(), '  ␛[4m ');
  });

  test('a blank before a glyph takes the pen of that glyph: one SGR for both', () => {
    const bench = new Bench(30, 1);
    bench.text(0, 0, 'xxxx', ORANGE, 0, 1);
    bench.frame();
    bench.text(0, 0, '  ', 0, RED);
    bench.text(2, 0, 'ab', 0, RED);
    assert.equal(bench.frame(), '\r␛[;41m  ab');
  });

  test('after a glyph of uncertain width the cursor is placed anew and the next cell written again', () => {
    const bench = new Bench(20, 1);
    bench.text(0, 0, 'abcdef');
    bench.frame();
    bench.back.set(1, 0, 0x1f600 | GLYPH_WIDE | GLYPH_UNCERTAIN, 0, 0, 0);
    assert.equal(bench.frame(), '␛[5D␛[2X😀␛[4Gd');
    assert.equal(bench.frame(), '');
  });

  test('no control character and no lone surrogate ever leaves', () => {
    const bench = new Bench(8, 1);
    [0x07, 0x1b, 0x7f, 0x9b, 0xd800, 0x0a].forEach((code, x) => bench.back.set(x, 0, code | NARROW, 0, 0, 0));
    assert.equal(bench.frame(), '\ufffd'.repeat(6));
  });

  test('halves of wide glyphs that a writer left alone are blanks', () => {
    const bench = new Bench(6, 1);
    bench.text(0, 0, 'abcdef');
    bench.frame();
    bench.back.words[1 * 4] = 0x4e2d | GLYPH_WIDE;
    bench.back.words[5 * 4] = 0x4e2d | GLYPH_WIDE;
    bench.back.words[3 * 4] = GLYPH_CONTINUATION;
    assert.equal(bench.frame(), '␛[2G c e ');
  });

  test('large frames are marked as one when the terminal knows how, small ones are not', () => {
    const bench = new Bench(100, 30, { synchronized: true });
    bench.text(0, 0, 'small');
    assert.equal(bench.frame(), 'small');
    for (let y = 0; y < 30; y++) bench.text(0, y, 'large'.repeat(20));
    const frame = bench.frame();
    assert.ok(frame.startsWith('␛[?2026h') && frame.endsWith('␛[?2026l'));
    assert.equal(bench.frame(), '');
  });

  test('colour depth 1 writes no colour at all', () => {
    const bench = new Bench(10, 1, { depth: 1 });
    bench.text(0, 0, 'ab', ORANGE, RED, 1);
    assert.equal(bench.frame(), '␛[1mab');
  });
});

describe('what moved', () => {
  /** A bench whose rows are full of different letters. */
  const page = (caps: Partial<EncoderCaps>, cols = 60, rows = 12): Bench => {
    const bench = new Bench(cols, rows, { lineFeed: 'unknown', ...caps });
    for (let y = 0; y < rows; y++) bench.text(0, y, line(y, cols));
    bench.frame();
    return bench;
  };
  const line = (y: number, cols: number): string =>
    Array.from({ length: cols }, (_, x) => String.fromCodePoint(0x61 + ((x * (y + 3) + y * y * 7) % 26))).join('');
  const scrolled = (bench: Bench, top: number, bottom: number, by: number, left = 0, right = 60): Bench => {
    for (let y = top; y < bottom; y++) {
      const source = y + by;
      bench.text(left, y, line(source >= top && source < bottom ? source : y + 40, 60).slice(left, right));
    }
    return bench;
  };

  test('rows that scrolled are scrolled on the terminal: between the rows that stay, by a region', () => {
    assert.match(scrolled(page({}), 2, 10, 1).frame(), /^␛\[3;10r␛\[S␛\[r␛\[9B[a-z]{60}$/);
    assert.match(scrolled(page({}), 2, 10, -2).frame(), /^␛\[3;10r␛\[2T␛\[r\n\n[a-z]{60}/);
  });

  test('down to the bottom of the screen IL and DL do without a region, the whole screen without either', () => {
    assert.match(scrolled(page({}), 4, 12, 1).frame(), /^␛\[5H␛\[M␛\[7B[a-z]{60}$/);
    assert.match(scrolled(page({}), 0, 12, 1).frame(), /^␛\[S\r?[a-z]{60}$/);
  });

  test('without SU the region scrolls by a line feed at its edge, without regions by DL and IL', () => {
    assert.match(scrolled(page({ scrollUp: false, insertLines: false }), 2, 10, 1).frame(), /^␛\[3;10r␛\[9B\n␛\[r/);
    assert.match(scrolled(page({ scrollRegion: false }), 2, 10, 1).frame(), /^␛\[3H␛\[M␛\[7B␛\[L[a-z]{60}$/);
  });

  test('a pane beside another scrolls between margins, where the terminal has them', () => {
    const frame = scrolled(page({ margins: true }), 1, 11, 1, 20, 50).frame();
    assert.match(frame, /^␛\[\?69h␛\[21;50s␛\[2;11r␛\[S␛\[s␛\[r␛\[11;21H[a-z]{30}$/);
    assert.doesNotMatch(scrolled(page({}), 1, 11, 1, 20, 50).frame(), /\?69/);
  });

  test('a hint is as good as what comparing finds, a wrong one changes nothing', () => {
    const hinted = page({});
    hinted.encoder.hintScroll(0, 2, 60, 10, 1);
    assert.equal(scrolled(hinted, 2, 10, 1).frame(), scrolled(page({}), 2, 10, 1).frame());
    const wrong = page({});
    wrong.encoder.hintScroll(-5, 0, 900, 99, -3);
    wrong.text(3, 5, 'changed');
    const plain = page({});
    plain.text(3, 5, 'changed');
    assert.equal(wrong.frame(), plain.frame());
    assert.equal(wrong.frame(), '');
  });

  test('characters put into a line or taken out of it move the rest', () => {
    const bench = page({});
    bench.text(10, 3, `XY${line(3, 60).slice(10, 58)}`);
    assert.equal(bench.frame(), '␛[4;11H␛[2@XY');
    bench.text(10, 3, line(3, 60).slice(10, 58));
    bench.text(58, 3, '  ');
    assert.equal(bench.frame(), '\b\b␛[2P');
  });

  test('what stands to the right of a line that grew stays where it is', () => {
    const bench = page({});
    bench.text(5, 3, `X${line(3, 60).slice(5, 49)}`);
    assert.equal(bench.frame(), '␛[4;50H␛[P␛[6G␛[@X');
  });

  test('a run of one character is repeated where the terminal can', () => {
    const bench = new Bench(60, 1, { repeat: true });
    bench.text(0, 0, '-'.repeat(40));
    assert.equal(bench.frame(), '-␛[39b');
    const plain = new Bench(60, 1);
    plain.text(0, 0, '-'.repeat(40));
    assert.equal(plain.frame(), '-'.repeat(40));
  });
});

describe('colours a terminal has not', () => {
  test('are written as the nearest it has', () => {
    for (const [depth, wanted] of [[8, '␛[38;5;196mx'], [4, '␛[91mx'], [1, 'x']] as const) {
      const bench = new Bench(4, 1, { depth });
      bench.text(0, 0, 'x', 0xffff_0000);
      assert.equal(bench.frame(), wanted);
    }
  });
});

describe('writeMove', () => {
  const bytes = (...args: [number, number, number, number]): number => {
    const out = new ByteBuffer();
    writeMove(out, ...args, 'unknown');
    return out.length;
  };

  test('takes the shortest way it knows', () => {
    const cases: [from: [number, number], to: [number, number], want: string][] = [
      [[5, 5], [5, 5], ''],
      [[5, 5], [0, 5], '\r'],
      [[5, 5], [3, 5], '\b\b'],
      [[60, 5], [20, 5], '␛[40D'],
      [[5, 5], [6, 5], '␛[C'],
      [[5, 5], [0, 6], '\r\n'],
      [[0, 5], [0, 8], '\n\n\n'],
      [[5, 5], [5, 6], '␛D'],
      [[5, 5], [5, 4], '␛M'],
      [[7, 20], [7, 2], '␛[3d'],
      [[70, 20], [0, 0], '␛[H'],
      [[-1, 5], [7, 5], '␛[8G'],
      [[-1, -1], [0, 4], '␛[5H'],
      [[-1, -1], [4, 0], '␛[;5H'],
    ];
    for (const [from, to, want] of cases) {
      const out = new ByteBuffer();
      writeMove(out, ...from, ...to, 'unknown');
      assert.equal(new TextDecoder().decode(out.view()).replaceAll('\u001b', '␛'), want, `${from} → ${to}`);
    }
  });

  test('is never longer than an absolute position', () => {
    const column = fc.integer({ min: -1, max: 300 });
    const cell = fc.tuple(fc.nat(300), fc.nat(100));
    fc.assert(
      fc.property(column, fc.integer({ min: -1, max: 100 }), cell, (fromX, fromY, [toX, toY]) => {
        assert.ok(bytes(fromX, fromY, toX, toY) <= bytes(-1, -1, toX, toY));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Pen', () => {
  test('the way from pen to pen is never longer than a reset and the pen from there', () => {
    const colour = fc.constantFrom(0, RED, 0x0002_00c8, ORANGE | 0, 0xff00_0000 | 0);
    const style = fc.integer({ min: 0, max: 255 });
    const pen = fc.tuple(colour, colour, style);
    fc.assert(
      fc.property(pen, pen, (from, to) => {
        const out = new ByteBuffer();
        const direct = new Pen(DEFAULT_CAPS);
        direct.reset(out);
        direct.set(out, ...from);
        out.clear();
        direct.set(out, ...to);
        const fresh = new Pen(DEFAULT_CAPS);
        const anew = new ByteBuffer();
        fresh.set(anew, ...to);
        assert.ok(out.length <= anew.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('switching off bold keeps dim, and a new underline style needs no switching off', () => {
    const out = new ByteBuffer();
    const pen = new Pen(DEFAULT_CAPS);
    pen.set(out, ORANGE | 0, ORANGE | 0, 1 | 2);
    out.clear();
    pen.set(out, ORANGE | 0, ORANGE | 0, 2 | 8);
    pen.set(out, ORANGE | 0, ORANGE | 0, 2 | 8 | (3 << 8));
    assert.equal(new TextDecoder().decode(out.view()), '\u001b[22;2;4m\u001b[4:3m');
  });
});

describe('what becomes blank down to the bottom', () => {
  test('is erased at once', () => {
    const bench = new Bench(40, 10);
    for (let y = 0; y < 10; y++) bench.text(0, y, 'some text that goes away');
    bench.frame();
    bench.back.fill(0, 3, 40, 10, 0);
    assert.equal(bench.frame(), '␛[4H␛[J');
    assert.equal(bench.frame(), '');
  });

  test('in the pen of its background, below rows that are written; not in a live region', () => {
    const bench = new Bench(40, 10);
    for (let y = 0; y < 10; y++) bench.text(0, y, 'some text that goes away');
    bench.frame();
    bench.text(0, 0, 'S');
    bench.back.fill(0, 5, 40, 10, RED);
    assert.equal(bench.frame(), '␛[HS␛[6H␛[41m␛[J');
    const live = new Bench(40, 4, { relative: true });
    for (let y = 0; y < 4; y++) live.text(0, y, 'text');
    live.frame();
    live.back.fill(0, 1, 40, 4, 0);
    assert.doesNotMatch(live.frame(), /J/);
  });
});
