/**
 * The way out to a terminal, on a descriptor of our own.
 *
 * Writing to `process.stdout` blocks the whole process when a terminal stops reading. A second,
 * non-blocking open of the same device does not: a write takes what fits, the rest is tried again by
 * the clock, and the loop goes on. The shell's own descriptor stays as it was (non-blocking is a
 * property of the open, not of the device), and `O_NOCTTY` keeps the device from becoming ours.
 *
 *   write ──▶ all taken ──▶ idle
 *        └──▶ rest kept ──▶ timer 1…8 ms ──▶ … ──▶ all taken ──▶ onDrain
 *        └──▶ EIO, EPIPE, … ──▶ onClose('hangup')
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { type Clock, PhaseError, type TimerHandle } from '../base/index.ts';
import type { CloseReason, Output } from './output.ts';
import { StreamOutput, type WritableLike } from './stream-output.ts';
import { ttyPath } from './tty-path.node.ts';

const RETRY_MIN_MS = 1;
const RETRY_MAX_MS = 8;
/** How long `writeSync` sleeps while the terminal takes nothing. */
const SYNC_SLEEP_MS = 2;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** A stream that may be a terminal: `process.stdout` fits. */
export interface TtyStream extends WritableLike {
  readonly fd?: number;
  readonly isTTY?: boolean;
}

/**
 * Opens the way out to the terminal behind `stream`: on a descriptor of our own where that is
 * possible, else through the stream itself (which may block while the terminal does not read).
 */
export function openTtyOutput(stream: TtyStream, clock: Clock): Output {
  if (stream.isTTY === true && stream.fd !== undefined) {
    const path = ttyPath(stream.fd);
    if (path !== null) {
      try {
        return new TtyOutput(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY), clock);
      } catch {
        // not ours to open (another user's terminal after su): the stream is
      }
    }
  }
  return new StreamOutput(stream);
}

/** Writes to a non-blocking descriptor, which it owns. */
export class TtyOutput implements Output {
  onDrain: (() => void) | null = null;
  onClose: ((reason: CloseReason) => void) | null = null;
  bytesWritten = 0;
  writes = 0;
  private fd: number;
  private readonly clock: Clock;
  private rest: Uint8Array | null = null;
  private timer: TimerHandle | null = null;
  private retryMs = RETRY_MIN_MS;

  constructor(fd: number, clock: Clock) {
    this.fd = fd;
    this.clock = clock;
  }

  get busy(): boolean {
    return this.rest !== null;
  }

  write(bytes: Uint8Array): void {
    if (this.fd < 0 || bytes.length === 0) return;
    if (this.rest !== null) throw new PhaseError('a frame was written while the last one is still in flight; wait for onDrain');
    this.writes++;
    const taken = this.send(bytes);
    if (taken < 0) {
      // Told later: nobody expects to be closed in the middle of a write.
      this.clock.setImmediate(this.hangup);
    } else if (taken < bytes.length) {
      this.rest = bytes.slice(taken);
      this.retryMs = RETRY_MIN_MS;
      this.timer = this.clock.setTimer(this.retryMs, this.retry);
    }
  }

  writeSync(bytes: Uint8Array, maxMs: number): void {
    if (this.fd < 0 || bytes.length === 0) return;
    this.writes++;
    const rest = this.rest;
    this.rest = null;
    this.stopTimer();
    // The real time: whoever drives the clock by hand does not drive the terminal.
    const deadline = performance.now() + maxMs;
    for (const piece of rest === null ? [bytes] : [rest, bytes]) {
      let sent = 0;
      while (sent < piece.length) {
        const taken = this.send(sent === 0 ? piece : piece.subarray(sent));
        if (taken < 0 || performance.now() > deadline) return;
        sent += taken;
        if (sent < piece.length) Atomics.wait(sleeper, 0, 0, SYNC_SLEEP_MS);
      }
    }
  }

  close(): void {
    this.stopTimer();
    this.rest = null;
    this.onDrain = null;
    this.onClose = null;
    if (this.fd < 0) return;
    closeSync(this.fd);
    this.fd = -1;
  }

  /** How many bytes the terminal took now; -1 when it is gone. */
  private send(bytes: Uint8Array): number {
    let sent = 0;
    while (sent < bytes.length) {
      try {
        const taken = writeSync(this.fd, bytes, sent, bytes.length - sent);
        sent += taken;
        this.bytesWritten += taken;
        if (taken === 0) break;
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === 'EAGAIN' || code === 'EWOULDBLOCK') break;
        if (code !== 'EINTR') return -1;
      }
    }
    return sent;
  }

  private readonly retry = (): void => {
    this.timer = null;
    const rest = this.rest;
    if (rest === null) return;
    const taken = this.send(rest);
    if (taken < 0) {
      this.hangup();
      return;
    }
    if (taken === rest.length) {
      this.rest = null;
      this.onDrain?.();
      return;
    }
    this.rest = rest.subarray(taken);
    this.retryMs = taken > 0 ? RETRY_MIN_MS : Math.min(RETRY_MAX_MS, this.retryMs * 2);
    this.timer = this.clock.setTimer(this.retryMs, this.retry);
  };

  private readonly hangup = (): void => {
    if (this.fd < 0) return;
    const onClose = this.onClose;
    this.close();
    onClose?.('hangup');
  };

  private stopTimer(): void {
    if (this.timer === null) return;
    this.clock.clearTimer(this.timer);
    this.timer = null;
  }
}
