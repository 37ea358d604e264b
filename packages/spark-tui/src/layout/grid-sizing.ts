/**
 * Algorithm: track sizing (CSS Grid §12.3–12.8) of one axis. Items bring their contributions (G_MINIMUM,
 * G_LO, G_HI); afterwards T_BASE of each track is its size.
 *
 *   first sizes ─▶ content of items in one track ─▶ of spanning items, shortest span first ─▶ of items in
 *   flexible tracks ─▶ maximise ─▶ flexible tracks ─▶ stretch auto tracks
 *
 * Auto minimums take minimum contributions under every constraint, as browsers do; §12.5 asks for limited
 * min-content contributions when the container itself is sized by its content.
 */
import { G_C0, G_FLAGS, G_HI, G_LO, G_MINIMUM, G_R0, G_WORDS, GF_CONTENT, GF_FLEX, type GridAxis, type GridFrame } from './grid-frame.ts';
import {
  T_BASE,
  T_FIT,
  T_FLAGS,
  T_GAP,
  T_INCURRED,
  T_LIMIT,
  T_MAX,
  T_PLANNED,
  T_WORDS,
  TF_COLLAPSED,
  TF_CONTENT,
  TF_FLEX,
  TF_FROZEN,
  TF_GROWS_ON,
  TF_MAX_AUTO,
  TF_MAX_CONTENT,
  TF_MAX_HI,
  TF_MAX_LO,
  TF_MIN_CONTENT,
  TF_MIN_HI,
  TF_MIN_LO,
  TF_USED,
} from './grid-frame.ts';
import type { LayoutPass } from './pass.ts';

/** What the container's size is found for. */
export const SIZE_LAYOUT = 0;
export const SIZE_MIN_CONTENT = 1;
export const SIZE_MAX_CONTENT = 2;

const SLACK = 1e-9;

/** Marks the items that span content-sized or flexible tracks. True when there is one of them. */
export function markItems(scr: Float64Array, g: GridFrame, axis: GridAxis): boolean {
  const field = axis === g.columns ? G_C0 : G_R0;
  let any = false;
  if ((axis.flags & (TF_CONTENT | TF_FLEX)) === 0) {
    for (let at = g.items; at < g.end; at += G_WORDS) scr[at + G_FLAGS] &= ~(GF_FLEX | GF_CONTENT);
    return false;
  }
  for (let at = g.items; at < g.end; at += G_WORDS) {
    let flags = 0;
    for (let k = scr[at + field], end = scr[at + field + 1]; k < end; k++) flags |= scr[axis.tracks + k * T_WORDS + T_FLAGS];
    let marks = scr[at + G_FLAGS] & ~(GF_FLEX | GF_CONTENT);
    if ((flags & TF_FLEX) !== 0) marks |= GF_FLEX;
    if ((flags & (TF_CONTENT | TF_FLEX)) !== 0) {
      marks |= GF_CONTENT;
      any = true;
    }
    scr[at + G_FLAGS] = marks;
  }
  return any;
}

/**
 * Sizes the tracks of an axis. `available` NaN = no limit. `least` and `most` are the container's own limits
 * of its inner size, which matter when `available` is NaN.
 */
export function sizeTracks(
  p: LayoutPass,
  g: GridFrame,
  axis: GridAxis,
  available: number,
  mode: number,
  stretches: boolean,
  least: number,
  most: number,
): void {
  const { scr } = p;
  if ((axis.flags & TF_CONTENT) !== 0) fitContent(scr, g, axis);
  for (let k = 0; k < axis.count; k++) {
    const at = axis.tracks + k * T_WORDS;
    if (scr[at + T_LIMIT] === Infinity) scr[at + T_LIMIT] = scr[at + T_BASE];
  }
  if (mode !== SIZE_MIN_CONTENT) maximise(scr, axis, available, most);
  if ((axis.flags & TF_FLEX) !== 0) flexTracks(scr, g, axis, available, mode, least, most);
  const room = available === available ? available : least;
  if (stretches && room === room && (axis.flags & TF_MAX_AUTO) !== 0) stretch(scr, axis, room);
}

/** Sizes of all tracks and gutters together. */
export function trackSum(scr: Float64Array, axis: GridAxis): number {
  let sum = 0;
  for (let k = 0; k < axis.count; k++) sum += scr[axis.tracks + k * T_WORDS + T_BASE] + scr[axis.tracks + k * T_WORDS + T_GAP];
  return sum;
}

// ---- §12.5 content-sized tracks ------------------------------------------------------------------

function fitContent(scr: Float64Array, g: GridFrame, axis: GridAxis): void {
  const field = axis === g.columns ? G_C0 : G_R0;
  let flexItems = false;
  // hot: one look at each item that spans one track.
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const marks = scr[at + G_FLAGS];
    if ((marks & GF_CONTENT) === 0) continue;
    if ((marks & GF_FLEX) !== 0) {
      flexItems = true;
      continue;
    }
    if (scr[at + field + 1] - scr[at + field] !== 1) continue;
    const track = axis.tracks + scr[at + field] * T_WORDS;
    const flags = scr[track + T_FLAGS];
    if ((flags & TF_MIN_CONTENT) !== 0) {
      let base: number;
      if ((flags & TF_MIN_LO) !== 0) base = scr[at + G_LO];
      else if ((flags & TF_MIN_HI) !== 0) base = scr[at + G_HI];
      else base = scr[at + G_MINIMUM];
      if (base > scr[track + T_BASE]) scr[track + T_BASE] = base;
    }
    if ((flags & TF_MAX_CONTENT) !== 0) {
      let limit = (flags & TF_MAX_LO) !== 0 ? scr[at + G_LO] : scr[at + G_HI];
      if (limit > scr[track + T_FIT]) limit = scr[track + T_FIT];
      if (scr[track + T_LIMIT] === Infinity || limit > scr[track + T_LIMIT]) scr[track + T_LIMIT] = limit > 0 ? limit : 0;
    }
  }
  floorLimits(scr, axis);
  if (axis.span > 1) {
    for (let span = 2; span <= axis.span; ) {
      let next = Infinity;
      let found = false;
      for (let at = g.items; at < g.end; at += G_WORDS) {
        if ((scr[at + G_FLAGS] & (GF_CONTENT | GF_FLEX)) !== GF_CONTENT) continue;
        const own = scr[at + field + 1] - scr[at + field];
        if (own === span) found = true;
        else if (own > span && own < next) next = own;
      }
      if (found) spanningItems(scr, g, axis, field, span);
      span = next;
    }
  }
  if (flexItems) spanningItems(scr, g, axis, field, 0);
}

/** Sum of the maximums of tracks `first` … `end` when all are fixed, else Infinity. */
export function fixedMaximum(scr: Float64Array, axis: GridAxis, first: number, end: number): number {
  let sum = 0;
  for (let k = first; k < end; k++) {
    const at = axis.tracks + k * T_WORDS;
    const flags = scr[at + T_FLAGS];
    if ((flags & (TF_FLEX | TF_MAX_CONTENT)) !== 0) return Infinity;
    sum += scr[at + T_MAX] + (k > first ? scr[at + T_GAP] : 0);
  }
  return sum;
}

function floorLimits(scr: Float64Array, axis: GridAxis): void {
  for (let k = 0; k < axis.count; k++) {
    const at = axis.tracks + k * T_WORDS;
    if (scr[at + T_LIMIT] < scr[at + T_BASE]) scr[at + T_LIMIT] = scr[at + T_BASE];
  }
}

/** §12.5 step 3 for items of one span, or (span 0) step 4 for all items in flexible tracks. */
function spanningItems(scr: Float64Array, g: GridFrame, axis: GridAxis, field: number, span: number): void {
  // for intrinsic minimums
  round(scr, g, axis, field, span, false, TF_MIN_CONTENT, G_MINIMUM, TF_MAX_CONTENT);
  // for content-based minimums
  if ((axis.flags & (TF_MIN_LO | TF_MIN_HI)) !== 0) {
    round(scr, g, axis, field, span, false, TF_MIN_LO | TF_MIN_HI, G_LO, TF_MAX_CONTENT);
  }
  // for max-content minimums
  if ((axis.flags & TF_MIN_HI) !== 0) {
    round(scr, g, axis, field, span, false, TF_MIN_HI, G_HI, TF_MAX_HI);
  }
  floorLimits(scr, axis);
  if (span === 0) return;
  // for intrinsic and max-content maximums
  if ((axis.flags & TF_MAX_CONTENT) !== 0) {
    for (let k = 0; k < axis.count; k++) scr[axis.tracks + k * T_WORDS + T_FLAGS] &= ~TF_GROWS_ON;
    round(scr, g, axis, field, span, true, TF_MAX_CONTENT, G_LO, TF_MAX_CONTENT);
    if ((axis.flags & TF_MAX_HI) !== 0) {
      round(scr, g, axis, field, span, true, TF_MAX_HI, G_HI, TF_MAX_CONTENT);
    }
  }
}

/** One round of distributing (§12.5.1): plan for all items of the group, then grow. */
function round(
  scr: Float64Array,
  g: GridFrame,
  axis: GridAxis,
  field: number,
  span: number,
  limits: boolean,
  mask: number,
  contribution: number,
  beyond: number,
): void {
  const { tracks, count } = axis;
  const wanted = span === 0 ? GF_CONTENT | GF_FLEX : GF_CONTENT;
  for (let k = 0; k < count; k++) {
    scr[tracks + k * T_WORDS + T_PLANNED] = 0;
    scr[tracks + k * T_WORDS + T_FLAGS] &= ~TF_USED;
  }
  for (let at = g.items; at < g.end; at += G_WORDS) {
    if ((scr[at + G_FLAGS] & (GF_CONTENT | GF_FLEX)) !== wanted) continue;
    const start = scr[at + field];
    const end = scr[at + field + 1];
    if (span !== 0 && end - start !== span) continue;
    let space = scr[at + contribution];
    let affected = 0;
    for (let k = start; k < end; k++) {
      const track = tracks + k * T_WORDS;
      const flags = scr[track + T_FLAGS];
      space -= (limits && scr[track + T_LIMIT] !== Infinity ? scr[track + T_LIMIT] : scr[track + T_BASE]) + (k > start ? scr[track + T_GAP] : 0);
      if ((flags & mask) !== 0 && (span !== 0 || (flags & TF_FLEX) !== 0)) affected++;
    }
    if (affected === 0) continue;
    for (let k = start; k < end; k++) scr[tracks + k * T_WORDS + T_FLAGS] |= TF_USED;
    if (!(space > SLACK)) continue;
    if (span === 0) spreadByFlex(scr, tracks, start, end, space, mask);
    else spread(scr, tracks, start, end, space, mask, limits, beyond);
    for (let k = start; k < end; k++) {
      const track = tracks + k * T_WORDS;
      if ((scr[track + T_FLAGS] & mask) !== 0 && scr[track + T_INCURRED] > scr[track + T_PLANNED]) {
        scr[track + T_PLANNED] = scr[track + T_INCURRED];
      }
    }
  }
  for (let k = 0; k < count; k++) {
    const track = tracks + k * T_WORDS;
    const planned = scr[track + T_PLANNED];
    if (!limits) {
      scr[track + T_BASE] += planned;
    } else if (scr[track + T_LIMIT] !== Infinity) scr[track + T_LIMIT] += planned;
    else if ((scr[track + T_FLAGS] & mask) !== 0 && (scr[track + T_FLAGS] & TF_USED) !== 0) {
      scr[track + T_LIMIT] = scr[track + T_BASE] + planned;
      scr[track + T_FLAGS] |= TF_GROWS_ON;
    }
  }
}

/** Space of one item among flexible tracks: by flex factor, equally when they are all zero. */
function spreadByFlex(scr: Float64Array, tracks: number, start: number, end: number, space: number, mask: number): void {
  let factors = 0;
  let count = 0;
  for (let k = start; k < end; k++) {
    const track = tracks + k * T_WORDS;
    const flags = scr[track + T_FLAGS];
    scr[track + T_INCURRED] = 0;
    if ((flags & mask) === 0 || (flags & TF_FLEX) === 0) continue;
    factors += scr[track + T_MAX];
    count++;
  }
  for (let k = start; k < end; k++) {
    const track = tracks + k * T_WORDS;
    const flags = scr[track + T_FLAGS];
    if ((flags & mask) === 0 || (flags & TF_FLEX) === 0) continue;
    scr[track + T_INCURRED] = factors > 0 ? (space * scr[track + T_MAX]) / factors : space / count;
  }
}

/** Space of one item: equally up to the limits, then beyond them. Sets T_INCURRED. */
function spread(
  scr: Float64Array,
  tracks: number,
  start: number,
  end: number,
  space: number,
  mask: number,
  limits: boolean,
  beyond: number,
): void {
  for (let k = start; k < end; k++) {
    const track = tracks + k * T_WORDS;
    scr[track + T_INCURRED] = 0;
    scr[track + T_FLAGS] &= ~TF_FROZEN;
  }
  let left = share(scr, tracks, start, end, space, mask, limits, false);
  if (left <= SLACK) return;
  let chosen = mask;
  let found = false;
  for (let k = start; k < end; k++) {
    const flags = scr[tracks + k * T_WORDS + T_FLAGS];
    if ((flags & mask) !== 0 && (flags & beyond) !== 0) found = true;
  }
  if (found) chosen = beyond;
  for (let k = start; k < end; k++) {
    const track = tracks + k * T_WORDS;
    const flags = scr[track + T_FLAGS];
    scr[track + T_FLAGS] = (flags & mask) !== 0 && (flags & chosen) !== 0 ? flags & ~TF_FROZEN : flags | TF_FROZEN;
  }
  left = share(scr, tracks, start, end, left, mask, limits, true);
  if (left <= SLACK) return;
  // Only fit-content() tracks that reached their argument: the rest goes to all.
  let count = 0;
  for (let k = start; k < end; k++) if ((scr[tracks + k * T_WORDS + T_FLAGS] & mask) !== 0) count++;
  for (let k = start; k < end; k++) {
    const track = tracks + k * T_WORDS;
    if ((scr[track + T_FLAGS] & mask) !== 0 && !limits) scr[track + T_INCURRED] += left / count;
  }
}

/** Shares `space` equally among the open tracks, each up to its room. Returns what is left. */
function share(
  scr: Float64Array,
  tracks: number,
  start: number,
  end: number,
  space: number,
  mask: number,
  limits: boolean,
  beyond: boolean,
): number {
  let left = space;
  for (let rounds = end - start + 1; rounds > 0 && left > SLACK; rounds--) {
    let open = 0;
    let smallest = Infinity;
    for (let k = start; k < end; k++) {
      const track = tracks + k * T_WORDS;
      const flags = scr[track + T_FLAGS];
      if ((flags & mask) === 0 || (flags & TF_FROZEN) !== 0) continue;
      const room = roomOf(scr, track, limits, beyond) - scr[track + T_INCURRED];
      if (room <= SLACK) {
        scr[track + T_FLAGS] = flags | TF_FROZEN;
        continue;
      }
      open++;
      if (room < smallest) smallest = room;
    }
    if (open === 0) return left;
    const each = left / open < smallest ? left / open : smallest;
    for (let k = start; k < end; k++) {
      const track = tracks + k * T_WORDS;
      const flags = scr[track + T_FLAGS];
      if ((flags & mask) === 0 || (flags & TF_FROZEN) !== 0) continue;
      scr[track + T_INCURRED] += each;
    }
    left -= each * open;
  }
  return left > SLACK ? left : 0;
}

/** How much a track may take from one item. */
function roomOf(scr: Float64Array, track: number, limits: boolean, beyond: boolean): number {
  const limit = scr[track + T_LIMIT];
  const fit = scr[track + T_FIT];
  if (!limits) {
    return beyond ? Infinity : limit - scr[track + T_BASE];
  }
  const size = limit === Infinity ? scr[track + T_BASE] : limit;
  if (beyond || limit === Infinity || (scr[track + T_FLAGS] & TF_GROWS_ON) !== 0) return fit - size;
  return 0;
}

// ---- §12.6 maximise ------------------------------------------------------------------------------

function maximise(scr: Float64Array, axis: GridAxis, available: number, most: number): void {
  const { tracks, count } = axis;
  let room = available;
  if (available !== available) {
    // Without a limit every track reaches its own, unless that breaks the container's largest size.
    let sum = 0;
    for (let k = 0; k < count; k++) sum += scr[tracks + k * T_WORDS + T_LIMIT] + scr[tracks + k * T_WORDS + T_GAP];
    if (!(sum > most)) {
      for (let k = 0; k < count; k++) scr[tracks + k * T_WORDS + T_BASE] = scr[tracks + k * T_WORDS + T_LIMIT];
      return;
    }
    room = most;
  }
  let left = room - trackSum(scr, axis);
  for (let rounds = count + 1; rounds > 0 && left > SLACK; rounds--) {
    let open = 0;
    let smallest = Infinity;
    for (let k = 0; k < count; k++) {
      const track = tracks + k * T_WORDS;
      const own = scr[track + T_LIMIT] - scr[track + T_BASE];
      if (own <= SLACK) continue;
      open++;
      if (own < smallest) smallest = own;
    }
    if (open === 0) return;
    const each = left / open < smallest ? left / open : smallest;
    for (let k = 0; k < count; k++) {
      const track = tracks + k * T_WORDS;
      if (scr[track + T_LIMIT] - scr[track + T_BASE] > SLACK) scr[track + T_BASE] += each;
    }
    left -= each * open;
  }
}

// ---- §12.7 flexible tracks -----------------------------------------------------------------------

function flexTracks(
  scr: Float64Array,
  g: GridFrame,
  axis: GridAxis,
  available: number,
  mode: number,
  least: number,
  most: number,
): void {
  const { tracks, count } = axis;
  let fraction = 0;
  if (available === available) {
    if (available - trackSum(scr, axis) > 0) fraction = fractionSize(scr, axis, 0, count, available);
  } else if (mode !== SIZE_MIN_CONTENT) {
    fraction = contentFraction(scr, g, axis);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const track = tracks + k * T_WORDS;
      const flexed = (scr[track + T_FLAGS] & TF_FLEX) !== 0 ? fraction * scr[track + T_MAX] : 0;
      sum += (flexed > scr[track + T_BASE] ? flexed : scr[track + T_BASE]) + scr[track + T_GAP];
    }
    if (sum < least) fraction = fractionSize(scr, axis, 0, count, least);
    else if (sum > most) fraction = fractionSize(scr, axis, 0, count, most);
  }
  for (let k = 0; k < count; k++) {
    const track = tracks + k * T_WORDS;
    if ((scr[track + T_FLAGS] & TF_FLEX) === 0) continue;
    const size = fraction * scr[track + T_MAX];
    if (size > scr[track + T_BASE]) scr[track + T_BASE] = size;
  }
}

/** The largest fraction that any flexible track or item in one asks for. */
function contentFraction(scr: Float64Array, g: GridFrame, axis: GridAxis): number {
  const { tracks, count } = axis;
  const field = axis === g.columns ? G_C0 : G_R0;
  let fraction = 0;
  for (let k = 0; k < count; k++) {
    const track = tracks + k * T_WORDS;
    if ((scr[track + T_FLAGS] & TF_FLEX) === 0) continue;
    const factor = scr[track + T_MAX];
    const own = factor > 1 ? scr[track + T_BASE] / factor : scr[track + T_BASE];
    if (own > fraction) fraction = own;
  }
  for (let at = g.items; at < g.end; at += G_WORDS) {
    if ((scr[at + G_FLAGS] & GF_FLEX) === 0) continue;
    const own = fractionSize(scr, axis, scr[at + field], scr[at + field + 1], scr[at + G_HI]);
    if (own > fraction) fraction = own;
  }
  return fraction;
}

/** §12.7.1: the size of one fraction when tracks `first` … `end` fill `space`. */
function fractionSize(scr: Float64Array, axis: GridAxis, first: number, end: number, space: number): number {
  const { tracks } = axis;
  for (let k = first; k < end; k++) scr[tracks + k * T_WORDS + T_FLAGS] &= ~TF_FROZEN;
  for (;;) {
    let left = space;
    let factors = 0;
    for (let k = first; k < end; k++) {
      const track = tracks + k * T_WORDS;
      const flags = scr[track + T_FLAGS];
      if (k > first) left -= scr[track + T_GAP];
      if ((flags & TF_FLEX) !== 0 && (flags & TF_FROZEN) === 0) factors += scr[track + T_MAX];
      else left -= scr[track + T_BASE];
    }
    if (factors < 1) factors = 1;
    const fraction = left > 0 ? left / factors : 0;
    let again = false;
    for (let k = first; k < end; k++) {
      const track = tracks + k * T_WORDS;
      const flags = scr[track + T_FLAGS];
      if ((flags & TF_FLEX) === 0 || (flags & TF_FROZEN) !== 0) continue;
      if (fraction * scr[track + T_MAX] < scr[track + T_BASE] - SLACK) {
        scr[track + T_FLAGS] = flags | TF_FROZEN;
        again = true;
      }
    }
    if (!again) return fraction;
  }
}

// ---- §12.8 stretch -------------------------------------------------------------------------------

function stretch(scr: Float64Array, axis: GridAxis, room: number): void {
  const free = room - trackSum(scr, axis);
  if (!(free > 0)) return;
  const { tracks, count } = axis;
  let autos = 0;
  for (let k = 0; k < count; k++) if ((scr[tracks + k * T_WORDS + T_FLAGS] & (TF_MAX_AUTO | TF_COLLAPSED)) === TF_MAX_AUTO) autos++;
  if (autos === 0) return;
  for (let k = 0; k < count; k++) {
    const track = tracks + k * T_WORDS;
    if ((scr[track + T_FLAGS] & (TF_MAX_AUTO | TF_COLLAPSED)) === TF_MAX_AUTO) scr[track + T_BASE] += free / autos;
  }
}
