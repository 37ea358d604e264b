/**
 * One app: scene, frame, events and the root scope, put together from parameters. It knows no process
 * and no terminal device: whoever makes it gives output, clock and size, feeds input, and disposes it.
 */
import { type Clock, GaugeSet, Scope, Tally } from '../base/index.ts';
import { MAX_SIDE_CELLS } from '../cells/index.ts';
import { EventRouter } from '../events/index.ts';
import { FrameLoop, GlyphSweep, Screen } from '../frame/index.ts';
import { pendingEffects, runInScope, signal, type WritableSignal } from '../reactive/index.ts';
import { NIL, ROOT, Scene } from '../scene/index.ts';
import { Encoder, type EncoderCaps, type InputEvent, type Output } from '../terminal/index.ts';
import { GlyphTable } from '../text/index.ts';
import { type CellSize, type Host, PendingWork, Place } from '../ui/index.ts';
import type { AppStats } from './app-stats.ts';
import { InputPump } from './input-pump.ts';
import { NodeLabels } from './node-labels.ts';
import { screenText } from './screen-text.ts';

/** Most rows a printed final frame has. */
const MAX_FINAL_ROWS = 0x7fff;

export interface AppOptions {
  readonly size: CellSize;
  readonly clock: Clock;
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
  readonly caps: EncoderCaps;
  readonly maxFps: number;
  readonly maxNodes: number;
  /** Most grapheme clusters of text held at once. */
  readonly maxRunWords?: number;
  /** False: frames run only when `flush` is called. */
  readonly autoFrames?: boolean;
  readonly verifyLayout: boolean;
  readonly exitOnCtrlC: boolean;
  readonly tabNavigation: boolean;
  /** The app asks to end (Ctrl+C). */
  readonly onExit: () => void;
  /** An error that no scope of the app took. */
  readonly onError: (error: unknown) => void;
}

export class App {
  readonly scope: Scope;
  readonly scene: Scene;
  readonly screen: Screen;
  readonly glyphs: GlyphTable = new GlyphTable();
  readonly frame: FrameLoop;
  readonly events: EventRouter;
  readonly gauges: GaugeSet = new GaugeSet();
  /** Size of the terminal. */
  readonly size: WritableSignal<CellSize>;
  /** What the developer should know, in order; bounded. */
  readonly warnings: string[] = [];
  disposed = false;
  private readonly pending: PendingWork = new PendingWork();
  private readonly tally: Tally = new Tally();
  private readonly pump: InputPump;
  private readonly options: AppOptions;
  private readonly labels: NodeLabels;

  constructor(options: AppOptions) {
    this.options = options;
    this.scene = new Scene({
      maxNodes: options.maxNodes,
      glyphs: this.glyphs,
      onDirty: () => this.frame?.request(),
      ...(options.maxRunWords === undefined ? {} : { maxRunWords: options.maxRunWords }),
    });
    this.labels = new NodeLabels(this.scene);
    const size = clampSize(options.size);
    this.size = signal(size, { equals: sameSize });
    this.screen = new Screen(size.width, size.height);
    const sweep = new GlyphSweep(this.scene, this.screen, this.glyphs);
    this.scene.onGlyphsFull = () => sweep.run();
    this.events = new EventRouter(this.scene, this.screen.owners, {
      exitOnCtrlC: options.exitOnCtrlC,
      tabNavigation: options.tabNavigation,
      exit: options.onExit,
    });
    const describe = (slot: number): string => this.labels.path(slot);
    this.frame = new FrameLoop({
      scene: this.scene,
      screen: this.screen,
      clock: options.clock,
      maxFps: options.maxFps,
      autoFrames: options.autoFrames !== false,
      encoder: options.output === null ? null : new Encoder(this.glyphs, options.caps),
      output: options.output,
      verifyLayout: options.verifyLayout,
      describe,
      onError: options.onError,
    });
    this.pump = new InputPump(options.clock, (event) => this.handle(event));
    this.scope = new Scope(null, this.tally);
    this.scope.onError = (error) => {
      options.onError(error);
      return true;
    };
    const host: Host = {
      scene: this.scene,
      events: this.events,
      bounds: this.frame.bounds,
      clock: options.clock,
      size: this.size,
      describe,
      setLabel: (slot, label) => this.labels.set(slot, label),
      warn: (message) => this.warn(message),
      pending: this.pending,
      nesting: { depth: 0, waiting: [], draining: false },
    };
    this.scope.context = new Place(host, ROOT, NIL);
    this.registerGauges();
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
    try {
      this.pump.feed(bytes);
    } catch (error) {
      this.options.onError(error);
    }
  }

  /** The terminal has a new size. */
  resize(width: number, height: number): void {
    const size = clampSize({ width, height });
    if (this.disposed || sameSize(size, { width: this.screen.cols, height: this.screen.rows })) return;
    this.size.value = size;
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
      this.options.clock.setTimer(quietMs, () => check(frames));
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
    const { frame, options } = this;
    const { stats } = frame;
    return {
      ...(this.gauges.values() as unknown as AppStats),
      frames: stats.frames,
      emptyFrames: stats.emptyFrames,
      mergedFrames: stats.mergedFrames,
      layoutRuns: frame.layout.counters.runs,
      bytesWritten: options.output?.bytesWritten ?? 0,
      writes: options.output?.writes ?? 0,
      get timings() {
        return stats.timings();
      },
    };
  }

  /** Disposes everything the app made and gives its memory back. Idempotent; errors of disposers go to `onError`. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.frame.close();
    this.pump.close();
    this.scene.closing = true;
    this.scope.dispose();
    this.scene.release();
    this.screen.release();
    // No cell and no run is left that could hold a cluster.
    this.glyphs.beginMark();
    this.glyphs.sweep();
  }

  private handle(event: InputEvent): void {
    if (this.disposed) return;
    if (event.type === 'resize') {
      if (event.cols > 0 && event.rows > 0) this.resize(event.cols, event.rows);
      return;
    }
    this.events.handle(event);
  }

  private warn(message: string): void {
    if (this.warnings.length < 100 && !this.warnings.includes(message)) this.warnings.push(message);
  }

  private registerGauges(): void {
    const { gauges, scene, tally } = this;
    gauges.register('nodes', this.options.maxNodes, () => Math.max(0, scene.live - 1));
    gauges.register('scopes', Infinity, () => tally.scopes);
    gauges.register('effects', Infinity, () => tally.effects);
    gauges.register('cleanups', Infinity, () => tally.disposers);
    gauges.register('handlers', this.options.maxNodes, () => this.events.elements.size);
    gauges.register('keyHandlers', Infinity, () => this.events.globalHandlers);
    gauges.register('watchedBounds', this.options.maxNodes, () => this.frame.bounds.size);
    gauges.register('timers', 2, () => this.frame.schedule.timers + this.pump.timers);
    gauges.register('glyphs', this.glyphs.capacity, () => this.glyphs.size);
    gauges.register('runWords', Infinity, () => scene.runs.usedWords);
    gauges.register('arenaBytes', Infinity, () => scene.byteLength + this.screen.byteLength);
    gauges.register('inputBytes', Infinity, () => this.pump.bufferedBytes);
    gauges.register('pendingEffects', Infinity, () => pendingEffects());
  }
}

/** Terminals report up to 65,535 columns; a screen has at most as many as a cell plane. */
function clampSize({ width, height }: CellSize): CellSize {
  return { width: Math.min(width, MAX_SIDE_CELLS), height: Math.min(height, MAX_SIDE_CELLS) };
}

function sameSize(a: CellSize, b: CellSize): boolean {
  return a.width === b.width && a.height === b.height;
}
