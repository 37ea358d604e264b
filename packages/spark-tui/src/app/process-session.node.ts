/**
 * Chooses the session for `mount`: the terminal of this process when there is one to draw on and keys
 * can come, a stream when one was given, else the printed final frame.
 */
import { fstatSync } from 'node:fs';
import { type ColorDepth, colorDepthFromEnv } from '../style/index.ts';
import { DEFAULT_CAPS, type EncoderCaps, FULLSCREEN_MODES, type Held, INLINE_MODES, type TerminalModes } from '../terminal/index.ts';
import { openTtySession, stopJob, type TtySession } from '../terminal/index.node.ts';
import type { CellSize } from '../ui/index.ts';
import type { CheckedOptions, InputStream, MountOptions, OutputStream } from './mount-options.ts';
import type { Session, SessionHandlers } from './session.ts';
import { StaticSession } from './static-session.ts';
import { StreamSession } from './stream-session.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

/** Opens what the app will be shown on. Nothing of a terminal is changed before `start`. */
export function openSession(options: MountOptions, checked: CheckedOptions): Session {
  const env = options.env ?? process.env;
  const output: OutputStream = options.output ?? process.stdout;
  const input: InputStream = options.input ?? process.stdin;
  const modes: TerminalModes =
    checked.mode === 'fullscreen' ? { ...FULLSCREEN_MODES, mouse: checked.mouse ? FULLSCREEN_MODES.mouse : 'none' } : INLINE_MODES;
  const ownOutput = output === (process.stdout as unknown) || output === (process.stderr as unknown);
  if (!ownOutput && output.isTTY !== true) {
    return env.TERM === 'dumb' ? new StaticSession(staticSize(checked, output, env)) : new StreamSession(output, options.input ?? null, modes, options.env ?? {});
  }
  const keysCanCome = options.input !== undefined || process.stdin.isTTY || stdinIsPipe();
  if (output.isTTY !== true || env.TERM === 'dumb' || !keysCanCome) return new StaticSession(staticSize(checked, output, env));
  // Who keeps Ctrl+C for itself may be asked to copy with it while it computes: one who insists presses it twice.
  const watchdogCtrlCs = !checked.watchdog ? 0 : checked.exitOnCtrlC ? 1 : 2;
  const guard = checked.guardIsWanted ? 'wanted' : checked.guard;
  const tty = openTtySession({ stdout: output, stdin: input, clock: checked.clock, modes, guard, watchdogCtrlCs });
  return new ProcessSession(tty, colorDepthFromEnv(env), env);
}

/** True when stdin is a pipe or a socket: the keys then come from the controlling terminal. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

function staticSize(checked: CheckedOptions, output: OutputStream, env: Readonly<Record<string, string | undefined>>): CellSize {
  if (checked.size !== null) return checked.size;
  const columns = output.columns ?? Number(env.COLUMNS);
  const rows = output.rows ?? Number(env.LINES);
  return { width: columns > 0 ? columns : DEFAULT_COLUMNS, height: rows > 0 ? rows : DEFAULT_ROWS };
}

/** The terminal of this process. */
export class ProcessSession implements Session {
  readonly caps: EncoderCaps;
  readonly env: Readonly<Record<string, string | undefined>>;
  private readonly tty: TtySession;

  constructor(tty: TtySession, depth: ColorDepth, env: Readonly<Record<string, string | undefined>>) {
    this.tty = tty;
    this.env = env;
    this.caps = { ...DEFAULT_CAPS, depth };
  }

  get modes(): TerminalModes {
    return this.tty.modes;
  }

  set modes(modes: TerminalModes) {
    this.tty.modes = modes;
  }

  set undo(bytes: Uint8Array) {
    this.tty.undo = bytes;
  }

  get hasInput(): boolean {
    return this.tty.input !== null;
  }

  get output(): TtySession['output'] {
    return this.tty.output;
  }

  get size(): CellSize {
    const { cols, rows } = this.tty.size;
    return { width: cols, height: rows };
  }

  get keeps(): Held {
    return this.tty.keeps;
  }

  measure(): CellSize | null {
    const size = this.tty.measure();
    return size === null ? null : { width: size.cols, height: size.rows };
  }

  start(handlers: SessionHandlers, greeting: Uint8Array): void {
    this.tty.start(handlers, greeting);
  }

  get guarded(): boolean {
    return this.tty.guarded;
  }

  work(): void {
    this.tty.work();
  }

  lend(): void {
    this.tty.lend();
  }

  takeBack(): void {
    this.tty.takeBack();
  }

  stop(): void {
    stopJob();
  }

  close(): Promise<void> | null {
    return this.tty.close();
  }
}
