/**
 * What apps that have ended did not free: their scopes, effects and timers live on, and no app that could be asked
 * counts them any more. Kept are only the counters, so that what is garbage apart from them stays garbage.
 */
import type { Tally } from './scope.ts';

/** Apps whose counters are kept; the counts of older ones are taken for final. */
const MAX_APPS = 256;

/** Counts of what is left. */
export interface Remains {
  scopes: number;
  /** Effects, bindings among them. */
  effects: number;
  bindings: number;
  cleanups: number;
  timers: number;
}

/** How many timers of an app wait. */
export interface TimerCount {
  waiting: number;
}

interface EndedApp {
  readonly tally: Tally;
  readonly timers: TimerCount;
}

class EndedApps {
  private readonly apps = new Set<EndedApp>();
  private readonly final: Remains = { scopes: 0, effects: 0, bindings: 0, cleanups: 0, timers: 0 };

  /** An app has ended. Nothing is kept of one that has freed everything. */
  add(tally: Tally, timers: TimerCount): void {
    this.prune();
    const app = { tally, timers };
    if (isEmpty(app)) return;
    // It leads to the whole app, which nobody looks at any more.
    tally.inspector = null;
    this.apps.add(app);
    if (this.apps.size <= MAX_APPS) return;
    const [oldest] = this.apps;
    if (oldest === undefined) return;
    addTo(this.final, oldest);
    this.apps.delete(oldest);
  }

  /** What is left now of all of them. */
  remains(): Remains {
    this.prune();
    const sum = { ...this.final };
    for (const app of this.apps) addTo(sum, app);
    return sum;
  }

  private prune(): void {
    for (const app of this.apps) if (isEmpty(app)) this.apps.delete(app);
  }
}

function isEmpty({ tally, timers }: EndedApp): boolean {
  return tally.scopes === 0 && tally.effects === 0 && tally.bindings === 0 && tally.disposers === 0 && timers.waiting === 0;
}

function addTo(sum: Remains, { tally, timers }: EndedApp): void {
  sum.scopes += tally.scopes;
  sum.effects += tally.effects;
  sum.bindings += tally.bindings;
  sum.cleanups += tally.disposers;
  sum.timers += timers.waiting;
}

/** The ended apps of this process. */
export const endedApps: EndedApps = new EndedApps();
