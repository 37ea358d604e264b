import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { CycleError, Scope } from '../base/index.ts';
import { batch, derived, effect, flushSync, pendingEffects, renderEffect, runInScope, signal } from './index.ts';

describe('errors of effects', () => {
  test('siblings still run; the write throws when all are done', () => {
    const a = signal(0);
    const ran: string[] = [];
    const stops = ['one', 'two', 'three'].map((name) =>
      effect.sync(() => {
        ran.push(name);
        if (name === 'two' && a.value === 1) throw new Error('two failed');
        void a.value;
      }),
    );
    ran.length = 0;
    assert.throws(() => {
      a.value = 1;
    }, /two failed/);
    assert.deepEqual(ran, ['one', 'two', 'three']);
    ran.length = 0;
    a.value = 2;
    assert.deepEqual(ran, ['one', 'two', 'three'], 'the failed effect is still subscribed');
    for (const stop of stops) stop();
  });

  test('several errors of one flush are thrown as one AggregateError', () => {
    const a = signal(0);
    const stops = [1, 2].map((n) =>
      effect(() => {
        if (a.value === 1) throw new Error(`failed ${n}`);
      }),
    );
    flushSync();
    assert.throws(
      () => flushSync(() => (a.value = 1)),
      (error) => error instanceof AggregateError && error.errors.map((e: Error) => e.message).join() === 'failed 1,failed 2',
    );
    flushSync();
    for (const stop of stops) stop();
  });

  test('a scope that takes the error keeps it from being thrown, and the effect lives on', () => {
    const scope = new Scope(null);
    const taken: string[] = [];
    scope.onError = (error) => {
      taken.push((error as Error).message);
      return true;
    };
    const a = signal(0);
    const seen: number[] = [];
    runInScope(scope, () => {
      renderEffect(() => {
        if (a.value % 2 === 0) throw new Error(`even ${a.value}`);
        seen.push(a.value);
      });
    });
    flushSync(() => (a.value = 1));
    flushSync(() => (a.value = 2));
    flushSync(() => (a.value = 3));
    assert.deepEqual(taken, ['even 0', 'even 2']);
    assert.deepEqual(seen, [1, 3]);
    scope.dispose();
  });

  test('a first run that fails throws to the maker and leaves nothing behind', () => {
    const tally = new Scope(null).tally;
    const before = tally.effects;
    const a = signal(0);
    for (const make of [renderEffect, effect.sync]) {
      assert.throws(
        () =>
          make(() => {
            void a.value;
            effect.sync(() => void a.value);
            throw new Error('first');
          }),
        /first/,
      );
    }
    assert.equal(tally.effects, before);
    assert.equal((a as unknown as { subs: unknown }).subs, undefined);
  });

  test('a failing cleanup or child is reported and the effect still runs again', () => {
    const a = signal(0);
    let runs = 0;
    const stop = effect(() => {
      runs++;
      if (a.value > 1) return undefined;
      return () => {
        throw new Error('cleanup');
      };
    });
    flushSync();
    assert.throws(() => flushSync(() => (a.value = 1)), /cleanup/);
    assert.equal(runs, 2);
    assert.throws(() => flushSync(() => (a.value = 2)), /cleanup/);
    assert.equal(runs, 3);
    stop();
  });

  test('an error handler that throws is not lost', () => {
    const scope = new Scope(null);
    scope.onError = () => {
      throw new Error('handler');
    };
    const a = signal(0);
    runInScope(scope, () => {
      effect.sync(() => {
        if (a.value === 1) throw new Error('effect');
      });
    });
    assert.throws(
      () => {
        a.value = 1;
      },
      (error) => error instanceof AggregateError && error.errors.length === 2,
    );
    scope.dispose();
  });

  test('an error in the microtask flush reaches uncaughtException after everything ran', () => {
    const url = new URL('./index.js', import.meta.url).href;
    const program = `
      const { effect, signal } = await import(${JSON.stringify(url)});
      const a = signal(0);
      process.on('uncaughtException', (error) => console.log('uncaught', error.message));
      effect(() => { console.log('first', a.value); throw new Error('boom'); });
      effect(() => console.log('second', a.value));
      setTimeout(() => { a.value = 1; }, 1);`;
    const isDeno = (globalThis as { Deno?: unknown }).Deno !== undefined;
    const run = spawnSync(process.execPath, isDeno ? ['eval', program] : ['--input-type=module', '-e', program], { encoding: 'utf8' });
    assert.equal(run.stdout, 'first 0\nsecond 0\nuncaught boom\nfirst 1\nsecond 1\nuncaught boom\n');
    assert.equal(run.status, 0);
  });

  test('an effect that reads a failing derived fails with its error and recovers with it', () => {
    const a = signal(0);
    const half = derived(() => {
      if (a.value % 2 === 1) throw new Error('odd');
      return a.value / 2;
    });
    const seen: number[] = [];
    const stop = effect.sync(() => void seen.push(half.value));
    assert.throws(() => (a.value = 1), /odd/);
    a.value = 4;
    assert.deepEqual(seen, [0, 2]);
    stop();
  });
});

describe('cycles', () => {
  test('an effect that writes what it reads runs until it settles', () => {
    const a = signal(0);
    let runs = 0;
    const stop = effect.sync(() => {
      runs++;
      if (a.value < 20) a.value++;
    });
    assert.equal(a.value, 20);
    assert.equal(runs, 21);
    stop();
  });

  test('effects that keep triggering each other are named and stopped; others still see the last values', () => {
    for (const make of [effect, effect.sync, effect.pre] as const) {
      const a = signal(0);
      const b = signal(0);
      const shown: number[] = [];
      const shownLast: number[] = [];
      const stops = [effect(() => void shown.push(a.value)), effect(() => void shownLast.push(b.value))];
      assert.throws(
        () => {
          stops.push(
            make(
              function ping() {
                b.value = a.value + 1;
              },
            ),
            make(() => void (a.value = b.value), { label: 'pong' }),
          );
          flushSync();
        },
        (error) => error instanceof CycleError && /'ping', 'pong'/.test(error.message) && /100 rounds/.test(error.message),
      );
      flushSync();
      assert.equal(shown.at(-1), a.value);
      assert.equal(shownLast.at(-1), b.value);
      assert.equal(pendingEffects(), 0);
      for (const stop of stops) stop();
    }
  });

  test('a derived between the two effects does not hide the cycle', () => {
    const a = signal(0);
    const next = derived(() => a.value + 1);
    assert.throws(() => {
      effect.sync(() => void (a.value = next.value), { label: 'climber' });
    }, /effects keep triggering themselves.*'climber'/);
  });

  test('the error of a cycle goes to the scope that owns it', () => {
    const scope = new Scope(null);
    const taken: unknown[] = [];
    scope.onError = (error) => taken.push(error) > 0;
    const a = signal(0);
    runInScope(scope, () => {
      effect(() => void (a.value = a.value + 1));
    });
    flushSync();
    assert.equal(taken.length, 1);
    assert.ok(taken[0] instanceof CycleError);
    assert.match((taken[0] as Error).message, /effect #\d+/);
    scope.dispose();
  });

  test('with an effect of nobody goes to a scope that has a part in it', () => {
    const scope = new Scope(null);
    const taken: unknown[] = [];
    scope.onError = (error) => taken.push(error) > 0;
    const on = signal(false);
    const a = signal(0);
    const b = signal(0);
    const stop = effect(() => void (on.value && (b.value = a.value + 1)), { label: 'store' });
    runInScope(scope, () => effect(() => void (on.value && (a.value = b.value + 1)), { label: 'field' }));
    on.value = true;
    flushSync();
    assert.equal(taken.length, 1);
    assert.match((taken[0] as Error).message, /'store', 'field'/);
    stop();
    scope.dispose();
  });

  test('through the handler of an error names the effect that fails', () => {
    const scope = new Scope(null);
    const problem = signal('');
    const taken: unknown[] = [];
    scope.onError = (error) => {
      problem.value = `${(error as Error).message} ${taken.push(error)}`;
      return true;
    };
    runInScope(scope, () => {
      effect(() => {
        throw new Error(`after ${problem.value.length}`);
      }, { label: 'failing' });
    });
    flushSync();
    const cycles = taken.filter((error) => error instanceof CycleError);
    assert.equal(cycles.length, 1);
    assert.match((cycles[0] as Error).message, /'failing'/);
    assert.ok(taken.length < 250, `${taken.length} errors`);
    scope.dispose();
  });

  test('through an await is told once; the event loop goes on turning, and so does everything else', async () => {
    const scope = new Scope(null);
    const taken: unknown[] = [];
    scope.onError = (error) => taken.push(error) > 0;
    const on = signal(true);
    const count = signal(0);
    const other = signal(0);
    const seen: number[] = [];
    runInScope(scope, () => {
      const climb = async (): Promise<void> => {
        const { value } = count;
        if (!on.value) return;
        await Promise.resolve();
        count.value = value + 1;
      };
      effect(() => void climb(), { label: 'waiting' });
      effect(() => void seen.push(other.value));
    });
    for (let i = 1; i <= 20; i++) {
      await new Promise((resolve) => void setTimeout(resolve, 1));
      other.value = i;
    }
    assert.equal(taken.length, 1);
    assert.ok(taken[0] instanceof CycleError && /'waiting'/.test(taken[0].message), String(taken[0]));
    const reached = count.peek();
    await new Promise((resolve) => void setTimeout(resolve, 1));
    assert.ok(count.peek() > reached, 'it was stopped');
    assert.ok(seen.length >= 20, `${seen.length} changes of another signal were seen`);
    on.value = false;
    await new Promise((resolve) => void setTimeout(resolve, 1));
    const end = count.peek();
    await new Promise((resolve) => void setTimeout(resolve, 1));
    assert.equal(count.peek(), end);
    scope.dispose();
  });

  test('after a cycle its effects react to the next change', () => {
    const step = signal(1);
    const a = signal(0);
    let runs = 0;
    const stop = effect(() => {
      runs++;
      a.value = a.value + step.value;
    });
    assert.throws(() => flushSync(), CycleError);
    assert.ok(runs >= 100 && runs < 250, String(runs));
    runs = 0;
    flushSync(() => (step.value = 0));
    assert.equal(runs, 1);
    batch(() => a.value++);
    flushSync();
    assert.equal(runs, 2);
    stop();
  });
});
