/** `stats()`: what an app holds, its queues, its memory; and the statistics as a signal. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type FrameMessage, mountSync } from '../../packages/spark-tui/src/app/index.node.ts';
import type { MountHandle, OutputStream } from '../../packages/spark-tui/src/app/index.ts';
import { ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { effect, flushSync, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, createRef, each, show, text } from '../../packages/spark-tui/src/ui/index.ts';

describe('stats', () => {
  test('bindings are counted among the effects, and come back with their elements', () => {
    const on = signal(true);
    const label = signal('a');
    using app = createTestApp(() => {
      effect(() => void label.value);
      show(on, () => box({ bg: () => (label.value === 'a' ? 'red' : 'blue') }, () => text({ content: label })));
    });
    const shown = app.stats();
    on.value = false;
    app.flush();
    const hidden = app.stats();
    assert.equal(shown.bindings - hidden.bindings, 2);
    assert.equal(shown.effects - hidden.effects, 2);
    assert.ok(hidden.effects > hidden.bindings, 'an effect of the user is no binding');
    on.value = true;
    app.flush();
    assert.equal(app.stats().bindings, shown.bindings);
    app.unmount();
    assert.deepEqual([app.stats().bindings, app.stats().effects, app.stats().scopes], [0, 0, 0]);
  });

  test('queues are empty at rest and remember the most that ever waited', () => {
    const labels = Array.from({ length: 50 }, (_, i) => signal(`label ${i}`));
    using app = createTestApp(() => {
      for (const label of labels) text({ content: label });
    });
    for (const label of labels) label.value += '!';
    app.flush();
    const { queues } = app.stats();
    for (const [name, { depth, high, bound }] of Object.entries(queues)) {
      assert.equal(depth, 0, name);
      assert.ok(high <= bound, name);
    }
    assert.ok(queues.effects.high >= 50, `${queues.effects.high} effects waited`);
    assert.ok(queues.layout.high >= 50, `${queues.layout.high} nodes waited for layout`);
    assert.ok(queues.paint.high >= 50, `${queues.paint.high} nodes waited for paint`);
    assert.equal(queues.outputBytes.high, 0, 'the terminal took every frame at once');
    app.send('\x1b[200~unfinished');
    assert.deepEqual([app.stats().queues.inputBytes.depth, app.stats().inputBytes], [10, 10]);
    app.send('\x1b[201~');
    assert.deepEqual([app.stats().queues.inputBytes.depth, app.stats().queues.inputBytes.high], [0, 10]);
    app.unmount();
    assert.equal(app.stats().inputBytes, 0);
  });

  test('of output the most that has waited for the terminal is told, not the largest frame', async () => {
    let drained = (): void => undefined;
    let isSlow = false;
    let last = 0;
    const output = {
      write: (bytes: string | Uint8Array) => {
        last = bytes.length;
        return !isSlow;
      },
      on: (event: string, listener: () => void) => {
        if (event === 'drain') drained = listener;
      },
      off: () => undefined,
    };
    const label = signal('x');
    const app = mountSync(() => text({ content: label }), { output, width: 60, height: 20, query: false });
    label.value = 'a longer text that the terminal takes at once';
    app.flush();
    assert.deepEqual([app.stats().queues.outputBytes.depth, app.stats().queues.outputBytes.high], [0, 0]);
    isSlow = true;
    label.value = 'slow';
    app.flush();
    const waiting = last;
    assert.deepEqual([app.stats().queues.outputBytes.depth, app.stats().queues.outputBytes.high], [waiting, waiting]);
    isSlow = false;
    drained();
    label.value = 'another longer text that the terminal takes at once';
    app.flush();
    assert.ok(last > waiting);
    assert.deepEqual([app.stats().queues.outputBytes.depth, app.stats().queues.outputBytes.high], [0, waiting]);
    await app.unmount();
  });

  test('effects that an effect has woken count among those that waited', () => {
    const first = signal(0);
    const labels = Array.from({ length: 700 }, () => signal(0));
    using app = createTestApp(() => {
      effect(() => {
        for (const label of labels) label.value = first.value;
      });
      for (const label of labels) text({ content: label });
    });
    first.value = 1;
    app.flush();
    assert.ok(app.stats().queues.effects.high >= 700, `${app.stats().queues.effects.high} effects waited`);
  });

  test('arenas tell what is taken and what of it is used, and are given back', () => {
    using app = createTestApp(() => text({ content: 'some text' }));
    const { arenas, arenaBytes } = app.stats();
    let capacity = 0;
    for (const [name, { usedBytes, capacityBytes }] of Object.entries(arenas)) {
      assert.ok(usedBytes > 0 && usedBytes <= capacityBytes, `${name}: ${usedBytes} of ${capacityBytes}`);
      if (name !== 'pool') capacity += capacityBytes;
    }
    assert.ok(capacity >= arenaBytes);
    app.unmount();
    for (const [name, { usedBytes, capacityBytes }] of Object.entries(app.stats().arenas)) {
      if (name !== 'pool') assert.deepEqual([usedBytes, capacityBytes], [0, 0], name);
    }
  });

  test('after a long list what is used of the arenas is as before, and their bytes stay until the unmount', () => {
    const items = signal<readonly number[]>([]);
    using app = createTestApp(() => each(items, (item) => text({ content: () => `row ${item()}` }), { key: (item) => item }));
    const used = () => Object.entries(app.stats().arenas).filter(([name]) => name !== 'pool').map(([name, { usedBytes }]) => [name, usedBytes]);
    const before = used();
    items.value = Array.from({ length: 2000 }, (_, i) => i);
    app.flush();
    const { arenaBytes } = app.stats();
    items.value = [];
    app.flush();
    assert.deepEqual(used(), before);
    assert.equal(app.stats().arenaBytes, arenaBytes);
    app.unmount();
    assert.equal(app.stats().arenaBytes, 0);
  });
});

describe('the phase update', () => {
  class Sink implements OutputStream {
    write(): boolean {
      return true;
    }
    on(): this {
      return this;
    }
    off(): this {
      return this;
    }
  }

  /** An app on a clock that stands still but for what `spend` says its code takes. */
  function spendingApp(root: (spend: (ms: number) => void) => void): { app: MountHandle; clock: ManualClock } {
    const clock = new ManualClock();
    let nowMs = 0;
    const { tick } = clock;
    clock.now = () => nowMs;
    clock.tick = (ms) => {
      nowMs += ms;
      tick.call(clock, ms);
    };
    const app = mountSync(() => root((ms) => void (nowMs += ms)), { output: new Sink(), width: 20, height: 3, clock, console: 'leave' });
    return { app, clock };
  }

  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  test('holds the effects that ran in a microtask before the frame, as those that the frame runs', async () => {
    const count = signal(0);
    const { app, clock } = spendingApp((spend) => {
      text({ content: () => { if (count.value > 0) spend(20); return `n ${count.value}`; } });
    });
    app.flush();
    assert.equal(app.stats().timings.update.p50Micros, 0);
    for (let i = 0; i < 5; i++) {
      count.value++;
      await turn();
      clock.tick(40);
    }
    assert.deepEqual(app.stats().timings.update, { p50Micros: 20_000, p99Micros: 20_000 });
    for (let i = 0; i < 4; i++) {
      count.value++;
      app.flush();
    }
    const { update, layout } = app.stats().timings;
    assert.deepEqual(update, { p50Micros: 20_000, p99Micros: 20_000 });
    assert.deepEqual(layout, { p50Micros: 0, p99Micros: 0 });
    await app.unmount();
  });

  test('holds all flushes since the frame before, those of flushSync and of synchronous effects too; then it begins anew', async () => {
    const count = signal(0);
    const label = signal('a');
    const { app, clock } = spendingApp((spend) => {
      text({ content: label });
      effect.sync(() => { if (count.value > 0) spend(3); });
      effect(() => { if (count.value > 0) spend(5); });
    });
    const messages: FrameMessage[] = [];
    const listener = (message: unknown): void => void messages.push(message as FrameMessage);
    subscribe('spark-tui:frame', listener);
    label.value = 'b';
    app.flush();
    count.value++;
    await turn();
    flushSync(() => count.value++);
    label.value = 'c';
    await turn();
    clock.tick(40);
    label.value = 'd';
    await turn();
    clock.tick(40);
    unsubscribe('spark-tui:frame', listener);
    assert.deepEqual(messages.map(({ micros }) => micros?.update), [0, 16_000, 0]);
    await app.unmount();
  });

  test('leaves what bounds() has caused to the phase layout, and tells it once', async () => {
    const wide = signal(5);
    const { app } = spendingApp((spend) => {
      const ref = createRef();
      box({ ref, width: wide, height: 1 });
      effect(() => { if (ref.bounds().width > 5) spend(7); });
    });
    app.flush();
    void app.stats().timings;
    for (const width of [6, 7, 8]) {
      wide.value = width;
      app.flush();
    }
    const { layout, update } = app.stats().timings;
    assert.deepEqual([update.p99Micros, layout.p50Micros], [0, 7000]);
    await app.unmount();
  });

  test('is not measured any more after the unmount, whoever reads statistics then', async () => {
    const count = signal(0);
    const { app, clock } = spendingApp(() => text({ content: count }));
    void app.stats().timings;
    await app.unmount();
    void app.stats().timings;
    let reads = 0;
    clock.now = () => ++reads;
    const stop = effect(() => void count.value);
    flushSync();
    assert.equal(reads, 0);
    stop();
  });
});

describe('statsSignal', () => {
  test('changes when a frame begins, tells of the frames before, and asks for none itself', () => {
    const label = signal('a');
    using app = createTestApp(() => text({ content: label }));
    const seen: number[] = [];
    const stop = effect(() => void seen.push(app.statsSignal.value.frames));
    flushSync();
    const { frames } = app.stats();
    label.value = 'b';
    app.flush();
    assert.deepEqual(seen, [frames, frames], 'seen at the start, and when the frame began');
    assert.equal(app.stats().frames, frames + 1);
    app.flush();
    app.clock.tick(1000);
    assert.equal(app.stats().frames, frames + 1, 'observing asks for no frame');
    assert.equal(seen.length, 2);
    stop();
    flushSync();
    label.value = 'c';
    app.flush();
    assert.equal(seen.length, 2);
  });

  test('an app that shows its own statistics comes to rest', () => {
    const label = signal(0);
    let own: { statsSignal: { readonly value: { frames: number } } } | null = null;
    const started = signal(false);
    using app = createTestApp(() => {
      text({ content: () => `label ${label.value}` });
      text({ content: () => (started.value ? `frames ${own?.statsSignal.value.frames}` : '') });
    });
    own = app;
    started.value = true;
    app.flush();
    const before = app.stats().frames;
    label.value++;
    app.clock.tick(1000);
    assert.equal(app.stats().frames, before + 1);
    assert.match(app.text(), new RegExp(`frames ${before}\\b`));
    app.clock.tick(10_000);
    assert.equal(app.stats().frames, before + 1);
    assert.equal(app.stats().timers, 0);
  });
});
