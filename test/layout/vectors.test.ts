/**
 * The layout vectors, whose truth is Chromium: pass rates of the groups that need no grid may not
 * fall below what they are.
 *
 * They are looked for in `SPARK_VECTORS`, else in `../shared/vectors` beside the repository. Without them the
 * test is skipped, but fails when `CI` is set.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Box = [number, number, number, number];

interface Expectation {
  readonly u: Box[];
}

interface Vector {
  readonly id: string;
  readonly features: readonly string[];
  readonly disabledUpstream?: boolean;
  readonly expect: Record<string, Expectation | string>;
}

interface Adapter {
  init(): Promise<void>;
  unsupported(vector: Vector): string | null;
  layout(vector: Vector, box: string, direction: string): Box[];
}

/** Least share of cases that must be right, vectors disabled upstream left out. */
const GROUPS: Readonly<Record<string, number>> = {
  tui: 1,
  core_flex: 1,
  core_text: 1,
  core_wrap: 0.99,
  core_abs: 1,
  flex: 1,
  flex_direction: 1,
  flex_wrap: 1,
  justify: 1,
  align: 1,
  gap: 1,
  margin: 1,
  padding: 1,
  border: 1,
  box_sizing: 1,
  min_max: 1,
  percentage: 1,
  absolute: 0.98,
  rounding: 1,
  measure: 1,
  overflow: 1,
};

function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package-lock.json above this test');
    folder = parent;
  }
  return folder;
}

const root = repositoryRoot();
const folder = join(process.env['SPARK_VECTORS'] ?? join(root, '../shared/vectors'), 'layout/public');
const isThere = existsSync(join(folder, 'tui.json'));
const skip = isThere ? false : `no layout vectors in ${folder}; set SPARK_VECTORS to the folder that holds layout/`;
// The engine compiled together with this test, not the published build.
const engine = join(dirname(fileURLToPath(import.meta.url)), '../../packages/spark-tui/src/layout/index.js');

async function loadAdapter(): Promise<Adapter> {
  process.env['SPARK_LAYOUT'] ??= engine;
  const adapter = (await import(pathToFileURL(join(root, 'test/conformance/layout-adapter.mjs')).href)) as Adapter;
  await adapter.init();
  return adapter;
}

function expectation(vector: Vector, variant: string): Expectation | null {
  let expected = vector.expect[variant];
  while (typeof expected === 'string') expected = vector.expect[expected.slice(1)];
  return expected ?? null;
}

function isRight(boxes: Box[], expected: Box[]): boolean {
  return (
    boxes.length === expected.length &&
    boxes.every((box, k) => box.every((value, side) => (k === 0 && side < 2) || Math.abs(value - expected[k][side]) <= 0.1))
  );
}

test('the vectors are there when CI asks for them', () => {
  assert.ok(isThere || process.env['CI'] === undefined, String(skip));
});

describe('layout vectors', { skip }, () => {
  for (const [group, least] of Object.entries(GROUPS)) {
    test(`${group}: at least ${least * 100} % as in Chromium`, async () => {
      const adapter = await loadAdapter();
      const { vectors } = JSON.parse(readFileSync(join(folder, `${group}.json`), 'utf8')) as { vectors: Vector[] };
      const wrong: string[] = [];
      let cases = 0;
      for (const vector of vectors) {
        if (vector.disabledUpstream === true || adapter.unsupported(vector) !== null) continue;
        for (const variant of ['b-ltr', 'c-ltr', 'b-rtl', 'c-rtl']) {
          const expected = expectation(vector, variant);
          if (expected === null) continue;
          cases++;
          const boxes = adapter.layout(vector, variant.startsWith('c') ? 'content-box' : 'border-box', variant.slice(2));
          if (!isRight(boxes, expected.u)) wrong.push(`${vector.id} ${variant}`);
        }
      }
      assert.ok(cases > 10);
      assert.ok(1 - wrong.length / cases >= least, `${wrong.length} of ${cases} are wrong:\n${wrong.slice(0, 20).join('\n')}`);
    });
  }
});
