import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reportError, Scope, Tally } from './index.ts';

test('disposal is children first, last in first out', () => {
  const log: string[] = [];
  const root = new Scope(null, new Tally());
  root.onDispose(() => log.push('a'));
  const child = new Scope(root);
  child.onDispose(() => log.push('child 1'));
  child.onDispose(() => log.push('child 2'));
  root.onDispose(() => log.push('b'));
  root.dispose();
  assert.deepEqual(log, ['b', 'child 2', 'child 1', 'a']);
});

test('a disposer that throws does not keep the others from running; the error is thrown at the end', () => {
  const log: string[] = [];
  const root = new Scope(null, new Tally());
  root.onDispose(() => log.push('last'));
  root.onDispose(() => {
    throw new Error('broken');
  });
  root.onDispose(() => log.push('first'));
  assert.throws(() => root.dispose(), /broken/);
  assert.deepEqual(log, ['first', 'last']);
});

test('errors of several disposers come together; an owner that takes errors gets them instead', () => {
  const loose = new Scope(null, new Tally());
  for (const name of ['one', 'two']) {
    loose.onDispose(() => {
      throw new Error(name);
    });
  }
  assert.throws(() => loose.dispose(), AggregateError);

  const taken: unknown[] = [];
  const root = new Scope(null, new Tally());
  root.onError = (error) => taken.push(error) > 0;
  const child = new Scope(root);
  child.onDispose(() => {
    throw new Error('in a child');
  });
  child.dispose();
  assert.equal((taken[0] as Error).message, 'in a child');
});

test('disposing twice runs disposers once; the owner forgets what was disposed on its own', () => {
  const tally = new Tally();
  const root = new Scope(null, tally);
  let runs = 0;
  const owned = root.onDispose(() => runs++);
  owned.dispose();
  owned.dispose();
  root.dispose();
  root.dispose();
  assert.equal(runs, 1);
  assert.deepEqual({ ...tally }, { scopes: 0, effects: 0, bindings: 0, disposers: 0, inspector: null });
});

test('what is added to a disposed scope is disposed at once', () => {
  const root = new Scope(null, new Tally());
  root.dispose();
  let ran = false;
  root.onDispose(() => {
    ran = true;
  });
  assert.ok(ran);
  assert.ok(new Scope(root).disposed);
});

test('clear disposes the content and keeps the scope usable', () => {
  const tally = new Tally();
  const root = new Scope(null, tally);
  new Scope(root).onDispose(() => {});
  root.clear();
  assert.deepEqual({ ...tally }, { scopes: 1, effects: 0, bindings: 0, disposers: 0, inspector: null });
  let ran = false;
  root.onDispose(() => {
    ran = true;
  });
  root.dispose();
  assert.ok(ran);
});

test('a million nested scopes are disposed without recursion', () => {
  const tally = new Tally();
  const root = new Scope(null, tally);
  let inner = root;
  for (let i = 0; i < 1_000_000; i++) inner = new Scope(inner);
  root.dispose();
  assert.equal(tally.scopes, 0);
});

test('an error goes to the nearest owner that takes it', () => {
  const log: string[] = [];
  const root = new Scope(null, new Tally());
  root.onError = () => log.push('root') > 0;
  const middle = new Scope(root);
  middle.onError = () => {
    log.push('middle declines');
    return false;
  };
  assert.ok(reportError(new Scope(middle), new Error('x')));
  assert.deepEqual(log, ['middle declines', 'root']);
  assert.ok(!reportError(new Scope(null, new Tally()), new Error('x')));
});

test('any order of making and disposing: every disposer runs exactly once and the tally returns to zero', () => {
  const action = fc.record({ kind: fc.integer({ min: 0, max: 2 }), at: fc.nat() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const tally = new Tally();
      const root = new Scope(null, tally);
      const scopes = [root];
      const runs: number[] = [];
      for (const { kind, at } of actions) {
        const scope = scopes[at % scopes.length];
        if (kind === 0) scopes.push(new Scope(scope));
        else if (kind === 1) {
          const id = runs.push(0) - 1;
          scope.onDispose(() => runs[id]++);
        } else if (scope !== root) scope.dispose();
      }
      root.dispose();
      assert.ok(runs.every((count) => count === 1));
      assert.deepEqual({ ...tally }, { scopes: 0, effects: 0, bindings: 0, disposers: 0, inspector: null });
    }),
  );
});
