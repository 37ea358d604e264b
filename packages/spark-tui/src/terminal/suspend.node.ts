/**
 * Job control: stopping the job this process belongs to, and whether it is in the foreground of its terminal.
 *
 *   shell (session 1, group 1) ─▶ npm (group 2) ─▶ app (group 2)     the shell can continue group 2: it may stop
 *   terminal ─▶ app (session 2, group 2)                             nobody could: the kernel ignores SIGTSTP, so do we
 *
 * What is known of other processes comes from /proc; where there is none (macOS) a job counts as one that may stop and
 * is in the foreground.
 */
import { readFileSync } from 'node:fs';

/** Deno keeps the handler of a signal it once listened to; without listeners it does the default action itself, a moment later. */
const stopsLater = (globalThis as { Deno?: unknown }).Deno !== undefined;
const LATE_STOP_MS = 50;
const MAX_ANCESTORS = 64;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

interface ProcessPlace {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Group that is in the foreground of the terminal; -1 without one. */
  readonly foreground: number;
}

/**
 * Stops the whole process group, as the terminal does for Ctrl+Z when it is not raw, and returns when this process is
 * continued: at once when somebody besides `listener`, which is taken off, listens to SIGTSTP.
 */
export function stopGroup(listener: () => void): void {
  process.off('SIGTSTP', listener);
  try {
    process.kill(0, 'SIGTSTP');
  } catch {
    process.kill(process.pid, 'SIGTSTP');
  }
  if (stopsLater) Atomics.wait(sleeper, 0, 0, LATE_STOP_MS);
}

/** Stops this process alone, from inside its listener for SIGTSTP, and returns when it is continued. The listener may be off by then. */
export function stopSelf(listener: () => void): void {
  if (stopsLater) {
    // With no listener left it would be stopped once more for the signal that is being told.
    process.kill(process.pid, 'SIGSTOP');
    return;
  }
  process.off('SIGTSTP', listener);
  process.kill(process.pid, 'SIGTSTP');
}

/** True unless it is known that no shell watches over this process group (POSIX: an orphaned one). */
export function mayStop(): boolean {
  if (process.platform === 'win32') return false;
  const own = placeOf('self');
  if (own === null) return true;
  let { parent } = own;
  for (let i = 0; i < MAX_ANCESTORS && parent > 1; i++) {
    const place = placeOf(String(parent));
    if (place === null) return true;
    if (place.group !== own.group) return place.session === own.session;
    ({ parent } = place);
  }
  return false;
}

/** True when another process group has the terminal. */
export function isBackground(): boolean {
  const own = placeOf('self');
  return own !== null && own.foreground > 0 && own.foreground !== own.group;
}

function placeOf(pid: string): ProcessPlace | null {
  try {
    // pid (name) state ppid pgrp session tty tpgid …; the name may contain anything
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, group, session, , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    return { parent: parent!, group: group!, session: session!, foreground: foreground! };
  } catch {
    return null;
  }
}
