/**
 * The end of a session on a stream whose terminal answers: what it still sends is read and dropped until its answer to a
 * last question, so that nobody who reads the stream afterwards takes it for typing.
 */
import { systemClock } from '../base/index.ts';
import type { InputStream } from './mount-options.ts';

/** An answer to DA1. */
// oxlint-disable-next-line no-control-regex -- it begins with ESC
const DEVICE_ATTRIBUTES = /\u001b\[\?[\d;]*c/;
/** Longest part of an answer that is kept for the rest of it. */
const MAX_TAIL = 64;

/** What ends the reading on a stream at once; another session may begin there. Bounded by the sessions that end now. */
const draining = new Map<InputStream, () => void>();

/** Somebody else wants the stream: what is read of it now is not dropped any more. */
export function endDrain(input: InputStream): void {
  draining.get(input)?.();
}

/**
 * Drops what comes from `input` until an answer to DA1 is among it, or `maxMs` are over. False when another
 * session has begun there meanwhile.
 */
export function drainStream(input: InputStream, maxMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let tail = '';
    const decoder = new TextDecoder('latin1');
    const stop = (isFree: boolean): void => {
      systemClock.clearTimer(timer);
      input.off('data', data);
      input.off('end', end);
      draining.delete(input);
      resolve(isFree);
    };
    const end = (): void => stop(true);
    const data = (chunk: Uint8Array | string): void => {
      const text = tail + (typeof chunk === 'string' ? chunk : decoder.decode(chunk));
      tail = text.slice(-MAX_TAIL);
      if (DEVICE_ATTRIBUTES.test(text)) end();
    };
    const timer = systemClock.setTimer(maxMs, end);
    draining.set(input, () => stop(false));
    input.on('data', data);
    input.on('end', end);
  });
}
