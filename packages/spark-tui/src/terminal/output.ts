/**
 * Where a frame's bytes go. At most one frame is in flight: while `busy`, the owner writes nothing;
 * what changes meanwhile goes into the frame it encodes after `onDrain`. So a terminal that stops
 * reading costs neither memory nor time, and is right as soon as it reads on.
 */

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
  /**
   * Sends what is left of the frame in flight, then `bytes`, before it returns; gives up after
   * `maxMs`. For the way out, when no event loop will run any more.
   */
  writeSync(bytes: Uint8Array, maxMs: number): void;
  /** Stops for good: no callback runs, nothing is written, no timer or descriptor is left. Idempotent. */
  close(): void;
  /** Bytes the terminal has taken. */
  readonly bytesWritten: number;
  /** Frames written (calls of `write` and `writeSync` with at least one byte). */
  readonly writes: number;
}
