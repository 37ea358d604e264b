/**
 * One terminal, taken by one app: its way out, its keys, its size and its modes, from `open` to
 * `close`, and put back on whatever way the process ends in between.
 *
 *   open ── lease, output, input, host ──▶ start ── raw mode, enter bytes ──▶ … ──▶ close
 *
 * Restoring is the same bytes everywhere: what is in flight, `leaveBytes`, then the line mode.
 */
import type { Clock } from '../base/index.ts';
import { enterBytes, leaveBytes, type TerminalModes } from './modes.ts';
import type { Output } from './output.ts';
import { acquireTerminal, attachToProcess, type HostClient, type RestoreReason, type TerminalLease } from './process-host.node.ts';
import { openTtyInput, type TtyInput, type TtyReadable } from './tty-input.node.ts';
import { openTtyOutput, type TtyStream } from './tty-output.node.ts';
import { ttyPath } from './tty-path.node.ts';

/** How long the way out may wait for a terminal that does not read. */
const RESTORE_MS = 200;
const DEFAULT_COLS = 80;
const DEFAULT_ROWS = 24;

/** The stream an app is shown on: `process.stdout` fits. */
export interface TtyScreen extends TtyStream {
  readonly columns?: number;
  readonly rows?: number;
  on(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
  off(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
}

export interface TtySessionOptions {
  readonly stdout: TtyScreen;
  readonly stdin: TtyReadable;
  readonly clock: Clock;
  readonly modes: TerminalModes;
}

export interface TtySessionHandlers {
  /** Bytes of keys, mouse, paste and replies. */
  data(bytes: Uint8Array): void;
  /** The size of the window, in cells, has changed. */
  resized(cols: number, rows: number): void;
  /** The terminal is set up again and shows nothing of ours: everything has to be written. */
  redraw(): void;
  /** The terminal is gone, or was given back because of a signal. The app must end. */
  ended(reason: 'hangup' | 'signal'): void;
}

/** Columns and rows of a terminal; one that knows no size (0 or nothing) counts as 80 × 24. */
export function terminalSize(screen: TtyScreen): { cols: number; rows: number } {
  const cols = screen.columns;
  const rows = screen.rows;
  return { cols: cols !== undefined && cols > 0 ? cols : DEFAULT_COLS, rows: rows !== undefined && rows > 0 ? rows : DEFAULT_ROWS };
}

/**
 * @example
 * const session = openTtySession({ stdout: process.stdout, stdin: process.stdin, clock, modes });
 * session.start({ data, resized, redraw, ended });
 * session.close();
 */
export class TtySession {
  readonly output: Output;
  /** Null when there is no terminal to read keys from. */
  readonly input: TtyInput | null;
  readonly modes: TerminalModes;
  private readonly screen: TtyScreen;
  private readonly lease: TerminalLease;
  private detach: (() => void) | null = null;
  private handlers: TtySessionHandlers | null = null;
  private active = false;

  constructor(screen: TtyScreen, output: Output, input: TtyInput | null, modes: TerminalModes, lease: TerminalLease) {
    this.screen = screen;
    this.output = output;
    this.input = input;
    this.modes = modes;
    this.lease = lease;
  }

  get size(): { cols: number; rows: number } {
    return terminalSize(this.screen);
  }

  /** Switches the modes on and begins to deliver. The host knows how to restore before anything is changed. */
  start(handlers: TtySessionHandlers): void {
    this.handlers = handlers;
    const client: HostClient = {
      restore: (reason) => this.restore(reason),
      survived: (reason) => {
        if (reason === 'crash') this.enter();
        else this.end('signal');
      },
      continued: () => this.continued(),
    };
    this.detach = attachToProcess(client);
    this.screen.on('resize', this.resized);
    this.output.onClose = () => this.end('hangup');
    try {
      this.input?.start(
        (bytes) => this.handlers?.data(bytes),
        () => this.end('hangup'),
      );
      this.output.writeSync(enterBytes(this.modes), RESTORE_MS);
      this.active = true;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Puts the terminal back and gives everything up: no listener, timer, descriptor or lease is left. Idempotent. */
  close(): void {
    this.leave();
    this.input?.stop();
    this.output.close();
    this.screen.off('resize', this.resized);
    this.handlers = null;
    this.detach?.();
    this.detach = null;
    this.lease.release();
  }

  /** Tells the app once, whichever side of the terminal is noticed first. */
  private end(reason: 'hangup' | 'signal'): void {
    const handlers = this.handlers;
    this.handlers = null;
    handlers?.ended(reason);
  }

  private leave(): void {
    if (!this.active) return;
    this.active = false;
    this.output.writeSync(leaveBytes(this.modes), RESTORE_MS);
  }

  private restore(_reason: RestoreReason): void {
    this.leave();
    this.input?.restoreMode();
  }

  private enter(): void {
    if (this.handlers === null) return;
    this.input?.refresh();
    this.output.writeSync(enterBytes(this.modes), RESTORE_MS);
    this.active = true;
    this.handlers.redraw();
  }

  private continued(): void {
    // Whoever stopped us had the terminal meanwhile: nothing is certain of modes or screen.
    this.leave();
    this.enter();
  }

  private readonly resized = (): void => {
    const { cols, rows } = this.size;
    this.handlers?.resized(cols, rows);
  };
}

/**
 * Takes the terminal behind `stdout`. Throws a `TerminalInUseError` when an app of this process has it.
 * Nothing of the terminal is changed before `start`.
 */
export function openTtySession({ stdout, stdin, clock, modes }: TtySessionOptions): TtySession {
  const key = (stdout.fd === undefined ? null : ttyPath(stdout.fd)) ?? `of descriptor ${stdout.fd ?? '?'}`;
  const lease = acquireTerminal(key);
  try {
    return new TtySession(stdout, openTtyOutput(stdout, clock), openTtyInput(stdin), modes, lease);
  } catch (error) {
    lease.release();
    throw error;
  }
}
