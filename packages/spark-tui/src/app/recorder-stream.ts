/**
 * A recording on a stream somebody else opened and will end: what it cannot take at once is the stream's to
 * keep, so nothing but a few lines is written between a `write` that returned false and 'drain'.
 */
import { OptionError } from '../base/index.ts';
import type { WritableLike } from '../terminal/index.ts';
import type { CastSink } from './recorder.ts';

export class CastStream implements CastSink {
  onDrain: (() => void) | null = null;
  onError: ((error: unknown) => void) | null = null;
  private readonly stream: WritableLike;
  private readonly encoder = new TextEncoder();
  private behind = false;
  private failure: { readonly error: unknown } | null = null;
  private settle: (() => void) | null = null;

  /** @throws OptionError when `stream` cannot be written to. */
  constructor(stream: WritableLike) {
    if (typeof stream !== 'object' || stream === null || typeof stream.write !== 'function' || typeof stream.on !== 'function') {
      throw new OptionError('record(): the target must be the path of a file, or a stream that can be written to');
    }
    this.stream = stream;
    stream.on('drain', this.drained);
    stream.on('error', this.failed);
    stream.on('close', this.closed);
  }

  write(line: string): boolean {
    if (this.failure !== null) return true;
    if (!this.stream.write(this.encoder.encode(line))) this.behind = true;
    return !this.behind;
  }

  close(): Promise<void> {
    this.onDrain = null;
    this.onError = null;
    return new Promise((resolve, reject) => {
      this.settle = () => {
        this.stream.off('drain', this.drained);
        this.stream.off('error', this.failed);
        this.stream.off('close', this.closed);
        if (this.failure === null) resolve();
        else reject(this.failure.error);
      };
      if (!this.behind || this.failure !== null) this.settle();
    });
  }

  private readonly drained = (): void => {
    this.behind = false;
    this.settle?.();
    this.onDrain?.();
  };

  private readonly failed = (error?: unknown): void => {
    this.failure ??= { error };
    this.settle?.();
    this.onError?.(error);
  };

  private readonly closed = (): void => {
    this.failed(new Error('the stream of the recording was closed before the recording was stopped'));
  };
}
