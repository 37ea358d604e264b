/** `stats()`: what an app holds, its queues, its memory; and the statistics as a signal. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mountSync } from '../../packages/spark-tui/src/app/index.node.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { effect, flushSync, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, each, show, text } from '../../packages/spark-tui/src/ui/index.ts';

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
