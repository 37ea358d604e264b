import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alwaysEquals,
  createEquals,
  deepEquals,
  equals,
  neverEquals,
  safeEquals,
  safeNotEqual,
  shallowEquals,
} from './index.ts';

test('equals is Object.is', () => {
  assert.deepEqual([equals(Number.NaN, Number.NaN), equals(0, -0), equals({}, {})], [true, false, false]);
});

test('safeEquals never calls objects and functions equal', () => {
  const object = {};
  assert.deepEqual(
    [safeEquals(1, 1), safeEquals(object, object), safeNotEqual(test, test), safeNotEqual(Number.NaN, Number.NaN)],
    [true, false, true, false],
  );
});

test('shallowEquals compares one level', () => {
  const inner = {};
  assert.equal(shallowEquals({ a: 1, inner }, { inner, a: 1 }), true);
  assert.equal(shallowEquals({ a: {} }, { a: {} }), false);
  assert.equal(shallowEquals({ a: undefined }, { b: undefined }), false);
  assert.equal(shallowEquals([1, 2], [1, 2]), true);
  assert.equal(shallowEquals([1], { 0: 1 }), false);
  assert.equal(shallowEquals(new Date(1), new Date(2)), false);
  assert.equal(shallowEquals(new Map([[1, 1]]), new Map([[1, 2]])), false);
  assert.equal(shallowEquals(null, {}), false);
});

test('deepEquals compares structure, collections and cycles', () => {
  const cyclic = (): unknown => {
    const node: Record<string, unknown> = { list: [1, { x: Number.NaN }] };
    node['self'] = node;
    return node;
  };
  assert.equal(deepEquals(cyclic(), cyclic()), true);
  assert.equal(deepEquals({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }), false);
  assert.equal(deepEquals(new Map([['k', { v: 1 }]]), new Map([['k', { v: 1 }]])), true);
  assert.equal(deepEquals(new Map([['k', 1]]), new Map([['j', 1]])), false);
  assert.equal(deepEquals(new Set([1, 2]), new Set([2, 1])), true);
  assert.equal(deepEquals(new Date(1), new Date(1)), true);
  assert.equal(deepEquals(/a/g, /a/i), false);
  assert.equal(deepEquals(new Uint8Array([1, 2]), new Uint8Array([1, 3])), false);
  assert.equal(deepEquals([], {}), false);
  assert.equal(deepEquals({ a: undefined }, {}), false);
});

test('createEquals, neverEquals and alwaysEquals', () => {
  assert.equal(createEquals((a: string, b: string) => a.length === b.length)('ab', 'cd'), true);
  assert.deepEqual([neverEquals(1, 1), alwaysEquals(1, 2)], [false, true]);
});
