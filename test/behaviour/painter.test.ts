import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellBuffer, Damage, GLYPH_CONTINUATION, OwnerPlane, RowSpans } from '../../packages/spark-tui/src/cells/index.ts';
import { LayoutEngine } from '../../packages/spark-tui/src/layout/index.ts';
import * as s from '../../packages/spark-tui/src/scene/index.ts';
import { GlyphTable } from '../../packages/spark-tui/src/text/index.ts';
import { Painter } from '../../packages/spark-tui/src/paint/index.ts';

const COLS = 12;
const ROWS = 4;

class Bench {
  readonly scene = new s.Scene({ maxNodes: 1000, glyphs: new GlyphTable(), onDirty: () => undefined });
  readonly cells = new CellBuffer(COLS, ROWS);
  readonly owners = new OwnerPlane(COLS, ROWS);
  readonly damage = new Damage(COLS, ROWS);
  readonly spans = new RowSpans(COLS, ROWS);
  private readonly painter = new Painter(this.scene, this.cells, this.owners);
  private readonly layout = new LayoutEngine(this.scene);
  private epoch = 0;

  text(x: number, y: number, content: string): number {
    const slot = this.scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
    this.scene.setU8(slot, s.U8_POSITION, s.POSITION_ABSOLUTE);
    this.scene.setLength(slot, s.LEN_LEFT, x, s.UNIT_CELLS);
    this.scene.setLength(slot, s.LEN_TOP, y, s.UNIT_CELLS);
    this.scene.setText(slot, content);
    return slot;
  }

  paint(): void {
    if (this.layout.run(COLS, ROWS)) this.epoch++;
    this.spans.clear();
    this.painter.paint(this.damage, this.spans, this.epoch);
    this.scene.clean();
  }

  row(y: number): string {
    let out = '';
    for (let x = 0; x < COLS; x++) {
      const glyph = this.cells.words[(y * COLS + x) * 4] as number;
      if (glyph !== GLYPH_CONTINUATION) out += glyph === 0 ? '.' : this.scene.glyphs.text(glyph);
    }
    return out;
  }
}

describe('Painter', () => {
  test('repaints only what changed: cells outside the damage keep even what nobody painted', () => {
    const bench = new Bench();
    bench.text(0, 0, 'left');
    const changed = bench.text(6, 2, 'abc');
    bench.paint();
    bench.cells.set(0, 3, 0x58 | (1 << 22), 0, 0, 0);
    bench.scene.setText(changed, 'xyz');
    bench.paint();
    assert.deepEqual([0, 1, 2, 3].map((y) => bench.row(y)), ['left........', '............', '......xyz...', 'X...........']);
    assert.deepEqual([bench.spans.top, bench.spans.bottom], [2, 3]);
  });

  test('wide glyphs that lie staggered over rows are never cut by the edge of the damage', () => {
    const bench = new Bench();
    bench.text(0, 0, '中中中');
    bench.text(1, 1, '中中中');
    const box = bench.scene.create(s.KIND_BOX, s.ROOT, s.NIL);
    bench.scene.setU8(box, s.U8_POSITION, s.POSITION_ABSOLUTE);
    bench.scene.setLength(box, s.LEN_LEFT, 8, s.UNIT_CELLS);
    bench.scene.setLength(box, s.LEN_TOP, 0, s.UNIT_CELLS);
    bench.scene.setLength(box, s.LEN_WIDTH, 2, s.UNIT_CELLS);
    bench.scene.setLength(box, s.LEN_HEIGHT, 2, s.UNIT_CELLS);
    bench.paint();
    bench.scene.setU32(box, s.U32_BG, 0xffff_0000);
    bench.paint();
    assert.deepEqual([bench.row(0), bench.row(1)], ['中中中......', '.中中中.....']);
  });

  test('a wide glyph that was half covered comes back whole', () => {
    const bench = new Bench();
    bench.text(2, 0, '中');
    const cover = bench.text(3, 0, 'x');
    bench.paint();
    assert.equal(bench.row(0), '...x........');
    bench.scene.setLength(cover, s.LEN_LEFT, 7, s.UNIT_CELLS);
    bench.paint();
    assert.equal(bench.row(0), '..中...x....');
  });

  test('what is removed is uncovered, and its cells belong to who is below', () => {
    const bench = new Bench();
    const below = bench.text(0, 0, 'below');
    const above = bench.text(0, 0, 'ABOVE');
    bench.paint();
    assert.equal(bench.owners.at(2, 0), above);
    bench.scene.remove(above);
    bench.paint();
    assert.equal(bench.row(0), 'below.......');
    assert.equal(bench.owners.at(2, 0), below);
    assert.equal(bench.owners.at(6, 0), s.ROOT);
  });
});
