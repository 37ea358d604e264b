/**
 * A pause in real time, also while a test has replaced the timers (`mock.timers`, `vi.useFakeTimers`,
 * `jest.useFakeTimers`). `setTimeout` is taken when this module is loaded. Were timers fake by then, which a trial tells
 * once, messages of a channel turn the event loop instead, and between them the thread sleeps: neither is ever faked.
 */

interface Port {
  addEventListener(type: 'message', listener: () => void): void;
  start(): void;
  postMessage(message: null): void;
  close(): void;
}

const host = globalThis as unknown as {
  setTimeout(fn: () => void, delayMs: number): unknown;
  readonly MessageChannel?: new () => { readonly port1: Port; readonly port2: Port };
};

const { setTimeout: setTimer, MessageChannel: Channel } = host;
/** In so many turns of a millisecond each a timer of one millisecond fires, if it ever does. */
const TRIAL_TURNS = 30;

let isFake: Promise<boolean> | null = null;

/** Waits `ms` of real time, in which the event loop runs. */
export async function realPause(ms: number): Promise<void> {
  isFake ??= trial();
  if (!(await isFake)) await new Promise<void>((resolve) => void setTimer(resolve, ms));
  else await turn(ms, () => false);
}

/** True when a timer does not fire though there is time for it. Where that cannot be tried it counts as real. */
async function trial(): Promise<boolean> {
  if (Channel === undefined || !canSleep()) return false;
  let fired = false;
  setTimer(() => {
    fired = true;
  }, 1);
  await turn(TRIAL_TURNS, () => fired);
  return !fired;
}

/** Turns the event loop so many times, a millisecond each, or until `isOver`. */
function turn(times: number, isOver: () => boolean): Promise<void> {
  const { port1, port2 } = new (Channel as NonNullable<typeof Channel>)();
  let left = times;
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      if (left-- > 0 && !isOver()) {
        canSleep();
        port2.postMessage(null);
        return;
      }
      // An open channel would keep the process alive.
      port1.close();
      port2.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

/** Sleeps a millisecond. False where the thread must not (the main thread of a browser). */
function canSleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return true;
  } catch {
    return false;
  }
}
