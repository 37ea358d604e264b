/** One app's way to its terminal, apart from the cells: what it can do, and what can be asked of it at once. */
import type { ReadableSignal } from '../reactive/index.ts';
import {
  type Claim,
  type ClipboardOptions,
  type ClipboardRead,
  type ColorScheme,
  type PointerShape,
  type ProgressValue,
  type RequestResult,
  type TerminalCapabilities,
  TerminalRequests,
} from '../terminal/index.ts';

/** How long `ready` waits for a terminal that may never answer. */
const DEFAULT_READY_MS = 500;

/**
 * The terminal of an app. What is set here stays until it is set to `null` or the app ends; `windowTitle`,
 * `progress` and `pointerShape` inside the app go before it.
 *
 * @example
 * const control = terminal();
 * box({ onClick: () => void control.copy('text for the clipboard') });
 */
export class TerminalControl {
  /** What is known of the terminal; changes as it answers. */
  readonly capabilities: ReadableSignal<TerminalCapabilities>;
  /** Dark or light, followed live where the terminal reports it. */
  readonly colorScheme: ReadableSignal<ColorScheme>;
  /** @internal */
  readonly requests: TerminalRequests;
  private readonly titleClaim: Claim<string>;
  private readonly progressClaim: Claim<string>;
  private readonly pointerClaim: Claim<PointerShape>;

  private readonly whenSettled: (timeoutMs: number) => Promise<TerminalCapabilities>;

  /** @internal */
  constructor(
    requests: TerminalRequests,
    capabilities: ReadableSignal<TerminalCapabilities>,
    colorScheme: ReadableSignal<ColorScheme>,
    whenSettled: (timeoutMs: number) => Promise<TerminalCapabilities>,
  ) {
    this.requests = requests;
    this.whenSettled = whenSettled;
    this.capabilities = capabilities;
    this.colorScheme = colorScheme;
    this.titleClaim = requests.titles.claim();
    this.progressClaim = requests.progress.claim();
    this.pointerClaim = requests.pointers.claim();
  }

  /**
   * Resolves with what is known of the terminal when it has answered all questions, or after `timeoutMs` (default 500) with
   * what is known by then: some terminals never answer, and then `settled` stays false. Nothing else waits for answers.
   */
  ready(timeoutMs: number = DEFAULT_READY_MS): Promise<TerminalCapabilities> {
    return this.whenSettled(timeoutMs);
  }

  /** Title of the window: control characters become blanks, at most 255 cells. The title before comes back at the end. */
  setTitle(title: string | null): RequestResult {
    this.titleClaim.set(title === null ? null : TerminalRequests.title(title));
    return this.requests.declared('title');
  }

  /** Progress in the tab or task bar (OSC 9;4). Throws OptionError for a percentage outside 0–100. */
  setProgress(value: ProgressValue | null): RequestResult {
    this.progressClaim.set(TerminalRequests.progressValue(value));
    return this.requests.declared('progress');
  }

  /** Shape of the mouse pointer (OSC 22). Throws OptionError for a name CSS does not have. */
  setPointerShape(shape: PointerShape | null): RequestResult {
    this.pointerClaim.set(TerminalRequests.pointerValue(shape));
    return this.requests.declared('pointer');
  }

  /** Puts text into the clipboard (OSC 52). */
  copy(text: string, options: ClipboardOptions = {}): RequestResult {
    return this.requests.copy(text, options);
  }

  /** Asks for the clipboard's text. Resolves when the terminal answers, or after `timeoutMs` (default 5,000). */
  readClipboard(timeoutMs?: number): Promise<ClipboardRead> {
    return this.requests.readClipboard(timeoutMs);
  }

  /** A desktop notification, where the terminal is known to have them. */
  notify(title: string, body: string = ''): RequestResult {
    return this.requests.notify(title, body);
  }

  /** Rings the bell. */
  bell(): RequestResult {
    return this.requests.bell();
  }

  /**
   * Writes bytes as they are, behind the next frame. Cursor and colours are taken as unknown afterwards. In fullscreen
   * what the bytes draw stays until the cells there change; in the other modes the cursor is put back and the app is
   * drawn again.
   */
  writeRaw(bytes: Uint8Array | string): RequestResult {
    return this.requests.writeRaw(bytes);
  }
}
