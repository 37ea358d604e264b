import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExtraTable } from '../cells/index.ts';
import { KIND_TEXT, NIL, ROOT, Scene, SPAN_EXTRA, SPAN_WORDS } from '../scene/index.ts';
import { GlyphTable } from '../text/index.ts';
import { ExtraSweep, Screen } from './index.ts';

const CAPACITY = 32;

function setUp(): { scene: Scene; screen: Screen; extras: ExtraTable; sweep: ExtraSweep } {
  const scene = new Scene({ maxNodes: 200, glyphs: new GlyphTable(), onDirty: () => {} });
  const screen = new Screen(10, 2);
  const extras = new ExtraTable(CAPACITY);
  return { scene, screen, extras, sweep: new ExtraSweep(scene, screen, extras) };
}

test('links that nothing shows any more make room, and what is kept anywhere stays', () => {
  const { scene, screen, extras, sweep } = setUp();
  const node = scene.create(KIND_TEXT, ROOT, NIL);
  const spanned = scene.create(KIND_TEXT, ROOT, NIL);
  const inCell = extras.intern('https://cell', '', 0);
  const inFront = extras.intern('https://front', '', 0);
  const inNode = extras.intern('https://node', '', 0);
  const inSpan = extras.intern('https://span', '', 0);
  screen.back.set(3, 1, 0x41 | (1 << 22), 0, 0, (inCell << 16) | 1);
  screen.front.set(0, 0, 0x41 | (1 << 22), 0, 0, inFront << 16);
  scene.textStyles.setExtra(node, inNode);
  const span = new Uint32Array(2 * SPAN_WORDS);
  span[SPAN_WORDS + SPAN_EXTRA] = inSpan;
  scene.textStyles.setSpans(spanned, span);
  for (let n = 0; n < 10 * CAPACITY; n++) {
    if (extras.intern(`https://${n}`, '', 0) !== 0) continue;
    assert.ok(sweep.run());
    assert.notEqual(extras.intern(`https://${n}`, '', 0), 0);
  }
  assert.ok(sweep.sweeps >= 9);
  assert.deepEqual([inCell, inFront, inNode, inSpan].map((id) => extras.link(id)), ['https://cell', 'https://front', 'https://node', 'https://span']);
});

test('a removed text no longer keeps its links', () => {
  const { scene, extras, sweep } = setUp();
  const node = scene.create(KIND_TEXT, ROOT, NIL);
  const id = extras.intern('https://gone', '', 0);
  scene.textStyles.setExtra(node, id);
  scene.remove(node);
  assert.equal(scene.textStyles.extras.size, 0);
  sweep.run();
  assert.equal(extras.size, 0);
});

test('when everything is in use, sweeps are not repeated for every link', () => {
  const { scene, extras, sweep } = setUp();
  for (let n = 0; n < 100; n++) {
    const node = scene.create(KIND_TEXT, ROOT, NIL);
    let id = extras.intern(`https://${n}`, '', 0);
    if (id === 0 && sweep.run()) id = extras.intern(`https://${n}`, '', 0);
    scene.textStyles.setExtra(node, id);
  }
  assert.equal(extras.size, CAPACITY);
  assert.equal(sweep.sweeps, 1);
});
