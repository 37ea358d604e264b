/**
 * An output that keeps what is written, for tests and for rendering to bytes. `stall` makes it behave
 * like a terminal that has stopped reading.
 */
import { PhaseError } from '../base/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { CloseReason, Output } from './output.ts';

/**
 * @example
 * const output = new MemoryOutput();
 * output.write(frame);
 * output.take(); // the bytes so far
 */
export class MemoryOutput implements Output {
  onDrain: (() => void) | null = null;
  onLost: (() => void) | null = null;
  onClose: ((reason: CloseReason) => void) | null = null;
  onWrite: ((bytes: Uint8Array) => void) | null = null;
  bytesWritten = 0;
  writes = 0;
  mostWaitingBytes = 0;
  private readonly kept = new ByteBuffer();
  private stalled = false;
  private pending: Uint8Array | null = null;
  private closed = false;

  get busy(): boolean {
    return this.pending !== null;
  }

  get waitingBytes(): number {
    return this.pending === null ? 0 : this.pending.length;
  }

  write(bytes: Uint8Array): void {
    if (this.closed || bytes.length === 0) return;
    if (this.pending !== null) throw new PhaseError('a frame was written while the last one is still in flight; wait for onDrain');
    this.writes++;
    this.onWrite?.(bytes);
    if (!this.stalled) {
      this.keep(bytes);
      return;
    }
    this.pending = bytes.slice();
    this.mostWaitingBytes = Math.max(this.mostWaitingBytes, bytes.length);
  }

  writeSync(bytes: Uint8Array, _maxMs: number): void {
    if (this.closed || this.stalled || bytes.length === 0) return;
    this.writes++;
    this.onWrite?.(bytes);
    this.keep(bytes);
  }

  /** From now on nothing is taken: the next frame stays in flight. */
  stall(): void {
    this.stalled = true;
  }

  /** Takes what is in flight, and everything from now on. */
  resume(): void {
    this.stalled = false;
    const pending = this.pending;
    if (pending === null) return;
    this.pending = null;
    this.keep(pending);
    this.onDrain?.();
  }

  /** The terminal goes away. */
  hangup(): void {
    if (this.closed) return;
    const onClose = this.onClose;
    this.close();
    onClose?.('hangup');
  }

  close(): void {
    this.closed = true;
    this.pending = null;
    this.onDrain = null;
    this.onLost = null;
    this.onClose = null;
  }

  /** Everything taken since the last call, which is forgotten then. */
  take(): Uint8Array {
    const bytes = this.kept.view().slice();
    this.kept.clear();
    return bytes;
  }

  private keep(bytes: Uint8Array): void {
    this.kept.append(bytes);
    this.bytesWritten += bytes.length;
  }
}
