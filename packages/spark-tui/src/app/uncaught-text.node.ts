/**
 * What is printed of an error that ends the process. It may quote anything, and a runtime prints it as it is. What of an
 * error can be cleaned in place is (`sanitiseError`); what cannot (a thrown string, the name of a class, an object that
 * prints itself) is printed here instead of by the runtime, as the same text made safe.
 *
 *   Node         `uncaughtExceptionMonitor`, behind the one that gives the terminal back, while an app is mounted and, when
 *                an app ended by such an error, from then on: whoever waited for the app may throw it again
 *   Bun, Deno    the process host prints what is uncaught itself, by the console; what is told after the end is replaced
 */
import { inspect } from 'node:util';
import { sanitise, sanitiseError } from '../text/index.ts';

interface RuntimeInspect {
  readonly inspect: (value: unknown) => string;
}

const { Bun: bun, Deno: deno } = globalThis as { Bun?: RuntimeInspect; Deno?: RuntimeInspect };
const runtime = bun ?? deno;
/** Apps that are mounted. */
let apps = 0;
/** An app has ended by what the runtime must not print. */
let isKept = false;

const onUncaught = (error: unknown): void => {
  // Somebody handles it, and nothing is printed.
  if (process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback()) return;
  const text = shownText(error);
  if (isSafe(text) && isSafe(plainText(error))) return;
  // oxlint-disable-next-line no-console -- in the place of the runtime
  console.error(`Uncaught ${sanitise(text)}`);
  process.exit(1);
};

/** An app was mounted: from now on no uncaught error steers the terminal. Returns what ends that. */
export function watchUncaught(): () => void {
  apps++;
  if (runtime === undefined) {
    // Behind the process host's, which may have been installed anew.
    process.off('uncaughtExceptionMonitor', onUncaught);
    process.on('uncaughtExceptionMonitor', onUncaught);
  }
  return () => {
    apps--;
    if (apps === 0 && !isKept) process.off('uncaughtExceptionMonitor', onUncaught);
  };
}

/** An error as it is told to whoever waits for an app, and printed by the runtime when nobody does. */
export function safeError(error: unknown): unknown {
  const safe = sanitiseError(error);
  const text = shownText(safe);
  if (isSafe(text) && isSafe(plainText(safe))) return safe;
  if (runtime !== undefined) return new Error(sanitise(text));
  isKept = true;
  if (!process.listeners('uncaughtExceptionMonitor').includes(onUncaught)) process.on('uncaughtExceptionMonitor', onUncaught);
  return safe;
}

/** Prints an error as the console does. */
export function printError(error: unknown): void {
  const safe = sanitiseError(error);
  const text = shownText(safe);
  // oxlint-disable-next-line no-console -- as the runtime prints uncaught ones
  console.error(isSafe(text) ? safe : sanitise(text));
}

/** Bun and Deno: an uncaught error is about to be printed by the console, and the process to end. */
export function cleanNextError(): void {
  // With another listener nothing is printed.
  if (runtime === undefined || process.listenerCount('uncaughtException') !== 1) return;
  const target = console;
  const { error: print } = target;
  target.error = (error: unknown) => {
    target.error = print;
    printError(error);
  };
}

/** What the console of this runtime shows. */
function shownText(error: unknown): string {
  if (typeof error === 'string') return error;
  try {
    return (runtime?.inspect ?? inspect)(error);
  } catch {
    return 'an error that cannot be shown';
  }
}

/** What a runtime may print of something that is no error but looks like one. */
function plainText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  try {
    const { stack, name, message } = error as Partial<Error>;
    return [stack, name, error instanceof Error ? '' : message].filter((text) => typeof text === 'string').join('\n');
  } catch {
    return '';
  }
}

function isSafe(text: string): boolean {
  return sanitise(text) === text;
}
