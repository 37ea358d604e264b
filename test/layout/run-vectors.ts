/**
 * Runs layout vectors (`layout-vectors/1`, numbers from Chromium) through an adapter and counts what is
 * right: unrounded boxes within 0.1, snapped boxes exactly (±1 where the browser's edge lies at a tie), and
 * how far scroll containers can be scrolled.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Box = [number, number, number, number];

interface Expectation {
  readonly u: Box[];
  readonly r?: Box[];
  readonly amb?: number[];
  readonly scroll?: Record<string, [number, number, number, number]>;
}

interface VectorNode {
  readonly style: Record<string, unknown>;
  readonly children?: VectorNode[];
}

export interface Vector {
  readonly id: string;
  readonly features: readonly string[];
  readonly disabledUpstream?: boolean;
  readonly root: VectorNode;
  readonly expect: Record<string, Expectation | string>;
}

export interface Adapter {
  init(): Promise<void>;
  /** The feature that is not there by design, or null. */
  unsupported(vector: Vector): string | null;
  /** Unrounded boxes in preorder, and content extents of each. */
  measured(vector: Vector, box: string, direction: string): { boxes: Box[]; extents: [number, number][] };
}

export interface GroupResult {
  readonly group: string;
  cases: number;
  skipped: number;
  unrounded: number;
  snapped: number;
  scrollers: number;
  scrolled: number;
  /** Cases that are wrong, in words. */
  readonly wrong: string[];
}

const VARIANTS = ['b-ltr', 'c-ltr', 'b-rtl', 'c-rtl'];

/** Results of every group in `folder`, by name; only those in `only` when it is given. */
export function runVectors(folder: string, adapter: Adapter, only?: readonly string[]): GroupResult[] {
  const results: GroupResult[] = [];
  for (const file of readdirSync(folder).sort()) {
    const group = file.replace(/\.json$/, '');
    if (!file.endsWith('.json') || file === 'manifest.json' || (only !== undefined && !only.includes(group))) continue;
    const { vectors } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { vectors: Vector[] };
    results.push(runGroup(group, vectors, adapter));
  }
  return results;
}

function runGroup(group: string, vectors: readonly Vector[], adapter: Adapter): GroupResult {
  const result: GroupResult = { group, cases: 0, skipped: 0, unrounded: 0, snapped: 0, scrollers: 0, scrolled: 0, wrong: [] };
  for (const vector of vectors) {
    const isSkipped = adapter.unsupported(vector) !== null;
    for (const variant of VARIANTS) {
      const expected = expectation(vector, variant);
      if (expected === null) continue;
      result.cases++;
      if (isSkipped) result.skipped++;
      else runCase(vector, variant, expected, adapter, result);
    }
  }
  return result;
}

function runCase(vector: Vector, variant: string, expected: Expectation, adapter: Adapter, result: GroupResult): void {
  const name = `${vector.id} ${variant}${vector.disabledUpstream === true ? ' (disabled upstream)' : ''}`;
  let measured;
  try {
    measured = adapter.measured(vector, variant.startsWith('c') ? 'content-box' : 'border-box', variant.slice(2));
  } catch (error) {
    result.wrong.push(`${name}: throws ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  const { boxes, extents } = measured;
  boxes[0] = [0, 0, boxes[0][2], boxes[0][3]];
  const miss = boxes.findIndex((box, k) => box.some((value, side) => !(Math.abs(value - expected.u[k][side]) <= 0.1)));
  if (miss === -1 && boxes.length === expected.u.length) result.unrounded++;
  const wanted = expected.r ?? snapped(vector.root, expected.u);
  const got = snapped(vector.root, boxes);
  const cellMiss = got.findIndex((box, k) => box.some((value, side) => Math.abs(value - wanted[k][side]) > (expected.amb?.includes(k) ? 1 : 0)));
  if (cellMiss === -1) result.snapped++;
  if (miss !== -1) result.wrong.push(`${name}: node ${miss} is ${shown(boxes[miss])}, expected ${shown(expected.u[miss])}`);
  else if (cellMiss !== -1) result.wrong.push(`${name}: cells of node ${cellMiss} are ${shown(got[cellMiss])}, expected ${shown(wanted[cellMiss])}`);
  if (miss !== -1) return;
  for (const [key, [scrollW, scrollH, clientW, clientH]] of Object.entries(expected.scroll ?? {})) {
    const node = Number(key);
    // A box of no size, or one whose own border leaves no room, cannot be scrolled in a browser.
    if (boxes[node][2] === 0 || boxes[node][3] === 0) continue;
    result.scrollers++;
    const [w, h] = extents[node];
    if (isNear(w - clientW, scrollW - clientW) && isNear(h - clientH, scrollH - clientH)) result.scrolled++;
  }
}

/** Browsers round both sizes to integers. */
function isNear(range: number, wanted: number): boolean {
  return Math.abs(Math.max(0, range) - Math.max(0, wanted)) < 1.1;
}

function shown(box: Box): string {
  return box.map((value) => Math.round(value * 1000) / 1000).join(',');
}

function expectation(vector: Vector, variant: string): Expectation | null {
  let expected = vector.expect[variant];
  while (typeof expected === 'string') expected = vector.expect[expected.slice(1)];
  return expected ?? null;
}

/** Absolute edges snapped as the vectors' README says. */
function snapped(root: VectorNode, boxes: readonly Box[]): Box[] {
  const snap = (value: number): number => Math.floor(value + 0.5 + 1 / 1024) || 0;
  const out: Box[] = [];
  const walk = (node: VectorNode, left: number, top: number, isHidden: boolean): void => {
    const [x, y, w, h] = boxes[out.length];
    const hidden = isHidden || node.style['display'] === 'none';
    if (hidden || node.style['display'] === 'contents') out.push([0, 0, 0, 0]);
    else {
      const x0 = snap(left + x);
      const y0 = snap(top + y);
      out.push([x0, y0, snap(left + x + w) - x0, snap(top + y + h) - y0]);
    }
    const inside = node.style['display'] === 'contents' ? [left, top] : [left + x, top + y];
    for (const child of node.children ?? []) walk(child, inside[0], inside[1], hidden);
  };
  walk(root, 0, 0, false);
  return out;
}

/** A table of all groups with a total. */
export function formatResults(results: readonly GroupResult[]): string {
  const total: GroupResult = { group: 'all', cases: 0, skipped: 0, unrounded: 0, snapped: 0, scrollers: 0, scrolled: 0, wrong: [] };
  const percent = (part: number, whole: number): string => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1)).padStart(7);
  const lines = ['group                    cases  skipped unrounded snapped scrolling'];
  for (const result of [...results, total]) {
    if (result !== total) for (const key of ['cases', 'skipped', 'unrounded', 'snapped', 'scrollers', 'scrolled'] as const) total[key] += result[key];
    const ran = result.cases - result.skipped;
    lines.push(
      `${result.group.padEnd(22)} ${String(result.cases).padStart(7)} ${String(result.skipped).padStart(8)}  ${percent(result.unrounded, ran)} ${percent(result.snapped, ran)}   ${percent(result.scrolled, result.scrollers)}`,
    );
  }
  return lines.join('\n');
}
