/**
 * Measured program: one load of the memory contract (`contract-loads.ts`), at full speed for so many minutes, and at least so
 * often. Needs the collector exposed (Node: --expose-gc).
 *
 *   contract-program <load> <count> <minutes>
 */
import { counts, LOADS } from './contract-loads.ts';
import { collect, hand, sleep } from './measured.ts';
import { type Slope, slope } from './statistics.ts';

const MB = 1024 * 1024;
const SAMPLES = 60;
const WARM_SHARE = 0.4;
const KINDS = ['rss', 'heapUsed', 'external'] as const;

const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);

const [name = '', least = '0', minutes = '1'] = process.argv.slice(2);
const make = LOADS[name];
if (make === undefined) throw new Error(`there is no load ${name}; there are ${Object.keys(LOADS).join(', ')}`);
const listenersBefore = listeners();
const load = make();
load.app?.flush();
load.round();
load.rest();
const base = load.app === null ? {} : counts(load.app);
const runMs = Number(minutes) * 60_000;
const at: number[] = [];
const values: Record<(typeof KINDS)[number], number[]> = { rss: [], heapUsed: [], external: [] };
const startMs = performance.now();
let done = 0;
let sampledMs = startMs;
for (let nowMs = startMs; done < Number(least) || nowMs - startMs < runMs; nowMs = performance.now()) {
  done += load.round();
  await new Promise((resolve) => void setImmediate(resolve));
  if (nowMs - sampledMs < runMs / SAMPLES) continue;
  sampledMs = nowMs;
  collect();
  const usage = process.memoryUsage();
  at.push((nowMs - startMs) / 60_000);
  for (const kind of KINDS) values[kind].push(usage[kind] / MB);
}
const ranMinutes = (performance.now() - startMs) / 60_000;
load.rest();
const faults = load.faults?.() ?? [];
if (load.app !== null) {
  const now = counts(load.app);
  for (const [count, value] of Object.entries(now)) if (value !== base[count]) faults.push(`${count} ${base[count]} → ${value}`);
  const { survivors } = await load.app.unmount();
  faults.push(...survivors);
}
await sleep(50);
if (listeners() !== listenersBefore) faults.push(`${listeners() - listenersBefore} listeners on the process`);
const from = Math.floor(at.length * WARM_SHARE);
const slopes = {} as Record<(typeof KINDS)[number], Slope>;
for (const kind of KINDS) {
  const { rise, margin } = slope(at.slice(from), values[kind].slice(from));
  slopes[kind] = { rise: rise * 10, margin: margin * 10 };
}
hand({ done, minutes: ranMinutes, faults, slopes, rssMb: values.rss.at(-1) ?? Number.NaN });
