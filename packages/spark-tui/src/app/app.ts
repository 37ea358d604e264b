/**
 * One app: scene, frame, events and the root scope, put together from parameters. It knows no process
 * and no terminal device: whoever makes it gives output, clock and size, feeds input, and disposes it.
 */
import { type Clock, endedApps, GaugeSet, Scope, Tally, type TimerHandle, watched } from '../base/index.ts';
import { ExtraTable, MAX_SIDE_CELLS } from '../cells/index.ts';
import { DEFAULT_SELECTION, EventRouter, type KeyPattern, matchesPattern, RANK_STOP, RANK_UNSELECT, type SelectionSettings } from '../events/index.ts';
import { ExtraSweep, FrameLoop, GlyphSweep, Screen } from '../frame/index.ts';
import { beforeFlush, currentScope, type ReadableSignal, runInScope, signal, type WritableSignal } from '../reactive/index.ts';
import { NIL, OVERFLOW_AUTO, ROOT, Scene, U8_OVERFLOW_Y } from '../scene/index.ts';
import { Encoder, type EncoderCaps, type InputEvent, type MouseTracking, type Output } from '../terminal/index.ts';
import { GlyphTable, sanitiseLine } from '../text/index.ts';
import { type CellSize, type Host, PendingWork, Place } from '../ui/index.ts';
import { collectStats, registerGauges } from './app-gauges.ts';
import { AppInspector } from './app-inspector.ts';
import type { AppStats, MemoryStats } from './app-stats.ts';
import { captureStack, siteOf } from './creation-sites.ts';
import { formatPlain, History } from './history.ts';
import { renderBlock } from './history-block.ts';
import { InputPump } from './input-pump.ts';
import { ModeControl } from './mode-control.ts';
import { MouseRelease } from './mouse-release.ts';
import type { RenderMode } from './mount-options.ts';
import { NodeLabels } from './node-labels.ts';
import { RecordingSlot } from './recording-slot.ts';
import { ScreenWriter } from './screen-files.ts';
import { screenText } from './screen-text.ts';
import { statsSignal } from './stats-signal.ts';
import { TerminalLink, type TerminalOptions } from './terminal-link.ts';
import { TimerLedger } from './timer-ledger.ts';

/** Most rows a printed final frame has. */
const MAX_FINAL_ROWS = 0x7fff;

export interface AppOptions {
  readonly size: CellSize;
  readonly clock: Clock;
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
  readonly caps: EncoderCaps;
  /** How the terminal is used at first. Default `'fullscreen'`. */
  readonly mode?: RenderMode;
  /** Pointer events to ask for on a whole screen. Default all. */
  readonly mouse?: MouseTracking;
  /** Values as one text, as `console.log` shows them. */
  readonly format?: (values: readonly unknown[]) => string;
  /** Takes history lines at once, as text, where nothing else is shown while the app runs. */
  readonly printDirect?: ((text: string) => void) | null;
  /** History of the app around this one. */
  readonly history?: History;
  /** Development tools of the app around this one. */
  readonly inspector?: AppInspector | null;
  /** The size the terminal has at this moment, when it can be asked. */
  readonly measureSize?: (() => CellSize | null) | undefined;
  /** Absent: nothing can be asked of the terminal. */
  readonly terminal?: TerminalOptions;
  readonly maxFps: number;
  readonly maxNodes: number;
  /** Most grapheme clusters of text held at once. */
  readonly maxRunWords?: number;
  /** False: frames run only when `flush` is called. */
  readonly autoFrames?: boolean;
  readonly verifyLayout: boolean;
  readonly exitOnCtrlC: boolean;
  readonly tabNavigation: boolean;
  /** Memory of the process, where the runtime tells it. */
  readonly readMemory?: () => MemoryStats;
  /** Listeners the app has on streams. */
  readonly listeners?: () => number;
  /** Development: keeps where everything was made. */
  readonly trackCreation?: boolean;
  /** Development: functions of the user that take longer are told of. 0: none. */
  readonly slowCallbackMs?: number;
  /** Default true, as the two below. */
  readonly focusOnClick?: boolean;
  readonly scrollKeys?: boolean;
  readonly wheelScroll?: boolean;
  /** How text is selected with the mouse; null: not at all. Default: highlighted by swapped colours, copied by Ctrl+C. */
  readonly selection?: SelectionSettings | null;
  /** Hands the mouse to the terminal and takes it back. Default: no key. */
  readonly mouseToggleKey?: KeyPattern | null;
  /** Told before code of the user runs that no input has caused. */
  readonly onWork?: (() => void) | undefined;
  /** The app asks to end (Ctrl+C). */
  readonly onExit: () => void;
  /** The app asks to be stopped (Ctrl+Z); absent or null: the key means nothing. */
  readonly onStop?: (() => void) | null;
  /** An error that no scope of the app took. */
  readonly onError: (error: unknown) => void;
}

export class App {
  readonly scope: Scope;
  readonly scene: Scene;
  readonly screen: Screen;
  readonly glyphs: GlyphTable = new GlyphTable();
  readonly extras: ExtraTable = new ExtraTable();
  readonly frame: FrameLoop;
  readonly events: EventRouter;
  readonly terminal: TerminalLink;
  readonly history: History;
  readonly modes: ModeControl;
  readonly mouse: MouseRelease;
  readonly gauges: GaugeSet = new GaugeSet();
  /** What shows, as text, SVG, HTML. */
  readonly files: ScreenWriter = new ScreenWriter(this);
  readonly recording: RecordingSlot;
  readonly statsSignal: ReadableSignal<AppStats>;
  readonly timers: TimerLedger;
  /** Null unless a development option is on. */
  readonly inspector: AppInspector | null;
  /** Size of the terminal. */
  readonly size: WritableSignal<CellSize>;
  /** What the developer should know, in order; bounded. */
  readonly warnings: string[] = [];
  disposed = false;
  private readonly endWatch: (() => void) | null;
  private quietTimer: TimerHandle | null = null;
  private readonly pending: PendingWork = new PendingWork();
  private readonly elementTimers: { count: number } = { count: 0 };
  private readonly tally: Tally = new Tally();
  private readonly pump: InputPump;
  private readonly options: AppOptions;
  private readonly labels: NodeLabels;

  constructor(given: AppOptions) {
    const clock = TimerLedger.of(given.clock);
    const options: AppOptions = { ...given, clock };
    this.options = options;
    this.timers = clock;
    // An app inside another has that one's clock, which is to go on telling that one.
    if (options.history === undefined) clock.onFire = options.onWork ?? null;
    this.endWatch = options.onWork === undefined ? null : beforeFlush(options.onWork);
    this.inspector = this.inspect();
    this.scene = new Scene({
      maxNodes: options.maxNodes,
      glyphs: this.glyphs,
      onDirty: () => this.frame?.request(),
      ...(options.maxRunWords === undefined ? {} : { maxRunWords: options.maxRunWords }),
    });
    // Content higher than the screen can be scrolled to.
    this.scene.setU8(ROOT, U8_OVERFLOW_Y, OVERFLOW_AUTO);
    this.labels = new NodeLabels(this.scene);
    const size = clampSize(options.size);
    this.size = signal(size, { equals: sameSize });
    this.screen = new Screen(size.width, size.height);
    const sweep = new GlyphSweep(this.scene, this.screen, this.glyphs);
    this.scene.onGlyphsFull = () => sweep.run();
    const extraSweep = new ExtraSweep(this.scene, this.screen, this.extras);
    this.extras.onFull = () => extraSweep.run();
    this.events = new EventRouter(this.scene, this.screen.owners, {
      clock: options.clock,
      exitOnCtrlC: options.exitOnCtrlC,
      tabNavigation: options.tabNavigation,
      focusOnClick: options.focusOnClick !== false,
      scrollKeys: options.scrollKeys !== false,
      wheelScroll: options.wheelScroll !== false,
      selection: options.selection === undefined ? DEFAULT_SELECTION : options.selection,
      copy: (text) => this.terminal.control.copy(text),
      exit: options.onExit,
      label: (slot) => this.labels.get(slot),
    });
    const { onStop = null } = options;
    if (onStop !== null) {
      this.events.defaults.onApp('key', RANK_STOP, (event) => {
        if (!event.strokes.includes('ctrl+z')) return false;
        onStop();
        return true;
      });
    }
    const describe = (slot: number): string => this.labels.path(slot);
    const { terminal } = options;
    this.modes = new ModeControl(this, {
      mode: options.mode ?? 'fullscreen',
      output: options.output,
      caps: options.caps,
      mouse: options.mouse ?? 'motion',
      holder: terminal?.holder ?? null,
    });
    this.history =
      options.history ??
      new History({
        depth: () => this.terminal.caps.depth,
        format: options.format ?? formatPlain,
        renderBlock: (root) => this.renderBlock(root),
        onWaiting: () => this.frame?.request(),
        press: () => this.modes.press(),
        direct: options.printDirect ?? null,
      });
    this.terminal = new TerminalLink({
      clock: options.clock,
      env: terminal?.env ?? {},
      query: terminal?.query ?? false,
      kittyKeyboard: terminal?.kittyKeyboard ?? 0,
      followsSize: terminal?.followsSize ?? false,
      modes: options.output === null ? null : this.modes.holder,
      caps: this.modes.caps,
      onRequest: () => this.frame?.request(),
    });
    this.frame = new FrameLoop({
      onLayout: (scrolled, pass) => {
        this.events.scroller.afterLayout(scrolled, pass);
        this.events.selection.afterLayout();
      },
      onPainted: () => this.attempt(() => this.events.pointer.painted()),
      onWork: options.onWork,
      scene: this.scene,
      screen: this.screen,
      extras: this.extras,
      clock: options.clock,
      maxFps: options.maxFps,
      autoFrames: options.autoFrames !== false,
      encoder: options.output === null ? null : new Encoder(this.glyphs, this.terminal.caps, this.extras),
      output: options.output,
      terminal: this.terminal,
      region: this.modes.newRegion(),
      history: this.history,
      measure: () => {
        const now = options.measureSize?.();
        if (now !== undefined && now !== null) this.resize(now.width, now.height);
      },
      verifyLayout: options.verifyLayout,
      describe,
      onChain: (frames, where) =>
        this.warn(`every frame asks for the next one, ${frames} in a row without input: what ${where} shows is written by an effect that runs because it was shown`),
      onError: options.onError,
    });
    this.pump = new InputPump(options.clock, (event) => this.handle(event));
    this.scope = new Scope(null, this.tally);
    this.scope.onError = (error) => {
      options.onError(error);
      return true;
    };
    this.mouse = new MouseRelease({
      tracking: options.mouse ?? 'motion',
      isUsed: () => this.modes.mode === 'fullscreen',
      apply: (tracking) => this.terminal.setMouse(tracking),
      cancel: () => this.events.pointer.cancel(),
    });
    const { mouseToggleKey = null } = options;
    if (mouseToggleKey !== null) {
      this.events.defaults.onApp('key', RANK_UNSELECT, (event) => event.type === 'press' && matchesPattern(event, mouseToggleKey) && this.mouse.toggle());
    }
    const host: Host = {
      scene: this.scene,
      extras: this.extras,
      events: this.events,
      bounds: this.frame.bounds,
      clock: options.clock,
      size: this.size,
      terminal: this.terminal.control,
      mouse: this.mouse,
      history: this.history,
      describe,
      setLabel: (slot, label) => this.labels.set(slot, label),
      warn: (message) => this.warn(message),
      pending: this.pending,
      timers: this.elementTimers,
      nesting: { depth: 0, waiting: [], draining: false },
    };
    this.scope.context = new Place(host, ROOT, NIL);
    this.statsSignal = statsSignal(this);
    registerGauges(this, {
      tally: this.tally,
      pump: this.pump,
      timers: clock,
      maxNodes: options.maxNodes,
      listeners: options.listeners ?? (() => 0),
      output: options.output,
    });
    this.gauges.begin(() => this.flush());
    this.recording = new RecordingSlot({
      output: options.output,
      clock: options.clock,
      env: options.terminal?.env ?? {},
      size: () => this.size.peek(),
      framesShown: () => this.frame.stats.frames,
      flush: () => this.flush(),
      redraw: () => {
        this.terminal.requests.reapply();
        this.frame.redraw();
      },
      warn: (message) => this.warn(message),
    });
  }

  /** Makes the elements. Throws what `root` throws; nothing is left behind then. */
  start(root: () => unknown): void {
    try {
      runInScope(this.scope, root);
    } catch (error) {
      this.dispose();
      throw error;
    }
    this.frame.request();
  }

  /** Bytes from the terminal. Errors of handlers go to `onError`. */
  feed(bytes: Uint8Array): void {
    if (this.disposed) return;
    this.frame.chain.reset();
    this.recording.input(bytes);
    try {
      this.pump.feed(bytes);
    } catch (error) {
      this.options.onError(error);
    }
  }

  /** The terminal has a new size. */
  resize(width: number, height: number): void {
    const size = clampSize({ width, height });
    if (this.disposed || sameSize(size, this.size.peek())) return;
    this.size.value = size;
    this.recording.resized(size.width, size.height);
    this.frame.resize(size.width, size.height);
  }

  /** Runs pending effects and shows the result now. */
  flush(): void {
    if (!this.disposed) this.frame.flush();
  }

  /** The screen as painted last, as plain text. */
  text(): string {
    return screenText(this.screen.back, this.glyphs);
  }

  /** The app as plain text at its full height: what a terminal tall enough would show, without blank rows at the end. */
  finalText(): string {
    const { width, height } = this.size.peek();
    const rows = Math.min(MAX_FINAL_ROWS, Math.max(height, this.frame.contentRows(width)));
    this.frame.resize(width, rows);
    this.flush();
    return this.text().trimEnd();
  }

  /** True when elements or the app itself handle keys. */
  get waitsForKeys(): boolean {
    return this.events.globalHandlers > 0 || this.events.elements.size > 0;
  }

  /** False when nothing is bound to anything: what shows now shows for ever. */
  get canChange(): boolean {
    return this.tally.effects > 0 || this.pending.count > 0;
  }

  /** Calls `fn` once nothing was awaited and no frame ran for `quietMs`. */
  whenQuiet(quietMs: number, fn: () => void): void {
    const { stats } = this.frame;
    const check = (framesBefore: number): void => {
      if (this.disposed) return;
      if (stats.frames === framesBefore && this.pending.count === 0) {
        fn();
        return;
      }
      const { frames } = stats;
      this.quietTimer = this.timers.setTimer(quietMs, () => check(frames));
    };
    check(-1);
  }

  /** Calls `fn` once nothing is awaited any more and two turns of the event loop went by. */
  whenSettled(fn: () => void): void {
    const { clock } = this.options;
    const check = (turns: number): void => {
      if (this.disposed) return;
      if (this.pending.count > 0) {
        this.pending.onIdle = () => {
          this.pending.onIdle = null;
          check(2);
        };
        return;
      }
      if (turns === 0) fn();
      else clock.setImmediate(() => check(turns - 1));
    };
    check(2);
  }

  stats(): AppStats {
    return collectStats(this, this.options.output, this.options.readMemory ?? null);
  }

  /** Disposes everything the app made and gives its memory back. Idempotent; errors of disposers go to `onError`. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.endWatch?.();
    this.gauges.end();
    if (this.quietTimer !== null) this.timers.clearTimer(this.quietTimer);
    this.recording.end();
    this.frame.close();
    if (this.options.history === undefined) this.history.close();
    this.terminal.close();
    this.pump.close();
    this.scene.closing = true;
    this.scope.dispose();
    this.events.close();
    this.scene.release();
    this.screen.release();
    // No cell and no run is left that could hold a cluster.
    this.glyphs.beginMark();
    this.glyphs.sweep();
    this.extras.beginMark();
    this.extras.sweep();
    // A block rendered to the history has the clock of the app around it.
    endedApps.add(this.tally, this.options.history === undefined ? this.timers.count : { waiting: 0 });
  }

  private handle(event: InputEvent): void {
    if (this.disposed) return;
    if (event.type === 'response') {
      this.terminal.take(event);
      return;
    }
    if (event.type === 'resize') {
      this.terminal.take(event);
      if (event.cols > 0 && event.rows > 0) this.resize(event.cols, event.rows);
      return;
    }
    // One event may fail; those behind it in the same read are still worked.
    this.attempt(() => this.events.handle(event));
  }

  private attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.options.onError(error);
    }
  }

  private renderBlock(root: () => unknown): ReturnType<typeof renderBlock> {
    const failures: unknown[] = [];
    const { clock, caps, maxNodes } = this.options;
    const caller = currentScope();
    const from = caller?.tally === this.tally ? caller : this.scope;
    const lines = renderBlock(
      (size) =>
        new App({
          size,
          clock,
          output: null,
          caps,
          maxFps: Infinity,
          maxNodes,
          autoFrames: false,
          verifyLayout: false,
          exitOnCtrlC: false,
          tabNavigation: false,
          history: this.history,
          inspector: this.inspector,
          onExit: () => undefined,
          onError: (error) => failures.push(error),
        }),
      watched(from, root, 'renderToHistory'),
      this.size.peek(),
      this.terminal.caps.depth,
    );
    if (failures.length > 0) throw failures[0];
    return lines;
  }

  private inspect(): AppInspector | null {
    const { trackCreation = false, slowCallbackMs = 0, clock, inspector: outer = null } = this.options;
    if (outer !== null) return (this.tally.inspector = outer);
    if (!trackCreation && slowCallbackMs === 0) return null;
    const inspector = new AppInspector({ clock, trackCreation, slowCallbackMs, warn: (message) => this.warn(message) });
    this.tally.inspector = inspector;
    if (trackCreation) this.timers.siteOf = () => siteOf(captureStack());
    return inspector;
  }

  /** Keeps what the developer should know. */
  warn(message: string): void {
    // It is printed on a terminal, and may quote anything.
    const line = sanitiseLine(message);
    if (this.warnings.length < 100 && !this.warnings.includes(line)) this.warnings.push(line);
  }
}

/** Terminals report up to 65,535 columns; a screen has at most as many as a cell plane. */
function clampSize({ width, height }: CellSize): CellSize {
  return { width: Math.min(width, MAX_SIDE_CELLS), height: Math.min(height, MAX_SIDE_CELLS) };
}

function sameSize(a: CellSize, b: CellSize): boolean {
  return a.width === b.width && a.height === b.height;
}
