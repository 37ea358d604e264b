import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EditWindow } from './edit-window.ts';
import { graphemes } from './segment.ts';
import { stringWidth } from './string-width.ts';

function shown(window: EditWindow, clusters: readonly string[]): string {
  return clusters.slice(window.first, window.end).join('');
}

test('a line that fits is shown whole, with the caret behind it', () => {
  const window = new EditWindow();
  const clusters = graphemes('abc');
  window.fit(clusters, 0, 3, 4);
  assert.equal(shown(window, clusters), 'abc');
  assert.equal(window.caretCells, 3);
});

test('the window follows the caret to the end, and back only when it must', () => {
  const window = new EditWindow();
  const clusters = graphemes('abcdef');
  window.fit(clusters, 0, 6, 4);
  assert.equal(shown(window, clusters), 'def');
  window.fit(clusters, 0, 4, 4);
  assert.equal(shown(window, clusters), 'def');
  assert.equal(window.caretCells, 1);
  window.fit(clusters, 0, 1, 4);
  assert.equal(shown(window, clusters), 'bcde');
});

test('after a deletion at the end no room stays empty', () => {
  const window = new EditWindow();
  window.fit(graphemes('abcdef'), 0, 6, 4);
  const clusters = graphemes('abcd');
  window.fit(clusters, 0, 4, 4);
  assert.equal(shown(window, clusters), 'bcd');
});

test('a wide cluster under the caret is whole in the window', () => {
  const window = new EditWindow();
  const clusters = graphemes('ab漢字');
  window.fit(clusters, 0, 3, 4);
  assert.equal(shown(window, clusters), '漢字');
  assert.equal(window.caretCells, 2);
});

test('cells lead to places; both cells of a wide cluster to the place before it', () => {
  const window = new EditWindow();
  window.fit(graphemes('a漢b'), 0, 0, 9);
  assert.deepEqual([-1, 0, 1, 2, 3, 4, 8].map((cell) => window.placeAt(cell)), [0, 0, 1, 1, 2, 3, 3]);
});

test('whatever the line and the width: the caret is in the window, and what shows fits', () => {
  const cluster = fc.constantFrom('a', ' ', '漢', 'e\u0301', '👩‍🚀', '🇩🇪', '\u0301');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(cluster, { maxLength: 30 }), fc.nat(40), fc.nat(2), fc.integer({ min: 2, max: 12 })), { maxLength: 12 }), (steps) => {
      const window = new EditWindow();
      for (const [parts, at, mask, width] of steps) {
        const clusters = graphemes(parts.join(''));
        const caret = Math.min(at, clusters.length);
        window.fit(clusters, mask, caret, width);
        const cells = (from: number, to: number): number => (mask > 0 ? mask * (to - from) : stringWidth(clusters.slice(from, to).join('')));
        assert.ok(window.first <= caret && caret <= window.end);
        assert.equal(window.caretCells, cells(window.first, caret));
        assert.ok(window.caretCells < width);
        assert.ok(cells(window.first, window.end) <= width);
        assert.ok(window.end === clusters.length || cells(window.first, window.end + 1) > width);
      }
    }),
    { numRuns: 300 },
  );
});
