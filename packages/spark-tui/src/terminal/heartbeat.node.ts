/**
 * The app's side of the watchdog: tells the guard that the thread is at work, and when it rests. A thread that says neither
 * for a second hangs.
 *
 *   rest ── work() ──▶ beat ──500 ms──▶ beat, when there was work meanwhile ── … ──▶ rest, when there was none
 *
 * `work` is called before code of the user runs. Code that runs without it (a timer of the user, what follows an `await`)
 * is watched, too, while beats are due. The timer exists while there is work and half a second longer, and keeps no process
 * alive. It is the real time, as for all that concerns only the terminal.
 */
import type { Guard } from './guard.node.ts';

/** Distance of beats; the guard expects one a second. */
const BEAT_MS = 500;
/** Silence after which the guard may have read from the terminal. Below what it takes for that. */
const MISSED_MS = 900;
const ETX = 3;
const NINE = 0x39;
const UNDERSCORE = 0x5f;

export class Heartbeat {
  private readonly guard: Guard;
  private readonly onTyped: (bytes: Uint8Array) => void;
  private timer: NodeJS.Timeout | null = null;
  private worked = false;
  private paused = false;
  private lastMs = 0;
  private holds = false;

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
    if (this.timer !== null && performance.now() - this.lastMs > MISSED_MS) this.beat();
    this.work();
    // One key alone is handled at once. Every form of Ctrl+C has one of these in it.
    this.holds = bytes.length > 1 && (bytes.indexOf(ETX) >= 0 || hasNines(bytes) || bytes.indexOf(UNDERSCORE) >= 0);
    if (this.holds) this.guard.hold(bytes);
  }

  /** It is handled. */
  handled(): void {
    if (this.holds) this.guard.hold(null);
    this.holds = false;
  }

  /** The terminal is another program's, or the process is about to stand still: silence means nothing. */
  pause(): void {
    this.paused = true;
    this.rest();
  }

  resume(): void {
    this.paused = false;
  }

  /** Ends it; a guard that lives on looks at nothing. */
  stop(): void {
    this.pause();
  }

  private begin(): void {
    this.timer = setInterval(this.due, BEAT_MS);
    this.timer.unref();
    this.lastMs = performance.now();
    this.guard.beat();
  }

  private beat(): void {
    const nowMs = performance.now();
    const wasSilent = nowMs - this.lastMs > MISSED_MS;
    this.lastMs = nowMs;
    const bytes = wasSilent ? this.guard.typed() : null;
    this.guard.beat();
    if (bytes !== null) this.onTyped(bytes);
  }

  private rest(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    this.guard.rest();
  }

  private readonly due = (): void => {
    const wasSilent = performance.now() - this.lastMs > MISSED_MS;
    if (!this.worked && !wasSilent) {
      this.rest();
      return;
    }
    this.worked = false;
    this.beat();
  };
}

/** Has `99`, the key code of c. */
function hasNines(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(NINE); at >= 0; at = bytes.indexOf(NINE, at + 1)) if (bytes[at + 1] === NINE) return true;
  return false;
}
