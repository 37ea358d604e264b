/**
 * What an app is shown on: a terminal of this process, a stream that leads to one, or nothing at all
 * until it ends (then its final frame is printed).
 */
import type { CloseReason, EncoderCaps, Output } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';

/** What a session tells its app. */
export interface SessionHandlers {
  data(bytes: Uint8Array): void;
  resized(width: number, height: number): void;
  /** Everything has to be written again. */
  redraw(): void;
  /** The terminal is gone, or was given back because of a signal. */
  ended(reason: SessionEnd): void;
}

export type SessionEnd = 'hangup' | 'signal' | CloseReason;

export interface Session {
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
  readonly caps: EncoderCaps;
  readonly size: CellSize;
  /** Takes the terminal and begins to deliver. */
  start(handlers: SessionHandlers): void;
  /** Gives the terminal back, synchronously; nothing of the session is left. Idempotent. */
  close(): void;
  /** What to do when the process ends without `close`. Absent when the session sees to it itself. */
  restore?(): void;
}
