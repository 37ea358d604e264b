import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlyphTable } from './glyph-table.ts';
import { RunBuilder } from './run-builder.ts';
import { wordWidth } from './run-word.ts';
import { shape } from './shape.ts';
import { truncateEnd, truncateMiddle, truncateStart, Truncation } from './truncate-run.ts';

const glyphs = new GlyphTable();
const run = new RunBuilder();
const kept = new Truncation();

function shown(text: string, widthCells: number, how: typeof truncateEnd): string {
  shape(text, glyphs, run);
  how(run.words, 0, run.length, widthCells, kept);
  let out = '';
  for (let i = 0; i < kept.headEnd; i++) out += glyphs.text(run.words[i]);
  if (kept.hasEllipsis) out += '…';
  for (let i = kept.tailStart; i < run.length; i++) out += glyphs.text(run.words[i]);
  return out;
}

test('the ellipsis goes where text was left out', () => {
  assert.equal(shown('some long text', 8, truncateEnd), 'some lo…');
  assert.equal(shown('some long text', 8, truncateStart), '…ng text');
  assert.equal(shown('some long text', 8, truncateMiddle), 'some…ext');
});

test('what fits stays as it is', () => {
  for (const how of [truncateEnd, truncateStart, truncateMiddle]) {
    assert.equal(shown('漢字', 4, how), '漢字');
    assert.equal(kept.hasEllipsis, false);
    assert.equal(kept.widthCells, 4);
  }
});

test('wide clusters are not split, and little room gives little', () => {
  assert.equal(shown('漢字漢', 4, truncateEnd), '漢…');
  assert.equal(kept.widthCells, 3);
  assert.equal(shown('漢字漢', 1, truncateMiddle), '…');
  assert.equal(shown('漢字漢', 0, truncateStart), '');
  assert.equal(shown('e\u0301e\u0301e\u0301', 2, truncateEnd), 'e\u0301…');
});

test('property: the result fits, its width is right and it uses the room', () => {
  const unit = fc.constantFrom(...'abc 漢字👍', 'e\u0301', '\u0301', '👩‍🚀');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), fc.integer({ min: 0, max: 20 }), fc.constantFrom(truncateEnd, truncateStart, truncateMiddle), (text, width, how) => {
      shown(text, width, how);
      assert.ok(kept.headEnd <= kept.tailStart);
      let sum = kept.hasEllipsis ? 1 : 0;
      for (let i = 0; i < run.length; i++) if (i < kept.headEnd || i >= kept.tailStart) sum += wordWidth(run.words[i]);
      assert.equal(kept.widthCells, sum);
      assert.ok(sum <= width);
      if (run.maxWidthCells <= width) assert.equal(sum, run.maxWidthCells);
      else assert.ok(sum >= width - 2 || width === 0, 'at most half a wide cluster a side is wasted');
    }),
    { numRuns: 1000 },
  );
});
