/**
 * Rows of cells as spans of one look: what all screen files (ANSI, SVG, HTML) are written from.
 *
 *   row  │ab  中│  →  [ { x: 0, width: 2, look A, 'a' 'b' } | { x: 2, width: 4, look B, ' ' ' ' '中' } ]
 *
 * Invariants: the spans of a row cover it from column 0 to its end, without gap or overlap; equal looks of
 * one reader are one object. A blank on which nothing of the pen shows joins the span before it when their
 * backgrounds are equal, so colours of text that is not there make no spans.
 */
import { CELL_WORDS, type CellBuffer, type ExtraSource, GLYPH_CONTINUATION, GLYPH_WIDE, GLYPH_WIDTH_MASK, STYLE_EXTRA_SHIFT } from '../cells/index.ts';
import {
  ATTR_INVERSE,
  ATTR_MASK,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  UNDERLINE_MASK,
  UNDERLINE_NONE,
  UNDERLINE_SHIFT,
  UNDERLINE_SINGLE,
} from '../style/index.ts';
import type { GlyphTable } from '../text/index.ts';

/** What shows on a cell without a glyph. */
const SHOWS_ON_BLANK = ATTR_UNDERLINE | ATTR_INVERSE | ATTR_STRIKETHROUGH;

/** How a cell looks, apart from its glyph. Colours are packed numbers, 0 = terminal default. */
export interface Look {
  readonly fg: number;
  readonly bg: number;
  /** Attribute bits. */
  readonly attrs: number;
  /** Underline style; `UNDERLINE_NONE` when the underline attribute is not set. */
  readonly underline: number;
  /** 0 = the colour of the text. */
  readonly underlineColor: number;
  /** Where it links to; `''` = nowhere. */
  readonly link: string;
  readonly linkId: string;
}

/** Neighbouring cells of one look. */
export interface Span {
  /** First column. */
  readonly x: number;
  /** Cells it takes. */
  readonly width: number;
  readonly look: Look;
  /** Its grapheme clusters; a blank is a space. */
  readonly clusters: readonly string[];
  /** Cells each of them takes: 1 or 2. */
  readonly widths: readonly number[];
}

/** The default look: no colours, no attributes. */
export const PLAIN: Look = { fg: 0, bg: 0, attrs: 0, underline: UNDERLINE_NONE, underlineColor: 0, link: '', linkId: '' };

/** True when a blank of this look is as good as nothing. */
export function isPlainBlank(cluster: string, look: Look): boolean {
  return cluster === ' ' && look.bg === 0 && look.link === '' && (look.attrs & SHOWS_ON_BLANK) === 0;
}

/**
 * Reads the cells of one screen.
 *
 * @example
 * const rows = new SpanReader(app.screen.back, app.glyphs, app.extras);
 * for (const { x, clusters } of rows.row(0)) console.log(x, clusters.join(''));
 */
export class SpanReader {
  readonly cols: number;
  readonly rows: number;
  private readonly cells: CellBuffer;
  private readonly glyphs: GlyphTable;
  private readonly extras: ExtraSource | null;
  private readonly looks = new Map<string, Look>();

  constructor(cells: CellBuffer, glyphs: GlyphTable, extras: ExtraSource | null = null) {
    this.cells = cells;
    this.glyphs = glyphs;
    this.extras = extras;
    this.cols = cells.cols;
    this.rows = cells.rows;
  }

  /** The spans of row `y`, from left to right. */
  row(y: number): Span[] {
    const { words } = this.cells;
    const spans: Span[] = [];
    let x = 0;
    let look: Look | null = null;
    let start = 0;
    let clusters: string[] = [];
    let widths: number[] = [];
    const end = (): void => {
      if (look !== null && clusters.length > 0) spans.push({ x: start, width: x - start, look, clusters, widths });
    };
    while (x < this.cols) {
      const at = (y * this.cols + x) * CELL_WORDS;
      const bits = words[at] & GLYPH_WIDTH_MASK;
      const cluster = words[at] === 0 || bits === GLYPH_CONTINUATION ? ' ' : this.glyphs.text(words[at]);
      const found = this.look(words[at + 1], words[at + 2], words[at + 3]);
      if (look === null || (found !== look && !(cluster === ' ' && blanksAlike(found, look)))) {
        end();
        look = cluster === ' ' && (found.attrs & SHOWS_ON_BLANK) === 0 ? this.blankLook(found) : found;
        start = x;
        clusters = [];
        widths = [];
      }
      const width = bits === GLYPH_WIDE ? 2 : 1;
      clusters.push(cluster);
      widths.push(width);
      x += width;
    }
    end();
    return spans;
  }

  private look(fg: number, bg: number, style: number): Look {
    const attrs = style & ATTR_MASK;
    const underline = (style & ATTR_UNDERLINE) === 0 ? UNDERLINE_NONE : (style & UNDERLINE_MASK) >>> UNDERLINE_SHIFT || UNDERLINE_SINGLE;
    const id = style >>> STYLE_EXTRA_SHIFT;
    const { extras } = this;
    if (id === 0 || extras === null) return this.shared({ fg, bg, attrs, underline, underlineColor: 0, link: '', linkId: '' });
    const underlineColor = underline === UNDERLINE_NONE ? 0 : extras.underlineColor(id);
    return this.shared({ fg, bg, attrs, underline, underlineColor, link: extras.link(id), linkId: extras.linkId(id) });
  }

  /** The look of a blank that shows nothing but its background. */
  private blankLook({ bg, link, linkId }: Look): Look {
    return this.shared({ ...PLAIN, bg, link, linkId });
  }

  private shared(look: Look): Look {
    const { fg, bg, attrs, underline, underlineColor, link, linkId } = look;
    const key = `${fg};${bg};${attrs};${underline};${underlineColor};${linkId};${link}`;
    const known = this.looks.get(key);
    if (known !== undefined) return known;
    this.looks.set(key, look);
    return look;
  }
}

/** True when a blank shows the same with both looks. */
function blanksAlike(a: Look, b: Look): boolean {
  return a.bg === b.bg && a.link === b.link && a.linkId === b.linkId && ((a.attrs | b.attrs) & SHOWS_ON_BLANK) === 0;
}
