/**
 * The decoder against the shared input vectors: one test a category. The vectors and their comparison live outside the
 * repository; `SPARK_VECTORS` names their folder. Without them the test is skipped, except in CI.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Decoder } from '../../packages/spark-tui/src/terminal/decoder.ts';
import type { InputEvent } from '../../packages/spark-tui/src/terminal/input-events.ts';

interface Vector {
  id: string;
  cat: string;
  mode: { kitty?: number; pending?: string[] };
  steps: (string | { hex?: string; repeat?: number; wait?: number })[];
}

const READ_BYTES = 65536;

function repositoryRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package-lock.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('no package-lock.json above this test');
    folder = parent;
  }
  return folder;
}

function run(vector: Vector): InputEvent[] {
  const events: InputEvent[] = [];
  const sink = (event: InputEvent): void => void events.push(event);
  const decoder = new Decoder();
  decoder.setModes({
    kittyFlags: vector.mode.kitty ?? 0,
    pendingCursorReports: (vector.mode.pending ?? []).filter((query) => query === 'cpr').length,
  });
  for (const step of vector.steps) {
    if (typeof step === 'string') decoder.feed(Buffer.from(step, 'hex'), sink);
    else if (step.hex !== undefined) {
      const unit = Buffer.from(step.hex, 'hex');
      const all = Buffer.alloc(unit.length * (step.repeat ?? 1), unit);
      for (let i = 0; i < all.length; i += READ_BYTES) decoder.feed(all.subarray(i, i + READ_BYTES), sink);
    } else decoder.timeout(sink);
  }
  decoder.timeout(sink);
  return events;
}

const folder = path.join(process.env['SPARK_VECTORS'] ?? path.join(repositoryRoot(), '../shared/vectors'), 'input');
const present = existsSync(path.join(folder, 'public'));

if (!present) {
  test('input vectors', { skip: process.env['CI'] ? false : `no input vectors at ${folder} (set SPARK_VECTORS)` }, () => {
    assert.fail(`no input vectors at ${folder}: CI must have them (set SPARK_VECTORS)`);
  });
} else {
  const { compare } = (await import(pathToFileURL(path.join(folder, 'compare.mjs')).href)) as {
    compare: (vector: Vector, events: InputEvent[]) => boolean;
  };
  const categories = new Map<string, Vector[]>();
  for (const file of readdirSync(path.join(folder, 'public'))) {
    if (!file.endsWith('.json') || file === 'agreement.json') continue;
    for (const vector of JSON.parse(readFileSync(path.join(folder, 'public', file), 'utf8')) as Vector[]) {
      const list = categories.get(vector.cat);
      if (list === undefined) categories.set(vector.cat, [vector]);
      else list.push(vector);
    }
  }
  for (const [category, vectors] of categories) {
    test(`input vectors: ${category} (${vectors.length})`, () => {
      const failing = vectors.filter((vector) => !compare(vector, run(vector))).map((vector) => vector.id);
      assert.deepEqual(failing, []);
    });
  }
}
