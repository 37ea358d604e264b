/**
 * Measured program: a mounted app that does nothing, or (`empty`) a terminal in raw mode that is read and
 * nothing else. Ends when a key comes. `idle-program.js <app|empty>`
 */
import { hand } from './measured.ts';
import { leafTree } from './workloads.ts';

/** Timers of the event loop, where the runtime tells. */
const loopTimers = (): number => (process.getActiveResourcesInfo?.() ?? []).filter((name) => name === 'Timeout' || name === 'Immediate').length;

if (process.argv[2] === 'empty') {
  process.stdin.setRawMode(true);
  process.stdin.on('data', () => {
    hand({ timers: loopTimers() });
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stdin.unref();
  });
  process.stdout.write('\x1b[2J');
} else {
  const { mountSync, onKey, signal, text } = await import('spark-tui');
  const count = signal(0);
  const { root } = leafTree(500, 24, 120, 39);
  const app = mountSync(() => {
    onKey('q', () => {
      hand({ timers: app.stats().timers + loopTimers() });
      void app.unmount();
    });
    text({ content: count });
    root();
  });
  // Not only after the start: idle again after work is what counts.
  for (let i = 1; i <= 50; i++) {
    await new Promise((resolve) => void setTimeout(resolve, 5));
    count.value = i;
  }
}
