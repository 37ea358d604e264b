import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { graphemeWidth } from './cluster-width.ts';
import { GlyphTable } from './glyph-table.ts';
import { RunBuilder } from './run-builder.ts';
import { WORD_BREAK_AFTER, WORD_CLUSTER, WORD_LINE_END, WORD_SPACE, WORD_UNCERTAIN, wordWidth } from './run-word.ts';
import { sanitise } from './sanitise.ts';
import { graphemes } from './segment.ts';
import { shape } from './shape.ts';
import { TextEdges } from './text-edges.ts';

const glyphs = new GlyphTable();

/** The words as text: `|` after a break opportunity, `⏎` for a line end. */
function drawn(text: string, tabWidthCells = 8): string {
  const run = new RunBuilder(tabWidthCells);
  shape(text, glyphs, run);
  let out = '';
  for (let i = 0; i < run.length; i++) {
    const word = run.words[i];
    out += (word & WORD_LINE_END) !== 0 ? '⏎' : glyphs.text(word) + ((word & WORD_BREAK_AFTER) !== 0 ? '|' : '');
  }
  return out;
}

test('words hold code point, width and flags in the agreed bits', () => {
  const run = new RunBuilder();
  shape('a 漢e\u0301\n\u0915', glyphs, run);
  const [a, space, han, cluster, end, ka] = run.words.subarray(0, run.length);
  assert.equal(run.length, 6);
  assert.equal(a, 0x61 | (1 << 22));
  assert.equal(space, 0x20 | (1 << 22) | WORD_SPACE | WORD_BREAK_AFTER);
  assert.equal(han, 0x6f22 | (2 << 22) | WORD_BREAK_AFTER);
  assert.equal(cluster & WORD_CLUSTER, WORD_CLUSTER);
  assert.equal(wordWidth(cluster), 1);
  assert.equal(cluster & WORD_UNCERTAIN, WORD_UNCERTAIN);
  assert.equal(end, WORD_LINE_END);
  assert.equal(ka, 0x915 | (1 << 22) | WORD_UNCERTAIN, 'a block on which terminals differ');
});

test('lines break after spaces, and never inside, before or after a run of them', () => {
  assert.equal(drawn('hello   world  '), 'hello   |world  ');
  assert.equal(drawn(' a'), ' |a');
  assert.equal(drawn('a\u00a0b'), 'a\u00a0b');
  assert.equal(drawn('a \u00a0b'), 'a |\u00a0b');
  assert.equal(drawn('a \u0301b'), 'a \u0301b', 'a space with a mark is ink');
});

test('lines break after hyphens between letters only', () => {
  assert.equal(drawn('well-known'), 'well-|known');
  assert.equal(drawn('naïve–é'), 'naïve–|é');
  assert.equal(drawn('-1 2024-01 --flag a- b -c'), '-1 |2024-01 |--flag |a- |b |-c');
  assert.equal(drawn('é -1 2024-01 --flag a- b -c'), 'é |-1 |2024-01 |--flag |a- |b |-c', 'the same beside non-ASCII');
});

test('U+200B allows and U+2060 forbids a break, and both disappear', () => {
  assert.equal(drawn('foo\u200bbar'), 'foo|bar');
  assert.equal(drawn('foo \u2060bar'), 'foo bar');
  assert.equal(drawn('漢\ufeff字'), '漢字');
  assert.equal(drawn('\u200ba\u200b'), 'a');
  assert.equal(drawn('e\u200b\u0301x'), 'e\u0301x', 'no break inside a cluster');
});

test('ideographs, kana and wide emoji break on both sides, except beside punctuation (kinsoku)', () => {
  assert.equal(drawn('漢字かな'), '漢|字|か|な');
  assert.equal(drawn('漢字、かな。'), '漢|字、|か|な。');
  assert.equal(drawn('「漢字」と'), '「漢|字」|と');
  assert.equal(drawn('きゃっとー々…あ'), 'きゃっ|とー々…|あ');
  assert.equal(drawn('a漢b字1'), 'a|漢|b|字|1');
  assert.equal(drawn('$漢100%字"漢"'), '$漢|100%|字"漢"');
  assert.equal(drawn('👍🏽👩‍🚀❤️'), '👍🏽|👩‍🚀|❤️');
  assert.equal(drawn('한국어 텍스트'), '한국어 |텍스트');
});

test('line ends of every kind end a hard line', () => {
  assert.equal(drawn('a\nb\r\nc\rd\u2028e\u2029'), 'a⏎b⏎c⏎d⏎e⏎');
  assert.equal(drawn('a\n\nb'), 'a⏎⏎b');
  assert.equal(drawn('\n\u0301a'), '⏎\u0301a');
});

test('tabs become spaces up to the next stop, counted from the line start', () => {
  assert.equal(drawn('a\tb'), 'a       |b');
  assert.equal(drawn('漢\té\n\tx', 4), '漢  |é⏎    |x');
  assert.equal(drawn('\t'.repeat(40), 8).length, 320);
});

test('dangerous text is shaped sanitised', () => {
  assert.equal(drawn('\u001b[31mx\u0007\ud800\u202ey'), '\ufffd[31mx\ufffd\ufffdy');
});

test('measures: widest line with trailing spaces, longest piece without, number of lines', () => {
  const run = new RunBuilder();
  const measures = (text: string): number[] => {
    shape(text, glyphs, run);
    return [run.maxWidthCells, run.minWidthCells, run.hardLines];
  };
  assert.deepEqual(measures(''), [0, 0, 0]);
  assert.deepEqual(measures('\n'), [0, 0, 1]);
  assert.deepEqual(measures('a\n'), [1, 1, 1]);
  assert.deepEqual(measures('a\n\nb'), [1, 1, 3]);
  assert.deepEqual(measures('Name: '), [6, 5, 1]);
  assert.deepEqual(measures('the quick\nbrown'), [9, 5, 2]);
  assert.deepEqual(measures('漢字 naïveté'), [12, 7, 1]);
  assert.deepEqual(measures('   '), [3, 0, 1]);
});

test('a full glyph table shows U+FFFD of width 1 and counts it', () => {
  const small = new GlyphTable(1);
  const run = new RunBuilder();
  shape('e\u0301👩‍🚀', small, run);
  assert.equal(small.text(run.words[0]), 'e\u0301');
  assert.equal(run.words[1] & 0x3fffff, 0xfffd);
  assert.equal(wordWidth(run.words[1]), 1);
  assert.equal(run.maxWidthCells, 2);
  assert.equal(small.refused, 1);
});

test('a builder is reusable and gives memory of a huge text back', () => {
  const run = new RunBuilder();
  shape('x'.repeat(1_000_000), glyphs, run);
  assert.equal(run.maxWidthCells, 1_000_000);
  shape('ab', glyphs, run);
  assert.equal(run.length, 2);
  assert.ok(run.words.length < 1000);
});

test('a tab width that cannot be is refused', () => {
  for (const width of [0, -1, 1.5, NaN, 257]) assert.throws(() => new RunBuilder(width), OptionError);
});

const unit = fc.constantFrom(
  ...'ab -"漢、「한é👍❤', '\u0301', '\u200d', '\ufe0f', '🏽', '🇩', '\u1100', '\u1161', '\u0915', '\u094d', '\u093f', '\n', '\r', '\t',
  '\u200b', '\u2060', '\u202e', '\u001b', '\ud83d', '\udc4d', '🏴', '\u{e0067}', '\u{e007f}', '\u00a0', '\u3000', '\u0d4e',
);

test('property: the words are the clusters of the sanitised text, with their widths', () => {
  const run = new RunBuilder();
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit, maxLength: 25 }), fc.string({ unit: 'binary', maxLength: 25 })), (text) => {
      shape(text, glyphs, run);
      const words = Array.from(run.words.subarray(0, run.length));
      const clusters = graphemes(sanitise(text).replaceAll('\t', ''));
      const withoutTabs = sanitise(text).includes('\t') ? null : clusters;
      if (withoutTabs !== null) {
        const shown = words.map((word) => ((word & WORD_LINE_END) !== 0 ? '\n' : glyphs.text(word)));
        assert.deepEqual(shown, withoutTabs);
        assert.deepEqual(words.map(wordWidth), withoutTabs.map(graphemeWidth));
      }
      for (const word of words) {
        if ((word & WORD_LINE_END) !== 0) assert.equal(word, WORD_LINE_END);
      }
      assert.ok(run.minWidthCells <= run.maxWidthCells);
    }),
    { numRuns: 1000 },
  );
});

test('property: ASCII takes the same breaks on the fast road as beside other text', () => {
  const ascii = fc.constantFrom(...'abZ09 -.\n(%$"');
  fc.assert(
    fc.property(fc.string({ unit: ascii, maxLength: 20 }), (text) => {
      assert.equal(drawn(text + '\né'), drawn(text + '\n') + 'é');
    }),
    { numRuns: 500 },
  );
});

test('edges are found again in the run: a style follows its clusters', () => {
  const run = new RunBuilder();
  const edgesOf = (parts: readonly string[]): number[] => {
    const edges = new TextEdges();
    let text = '';
    for (const part of parts) {
      edges.offsets.push(text.length);
      text += part;
    }
    shape(text, glyphs, run, edges);
    return [...edges.words, run.length];
  };
  assert.deepEqual(edgesOf(['ab', 'c\n', '', 'd']), [0, 2, 4, 4, 5]);
  assert.deepEqual(edgesOf(['漢字', '👩‍🚀x', 'y']), [0, 2, 4, 5]);
  assert.deepEqual(edgesOf(['e', '\u0301x', 'y']), [0, 1, 2, 3], 'a cluster belongs to where it begins');
  assert.deepEqual(edgesOf(['é', '\t', 'x']), [0, 1, 8, 9], 'a tab is several words');
  assert.deepEqual(edgesOf(['a', '\u202e\u200b', 'b', '\u001b', '漢']), [0, 1, 1, 2, 3, 4], 'what is dropped takes no word');
  assert.deepEqual(edgesOf(['a\r', '\nb', 'c']), [0, 2, 3, 4]);
  assert.deepEqual(edgesOf(['🏴\u{e0067}\u{e0062}', '\u{e007f}a', '\ud800']), [0, 1, 2, 3]);
});

test('property: edges split a run as shaping what is before them does', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', ' ', '漢', '\n', '\u001b', '\u202e', '\u200b', '👍', 'é'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (parts) => {
      const run = new RunBuilder();
      const edges = new TextEdges();
      const lengths: number[] = [];
      let text = '';
      for (const part of parts) {
        edges.offsets.push(text.length);
        shape(text, glyphs, run);
        lengths.push(run.length);
        text += part;
      }
      shape(text, glyphs, run, edges);
      assert.deepEqual(edges.words, lengths);
    }),
  );
});
