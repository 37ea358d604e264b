/**
 * Measured program: a list of rows in a scroll container, windowed or whole, in memory.
 * `scroll-program.js <rows> <virtual|full> <rounds> <steps a round>`
 */
import { box, createRef, each, mountSync, signal, text } from 'spark-tui';
import { collect, hand, inMemory } from './measured.ts';
import { median } from './statistics.ts';

const [rows = '1000', kind = 'virtual', rounds = '8', steps = '400'] = process.argv.slice(2);
const COUNT = Number(rows);
const STEPS = Number(steps);

const items = signal(Array.from({ length: COUNT }, (_, id) => ({ id, title: `row ${id} of many` })));
collect();
const heapBefore = process.memoryUsage().heapUsed;
const container = createRef();
const start = performance.now();
const app = mountSync(
  () =>
    box({ ref: container, width: 80, height: 24, overflow: 'auto' }, () =>
      each(
        () => items.value,
        (row) =>
          box({ flexDirection: 'row', height: 1, shrink: 0 }, () => {
            text({ content: () => String(row().id), width: 8 });
            text({ content: () => row().title });
          }),
        { key: ({ id }) => id, virtual: kind === 'virtual' },
      ),
    ),
  inMemory(80, 24),
);
app.flush();
const firstMs = performance.now() - start;
collect();
const heapMB = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
const { nodes, arenaBytes } = app.stats();

/** Down and up again, a row a step. */
let at = 0;
function step(): void {
  at++;
  container.scrollBy({ y: at % 1600 < 800 ? 1 : -1 });
  app.flush();
}

for (let n = 0; n < STEPS; n++) step();
const costs: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const { user, system } = process.cpuUsage();
  for (let n = 0; n < STEPS; n++) step();
  const after = process.cpuUsage();
  costs.push((after.user + after.system - user - system) / STEPS);
}
// One row more, above all others.
const edits: number[] = [];
for (let n = 0; n < 10; n++) {
  const next = [{ id: -1 - n, title: 'new' }, ...items.value];
  const before = performance.now();
  items.value = next;
  app.flush();
  edits.push(performance.now() - before);
}
await app.unmount();
hand({ firstMs, heapMB, nodes, arenaMB: arenaBytes / 1e6, stepMicros: median(costs), editMs: median(edits) });
