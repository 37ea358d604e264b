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
import { join } from 'node:path';
import { reportCrashes } from './crash-report.node.ts';
import { GUARD_SCRIPT } from './guard-script.node.ts';

const BEAT = utf8Bytes('b\n');
const REST = utf8Bytes('r\n');
const NOTHING_TO_DO = '-\n';
/** How often is looked whether the guard is ready, or has finished reading. */
const NAP_MS = 0.25;
/** How long the guard may take to read the terminal once. */
const LOOKING_MS = 500;
const FAILED = 0x46;
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
  /** These bytes are read and about to be handled: Ctrl+C in them counts, should the app hang meanwhile. Null: they are handled. */
  hold(bytes: Uint8Array | null): void;
  /** What was typed while the app seemed to hang, in order, once; null when there is nothing. */
  typed(): Uint8Array | null;
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
  if (process.platform === 'win32') return null;
  let folder = '';
  let state = -1;
  try {
    folder = mkdtempSync(join(tmpdir(), 'spark-tui-')); // for this user alone
    state = openSync(join(folder, 'state'), 'wx+', 0o600);
    const script = join(folder, 'guard'); // A file, for a readable line in the list of processes.
    writeFileSync(script, GUARD_SCRIPT);
    const child = spawn(file, [...args, script, folder, String(process.pid), String(ctrlCs), LAST_WORDS], {
      // A session of its own: no signal of the terminal and none to the app's group reaches it.
      detached: true,
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
      stdio: ['ignore', fd, 'ignore'],
    });
    child.on('error', () => undefined);
    if (child.pid === undefined) throw new Error('there is no shell');
    child.unref();
    return new ShellGuard(folder, state);
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
  private endReports = (): void => undefined;

  constructor(folder: string, state: number) {
    this.folder = folder;
    this.state = state;
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

  hold(bytes: Uint8Array | null): void {
    if (this.state < 0) return;
    const path = join(this.folder, 'held');
    try {
      if (bytes === null) rmSync(path, { force: true });
      else writeFileSync(path, bytes);
    } catch {
      // No space left: another Ctrl+C will be seen.
    }
  }

  typed(): Uint8Array | null {
    if (this.state < 0) return null;
    try {
      writeFileSync(join(this.folder, 'awake'), '');
    } catch {
      // No space left: at worst a key comes late.
    }
    const deadline = performance.now() + LOOKING_MS;
    while (existsSync(join(this.folder, 'looking')) && performance.now() < deadline) nap();
    const path = join(this.folder, 'keys');
    try {
      const bytes = readFileSync(path);
      rmSync(path);
      return bytes.length === 0 ? null : bytes;
    } catch {
      return null; // as a rule: nothing was read
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
    rmSync(this.folder, { recursive: true, force: true });
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
