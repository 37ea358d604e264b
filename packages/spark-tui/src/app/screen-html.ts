/**
 * The screen as HTML: one `<pre>` whose spans carry their own styles, so that it can be pasted anywhere; or,
 * with `document`, a page of its own. It is well-formed XML, too.
 *
 *   <pre style="…"> row ⏎ row ⏎ … </pre>     runs of one look are one <span>, links are <a>
 *
 * Wide and unusual clusters stand in boxes of their width in cells (`ch`), so that columns line up also
 * when another font has to step in. HTML drops a line end right after `<pre>`: there always is one.
 */
import { ATTR_BOLD, ATTR_HIDDEN, ATTR_ITALIC, ATTR_STRIKETHROUGH } from '../style/index.ts';
import { sanitiseLine } from '../text/index.ts';
import { BLINK_STYLE, escapeXml, hasBlink, PLAIN_TEXT, safeHref } from './screen-markup.ts';
import { hex, type Inks, Palette, type ScreenPalette } from './screen-palette.ts';
import { isPlainBlank, type Look, type Span, type SpanReader } from './screen-spans.ts';
import { checkFontSize, DEFAULT_FONT } from './screen-svg.ts';

/** Options of `toHTML`. */
export interface HtmlOptions {
  /** Title of the page, when it is one; else read out by screen readers. */
  readonly title?: string;
  /** Pixels, 4 to 200. Default: that of the page. */
  readonly fontSize?: number;
  /** CSS `font-family`. Default: the monospaced font of the system. */
  readonly font?: string;
  readonly palette?: ScreenPalette;
  /** A whole page and not only its `<pre>`. Default false. */
  readonly document?: boolean;
}

/** CSS of the underline styles, by number. */
const UNDERLINES = ['', '', ' double', ' wavy', ' dotted', ' dashed'];
/** Line and block characters: fonts draw them to fill their cell at this line height or less. */
const DRAWING = /^[\u2500-\u259f]$/u;
const LINE_HEIGHT = 1.2;

/**
 * Writes a screen as HTML.
 *
 * @throws OptionError for options that cannot be used
 */
export function screenHtml(screen: SpanReader, options: HtmlOptions = {}): string {
  const { title = '', document = false } = options;
  const palette = new Palette('toHTML()', options.palette);
  const size = options.fontSize === undefined ? '' : `font-size:${checkFontSize('toHTML()', options.fontSize)}px;`;
  const rows: string[] = [];
  let blinks = false;
  for (let y = 0; y < screen.rows; y++) {
    const spans = screen.row(y);
    blinks ||= spans.some(({ look }) => hasBlink(look));
    rows.push(spans.map((span, i) => spanHtml(span, palette, i === spans.length - 1)).join(''));
  }
  const name = escapeXml(sanitiseLine(title));
  const font = escapeXml(options.font ?? DEFAULT_FONT);
  const style = `display:inline-block;margin:0;padding:1ch;font-family:${font};${size}line-height:${LINE_HEIGHT};color:${hex(palette.foreground)};background:${hex(palette.background)}`;
  const label = name === '' || document ? '' : ` role="img" aria-label="${name}"`;
  const pre = `${blinks && !document ? BLINK_STYLE : ''}<pre style="${style}"${label}>\n${rows.join('\n')}</pre>\n`;
  if (!document) return pre;
  return [
    '<!DOCTYPE html>',
    '<html>',
    `<head><meta charset="utf-8"/><title>${name}</title>${blinks ? BLINK_STYLE : ''}</head>`,
    `<body style="margin:0;background:${hex(palette.background)}">`,
    `${pre}</body>`,
    '</html>',
    '',
  ].join('\n');
}

function spanHtml({ clusters, widths, look }: Span, palette: Palette, last: boolean): string {
  let end = clusters.length;
  while (last && end > 0 && isPlainBlank(clusters[end - 1], look)) end--;
  if (end === 0) return '';
  const hidden = (look.attrs & ATTR_HIDDEN) !== 0;
  let text = '';
  for (let i = 0; i < end; i++) text += hidden ? ' '.repeat(widths[i]) : clusterHtml(clusters[i], widths[i]);
  const css = lookCss(look, palette.inks(look), palette);
  const blink = hasBlink(look) ? ' class="spark-blink"' : '';
  const style = css === '' ? '' : ` style="${css}"`;
  const href = safeHref(look.link);
  if (href !== '') return `<a href="${href}" rel="noopener"${blink} style="${css === '' ? 'color:inherit' : css}">${text}</a>`;
  return style === '' && blink === '' ? text : `<span${blink}${style}>${text}</span>`;
}

function clusterHtml(cluster: string, width: number): string {
  if (cluster === ' ' || DRAWING.test(cluster) || (width === 1 && PLAIN_TEXT.test(cluster))) return escapeXml(cluster);
  return `<span style="display:inline-block;width:${width}ch;height:${LINE_HEIGHT}em;vertical-align:bottom;text-align:center;white-space:pre">${escapeXml(cluster)}</span>`;
}

function lookCss(look: Look, inks: Inks, palette: Palette): string {
  const css: string[] = [];
  const { attrs, underline } = look;
  if (inks.text !== palette.foreground || look.link !== '') css.push(`color:${hex(inks.text)}`);
  // A block as high as its line: the background of inline text ends where the font does, rows would not touch.
  if (inks.background !== palette.background) css.push(`display:inline-block;background:${hex(inks.background)}`);
  if ((attrs & ATTR_BOLD) !== 0) css.push('font-weight:bold');
  if ((attrs & ATTR_ITALIC) !== 0) css.push('font-style:italic');
  const struck = (attrs & ATTR_STRIKETHROUGH) !== 0;
  if (underline > 0) {
    const color = inks.underline === inks.text ? '' : ` ${hex(inks.underline)}`;
    css.push(`text-decoration:underline${struck ? ' line-through' : ''}${UNDERLINES[underline] ?? ''}${color}`);
  } else if (struck) css.push('text-decoration:line-through');
  else if (look.link !== '') css.push('text-decoration:none');
  return css.join(';');
}
