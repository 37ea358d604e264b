/** Key strings: what compiles and what does not. The compiler is the test; the calls show that run time agrees. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OptionError } from '../base/index.ts';
import { parseChord } from './chord.ts';
import { parseKeyPattern } from './key-pattern.ts';
import type { ValidChord, ValidKey } from './key-string.ts';

const key = <const S extends string>(pattern: S & ValidKey<S>): string => parseKeyPattern(pattern).stroke;
const chord = <const S extends string>(text: S & ValidChord<S>): readonly string[] => parseChord(text, 'Space');

describe('key strings', () => {
  test('take names in any case, characters, modifiers in any order', () => {
    assert.deepEqual(
      [key('q'), key('Q'), key('+'), key('ctrl++'), key('Escape'), key('esc'), key('PAGEUP'), key('Ctrl+Shift+p'), key('shift+ctrl+P'), key('F12')],
      ['q', 'Q', '+', 'ctrl++', 'Escape', 'Escape', 'PageUp', 'ctrl+shift+p', 'ctrl+shift+p', 'F12'],
    );
    assert.deepEqual([key('ф'), key('alt+é'), key('👍'), key('cmd+NumpadEnter'), key('shift+a'), key('shift+/')], ['ф', 'alt+é', '👍', 'super+NumpadEnter', 'A', 'shift+/']);
    assert.deepEqual([chord('g g'), chord('ctrl+k ctrl+s'), chord('<leader> f'), chord(' '), chord('+ +')], [['g', 'g'], ['ctrl+k', 'ctrl+s'], ['Space', 'f'], ['Space'], ['+', '+']]);
  });

  test('wrong ones are type errors, and errors at run time', () => {
    // @ts-expect-error no such key
    assert.throws(() => key('Escpae'), OptionError);
    // @ts-expect-error no such modifier
    assert.throws(() => key('ctl+s'), OptionError);
    // @ts-expect-error no key after the modifier
    assert.throws(() => key('ctrl+'), OptionError);
    // @ts-expect-error nothing
    assert.throws(() => key(''), OptionError);
    // @ts-expect-error F36 does not exist
    assert.throws(() => key('F36'), OptionError);
    // @ts-expect-error a chord is no stroke
    assert.throws(() => key('g g'), OptionError);
    // @ts-expect-error the second stroke is wrong
    assert.throws(() => chord('ctrl+k ctlr+s'), OptionError);
    // @ts-expect-error no such placeholder
    assert.throws(() => chord('<lead> f'), OptionError);
  });

  test('strings that are no literals are checked at run time', () => {
    const given: string = JSON.parse('"ctrl+s"') as string;
    assert.equal(key(given), 'ctrl+s');
    assert.deepEqual(chord(given), ['ctrl+s']);
    assert.throws(() => chord('a b c d e f g h i' as string), /at most 8 make a chord/);
  });
});
