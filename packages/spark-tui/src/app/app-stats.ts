/**
 * What an app holds and has done: exact counts, each of which returns to its base when what caused it ends. Capacities
 * do not: memory once taken stays for reuse until the unmount.
 */
import type { Phase, PhaseTiming } from '../frame/index.ts';

/** A queue: how much waits now, how much ever waited together, and how much may. */
export interface QueueStats {
  readonly depth: number;
  readonly high: number;
  /** Infinity when only memory limits it. */
  readonly bound: number;
}

/** Memory the framework manages itself, outside the heap. */
export interface ArenaStats {
  /** Returns to its base when what caused it ends. */
  readonly usedBytes: number;
  /** Taken from the buffer pool. Node columns and runs grow to what was used at the most, and do not shrink before the unmount. */
  readonly capacityBytes: number;
}

/** Memory of the whole process, in bytes. */
export interface MemoryStats {
  readonly rss: number;
  readonly heapUsed: number;
  readonly heapTotal: number;
  readonly external: number;
  readonly arrayBuffers: number;
}

/** Queues of an app. `effects` is shared by all apps of the process. */
export type QueueName = 'effects' | 'layout' | 'paint' | 'inputBytes' | 'historyBytes' | 'outputBytes';

/** Arenas of an app; `pool` is what the whole process has taken for them, and keeps for the next app. */
export type ArenaName = 'f32' | 'f64' | 'i32' | 'u8' | 'u32' | 'runs' | 'back' | 'front' | 'owners' | 'pool';

/**
 * What an app holds and has done.
 *
 * @example
 * const { nodes, frames, queues } = app.stats();
 * console.log(nodes, frames, queues.effects.high);
 * console.log(app.stats().timings.paint.p99Micros); // frames are timed from here on
 */
export interface AppStats {
  /** Elements and flow anchors that exist. */
  readonly nodes: number;
  readonly scopes: number;
  /** Effects, with the bindings of props among them. */
  readonly effects: number;
  /**
   * Effects of the whole process that belong to no app: made at module level, after an `await`, or in a callback of a timer.
   * They end only when their dispose function is called; unmounting does not end them.
   */
  readonly ownerlessEffects: number;
  /** Effects that bind a prop of an element. */
  readonly bindings: number;
  /** Functions waiting for the end of their owner. */
  readonly cleanups: number;
  /** Elements with event handlers. */
  readonly handlers: number;
  /** App-wide key handlers. */
  readonly keyHandlers: number;
  /** Elements whose `bounds()` are watched. */
  readonly watchedBounds: number;
  /** Elements whose scroll offsets are watched. */
  readonly watchedScrolls: number;
  /** Timers of the framework that exist now. Zero when idle. */
  readonly timers: number;
  /** Listeners the app has on streams. */
  readonly listeners: number;
  /** Grapheme clusters of several code points that are interned. */
  readonly glyphs: number;
  /** Links and underline colours that are interned. */
  readonly extras: number;
  /** Parsed colours and deriveds that are remembered, in the whole process; bounded. */
  readonly cacheEntries: number;
  /** Words of shaped text in use. */
  readonly runWords: number;
  /**
   * Bytes taken from the buffer pool for node columns, runs and cells. A capacity: it follows the most that was ever used
   * at once (cells: the size of the screen) and is given back by the unmount. What of it is used now is in `arenas`.
   */
  readonly arenaBytes: number;
  /** Bytes held of unfinished input: half a sequence, a paste that goes on. 0 at rest. */
  readonly inputBytes: number;
  /** Bytes of finished lines that wait to be written. */
  readonly historyBytes: number;
  /** Effects that wait for the next flush, in the whole process. */
  readonly pendingEffects: number;
  readonly queues: Readonly<Record<QueueName, QueueStats>>;
  readonly frames: number;
  /** Frames that had nothing to write. */
  readonly emptyFrames: number;
  /** Frames that waited for a slow terminal and were merged into the next. */
  readonly mergedFrames: number;
  readonly layoutRuns: number;
  readonly bytesWritten: number;
  readonly writes: number;
  /**
   * Cost of the phases over the last frames. Frames are timed from the first time this is read. `update` is the time of
   * all effects of the process since the frame before, in microtasks and at writes, too.
   */
  readonly timings: Readonly<Record<Phase, PhaseTiming>>;
  readonly arenas: Readonly<Record<ArenaName, ArenaStats>>;
  /** Read when it is asked for; null where the runtime does not say. */
  readonly memory: MemoryStats | null;
}
