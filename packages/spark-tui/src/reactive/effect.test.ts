import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scope } from '../base/index.ts';
import {
  batch,
  derived,
  effect,
  effectScope,
  flushSync,
  onScopeDispose,
  pendingEffects,
  renderEffect,
  runInScope,
  signal,
  tick,
} from './index.ts';
import { type EffectNode, newEffect } from './effect.ts';

describe('scheduling', () => {
  test('an effect runs in the next microtask, once for all writes of a turn', async () => {
    const count = signal(0);
    const seen: number[] = [];
    const stop = effect(() => void seen.push(count.value));
    assert.deepEqual(seen, []);
    assert.equal(pendingEffects(), 1);
    await tick();
    count.value = 1;
    count.value = 2;
    await tick();
    assert.deepEqual(seen, [0, 2]);
    assert.equal(pendingEffects(), 0);
    stop();
    count.value = 3;
    await tick();
    assert.deepEqual(seen, [0, 2]);
  });

  test('tick covers what is written before it is awaited', async () => {
    const count = signal(0);
    const seen: number[] = [];
    const stop = effect(() => void seen.push(count.value));
    const done = tick();
    count.value = 5;
    await done;
    assert.deepEqual(seen, [5]);
    stop();
  });

  test('flushSync runs fn as a batch, then everything pending, and returns its result', () => {
    const a = signal(0);
    const b = signal(0);
    const seen: string[] = [];
    const stop = effect.sync(() => void seen.push(`sync ${a.value}${b.value}`));
    const stop2 = effect(() => void seen.push(`later ${a.value}${b.value}`));
    assert.equal(
      flushSync(() => {
        a.value = 1;
        b.value = 1;
        return 'result';
      }),
      'result',
    );
    assert.deepEqual(seen, ['sync 00', 'sync 11', 'later 11']);
    stop();
    stop2();
  });

  test('renderEffect runs now and then in the flush', () => {
    const count = signal(0);
    const seen: number[] = [];
    const node = renderEffect(() => void seen.push(count.value), 'binding');
    assert.deepEqual(seen, [0]);
    count.value = 1;
    assert.deepEqual(seen, [0]);
    flushSync();
    assert.deepEqual(seen, [0, 1]);
    node.dispose();
    node.dispose();
    count.value = 2;
    flushSync();
    assert.deepEqual(seen, [0, 1]);
  });

  test('effect.pre runs before ordinary effects, and all in order of creation', () => {
    const a = signal(0);
    const b = signal(0);
    const order: string[] = [];
    const stops = [
      effect(() => void order.push(`1:${b.value}`)),
      effect.pre(() => void order.push(`pre1:${b.value}`)),
      effect(() => void order.push(`2:${a.value}`)),
      effect.pre(() => void order.push(`pre2:${a.value}`)),
    ];
    flushSync();
    assert.deepEqual(order, ['pre1:0', 'pre2:0', '1:0', '2:0']);
    order.length = 0;
    a.value = 1; // The later ones are notified first.
    b.value = 1;
    flushSync();
    assert.deepEqual(order, ['pre1:1', 'pre2:1', '1:1', '2:1']);
    for (const stop of stops) stop();
  });

  test('effects made or triggered in a flush run in the same flush, in order of creation', () => {
    const go = signal(false);
    const relay = signal(0);
    const order: string[] = [];
    const stops = [
      effect(() => void order.push(`early ${relay.value}`)),
      effect(() => {
        if (!go.value) return;
        relay.value = 1;
        effect(() => void order.push('child'));
        order.push('writer');
      }),
      effect(() => void order.push(`late ${relay.value}`)),
    ];
    flushSync();
    order.length = 0;
    go.value = true;
    flushSync();
    assert.deepEqual(order, ['writer', 'late 1', 'child', 'early 1']);
    for (const stop of stops) stop();
  });

  test('synchronous effects triggered by an effect run when that one has ended', () => {
    const go = signal(0);
    const relay = signal(0);
    const order: string[] = [];
    const stop1 = effect.sync(() => void order.push(`sync ${relay.value}`));
    const stop2 = effect(() => {
      relay.value = go.value;
      relay.value = go.value * 2;
      order.push('end');
    });
    flushSync();
    order.length = 0;
    go.value = 2;
    flushSync();
    assert.deepEqual(order, ['end', 'sync 4']);
    stop1();
    stop2();
  });

  test('a parent runs before its child, and a child that it drops does not run', () => {
    const user = signal<{ name: string } | null>({ name: 'Ada' });
    const order: string[] = [];
    for (const kind of [effect, effect.sync, effect.pre]) {
      order.length = 0;
      user.value = { name: 'Ada' };
      const stop = effect(() => {
        order.push('parent');
        if (user.value === null) return;
        kind(() => void order.push(user.value!.name));
      });
      flushSync();
      assert.deepEqual(order, ['parent', 'Ada']);
      user.value = null; // The child would throw on null.
      flushSync();
      assert.deepEqual(order, ['parent', 'Ada', 'parent']);
      stop();
    }
  });
});

describe('cleanup and disposal', () => {
  test('the cleanup runs before the next run and at the end, untracked', () => {
    const a = signal(0);
    const inCleanup = signal(0);
    const log: string[] = [];
    const stop = effect.sync(() => {
      const value = a.value;
      log.push(`run ${value}`);
      return () => {
        void inCleanup.value;
        log.push(`clean ${value}`);
      };
    });
    a.value = 1;
    inCleanup.value = 1;
    stop();
    stop();
    assert.deepEqual(log, ['run 0', 'clean 0', 'run 1', 'clean 1']);
  });

  test('a result that is no function is no cleanup', () => {
    const map = new Map<string, number>();
    const a = signal(0);
    const stop = effect.sync((() => map.set('a', a.value)) as never);
    a.value = 1;
    stop();
    assert.equal(map.get('a'), 1);
  });

  test('nested effects, scopes and disposers belong to the run that made them', () => {
    const outer = signal(0);
    const inner = signal(0);
    const log: string[] = [];
    const stop = effect.sync(() => {
      const n = outer.value;
      onScopeDispose(() => log.push(`disposer ${n}`));
      effectScope().run(() => effect.sync(() => void log.push(`inner ${n} ${inner.value}`)));
    });
    inner.value = 1;
    outer.value = 1;
    inner.value = 2;
    stop();
    inner.value = 3;
    assert.deepEqual(log, ['inner 0 0', 'inner 0 1', 'disposer 0', 'inner 1 1', 'inner 1 2', 'disposer 1']);
  });

  test('an effect that disposes itself keeps no link and its cleanup still runs', () => {
    const a = signal(0);
    const later = signal(0);
    let cleaned = 0;
    let runs = 0;
    const stop = effect.sync(() => {
      runs++;
      if (a.value === 1) stop();
      void later.value;
      return () => cleaned++;
    });
    a.value = 1;
    assert.equal(cleaned, 2);
    assert.equal((a as unknown as { subs: unknown }).subs, undefined);
    assert.equal((later as unknown as { subs: unknown }).subs, undefined);
    a.value = 2;
    later.value = 1;
    assert.equal(runs, 2);
  });

  test('a disposed effect holds nothing: links, function, cleanup, owner, queue entry', () => {
    const scope = new Scope(null);
    const a = signal(0);
    const node = runInScope(scope, () => renderEffect(() => (void a.value, () => {}))) as EffectNode;
    const before = pendingEffects();
    a.value = 1;
    assert.equal(pendingEffects(), before + 1);
    node.dispose();
    assert.equal(pendingEffects(), before);
    assert.deepEqual(
      [node.fn, node.cleanup, node.deps, node.depsTail, node.owner, node.prevOwned, node.nextOwned, node.flags],
      [null, null, undefined, undefined, null, null, null, 0],
    );
    assert.equal((a as unknown as { subs: unknown }).subs, undefined);
    assert.equal(scope.firstOwned, null);
    scope.dispose();
  });

  test('an effect has every field of a scope, with the same first value', () => {
    const scope = new Scope(null) as unknown as Record<string, unknown>;
    const node = newEffect(() => {}, 0) as unknown as Record<string, unknown>;
    for (const key of Object.keys(scope)) {
      assert.ok(key in node, key);
      assert.equal(node[key], scope[key], key);
    }
    assert.ok((node as unknown) instanceof Scope);
    (node as unknown as EffectNode).dispose();
    (scope as unknown as Scope).dispose();
  });

  test('effects made and disposed before any flush leave no queue behind', () => {
    const before = pendingEffects();
    for (let i = 0; i < 100_000; i++) effect(() => {})();
    assert.equal(pendingEffects(), before);
    flushSync();
    assert.equal(pendingEffects(), 0);
  });

  test('an effect made in a disposed scope never runs', () => {
    const scope = new Scope(null);
    scope.dispose();
    let runs = 0;
    runInScope(scope, () => {
      effect(() => void runs++);
      effect.sync(() => void runs++);
      renderEffect(() => void runs++);
    });
    flushSync();
    assert.equal(runs, 0);
    assert.equal(scope.tally.effects >= 0, true);
  });

  test('effect.root is untracked, outlives its maker and ends only by its own function', () => {
    const trigger = signal(0);
    const read = signal(0);
    const log: string[] = [];
    let runs = 0;
    const ends: (() => void)[] = [];
    const stop = effect.sync(() => {
      void trigger.value;
      runs++;
      if (runs > 1) return;
      ends.push(
        effect.root(() => {
          void read.value;
          effect.sync(() => void log.push(`root ${read.value}`));
          return () => log.push('end');
        }),
      );
    });
    read.value = 1;
    assert.equal(runs, 1);
    trigger.value = 1;
    stop();
    read.value = 2;
    ends[0]!();
    read.value = 3;
    assert.deepEqual(log, ['root 0', 'root 1', 'root 2', 'end']);
  });

  test('an effect that throws in effect.root disposes what the root had made', () => {
    let cleaned = 0;
    assert.throws(
      () =>
        effect.root(() => {
          onScopeDispose(() => cleaned++);
          throw new Error('no root today');
        }),
      /no root today/,
    );
    assert.equal(cleaned, 1);
  });

  test('a derived that disposes its observer while it is checked does no harm', () => {
    const a = signal(0);
    const killer = derived(() => {
      if (a.value === 1) stop();
      return a.value;
    });
    let runs = 0;
    const stop = effect.sync(() => {
      void killer.value;
      runs++;
    });
    a.value = 1;
    assert.equal(runs, 1);
    assert.equal(killer.value, 1);
  });

  test('disposing inside a batch cancels the pending run', () => {
    const a = signal(0);
    let runs = 0;
    const stop = effect.sync(() => {
      void a.value;
      runs++;
    });
    batch(() => {
      a.value = 1;
      stop();
    });
    assert.equal(runs, 1);
  });
});
