/**
 * What an app is shown on: a terminal of this process, a stream that leads to one, or nothing at all
 * until it ends (then its final frame is printed).
 */
import type { CloseReason, EncoderCaps, Held, Output, TerminalModes } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';

/** What a session tells its app. */
export interface SessionHandlers {
  data(bytes: Uint8Array): void;
  resized(width: number, height: number): void;
  /** Everything has to be written again. */
  redraw(): void;
  /** The terminal is gone, or was given back because of a signal. */
  ended(reason: SessionEnd): void;
  /** What undoes the app's requests; sent when the terminal is given back, before its screen is left. */
  undo(): Uint8Array;
  /**
   * The terminal is about to be given back by the bytes `off`: returns them with what goes before them (a live
   * region is left behind) and after them (what was printed meanwhile). `exits`: the process ends in an orderly way.
   */
  leaving(off: Uint8Array, exits: boolean): Uint8Array;
  /**
   * Answers to DA1 that are on their way; -1 when the terminal is not known to answer. What it still has to say is
   * read and dropped at the end, by asking once more and waiting for all of them.
   */
  outstanding(): number;
  /** Milliseconds the first answers took; 0 when there were none. */
  answerMs(): number;
}

export type SessionEnd = 'hangup' | 'signal' | CloseReason;

export interface Session {
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
  readonly caps: EncoderCaps;
  readonly size: CellSize;
  /** The size the terminal has at this moment, asked anew. Absent where it cannot be asked. */
  measure?(): CellSize | null;
  /** Modes that are on now. Whoever writes bytes that change them says so here. */
  modes: TerminalModes;
  /** Answers may come: there is an input. */
  readonly hasInput: boolean;
  /** Environment variables of the terminal, as far as they are known. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes the terminal and begins to deliver. `greeting` is sent with what switches the modes on. */
  start(handlers: SessionHandlers, greeting: Uint8Array): void;
  /**
   * Gives the terminal back, synchronously. Returns null when nothing of the session is left, else a promise of
   * that: input that is on its way is read and dropped, for a moment. Idempotent.
   */
  close(): Promise<void> | null;
  /** A guard process watches over the terminal. Known after `start`. */
  readonly guarded?: boolean;
  /** Code of the user is about to run: a watchdog counts on coming back from it. Absent where there is none. */
  work?(): void;
  /** Gives the terminal to somebody else, at once, and takes it again. Absent where there is none. */
  lend?(): void;
  takeBack?(): void;
  /** Stops the whole job, as Ctrl+Z does. Absent where there is none. */
  stop?(): void;
  /** What is still held of the process. Absent: nothing. */
  readonly keeps?: Held;
  /** What to do when the process ends without `close`. Absent when the session sees to it itself. */
  restore?(exits: boolean): void;
}
