/** What `mount` gives: the way to look at a running app and to end it. */
import type { AppStats } from './app-stats.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import type { TerminalControl } from '../ui/index.ts';
import type { OutputStream, RenderMode } from './mount-options.ts';
import type { Recording, RecordOptions } from './recorder.ts';
import type { ScreenFiles } from './screen-files.ts';

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
  readonly bindings: number;
  readonly handlers: number;
  readonly timers: number;
  /** Listeners on streams. */
  readonly listeners: number;
  /** Descriptors and processes that were opened for the app and are not closed. */
  readonly handles: number;
  /**
   * What of the app would still keep the process alive or in memory, a line each, with where it was made when the
   * option `trackCreation` is on. Empty when nothing is left.
   */
  readonly survivors: readonly string[];
}

/** A mounted app. */
export interface MountHandle extends ScreenFiles {
  /** Gives the terminal back, then disposes the app. Idempotent: later calls give the same report. */
  unmount(): Promise<UnmountReport>;
  /** Resolves when the app has ended; rejects with the error that ended it. */
  waitForExit(): Promise<ExitReason>;
  getMode(): RenderMode;
  /**
   * Switches how the terminal is used, with the next frame. What was printed on a whole screen goes above the live
   * region then. Throws OptionError for a mode that does not exist.
   *
   * @example
   * const app = mountSync(view, { mode: 'inline' });
   * app.setMode('fullscreen');
   */
  setMode(mode: RenderMode): void;
  /** Prints a line above the live region, formatted as `console.log` does it; see `print`. */
  print(...values: unknown[]): void;
  /** Renders elements once and commits them to the scrollback above the live region; see `renderToHistory`. */
  renderToHistory(root: () => unknown): void;
  /**
   * Gives the terminal to another program while `fn` runs: modes off, keys not read, frames held back. Afterwards it is
   * taken again: the size is asked anew and everything is drawn. Ctrl+C meanwhile is that program's. Without a terminal
   * `fn` just runs.
   *
   * @returns what `fn` returns
   * @throws (by rejecting) PhaseError when the app has ended or is suspended already; what `fn` throws
   * @example
   * await app.suspend(() => {
   *   spawnSync(process.env.EDITOR ?? 'vi', ['notes.txt'], { stdio: 'inherit' });
   * });
   */
  suspend<T>(fn: () => T | PromiseLike<T>): Promise<T>;
  /** Runs pending effects and shows the result now. */
  flush(): void;
  /** What the app holds and has done, counted now. */
  stats(): AppStats;
  /**
   * The same as a signal: changes when a frame begins, and tells then what the frames before have left. An app may show
   * it of itself. Nothing is counted while nobody reads it.
   *
   * @example
   * text({ content: () => `${app.statsSignal.value.frames} frames` });
   */
  readonly statsSignal: ReadableSignal<AppStats>;
  /** The text selected with the mouse; `''` when nothing is selected. See `selection` for the code inside the app. */
  selectedText(): string;
  /** What the terminal can do, and what can be asked of it. */
  readonly terminal: TerminalControl;
  /**
   * Records what is shown from now on as asciicast v2, for asciinema and its players: into a file (what was in
   * it is gone), or into a stream, which is not ended. One recording at a time.
   *
   * @throws PhaseError when there is no terminal, when a recording is running, or when the app has ended;
   * OptionError when the file cannot be written or an option cannot be used
   * @example
   * const recording = app.record('demo.cast', { title: 'Demo' });
   * recording.mark('the interesting part');
   * await recording.stop();
   */
  record(target: string | Pick<OutputStream, 'write' | 'on' | 'off'>, options?: RecordOptions): Recording;
  /** False when there is no terminal: nothing is drawn until the app ends. */
  readonly interactive: boolean;
}
