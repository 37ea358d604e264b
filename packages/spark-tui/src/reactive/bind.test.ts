import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  bind,
  bindingHasInternalSource,
  bindReadonly,
  derived,
  disconnectBinding,
  effect,
  isBinding,
  reactiveProps,
  signal,
  unwrap,
} from './index.ts';

describe('bindings', () => {
  test('a binding to a signal reads, writes and tracks it', () => {
    const name = signal('a');
    const binding = bind(name);
    const chained = bind(binding);
    const seen: string[] = [];
    const stop = effect.sync(() => void seen.push(chained.value));
    binding.value = 'b';
    chained.value = 'c';
    assert.deepEqual(seen, ['a', 'b', 'c']);
    assert.equal(name.value, 'c');
    stop();
  });

  test('getters, deriveds and read-only bindings refuse writes', () => {
    const a = signal(1);
    for (const source of [bind(() => a.value), bind(derived(() => a.value)), bindReadonly(a)]) {
      assert.equal(source.value, a.value);
      assert.equal(isBinding(source), true);
      assert.throws(() => ((source as { value: number }).value = 5), { name: 'OptionError', message: /read-only/ });
    }
    assert.equal(a.value, 1);
  });

  test('a primitive is held; an object gets a signal of its own, which can be disconnected', () => {
    const plain = bind(5);
    plain.value = 6;
    assert.equal(plain.value, 6);
    assert.equal(bindingHasInternalSource(plain), false);
    const object = bind({ n: 1 }) as { value: { n: number } };
    assert.equal(bindingHasInternalSource(object), true);
    let runs = 0;
    const stop = effect.sync(() => {
      void object.value;
      runs++;
    });
    object.value = { n: 2 };
    disconnectBinding(object);
    disconnectBinding(null);
    object.value = { n: 3 };
    assert.equal(runs, 2);
    assert.equal(object.value.n, 3);
    stop();
  });

  test('isBinding and unwrap tell bindings, signals and values apart', () => {
    const a = signal(1);
    assert.deepEqual([isBinding(a), isBinding(null), isBinding(bind(a))], [false, false, true]);
    assert.deepEqual([unwrap(bind(a)), unwrap(a as never), unwrap(7)], [1, 1, 7]);
  });
});

test('reactiveProps reads values, getters and signals alike', () => {
  const size = signal(2);
  const props = reactiveProps({ title: 'x', width: () => size.value * 2, size, none: undefined });
  const seen: unknown[] = [];
  const stop = effect.sync(() => void seen.push([props.title.value, props.width.value, props.size.value, props.none.value]));
  size.value = 3;
  assert.deepEqual(seen, [
    ['x', 4, 2, undefined],
    ['x', 6, 3, undefined],
  ]);
  stop();
});
