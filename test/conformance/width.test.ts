/**
 * The width vectors: strings on which three independent implementations agree must come out the same here, in width and
 * in clusters; of the disputed ones only consistency is asked.
 *
 * They are looked for in `SPARK_VECTORS`, else in `../shared/vectors` beside the repository. Without them the test is
 * skipped, but fails when `CI` is set.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { GlyphTable, graphemes, graphemeWidth, RunBuilder, sanitise, shape, stringWidth, wordWidth } from '../../packages/spark-tui/src/text/index.ts';

interface Vector {
  readonly cat: string;
  readonly cps: string;
  readonly graphemes: readonly string[];
  readonly width: number;
}

function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package-lock.json above this test');
    folder = parent;
  }
  return folder;
}

const folder = join(process.env['SPARK_VECTORS'] ?? join(repositoryRoot(), '../shared/vectors'), 'width');
const isThere = existsSync(join(folder, 'public/agreed.json'));
const skip = isThere ? false : `no width vectors in ${folder}; set SPARK_VECTORS to the folder that holds width/`;

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}

function textOf(hex: string): string {
  return hex
    .split(' ')
    .map((cp) => String.fromCodePoint(parseInt(cp, 16)))
    .join('');
}

function hexOf(text: string): string {
  return Array.from(text, (char) => (char.codePointAt(0) as number).toString(16)).join(' ');
}

test('the vectors are there when CI asks for them', () => {
  assert.ok(isThere || process.env['CI'] === undefined, String(skip));
});

describe('width vectors', { skip }, () => {
  test('agreed: width and clusters', () => {
    const vectors = read<Vector[]>('public/agreed.json');
    assert.ok(vectors.length > 5000);
    const wrong: string[] = [];
    for (const vector of vectors) {
      const text = textOf(vector.cps);
      const clusters = graphemes(text).map(hexOf);
      const width = stringWidth(text);
      if (width !== vector.width) wrong.push(`${vector.cat} ${vector.cps}: width ${width}, expected ${vector.width}`);
      if (clusters.join('|') !== vector.graphemes.join('|')) wrong.push(`${vector.cat} ${vector.cps}: clusters ${clusters.join(' | ')}`);
    }
    assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${vectors.length} differ`);
  });

  test('disputed: 0 to 2 cells a cluster, additive over clusters', () => {
    for (const vector of read<Vector[]>('public/disputed.json')) {
      const text = textOf(vector.cps);
      const clusters = graphemes(text);
      const widths = clusters.map(graphemeWidth);
      for (const width of widths) assert.ok(Number.isInteger(width) && width >= 0 && width <= 2, vector.cps);
      for (let cut = 0; cut <= clusters.length; cut++) {
        const left = stringWidth(clusters.slice(0, cut).join(''));
        const right = stringWidth(clusters.slice(cut).join(''));
        assert.equal(left + right, stringWidth(text), vector.cps);
      }
      assert.equal(widths.reduce((a, b) => a + b, 0), stringWidth(text), vector.cps);
    }
  });

  test('what is shaped for the screen has the width of the sanitised text', () => {
    const glyphs = new GlyphTable();
    const run = new RunBuilder();
    for (const vector of [...read<Vector[]>('public/agreed.json'), ...read<Vector[]>('public/disputed.json')]) {
      const text = textOf(vector.cps);
      if (text.includes('\t')) continue;
      shape(text, glyphs, run);
      let width = 0;
      for (let i = 0; i < run.length; i++) width += wordWidth(run.words[i]);
      assert.equal(width, stringWidth(sanitise(text)), vector.cps);
    }
    assert.equal(glyphs.refused, 0);
  });

  test('every assigned code point has the width of the reference table', () => {
    // Text-default emoji that the reference counts wide even alone; most terminals show them narrow.
    const different = new Set([0x261d, 0x26f9, 0x270c, 0x270d, 0x1f3cb, 0x1f3cc, 0x1f574, 0x1f575, 0x1f590]);
    // Combining marks with East_Asian_Width W: 0 alone, as marks are; the reference lets W win.
    for (const cp of [0x302a, 0x302b, 0x302c, 0x302d, 0x302e, 0x302f, 0x3099, 0x309a, 0x16fe4, 0x16ff0, 0x16ff1]) different.add(cp);
    // Line and paragraph separator: line ends, not cells.
    different.add(0x2028).add(0x2029);
    const wrong: string[] = [];
    for (const [first, last, width] of read<[number, number, number | string][]>('codepoint-ranges.json')) {
      if (typeof width === 'string') continue;
      for (let cp = first; cp <= last; cp++) {
        if ((cp >= 0xd800 && cp <= 0xdfff) || different.has(cp)) continue;
        const expected = width < 0 ? 0 : width;
        const got = graphemeWidth(String.fromCodePoint(cp));
        if (got !== expected) wrong.push(`${cp.toString(16)}: ${got}, expected ${expected}`);
      }
    }
    assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} differ`);
  });
});
