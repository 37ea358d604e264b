import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { graphemeWidth } from './cluster-width.ts';
import { graphemes } from './segment.ts';
import { stringWidth } from './string-width.ts';

test('plain text: one cell for Latin, two for ideographs, none for marks and controls', () => {
  assert.equal(stringWidth(''), 0);
  assert.equal(stringWidth('hello'), 5);
  assert.equal(stringWidth('héllo'), 5);
  assert.equal(stringWidth('he\u0301llo'), 5);
  assert.equal(stringWidth('漢字'), 4);
  assert.equal(stringWidth('ｶﾅ'), 2);
  assert.equal(stringWidth('한국'), 4);
  assert.equal(stringWidth('\u1112\u1161\u11ab'), 2);
  assert.equal(stringWidth('┌─┐'), 3);
  assert.equal(stringWidth('a\u0007b\n'), 2);
  assert.equal(stringWidth('\u0301'), 0);
});

test('emoji: sequences are one cluster of two cells', () => {
  for (const emoji of ['👍', '👍🏽', '👩‍🚀', '👨‍👩‍👧‍👦', '🇩🇪', '🇩', '1️⃣', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏽', '☝🏽', '☝️']) {
    assert.equal(stringWidth(emoji), 2, emoji);
    assert.equal(graphemeWidth(emoji), 2, emoji);
  }
  assert.equal(stringWidth('❤'), 1);
  assert.equal(stringWidth('☝'), 1);
  assert.equal(stringWidth('👍\ufe0e'), 1);
  assert.equal(stringWidth('〰\ufe0e'), 2, 'wide, but not for being an emoji');
  assert.equal(stringWidth('a\ufe0f'), 1, 'not an emoji');
  assert.equal(stringWidth('🇩🇪🇫🇷'), 4);
});

/** Code points around which clusters form, with plain ones between. */
const unit = fc.constantFrom(
  ...'a 1漢한é─👍❤☝',
  '\u0301', '\u200d', '\u200c', '\ufe0f', '\ufe0e', '🏽', '🇩', '🇪', '\u1100', '\u1161', '\u11a8', '\uac00', '\u0915', '\u094d',
  '\u093f', '\u0600', '\u0d4e', '\r', '\n', '\u20e3', '\u{e0067}', '\u{e007f}', '🏴', '\ud83d', '\udc4d', '\u0e33', '\u200b',
);

test('clusters are those of Intl.Segmenter', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const expected = (text: string): string[] => Array.from(segmenter.segment(text), (part) => part.segment);
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      // GB9c came with Unicode 15.1; an older ICU cuts there.
      fc.pre(Number.parseFloat(process.versions['unicode'] ?? '0') >= 15.1 || !text.includes('\u094d'));
      assert.deepEqual(graphemes(text), expected(text));
    }),
    { numRuns: 500 },
  );
});

test('the width of a string is the sum over its clusters, each 0 to 2', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit, maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 })), (text) => {
      let sum = 0;
      const clusters = graphemes(text);
      for (const cluster of clusters) {
        const width = graphemeWidth(cluster);
        assert.ok(width === 0 || width === 1 || width === 2);
        sum += width;
      }
      assert.equal(clusters.join(''), text);
      assert.equal(stringWidth(text), sum);
    }),
    { numRuns: 1000 },
  );
});
