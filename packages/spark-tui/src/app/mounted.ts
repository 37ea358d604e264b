/**
 * A running app and its session, from start to end. Ending is one path, whatever the cause: the
 * terminal is given back first, synchronously, then the app is disposed, then everybody is told.
 */
import { CycleError, OptionError, PhaseError } from '../base/index.ts';
import { App } from './app.ts';
import type { AppStats, MemoryStats } from './app-stats.ts';
import { type HasInside, INSIDE } from './inside.ts';
import type { ExitReason, MountHandle, UnmountReport } from './mount-handle.ts';
import { type CheckedOptions, isRenderMode, type OutputStream, type RenderMode } from './mount-options.ts';
import type { CastSink, Recording, RecordOptions } from './recorder.ts';
import { CastStream } from './recorder-stream.ts';
import type { AnsiOptions } from './screen-ansi.ts';
import type { HtmlOptions } from './screen-html.ts';
import type { SvgOptions } from './screen-svg.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import type { TerminalControl } from '../ui/index.ts';
import { reportUnmount } from './unmount-report.ts';
import type { Session } from './session.ts';

/** Calls that the way out may be nested, many times over. */
const ROOM_CALLS = 1500;

/** True unless the stack is about to run out. */
function hasStackRoom(): boolean {
  const nest = (depth: number): number => (depth === 0 ? 0 : 1 + nest(depth - 1));
  try {
    return nest(ROOM_CALLS) === ROOM_CALLS;
  } catch {
    return false;
  }
}

/** True for the ends that somebody asked for: an error that comes after them is news. */
function isOrderly(reason: ExitReason): boolean {
  return reason === 'unmount' || reason === 'ctrl-c' || reason === 'final-frame';
}

/** An error with those of the cleanups that followed it. */
function withFurther(error: unknown, further: readonly unknown[]): unknown {
  if (further.length === 0) return error;
  return new AggregateError([error, ...further], error instanceof Error ? error.message : String(error));
}

interface Waiter {
  resolve(reason: ExitReason): void;
  reject(error: unknown): void;
}

/** How a mounted app reaches the process around it. */
export interface Surroundings {
  /** Prints the final frame of an app that had no terminal. */
  printFinalFrame(text: string): void;
  /** Prints history where no terminal shows it. */
  printLine(text: string): void;
  /** Values as `console.log` shows them. */
  format(values: readonly unknown[], colors: boolean): string;
  /** Takes what the process prints on the app's terminal; null where it prints elsewhere. */
  readonly captureConsole: ((sink: (text: string) => void) => () => void) | null;
  /** Memory of the process. */
  readMemory(): MemoryStats;
  /** Prints what the developer should know, after the terminal was given back. */
  printWarnings(warnings: readonly string[]): void;
  /** An error as it may be told: printing it steers no terminal. */
  safeError(error: unknown): unknown;
  /** An error ended the app, and nobody waits for the app who could be told. */
  unobservedError(error: unknown): void;
  /** Runs the last work of an app, in which the process must not end. */
  holdExit<T>(work: () => T): T;
  /** True for what stops code that ends the process in there: no error of the app. */
  isHeldExit(error: unknown): boolean;
  /** Prints errors that nobody else would be told of. */
  printErrors(errors: readonly unknown[]): void;
  /** Opens a file for a recording. */
  openRecording(path: string): CastSink;
  /** Called once, when the app has ended. */
  ended(reason: ExitReason): void;
}

export class Mounted implements MountHandle, HasInside {
  readonly app: App;
  private readonly session: Session;
  private readonly options: CheckedOptions;
  private readonly surroundings: Surroundings;
  private readonly waiters: Waiter[] = [];
  private ended: { reason: ExitReason; error: unknown } | null = null;
  private report: UnmountReport | null = null;
  /** From the call that ended the app until everything was disposed. */
  private endedInMs = 0;
  /** Settles when nothing of the session is left, and everybody was told. */
  private readonly closed: Promise<void>;
  private setClosed: () => void = () => undefined;
  /** There was no room on the stack to end it: that comes as soon as the stack is empty. */
  private endsSoon = false;
  private finalFramePrinted = false;
  private isTold = false;
  private isSuspended = false;
  /** The terminal is being given back: code of the app runs for the last time. */
  private isLeaving = false;
  /** Errors of cleanups after the start has failed. */
  private readonly startErrors: unknown[] = [];
  /** Errors of that code while the process exits. */
  private readonly lateErrors: unknown[] = [];
  private releaseConsole: (() => void) | null = null;

  constructor(options: CheckedOptions, session: Session, surroundings: Surroundings) {
    this.options = options;
    this.session = session;
    this.surroundings = surroundings;
    this.closed = new Promise((resolve) => {
      this.setClosed = resolve;
    });
    this.app = new App({
      size: options.size ?? session.size,
      clock: options.clock,
      output: session.output,
      caps: session.caps,
      mode: options.mode,
      measureSize: options.size === null ? () => session.measure?.() ?? null : undefined,
      mouse: options.mouse ? 'motion' : 'none',
      format: (values) => surroundings.format(values, this.app.terminal.caps.depth > 1),
      printDirect: session.output === null ? (text) => surroundings.printLine(text) : null,
      terminal: {
        holder: session,
        env: session.env,
        query: options.query && session.hasInput,
        kittyKeyboard: session.hasInput ? options.kittyKeyboard : 0,
        followsSize: options.size === null,
      },
      maxFps: options.maxFps,
      maxNodes: options.maxNodes,
      maxRunWords: options.maxRunWords,
      autoFrames: options.autoFrames,
      verifyLayout: false,
      exitOnCtrlC: options.exitOnCtrlC,
      tabNavigation: options.tabNavigation,
      focusOnClick: options.focusOnClick,
      scrollKeys: options.scrollKeys,
      wheelScroll: options.wheelScroll,
      selection: options.selection,
      mouseToggleKey: options.mouse ? options.mouseToggleKey : null,
      readMemory: surroundings.readMemory,
      listeners: () => session.keeps?.listeners ?? 0,
      trackCreation: options.trackCreation,
      slowCallbackMs: options.slowCallbackMs,
      onWork: session.work === undefined ? undefined : () => session.work?.(),
      onExit: () => this.end('ctrl-c'),
      onStop: options.stopOnCtrlZ && session.stop !== undefined ? () => session.stop?.() : null,
      onError: (error) => {
        if (surroundings.isHeldExit(error)) return;
        if (options.onError !== null) options.onError(error);
        // What kept it going was stopped, and all else goes on.
        else if (error instanceof CycleError) this.app.warn(error.message);
        else this.fail(error);
      },
    });
  }

  /** Makes the elements, takes the terminal and shows the first frame. What it throws leaves nothing behind. */
  start(root: () => unknown): void {
    try {
      this.app.start(root);
      if (this.ended !== null) return;
      if (this.interactive) this.app.frame.prepare(); // What the terminal is taken for, and time for the guard to come up.
      if (this.hasEnded) return;
      this.recordFromStart();
      this.captureConsole();
      this.session.start({
        data: (bytes) => this.app.feed(bytes),
        resized: (width, height) => {
          if (this.options.size === null) this.app.resize(width, height);
        },
        redraw: () => {
          this.captureConsole();
          this.app.terminal.requests.reapply();
          this.app.frame.redraw();
        },
        ended: (reason) => this.end(reason === 'closed' ? 'hangup' : reason),
        undo: () => this.app.terminal.undo(),
        leaving: (off, exits) => this.leaving(off, exits),
        outstanding: () => this.app.terminal.outstanding,
        answerMs: () => this.app.terminal.answerMs,
      }, this.app.terminal.greeting());
      if (this.options.guardIsWanted && this.interactive && this.session.guarded !== true) {
        this.app.warnings.push('there is no guard process: no shell could be started beside the app');
      }
      this.app.flush();
    } catch (thrown) {
      this.session.close();
      this.app.dispose();
      this.releaseConsole?.();
      const error = this.surroundings.safeError(withFurther(thrown, this.startErrors));
      this.ended = { reason: 'error', error };
      this.isTold = true;
      this.setClosed();
      this.surroundings.ended('error');
      throw error;
    }
  }

  get hasEnded(): boolean {
    return this.ended !== null;
  }

  get interactive(): boolean {
    return this.session.output !== null;
  }

  unmount(): Promise<UnmountReport> {
    this.end('unmount');
    return this.closed.then(() => (this.report ??= reportUnmount(this.app, this.session, this.endedInMs)));
  }

  waitForExit(): Promise<ExitReason> {
    return new Promise((resolve, reject) => this.observe({ resolve, reject }));
  }

  /** Tells a waiter how the app ended, now or later. */
  observe(waiter: Waiter): void {
    const { ended } = this;
    if (ended === null || !this.isTold) this.waiters.push(waiter);
    else if (ended.reason === 'error') waiter.reject(ended.error);
    else waiter.resolve(ended.reason);
  }

  getMode(): RenderMode {
    return this.app.modes.mode;
  }

  setMode(mode: RenderMode): void {
    if (!isRenderMode(mode)) {
      throw new OptionError(`setMode(): there is no mode '${String(mode)}'; there are 'fullscreen', 'inline' and 'append'`);
    }
    this.app.modes.set(mode);
  }

  print(...values: unknown[]): void {
    this.app.history.print(...values);
  }

  renderToHistory(root: () => unknown): void {
    if (typeof root !== 'function') throw new OptionError(`renderToHistory() was given ${String(root)}; expected a function that makes the elements`);
    this.app.history.renderToHistory(root);
  }

  async suspend<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    if (typeof fn !== 'function') throw new OptionError(`suspend() was given ${String(fn)}; expected a function`);
    if (this.ended !== null) throw new PhaseError('suspend(): the app has ended');
    if (this.isSuspended) throw new PhaseError('suspend(): the terminal is lent already; wait until that is over');
    this.isSuspended = true;
    this.session.lend?.();
    try {
      return await fn();
    } finally {
      this.isSuspended = false;
      this.regain();
    }
  }

  flush(): void {
    this.app.flush();
  }

  stats(): AppStats {
    return this.app.stats();
  }

  get statsSignal(): ReadableSignal<AppStats> {
    return this.app.statsSignal;
  }

  get [INSIDE](): App {
    return this.app;
  }

  selectedText(): string {
    return this.app.events.selection.text();
  }

  get terminal(): TerminalControl {
    return this.app.terminal.control;
  }

  toText(): string {
    return this.app.files.toText();
  }

  toANSI(options?: AnsiOptions): string {
    return this.app.files.toANSI(options);
  }

  toSVG(options?: SvgOptions): string {
    return this.app.files.toSVG(options);
  }

  toHTML(options?: HtmlOptions): string {
    return this.app.files.toHTML(options);
  }

  record(target: string | Pick<OutputStream, 'write' | 'on' | 'off'>, options: RecordOptions = {}): Recording {
    return this.app.recording.start(() => (typeof target === 'string' ? this.surroundings.openRecording(target) : new CastStream(target)), options);
  }

  /** The app as plain text, laid out at its full height, printed once. For the way out. */
  printFinalFrame(): void {
    if (this.interactive || this.finalFramePrinted || this.app.disposed) return;
    this.finalFramePrinted = true;
    this.isLeaving = true;
    try {
      this.surroundings.printFinalFrame(this.surroundings.holdExit(() => this.app.finalText()));
    } catch (error) {
      this.fail(error);
    } finally {
      this.isLeaving = false;
    }
  }

  /** The process is about to end, and the terminal is free: says what nobody would hear otherwise. */
  lastWords(): void {
    this.printWaiting();
    this.printWarnings();
    if (this.lateErrors.length > 0) this.surroundings.printErrors(this.lateErrors.splice(0));
  }

  /** Ends the app. Later calls change nothing. */
  end(reason: ExitReason, error: unknown = null): void {
    if (this.ended !== null) {
      // An error on the way out (a disposer threw, or what called for the end): who waits is told of it.
      if (reason !== 'error' || !isOrderly(this.ended.reason)) return;
      const safe = this.surroundings.safeError(error);
      if (this.isTold) this.surroundings.unobservedError(safe);
      else this.ended = { reason, error: safe };
      return;
    }
    if (this.app.disposed) {
      // The start has failed: these go with what it throws.
      if (reason === 'error') this.startErrors.push(error);
      return;
    }
    if (this.isLeaving) {
      // The process exits, and with it the app.
      if (reason === 'error') this.lateErrors.push(error);
      return;
    }
    if (!hasStackRoom()) {
      // An endless recursion, caught where it ended: half of the way out would be worse than none.
      if (!this.endsSoon) queueMicrotask(() => this.end(reason, error));
      this.endsSoon = true;
      return;
    }
    const startMs = this.options.clock.now();
    this.ended = { reason, error: reason === 'error' ? this.surroundings.safeError(error) : null };
    if (reason !== 'error') this.printFinalFrame();
    const closing = this.session.close();
    if (reason !== 'hangup') this.printWaiting();
    this.session.work?.();
    this.app.dispose();
    this.endedInMs = this.options.clock.now() - startMs;
    this.printWarnings();
    if (closing !== null) void closing.then(() => this.told());
    // The handler that called for the end may still throw.
    else if (isOrderly(reason)) queueMicrotask(() => this.told());
    else this.told();
  }

  private captureConsole(): void {
    const { captureConsole } = this.surroundings;
    if (!this.options.capturesConsole || captureConsole === null || this.releaseConsole !== null) return;
    this.releaseConsole = captureConsole((text) => this.app.history.printText(text));
  }

  /** The terminal is about to be given back: printing goes its own way again. Must not throw. */
  private leaving(off: Uint8Array, exits: boolean): Uint8Array {
    this.releaseConsole?.();
    this.releaseConsole = null;
    const reason = this.ended?.reason;
    const settle = exits || (reason !== undefined && isOrderly(reason));
    this.isLeaving = true;
    try {
      return this.surroundings.holdExit(() => this.app.modes.leaving(off, settle));
    } catch (error) {
      this.fail(error); // With the flag still up: it waits until the terminal is free.
      return off;
    } finally {
      this.isLeaving = false;
    }
  }

  /** History that was not shown when the terminal was given back: another program had it already. */
  private printWaiting(): void {
    if (!this.interactive) return;
    const lines = this.app.history.takeAll();
    if (lines.length > 0) this.surroundings.printLine(lines.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n'));
  }

  private printWarnings(): void {
    const { warnings } = this.app;
    if (warnings.length > 0) this.surroundings.printWarnings(warnings.splice(0));
  }

  /** The terminal is free: everybody is told. */
  private told(): void {
    if (this.isTold) return; // By what the start threw.
    const { reason, error } = this.ended as NonNullable<typeof this.ended>;
    this.isTold = true;
    this.setClosed();
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

  /** The terminal again, after it was lent. */
  private regain(): void {
    if (this.ended !== null) return;
    try {
      this.session.takeBack?.();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The option `record`. Without a terminal there is nothing to record: said, but no reason not to run. */
  private recordFromStart(): void {
    const { record } = this.options;
    if (record === null) return;
    if (this.interactive) this.record(record);
    else this.app.warn(`nothing is recorded into ${record}: there is no terminal to draw on`);
  }

  private fail(error: unknown): void {
    this.end('error', error);
  }
}
