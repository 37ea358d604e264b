/**
 * An output on any writable stream with back-pressure: a socket, a pipe, a terminal whose device
 * cannot be opened a second time. One frame is in flight from a `write` that returned false until
 * 'drain'.
 */
import { PhaseError } from '../base/index.ts';
import type { Held } from './held.ts';
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
  onWrite: ((bytes: Uint8Array) => void) | null = null;
  bytesWritten = 0;
  writes = 0;
  mostWaitingBytes = 0;
  private readonly stream: WritableLike;
  private closed = false;
  private isHeld = false;
  private waits = false;
  private inFlight = 0;

  constructor(stream: WritableLike) {
    this.stream = stream;
    stream.on('drain', this.drained);
    stream.on('error', this.gone);
    stream.on('close', this.gone);
  }

  get busy(): boolean {
    return this.waits || this.isHeld;
  }

  get waitingBytes(): number {
    return this.inFlight;
  }

  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    if (!this.waits) this.onDrain?.();
  }

  write(bytes: Uint8Array): void {
    if (this.closed || bytes.length === 0) return;
    if (this.busy) throw new PhaseError('a frame was written while the last one is still in flight; wait for onDrain');
    this.writes++;
    this.onWrite?.(bytes);
    // A copy: the stream keeps what it cannot send, and the caller uses its array again.
    if (this.stream.write(bytes.slice())) {
      this.bytesWritten += bytes.length;
    } else {
      this.inFlight = bytes.length;
      this.mostWaitingBytes = Math.max(this.mostWaitingBytes, bytes.length);
      this.waits = true;
    }
  }

  /** What is still held of the stream: its listeners, also after `close` while it holds a frame. */
  get keeps(): Held {
    return { listeners: this.closed && !this.waits ? 0 : 3, handles: [] };
  }

  /** A stream cannot be waited for: the bytes are handed over, behind what is in flight. */
  writeSync(bytes: Uint8Array, _maxMs: number): void {
    if (this.closed || bytes.length === 0) return;
    this.writes++;
    this.onWrite?.(bytes);
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
    if (!this.waits) this.unlisten();
  }

  private readonly drained = (): void => {
    if (!this.waits) return;
    this.waits = false;
    this.bytesWritten += this.inFlight;
    this.inFlight = 0;
    if (this.closed) this.unlisten();
    else if (!this.isHeld) this.onDrain?.();
  };

  private readonly gone = (): void => {
    const onClose = this.onClose;
    this.waits = false;
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
