/** `each` with `virtual: true`: shows what a full `each` shows, and mounts only that and a margin. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { signal, state, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createListRef, createRef, each, type ListRef, onCleanup, type Ref, text } from '../../packages/spark-tui/src/ui/index.ts';

interface Item {
  readonly id: number;
  readonly lines: WritableSignal<number>;
}

function item(id: number, lines = 1): Item {
  return { id, lines: signal(lines) };
}

function range(count: number, lines: (i: number) => number = () => 1): Item[] {
  return Array.from({ length: count }, (_, i) => item(i, lines(i)));
}

const WINDOW = 6;

interface Setup {
  readonly app: TestApp;
  readonly box: Ref;
  readonly list: ListRef<number>;
}

function listApp(items: () => readonly Item[], virtual: boolean, { gap = 0, head = 0, stickyEnd = false } = {}): Setup {
  const ref = createRef();
  const list = createListRef<number>();
  const app = createTestApp(
    () =>
      box({ ref, width: 12, height: WINDOW, overflow: 'auto', scrollbar: 'none', rowGap: gap, stickyEnd }, () => {
        if (head > 0) text({ content: 'head\n'.repeat(head).trimEnd(), shrink: 0 });
        each(
          items,
          (row) => {
            text({ content: () => Array.from({ length: row().lines.value }, (_, k) => `${row().id}.${k}`).join('\n'), visible: () => row().lines.value > 0, shrink: 0 });
          },
          { key: ({ id }) => id, ...(virtual ? { virtual: true, list } : {}) },
        );
        if (head > 0) text({ content: 'foot', shrink: 0 });
      }),
    { width: 12, height: WINDOW },
  );
  return { app, box: ref, list };
}

/** The full list, scrolled so that it shows the first line that `seen` shows where `seen` shows it. */
function fullScreen(full: Setup, seen: string, items: readonly Item[], gap: number, head: number): string {
  const lines = seen.split('\n');
  const at = lines.findIndex((line) => line.includes('.') || line === 'head' || line === 'foot');
  if (at < 0) return full.app.text();
  let offset = head > 0 ? head + gap : 0;
  const [id, line] = lines[at].split('.').map(Number);
  let before = true;
  for (const { id: other, lines: height } of items) {
    if (other === id) before = false;
    if (before && height.peek() > 0) offset += height.peek() + gap;
  }
  // The head ends where the rows begin; what shows of it tells how far the content is scrolled.
  const top = lines[at] === 'head' ? Math.max(0, head - lines.filter((shown) => shown === 'head').length) : lines[at] === 'foot' ? offset - at : offset + line - at;
  full.box.scrollTo({ y: top });
  return full.app.text();
}

describe('a virtual list', () => {
  test('shows what a full one shows, whatever the heights, edits and scrolling', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('wheel' as const), turns: fc.integer({ min: -4, max: 4 }) }),
      fc.record({ do: fc.constantFrom('End' as const, 'Home' as const, 'PageDown' as const, 'PageUp' as const) }),
      fc.record({ do: fc.constant('scroll' as const), to: fc.nat(400) }),
      fc.record({ do: fc.constant('index' as const), to: fc.nat(200), block: fc.constantFrom('nearest' as const, 'start' as const, 'center' as const, 'end' as const) }),
      fc.record({ do: fc.constant('insert' as const), at: fc.nat(200), count: fc.nat(12), lines: fc.nat(3) }),
      fc.record({ do: fc.constant('remove' as const), at: fc.nat(200), count: fc.nat(30) }),
      fc.record({ do: fc.constant('height' as const), at: fc.nat(200), lines: fc.nat(5) }),
      fc.record({ do: fc.constant('move' as const), from: fc.nat(200), to: fc.nat(200) }),
      fc.record({ do: fc.constant('reverse' as const) }),
    );
    fc.assert(
      fc.property(
        fc.nat(120),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 10 }),
        fc.nat(1),
        fc.nat(3),
        fc.array(step, { maxLength: 12 }),
        (count, heights, gap, head, steps) => {
          const items = signal(range(count, (i) => heights[i % heights.length]));
          let next = count;
          const seen = listApp(() => items.value, true, { gap, head });
          const full = listApp(() => items.value, false, { gap, head });
          seen.app.press('Tab');
          const check = (what: string): void => {
            const screen = seen.app.text();
            assert.equal(screen, fullScreen(full, screen, items.value, gap, head), what);
          };
          check('at first');
          for (const now of steps) {
            const list = items.value;
            if (now.do === 'wheel') seen.app.mouse.wheel(1, 1, now.turns);
            else if (now.do === 'scroll') seen.box.scrollTo({ y: now.to });
            else if (now.do === 'index') seen.list.scrollToIndex(now.to, now.block);
            else if (now.do === 'insert') {
              const made = Array.from({ length: now.count }, () => item(next++, now.lines));
              items.value = [...list.slice(0, now.at), ...made, ...list.slice(now.at)];
            } else if (now.do === 'remove') items.value = [...list.slice(0, now.at), ...list.slice(now.at + now.count)];
            else if (now.do === 'reverse') items.value = list.toReversed();
            else if (now.do === 'height') {
              // A row that shows nothing lies outside of every window: that it grows is seen when it is mounted again.
              const row = list[now.at % (list.length || 1)];
              if (row !== undefined && row.lines.peek() > 0) row.lines.value = now.lines;
            } else if (now.do === 'move') {
              const moved = [...list];
              const [one] = moved.splice(now.from % (list.length + 1), 1);
              if (one !== undefined) moved.splice(now.to, 0, one);
              items.value = moved;
            } else seen.app.press(now.do);
            check(JSON.stringify(now));
          }
          seen.app.unmount();
          full.app.unmount();
        },
      ),
      { numRuns: 120 },
    );
  });

  test('mounts what shows and a margin, however long it is', () => {
    const counts = [1000, 100_000].map((count) => {
      const items = range(count);
      const { app, box: container } = listApp(() => items, true);
      const before = app.stats().nodes;
      for (let i = 0; i < 100; i++) app.mouse.wheel(1, 1);
      container.scrollToEnd();
      app.flush();
      assert.equal(app.text().split('\n')[WINDOW - 1], `${count - 1}.0`);
      assert.equal(container.scrollHeight, count);
      assert.ok(app.stats().nodes < 60);
      app.unmount();
      return before;
    });
    assert.equal(counts[0], counts[1]);
  });

  test('disposes rows that leave the window and makes them anew', () => {
    let live = 0;
    const items = range(500);
    const ref = createRef();
    using app = createTestApp(
      () =>
        box({ ref, width: 10, height: 5, overflow: 'auto' }, () =>
          each(
            () => items,
            (row) => {
              live++;
              onCleanup(() => live--);
              text({ content: () => row().id });
            },
            { key: ({ id }) => id, virtual: { overscan: 2 } },
          ),
        ),
      { width: 10, height: 5 },
    );
    for (let i = 0; i < 100; i++) app.mouse.wheel(1, 1);
    assert.ok(live <= 5 + 4 * 2 + 2, `${live} rows live`);
    const { effects, scopes, nodes } = app.stats();
    for (let i = 0; i < 100; i++) {
      app.mouse.wheel(1, 1, -1);
      app.mouse.wheel(1, 1);
    }
    const after = app.stats();
    assert.deepEqual([after.effects <= effects + 40, after.scopes <= scopes + 40, after.nodes <= nodes + 40], [true, true, true]);
  });

  test('keeps the first row that shows where it is when rows above come, go or change their height', () => {
    const items = signal(range(200));
    const { app, box: container } = listApp(() => items.value, true);
    container.scrollTo({ y: 100 });
    assert.equal(app.text().split('\n')[0], '100.0');
    items.value = [item(900, 3), item(901), ...items.value];
    assert.equal(app.text().split('\n')[0], '100.0');
    items.value = items.value.slice(50);
    assert.equal(app.text().split('\n')[0], '100.0');
    items.value.find(({ id }) => id === 97)!.lines.value = 4;
    assert.equal(app.text().split('\n')[0], '100.0');
    items.value = items.value.filter(({ id }) => id !== 100 && id !== 101);
    assert.equal(app.text().split('\n')[0], '102.0');
    app.unmount();
  });

  test('at the top new rows show, and a followed end is followed', () => {
    const items = signal(range(50));
    const top = listApp(() => items.value, true);
    const end = listApp(() => items.value, true, { stickyEnd: true });
    assert.equal(end.app.text().split('\n')[WINDOW - 1], '49.0');
    items.value = [item(-1), ...items.value, item(50, 2)];
    assert.equal(top.app.text().split('\n')[0], '-1.0');
    assert.equal(end.app.text().split('\n')[WINDOW - 1], '50.1');
    top.app.unmount();
    end.app.unmount();
  });

  test('rows that were estimated wrong do not keep End from the end', () => {
    const items = range(5000, (i) => (i < 30 ? 1 : 1 + (i % 3)));
    const { app } = listApp(() => items, true);
    app.press('Tab', 'End');
    assert.equal(app.text().split('\n')[WINDOW - 1], '4999.1');
    app.press('Home');
    assert.equal(app.text().split('\n')[0], '0.0');
    app.unmount();
  });

  test('scrolls to a row by index and key, exactly, however wrong the estimate', () => {
    const items = range(10_000, (i) => 1 + (i % 4));
    const { app, list } = listApp(() => items, true);
    list.scrollToIndex(7000, 'start');
    assert.equal(app.text().split('\n')[0], '7000.0');
    assert.equal(list.scrollToKey(3, 'end'), true);
    assert.equal(app.text().split('\n')[WINDOW - 1], '3.3');
    list.scrollToKey(9999);
    assert.equal(app.text().split('\n')[WINDOW - 1], '9999.3');
    assert.equal(list.scrollToKey(123_456), false);
    assert.deepEqual(list.visible, { first: 9998, last: 9999 });
    app.unmount();
    assert.throws(() => list.scrollToIndex(1), /list ref/);
  });

  test('the row that has focus stays mounted when it leaves the window, and Tab goes on from it', () => {
    const items = signal(range(300));
    const ref = createRef();
    const focused: number[] = [];
    const live = new Set<number>();
    using app = createTestApp(
      () =>
        box({ ref, width: 10, height: 5, overflow: 'auto', focusable: false, scrollbar: 'none' }, () =>
          each(
            () => items.value,
            (row, key: number) => {
              live.add(key);
              onCleanup(() => live.delete(key));
              box({ height: 1, shrink: 0, focusable: true, onFocus: () => void focused.push(key) }, () => text({ content: () => row().id }));
            },
            { key: ({ id }) => id, virtual: true },
          ),
        ),
      { width: 10, height: 5 },
    );
    app.press('Tab', 'Tab', 'Tab');
    ref.scrollTo({ y: 200 });
    assert.equal(app.text(), '200\n201\n202\n203\n204');
    assert.ok(live.has(2));
    assert.ok(live.size < 40);
    assert.equal(ref.scrollHeight, 300);
    items.value = [item(-5), ...items.value];
    assert.equal(app.text(), '200\n201\n202\n203\n204');
    app.press('shift+Tab');
    assert.ok(focused[3] > 204, 'from the first mounted row it goes round to the last');
  });

  test('a state array that is changed in place is followed', () => {
    const items = state(Array.from({ length: 300 }, (_, id) => ({ id })));
    const ref = createRef();
    using app = createTestApp(
      () =>
        box({ ref, width: 10, height: 5, overflow: 'auto', scrollbar: 'none' }, () =>
          each(() => items, (row) => text({ content: () => row().id }), { key: ({ id }) => id, virtual: true }),
        ),
      { width: 10, height: 5 },
    );
    items.push({ id: 300 });
    app.flush();
    assert.equal(ref.scrollHeight, 301);
    ref.scrollTo({ y: 100 });
    assert.equal(app.text(), '100\n101\n102\n103\n104');
    items.unshift({ id: -1 }, { id: -2 });
    assert.equal(app.text(), '100\n101\n102\n103\n104');
    items.splice(104, 1);
    assert.equal(app.text(), '100\n101\n103\n104\n105');
  });

  test('a list of rows beyond one length of a style is as high as it is', () => {
    const items = Array.from({ length: 3_000_000 }, (_, i) => i);
    const ref = createRef();
    using app = createTestApp(
      () =>
        box({ ref, width: 12, height: 5, overflow: 'auto', scrollbar: 'none' }, () =>
          each(() => items, (row) => text({ content: () => row() }), { key: (id) => id, virtual: true }),
        ),
      { width: 12, height: 5 },
    );
    assert.equal(ref.scrollHeight, 3_000_000);
    ref.scrollTo({ y: 2_500_000 });
    assert.equal(app.text().split('\n')[0], '2500000');
    ref.scrollToEnd();
    assert.equal(app.text().split('\n')[4], '2999999');
  });

  test('says what it needs', () => {
    const make = (props: Parameters<typeof box>[0], options: object): (() => unknown) => {
      return () => createTestApp(() => box(props, () => each(() => [1], () => text({ content: '' }), { key: (n) => n, ...options })));
    };
    assert.throws(make({}, { virtual: true }), /needs a box around it that scrolls/);
    assert.throws(make({ overflow: 'auto', flexDirection: 'row' }, { virtual: true }), /needs a plain column/);
    assert.throws(make({ overflow: 'auto' }, { virtual: { estimate: -1 } }), /virtual\.estimate -1/);
    assert.throws(make({ overflow: 'auto', id: 'log' }, { virtual: 'yes' }), /box#log: each\(\) was given virtual yes; expected true, false or/);
    assert.throws(make({ overflow: 'auto' }, { virtual: { overScan: 1 } }), /no option virtual\.overScan; there are estimate and overscan/);
    assert.throws(make({ overflow: 'auto' }, { list: createListRef() }), /'list' only together with 'virtual: true'/);
  });

  test('that does not settle in a frame goes on in the next turn, by a timer that is counted and ends with it', () => {
    const ref = createRef();
    let runs = 0;
    const list = (): void => {
      box({ ref, height: 4, overflow: 'auto' }, () =>
        each(
          () => Array.from({ length: 400 }, (_, i) => i),
          (row) => {
            // The first row is another height in each of some layouts.
            box({ shrink: 0, height: () => (row() === 0 && ref.scrollHeight > 0 && runs < 5 ? 1 + ++runs : 1) });
          },
          { key: (n) => n, virtual: true },
        ),
      );
    };
    const app = createTestApp(list);
    assert.equal(app.stats().timers, 1);
    app.clock.tick(0);
    app.clock.tick(20);
    assert.equal(app.stats().timers, 0);
    app.unmount();
    runs = 0;
    const other = createTestApp(list);
    assert.equal(other.stats().timers, 1);
    other.unmount();
    assert.equal(other.stats().timers, 0);
  });

  test('leaves nothing behind', () => {
    const shown = signal(range(1000));
    const { app } = listApp(() => shown.value, true);
    app.mouse.wheel(1, 1, 40);
    app.unmount();
    const { nodes, scopes, effects, cleanups, handlers } = app.stats();
    assert.deepEqual({ nodes, scopes, effects, cleanups, handlers }, { nodes: 0, scopes: 0, effects: 0, cleanups: 0, handlers: 0 });
  });
});
