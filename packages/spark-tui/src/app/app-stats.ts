/** What an app holds and has done: exact counts, each of which returns to its base when what caused it ends. */
import type { Phase, PhaseTiming } from '../frame/index.ts';

export interface AppStats {
  /** Elements and flow anchors that exist. */
  readonly nodes: number;
  readonly scopes: number;
  readonly effects: number;
  /** Functions waiting for the end of their owner. */
  readonly cleanups: number;
  /** Elements with event handlers. */
  readonly handlers: number;
  /** App-wide key handlers. */
  readonly keyHandlers: number;
  /** Elements whose `bounds()` are watched. */
  readonly watchedBounds: number;
  /** Timers of the framework that exist now. Zero when idle. */
  readonly timers: number;
  /** Grapheme clusters of several code points that are interned. */
  readonly glyphs: number;
  /** Words of shaped text in use. */
  readonly runWords: number;
  /** Bytes of node columns, runs and cells taken from the buffer pool. */
  readonly arenaBytes: number;
  /** Bytes held of unfinished input. */
  readonly inputBytes: number;
  /** Effects that wait for the next flush, in the whole process. */
  readonly pendingEffects: number;
  readonly frames: number;
  /** Frames that had nothing to write. */
  readonly emptyFrames: number;
  /** Frames that waited for a slow terminal and were merged into the next. */
  readonly mergedFrames: number;
  readonly layoutRuns: number;
  readonly bytesWritten: number;
  readonly writes: number;
  /** Cost of the phases over the last frames. Frames are timed from the first time this is read. */
  readonly timings: Readonly<Record<Phase, PhaseTiming>>;
}
