/**
 * A list of parts → what the scene keeps: one string, and spans over its run. Values are checked here; an error
 * names the part.
 */
import { nearestName, OptionError } from '../base/index.ts';
import { SPAN_CLEAR_SHIFT, SPAN_END, SPAN_START, SPAN_WORDS } from '../scene/index.ts';
import {
  ATTR_BLINK,
  ATTR_BOLD,
  ATTR_DIM,
  ATTR_HIDDEN,
  ATTR_INVERSE,
  ATTR_ITALIC,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  type ColorInput,
  parseColor,
  parseUnderline,
  UNDERLINE_MASK,
  UNDERLINE_SHIFT,
  type UnderlineInput,
} from '../style/index.ts';
import { TextEdges } from '../text/index.ts';
import type { Host } from './host.ts';
import { internLink, usableLink } from './text-link.ts';

const ATTRIBUTES: ReadonlyMap<string, number> = new Map([
  ['bold', ATTR_BOLD],
  ['dim', ATTR_DIM],
  ['italic', ATTR_ITALIC],
  ['blink', ATTR_BLINK],
  ['inverse', ATTR_INVERSE],
  ['hidden', ATTR_HIDDEN],
  ['strikethrough', ATTR_STRIKETHROUGH],
]);
const KEYS: readonly string[] = ['text', 'fg', 'bg', 'underline', 'underlineColor', 'link', ...ATTRIBUTES.keys()];

/** Shows a list of parts in a text node. */
export function setParts(host: Host, slot: number, parts: readonly unknown[]): void {
  const { scene, extras } = host;
  const { refused } = extras;
  let styled = new StyledParts(host, slot, parts);
  // Ids interned just now are nowhere yet, so a sweep takes them too and they are asked for again.
  if (extras.refused !== refused && extras.onFull?.() === true) styled = new StyledParts(host, slot, parts);
  scene.setText(slot, styled.text, styled.edges);
  scene.textStyles.setSpans(slot, styled.spans());
}

/** The text of the parts, and the styles of those that have one. */
class StyledParts {
  text = '';
  readonly edges: TextEdges = new TextEdges();
  /** Span records, whose start and end are found by shaping. */
  private readonly records: number[] = [];
  private readonly host: Host;
  private readonly slot: number;
  private fg = 0;
  private bg = 0;
  private style = 0;
  private link = '';
  private underlineColor = 0;

  constructor(host: Host, slot: number, parts: readonly unknown[]) {
    this.host = host;
    this.slot = slot;
    for (let k = 0; k < parts.length; k++) this.add(parts[k], k);
  }

  /** The spans, after the text was shaped with `edges`. */
  spans(): Uint32Array | null {
    const { records } = this;
    if (records.length === 0) return null;
    const { words } = this.edges;
    const spans = new Uint32Array(records.length);
    let length = 0;
    for (let at = 0, edge = 0; at < records.length; at += SPAN_WORDS, edge += 2) {
      // All of the part may have been dropped, or belong to a cluster that began before.
      if (words[edge] >= words[edge + 1]) continue;
      for (let k = 0; k < SPAN_WORDS; k++) spans[length + k] = records[at + k];
      spans[length + SPAN_START] = words[edge];
      spans[length + SPAN_END] = words[edge + 1];
      length += SPAN_WORDS;
    }
    return length === spans.length ? spans : spans.slice(0, length);
  }

  private add(part: unknown, k: number): void {
    if (typeof part === 'string' || typeof part === 'number') {
      this.text += part;
      return;
    }
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      throw this.problem(k, `is ${shown(part)}; expected a string, a number or { text, … }`);
    }
    const { text } = part as { text?: unknown };
    if (typeof text !== 'string' && typeof text !== 'number') {
      throw this.problem(k, `has a text that is ${shown(text)}; expected a string or a number`);
    }
    this.readStyle(part as Record<string, unknown>, k);
    const start = this.text.length;
    this.text += text;
    const extra = internLink(this.host.extras, this.link, this.underlineColor);
    if ((this.fg | this.bg | this.style | extra) === 0 || this.text.length === start) return;
    this.edges.offsets.push(start, this.text.length);
    this.records.push(0, 0, this.fg, this.bg, this.style, extra);
  }

  private readStyle(part: Record<string, unknown>, k: number): void {
    this.fg = this.bg = this.style = this.underlineColor = 0;
    this.link = '';
    for (const name in part) {
      const value = part[name];
      if (value === undefined || value === null || name === 'text') continue;
      const bit = ATTRIBUTES.get(name);
      if (bit !== undefined) {
        if (typeof value !== 'boolean') throw this.problem(k, `has ${name} ${shown(value)}; expected true or false`);
        this.style |= value ? bit : bit << SPAN_CLEAR_SHIFT;
      } else if (name === 'fg') this.fg = this.parse(k, name, parseColor, value as ColorInput);
      else if (name === 'bg') this.bg = this.parse(k, name, parseColor, value as ColorInput);
      else if (name === 'underlineColor') this.underlineColor = this.parse(k, name, parseColor, value as ColorInput);
      else if (name === 'underline') this.setUnderline(this.parse(k, name, parseUnderline, value as UnderlineInput));
      else if (name === 'link') this.setLink(k, value);
      else this.unknown(k, name);
    }
  }

  private setUnderline(underline: number): void {
    this.style |= (ATTR_UNDERLINE | UNDERLINE_MASK) << SPAN_CLEAR_SHIFT;
    if (underline !== 0) this.style |= ATTR_UNDERLINE | (underline << UNDERLINE_SHIFT);
  }

  private setLink(k: number, value: unknown): void {
    if (typeof value !== 'string') throw this.problem(k, `has a link that is ${shown(value)}; expected a string`);
    this.link = usableLink(this.host, value, () => `${this.host.describe(this.slot)}: content[${k}]`);
  }

  private parse<T>(k: number, name: string, parse: (value: T) => number, value: T): number {
    try {
      return parse(value);
    } catch (error) {
      throw this.problem(k, `has a bad ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private unknown(k: number, name: string): never {
    const near = nearestName(name, KEYS);
    throw this.problem(k, `has an unknown '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`);
  }

  private problem(k: number, what: string): OptionError {
    return new OptionError(`${this.host.describe(this.slot)}: content[${k}] ${what}`);
  }
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
}
