/**
 * Tracks of one axis of a grid: how many an automatic repeat gives (CSS Grid §7.2.3.2), and the records of
 * explicit and implicit tracks with their sizing functions read against the space there is (§12.4).
 */
import * as f from '../scene/index.ts';
import { lengthOf, sizeOf } from './box-style.ts';
import {
  G_C0,
  G_R0,
  G_WORDS,
  type GridAxis,
  type GridFrame,
  T_BASE,
  T_FIT,
  T_FLAGS,
  T_GAP,
  T_LIMIT,
  T_MAX,
  T_MIN,
  T_WORDS,
  TF_COLLAPSED,
  TF_FLEX,
  TF_MAX_AUTO,
  TF_MAX_HI,
  TF_MAX_LO,
  TF_MIN_AUTO,
  TF_MIN_HI,
  TF_MIN_LO,
  TF_PERCENT,
  TF_USED,
} from './grid-frame.ts';
import { type LayoutPass, MAX_SIZE, R_EDGE_H, R_EDGE_W, REC } from './pass.ts';

/** Reads the lists of a container and counts the tracks of the explicit grid. `inner` NaN = not known. */
export function explicitTracks(p: LayoutPass, g: GridFrame, axis: GridAxis, inner: number, gap: number): void {
  const grid = p.scene.grids.get(g.node);
  const isColumn = axis === g.columns;
  axis.list = grid === undefined ? null : isColumn ? grid.columns : grid.rows;
  axis.autoList = grid === undefined ? null : isColumn ? grid.autoColumns : grid.autoRows;
  axis.gap = gap;
  axis.repeats = 0;
  axis.listed = 0;
  const list = axis.list;
  if (list !== null) {
    axis.listed = list.sizes.length / f.TRACK_WORDS;
    if (list.repeat !== f.REPEAT_NONE) {
      axis.repeats = repetitions(p, g, list, isColumn, inner, gap);
      axis.listed += (axis.repeats - 1) * list.repeatTracks;
    }
  }
  const areas = g.areas;
  const areaTracks = areas === null ? 0 : isColumn ? areas.columns : areas.rows;
  axis.explicit = areaTracks > axis.listed ? areaTracks : axis.listed;
}

/** Repetitions of the automatic repeat: as many as fit a given or largest size, or as fill a smallest one. */
function repetitions(p: LayoutPass, g: GridFrame, list: f.TrackList, isColumn: boolean, inner: number, gap: number): number {
  const edge = p.rec[g.node * REC + (isColumn ? R_EDGE_W : R_EDGE_H)];
  let room = inner;
  let fills = false;
  if (room !== room) {
    const size = sizeOf(p, g.node, isColumn ? f.LEN_WIDTH : f.LEN_HEIGHT, NaN, edge);
    const min = sizeOf(p, g.node, isColumn ? f.LEN_MIN_WIDTH : f.LEN_MIN_HEIGHT, NaN, edge);
    let max = sizeOf(p, g.node, isColumn ? f.LEN_MAX_WIDTH : f.LEN_MAX_HEIGHT, NaN, edge);
    if (size === size && !(max < size)) max = size;
    if (max === max) room = (min > max ? min : max) - edge;
    else if (min === min) {
      room = min - edge;
      fills = true;
    } else return 1;
  }
  let fixed = 0;
  let repeated = 0;
  const count = list.sizes.length / f.TRACK_WORDS;
  for (let k = 0; k < count; k++) {
    const at = k * f.TRACK_WORDS;
    const min = fixedSize(p, list.sizes[at], list.sizes[at + 1], room);
    const max = fixedSize(p, list.sizes[at + 2], list.sizes[at + 3], room);
    let size = max === max ? (min > max ? min : max) : min === min ? min : 0;
    if (k >= list.repeatAt && k < list.repeatAt + list.repeatTracks) {
      repeated += size + gap;
    } else {
      if (size < 0) size = 0;
      fixed += size + gap;
    }
  }
  // A track counts as at least one cell, so that the number stays finite (§7.2.3.2).
  if (repeated < 1) repeated = 1;
  const left = room - fixed + gap + 1 / 1024;
  const most = Math.floor(f.MAX_GRID_LINE / list.repeatTracks);
  let times = fills ? Math.ceil(left / repeated - 1 / 512) : Math.floor(left / repeated);
  if (times > most) times = most;
  return times > 1 ? times : 1;
}

function fixedSize(p: LayoutPass, kind: number, value: number, base: number): number {
  switch (kind) {
    case f.UNIT_CELLS:
      return value;
    case f.UNIT_PERCENT:
      return (base * value) / 100;
    case f.UNIT_VW:
      p.usesViewport = true;
      return (p.viewportW * value) / 100;
    case f.UNIT_VH:
      p.usesViewport = true;
      return (p.viewportH * value) / 100;
    default:
      return NaN;
  }
}

/** Pushes the records of all tracks of an axis. Placing must be done. */
export function makeTracks(p: LayoutPass, g: GridFrame, axis: GridAxis): void {
  const { count, list, autoList } = axis;
  axis.tracks = p.sp;
  p.reserve(count * T_WORDS);
  p.sp += count * T_WORDS;
  const scr = p.scr;
  const collapses = list !== null && list.repeat === f.REPEAT_FIT;
  const fitAt = collapses ? axis.origin + list.repeatAt : 0;
  const fitEnd = collapses ? fitAt + axis.repeats * list.repeatTracks : 0;
  for (let at = axis.tracks, end = at + count * T_WORDS; at < end; at += T_WORDS) scr[at + T_FLAGS] = 0;
  if (collapses) {
    const field = axis === g.columns ? G_C0 : G_R0;
    for (let at = g.items; at < g.end; at += G_WORDS) {
      for (let k = scr[at + field]; k < scr[at + field + 1]; k++) scr[axis.tracks + k * T_WORDS + T_FLAGS] = TF_USED;
    }
  }
  const autoCount = autoList === null ? 0 : autoList.sizes.length / f.TRACK_WORDS;
  for (let k = 0; k < count; k++) {
    const at = axis.tracks + k * T_WORDS;
    let index = k - axis.origin;
    let sizes: Float64Array | null = null;
    if (index >= 0 && index < axis.listed && list !== null) {
      sizes = list.sizes;
      if (list.repeat !== f.REPEAT_NONE && index >= list.repeatAt) {
        const repeated = axis.repeats * list.repeatTracks;
        const inside = index - list.repeatAt;
        index = inside < repeated ? list.repeatAt + (inside % list.repeatTracks) : index - repeated + list.repeatTracks;
      }
    } else if (autoList !== null) {
      sizes = autoList.sizes;
      // The pattern goes on outwards from the explicit grid.
      index = index >= 0 ? (index - axis.listed) % autoCount : autoCount - 1 - ((-index - 1) % autoCount);
    }
    let flags = scr[at + T_FLAGS];
    flags = k >= fitAt && k < fitEnd && (flags & TF_USED) === 0 ? TF_COLLAPSED : 0;
    scr[at + T_FLAGS] = flags;
    scr[at + T_MAX] = 0;
    if (sizes === null) {
      scr[at + T_MIN] = f.UNIT_AUTO;
      scr[at + T_FIT] = f.UNIT_AUTO;
    } else {
      const from = index * f.TRACK_WORDS;
      // Kinds and values wait here until `readTracks` knows the space.
      scr[at + T_MIN] = sizes[from];
      scr[at + T_BASE] = sizes[from + 1];
      scr[at + T_FIT] = sizes[from + 2];
      scr[at + T_LIMIT] = sizes[from + 3];
    }
  }
}

/** Sizing functions against `inner` (NaN = unknown: percentages are auto), first sizes, and gutters. */
export function readTracks(p: LayoutPass, axis: GridAxis, inner: number): void {
  const { scr } = p;
  let all = 0;
  let first = true;
  for (let k = 0; k < axis.count; k++) {
    const at = axis.tracks + k * T_WORDS;
    if ((scr[at + T_FLAGS] & TF_COLLAPSED) !== 0) {
      scr[at + T_MIN] = 0;
      scr[at + T_MAX] = 0;
      scr[at + T_FIT] = Infinity;
      scr[at + T_BASE] = 0;
      scr[at + T_LIMIT] = 0;
      scr[at + T_GAP] = 0;
      continue;
    }
    scr[at + T_GAP] = first ? 0 : axis.gap;
    first = false;
    const minKind = scr[at + T_MIN];
    const maxKind = scr[at + T_FIT];
    const minValue = scr[at + T_BASE];
    const maxValue = scr[at + T_LIMIT];
    let flags = minKind === f.UNIT_PERCENT || maxKind === f.UNIT_PERCENT || maxKind === f.TRACK_FIT_PERCENT ? TF_PERCENT : 0;
    let min = fixedSize(p, minKind, minValue, inner);
    let max = fixedSize(p, maxKind, maxValue, inner);
    let fit = Infinity;
    let limit = Infinity;
    if (min !== min) {
      min = 0;
      flags |= minKind === f.UNIT_MIN_CONTENT ? TF_MIN_LO : minKind === f.UNIT_MAX_CONTENT ? TF_MIN_HI : TF_MIN_AUTO;
    }
    if (max === max) limit = max;
    else {
      max = 0;
      if (maxKind === f.UNIT_FR) {
        flags |= TF_FLEX;
        max = maxValue;
      } else if (maxKind === f.UNIT_MIN_CONTENT) flags |= TF_MAX_LO;
      else {
        flags |= TF_MAX_HI;
        if (maxKind === f.UNIT_FIT_CONTENT) fit = maxValue;
        else if (maxKind === f.TRACK_FIT_PERCENT) fit = inner === inner ? (inner * maxValue) / 100 : Infinity;
        else if (maxKind !== f.UNIT_MAX_CONTENT) flags |= TF_MAX_AUTO;
      }
    }
    if (min > MAX_SIZE) min = MAX_SIZE;
    scr[at + T_FLAGS] = flags;
    scr[at + T_MIN] = min;
    scr[at + T_MAX] = max;
    scr[at + T_FIT] = fit;
    scr[at + T_BASE] = min;
    scr[at + T_LIMIT] = limit > min ? limit : min;
    all |= flags;
  }
  axis.flags = all;
}

/** Sets sizes back to what they were before content was asked, for another run with the same functions. */
export function resetTracks(scr: Float64Array, axis: GridAxis): void {
  for (let k = 0; k < axis.count; k++) {
    const at = axis.tracks + k * T_WORDS;
    const flags = scr[at + T_FLAGS];
    if ((flags & TF_COLLAPSED) !== 0) continue;
    scr[at + T_BASE] = scr[at + T_MIN];
    const fixed = (flags & (TF_FLEX | TF_MAX_LO | TF_MAX_HI)) === 0;
    scr[at + T_LIMIT] = !fixed ? Infinity : scr[at + T_MAX] > scr[at + T_MIN] ? scr[at + T_MAX] : scr[at + T_MIN];
  }
}

/** A gap of the container, percentages of `inner` (NaN = 0). */
export function gapOf(p: LayoutPass, i: number, field: number, inner: number): number {
  const gap = lengthOf(p, i, field, inner);
  return gap > 0 ? gap : 0;
}
