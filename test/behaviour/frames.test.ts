/** When frames run, what they write, sizes that settle, slow terminals. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App, type AppOptions } from '../../packages/spark-tui/src/app/index.ts';
import { CycleError, ManualClock, systemClock } from '../../packages/spark-tui/src/base/index.ts';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, each, show, terminalSize, text } from '../../packages/spark-tui/src/ui/index.ts';

interface Bench {
  readonly app: App;
  readonly clock: ManualClock;
  readonly output: MemoryOutput;
  readonly errors: unknown[];
}

/** An app whose frames run by themselves, on a clock that the test moves. */
function start(root: () => unknown, options: Partial<AppOptions> = {}): Bench {
  const clock = new ManualClock();
  const output = new MemoryOutput();
  const errors: unknown[] = [];
  const app = new App({
    size: { width: 20, height: 4 },
    clock,
    output,
    caps: DEFAULT_CAPS,
    maxFps: 60,
    maxNodes: 10_000,
    verifyLayout: true,
    exitOnCtrlC: true,
    tabNavigation: true,
    onExit: () => undefined,
    onError: (error) => errors.push(error),
    ...options,
  });
  app.start(root);
  return { app, clock, output, errors };
}

const effectsRan = (): Promise<void> => Promise.resolve();

describe('frames', () => {
  test('the first comes in a microtask, without being asked for', () => {
    const { app, clock } = start(() => text({ content: 'hi' }));
    assert.equal(app.text().trim(), '');
    clock.runPending();
    assert.equal(app.text().trim(), 'hi');
    app.dispose();
  });

  test('idle: no timer, no queued work, no frame, however much time goes by', async () => {
    const n = signal(0);
    const { app, clock, output } = start(() => text({ content: () => n.value }));
    clock.tick(1000);
    n.value = 1;
    await effectsRan();
    clock.tick(1000);
    const { frames } = app.stats();
    const { writes } = output;
    clock.tick(60_000);
    assert.equal(clock.pendingTimers, 0);
    assert.equal(clock.runPending(), 0);
    assert.deepEqual([app.stats().frames, output.writes, app.stats().timers], [frames, writes, 0]);
    app.dispose();
  });

  test('keep 1000 / maxFps ms apart, and show the last of what was written between them', async () => {
    const n = signal(0);
    const { app, clock } = start(() => text({ content: () => n.value }), { maxFps: 10 });
    clock.tick(1000);
    const first = app.stats().frames;
    n.value = 1;
    await effectsRan();
    clock.tick(0);
    assert.equal(app.stats().frames, first + 1, 'at once after a pause');
    for (let i = 2; i <= 51; i++) {
      n.value = i;
      await effectsRan();
      clock.tick(20);
    }
    assert.equal(app.stats().frames, first + 1 + 10);
    clock.tick(100);
    assert.equal(app.text().trim(), '51');
    assert.equal(clock.pendingTimers, 0);
    app.dispose();
  });

  test('with maxFps Infinity a frame that asks for the next one goes by the event loop, not by microtasks', async () => {
    const n = signal(0);
    const { app, clock } = start(
      () => {
        text({ content: () => n.value });
      },
      { maxFps: Infinity },
    );
    clock.tick(0);
    const { frames } = app.stats();
    for (let i = 0; i < 5; i++) {
      n.value++;
      await effectsRan();
      clock.runPending();
    }
    const ran = app.stats().frames - frames;
    assert.ok(ran >= 2 && ran <= 5, `${ran} frames in 5 turns`);
    clock.tick(0);
    assert.equal(app.text().trim(), '5');
    app.dispose();
  });

  test('a frame that makes the next one necessary leaves room for input between them', async () => {
    const n = signal(0);
    class Restless extends MemoryOutput {
      override write(bytes: Uint8Array): void {
        super.write(bytes);
        if (this.writes < 10_000) n.value++;
      }
    }
    const output = new Restless();
    const { app } = start(() => text({ content: () => n.value }), { clock: systemClock, maxFps: Infinity, output });
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(output.writes > 1 && output.writes < 20, `${output.writes} frames in 5 turns of the event loop`);
    app.dispose();
  });

  test('an equal write makes no frame and no byte; a changed digit takes at most 12 bytes', () => {
    const n = signal(41);
    const colour = signal('red');
    using app = createTestApp(() => box({ bg: colour }, () => text({ content: () => `Count: ${n.value}` })), { width: 80, height: 24 });
    app.bytes();
    const { frames } = app.stats();
    n.value = 41;
    colour.value = '#ff0000';
    assert.equal(app.bytes().length, 0);
    assert.equal(app.stats().frames, frames);
    n.value = 42;
    const { length } = app.bytes();
    assert.ok(length > 0 && length <= 12, `${length} bytes`);
  });

  test('what changes and changes back before the frame writes nothing', () => {
    const on = signal(true);
    using app = createTestApp(() => show(on, () => text({ content: 'x' })), { width: 4, height: 1 });
    app.bytes();
    on.value = false;
    on.value = true;
    assert.equal(app.bytes().length, 0);
  });

  test('a terminal that stops reading gets one frame later, with the last state', async () => {
    const n = signal(0);
    const { app, clock, output } = start(() => text({ content: () => `n ${n.value}` }));
    clock.tick(100);
    output.take();
    output.stall();
    for (let i = 1; i <= 20; i++) {
      n.value = i;
      await effectsRan();
      clock.tick(100);
    }
    assert.equal(output.busy, true);
    assert.equal(clock.pendingTimers, 0, 'nothing is polled meanwhile');
    assert.ok(app.stats().mergedFrames >= 1);
    const { writes } = output;
    output.resume();
    clock.tick(100);
    assert.equal(output.writes, writes + 1);
    assert.equal(app.text().trim(), 'n 20');
    assert.match(new TextDecoder().decode(output.take()), /20$/);
    app.dispose();
  });

  test('an output that becomes busy while a frame is laid out takes that frame later, with all of it', async () => {
    const width = signal(5);
    const { app, clock, output, errors } = start(() => {
      const ref = createRef();
      box({ ref, width: () => width.value, height: 1 }, () => text({ content: () => 'x'.repeat(width.value) }));
      effect(() => {
        if (ref.bounds().width !== 9) return;
        // As lending the terminal does: what was written last is still on its way.
        output.stall();
        output.write(new TextEncoder().encode('lent'));
      });
    });
    clock.tick(100);
    output.take();
    width.value = 9;
    await effectsRan();
    clock.tick(100);
    assert.deepEqual(errors, []);
    assert.equal(app.text().trim(), 'xxxxx', 'nothing is painted for a frame that is not written');
    output.resume();
    clock.tick(100);
    assert.deepEqual(errors, []);
    assert.equal(app.text().trim(), 'xxxxxxxxx');
    assert.match(new TextDecoder().decode(output.take()), /^lent[^]*xxxx$/);
    app.dispose();
  });

  test('resizing lays out anew and writes everything; sizes of 1 × 1 and 0 × 0 do not throw', () => {
    using app = createTestApp(
      () => {
        const size = terminalSize();
        box({ border: 'single', padding: 1, grow: 1 }, () => {
          text({ content: () => `${size.value.width}x${size.value.height}` });
          text({ content: '中文😀', position: 'absolute', right: 0, bottom: 0 });
        });
      },
      { width: 12, height: 6 },
    );
    for (const [w, h] of [[1, 1], [0, 0], [2, 1], [0, 5], [5, 0], [1, 3], [30, 9], [12, 6]] as const) {
      app.resize(w, h);
      app.mouse.click(0, 0);
      assert.equal(app.text().split('\n').length, Math.max(1, h));
    }
    assert.match(app.text(), /12x6/);
  });

  test('an effect may end the app; nothing is written after it', () => {
    const end = signal(false);
    const app = createTestApp(() => {
      effect(() => {
        if (end.value) app.unmount();
      });
      text({ content: () => (end.value ? 'after' : 'before') });
    });
    app.bytes();
    end.value = true;
    app.flush();
    assert.equal(app.exited, true);
    assert.equal(app.bytes().length, 0);
    assert.deepEqual([app.stats().nodes, app.stats().effects, app.stats().timers], [0, 0, 0]);
  });

  test('changing the scene while it is laid out or painted is an error', () => {
    const n = signal(0);
    const { app } = start(() => text({ content: () => n.value }));
    app.flush();
    app.scene.locked = true;
    assert.throws(() => app.scene.setText(2, 'x'), /changed during layout or paint/);
    app.scene.locked = false;
    app.dispose();
  });

  test('phase times are recorded for each frame', () => {
    const n = signal(0);
    using app = createTestApp(() => text({ content: () => n.value }));
    n.value = 1;
    app.flush();
    assert.deepEqual(Object.keys(app.stats().timings), ['update', 'layout', 'paint', 'encode', 'write']);
    assert.equal(app.stats().frames, 2);
  });
});

describe('bounds', () => {
  test('are known after the frame, and what depends on them is right in the same frame', () => {
    const ref = createRef();
    const width = signal(5);
    using app = createTestApp(
      () => {
        box({ ref, width, height: 1, bg: 'red' });
        text({ content: () => `${ref.bounds().width} wide at ${ref.bounds().x},${ref.bounds().y}` });
        box({ width: () => ref.bounds().width * 2, height: 1, bg: 'blue' });
      },
      { width: 20, height: 3 },
    );
    assert.match(app.text(), /5 wide at 0,0/);
    const { frames } = app.stats();
    width.value = 7;
    assert.match(app.text(), /7 wide/);
    assert.notEqual(app.cell(13, 2).bg, 0);
    assert.equal(app.cell(14, 2).bg, 0);
    assert.equal(app.stats().frames, frames + 1);
  });

  test('a layout that depends on itself without end is a CycleError with the element\'s name, and the app goes on', () => {
    const on = signal(false);
    const label = signal(0);
    const ref = createRef();
    const errors: unknown[] = [];
    using app = createTestApp(
      () => {
        box({ id: 'loop', ref, width: () => (on.value ? (ref.isMounted ? (ref.bounds().width % 50) + 1 : 1) : 4), height: 1, bg: 'red' });
        text({ content: () => (on.value ? `on ${label.value}` : 'off') });
      },
      { width: 60, height: 2, onError: (error) => errors.push(error) },
    );
    on.value = true;
    // Shown as it was laid out last, and told once, however many frames there are.
    assert.match(app.text(), /on 0/);
    label.value = 1;
    assert.match(app.text(), /on 1/);
    assert.equal(errors.length, 1);
    assert.ok(errors[0] instanceof CycleError && /box#loop/.test(errors[0].message), String(errors[0]));
    on.value = false;
    assert.match(app.text(), /off/);
    assert.equal(app.cell(4, 0).bg, 0);
    assert.notEqual(app.cell(3, 0).bg, 0);
  });

  test('after a frame that failed, the next change brings a frame by itself', async () => {
    const on = signal(false);
    const label = signal('before');
    const ref = createRef();
    const { app, clock, errors } = start(() => {
      box({ ref, width: () => (on.value ? (ref.bounds().width % 50) + 1 : 4), height: 1, bg: 'red' });
      text({ content: label });
    });
    clock.tick(100);
    on.value = true;
    await effectsRan();
    clock.tick(100);
    assert.ok(errors[0] instanceof CycleError, String(errors[0]));
    on.value = false;
    label.value = 'after';
    await effectsRan();
    clock.tick(100);
    assert.equal(errors.length, 1);
    assert.deepEqual(app.text().split('\n')[1], 'after');
    assert.equal(app.gauges.values().timers, 0);
    app.dispose();
  });

  test('what moved and is removed in the same frame leaves nothing behind', () => {
    const ref = createRef();
    const left = signal(0);
    using app = createTestApp(
      () => {
        box({ ref, position: 'absolute', left, width: 1, height: 1 });
        show(
          () => ref.bounds().x < 5,
          () => text({ content: 'XX', position: 'absolute', left: () => left.value + 2, top: 5 }),
        );
      },
      { width: 120, height: 6 },
    );
    assert.equal(app.text().trim(), 'XX');
    left.value = 60;
    assert.equal(app.text().trim(), '');
  });

  test('a ref throws before it has an element and after the element is gone, and serves one element', () => {
    const ref = createRef();
    const on = signal(true);
    assert.throws(() => ref.bounds(), /not given to an element yet/);
    assert.throws(() => ref.focus(), /not given to an element yet/);
    using app = createTestApp(() => show(on, () => box({ ref, focusable: true, width: 3, height: 2 }), () => box({ width: 9, height: 1 })), { width: 10, height: 4 });
    assert.deepEqual({ ...ref.bounds() }, { x: 0, y: 0, width: 10 - 7, height: 2 });
    ref.focus();
    assert.equal(ref.isFocused, true);
    on.value = false;
    app.flush();
    assert.equal(ref.isMounted, false);
    assert.equal(ref.isFocused, false);
    assert.throws(() => ref.bounds(), /disposed/);
    assert.throws(() => ref.focus(), /disposed/);
    on.value = true;
    app.flush();
    assert.equal(ref.isMounted, true);
    assert.throws(() => createTestApp(() => {
      const both = createRef();
      box({ ref: both });
      box({ ref: both });
    }), /two elements at once/);
  });

  test('isFocused is reactive', () => {
    const ref = createRef();
    const on = signal(true);
    using app = createTestApp(
      () => {
        text({ content: () => (ref.isFocused ? 'focused' : 'not') });
        show(on, () => box({ ref, focusable: true, height: 1 }));
      },
      { width: 10, height: 2 },
    );
    assert.match(app.text(), /not/);
    app.mouse.click(0, 1);
    assert.match(app.text(), /focused/);
    on.value = false;
    assert.match(app.text(), /not/);
  });
});

describe('crowded containers', () => {
  test('show the right children whatever is put among them, laid out or not', () => {
    const rows = signal(Array.from({ length: 300 }, (_, i) => i));
    const flags = Array.from({ length: 300 }, () => signal(false));
    using app = createTestApp(
      () =>
        each(
          rows,
          (_, key: number) => {
            show(
              () => flags[key]?.value,
              () => undefined,
            );
            text({ content: `${key}`, position: 'absolute', top: key % 40, left: Math.floor(key / 40) * 4, fg: () => (flags[key]?.value ? 'red' : undefined) });
          },
          { key: (n) => n },
        ),
      { width: 32, height: 40 },
    );
    const at = (key: number): string => app.text().split('\n')[key % 40]?.slice(Math.floor(key / 40) * 4, Math.floor(key / 40) * 4 + 4).trim() ?? '';
    for (const key of [0, 63, 64, 127, 150, 299, 62, 65]) {
      (flags[key] as { value: boolean }).value = true;
      for (const other of [0, 61, 62, 63, 64, 65, 66, 126, 127, 128, 191, 192, 299]) assert.equal(at(other), `${other}`);
    }
    rows.value = rows.value.filter((n) => n % 3 !== 0).toReversed();
    for (const n of [1, 2, 64, 65, 298, 299]) assert.equal(at(n), n % 3 === 0 ? '' : `${n}`);
    assert.equal(at(63), '');
  });
});
