/** What is left of an app that has ended, counted and named. */
import type { App } from './app.ts';
import { ownedKind } from './census.ts';
import type { UnmountReport } from './mount-handle.ts';
import type { Session } from './session.ts';

/** Survivors that are named; more are counted. */
const MAX_NAMED = 20;

/** Counts what is left, when nothing of the session is under way any more. */
export function reportUnmount(app: App, session: Session, ms: number): UnmountReport {
  const { nodes, scopes, effects, bindings, cleanups, handlers, timers } = app.stats();
  const { listeners, handles } = session.keeps ?? { listeners: 0, handles: [] };
  const survivors = [...app.timers.describe(), ...handles];
  if (listeners > 0) survivors.push(`${listeners} listeners on the streams of the terminal`);
  for (const [name, count] of Object.entries({ nodes, scopes, effects, cleanups, handlers })) {
    if (count > 0) survivors.push(`${count} ${name}`);
  }
  const { inspector } = app;
  for (const owned of inspector?.sites?.keys() ?? []) {
    if (survivors.length >= MAX_NAMED) break;
    if (owned.disposed) continue;
    survivors.push(`${ownedKind(owned)} made at ${inspector?.siteOf(owned)}`);
  }
  return { ms, nodes, scopes, effects, bindings, cleanups, handlers, timers, listeners, handles: handles.length, survivors };
}
