/**
 * Depth is no limit, and what was removed is gone: every count returns to its base, exactly. Times are
 * printed and never decide.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../../packages/spark-tui/src/app/index.ts';
import { bufferPool, ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, each, onCleanup, onKey, show, text } from '../../packages/spark-tui/src/ui/index.ts';

/** An app without the layout proof, whose cost grows with the tree. */
function fastApp(width = 80, height = 24): { app: App; output: MemoryOutput } {
  const output = new MemoryOutput();
  const app = new App({
    size: { width, height },
    clock: new ManualClock(),
    output,
    caps: DEFAULT_CAPS,
    maxFps: 60,
    maxNodes: 1_000_000,
    verifyLayout: false,
    exitOnCtrlC: true,
    tabNavigation: true,
    onExit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return { app, output };
}

describe('depth', () => {
  test('10,000 nested boxes are made, laid out, painted, hit, focused and disposed', () => {
    const { app, output } = fastApp(20, 5);
    const label = signal('deep');
    const log: string[] = [];
    const nest = (depth: number): void => {
      if (depth === 0) text({ content: label, onMouseDown: () => void log.push('hit') });
      else box({ focusable: depth === 1 }, () => nest(depth - 1));
    };
    app.start(() => box({ onMouseDown: () => void log.push('root'), onKey: () => void log.push('key') }, () => nest(10_000)));
    app.flush();
    assert.equal(app.text().trim(), 'deep');
    assert.equal(app.gauges.values().nodes, 10_002);
    app.feed(new TextEncoder().encode('\x1b[<0;2;1M\x1b[<0;2;1mx'));
    assert.deepEqual(log, ['hit', 'root', 'key']);
    output.take();
    label.value = 'DEEP';
    app.flush();
    assert.match(new TextDecoder().decode(output.take()), /DEEP$/);
    app.dispose();
    assert.equal(app.gauges.values().nodes, 0);
    assert.equal(app.gauges.values().scopes, 0);
  });

  test('deep trees inside flows keep the order of their siblings', () => {
    const on = signal(false);
    const nest = (depth: number, mark: string): void => {
      if (depth === 0) text({ content: mark });
      else box({}, () => nest(depth - 1, mark));
    };
    using app = createTestApp(
      () => {
        nest(600, 'a');
        show(on, () => {
          nest(600, 'b');
          text({ content: 'c' });
        });
        nest(300, 'd');
      },
      { width: 3, height: 4 },
    );
    assert.equal(app.text(), 'a\nd\n\n');
    on.value = true;
    assert.equal(app.text(), 'a\nb\nc\nd');
  });
});

/** 10 of these make the hundred thousand. */
const CYCLES = 10_000 * Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

describe('what is removed is gone', () => {
  const COUNTS = ['nodes', 'scopes', 'effects', 'cleanups', 'handlers', 'keyHandlers', 'watchedBounds', 'timers', 'runWords', 'pendingEffects', 'glyphs'] as const;

  test(`${CYCLES} times a subtree of ten nodes, made and removed: every gauge is where it was`, () => {
    const { app } = fastApp();
    const on = signal(false);
    const color = signal('red');
    const label = signal(0);
    app.start(() => {
      text({ content: () => `label ${label.value}` });
      show(on, () => {
        const ref = createRef();
        box({ ref, border: 'single', bg: color, onClick: () => undefined, focusable: true }, () => {
          onCleanup(() => undefined);
          onKey('q', () => undefined);
          effect(() => {
            label.peek();
          });
          text({ content: () => `bound ${label.value}` });
          text({ content: () => (ref.isFocused ? 'yes' : 'no') });
          box({ flexDirection: 'row' }, () => {
            for (let i = 0; i < 4; i++) text({ content: `static ${i} é`, fg: color });
          });
          show(on, () => text({ content: 'e\u0301' }));
        });
      });
    });
    const cycle = (times: number): void => {
      for (let i = 0; i < times; i++) {
        on.value = true;
        app.flush();
        on.value = false;
        app.flush();
      }
    };
    const costOfAWrite = (): number => {
      const start = performance.now();
      for (let i = 0; i < 5000; i++) {
        label.value++;
        app.flush();
      }
      return (performance.now() - start) / 5;
    };
    cycle(200);
    for (let i = 0; i < 4; i++) costOfAWrite();
    const base = app.gauges.values();
    const poolBefore = bufferPool.usedBytes;
    const before = costOfAWrite();
    const started = performance.now();
    cycle(CYCLES);
    const cycleMs = (performance.now() - started) / CYCLES;
    const after = costOfAWrite();
    const end = app.gauges.values();
    for (const name of COUNTS) assert.equal(end[name], base[name], name);
    assert.equal(end.arenaBytes, base.arenaBytes, 'slots are reused');
    assert.equal(bufferPool.usedBytes, poolBefore);
    console.log(`# ${CYCLES} cycles of 10 nodes: ${(cycleMs * 1000).toFixed(1)} µs a cycle; a write ${before.toFixed(2)} µs before, ${after.toFixed(2)} µs after (ratio ${(after / before).toFixed(2)})`);
    app.dispose();
  });

  test('lists that grow, shuffle and empty leave nothing', () => {
    const { app } = fastApp();
    const items = signal<number[]>([]);
    app.start(() => each(items, (get, key: number) => box({ onClick: () => undefined }, () => text({ content: () => `${key} ${get()}` })), { key: (n) => n }));
    app.flush();
    const base = app.gauges.values();
    let state = 1;
    for (let round = 0; round < 200; round++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      items.value = Array.from({ length: state % 300 }, (_, i) => (i * 7919 + round * (state % 13)) % 1009).filter((n, i, all) => all.indexOf(n) === i);
      app.flush();
      assert.equal(app.gauges.values().nodes, 2 + 2 * items.peek().length);
    }
    items.value = [];
    app.flush();
    const end = app.gauges.values();
    for (const name of COUNTS) assert.equal(end[name], base[name], name);
    app.dispose();
  });

  test('500 apps in one process, one after the other: every buffer goes back', () => {
    const before = bufferPool.usedBytes;
    for (let i = 0; i < 500; i++) {
      const app = createTestApp(() => box({ border: 'rounded' }, () => text({ content: `app ${i} 😀` })), { width: 20, height: 5 });
      assert.match(app.text(), /app/);
      app.unmount();
      assert.equal(app.stats().nodes + app.stats().scopes + app.stats().glyphs + app.stats().arenaBytes, 0);
    }
    assert.equal(bufferPool.usedBytes, before);
  });

  test('an app whose function throws leaves nothing behind', () => {
    const before = bufferPool.usedBytes;
    let cleaned = 0;
    assert.throws(
      () =>
        createTestApp(() => {
          onCleanup(() => void cleaned++);
          box({}, () => {
            text({ content: 'x' });
            throw new Error('broken app');
          });
        }),
      /broken app/,
    );
    assert.equal(cleaned, 1);
    assert.equal(bufferPool.usedBytes, before);
  });

  test('maxNodes is a clear error, and what fits goes on', () => {
    const n = signal(3);
    const errors: unknown[] = [];
    using app = createTestApp(() => each(() => Array.from({ length: n.value }, (_, i) => i), (_, key: number) => text({ content: `${key}` }), { key: (i) => i }), {
      maxNodes: 10,
      width: 3,
      height: 20,
      onError: (error) => errors.push(error),
    });
    n.value = 20;
    app.flush();
    assert.match(String(errors[0]), /maxNodes/);
    n.value = 4;
    assert.equal(app.text().trimEnd(), '0\n1\n2\n3');
  });
});
