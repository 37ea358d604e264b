/**
 * The statistics as a signal. It changes when a frame begins, before that frame's effects run, and then tells what
 * the frames before have left: so an app may show its own statistics without asking for a frame by that. Nothing
 * runs while nobody observes it.
 */
import { createSubscriber, type ReadableSignal } from '../reactive/index.ts';
import type { App } from './app.ts';
import type { AppStats } from './app-stats.ts';

export function statsSignal(app: App): ReadableSignal<AppStats> {
  const { stats } = app.frame;
  const subscribe = createSubscriber((update) => {
    stats.onBegin = update;
    return () => {
      stats.onBegin = null;
    };
  });
  return {
    get value() {
      subscribe();
      return app.stats();
    },
  };
}
