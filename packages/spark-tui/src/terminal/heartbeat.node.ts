/**
 * The app's side of the watchdog: tells the guard that the thread is at work, and when it rests. A thread that says neither
 * for a second seems to hang.
 *
 *   rest ── work() ──▶ beat ──500 ms──▶ beat, when there was work meanwhile ── … ──▶ rest, when there was none
 *
 * `work` is called before code of the user runs. Code that runs without it (a timer of the user, what follows an `await`)
 * is watched, too, while beats are due. The timer exists while there is work and half a second longer, and keeps no process
 * alive. It is the real time, as for all that concerns only the terminal.
 *
 * After a silence the guard may be reading the terminal. Whoever reads it next, or changes its settings, first waits until
 * that is over: `input`, `pause` and `settle` see to it. What the guard has read goes to the app before what is read later.
 */
import { clearInterval, setInterval } from 'node:timers';
import type { Guard } from './guard.node.ts';
import { CTRL_C_SEQUENCES } from './guard-script.node.ts';

/** Distance of beats; the guard expects one a second. */
const BEAT_MS = 500;
/** Silence after which the guard may have read from the terminal. Below what it takes for that. */
const MISSED_MS = 900;
const ETX = 3;
const NINE = 0x39;
const UNDERSCORE = 0x5f;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CTRL_C = new RegExp(['\\u0003', ...CTRL_C_SEQUENCES.map((sequence) => `\\u001b${sequence}`)].join('|'), 'g');

export class Heartbeat {
  private readonly guard: Guard;
  private readonly onTyped: (bytes: Uint8Array) => void;
  private timer: NodeJS.Timeout | null = null;
  private worked = false;
  private paused = false;
  private lastMs = 0;
  private holds = false;
  /** What the guard has read and nobody could take yet. */
  private waiting: Uint8Array[] = [];

  /** `onTyped` gets what was typed while the thread was silent. */
  constructor(guard: Guard, onTyped: (bytes: Uint8Array) => void) {
    this.guard = guard;
    this.onTyped = onTyped;
  }

  /** Code of the user is about to run. */
  // hot: a write and two tests a frame; a timer and a word to the guard every half second
  work(): void {
    this.worked = true;
    if (this.timer === null && !this.paused) this.begin();
  }

  /** Input was read and is handled next: what the guard has read before comes first. */
  input(bytes: Uint8Array): void {
    if (this.isSilent) this.beat();
    this.work();
    const ctrlCs = countLaterCtrlC(bytes);
    this.holds = ctrlCs > 0;
    if (this.holds) this.guard.hold(ctrlCs);
  }

  /** It is handled. */
  handled(): void {
    if (this.holds) this.guard.hold(0);
    this.holds = false;
  }

  /** The terminal's settings will change, or somebody else will read it: the guard must not be reading it any more. */
  settle(): void {
    this.handled();
    if (this.isSilent || this.guard.isLate) this.collect();
  }

  /** The terminal will be another program's, or the process will stand still: silence means nothing. */
  pause(): void {
    this.settle();
    this.paused = true;
    this.rest();
  }

  /** It is the app's again, which gets what was typed for it before. */
  resume(): void {
    this.paused = false;
    this.guard.renewed();
    this.deliver();
  }

  /** Ends it; a guard that lives on looks at nothing. */
  stop(): void {
    this.pause();
    this.waiting = [];
  }

  private get isSilent(): boolean {
    return this.timer !== null && performance.now() - this.lastMs > MISSED_MS;
  }

  private begin(): void {
    this.timer = setInterval(this.due, BEAT_MS);
    this.timer.unref();
    this.lastMs = performance.now();
    this.guard.beat();
  }

  private beat(): void {
    if (this.isSilent || this.guard.isLate) this.collect();
    this.lastMs = performance.now();
    this.guard.beat();
    this.deliver();
  }

  private collect(): void {
    const bytes = this.guard.typed();
    if (bytes !== null) this.waiting.push(bytes);
  }

  private deliver(): void {
    while (!this.paused && this.waiting.length > 0) this.onTyped(this.waiting.shift()!);
  }

  private rest(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    this.guard.rest();
  }

  private readonly due = (): void => {
    if (!this.worked && !this.isSilent && !this.guard.isLate) {
      this.rest();
      return;
    }
    this.worked = false;
    this.beat();
  };
}

/** Ctrl+C in a read, but for one that comes first: that is handled at once. */
function countLaterCtrlC(bytes: Uint8Array): number {
  // Every form of it has one of these.
  if (bytes.length < 2 || (bytes.indexOf(ETX) < 0 && !hasNines(bytes) && bytes.indexOf(UNDERSCORE) < 0)) return 0;
  let count = 0;
  for (const { index } of new TextDecoder('latin1').decode(bytes).matchAll(CTRL_C)) if (index > 0) count++;
  return count;
}

/** Has `99`, the key code of c. */
function hasNines(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(NINE); at >= 0; at = bytes.indexOf(NINE, at + 1)) if (bytes[at + 1] === NINE) return true;
  return false;
}
