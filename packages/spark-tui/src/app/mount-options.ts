/**
 * Options of `mount`, checked at the door: what comes out is complete and trusted inside.
 */
import { type Clock, OptionError, systemClock } from '../base/index.ts';
import { type KeyPattern, parseKeyPattern, type SelectionSettings } from '../events/index.ts';
import type { CellSize } from '../ui/index.ts';
import { checkSelection, type SelectionOptions } from './selection-options.ts';

/**
 * How an app uses its terminal: `'fullscreen'`, the alternate screen; `'inline'`, a live region below the prompt, as high
 * as its content; `'append'`, the same for apps that mainly commit finished blocks above it (`renderToHistory`).
 */
export type RenderMode = 'fullscreen' | 'inline' | 'append';

/** Something keys come from: `process.stdin`, a socket, a stream of a test. */
export interface InputStream {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
  on(event: 'data' | 'end' | 'close' | 'error', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'data' | 'end' | 'close' | 'error', listener: (chunk: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Something frames go to: `process.stdout`, a socket, a stream of a test. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly fd?: number;
  readonly columns?: number;
  readonly rows?: number;
  write(chunk: Uint8Array | string): boolean;
  on(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
  off(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
}

/** Options of `mount` and `mountSync`. All are optional. */
export interface MountOptions {
  /** Default `'fullscreen'`: the alternate screen. See `setMode` for changing it. */
  readonly mode?: RenderMode;
  /** Fixed size in cells; the terminal's own size (and its changes) when absent. */
  readonly width?: number;
  readonly height?: number;
  /** The same as one option. */
  readonly size?: CellSize;
  /** Ctrl+C does not end the app; handlers see it as a key. */
  readonly disableCtrlC?: boolean;
  /** Ctrl+Z does not stop the program; handlers see it as a key in any case. */
  readonly disableSuspend?: boolean;
  /** Tab and Shift+Tab do not move focus. */
  readonly disableTabNavigation?: boolean;
  /** `false`: a press of a mouse button does not move focus. */
  readonly focusOnClick?: boolean;
  /** `false`: arrows, Page Up and the like do not scroll. */
  readonly scrollKeys?: boolean;
  /** `false`: the wheel does not scroll. */
  readonly wheelScroll?: boolean;
  /**
   * Text is selected with the mouse: by a drag, words by a double click, lines by a triple one. Ctrl+C copies what is
   * selected (OSC 52) and clears it, Escape clears it. Default `true`; needs the mouse, so only on a whole screen.
   */
  readonly selection?: boolean | SelectionOptions;
  /** The key that hands the mouse to the terminal, for its own selection, and takes it back. Default `'F12'`; `false` for none. */
  readonly mouseToggleKey?: string | false;
  /** The terminal keeps the mouse (native selection works); no mouse events. */
  readonly disableMouse?: boolean;
  /** `false`: the terminal is asked nothing; what it can do is taken from the environment alone. */
  readonly query?: boolean;
  /**
   * The kitty keyboard protocol, where the terminal speaks it: keys that older terminals cannot tell apart, repeats
   * and releases. `false` switches it off; a number gives the flags (1 disambiguate, 2 event types, 4 alternates,
   * 8 all keys, 16 text). Default 7.
   */
  readonly kittyKeyboard?: boolean | number;
  /** Called after the app ended and the terminal was given back. */
  readonly onUnmount?: () => void;
  /** Takes errors of effects and handlers; the app then goes on. Without it such an error ends the app. */
  readonly onError?: (error: unknown) => void;
  /** Where keys come from. Default `process.stdin`. */
  readonly input?: InputStream;
  /** Where frames go. Default `process.stdout`. A stream that is no terminal of this process is taken to lead to one. */
  readonly output?: OutputStream;
  /** Environment, for `TERM`, `NO_COLOR` and the like. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Most frames a second. Default 60; `Infinity` for no limit. */
  readonly maxFps?: number;
  /** Most nodes the app may have. Default 1,000,000. */
  readonly maxNodes?: number;
  /** Most bytes of shaped text (4 a grapheme cluster). Default 256 MiB. */
  readonly textPoolSize?: number;
  /** `true`: nothing is drawn by itself, only by `flush()`. */
  readonly noopNotifier?: boolean;
  /**
   * A small shell beside the app puts the terminal back when the process is killed, runs out of memory or crashes, and is
   * the watchdog below. It takes some 5 ms of the start and half a megabyte. `false`: none; `true`: its absence is told of
   * (no shell, no folder for temporary files, Windows). Default: there is one where there can be.
   */
  readonly guard?: boolean;
  /**
   * The guard also ends an app whose thread has not answered for two seconds, when Ctrl+C is pressed: it puts the terminal
   * back and kills the process (exit status 137). What else was typed into a thread that was only slow is not lost. With
   * `disableCtrlC` Ctrl+C has to be pressed twice. Default `true` where there is a guard.
   */
  readonly watchdog?: boolean;
  /**
   * What the process prints while the app is on its terminal (`console.log`, `process.stdout.write`): `'capture'` (the
   * default) shows it above a live region, or after the whole screen was given back; `'leave'` lets it through, into
   * whatever is on the screen.
   */
  readonly console?: 'capture' | 'leave';
  /**
   * Development: keeps the stack of everything that is made, so that leaks and what outlives the app can be named by
   * where it was made. Costs time and memory.
   */
  readonly trackCreation?: boolean;
  /**
   * Development: code of the app that takes longer than so many milliseconds (a handler, an effect, a derived computed
   * for one, a cleanup, what an input, `when`, a key map or `renderToHistory` calls) is told of, with the path of its
   * element, after the app has ended. Not timed: what makes the app at first, and code behind an `await` or in a timer
   * of its own. Default: none is timed.
   */
  readonly slowCallbackMs?: number;
  /** Path of a file: all that is shown is recorded into it as asciicast v2; see `MountHandle.record`. */
  readonly record?: string;
}

/** Options with defaults filled in. Streams and environment stay as given. */
export interface CheckedOptions {
  readonly mode: RenderMode;
  readonly size: CellSize | null;
  readonly exitOnCtrlC: boolean;
  readonly stopOnCtrlZ: boolean;
  readonly tabNavigation: boolean;
  readonly focusOnClick: boolean;
  readonly scrollKeys: boolean;
  readonly wheelScroll: boolean;
  readonly selection: SelectionSettings | null;
  readonly mouseToggleKey: KeyPattern | null;
  readonly mouse: boolean;
  readonly query: boolean;
  readonly kittyKeyboard: number;
  readonly onUnmount: (() => void) | null;
  readonly onError: ((error: unknown) => void) | null;
  readonly clock: Clock;
  readonly maxFps: number;
  readonly maxNodes: number;
  readonly maxRunWords: number;
  readonly autoFrames: boolean;
  readonly record: string | null;
  readonly guard: boolean;
  /** The guard was asked for, and is missed when there is none. */
  readonly guardIsWanted: boolean;
  readonly watchdog: boolean;
  readonly capturesConsole: boolean;
  readonly trackCreation: boolean;
  readonly slowCallbackMs: number;
}

const KNOWN: ReadonlySet<string> = new Set<keyof MountOptions>([
  'mode',
  'width',
  'height',
  'size',
  'disableCtrlC',
  'disableSuspend',
  'disableTabNavigation',
  'focusOnClick',
  'scrollKeys',
  'wheelScroll',
  'disableMouse',
  'selection',
  'mouseToggleKey',
  'query',
  'kittyKeyboard',
  'onUnmount',
  'onError',
  'input',
  'output',
  'env',
  'clock',
  'maxFps',
  'maxNodes',
  'textPoolSize',
  'noopNotifier',
  'record',
  'guard',
  'watchdog',
  'console',
  'trackCreation',
  'slowCallbackMs',
]);

const MODES: ReadonlySet<unknown> = new Set<RenderMode>(['fullscreen', 'inline', 'append']);

/** True for the name of a mode. */
export function isRenderMode(mode: unknown): mode is RenderMode {
  return MODES.has(mode);
}

/** Disambiguate, event types, alternates. */
const KITTY_KEYBOARD_FLAGS = 7;
const MAX_SIDE = 0x7fff;
const DEFAULT_MAX_NODES = 1_000_000;
const MOST_NODES = 1 << 24;
const DEFAULT_TEXT_BYTES = 256 * 1024 * 1024;
const LEAST_TEXT_BYTES = 4096;
const MOST_TEXT_BYTES = 1024 * 1024 * 1024;

/** Checks what was given to `mount`. Throws OptionError naming the option, what it is and what it may be. */
export function checkOptions(app: unknown, options: MountOptions): CheckedOptions {
  if (typeof app !== 'function') fail('the first argument', app, 'a function that makes the elements');
  if (typeof options !== 'object' || options === null) fail('the second argument', options, 'an object of options');
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name)) throw new OptionError(`mount(): there is no option '${name}'; there are ${[...KNOWN].join(', ')}`);
  }
  const { mode = 'fullscreen', maxFps = 60, maxNodes = DEFAULT_MAX_NODES, clock = systemClock } = options;
  if (!isRenderMode(mode)) fail('mode', mode, "'fullscreen', 'inline' or 'append'");
  const { console: consoleUse = 'capture' } = options;
  if (consoleUse !== 'capture' && consoleUse !== 'leave') fail('console', consoleUse, "'capture' or 'leave'");
  if (typeof maxFps !== 'number' || !(maxFps > 0)) fail('maxFps', maxFps, 'a number above 0, or Infinity');
  if (!Number.isInteger(maxNodes) || maxNodes < 1 || maxNodes > MOST_NODES) fail('maxNodes', maxNodes, `an integer from 1 to ${MOST_NODES}`);
  const { textPoolSize = DEFAULT_TEXT_BYTES } = options;
  if (!Number.isInteger(textPoolSize) || textPoolSize < LEAST_TEXT_BYTES || textPoolSize > MOST_TEXT_BYTES) {
    fail('textPoolSize', textPoolSize, `an integer from ${LEAST_TEXT_BYTES} to ${MOST_TEXT_BYTES}`);
  }
  for (const name of ['disableCtrlC', 'disableSuspend', 'disableTabNavigation', 'disableMouse', 'focusOnClick', 'scrollKeys', 'wheelScroll', 'noopNotifier', 'query', 'guard', 'watchdog', 'trackCreation'] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean') fail(name, value, 'true or false');
  }
  if (options.record !== undefined && (typeof options.record !== 'string' || options.record === '')) fail('record', options.record, 'the path of a file');
  for (const name of ['onUnmount', 'onError'] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'function') fail(name, value, 'a function');
  }
  for (const name of ['input', 'output', 'env', 'clock', 'size'] as const) {
    const value = options[name];
    if (value !== undefined && (typeof value !== 'object' || value === null)) fail(name, value, 'an object');
  }
  return {
    mode,
    size: checkSize(options),
    exitOnCtrlC: options.disableCtrlC !== true,
    stopOnCtrlZ: options.disableSuspend !== true,
    tabNavigation: options.disableTabNavigation !== true,
    focusOnClick: options.focusOnClick !== false,
    scrollKeys: options.scrollKeys !== false,
    wheelScroll: options.wheelScroll !== false,
    selection: checkSelection(options.selection),
    mouseToggleKey: checkToggleKey(options.mouseToggleKey),
    mouse: options.disableMouse !== true,
    query: options.query !== false,
    kittyKeyboard: checkKittyKeyboard(options.kittyKeyboard),
    onUnmount: options.onUnmount ?? null,
    onError: options.onError ?? null,
    clock,
    maxFps,
    maxNodes,
    maxRunWords: textPoolSize >> 2,
    autoFrames: options.noopNotifier !== true,
    record: options.record ?? null,
    ...checkGuard(options),
    capturesConsole: consoleUse === 'capture',
    trackCreation: options.trackCreation === true,
    slowCallbackMs: checkSlowCallbackMs(options.slowCallbackMs),
  };
}

function checkGuard({ guard, watchdog }: MountOptions): Pick<CheckedOptions, 'guard' | 'guardIsWanted' | 'watchdog'> {
  if (watchdog === true && guard === false) fail('watchdog', true, 'false or nothing where guard is false: the guard is what watches');
  const isWanted = guard === true || watchdog === true;
  return { guard: guard ?? true, guardIsWanted: isWanted, watchdog: watchdog ?? true };
}

function checkToggleKey(value: unknown = 'F12'): KeyPattern | null {
  if (value === false) return null;
  if (typeof value !== 'string') fail('mouseToggleKey', value, "a key such as 'F12' or 'ctrl+t', or false");
  return parseKeyPattern(value);
}

function checkKittyKeyboard(value: unknown): number {
  if (value === undefined || value === true) return KITTY_KEYBOARD_FLAGS;
  if (value === false) return 0;
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 31) fail('kittyKeyboard', value, 'true, false or flags from 0 to 31');
  return value as number;
}

function checkSlowCallbackMs(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number' || !(value > 0) || value === Infinity) fail('slowCallbackMs', value, 'a number of milliseconds above 0');
  return value as number;
}

function checkSize(options: MountOptions): CellSize | null {
  const width = options.size?.width ?? options.width;
  const height = options.size?.height ?? options.height;
  if (width === undefined && height === undefined) return null;
  for (const [name, value] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > MAX_SIDE) {
      fail(name, value, `an integer from 1 to ${MAX_SIDE} (give both width and height, or neither)`);
    }
  }
  return { width: width as number, height: height as number };
}

function fail(name: string, value: unknown, expected: string): never {
  const shown = typeof value === 'string' ? `'${value}'` : typeof value === 'function' ? 'a function' : String(value);
  throw new OptionError(`mount(): ${name} is ${shown}; expected ${expected}`);
}
