/* oxlint-disable no-control-regex -- escape sequences are what is looked for */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CELL_WORDS, CellBuffer, RowSpans } from '../cells/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { Encoder } from './encoder.ts';
import { DEFAULT_CAPS } from './encoder-caps.ts';
import type { HistoryLine } from './history-line.ts';
import { LiveRegion } from './live-region.ts';

const NARROW = 1 << 22;
const glyphs = { utf8: (glyph: number) => new TextEncoder().encode(String.fromCodePoint(glyph & 0x1f_ffff)) };

/** A region with its buffers: rows of text in, bytes out. */
class Stage {
  readonly region = new LiveRegion();
  readonly encoder = new Encoder(glyphs, { ...DEFAULT_CAPS, relative: true });
  readonly front: CellBuffer;
  readonly back: CellBuffer;
  readonly spans: RowSpans;

  constructor(cols: number, rows: number) {
    this.front = new CellBuffer(cols, rows);
    this.back = new CellBuffer(cols, rows);
    this.spans = new RowSpans(cols, rows);
  }

  resizeRows(rows: number): void {
    for (const part of [this.front, this.back, this.spans]) part.resizeRows(rows);
  }

  frame(rows: readonly string[], options: { lines?: readonly HistoryLine[]; repaint?: boolean; caret?: readonly [number, number] } = {}): string {
    this.resizeRows(rows.length);
    rows.forEach((row, y) => {
      for (let x = 0; x < this.back.cols; x++) this.back.set(x, y, x < row.length ? row.charCodeAt(x) | NARROW : 0, 0, 0, 0);
    });
    this.spans.markAll();
    const out = new ByteBuffer();
    const { caret } = options;
    const { encoder, front, back, spans } = this;
    this.region.encode(
      {
        encoder,
        front,
        back,
        spans,
        lines: options.lines ?? [],
        repaint: options.repaint ?? false,
        placeCaret:
          caret === undefined
            ? null
            : (bytes) => {
                encoder.moveCursor(caret[0], caret[1], bytes);
                return true;
              },
      },
      out,
    );
    this.region.written();
    this.spans.clear();
    return new TextDecoder().decode(out.view());
  }

  leave(blank = false): string {
    const out = new ByteBuffer();
    this.region.leave(blank, out);
    return new TextDecoder().decode(out.view());
  }

  release(): void {
    this.front.release();
    this.back.release();
  }
}

const line = (text: string): HistoryLine => ({ bytes: new TextEncoder().encode(text), text });

describe('a live region', () => {
  test('begins where the cursor is, and waits at its first cell', () => {
    const stage = new Stage(10, 2);
    assert.equal(stage.frame(['ab', 'cd']), '\x1b[m\r\x1b[K\x1b[C\x1b[J\r\n\x1b[Aab\r\ncd\x1b[A\r');
    assert.equal(stage.frame(['ab', 'cd']), '', 'the same again writes nothing');
    assert.equal(stage.frame(['ab', 'cx']), '\n\x1b[Cx\x1b[A\r');
    stage.release();
  });

  test('grows from its last row and writes only what is new; shrinks by erasing', () => {
    const stage = new Stage(10, 1);
    stage.frame(['ab']);
    assert.equal(stage.frame(['ab', 'cd']), '\n\x1b[Jcd\x1b[A\r');
    assert.equal(stage.frame(['ab']), '\n\x1b[J\x1b[A');
    stage.release();
  });

  test('puts history above itself with autowrap on, and goes on below', () => {
    const stage = new Stage(10, 1);
    stage.frame(['ab']);
    const bytes = stage.frame(['ab'], { lines: [line('one'), line('two')] });
    assert.equal(bytes, '\r\x1b[K\x1b[C\x1b[J\r\x1b[?7hone\r\ntwo\r\n\x1b[?7lab\r');
    stage.release();
  });

  test('leaves its last frame behind, the cursor on the line below; a blank one leaves nothing', () => {
    const stage = new Stage(10, 3);
    stage.frame(['a', 'b', 'c']);
    assert.equal(stage.leave(), '\x1b[m\r\n\n\n\r');
    assert.equal(stage.leave(), '', 'nothing is left to leave');
    stage.frame(['']);
    assert.equal(stage.leave(true), '\x1b[m\r\r');
    stage.release();
  });

  test('goes back from a caret to its first row, before a full rewrite too', () => {
    const stage = new Stage(10, 3);
    stage.frame(['a', 'b', 'c'], { caret: [1, 2] });
    assert.match(stage.frame(['a', 'b', 'c'], { repaint: true }), /^\x1b\[m\r\x1b\[2A\x1b\[K/);
    stage.frame(['a', 'b', 'c'], { caret: [1, 2] });
    assert.equal(stage.leave(), '\x1b[m\r\n\r', 'one row below the caret is below the region');
    stage.release();
  });

  test('with a caret, counts the rows that a terminal made of its own when it became narrower', () => {
    const stage = new Stage(10, 3);
    stage.frame(['aaaaaaaaaa', 'bb', 'c'], { caret: [1, 2] });
    stage.region.remember(stage.front);
    const narrow = new Stage(4, 3);
    const out = new ByteBuffer();
    stage.region.erase(4, out);
    // Row 0 takes three rows of four columns, row 1 takes one.
    assert.match(new TextDecoder().decode(out.view()), /^\x1b\[m\r\x1b\[4A/);
    stage.release();
    narrow.release();
  });

  test('never sends what could reach a line above it', () => {
    const stage = new Stage(20, 1);
    let state = 7;
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % below;
    };
    let row = 0;
    for (let i = 0; i < 500; i++) {
      const rows = Array.from({ length: 1 + random(6) }, () => 'x'.repeat(random(20)).replace(/x/g, () => 'ab c'[random(4)]!));
      const bytes = stage.frame(rows, {
        repaint: random(10) === 0,
        ...(random(5) === 0 ? { lines: [line(`h${i}`)] } : {}),
        ...(random(4) === 0 ? { caret: [random(20), random(rows.length)] as const } : {}),
      });
      // oxlint-disable-next-line no-control-regex -- sequences are what it looks for
      assert.doesNotMatch(bytes, /\x1b\[\d*;?\d*[HfdSTLM]|\x1b\[[123]J|\x1b\[\d*;?\d*r|\x1bM|\x1b\[\d*B/);
      // Where the cursor is, counted from the region's first row: never above it.
      for (const [, up, down, history] of bytes.matchAll(/\x1b\[(\d*)A|(\n|\x1bD)|(\x1b\[\?7l)/g)) {
        if (up !== undefined) row -= up === '' ? 1 : Number(up);
        if (down !== undefined) row++;
        if (history !== undefined) row = 0;
        assert.ok(row >= 0, `frame ${i} goes ${-row} rows above the region: ${JSON.stringify(bytes)}`);
      }
      assert.equal(CELL_WORDS * 20 * rows.length, stage.back.words.length);
    }
    stage.release();
  });
});
