import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GlyphTable } from '../text/index.ts';
import { KIND_TEXT, NIL, ROOT, Scene, U32_RUN_OFFSET } from '../scene/index.ts';
import { GlyphSweep, Screen } from './index.ts';

const CAPACITY = 64;

/** A cluster of its own for every number: a letter and two combining marks. */
function cluster(n: number): string {
  return `e${String.fromCodePoint(0x300 + (n % 64))}${String.fromCodePoint(0x323 + (Math.floor(n / 64) % 8))}${n % 2 === 0 ? '' : '\u0331'}`;
}

test('clusters that are no longer shown make room: a bounded table shows any number of them, one after another', () => {
  const glyphs = new GlyphTable(CAPACITY);
  const scene = new Scene({ maxNodes: 100, glyphs, onDirty: () => {} });
  const screen = new Screen(10, 2);
  const sweep = new GlyphSweep(scene, screen, glyphs);
  scene.onGlyphsFull = () => sweep.run();
  const node = scene.create(KIND_TEXT, ROOT, NIL);
  const kept = scene.create(KIND_TEXT, ROOT, NIL);
  scene.setText(kept, 'o\u0308\u0323');
  for (let n = 0; n < 500; n++) {
    scene.setText(node, cluster(n));
    const word = scene.runs.words[scene.u32.array[U32_RUN_OFFSET * scene.capacity + node]];
    assert.equal(glyphs.text(word), cluster(n));
  }
  const keptWord = scene.runs.words[scene.u32.array[U32_RUN_OFFSET * scene.capacity + kept]];
  assert.equal(glyphs.text(keptWord), 'o\u0308\u0323');
  assert.ok(glyphs.size <= CAPACITY);
  assert.ok(sweep.sweeps > 0);
});

test('when everything in the full table is shown, further clusters become U+FFFD and nothing throws', () => {
  const glyphs = new GlyphTable(CAPACITY);
  const scene = new Scene({ maxNodes: 1000, glyphs, onDirty: () => {} });
  const sweep = new GlyphSweep(scene, new Screen(4, 1), glyphs);
  scene.onGlyphsFull = () => sweep.run();
  const nodes = Array.from({ length: 200 }, () => scene.create(KIND_TEXT, ROOT, NIL));
  nodes.forEach((node, n) => scene.setText(node, cluster(n)));
  const shown = nodes.map((node) => glyphs.text(scene.runs.words[scene.u32.array[U32_RUN_OFFSET * scene.capacity + node]]));
  assert.deepEqual(shown.slice(0, CAPACITY), Array.from({ length: CAPACITY }, (_, n) => cluster(n)));
  assert.equal(shown[150], '\ufffd');
  assert.ok(sweep.sweeps < 10, 'hopeless sweeps are not repeated for every text');
});
