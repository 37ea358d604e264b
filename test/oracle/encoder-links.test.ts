/**
 * Random screens with links and underline colours into an emulator: every cell must belong to the link it has in the
 * back buffer, every underline have its colour, and no link be open between frames. `SPARK_FUZZ_RUNS=n` plays n times
 * as many.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CELL_WORDS, CellBuffer, ExtraTable, GLYPH_CONTINUATION, RowSpans, STYLE_EXTRA_SHIFT } from '../../packages/spark-tui/src/cells/index.ts';
import { ATTR_UNDERLINE, type ColorDepth, reduceColor } from '../../packages/spark-tui/src/style/index.ts';
import { ByteBuffer, DEFAULT_CAPS, Encoder } from '../../packages/spark-tui/src/terminal/index.ts';
import { GlyphTable } from '../../packages/spark-tui/src/text/index.ts';
import { Emulator, type Shown, type ShownCell, screenDifference } from './emulator.ts';
import { generator } from './vt-random.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));
const NARROW = 1 << 22;
const WIDE = 2 << 22;
const GLYPHS = [0, 0, 0x61 | NARROW, 0x62 | NARROW, 0xe9 | NARROW, 0x2502 | NARROW, 0x4e2d | WIDE];
const STYLES = [0, 0, 1, 8, 8 | (3 << 8), 9, 32, 128];
const COLOURS = [0, 0, 0x0002_0003, 0xffff_8000];

/** What xterm.js keeps of a cell beyond its public interface. */
interface Extended {
  readonly extended: { readonly urlId: number };
  readonly fg: number;
  isUnderlineColorDefault(): boolean;
  isUnderlineColorRGB(): boolean;
  getUnderlineColor(): number;
}

interface LinkService {
  getLinkData(id: number): { id?: string; uri: string } | undefined;
}

/** SGR 59 leaves all bits of the colour set in xterm.js 6: "none", which its own interface reads as white. */
const AFTER_SGR_59 = 0x3ff_ffff;

/** Something inside of xterm.js. */
const inside = (object: object, ...names: string[]): unknown => names.reduce((o, name) => Reflect.get(o, name) as object, object);

const linkServiceOf = (emulator: Emulator): LinkService => inside(emulator.terminal, '_core', '_oscLinkService') as LinkService;

/** Colour of the underline in bits 0–25, style of the underline in bits 26–28. */
const attributesOf = (cell: Extended): number => inside(cell, 'extended', '_ext') as number;

/** The link that is open in the emulator; 0 none. */
const penLink = (emulator: Emulator): number =>
  (inside(emulator.terminal, '_core', '_inputHandler', '_curAttrData') as Extended).extended.urlId;

/** xterm.js underlines links of its own accord; this shows what was asked for. */
function bare(emulator: Emulator): Shown {
  return {
    cell: (x, y) => {
      const cell = emulator.cell(x, y);
      const known = cell as unknown as Extended;
      const own = { isUnderline: () => (known.fg >>> 28) & 1, getUnderlineStyle: () => (attributesOf(known) >>> 26) & 7 };
      return Object.assign(Object.create(cell) as ShownCell, own);
    },
  };
}

function shownExtra(emulator: Emulator, links: LinkService, x: number, y: number, underlined: boolean): string {
  const cell = emulator.cell(x, y) as unknown as Extended;
  const data = cell.extended.urlId === 0 ? undefined : links.getLinkData(cell.extended.urlId);
  const link = data === undefined ? '' : `${data.id ?? ''}>${data.uri}`;
  const value = cell.getUnderlineColor() & 0xff_ffff;
  const isDefault = cell.isUnderlineColorDefault() || (attributesOf(cell) & AFTER_SGR_59) === AFTER_SGR_59;
  const colour = !underlined || isDefault ? 'text' : cell.isUnderlineColorRGB() ? `#${value.toString(16)}` : `p${value}`;
  return `${link} ${colour}`;
}

function wantedExtra(extras: ExtraTable, style: number, depth: ColorDepth): string {
  const id = style >>> STYLE_EXTRA_SHIFT;
  const link = extras.link(id) === '' ? '' : `${extras.linkId(id)}>${extras.link(id)}`;
  const colour = reduceColor(extras.underlineColor(id), depth);
  if ((style & ATTR_UNDERLINE) === 0 || colour >>> 16 === 0) return `${link} text`;
  return `${link} ${colour >>> 24 !== 0 ? `#${(colour & 0xff_ffff).toString(16)}` : `p${colour & 0xff}`}`;
}

function play(seed: number, depth: ColorDepth): void {
  const random = generator(seed);
  const extras = new ExtraTable();
  const ids = [0, 0, 0];
  for (const link of ['https://a.example/', 'https://b.example/x?y=1', '']) {
    for (const linkId of link === '' ? [''] : ['', 'one']) {
      for (const colour of [0, 0x0002_0001, 0xff12_3456]) if (link !== '' || colour !== 0) ids.push(extras.intern(link, linkId, colour));
    }
  }
  const glyphs = new GlyphTable();
  const cols = 8 + random(40);
  const rows = 1 + random(8);
  const emulator = new Emulator({ cols, rows });
  const links = linkServiceOf(emulator);
  emulator.write('\x1b[?1049h\x1b[?7l');
  const front = new CellBuffer(cols, rows);
  const back = new CellBuffer(cols, rows);
  const spans = new RowSpans(cols, rows);
  const encoder = new Encoder(glyphs, { ...DEFAULT_CAPS, depth, lineFeed: 'keeps-column' }, extras);
  const out = new ByteBuffer(64);
  for (let frame = 0; frame < 20; frame++) {
    for (let edit = random(12); edit >= 0; edit--) {
      const y = random(rows);
      const style = STYLES[random(STYLES.length)] | (ids[random(ids.length)] << STYLE_EXTRA_SHIFT);
      const fg = COLOURS[random(COLOURS.length)];
      const bg = COLOURS[random(COLOURS.length)];
      const action = random(6);
      if (action === 0) back.fill(random(cols), y, cols, y + 1, bg);
      else if (action === 1) {
        const [from, by] = [random(rows), random(cols)];
        back.words.copyWithin((y * cols) * CELL_WORDS, from * cols * CELL_WORDS, (from * cols + by) * CELL_WORDS);
        back.set(by - 1, y, 0x7a | NARROW, fg, bg, style);
        back.set(by, y, 0x7a | NARROW, fg, bg, style);
      } else for (let x = random(cols), n = random(14); n >= 0 && x < cols; n--, x++) back.set(x, y, GLYPHS[random(GLYPHS.length)], fg, bg, style);
    }
    spans.markAll();
    out.clear();
    encoder.encode(front, back, spans, out);
    emulator.write(out.view());
    const where = `seed ${seed}, frame ${frame}`;
    assert.equal(screenDifference(bare(emulator), back, glyphs, depth), null, where);
    for (let cell = 0; cell < cols * rows; cell++) {
      const style = back.words[cell * CELL_WORDS + 3];
      if (back.words[cell * CELL_WORDS] === GLYPH_CONTINUATION) continue;
      const shown = shownExtra(emulator, links, cell % cols, Math.floor(cell / cols), (style & ATTR_UNDERLINE) !== 0);
      const wanted = wantedExtra(extras, style, depth);
      if (shown !== wanted) assert.fail(`${where}, cell ${cell % cols},${Math.floor(cell / cols)}: wanted ${wanted}, shown ${shown}`);
    }
    out.clear();
    encoder.encode(front, back, spans, out);
    assert.equal(out.length, 0, `${where}: bytes for an unchanged screen`);
    assert.equal(penLink(emulator), 0, `${where}: a link was left open`);
  }
  front.release();
  back.release();
}

describe('links and underline colours, on the emulator', () => {
  test('each cell has its own', () => {
    for (let seed = 1; seed <= 40 * RUNS; seed++) play(seed, ([24, 24, 8, 4] as const)[seed % 4]);
  });
});
