import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseKeyPattern } from './key-pattern.ts';

describe('parseKeyPattern', () => {
  const plain = { ctrl: false, alt: false, shift: false, super: false, hyper: false };

  test('takes modifiers in any order and case, with their other names', () => {
    assert.deepEqual(parseKeyPattern('Ctrl+Shift+s'), { ...plain, key: 's', ctrl: true, shift: true, stroke: 'ctrl+shift+s' });
    assert.deepEqual(parseKeyPattern('shift+control+s'), { ...plain, key: 's', ctrl: true, shift: true, stroke: 'ctrl+shift+s' });
    assert.deepEqual(parseKeyPattern('option+cmd+x'), { ...plain, key: 'x', alt: true, super: true, stroke: 'alt+super+x' });
  });

  test('knows short names, and + as a key', () => {
    assert.deepEqual(['esc', 'return', 'up', 'pageup', 'del', ' '].map((name) => parseKeyPattern(name).key), ['Escape', 'Enter', 'ArrowUp', 'PageUp', 'Delete', 'Space']);
    assert.deepEqual(parseKeyPattern('+'), { ...plain, key: '+', stroke: '+' });
    assert.deepEqual(parseKeyPattern('ctrl++'), { ...plain, key: '+', ctrl: true, stroke: 'ctrl++' });
  });

  test('a name that every object has is no key', () => {
    assert.throws(() => parseKeyPattern('constructor'), /no key of that name/);
  });

  test('says what is wrong', () => {
    assert.throws(() => parseKeyPattern(''), /names no key/);
    assert.throws(() => parseKeyPattern('meta2+x'), /'meta2' is no modifier/);
  });
});
