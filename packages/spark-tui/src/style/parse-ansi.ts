/**
 * Text with escape sequences, as programs print it → styled parts. A sequence is understood or removed; none is
 * ever passed on, and what is kept is kept as values, so that what is written later is ours.
 *
 *   ESC [ 1 ; 31 m            SGR: attributes and colours of what follows
 *   ESC ] 8 ; ; URI ESC \     OSC 8: link of what follows, when `safeLink` has no objection
 *   any other CSI, OSC, DCS, APC, PM, SOS, ESC sequence, C0 and C1 but \n and \t: removed
 *
 * The 8-bit forms (U+0080–U+009F) count as the 7-bit ones. A string sequence ends at ST, an OSC at BEL too; CAN, SUB and
 * an ESC that begins something else abort it. One without an end is removed up to the end of its line, and no further
 * than 4,096 characters. Every character is looked at a bounded number of times: O(n).
 *
 * Source: ECMA-48 §5.4, §8.3.117; XTerm Control Sequences; OSC 8 specification of egmontob.
 */
import { AnsiPen } from './ansi-pen.ts';
import type { TextPart } from './text-part.ts';

const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
const BACKSLASH = 0x5c;
const C1_CSI = 0x9b;
const C1_ST = 0x9c;
const C1_OSC = 0x9d;
const SEMICOLON = 0x3b;
/** From the byte after ESC to its 8-bit form. */
const TO_C1 = 0x40;
/** What an unterminated string takes with it at most. */
const MAX_UNTERMINATED = 4096;
/** Longer OSC 8 are removed unread: no usable link is that long. */
const MAX_LINK_SEQUENCE = 8192;

/**
 * The parts of a text with SGR and OSC 8 sequences; everything else that could steer a terminal is removed. Use it for
 * output of other programs; `text({ content, ansi: true })` does so by itself.
 *
 * @returns parts in order; one without style has only `text`, and there is none for an empty text
 * @example
 * parseAnsi('plain \u001b[1;31mred'); // [{ text: 'plain ' }, { text: 'red', bold: true, fg: 'ansi:1' }]
 */
export function parseAnsi(text: string): TextPart[] {
  const parser = new AnsiParser(text);
  parser.run();
  return parser.parts;
}

/**
 * The text without escape sequences and control characters (`\n` and `\t` stay). The same string when it has none.
 *
 * @example
 * stripAnsi('\u001b[1mbold\u001b[0m'); // 'bold'
 */
export function stripAnsi(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  if (!/[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(text)) return text;
  let out = '';
  for (const part of parseAnsi(text)) out += part.text;
  return out;
}

class AnsiParser {
  readonly parts: TextPart[] = [];
  private readonly text: string;
  private readonly pen = new AnsiPen();
  /** Text in the current pen that is not in a part yet. */
  private pending = '';

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    const { text } = this;
    const { length } = text;
    let keptFrom = 0;
    let i = 0;
    while (i < length) {
      const code = text.charCodeAt(i);
      if ((code >= 0x20 && code < 0x7f) || code > 0x9f || code === 0x0a || code === 0x09) {
        i++;
        continue;
      }
      if (keptFrom < i) this.pending += text.slice(keptFrom, i);
      if (code === ESC) i = this.escape(i + 1);
      else if (code >= 0x80) i = this.introduced(code, i + 1);
      else i++;
      keptFrom = i;
    }
    this.pending += text.slice(keptFrom);
    this.flush();
  }

  /** After ESC: returns where the text goes on. */
  private escape(from: number): number {
    const { text } = this;
    let i = from;
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (code >= 0x40 && code <= 0x5f) return this.introduced(code + TO_C1, i + 1);
    while (i < text.length && text.charCodeAt(i) >= 0x20 && text.charCodeAt(i) < 0x30) i++;
    return i < text.length && text.charCodeAt(i) >= 0x30 && text.charCodeAt(i) < 0x7f ? i + 1 : i;
  }

  /** After a C1 control, in either form. */
  private introduced(control: number, from: number): number {
    if (control === C1_CSI) return this.csi(from);
    if (control === C1_OSC || control === 0x90 || control === 0x98 || control === 0x9e || control === 0x9f) return this.string(control, from);
    return from;
  }

  private csi(from: number): number {
    const { text } = this;
    let i = from;
    while (i < text.length && text.charCodeAt(i) >= 0x30 && text.charCodeAt(i) < 0x40) i++;
    const paramsEnd = i;
    while (i < text.length && text.charCodeAt(i) >= 0x20 && text.charCodeAt(i) < 0x30) i++;
    const final = i < text.length ? text.charCodeAt(i) : 0;
    // Something else in its middle ends it, and is looked at for itself.
    if (final < 0x40 || final > 0x7e) return i;
    if (final === 0x6d && i === paramsEnd) {
      this.flush();
      this.pen.apply(text, from, paramsEnd);
    }
    return i + 1;
  }

  private string(control: number, from: number): number {
    const { text } = this;
    const { length } = text;
    let i = from;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === BEL && control === C1_OSC) return this.closed(control, from, i, i + 1);
      if (code === C1_ST) return this.closed(control, from, i, i + 1);
      if (code === ESC) {
        if (text.charCodeAt(i + 1) === BACKSLASH) return this.closed(control, from, i, i + 2);
        return i;
      }
      if (code === CAN || code === SUB) return i + 1;
      if (code >= 0x80 && code < 0xa0) return i;
    }
    const lineEnd = text.indexOf('\n', from);
    return Math.min(lineEnd < 0 ? length : lineEnd, from + MAX_UNTERMINATED);
  }

  /** A string sequence from `from` to `to`; returns `next`. */
  private closed(control: number, from: number, to: number, next: number): number {
    const { text } = this;
    if (control !== C1_OSC || to - from > MAX_LINK_SEQUENCE) return next;
    if (text.charCodeAt(from) !== 0x38 || text.charCodeAt(from + 1) !== SEMICOLON) return next;
    const params = text.indexOf(';', from + 2);
    if (params < 0 || params >= to) return next;
    this.flush();
    this.pen.setLink(text.slice(params + 1, to));
    return next;
  }

  /** Makes a part of the text so far. */
  private flush(): void {
    if (this.pending === '') return;
    this.parts.push(this.pen.part(this.pending));
    this.pending = '';
  }
}
