/**
 * Lengths as users write them → a number and a unit of the scene, into a record the caller reuses, so
 * that a reactive size allocates nothing.
 */
import {
  UNIT_AUTO,
  UNIT_CELLS,
  UNIT_CONTENT,
  UNIT_FIT_CONTENT,
  UNIT_MAX_CONTENT,
  UNIT_MIN_CONTENT,
  UNIT_PERCENT,
  UNIT_VH,
  UNIT_VW,
} from '../scene/index.ts';

/** Largest length in cells that means anything; larger ones are clamped by layout. */
const MAX_CELLS = 1_000_000;

const KEYWORDS: Readonly<Record<string, number>> = {
  auto: UNIT_AUTO,
  'min-content': UNIT_MIN_CONTENT,
  'max-content': UNIT_MAX_CONTENT,
  'fit-content': UNIT_FIT_CONTENT,
  content: UNIT_CONTENT,
};

const SUFFIXES: readonly (readonly [string, number])[] = [
  ['%', UNIT_PERCENT],
  ['vw', UNIT_VW],
  ['vh', UNIT_VH],
];

/** A parsed length. */
export interface ParsedLength {
  value: number;
  unit: number;
}

/** Parses into `out`. Returns false when the input is no length. Undefined and null mean auto. */
export function parseLength(input: unknown, out: ParsedLength): boolean {
  if (typeof input === 'number') {
    out.value = Math.min(MAX_CELLS, Math.max(-MAX_CELLS, input));
    out.unit = UNIT_CELLS;
    return Number.isFinite(input);
  }
  out.value = 0;
  if (input === undefined || input === null) {
    out.unit = UNIT_AUTO;
    return true;
  }
  if (typeof input !== 'string') return false;
  const keyword = Object.hasOwn(KEYWORDS, input) ? KEYWORDS[input] : undefined;
  if (keyword !== undefined) {
    out.unit = keyword;
    return true;
  }
  for (const [suffix, unit] of SUFFIXES) {
    if (!input.endsWith(suffix)) continue;
    const digits = input.slice(0, -suffix.length).trim();
    const value = Number(digits);
    if (digits === '' || !Number.isFinite(value)) return false;
    out.value = value;
    out.unit = unit;
    return true;
  }
  return false;
}
