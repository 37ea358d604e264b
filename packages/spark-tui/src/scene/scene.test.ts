import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CapacityError, PhaseError, TreeCorruptError } from '../base/index.ts';
import { GlyphTable } from '../text/index.ts';
import * as s from './index.ts';

function makeScene(maxNodes = 100_000): { scene: s.Scene; requests: () => number } {
  let requests = 0;
  const scene = new s.Scene({ maxNodes, glyphs: new GlyphTable(), onDirty: () => requests++ });
  return { scene, requests: () => requests };
}

function children(scene: s.Scene, parent: number): number[] {
  const out: number[] = [];
  const { u32, capacity } = scene;
  for (let c = u32.array[s.U32_FIRST_CHILD * capacity + parent]; c !== s.NIL; c = u32.array[s.U32_NEXT * capacity + c]) out.push(c);
  return out;
}

/** Every column of a slot but its generation and free-list link. */
function snapshot(scene: s.Scene, slot: number): number[] {
  const out: number[] = [];
  for (const section of [scene.f32, scene.u8, scene.u32, scene.i32, scene.f64]) {
    for (let c = 0; c < section.columns; c++) {
      if (section === scene.u32 && (c === s.U32_GENERATION || c === s.U32_NEXT)) continue;
      out.push(section.array[c * scene.capacity + slot]);
    }
  }
  return out;
}

/** Writes something to every field that setters reach. */
function scribble(scene: s.Scene, slot: number): void {
  for (let l = 0; l < s.LENGTHS; l++) scene.setLength(slot, l, 7 + l, s.UNIT_PERCENT);
  for (const field of [s.F32_GROW, s.F32_SHRINK_LESS, s.F32_ASPECT_RATIO, s.F32_OPACITY_LESS]) scene.setF32(slot, field, 0.5);
  for (let field = s.U8_DISPLAY; field < s.U8_COLUMNS; field++) if (field !== s.U8_KIND) scene.setU8(slot, field, 1);
  for (let field = s.U32_FG; field <= s.U32_ATTRS; field++) scene.setU32(slot, field, 0xdeadbeef);
  for (let field = s.I32_Z_INDEX; field < s.I32_COLUMNS; field++) scene.setI32(slot, field, -3);
  scene.setText(slot, 'left over\ntext');
}

test('slot 0 is nobody: zero-filled columns describe an empty scene with one default root', () => {
  const { scene } = makeScene();
  assert.equal(scene.live, 1);
  assert.deepEqual(children(scene, s.ROOT), []);
  assert.ok(snapshot(scene, s.NIL).every((value) => value === 0));
  assert.ok(!scene.isLive(s.NIL, 0));
});

test('a recycled slot is a fresh one, byte by byte', () => {
  const { scene } = makeScene();
  const fresh = scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
  const expected = snapshot(scene, fresh);
  scribble(scene, fresh);
  scene.remove(fresh);
  const again = scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
  assert.equal(again, fresh);
  assert.deepEqual(snapshot(scene, again), expected);
  assert.equal(scene.texts.get(again), undefined);
});

test('one slot recycled 5,000 times: old references stay dead', () => {
  const { scene } = makeScene();
  const seen: number[] = [];
  for (let i = 0; i < 5000; i++) {
    const slot = scene.create(s.KIND_BOX, s.ROOT, s.NIL);
    seen.push(scene.generation(slot));
    scene.remove(slot);
  }
  assert.equal(scene.top, 2);
  const slot = scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  assert.ok(scene.isLive(slot, scene.generation(slot)));
  assert.ok(seen.every((generation) => !scene.isLive(slot, generation)));
});

test('removing a node frees everything below it, at a depth no call stack has', () => {
  const { scene } = makeScene();
  let parent = s.ROOT;
  for (let i = 0; i < 50_000; i++) parent = scene.create(s.KIND_BOX, parent, s.NIL);
  scene.setText(scene.create(s.KIND_TEXT, parent, s.NIL), 'deep');
  scene.remove(children(scene, s.ROOT)[0]);
  assert.equal(scene.live, 1);
  assert.equal(scene.runs.usedWords, 0);
});

test('past maxNodes creating a node is an error that names the option, and nothing is overwritten', () => {
  const { scene } = makeScene(3);
  for (let i = 0; i < 3; i++) scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  assert.throws(() => scene.create(s.KIND_BOX, s.ROOT, s.NIL), (error) => error instanceof CapacityError && /maxNodes/.test(error.message));
  assert.equal(children(scene, s.ROOT).length, 3);
});

test('an equal write is free: no dirt, no frame', () => {
  const { scene, requests } = makeScene();
  const slot = scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
  scribble(scene, slot);
  scene.clean();
  const before = requests();
  scribble(scene, slot);
  assert.equal(requests(), before);
  assert.equal(scene.paintQueue.length, 0);
});

test('a colour makes paint dirt only, a width layout dirt up to the root', () => {
  const { scene } = makeScene();
  const box = scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  const inner = scene.create(s.KIND_BOX, box, s.NIL);
  const { u32, capacity } = scene;
  for (const slot of [s.ROOT, box, inner]) u32.array[s.U32_FLAGS * capacity + slot] = s.FLAG_LIVE;
  scene.layoutQueue.length = 0;
  scene.clean();
  scene.setU32(inner, s.U32_FG, 0xff112233);
  assert.equal(scene.layoutQueue.length, 0);
  assert.equal(scene.paintQueue.length, 1);
  scene.setLength(inner, s.LEN_WIDTH, 5, s.UNIT_CELLS);
  assert.equal(scene.layoutQueue.length, 1);
  for (const slot of [s.ROOT, box, inner]) assert.ok(u32.array[s.U32_FLAGS * capacity + slot] & s.FLAG_LAYOUT_DIRTY);
});

test('a text of the same size makes no layout dirt; a wider one does', () => {
  const { scene } = makeScene();
  const slot = scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
  scene.setText(slot, 'count 1');
  const { u32, f64, capacity } = scene;
  f64.array[s.F64_W * capacity + slot] = 20;
  for (const node of [s.ROOT, slot]) u32.array[s.U32_FLAGS * capacity + node] = s.FLAG_LIVE;
  scene.layoutQueue.length = 0;
  scene.setText(slot, 'count 2');
  assert.equal(scene.layoutQueue.length, 0);
  scene.setText(slot, 'count 10');
  assert.equal(scene.layoutQueue.length, 1);
});

test('a text patched in place is the run that shaping would have made', () => {
  const { scene } = makeScene();
  const other = makeScene().scene;
  const slot = scene.create(s.KIND_TEXT, s.ROOT, s.NIL);
  const fresh = other.create(s.KIND_TEXT, s.ROOT, s.NIL);
  scene.u32.array[s.U32_FLAGS * scene.capacity + slot] = s.FLAG_LIVE;
  const words = (of: s.Scene, node: number): number[] => {
    const at = of.u32.array[s.U32_RUN_OFFSET * of.capacity + node];
    return [...of.runs.words.subarray(at, at + of.u32.array[s.U32_RUN_LENGTH * of.capacity + node])];
  };
  const piece = fc.constantFrom('7', 'a', 'Z', ' ', '-', '12', '日', 'e\u0301', '\n', '\t', '.', 'x9');
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), (texts) => {
      for (const value of texts) {
        scene.u32.array[s.U32_FLAGS * scene.capacity + slot] &= ~s.LAYOUT_REASONS;
        scene.setText(slot, value);
        other.setText(fresh, value);
        assert.deepEqual(words(scene, slot), words(other, fresh));
      }
    }),
    { numRuns: 500 },
  );
});

test('writing while layout or paint read the scene is an error', () => {
  const { scene } = makeScene();
  scene.locked = true;
  assert.throws(() => scene.create(s.KIND_BOX, s.ROOT, s.NIL), PhaseError);
  assert.throws(() => scene.setU32(s.ROOT, s.U32_BG, 1), PhaseError);
});

test('a damaged parent link is found, not walked for ever', () => {
  const { scene } = makeScene();
  const a = scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  const b = scene.create(s.KIND_BOX, a, s.NIL);
  const { u32, capacity } = scene;
  for (const node of [s.ROOT, a, b]) u32.array[s.U32_FLAGS * capacity + node] = s.FLAG_LIVE;
  u32.array[s.U32_FIRST_CHILD * capacity + b] = a;
  assert.throws(() => scene.remove(a), TreeCorruptError);
});

test('memory of the scene goes back to the pool when released', () => {
  const { scene } = makeScene();
  for (let i = 0; i < 1000; i++) scene.create(s.KIND_BOX, s.ROOT, s.NIL);
  assert.ok(scene.byteLength > 0);
  scene.release();
  assert.equal(scene.f32.capacity, 0);
});

test('any tree edits: links, counts and order are those of a plain tree', () => {
  interface Plain {
    slot: number;
    children: Plain[];
  }
  const edit = fc.record({ kind: fc.integer({ min: 0, max: 3 }), a: fc.nat(), b: fc.nat() });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 200 }), (edits) => {
      const { scene } = makeScene();
      const root: Plain = { slot: s.ROOT, children: [] };
      const all = (node: Plain): Plain[] => [node, ...node.children.flatMap(all)];
      for (const { kind, a, b } of edits) {
        const nodes = all(root);
        const node = nodes[a % nodes.length];
        if (kind <= 1) {
          const at = b % (node.children.length + 1);
          const before = node.children[at]?.slot ?? s.NIL;
          node.children.splice(at, 0, { slot: scene.create(s.KIND_BOX, node.slot, before), children: [] });
        } else if (node.children.length > 0) {
          const child = node.children[b % node.children.length];
          node.children.splice(node.children.indexOf(child), 1);
          if (kind === 2) {
            scene.remove(child.slot);
          } else {
            const at = a % (node.children.length + 1);
            scene.moveBefore(child.slot, node.children[at]?.slot ?? s.NIL);
            node.children.splice(at, 0, child);
          }
        }
      }
      const nodes = all(root);
      assert.equal(scene.live, nodes.length);
      for (const node of nodes) {
        assert.deepEqual(
          children(scene, node.slot),
          node.children.map((child) => child.slot),
        );
        const { u32, capacity } = scene;
        const backwards: number[] = [];
        for (let c = u32.array[s.U32_LAST_CHILD * capacity + node.slot]; c !== s.NIL; c = u32.array[s.U32_PREV * capacity + c]) backwards.unshift(c);
        assert.deepEqual(backwards, children(scene, node.slot));
        for (const child of node.children) assert.equal(u32.array[s.U32_PARENT * capacity + child.slot], node.slot);
      }
      scene.release();
    }),
    { numRuns: 150 },
  );
});
