/**
 * One app's frames: Idle → Update → Layout → Paint → Encode → Write → Idle.
 *
 * A scene write requests a frame. Update drains the reactive graph; Layout may change signals of
 * bounds, which are worked in a further Update of the same frame (at most 8 passes); then the damage is
 * painted, what differs is encoded and written in one piece. While the output is busy with the frame
 * before, nothing is encoded: changes merge into the next frame.
 */
import { CycleError } from '../base/index.ts';
import { LayoutEngine } from '../layout/index.ts';
import { Painter } from '../paint/index.ts';
import { flushRest, flushSync, pendingEffects } from '../reactive/index.ts';
import { F64_H, FLAG_LAYOUT_DIRTY, ROOT, type Scene, U32_FLAGS } from '../scene/index.ts';
import { ByteBuffer, type Encoder, type LiveRegion } from '../terminal/index.ts';
import { BoundsWatch } from './bounds-watch.ts';
import { ChainWatch } from './chain-watch.ts';
import type { FrameOptions } from './frame-options.ts';
import { FrameStats } from './frame-stats.ts';
import { Schedule } from './schedule.ts';
import { SteadyWidth } from './steady-width.ts';

/** Float noise that makes no row. */
const ROW_TOLERANCE = 1 / 1024;

interface ModeChange {
  readonly region: LiveRegion | null;
  readonly write: (out: ByteBuffer) => void;
}

/** Layout and Update may follow each other this often in one frame. */
const MAX_PASSES = 8;

export class FrameLoop {
  readonly stats: FrameStats;
  readonly bounds: BoundsWatch;
  readonly schedule: Schedule;
  readonly layout: LayoutEngine;
  readonly painter: Painter;
  readonly chain: ChainWatch;
  private readonly options: FrameOptions;
  private readonly bytes: ByteBuffer = new ByteBuffer();
  /** Size of the terminal; a live region has its columns and at most its rows. */
  private cols: number;
  private rows: number;
  private readonly width: SteadyWidth;
  private region: LiveRegion | null;
  /** Another way to use the terminal, from the next frame on. */
  private change: ModeChange | null = null;
  /** A change whose bytes were not written yet, and the region that was shown until then. */
  private changing: { readonly write: (out: ByteBuffer) => void; readonly from: LiveRegion | null } | null = null;
  private encoding = false;
  /** Writes the terminal's state behind the cells of a live region. True when the cursor is left at a caret. */
  private readonly placeCaret: (out: ByteBuffer) => boolean;
  private epoch = 0;
  private needsRepaint = true;
  private waitsForOutput = false;
  /** The last layout did not settle, and that was told. */
  private isUnsettled = false;
  private running = false;
  private closed = false;

  constructor(options: FrameOptions) {
    this.options = options;
    this.stats = new FrameStats(options.clock);
    this.cols = options.screen.cols;
    this.rows = options.screen.rows;
    this.region = options.region;
    this.placeCaret = (out) => {
      const { encoder, terminal, screen } = options;
      const { isUnsteady } = this.width;
      if (encoder !== null) terminal.encode(encoder, out, isUnsteady ? 0 : screen.cols, isUnsteady ? 0 : screen.rows);
      return terminal.showsCaret;
    };
    this.width = new SteadyWidth(options.clock, () => options.terminal.request());
    this.bounds = new BoundsWatch(options.scene);
    this.layout = new LayoutEngine(options.scene, { verify: options.verifyLayout });
    this.painter = new Painter(options.scene, options.screen.back, options.screen.owners, options.extras);
    this.chain = new ChainWatch(options.clock, (frames) => options.onChain?.(frames, this.firstDirty()));
    this.schedule = new Schedule(options.clock, options.maxFps, () => this.runScheduled());
    const { output } = options;
    if (output === null) return;
    output.onDrain = () => this.drained();
    output.onLost = () => this.redraw();
  }

  /** Asks for a frame. */
  request(): void {
    if (this.running || this.closed || this.waitsForOutput || !this.options.autoFrames) return;
    this.chain.requested();
    this.schedule.request();
  }

  /** Runs a frame now, when there is anything to show. Throws what the frame throws. */
  flush(): void {
    this.chain.reset();
    this.work();
  }

  /**
   * Makes the elements' first layout and paint without a frame, so that the terminal is taken when there is something to
   * show. Throws what they throw.
   */
  prepare(): void {
    if (!this.closed && !this.running) this.settle();
  }

  private work(): void {
    if (this.closed || this.running) return;
    // A frame for a width that is no more would be laid out anew by the terminal: the later one looks, the better.
    if (this.region !== null) {
      this.options.measure();
      if (this.width.isWaiting && !this.width.isUnsteady && this.region.hangsOnWidth(this.cols)) return;
    }
    const { scene } = this.options;
    const { stats } = this;
    const watched = stats.probes.length > 0 && stats.isWatched();
    if (stats.onBegin !== null && (scene.dirty || this.isWanted || pendingEffects() > 0)) stats.onBegin();
    this.running = true; // What effects ask for comes with this frame.
    try {
      if (pendingEffects() > 0) flushSync();
    } catch (error) {
      this.running = false;
      if (scene.dirty) this.request();
      throw error;
    }
    this.running = false;
    if (this.closed || (!scene.dirty && !this.isWanted)) return;
    const { frames } = stats;
    this.runFrame();
    if (watched && stats.frames > frames) stats.show();
  }

  /** The screen has a new size: everything is laid out and written anew. */
  resize(cols: number, rows: number): void {
    const { screen } = this.options;
    const { region } = this;
    if (region !== null) {
      region.remember(screen.front);
      if (cols !== this.cols) this.width.changed(cols > this.cols, region.hasCaret, this.options.terminal.resizeLagMs);
    }
    this.cols = cols;
    this.rows = rows;
    screen.resize(cols, this.region === null ? rows : Math.min(screen.rows, rows));
    this.needsRepaint = true;
    this.options.scene.requestFrame();
    this.request();
  }

  /** The terminal no longer shows what was written (resume, foreign output): write everything again. */
  redraw(): void {
    this.options.screen.damage.addAll();
    this.needsRepaint = true;
    this.options.scene.requestFrame();
    this.request();
  }

  /**
   * From the next frame on the app is shown in `region`, or on the whole screen when null. `write` gives the bytes that
   * switch the terminal over; they are part of that frame's write.
   */
  changeMode(region: LiveRegion | null, write: (out: ByteBuffer) => void): void {
    this.change = { region, write };
    this.options.scene.requestFrame();
    this.request();
  }

  /**
   * The bytes that leave a live region behind, with its last frame and all history that waits; none when the whole screen
   * is used. `settle`: what has changed since the last frame is shown, too; false where no code of the app may run.
   */
  leave(settle: boolean): Uint8Array {
    const out = new ByteBuffer(1024);
    const { encoder, history, scene } = this.options;
    if (this.changing !== null) {
      this.changing.from?.leave(false, out);
      return out.view();
    }
    const { region } = this;
    if (region === null || encoder === null) return out.view();
    try {
      if (settle && !scene.locked && !this.encoding && !this.closed) this.settle();
    } catch (error) {
      this.options.onError(error);
    }
    try {
      if (!this.encoding && (region.height > 0 || history.waiting.length > 0)) this.encodeRegion(region, encoder, false, out);
    } catch (error) {
      out.clear(); // The last frame failed: the one before it stays.
      this.options.onError(error);
    }
    region.leave(this.isBlank, out);
    this.needsRepaint = true;
    return out.view();
  }

  /** Rows the content takes when nothing limits its height. The next frame lays out at the screen's size again. */
  contentRows(cols: number): number {
    const { scene } = this.options;
    flushSync();
    this.layout.run(cols, Number.NaN);
    return Math.ceil(scene.f64.array[F64_H * scene.capacity + ROOT]);
  }

  close(): void {
    this.closed = true;
    this.schedule.close();
    this.stats.close();
    this.width.close();
    if (this.options.output !== null) this.options.output.onDrain = null;
    this.layout.release();
  }

  /** True when a frame has something to write though nothing in the scene has changed. */
  private get isWanted(): boolean {
    return (
      this.needsRepaint || this.change !== null || this.options.terminal.pending || (this.region !== null && this.options.history.waiting.length > 0)
    );
  }

  private runScheduled(): void {
    try {
      this.options.onWork?.();
      this.chain.begins();
      this.work();
    } catch (error) {
      this.options.onError(error);
    }
  }

  private drained(): void {
    if (!this.waitsForOutput) return;
    this.waitsForOutput = false;
    this.request();
  }

  private runFrame(): void {
    const { scene, screen, encoder, output, clock } = this.options;
    if (this.mustWait()) return;
    this.waitsForOutput = false;
    this.running = true;
    try {
      this.schedule.starts();
      const { timed, updates } = this.stats;
      const updated = timed ? clock.now() : 0;
      const updateMs = timed ? updates.until(updated) : 0;
      this.update();
      if (this.closed) return; // An effect ended the app.
      if (this.mustWait()) return; // One has lent the terminal: what is to be painted and written comes when it is free.
      this.fitRegion();
      const laidOut = timed ? clock.now() : 0;
      scene.locked = true;
      this.painter.paint(screen.damage, screen.spans, this.epoch);
      scene.locked = false;
      scene.clean();
      const painted = timed ? clock.now() : 0;
      let encoded = painted;
      let repaintsNext = false;
      if (encoder !== null && output !== null) {
        const bytes = this.bytes;
        bytes.clear();
        repaintsNext = this.encode(encoder, bytes);
        if (timed) encoded = clock.now();
        const { length } = bytes;
        this.stats.lastFrameBytes = length;
        if (length > 0) output.write(bytes.view());
        else this.stats.emptyFrames++;
      }
      screen.spans.clear();
      this.needsRepaint = repaintsNext;
      this.stats.frames++;
      if (timed) this.stats.record(updateMs, updated, laidOut, painted, encoded, clock.now());
    } catch (error) {
      if (this.encoding) this.needsRepaint = true; // Nothing was written; what was encoded is uncertain.
      this.encoding = false;
      scene.dirty = false; // What is queued stays queued, and the next change asks for a frame again.
      throw error;
    } finally {
      scene.locked = false;
      this.running = false;
      this.schedule.ran();
    }
    this.options.onPainted?.();
    if (this.closed) return;
    if (scene.dirty || this.isWanted) this.request();
  }

  /** True while the output takes no frame: what there is to show goes into a later one. */
  private mustWait(): boolean {
    if (this.options.output?.busy !== true) return false;
    this.waitsForOutput = true;
    this.stats.mergedFrames++;
    return true;
  }

  /** Everything between the cells as painted and the frame's bytes. True when all has to be written again next time. */
  private encode(encoder: Encoder, bytes: ByteBuffer): boolean {
    const { screen, terminal } = this.options;
    this.encoding = true;
    const { changing, region } = this;
    if (changing !== null) {
      changing.from?.erase(screen.cols, bytes);
      changing.write(bytes);
      this.changing = null;
    }
    if (terminal.prepare(encoder, bytes)) this.needsRepaint = true;
    let repaintsNext = false;
    if (region !== null) {
      repaintsNext = this.encodeRegion(region, encoder, true, bytes);
    } else {
      if (this.needsRepaint) {
        encoder.forget();
        encoder.repaint(screen.front, screen.spans, bytes);
      } else {
        this.hintScrolls(encoder);
      }
      encoder.encode(screen.front, screen.back, screen.spans, bytes);
      terminal.encode(encoder, bytes, screen.cols, screen.rows);
    }
    this.encoding = false;
    return repaintsNext;
  }

  /** Tells the encoder what scroll containers moved. */
  private hintScrolls(encoder: Encoder): void {
    const { numbers, count } = this.painter.scrollHints;
    for (let i = 0; i < count * 5; i += 5) encoder.hintScroll(numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i + 4]);
  }

  private encodeRegion(region: LiveRegion, encoder: Encoder, withCaret: boolean, out: ByteBuffer): boolean {
    const { screen, history } = this.options;
    const lines = history.waiting;
    const count = lines.length;
    region.isCautious = this.width.isCautious || (!withCaret && this.width.isWaiting);
    const isCertain = region.encode(
      {
        encoder,
        front: screen.front,
        back: screen.back,
        spans: screen.spans,
        lines,
        repaint: this.needsRepaint,
        placeCaret: withCaret ? this.placeCaret : null,
      },
      out,
    );
    region.written();
    if (count > 0) history.committed(count);
    return !isCertain;
  }

  /** Update, Layout and Paint, without a frame; perhaps from inside the Update of one. */
  private settle(): void {
    const { scene, screen } = this.options;
    const wasRunning = this.running;
    this.running = true;
    try {
      if (pendingEffects() > 0) flushRest();
      if (this.closed) return;
      this.settleLayout();
      this.fitRegion();
      scene.locked = true;
      this.painter.paint(screen.damage, screen.spans, this.epoch);
    } finally {
      scene.locked = false;
      this.running = wasRunning;
    }
    scene.clean();
  }

  private applyChange(): void {
    const { change } = this;
    if (change === null) return;
    this.change = null;
    this.changing = { write: change.write, from: this.changing === null ? this.region : this.changing.from };
    this.region = change.region;
    this.options.screen.resize(this.cols, change.region === null ? this.rows : 1);
    this.needsRepaint = true;
  }

  /** Gives the live region the rows its content takes; an empty one still has the cursor's row. */
  private fitRegion(): void {
    if (this.region === null) return;
    const { screen } = this.options;
    screen.resizeRows(Math.max(1, Math.min(this.rows, Math.ceil(this.contentHeight - ROW_TOLERANCE))));
  }

  private get contentHeight(): number {
    const { scene } = this.options;
    return scene.f64.array[F64_H * scene.capacity + ROOT];
  }

  private get isBlank(): boolean {
    return this.contentHeight < ROW_TOLERANCE;
  }

  /** Update and Layout, in the mode that is asked for; an effect of theirs may ask for another one. */
  private update(): void {
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      this.applyChange();
      this.settleLayout();
      if (this.closed || this.change === null) return;
    }
  }

  /** Update and Layout until nothing changes any more; what never settles is told once and shown as it was last. */
  private settleLayout(): void {
    const { scene } = this.options;
    for (let pass = 0; ; pass++) {
      if (pass > 0) {
        flushSync();
        if (this.closed) return;
        if (!this.layoutIsDirty(scene)) break;
      }
      if (pass === MAX_PASSES) {
        const where = this.firstDirty();
        if (this.runLayout()) this.epoch++;
        if (!this.isUnsettled) this.tellUnsettled(where);
        return;
      }
      if (!this.runLayout()) break;
      this.epoch++;
      this.bounds.notify();
      this.options.onLayout?.(this.layout.scrolled, pass);
    }
    this.isUnsettled = false;
  }

  private runLayout(): boolean {
    const { scene } = this.options;
    scene.locked = true;
    try {
      return this.region === null ? this.layout.run(this.cols, this.rows) : this.layout.run(this.cols, Number.NaN, this.rows);
    } finally {
      scene.locked = false;
    }
  }

  private tellUnsettled(where: string): void {
    this.isUnsettled = true;
    this.options.onError(
      new CycleError(
        `layout did not settle in ${MAX_PASSES} passes: what depends on bounds() changes the layout again and again, last at ${where}`,
      ),
    );
  }

  /** A node that waits for layout or paint, for messages. */
  private firstDirty(): string {
    const { layoutQueue, paintQueue } = this.options.scene;
    const slots = layoutQueue.length > 0 ? layoutQueue : paintQueue;
    return slots.length > 0 ? this.options.describe(slots.slots[0]) : 'the app';
  }

  private layoutIsDirty(scene: Scene): boolean {
    return (scene.u32.array[U32_FLAGS * scene.capacity + ROOT] & FLAG_LAYOUT_DIRTY) !== 0;
  }
}
