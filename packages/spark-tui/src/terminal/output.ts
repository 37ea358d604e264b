/**
 * Where a frame's bytes go. At most one frame is in flight: while `busy`, the owner writes nothing;
 * what changes meanwhile goes into the frame it encodes after `onDrain`. So a terminal that stops
 * reading costs neither memory nor time, and is right as soon as it reads on.
 */

import type { Held } from './held.ts';

/** Why an output will take nothing more: `'closed'` by its owner, `'hangup'` the terminal is gone. */
export type CloseReason = 'closed' | 'hangup';

export interface Output {
  /**
   * Takes one frame. The bytes belong to the output only during the call: what cannot be sent at once
   * is copied. Throws a `PhaseError` while `busy`. After the end it is a no-op.
   */
  write(bytes: Uint8Array): void;
  /** True while a part of the last frame has not been taken by the terminal. */
  readonly busy: boolean;
  /** Called once, after `busy` became false again (never from inside `write`). */
  onDrain: (() => void) | null;
  /**
   * Called before `onDrain` when part of a frame may be missing or doubled on the terminal: everything has
   * to be written again. Only runtimes that do not say how much was written need it.
   */
  onLost: (() => void) | null;
  /** Called once when the terminal is gone. Not called by `close`. */
  onClose: ((reason: CloseReason) => void) | null;
  /** Sees all bytes before they are sent, in order: a recorder. They belong to it only during the call. */
  onWrite: ((bytes: Uint8Array) => void) | null;
  /**
   * Sends what is left of the frame in flight, then `bytes`, before it returns, in `maxMs` at most: what the terminal
   * has not taken then is sent later, should an event loop run on. With `cuts` the frame in flight is broken off
   * instead: nobody will see it. For the way out.
   */
  writeSync(bytes: Uint8Array, maxMs: number, cuts?: boolean): void;
  /** The last `writeSync` could not send everything in its time. Absent: it always can. */
  readonly isShort?: boolean;
  /**
   * Calls `done` once all bytes are sent, or after `maxMs`, or when the terminal is gone; never before it returns.
   * False, and no call, when nothing waits to be sent. Absent where nothing ever does.
   */
  whenSent?(maxMs: number, done: () => void): boolean;
  /**
   * Waits for the frame in flight to be taken, at most `maxMs`. True when none is in flight any more; `onDrain` is not
   * called for it then. Absent where one cannot wait.
   */
  drainSync?(maxMs: number): boolean;
  /**
   * Takes no frame until `release`: the terminal is somebody else's. `busy` meanwhile, so changes merge; `writeSync`
   * still writes. `release` calls `onDrain`. Absent where the terminal cannot be lent.
   */
  hold?(): void;
  release?(): void;
  /** Stops for good: no callback runs, nothing is written, no timer or descriptor is left. Idempotent. */
  close(): void;
  /** What it still holds of the process. Absent: nothing. */
  readonly keeps?: Held;
  /** Bytes the terminal has not taken yet: what is left of the frame in flight. */
  readonly waitingBytes: number;
  /** The most that has ever waited. */
  readonly mostWaitingBytes: number;
  /** Bytes the terminal has taken. */
  readonly bytesWritten: number;
  /** Frames written (calls of `write` and `writeSync` with at least one byte). */
  readonly writes: number;
}
