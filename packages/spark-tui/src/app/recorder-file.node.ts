/**
 * A recording in a file. Lines are written behind the app's back, one write at a time, so a slow disk never
 * holds a frame up; what is left when the process or the recording ends is written at once.
 *
 *   lines ──▶ queue (1 MiB, then "behind") ──▶ one write in flight, at its own place in the file
 *
 * Every write says where in the file it belongs. So the way out, which cannot wait for the write in flight,
 * may do it again.
 */
import { close, closeSync, openSync, statSync, write, writeSync } from 'node:fs';
import { OptionError } from '../base/index.ts';
import { attachToProcess } from '../terminal/index.node.ts';
import type { CastSink } from './recorder.ts';

/** Characters that may wait for the disk. */
const MAX_QUEUED = 1024 * 1024;

/**
 * Opens a file for a recording; what was in it is gone.
 *
 * @throws OptionError when it cannot be written, or is a pipe or a socket
 */
export function openCastFile(path: string): CastSink {
  if (path === '') throw new OptionError('record(): the path of the file is empty');
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && (stat.isFIFO() || stat.isSocket())) throw new Error('it is no file; give a stream that leads to it');
    return new CastFile(openSync(path, 'w'));
  } catch (error) {
    throw new OptionError(`record(): '${path}' cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  /** Where in the file it belongs. */
  readonly at: number;
}

class CastFile implements CastSink {
  onDrain: (() => void) | null = null;
  onError: ((error: unknown) => void) | null = null;
  private fd: number;
  private queue: string[] = [];
  private queued = 0;
  private position = 0;
  private inFlight: Piece | null = null;
  private behind = false;
  private failure: { readonly error: unknown } | null = null;
  private finished: Promise<void> | null = null;
  private onIdle: (() => void) | null = null;
  private readonly detach: () => void;

  constructor(fd: number) {
    this.fd = fd;
    this.detach = attachToProcess({ restore: () => this.flushNow() });
  }

  write(line: string): boolean {
    if (this.finished !== null || this.failure !== null) return true;
    this.queue.push(line);
    this.queued += line.length;
    if (this.inFlight === null) this.send();
    this.behind ||= this.queued > MAX_QUEUED;
    return !this.behind;
  }

  close(): Promise<void> {
    if (this.finished !== null) return this.finished;
    this.onDrain = null;
    this.onError = null;
    this.flushNow();
    this.detach();
    const { fd } = this;
    this.fd = -1;
    this.finished = new Promise((resolve, reject) => {
      const settle = (): void => {
        if (this.failure === null) resolve();
        else reject(this.failure.error);
      };
      // A write that is still on its way needs its descriptor.
      if (this.inFlight === null) {
        closeSync(fd);
        settle();
      } else this.onIdle = () => close(fd, settle);
    });
    return this.finished;
  }

  private takeQueue(): Piece {
    const bytes = new TextEncoder().encode(this.queue.join(''));
    const piece = { bytes, at: this.position };
    this.position += bytes.length;
    this.queue = [];
    this.queued = 0;
    return piece;
  }

  private send(): void {
    this.inFlight = this.takeQueue();
    this.sendRest(this.inFlight, 0);
  }

  private sendRest({ bytes, at }: Piece, sent: number): void {
    write(this.fd, bytes, sent, bytes.length - sent, at + sent, (error, written) => {
      if (error === null && sent + written < bytes.length && this.fd !== -1) {
        this.sendRest({ bytes, at }, sent + written);
        return;
      }
      this.inFlight = null;
      if (error !== null) this.fail(error);
      else this.sent();
      this.onIdle?.();
      this.onIdle = null;
    });
  }

  private sent(): void {
    if (this.fd === -1) return;
    if (this.queue.length > 0) {
      this.send();
    } else if (this.behind) {
      this.behind = false;
      this.onDrain?.();
    }
  }

  private fail(error: unknown): void {
    // What was on its way at the end was written once more, and by then without an error.
    if (this.finished !== null) return;
    this.failure ??= { error };
    this.queue = [];
    this.queued = 0;
    this.onError?.(error);
  }

  /** Writes everything there is, before it returns. */
  private flushNow(): void {
    if (this.failure !== null || this.fd === -1) return;
    try {
      if (this.inFlight !== null) this.writeNow(this.inFlight);
      if (this.queue.length > 0) this.writeNow(this.takeQueue());
    } catch (error) {
      this.failure = { error };
    }
  }

  private writeNow({ bytes, at }: Piece): void {
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.fd, bytes, sent, bytes.length - sent, at + sent);
  }
}
