import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { graphemes } from './segment.ts';
import { sanitise, sanitiseLine } from './sanitise.ts';

test('escape sequences lose what makes them one, and stay visible', () => {
  assert.equal(sanitise('a\u001b[2Jb'), 'a\ufffd[2Jb');
  assert.equal(sanitise('\u001b]0;PWNED\u0007'), '\ufffd]0;PWNED\ufffd');
  assert.equal(sanitise('\u009b31m\u007f\0'), '\ufffd31m\ufffd\ufffd');
});

test('line ends become \\n, tabs stay', () => {
  assert.equal(sanitise('a\r\nb\rc\nd\u2028e\u2029f\tg'), 'a\nb\nc\nd\ne\nf\tg');
  assert.equal(sanitiseLine('a\r\nb\tc'), 'a b c');
});

test('invisible steering characters are dropped', () => {
  assert.equal(sanitise('a\u202eb\u2066c\u2069d\u200ee\u061cf'), 'abcdef');
  assert.equal(sanitise('\ufeffa\u00adb\u2060c\u200bd\ufffee\ufdd0f\u{1fffe}g\u{e0001}h'), 'abcdefgh');
});

test('lone surrogates become U+FFFD, pairs stay', () => {
  assert.equal(sanitise('\ud800a\udc00👍\ud83d'), '\ufffda\ufffd👍\ufffd');
});

test('joiners, variation selectors and flag tags stay; other tags are dropped', () => {
  for (const kept of ['👩‍🚀', '❤️', 'می\u200cخواهم', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '葛\u{e0100}']) assert.equal(sanitise(kept), kept);
  assert.equal(sanitise('a\u{e0067}\u{e0062}\u{e007f}b'), 'ab');
  assert.equal(sanitise('🏴\u{e0067}\u{e0062}b'), '🏴b', 'a flag that is not closed');
  assert.equal(sanitise('🏴\u{e007f}b'), '🏴b');
});

test('a pile of combining marks is cut to 16 code points', () => {
  const zalgo = 'Z' + '\u0351'.repeat(100);
  assert.equal(sanitise(`x${zalgo}y`), 'xZ' + '\u0351'.repeat(15) + 'y');
  assert.equal(sanitise('नमस्ते दुनिया'.repeat(4)), 'नमस्ते दुनिया'.repeat(4), 'long stretches of short clusters are not');
});

test('clean text comes back as the very same string', () => {
  const text = 'plain, héllo 漢字 👩‍🚀\n\tend';
  assert.equal(sanitise(text), text);
});

test('property: nothing that can steer a terminal survives', () => {
  const nasty = fc.constantFrom(
    '\u001b', '\u009b', '\u0007', '\0', '\u007f', '\u0085', '\r', '\n', '\t', '\u202e', '\u2066', '\u200f', '\u061c', '\ud800', '\udc00',
    '\ufeff', '\u2028', '\u{e0001}', '\u{e0067}', '\u{e007f}', '🏴', '\u200d', '\u0301', '\ufe0f', 'a', '漢', '\uffff', '\u{10ffff}',
  );
  const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\p{Noncharacter_Code_Point}]/u;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: nasty, maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 })), (text) => {
      const clean = sanitise(text);
      assert.doesNotMatch(clean.replace(/[\n\t]/g, ''), forbidden);
      assert.doesNotMatch(clean.replace(/\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]+\u{e007f}|[\u200c\u200d]/gu, ''), /\p{Cf}/u);
      assert.equal(sanitise(clean), clean);
      for (const cluster of graphemes(clean)) assert.ok([...cluster].length <= 16);
    }),
    { numRuns: 1000 },
  );
});
