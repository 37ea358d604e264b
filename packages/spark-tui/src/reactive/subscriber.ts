/**
 * A bridge from an outside source of events (a timer, a file watcher, a socket) into the graph: it
 * is started when the first effect or derived observes it and stopped after the last one went.
 */
import { setCurrentScope } from './ownership.ts';
import { Pulse } from './signal.ts';
import { algorithm, sharedTracker, untrack } from './graph.ts';
import { settleLater, type Settling } from './queue.ts';

const { link } = algorithm;
const tracker = sharedTracker;

/** Starts listening; calls `update` at each event. May return what stops it. */
export type StartSubscription = (update: () => void) => void | (() => void);

class SubscriberNode extends Pulse implements Settling {
  private readonly start: StartSubscription;
  private stop: (() => void) | null = null;
  private started = false;

  constructor(start: StartSubscription) {
    super();
    this.start = start;
  }

  subscribe(): void {
    const sub = tracker.sub;
    if (sub === undefined) return;
    this.refresh();
    link(this, sub, tracker.run);
    if (this.started) return;
    this.started = true;
    const scope = setCurrentScope(null);
    try {
      const stop = untrack(() => this.start(() => this.fire()));
      this.stop = typeof stop === 'function' ? stop : null;
    } catch (error) {
      this.started = false;
      throw error;
    } finally {
      setCurrentScope(scope);
    }
  }

  /** An effect that runs again lets go for a moment; so the source is stopped at the end of the flush. */
  override unwatched(): void {
    this.version++; // Events are missed from now on.
    settleLater(this);
  }

  settle(): void {
    if (this.subs !== undefined || !this.started) return;
    this.started = false;
    const stop = this.stop;
    this.stop = null;
    stop?.();
  }
}

/**
 * Makes an outside source observable. Call the returned function where the current state of the
 * source is read: inside an effect or derived it subscribes, elsewhere it does nothing.
 *
 * @param start - starts listening, calls `update` at each event, returns what stops it
 * @example
 * const subscribe = createSubscriber((update) => { const t = setInterval(update, 1000); return () => clearInterval(t); });
 * const now = () => (subscribe(), Date.now());
 * effect(() => console.log(now())); // the timer exists while this effect does
 * @throws what `start` throws, at the read that would have started it
 */
export function createSubscriber(start: StartSubscription): () => void {
  const node = new SubscriberNode(start);
  return () => node.subscribe();
}
