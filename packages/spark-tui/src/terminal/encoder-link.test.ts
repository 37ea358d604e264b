import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellBuffer, ExtraTable, RowSpans } from '../cells/index.ts';
import { ATTR_UNDERLINE, UNDERLINE_CURLY, UNDERLINE_SHIFT } from '../style/index.ts';
import { GlyphTable } from '../text/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { DEFAULT_CAPS, type EncoderCaps } from './encoder-caps.ts';
import { Encoder } from './encoder.ts';

const NARROW = 1 << 22;
const RED = 0x0002_0001;
const ORANGE = 0xffff_8000;
const LINK = 'https://example.org/';
const OPEN = `␛]8;;${LINK}␛\\`;
const CLOSE = '␛]8;;␛\\';

/** A screen with links; `frame` gives the bytes as text, ESC shown as ␛. */
class Bench {
  readonly extras = new ExtraTable();
  readonly back: CellBuffer;
  readonly encoder: Encoder;
  private readonly front: CellBuffer;
  private readonly spans: RowSpans;
  private readonly out = new ByteBuffer(16);

  constructor(cols: number, rows: number, caps: Partial<EncoderCaps> = {}) {
    this.back = new CellBuffer(cols, rows);
    this.front = new CellBuffer(cols, rows);
    this.spans = new RowSpans(cols, rows);
    this.encoder = new Encoder(new GlyphTable(), { ...DEFAULT_CAPS, ...caps }, this.extras);
    this.encoder.repaint(this.front, this.spans, this.out);
    this.out.clear();
  }

  text(x: number, y: number, text: string, extra: number, style = 0, fg = 0): void {
    [...text].forEach((character, i) => this.back.set(x + i, y, character.codePointAt(0)! | NARROW, fg, 0, style | (extra << 16)));
  }

  frame(): string {
    this.spans.markAll();
    this.encoder.encode(this.front, this.back, this.spans, this.out);
    const text = new TextDecoder().decode(this.out.view()).replaceAll('\u001b', '␛');
    this.out.clear();
    return text;
  }
}

describe('links', () => {
  test('are opened before their first cell, closed after the last one, and left alone while nothing changes', () => {
    const bench = new Bench(40, 2);
    const link = bench.extras.intern(LINK, '', 0);
    bench.text(0, 0, 'see ', 0);
    bench.text(4, 0, 'docs', link);
    bench.text(8, 0, ' now', 0);
    assert.equal(bench.frame(), `see ${OPEN}docs${CLOSE} now`);
    assert.equal(bench.frame(), '');
  });

  test('never outlive the frame: a link at its end is closed there, and opened again in the next', () => {
    const bench = new Bench(40, 2);
    const link = bench.extras.intern(LINK, '', 0);
    bench.text(0, 0, 'do', link);
    assert.equal(bench.frame(), `${OPEN}do${CLOSE}`);
    bench.text(2, 0, 'cs', link);
    assert.equal(bench.frame(), `${OPEN}cs${CLOSE}`);
  });

  test('stay open over moves, rows, colours and blanks that belong to them', () => {
    const bench = new Bench(10, 2);
    const link = bench.extras.intern(LINK, 'k1', 0);
    bench.text(3, 0, 'a b', link, 1);
    bench.text(0, 1, 'c', link, 1);
    assert.equal(bench.frame(), `   ␛]8;id=k1;${LINK}␛\\␛[1ma b\r\nc${CLOSE}`);
  });

  test('a blank of a link is written as a space of it, never erased or passed over', () => {
    const bench = new Bench(30, 1);
    const link = bench.extras.intern(LINK, '', 0);
    bench.text(0, 0, ' '.repeat(30), link);
    assert.equal(bench.frame(), `${OPEN}${' '.repeat(30)}${CLOSE}`);
    bench.back.fill(0, 0, 30, 1, 0);
    assert.equal(bench.frame(), '\r␛[K');
  });

  test('what is erased or moved is outside of the link before it', () => {
    const bench = new Bench(60, 1);
    const link = bench.extras.intern(LINK, '', 0);
    bench.text(0, 0, 'x'.repeat(60), 0);
    bench.frame();
    bench.back.fill(0, 0, 60, 1, 0);
    bench.text(0, 0, 'docs', link);
    assert.equal(bench.frame(), `\r${OPEN}docs${CLOSE}␛[K`);
  });

  test('one link after another needs no closing between; the same link in another colour nothing at all', () => {
    const bench = new Bench(40, 1);
    const first = bench.extras.intern(LINK, '', 0);
    const second = bench.extras.intern('mailto:a@b.c', '', 0);
    const coloured = bench.extras.intern(LINK, '', RED);
    bench.text(0, 0, 'ab', first);
    bench.text(2, 0, 'cd', coloured, 0, RED);
    bench.text(4, 0, 'ef', second, 0, RED);
    assert.equal(bench.frame(), `${OPEN}ab␛[31mcd␛]8;;mailto:a@b.c␛\\ef${CLOSE}`);
  });

  test('a cell whose link alone changes is written again', () => {
    const bench = new Bench(20, 1);
    bench.text(0, 0, 'docs', 0);
    bench.frame();
    bench.text(0, 0, 'docs', bench.extras.intern(LINK, '', 0));
    assert.equal(bench.frame(), `\r${OPEN}docs${CLOSE}`);
  });

  test('are plain text on a terminal that has none', () => {
    const bench = new Bench(20, 1, { hyperlinks: false });
    bench.text(0, 0, 'docs', bench.extras.intern(LINK, '', 0));
    assert.equal(bench.frame(), 'docs');
    assert.equal(bench.frame(), '');
  });

  test('a redraw after something else wrote closes the link this frame left off in', () => {
    const bench = new Bench(20, 1);
    const link = bench.extras.intern(LINK, '', 0);
    bench.text(0, 0, 'ab', link);
    bench.frame();
    bench.encoder.forget();
    bench.text(0, 0, 'cd', link);
    assert.equal(bench.frame(), `␛[H${OPEN}␛[mcd${CLOSE}`);
  });
});

describe('the colour of underlines', () => {
  test('is written with colons, once, and only where something is underlined', () => {
    const bench = new Bench(40, 1);
    const red = bench.extras.intern('', '', RED);
    const orange = bench.extras.intern('', '', ORANGE);
    bench.text(0, 0, 'ab', red, ATTR_UNDERLINE);
    bench.text(2, 0, 'c', orange, ATTR_UNDERLINE | (UNDERLINE_CURLY << UNDERLINE_SHIFT));
    bench.text(3, 0, 'de', red);
    bench.text(5, 0, 'f', red, ATTR_UNDERLINE);
    assert.equal(bench.frame(), '␛[4;58:5:1mab␛[4:3;58:2::255:128:0mc␛[24mde␛[4;58:5:1mf');
  });

  test('of one frame is not taken for that of the next', () => {
    const bench = new Bench(40, 1);
    const red = bench.extras.intern('', '', RED);
    bench.text(0, 0, 'a', red, ATTR_UNDERLINE);
    bench.frame();
    bench.text(1, 0, 'b', red, ATTR_UNDERLINE);
    assert.equal(bench.frame(), 'b');
    bench.text(2, 0, 'c', 0, ATTR_UNDERLINE);
    assert.equal(bench.frame(), '␛[59mc');
  });

  test('goes back to that of the text by 59, or by a reset where that is shorter', () => {
    const bench = new Bench(40, 1);
    const red = bench.extras.intern('', '', RED);
    bench.text(0, 0, 'a', red, ATTR_UNDERLINE | 1, ORANGE);
    bench.text(1, 0, 'b', 0, ATTR_UNDERLINE | 1, ORANGE);
    bench.text(2, 0, 'c', red, ATTR_UNDERLINE, 0);
    bench.text(3, 0, 'd', 0, ATTR_UNDERLINE, 0);
    assert.equal(bench.frame(), '␛[1;4;38;2;255;128;0;58:5:1ma␛[59mb␛[;4;58:5:1mc␛[59md');
  });

  test('is reduced with all other colours, and left out where the terminal has none or cannot', () => {
    for (const [caps, wanted] of [
      [{ depth: 8 }, '␛[4;58:5:208mx'],
      [{ depth: 4 }, '␛[4;58:5:11mx'],
      [{ depth: 1 }, '␛[4mx'],
      [{ underlineColors: false }, '␛[4mx'],
    ] as [Partial<EncoderCaps>, string][]) {
      const bench = new Bench(4, 1, caps);
      bench.text(0, 0, 'x', bench.extras.intern('', '', ORANGE), ATTR_UNDERLINE);
      const seen = bench.frame();
      if (caps.depth === 4) assert.match(seen, /^␛\[4;58:5:\d+mx$/);
      else assert.equal(seen, wanted);
    }
  });
});

describe('configure', () => {
  test('takes effect with the next frame and keeps cursor and pen', () => {
    const bench = new Bench(100, 30);
    bench.text(0, 0, 'abc', 0, 0, ORANGE);
    bench.frame();
    bench.encoder.configure({ ...DEFAULT_CAPS, synchronized: true, hyperlinks: false });
    bench.text(3, 0, 'd', bench.extras.intern(LINK, '', 0), 0, ORANGE);
    assert.equal(bench.frame(), 'd');
    for (let y = 0; y < 30; y++) bench.text(0, y, 'large'.repeat(20), 0);
    assert.match(bench.frame(), /^␛\[\?2026h.*␛\[\?2026l$/s);
  });

  test('with another colour depth makes the pen unknown', () => {
    const bench = new Bench(10, 1);
    bench.text(0, 0, 'a', 0, 0, ORANGE);
    bench.frame();
    bench.encoder.configure({ ...DEFAULT_CAPS, depth: 8 });
    bench.text(1, 0, 'b', 0, 0, ORANGE);
    assert.equal(bench.frame(), '␛[;38;5;208mb');
  });
});
