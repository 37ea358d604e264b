/**
 * Options of `mount`, checked at the door: what comes out is complete and trusted inside.
 */
import { type Clock, OptionError, systemClock } from '../base/index.ts';
import type { CellSize } from '../ui/index.ts';

/** How an app uses its terminal. */
export type RenderMode = 'fullscreen';

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
  /** Default `'fullscreen'`: the alternate screen. */
  readonly mode?: RenderMode;
  /** Fixed size in cells; the terminal's own size (and its changes) when absent. */
  readonly width?: number;
  readonly height?: number;
  /** The same as one option. */
  readonly size?: CellSize;
  /** Ctrl+C does not end the app; handlers see it as a key. */
  readonly disableCtrlC?: boolean;
  /** Tab and Shift+Tab do not move focus. */
  readonly disableTabNavigation?: boolean;
  /** The terminal keeps the mouse (native selection works); no mouse events. */
  readonly disableMouse?: boolean;
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
}

/** Options with defaults filled in. Streams and environment stay as given. */
export interface CheckedOptions {
  readonly mode: RenderMode;
  readonly size: CellSize | null;
  readonly exitOnCtrlC: boolean;
  readonly tabNavigation: boolean;
  readonly mouse: boolean;
  readonly onUnmount: (() => void) | null;
  readonly onError: ((error: unknown) => void) | null;
  readonly clock: Clock;
  readonly maxFps: number;
  readonly maxNodes: number;
  readonly maxRunWords: number;
  readonly autoFrames: boolean;
}

const KNOWN: ReadonlySet<string> = new Set<keyof MountOptions>([
  'mode',
  'width',
  'height',
  'size',
  'disableCtrlC',
  'disableTabNavigation',
  'disableMouse',
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
]);

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
  if (mode !== 'fullscreen') fail('mode', mode, "'fullscreen'");
  if (typeof maxFps !== 'number' || !(maxFps > 0)) fail('maxFps', maxFps, 'a number above 0, or Infinity');
  if (!Number.isInteger(maxNodes) || maxNodes < 1 || maxNodes > MOST_NODES) fail('maxNodes', maxNodes, `an integer from 1 to ${MOST_NODES}`);
  const { textPoolSize = DEFAULT_TEXT_BYTES } = options;
  if (!Number.isInteger(textPoolSize) || textPoolSize < LEAST_TEXT_BYTES || textPoolSize > MOST_TEXT_BYTES) {
    fail('textPoolSize', textPoolSize, `an integer from ${LEAST_TEXT_BYTES} to ${MOST_TEXT_BYTES}`);
  }
  for (const name of ['disableCtrlC', 'disableTabNavigation', 'disableMouse', 'noopNotifier'] as const) {
    const value = options[name];
    if (value !== undefined && typeof value !== 'boolean') fail(name, value, 'true or false');
  }
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
    tabNavigation: options.disableTabNavigation !== true,
    mouse: options.disableMouse !== true,
    onUnmount: options.onUnmount ?? null,
    onError: options.onError ?? null,
    clock,
    maxFps,
    maxNodes,
    maxRunWords: textPoolSize >> 2,
    autoFrames: options.noopNotifier !== true,
  };
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
