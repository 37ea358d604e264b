/**
 * Resolving flexible lengths of one flex line (CSS Flexbox §9.7), and the record of a flex item that the
 * flex algorithm keeps in scratch memory while it lays out a container.
 *
 *   item  23 words of `scr`: slot · base, min, max, hypothetical and target main size · factors ·
 *         margins by flow side · cross size and limits · flags · position
 *
 * A minimum of NaN is an automatic minimum not asked for yet: it is at most the base size, so it matters
 * only when the line shrinks.
 */
import { clamp } from './box-style.ts';
import { measure, minmax } from './measure.ts';
import { type LayoutPass, PENDING, R_LO, REC } from './pass.ts';

export const I_SLOT = 0;
export const I_INDEX = 1;
export const I_BASE = 2;
export const I_MIN = 3;
export const I_MAX = 4;
export const I_HYPO = 5;
export const I_TARGET = 6;
export const I_FROZEN = 7;
export const I_GROW = 8;
export const I_SHRINK = 9;
/** Padding and border of the main axis. */
export const I_EDGE = 10;
export const I_MAIN_START = 11;
export const I_MAIN_END = 12;
export const I_CROSS_START = 13;
export const I_CROSS_END = 14;
export const I_CROSS = 15;
export const I_CROSS_MIN = 16;
export const I_CROSS_MAX = 17;
export const I_FLAGS = 18;
export const I_ALIGN = 19;
/** The specified main size, or NaN. */
export const I_PREFERRED = 20;
export const I_POSITION = 21;
/** From the top margin edge to the first baseline. */
export const I_BASELINE = 22;
export const ITEM = 23;

export const F_AUTO_MAIN_START = 1;
export const F_AUTO_MAIN_END = 2;
export const F_AUTO_CROSS_START = 4;
export const F_AUTO_CROSS_END = 8;
/** The cross size is to fill the line. */
export const F_STRETCH = 16;
/** The height is definite: percentages of it resolve. */
export const F_HEIGHT_DEFINITE = 32;
/** Takes part in baseline alignment of its line. */
export const F_BASELINE = 64;

const OPEN = 0;
const FROZEN = 1;
const VIOLATES_MIN = 2;
const VIOLATES_MAX = 3;

/**
 * Sets I_TARGET of the items `first` … `end` (scratch offsets) for `available` cells of main size.
 * False when an automatic minimum is pending. `cw` is the containing width of the items.
 */
export function flexLine(
  p: LayoutPass,
  first: number,
  end: number,
  available: number,
  gap: number,
  isRow: boolean,
  cw: number,
): boolean {
  const scr = p.scr;
  const gaps = gap * ((end - first) / ITEM - 1);
  let hypo = gaps;
  let growSum = 0;
  for (let at = first; at < end; at += ITEM) {
    hypo += scr[at + I_HYPO] + scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
    growSum += scr[at + I_GROW];
  }
  const grows = hypo < available;
  if (available !== available || hypo === available || (grows && growSum === 0)) {
    for (let at = first; at < end; at += ITEM) scr[at + I_TARGET] = scr[at + I_HYPO];
    return true;
  }
  if (!grows && !automaticMinimums(p, first, end, isRow, cw)) return false;
  resolve(p.scr, first, end, available - gaps, grows);
  return true;
}

/** Asks for the automatic minimums that were put off. False when one is pending. */
function automaticMinimums(p: LayoutPass, first: number, end: number, isRow: boolean, cw: number): boolean {
  let done = true;
  for (let at = first; at < end; at += ITEM) {
    const min = p.scr[at + I_MIN];
    if (min === min || p.scr[at + I_SHRINK] === 0) continue;
    const slot = p.scr[at + I_SLOT];
    let content: number;
    if (isRow) {
      if (!minmax(p, slot)) {
        done = false;
        continue;
      }
      content = p.rec[slot * REC + R_LO];
    } else {
      content = measure(p, slot, p.scr[at + I_CROSS], cw);
      if (content === PENDING) {
        done = false;
        continue;
      }
    }
    setAutomaticMinimum(p.scr, at, content);
  }
  return done;
}

/** The automatic minimum from the content's size: at most the specified size and the maximum. */
export function setAutomaticMinimum(scr: Float64Array, at: number, content: number): void {
  let min = content;
  if (scr[at + I_PREFERRED] < min) min = scr[at + I_PREFERRED];
  if (scr[at + I_MAX] < min) min = scr[at + I_MAX];
  scr[at + I_MIN] = min > scr[at + I_EDGE] ? min : scr[at + I_EDGE];
}

// hot: the freezing loop; each round freezes at least one item.
function resolve(scr: Float64Array, first: number, end: number, available: number, grows: boolean): void {
  const factorAt = grows ? I_GROW : I_SHRINK;
  let initial = available;
  let open = 0;
  for (let at = first; at < end; at += ITEM) {
    const base = scr[at + I_BASE];
    const hypo = scr[at + I_HYPO];
    const fixed = scr[at + factorAt] === 0 || (grows ? base > hypo : base < hypo);
    scr[at + I_FROZEN] = fixed ? FROZEN : OPEN;
    scr[at + I_TARGET] = fixed ? hypo : base;
    if (!fixed) open++;
    initial -= scr[at + I_TARGET] + scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
  }
  while (open > 0) {
    let free = available;
    let factors = 0;
    let weights = 0;
    for (let at = first; at < end; at += ITEM) {
      const margins = scr[at + I_MAIN_START] + scr[at + I_MAIN_END];
      if (scr[at + I_FROZEN] === FROZEN) {
        free -= scr[at + I_TARGET] + margins;
        continue;
      }
      const factor = scr[at + factorAt];
      free -= scr[at + I_BASE] + margins;
      factors += factor;
      weights += grows ? factor : factor * innerBase(scr, at);
    }
    if (factors < 1) {
      const part = initial * factors;
      if (Math.abs(part) < Math.abs(free)) free = part;
    }
    let violation = 0;
    for (let at = first; at < end; at += ITEM) {
      if (scr[at + I_FROZEN] === FROZEN) continue;
      const factor = scr[at + factorAt];
      const weight = grows ? factor : factor * innerBase(scr, at);
      const wanted = scr[at + I_BASE] + (weights > 0 ? (free * weight) / weights : 0);
      const min = scr[at + I_MIN];
      const floor = min > scr[at + I_EDGE] ? min : scr[at + I_EDGE];
      const target = clamp(wanted, floor, scr[at + I_MAX]);
      scr[at + I_TARGET] = target;
      scr[at + I_FROZEN] = target > wanted ? VIOLATES_MIN : target < wanted ? VIOLATES_MAX : OPEN;
      violation += target - wanted;
    }
    const freeze = violation > 0 ? VIOLATES_MIN : violation < 0 ? VIOLATES_MAX : -1;
    for (let at = first; at < end; at += ITEM) {
      const state = scr[at + I_FROZEN];
      if (state === FROZEN) continue;
      if (freeze === -1 || state === freeze) {
        scr[at + I_FROZEN] = FROZEN;
        open--;
      } else scr[at + I_FROZEN] = OPEN;
    }
  }
}

/** Shrinking is weighted by the content-box base. */
function innerBase(scr: Float64Array, at: number): number {
  const inner = scr[at + I_BASE] - scr[at + I_EDGE];
  return inner > 0 ? inner : 0;
}
