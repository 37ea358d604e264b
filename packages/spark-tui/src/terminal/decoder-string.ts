/**
 * Control strings: collecting their bytes within bounds, and what the finished ones mean.
 *
 *   ESC ] … (ST | BEL)   OSC      ESC P … ST   DCS      ESC _ … ST   APC      ESC ^ … ST  PM      ESC X … ST  SOS
 *
 * Invariants: at most 4 KiB are kept, or 1 MiB for a clipboard reply (OSC 52); a longer string is consumed to its end
 * and means nothing. A buffer that grew is given back when its string ends.
 * Sources: ECMA-48 §5.6, xterm ctlseqs, kitty graphics protocol.
 */

import type { InputEvent, InputSink } from './input-events.ts';

/** Introducer bytes after ESC. */
export const OSC = 0x5d;
export const DCS = 0x50;
export const APC = 0x5f;
export const PM = 0x5e;
export const SOS = 0x58;

const START_BYTES = 256;
const MAX_BYTES = 4096;
/** Limit of a clipboard reply in bytes of base64 with its header. */
export const MAX_CLIPBOARD_BYTES = 1 << 20;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The bytes of the control string being received. */
export class StringCollector {
  /** The introducer byte of the string. */
  kind = 0;
  /** Bytes received so far, kept or not; stops counting at 2³⁰. */
  received = 0;
  private bytes = new Uint8Array(START_BYTES);
  private kept = 0;
  private overflowed = false;

  begin(kind: number): void {
    this.kind = kind;
    this.received = 0;
    this.kept = 0;
    this.overflowed = false;
    if (this.bytes.length > MAX_BYTES) this.bytes = new Uint8Array(START_BYTES);
  }

  /** Bytes kept of the string in progress. */
  get heldBytes(): number {
    return this.kept;
  }

  /** Bytes held now, used or not. */
  get capacityBytes(): number {
    return this.bytes.length;
  }

  /** Takes `source[from … to)`. */
  append(source: Uint8Array, from: number, to: number): void {
    const count = to - from;
    if (this.received < 1 << 30) this.received += count;
    if (this.overflowed) return;
    const needed = this.kept + count;
    if (needed > this.bytes.length && !this.grow(needed, source, from)) return;
    this.bytes.set(source.subarray(from, to), this.kept);
    this.kept = needed;
  }

  private grow(needed: number, source: Uint8Array, from: number): boolean {
    if (needed > MAX_BYTES && (needed > MAX_CLIPBOARD_BYTES || !this.isClipboard(source, from))) {
      this.overflowed = true;
      this.kept = 0;
      this.bytes = new Uint8Array(START_BYTES);
      return false;
    }
    let size = this.bytes.length;
    while (size < needed) size *= 2;
    const larger = new Uint8Array(size);
    larger.set(this.bytes.subarray(0, this.kept));
    this.bytes = larger;
    return true;
  }

  /** True when the string starts with `52;`; its start may still be in `source`. */
  private isClipboard(source: Uint8Array, from: number): boolean {
    const at = (i: number): number => (i < this.kept ? this.bytes[i]! : source[from + i - this.kept]!);
    return this.kind === OSC && at(0) === 0x35 && at(1) === 0x32 && at(2) === 0x3b;
  }

  /** Emits what the finished string means. */
  finish(sink: InputSink): void {
    const text = this.overflowed ? null : utf8.decode(this.bytes.subarray(0, this.kept));
    const { kind } = this;
    this.begin(kind);
    if (text === null) sink(unknownString(kind, '…'));
    else if (kind === OSC) decodeOsc(text, sink);
    else sink((kind === DCS ? decodeDcs(text) : kind === APC ? decodeApc(text) : null) ?? unknownString(kind, text));
  }

  /** Emits the string as unknown: it was cancelled or abandoned. */
  abandon(sink: InputSink): void {
    const { kind } = this;
    const start = this.overflowed ? '…' : utf8.decode(this.bytes.subarray(0, Math.min(this.kept, 64)));
    this.begin(kind);
    sink(unknownString(kind, start));
  }
}

function unknownString(kind: number, text: string): InputEvent {
  return { type: 'unknown', data: `\x1b${String.fromCharCode(kind)}${text.slice(0, 64)}` };
}

const COLOR_SLOTS = new Map<string, 'foreground' | 'background' | 'cursor'>([
  ['10', 'foreground'],
  ['11', 'background'],
  ['12', 'cursor'],
]);

function decodeOsc(text: string, sink: InputSink): void {
  const semicolon = text.indexOf(';');
  const number = semicolon < 0 ? text : text.slice(0, semicolon);
  const rest = semicolon < 0 ? '' : text.slice(semicolon + 1);
  const slot = COLOR_SLOTS.get(number);
  if (slot !== undefined && rest !== '') {
    sink({ type: 'response', kind: 'color', slot, spec: rest });
    return;
  }
  if (number === '4') {
    const entries = /^(?:\d+;[^;]+)(?:;\d+;[^;]+)*$/.test(rest) ? rest.split(';') : [];
    for (let i = 0; i < entries.length; i += 2) {
      sink({ type: 'response', kind: 'color', slot: 'palette', index: Number(entries[i]), spec: entries[i + 1]! });
    }
    if (entries.length > 0) return;
  }
  if (number === '52') {
    const cut = rest.indexOf(';');
    if (cut >= 0) {
      sink({ type: 'response', kind: 'clipboard', selection: rest.slice(0, cut), base64: rest.slice(cut + 1) });
      return;
    }
  }
  sink({ type: 'response', kind: 'osc', data: text });
}

function decodeDcs(text: string): InputEvent | null {
  if (text.startsWith('>|')) return { type: 'response', kind: 'xtversion', text: text.slice(2) };
  if (text.startsWith('!|')) return { type: 'response', kind: 'da3', id: text.slice(2) };
  const report = /^([01])([+$])r/.exec(text);
  if (report === null) return null;
  const ok = report[1] === '1';
  return { type: 'response', kind: report[2] === '+' ? 'xtgettcap' : 'decrqss', ok, data: text.slice(3) };
}

function decodeApc(text: string): InputEvent | null {
  if (!text.startsWith('G')) return null;
  const semicolon = text.indexOf(';');
  const control = semicolon < 0 ? text.slice(1) : text.slice(1, semicolon);
  return { type: 'response', kind: 'kitty-graphics', control, message: semicolon < 0 ? '' : text.slice(semicolon + 1) };
}
