/**
 * Measured program: from the bytes of a key to the bytes it causes, on its terminal.
 *
 *   key-latency-program.js app <nodes> <warm>   an app of so many nodes; a key changes one digit
 *   key-latency-program.js raw                  reads and writes, and nothing else
 *
 * First `warm` keys without a pause, as if they came from the terminal; then those of the terminal. Enter ends it. Times are of the process itself: when the read was delivered, when the handler ran, when the
 * bytes were written.
 */
import { openSync, writeSync } from 'node:fs';
import { mountSync, onKey, signal, text } from 'spark-tui';
import { hand, monotonicMs, WatchedClock } from './measured.ts';
import { leafTree } from './workloads.ts';

const [mode, nodes, warm] = process.argv.slice(2);
const ENTER = 0x0d;
const read: number[] = [];
const handled: number[] = [];
const written: number[] = [];
/** Milliseconds from read to bytes of the last keys without a pause. */
let unpaused: number[] = [];

if (mode === 'app') {
  const clock = new WatchedClock();
  const { root } = leafTree(Number(nodes) - 1, 24, 120, 39);
  const value = signal(0);
  // Before the app's own listener, and as the first thing of the read.
  process.stdin.on('data', (bytes) => {
    if (bytes[0] === ENTER) return;
    read.push(monotonicMs());
    // The turn of the loop after this read: everything it caused is done.
    setImmediate(() => written.push(clock.frameDoneMs));
  });
  const app = mountSync(
    () => {
      onKey('Enter', () => {
        void app.unmount();
        hand({ read, handled, written, unpaused });
      });
      onKey(() => {
        handled.push(monotonicMs());
        value.value = 1 + (value.peek() % 9);
      });
      text({ content: value });
      root();
    },
    { maxFps: Infinity, clock },
  );
  for (let i = 0; i < Number(warm); i++) {
    process.stdin.emit('data', Buffer.of(0x61 + (i % 26)));
    await new Promise((resolve) => void setImmediate(resolve));
    if (clock.busy) await clock.idle();
  }
  unpaused = written.map((ms, i) => ms - read[i]!).slice(-2000);
  read.length = 0;
  handled.length = 0;
  written.length = 0;
} else {
  const fd = openSync('/dev/tty', 'w');
  const bytes = new Uint8Array([8, 8, 8, 0]);
  process.stdin.setRawMode(true);
  process.stdin.on('data', (keys) => {
    if (keys[0] === ENTER) {
      hand({ read, handled, written, unpaused });
      process.exit(0);
    }
    const start = monotonicMs();
    bytes[3] = keys[0]!;
    writeSync(fd, bytes);
    read.push(start);
    handled.push(start);
    written.push(monotonicMs());
  });
}
// Ready: the first bytes after the app's own.
process.stdout.write('\x07');
