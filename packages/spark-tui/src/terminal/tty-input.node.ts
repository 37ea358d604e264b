/**
 * The way in from a terminal: raw bytes through a `tty.ReadStream`, which the event loop polls. Never
 * `fs.read`: a thread blocked in it would keep the process from ending.
 *
 * Keys come from stdin when that is a terminal; when stdin is a pipe or a file, from the controlling
 * terminal. After `stop` the terminal is as it was found and nothing keeps the process alive.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { Held } from './held.ts';
import { readLineSettings, writeLineSettings } from './line-settings.node.ts';
import { isBackground } from './suspend.node.ts';
import { ttyPath } from './tty-path.node.ts';

/** Most bytes thrown away when the terminal is given back. */
const DISCARD_MAX_BYTES = 1 << 20;
/** The terminal of the session, for who has one. */
const CONTROLLING = '/dev/tty';
const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
const isDeno = runtime.Deno !== undefined;
const isNode = runtime.Bun === undefined && !isDeno;
/** How long `drainSync` sleeps between two looks. */
const POLL_MS = 2;

/** The answer to DA1. */
// oxlint-disable-next-line no-control-regex -- the control character is what is looked for
const DEVICE_ATTRIBUTES = /\u001b\[\?[\d;]*c/g;
const MAX_TAIL = 64;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

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
  try {
    return new TtyInput(openControlling(), true);
  } catch {
    return null;
  }
}

/** A stream of its own on the controlling terminal. */
interface Owned extends TtyReadable {
  /** The descriptor that is left open when the stream is destroyed; -1: none is. */
  leavesOpen?: number;
}

function openControlling(): Owned {
  const fd = openSync(CONTROLLING, 'r');
  try {
    const stream: Owned & { _handle?: { fd?: number } } = new ReadStream(fd);
    // Node opens the terminal once more, reads from there, and closes nothing else.
    // oxlint-disable-next-line no-underscore-dangle -- nothing else tells
    const readsFrom = stream._handle?.fd;
    if (readsFrom !== undefined && readsFrom !== fd) closeSync(fd);
    stream.leavesOpen = isDeno ? fd : -1; // Bun reads from this one.
    return stream;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function destroy(stream: Owned): void {
  stream.destroy?.();
  const fd = stream.leavesOpen ?? -1;
  stream.leavesOpen = -1;
  if (fd >= 0) closeSync(fd);
}

/**
 * @example
 * const input = openTtyInput(process.stdin);
 * input?.start((bytes) => decoder.feed(bytes, sink), () => app.exit());
 * input?.stop();
 */
export class TtyInput {
  private stream: Owned;
  private readonly owned: boolean;
  private onData: ((bytes: Uint8Array) => void) | null = null;
  private onEnd: (() => void) | null = null;
  private wasRaw = false;
  /** The end of what was dropped; an answer may be cut anywhere. */
  private dropped = '';
  /** Answers to DA1 that are still to come. */
  private expected = 0;
  private endDrain: (() => void) | null = null;
  private drainTimer: NodeJS.Timeout | undefined;
  private lent = false;
  private rests = false;
  /** The line's settings as they were when the terminal was lent. */
  private line: string | null = null;

  /** With `owned` the stream is destroyed by `stop`, and the input cannot be started again. */
  constructor(stream: Owned, owned: boolean) {
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
    this.listen();
  }

  /** Somebody else is to read the keys, until `takeBack`: the mode found at `start`, and nothing is read here. */
  lend(): void {
    if (this.onData === null || this.lent) return;
    this.restoreMode();
    this.lent = true;
    if (!this.rests) this.unlisten();
    this.rests = false;
    // A paused stream may have one read under way, which would take a key; without the stream there is none.
    if (this.owned) destroy(this.stream);
    this.line = readLineSettings(this.path);
  }

  /** Reads nothing until `refresh`: in the background that would stop the process. The mode stays. */
  rest(): void {
    if (this.onData === null || this.lent || this.rests) return;
    this.rests = true;
    this.unlisten();
  }

  /**
   * Reads again; with `rests` not before `refresh`. What the other program has left of the line's settings when it was
   * killed does not stay. Throws when the terminal cannot be opened any more.
   */
  takeBack(rests: boolean): void {
    if (!this.lent) return;
    this.lent = false;
    if (this.owned) this.stream = openControlling();
    this.rests = rests;
    if (rests) return;
    this.listen();
    this.refresh();
  }

  /**
   * Raw mode again after the process was stopped and continued. Both calls are needed: the stream
   * remembers the mode it set, and setting the same again does nothing.
   */
  refresh(): void {
    if (this.onData === null) return;
    if (this.rests) {
      this.rests = false;
      this.listen();
    }
    this.stream.setRawMode?.(false);
    writeLineSettings(this.path, this.line);
    this.line = null;
    this.stream.setRawMode?.(true);
  }

  /**
   * The mode found at `start`, at once; what the terminal has sent and nobody has read is thrown away,
   * or the shell would take mouse reports for typed text. For a way out on which no loop runs any more. In the background
   * the terminal is another job's: to touch it would stop the process.
   */
  restoreMode(): void {
    if (this.onData === null || this.wasRaw || this.lent || isBackground()) return;
    this.discardPending();
    try {
      this.stream.setRawMode?.(false);
    } catch {
      // the terminal is gone: there is no mode left to restore
    }
  }

  /**
   * How many answers to DA1 are on their way: behind the last of them comes nothing that was caused before it.
   * `drain` and `drainSync` wait for them.
   */
  expect(answers: number): void {
    this.expected = answers;
    this.dropped = '';
  }

  /** From now on what comes is dropped, until the last answer is among it or `maxMs` are over; then `done` is called, once. */
  drain(maxMs: number, done: () => void): void {
    if (this.onData === null) {
      done();
      return;
    }
    // The real time, as for all that concerns only the terminal.
    this.drainTimer = setTimeout(() => this.endDrain?.(), maxMs);
    this.endDrain = () => {
      clearTimeout(this.drainTimer);
      this.endDrain = null;
      done();
    };
    this.onEnd = () => this.endDrain?.();
    this.onData = (bytes) => {
      if (this.isAnswered(bytes)) this.endDrain?.();
    };
  }

  /** The same without an event loop: looks again and again. Goes on where `drain` was, whose `done` is then not called. */
  drainSync(maxMs: number): void {
    if (this.onData === null || isBackground()) return;
    const deadline = performance.now() + maxMs;
    this.withPending((read) => {
      for (;;) {
        const bytes = read();
        if (bytes === null) {
          if (performance.now() >= deadline) return;
          Atomics.wait(sleeper, 0, 0, POLL_MS);
        } else if (bytes.length === 0 || this.isAnswered(bytes)) {
          return;
        }
      }
    });
  }

  private isAnswered(bytes: Uint8Array): boolean {
    let text = this.dropped;
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
    let end = 0;
    for (const match of text.matchAll(DEVICE_ATTRIBUTES)) {
      this.expected--;
      end = match.index + match[0].length;
    }
    this.dropped = text.slice(Math.max(end, text.length - MAX_TAIL));
    return this.expected <= 0;
  }

  /** What it still holds of the process. */
  get keeps(): Held {
    return this.onData === null ? { listeners: 0, handles: [] } : { listeners: 4, handles: ['the terminal keys are read from'] };
  }

  /** The mode found at `start`; no listener, nothing that keeps the process alive. Idempotent. */
  stop(): void {
    if (this.onData === null) return;
    this.restoreMode();
    clearTimeout(this.drainTimer);
    this.endDrain = null;
    this.dropped = '';
    this.onData = null;
    this.onEnd = null;
    if (!this.lent && !this.rests) this.unlisten();
    this.lent = false;
    this.rests = false;
    if (this.owned) destroy(this.stream);
  }

  private listen(): void {
    const { stream } = this;
    stream.on('data', this.data);
    stream.on('end', this.end);
    stream.on('close', this.end);
    stream.on('error', this.end);
    stream.ref?.();
    stream.resume();
  }

  private unlisten(): void {
    const { stream } = this;
    stream.off('data', this.data);
    stream.off('end', this.end);
    stream.off('close', this.end);
    stream.off('error', this.end);
    stream.pause();
    // Node reads no more, so that the stream keeps no process alive; unreferenced it would not for the next reader either.
    if (!isNode) stream.unref?.();
  }

  /** Where the terminal is opened once more; null when it has no path. */
  private get path(): string | null {
    if (this.owned) return CONTROLLING;
    return this.stream.fd === undefined ? null : ttyPath(this.stream.fd);
  }

  private discardPending(): void {
    let total = 0;
    this.withPending((read) => {
      for (;;) {
        const bytes = read();
        if (bytes === null || bytes.length === 0 || (total += bytes.length) >= DISCARD_MAX_BYTES) return;
      }
    });
  }

  /**
   * Gives `use` a function that reads what the terminal has sent, on a descriptor that never blocks: null when nothing
   * is there now, no bytes when the terminal is gone. Does nothing where the device cannot be opened a second time.
   */
  private withPending(use: (read: () => Uint8Array | null) => void): void {
    const { path } = this;
    if (path === null) return;
    let fd = -1;
    try {
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      const bytes = new Uint8Array(4096);
      use(() => {
        try {
          return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, null));
        } catch (error) {
          const { code } = error as { code?: string };
          return code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR' ? null : bytes.subarray(0, 0);
        }
      });
    } catch {
      // not ours to open
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
