/**
 * A running app and its session, from start to end. Ending is one path, whatever the cause: the
 * terminal is given back first, synchronously, then the app is disposed, then everybody is told.
 */
import { OptionError } from '../base/index.ts';
import { App } from './app.ts';
import type { AppStats } from './app-stats.ts';
import type { ExitReason, MountHandle, UnmountReport } from './mount-handle.ts';
import type { CheckedOptions, RenderMode } from './mount-options.ts';
import type { Session } from './session.ts';

interface Waiter {
  resolve(reason: ExitReason): void;
  reject(error: unknown): void;
}

/** How a mounted app reaches the process around it. */
export interface Surroundings {
  /** Prints the final frame of an app that had no terminal. */
  printFinalFrame(text: string): void;
  /** Prints what the developer should know, after the terminal was given back. */
  printWarnings(warnings: readonly string[]): void;
  /** An error ended the app, and nobody waits for the app who could be told. */
  unobservedError(error: unknown): void;
  /** Called once, when the app has ended. */
  ended(reason: ExitReason): void;
}

export class Mounted implements MountHandle {
  readonly app: App;
  private readonly session: Session;
  private readonly options: CheckedOptions;
  private readonly surroundings: Surroundings;
  private readonly waiters: Waiter[] = [];
  private ended: { reason: ExitReason; error: unknown } | null = null;
  private report: UnmountReport | null = null;
  private finalFramePrinted = false;

  constructor(options: CheckedOptions, session: Session, surroundings: Surroundings) {
    this.options = options;
    this.session = session;
    this.surroundings = surroundings;
    this.app = new App({
      size: options.size ?? session.size,
      clock: options.clock,
      output: session.output,
      caps: session.caps,
      maxFps: options.maxFps,
      maxNodes: options.maxNodes,
      maxRunWords: options.maxRunWords,
      autoFrames: options.autoFrames,
      verifyLayout: false,
      exitOnCtrlC: options.exitOnCtrlC,
      tabNavigation: options.tabNavigation,
      onExit: () => this.end('ctrl-c'),
      onError: (error) => {
        if (options.onError !== null) options.onError(error);
        else this.fail(error);
      },
    });
  }

  /** Makes the elements, takes the terminal and shows the first frame. What it throws leaves nothing behind. */
  start(root: () => unknown): void {
    try {
      this.app.start(root);
      if (this.ended !== null) return;
      this.session.start({
        data: (bytes) => this.app.feed(bytes),
        resized: (width, height) => {
          if (this.options.size === null) this.app.resize(width, height);
        },
        redraw: () => this.app.frame.redraw(),
        ended: (reason) => this.end(reason === 'closed' ? 'hangup' : reason),
      });
      this.app.flush();
    } catch (error) {
      this.session.close();
      this.app.dispose();
      this.ended = { reason: 'error', error };
      this.surroundings.ended('error');
      throw error;
    }
  }

  get interactive(): boolean {
    return this.session.output !== null;
  }

  unmount(): Promise<UnmountReport> {
    this.end('unmount');
    return Promise.resolve(this.report as UnmountReport);
  }

  waitForExit(): Promise<ExitReason> {
    return new Promise((resolve, reject) => this.observe({ resolve, reject }));
  }

  /** Tells a waiter how the app ended, now or later. */
  observe(waiter: Waiter): void {
    const { ended } = this;
    if (ended === null) this.waiters.push(waiter);
    else if (ended.reason === 'error') waiter.reject(ended.error);
    else waiter.resolve(ended.reason);
  }

  getMode(): RenderMode {
    return this.options.mode;
  }

  setMode(mode: RenderMode): void {
    if (mode !== 'fullscreen') throw new OptionError(`setMode(): there is no mode '${String(mode)}'; there is 'fullscreen'`);
  }

  flush(): void {
    this.app.flush();
  }

  stats(): AppStats {
    return this.app.stats();
  }

  /** The app as plain text, laid out at its full height, printed once. For the way out. */
  printFinalFrame(): void {
    if (this.interactive || this.finalFramePrinted || this.app.disposed) return;
    this.finalFramePrinted = true;
    this.surroundings.printFinalFrame(this.app.finalText());
  }

  /** Ends the app. Later calls change nothing. */
  end(reason: ExitReason, error: unknown = null): void {
    if (this.ended !== null) return;
    const startMs = this.options.clock.now();
    this.ended = { reason, error };
    if (reason !== 'error') this.printFinalFrame();
    this.session.close();
    this.app.dispose();
    const { nodes, scopes, effects, cleanups, handlers, timers } = this.app.stats();
    this.report = { ms: this.options.clock.now() - startMs, nodes, scopes, effects, cleanups, handlers, timers };
    if (this.app.warnings.length > 0) this.surroundings.printWarnings(this.app.warnings);
    this.surroundings.ended(reason);
    for (const waiter of this.waiters) {
      if (reason === 'error') waiter.reject(error);
      else waiter.resolve(reason);
    }
    const unobserved = reason === 'error' && this.waiters.length === 0;
    this.waiters.length = 0;
    this.options.onUnmount?.();
    if (unobserved) this.surroundings.unobservedError(error);
  }

  private fail(error: unknown): void {
    this.end('error', error);
  }
}
