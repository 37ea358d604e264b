/**
 * A guard: a small shell beside the app that puts the terminal back when the app's process ends without doing it itself
 * (SIGKILL, out of memory, a native crash). It sleeps in a read from a pipe and uses no CPU.
 *
 *   app ── pipe, never written to ──▶ guard     its end of file: the app's process is gone, however it went
 *   app ── state file, no name ─────▶ guard     first line: `+` and the bytes to print, octal; `-` nothing to do
 *
 * The state is a file because writing one takes effect at once, on every runtime and on every way out; a byte in a
 * pipe may still be in a queue of the runtime when `process.exit` is called. The file has a name only until both
 * sides have opened it.
 *
 * At the end of file with `+`: prints the bytes, and if the line discipline is still raw drops what the terminal has sent
 * and sets what `stty -g` said before raw mode. A shell with job control takes over at the same moment: what it has set
 * already stays, and reading ends after 0.1 s even if that shell's settings would let it wait for a key.
 *
 * Limits: when the app leads the session of the terminal, the kernel hangs the terminal up with it, and there is
 * nothing to put back. A guard killed together with the app puts nothing back.
 */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// fd 0 the pipe, fd 1 and 5 the terminal (in a substitution 1 is another), $1 the state file
const SCRIPT = `trap '' INT TERM HUP QUIT TSTP TTOU TTIN
exec 3<"$1" 4>>"$1" 5>&1 || exit
line=$(stty -g <&5) || exit
echo READY >&4
exec 4>&-
while read -r _; do :; done
read -r state <&3
case $state in +*) ;; *) exit ;; esac
printf "\${state#+}"
raw() { case $(stty -a <&5) in *-isig*) ;; *) false ;; esac; }
raw || exit
stty -icanon min 0 time 1 <&5
dd bs=4096 count=64 <&5 >/dev/null &
sleep 0.1
kill -9 $!
raw && stty "$line" <&5`;

const NOTHING_TO_DO = '-\n';
/** How often is looked whether the guard is ready. */
const NAP_MS = 0.25;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const utf8 = new TextEncoder();
let guards = 0;

/** A guard that is ready. */
export interface Guard {
  /** From now on `bytes` put the terminal back; null: it is as it was. Takes effect before it returns. */
  watch(bytes: Uint8Array | null): void;
  /** Ends the guard. Idempotent. */
  stop(): void;
}

/** A guard on its way: started early, waited for late. */
export interface StartingGuard {
  /** The guard once it knows how the line discipline is now; null when it does not come up within `maxMs`. */
  ready(maxMs: number): Guard | null;
  /** It is not needed after all. */
  cancel(): void;
}

/**
 * Starts a guard for the terminal behind `fd`. Null where there can be none: no shell, no place for a file, Windows.
 *
 * @example
 * const starting = startGuard(1);
 * const guard = starting?.ready(30) ?? null; // before raw mode is switched on
 * guard?.watch(leaveBytes(modes));
 */
export function startGuard(fd: number): StartingGuard | null {
  if (process.platform === 'win32') return null;
  const path = join(tmpdir(), `spark-tui-${process.pid}-${guards++}-${Date.now().toString(36)}`);
  let state = -1;
  try {
    state = openSync(path, 'wx', 0o600);
    const child = spawn('/bin/sh', ['-c', SCRIPT, 'spark-tui-guard', path], {
      // A session of its own: no signal of the terminal and none to the app's group reaches it.
      detached: true,
      cwd: '/',
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
      stdio: ['pipe', fd, 'ignore'],
    });
    child.on('error', () => undefined); // Without a shell there is no guard.
    const { stdin } = child;
    if (stdin === null) throw new Error('the guard has no pipe');
    stdin.on('error', () => undefined);
    child.unref();
    (stdin as unknown as { unref?: () => void }).unref?.();
    return new ShellGuard(state, path, () => {
      stdin.destroy();
    });
  } catch {
    if (state >= 0) closeSync(state);
    forget(path);
    return null;
  }
}

class ShellGuard implements Guard, StartingGuard {
  private state: number;
  private path: string;
  private readonly hangUp: () => void;

  constructor(state: number, path: string, hangUp: () => void) {
    this.state = state;
    this.path = path;
    this.hangUp = hangUp;
  }

  ready(maxMs: number): Guard | null {
    const deadline = performance.now() + maxMs;
    while (fstatSync(this.state).size === 0) {
      if (performance.now() > deadline) {
        this.cancel();
        return null;
      }
      Atomics.wait(sleeper, 0, 0, NAP_MS);
    }
    this.unlink();
    this.watch(null);
    return this;
  }

  cancel(): void {
    this.stop();
  }

  watch(bytes: Uint8Array | null): void {
    if (this.state < 0) return;
    try {
      const line = utf8.encode(bytes === null ? NOTHING_TO_DO : `+${octal(bytes)}\n`);
      // As bytes: Deno does not look at the position of a string.
      writeSync(this.state, line, 0, line.length, 0);
    } catch {
      // No space left: what was written before counts.
    }
  }

  stop(): void {
    if (this.state < 0) return;
    this.watch(null);
    closeSync(this.state);
    this.state = -1;
    this.unlink();
    this.hangUp();
  }

  private unlink(): void {
    if (this.path !== '') forget(this.path);
    this.path = '';
  }
}

/** Bytes as a format of `printf`. Letters and digits stay readable. */
function octal(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    text += /[a-zA-Z0-9[?;<>]/.test(char) ? char : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return text;
}

function forget(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // it was never made
  }
}
