/**
 * The contract of memory in miniature: updates, subtrees that come and go, whole apps that come and go.
 * Counts are exact; slopes of the heap are generous, so that only a leak breaks them. Needs --expose-gc.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppStats, box, derived, each, isMounted, type MountHandle, mountSync, onCleanup, onKey, type OutputStream, show, signal, text } from 'spark-tui';

const MB = 1024 * 1024;
/** Counts that must be the same whenever the same elements exist. */
const COUNTS = [
  'nodes',
  'scopes',
  'effects',
  'cleanups',
  'handlers',
  'keyHandlers',
  'watchedBounds',
  'timers',
  'glyphs',
  'runWords',
  'arenaBytes',
  'inputBytes',
  'pendingEffects',
] as const;
const NOTHING_LEFT = { nodes: 0, scopes: 0, effects: 0, bindings: 0, cleanups: 0, handlers: 0, timers: 0, listeners: 0, handles: 0, survivors: [] };

class Terminal implements OutputStream {
  bytes = 0;
  listeners = 0;

  write(chunk: Uint8Array | string): boolean {
    this.bytes += chunk.length;
    return true;
  }

  on(): this {
    this.listeners++;
    return this;
  }

  off(): this {
    this.listeners--;
    return this;
  }
}

function counts(stats: AppStats): Record<string, number> {
  return Object.fromEntries(COUNTS.map((name) => [name, stats[name]]));
}

const host = globalThis as { gc?: () => void };
const canCollect = host.gc !== undefined;

/** Bytes that are reachable: on the heap and outside it. */
async function liveBytes(): Promise<number> {
  // What waits for the next turn of the loop (frames of ended apps, buffers on their way out) is garbage only then.
  host.gc?.();
  await new Promise((resolve) => void setImmediate(resolve));
  host.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs `rounds` rounds of `round` and gives what the second half of them added, in MB. */
async function growth(rounds: number, round: (n: number) => void): Promise<number> {
  let middle = 0;
  for (let n = 0; n < rounds; n++) {
    round(n);
    if (n === rounds / 2 - 1) middle = await liveBytes();
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return ((await liveBytes()) - middle) / MB;
}

function open(root: () => unknown): { app: MountHandle; terminal: Terminal } {
  const terminal = new Terminal();
  const app = mountSync(root, { output: terminal, width: 80, height: 24, maxFps: Infinity });
  app.flush();
  return { app, terminal };
}

test('100,000 updates leave every count as it was and the heap flat', async () => {
  const counter = signal(0);
  const double = derived(() => counter.value * 2);
  const { app } = open(() => {
    box({ border: 'rounded', borderColor: () => (counter.value % 2 === 0 ? 'cyan' : 'gray') }, () => {
      text({ content: () => `count ${counter.value}`, bold: true });
      text({ content: double });
      text({ content: () => ['one line', 'two\nlines', '日本語 and 👩‍👩‍👧'][counter.value % 3]! });
    });
  });
  // Every text was shown once: clusters stay known until the table of them is full.
  for (const shownOnce of [3_000_002, 3_000_001, 3_000_000]) {
    counter.value = shownOnce;
    app.flush();
  }
  const base = counts(app.stats());
  const { frames } = app.stats();
  let value = 3_000_000;
  const grown = await growth(20, () => {
    for (let i = 0; i < 5000; i++) {
      counter.value = ++value;
      app.flush();
    }
  });
  // Back to the text of the base: runs depend on what is shown.
  counter.value = 3_000_000;
  app.flush();
  assert.ok(app.stats().frames - frames >= 100_000, 'every update was a frame');
  assert.deepEqual(counts(app.stats()), base);
  if (canCollect) assert.ok(grown < 2, `50,000 updates added ${grown.toFixed(2)} MB`);
  const { ms: _, ...left } = await app.unmount();
  assert.deepEqual(left, NOTHING_LEFT);
});

test('2,000 subtrees that come and go leave every count as it was, and what they cleaned up', async () => {
  const shown = signal(false);
  const items = signal<readonly number[]>([]);
  const tick = signal(0);
  let made = 0;
  let ended = 0;
  const { app } = open(() => {
    text({ content: tick });
    show(shown, () => {
      made++;
      onCleanup(() => {
        ended++;
      });
      box({ onClick: () => undefined, focusable: true }, () => {
        const label = derived(() => `tick ${tick.value}`);
        for (let i = 0; i < 4; i++) {
          box({ flexDirection: 'row', bg: () => (tick.value % 2 === 0 ? 'blue' : 'red') }, () => {
            text({ content: label });
          });
        }
        text({ content: '👩‍👩‍👧', onKey: () => false });
        onKey('x', () => undefined);
      });
    });
    each(items, (item) => text({ content: () => `item ${item()}` }), { key: (item) => item });
  });
  const cycle = (n: number): void => {
    tick.value++;
    shown.value = true;
    items.value = [n, n + 1, n + 2];
    app.flush();
    items.value = [n + 2, n + 3];
    app.flush();
    shown.value = false;
    items.value = [];
    app.flush();
  };
  // Two digits shown, always: runs depend on what is shown.
  tick.value = 10;
  for (let n = 0; n < 50; n++) cycle(n);
  tick.value = 10;
  app.flush();
  const base = counts(app.stats());
  const before = made;
  const grown = await growth(20, (round) => {
    for (let i = 0; i < 100; i++) cycle(round * 100 + i);
  });
  tick.value = 10;
  app.flush();
  assert.equal(made - before, 2000);
  assert.equal(ended, made, 'every subtree was cleaned up once');
  assert.deepEqual(counts(app.stats()), base);
  if (canCollect) assert.ok(grown < 2, `1,000 cycles added ${grown.toFixed(2)} MB`);
  const { ms: _, ...left } = await app.unmount();
  assert.deepEqual(left, NOTHING_LEFT);
});

test('50 apps that come and go leave nothing: no count, no listener, no memory', async () => {
  const outside = signal(0);
  const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const before = listeners();
  const mountedBefore = isMounted();
  let frames = 0;
  const unmounted: ReturnType<MountHandle['unmount']>[] = [];
  const grown = await growth(50, () => {
    const { app, terminal } = open(() => {
      onKey('q', () => undefined);
      box({ flexDirection: 'row', flexWrap: 'wrap' }, () => {
        for (let i = 0; i < 200; i++) text({ content: () => `${i}:${outside.value}` });
      });
    });
    outside.value++;
    app.flush();
    ({ frames } = app.stats());
    unmounted.push(app.unmount());
    assert.equal(terminal.listeners, 0, 'listeners on the stream');
    const { bytes } = terminal;
    outside.value++;
    assert.equal(terminal.bytes, bytes, 'bytes after unmount');
  });
  const lefts = await Promise.all(unmounted);
  assert.ok(frames >= 2, 'frames ran');
  assert.equal(isMounted(), mountedBefore);
  assert.equal(lefts.length, 50);
  for (const { ms: _, ...left } of lefts) assert.deepEqual(left, NOTHING_LEFT);
  assert.equal(listeners(), before, 'listeners on the process');
  if (canCollect) assert.ok(grown < 4, `25 apps added ${grown.toFixed(2)} MB`);
});
