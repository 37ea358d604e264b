/**
 * A session on streams that lead to a terminal elsewhere (SSH, a socket, a test): modes are switched on
 * and off in the stream, the size is given or taken from the stream.
 */
import { DEFAULT_CAPS, enterBytes, leaveBytes, type Output, StreamOutput, type TerminalModes } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';
import type { InputStream, OutputStream } from './mount-options.ts';
import type { Session, SessionHandlers } from './session.ts';

const DEFAULT_SIZE: CellSize = { width: 80, height: 24 };

export class StreamSession implements Session {
  readonly output: Output;
  readonly caps = DEFAULT_CAPS;
  private readonly stream: OutputStream;
  private readonly input: InputStream | null;
  private readonly modes: TerminalModes;
  private readonly encoder = new TextEncoder();
  private handlers: SessionHandlers | null = null;

  constructor(stream: OutputStream, input: InputStream | null, modes: TerminalModes) {
    this.stream = stream;
    this.input = input;
    this.modes = modes;
    this.output = new StreamOutput(stream);
  }

  get size(): CellSize {
    const { columns, rows } = this.stream;
    if (columns === undefined || rows === undefined || columns < 1 || rows < 1) return DEFAULT_SIZE;
    return { width: columns, height: rows };
  }

  start(handlers: SessionHandlers): void {
    this.handlers = handlers;
    this.output.onClose = (reason) => handlers.ended(reason);
    this.stream.on('resize', this.resized);
    const { input } = this;
    if (input !== null) {
      input.setRawMode?.(true);
      input.on('data', this.data);
      input.on('end', this.end);
      input.resume();
    }
    this.output.writeSync(enterBytes(this.modes), 0);
  }

  close(): void {
    if (this.handlers === null) return;
    this.handlers = null;
    this.output.writeSync(leaveBytes(this.modes), 0);
    this.output.close();
    this.stream.off('resize', this.resized);
    const { input } = this;
    if (input === null) return;
    input.off('data', this.data);
    input.off('end', this.end);
    input.setRawMode?.(false);
    input.pause();
  }

  restore(): void {
    this.close();
  }

  private readonly data = (chunk: Uint8Array | string): void => {
    // A stream with an encoding gives strings.
    this.handlers?.data(typeof chunk === 'string' ? this.encoder.encode(chunk) : chunk);
  };

  private readonly end = (): void => this.handlers?.ended('hangup');

  private readonly resized = (): void => {
    const { width, height } = this.size;
    this.handlers?.resized(width, height);
  };
}
