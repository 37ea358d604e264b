/**
 * What every measured program needs: streams that take bytes without a terminal, a clock that knows when
 * the output has taken all, the collector of the runtime, and the way its result is handed over.
 */
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout as timer } from 'node:timers';
import type { MountOptions, OutputStream } from 'spark-tui';

/** A stream that leads nowhere and takes everything: the app encodes its frames and that is all. */
export class CountingStream implements OutputStream {
  bytes = 0;

  write(chunk: Uint8Array | string): boolean {
    this.bytes += chunk.length;
    return true;
  }

  on(): this {
    return this;
  }

  off(): this {
    return this;
  }
}

/** Options that mount an app on nothing but memory, without a limit of frames. */
export function inMemory(width: number, height: number): MountOptions & { output: CountingStream } {
  return { output: new CountingStream(), width, height, maxFps: Infinity };
}

/** Takes the bytes of a raw loop: to the terminal of this process, on a blocking descriptor of its own, or nowhere. */
export function rawSink(where: 'pty' | 'memory'): (bytes: Uint8Array) => void {
  if (where === 'memory') return () => undefined;
  const fd = openSync('/dev/tty', 'w');
  return (bytes) => {
    let sent = 0;
    while (sent < bytes.length) sent += writeSync(fd, bytes, sent, bytes.length - sent);
  };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void timer(resolve, ms));

/** Reads both clocks several times: what passes between the two reads, least in the best pair, is an error of the origin. */
const originMs = Math.max(...Array.from({ length: 1000 }, () => Number(process.hrtime.bigint()) / 1e6 - performance.now()));

/** Milliseconds of a clock that all Node processes of the machine share (Bun's begins with the process). */
export function monotonicMs(): number {
  return originMs + performance.now();
}

/**
 * The clock of the runtime, with two more facts: when it was read last (a frame reads it right after its
 * write), and whether timers wait (without a limit of frames, only an output that waits for its terminal
 * has one).
 */
export class WatchedClock {
  readonly realMicrotasks = true;
  /** When the last frame was done: asking for the next turn of the loop is the last thing it does, after its write. */
  frameDoneMs = 0;
  private waiting = 0;
  private onIdle: (() => void) | null = null;

  now = monotonicMs;

  setTimer = (delayMs: number, fn: () => void): object => {
    this.waiting++;
    const handle = { timer: setTimeout(() => (this.ended(handle), fn()), delayMs) as NodeJS.Timeout | null };
    return handle;
  };

  clearTimer = (handle: object | number): void => {
    const known = handle as { timer: NodeJS.Timeout | null };
    if (known.timer === null) return;
    clearTimeout(known.timer);
    this.ended(known);
  };

  queueMicrotask = (fn: () => void): void => void Promise.resolve().then(fn);

  setImmediate = (fn: () => void): void => {
    this.frameDoneMs = monotonicMs();
    setImmediate(fn);
  };

  get busy(): boolean {
    return this.waiting > 0;
  }

  /** Resolves when no timer waits any more. */
  async idle(): Promise<void> {
    while (this.waiting > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
      });
    }
  }

  private ended(handle: { timer: NodeJS.Timeout | null }): void {
    handle.timer = null;
    this.waiting--;
    // The callback of the timer may set the next one.
    if (this.waiting === 0) queueMicrotask(() => this.onIdle?.());
  }
}

const host = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };

/** Collects garbage, all of it, now. Throws where the runtime was not started with the collector exposed. */
export function collect(): void {
  if (host.Bun !== undefined) host.Bun.gc(true);
  else if (host.gc !== undefined) host.gc();
  else throw new Error('run with --expose-gc');
}

/** Hands the result to whoever started this program. */
export function hand(result: unknown): void {
  const path = process.env.SPARK_BENCH_RESULT;
  if (path === undefined) console.log(JSON.stringify(result));
  else writeFileSync(path, JSON.stringify(result));
}
