/**
 * The layers of a picture, from back to front, each sorted by style as it is drawn: one element for all
 * shapes of a colour, one group for all texts of a style.
 *
 *   backgrounds → shapes → fills, strokes → texts → dashes, waves → strikethrough
 */
import { RectPath } from './screen-path.ts';

/** What shapes are drawn with. */
export interface Ink {
  readonly color: string;
  readonly blinks: boolean;
}

/** What text is drawn with. */
export interface TextInk extends Ink {
  readonly bold: boolean;
  readonly italic: boolean;
  /** Escaped; `''` = no link. */
  readonly href: string;
}

/** `<text>` elements of one style. */
export interface Texts {
  /** Runs that begin at their `x`. */
  readonly fitted: string[];
  /** Clusters with `x` in their middle. */
  readonly centred: string[];
}

/** Things drawn with one style, by the attributes that say the style. */
class Layer<T> {
  readonly byAttributes = new Map<string, T>();
  private readonly make: () => T;

  constructor(make: () => T) {
    this.make = make;
  }

  get(attributes: string): T {
    let found = this.byAttributes.get(attributes);
    if (found === undefined) {
      found = this.make();
      this.byAttributes.set(attributes, found);
    }
    return found;
  }
}

const noPaths = (): string[] => [];

export class SvgLayers {
  /** Whether anything drawn blinks. */
  blinks = false;
  private readonly backgroundLayer = new Layer(() => new RectPath());
  private readonly shapeLayer = new Layer(() => new RectPath());
  private readonly lineLayer = new Layer(() => new RectPath());
  private readonly fillLayer = new Layer(noPaths);
  private readonly strokeLayer = new Layer(noPaths);
  private readonly dashLayer = new Layer(noPaths);
  private readonly waveLayer = new Layer(noPaths);
  private readonly textLayer = new Layer<Texts>(() => ({ fitted: [], centred: [] }));
  private readonly hrefs = new Map<string, string>();

  background(color: string): RectPath {
    return this.backgroundLayer.get(`fill="${color}"`);
  }

  /** Filled rectangles over the background. */
  shapes(ink: Ink): RectPath {
    return this.shapeLayer.get(this.fill(ink));
  }

  /** Filled rectangles over the text. */
  lines(ink: Ink): RectPath {
    return this.lineLayer.get(this.fill(ink));
  }

  fills(ink: Ink): string[] {
    return this.fillLayer.get(this.fill(ink));
  }

  strokes(ink: Ink): string[] {
    return this.strokeLayer.get(this.stroke(ink));
  }

  dashes(ink: Ink & { readonly dashes: string }): string[] {
    return this.dashLayer.get(`${this.stroke(ink)} stroke-dasharray="${ink.dashes}"`);
  }

  waves(ink: Ink): string[] {
    return this.waveLayer.get(this.stroke(ink));
  }

  texts(ink: TextInk): Texts {
    const attributes = `${this.fill(ink)}${ink.bold ? ' font-weight="bold"' : ''}${ink.italic ? ' font-style="italic"' : ''}`;
    const key = `${ink.href} ${attributes}`;
    this.hrefs.set(key, ink.href);
    return this.textLayer.get(key);
  }

  /** The elements, in order; `line` is the thickness of strokes. */
  markup(line: number): string[] {
    const out: string[] = [];
    const rects = (layer: Layer<RectPath>): void => {
      for (const [attributes, path] of layer.byAttributes) {
        const d = path.data();
        if (d !== '') out.push(`<path shape-rendering="crispEdges" ${attributes} d="${d}"/>`);
      }
    };
    const paths = (layer: Layer<string[]>, style: string): void => {
      for (const [attributes, list] of layer.byAttributes) out.push(`<path ${style}${attributes} d="${list.join('')}"/>`);
    };
    const stroke = `fill="none" stroke-width="${line}" `;
    rects(this.backgroundLayer);
    rects(this.shapeLayer);
    paths(this.fillLayer, '');
    paths(this.strokeLayer, stroke);
    for (const [key, texts] of this.textLayer.byAttributes) out.push(...this.group(key, texts));
    paths(this.dashLayer, stroke);
    paths(this.waveLayer, stroke);
    rects(this.lineLayer);
    return out;
  }

  private group(key: string, { fitted, centred }: Texts): string[] {
    if (fitted.length === 0 && centred.length === 0) return [];
    const href = this.hrefs.get(key) ?? '';
    const out = [`<g ${key.slice(href.length + 1)}>`, ...fitted];
    if (centred.length > 0) out.push('<g text-anchor="middle">', ...centred, '</g>');
    out.push('</g>');
    return href === '' ? out : [`<a href="${href}" rel="noopener">`, ...out, '</a>'];
  }

  private fill(ink: Ink): string {
    return `fill="${ink.color}"${this.blink(ink)}`;
  }

  private stroke(ink: Ink): string {
    return `stroke="${ink.color}"${this.blink(ink)}`;
  }

  private blink({ blinks }: Ink): string {
    if (!blinks) return '';
    this.blinks = true;
    return ' class="spark-blink"';
  }
}
