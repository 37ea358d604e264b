/** What is counted of apps that have ended, and for how long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endedApps, Scope, Tally } from './index.ts';

const none = { waiting: 0 };

test('what is left of an app counts until it ends, and of an app that left nothing nothing is kept', () => {
  const before = endedApps.remains();
  endedApps.add(new Tally(), none);
  assert.deepEqual(endedApps.remains(), before);
  const tally = new Tally();
  const timers = { waiting: 1 };
  const scope = new Scope(null, tally);
  scope.onDispose(() => undefined);
  endedApps.add(tally, timers);
  assert.deepEqual(endedApps.remains(), { ...before, scopes: before.scopes + 1, cleanups: before.cleanups + 1, timers: before.timers + 1 });
  scope.dispose();
  timers.waiting = 0;
  assert.deepEqual(endedApps.remains(), before);
});

test('of any number of apps the counts are right, though only of the last ones they are live', () => {
  const before = endedApps.remains();
  const scopes = Array.from({ length: 300 }, () => {
    const tally = new Tally();
    const scope = new Scope(null, tally);
    endedApps.add(tally, none);
    return scope;
  });
  assert.equal(endedApps.remains().scopes - before.scopes, 300);
  for (const scope of scopes) scope.dispose();
  assert.equal(endedApps.remains().scopes - before.scopes, 300 - 256);
});
