/**
 * An app without a terminal, for tests: the same pipeline as on a real one (decoder, handlers, effects,
 * layout, paint, encoder), with time that only moves when told and frames that only run when asked.
 */
import { ManualClock, OptionError } from '../base/index.ts';
import {
  type AnsiOptions,
  App,
  type AppStats,
  CastStream,
  type HtmlOptions,
  INSIDE,
  type OutputStream,
  type Recording,
  type RecordOptions,
  type RenderMode,
  type ScreenFiles,
  checkSelection,
  type SelectionOptions,
  type SvgOptions,
} from '../app/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import { CELL_WORDS, GLYPH_CONTINUATION, GLYPH_WIDTH_MASK, STYLE_EXTRA_SHIFT } from '../cells/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../terminal/index.ts';
import { keyBytes } from './key-bytes.ts';

/** Options of `createTestApp`. */
export interface TestAppOptions {
  /** Size of the screen in cells. Default 80 × 24. */
  readonly width?: number;
  readonly height?: number;
  /** How the terminal is used. Default `'fullscreen'`. In the other modes the screen is the live region. */
  readonly mode?: RenderMode;
  /** Frames a second on the virtual clock. Default 60. */
  readonly maxFps?: number;
  readonly maxNodes?: number;
  /** The framework's own reactions, as options of `mount`. */
  readonly disableCtrlC?: boolean;
  readonly disableTabNavigation?: boolean;
  readonly focusOnClick?: boolean;
  readonly scrollKeys?: boolean;
  readonly wheelScroll?: boolean;
  /** How text is selected with the mouse, as an option of `mount`. */
  readonly selection?: boolean | SelectionOptions;
  /** Handles errors of effects and handlers. By default the next call of the test app throws them. */
  readonly onError?: (error: unknown) => void;
  /** Development options of `mount`. */
  readonly trackCreation?: boolean;
  readonly slowCallbackMs?: number;
}

/** One cell of the screen. Colours are packed numbers (0 = terminal default). */
export interface TestCell {
  readonly char: string;
  readonly fg: number;
  readonly bg: number;
  /** Attribute bits, underline style in bits 8–10. */
  readonly attrs: number;
  /** Where a click on it leads; `''` = nowhere. */
  readonly link: string;
  /** Colour of the underline; 0 = that of the text. */
  readonly underlineColor: number;
  /** Cells the glyph takes: 1, 2, or 0 for the second half of a wide one. */
  readonly width: number;
}

/** The mouse of a test app. Coordinates are cells from the top left corner. */
export interface TestMouse {
  click(x: number, y: number): void;
  down(x: number, y: number): void;
  up(x: number, y: number): void;
  move(x: number, y: number): void;
  /** Positive turns are down. */
  wheel(x: number, y: number, turns?: number): void;
}

/** Drives an app in a test. */
export interface TestApp extends ScreenFiles {
  /** Runs effects and a frame now. */
  flush(): void;
  /** The screen: rows joined by `\n`, right-trimmed. Flushes first. */
  text(): string;
  cell(x: number, y: number): TestCell;
  /** What was written since the last call. Flushes first. */
  bytes(): Uint8Array;
  /** Presses keys: `'a'`, `'Enter'`, `'ctrl+c'`, … */
  press(...keys: string[]): void;
  /** Types text, character by character. */
  type(text: string): void;
  /** Pastes text in brackets, as terminals do. */
  paste(text: string): void;
  readonly mouse: TestMouse;
  /** The text selected with the mouse. */
  selectedText(): string;
  resize(width: number, height: number): void;
  /** Switches how the terminal is used. */
  setMode(mode: RenderMode): void;
  /** Commits a line to the history, as `print` inside the app does. */
  print(...values: unknown[]): void;
  /** Commits elements to the history. */
  renderToHistory(root: () => unknown): void;
  /** The text committed to the history so far: what stands above the live region. Flushes first. */
  history(): string;
  /** Raw input bytes. */
  send(bytes: Uint8Array | string): void;
  readonly clock: { tick(ms: number): void; now(): number };
  stats(): AppStats;
  readonly statsSignal: ReadableSignal<AppStats>;
  /** Records what is shown as asciicast v2 into a stream, in the time of the test's clock: a demo that is a program. */
  record(target: Pick<OutputStream, 'write' | 'on' | 'off'>, options?: RecordOptions): Recording;
  /** True once the app asked to end (Ctrl+C) or was unmounted. */
  readonly exited: boolean;
  readonly warnings: readonly string[];
  unmount(): void;
  [Symbol.dispose](): void;
}

/**
 * Mounts an app in memory, synchronously.
 *
 * @throws what the app throws while it is made
 * @example
 * const app = createTestApp(() => text({ content: 'hi' }), { width: 10, height: 1 });
 * assert.equal(app.text(), 'hi');
 * app.unmount();
 */
export function createTestApp(root: () => unknown, options: TestAppOptions = {}): TestApp {
  const width = options.width ?? 80;
  const height = options.height ?? 24;
  if (typeof root !== 'function') throw new OptionError(`createTestApp() was given ${String(root)}; expected a function that makes the elements`);
  const clock = new ManualClock();
  const output = new MemoryOutput();
  const encoder = new TextEncoder();
  const failures: unknown[] = [];
  let exited = false;
  const app = new App({
    size: { width, height },
    clock,
    output,
    caps: DEFAULT_CAPS,
    mode: options.mode ?? 'fullscreen',
    maxFps: options.maxFps ?? 60,
    maxNodes: options.maxNodes ?? 1_000_000,
    verifyLayout: true,
    exitOnCtrlC: options.disableCtrlC !== true,
    tabNavigation: options.disableTabNavigation !== true,
    focusOnClick: options.focusOnClick !== false,
    scrollKeys: options.scrollKeys !== false,
    wheelScroll: options.wheelScroll !== false,
    selection: checkSelection(options.selection),
    trackCreation: options.trackCreation === true,
    slowCallbackMs: options.slowCallbackMs ?? 0,
    onExit: () => {
      exited = true;
    },
    onError: (error) => {
      if (options.onError !== undefined) options.onError(error);
      else failures.push(error);
    },
  });
  const settle = (): void => {
    if (failures.length === 0) return;
    const [first] = failures.splice(0);
    throw first;
  };
  const flush = (): void => {
    app.flush();
    settle();
  };
  const shown = (write: () => string): string => {
    flush();
    return write();
  };
  const send = (bytes: Uint8Array | string): void => {
    app.feed(typeof bytes === 'string' ? encoder.encode(bytes) : bytes);
    flush();
  };
  const mouse = (code: number, x: number, y: number, final: 'M' | 'm'): void => send(`\x1b[<${code};${x + 1};${y + 1}${final}`);
  let committed = '';
  app.history.onCommit = (lines) => {
    for (const line of lines) committed += `${line.text}\n`;
  };
  app.start(root);
  flush();

  return {
    flush,
    text: () => {
      flush();
      return app.text();
    },
    cell: (x, y) => {
      flush();
      return readCell(app, x, y);
    },
    bytes: () => {
      flush();
      return output.take();
    },
    press: (...keys) => {
      for (const key of keys) {
        send(keyBytes(key));
        // A lone ESC is a key only after its timeout.
        if (key === 'Escape' || key.endsWith('+Escape')) clock.tick(1000);
        flush();
      }
    },
    type: (text) => send(text),
    paste: (text) => send(`\x1b[200~${text}\x1b[201~`),
    mouse: {
      click: (x, y) => {
        mouse(0, x, y, 'M');
        mouse(0, x, y, 'm');
      },
      down: (x, y) => mouse(0, x, y, 'M'),
      up: (x, y) => mouse(0, x, y, 'm'),
      move: (x, y) => mouse(35, x, y, 'M'),
      wheel: (x, y, turns = 1) => {
        for (let i = 0; i < Math.abs(turns); i++) mouse(turns < 0 ? 64 : 65, x, y, 'M');
      },
    },
    selectedText: () => app.events.selection.text(),
    resize: (w, h) => {
      app.resize(w, h);
      flush();
    },
    setMode: (mode) => {
      app.modes.set(mode);
      flush();
    },
    print: (...values) => app.history.print(...values),
    renderToHistory: (block) => app.history.renderToHistory(block),
    history: () => {
      flush();
      return committed;
    },
    send,
    clock: {
      tick: (ms) => {
        clock.tick(ms);
        flush();
      },
      now: () => clock.now(),
    },
    stats: () => app.stats(),
    statsSignal: app.statsSignal,
    ...{ [INSIDE]: app },
    toText: () => shown(() => app.files.toText()),
    toANSI: (screenOptions?: AnsiOptions) => shown(() => app.files.toANSI(screenOptions)),
    toSVG: (screenOptions?: SvgOptions) => shown(() => app.files.toSVG(screenOptions)),
    toHTML: (screenOptions?: HtmlOptions) => shown(() => app.files.toHTML(screenOptions)),
    record: (target, recordOptions = {}) => app.recording.start(() => new CastStream(target), recordOptions),
    get exited() {
      return exited || app.disposed;
    },
    warnings: app.warnings,
    unmount: () => {
      app.dispose();
      settle();
    },
    [Symbol.dispose]: () => app.dispose(),
  };
}

function readCell(app: App, x: number, y: number): TestCell {
  const { back } = app.screen;
  if (!(x >= 0 && x < back.cols && y >= 0 && y < back.rows)) {
    throw new OptionError(`cell(${x}, ${y}) lies outside the screen of ${back.cols} × ${back.rows}`);
  }
  const at = (y * back.cols + x) * CELL_WORDS;
  const glyph = back.words[at];
  const extra = back.words[at + 3] >>> STYLE_EXTRA_SHIFT;
  const kind = (glyph & GLYPH_WIDTH_MASK) >>> 22;
  const continuation = (glyph & GLYPH_WIDTH_MASK) === GLYPH_CONTINUATION;
  return {
    char: continuation ? '' : glyph === 0 ? ' ' : app.glyphs.text(glyph),
    fg: back.words[at + 1],
    bg: back.words[at + 2],
    attrs: back.words[at + 3] & 0x7ff,
    link: app.extras.link(extra),
    underlineColor: app.extras.underlineColor(extra),
    width: continuation ? 0 : kind === 2 ? 2 : 1,
  };
}
