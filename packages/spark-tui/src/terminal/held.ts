/** What a session or an output still holds of the process: listeners on streams, and what is open, by name. */
export interface Held {
  readonly listeners: number;
  /** Descriptors and processes that were opened for the app. */
  readonly handles: readonly string[];
}
