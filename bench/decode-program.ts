/**
 * Measured program: bulk input through a mounted app, in memory.
 *
 *   decode-program.js paste <script>   an 8 MiB paste, in reads as a terminal gives them; time and peak of memory
 *   decode-program.js terminal         a paste from the terminal it runs on; time from its first byte on, peak of memory
 *   decode-program.js moves            1,000,000 mouse moves over elements that handle and show them
 *
 * The peak is the kernel's, of the resident set, above what was resident before: Linux only, elsewhere not a number.
 */
import { EventEmitter } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { box, type InputStream, mountSync, signal, text } from 'spark-tui';
import { paste, repeated, TEXTS, TTY_READ_BYTES } from './decode-loads.ts';
import { collect, hand, inMemory, sleep } from './measured.ts';

const MOVES = 1_000_000;

class Input extends EventEmitter implements InputStream {
  resume(): void {}
  pause(): void {}
}

/** A line of /proc/self/status, in bytes. */
function status(name: string): number {
  try {
    const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
    return line === null ? Number.NaN : Number(line[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** Forgets the highest resident set so far. */
function resetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // not Linux: the peak is not a number
  }
}

/** Feeds `bytes` read by read, each in memory of its own, with a turn of the loop between them. */
async function feed(input: Input, bytes: Uint8Array): Promise<void> {
  for (let i = 0; i < bytes.length; i += TTY_READ_BYTES) {
    input.emit('data', Buffer.from(bytes.subarray(i, i + TTY_READ_BYTES)));
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

async function measure(input: Input, bytes: Uint8Array): Promise<{ ms: number; peakBytes: number }> {
  collect();
  await sleep(50);
  collect();
  resetPeak();
  const before = status('VmRSS');
  const start = performance.now();
  await feed(input, bytes);
  const ms = performance.now() - start;
  return { ms, peakBytes: status('VmHWM') - before };
}

async function pasteIntoApp(script: keyof typeof TEXTS): Promise<void> {
  const input = new Input();
  let length = 0;
  let events = 0;
  const shown = signal(0);
  const app = mountSync(
    () =>
      box({
        onPaste: (event) => {
          events++;
          length = event.text.length;
          shown.value = length;
        },
        children: () => text({ content: () => `${shown.value} characters` }),
      }),
    { ...inMemory(120, 40), input },
  );
  const unit = `${TEXTS[script]}\r`;
  const bytes = paste(unit, 8 << 20);
  await feed(input, paste(unit, 64 << 10)); // the code is there before memory is measured
  const characters = (Math.floor((8 << 20) / Buffer.byteLength(unit)) * unit.length) | 0;
  const result = await measure(input, bytes);
  if (events !== 2 || length !== characters) throw new Error(`${events} paste events, ${length} characters; expected 2 and ${characters}`);
  await app.unmount();
  hand({ ...result, pasteBytes: bytes.length });
}

async function movesIntoApp(): Promise<void> {
  const input = new Input();
  const at = signal('');
  let handled = 0;
  const app = mountSync(
    () =>
      box({
        width: '100%',
        height: '100%',
        onMouseMove: (event) => {
          handled++;
          at.value = `${event.x},${event.y}`;
        },
        children: () => {
          for (let i = 0; i < 30; i++) box({ width: '100%', height: 1, children: () => text({ content: i === 0 ? () => at.value : 'row' }) });
        },
      }),
    { ...inMemory(120, 40), maxFps: 60, input },
  );
  const reports = Array.from({ length: 1000 }, (_, i) => `\x1b[<35;${1 + ((i * 7) % 120)};${1 + ((i * 3) % 40)}M`).join('');
  const bytes = repeated(reports, reports.length * (MOVES / 1000));
  await feed(input, bytes.subarray(0, reports.length * 20));
  const before = { handled, frames: app.stats().frames };
  const result = await measure(input, bytes);
  const frames = app.stats().frames - before.frames;
  await app.unmount();
  hand({ ...result, handled: handled - before.handled, frames });
}

async function pasteFromTerminal(): Promise<void> {
  let startMs = 0;
  let before = 0;
  process.stdin.on('data', () => {
    startMs ||= performance.now();
  });
  const shown = signal(0);
  const app = mountSync(() =>
    box({
      onPaste: (event) => {
        shown.value = event.text.length;
        const ms = performance.now() - startMs;
        const peakBytes = status('VmHWM') - before;
        void app.unmount().then(() => hand({ ms, peakBytes, characters: event.text.length }));
      },
      children: () => text({ content: () => `${shown.value} characters` }),
    }),
  );
  collect();
  await sleep(50);
  collect();
  resetPeak();
  before = status('VmRSS');
  // The other side of the terminal waits for this before it sends.
  process.stdout.write('\x07');
}

const [mode, script] = process.argv.slice(2);
if (mode === 'paste') await pasteIntoApp(script as keyof typeof TEXTS);
else if (mode === 'terminal') await pasteFromTerminal();
else await movesIntoApp();
