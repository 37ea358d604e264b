/**
 * A session on streams that lead to a terminal elsewhere (SSH, a socket, a test): modes are switched on
 * and off in the stream, the size is given or taken from the stream.
 */
import { colorDepthFromEnv } from '../style/index.ts';
import { ByteBuffer, DEFAULT_CAPS, type EncoderCaps, enterBytes, type Held, leaveBytes, type Output, queryDeviceAttributes, StreamOutput, type TerminalModes } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';
import type { InputStream, OutputStream } from './mount-options.ts';
import type { Session, SessionHandlers } from './session.ts';
import { drainStream, endDrain } from './stream-drain.ts';

const DEFAULT_SIZE: CellSize = { width: 80, height: 24 };
/** What tells how many colours the terminal at the other end has; without any of these it is taken for a good one. */
const COLOR_VARIABLES = ['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'TERM_PROGRAM'];
/** How long the end may wait for the last answer, at least: a terminal at the other end of a network takes its time. */
const DRAIN_MS = 250;

export class StreamSession implements Session {
  readonly output: Output;
  readonly caps: EncoderCaps;
  private readonly stream: OutputStream;
  private readonly input: InputStream | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  modes: TerminalModes;
  private readonly encoder = new TextEncoder();
  private handlers: SessionHandlers | null = null;
  private draining: Promise<void> | null = null;
  private isGone = false;

  /** `env` is that of the terminal at the other end; nothing is known of it unless it was given. */
  constructor(stream: OutputStream, input: InputStream | null, modes: TerminalModes, env: Readonly<Record<string, string | undefined>> = {}) {
    this.env = env;
    this.caps = COLOR_VARIABLES.some((name) => env[name] !== undefined) ? { ...DEFAULT_CAPS, depth: colorDepthFromEnv(env) } : DEFAULT_CAPS;
    this.stream = stream;
    this.input = input;
    this.modes = modes;
    this.output = new StreamOutput(stream);
  }

  get hasInput(): boolean {
    return this.input !== null;
  }

  get size(): CellSize {
    const { columns, rows } = this.stream;
    if (columns === undefined || rows === undefined || columns < 1 || rows < 1) return DEFAULT_SIZE;
    return { width: columns, height: rows };
  }

  get keeps(): Held {
    const listening = this.handlers === null ? 0 : this.input === null ? 1 : 3;
    return { listeners: listening + (this.output.keeps?.listeners ?? 0), handles: [] };
  }

  start(handlers: SessionHandlers, greeting: Uint8Array): void {
    this.handlers = handlers;
    this.output.onClose = (reason) => {
      this.isGone = true;
      handlers.ended(reason);
    };
    this.stream.on('resize', this.resized);
    const { input } = this;
    if (input !== null) {
      endDrain(input);
      input.setRawMode?.(true);
      input.on('data', this.data);
      input.on('end', this.end);
      input.resume();
    }
    const enter = new ByteBuffer(256);
    enter.append(enterBytes(this.modes));
    enter.append(greeting);
    this.output.writeSync(enter.view(), 0);
  }

  lend(): void {
    const { handlers, input } = this;
    if (handlers === null) return;
    this.output.hold?.();
    this.output.writeSync(handlers.leaving(leaveBytes(this.modes, handlers.undo()), false), 0);
    input?.off('data', this.data);
    input?.setRawMode?.(false);
    input?.pause();
  }

  takeBack(): void {
    const { handlers, input } = this;
    if (handlers === null) return;
    input?.setRawMode?.(true);
    input?.on('data', this.data);
    input?.resume();
    this.output.writeSync(enterBytes(this.modes), 0);
    this.resized();
    handlers.redraw();
    this.output.release?.();
  }

  close(exits = false): Promise<void> | null {
    if (this.draining !== null) return this.draining;
    const { handlers } = this;
    if (handlers === null) return null;
    this.handlers = null;
    const { input } = this;
    // Only a terminal known to answer is waited for: there may be none at the other end of a stream.
    const fenced = input !== null && !exits && !this.isGone && handlers.outstanding() === 0;
    const bytes = new ByteBuffer(256);
    bytes.append(handlers.leaving(leaveBytes(this.modes, handlers.undo()), exits));
    if (fenced) queryDeviceAttributes(bytes);
    this.output.writeSync(bytes.view(), 0);
    this.output.close();
    this.stream.off('resize', this.resized);
    if (input === null) return null;
    input.off('data', this.data);
    input.off('end', this.end);
    if (!fenced) {
      this.release(input);
      return null;
    }
    this.draining = drainStream(input, Math.max(DRAIN_MS, 2 * handlers.answerMs())).then((isFree) => {
      this.draining = null;
      if (isFree) this.release(input);
    });
    return this.draining;
  }

  private release(input: InputStream): void {
    input.setRawMode?.(false);
    input.pause();
  }

  restore(exits: boolean): void {
    this.close(exits);
  }

  private readonly data = (chunk: Uint8Array | string): void => {
    // A stream with an encoding gives strings.
    this.handlers?.data(typeof chunk === 'string' ? this.encoder.encode(chunk) : chunk);
  };

  private readonly end = (): void => {
    this.isGone = true;
    this.handlers?.ended('hangup');
  };

  private readonly resized = (): void => {
    const { width, height } = this.size;
    this.handlers?.resized(width, height);
  };
}
