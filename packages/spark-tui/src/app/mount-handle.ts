/** What `mount` gives: the way to look at a running app and to end it. */
import type { AppStats } from './app-stats.ts';
import type { RenderMode } from './mount-options.ts';

/** Why an app ended. */
export type ExitReason = 'unmount' | 'ctrl-c' | 'signal' | 'hangup' | 'error' | 'final-frame';

/** What is left after an unmount: every count is 0 unless something of the app survived it. */
export interface UnmountReport {
  /** Milliseconds from the call until everything was disposed. */
  readonly ms: number;
  readonly nodes: number;
  readonly scopes: number;
  readonly effects: number;
  readonly cleanups: number;
  readonly handlers: number;
  readonly timers: number;
}

/** A mounted app. */
export interface MountHandle {
  /** Gives the terminal back, then disposes the app. Idempotent: later calls give the same report. */
  unmount(): Promise<UnmountReport>;
  /** Resolves when the app has ended; rejects with the error that ended it. */
  waitForExit(): Promise<ExitReason>;
  getMode(): RenderMode;
  /** Switches how the terminal is used. Throws OptionError for a mode that does not exist. */
  setMode(mode: RenderMode): void;
  /** Runs pending effects and shows the result now. */
  flush(): void;
  stats(): AppStats;
  /** False when there is no terminal: nothing is drawn until the app ends. */
  readonly interactive: boolean;
}
