/** One finished line that goes above the live region into the scrollback. */
export interface HistoryLine {
  /** UTF-8 and SGR, ending in the default pen; no line end. */
  readonly bytes: Uint8Array;
  /** The line without styles. */
  readonly text: string;
}
