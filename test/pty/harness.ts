/**
 * Runs a program on a pseudo-terminal, as a person would, and sees what a person would see: the screen
 * (through an emulator), which modes are left on, how the program ended, and whether the line
 * discipline is as it was.
 *
 *   const pty = startPty(fixture('counter'));
 *   await pty.until((screen) => screen.includes('0'));
 *   pty.send('q');
 *   const end = await pty.exit;
 *   assert.deepEqual(pty.modes.left(), []);
 *
 * The program is the child of a small shell that reports `stty -g` before and after on lines of their
 * own, so the terminal outlives the program. `SPARK_RUNTIME` names another runtime than this Node:
 * a path to node, bun or deno.
 */
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { ModeTracker } from './mode-tracker.ts';

export interface PtyOptions {
  readonly cols?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Shell text put before the program: `echo x |` pipes, `nohup`, redirections. `$@` is the program. */
  readonly shell?: string;
  readonly args?: readonly string[];
  /** `false`: nothing is shown, for programs that write faster than an emulator takes it. */
  readonly emulate?: boolean;
  /** Plays the terminal's part: sees what is written, piece by piece, and may answer. */
  readonly respond?: (written: string, answer: (text: string) => void) => void;
}

export interface PtyExit {
  /** As a shell sees it: the code, or 128 + the number of the signal. */
  readonly status: number;
  /** `stty -g` is the same before and after. */
  readonly lineRestored: boolean;
}

/** Milliseconds until a wait fails. Generous: machines are shared. */
const LIMIT_MS = 15_000;
/** Until the shell counts as not having got its line. */
const REPORT_MS = 200;
const BEFORE = 'STTY-BEFORE ';
const AFTER = 'STTY-AFTER ';

/** The runtime programs are run with: command and leading arguments. */
export function runtimeCommand(): string[] {
  const path = process.env.SPARK_RUNTIME ?? process.execPath;
  return basename(path).startsWith('deno') ? [path, 'run', '-A', '--quiet'] : [path];
}

/** The kind of that runtime. */
export function runtimeName(): 'node' | 'bun' | 'deno' {
  const name = basename(process.env.SPARK_RUNTIME ?? process.execPath);
  return name.startsWith('bun') ? 'bun' : name.startsWith('deno') ? 'deno' : 'node';
}

/** Path of a compiled program in `fixtures/`. */
export function fixture(name: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'fixtures', `${name}.js`);
}

export class PtyProgram {
  readonly modes: ModeTracker = new ModeTracker();
  /** Everything the program wrote, as text; the shell's reports are not part of it. */
  output = '';
  /** How the program ended. Rejects when the shell around it was killed, too. */
  readonly exit: Promise<PtyExit>;
  private readonly pty: IPty;
  private readonly terminal: InstanceType<typeof xterm.Terminal>;
  private readonly waiters = new Set<() => void>();
  private ended = false;
  private paused = false;
  private readonly decoder = new TextDecoder();

  constructor(file: string, { cols = 80, rows = 24, env = {}, shell = '"$@"', args = [], emulate = true, respond }: PtyOptions) {
    this.terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, logLevel: 'off' });
    // The shell ignores what the program is to get; a trap (and not an ignore) is not inherited. At the
    // end it waits for a line, sent when its report was read: what a pty still holds when the last
    // process goes can be lost. After a program that was killed it is sent again: its guard, at work, drops what it finds.
    const script = `trap : INT TERM QUIT; printf '${BEFORE}%s\\n' "$(stty -g)"; ${shell}; status=$?; after=$(stty -g); stty -echo; printf '\\n${AFTER}%s %s\\n' "$after" "$status"; read -r _`;
    this.pty = spawn('/bin/sh', ['-c', script, 'sh', ...runtimeCommand(), file, ...args], {
      name: 'xterm-256color',
      cols,
      rows,
      env: { ...process.env, TERM: 'xterm-256color', ...env },
    });
    let raw = '';
    let reported = false;
    this.pty.onData((data) => {
      raw += data;
      const report = reported ? null : new RegExp(`${AFTER}\\S+ (\\d+)\\r?\\n`).exec(raw.slice(-4096));
      if (report !== null) {
        reported = true;
        this.sendLine(Number(report[1]) > 128);
      }
      this.output += data;
      this.modes.feed(data);
      respond?.(data, (text) => this.pty.write(text));
      if (emulate) this.terminal.write(data, () => this.changed());
      else {
        // Hours of it: of what the shell reports only the first and the last is wanted.
        if (raw.length > 1_000_000) raw = raw.slice(0, 4096) + raw.slice(-65_536);
        this.changed();
      }
    });
    this.exit = new Promise((resolve, reject) => {
      this.pty.onExit(({ exitCode, signal }) => {
        this.ended = true;
        this.changed();
        const before = new RegExp(`${BEFORE}(\\S+)`).exec(raw);
        const after = new RegExp(`${AFTER}(\\S+) (\\d+)`).exec(raw);
        this.terminal.write('', () => {
          if (before !== null && after !== null) resolve({ status: Number(after[2]), lineRestored: before[1] === after[1] });
          else if (signal !== undefined && signal !== 0) resolve({ status: 128 + signal, lineRestored: false });
          else reject(new Error(`the shell ended with ${exitCode} and no report; output: ${JSON.stringify(raw.slice(-500))}`));
        });
      });
    });
    this.exit.catch(() => undefined);
  }

  /** Rows of the screen, right-trimmed, joined by line ends. */
  screen(): string {
    const buffer = this.terminal.buffer.active;
    const rows: string[] = [];
    for (let y = 0; y < this.terminal.rows; y++) {
      rows.push(buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '');
    }
    return rows.join('\n');
  }

  /** All lines of the normal screen, what has scrolled out of it first; right-trimmed. */
  lines(): string[] {
    const buffer = this.terminal.buffer.normal;
    return Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)?.translateToString(true) ?? '');
  }

  /** True while the alternate screen is shown. */
  get alternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  send(keys: string): void {
    this.pty.write(keys);
  }

  resize(cols: number, rows: number): void {
    this.terminal.resize(Math.max(2, cols), Math.max(1, rows));
    this.pty.resize(cols, rows);
  }

  /** Stops reading: the terminal takes nothing any more once its buffers are full. */
  pause(): void {
    this.paused = true;
    this.pty.pause();
  }

  resume(): void {
    this.paused = false;
    this.pty.resume();
  }

  /** The descriptor of the terminal's other side, for a reader of its own while this one is paused: see `take`. */
  get fd(): number {
    return (this.pty as unknown as { fd: number }).fd;
  }

  /** What a reader of its own has read. */
  take(bytes: Uint8Array): void {
    const text = this.decoder.decode(bytes, { stream: true });
    this.output += text;
    this.modes.feed(text);
    this.terminal.write(text, () => this.changed());
  }

  /** Sends a signal to the program, not to the shell around it. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Process id of the program, which it prints as `PID n`. */
  get pid(): number {
    const match = /PID (\d+)/.exec(this.output);
    if (match === null) throw new Error('the program has not printed its PID');
    return Number(match[1]);
  }

  /** Closes the terminal, as a window manager does. */
  close(): void {
    this.pty.kill('SIGKILL');
    (this.pty as unknown as { destroy(): void }).destroy();
  }

  /** Closes the terminal and kills the program, if it still runs: for the end of a test, whatever came of it. */
  dispose(): void {
    if (!this.ended && /PID \d+/.test(this.output)) {
      try {
        this.kill('SIGKILL');
      } catch {
        // it is gone
      }
    }
    this.close();
  }

  /** Waits until `holds` is true of the screen; fails with the screen after 15 s or at the end of the program. */
  async until(holds: (screen: string) => boolean, what = 'the screen as expected'): Promise<void> {
    const deadline = Date.now() + LIMIT_MS;
    while (!holds(this.screen())) {
      if (this.ended || Date.now() > deadline) {
        throw new Error(`waited in vain for ${what}; ${this.ended ? 'the program ended' : 'it still runs'}; screen:\n${this.screen()}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.paused ? 50 : 500);
        this.waiters.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  private sendLine(again: boolean): void {
    if (this.ended) return;
    try {
      this.pty.write('\n');
    } catch {
      return; // it is closed
    }
    if (again) setTimeout(() => this.sendLine(true), REPORT_MS).unref();
  }

  private changed(): void {
    for (const waiter of this.waiters) waiter();
    this.waiters.clear();
  }
}

/** Starts a program. End it (or wait for its end) before the test ends. */
export function startPty(file: string, options: PtyOptions = {}): PtyProgram {
  return new PtyProgram(file, options);
}
