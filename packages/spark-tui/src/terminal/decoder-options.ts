/**
 * What the owner of a decoder can set: limits and silences once, modes whenever the application changes them.
 */

import { OptionError } from '../base/index.ts';

/** Settings of a decoder. */
export interface DecoderOptions {
  /** Silence after which an ESC byte is the Escape key. 25 unless told; 100–200 suits ssh and tmux. */
  readonly escapeTimeoutMs?: number;
  /** Silence inside a paste or a control string after which its end is taken as lost. 5,000 unless told. */
  readonly idleTimeoutMs?: number;
  /** Largest paste kept; what is beyond is dropped and the paste marked truncated. 64 MiB unless told. */
  readonly maxPasteBytes?: number;
  /**
   * Makes pasted text what the application wants, such as `sanitise`. A large paste is given in pieces, cut where
   * neither a line end nor a grapheme cluster is; so it costs less memory than a pass over the whole text.
   */
  readonly pasteFilter?: (text: string) => string;
}

/** What the application asked the terminal for, as far as it changes the meaning of bytes. */
export interface DecoderModes {
  /** Progressive enhancement flags of the kitty keyboard protocol in force. */
  kittyFlags?: number;
  /** Plain cursor position queries (`CSI 6 n`) that are not answered yet. */
  pendingCursorReports?: number;
}

/** The value of a numeric option, or its default; throws an OptionError that names it. */
export function positive(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new OptionError(`${name} ${String(value)} is not usable: expected a number above 0`);
}
