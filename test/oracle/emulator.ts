/**
 * A terminal emulator nobody here wrote, as the judge of what bytes show: `@xterm/headless`, taught
 * the widths of a given alphabet, and compared with a cell buffer cell by cell.
 */
import xterm from '@xterm/headless';
import {
  CELL_WORDS,
  type CellBuffer,
  GLYPH_CONTINUATION,
  GLYPH_SPACE,
  GLYPH_WIDE,
  GLYPH_WIDTH_MASK,
} from '../../packages/spark-tui/src/cells/index.ts';
import {
  ATTR_BLINK,
  ATTR_BOLD,
  ATTR_DIM,
  ATTR_HIDDEN,
  ATTR_INVERSE,
  ATTR_ITALIC,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  type ColorDepth,
  reduceColor,
} from '../../packages/spark-tui/src/style/index.ts';
import { type GlyphTable, stringWidth } from '../../packages/spark-tui/src/text/index.ts';

export type Terminal = InstanceType<typeof xterm.Terminal>;

interface TrieNode {
  id: number;
  width: number;
  next: Map<number, TrieNode>;
}

export interface EmulatorOptions {
  cols: number;
  rows: number;
  /** Clusters whose widths the emulator learns from us; without it, it keeps its own. */
  alphabet?: readonly string[];
  /** A line feed returns to column 0, as on a tty with output processing. */
  convertEol?: boolean;
  /** Lines kept above the screen. Default none. */
  scrollback?: number;
  /** When the width changes, the cursor's row is laid out anew like the others. Default false, as in terminals built on xterm.js. */
  reflowCursorLine?: boolean;
}

export class Emulator {
  readonly terminal: Terminal;

  constructor({ cols, rows, alphabet, convertEol = false, scrollback = 0, reflowCursorLine = false }: EmulatorOptions) {
    this.terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, convertEol, scrollback, reflowCursorLine, logLevel: 'off' });
    if (alphabet !== undefined) teach(this.terminal, alphabet);
  }

  write(bytes: Uint8Array | string): void {
    // The public `write` works off the loop; its core can be waited for.
    const core = Reflect.get(this.terminal, '_core') as { writeSync(data: Uint8Array | string): void };
    core.writeSync(bytes);
  }

  cell(x: number, y: number): ShownCell {
    const screen = this.terminal.buffer.active;
    return screen.getLine(screen.baseY + y)!.getCell(x) as unknown as ShownCell;
  }

  resize(cols: number, rows: number): void {
    this.terminal.resize(cols, rows);
  }

  /** Null when the emulator shows exactly `buffer`, else the first difference in words. */
  difference(buffer: CellBuffer, glyphs: GlyphTable, depth: ColorDepth = 24): string | null {
    return screenDifference(this, buffer, glyphs, depth);
  }
}

/** What shows cells: this emulator, and the model in `vt-model.ts`. */
export interface Shown {
  cell(x: number, y: number): ShownCell;
}

/** Null when `screen` shows `buffer` with its colours reduced to `depth`, else the first difference in words. */
export function screenDifference(screen: Shown, buffer: CellBuffer, glyphs: GlyphTable, depth: ColorDepth): string | null {
  for (let y = 0; y < buffer.rows; y++) {
    for (let x = 0; x < buffer.cols; x++) {
      const at = (y * buffer.cols + x) * CELL_WORDS;
      const wanted = wantedCell(buffer.words, at, glyphs, depth);
      const shown = shownCell(screen.cell(x, y), wanted.startsWith('blank'));
      if (wanted !== shown) return `cell ${x},${y}: wanted ${wanted}, shown ${shown}`;
    }
  }
  return null;
}

/** Packs as xterm does: state in bits 3–26, width in bits 1–2, "joins the cell before" in bit 0. */
function teach(terminal: Terminal, alphabet: readonly string[]): void {
  const nodes: TrieNode[] = [{ id: 0, width: 0, next: new Map() }];
  for (const cluster of alphabet) {
    let node = nodes[0];
    let prefix = '';
    for (const character of cluster) {
      prefix += character;
      let child = node.next.get(character.codePointAt(0)!);
      if (child === undefined) {
        child = { id: nodes.length, width: stringWidth(prefix), next: new Map() };
        nodes.push(child);
        node.next.set(character.codePointAt(0)!, child);
      }
      node = child;
    }
  }
  const pack = (node: TrieNode, join: boolean): number => (node.id << 3) | (node.width << 1) | (join ? 1 : 0);
  terminal.unicode.register({
    version: 'ours',
    wcwidth: (code: number) => (nodes[0].next.get(code)?.width ?? stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2,
    charProperties: (code: number, preceding: number) => {
      const joined = preceding === 0 ? undefined : nodes[preceding >> 3]?.next.get(code);
      if (joined !== undefined && preceding >> 3 !== 0) return pack(joined, true);
      const start = nodes[0].next.get(code);
      if (start !== undefined) return pack(start, false);
      return pack({ id: 0, width: stringWidth(String.fromCodePoint(code)), next: new Map() }, false);
    },
  });
  terminal.unicode.activeVersion = 'ours';
}

/** What xterm knows of a cell (its public type leaves the underline style out). */
export interface ShownCell {
  getChars(): string;
  getWidth(): number;
  getFgColor(): number;
  getBgColor(): number;
  isFgDefault(): boolean;
  isBgDefault(): boolean;
  isFgRGB(): boolean;
  isBgRGB(): boolean;
  isBold(): number;
  isDim(): number;
  isItalic(): number;
  isUnderline(): number;
  isBlink(): number;
  isInverse(): number;
  isInvisible(): number;
  isStrikethrough(): number;
  getUnderlineStyle(): number;
}

function colourName(isDefault: boolean, isRgb: boolean, value: number): string {
  if (isDefault) return 'default';
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : `p${value}`;
}

function wantedColour(color: number, depth: ColorDepth): string {
  const word = reduceColor(color, depth);
  if (word >>> 24 !== 0) return colourName(false, true, word & 0xff_ffff);
  return word >>> 16 === 2 ? colourName(false, false, word & 0xff) : 'default';
}

const SHOWS_ON_BLANK = ATTR_UNDERLINE | ATTR_INVERSE | ATTR_STRIKETHROUGH;

function wantedCell(words: Uint32Array, at: number, glyphs: GlyphTable, depth: ColorDepth): string {
  const glyph = words[at];
  const style = words[at + 3];
  const bg = wantedColour(words[at + 2], depth);
  if (glyph === GLYPH_CONTINUATION) return 'tail';
  const blank = glyph === 0 || glyph === GLYPH_SPACE;
  if (blank && (style & SHOWS_ON_BLANK) === 0) return `blank on ${bg}`;
  const text = blank ? ' ' : glyphs.text(glyph);
  const width = blank || (glyph & GLYPH_WIDTH_MASK) !== GLYPH_WIDE ? 1 : 2;
  const underline = (style & ATTR_UNDERLINE) === 0 ? 0 : Math.max(1, (style >>> 8) & 7);
  return `'${text}' w${width} ${wantedColour(words[at + 1], depth)} on ${bg} a${style & 0xff} u${underline}`;
}

/** The underline that was asked for: xterm reports a dashed one of its own for every cell of a link. */
function underlineOf(cell: ShownCell): { on: boolean; style: number } {
  const extended = Reflect.get(cell, 'extended') as { urlId: number } | undefined;
  if (extended === undefined || extended.urlId === 0) return { on: cell.isUnderline() !== 0, style: cell.getUnderlineStyle() };
  const state = Reflect.get(extended, '_ext') as number;
  return { on: (((Reflect.get(cell, 'fg') as number) >>> 28) & 1) === 1, style: (state >>> 26) & 7 };
}

export function shownCell(cell: ShownCell, asBlank: boolean): string {
  if (cell.getWidth() === 0) return 'tail';
  const text = cell.getChars() || ' ';
  const bg = colourName(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
  const own = underlineOf(cell);
  const attrs =
    (cell.isBold() !== 0 ? ATTR_BOLD : 0) |
    (cell.isDim() !== 0 ? ATTR_DIM : 0) |
    (cell.isItalic() !== 0 ? ATTR_ITALIC : 0) |
    (own.on ? ATTR_UNDERLINE : 0) |
    (cell.isBlink() !== 0 ? ATTR_BLINK : 0) |
    (cell.isInverse() !== 0 ? ATTR_INVERSE : 0) |
    (cell.isInvisible() !== 0 ? ATTR_HIDDEN : 0) |
    (cell.isStrikethrough() !== 0 ? ATTR_STRIKETHROUGH : 0);
  if (asBlank && text === ' ' && (attrs & SHOWS_ON_BLANK) === 0) return `blank on ${bg}`;
  const fg = colourName(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
  const underline = (attrs & ATTR_UNDERLINE) === 0 ? 0 : own.style;
  return `'${text}' w${cell.getWidth()} ${fg} on ${bg} a${attrs} u${underline}`;
}
