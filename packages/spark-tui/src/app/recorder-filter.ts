/**
 * What of an app's bytes belongs into a recording: what shows. A recording is played on other people's
 * terminals, where questions would be answered into their shell, mouse reports switched on, and a copied
 * text put on their clipboard.
 *
 *   kept       text, C0, cursor moves, erasing, scrolling, SGR, links and titles (OSC 8, 0–2), modes 7, 25, 69
 *   left out   all other modes, queries, keyboard protocols, window operations, other OSC, DCS, APC, PM, SOS
 *   changed    the alternate screen: a recording has its screen for itself. Entering or leaving it clears the
 *              screen, but only once something is written, so what an app showed last stays at the end;
 *              leaving moves the cursor below it
 *
 * Sequences may be cut anywhere between two pieces; of an unfinished one at most 256 KiB are kept.
 * Sources: asciicast v2 (asciinema); ECMA-48; xterm ctlseqs.
 */

const ESC = '\x1b';
/** Autowrap, cursor visible, left and right margins. */
const SHOWN_MODES: ReadonlySet<string> = new Set(['7', '25', '69']);
const ALTERNATE_MODES: ReadonlySet<string> = new Set(['47', '1047', '1049']);
/** Titles and links, after `ESC ]`. */
const SHOWN_OSC = /^[0128];/;
/** Finals of CSI without prefix that ask or change what is no cell: reports, device attributes, window operations. */
const SILENT_FINALS = 'cnt';
const CLEAR = '\x1b[m\x1b[r\x1b[H\x1b[2J';
/** Where a shell may go on without writing over what is shown; terminals stop at their last row. */
export const LAST_ROW = '\x1b[999H';
const MAX_TAIL = 256 * 1024;

export class RecorderFilter {
  /** True while the alternate screen would be shown. */
  alternate = false;
  private tail = '';
  private clearFirst = false;

  /** What to record of the next piece of output. */
  feed(text: string): string {
    const all = this.tail + text;
    this.tail = '';
    let out = '';
    let at = 0;
    while (at < all.length) {
      const escape = all.indexOf(ESC, at);
      if (escape !== at) out += this.shown(all.slice(at, escape === -1 ? all.length : escape));
      if (escape === -1) break;
      const end = sequenceEnd(all, escape);
      if (end === -1) {
        // Too long: its content is dropped, its end still looked for.
        this.tail = all.slice(escape, all.length - escape <= MAX_TAIL ? all.length : escape + 2);
        break;
      }
      out += this.keep(all.slice(escape, end));
      at = end;
    }
    return out;
  }

  /** Forgets what is unfinished. */
  reset(): void {
    this.tail = '';
  }

  private shown(text: string): string {
    if (!this.clearFirst) return text;
    this.clearFirst = false;
    return CLEAR + text;
  }

  private keep(sequence: string): string {
    const kind = sequence[1];
    if (kind === ']') return SHOWN_OSC.test(sequence.slice(2, 4)) ? this.shown(sequence) : '';
    if ('P_^X'.includes(kind)) return '';
    if (kind !== '[') return this.shown(sequence);
    const prefix = sequence[2];
    const final = sequence.at(-1) as string;
    if (prefix === '?' && (final === 'h' || final === 'l')) return this.modes(sequence.slice(3, -1), final);
    if ('<=>?'.includes(prefix) || SILENT_FINALS.includes(final) || sequence.includes('$')) return '';
    return this.shown(sequence);
  }

  private modes(parameters: string, final: 'h' | 'l'): string {
    const kept: string[] = [];
    let left = '';
    for (const mode of parameters.split(';')) {
      if (SHOWN_MODES.has(mode)) kept.push(mode);
      if (!ALTERNATE_MODES.has(mode)) continue;
      this.alternate = final === 'h';
      this.clearFirst = true;
      if (!this.alternate) left = LAST_ROW;
    }
    return kept.length === 0 ? left : `${left}${ESC}[?${kept.join(';')}${final}`;
  }
}

/** Where the sequence that begins at `start` ends (exclusive); -1 when its end is yet to come. */
function sequenceEnd(text: string, start: number): number {
  const kind = text[start + 1];
  if (kind === undefined) return -1;
  if (kind === '[') {
    for (let i = start + 2; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x40 && code <= 0x7e) return i + 1;
      // Broken off: what breaks it is no part of it.
      if (code < 0x20 || code > 0x7e) return i;
    }
    return -1;
  }
  if (']P_^X'.includes(kind)) {
    for (let i = start + 2; i < text.length; i++) {
      if (kind === ']' && text[i] === '\x07') return i + 1;
      if (text[i] !== ESC) continue;
      if (i + 1 === text.length) return -1;
      return text[i + 1] === '\\' ? i + 2 : i;
    }
    return -1;
  }
  // ESC, intermediates, one final.
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x2f) return i + 1;
  }
  return -1;
}
