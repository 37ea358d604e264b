import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  derived,
  effect,
  hasSlot,
  isSlot,
  ReactiveSet,
  signal,
  slot,
  slotArray,
  trackedSlotArray,
  typedSlotArray,
  typedSlotArrayGroup,
} from './index.ts';

describe('slot', () => {
  test('readers follow value, signal, getter and other slot as the source is exchanged', () => {
    const place = slot<unknown>('value');
    const seen: unknown[] = [];
    const stop = effect.sync(() => void seen.push(place.value));
    place.set('written');
    const name = signal('signal');
    place.source = name;
    place.set('through');
    name.value = 'direct';
    place.source = () => `${name.value}!`;
    name.value = 'again';
    const other = slot('other');
    place.source = other;
    other.set('moved');
    name.value = 'nobody listens';
    assert.deepEqual(seen, ['value', 'written', 'signal', 'through', 'direct', 'direct!', 'again!', 'other', 'moved']);
    assert.equal(place.peek(), 'moved');
    assert.equal(place.source, other);
    assert.equal(isSlot(place), true);
    assert.equal(isSlot(name), false);
    stop();
  });

  test('writing through to a getter or derived is refused', () => {
    const place = slot<number>(1);
    place.source = () => 2;
    assert.throws(() => place.set(3), { name: 'OptionError' });
    place.source = derived(() => 4);
    assert.throws(() => place.set(5), { name: 'OptionError' });
    assert.equal(place.value, 4);
  });

  test('an unset slot is undefined', () => {
    assert.equal(slot().value, undefined);
  });
});

describe('slot arrays', () => {
  test('read by index, exchange sources, clear to the default', () => {
    const names = slotArray('-');
    const name = signal('a');
    names.setSource(3, name);
    const seen: string[] = [];
    const stop = effect.sync(() => void seen.push(names[3]!));
    name.value = 'b';
    names.setValue(3, 'c');
    names.clear(3);
    names[3] = 'd';
    assert.deepEqual(seen, ['a', 'b', 'c', '-', 'd']);
    assert.equal(name.value, 'c');
    assert.equal(names.length, 4);
    assert.deepEqual([hasSlot(names, 3), hasSlot(names, 4), isSlot(names)], [true, false, true]);
    assert.equal(names[1], '-');
    assert.equal(names.slot(0).value, '-');
    names.ensureCapacity(10);
    assert.equal(names.length, 10);
    assert.throws(() => names.setSource(-1, 'x'), { name: 'OptionError' });
    stop();
  });

  test('reading an index that has no slot yet subscribes to it', () => {
    const values = slotArray(0);
    const seen: number[] = [];
    const stop = effect.sync(() => void seen.push(values[1_000_000]!));
    values.setValue(1_000_000, 5);
    assert.deepEqual(seen, [0, 5]);
    stop();
  });

  test('a tracked array notes what was written', () => {
    const dirty = new ReactiveSet<number>();
    const widths = trackedSlotArray(0, dirty);
    widths[5] = 80;
    widths.setValue(2, 1);
    widths.setSource(7, signal(3));
    assert.deepEqual([...dirty], [5, 2, 7]);
  });
});

describe('typed slot arrays', () => {
  test('values go into the buffer as its type holds them; bound ones at sync', () => {
    const bytes = typedSlotArray(Uint8Array, 2);
    const level = signal(300);
    bytes.set(0, 7);
    bytes.setSource(3, level);
    assert.equal(bytes.capacity, 4);
    assert.equal(bytes.length, 4);
    assert.deepEqual([...bytes.buffer], [7, 0, 0, 44]);
    assert.deepEqual(bytes.syncAndGetDirty(), [0, 3]);
    level.value = 5;
    assert.equal(bytes.peek(3), 44);
    assert.equal(bytes.get(3), 5);
    assert.deepEqual(bytes.syncAndGetDirty(), [3]);
    assert.deepEqual(bytes.syncAndGetDirty(), []);
    assert.equal(bytes.buffer[3], 5);
    assert.throws(() => bytes.set(-1, 0), { name: 'OptionError' });
    assert.throws(() => bytes.get(1.5), { name: 'OptionError' });
  });

  test('readers follow writes, bindings and unbinding', () => {
    const widths = typedSlotArray(Float32Array, 4, undefined, -1);
    const width = signal(10);
    const seen: number[] = [];
    const stop = effect.sync(() => void seen.push(widths.get(1)));
    const viaSignal = widths.getSignal(1);
    widths.set(1, 2.5);
    widths.setSource(1, width);
    width.value = 11;
    assert.equal(viaSignal.value, 11);
    assert.equal(widths.hasBoundSource(1), true);
    widths.sync();
    widths.unbind(1);
    width.value = 12;
    widths.set(1, 3);
    assert.deepEqual(seen, [-1, 2.5, 10, 11, 11, 3]);
    widths.reset();
    assert.deepEqual([widths.length, widths.peek(1), widths.dirtySet.size], [0, -1, 0]);
    stop();
  });

  test('a group shares one dirty set', () => {
    const nodes = typedSlotArrayGroup({ width: { type: Float32Array, defaultValue: 1 }, kind: { type: Uint8Array } }, 4);
    const width = signal(5);
    nodes.arrays.width.setSource(2, width);
    nodes.arrays.kind.set(3, 9);
    assert.deepEqual(nodes.syncAndGetDirty(), [2, 3]);
    width.value = 6;
    assert.deepEqual(nodes.syncAndGetDirty(), [2]);
    nodes.ensureCapacity(100);
    assert.equal(nodes.arrays.kind.capacity >= 100 && nodes.arrays.width.peek(99) === 1, true);
    nodes.reset();
    assert.equal(nodes.arrays.kind.peek(3), 0);
  });
});
