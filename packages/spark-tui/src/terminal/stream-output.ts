/**
 * An output on any writable stream with back-pressure: a socket, a pipe, a terminal whose device
 * cannot be opened a second time. One frame is in flight from a `write` that returned false until
 * 'drain'.
 */
import { PhaseError } from '../base/index.ts';
import type { CloseReason, Output } from './output.ts';

/** What is needed of a stream: Node's `Writable` fits. */
export interface WritableLike {
  /** Returns false when the next write should wait for 'drain'. */
  write(bytes: Uint8Array): boolean;
  on(event: 'drain' | 'close' | 'error', listener: (error?: unknown) => void): unknown;
  off(event: 'drain' | 'close' | 'error', listener: (error?: unknown) => void): unknown;
}

/**
 * @example
 * const output = new StreamOutput(socket);
 * output.onDrain = () => frame.request();
 * output.write(bytes);
 */
export class StreamOutput implements Output {
  onDrain: (() => void) | null = null;
  onLost: (() => void) | null = null;
  onClose: ((reason: CloseReason) => void) | null = null;
  busy = false;
  bytesWritten = 0;
  writes = 0;
  private readonly stream: WritableLike;
  private closed = false;
  private inFlight = 0;

  constructor(stream: WritableLike) {
    this.stream = stream;
    stream.on('drain', this.drained);
    stream.on('error', this.gone);
    stream.on('close', this.gone);
  }

  write(bytes: Uint8Array): void {
    if (this.closed || bytes.length === 0) return;
    if (this.busy) throw new PhaseError('a frame was written while the last one is still in flight; wait for onDrain');
    this.writes++;
    // A copy: the stream keeps what it cannot send, and the caller uses its array again.
    if (this.stream.write(bytes.slice())) {
      this.bytesWritten += bytes.length;
    } else {
      this.inFlight = bytes.length;
      this.busy = true;
    }
  }

  /** A stream cannot be waited for: the bytes are handed over, behind what is in flight. */
  writeSync(bytes: Uint8Array, _maxMs: number): void {
    if (this.closed || bytes.length === 0) return;
    this.writes++;
    this.stream.write(bytes.slice());
    this.bytesWritten += bytes.length;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onDrain = null;
    this.onLost = null;
    this.onClose = null;
    // While the stream still holds a frame, an error of it must not become an uncaught one.
    if (!this.busy) this.unlisten();
  }

  private readonly drained = (): void => {
    if (!this.busy) return;
    this.busy = false;
    this.bytesWritten += this.inFlight;
    this.inFlight = 0;
    if (this.closed) this.unlisten();
    else this.onDrain?.();
  };

  private readonly gone = (): void => {
    const onClose = this.onClose;
    this.busy = false;
    this.inFlight = 0;
    this.closed = true;
    this.onDrain = null;
    this.onClose = null;
    this.unlisten();
    onClose?.('hangup');
  };

  private unlisten(): void {
    this.stream.off('drain', this.drained);
    this.stream.off('error', this.gone);
    this.stream.off('close', this.gone);
  }
}
