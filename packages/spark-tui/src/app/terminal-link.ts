/**
 * One app and its terminal, apart from cells and keys: asks what the terminal can do, changes modes and the
 * encoder as it answers, carries requests, and knows what has to be undone.
 *
 *   greeting ─▶ … answers ─▶ take ─▶ signals, `pending` ─▶ next frame: prepare (modes, encoder) · cells · encode (requests)
 *
 * Invariants: the encoder changes only between frames; modes count as switched on from the frame on that
 * carries the bytes; without answers nothing waits and no timer exists.
 */
import type { Clock } from '../base/index.ts';
import { batch, type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import {
  ByteBuffer,
  CapabilityQuery,
  changeModes,
  type ColorScheme,
  type Encoder,
  type EncoderCaps,
  type InputEvent,
  MODE_GRAPHEME_CLUSTERS,
  MODE_MARGINS,
  type MouseTracking,
  queryColorScheme,
  queryDefaultColors,
  type Reflow,
  type TerminalCapabilities,
  type TerminalModes,
  TerminalRequests,
} from '../terminal/index.ts';
import { TerminalControl } from '../ui/index.ts';

/** An app that ends sooner than this after its questions takes them for not answered yet, later for never answered. */
const ANSWER_MS = 1000;

/** Where it is kept which modes are on. */
interface ModeHolder {
  modes: TerminalModes;
  /** Is told what undoes the app's requests, whenever that changes. */
  undo?: Uint8Array;
}

/** What an app has to know of its terminal to ask and change it. */
export interface TerminalOptions {
  readonly holder: ModeHolder;
  /** Environment of the terminal, for what no question tells. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False: nothing is asked. */
  readonly query: boolean;
  /** Flags of the kitty keyboard protocol to use where it is spoken; 0 for none. */
  readonly kittyKeyboard: number;
  /** The size is the terminal's own: reports of changes are wanted. */
  readonly followsSize: boolean;
}

interface TerminalLinkOptions extends Omit<TerminalOptions, 'holder'> {
  readonly clock: Clock;
  /** Null: there is no terminal while the app runs. */
  readonly modes: ModeHolder | null;
  readonly caps: EncoderCaps;
  /** A frame is needed. */
  readonly onRequest: () => void;
}

export class TerminalLink {
  readonly requests: TerminalRequests;
  readonly control: TerminalControl;
  private readonly options: TerminalLinkOptions;
  private readonly query: CapabilityQuery;
  private readonly capabilities: WritableSignal<TerminalCapabilities>;
  private readonly scheme: WritableSignal<ColorScheme>;
  private base: EncoderCaps;
  private stale = false;
  /** Another way to track the mouse, from the next frame on. */
  private mouse: MouseTracking | null = null;
  private askedMs = -Infinity;
  /** Milliseconds its first answers took; 0 as long as there are none. */
  answerMs = 0;
  /** Who waits for all answers, each with a timer. */
  private readonly waiters = new Set<() => void>();
  private asksColors = false;
  private closed = false;
  private readonly undoBytes: ByteBuffer = new ByteBuffer(64);
  private toldUndo = 0;

  constructor(options: TerminalLinkOptions) {
    this.options = options;
    this.base = options.caps;
    this.query = new CapabilityQuery(options.env, options.query && options.modes !== null);
    this.query.onChange = () => this.changed();
    this.capabilities = signal(this.query.capabilities);
    this.scheme = signal<ColorScheme>(this.query.capabilities.colorScheme);
    const { known } = this.query;
    this.requests = new TerminalRequests({
      clock: options.clock,
      available: options.modes !== null && known.requests,
      cursorStyles: known.cursorStyles,
      capabilities: () => this.query.capabilities,
      onRequest: options.onRequest,
    });
    this.control = new TerminalControl(this.requests, this.capabilities as ReadableSignal<TerminalCapabilities>, this.scheme, (timeoutMs) => this.whenSettled(timeoutMs));
  }

  /** What the encoder may use, as far as it is known now. */
  get caps(): EncoderCaps {
    const { query, base, options } = this;
    const { capabilities, known } = query;
    const { NO_COLOR, FORCE_COLOR } = options.env;
    const isChosen = FORCE_COLOR !== undefined || (NO_COLOR !== undefined && NO_COLOR !== '');
    return {
      ...base,
      ...known.caps,
      depth: capabilities.trueColor && !isChosen ? 24 : base.depth,
      underlineStyles: known.caps.underlineStyles ?? base.underlineStyles,
      synchronized: base.synchronized || capabilities.synchronized,
      margins: options.modes?.modes.margins ?? false,
    };
  }

  /** True when the next frame has something to send of this. */
  get pending(): boolean {
    return this.stale || this.asksColors || this.requests.pending;
  }

  /** Which rows the terminal lays out anew when its width changes. */
  get reflow(): Reflow {
    // PuTTY and others that only cut rows off answer, but not who they are.
    return this.query.answers && this.query.capabilities.name === '' ? 'none' : this.query.known.reflow;
  }

  /** How late a change of the terminal's width may be heard of. */
  get resizeLagMs(): number {
    return this.query.known.resizeLagMs;
  }

  request(): void {
    this.requests.request();
  }

  /** True while the cursor is shown, at the caret. */
  get showsCaret(): boolean {
    return this.requests.showsCaret;
  }

  /** Answers to DA1 that are on their way; -1 when the terminal is not known to answer. */
  get outstanding(): number {
    if (this.query.answers) return 0;
    return this.options.clock.now() - this.askedMs < ANSWER_MS ? 1 : -1;
  }

  /** The questions, to be sent with what switches the modes on: whatever a terminal prints of them, the first frame erases. */
  greeting(): Uint8Array {
    const bytes = this.query.bytes();
    if (bytes.length > 0) this.askedMs = this.options.clock.now();
    return bytes;
  }

  /** Takes an answer, or a report of the size. */
  take(event: InputEvent): void {
    if (this.closed) return;
    if (event.type === 'response' && event.kind === 'clipboard') {
      this.requests.takeClipboard(event.base64);
      return;
    }
    this.query.take(event);
    if (this.answerMs === 0 && this.query.answers) this.answerMs = Math.max(1, this.options.clock.now() - this.askedMs);
    if (event.type === 'response' && event.kind === 'color-scheme' && this.options.modes?.modes.colorScheme === true) {
      // Another scheme has other colours.
      this.asksColors = true;
      this.options.onRequest();
    }
  }

  /** The way of rendering has changed: other modes, other needs of the encoder. */
  rebase(caps: EncoderCaps): void {
    this.base = caps;
    this.mouse = null;
    this.stale = true;
    this.requests.reapply();
    this.options.onRequest();
  }

  /** Tracks the mouse in another way, from the next frame on. */
  setMouse(mouse: MouseTracking): void {
    this.mouse = mouse;
    this.stale = true;
    this.options.onRequest();
  }

  /**
   * Before the cells of a frame: modes and encoder as the answers say. True when all cells have to be written
   * again.
   */
  prepare(encoder: Encoder, out: ByteBuffer): boolean {
    if (this.asksColors) {
      this.asksColors = false;
      queryDefaultColors(out);
    }
    if (!this.stale) return false;
    this.stale = false;
    const holder = this.options.modes;
    if (holder !== null) this.changeModes(holder, encoder, out);
    const before = encoder.caps;
    const after = this.caps;
    if (isSame(before, after)) return false;
    encoder.configure(after);
    return before.depth !== after.depth || before.underlineStyles !== after.underlineStyles;
  }

  /** After the cells of a frame: requests and caret. */
  encode(encoder: Encoder, out: ByteBuffer, cols: number, rows: number): void {
    this.requests.encode(encoder, out, cols, rows);
    this.tellUndo();
  }

  /** What undoes all requests. On every way out. */
  undo(): Uint8Array {
    return this.requests.undo();
  }

  close(): void {
    this.closed = true;
    this.stale = false;
    this.asksColors = false;
    this.query.onChange = null;
    this.settle();
    this.requests.close();
  }

  private tellUndo(): void {
    const holder = this.options.modes;
    if (holder === null) return;
    this.undoBytes.clear();
    this.requests.undoDeclared(this.undoBytes);
    // Which of the four are set tells the bytes; their count differs from set to set.
    if (this.undoBytes.length === this.toldUndo) return;
    this.toldUndo = this.undoBytes.length;
    holder.undo = this.undoBytes.view().slice();
  }

  private whenSettled(timeoutMs: number): Promise<TerminalCapabilities> {
    const { clock } = this.options;
    return new Promise((resolve) => {
      if (this.closed || this.query.capabilities.settled) {
        resolve(this.query.capabilities);
        return;
      }
      const done = (): void => {
        clock.clearTimer(timer);
        this.waiters.delete(done);
        resolve(this.query.capabilities);
      };
      const timer = clock.setTimer(timeoutMs, done);
      this.waiters.add(done);
    });
  }

  private settle(): void {
    for (const done of [...this.waiters]) done();
  }

  private changed(): void {
    const { capabilities } = this.query;
    if (capabilities.settled) this.settle();
    batch(() => {
      this.capabilities.value = capabilities;
      this.scheme.value = capabilities.colorScheme;
    });
    this.stale = true;
    this.requests.request();
    this.options.onRequest();
  }

  private changeModes(holder: ModeHolder, encoder: Encoder, out: ByteBuffer): void {
    const { capabilities } = this.query;
    const { modes } = holder;
    const wanted: TerminalModes = {
      ...modes,
      mouse: this.mouse ?? modes.mouse,
      synchronized: capabilities.synchronized,
      // What the user's shell had switched on stays on.
      graphemeClusters: capabilities.graphemeClusters && !this.query.wasSet(MODE_GRAPHEME_CLUSTERS),
      colorScheme: capabilities.colorSchemeReports,
      inBandResize: capabilities.inBandResize && this.options.followsSize,
      kittyKeyboard: capabilities.kittyKeyboard ? this.options.kittyKeyboard : 0,
      margins: capabilities.margins && modes.fullscreen && !this.query.wasSet(MODE_MARGINS),
    };
    this.mouse = null;
    changeModes(modes, wanted, out);
    holder.modes = wanted;
    if (wanted.colorScheme && !modes.colorScheme) queryColorScheme(out);
    // Some terminals send the cursor home when margins are switched.
    if (wanted.margins !== modes.margins) encoder.forget();
  }
}

function isSame(a: EncoderCaps, b: EncoderCaps): boolean {
  for (const key of Object.keys(b) as (keyof EncoderCaps)[]) if (a[key] !== b[key]) return false;
  return true;
}
