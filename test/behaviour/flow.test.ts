/* oxlint-disable unicorn/no-thenable -- `then` is what `when` calls it */
/** Lists, conditions, promises, scopes: order, identity, and the end of everything that was made. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { effect, signal, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, each, onCleanup, onKey, scoped, show, text, when } from '../../packages/spark-tui/src/ui/index.ts';

const COUNTS = ['nodes', 'scopes', 'effects', 'cleanups', 'handlers', 'keyHandlers', 'watchedBounds', 'timers', 'runWords', 'pendingEffects'] as const;

function counts(app: TestApp): Record<string, number> {
  const stats = app.stats();
  return Object.fromEntries(COUNTS.map((name) => [name, stats[name]]));
}

function lines(app: TestApp): string[] {
  return app.text().split('\n').filter((line) => line !== '');
}

describe('each', () => {
  test('shows the items in their order after any change of the list, with nested flows in the rows', () => {
    interface Item {
      readonly id: number;
      readonly parts: readonly number[];
      readonly open: boolean;
    }
    const item = fc.record({ id: fc.nat(12), parts: fc.uniqueArray(fc.nat(4), { maxLength: 3 }), open: fc.boolean() });
    const list = fc.uniqueArray(item, { maxLength: 10, selector: (entry) => entry.id });
    const expected = (items: readonly Item[]): string[] =>
      items.flatMap(({ id, parts, open }) => [
        ...(id % 3 === 0 ? [] : [`item ${id}`]),
        ...(open ? [`open ${id}`] : id % 2 === 0 ? [`shut ${id}`] : []),
        ...parts.map((part) => `part ${id}.${part}`),
      ]);
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 8 }), (versions) => {
        const items = signal<readonly Item[]>([]);
        using app = createTestApp(
          () => {
            text({ content: 'first' });
            each(
              items,
              (get, id: number) => {
                if (id % 3 !== 0) text({ content: `item ${id}` });
                show(
                  () => get().open,
                  () => text({ content: `open ${id}` }),
                  id % 2 === 0 ? () => text({ content: `shut ${id}` }) : undefined,
                );
                each(
                  () => get().parts,
                  (part) => text({ content: () => `part ${id}.${part()}` }),
                  { key: (part) => part },
                );
              },
              { key: (entry) => entry.id },
            );
            text({ content: 'last' });
          },
          { width: 14, height: 80 },
        );
        const base = counts(app);
        for (const version of versions) {
          items.value = version;
          assert.deepEqual(lines(app), ['first', ...expected(version), 'last']);
        }
        items.value = [];
        assert.deepEqual(lines(app), ['first', 'last']);
        assert.deepEqual(counts(app), base);
      }),
      { numRuns: 60, includeErrorInReport: true },
    );
  });

  test('a kept key keeps its elements and its state wherever it goes; its item is replaced in place', () => {
    const made: string[] = [];
    const items = signal([{ id: 'a', n: 1 }, { id: 'b', n: 1 }, { id: 'c', n: 1 }]);
    using app = createTestApp(
      () =>
        each(
          items,
          (get, key: string) => {
            made.push(key);
            const clicks = signal(0);
            text({ content: () => `${key}${get().n} clicked ${clicks.value}`, onClick: () => void clicks.value++ });
          },
          { key: (entry) => entry.id },
        ),
      { width: 20, height: 5 },
    );
    app.mouse.click(0, 0);
    items.value = [{ id: 'c', n: 1 }, { id: 'd', n: 1 }, { id: 'a', n: 2 }];
    assert.deepEqual(lines(app), ['c1 clicked 0', 'd1 clicked 0', 'a2 clicked 1']);
    app.mouse.click(0, 2);
    assert.deepEqual(lines(app), ['c1 clicked 0', 'd1 clicked 0', 'a2 clicked 2']);
    assert.deepEqual(made, ['a', 'b', 'c', 'd']);
  });

  test('rows of several roots and rows of none move as one', () => {
    const order = signal([1, 2, 3, 4]);
    using app = createTestApp(
      () =>
        each(
          order,
          (_, key) => {
            if (key === 2) return;
            text({ content: `${key}a` });
            if (key !== 3) text({ content: `${key}b` });
          },
          { key: (n) => n },
        ),
      { width: 4, height: 9 },
    );
    order.value = [4, 3, 2, 1];
    assert.deepEqual(lines(app), ['4a', '4b', '3a', '1a', '1b']);
    order.value = [2, 1, 4, 3];
    assert.deepEqual(lines(app), ['1a', '1b', '4a', '4b', '3a']);
  });

  test('a row whose element was ended by hand leaves the order of the others alone', () => {
    const order = signal([1, 2, 3]);
    const ends = new Map<number, () => void>();
    using app = createTestApp(
      () =>
        each(
          order,
          (_, key: number) => {
            ends.set(key, text({ content: `row ${key}` }));
            if (key === 3) text({ content: 'second' });
          },
          { key: (n) => n },
        ),
      { width: 8, height: 6 },
    );
    ends.get(1)?.();
    ends.get(3)?.();
    order.value = [3, 4, 2, 1];
    assert.deepEqual(lines(app), ['second', 'row 4', 'row 2']);
    order.value = [2, 1, 3, 4];
    assert.deepEqual(lines(app), ['row 2', 'second', 'row 4']);
  });

  test('a key used twice is reported by name, and both items show', () => {
    const items = signal(['x', 'y', 'x']);
    using app = createTestApp(() => each(items, (get) => text({ content: () => get() }), { key: (entry) => entry }), { width: 4, height: 4 });
    assert.deepEqual(lines(app), ['x', 'y', 'x']);
    assert.equal(app.warnings.length, 1);
    assert.match(app.warnings[0] ?? '', /key x twice.*index 2/);
    items.value = ['y', 'x'];
    assert.deepEqual(lines(app), ['y', 'x']);
  });

  test('one row that fails does not take the others with it, and is tried again', () => {
    const errors: string[] = [];
    const broken = signal(true);
    const items = signal([1, 2, 3]);
    using app = createTestApp(
      () =>
        each(
          items,
          (_, key) => {
            text({ content: `row ${key}` });
            if (key === 2 && broken.peek()) throw new Error('no row 2');
          },
          { key: (n) => n },
        ),
      { width: 8, height: 5, onError: (error) => errors.push(String(error)) },
    );
    assert.deepEqual(lines(app), ['row 1', 'row 3']);
    assert.deepEqual(errors, ['Error: no row 2']);
    broken.value = false;
    items.value = [3, 2, 1];
    assert.deepEqual(lines(app), ['row 3', 'row 2', 'row 1']);
  });

  test('what is no list, or has no key, is a clear error', () => {
    assert.throws(() => createTestApp(() => each([1], () => undefined, {} as never)), /each\(\) needs \{ key/);
    assert.throws(() => createTestApp(() => each('abc' as never, () => undefined, { key: (n) => n })), /each\(\) was given abc; expected an array/);
  });

  test('effects inside rows run again when their signals change, and end with the row', () => {
    const log: string[] = [];
    const tick = signal(0);
    const items = signal([1, 2]);
    using app = createTestApp(() =>
      each(
        items,
        (_, key) => {
          effect(() => {
            log.push(`${key}:${tick.value}`);
          });
        },
        { key: (n) => n },
      ),
    );
    tick.value = 1;
    app.flush();
    items.value = [2];
    app.flush();
    tick.value = 2;
    app.flush();
    assert.deepEqual(log, ['1:0', '2:0', '1:1', '2:1', '2:2']);
  });
});

describe('show', () => {
  test('makes one branch or the other, and rebuilds only when the truth changes', () => {
    const n = signal(0);
    let made = 0;
    using app = createTestApp(() => show(() => n.value > 1, () => text({ content: () => `many ${n.value} ${++made}` }), () => text({ content: 'few' })), { width: 10, height: 1 });
    assert.equal(app.text(), 'few');
    n.value = 2;
    assert.equal(app.text(), 'many 2 1');
    n.value = 3;
    assert.equal(app.text(), 'many 3 2');
    n.value = 0;
    assert.equal(app.text(), 'few');
  });

  test('nested branches keep their places among siblings through every combination', () => {
    const flags = [signal(false), signal(false), signal(false)] as const;
    using app = createTestApp(
      () => {
        text({ content: '<' });
        show(flags[0], () => {
          text({ content: 'a' });
          show(flags[1], () => text({ content: 'b' }), () => text({ content: 'B' }));
          text({ content: 'c' });
        });
        show(flags[2], () => text({ content: 'd' }));
        text({ content: '>' });
      },
      { width: 3, height: 8 },
    );
    for (let bits = 0; bits < 64; bits++) {
      flags.forEach((flag, i) => {
        flag.value = ((bits ^ (bits >> 1)) & (1 << i)) !== 0;
      });
      const [a, b, d] = flags.map((flag) => flag.peek());
      assert.deepEqual(lines(app), ['<', ...(a ? ['a', b ? 'b' : 'B', 'c'] : []), ...(d ? ['d'] : []), '>']);
    }
  });

  test('changes layout in the same frame, and a shown box has nothing of the box before it', () => {
    const on = signal(true);
    using app = createTestApp(
      () => {
        show(
          on,
          () => box({ width: 7, padding: 2, bg: 'red', border: 'double', flexDirection: 'row', id: 'old' }),
          () => box({}, () => text({ content: 'plain' })),
        );
        text({ content: 'end' });
      },
      { width: 9, height: 8 },
    );
    on.value = false;
    assert.deepEqual(lines(app), ['plain', 'end']);
    assert.equal(app.cell(0, 0).bg, 0);
    assert.equal(app.cell(0, 1).bg, 0);
  });

  test('removing a parent ends the bindings, handlers and keys of everything inside', () => {
    const on = signal(true);
    const label = signal('one');
    let reads = 0;
    let clicks = 0;
    let keys = 0;
    using app = createTestApp(
      () => {
        show(on, () => {
          box({ onClick: () => void clicks++ }, () => {
            box({}, () => {
              onKey('x', () => void keys++);
              text({
                content: () => {
                  reads++;
                  return label.value;
                },
              });
            });
          });
        });
        text({ content: 'kept' });
      },
      { width: 8, height: 2 },
    );
    app.mouse.click(0, 0);
    app.press('x');
    assert.deepEqual([reads, clicks, keys], [1, 1, 1]);
    on.value = false;
    app.flush();
    label.value = 'two';
    app.mouse.click(0, 0);
    app.press('x');
    assert.equal(app.text(), 'kept\n');
    assert.deepEqual([reads, clicks, keys], [1, 1, 1]);
  });
});

/** Lets promises settle. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

interface Deferred {
  readonly promise: Promise<string>;
  readonly resolve: (value: string) => void;
  readonly reject: (error: unknown) => void;
}

function deferred(): Deferred {
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('when', () => {
  const view = (source: WritableSignal<Promise<string>>): void => {
    when(source, {
      pending: () => text({ content: 'pending' }),
      then: (value) => text({ content: () => `got ${value()}` }),
      catch: (error) => text({ content: `failed ${(error as Error).message}` }),
    });
  };

  test('shows pending, then the value; a rejected promise shows catch', async () => {
    const first = deferred();
    const source = signal(first.promise);
    using app = createTestApp(() => view(source), { width: 12, height: 1 });
    assert.equal(app.text(), 'pending');
    first.resolve('A');
    await settled();
    assert.equal(app.text(), 'got A');
    const second = deferred();
    source.value = second.promise;
    assert.equal(app.text(), 'pending');
    second.reject(new Error('B'));
    await settled();
    assert.equal(app.text(), 'failed B');
  });

  test('ignores a promise that was replaced meanwhile, whichever settles first', async () => {
    const [old, current] = [deferred(), deferred()];
    const source = signal(old.promise);
    using app = createTestApp(() => view(source), { width: 12, height: 1 });
    source.value = current.promise;
    app.flush();
    old.resolve('stale');
    await settled();
    assert.equal(app.text(), 'pending');
    current.resolve('fresh');
    await settled();
    assert.equal(app.text(), 'got fresh');
  });

  test('without pending the old value stays, and the next one replaces it in the same elements', async () => {
    let made = 0;
    const source = signal(Promise.resolve('one'));
    using app = createTestApp(
      () =>
        when(source, {
          then: (value) => {
            made++;
            text({ content: () => value() });
          },
        }),
      { width: 6, height: 1 },
    );
    await settled();
    assert.equal(app.text(), 'one');
    source.value = Promise.resolve('two');
    assert.equal(app.text(), 'one');
    await settled();
    assert.equal(app.text(), 'two');
    assert.equal(made, 1);
  });

  test('without catch the error goes to the app', async () => {
    const errors: string[] = [];
    using app = createTestApp(() => when(Promise.reject(new Error('lost')), { pending: () => text({ content: '…' }) }), {
      onError: (error) => errors.push(String(error)),
    });
    await settled();
    app.flush();
    assert.deepEqual(errors, ['Error: lost']);
  });

  test('after the end of its branch, or of the app, a promise that settles does nothing', async () => {
    const on = signal(true);
    const [one, two] = [deferred(), deferred()];
    const app = createTestApp(() => {
      show(on, () => view(signal(one.promise)));
      view(signal(two.promise));
    });
    on.value = false;
    app.flush();
    const { nodes } = app.stats();
    one.resolve('x');
    await settled();
    assert.equal(app.stats().nodes, nodes);
    app.unmount();
    two.reject(new Error('late'));
    await settled();
    assert.equal(app.stats().nodes, 0);
  });
});

describe('scopes', () => {
  test('cleanups run last in first out, children before parents, each once, in rows and branches too', () => {
    const log: string[] = [];
    const on = signal(true);
    const items = signal([1, 2]);
    const app = createTestApp(() => {
      onCleanup(() => log.push('app 1'));
      onCleanup(() => log.push('app 2'));
      show(on, () => {
        onCleanup(() => log.push('branch'));
        box({}, () => onCleanup(() => log.push('box in branch')));
      });
      each(items, (_, key) => onCleanup(() => log.push(`row ${key}`)), { key: (n) => n });
    });
    on.value = false;
    app.flush();
    assert.deepEqual(log.splice(0), ['box in branch', 'branch']);
    items.value = [2];
    app.flush();
    assert.deepEqual(log.splice(0), ['row 1']);
    app.unmount();
    app.unmount();
    assert.deepEqual(log, ['row 2', 'app 2', 'app 1']);
  });

  test('a failing cleanup is reported and keeps no other from running', () => {
    const log: string[] = [];
    const errors: string[] = [];
    const app = createTestApp(
      () => {
        onCleanup(() => log.push('first'));
        onCleanup(() => {
          throw new Error('second');
        });
        onCleanup(() => log.push('third'));
      },
      { onError: (error) => errors.push(String(error)) },
    );
    app.unmount();
    assert.deepEqual([log, errors], [['third', 'first'], ['Error: second']]);
  });

  test('scoped ends what was made in it, by hand or with its owner', () => {
    const log: string[] = [];
    let end: () => void = () => undefined;
    using app = createTestApp(
      () => {
        end = scoped(() => {
          text({ content: 'temporary' });
          onCleanup(() => log.push('ended'));
        });
        text({ content: 'stays' });
      },
      { width: 10, height: 3 },
    );
    assert.deepEqual(lines(app), ['temporary', 'stays']);
    end();
    end();
    assert.deepEqual(lines(app), ['stays']);
    assert.deepEqual(log, ['ended']);
  });

  test('onCleanup outside any owner is an error', () => {
    assert.throws(() => onCleanup(() => undefined), /onCleanup\(\) was called outside/);
  });
});
