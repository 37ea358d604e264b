/**
 * What exists in an app, grouped by where it belongs: for each group what it is, its component path, and where it was
 * made when creation sites are kept. Taken when a leak is suspected; bounded.
 */
import { type Owned, pathOf, Scope } from '../base/index.ts';
import type { App } from './app.ts';

/** Owned things looked at; an app with more is counted in part. */
const MAX_VISITED = 50_000;
/** Groups kept apart; what does not fit is counted together. */
const MAX_GROUPS = 2000;
const REST = 'others';

export interface Group {
  readonly kind: string;
  readonly path: string;
  readonly site: string;
  count: number;
}

export type Census = Map<string, Group>;

/** What an owned thing is, in a word. */
export function ownedKind(owned: Owned): string {
  if (!(owned instanceof Scope)) return 'a cleanup';
  if ('order' in owned) return 'an effect';
  return 'slot' in owned ? 'an element' : 'a scope';
}

export function takeCensus(app: App): Census {
  const census: Census = new Map();
  const sites = app.inspector?.sites ?? null;
  if (sites !== null) {
    // Also what no scope of the app owns any more.
    let visited = 0;
    for (const owned of sites.keys()) {
      if (++visited > MAX_VISITED) break;
      count(census, owned, app.inspector?.siteOf(owned) ?? '');
    }
    return census;
  }
  const stack: Owned[] = [app.scope];
  for (let visited = 0; stack.length > 0 && visited < MAX_VISITED; visited++) {
    const owned = stack.pop() as Owned;
    if (owned !== app.scope) count(census, owned, '');
    if (!(owned instanceof Scope)) continue;
    for (let child = owned.lastOwned; child !== null; child = child.prevOwned) stack.push(child);
  }
  return census;
}

function count(census: Census, owned: Owned, site: string): void {
  const kind = ownedKind(owned);
  const path = pathOf(owned instanceof Scope ? owned : owned.owner);
  const key = `${kind}|${path}|${site}`;
  const group = census.get(key);
  if (group !== undefined) {
    group.count++;
    return;
  }
  if (census.size < MAX_GROUPS) census.set(key, { kind, path, site, count: 1 });
  else if (census.has(REST)) (census.get(REST) as Group).count++;
  else census.set(REST, { kind: REST, path: '', site: '', count: 1 });
}

/** The groups that have grown from one census to another, the most first. */
export function grown(before: Census, now: Census, most: number): { group: Group; rise: number }[] {
  const out: { group: Group; rise: number }[] = [];
  for (const [key, group] of now) {
    const rise = group.count - (before.get(key)?.count ?? 0);
    if (rise > 0) out.push({ group, rise });
  }
  return out.sort((a, b) => b.rise - a.rise).slice(0, most);
}
