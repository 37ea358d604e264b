/**
 * A guard: a small shell beside the app that puts the terminal back when the app's process ends without doing it itself
 * (SIGKILL, out of memory, a native crash), and that ends an app whose thread hangs when Ctrl+C is pressed. It sleeps and
 * uses no CPU while the app rests; what it does otherwise says `guard-script.node.ts`.
 *
 *   app ── named pipe ──▶ guard     at work, at rest; its end of file: the app's process is gone, however it went
 *   app ── state file ──▶ guard     what puts the terminal back
 *   app ◀── keys file ─── guard     what was typed while the app did not answer
 *
 * The pipe is opened and written by the file system's own calls, and has no stream: what is written takes effect at once, on
 * every runtime and on every way out, also when the thread hangs in the next moment.
 *
 * At the end of file with something to do: prints the bytes, and if the line discipline is still raw drops what the terminal
 * has sent and sets what `stty -g` said before raw mode. A shell with job control takes over at the same moment: what it has
 * set already stays, and reading ends after 0.1 s even if that shell's settings would let it wait for a key.
 *
 * Limits: when the app leads the session of the terminal, the kernel hangs the terminal up with it, and there is
 * nothing to put back. A guard killed together with the app puts nothing back.
 */
import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, fstatSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reportCrashes } from './crash-report.node.ts';
import { GUARD_SCRIPT } from './guard-script.node.ts';

const BEAT = utf8Bytes('b\n');
const REST = utf8Bytes('r\n');
const RENEWED = utf8Bytes('n\n');
const NOTHING_TO_DO = '-\n';
/** How often is looked whether the guard is ready, or has finished reading. */
const NAP_MS = 0.25;
/** How long the app waits for the guard to have read the terminal; and how often it asks again before it gives that up. */
const LOOKING_MS = 500;
const MOST_LOOKS = 10;
const FAILED = 0x46;
const ETX = '\x03';
const LAST_WORDS = 'spark-tui: the app did not answer any more; Ctrl+C ended it';
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** A guard that is ready. */
export interface Guard {
  /** From now on `bytes` put the terminal back; null: it is as it was. Takes effect before it returns. */
  watch(bytes: Uint8Array | null): void;
  /** The app is at work: unless this is said again within a second or `rest` is, it counts as hanging. */
  beat(): void;
  /** The app rests, and nothing is looked at. */
  rest(): void;
  /** The terminal's settings were set anew: only while they are these the app has it. */
  renewed(): void;
  /** So many Ctrl+C are read and will be handled next: they count, should the app hang meanwhile. 0: they are handled. */
  hold(ctrlCs: number): void;
  /**
   * What was typed while the app seemed to hang, in order, once; null when there is nothing. When this returns the guard
   * does not read the terminal any more; if it takes too long for that, `isLate` is true until it was asked again.
   */
  typed(): Uint8Array | null;
  readonly isLate: boolean;
  /** Ends the guard. Idempotent. */
  stop(): void;
}

/** A guard on its way: started early, waited for late. */
export interface StartingGuard {
  /** The guard once it knows how the line discipline is now; null when it cannot, or does not come up within `maxMs`. */
  ready(maxMs: number): Guard | null;
  /** It is not needed after all. */
  cancel(): void;
}

/** What is needed of a guard process that is not ready yet. */
interface Launched {
  /** Ends it and all it has started, unless it has ended. */
  kill(): void;
}

export interface GuardOptions {
  /** Descriptor of the terminal. */
  readonly fd: number;
  /** How often Ctrl+C has to be pressed to end an app that hangs. */
  readonly ctrlCs: number;
  /** The shell with its arguments. Default `/bin/sh`. */
  readonly shell?: readonly [file: string, ...args: string[]];
}

/**
 * Starts a guard for the terminal behind `fd`. Null where there can be none: no shell, no place for a file, Windows.
 *
 * @example
 * const starting = startGuard({ fd: 1, ctrlCs: 1 });
 * const guard = starting?.ready(30) ?? null; // before raw mode is switched on
 * guard?.watch(leaveBytes(modes));
 */
export function startGuard({ fd, ctrlCs, shell: [file, ...args] = ['/bin/sh'] }: GuardOptions): StartingGuard | null {
  if (process.platform === 'win32' || !mayStart(file)) return null;
  let folder = '';
  let state = -1;
  try {
    folder = mkdtempSync(join(resolve(tmpdir()), 'spark-tui-')); // for this user alone
    state = openSync(join(folder, 'state'), 'wx+', 0o600);
    const script = join(folder, 'guard'); // A file, for a readable line in the list of processes.
    writeFileSync(script, GUARD_SCRIPT);
    const child = spawn(file, [...args, script, folder, String(process.pid), String(ctrlCs), LAST_WORDS], {
      // A session of its own: no signal of the terminal and none to the app's group reaches it.
      detached: true,
      cwd: '/',
      // The system's programs first: a package manager puts its own folders before them.
      env: { PATH: `/usr/bin:/bin:${process.env.PATH ?? ''}` },
      stdio: ['ignore', fd, 'ignore'],
    });
    child.on('error', () => undefined);
    if (child.pid === undefined) throw new Error('there is no shell');
    child.unref();
    let { pid } = child as { pid: number };
    child.on('exit', () => {
      pid = 0; // It may be another process's from now on.
    });
    return new ShellGuard(folder, state, { kill: () => void (pid > 0 && process.kill(-pid, 'SIGKILL')) });
  } catch {
    if (state >= 0) closeSync(state);
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

class ShellGuard implements Guard, StartingGuard {
  private readonly folder: string;
  private state: number;
  private words = -1;
  private readonly launched: Launched;
  private endReports = (): void => undefined;
  /** Looks of the guard that were waited for in vain, in a row. */
  private missed = 0;

  constructor(folder: string, state: number, launched: Launched) {
    this.folder = folder;
    this.state = state;
    this.launched = launched;
  }

  get isLate(): boolean {
    return this.missed > 0;
  }

  ready(maxMs: number): Guard | null {
    const deadline = performance.now() + maxMs;
    while (fstatSync(this.state).size === 0) {
      if (performance.now() > deadline) {
        this.cancel();
        return null;
      }
      nap();
    }
    const said = new Uint8Array(1);
    readSync(this.state, said, 0, 1, 0);
    try {
      if (said[0] === FAILED) throw new Error('there is no stty, or no mkfifo');
      // For reading, too: so it opens at once, whether the guard has opened its side or not.
      this.words = openSync(join(this.folder, 'words'), constants.O_RDWR | constants.O_NONBLOCK);
    } catch {
      this.cancel();
      return null;
    }
    this.rest();
    this.watch(null);
    this.endReports = reportCrashes(this.folder);
    return this;
  }

  cancel(): void {
    if (this.state >= 0 && this.words < 0) {
      try {
        this.launched.kill(); // It waits for somebody to open the pipe, or for its terminal.
      } catch {
        // it has ended
      }
    }
    this.stop();
  }

  watch(bytes: Uint8Array | null): void {
    if (this.state < 0) return;
    try {
      const line = utf8Bytes(bytes === null ? NOTHING_TO_DO : `+${octal(bytes)}\n`);
      // As bytes: Deno does not look at the position of a string.
      writeSync(this.state, line, 0, line.length, 0);
    } catch {
      // No space left: what was written before counts.
    }
  }

  beat(): void {
    this.send(BEAT);
  }

  rest(): void {
    this.send(REST);
  }

  renewed(): void {
    this.send(RENEWED);
  }

  hold(ctrlCs: number): void {
    if (this.state < 0) return;
    const path = join(this.folder, 'held');
    try {
      if (ctrlCs === 0) rmSync(path, { force: true });
      else writeFileSync(path, ETX.repeat(ctrlCs));
    } catch {
      // No space left: another Ctrl+C will be seen.
    }
  }

  typed(): Uint8Array | null {
    if (this.state < 0) return null;
    const looking = join(this.folder, 'looking');
    const keys = join(this.folder, 'keys');
    try {
      writeFileSync(join(this.folder, 'awake'), '');
      const deadline = performance.now() + (this.isLate ? 0 : LOOKING_MS);
      while (existsSync(looking) && performance.now() < deadline) nap();
      this.missed = existsSync(looking) ? this.missed + 1 : 0;
      if (this.missed >= MOST_LOOKS) {
        this.missed = 0;
        rmSync(looking, { force: true }); // The guard has died in the middle of it.
      }
      if (this.isLate || !existsSync(keys)) return null;
      const bytes = readFileSync(keys);
      rmSync(keys);
      return bytes.length === 0 ? null : bytes;
    } catch {
      return null; // Somebody has cleared the folder away.
    }
  }

  stop(): void {
    if (this.state < 0) return;
    this.watch(null);
    this.endReports();
    closeSync(this.state);
    this.state = -1;
    if (this.words >= 0) closeSync(this.words);
    this.words = -1;
    try {
      // Once more, should a guard that was just killed have been about to make its pipe.
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 2, retryDelay: 2 });
    } catch {
      // The guard is writing there; it clears the folder away itself.
    }
  }

  private send(word: Uint8Array): void {
    if (this.words < 0) return;
    try {
      writeSync(this.words, word);
    } catch {
      // It is gone and has read nothing for hours: there is nobody to tell.
    }
  }
}

function utf8Bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Deno asks for permission, on the terminal, where it was not given beforehand; a guard is not worth a question. */
function mayStart(command: string): boolean {
  const { Deno } = globalThis as { Deno?: { permissions?: { querySync?(what: object): { state: string } } } };
  const query = Deno?.permissions?.querySync;
  if (query === undefined) return true;
  return [{ name: 'run', command }, { name: 'write', path: tmpdir() }, { name: 'read', path: tmpdir() }].every((what) => Deno!.permissions!.querySync!(what).state === 'granted');
}

function nap(): void {
  Atomics.wait(sleeper, 0, 0, NAP_MS);
}

/** Bytes as a format of `printf`. Letters and digits stay readable. */
function octal(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    text += char === '%' ? '%%' : /[a-zA-Z0-9[?;<>]/.test(char) ? char : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return text;
}
