/**
 * Records what an app shows, as asciicast v2: a line of JSON with size and time, then one line an event.
 *
 *   {"version":2,"width":80,"height":24,"timestamp":1760000000,…}
 *   [0.016231,"o","…bytes of a frame…"]      o output   i input   r resize "120x40"   m marker
 *
 *   output ──onWrite──▶ Recorder ──▶ UTF-8 (cut anywhere) ──▶ what shows (`recorder-filter.ts`) ──▶ line ──▶ sink
 *
 * Invariants: times never go back; every line is complete; the first output is a full repaint, whenever the
 * recording began. Memory is bounded: while the sink is behind, neither frames nor input are recorded; a marker
 * says how many frames, and the first one after it is a full repaint again. So nothing stalls the app, and what
 * shows after a gap is right.
 * Source: https://docs.asciinema.org/manual/asciicast/v2/
 */
import { type Clock, OptionError, PhaseError } from '../base/index.ts';
import { LAST_ROW, RecorderFilter } from './recorder-filter.ts';

/** Options of `record`. */
export interface RecordOptions {
  /** Title of the recording. */
  readonly title?: string;
  /** Seconds of silence a player shows at most; the recording keeps the real times. */
  readonly idleLimit?: number;
  /** Records what is typed, too. Default false: it may hold passwords. */
  readonly input?: boolean;
}

/**
 * A recording that runs: asciicast v2.
 *
 * @example
 * const recording = app.record('demo.cast');
 * recording.mark('chapter two');
 * await recording.stop();
 */
export interface Recording {
  /** Puts a marker, where players can stop or jump to. */
  mark(label: string): void;
  /**
   * Ends the recording with what the app shows now; resolves when all of it is written, rejects when that failed. The end of the app ends
   * it, too. Later calls give the same promise.
   */
  stop(): Promise<void>;
}

/** Where a recording is written. */
export interface CastSink {
  /** Takes a line. False when it is behind: then only little should come before `onDrain`. */
  write(line: string): boolean;
  onDrain: (() => void) | null;
  /** Nothing more can be written. */
  onError: ((error: unknown) => void) | null;
  /** Writes what is left, at once where that is possible. Resolves when all is written; rejects when something is lost. */
  close(): Promise<void>;
}

/** What a recorder has to know of its app. */
export interface RecorderOptions {
  readonly sink: CastSink;
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly options: RecordOptions;
  /** Runs the frame that is pending. */
  readonly flush: () => void;
  /** Makes the app write everything anew. */
  readonly redraw: () => void;
  /** Called once, when it records no more. */
  readonly ended: () => void;
  /** Nobody who waits for `stop` can be told. */
  readonly warn: (message: string) => void;
}

const KNOWN: readonly string[] = ['title', 'idleLimit', 'input'];
/** What the session switched on before a recording began: autowrap off, cursor hidden. */
const PROLOGUE = '\x1b[?7l\x1b[?25l';
const EPILOGUE = '\x1b[m\x1b[?7h\x1b[?25h';

export class Recorder implements Recording {
  private readonly sink: CastSink;
  private readonly clock: Clock;
  private readonly withInput: boolean;
  private readonly options: RecorderOptions;
  private readonly outputText = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly inputText = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly filter = new RecorderFilter();
  private readonly startMs: number;
  private lastMs = 0;
  private width: number;
  private height: number;
  private behind = false;
  /** Frames not recorded since the sink fell behind. */
  private missed = 0;
  private finished: Promise<void> | null = null;

  constructor(options: RecorderOptions) {
    this.options = options;
    this.sink = options.sink;
    this.clock = options.clock;
    this.width = options.width;
    this.height = options.height;
    this.startMs = options.clock.now();
    const { title, idleLimit, input = false } = options.options;
    this.withInput = input;
    const { TERM, SHELL } = options.env;
    this.sink.onDrain = () => this.caughtUp();
    this.sink.onError = (error) => this.fail(error);
    this.line({
      version: 2,
      width: this.width,
      height: this.height,
      timestamp: Math.floor(Date.now() / 1000),
      ...(title === undefined ? {} : { title }),
      ...(idleLimit === undefined ? {} : { idle_time_limit: idleLimit }),
      env: { ...(TERM === undefined ? {} : { TERM }), ...(SHELL === undefined ? {} : { SHELL }) },
    });
  }

  /** The app shows something already: what comes next is played on a terminal that was set up for it. */
  joinRunning(): void {
    this.event('o', PROLOGUE);
  }

  /** Bytes on their way to the terminal. */
  output(bytes: Uint8Array): void {
    if (this.finished !== null) return;
    if (this.behind) {
      this.missed++;
      return;
    }
    const text = this.filter.feed(this.outputText.decode(bytes, { stream: true }));
    if (text !== '') this.event('o', text);
  }

  /** Bytes from the terminal. */
  input(bytes: Uint8Array): void {
    if (!this.withInput || this.finished !== null || this.behind) return;
    const text = this.inputText.decode(bytes, { stream: true });
    if (text !== '') this.event('i', text);
  }

  /** The terminal has another size. */
  resized(width: number, height: number): void {
    if (this.finished !== null || (width === this.width && height === this.height)) return;
    this.width = width;
    this.height = height;
    this.event('r', `${width}x${height}`);
  }

  mark(label: string): void {
    if (typeof label !== 'string') throw new OptionError(`mark(): the label is ${String(label)}; expected a string`);
    if (this.finished !== null) throw new PhaseError('mark(): the recording has ended');
    this.event('m', label);
  }

  stop(): Promise<void> {
    if (this.finished === null) this.options.flush();
    if (this.finished === null && !this.behind) {
      this.event('o', `${EPILOGUE}${this.filter.alternate ? LAST_ROW : ''}`);
    }
    return this.finish();
  }

  /** The app has ended, and nobody may be waiting for the recording. */
  end(): void {
    if (this.finished !== null) return;
    this.finish().catch((error: unknown) => this.options.warn(`the end of the recording is lost: ${reason(error)}`));
  }

  private finish(): Promise<void> {
    if (this.finished === null) {
      if (this.missed > 0) this.markGap();
      this.finished = this.sink.close();
      this.options.ended();
    }
    return this.finished;
  }

  private fail(cause: unknown): void {
    if (this.finished !== null) return;
    this.finished = Promise.reject(cause);
    this.finished.catch(() => undefined); // Whoever calls `stop` is told.
    this.options.warn(`the recording has ended: ${reason(cause)}`);
    this.options.ended();
  }

  private caughtUp(): void {
    if (!this.behind || this.finished !== null) return;
    this.behind = false;
    if (this.missed === 0) return;
    this.outputText.decode();
    this.inputText.decode();
    this.filter.reset();
    this.markGap();
    this.options.redraw();
  }

  private markGap(): void {
    this.event('m', `${this.missed} frames are missing: the recording could not be written fast enough`);
    this.missed = 0;
  }

  private event(kind: 'o' | 'i' | 'r' | 'm', data: string): void {
    const nowMs = Math.max(this.lastMs, this.clock.now() - this.startMs);
    this.lastMs = nowMs;
    this.line([Math.round(nowMs * 1000) / 1_000_000, kind, data]);
  }

  private line(value: unknown): void {
    if (!this.sink.write(`${JSON.stringify(value)}\n`)) this.behind = true;
  }
}

/** Checks options before anything is opened. @throws OptionError naming the one that cannot be used. */
export function checkRecordOptions(options: RecordOptions): void {
  if (typeof options !== 'object' || options === null) throw new OptionError(`record(): the options are ${String(options)}; expected an object`);
  for (const name of Object.keys(options)) {
    if (!KNOWN.includes(name)) throw new OptionError(`record(): there is no option '${name}'; there are ${KNOWN.join(', ')}`);
  }
  const { title, idleLimit, input } = options;
  if (title !== undefined && typeof title !== 'string') throw new OptionError(`record(): title is ${String(title)}; expected a string`);
  if (idleLimit !== undefined && !(typeof idleLimit === 'number' && idleLimit > 0 && idleLimit < Infinity)) {
    throw new OptionError(`record(): idleLimit is ${String(idleLimit)}; expected seconds above 0`);
  }
  if (input !== undefined && typeof input !== 'boolean') throw new OptionError(`record(): input is ${String(input)}; expected true or false`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
