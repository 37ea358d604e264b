/** The leak sentinel: tells what only ever grows, by path and by where it is made, and stays quiet about the rest. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, each, onCleanup, onKey, show, text } from '../../packages/spark-tui/src/ui/index.ts';
import { type LeakReport, leakSentinel } from '../../packages/spark-tui/src/app/index.ts';

describe('leakSentinel', () => {
  test('a list that only grows is told once, with the path of what it is made of', () => {
    const items = signal<readonly number[]>([]);
    using app = createTestApp(() => box({ id: 'log' }, () => each(items, (item) => text({ content: () => `${item()}` }), { key: (n) => n })));
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(app, { cycles: 3, cycleMs: Infinity, onLeak: (report) => reports.push(report) });
    for (let i = 0; i < 8; i++) {
      items.value = [...items.value, 2 * i, 2 * i + 1];
      app.flush();
      sentinel.cycle();
    }
    const nodes = reports.filter(({ gauge }) => gauge === 'nodes');
    assert.equal(nodes.length, 1);
    assert.deepEqual(nodes[0]!.floors.length, 4);
    assert.equal(nodes[0]!.risePerCycle, 2, 'two texts a cycle');
    assert.ok(reports.some(({ gauge }) => gauge === 'bindings'));
    assert.ok(nodes[0]!.culprits.some(({ kind, path, rise }) => kind === 'an element' && path === 'box#log > text' && rise >= 4), JSON.stringify(nodes[0]!.culprits));
    sentinel.stop();
  });

  test('with trackCreation the culprits are named by where they are made, also when no scope owns them', () => {
    using app = createTestApp(() => box({}, () => undefined), { trackCreation: true });
    const count = signal(0);
    using opener = createTestApp(
      () => box({ onClick: function open() { effect.root(function forgotten() { effect(() => void count.value); }); } }, () => text({ content: 'open' })),
      { trackCreation: true },
    );
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(opener, { cycles: 3, cycleMs: Infinity, onLeak: (report) => reports.push(report) });
    for (let i = 0; i < 6; i++) {
      opener.mouse.click(0, 0);
      sentinel.cycle();
    }
    const effects = reports.find(({ gauge }) => gauge === 'effects');
    assert.ok(effects !== undefined);
    assert.ok(effects.culprits.some(({ kind, site, rise }) => kind === 'an effect' && /forgotten.*leak-sentinel\.test/.test(site) && rise >= 2), JSON.stringify(effects.culprits));
    assert.ok(app.stats().scopes > 0);
  });

  test('what comes and goes is not told, however high it goes', () => {
    const shown = signal(0);
    using app = createTestApp(() => show(() => shown.value > 0, () => {
      onCleanup(() => undefined);
      for (let i = 0; i < shown.peek(); i++) text({ content: () => `${shown.value}` });
    }));
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(app, { cycles: 2, cycleMs: 1000, onLeak: (report) => reports.push(report) });
    for (let i = 1; i < 20; i++) {
      shown.value = i;
      app.flush();
      app.clock.tick(400);
      shown.value = 0;
      app.flush();
      app.clock.tick(200);
    }
    assert.deepEqual(reports, []);
    sentinel.stop();
  });

  test('cycles end by themselves as frames run, and without frames nothing runs', () => {
    const items = signal<readonly number[]>([]);
    using app = createTestApp(() => each(items, (item) => text({ content: () => `${item()}` }), { key: (n) => n }));
    const reports: LeakReport[] = [];
    leakSentinel(app, { cycles: 2, cycleMs: 1000, onLeak: (report) => reports.push(report) });
    app.clock.tick(100_000);
    assert.equal(app.stats().timers, 0);
    for (let i = 0; i < 60; i++) {
      items.value = [...items.value, i];
      app.clock.tick(100);
    }
    assert.ok(reports.some(({ gauge }) => gauge === 'nodes'));
  });

  /** Reports of a gauge over rounds of `grow`. */
  function watch(app: TestApp, gauge: string, grow: (round: number) => void): LeakReport | undefined {
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(app, { cycles: 3, cycleMs: Infinity, onLeak: (report) => reports.push(report) });
    for (let round = 0; round < 6; round++) {
      grow(round);
      app.flush();
      sentinel.cycle();
    }
    sentinel.stop();
    return reports.find((report) => report.gauge === gauge);
  }

  test('in an app of 60,000 things a leak is named, whether it lies before or behind all others', () => {
    for (const isFirst of [true, false]) {
      for (const trackCreation of [false, true]) {
        // To keep where something was made takes time, and more of it shows no more.
        const things = trackCreation ? 5000 : 60_000;
        const rows = signal<readonly number[]>([]);
        const log = (): void => void box({ id: 'log' }, () => each(rows, (row) => text({ content: () => `${row()}` }), { key: (n) => n }));
        using app = createTestApp(() => {
          if (isFirst) log();
          box({ id: 'old' }, () => { for (let i = 0; i < things; i++) onCleanup(() => undefined); });
          if (!isFirst) log();
        }, { trackCreation });
        const report = watch(app, 'effects', (round) => (rows.value = [...rows.value, ...Array.from({ length: 50 }, (_, i) => round * 50 + i)]));
        assert.ok(report !== undefined);
        const culprit = report.culprits.find(({ kind }) => kind === 'an effect');
        assert.ok(culprit?.path === 'box#log > text' && culprit.rise >= 100, JSON.stringify(report.culprits));
        assert.equal(/leak-sentinel\.test/.test(culprit.site), trackCreation);
      }
    }
  });

  test('a text that only gets longer is named by its path', () => {
    const lines = signal('');
    using app = createTestApp(() => box({}, () => { text({ id: 'output', content: lines }); text({ content: 'still' }); }));
    const report = watch(app, 'runWords', (round) => (lines.value += 'x'.repeat(10 << round)));
    assert.deepEqual(report?.culprits.map(({ kind, path }) => [kind, path]), [['words of text', 'box > text#output']]);
    assert.ok(report.culprits[0]!.rise >= 20);
  });

  test('lines that wait for the screen to be left are named as what they are', () => {
    using app = createTestApp(() => text({ content: 'x' }));
    const report = watch(app, 'historyBytes', (round) => app.print('line', round));
    assert.deepEqual(report?.culprits.map(({ kind, rise }) => [kind, rise >= 2]), [['lines of history', true]]);
  });

  test('effects made after an await belong to no app and are told, as what they are', async () => {
    const count = signal(0);
    const stops: (() => void)[] = [];
    using app = createTestApp(() => {
      text({ content: () => `${count.value}` });
      onKey('x', () => {
        void (async () => {
          await Promise.resolve();
          for (let i = 0; i < 5; i++) stops.push(effect(() => void count.value));
        })();
      });
    });
    const { ownerlessEffects, effects } = app.stats();
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(app, { cycles: 3, cycleMs: Infinity, onLeak: (report) => reports.push(report) });
    for (let i = 0; i < 6; i++) {
      app.type('x');
      await Promise.resolve();
      sentinel.cycle();
    }
    assert.deepEqual(reports.map(({ gauge, risePerCycle }) => [gauge, risePerCycle]), [['ownerlessEffects', 5]]);
    assert.equal(app.stats().ownerlessEffects - ownerlessEffects, 30);
    assert.equal(app.stats().effects, effects, 'none of them is the app\'s');
    for (const stop of stops) stop();
    assert.equal(app.stats().ownerlessEffects, ownerlessEffects);
  });

  test('what grows every second cycle is told, too, and a sentinel may be stopped by whom it tells', () => {
    const items = signal<readonly number[]>([]);
    using app = createTestApp(() => each(items, (item) => text({ content: () => `${item()}` }), { key: (n) => n }));
    const reports: LeakReport[] = [];
    const sentinel = leakSentinel(app, {
      cycles: 3,
      cycleMs: Infinity,
      onLeak: (report) => {
        reports.push(report);
        sentinel.stop();
      },
    });
    for (let i = 0; i < 12; i++) {
      if (i % 2 === 0) items.value = [...items.value, i];
      app.flush();
      sentinel.cycle();
    }
    assert.equal(reports.length, 1);
    const { floors, risePerCycle } = reports[0]!;
    assert.deepEqual(floors.map((floor) => floor - floors[0]!), [0, 1, 2, 3]);
    assert.equal(risePerCycle, 3 / 5, 'three more in five cycles');
  });

  test('options that cannot be used, and what is no app, are refused', () => {
    using app = createTestApp(() => text({ content: 'x' }));
    assert.throws(() => leakSentinel({}, { onLeak: () => undefined }), /expected what mount\(\)/);
    assert.throws(() => leakSentinel(app, { cycles: 1, onLeak: () => undefined }), /cycles is 1/);
    assert.throws(() => leakSentinel(app, {} as never), /onLeak is undefined/);
  });
});
