/**
 * The layout vectors, whose truth is Chromium: pass rates may not fall below what they are.
 *
 * They are looked for in `SPARK_VECTORS`, else in `../shared/vectors` beside the repository. Without them the
 * test is skipped, but fails when `CI` is set.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Adapter, formatResults, type GroupResult, runVectors } from './run-vectors.ts';

/** Groups that may miss something, and how much of them must be right at least; all others must be right. */
const LEAST: Readonly<Record<string, number>> = {
  display: 0.73,
  grid_aspect_ratio: 0.9,
  fuzz_abs: 0.97,
  fuzz_aspect: 0.81,
  fuzz_grid: 0.97,
  fuzz_wrap: 0.9,
};
/** Cells beside which an unrounded edge differs by less than the tolerance. */
const LEAST_SNAPPED: Readonly<Record<string, number>> = { core_flex: 0.99, ...LEAST };

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

test('the vectors are there when CI asks for them', () => {
  assert.ok(isThere || process.env['CI'] === undefined, String(skip));
});

describe('layout vectors', { skip }, () => {
  let results: GroupResult[] = [];

  test('every group is as right as it was', async () => {
    results = runVectors(folder, await loadAdapter());
    console.log(formatResults(results));
    assert.ok(results.length > 40);
    for (const { group, cases, skipped, unrounded, snapped, wrong } of results) {
      const ran = cases - skipped;
      const excuse = `${group}: ${wrong.length} of ${ran} are wrong:\n${wrong.slice(0, 20).join('\n')}`;
      assert.ok(unrounded >= ran * (LEAST[group] ?? 1), excuse);
      assert.ok(snapped >= ran * (LEAST_SNAPPED[group] ?? 1), excuse);
    }
  });

  test('scroll containers can be scrolled as far as in a browser', () => {
    let scrollers = 0;
    let scrolled = 0;
    for (const result of results) {
      scrollers += result.scrollers;
      scrolled += result.scrolled;
    }
    assert.ok(scrollers > 100);
    assert.ok(scrolled >= scrollers * 0.97, `${scrolled} of ${scrollers}`);
  });
});
