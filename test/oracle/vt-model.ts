/**
 * A small model of a terminal: what the encoder sends and nothing else, with left and right margins
 * (DECLRMM), which `@xterm/headless` has not. A sequence it does not know is an error, so a test that
 * plays frames into it also proves that the encoder sends no other. Where both have a sequence it is
 * compared with `@xterm/headless` on random programs (`vt-model.test.ts`).
 *
 * Once compared with a terminal that has margins, Debian's xterm 379: the scene `p-sidepane` (31 frames,
 * 120 × 40), encoded with margins (DECLRMM stays on between scrolls), written by `cat` into
 * `xterm -u8 -geometry 120x40 -xrm 'XTerm*decTerminalID: 420' -xrm 'XTerm*printerCommand: cat > got'`
 * under Xvfb; then `CSI ? 19 h CSI i` printed its screen. All 40 rows of text were those of the last frame.
 *
 * Sources: DEC VT420/VT510 manuals (DECLRMM, DECSLRM, DECSTBM, SU, SD); xterm's ctlseqs; what becomes
 * of halves of wide characters is as in xterm.js.
 */
import { stringWidth } from '../../packages/spark-tui/src/text/index.ts';
import type { Shown, ShownCell } from './emulator.ts';

type Colour = { kind: 'default' } | { kind: 'palette' | 'rgb'; value: number };

interface Rendition {
  fg: Colour;
  bg: Colour;
  /** Attribute n of SGR n is bit n. */
  on: number;
  underline: number;
}

const DEFAULT: Colour = { kind: 'default' };
const PLAIN: Rendition = { fg: DEFAULT, bg: DEFAULT, on: 0, underline: 0 };

class ModelCell implements ShownCell {
  readonly text: string;
  readonly width: number;
  readonly pen: Rendition;

  constructor(text: string, width: number, pen: Rendition) {
    this.text = text;
    this.width = width;
    this.pen = pen;
  }

  private has(parameter: number): number {
    return this.pen.on & (1 << parameter);
  }

  getChars = (): string => this.text;
  getWidth = (): number => this.width;
  getFgColor = (): number => (this.pen.fg.kind === 'default' ? -1 : this.pen.fg.value);
  getBgColor = (): number => (this.pen.bg.kind === 'default' ? -1 : this.pen.bg.value);
  isFgDefault = (): boolean => this.pen.fg.kind === 'default';
  isBgDefault = (): boolean => this.pen.bg.kind === 'default';
  isFgRGB = (): boolean => this.pen.fg.kind === 'rgb';
  isBgRGB = (): boolean => this.pen.bg.kind === 'rgb';
  isBold = (): number => this.has(1);
  isDim = (): number => this.has(2);
  isItalic = (): number => this.has(3);
  isUnderline = (): number => this.has(4);
  isBlink = (): number => this.has(5);
  isInverse = (): number => this.has(7);
  isInvisible = (): number => this.has(8);
  isStrikethrough = (): number => this.has(9);
  getUnderlineStyle = (): number => this.pen.underline;
}

type Row = ModelCell[];

export class VtModel implements Shown {
  cols: number;
  rows: number;
  private lines: Row[];
  private x = 0;
  private y = 0;
  private pen: Rendition = PLAIN;
  private top = 0;
  private bottom: number;
  private left = 0;
  private right: number;
  private marginsOn = false;
  private last = '';

  constructor(cols: number, rows: number) {
    this.cols = cols;
    this.rows = rows;
    this.bottom = rows;
    this.right = cols;
    this.lines = Array.from({ length: rows }, () => this.blankRow(PLAIN));
  }

  cell(x: number, y: number): ModelCell {
    return this.lines[y][x];
  }

  /** True when no scroll region and no margin is set; DECLRMM may be on. */
  get isWhole(): boolean {
    return this.top === 0 && this.bottom === this.rows && this.left === 0 && this.right === this.cols;
  }

  /** True after the last column was written: what relative moves, erasing and text do then differs among terminals. */
  get isAtEnd(): boolean {
    return this.x === this.cols;
  }

  write(bytes: Uint8Array | string): void {
    const text = typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // oxlint-disable-next-line eslint/no-control-regex -- control characters are what a terminal is about
    const token = /\u001b\[([?>]?)([\d;:]*)([@-~])|\u001b([DM])|([\u0000-\u001f])|([^\u0000-\u001f])/gu;
    let end = 0;
    for (const match of text.matchAll(token)) {
      if (match.index !== end) break;
      end += match[0].length;
      if (match[6] !== undefined) this.print(match[6]);
      else if (match[5] !== undefined) this.control(match[5]);
      else if (match[4] !== undefined) this.index(match[4] === 'D' ? 1 : -1);
      else this.sequence(match[1], match[2], match[3]);
    }
    if (end !== text.length) throw new Error(`not in the model: ${JSON.stringify(text.slice(end, end + 20))}`);
  }

  private blankRow(pen: Rendition): Row {
    return Array.from({ length: this.cols }, () => this.blank(pen));
  }

  /** What erasing leaves: the pen's background (BCE) and nothing else. */
  private blank(pen: Rendition = this.pen): ModelCell {
    return new ModelCell('', 1, { ...PLAIN, bg: pen.bg });
  }

  private print(character: string): void {
    const width = stringWidth(character);
    const row = this.lines[this.y];
    if (width === 0) {
      const at = row[this.x - 1]?.width === 0 ? this.x - 2 : this.x - 1;
      const before = row[at];
      if (before !== undefined) row[at] = new ModelCell(before.text + character, before.width, before.pen);
      return;
    }
    this.last = character;
    const broken = new ModelCell('', 1, this.pen);
    if (this.x + width > this.cols) throw new Error('a character beyond the last column');
    if (this.x > 0 && row[this.x - 1].width === 2) row[this.x - 1] = broken;
    row[this.x] = new ModelCell(character, width, this.pen);
    if (width === 2) {
      if (row[this.x + 1].width === 2) row[this.x + 2] = broken;
      row[this.x + 1] = new ModelCell('', 0, this.pen);
    }
    this.x += width;
    if (this.x < this.cols && row[this.x].width === 0) row[this.x] = broken;
  }

  private control(character: string): void {
    if (character === '\r') this.x = 0;
    else if (character === '\b') this.x = Math.max(0, Math.min(this.x, this.cols - 1) - 1);
    else if (character === '\n') this.index(1);
    else throw new Error(`not in the model: control ${character.charCodeAt(0)}`);
  }

  /** IND and RI: one row down or up, scrolling at the edge of the region. */
  private index(step: 1 | -1): void {
    this.x = Math.min(this.x, this.cols - 1);
    if (this.y === (step > 0 ? this.bottom - 1 : this.top)) this.scroll(this.top, step);
    else this.y = Math.max(0, Math.min(this.rows - 1, this.y + step));
  }

  /** Rows from `top` to the bottom of the region, between the margins, move up by `count` (down: negative). */
  private scroll(top: number, count: number): void {
    const { left, right, bottom } = this;
    const old = this.lines.map((row) => row.slice());
    for (let y = top; y < bottom; y++) {
      const source = y + count;
      for (let x = left; x < right; x++) {
        this.lines[y][x] = source >= top && source < bottom ? old[source][x] : this.blank();
      }
    }
  }

  private erase(row: Row, start: number, end: number): void {
    // A right half whose left half is gone already stays one, as in xterm.js.
    if (start > 0 && row[start - 1].width === 2) row[start - 1] = this.blank();
    if (end < this.cols && row[end - 1]?.width === 2) row[end] = this.blank();
    for (let x = start; x < end; x++) row[x] = this.blank();
  }

  private sequence(prefix: string, parameters: string, final: string): void {
    if (prefix === '?' && (final === 'h' || final === 'l')) {
      this.mode(Number(parameters), final === 'h');
      return;
    }
    if (prefix !== '') throw new Error(`not in the model: CSI ${prefix}${parameters}${final}`);
    if (final === 'm') {
      this.rendition(parameters);
      return;
    }
    const values = parameters.split(';').map(Number);
    const n = values[0] || 1;
    if ((this.left > 0 || this.right < this.cols) && !'srSTm'.includes(final)) throw new Error(`not in the model: CSI ${parameters}${final} between margins`);
    if ((final === 'J' || final === 'K') && this.x === this.cols) throw new Error('erasing after the last column was written');
    if (!'srdHL'.includes(final)) this.x = Math.min(this.x, this.cols - 1);
    const row = this.lines[this.y];
    switch (final) {
      case 'A':
        // A cursor inside the region stops at its edge.
        this.y = Math.max(this.y >= this.top ? this.top : 0, this.y - n);
        break;
      case 'B':
        this.y = Math.min(this.y < this.bottom ? this.bottom - 1 : this.rows - 1, this.y + n);
        break;
      case 'C':
        this.x = Math.min(this.cols - 1, this.x + n);
        break;
      case 'D':
        this.x = Math.max(0, this.x - n);
        break;
      case 'G':
        this.x = Math.min(this.cols, n) - 1;
        break;
      case 'd':
        this.x = Math.min(this.x, this.cols - 1);
        this.y = Math.min(this.rows, n) - 1;
        break;
      case 'H':
        this.y = Math.min(this.rows, n) - 1;
        this.x = Math.min(this.cols, values[1] || 1) - 1;
        break;
      case 'J':
        if (values[0] === 2) {
          this.lines = this.lines.map(() => this.blankRow(this.pen));
          break;
        }
        if (values[0] !== 0) throw new Error('not in the model: ED other than 0 and 2');
        this.erase(row, this.x, this.cols);
        for (let y = this.y + 1; y < this.rows; y++) this.lines[y] = this.blankRow(this.pen);
        break;
      case 'K':
        if (values[0] !== 0) throw new Error('not in the model: EL other than 0');
        this.erase(row, this.x, this.cols);
        break;
      case 'X':
        this.erase(row, this.x, Math.min(this.cols, this.x + n));
        break;
      case '@':
        if (this.x > 0 && row[this.x - 1].width === 2) row[this.x - 1] = this.blank();
        row.splice(this.x, 0, ...Array.from({ length: Math.min(n, this.cols) }, () => this.blank()));
        row.length = this.cols;
        if (row[this.cols - 1].width === 2) row[this.cols - 1] = this.blank();
        break;
      case 'P':
        row.splice(this.x, n);
        while (row.length < this.cols) row.push(this.blank());
        if (this.x > 0 && row[this.x - 1].width === 2) row[this.x - 1] = this.blank();
        if (row[this.x].width === 0) row[this.x] = this.blank();
        break;
      case 'L':
      case 'M':
        if (this.y < this.top || this.y >= this.bottom) break;
        this.scroll(this.y, final === 'M' ? n : -n);
        this.x = 0;
        break;
      case 'S':
      case 'T': {
        // Terminals disagree about the background of the rows that come in: the pen's must be the default one.
        if (this.pen.bg !== DEFAULT) throw new Error('SU or SD with a background');
        this.scroll(this.top, final === 'S' ? n : -n);
        break;
      }
      case 'b':
        for (let i = 0; i < n; i++) this.print(this.last);
        break;
      case 'r': {
        const bottom = Math.min(this.rows, values[1] || this.rows);
        if (bottom <= n - 1 + 1) break;
        this.top = n - 1;
        this.bottom = bottom;
        this.x = 0;
        this.y = 0;
        break;
      }
      case 's': {
        if (!this.marginsOn) throw new Error('DECSLRM without DECLRMM');
        const right = Math.min(this.cols, values[1] || this.cols);
        if (right <= n) break;
        this.left = n - 1;
        this.right = right;
        this.x = 0;
        this.y = 0;
        break;
      }
      default:
        throw new Error(`not in the model: CSI ${parameters}${final}`);
    }
  }

  private mode(mode: number, on: boolean): void {
    if (mode === 69) {
      this.marginsOn = on;
      this.left = 0;
      this.right = this.cols;
    } else if (mode !== 7 && mode !== 1049 && mode !== 2026) {
      throw new Error(`not in the model: mode ${mode}`);
    }
  }

  private rendition(parameters: string): void {
    const pen = { ...this.pen };
    const values = parameters.split(';');
    for (let i = 0; i < values.length; i++) {
      const [code, sub] = values[i].split(':').map(Number);
      if (code === 0) Object.assign(pen, PLAIN);
      else if (code === 4) {
        pen.on |= 1 << 4;
        pen.underline = sub ?? 1;
      } else if (code >= 1 && code <= 9 && code !== 6) pen.on |= 1 << code;
      else if (code === 22) pen.on &= ~((1 << 1) | (1 << 2));
      else if (code === 24) {
        pen.on &= ~(1 << 4);
        pen.underline = 0;
      } else if (code >= 23 && code <= 29 && code !== 26) pen.on &= ~(1 << (code - 20));
      else if (code >= 30 && code <= 37) pen.fg = { kind: 'palette', value: code - 30 };
      else if (code >= 40 && code <= 47) pen.bg = { kind: 'palette', value: code - 40 };
      else if (code >= 90 && code <= 97) pen.fg = { kind: 'palette', value: code - 82 };
      else if (code >= 100 && code <= 107) pen.bg = { kind: 'palette', value: code - 92 };
      else if (code === 39) pen.fg = DEFAULT;
      else if (code === 49) pen.bg = DEFAULT;
      else if (code === 38 || code === 48) {
        let colour: Colour;
        if (values[i + 1] === '5') {
          colour = { kind: 'palette', value: Number(values[i + 2]) };
          i += 2;
        } else if (values[i + 1] === '2') {
          colour = { kind: 'rgb', value: (Number(values[i + 2]) << 16) | (Number(values[i + 3]) << 8) | Number(values[i + 4]) };
          i += 4;
        } else throw new Error(`not in the model: SGR ${parameters}`);
        if (code === 38) pen.fg = colour;
        else pen.bg = colour;
      } else throw new Error(`not in the model: SGR ${parameters}`);
    }
    this.pen = pen;
  }
}
