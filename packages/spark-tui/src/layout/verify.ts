/**
 * Proof by recomputation: the results of an incremental run, kept aside, must equal those of a run that
 * remembers nothing, bit for bit.
 */
import * as f from '../scene/index.ts';
import type { LayoutPass } from './pass.ts';

const F64_NAMES = ['x', 'y', 'width', 'height', 'contentWidth', 'contentHeight'] as const;
const I32_NAMES: readonly (readonly [number, string])[] = [
  [f.I32_X, 'snapped x'],
  [f.I32_Y, 'snapped y'],
  [f.I32_W, 'snapped width'],
  [f.I32_H, 'snapped height'],
  [f.I32_INK_X0, 'ink x0'],
  [f.I32_INK_Y0, 'ink y0'],
  [f.I32_INK_X1, 'ink x1'],
  [f.I32_INK_Y1, 'ink y1'],
  [f.I32_SCROLL_X, 'scroll x'],
  [f.I32_SCROLL_Y, 'scroll y'],
];

/** Result columns and the engine's memory as they were. */
export interface LayoutResults {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly rec: Float64Array;
  readonly info: Int32Array;
  readonly changed: boolean;
}

/** Copies the result columns and the engine's memory. */
export function takeResults(p: LayoutPass): LayoutResults {
  return { f64: p.f64.slice(), i32: p.i32.slice(), rec: p.rec.slice(), info: p.info.slice(), changed: p.changed };
}

/** Puts the engine's memory back, so that the next run goes on from the incremental one. */
export function restoreMemory(p: LayoutPass, before: LayoutResults): void {
  p.rec.set(before.rec);
  p.info.set(before.info);
  p.changed = before.changed;
}

/** Throws an Error naming the first node whose results now differ from `before`. */
export function expectSameResults(p: LayoutPass, before: LayoutResults): void {
  const cap = p.cap;
  for (let i = 1; i <= p.scene.top; i++) {
    if ((p.u32[f.U32_FLAGS * cap + i] & f.FLAG_LIVE) === 0) continue;
    for (let c = 0; c < f.F64_COLUMNS; c++) {
      const got = before.f64[c * cap + i];
      const expected = p.f64[c * cap + i];
      if (got !== expected) fail(i, F64_NAMES[c], expected, got);
      if (!Number.isFinite(got)) fail(i, F64_NAMES[c], 'a finite number', got);
    }
    for (const [column, name] of I32_NAMES) {
      const got = before.i32[column * cap + i];
      const expected = p.i32[column * cap + i];
      if (got !== expected) fail(i, name, expected, got);
    }
  }
}

function fail(node: number, name: string, expected: number | string, got: number): never {
  throw new Error(`incremental layout went wrong at node ${node}: ${name} is ${got}, a full layout gives ${expected}`);
}
