/** Prints on a stream whose reader may be gone: `app | head -1` is no error. */
import type { OutputStream } from './mount-options.ts';

interface StreamWithCallback {
  write(chunk: string, written: () => void): boolean;
}

/** Nobody reads any more: the pipe was closed, the terminal is gone. */
const GONE = ['EPIPE', 'EIO'];

/** Writes `text`. That nobody reads any more is ignored; any other error of the stream stays one. */
export function printText(stream: OutputStream, text: string): void {
  const failed = (error?: unknown): void => {
    if (!GONE.includes((error as { code?: string } | undefined)?.code ?? '')) throw error;
  };
  stream.on('error', failed);
  // The error is emitted after the callback.
  (stream as unknown as StreamWithCallback).write(text, () => setImmediate(() => stream.off('error', failed)));
}
