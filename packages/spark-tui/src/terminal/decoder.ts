/**
 * The input decoder: bytes from a terminal → events. A state machine that looks at each byte once.
 *
 *            ┌── printable, UTF-8 ──▶ text run ──▶ key events, one a grapheme cluster
 *   ground ──┼── C0, DEL ──▶ key
 *            └── ESC ──▶ escape ──┬── [ ──▶ csi ──▶ key, mouse, focus, resize, response
 *                                 │          ├── 200~ ──▶ paste (until ESC [ 201 ~)
 *                                 │          ├── M ──▶ x10 (three bytes)      [ [ ──▶ linux (one byte)
 *                                 │          └── malformed, too long ──▶ csi-ignore (until the final byte)
 *                                 ├── O ──▶ ss3 ──▶ key
 *                                 ├── ] P _ ^ X ──▶ string (until ST; OSC also BEL) ◀──▶ string-escape
 *                                 └── anything else ──▶ alt + key
 *
 * Invariants: no I/O and no timer; O(1) a byte; every buffer bounded; any cut of the byte stream gives the same events,
 * except that a grapheme cluster cut between two reads arrives as two. State is settled before an event is emitted, so
 * a sink may call `reset` or `setModes`. CAN and SUB cancel a sequence; ESC inside one starts the next.
 * Sources: ECMA-48, the VT500 parser of Paul Flo Williams, xterm ctlseqs, kitty keyboard protocol.
 */

import { decodeCsi, tildeKey } from './decoder-csi.ts';
import { altAsciiKey, asciiKey, characterKey, controlKey, keyInput, MOD_ALT } from './decoder-key.ts';
import { decodeMouse } from './decoder-mouse.ts';
import { type DecoderModes, type DecoderOptions, positive } from './decoder-options.ts';
import { Params } from './decoder-params.ts';
import { PasteCollector } from './decoder-paste.ts';
import { decodeSs3 } from './decoder-ss3.ts';
import { APC, DCS, OSC, PM, SOS, StringCollector } from './decoder-string.ts';
import { decodeText, emitText } from './decoder-text.ts';
import { Utf8, UTF8_CUT, UTF8_INVALID, UTF8_MORE } from './decoder-utf8.ts';
import { MAX_REPEATS, Win32Keys } from './decoder-win32.ts';
import type { InputEvent, InputSink, KeyInput } from './input-events.ts';

const GROUND = 0;
const ESCAPE = 1;
const ALT_UTF8 = 2;
const CSI = 3;
const CSI_IGNORE = 4;
const SS3 = 5;
const LINUX = 6;
const X10 = 7;
const STRING = 8;
const STRING_ESCAPE = 9;
const PASTE = 10;

const ESC = 0x1b;
const CAN = 0x18;
const SUB = 0x1a;
const BEL = 0x07;
const DEL = 0x7f;

/** Longest control sequence that is still understood; longer ones are consumed and unknown. */
const MAX_CSI_BYTES = 4096;
/** How many bytes of a sequence are kept to show it as unknown. */
const RAW_BYTES = 64;
/** With kitty flag 1 the Escape key is `CSI 27 u`: a lone ESC byte is the start of something late. */
const KITTY_ESCAPE_MS = 500;

/**
 * Decodes terminal input. The owner reads bytes, calls `feed`, and, when nothing came for `timeoutMs` while `pending`,
 * calls `timeout`; likewise `idle` after `idleTimeoutMs` while `receiving`.
 *
 * @throws OptionError when an option is not a positive number
 * @example
 * const decoder = new Decoder();
 * decoder.feed(bytes, (event) => dispatch(event));
 * if (decoder.pending) clock.setTimer(decoder.timeoutMs, () => decoder.timeout(dispatch));
 */
export class Decoder {
  /** Silence after which `idle` should be called while `receiving`. */
  readonly idleTimeoutMs: number;
  private readonly escapeTimeoutMs: number;
  private readonly params = new Params();
  private readonly strings = new StringCollector();
  private readonly paste: PasteCollector;
  private readonly utf8 = new Utf8();
  private readonly win32 = new Win32Keys();
  private readonly raw = new Uint8Array(RAW_BYTES);
  private readonly x10 = new Uint8Array(3);
  private state = GROUND;
  /** ESC came twice: alt for a legacy key, else the Escape key followed by something. */
  private escaped = false;
  private prefix = 0;
  private intermediate = 0;
  /** Bytes of the sequence so far, ESC and introducer not counted. */
  private length = 0;
  private x10Count = 0;
  private kittyFlags = 0;
  private pendingCursorReports = 0;

  constructor(options: DecoderOptions = {}) {
    this.escapeTimeoutMs = positive('escapeTimeoutMs', options.escapeTimeoutMs, 25);
    this.idleTimeoutMs = positive('idleTimeoutMs', options.idleTimeoutMs, 5000);
    const maxPasteBytes = Math.ceil(positive('maxPasteBytes', options.maxPasteBytes, 64 << 20));
    this.paste = new PasteCollector(maxPasteBytes, options.pasteFilter ?? null);
  }

  /** True when an unfinished sequence may be a key: call `timeout` after `timeoutMs` of silence. */
  get pending(): boolean {
    const { state } = this;
    if (state === STRING) return this.strings.received === 0;
    return state === ESCAPE || (state >= CSI && state <= X10);
  }

  /** Silence after which `timeout` should be called while `pending`. */
  get timeoutMs(): number {
    const kitty = (this.kittyFlags & 1) !== 0;
    return kitty ? Math.max(this.escapeTimeoutMs, KITTY_ESCAPE_MS) : this.escapeTimeoutMs;
  }

  /** True inside a paste or a control string: call `idle` after `idleTimeoutMs` of silence. */
  get receiving(): boolean {
    return this.state >= STRING;
  }

  /** Bytes kept of what is unfinished: a character, a sequence, a control string, a paste. 0 at rest. */
  get heldBytes(): number {
    const { state, utf8 } = this;
    const escapes = this.escaped ? 2 : 1;
    switch (state) {
      case GROUND:
        return utf8.heldBytes;
      case ESCAPE:
        return escapes;
      case ALT_UTF8:
        return 1 + utf8.heldBytes;
      case STRING:
      case STRING_ESCAPE:
        return 2 + this.strings.heldBytes + (state === STRING_ESCAPE ? 1 : 0);
      case PASTE:
        return this.paste.heldBytes;
      default:
        return escapes + 1 + Math.min(this.length, RAW_BYTES) + (state === X10 ? this.x10Count : 0);
    }
  }

  /** Bytes of the buffers for pastes and control strings: what is kept of those in progress, and room. */
  get bufferedBytes(): number {
    return this.paste.capacityBytes + this.strings.capacityBytes;
  }

  /** Tells the decoder what the application switched on. Names left out keep their value. */
  setModes(modes: DecoderModes): void {
    if (modes.kittyFlags !== undefined) this.kittyFlags = modes.kittyFlags;
    if (modes.pendingCursorReports !== undefined) this.pendingCursorReports = modes.pendingCursorReports;
  }

  /** Forgets everything unfinished; modes stay. For use after the terminal was away (suspend, reconnect). */
  reset(): void {
    this.state = GROUND;
    this.utf8.reset();
    this.win32.reset();
    this.strings.begin(OSC);
    this.paste.begin();
  }

  /** Decodes what one read gave. `bytes` is not kept. If `sink` throws, the rest of this read is lost. */
  feed(bytes: Uint8Array, sink: InputSink): void {
    const end = bytes.length;
    let i = 0;
    while (i < end) {
      switch (this.state) {
        case GROUND:
          i = this.ground(bytes, i, sink);
          break;
        case STRING:
          i = this.string(bytes, i, sink);
          break;
        case PASTE: {
          const after = this.paste.append(bytes, i);
          i = after < 0 ? end : after;
          if (after >= 0) this.endPaste(false, sink);
          break;
        }
        default:
          // A false answer leaves the byte to the next state.
          if (this.sequenceByte(bytes[i]!, sink)) i++;
      }
    }
  }

  /** Nothing came for `timeoutMs`: an unfinished sequence is a key after all, or nothing. */
  timeout(sink: InputSink): void {
    const { state } = this;
    if (!this.pending) return;
    this.state = GROUND;
    switch (state) {
      case ESCAPE:
        sink(controlKey(ESC, this.escaped ? MOD_ALT : 0));
        return;
      case STRING:
        sink(altAsciiKey(this.strings.kind));
        return;
      case CSI:
      case SS3:
        if (this.length > 0) break;
        if (this.escaped) sink(controlKey(ESC, 0));
        sink(altAsciiKey(state === CSI ? 0x5b : 0x4f));
        return;
    }
    this.unknown(state, sink);
  }

  /** Nothing came for `idleTimeoutMs`: the end of the paste or control string is lost. */
  idle(sink: InputSink): void {
    const { state } = this;
    if (state === PASTE) {
      this.endPaste(true, sink);
    } else if (state === STRING || state === STRING_ESCAPE) {
      this.state = GROUND;
      this.strings.abandon(sink);
      if (state === STRING_ESCAPE) sink(controlKey(ESC, 0));
    }
  }

  /** Text and controls. Returns the place of the first byte it left. */
  // hot: 10 ns a byte of ASCII (Node 20), nearly all of it the event object
  private ground(bytes: Uint8Array, from: number, sink: InputSink): number {
    const end = bytes.length;
    let i = from;
    if (this.utf8.need === 0) {
      while (i < end) {
        const byte = bytes[i]!;
        if (byte < 0x20 || byte === DEL) {
          i++;
          if (byte === ESC) {
            this.state = ESCAPE;
            this.escaped = false;
          } else sink(controlKey(byte, 0));
          return i;
        }
        // The last character before a non-ASCII one may be part of its cluster.
        if (byte >= 0x80 || (i + 1 < end && bytes[i + 1]! >= 0x80)) break;
        i++;
        sink(asciiKey(byte));
      }
    }
    return i < end ? decodeText(bytes, i, this.utf8, sink) : i;
  }

  /** A byte of an escape sequence. Returns false when it belongs to the state that was entered instead. */
  private sequenceByte(byte: number, sink: InputSink): boolean {
    switch (this.state) {
      case ESCAPE:
        return this.escapeByte(byte, sink);
      case ALT_UTF8:
        return this.altByte(byte, sink);
      case STRING_ESCAPE:
        return this.stringEscapeByte(byte, sink);
    }
    // Inside CSI, SS3, linux, x10: controls end the sequence, except where a coordinate may have any value.
    if (byte < 0x20) {
      const { state } = this;
      this.state = GROUND;
      this.unknown(state, sink);
      return byte === CAN || byte === SUB;
    }
    switch (this.state) {
      case X10:
        return this.x10Byte(byte, sink);
      case LINUX:
        return this.linuxByte(byte, sink);
      default:
        if (byte >= DEL) {
          const { state } = this;
          this.state = GROUND;
          this.unknown(state, sink);
          return false;
        }
        if (this.length < RAW_BYTES) this.raw[this.length] = byte;
        this.length++;
        if (this.state === SS3) this.ss3Byte(byte, sink);
        else this.csiByte(byte, sink);
        return true;
    }
  }

  private escapeByte(byte: number, sink: InputSink): boolean {
    if (byte === ESC) {
      // The third ESC in a row begins anew.
      if (this.escaped) sink(controlKey(ESC, MOD_ALT));
      this.escaped = !this.escaped;
      return true;
    }
    if (byte === 0x5b || byte === 0x4f) {
      this.state = byte === 0x5b ? CSI : SS3;
      this.params.clear();
      this.prefix = 0;
      this.intermediate = 0;
      this.length = 0;
      return true;
    }
    const { escaped } = this;
    this.escaped = false;
    if (byte >= 0x80) {
      this.state = ALT_UTF8;
      if (escaped) sink(controlKey(ESC, 0));
      return false;
    }
    if (byte === OSC || byte === DCS || byte === APC || byte === PM || byte === SOS) {
      this.state = STRING;
      this.strings.begin(byte);
      if (escaped) sink(controlKey(ESC, 0));
      return true;
    }
    this.state = GROUND;
    if (escaped) sink(controlKey(ESC, 0));
    sink(byte < 0x20 || byte === DEL ? controlKey(byte, MOD_ALT) : altAsciiKey(byte));
    return true;
  }

  private altByte(byte: number, sink: InputSink): boolean {
    const code = this.utf8.step(byte);
    if (code === UTF8_MORE) return true;
    this.state = GROUND;
    if (code === UTF8_INVALID || code === UTF8_CUT) emitText('\ufffd', sink);
    else if (code < 0xa0) sink({ type: 'unknown', data: `\x1b${String.fromCharCode(code)}` });
    else sink(characterKey(String.fromCodePoint(code), MOD_ALT));
    return code !== UTF8_CUT;
  }

  private csiByte(byte: number, sink: InputSink): void {
    if (byte >= 0x40) {
      const { state } = this;
      this.state = GROUND;
      if (state === CSI_IGNORE) this.unknown(state, sink);
      else this.csiFinal(byte, sink);
      return;
    }
    if (this.state === CSI_IGNORE) return;
    if (byte >= 0x3c) {
      if (this.length === 1) this.prefix = byte;
      else this.state = CSI_IGNORE;
    } else if (byte >= 0x30) {
      if (this.intermediate !== 0 || this.length > MAX_CSI_BYTES || !this.params.push(byte)) this.state = CSI_IGNORE;
    } else if (byte === 0x24 && this.isRxvtDollar()) {
      this.state = GROUND;
      this.key(tildeKey(this.params, byte), true, sink);
    } else if (this.intermediate !== 0) {
      this.state = CSI_IGNORE;
    } else {
      this.intermediate = byte;
    }
  }

  /** Rxvt ends shifted keys with `$`, which is no final byte: `CSI 2 $`. A mode report always has a `;` before it. */
  private isRxvtDollar(): boolean {
    if (this.length !== 2 || this.prefix !== 0) return false;
    const digit = this.raw[0]! - 0x30;
    return digit === 2 || digit === 3 || (digit >= 5 && digit <= 8);
  }

  private csiFinal(final: number, sink: InputSink): void {
    const { params, prefix, intermediate } = this;
    if (prefix === 0 && intermediate === 0) {
      if (params.count === 0 && final === 0x4d) {
        this.state = X10;
        this.x10Count = 0;
        return;
      }
      if (params.count === 0 && final === 0x5b) {
        this.state = LINUX;
        return;
      }
      if (final === 0x7e && params.count === 1 && params.main(0, 0) === 200) {
        this.state = PASTE;
        this.paste.begin();
        if (this.escaped) sink(controlKey(ESC, 0));
        return;
      }
      if (final === 0x5f) {
        this.win32Key(sink);
        return;
      }
    }
    const event = decodeCsi(prefix, params, intermediate, final, this.pendingCursorReports > 0);
    if (event === null) {
      this.unknown(CSI, sink);
      return;
    }
    if (event.type === 'key') {
      this.key(event, final !== 0x75, sink);
      return;
    }
    if (event.type === 'response' && event.kind === 'cpr' && this.pendingCursorReports > 0) this.pendingCursorReports--;
    this.afterEscape(event, sink);
  }

  /** Emits a key; `legacy` ones take a doubled ESC as alt. */
  private key(event: KeyInput | null, legacy: boolean, sink: InputSink): void {
    if (event === null) this.unknown(CSI, sink);
    else if (this.escaped && legacy) sink({ ...event, alt: true });
    else this.afterEscape(event, sink);
  }

  /** Emits an event that cannot have alt: a doubled ESC before it was the Escape key. */
  private afterEscape(event: InputEvent, sink: InputSink): void {
    if (this.escaped) {
      this.escaped = false;
      sink(controlKey(ESC, 0));
    }
    sink(event);
  }

  private win32Key(sink: InputSink): void {
    const event = this.win32.decode(this.params);
    if (event === null) {
      this.unknown(CSI, sink);
      return;
    }
    const repeats = event.event === 'press' ? Math.min(this.params.main(5, 1), MAX_REPEATS) : 1;
    this.afterEscape(event, sink);
    for (let i = 1; i < repeats; i++) sink({ ...event, event: 'repeat' });
  }

  private ss3Byte(byte: number, sink: InputSink): void {
    // Some terminals put modifiers here: SS3 5 A, SS3 1;5 A.
    if (byte >= 0x30 && byte <= 0x3b && byte !== 0x3a && this.params.push(byte) && this.length <= RAW_BYTES) return;
    this.state = GROUND;
    const event = decodeSs3(this.params, byte, this.escaped);
    if (event === null) this.unknown(SS3, sink);
    else this.key(event, true, sink);
  }

  private linuxByte(byte: number, sink: InputSink): boolean {
    this.state = GROUND;
    if (byte < 0x41 || byte > 0x45) {
      this.unknown(LINUX, sink);
      return false;
    }
    this.key(keyInput(`F${byte - 0x40}`, '', 0), true, sink);
    return true;
  }

  private x10Byte(byte: number, sink: InputSink): boolean {
    this.x10[this.x10Count++] = byte;
    if (this.x10Count < 3) return true;
    this.state = GROUND;
    const event = decodeMouse(this.x10[0]! - 0x20, this.x10[1]! - 0x20, this.x10[2]! - 0x20, false);
    if (event === null) this.unknown(X10, sink);
    else this.afterEscape(event, sink);
    return true;
  }

  /** Content of a control string up to the byte that ends or cancels it. */
  private string(bytes: Uint8Array, from: number, sink: InputSink): number {
    const end = bytes.length;
    // BEL ends only an OSC; in the others it is content (ESC stands in: a byte that ends the scan anyway).
    const bel = this.strings.kind === OSC ? BEL : ESC;
    let i = from;
    while (i < end) {
      const byte = bytes[i]!;
      if (byte < 0x20 && (byte === ESC || byte === bel || byte === CAN || byte === SUB)) break;
      i++;
    }
    if (i > from) this.strings.append(bytes, from, i);
    if (i === end) return i;
    const byte = bytes[i]!;
    if (byte === ESC) this.state = STRING_ESCAPE;
    else {
      this.state = GROUND;
      if (byte === BEL) this.strings.finish(sink);
      else this.strings.abandon(sink);
    }
    return i + 1;
  }

  private stringEscapeByte(byte: number, sink: InputSink): boolean {
    if (byte === 0x5c) {
      this.state = GROUND;
      this.strings.finish(sink);
      return true;
    }
    this.state = ESCAPE;
    this.escaped = false;
    this.strings.abandon(sink);
    return false;
  }

  private endPaste(lost: boolean, sink: InputSink): void {
    this.state = GROUND;
    const truncated = lost || this.paste.truncated;
    sink({ type: 'paste', text: this.paste.take(), truncated });
  }

  /** Emits what was consumed in `state` as unknown. */
  private unknown(state: number, sink: InputSink): void {
    const introducer = state === SS3 ? 'O' : '[';
    const kept = state === X10 ? 'M' : String.fromCharCode(...this.raw.subarray(0, Math.min(this.length, RAW_BYTES)));
    this.afterEscape({ type: 'unknown', data: `\x1b${introducer}${kept}` }, sink);
  }
}
