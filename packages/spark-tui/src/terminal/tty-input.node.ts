/**
 * The way in from a terminal: raw bytes through a `tty.ReadStream`, which the event loop polls. Never
 * `fs.read`: a thread blocked in it would keep the process from ending.
 *
 * Keys come from stdin when that is a terminal; when stdin is a pipe or a file, from the controlling
 * terminal. After `stop` the terminal is as it was found and nothing keeps the process alive.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { ttyPath } from './tty-path.node.ts';

/** Most bytes thrown away when the terminal is given back. */
const DISCARD_MAX_BYTES = 1 << 20;

/** What is needed of stdin: `process.stdin` fits. */
export interface TtyReadable {
  readonly fd?: number;
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(mode: boolean): unknown;
  on(event: 'data' | 'end' | 'close' | 'error', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'data' | 'end' | 'close' | 'error', listener: (chunk: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
  ref?(): unknown;
  unref?(): unknown;
  destroy?(): unknown;
}

/** The terminal to read keys from, or null when there is none. */
export function openTtyInput(stdin: TtyReadable): TtyInput | null {
  if (stdin.isTTY === true && typeof stdin.setRawMode === 'function') return new TtyInput(stdin, false);
  let fd = -1;
  try {
    fd = openSync('/dev/tty', 'r');
    return new TtyInput(new ReadStream(fd), true);
  } catch {
    if (fd >= 0) closeSync(fd);
    return null;
  }
}

/**
 * @example
 * const input = openTtyInput(process.stdin);
 * input?.start((bytes) => decoder.feed(bytes, sink), () => app.exit());
 * input?.stop();
 */
export class TtyInput {
  private readonly stream: TtyReadable;
  private readonly owned: boolean;
  private onData: ((bytes: Uint8Array) => void) | null = null;
  private onEnd: (() => void) | null = null;
  private wasRaw = false;

  /** With `owned` the stream is destroyed by `stop`, and the input cannot be started again. */
  constructor(stream: TtyReadable, owned: boolean) {
    this.stream = stream;
    this.owned = owned;
  }

  /**
   * Switches raw mode on and delivers bytes until `stop`. `onEnd` is called once when the terminal is
   * gone. Throws when the terminal refuses raw mode.
   */
  start(onData: (bytes: Uint8Array) => void, onEnd: () => void): void {
    if (this.onData !== null) return;
    const { stream } = this;
    this.wasRaw = stream.isRaw === true;
    stream.setRawMode?.(true);
    this.onData = onData;
    this.onEnd = onEnd;
    stream.on('data', this.data);
    stream.on('end', this.end);
    stream.on('close', this.end);
    stream.on('error', this.end);
    stream.ref?.();
    stream.resume();
  }

  /**
   * Raw mode again after the process was stopped and continued. Both calls are needed: the stream
   * remembers the mode it set, and setting the same again does nothing.
   */
  refresh(): void {
    if (this.onData === null) return;
    this.stream.setRawMode?.(false);
    this.stream.setRawMode?.(true);
  }

  /**
   * The mode found at `start`, at once; what the terminal has sent and nobody has read is thrown away,
   * or the shell would take mouse reports for typed text. For a way out on which no loop runs any more.
   */
  restoreMode(): void {
    if (this.onData === null || this.wasRaw) return;
    this.discardPending();
    try {
      this.stream.setRawMode?.(false);
    } catch {
      // the terminal is gone: there is no mode left to restore
    }
  }

  /** The mode found at `start`; no listener, nothing that keeps the process alive. Idempotent. */
  stop(): void {
    if (this.onData === null) return;
    this.restoreMode();
    const { stream } = this;
    this.onData = null;
    this.onEnd = null;
    stream.off('data', this.data);
    stream.off('end', this.end);
    stream.off('close', this.end);
    stream.off('error', this.end);
    if (this.owned) {
      stream.destroy?.();
      return;
    }
    stream.pause();
    stream.unref?.();
  }

  private discardPending(): void {
    const path = this.stream.fd === undefined ? null : ttyPath(this.stream.fd);
    if (path === null) return;
    let fd = -1;
    try {
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      const bytes = new Uint8Array(4096);
      for (let total = 0; total < DISCARD_MAX_BYTES; ) {
        const count = readSync(fd, bytes, 0, bytes.length, null);
        if (count === 0) break;
        total += count;
      }
    } catch {
      // EAGAIN: nothing is left to read
    } finally {
      if (fd >= 0) closeSync(fd);
    }
  }

  private readonly data = (chunk: Uint8Array | string): void => {
    this.onData?.(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  };

  private readonly end = (): void => {
    const onEnd = this.onEnd;
    this.onEnd = null;
    onEnd?.();
  };
}
