import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nearestName } from './nearest-name.ts';

const KNOWN = ['width', 'height', 'minWidth', 'marginTop', 'onClick', 'bg', 'fg'];

describe('nearestName', () => {
  test('finds a swapped, dropped, added, replaced letter, and another case', () => {
    for (const [given, wanted] of [['widht', 'width'], ['heigt', 'height'], ['heightt', 'height'], ['onclick', 'onClick'], ['margintop', 'marginTop'], ['minWidht', 'minWidth'], ['bh', 'bg']]) {
      assert.equal(nearestName(given as string, KNOWN), wanted);
    }
  });

  test('gives nothing when nothing is near', () => {
    for (const given of ['colour', 'x', 'backgroundImage']) assert.equal(nearestName(given, ['width', 'onClick']), undefined);
  });
});
