/** `expectNoLeak`: finds what is kept, in whichever app, and finds nothing where nothing is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { INSIDE } from '../app/index.ts';
import { mountSync } from '../app/index.node.ts';
import { type Clock, ManualClock, Section } from '../base/index.ts';
import { effect, effectScope, signal } from '../reactive/index.ts';
import { box, each, onKey, show, text } from '../ui/index.ts';
import { createTestApp, expectNoLeak, LeakError } from './index.ts';

describe('expectNoLeak', () => {
  test('what comes and goes leaves nothing: subtrees, lists, whole apps', async () => {
    const on = signal(false);
    const items = signal<readonly number[]>([]);
    using app = createTestApp(() => {
      show(on, () => {
        box({ onClick: () => undefined, focusable: true }, () => text({ content: () => `on ${String(on.value)} 👩‍👩‍👧` }));
        onKey('x', () => undefined);
      });
      each(items, (item) => text({ content: () => `item ${item()}` }), { key: (item) => item });
    });
    let round = 0;
    await expectNoLeak(() => {
      on.value = true;
      items.value = [round, round + 1, ++round];
      app.flush();
      on.value = false;
      items.value = [];
      app.flush();
    }, 50);
    await expectNoLeak(async () => {
      const other = createTestApp(() => text({ content: () => `other ${String(on.value)}` }));
      await Promise.resolve();
      other.unmount();
    }, 20);
  });

  test('a root that is never disposed is found, with its counts in a table', async () => {
    const kept = signal(0);
    using app = createTestApp(() => {
      onKey('x', () => {
        effect.root(() => {
          effect(() => void kept.value);
        });
      });
    });
    await assert.rejects(
      () => expectNoLeak(() => app.press('x'), 4),
      (error: unknown) => {
        assert.ok(error instanceof LeakError);
        assert.deepEqual(
          error.leaks.map(({ owner, gauge, base, now }) => [owner, gauge, now - base]),
          [['app 1', 'scopes', 4], ['app 1', 'effects', 4]],
        );
        assert.match(error.message, /^2 counts are higher than they were after 4 rounds\n[^]*app 1 +effects +\d+ +\d+ +1\.00$/);
        return true;
      },
    );
  });

  test('an app that stays mounted and an effect without an owner are found, among several apps', async () => {
    using first = createTestApp(() => text({ content: 'first' }));
    const opened: { unmount(): void }[] = [];
    await assert.rejects(
      () => expectNoLeak(() => {
        first.flush();
        opened.push(createTestApp(() => text({ content: 'second' })));
      }, 1),
      (error: unknown) => error instanceof LeakError && error.leaks.some(({ owner, gauge }) => owner === 'process' && gauge === 'apps') && error.leaks.some(({ owner }) => owner.endsWith('(new)')),
    );
    for (const app of opened) app.unmount();
    const stops: (() => void)[] = [];
    await assert.rejects(
      () => expectNoLeak(() => void stops.push(effect(() => undefined)), 3),
      (error: unknown) => error instanceof LeakError && error.leaks.length === 1 && error.leaks[0]!.gauge === 'ownerlessEffects' && error.leaks[0]!.now - error.leaks[0]!.base === 3,
    );
    for (const stop of stops) stop();
  });

  test('effects that outlive the app they were made in are found, however it was mounted', async () => {
    const kept = signal(0);
    const stops: (() => void)[] = [];
    const makeRoot = (): void => void stops.push(effect.root(() => void effect(() => void kept.value)));
    const makeScope = (): void => {
      const scope = effectScope(true);
      scope.run(() => effect(() => void kept.value));
      stops.push(() => scope.stop());
    };
    const output = { write: () => true, on: () => undefined, off: () => undefined };
    const cycles = [
      () => createTestApp(makeRoot).unmount(),
      () => createTestApp(makeScope).unmount(),
      () => mountSync(makeRoot, { output, width: 20, height: 5 }).unmount(),
      () => mountSync(makeRoot, { output, width: 20, height: 5, trackCreation: true }).unmount(),
    ];
    for (const cycle of cycles) {
      await assert.rejects(
        () => expectNoLeak(cycle, 3),
        (error: unknown) => {
          assert.ok(error instanceof LeakError);
          assert.deepEqual(
            error.leaks.map(({ owner, gauge, base, now }) => [owner, gauge, now - base]),
            [['ended apps', 'scopes', 3], ['ended apps', 'effects', 3]],
          );
          return true;
        },
      );
    }
    for (const stop of stops) stop();
    await expectNoLeak(() => {
      for (const make of [makeRoot, makeScope]) {
        createTestApp(make).unmount();
        stops.pop()?.();
      }
    }, 3);
  });

  test('a timer that outlives its app is found', async () => {
    const clock = new ManualClock();
    const cycle = async (): Promise<void> => {
      const app = mountSync(() => text({ content: 'x' }), { output: { write: () => true, on: () => undefined, off: () => undefined }, width: 20, height: 5, clock });
      (app as unknown as { readonly [INSIDE]: { readonly timers: Clock } })[INSIDE].timers.setTimer(60_000, () => undefined);
      await app.unmount();
    };
    await assert.rejects(() => expectNoLeak(cycle, 2), /ended apps +timers +\d+ +\d+ +1\.00/);
    clock.tick(60_000);
  });

  test('what is larger in every round and emptied at its end is no leak: lists, texts, pastes, screens', async () => {
    const items = signal<readonly number[]>([]);
    const label = signal('');
    using app = createTestApp(() => {
      each(items, (item) => text({ content: () => `row ${item()}` }), { key: (item) => item });
      text({ content: label });
    });
    let round = 0;
    await expectNoLeak(() => {
      round++;
      items.value = Array.from({ length: round * 37 }, (_, i) => i);
      label.value = 'x'.repeat(round * 500);
      app.flush();
      items.value = [];
      label.value = '';
      app.flush();
      app.paste('p'.repeat(round * 3000));
      app.resize(80 + round * 7, 24 + round * 3);
      app.resize(80, 24);
    }, 30);
  });

  test('buffers that are never given back are found', async () => {
    const sections: { release(): void }[] = [];
    await assert.rejects(() => expectNoLeak(() => void sections.push(new Section(Uint8Array, 1, 10)), 2), /process +buffers +\d+ +\d+ +1\.00/);
    for (const section of sections) section.release();
  });

  test('what was still ending when the rounds began is no leak, and hides none', async () => {
    const label = signal('?');
    const kept = signal(0);
    using app = createTestApp(() => text({ content: label }));
    const keep = () => effect(() => void kept.value);
    const ending = [keep()];
    let rounds = 0;
    const cycle = (): void => {
      // After the base was read.
      if (++rounds === 5) {
        for (const stop of ending.splice(0)) stop();
        label.value = 'now it is known';
      }
      app.flush();
    };
    await expectNoLeak(cycle, 4);
    rounds = 0;
    ending.push(...Array.from({ length: 6 }, keep));
    const leaked: (() => void)[] = [];
    await assert.rejects(
      () => expectNoLeak(() => { cycle(); leaked.push(keep()); }, 4),
      /a count is higher[^]*ownerlessEffects +\d+ +\d+ +1\.00$/,
    );
    for (const stop of leaked) stop();
  });

  test('an app that takes the place of another is no leak, what it holds more than that is one', async () => {
    let extra = 0;
    const mountOne = () => createTestApp(() => { for (let i = 0; i <= extra; i++) onKey('x', () => undefined); });
    let app = mountOne();
    const remount = (): void => {
      app.unmount();
      app = mountOne();
    };
    await expectNoLeak(remount, 3);
    await assert.rejects(() => expectNoLeak(() => { extra++; remount(); }, 3), /app 1 \(new\) +keyHandlers +\d+ +\d+ +1\.00/);
    app.unmount();
  });

  test('listeners left on the process are found', async () => {
    const listeners: (() => void)[] = [];
    await assert.rejects(
      () => expectNoLeak(() => {
        const listener = (): void => undefined;
        listeners.push(listener);
        process.on('SIGUSR2', listener);
      }, 2),
      /process +listeners +\d+ +\d+ +1\.00/,
    );
    for (const listener of listeners) process.off('SIGUSR2', listener);
  });

  test('errors of the cycle and bad arguments come out as they are', async () => {
    await assert.rejects(() => expectNoLeak(() => { throw new Error('of the cycle'); }), /of the cycle/);
    await assert.rejects(() => expectNoLeak(null as never), /expected a function/);
    await assert.rejects(() => expectNoLeak(() => undefined, 0), /expected an integer above 0/);
  });
});
