import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { sanitiseError } from './sanitise-error.ts';

const runtime = globalThis as { Bun?: unknown; Deno?: unknown };
const isNode = runtime.Bun === undefined && runtime.Deno === undefined;
const EVIL = 'cannot open \u001b]0;PWNED\u0007\u009b2J.txt';
// oxlint-disable-next-line no-control-regex -- what must not be printed
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

test('what a runtime prints of an error steers no terminal; Node does not need the message changed', () => {
  const error = new Error(EVIL, { cause: new AggregateError([new TypeError(EVIL)], EVIL) });
  assert.match(inspect(error), CONTROLS);
  sanitiseError(error);
  assert.doesNotMatch(inspect(error), CONTROLS);
  assert.match(inspect(error), /cannot open \ufffd\]0;PWNED/);
  assert.match(inspect(error), /sanitise-error\.test/);
  if (isNode) assert.equal(error.message, EVIL);
  else assert.doesNotMatch(error.message, CONTROLS);
});

test('errors that hang on an error are cleaned, wherever they hang', () => {
  const part = new Error(EVIL);
  const inner = new Error(EVIL);
  const error = Object.assign(new Error('plain'), { errors: [part], seen: new Map([['key', { inner }]]) });
  sanitiseError(error);
  assert.doesNotMatch(String(part.stack), CONTROLS);
  assert.doesNotMatch(String(inner.stack), CONTROLS);
});

test('a thrown string comes back safe, an error as the same object', () => {
  assert.equal(sanitiseError('a\u001b]0;b'), 'a\ufffd]0;b');
  assert.equal(sanitiseError('plain'), 'plain');
  const error = new Error(EVIL);
  assert.equal(sanitiseError(error), error);
});

test('a harmless error is not touched', () => {
  const error = new Error('plain');
  const { stack } = error;
  sanitiseError(error);
  assert.equal(error.stack, stack);
});

test('what is no error, errors in a circle and frozen errors do no harm', () => {
  sanitiseError(undefined);
  sanitiseError(EVIL);
  const circle = new Error(EVIL);
  circle.cause = circle;
  sanitiseError(circle);
  sanitiseError(Object.freeze(new Error(EVIL)));
});
