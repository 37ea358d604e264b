/**
 * `mount`: puts an app on the terminal of this process (or on given streams) and takes care of every way
 * out: unmount, Ctrl+C, signals, `process.exit`, errors, a terminal that goes away.
 */
import { attachedClients, attachToProcess, type RestoreReason } from '../terminal/index.node.ts';
import { Mounted, type Surroundings } from './mounted.ts';
import type { ExitReason, MountHandle, UnmountReport } from './mount-handle.ts';
import { checkOptions, type MountOptions, type OutputStream, type RenderMode } from './mount-options.ts';
import { printText } from './print-text.node.ts';
import type { Recording, RecordOptions } from './recorder.ts';
import { openCastFile } from './recorder-file.node.ts';
import type { AnsiOptions } from './screen-ansi.ts';
import type { HtmlOptions } from './screen-html.ts';
import type { SvgOptions } from './screen-svg.ts';
import type { App } from './app.ts';
import type { AppStats } from './app-stats.ts';
import { watchFrames } from './frame-probes.node.ts';
import { type HasInside, INSIDE } from './inside.ts';
import { TimerLedger } from './timer-ledger.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import type { TerminalControl } from '../ui/index.ts';
import { StreamOutput } from '../terminal/index.ts';
import { captureConsole, formatValues } from './console-capture.node.ts';
import { ExitShield } from './exit-shield.node.ts';
import { openSession, ProcessSession } from './process-session.node.ts';
import { cleanNextError, printError, safeError, watchUncaught } from './uncaught-text.node.ts';

const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
/** Node emits `beforeExit` also while a top-level `await` is pending. */
const tellsWhenIdle = runtime.Bun === undefined && runtime.Deno === undefined;
/** Silence after which an app on another runtime counts as finished. */
const QUIET_MS = 1000;

/**
 * A mounted app that is also a promise: it resolves when the app has ended and rejects with the error
 * that ended it.
 */
export class MountedApp extends Promise<void> implements MountHandle, HasInside {
  private mounted: Mounted | null = null;
  private onAwaited: (() => void) | null = null;

  /** Promises made by `then` are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** @internal */
  static open(root: () => unknown, options: MountOptions): MountedApp {
    let settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
    const handle = new MountedApp((resolve, reject) => {
      settle = { resolve, reject };
    });
    const { resolve, reject } = settle as NonNullable<typeof settle>;
    try {
      const mounted = start(root, options);
      handle.mounted = mounted;
      handle.onAwaited = () => endWhenNothingCanHappen(mounted);
      mounted.observe({ resolve: () => resolve(), reject });
    } catch (error) {
      reject(error);
    }
    return handle;
  }

  // The handle is a promise on purpose: awaiting it tells that nobody will call unmount.
  // oxlint-disable-next-line unicorn/no-thenable
  override then<A = void, B = never>(
    onFulfilled?: ((value: void) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const { onAwaited } = this;
    this.onAwaited = null;
    onAwaited?.();
    return super.then(onFulfilled, onRejected);
  }

  get interactive(): boolean {
    return this.mounted?.interactive ?? false;
  }

  unmount(): Promise<UnmountReport> {
    return this.live().unmount();
  }

  waitForExit(): Promise<ExitReason> {
    return this.live().waitForExit();
  }

  getMode(): RenderMode {
    return this.live().getMode();
  }

  setMode(mode: RenderMode): void {
    this.live().setMode(mode);
  }

  print(...values: unknown[]): void {
    this.live().print(...values);
  }

  renderToHistory(root: () => unknown): void {
    this.live().renderToHistory(root);
  }

  suspend<T>(fn: () => T | PromiseLike<T>): Promise<T> {
    return this.live().suspend(fn);
  }

  flush(): void {
    this.live().flush();
  }

  stats(): AppStats {
    return this.live().stats();
  }

  get statsSignal(): ReadableSignal<AppStats> {
    return this.live().statsSignal;
  }

  /** @internal */
  get [INSIDE](): App {
    return this.live().app;
  }

  selectedText(): string {
    return this.live().selectedText();
  }

  get terminal(): TerminalControl {
    return this.live().terminal;
  }

  toText(): string {
    return this.live().toText();
  }

  toANSI(options?: AnsiOptions): string {
    return this.live().toANSI(options);
  }

  toSVG(options?: SvgOptions): string {
    return this.live().toSVG(options);
  }

  toHTML(options?: HtmlOptions): string {
    return this.live().toHTML(options);
  }

  record(target: string | Pick<OutputStream, 'write' | 'on' | 'off'>, options?: RecordOptions): Recording {
    return this.live().record(target, options);
  }

  private live(): Mounted {
    if (this.mounted === null) throw new Error('the app was not mounted: await mount() to see why');
    return this.mounted;
  }
}

/**
 * Shows an app on the terminal until it ends. Without a terminal (a pipe, `TERM=dumb`, no stdin) nothing
 * is drawn while it runs, and its final frame is printed as plain text: when it is unmounted, when nothing
 * is left to do, or, if it is awaited and only keys could change it, as soon as it has settled.
 *
 * @param app makes the elements; called once, at once
 * @returns a promise that resolves when the app has ended, and is the handle to unmount, flush and look at it
 * @throws (by rejecting) OptionError for options that cannot be used; TerminalInUseError when an app is on the
 * terminal already; what `app` throws (an AggregateError of that and more when cleanups throw then, too); the error that
 * ended the app
 * @example
 * await mount(() => {
 *   text({ content: 'Hello' });
 * });
 */
export function mount(app: () => unknown, options: MountOptions = {}): MountedApp {
  return MountedApp.open(app, options);
}

/**
 * Like `mount`, but throws at once what goes wrong at the start, and gives the handle alone.
 *
 * @example
 * const app = mountSync(() => box({}));
 * await app.unmount();
 */
export function mountSync(app: () => unknown, options: MountOptions = {}): MountHandle {
  return start(app, options);
}

/** True while any app of this process is mounted. */
export function isMounted(): boolean {
  return attachedClients() > 0;
}

function start(root: () => unknown, options: MountOptions): Mounted {
  const given = checkOptions(root, options);
  const checked = { ...given, clock: TimerLedger.of(given.clock) };
  const session = openSession(options, checked);
  const output = options.output ?? process.stdout;
  const detach: (() => void)[] = [];
  const shield = new ExitShield();
  const surroundings: Surroundings = {
    printFinalFrame: (text) => {
      printText(output, `${text}\n`);
    },
    printLine: (text) => {
      printText(output, `${text}\n`);
    },
    format: formatValues,
    captureConsole:
      session instanceof ProcessSession ? (sink) => captureConsole(output, session.output instanceof StreamOutput, sink) : null,
    printWarnings: (warnings) => {
      for (const warning of warnings) process.stderr.write(`spark-tui: ${warning}\n`);
    },
    unobservedError: (error) => {
      queueMicrotask(() => {
        throw error;
      });
    },
    holdExit: (work) => shield.run(work),
    isHeldExit: (error) => shield.owns(error),
    safeError,
    printErrors: (errors) => errors.forEach(printError),
    openRecording: openCastFile,
    readMemory: () => {
      const { rss, heapUsed, heapTotal, external, arrayBuffers = 0 } = process.memoryUsage();
      return { rss, heapUsed, heapTotal, external, arrayBuffers };
    },
    ended: (reason) => {
      for (const undo of detach) undo();
      if (reason === 'hangup' && output === process.stdout && process.listenerCount('SIGHUP') === 0) {
        process.kill(process.pid, 'SIGHUP');
      }
      shield.release();
    },
  };
  const mounted = new Mounted(checked, session, surroundings);
  detach.push(watchFrames(mounted.app));
  const { restore } = session;
  const lastWords = (reason: RestoreReason): void => {
    if (reason === 'stop') return;
    mounted.lastWords();
    if (reason === 'crash') cleanNextError();
  };
  if (restore !== undefined) {
    detach.push(
      attachToProcess({
        restore: (reason) => {
          if (reason === 'stop') return; // The process goes on; what is at the other end is not its terminal.
          mounted.printFinalFrame();
          restore.call(session, reason === 'exit');
          lastWords(reason);
        },
        survived: (reason) => mounted.end(reason === 'signal' ? 'signal' : 'final-frame'),
      }),
    );
  }
  // Nothing is left that could change the app: it ends, and whoever awaits it goes on.
  detach.push(beforeExit(() => mounted.end('final-frame')));
  mounted.start(root);
  // Behind the session's own, which has the terminal given back by then.
  if (restore === undefined && !mounted.hasEnded) detach.push(attachToProcess({ restore: lastWords }));
  if (!mounted.hasEnded) detach.push(watchUncaught());
  return mounted;
}

/** What apps do when nothing is left that could change them. One listener for all: a server may have hundreds. */
const idlers = new Set<() => void>();

function beforeExit(idle: () => void): () => void {
  if (idlers.size === 0) process.on('beforeExit', tellIdlers);
  idlers.add(idle);
  return () => {
    idlers.delete(idle);
    if (idlers.size === 0) process.off('beforeExit', tellIdlers);
  };
}

function tellIdlers(): void {
  for (const idle of [...idlers]) idle();
}

/**
 * Somebody waits for an app that has no terminal. It ends once it has settled when nothing can change it
 * any more: nothing is bound to a signal, or only keys could, and there is no keyboard. Otherwise it ends
 * when the event loop has nothing left to do. Bun and Deno never say so while somebody awaits; there it
 * ends when nothing changed for a while.
 */
function endWhenNothingCanHappen(mounted: Mounted): void {
  const { app } = mounted;
  if (mounted.interactive) return;
  const end = (): void => mounted.end('final-frame');
  if (app.waitsForKeys || !app.canChange) app.whenSettled(end);
  else if (!tellsWhenIdle) app.whenQuiet(QUIET_MS, end);
}
