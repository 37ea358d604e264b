/** Runs the benchmarks' loads on its terminal, one after another, at full speed, until Ctrl+C. */
import { mount, onCleanup, onKey, show, signal } from 'spark-tui';
import { WORKLOADS } from '../../bench/workloads.ts';

/** Loads that whoever reads the terminal here keeps up with: not W7, which is 200 kB a frame. */
const NAMES = ['W2', 'W3', 'W4', 'W5', 'W9'];
const STEPS = 120;

await mount(() => {
  const loads = NAMES.map((name) => WORKLOADS.get(name)!());
  const current = signal(0);
  for (const [n, load] of loads.entries()) show(() => current.value === n, () => load.root());
  let step = 0;
  let immediate: NodeJS.Immediate | undefined;
  const run = (): void => {
    const load = loads[current.peek()]!;
    load.step(step);
    if (++step % STEPS === 0) current.value = (current.peek() + 1) % loads.length;
    immediate = setImmediate(run);
  };
  run();
  onCleanup(() => clearImmediate(immediate));
  onKey('x', () => undefined);
});
