import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EditLine, type EditUnit } from './edit-line.ts';
import { graphemes } from './segment.ts';

/** The line with `|` at the caret and `^` at the anchor when something is selected. */
function shown(line: EditLine): string {
  const parts: string[] = [];
  for (let i = 0; i <= line.clusters.length; i++) {
    if (line.hasSelection && i === line.anchor) parts.push('^');
    if (i === line.caret) parts.push('|');
    if (i < line.clusters.length) parts.push(line.clusters[i]);
  }
  return parts.join('');
}

test('typing puts text at the caret and goes behind it', () => {
  const line = new EditLine('ac');
  line.move(-1, 'cluster');
  line.insert('b', true);
  assert.equal(shown(line), 'ab|c');
});

test('the caret steps over whole clusters', () => {
  const line = new EditLine('e\u0301👩‍🚀🇩🇪');
  line.move(-1, 'cluster');
  line.move(-1, 'cluster');
  assert.equal(shown(line), 'e\u0301|👩‍🚀🇩🇪');
  line.delete(1, 'cluster');
  assert.equal(line.text, 'e\u0301🇩🇪');
});

test('a mark typed after a letter joins it, and the caret stays behind both', () => {
  const line = new EditLine('ex');
  line.move(-1, 'cluster');
  line.insert('\u0301', true);
  assert.equal(shown(line), 'e\u0301|x');
  assert.equal(line.clusters.length, 2);
});

test('half a flag deleted makes the others pair anew', () => {
  const line = new EditLine('🇩🇪🇫🇷');
  line.moveTo(0);
  line.insert('🇦');
  assert.deepEqual(line.clusters, ['🇦🇩', '🇪🇫', '🇷']);
  assert.equal(line.caret, 1);
});

test('words are runs of letters and digits, or of punctuation', () => {
  const line = new EditLine('let größe = foo(bar);');
  const stops: number[] = [];
  while (line.move(-1, 'word')) stops.push(line.caret);
  assert.deepEqual(stops, [19, 16, 15, 12, 10, 4, 0]);
  assert.ok(line.move(1, 'word'));
  assert.equal(shown(line), 'let| größe = foo(bar);');
});

test('moving with extend selects; moving sideways without leaves at the edge', () => {
  const line = new EditLine('one two');
  line.move(-1, 'word', true);
  assert.equal(shown(line), 'one |two^');
  assert.equal(line.selectedText, 'two');
  line.move(-1, 'cluster');
  assert.equal(shown(line), 'one |two');
});

test('text put in replaces the selection', () => {
  const line = new EditLine('one two');
  line.selectWord(1);
  line.insert('1');
  assert.equal(shown(line), '1| two');
});

test('line ends in what is put in become spaces, controls become visible', () => {
  const line = new EditLine();
  line.insert('a\r\nb\tc\u001b[2J');
  assert.equal(line.text, 'a b c\ufffd[2J');
});

test('no more than maxClusters is taken in, counted in clusters', () => {
  const line = new EditLine('ab', 4);
  line.insert('👩‍🚀👩‍🚀👩‍🚀');
  assert.equal(line.text, 'ab👩‍🚀👩‍🚀');
  assert.equal(line.insert('x'), false);
  line.insert('\u0301');
  assert.equal(line.clusters.length, 4);
});

test('a line longer than allowed from outside is shown whole and does not grow', () => {
  const line = new EditLine('', 2);
  line.replace('abcd');
  assert.equal(line.insert('x'), false);
  line.delete(-1, 'cluster');
  assert.equal(line.text, 'abc');
});

test('typing is one step to undo, up to a blank', () => {
  const line = new EditLine();
  for (const char of 'one two') line.insert(char, true);
  line.undo();
  assert.equal(line.text, 'one');
  line.undo();
  assert.equal(line.text, '');
  line.redo();
  line.redo();
  assert.equal(shown(line), 'one two|');
});

test('kills that follow each other are yanked as one; older ones after it', () => {
  const line = new EditLine('one two three');
  line.delete(-1, 'word', true);
  line.delete(-1, 'word', true);
  line.moveTo(0);
  line.delete(1, 'word', true);
  assert.equal(line.text, ' ');
  line.yank();
  assert.equal(line.text, 'one ');
  line.yankOlder();
  assert.equal(line.text, 'two three ');
});

test('transposing exchanges the two clusters at the caret', () => {
  const line = new EditLine('abc');
  line.transpose();
  assert.equal(shown(line), 'acb|');
});

test('a write from outside keeps the caret where it can be', () => {
  const line = new EditLine('hello world');
  line.moveTo(8);
  line.replace('hey');
  assert.equal(shown(line), 'hey|');
  line.moveTo(1);
  line.replace('hello');
  assert.equal(shown(line), 'h|ello');
});

const piece = fc.constantFrom('a', 'B', ' ', '.', '漢', '\u0301', '👩', '\u200d', '🚀', '🇩', '🇪', '\n', '\u001b', 'क', '\u094d', 'ष', '\ud800');
const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const unit = fc.constantFrom<EditUnit>('cluster', 'word', 'blank', 'line');
const direction = fc.constantFrom<-1 | 1>(-1, 1);
const action: fc.Arbitrary<(line: EditLine) => unknown> = fc.oneof(
  text.map((value) => (line: EditLine) => line.insert(value)),
  piece.map((value) => (line: EditLine) => line.insert(value, true)),
  text.map((value) => (line: EditLine) => line.replace(value)),
  fc.tuple(direction, unit, fc.boolean()).map(([d, u, k]) => (line: EditLine) => line.delete(d, u, k)),
  fc.tuple(direction, unit, fc.boolean()).map(([d, u, e]) => (line: EditLine) => line.move(d, u, e)),
  fc.tuple(fc.integer({ min: -2, max: 20 }), fc.boolean()).map(([p, e]) => (line: EditLine) => line.moveTo(p, e)),
  fc.constantFrom(
    (line: EditLine) => line.yank(),
    (line: EditLine) => line.yankOlder(),
    (line: EditLine) => line.transpose(),
    (line: EditLine) => line.undo(),
    (line: EditLine) => line.redo(),
    (line: EditLine) => line.selectAll(),
  ),
);

test('whatever is done: clusters are those of the text, caret and anchor lie between them, undo leads back', () => {
  fc.assert(
    fc.property(text, fc.option(fc.integer({ min: 0, max: 8 }), { nil: Infinity }), fc.array(action, { maxLength: 30 }), (start, max, actions) => {
      const line = new EditLine(start, max);
      const before = line.text;
      for (const act of actions) {
        act(line);
        assert.deepEqual(line.clusters, graphemes(line.text));
        assert.ok(line.caret >= 0 && line.caret <= line.clusters.length);
        assert.ok(line.anchor >= 0 && line.anchor <= line.clusters.length);
        assert.doesNotMatch(line.text, /\p{Cc}/u);
        assert.equal(line.placeOf(line.offsetOf(line.caret)), line.caret);
      }
      while (line.undo());
      assert.equal(line.text, before);
    }),
    { numRuns: 2000 },
  );
});

test('a text changed by its keeper is part of the edit before: undo goes back behind both', () => {
  const line = new EditLine('A');
  line.insert('b', true);
  assert.ok(line.adopt('AB'));
  assert.equal(shown(line), 'AB|');
  line.undo();
  assert.equal(shown(line), 'A|');
});

test('a selection by words takes the first and the last whole, whichever way it goes', () => {
  const line = new EditLine('one two three');
  line.selectWords(5, 9);
  assert.equal(line.selectedText, 'two three');
  line.selectWords(5, 1);
  assert.equal(shown(line), '|one two^ three');
});
