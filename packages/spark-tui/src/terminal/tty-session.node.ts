/**
 * One terminal, taken by one app: its way out, its keys, its size and its modes, from `open` to
 * `close`, and put back on whatever way the process ends in between.
 *
 *   open ── lease, output, input, host ──▶ start ── raw mode, enter bytes ──▶ … ──▶ close
 *
 * Restoring is the same bytes everywhere: what is in flight, `leaveBytes`, then the line mode. Between the
 * last two, what the terminal has sent and nobody has read is dropped, or a shell would take it for typing. A
 * terminal known to answer is asked one question more (DA1) behind `leaveBytes`: its answer is the end of that.
 * What a process does not live to restore, a guard does (`guard.node.ts`); it is told of every change of modes.
 */
import { setImmediate } from 'node:timers';
import type { Clock } from '../base/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { type Guard, startGuard, type StartingGuard } from './guard.node.ts';
import { Heartbeat } from './heartbeat.node.ts';
import type { Held } from './held.ts';
import { enterBytes, leaveBytes, type TerminalModes } from './modes.ts';
import type { Output } from './output.ts';
import { acquireTerminal, attachToProcess, beginLending, type HostClient, type RestoreReason, tellSignals, type TerminalLease } from './process-host.node.ts';
import { CR, ed, queryDeviceAttributes } from './sequences.ts';
import { openTtyInput, type TtyInput, type TtyReadable } from './tty-input.node.ts';
import { isBackground } from './suspend.node.ts';
import { openTtyOutput, type TtyStream } from './tty-output.node.ts';
import { ttyName } from './tty-path.node.ts';

/** How long the way out may wait for a terminal that does not read. */
const RESTORE_MS = 200;
/** How long it may wait for the answer behind which no report comes: from a terminal of which nothing came so far, … */
const DRAIN_MS = 100;
/** … from one that answers, at least and at most. One that takes longer is not asked. */
const KNOWN_DRAIN_MS = 250;
const MAX_DRAIN_MS = 1000;
/** How long the start may wait for a guard that was asked for, and for one that was not. */
const WANTED_GUARD_MS = 2000;
const GUARD_MS = 300;
/**
 * How long after a terminal was lent, and the event loop has looked for signals, one is still taken for the other program's:
 * some runtimes are told of them by another thread.
 */
const LATE_SIGNAL_MS = 50;
/** Turns of the event loop until it has surely looked for signals. */
const TURNS_TO_SIGNALS = 2;
const CANCEL = 0x18;
const NOTHING = new Uint8Array(0);
/** How long a terminal that does not read is waited for after the end, while the event loop runs. */
const SLOW_MS = 3000;
const DEFAULT_COLS = 80;
const DEFAULT_ROWS = 24;

/** The stream an app is shown on: `process.stdout` fits. */
export interface TtyScreen extends TtyStream {
  readonly columns?: number;
  readonly rows?: number;
  getWindowSize?(): number[];
  _refreshSize?(): void;
  on(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
  off(event: 'drain' | 'close' | 'error' | 'resize', listener: (error?: unknown) => void): unknown;
}

export interface TtySessionOptions {
  readonly stdout: TtyScreen;
  readonly stdin: TtyReadable;
  readonly clock: Clock;
  readonly modes: TerminalModes;
  /** A guard process puts the terminal back when this one is killed; `'wanted'`: it is worth waiting for. Default false. */
  readonly guard?: boolean | 'wanted';
  /** The guard ends this process when it hangs and Ctrl+C is pressed so often; 0: it does not. Default 0. */
  readonly watchdogCtrlCs?: number;
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
  /** What undoes the app's requests, sent before the screen is left. */
  undo?(): Uint8Array;
  /**
   * The terminal is about to be given back by the bytes `off`: returns them with what goes before and after them.
   * `exits`: the process ends in an orderly way.
   */
  leaving?(off: Uint8Array, exits: boolean): Uint8Array;
  /** Answers to DA1 that are on their way; -1 when the terminal is not known to answer. */
  outstanding?(): number;
  /** Milliseconds the first answers took; 0 when there were none. */
  answerMs?(): number;
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
  private readonly screen: TtyScreen;
  private readonly lease: TerminalLease;
  private detach: (() => void) | null = null;
  private handlers: TtySessionHandlers | null = null;
  private active = false;
  /** The end is known to be answered: reading until then takes the place of throwing away. */
  private fenced = false;
  private drainMs = DRAIN_MS;
  private isGone = false;
  private draining: Promise<void> | null = null;
  private current: TerminalModes;
  private undoing: Uint8Array = NOTHING;
  private readonly starting: StartingGuard | null;
  private guard: Guard | null = null;
  private readonly guardMs: number;
  private readonly watched: boolean;
  private heartbeat: Heartbeat | null = null;
  private isLent = false;
  private endLending: (() => void) | null = null;
  private lentUntilMs = -Infinity;
  private turnsAfterLent = 0;

  constructor(screen: TtyScreen, output: Output, input: TtyInput | null, modes: TerminalModes, lease: TerminalLease, starting: StartingGuard | null, guardMs: number, watched: boolean) {
    this.screen = screen;
    this.output = output;
    this.input = input;
    this.current = modes;
    this.lease = lease;
    this.starting = starting;
    this.guardMs = guardMs;
    this.watched = watched;
  }

  /** The modes that are on now. Whoever writes bytes that change them says so here. */
  get modes(): TerminalModes {
    return this.current;
  }

  set modes(modes: TerminalModes) {
    this.current = modes;
    if (this.active) this.tellGuard();
  }

  /** True when a guard process watches over the terminal. */
  get guarded(): boolean {
    return this.guard !== null;
  }

  /** Bytes that undo the app's requests now: told for the guard, which can ask nobody. */
  set undo(bytes: Uint8Array) {
    this.undoing = bytes;
    if (this.active) this.tellGuard();
  }

  /** Code of the user is about to run: the watchdog counts on coming back from it. */
  work(): void {
    this.heartbeat?.work();
  }

  /** What is still held of the process: listeners on streams, and what was opened. */
  get keeps(): Held {
    const parts = [this.input?.keeps, this.output.keeps];
    const handles = parts.flatMap((part) => part?.handles ?? []);
    if (this.guard !== null) handles.push('the guard process');
    const own = this.handlers === null ? 0 : 1;
    return { listeners: parts.reduce((sum, part) => sum + (part?.listeners ?? 0), own), handles };
  }

  /** The size asked of the device now; null when it cannot be asked or knows none. */
  measure(): { cols: number; rows: number } | null {
    try {
      // Node's `getWindowSize` gives what the last SIGWINCH has found; this is what asks.
      // oxlint-disable-next-line no-underscore-dangle -- there is no other name for it
      this.screen._refreshSize?.();
      const [cols = 0, rows = 0] = this.screen.getWindowSize?.() ?? [];
      return cols > 0 && rows > 0 ? { cols, rows } : null;
    } catch {
      return null;
    }
  }

  get size(): { cols: number; rows: number } {
    return terminalSize(this.screen);
  }

  /**
   * Switches the modes on and begins to deliver. The host knows how to restore before anything is changed.
   * `greeting` is sent with what switches the modes on.
   */
  start(handlers: TtySessionHandlers, greeting: Uint8Array = NOTHING): void {
    this.handlers = handlers;
    const lent = (): boolean => this.isLent || this.turnsAfterLent > 0 || performance.now() < this.lentUntilMs;
    const client: HostClient = {
      restore: (reason) => this.restore(reason),
      survived: (reason) => {
        if (reason === 'crash') {
          this.enter();
          this.heartbeat?.resume();
        } else {
          this.end('signal');
        }
      },
      continued: () => this.continued(),
      backgrounded: () => {
        this.output.hold?.();
        this.input?.rest();
      },
      get isLent() {
        return lent();
      },
    };
    this.detach = attachToProcess(client);
    this.screen.on('resize', this.resized);
    this.output.onClose = () => this.end('hangup');
    try {
      // It has to see the line discipline as it was.
      this.guard = this.starting?.ready(this.guardMs) ?? null;
      this.tellGuard();
      if (this.watched && this.guard !== null && this.input !== null) this.heartbeat = new Heartbeat(this.guard, (bytes) => this.handlers?.data(bytes));
      this.input?.start(
        (bytes) => {
          this.heartbeat?.input(bytes);
          try {
            this.handlers?.data(bytes);
          } finally {
            this.heartbeat?.handled();
          }
        },
        () => this.end('hangup'),
      );
      const enter = new ByteBuffer(256);
      enter.append(enterBytes(this.modes));
      enter.append(greeting);
      this.output.writeSync(enter.view(), RESTORE_MS);
      this.active = true;
      this.heartbeat?.work(); // What follows the mount may hang as well.
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Puts the terminal back and gives everything up: no listener, timer, descriptor or lease is left. From a terminal
   * that answers, reports on their way are read and dropped first, for 100 ms at most; signals that have come by then still
   * end the process. The promise is of the end of all that; null: nothing was held. The screen is put back before this
   * returns, in all cases, but for a terminal that does not read: it gets what puts it back when it reads again within
   * some seconds, and the promise waits for that. Idempotent.
   */
  close(): Promise<void> | null {
    if (this.draining !== null) return this.draining;
    this.heartbeat?.settle();
    this.leave();
    this.screen.off('resize', this.resized);
    this.handlers = null;
    const { input, output } = this;
    const isFenced = this.fenced && input !== null;
    let drain = (): void => undefined;
    const isSlow = output.whenSent?.(SLOW_MS, () => drain()) === true;
    if (!isFenced && !isSlow) {
      this.draining = this.finish();
      return this.draining;
    }
    this.draining = new Promise((resolve) => {
      const end = (): void => {
        drain = () => undefined;
        resolve(this.finish() ?? undefined);
      };
      drain = () => (isFenced ? input.drain(this.drainMs, end) : end());
      this.lease.onWanted = () => {
        output.drainSync?.(RESTORE_MS);
        if (isFenced) input.drainSync(this.drainMs);
        end();
      };
      if (!isSlow) drain();
    });
    return this.draining;
  }

  /**
   * Gives the terminal to somebody else until `takeBack`, before it returns: as it was found, no key is read and no frame
   * written. Does nothing when it is lent already.
   */
  lend(): void {
    if (this.handlers === null || this.isLent) return;
    this.isLent = true;
    this.heartbeat?.pause();
    this.output.hold?.();
    this.leave();
    if (this.fenced) this.input?.drainSync(this.drainMs);
    this.fenced = false;
    this.input?.lend();
    this.guard?.watch(null);
    this.endLending = beginLending();
  }

  /** Takes the terminal again: its size is asked anew and everything is written. In the background that waits for `fg`. */
  takeBack(): void {
    if (!this.isLent) return;
    this.isLent = false;
    // A runtime may tell of the other program's end before it tells of the Ctrl+C that caused it.
    this.turnsAfterLent = TURNS_TO_SIGNALS;
    setImmediate(this.turned);
    this.endLending?.();
    this.endLending = null;
    const rests = isBackground();
    this.input?.takeBack(rests);
    if (rests) return;
    this.enter();
    this.heartbeat?.resume();
  }

  /** Nothing is held when this returns, but listeners for signals: not until the promise resolves. */
  private finish(): Promise<void> | null {
    this.fenced = false;
    this.heartbeat?.stop();
    this.input?.stop();
    this.output.close();
    this.starting?.cancel();
    this.guard = null;
    this.endLending?.();
    this.endLending = null;
    const told = this.detach === null ? null : tellSignals();
    this.detach?.();
    this.detach = null;
    this.lease.onWanted = null;
    this.lease.release();
    return told;
  }

  /** Tells the app once, whichever side of the terminal is noticed first. */
  private end(reason: 'hangup' | 'signal'): void {
    const handlers = this.handlers;
    this.handlers = null;
    if (reason === 'hangup') this.isGone = true;
    handlers?.ended(reason);
  }

  private leave(exits = false): void {
    if (!this.active) return;
    this.active = false;
    const leave = new ByteBuffer(256);
    const off = leaveBytes(this.modes, this.handlers?.undo?.() ?? NOTHING);
    leave.append(this.handlers?.leaving?.(off, exits) ?? off);
    const outstanding = this.handlers?.outstanding?.() ?? -1;
    const answerMs = this.handlers?.answerMs?.() ?? 0;
    this.drainMs = answerMs === 0 ? DRAIN_MS : Math.max(KNOWN_DRAIN_MS, 2 * answerMs);
    // In the background the answer would be the shell's.
    this.fenced = !this.isGone && outstanding >= 0 && this.drainMs <= MAX_DRAIN_MS && !isBackground();
    if (this.fenced) {
      queryDeviceAttributes(leave);
      this.input?.expect(outstanding + 1);
    }
    // A frame of the alternate screen is gone with it; one of the normal screen stays.
    this.output.writeSync(leave.view(), RESTORE_MS, this.modes.fullscreen);
    if (this.output.isShort !== true) this.guard?.watch(NOTHING); // The line discipline is still to come.
  }

  /** What the guard prints: the state of the terminal is uncertain, half a sequence may be on its way. */
  private tellGuard(): void {
    if (this.guard === null) return;
    const bytes = new ByteBuffer(128);
    bytes.byte(CANCEL);
    bytes.append(leaveBytes(this.current, this.undoing));
    if (!this.current.fullscreen) {
      // The cursor waits at the top of the live region.
      bytes.byte(CR);
      ed(bytes);
    }
    this.guard.watch(bytes.view());
  }

  private restore(reason: RestoreReason): void {
    this.heartbeat?.pause();
    if (reason === 'stop') this.output.hold?.();
    if (this.active) this.leave(reason === 'exit');
    else if (this.draining !== null) this.output.drainSync?.(RESTORE_MS); // Ended while a slow terminal was waited for.
    if (this.fenced) this.input?.drainSync(this.drainMs);
    this.fenced = false;
    this.input?.restoreMode();
    // A terminal that does not read has what puts it back from the guard, when it reads again.
    if (this.output.isShort !== true) this.guard?.watch(null);
  }

  private enter(): void {
    if (this.handlers === null) return;
    this.tellGuard();
    this.input?.refresh();
    this.output.writeSync(enterBytes(this.modes), RESTORE_MS);
    this.active = true;
    // A process that does not run, or not in the foreground, is not told of changes.
    const size = this.measure();
    if (size !== null) this.handlers.resized(size.cols, size.rows);
    this.handlers.redraw();
    this.output.release?.();
  }

  private continued(): void {
    if (this.isLent) return;
    // Whoever stopped us had the terminal meanwhile: nothing is certain of modes or screen.
    this.leave();
    this.enter();
    this.heartbeat?.resume();
  }

  private readonly turned = (): void => {
    this.turnsAfterLent--;
    if (this.turnsAfterLent > 0) setImmediate(this.turned);
    else this.lentUntilMs = performance.now() + LATE_SIGNAL_MS;
  };

  private readonly resized = (): void => {
    this.heartbeat?.work();
    const { cols, rows } = this.size;
    this.handlers?.resized(cols, rows);
  };
}

/**
 * Takes the terminal behind `stdout`. Throws a `TerminalInUseError` when an app of this process has it.
 * Nothing of the terminal is changed before `start`.
 */
export function openTtySession({ stdout, stdin, clock, modes, guard = false, watchdogCtrlCs = 0 }: TtySessionOptions): TtySession {
  const key = (stdout.fd === undefined ? null : ttyName(stdout.fd)) ?? `of descriptor ${stdout.fd ?? '?'}`;
  const lease = acquireTerminal(key);
  // Started before all else: what the app does until it takes the terminal gives it time.
  const starting = guard !== false && stdout.fd !== undefined ? startGuard({ fd: stdout.fd, ctrlCs: watchdogCtrlCs }) : null;
  try {
    const guardMs = guard === 'wanted' ? WANTED_GUARD_MS : GUARD_MS;
    return new TtySession(stdout, openTtyOutput(stdout, clock), openTtyInput(stdin), modes, lease, starting, guardMs, watchdogCtrlCs > 0);
  } catch (error) {
    starting?.cancel();
    lease.release();
    throw error;
  }
}
