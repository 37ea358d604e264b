/**
 * What the process prints while an app is on its terminal, taken instead of written: `console` and
 * `process.stdout.write`, which would draw into the middle of the screen.
 *
 *   sinks   one an app that captures, the latest one takes all; with the first the streams are taken over, with
 *           the last they are as before, to the property
 *
 * Node's console writes by the stream's `write`, so that is what is replaced. Where a console writes by other ways
 * (Bun, Deno), or the app itself needs the stream, the methods of the console are replaced.
 */
import { fstatSync } from 'node:fs';
import { formatWithOptions } from 'node:util';

/** Takes printed text, in whole lines. */
export type TextSink = (text: string) => void;

interface Stream {
  readonly fd?: number;
  readonly isTTY?: boolean;
  write: (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;
}

const BEL = '\u0007';
const METHODS = ['log', 'info', 'debug', 'warn', 'error'] as const;
/** Text without a line end is taken as a line when it is longer. */
const MAX_LINE_LENGTH = 1 << 16;

const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
const consoleUsesStreams = runtime.Bun === undefined && runtime.Deno === undefined;

const sinks: TextSink[] = [];
let undo: (() => void)[] = [];

/** Values as `console.log` shows them. */
export function formatValues(values: readonly unknown[], colors: boolean): string {
  return formatWithOptions({ colors }, ...values);
}

/**
 * Gives what is printed on the terminal of `screen` to `sink`, until the function returned is called.
 *
 * @param writesByStream the app itself writes by `screen.write`, which must stay as it is
 */
export function captureConsole(screen: { readonly fd?: number }, writesByStream: boolean, sink: TextSink): () => void {
  sinks.push(sink);
  if (sinks.length === 1) {
    const streams = ([process.stdout, process.stderr] as unknown as Stream[]).filter((stream) => isSameTerminal(stream, screen));
    if (!writesByStream) undo = streams.map(takeStream);
    if (!consoleUsesStreams || writesByStream) undo.push(takeConsole(streams.length > 1));
  }
  return () => {
    const at = sinks.indexOf(sink);
    if (at < 0) return;
    const last = sinks.length === 1;
    if (last) for (const restore of undo.splice(0)) restore();
    sinks.splice(at, 1);
  };
}

function give(text: string): void {
  sinks.at(-1)?.(text);
}

function isSameTerminal(stream: Pick<Stream, 'fd' | 'isTTY'>, screen: { readonly fd?: number }): boolean {
  if ((stream as unknown) === screen) return true;
  if (stream.isTTY !== true || stream.fd === undefined || screen.fd === undefined) return false;
  try {
    return fstatSync(stream.fd).rdev === fstatSync(screen.fd).rdev;
  } catch {
    return false;
  }
}

/** Replaces `write` of a stream. Returns what puts it back and hands on an unfinished line. */
function takeStream(stream: Stream): () => void {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const original = stream.write;
  const decoder = new TextDecoder();
  let line = '';
  const write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    if (sinks.length === 0) return original.call(stream, chunk, ...rest);
    const [encoding] = rest;
    const text =
      typeof chunk !== 'string'
        ? decoder.decode(chunk, { stream: true })
        : typeof encoding === 'string'
          ? Buffer.from(chunk, encoding as BufferEncoding).toString()
          : chunk;
    // A bell draws nothing.
    if (text !== '' && text.replaceAll(BEL, '') === '') return original.call(stream, chunk, ...rest);
    line += text;
    const end = line.lastIndexOf('\n');
    if (end >= 0 || line.length > MAX_LINE_LENGTH) {
      const whole = end >= 0 ? line.slice(0, end + 1) : line;
      line = line.slice(whole.length);
      give(whole);
    }
    const done = rest.find((value) => typeof value === 'function') as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return true;
  };
  stream.write = write;
  return () => {
    if (line !== '') give(line);
    line = '';
    // Whoever replaced it after us keeps their replacement; ours passes on from now on.
    if (stream.write !== write) return;
    if (own === undefined) delete (stream as { write?: unknown }).write;
    else Object.defineProperty(stream, 'write', own);
  };
}

/** Replaces the methods of the console. `errors`: those that go to stderr, too. */
function takeConsole(errors: boolean): () => void {
  const target = console as unknown as Record<string, (...values: unknown[]) => void>;
  const restores = METHODS.filter((name) => errors || (name !== 'warn' && name !== 'error')).map((name) => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    const original = target[name];
    const replaced = (...values: unknown[]): void => {
      if (sinks.length === 0) original(...values);
      else give(`${formatValues(values, process.stdout.isTTY)}\n`);
    };
    target[name] = replaced;
    return () => {
      if (target[name] === replaced && own !== undefined) Object.defineProperty(target, name, own);
    };
  });
  return () => {
    for (const restore of restores) restore();
  };
}
