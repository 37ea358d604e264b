/**
 * The screen as one SVG file that needs nothing else: no script, no font, no style sheet of its page.
 *
 *   backgrounds      one path a colour, cells joined to rectangles
 *   drawings         box lines, blocks, braille as shapes (`screen-shapes.ts`): they join in any font
 *   text             one <text> a run of plain characters, fitted to its cells by textLength, so that any
 *                    monospaced font lines up; every wide or unusual cluster alone, in the middle of its cells
 *   lines            underlines of all styles and strikethrough, as paths
 *
 * Shapes of one colour are one element, texts of one style one group: a dashboard of 100 × 28 cells takes
 * 6 kB. Edges lie on whole pixels (`crispEdges`), so no seam shows between cells at any scale.
 */
import { OptionError } from '../base/index.ts';
import { ATTR_BOLD, ATTR_HIDDEN, ATTR_ITALIC, ATTR_STRIKETHROUGH } from '../style/index.ts';
import { sanitiseLine } from '../text/index.ts';
import { BLINK_STYLE, escapeXml, hasBlink, PLAIN_TEXT, safeHref } from './screen-markup.ts';
import { decimal } from './screen-path.ts';
import { hex, mix, Palette, type ScreenPalette } from './screen-palette.ts';
import type { Span, SpanReader } from './screen-spans.ts';
import { SvgLayers } from './screen-svg-layers.ts';
import { drawShape, type ShapeCell } from './screen-shapes.ts';
import { drawUnderline } from './screen-underlines.ts';

/** Options of `toSVG`. */
export interface SvgOptions {
  /** Read out by screen readers, and shown in the title bar. */
  readonly title?: string;
  /** Pixels, 4 to 200. Default 15: cells of 9 × 18. */
  readonly fontSize?: number;
  /** CSS `font-family`. Default: the monospaced font of the system. */
  readonly font?: string;
  readonly palette?: ScreenPalette;
  /** Draws a window around the screen, with a title bar. Default false. */
  readonly window?: boolean;
}

/** The fonts pictures ask for: what terminals use where they are looked at. */
export const DEFAULT_FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
const DEFAULT_FONT_SIZE = 15;

/** Measures of a picture, in pixels. */
interface Metrics {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** From the top of a row to the base line of its text. */
  readonly baseline: number;
  /** Thickness of a light line. */
  readonly line: number;
}

/**
 * Draws a screen.
 *
 * @throws OptionError for options that cannot be used
 */
export function screenSvg(screen: SpanReader, options: SvgOptions = {}): string {
  const { title = '', window = false } = options;
  const fontSize = checkFontSize('toSVG()', options.fontSize ?? DEFAULT_FONT_SIZE);
  const palette = new Palette('toSVG()', options.palette);
  const metrics: Metrics = {
    cellWidth: Math.max(2, Math.round(fontSize * 0.6)),
    cellHeight: Math.max(4, Math.round(fontSize * 1.2)),
    baseline: Math.round(fontSize * 0.93),
    line: Math.max(1, Math.round(fontSize / 14)),
  };
  const layers = new SvgLayers();
  for (let y = 0; y < screen.rows; y++) for (const span of screen.row(y)) drawSpan(span, y, metrics, palette, layers);

  const padding = metrics.cellWidth * (window ? 2 : 1);
  const top = window ? metrics.cellHeight * 2 : padding;
  const width = screen.cols * metrics.cellWidth + padding * 2;
  const height = screen.rows * metrics.cellHeight + top + padding;
  const font = escapeXml(options.font ?? DEFAULT_FONT);
  const name = escapeXml(sanitiseLine(title));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"${name === '' ? '' : ` aria-label="${name}"`}>`,
    ...(name === '' ? [] : [`<title>${name}</title>`]),
    ...(layers.blinks ? [BLINK_STYLE] : []),
    ...frame(width, height, metrics, palette, window, name, font),
    `<g transform="translate(${padding} ${top})" font-family="${font}" font-size="${fontSize}">`,
    ...layers.markup(metrics.line),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A number of pixels text can have. */
export function checkFontSize(caller: string, fontSize: number): number {
  if (typeof fontSize !== 'number' || !(fontSize >= 4 && fontSize <= 200)) throw new OptionError(`${caller}: fontSize is ${String(fontSize)}; expected 4 to 200 pixels`);
  return fontSize;
}

/** The ground, and the window around the screen. */
function frame(width: number, height: number, metrics: Metrics, palette: Palette, window: boolean, name: string, font: string): string[] {
  const ground = `<rect width="${width}" height="${height}" rx="8" fill="${hex(palette.background)}"/>`;
  if (!window) return [ground];
  const edge = hex(mix(palette.foreground, palette.background, 25));
  const middle = metrics.cellHeight;
  const radius = metrics.cellWidth * 0.65;
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map((fill, i) => `<circle cx="${decimal(metrics.cellWidth * (2.5 + i * 2.2))}" cy="${middle}" r="${decimal(radius)}" fill="${fill}"/>`);
  const label = `<text x="${width / 2}" y="${decimal(middle + metrics.cellHeight * 0.25)}" text-anchor="middle" font-family="${font}" font-size="${decimal(metrics.cellHeight * 0.72)}" fill="${hex(mix(palette.foreground, palette.background, 70))}">${name}</text>`;
  return [ground, `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="7.5" fill="none" stroke="${edge}"/>`, ...buttons, ...(name === '' ? [] : [label])];
}

function drawSpan(span: Span, row: number, metrics: Metrics, palette: Palette, layers: SvgLayers): void {
  const { cellWidth, cellHeight, baseline, line } = metrics;
  const { look } = span;
  const inks = palette.inks(look);
  const left = span.x * cellWidth;
  const top = row * cellHeight;
  if (inks.background !== palette.background) layers.background(hex(inks.background)).add(left, top, span.width * cellWidth, cellHeight);
  if ((look.attrs & ATTR_HIDDEN) !== 0) return;

  const blinks = hasBlink(look);
  const ink = { color: hex(inks.text), blinks };
  const under = { color: hex(inks.underline), blinks };
  const texts = layers.texts({
    ...ink,
    bold: (look.attrs & ATTR_BOLD) !== 0,
    italic: (look.attrs & ATTR_ITALIC) !== 0,
    href: safeHref(look.link),
  });
  const shades = {
    rect: (x: number, y: number, width: number, height: number, percent = 100): void =>
      layers.shapes(percent === 100 ? ink : { color: hex(mix(inks.text, inks.background, percent)), blinks }).add(x, y, width, height),
    stroke: (d: string): void => void layers.strokes(ink).push(d),
    fill: (d: string): void => void layers.fills(ink).push(d),
  };
  // A run of plain characters; single spaces do not end it.
  let run = '';
  let runX = 0;
  const endRun = (): void => {
    const text = run.trimEnd();
    if (text !== '') {
      const fit = text.length > 1 ? ` textLength="${text.length * cellWidth}"` : '';
      texts.fitted.push(`<text x="${runX}" y="${top + baseline}"${fit}>${escapeXml(text)}</text>`);
    }
    run = '';
  };
  let x = left;
  for (const [i, cluster] of span.clusters.entries()) {
    const width = span.widths[i] * cellWidth;
    const code = cluster.codePointAt(0) ?? 0;
    const cell: ShapeCell = { x, y: top, width, height: cellHeight, line };
    if (cluster === ' ') {
      if (run === '' || run.endsWith(' ')) endRun();
      else run += ' ';
    } else if (PLAIN_TEXT.test(cluster) && span.widths[i] === 1) {
      if (run === '') runX = x;
      run += cluster;
    } else {
      endRun();
      if (cluster.length > String.fromCodePoint(code).length || !drawShape(code, cell, shades)) {
        texts.centred.push(`<text x="${x + width / 2}" y="${top + baseline}">${escapeXml(cluster)}</text>`);
      }
    }
    x += width;
  }
  endRun();
  const end = left + span.width * cellWidth;
  drawUnderline(look.underline, { left, end, y: top + baseline + line, line }, {
    solid: (y, height) => layers.shapes(under).add(left, y, end - left, height),
    dashed: (d, dashes) => void layers.dashes({ ...under, dashes }).push(d),
    wave: (d) => void layers.waves(under).push(d),
  });
  if ((look.attrs & ATTR_STRIKETHROUGH) !== 0) layers.lines(ink).add(left, top + Math.round(baseline * 0.68), end - left, line);
}

