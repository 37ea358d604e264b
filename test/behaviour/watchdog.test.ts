/** What runs in circles or takes too long is named with its component path, and the app goes on. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Clock, CycleError, ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { derived, effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, input, keymap, onCleanup, onKey, renderToHistory, show, text, when } from '../../packages/spark-tui/src/ui/index.ts';
import { App, type OutputStream } from '../../packages/spark-tui/src/app/index.ts';
import { mountSync } from '../../packages/spark-tui/src/app/index.node.ts';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** An app whose frames run on `clock`. */
function clockedApp(clock: Clock, slowCallbackMs = 0): App {
  return new App({
    size: { width: 20, height: 5 },
    clock,
    output: new MemoryOutput(),
    caps: DEFAULT_CAPS,
    maxFps: 60,
    maxNodes: 1000,
    verifyLayout: false,
    exitOnCtrlC: true,
    tabNavigation: true,
    slowCallbackMs,
    onExit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
}

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

describe('effects in a circle', () => {
  test('are stopped, named with their component paths, and the app goes on', async () => {
    const start = signal(false);
    const ping = signal(0);
    const pong = signal(0);
    const label = signal('before');
    const app = mountSync(
      () => {
        text({ content: label });
        box({ id: 'court' }, () => {
          effect(() => { if (start.value) pong.value = ping.value + 1; }, { label: 'ping' });
          effect(() => { if (start.value) ping.value = pong.value + 1; }, { label: 'pong' });
        });
      },
      { output: new Sink(), width: 20, height: 3, console: 'leave' },
    );
    const { write } = process.stderr;
    let printed = '';
    process.stderr.write = ((chunk: string) => (printed += chunk, true)) as typeof write;
    try {
      start.value = true;
      await turn();
      label.value = 'after';
      app.flush();
      assert.match(app.toText(), /after/);
      await app.unmount();
    } finally {
      process.stderr.write = write;
    }
    assert.match(printed, /effects keep triggering each other.*'ping' of box#court, 'pong' of box#court/);
  });

  test('are an error with their paths for who handles errors', () => {
    const start = signal(false);
    const count = signal(0);
    const errors: unknown[] = [];
    using app = createTestApp(() => box({ id: 'loop' }, () => effect(() => { if (start.value) count.value++; }, { label: 'counter' })), { onError: (error) => errors.push(error) });
    start.value = true;
    app.flush();
    assert.equal(errors.length, 1);
    assert.ok(errors[0] instanceof CycleError);
    assert.match(errors[0].message, /'counter' of box#loop/);
  });
});

describe('a frame that asks for itself', () => {
  test('is told once, with what it draws; input begins the count anew', async () => {
    const clock = new ManualClock();
    const nextTurn: (() => void)[] = [];
    clock.setImmediate = (fn) => void nextTurn.push(fn);
    const app = clockedApp(clock);
    const wide = signal(5);
    app.start(() => {
      const ref = createRef();
      box({ id: 'meter', ref, width: wide, height: 1 });
      effect(() => {
        const { width } = ref.bounds();
        // In the turn of the frame that has laid it out.
        void Promise.resolve().then(() => { wide.value = width === 5 ? 6 : 5; });
      });
    });
    const frames = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        clock.tick(17);
        for (let n = 0; n < 10; n++) await Promise.resolve();
        for (const fn of nextTurn.splice(0)) fn();
      }
    };
    await frames(100);
    assert.equal(app.warnings.length, 0);
    app.feed(new TextEncoder().encode('x'));
    await frames(100);
    assert.equal(app.warnings.length, 0);
    await frames(500);
    assert.equal(app.warnings.length, 1);
    assert.match(app.warnings[0]!, /every frame asks for the next one, 120 in a row without input: what box#meter shows/);
    assert.ok(app.frame.stats.frames >= 650, 'the app goes on');
    app.dispose();
  });

  test('an animation by a timer is not told, however long it runs', async () => {
    const clock = new ManualClock();
    const app = clockedApp(clock);
    const count = signal(0);
    app.start(() => text({ content: () => `n ${count.value}` }));
    const step = (): void => {
      count.value++;
      clock.setTimer(10, step);
    };
    step();
    for (let i = 0; i < 2000; i++) { clock.tick(5); await Promise.resolve(); }
    assert.ok(app.frame.stats.frames > 300);
    assert.equal(app.warnings.length, 0);
    app.dispose();
  });

  test('frames run by hand are nobody\'s fault', () => {
    const clock = new ManualClock();
    const app = clockedApp(clock);
    const count = signal(0);
    app.start(() => text({ content: count }));
    for (let i = 0; i < 1000; i++) { count.value++; app.flush(); }
    assert.equal(app.warnings.length, 0);
    app.dispose();
  });
});

describe('slowCallbackMs', () => {
  test('a handler, an effect and an effect of bounds that take longer are told once each, with their paths', () => {
    const clock = new ManualClock();
    let nowMs = 0;
    clock.now = () => nowMs;
    const app = clockedApp(clock, 50);
    const label = signal('a');
    const wide = signal(5);
    app.start(() => {
      box({ id: 'slow', width: wide, height: 1, onMouseDown: function save() { nowMs += 80; } }, () => {
        const ref = createRef();
        text({ ref, content: label });
        effect(function index() { if (label.value === 'b') nowMs += 60; });
        effect(function follow() { if (ref.bounds().width > 5) nowMs += 70; });
      });
      box({ id: 'quick', height: 1, onMouseDown: () => { nowMs += 10; } });
    });
    app.flush();
    const click = (y: number): void => app.feed(new TextEncoder().encode(`\x1b[<0;1;${y}M\x1b[<0;1;${y}m`));
    click(2);
    assert.equal(app.warnings.length, 0);
    for (let i = 0; i < 3; i++) click(1);
    label.value = 'b';
    app.flush();
    wide.value = 9;
    label.value = 'c';
    app.flush();
    assert.deepEqual(
      app.warnings.map((warning) => warning.replace(/, and nothing.*/, '')),
      ["an event handler 'save' of box#slow took 80 ms", "effect 'index' of box#slow took 60 ms", "effect 'follow' of box#slow took 70 ms"],
    );
    app.dispose();
    assert.equal(app.gauges.get('effects').value, 0);
  });

  type Spend = (ms: number) => void;

  /** What is told of an app whose code takes the time it says it takes, with a limit of 50 ms. */
  async function told(root: (spend: Spend) => void, act: (app: App, send: (keys: string) => void, spend: Spend) => void | Promise<void>): Promise<string[]> {
    const clock = new ManualClock();
    let nowMs = 0;
    clock.now = () => nowMs;
    const spend = (ms: number): void => void (nowMs += ms);
    const app = clockedApp(clock, 50);
    app.start(() => root(spend));
    app.flush();
    assert.equal(app.warnings.length, 0);
    await act(app, (keys) => app.feed(new TextEncoder().encode(keys)), spend);
    app.flush();
    app.dispose();
    assert.equal(app.gauges.get('effects').value, 0);
    return app.warnings.map((warning) => warning.replace(/, and nothing.*/, ''));
  }

  test('sees what an input calls: onChange, onSubmit, onCancel, validate, suggestions, the setter behind value', async () => {
    const props = (spend: Spend): Readonly<Record<string, object>> => ({
      change: { onChange: () => spend(61) },
      submit: { onSubmit: () => spend(62) },
      cancel: { onCancel: () => spend(63) },
      check: { validate: (value: string) => { if (value !== '') spend(64); return true; } },
      hints: { suggestions: () => { spend(65); return null; } },
      model: { value: { get value() { return ''; }, set value(_: string) { spend(66); } } },
    });
    const found: string[] = [];
    for (const id of Object.keys(props(() => undefined))) {
      found.push(...await told((spend) => void input({ id, autoFocus: true, ...props(spend)[id] }), (_app, send) => {
        for (const key of ['x', '\r', '\x1b[27u']) send(key);
      }));
    }
    assert.deepEqual(found, [
      'onChange of input#change took 61 ms',
      'onSubmit of input#submit took 62 ms',
      'onCancel of input#cancel took 63 ms',
      'validate of input#check took 64 ms',
      'suggestions of input#hints took 65 ms',
      'value of input#model took 66 ms',
    ]);
  });

  test('sees a derived of any module that is computed for a prop', async () => {
    const count = signal(0);
    let spend: Spend = () => undefined;
    const total = derived(() => { if (count.value > 0) spend(70); return count.value; });
    const found = await told((take) => {
      spend = take;
      text({ id: 'sum', content: () => `total ${total.value}` });
    }, () => void count.value++);
    assert.deepEqual(found, ["a derived read by 'content' of text#sum took 70 ms"]);
  });

  test('sees cleanups: of an effect, of what goes, at the unmount', async () => {
    const count = signal(0);
    const shown = signal(true);
    const found = await told((spend) => {
      box({ id: 'timer' }, () => void effect(() => (count.value === 0 ? () => spend(71) : undefined)));
      box({ id: 'panel' }, () => void show(shown, () => onCleanup(function close() { spend(72); })));
      box({ id: 'rest' }, () => onCleanup(() => spend(73)));
    }, (app) => {
      count.value++;
      app.flush();
      shown.value = false;
    });
    assert.deepEqual(found, ['a cleanup of box#timer took 71 ms', "a cleanup 'close' of box#panel took 72 ms", 'a cleanup of box#rest took 73 ms']);
  });

  test('sees what when() makes once its promise is settled', async () => {
    const found = await told((spend) => {
      // oxlint-disable-next-line unicorn/no-thenable -- the option is called so
      box({ id: 'good' }, () => void when(Promise.resolve(1), { then: () => spend(80) }));
      box({ id: 'bad' }, () => void when(Promise.reject(new Error('no')), { catch: () => spend(81) }));
    }, async () => turn());
    assert.deepEqual(found.toSorted(), ['when of box#bad took 81 ms', 'when of box#good took 80 ms']);
  });

  test('sees the conditions of key maps and of their commands, which keep their this', async () => {
    const ran: string[] = [];
    const found = await told((spend) => {
      box({ id: 'list', focusable: true, autoFocus: true }, () => {
        const command = { isOn: true, when(): boolean { spend(75); return this.isOn; }, run: () => void ran.push('x') };
        keymap({ x: command });
      });
      keymap({ y: () => void ran.push('y') }, { when: function isIdle() { spend(76); return true; } });
    }, (_app, send) => {
      for (const key of 'xy') send(key);
    });
    assert.deepEqual(ran, ['x', 'y']);
    assert.deepEqual(found, ["a key map's condition 'when' of box#list took 75 ms", "a key map's condition 'isIdle' of the app took 76 ms"]);
  });

  test('sees what is rendered to the history, from a handler and from outside, and effects in it', async () => {
    const found = await told((spend) => {
      box({ id: 'log' }, () => {
        onKey('x', () => renderToHistory(() => { spend(85); text({ content: 'done' }); }));
      });
    }, (app, send, spend) => {
      send('x');
      app.history.renderToHistory(() => {
        spend(86);
        box({ id: 'block' }, () => void effect(() => spend(87)));
      });
    });
    assert.deepEqual(found, ['renderToHistory of box#log took 85 ms', 'renderToHistory of the app took 86 ms', 'effect of box > box#block took 87 ms']);
  });

  test('blames the callback that takes long, not the one that calls it; both when both do', async () => {
    const count = signal(0);
    const found = await told((spend) => {
      box({ id: 'outer' }, () => {
        onKey('x', function press() { spend(40); count.value++; });
        onKey('y', function hold() { spend(55); count.value++; });
        box({ id: 'inner' }, () => void effect.sync(() => { if (count.value > 0) spend(90); }));
      });
    }, (_app, send) => {
      for (const key of 'xy') send(key);
    });
    assert.deepEqual(found, ['effect of box#outer > box#inner took 90 ms', "an event handler 'hold' of box#outer took 55 ms"]);
  });

  test('is checked at the door', () => {
    assert.throws(() => mountSync(() => undefined, { output: new Sink(), slowCallbackMs: 0 }), /slowCallbackMs is 0; expected a number of milliseconds above 0/);
  });
});
