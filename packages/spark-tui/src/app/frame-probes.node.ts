/**
 * Statistics for whoever watches the process from outside.
 *
 *   diagnostics channel 'spark-tui:frame'   a message a frame, only while somebody has subscribed
 *   SPARK_TUI_STATS=<path>                  a line of JSON at most every second, when a frame has run, and one at the end
 *
 * No timer: an app that does nothing writes nothing.
 */
import { channel } from 'node:diagnostics_channel';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { FrameProbe, FrameStats, Phase } from '../frame/index.ts';
import type { App } from './app.ts';

/** Least distance of two lines. */
const LINE_MS = 1000;
const STATS_VARIABLE = 'SPARK_TUI_STATS';
/** Never waits: neither for the reader of a named pipe, nor until he has room. Windows has no such flag, and no such pipes. */
const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NONBLOCK ?? 0);

/** A frame, as subscribers of the channel `spark-tui:frame` get it. */
export interface FrameMessage {
  /** The app's number in this process. */
  readonly app: number;
  readonly frame: number;
  /** Bytes written for it; 0 when nothing differed. */
  readonly bytes: number;
  readonly mergedFrames: number;
  /** Cost of each phase, in microseconds; `update`: of all effects since the frame before. */
  readonly micros: Readonly<Record<Phase, number>> | null;
}

const encoder = new TextEncoder();
const frames = channel('spark-tui:frame');
let apps = 0;

/** Shows the frames of `app` to the channel and, where the environment names one, to a file. Returns what ends that. */
export function watchFrames(app: App, env: Readonly<Record<string, string | undefined>> = process.env): () => void {
  const number = ++apps;
  const ends = [app.frame.stats.watch(new ChannelProbe(number))];
  const path = env[STATS_VARIABLE];
  if (path !== undefined && path !== '') {
    const file = new FileProbe(app, number, path);
    const unwatch = app.frame.stats.watch(file);
    ends.push(() => {
      unwatch();
      file.close();
    });
  }
  return () => {
    for (const end of ends) end();
  };
}

class ChannelProbe implements FrameProbe {
  readonly timesPhases = true;
  private readonly app: number;

  constructor(app: number) {
    this.app = app;
  }

  get wanted(): boolean {
    return frames.hasSubscribers;
  }

  ran(stats: FrameStats): void {
    const message: FrameMessage = {
      app: this.app,
      frame: stats.frames,
      bytes: stats.lastFrameBytes,
      mergedFrames: stats.mergedFrames,
      micros: stats.lastPhases(),
    };
    frames.publish(message);
  }
}

class FileProbe implements FrameProbe {
  wanted = true;
  readonly timesPhases = true;
  private readonly app: App;
  private readonly number: number;
  private readonly path: string;
  private fd = -1;
  private lastMs = -Infinity;

  constructor(app: App, number: number, path: string) {
    this.app = app;
    this.number = number;
    this.path = path;
    try {
      this.fd = openSync(path, APPEND, 0o666);
    } catch (error) {
      this.fail(error);
    }
  }

  ran(): void {
    const nowMs = this.app.timers.now();
    if (nowMs - this.lastMs < LINE_MS) return;
    this.lastMs = nowMs;
    this.line();
  }

  close(): void {
    this.line();
    this.wanted = false;
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = -1;
  }

  private line(): void {
    if (this.fd < 0) return;
    const { timings, memory, ...stats } = this.app.stats();
    try {
      const line = encoder.encode(`${JSON.stringify({ time: new Date().toISOString(), pid: process.pid, app: this.number, ...stats, timings, memory })}\n`);
      if (writeSync(this.fd, line) < line.length) throw new Error('its reader is too slow');
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.wanted = false;
    this.app.warn(`${STATS_VARIABLE}: no statistics are written to ${this.path}: ${(error as Error).message}`);
  }
}
