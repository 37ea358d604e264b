/**
 * What an app asks of its terminal beside showing cells, in two kinds:
 *
 *   declared  title, pointer, progress, caret   what is wished and what was sent are kept apart; a frame sends
 *                                               the difference, leaving undoes it
 *   once      notification, bell, clipboard,    bytes in a bounded queue, sent in order
 *             raw bytes
 *
 * Both go out behind the cells of a frame, in the frame's one write, so never in the middle of one; while the
 * output is busy they wait for the frame after. Whatever is not sent says so in its result.
 */
import { type Clock, OptionError, type TimerHandle } from '../base/index.ts';
import { base64Length, decodeBase64, encodeBase64 } from './base64.ts';
import { ByteBuffer } from './byte-buffer.ts';
import type { TerminalCapabilities } from './capabilities.ts';
import { Claims } from './claims.ts';
import { type Caret, type CaretSource, caretStyle, type CursorWriter } from './caret.ts';
import { checkPointerShape, notificationCommands, plainLine, type PointerShape, progressParameters, type ProgressValue } from './request-text.ts';
import { BEL, MODE_CURSOR_VISIBLE, osc, popTitle, pushTitle, queryClipboard, restoreCursor, saveCursor, setCursorStyle, setMode } from './sequences.ts';

/** Most bytes that wait for a frame. */
const MAX_QUEUED_BYTES = 1 << 20;
const DEFAULT_CLIPBOARD_BYTES = 100_000;
const DEFAULT_READ_MS = 5000;

/**
 * What became of a request. `reason` when `ok`: `'sent'` (with the next frame), or `'unconfirmed'`: sent, but
 * nothing is known of whether this terminal does it. When not: `'no-terminal'` (the app shows nothing while it
 * runs, or has ended), `'unsupported'`, `'too-large'`, `'busy'` (too much is waiting for a terminal that does not read).
 */
export interface RequestResult {
  readonly ok: boolean;
  readonly reason: 'sent' | 'unconfirmed' | 'no-terminal' | 'unsupported' | 'too-large' | 'busy';
}

/** What came of reading the clipboard. `text` is `''` unless `ok`. */
export interface ClipboardRead {
  readonly ok: boolean;
  readonly text: string;
  /** `'no-answer'`: the terminal did not answer in time, or its user forbids it. */
  readonly reason: 'read' | 'no-answer' | 'no-terminal' | 'not-text';
}

/** Options of writing the clipboard. */
export interface ClipboardOptions {
  /** `'primary'` is what X11 pastes by the middle button. Default `'clipboard'`. */
  readonly selection?: 'clipboard' | 'primary';
  /** Most bytes of base64 that may be sent. Default 100,000. */
  readonly maxBytes?: number;
}

export interface RequestsOptions {
  readonly clock: Clock;
  /** False when there is no terminal: every request then says so. */
  readonly available: boolean;
  /** DECSCUSR is understood or ignored (old Linux consoles print it). */
  readonly cursorStyles: boolean;
  readonly capabilities: () => TerminalCapabilities;
  /** Something waits for a frame. */
  readonly onRequest: () => void;
}

export class TerminalRequests {
  readonly titles: Claims<string>;
  readonly progress: Claims<string>;
  readonly pointers: Claims<PointerShape>;
  readonly carets: Claims<CaretSource>;
  /** True when the next frame has something to send of this. */
  pending = false;
  private readonly options: RequestsOptions;
  private readonly queue: ByteBuffer = new ByteBuffer(64);
  private queueHasRaw = false;
  private notifications = 0;
  private sentTitle: string | null = null;
  private sentProgress: string | null = null;
  private sentPointer: PointerShape | null = null;
  private sentStyle = 0;
  private cursorShown = false;
  private sendsAll = false;
  private readers: ((result: ClipboardRead) => void)[] = [];
  private readTimer: TimerHandle | null = null;
  private closed = false;

  constructor(options: RequestsOptions) {
    this.options = options;
    const changed = (): void => this.request();
    this.titles = new Claims(changed);
    this.progress = new Claims(changed);
    this.pointers = new Claims(changed);
    this.carets = new Claims(changed);
  }

  /** Timers that exist now (0 or 1). */
  get timers(): number {
    return this.readTimer === null ? 0 : 1;
  }

  /** Bytes that wait for a frame. */
  get queuedBytes(): number {
    return this.queue.length;
  }

  /** True while the cursor is shown, at the caret. */
  get showsCaret(): boolean {
    return this.cursorShown;
  }

  /** Asks for a frame: something declared has changed, or can be sent now. */
  request(): void {
    if (this.closed || !this.options.available) return;
    this.pending = true;
    this.options.onRequest();
  }

  /** A title as it is sent. */
  static title(text: string): string {
    return plainLine(text);
  }

  /** Whether a declared setting reaches the terminal now. */
  declared(kind: 'title' | 'progress' | 'pointer'): RequestResult {
    if (!this.usable) return NO_TERMINAL;
    const capabilities = this.options.capabilities();
    if (kind === 'title') return SENT;
    return (kind === 'progress' ? capabilities.progress : capabilities.pointerShapes) ? SENT : UNSUPPORTED;
  }

  static progressValue(value: ProgressValue | null | undefined): string | null {
    return value === null || value === undefined ? null : progressParameters(value);
  }

  static pointerValue(name: string | null | undefined): PointerShape | null {
    return name === null || name === undefined ? null : checkPointerShape(name);
  }

  bell(): RequestResult {
    return this.once((out) => out.byte(BEL), 1, SENT);
  }

  notify(title: string, body: string = ''): RequestResult {
    const kind = this.options.capabilities().notifications;
    if (this.usable && kind === 'none') return UNSUPPORTED;
    const commands = notificationCommands(kind, (this.notifications = (this.notifications % 1000) + 1), title, body);
    return this.once(
      (out) => {
        for (const command of commands) osc(out, command);
      },
      4096,
      SENT,
    );
  }

  copy(text: string, { selection = 'clipboard', maxBytes = DEFAULT_CLIPBOARD_BYTES }: ClipboardOptions = {}): RequestResult {
    if (typeof text !== 'string') throw new OptionError(`the clipboard takes a string, not ${String(text)}`);
    if (selection !== 'clipboard' && selection !== 'primary') {
      throw new OptionError(`there is no clipboard '${String(selection)}'; there are clipboard and primary`);
    }
    if (base64Length(text.length) > maxBytes) return TOO_LARGE;
    const bytes = utf8.encode(text);
    if (base64Length(bytes.length) > maxBytes) return TOO_LARGE;
    // What is no base64 clears the selection.
    const payload = text === '' ? '!' : encodeBase64(bytes);
    const target = selection === 'primary' ? 'p' : 'c';
    return this.once((out) => osc(out, `52;${target};${payload}`), payload.length + 16, this.options.capabilities().clipboard ? SENT : UNCONFIRMED);
  }

  /** Asks for the clipboard. Many terminals ask their user, or never answer. */
  readClipboard(timeoutMs: number = DEFAULT_READ_MS): Promise<ClipboardRead> {
    if (!this.usable) return Promise.resolve(NO_CLIPBOARD);
    return new Promise((resolve) => {
      this.readers.push(resolve);
      if (this.readers.length > 1) return; // One answer is for all who wait.
      const { ok } = this.once(queryClipboard, 16, SENT);
      if (ok) this.readTimer = this.options.clock.setTimer(timeoutMs, () => this.finishRead({ ok: false, text: '', reason: 'no-answer' }));
      else this.finishRead({ ok: false, text: '', reason: 'no-answer' });
    });
  }

  /** The terminal's answer to `readClipboard`; an answer nobody asked for is dropped. */
  takeClipboard(base64: string): void {
    if (this.readers.length === 0) return;
    const bytes = decodeBase64(base64);
    if (bytes === null) this.finishRead({ ok: false, text: '', reason: 'not-text' });
    else this.finishRead({ ok: true, text: new TextDecoder().decode(bytes), reason: 'read' });
  }

  /** Bytes as they are. Whoever writes them answers for what they do. */
  writeRaw(bytes: Uint8Array | string): RequestResult {
    const raw = typeof bytes === 'string' ? utf8.encode(bytes) : bytes;
    const result = this.once((out) => out.append(raw), raw.length, SENT);
    if (result.ok) this.queueHasRaw = true;
    return result;
  }

  /** Appends what is to be sent. After the cells of a frame. */
  encode(cursor: CursorWriter, out: ByteBuffer, cols: number, rows: number): void {
    this.pending = false;
    if (this.closed) return;
    this.encodeDeclared(out);
    if (this.queue.length > 0) {
      // A live region stays where it is only as long as the cursor does.
      const keeps = this.queueHasRaw && cursor.caps.relative;
      if (keeps) saveCursor(out);
      out.append(this.queue.view());
      if (keeps) restoreCursor(out);
      this.queue.clear();
      if (this.queueHasRaw) cursor.forget();
      this.queueHasRaw = false;
    }
    this.encodeCaret(cursor, out, cols, rows);
    this.sendsAll = false;
  }

  /** Everything declared is sent again with the next frame: the terminal was set up anew, or somebody else looks on. */
  reapply(): void {
    this.sendsAll = true;
    this.request();
  }

  /** What is still waiting, then what undoes all that was declared. Called on every way out, perhaps twice. */
  undo(): Uint8Array {
    const out = new ByteBuffer(64);
    out.append(this.queue.view());
    this.queue.clear();
    this.undoDeclared(out);
    this.sentStyle = 0;
    this.sentProgress = null;
    this.sentPointer = null;
    this.sentTitle = null;
    this.cursorShown = false;
    return out.view();
  }

  /** Appends what undoes all that was declared and sent until now. */
  undoDeclared(out: ByteBuffer): void {
    if (this.sentStyle !== 0) setCursorStyle(out, 0);
    if (this.sentProgress !== null) osc(out, '9;4;0;0');
    if (this.sentPointer !== null) osc(out, '22;default');
    if (this.sentTitle !== null) popTitle(out);
  }

  /** The app has ended. Whoever waits for the clipboard is told. */
  close(): void {
    this.closed = true;
    this.pending = false;
    if (this.readers.length > 0) this.finishRead(NO_CLIPBOARD);
  }

  private get usable(): boolean {
    return this.options.available && !this.closed;
  }

  private once(write: (out: ByteBuffer) => void, sizeBytes: number, done: RequestResult): RequestResult {
    if (!this.usable) return NO_TERMINAL;
    if (this.queue.length + sizeBytes > MAX_QUEUED_BYTES) return this.queue.length === 0 ? TOO_LARGE : BUSY;
    write(this.queue);
    this.request();
    return done;
  }

  private encodeDeclared(out: ByteBuffer): void {
    const { progress: canProgress, pointerShapes } = this.options.capabilities();
    const title = this.titles.current;
    const all = this.sendsAll;
    if (title !== this.sentTitle || (all && title !== null)) {
      if (title === null) {
        popTitle(out);
      } else {
        if (this.sentTitle === null) pushTitle(out);
        osc(out, `2;${title}`);
      }
      this.sentTitle = title;
    }
    const progress = canProgress ? this.progress.current : null;
    if (progress !== this.sentProgress || (all && progress !== null)) {
      osc(out, `9;4;${progress ?? '0;0'}`);
      this.sentProgress = progress;
    }
    const pointer = pointerShapes ? this.pointers.current : null;
    if (pointer !== this.sentPointer || (all && pointer !== null)) {
      osc(out, `22;${pointer ?? 'default'}`);
      this.sentPointer = pointer;
    }
  }

  private encodeCaret(cursor: CursorWriter, out: ByteBuffer, cols: number, rows: number): void {
    const source = this.carets.current;
    const caret: Caret | null = typeof source === 'function' ? source() : source;
    if (caret === null || !(caret.x >= 0 && caret.y >= 0 && caret.x < cols && caret.y < rows)) {
      if (this.cursorShown) setMode(out, MODE_CURSOR_VISIBLE, false);
      this.cursorShown = false;
      return;
    }
    const style = caretStyle(caret);
    const all = this.sendsAll;
    if ((style !== this.sentStyle || (all && style !== 0)) && this.options.cursorStyles) {
      setCursorStyle(out, style);
      this.sentStyle = style;
    }
    cursor.moveCursor(caret.x, caret.y, out);
    if (!this.cursorShown || all) setMode(out, MODE_CURSOR_VISIBLE, true);
    this.cursorShown = true;
  }

  private finishRead(result: ClipboardRead): void {
    if (this.readTimer !== null) this.options.clock.clearTimer(this.readTimer);
    this.readTimer = null;
    const { readers } = this;
    this.readers = [];
    for (const resolve of readers) resolve(result);
  }
}

const utf8 = new TextEncoder();
const SENT: RequestResult = { ok: true, reason: 'sent' };
const UNCONFIRMED: RequestResult = { ok: true, reason: 'unconfirmed' };
const NO_TERMINAL: RequestResult = { ok: false, reason: 'no-terminal' };
const UNSUPPORTED: RequestResult = { ok: false, reason: 'unsupported' };
const TOO_LARGE: RequestResult = { ok: false, reason: 'too-large' };
const BUSY: RequestResult = { ok: false, reason: 'busy' };
const NO_CLIPBOARD: ClipboardRead = { ok: false, text: '', reason: 'no-terminal' };
