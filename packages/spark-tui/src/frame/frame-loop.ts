/**
 * One app's frames: Idle → Update → Layout → Paint → Encode → Write → Idle.
 *
 * A scene write requests a frame. Update drains the reactive graph; Layout may change signals of
 * bounds, which are worked in a further Update of the same frame (at most 8 passes); then the damage is
 * painted, what differs is encoded and written in one piece. While the output is busy with the frame
 * before, nothing is encoded: changes merge into the next frame.
 */
import { type Clock, CycleError } from '../base/index.ts';
import { LayoutEngine } from '../layout/index.ts';
import { Painter } from '../paint/index.ts';
import { flushSync, pendingEffects } from '../reactive/index.ts';
import { F64_H, FLAG_LAYOUT_DIRTY, ROOT, type Scene, U32_FLAGS } from '../scene/index.ts';
import { ByteBuffer, type Encoder, type Output } from '../terminal/index.ts';
import { BoundsWatch } from './bounds-watch.ts';
import { FrameStats } from './frame-stats.ts';
import { Schedule } from './schedule.ts';
import type { Screen } from './screen.ts';

/** Layout and Update may follow each other this often in one frame. */
const MAX_PASSES = 8;

export interface FrameOptions {
  readonly scene: Scene;
  readonly screen: Screen;
  readonly clock: Clock;
  readonly maxFps: number;
  /** False: frames run only when `flush` is called. */
  readonly autoFrames: boolean;
  /** Null when nothing is shown while the app runs (no terminal): frames are painted, not encoded. */
  readonly encoder: Encoder | null;
  readonly output: Output | null;
  /** Compares every incremental layout with a full one. */
  readonly verifyLayout: boolean;
  /** Names a node for error messages. */
  readonly describe: (slot: number) => string;
  /** Told when a frame threw. */
  readonly onError: (error: unknown) => void;
}

export class FrameLoop {
  readonly stats: FrameStats = new FrameStats();
  readonly bounds: BoundsWatch;
  readonly schedule: Schedule;
  readonly layout: LayoutEngine;
  readonly painter: Painter;
  private readonly options: FrameOptions;
  private readonly bytes: ByteBuffer = new ByteBuffer();
  private epoch = 0;
  private needsRepaint = true;
  private waitsForOutput = false;
  private running = false;
  private closed = false;

  constructor(options: FrameOptions) {
    this.options = options;
    this.bounds = new BoundsWatch(options.scene);
    this.layout = new LayoutEngine(options.scene, { verify: options.verifyLayout });
    this.painter = new Painter(options.scene, options.screen.back, options.screen.owners);
    this.schedule = new Schedule(options.clock, options.maxFps, () => this.runScheduled());
    const { output } = options;
    if (output === null) return;
    output.onDrain = () => this.drained();
    output.onLost = () => this.redraw();
  }

  /** Asks for a frame. */
  request(): void {
    if (this.running || this.closed || this.waitsForOutput || !this.options.autoFrames) return;
    this.schedule.request();
  }

  /** Runs a frame now, when there is anything to show. Throws what the frame throws. */
  flush(): void {
    if (this.closed || this.running) return;
    const { scene, clock } = this.options;
    const start = this.stats.timed ? clock.now() : 0;
    this.running = true; // What effects ask for comes with this frame.
    try {
      if (pendingEffects() > 0) flushSync();
    } catch (error) {
      this.running = false;
      if (scene.dirty) this.request();
      throw error;
    }
    this.running = false;
    if (!this.closed && (scene.dirty || this.needsRepaint)) this.runFrame(start);
  }

  /** The screen has a new size: everything is laid out and written anew. */
  resize(cols: number, rows: number): void {
    this.options.screen.resize(cols, rows);
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
    if (this.options.output !== null) this.options.output.onDrain = null;
    this.layout.release();
  }

  private runScheduled(): void {
    try {
      this.flush();
    } catch (error) {
      this.options.onError(error);
    }
  }

  private drained(): void {
    if (!this.waitsForOutput) return;
    this.waitsForOutput = false;
    this.request();
  }

  private runFrame(start: number): void {
    const { scene, screen, encoder, output, clock } = this.options;
    if (output?.busy === true) {
      this.waitsForOutput = true;
      this.stats.mergedFrames++;
      return;
    }
    this.running = true;
    try {
      this.schedule.starts();
      const { timed } = this.stats;
      const updated = timed ? clock.now() : 0;
      this.update(screen.cols, screen.rows);
      if (this.closed) return; // An effect ended the app.
      const laidOut = timed ? clock.now() : 0;
      scene.locked = true;
      this.painter.paint(screen.damage, screen.spans, this.epoch);
      scene.locked = false;
      scene.clean();
      const painted = timed ? clock.now() : 0;
      let encoded = painted;
      if (encoder !== null && output !== null) {
        const bytes = this.bytes;
        bytes.clear();
        if (this.needsRepaint) {
          encoder.forget();
          encoder.repaint(screen.front, screen.spans, bytes);
        }
        encoder.encode(screen.front, screen.back, screen.spans, bytes);
        if (timed) encoded = clock.now();
        if (bytes.length > 0) output.write(bytes.view());
        else this.stats.emptyFrames++;
      }
      screen.spans.clear();
      this.needsRepaint = false;
      this.stats.frames++;
      if (timed && start > 0) this.stats.record(start, updated, laidOut, painted, encoded, clock.now());
    } catch (error) {
      scene.dirty = false; // What is queued stays queued, and the next change asks for a frame again.
      throw error;
    } finally {
      scene.locked = false;
      this.running = false;
      this.schedule.ran();
    }
    if (scene.dirty) this.request();
  }

  /** Update and Layout until nothing changes any more. */
  private update(cols: number, rows: number): void {
    const { scene } = this.options;
    for (let pass = 0; ; pass++) {
      if (pass > 0) {
        flushSync();
        if (this.closed || !this.layoutIsDirty(scene)) return;
      }
      if (pass === MAX_PASSES) {
        const slots = scene.layoutQueue;
        const where = slots.length > 0 ? this.options.describe(slots.slots[0]) : 'the app';
        throw new CycleError(
          `layout did not settle in ${MAX_PASSES} passes: what depends on bounds() changes the layout again and again, last at ${where}`,
        );
      }
      scene.locked = true;
      let changed = false;
      try {
        changed = this.layout.run(cols, rows);
      } finally {
        scene.locked = false;
      }
      if (!changed) return;
      this.epoch++;
      this.bounds.notify();
    }
  }

  private layoutIsDirty(scene: Scene): boolean {
    return (scene.u32.array[U32_FLAGS * scene.capacity + ROOT] & FLAG_LAYOUT_DIRTY) !== 0;
  }
}
