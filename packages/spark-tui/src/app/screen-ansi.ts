/**
 * The screen as text with colours: rows separated by `\n`, SGR and OSC 8 only, no cursor movement. `cat` of
 * it shows the screen again, on any terminal at least as wide.
 *
 *   row = [ SGR text SGR text … reset ]     blanks at its end that show nothing are left out
 *
 * Every row ends in the default pen and without an open link: a terminal that scrolls fills new rows with
 * the background of the pen, and a pager may begin anywhere.
 * Sources: ECMA-48 §8.3.117; "Hyperlinks in terminal emulators" (OSC 8); kitty's underline styles (4:n, 58).
 */
import { ATTR_UNDERLINE, type ColorDepth, isPalette, isRgb, reduceColor, UNDERLINE_SINGLE } from '../style/index.ts';
import { isPlainBlank, type Look, PLAIN, type Span, type SpanReader } from './screen-spans.ts';

/** Options of `toANSI`. */
export interface AnsiOptions {
  /** Bits of colour: 1 none, 4 sixteen, 8 the palette of 256, 24 true colour. Default 24. */
  readonly depth?: ColorDepth;
}

/** SGR parameter that switches attribute bit n on. */
const ATTR_ON = [1, 2, 3, 4, 5, 7, 8, 9];
const RESET = '\x1b[m';
const LINK_END = '\x1b]8;;\x1b\\';

/** All rows of a screen with their colours. */
export function screenAnsi(screen: SpanReader, { depth = 24 }: AnsiOptions = {}): string {
  const rows: string[] = [];
  for (let y = 0; y < screen.rows; y++) rows.push(rowAnsi(screen.row(y), depth));
  return rows.join('\n');
}

/** One row: text and styles, no line end. Ends in the default pen. */
export function rowAnsi(spans: readonly Span[], depth: ColorDepth): string {
  let out = '';
  let pen = PLAIN;
  let link = '';
  let linkId = '';
  for (const [at, span] of spans.entries()) {
    const look = reduced(span.look, depth);
    const text = at === spans.length - 1 ? trimmed(span.clusters, look) : span.clusters.join('');
    if (text === '') break;
    if (look.link !== link || look.linkId !== linkId) {
      ({ link, linkId } = look);
      out += link === '' ? LINK_END : `\x1b]8;${linkId === '' ? '' : `id=${linkId}`};${link}\x1b\\`;
    }
    out += change(pen, look) + text;
    pen = look;
  }
  if (link !== '') out += LINK_END;
  return pen === PLAIN || parameters(pen).length === 0 ? out : out + RESET;
}

/** The text of the last span of a row, without what does not show. */
function trimmed(clusters: readonly string[], look: Look): string {
  let end = clusters.length;
  while (end > 0 && isPlainBlank(clusters[end - 1], look)) end--;
  return clusters.slice(0, end).join('');
}

function reduced(look: Look, depth: ColorDepth): Look {
  const { fg, bg, underlineColor } = look;
  return { ...look, fg: penColor(fg, depth), bg: penColor(bg, depth), underlineColor: penColor(underlineColor, depth) };
}

/** A colour as SGR can say it: 0 is the default. */
function penColor(color: number, depth: ColorDepth): number {
  const shown = reduceColor(color, depth);
  if (isRgb(shown)) return (shown | 0xff00_0000) >>> 0;
  return isPalette(shown) ? shown : 0;
}

/** The shortest SGR from one pen to another. */
function change(from: Look, to: Look): string {
  const whole = parameters(to);
  const reset = sgr(['', ...whole]);
  if (takesAway(from, to)) return reset;
  const before = new Set(parameters(from));
  const added = whole.filter((parameter) => !before.has(parameter));
  if (added.length === 0) return '';
  const delta = sgr(added);
  return delta.length <= reset.length ? delta : reset;
}

/** True when something of `from` has to be switched off for `to`: a reset does that. */
function takesAway(from: Look, to: Look): boolean {
  if ((from.attrs & ~to.attrs) !== 0) return true;
  return (from.fg !== 0 && to.fg === 0) || (from.bg !== 0 && to.bg === 0) || (from.underlineColor !== 0 && to.underlineColor === 0);
}

/** What makes the default pen this one. */
function parameters({ fg, bg, attrs, underline, underlineColor }: Look): string[] {
  const list: string[] = [];
  for (let bit = 0; bit < ATTR_ON.length; bit++) {
    if ((attrs & (1 << bit)) === 0) continue;
    const styled = 1 << bit === ATTR_UNDERLINE && underline !== UNDERLINE_SINGLE;
    list.push(styled ? `4:${underline}` : String(ATTR_ON[bit]));
  }
  if (fg !== 0) list.push(colorParameter(fg, 30));
  if (bg !== 0) list.push(colorParameter(bg, 40));
  if (underlineColor !== 0) list.push(underlineParameter(underlineColor));
  return list;
}

function colorParameter(color: number, base: 30 | 40): string {
  if (isRgb(color)) return `${base + 8};2;${(color >>> 16) & 0xff};${(color >>> 8) & 0xff};${color & 0xff}`;
  const index = color & 0xff;
  if (index < 8) return String(base + index);
  return index < 16 ? String(base + 52 + index) : `${base + 8};5;${index}`;
}

/** Colons: a terminal that does not know 58 would take what follows a semicolon for attributes. */
function underlineParameter(color: number): string {
  return isRgb(color) ? `58:2::${(color >>> 16) & 0xff}:${(color >>> 8) & 0xff}:${color & 0xff}` : `58:5:${color & 0xff}`;
}

function sgr(list: readonly string[]): string {
  return list.length === 1 && list[0] === '' ? RESET : `\x1b[${list.join(';')}m`;
}
