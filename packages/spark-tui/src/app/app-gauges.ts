/**
 * The counts of an app: registered once as gauges, read by `stats()`, by the leak sentinel and by tests. All are
 * read from their owners when asked for; keeping them costs a frame nothing.
 */
import { bufferPool, type Tally, unownedTally } from '../base/index.ts';
import { mostPendingEffects, pendingEffects, transientDeriveds } from '../reactive/index.ts';
import { colorCacheSize } from '../style/index.ts';
import type { Output } from '../terminal/index.ts';
import type { App } from './app.ts';
import type { AppStats, ArenaName, ArenaStats, MemoryStats, QueueName, QueueStats } from './app-stats.ts';
import { MAX_WAITING_BYTES } from './history.ts';
import type { InputPump } from './input-pump.ts';
import type { TimerLedger } from './timer-ledger.ts';

/** Parsed colours, and deriveds that are remembered within one tick. */
const MAX_CACHE_ENTRIES = 512 + 4096;

/** What gauges read beside what everybody sees of an app. */
export interface GaugeSources {
  readonly tally: Tally;
  readonly pump: InputPump;
  readonly timers: TimerLedger;
  readonly maxNodes: number;
  /** Listeners on streams. */
  readonly listeners: () => number;
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
}

/** Queue → its gauge. */
const QUEUES: Readonly<Record<QueueName, string>> = {
  effects: 'pendingEffects',
  layout: 'layoutQueue',
  paint: 'paintQueue',
  inputBytes: 'inputBytes',
  historyBytes: 'historyBytes',
  outputBytes: 'outputBytes',
};

export function registerGauges(app: App, sources: GaugeSources): void {
  const { gauges, scene } = app;
  const { tally, pump, timers, maxNodes, output } = sources;
  gauges.register('nodes', maxNodes, () => Math.max(0, scene.live - 1));
  gauges.register('scopes', Infinity, () => tally.scopes);
  gauges.register('effects', Infinity, () => tally.effects);
  gauges.register('bindings', Infinity, () => tally.bindings);
  gauges.register('cleanups', Infinity, () => tally.disposers);
  gauges.register('handlers', maxNodes, () => app.events.elements.size);
  gauges.register('keyHandlers', Infinity, () => app.events.globalHandlers);
  gauges.register('watchedBounds', maxNodes, () => app.frame.bounds.size);
  gauges.register('watchedScrolls', maxNodes, () => app.events.scroller.size);
  gauges.register('timers', Infinity, () => timers.size);
  gauges.register('listeners', Infinity, sources.listeners);
  gauges.register('glyphs', app.glyphs.capacity, () => app.glyphs.size, { isCache: true });
  gauges.register('extras', app.extras.capacity, () => app.extras.size, { isCache: true });
  gauges.register('cacheEntries', MAX_CACHE_ENTRIES, () => colorCacheSize() + transientDeriveds(), { isCache: true });
  gauges.register('runWords', Infinity, () => scene.runs.usedWords);
  gauges.register('arenaBytes', Infinity, () => scene.byteLength + app.screen.byteLength, { isCapacity: true });
  gauges.register('inputBytes', Infinity, () => pump.heldBytes, { high: () => pump.mostHeldBytes });
  gauges.register('historyBytes', MAX_WAITING_BYTES, () => app.history.waitingBytes, { high: () => app.history.mostWaitingBytes });
  gauges.register('pendingEffects', Infinity, () => pendingEffects(), { high: mostPendingEffects });
  gauges.register('layoutQueue', maxNodes, () => scene.layoutQueue.length, { high: () => scene.layoutQueue.high });
  gauges.register('paintQueue', maxNodes, () => scene.paintQueue.length, { high: () => scene.paintQueue.high });
  gauges.register('outputBytes', Infinity, () => output?.waitingBytes ?? 0, { high: () => output?.mostWaitingBytes ?? 0 });
}

/** Names of gauges that are no member of `AppStats`: they are in `queues`. */
const ONLY_QUEUES = ['layoutQueue', 'paintQueue', 'outputBytes'];

/** Puts together what `stats()` gives. Timings and memory are looked at only when they are read. */
export function collectStats(app: App, output: { readonly bytesWritten: number; readonly writes: number } | null, readMemory: (() => MemoryStats) | null): AppStats {
  const { frame, gauges } = app;
  const { stats } = frame;
  const values = gauges.values();
  for (const name of ONLY_QUEUES) delete values[name];
  return {
    ...(values as unknown as AppStats),
    // No gauge of the app: it is not expected to be zero when the app has ended.
    ownerlessEffects: unownedTally.effects,
    queues: queueStats(app),
    frames: stats.frames,
    emptyFrames: stats.emptyFrames,
    mergedFrames: stats.mergedFrames,
    layoutRuns: frame.layout.counters.runs,
    bytesWritten: output?.bytesWritten ?? 0,
    writes: output?.writes ?? 0,
    arenas: arenaStats(app),
    get timings() {
      return stats.timings();
    },
    get memory() {
      return readMemory?.() ?? null;
    },
  };
}

function queueStats({ gauges }: App): Record<QueueName, QueueStats> {
  const out = {} as Record<QueueName, QueueStats>;
  for (const name of Object.keys(QUEUES) as QueueName[]) {
    const { value, high, bound } = gauges.get(QUEUES[name]);
    out[name] = { depth: value, high, bound };
  }
  return out;
}

function arenaStats({ scene, screen }: App): Record<ArenaName, ArenaStats> {
  const section = (name: 'f32' | 'f64' | 'i32' | 'u8' | 'u32'): ArenaStats => {
    const { columns, byteLength, array } = scene[name];
    return { usedBytes: scene.live * columns * array.BYTES_PER_ELEMENT, capacityBytes: byteLength };
  };
  const whole = (capacityBytes: number, usedBytes: number): ArenaStats => ({ usedBytes, capacityBytes });
  const cells = screen.cols * screen.rows;
  const { back, front, owners } = screen;
  return {
    f32: section('f32'),
    f64: section('f64'),
    i32: section('i32'),
    u8: section('u8'),
    u32: section('u32'),
    runs: whole(scene.runs.byteLength, scene.runs.usedWords * 4),
    back: whole(back.byteLength, back.byteLength === 0 ? 0 : cells * 16),
    front: whole(front.byteLength, front.byteLength === 0 ? 0 : cells * 16),
    owners: whole(owners.slots.buffer.byteLength, owners.slots.byteLength * 2),
    pool: whole(bufferPool.usedBytes + bufferPool.keptBytes, bufferPool.usedBytes),
  };
}
