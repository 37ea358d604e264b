/**
 * The way out to a terminal, on a descriptor of our own.
 *
 * Writing to `process.stdout` blocks the whole process when a terminal stops reading. A second,
 * non-blocking open of the same device does not: a write takes what fits, the rest is tried again by
 * the clock, and the loop goes on. The shell's own descriptor stays as it was (non-blocking is a
 * property of the open, not of the device), and `O_NOCTTY` keeps the device from becoming ours.
 *
 *   write ──▶ all taken ──▶ idle
 *        └──▶ naps of 50 µs while the reader keeps up, 4 ms at most ──▶ all taken ──▶ idle
 *        └──▶ rest kept ──▶ timer 1…8 ms ──▶ … ──▶ all taken ──▶ onDrain
 *        └──▶ EIO, EPIPE, … ──▶ onClose('hangup')
 */
import { closeSync, constants, writeSync } from 'node:fs';
import { type Clock, PhaseError, type TimerHandle } from '../base/index.ts';
import type { Held } from './held.ts';
import type { CloseReason, Output } from './output.ts';
import { StreamOutput, type WritableLike } from './stream-output.ts';
import { openTty } from './tty-path.node.ts';

const RETRY_MIN_MS = 1;
const RETRY_MAX_MS = 8;
/** A large frame goes out in pieces as the reader takes them; timers are too coarse for a reader that keeps up. */
const NAP_MS = 0.05;
const MAX_NAPS = 80;
/** Naps in a row after which nothing was taken: the reader does not keep up, timers go on. */
const MAX_IDLE_NAPS = 2;
/** How long `writeSync` sleeps while the terminal takes nothing. */
const SYNC_SLEEP_MS = 2;

/** `send` could not tell how much was taken. */
const UNKNOWN = -2;
/**
 * Deno's `writeSync` writes on until all is taken, and when that fails it does not say how much was. There a
 * frame that does not fit is given up: CAN ends what may be half a sequence, then everything is written again.
 */
const tellsCount = (globalThis as { Deno?: unknown }).Deno === undefined;
const CANCEL = Uint8Array.of(0x18);

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
    const fd = openTty(stream.fd, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    if (fd !== null) return new TtyOutput(fd, clock);
  }
  return new StreamOutput(stream);
}

/** Writes to a non-blocking descriptor, which it owns. */
export class TtyOutput implements Output {
  onDrain: (() => void) | null = null;
  onLost: (() => void) | null = null;
  onClose: ((reason: CloseReason) => void) | null = null;
  onWrite: ((bytes: Uint8Array) => void) | null = null;
  bytesWritten = 0;
  writes = 0;
  isShort = false;
  mostWaitingBytes = 0;
  private fd: number;
  private readonly clock: Clock;
  private rest: Uint8Array | null = null;
  private timer: TimerHandle | null = null;
  private retryMs = RETRY_MIN_MS;
  private isHeld = false;
  private onSent: (() => void) | null = null;
  private sentLimit: TimerHandle | null = null;

  constructor(fd: number, clock: Clock) {
    this.fd = fd;
    this.clock = clock;
  }

  get busy(): boolean {
    return this.rest !== null || this.isHeld;
  }

  get waitingBytes(): number {
    return this.rest === null ? 0 : this.rest.length;
  }

  get keeps(): Held {
    return { listeners: 0, handles: this.fd < 0 ? [] : ['the descriptor frames are written to'] };
  }

  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    if (this.rest === null) this.onDrain?.();
  }

  write(bytes: Uint8Array): void {
    if (this.fd < 0 || bytes.length === 0) return;
    if (this.busy) throw new PhaseError('a frame was written while the last one is still in flight; wait for onDrain');
    this.writes++;
    this.onWrite?.(bytes);
    const taken = this.sendPatiently(bytes);
    if (taken === UNKNOWN) {
      this.giveUp();
    } else if (taken < 0) {
      // Told later: nobody expects to be closed in the middle of a write.
      this.clock.setImmediate(this.hangup);
    } else if (taken < bytes.length) {
      this.keep(bytes.slice(taken));
    }
  }

  writeSync(bytes: Uint8Array, maxMs: number, cuts = false): void {
    if (this.fd < 0 || bytes.length === 0) return;
    this.writes++;
    this.onWrite?.(bytes);
    const rest = cuts && this.rest !== null ? CANCEL : this.rest;
    this.rest = null;
    this.stopTimer();
    this.isShort = false;
    // The real time: whoever drives the clock by hand does not drive the terminal.
    const deadline = performance.now() + maxMs;
    let piece = rest === null ? bytes : joined(rest, bytes);
    for (;;) {
      const taken = this.send(piece);
      if (taken === -1 || taken === piece.length) return;
      if (taken !== UNKNOWN) piece = piece.subarray(taken);
      if (performance.now() > deadline) break;
      Atomics.wait(sleeper, 0, 0, SYNC_SLEEP_MS);
    }
    this.isShort = true;
    if (!tellsCount) return;
    this.keep(piece.slice());
  }

  whenSent(maxMs: number, done: () => void): boolean {
    if (this.rest === null || this.fd < 0) return false;
    this.onSent = done;
    this.sentLimit = this.clock.setTimer(maxMs, () => this.sentAll());
    return true;
  }

  drainSync(maxMs: number): boolean {
    const deadline = performance.now() + maxMs;
    while (this.rest !== null) {
      const taken = this.send(this.rest);
      if (taken < 0) return false; // Gone, or nobody knows how much: the timer sees to it.
      if (taken === this.rest.length) {
        this.rest = null;
        this.isShort = false;
        this.stopTimer();
        return true;
      }
      this.rest = this.rest.subarray(taken);
      if (performance.now() > deadline) return false;
      Atomics.wait(sleeper, 0, 0, SYNC_SLEEP_MS);
    }
    return true;
  }

  close(): void {
    this.stopTimer();
    this.forgetSent();
    this.rest = null;
    this.onDrain = null;
    this.onLost = null;
    this.onClose = null;
    if (this.fd < 0) return;
    closeSync(this.fd);
    this.fd = -1;
  }

  /** How many bytes the terminal took now; -1 when it is gone, UNKNOWN when it took some. */
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
        if (code === 'EAGAIN' || code === 'EWOULDBLOCK') {
          if (!tellsCount) return UNKNOWN;
          break;
        }
        if (code !== 'EINTR') return -1;
      }
    }
    return sent;
  }

  /** What the terminal has not taken: to be tried again soon. */
  private keep(rest: Uint8Array): void {
    this.rest = rest;
    this.mostWaitingBytes = Math.max(this.mostWaitingBytes, rest.length);
    this.retryMs = RETRY_MIN_MS;
    this.timer = this.clock.setTimer(this.retryMs, this.retry);
  }

  /** The frame in flight is beyond repair: once the terminal takes CAN, the owner writes everything again. */
  private giveUp(): void {
    this.rest = CANCEL;
    this.retryMs = RETRY_MAX_MS;
    this.timer = this.clock.setTimer(this.retryMs, this.retry);
  }

  /** Sends as long as the terminal keeps taking, for a few milliseconds. Returns as `send` does. */
  private sendPatiently(bytes: Uint8Array): number {
    let sent = this.send(bytes);
    let idle = 0;
    for (let naps = 0; sent >= 0 && sent < bytes.length && naps < MAX_NAPS && idle < MAX_IDLE_NAPS; naps++) {
      Atomics.wait(sleeper, 0, 0, NAP_MS);
      const taken = this.send(bytes.subarray(sent));
      if (taken < 0) return taken;
      idle = taken === 0 ? idle + 1 : 0;
      sent += taken;
    }
    return sent;
  }

  private readonly retry = (): void => {
    this.timer = null;
    const rest = this.rest;
    if (rest === null) return;
    const taken = this.sendPatiently(rest);
    if (taken === UNKNOWN) {
      this.giveUp();
      return;
    }
    if (taken < 0) {
      this.hangup();
      return;
    }
    if (taken === rest.length) {
      this.rest = null;
      if (rest === CANCEL) this.onLost?.();
      this.onDrain?.();
      this.sentAll();
      return;
    }
    this.rest = rest.subarray(taken);
    this.retryMs = taken > 0 ? RETRY_MIN_MS : Math.min(RETRY_MAX_MS, this.retryMs * 2);
    this.timer = this.clock.setTimer(this.retryMs, this.retry);
  };

  private readonly hangup = (): void => {
    if (this.fd < 0) return;
    const { onClose, onSent } = this;
    this.close();
    onClose?.('hangup');
    onSent?.();
  };

  private sentAll(): void {
    const { onSent } = this;
    this.forgetSent();
    onSent?.();
  }

  private forgetSent(): void {
    this.onSent = null;
    if (this.sentLimit !== null) this.clock.clearTimer(this.sentLimit);
    this.sentLimit = null;
  }

  private stopTimer(): void {
    if (this.timer === null) return;
    this.clock.clearTimer(this.timer);
    this.timer = null;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
