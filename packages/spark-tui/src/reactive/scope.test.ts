import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scope, Tally } from '../base/index.ts';
import {
  currentScope,
  derived,
  effect,
  effectScope,
  flushSync,
  getCurrentScope,
  onScopeDispose,
  renderEffect,
  runInScope,
  setCurrentScope,
  signal,
} from './index.ts';

describe('effectScope', () => {
  test('owns what is created in run, and stops it last in first out', () => {
    const a = signal(0);
    const log: string[] = [];
    const scope = effectScope();
    const result = scope.run(() => {
      assert.equal(getCurrentScope(), scope);
      effect.sync(() => {
        log.push(`run ${a.value}`);
        return () => log.push('cleanup');
      });
      onScopeDispose(() => log.push('first'));
      onScopeDispose(() => log.push('second'));
      return 42;
    });
    assert.equal(result, 42);
    assert.equal(getCurrentScope(), null);
    assert.equal(scope.active, true);
    a.value = 1;
    scope.stop();
    scope.stop();
    a.value = 2;
    assert.deepEqual(log, ['run 0', 'cleanup', 'run 1', 'second', 'first', 'cleanup']);
    assert.equal(scope.active, false);
    assert.equal(
      scope.run(() => 1),
      undefined,
    );
  });

  test('a nested scope stops with the outer one, a detached one does not', () => {
    const a = signal(0);
    const seen: string[] = [];
    const outer = effectScope();
    let detached!: ReturnType<typeof effectScope>;
    outer.run(() => {
      effectScope().run(() => effect.sync(() => void seen.push(`nested ${a.value}`)));
      detached = effectScope(true);
      detached.run(() => effect.sync(() => void seen.push(`detached ${a.value}`)));
    });
    outer.stop();
    a.value = 1;
    assert.deepEqual(seen, ['nested 0', 'detached 0', 'detached 1']);
    detached.stop();
    a.value = 2;
    assert.equal(seen.length, 3);
  });

  test('paused effects remember changes and run once when resumed', () => {
    const a = signal(0);
    const seen: string[] = [];
    const scope = effectScope();
    scope.run(() => {
      effect.sync(() => void seen.push(`sync ${a.value}`));
      effectScope().run(() => effect(() => void seen.push(`later ${a.value}`)));
    });
    flushSync();
    seen.length = 0;
    scope.pause();
    assert.equal(scope.paused, true);
    a.value = 1;
    a.value = 2;
    flushSync();
    assert.deepEqual(seen, []);
    scope.resume();
    flushSync();
    assert.deepEqual(seen, ['sync 2', 'later 2']);
    a.value = 3;
    flushSync();
    assert.deepEqual(seen, ['sync 2', 'later 2', 'sync 3', 'later 3']);
    scope.pause();
    scope.resume();
    flushSync();
    assert.equal(seen.length, 4);
    scope.stop();
  });

  test('an effect made in a paused scope first runs when it resumes', () => {
    const scope = effectScope();
    const seen: string[] = [];
    scope.pause();
    scope.run(() => {
      effect(() => void seen.push('later'));
      effect.sync(() => void seen.push('sync'));
      renderEffect(() => void seen.push('render'));
    });
    flushSync();
    assert.deepEqual(seen, []);
    scope.resume();
    flushSync();
    assert.deepEqual(seen.sort(), ['later', 'render', 'sync']);
    scope.stop();
  });

  test('disposers that throw do not stop the others; the errors come out at the end', () => {
    const scope = effectScope();
    const ran: number[] = [];
    scope.run(() => {
      for (const n of [1, 2, 3]) {
        onScopeDispose(() => {
          ran.push(n);
          if (n !== 2) throw new Error(`disposer ${n}`);
        });
      }
    });
    assert.throws(() => scope.stop(), AggregateError);
    assert.deepEqual(ran, [3, 2, 1]);
  });

  test('stopping a scope inside an effect subscribes that effect to nothing', () => {
    const trigger = signal(0);
    const inDisposer = signal(0);
    let runs = 0;
    const stop = effect.sync(() => {
      runs++;
      void trigger.value;
      const scope = effectScope();
      scope.run(() => onScopeDispose(() => void inDisposer.value));
      scope.stop();
    });
    inDisposer.value = 1;
    assert.equal(runs, 1);
    stop();
  });
});

describe('ownership', () => {
  test('onScopeDispose outside any scope is a clear error', () => {
    assert.throws(() => onScopeDispose(() => {}), { name: 'PhaseError', message: /outside any scope/ });
  });

  test('runInScope and setCurrentScope choose the owner; runInScope does not track', () => {
    const scope = new Scope(null);
    const a = signal(0);
    let runs = 0;
    const stop = effect.sync(() => {
      runs++;
      runInScope(scope, () => {
        assert.equal(currentScope(), scope);
        void a.value;
      });
    });
    a.value = 1;
    assert.equal(runs, 1);
    const previous = setCurrentScope(scope);
    assert.equal(previous, null);
    const node = renderEffect(() => {});
    setCurrentScope(previous);
    assert.equal(node.owner, scope);
    scope.dispose();
    assert.equal(node.disposed, true);
    stop();
  });

  test('effects, scopes and disposers are counted where they belong, and the counts come back', () => {
    const tally = new Tally();
    const root = new Scope(null, tally);
    root.context = { app: 1 };
    const a = signal(0);
    runInScope(root, () => {
      const scope = effectScope();
      assert.deepEqual(scope.context, { app: 1 });
      scope.run(() => {
        onScopeDispose(() => {});
        for (let i = 0; i < 10; i++) {
          const node = renderEffect(() => {
            void a.value;
            effect(() => void a.value);
          }) as unknown as Scope;
          assert.deepEqual(node.context, { app: 1 });
        }
      });
    });
    flushSync(() => a.value++);
    assert.deepEqual({ ...tally }, { scopes: 2, effects: 20, bindings: 10, disposers: 1, inspector: null });
    root.dispose();
    assert.deepEqual({ ...tally }, { scopes: 0, effects: 0, bindings: 0, disposers: 0, inspector: null });
  });

  test('inside a derived, what is created belongs to the derived', () => {
    const scope = new Scope(null);
    const made: (Scope | null)[] = [];
    const node = runInScope(scope, () => derived(() => made.push(currentScope())));
    void node.value;
    assert.equal(made[0]!.owner, scope);
    scope.dispose();
    assert.equal(made[0]!.disposed, true);
  });
});
