/**
 * Everything that belongs to the whole process and not to one app: signals, the ways a process can
 * end, and who owns which terminal. The one module state of this folder.
 *
 *   clients   apps that hold a terminal; with the first one the listeners below are installed, with the
 *             last one they are removed: none is left
 *   leases    terminals in use, by key
 *
 *   SIGINT SIGTERM SIGHUP SIGQUIT   restore all; when no other listener is there, the signal again,
 *                                   so that the exit status is what it would have been
 *   exit                            restore all (process.exit, or the loop ran dry)
 *   uncaught error                  restore all, then the runtime prints it, on the normal screen
 *   SIGCONT                         told to all: the terminal has to be set up again
 */
import { readFileSync } from 'node:fs';
import { TerminalInUseError } from '../base/index.ts';

/** Why a terminal has to be given back at once. */
export type RestoreReason = 'signal' | 'exit' | 'crash';

/** What the process does for one app that holds a terminal. */
export interface HostClient {
  /**
   * Puts the terminal back, before it returns. Called on every way out, perhaps more than once, and
   * perhaps with no event loop to come. Must not throw.
   */
  restore(reason: RestoreReason): void;
  /** The process lives on after `restore('crash')` or `restore('signal')`: somebody else handles those. */
  survived?(reason: RestoreReason): void;
  /** The process was stopped and continues. */
  continued?(): void;
}

/** Proof that a terminal is ours. */
export interface TerminalLease {
  release(): void;
}

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
type EndSignal = (typeof END_SIGNALS)[number];
const SIGNAL_NUMBERS: Record<EndSignal, number> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 };

const clients = new Set<HostClient>();
const leases = new Set<string>();
const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
/** Bun and Deno print an uncaught error without telling anyone before; there we print it ourselves. */
const hasCrashMonitor = runtime.Bun === undefined && runtime.Deno === undefined;

/**
 * Takes a terminal. `key` names the device; the same key again, before `release`, is a
 * `TerminalInUseError`.
 */
export function acquireTerminal(key: string): TerminalLease {
  if (leases.has(key)) {
    throw new TerminalInUseError(`the terminal ${key} already shows an app; unmount that one first, or give this one another terminal`);
  }
  leases.add(key);
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      leases.delete(key);
    },
  };
}

/** Calls `client` on the ways out until the function returned is called. */
export function attachToProcess(client: HostClient): () => void {
  if (clients.size === 0) install();
  clients.add(client);
  return () => {
    if (clients.delete(client) && clients.size === 0) uninstall();
  };
}

/** Apps that hold a terminal now. */
export function attachedClients(): number {
  return clients.size;
}

const onEndSignal = (signal: EndSignal): void => {
  restoreAll('signal');
  if (process.listenerCount(signal) > 1) {
    later('signal');
    return;
  }
  uninstall();
  process.kill(process.pid, signal);
  // Only a process that ignores it (the first of a container) gets here.
  setTimeout(() => process.exit(128 + SIGNAL_NUMBERS[signal]), 100);
};

const onExit = (): void => restoreAll('exit');

const onCrash = (): void => {
  restoreAll('crash');
  if (process.listenerCount('uncaughtException') > 0) later('crash');
};

/** Where there is no monitor: the same, and what the runtime would have done. */
const onUncaught = (error: unknown): void => {
  restoreAll('crash');
  if (process.listenerCount('uncaughtException') > 1) {
    later('crash');
    return;
  }
  uninstall();
  // oxlint-disable-next-line no-console -- what the runtime itself would have printed
  console.error(error);
  process.exit(1);
};

const onRejection = (reason: unknown): void => {
  if (process.listenerCount('unhandledRejection') > 1) return;
  onUncaught(reason);
};

const onContinue = (): void => {
  // In the background the terminal is another job's; `fg` continues us once more.
  if (isBackground()) return;
  for (const client of [...clients]) client.continued?.();
};

/** True when another process group has the terminal. Known on Linux; elsewhere false. */
function isBackground(): boolean {
  try {
    // pid (name) state ppid pgrp session tty tpgid …; the name may contain anything
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(foreground) > 0 && group !== foreground;
  } catch {
    return false;
  }
}

function restoreAll(reason: RestoreReason): void {
  for (const client of [...clients]) client.restore(reason);
}

function later(reason: RestoreReason): void {
  setImmediate(() => {
    for (const client of [...clients]) client.survived?.(reason);
  });
}

function install(): void {
  for (const signal of END_SIGNALS) process.on(signal, onEndSignal);
  process.on('SIGCONT', onContinue);
  process.on('exit', onExit);
  if (hasCrashMonitor) {
    process.on('uncaughtExceptionMonitor', onCrash);
  } else {
    process.on('uncaughtException', onUncaught);
    process.on('unhandledRejection', onRejection);
  }
}

function uninstall(): void {
  for (const signal of END_SIGNALS) process.off(signal, onEndSignal);
  process.off('SIGCONT', onContinue);
  process.off('exit', onExit);
  process.off('uncaughtExceptionMonitor', onCrash);
  process.off('uncaughtException', onUncaught);
  process.off('unhandledRejection', onRejection);
}
