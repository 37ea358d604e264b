/**
 * Asks a terminal what it can do, without waiting: one batch of questions, then answers in any order, at any
 * time, or never.
 *
 *   bytes() ─▶ XTVERSION · DECRQM × 5 · CSI ? u · OSC 10, 11 · pixels · DA1 (the fence)
 *   take(answer) ─▶ facts ─▶ capabilities, a new record each time something changed ─▶ onChange
 *
 * Invariants: the record depends on which answers came, not on their order; answers that come after the fence
 * count as well; nothing grows with the number of answers; no timer.
 */
import { COLOR_UNSET } from '../style/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { type ColorScheme, isDark, parseColorSpec, type PixelSize, type TerminalCapabilities, UNKNOWN_CAPABILITIES } from './capabilities.ts';
import type { InputEvent, ResponseInput } from './input-events.ts';
import { type Environment, identifyTerminal, type Known, knownOf } from './quirks.ts';
import {
  MODE_COLOR_SCHEME,
  MODE_GRAPHEME_CLUSTERS,
  MODE_IN_BAND_RESIZE,
  MODE_MARGINS,
  MODE_SYNCHRONIZED,
  queryDefaultColors,
  queryDeviceAttributes,
  queryKittyKeyboard,
  queryMode,
  queryPixelSizes,
  queryVersion,
} from './sequences.ts';

const MODES: readonly number[] = [MODE_SYNCHRONIZED, MODE_GRAPHEME_CLUSTERS, MODE_COLOR_SCHEME, MODE_IN_BAND_RESIZE, MODE_MARGINS];
/** DECRPM values. */
const MODE_SET = 1;
const MODE_RESET = 2;
const MODE_ALWAYS_SET = 3;
/** Parameter of DA1: the clipboard can be written. */
const DA1_CLIPBOARD = 52;
const MAX_ATTRIBUTES = 64;
const MAX_VERSION_LENGTH = 100;

/**
 * @example
 * const query = new CapabilityQuery(process.env);
 * output.write(query.bytes());
 * decoder.feed(bytes, (event) => query.take(event));
 * query.capabilities.synchronized;
 */
export class CapabilityQuery {
  capabilities: TerminalCapabilities;
  /** Called after each change of `capabilities`. */
  onChange: (() => void) | null = null;
  private readonly env: Environment;
  private readonly asks: boolean;
  /** What the table of known terminals says. */
  known: Known;
  private asked = false;
  private settled = false;
  private versionText = '';
  private readonly modes = new Map<number, number>();
  private kittyFlags = -1;
  private foreground = COLOR_UNSET;
  private background = COLOR_UNSET;
  private scheme: ColorScheme = 'unknown';
  private cell: PixelSize | null = null;
  private window: PixelSize | null = null;
  private attributes: readonly number[] = [];

  /** With `asks` false nothing is asked: the record then holds what the environment tells. */
  constructor(env: Environment, asks: boolean = true) {
    this.env = env;
    this.known = knownOf(identifyTerminal(env));
    this.asks = asks && this.known.queries !== 'none';
    this.capabilities = this.derive();
  }

  /** The terminal is known to answer: a question at the end will be answered, too. */
  get answers(): boolean {
    return this.settled;
  }

  /** True when a private mode was already on before we came: it is not ours to switch off. */
  wasSet(mode: number): boolean {
    const value = this.modes.get(mode);
    return value === MODE_SET || value === MODE_ALWAYS_SET;
  }

  /** The questions; empty where none may be asked. */
  bytes(): Uint8Array {
    const out = new ByteBuffer(128);
    if (!this.asks) return out.view();
    this.asked = true;
    queryVersion(out);
    if (this.known.queries === 'all') for (const mode of MODES) queryMode(out, mode);
    queryKittyKeyboard(out);
    queryDefaultColors(out);
    queryPixelSizes(out);
    queryDeviceAttributes(out);
    return out.view();
  }

  /** Takes an event of the decoder. True when it was an answer (or a report) this is for. */
  take(event: InputEvent): boolean {
    if (event.type === 'resize') {
      this.resized(event.cols, event.rows, event.widthPx, event.heightPx);
      return false;
    }
    if (event.type !== 'response' || !this.note(event)) return false;
    this.update();
    return true;
  }

  private note(answer: ResponseInput): boolean {
    switch (answer.kind) {
      case 'da1':
        if (!this.asked) return false;
        this.settled = true;
        this.attributes = answer.params.slice(0, MAX_ATTRIBUTES);
        return true;
      case 'xtversion':
        this.versionText = answer.text.slice(0, MAX_VERSION_LENGTH);
        this.known = knownOf(identifyTerminal(this.env, this.versionText));
        return true;
      case 'decrpm':
        if (!answer.private || !MODES.includes(answer.mode)) return false;
        // The first answer tells how it was found; a later one how we set it.
        if (!this.modes.has(answer.mode)) this.modes.set(answer.mode, answer.value);
        return true;
      case 'kitty-keyboard':
        this.kittyFlags = answer.flags;
        return true;
      case 'color': {
        const color = parseColorSpec(answer.spec);
        if (color === COLOR_UNSET) return false;
        if (answer.slot === 'foreground') this.foreground = color;
        else if (answer.slot === 'background') this.background = color;
        else return false;
        return true;
      }
      case 'color-scheme':
        this.scheme = answer.scheme;
        return true;
      case 'winops':
        return this.notePixels(answer.op, answer.args);
      default:
        return false;
    }
  }

  /** Reports of `CSI 14 t` (op 4) and `CSI 16 t` (op 6) say height before width. */
  private notePixels(op: number, [height = 0, width = 0]: readonly number[]): boolean {
    if ((op !== 4 && op !== 6) || width <= 0 || height <= 0) return false;
    if (op === 4) this.window = { width, height };
    else this.cell = { width, height };
    return true;
  }

  private resized(cols: number, rows: number, width: number, height: number): void {
    if (width <= 0 || height <= 0 || cols <= 0 || rows <= 0) return;
    this.window = { width, height };
    this.cell = { width: Math.floor(width / cols), height: Math.floor(height / rows) };
    this.update();
  }

  private update(): void {
    const next = this.derive();
    if (isSame(this.capabilities, next)) return;
    this.capabilities = next;
    this.onChange?.();
  }

  private has(mode: number): boolean {
    const value = this.modes.get(mode);
    return value === MODE_SET || value === MODE_RESET || value === MODE_ALWAYS_SET;
  }

  private derive(): TerminalCapabilities {
    const { name, version } = identifyTerminal(this.env, this.versionText);
    const { features } = this.known;
    const dark = this.background === COLOR_UNSET ? null : isDark(this.background);
    return {
      ...UNKNOWN_CAPABILITIES,
      ...features,
      // Nothing was asked: nothing more will be known.
      settled: this.settled || !this.asks,
      name,
      version,
      synchronized: this.has(MODE_SYNCHRONIZED),
      graphemeClusters: this.has(MODE_GRAPHEME_CLUSTERS),
      colorSchemeReports: this.has(MODE_COLOR_SCHEME),
      inBandResize: this.has(MODE_IN_BAND_RESIZE),
      margins: this.has(MODE_MARGINS),
      kittyKeyboard: this.kittyFlags >= 0,
      kittyKeyboardFlags: Math.max(0, this.kittyFlags),
      foreground: this.foreground,
      background: this.background,
      darkBackground: dark,
      colorScheme: this.scheme !== 'unknown' ? this.scheme : dark === null ? 'unknown' : dark ? 'dark' : 'light',
      cellPixels: this.cell,
      windowPixels: this.window,
      clipboard: features.clipboard === true || this.attributes.includes(DA1_CLIPBOARD),
      deviceAttributes: this.attributes,
    };
  }
}

function isSame(a: TerminalCapabilities, b: TerminalCapabilities): boolean {
  for (const key of Object.keys(a) as (keyof TerminalCapabilities)[]) {
    if (a[key] !== b[key] && JSON.stringify(a[key]) !== JSON.stringify(b[key])) return false;
  }
  return true;
}
