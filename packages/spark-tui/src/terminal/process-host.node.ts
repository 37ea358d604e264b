/**
 * Everything that belongs to the whole process and not to one app: signals, the ways a process can
 * end, and who owns which terminal. The one module state of this folder.
 *
 *   clients   apps that hold a terminal; with the first one the listeners below are installed, with the
 *             last one they are removed, when what they have not been told of yet is told: none is left
 *   leases    terminals in use, by key
 *
 *   SIGINT SIGTERM SIGHUP SIGQUIT SIGABRT
 *                                   restore all; when no other listener is there, the signal again,
 *                                   so that the exit status is what it would have been
 *   exit                            restore all (process.exit, or the loop ran dry); signals end the process at once from
 *                                   then on, also while it waits for exit handlers of others
 *   uncaught error                  restore all, then the runtime prints it, on the normal screen
 *   SIGTSTP                         restore all, then the signal again: the process stops
 *   SIGCONT                         told to all: the terminal has to be set up again; in the background: hands off
 *
 * While a terminal is lent to another program, SIGINT and SIGQUIT are meant for that one and do nothing here; SIGTSTP
 * and SIGCONT are not listened to, so that both are stopped: a thread that waits for the other (`spawnSync`) runs no listener.
 */
import { TerminalInUseError } from '../base/index.ts';
import { sanitiseError } from '../text/index.ts';
import { isBackground, mayStop, stopGroup, stopSelf } from './suspend.node.ts';

/** Why a terminal has to be given back at once. `'stop'` for a while only. */
export type RestoreReason = 'signal' | 'exit' | 'crash' | 'stop';

/** What the process does for one app that holds a terminal. */
export interface HostClient {
  /**
   * Puts the terminal back, before it returns. Called on every way out, perhaps more than once, and
   * perhaps with no event loop to come. Must not throw.
   */
  restore(reason: RestoreReason): void;
  /** The process lives on after `restore('crash')` or `restore('signal')`: somebody else handles those. */
  survived?(reason: RestoreReason): void;
  /** The process was stopped and continues, in the foreground. */
  continued?(): void;
  /** The process continues in the background: the terminal is another job's. */
  backgrounded?(): void;
  /** Another program has the terminal, by this one's leave. */
  readonly isLent?: boolean;
}

/** Proof that a terminal is ours. */
export interface TerminalLease {
  /** Set while the owner only waits for input that is on its way: called when somebody else wants the terminal. */
  onWanted: (() => void) | null;
  release(): void;
}

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGABRT'] as const;
type EndSignal = (typeof END_SIGNALS)[number];
const SIGNAL_NUMBERS: Record<EndSignal, number> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGTERM: 15 };

/** How long after a stop that stopped nothing the terminal is taken again. */
const NOT_STOPPED_MS = 100;
/** How often a process in the background looks whether it still is. */
const BACKGROUND_LOOK_MS = 200;

const clients = new Set<HostClient>();
/** Terminals that are lent to other programs. */
let lendings = 0;
let isInstalled = false;
/** Waits for signals that have come and are not told yet. */
let tellings = 0;
/** Events a listener was taken off in this turn: one made with `once` is gone when it is called, on Deno also before ours. */
const taken = new Set<string | symbol>();
/** Ctrl+Z was pressed. */
let isStopDue = false;
let resumeTimer: NodeJS.Timeout | undefined;
/** Terminals in use: what asks the owner to finish at once when it is only reading the rest of the input. */
const leases = new Map<string, TerminalLease>();
const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
/** Deno tells of signals by way of another thread; elsewhere the event loop has them. */
const TELLING_MS = runtime.Deno === undefined ? 0 : 20;
/** Bun and Deno print an uncaught error without telling anyone before; there we print it ourselves. */
const hasCrashMonitor = runtime.Bun === undefined && runtime.Deno === undefined;

/**
 * Takes a terminal. `key` names the device; the same key again, before `release`, is a
 * `TerminalInUseError`.
 */
export function acquireTerminal(key: string): TerminalLease {
  leases.get(key)?.onWanted?.();
  if (leases.has(key)) {
    throw new TerminalInUseError(`the terminal ${key} already shows an app; unmount that one first, or give this one another terminal`);
  }
  const lease: TerminalLease = {
    onWanted: null,
    release() {
      if (leases.get(key) === lease) leases.delete(key);
    },
  };
  leases.set(key, lease);
  return lease;
}

/** Calls `client` on the ways out until the function returned is called. */
export function attachToProcess(client: HostClient): () => void {
  clients.add(client);
  install();
  return () => {
    if (clients.delete(client)) uninstallUnused();
  };
}

/**
 * Signals that have come until now end the process, as they would have, though the last client may leave meanwhile. Resolves
 * when they are told, and its listeners are gone.
 */
export function tellSignals(): Promise<void> {
  tellings++;
  return new Promise((resolve) => {
    const end = (): void => {
      tellings--;
      uninstallUnused();
      resolve();
    };
    if (TELLING_MS > 0) setTimeout(end, TELLING_MS);
    // Between the two the event loop looks what has come.
    else setImmediate(() => setImmediate(end));
  });
}

/** A terminal is lent to another program, until the function returned is called: Ctrl+Z there stops this process, too. */
export function beginLending(): () => void {
  lendings++;
  listenForJob();
  return () => {
    lendings--;
    listenForJob();
  };
}

/**
 * Ctrl+Z: gives the terminals back, then stops the job this process belongs to. In this order: a shell takes its terminal
 * as soon as the first of a job is stopped. Does nothing when nobody could continue it.
 */
export function stopJob(): void {
  if (isStopDue) return;
  isStopDue = true;
  // In a turn of its own: a second Ctrl+Z that was read with the first is none.
  setImmediate(() => {
    isStopDue = false;
    if (clients.size === 0 || !mayStop()) return;
    // Others that hear it decide themselves whether this process stops.
    stop(stopGroup);
  });
}

/** Apps that hold a terminal now. */
export function attachedClients(): number {
  return clients.size;
}

const onEndSignal = (told: NodeJS.Signals): void => {
  const signal = told as EndSignal;
  if ((signal === 'SIGINT' || signal === 'SIGQUIT') && isLent()) return;
  restoreAll('signal');
  if (othersHear(signal)) {
    later('signal');
    return;
  }
  uninstall();
  process.kill(process.pid, signal);
  // Only a process that ignores it (the first of a container) gets here.
  setTimeout(() => process.exit(128 + SIGNAL_NUMBERS[signal]), 100);
};

const onExit = (): void => {
  restoreAll('exit');
  for (const signal of END_SIGNALS) process.off(signal, onEndSignal);
};

const onCrash = (error: unknown): void => {
  sanitiseError(error);
  restoreAll('crash');
  if (process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback()) later('crash');
};

/** Where there is no monitor: the same, and what the runtime would have done. */
const onUncaught = (error: unknown): void => {
  sanitiseError(error);
  restoreAll('crash');
  if (othersHear('uncaughtException')) {
    later('crash');
    return;
  }
  uninstall();
  // oxlint-disable-next-line no-console -- what the runtime itself would have printed
  console.error(error);
  process.exit(1);
};

const onRejection = (reason: unknown): void => {
  if (othersHear('unhandledRejection')) return;
  onUncaught(reason);
};

const onContinue = (): void => {
  clearTimeout(resumeTimer);
  const background = isBackground();
  // A shell that brings a job to the foreground which runs already tells it nothing.
  if (background) resumeTimer = setTimeout(onContinue, BACKGROUND_LOOK_MS);
  for (const client of [...clients]) {
    if (background) client.backgrounded?.();
    else client.continued?.();
  }
};

const onStop = (): void => {
  const isOurs = !othersHearStop();
  if (isOurs && !mayStop()) return;
  stop(isOurs ? stopSelf : null);
};

/** Gives the terminals back, and stops by `how`; by null somebody else sees to that, or to something else. */
function stop(how: ((listener: () => void) => void) | null): void {
  restoreAll('stop');
  how?.(onStop);
  listenForJob();
  clearTimeout(resumeTimer);
  // Only if nothing stopped us: else SIGCONT comes first.
  resumeTimer = setTimeout(onContinue, NOT_STOPPED_MS);
}

function othersHearStop(): boolean {
  return process.listeners('SIGTSTP').some((listener) => listener !== onStop);
}

/** Listens to SIGTSTP and SIGCONT, or no more. Not while a terminal is lent: what came then would be told when it is taken again. */
function listenForJob(): void {
  const isWanted = clients.size > 0 && lendings === 0;
  // Deno stops the process once more when the listener that was just called is taken off.
  if (process.listeners('SIGTSTP').includes(onStop) !== isWanted) process[isWanted ? 'on' : 'off']('SIGTSTP', onStop);
  process.off('SIGCONT', onContinue);
  if (isWanted) process.on('SIGCONT', onContinue);
}

/** Somebody besides this module listens to `event`, which is being told. */
function othersHear(event: string): boolean {
  return process.listenerCount(event) > 1 || taken.has(event);
}

const onTaken = (event: string | symbol): void => {
  if (taken.size === 0) queueMicrotask(() => taken.clear());
  taken.add(event);
};

function isLent(): boolean {
  for (const client of clients) if (client.isLent === true) return true;
  return false;
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
  if (isInstalled) {
    listenForJob();
    return;
  }
  isInstalled = true;
  // First of all, while those made with `once` are still there.
  for (const signal of END_SIGNALS) process.prependListener(signal, onEndSignal);
  listenForJob();
  process.on('exit', onExit);
  process.on('removeListener', onTaken);
  if (hasCrashMonitor) {
    process.on('uncaughtExceptionMonitor', onCrash);
  } else {
    process.prependListener('uncaughtException', onUncaught);
    process.prependListener('unhandledRejection', onRejection);
  }
}

function uninstallUnused(): void {
  if (clients.size === 0 && tellings === 0) uninstall();
  else listenForJob();
}

function uninstall(): void {
  isInstalled = false;
  process.off('removeListener', onTaken);
  for (const signal of END_SIGNALS) process.off(signal, onEndSignal);
  clearTimeout(resumeTimer);
  process.off('SIGTSTP', onStop);
  process.off('SIGCONT', onContinue);
  process.off('exit', onExit);
  process.off('uncaughtExceptionMonitor', onCrash);
  process.off('uncaughtException', onUncaught);
  process.off('unhandledRejection', onRejection);
}
