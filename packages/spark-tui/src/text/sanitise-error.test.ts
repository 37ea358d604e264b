import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { sanitiseError } from './sanitise-error.ts';

const EVIL = 'cannot open \u001b]0;PWNED\u0007\u009b2J.txt';
// oxlint-disable-next-line no-control-regex -- what must not be printed
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

test('what a runtime prints of an error steers no terminal; the message is kept for who handles it', () => {
  const error = new Error(EVIL, { cause: new AggregateError([new TypeError(EVIL)], EVIL) });
  assert.match(inspect(error), CONTROLS);
  sanitiseError(error);
  assert.doesNotMatch(inspect(error), CONTROLS);
  assert.match(inspect(error), /cannot open \ufffd\]0;PWNED/);
  assert.match(inspect(error), /sanitise-error\.test/);
  assert.equal(error.message, EVIL);
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
