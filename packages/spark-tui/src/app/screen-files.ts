/** The screen of an app as files: plain text, text with colours, SVG, HTML. */
import { OptionError, PhaseError } from '../base/index.ts';
import type { CellBuffer, ExtraSource } from '../cells/index.ts';
import type { GlyphTable } from '../text/index.ts';
import { type AnsiOptions, screenAnsi } from './screen-ansi.ts';
import { type HtmlOptions, screenHtml } from './screen-html.ts';
import { SpanReader } from './screen-spans.ts';
import { screenSvg, type SvgOptions } from './screen-svg.ts';
import { screenText } from './screen-text.ts';

/**
 * What shows an app, as strings. Each first runs the frame that is pending (while a slow terminal has not taken
 * the frame before, what was painted last is shown), and throws a PhaseError once the app has ended: its screen is
 * gone then.
 *
 * @example
 * const app = mountSync(view);
 * writeFileSync('screen.svg', app.toSVG({ title: 'My app' }));
 * await app.unmount();
 */
export interface ScreenFiles {
  /**
   * The screen as plain text: rows joined by `\n`, without blanks at their ends.
   *
   * @throws PhaseError when the app has ended
   * @example
   * const app = mountSync(() => text({ content: 'hi' }));
   * app.toText().split('\n')[0]; // 'hi'
   */
  toText(): string;
  /**
   * The screen as text with SGR colours and OSC 8 links: rows joined by `\n`, each ending in the default pen,
   * no cursor movement. `cat` of it shows the same screen.
   *
   * @throws PhaseError when the app has ended; OptionError for a depth that does not exist
   * @example
   * writeFileSync('screen.ans', app.toANSI({ depth: 8 }));
   */
  toANSI(options?: AnsiOptions): string;
  /**
   * The screen as one SVG file: wide glyphs, line drawing, all attributes, underlines, links; palette and
   * default colours as `palette` says.
   *
   * @throws PhaseError when the app has ended; OptionError for options that cannot be used
   * @example
   * writeFileSync('screen.svg', app.toSVG({ title: 'My app', window: true }));
   */
  toSVG(options?: SvgOptions): string;
  /**
   * The screen as an HTML `<pre>` with inline styles, or as a whole page (`document: true`).
   *
   * @throws PhaseError when the app has ended; OptionError for options that cannot be used
   * @example
   * writeFileSync('screen.html', app.toHTML({ title: 'My app', document: true }));
   */
  toHTML(options?: HtmlOptions): string;
}

/** What is needed of an app. */
interface ScreenSource {
  readonly disposed: boolean;
  readonly screen: { readonly back: CellBuffer };
  readonly glyphs: GlyphTable;
  readonly extras: ExtraSource;
  flush(): void;
}

const DEPTHS: readonly unknown[] = [1, 4, 8, 24];

export class ScreenWriter implements ScreenFiles {
  private readonly source: ScreenSource;

  constructor(source: ScreenSource) {
    this.source = source;
  }

  toText(): string {
    const { screen, glyphs } = this.shown('toText');
    return screenText(screen.back, glyphs);
  }

  toANSI(options: AnsiOptions = {}): string {
    checkNames('toANSI', options, ['depth']);
    const { depth } = options;
    if (depth !== undefined && !DEPTHS.includes(depth)) throw new OptionError(`toANSI(): depth is ${String(depth)}; expected 1, 4, 8 or 24 bits`);
    return screenAnsi(this.reader('toANSI'), options);
  }

  toSVG(options: SvgOptions = {}): string {
    checkNames('toSVG', options, ['title', 'fontSize', 'font', 'palette', 'window']);
    return screenSvg(this.reader('toSVG'), options);
  }

  toHTML(options: HtmlOptions = {}): string {
    checkNames('toHTML', options, ['title', 'fontSize', 'font', 'palette', 'document']);
    return screenHtml(this.reader('toHTML'), options);
  }

  private reader(caller: string): SpanReader {
    const { screen, glyphs, extras } = this.shown(caller);
    return new SpanReader(screen.back, glyphs, extras);
  }

  private shown(caller: string): ScreenSource {
    const { source } = this;
    source.flush();
    if (source.disposed) throw new PhaseError(`${caller}(): the app has ended and its screen is gone; call it before unmount()`);
    return source;
  }
}

/** Names that nobody reads are mistakes; texts must be strings. */
function checkNames(caller: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new OptionError(`${caller}(): the options are ${String(options)}; expected an object`);
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw new OptionError(`${caller}(): there is no option '${name}'; there are ${known.join(', ')}`);
    if ((name === 'title' || name === 'font') && value !== undefined && typeof value !== 'string') {
      throw new OptionError(`${caller}(): ${name} is ${String(value)}; expected a string`);
    }
  }
}
