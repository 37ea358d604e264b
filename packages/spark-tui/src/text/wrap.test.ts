import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphTable } from './glyph-table.ts';
import { RunBuilder } from './run-builder.ts';
import { WORD_LINE_END, WORD_SPACE, wordWidth } from './run-word.ts';
import { shape } from './shape.ts';
import { LineBreak, nextLine, WRAP_CLUSTER, WRAP_NONE, WRAP_WORD, type WrapMode, wrappedHeight } from './wrap.ts';
import { wrap } from './wrap-string.ts';

const glyphs = new GlyphTable();
const run = new RunBuilder();
const line = new LineBreak();

interface Line {
  start: number;
  end: number;
  next: number;
  widthCells: number;
  text: string;
}

function linesOf(text: string, widthCells: number, mode: WrapMode): Line[] {
  shape(text, glyphs, run);
  const lines: Line[] = [];
  for (let at = 0; at < run.length; ) {
    const next = nextLine(run.words, at, run.length, widthCells, mode, line);
    assert.ok(next > at, 'every line makes progress');
    let shown = '';
    for (let i = line.start; i < line.end; i++) shown += glyphs.text(run.words[i]);
    lines.push({ start: line.start, end: line.end, next, widthCells: line.widthCells, text: shown });
    at = next;
  }
  return lines;
}

function texts(text: string, widthCells: number, mode: WrapMode = WRAP_WORD): string[] {
  return linesOf(text, widthCells, mode).map((one) => one.text);
}

test('words wrap at opportunities and trailing spaces hang', () => {
  assert.deepEqual(texts('the quick   brown fox', 9), ['the quick', 'brown fox']);
  assert.deepEqual(texts('the quick brown', 10), ['the quick', 'brown']);
  assert.deepEqual(texts('aa bb', 5), ['aa bb']);
  assert.deepEqual(texts('aa bb', 4), ['aa', 'bb']);
  assert.deepEqual(texts('漢字漢字', 5), ['漢字', '漢字']);
});

test('a word longer than the line breaks between clusters', () => {
  assert.deepEqual(texts('extraordinary', 5), ['extra', 'ordin', 'ary']);
  assert.deepEqual(texts('an extraordinary', 5), ['an', 'extra', 'ordin', 'ary']);
  assert.deepEqual(texts('e\u0301e\u0301e\u0301', 2), ['e\u0301e\u0301', 'e\u0301']);
});

test('hard line ends: empty lines count, a last line end adds none', () => {
  assert.deepEqual(texts('a\n\nb\n', 10), ['a', '', 'b']);
  assert.deepEqual(texts('\n', 10), ['']);
  assert.deepEqual(texts('', 10), []);
});

test('spaces before a hard end are kept as far as they fit', () => {
  assert.deepEqual(texts('Name: ', 10), ['Name: ']);
  assert.deepEqual(texts('ab   \nc', 4), ['ab  ', 'c']);
  assert.deepEqual(texts('    ', 2), ['  ']);
});

test('a wide cluster in a line of one cell, and lines of no width, still make progress', () => {
  assert.deepEqual(texts('漢字', 1), ['漢', '字']);
  assert.deepEqual(texts('abc', 0), ['a', 'b', 'c']);
  assert.deepEqual(texts('a b', 0), ['a', 'b']);
  assert.deepEqual(texts('a\u0301b', -5), ['a\u0301', 'b']);
});

test('no wrapping breaks at hard line ends only and keeps all spaces', () => {
  assert.deepEqual(texts('the quick  \nbrown', 3, WRAP_NONE), ['the quick  ', 'brown']);
});

test('cluster wrapping does not look at words', () => {
  assert.deepEqual(texts('the quick', 5, WRAP_CLUSTER), ['the q', 'uick']);
});

test('wrap gives the lines of a string, sanitised', () => {
  assert.deepEqual(wrap('the quick brown fox', 10), ['the quick', 'brown fox']);
  assert.deepEqual(wrap('a\u001b\tb', 20, { tabWidthCells: 4 }), ['a\ufffd  b']);
  assert.deepEqual(wrap('abcd e', 3, { mode: 'cluster' }), ['abc', 'd e']);
});

const unit = fc.constantFrom(...'abc   -漢字、「」👍\n\t', 'e\u0301', '\u200b', '\u2060', '\u0301', '👩‍🚀', '\u00a0', '\u3000', '🇩🇪');

test('property: lines fit, nothing but hanging spaces and line ends is left out, heights agree', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 0, max: 12 }), fc.constantFrom<WrapMode>(WRAP_NONE, WRAP_WORD, WRAP_CLUSTER), (text, width, mode) => {
      const lines = linesOf(text, width, mode);
      const words = run.words;
      let at = 0;
      for (const one of lines) {
        assert.equal(one.start, at);
        let sum = 0;
        let wideClusters = 0;
        for (let i = one.start; i < one.end; i++) {
          assert.equal(words[i] & WORD_LINE_END, 0);
          sum += wordWidth(words[i]);
          if (wordWidth(words[i]) > 0) wideClusters++;
        }
        assert.equal(one.widthCells, sum);
        if (mode !== WRAP_NONE) assert.ok(sum <= width || wideClusters === 1, `"${one.text}" in ${width}`);
        for (let i = one.end; i < one.next; i++) assert.ok((words[i] & (WORD_SPACE | WORD_LINE_END)) !== 0);
        at = one.next;
      }
      assert.equal(at, run.length);
      assert.equal(wrappedHeight(words, 0, run.length, width, mode), lines.length);
      if (mode === WRAP_NONE) {
        assert.equal(lines.length, run.hardLines);
        assert.equal(Math.max(0, ...lines.map((one) => one.widthCells)), run.maxWidthCells);
      }
    }),
    { numRuns: 2000 },
  );
});

test('property: a width of max-content breaks only hard lines; one of min-content breaks no piece', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      shape(text, glyphs, run);
      const { maxWidthCells, minWidthCells, hardLines } = run;
      assert.equal(linesOf(text, maxWidthCells, WRAP_WORD).length, hardLines);
      for (const one of linesOf(text, minWidthCells, WRAP_WORD)) {
        const last = run.words[one.next - 1];
        const isSoft = one.next < run.length && (last & WORD_LINE_END) === 0;
        if (isSoft) assert.ok((last & (1 << 24)) !== 0, 'a soft line ends at an opportunity');
        assert.ok(one.widthCells <= Math.max(minWidthCells, 0));
      }
    }),
    { numRuns: 1000 },
  );
});

test('property: wrapping wrapped lines again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 2, max: 12 }), (text, width) => {
      const once = wrap(text, width);
      // Orphan marks can join the cluster before them once line ends and U+2060 are gone.
      fc.pre(!text.includes('\u0301') || !/[\n\u200b\u2060\t]/.test(text));
      assert.deepEqual(once.flatMap((one) => (one === '' ? [''] : wrap(one, width))), once);
    }),
    { numRuns: 1000 },
  );
});
