/**
 * What exists in an app, grouped by what it is and by its component path. Taken when a leak is suspected, so it is cheap:
 * bounded, and where things were made is looked up for a few of those that have grown, at the end.
 */
import { type Owned, pathOf, Scope } from '../base/index.ts';
import { U32_RUN_LENGTH } from '../scene/index.ts';
import type { App } from './app.ts';

/** Owned things looked at, the newest first; an app with more is counted in part. */
const MAX_VISITED = 150_000;
/** Groups kept apart; what does not fit is counted together. */
const MAX_GROUPS = 2000;
/** Members of a group whose sites are looked up: to put a stack into words takes 0.1 ms. */
const MAX_SITES = 32;

const REST = 'others';
const WORDS = 'words of text';
const LINES = 'lines of history';

/** Gauges that count something of their own, not owned things. */
const KIND_OF_GAUGE: Readonly<Record<string, string>> = { runWords: WORDS, historyBytes: LINES };
/** Gauges that anything may have lifted. */
const OF_EVERYTHING: ReadonlySet<string> = new Set(['heapUsed', 'external', 'rss', 'arenaBytes']);

interface Group {
  readonly kind: string;
  readonly path: string;
  count: number;
  /** Who they are, the newest last; only when sites will be looked up. */
  readonly members: Owned[] | null;
}

export type Census = Map<string, Group>;

/** A group that has grown, by site. */
export interface Grown {
  readonly kind: string;
  readonly path: string;
  readonly site: string;
  readonly count: number;
  readonly rise: number;
}

/** What an owned thing is, in a word. */
export function ownedKind(owned: Owned): string {
  if (!(owned instanceof Scope)) return 'a cleanup';
  if ('order' in owned) return 'an effect';
  return 'slot' in owned ? 'an element' : 'a scope';
}

/** Counts what there is. With `keepMembers` the census holds on to it, for `grown` to say where it was made. */
export function takeCensus(app: App, keepMembers = false): Census {
  const census: Census = new Map();
  const paths = new Map<Scope, string>();
  const { scene } = app;
  const words = scene.u32.array.subarray(U32_RUN_LENGTH * scene.capacity, (U32_RUN_LENGTH + 1) * scene.capacity);
  const see = (owned: Owned): void => {
    const path = pathFor(owned, paths);
    count(census, ownedKind(owned), path, 1, keepMembers ? owned : null);
    if ('slot' in owned) {
      const length = words[owned.slot as number] as number;
      if (length > 0) count(census, WORDS, path, length, keepMembers ? owned : null);
    }
  };
  const sites = app.inspector?.sites ?? null;
  if (sites === null) visitTree(app.scope, see);
  else {
    // Also what no scope of the app owns any more; the newest are at the end.
    let left = sites.size;
    for (const owned of sites.keys()) if (left-- <= MAX_VISITED) see(owned);
  }
  const lines = app.history.waiting.length;
  if (lines > 0) count(census, LINES, '', lines, null);
  return census;
}

/** What has grown from one census to another and may have lifted that gauge, the most first. */
export function grown(app: App, gauge: string, before: Census, now: Census, most: number): Grown[] {
  const ofGauge = KIND_OF_GAUGE[gauge];
  const risen: { group: Group; rise: number }[] = [];
  for (const [key, group] of now) {
    const isOwned = group.kind !== WORDS && group.kind !== LINES;
    if (ofGauge === undefined ? !isOwned && !OF_EVERYTHING.has(gauge) : group.kind !== ofGauge) continue;
    const rise = group.count - (before.get(key)?.count ?? 0);
    if (rise > 0) risen.push({ group, rise });
  }
  risen.sort((a, b) => b.rise - a.rise).splice(most);
  return risen.flatMap(({ group, rise }) => bySite(app, group, rise)).slice(0, most);
}

/** The rise of a group by where things of it were made: what grew is among the newest, so some of those tell. */
function bySite(app: App, { kind, path, count: all, members }: Group, rise: number): Grown[] {
  const { inspector } = app;
  if (inspector === null || inspector.sites === null || members === null || members.length === 0) return [{ kind, path, site: '', count: all, rise }];
  const newest = members.slice(-rise);
  const looked = Math.min(MAX_SITES, newest.length);
  const sites = new Map<string, number>();
  for (let i = 0; i < looked; i++) {
    const site = inspector.siteOf(newest[Math.floor((i * newest.length) / looked)] as Owned);
    sites.set(site, (sites.get(site) ?? 0) + 1);
  }
  return [...sites].sort((a, b) => b[1] - a[1]).map(([site, share]) => ({ kind, path, site, count: all, rise: Math.ceil((rise * share) / looked) }));
}

function visitTree(root: Scope, see: (owned: Owned) => void): void {
  const stack: Owned[] = [root];
  for (let visited = 0; stack.length > 0 && visited < MAX_VISITED; visited++) {
    const owned = stack.pop() as Owned;
    if (owned !== root) see(owned);
    if (!(owned instanceof Scope)) continue;
    // The newest on top.
    for (let child = owned.firstOwned; child !== null; child = child.nextOwned) stack.push(child);
  }
}

/** The path of the element that a thing is or belongs to; found out once for each element. */
function pathFor(owned: Owned, paths: Map<Scope, string>): string {
  const scope = owned instanceof Scope ? owned : owned.owner;
  let at = scope;
  while (at !== null && !('slot' in at)) at = at.owner;
  if (at === null) return pathOf(scope);
  let path = paths.get(at);
  if (path === undefined) paths.set(at, (path = pathOf(at)));
  return path;
}

function count(census: Census, kind: string, path: string, howMany: number, member: Owned | null): void {
  const key = `${kind}|${path}`;
  let group = census.get(key) ?? (census.size < MAX_GROUPS ? undefined : census.get(REST));
  if (group === undefined) {
    const isRest = census.size >= MAX_GROUPS;
    group = { kind: isRest ? REST : kind, path: isRest ? '' : path, count: 0, members: member === null ? null : [] };
    census.set(isRest ? REST : key, group);
  }
  group.count += howMany;
  if (member !== null) group.members?.push(member);
}
