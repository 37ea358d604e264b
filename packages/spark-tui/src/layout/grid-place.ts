/**
 * Auto-placement (CSS Grid §8.5): every item gets its lines in both axes. Which cells are taken is kept in
 * a bit matrix, a row of words a major line; when that would be absurdly large, items are compared instead.
 *
 *   major   the axis auto-placement fills one after the other (rows, unless it flows by column)
 *   minor   the axis it moves along inside one of them
 */
import * as f from '../scene/index.ts';
import {
  G_C0,
  G_FLAGS,
  G_R0,
  G_SLOT,
  G_WORDS,
  GF_AUTO_COLUMN,
  GF_AUTO_ROW,
  GF_PLACED,
  type GridAxis,
  type GridFrame,
} from './grid-frame.ts';
import { resolveLines } from './grid-lines.ts';
import type { LayoutPass } from './pass.ts';

/** Largest bit matrix, in words of 32 cells. */
const MAX_MATRIX_WORDS = 1 << 18;

/** The cells taken so far. One for each engine: placing never recurses. */
export class Occupancy {
  words: Int32Array = new Int32Array(256);
  /** Words a major line; 0 = compare items. */
  stride = 0;
  minorFirst = 0;
  majorFirst = 0;

  /** Empties the matrix for `minor` × `major` cells. */
  reset(minorFirst: number, minor: number, majorFirst: number, major: number): void {
    this.minorFirst = minorFirst;
    this.majorFirst = majorFirst;
    this.stride = (minor + 31) >> 5;
    const needed = this.stride * major;
    if (needed > MAX_MATRIX_WORDS) {
      this.stride = 0;
      return;
    }
    if (needed > this.words.length) this.words = new Int32Array(needed * 2);
    else this.words.fill(0, 0, needed);
  }

  isFree(minor: number, minorEnd: number, major: number, majorEnd: number): boolean {
    const { words, stride } = this;
    for (let j = major - this.majorFirst; j < majorEnd - this.majorFirst; j++) {
      for (let k = minor - this.minorFirst; k < minorEnd - this.minorFirst; k++) {
        if ((words[j * stride + (k >> 5)] & (1 << (k & 31))) !== 0) return false;
      }
    }
    return true;
  }

  take(minor: number, minorEnd: number, major: number, majorEnd: number): void {
    const { words, stride } = this;
    for (let j = major - this.majorFirst; j < majorEnd - this.majorFirst; j++) {
      for (let k = minor - this.minorFirst; k < minorEnd - this.minorFirst; k++) words[j * stride + (k >> 5)] |= 1 << (k & 31);
    }
  }
}

/** Gives every item its lines, and both axes their `origin` and `count`. */
export function placeItemsInGrid(p: LayoutPass, g: GridFrame): void {
  const { scr, i32, u8, cap } = p;
  const flow = u8[f.U8_GRID_FLOW * cap + g.node];
  const byColumn = (flow & f.GRID_FLOW_COLUMN) !== 0;
  const dense = (flow & f.GRID_FLOW_DENSE) !== 0;
  const minorAxis = byColumn ? g.rows : g.columns;
  const majorAxis = byColumn ? g.columns : g.rows;
  const minorAt = byColumn ? G_R0 : G_C0;
  const majorAt = byColumn ? G_C0 : G_R0;
  const autoMinor = byColumn ? GF_AUTO_ROW : GF_AUTO_COLUMN;
  const autoMajor = byColumn ? GF_AUTO_COLUMN : GF_AUTO_ROW;

  let minorFirst = 0;
  let minorEnd = minorAxis.explicit;
  let majorFirst = 0;
  let majorEnd = majorAxis.explicit;
  let lockedSpans = 0;
  let autoSpan = 0;
  let autoMajors = 0;
  let stray = false;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const c = scr[at + G_SLOT];
    let flags = 0;
    if (!resolveLines(p, g, g.columns, i32[f.I32_GRID_COLUMN_START * cap + c], i32[f.I32_GRID_COLUMN_END * cap + c])) flags |= GF_AUTO_COLUMN;
    scr[at + G_C0] = g.start;
    scr[at + G_C0 + 1] = g.stop;
    if (!resolveLines(p, g, g.rows, i32[f.I32_GRID_ROW_START * cap + c], i32[f.I32_GRID_ROW_END * cap + c])) flags |= GF_AUTO_ROW;
    scr[at + G_R0] = g.start;
    scr[at + G_R0 + 1] = g.stop;
    scr[at + G_FLAGS] = flags;
    if ((flags & autoMinor) === 0) {
      if (scr[at + minorAt] < minorFirst) minorFirst = scr[at + minorAt];
      if (scr[at + minorAt + 1] > minorEnd) minorEnd = scr[at + minorAt + 1];
    } else {
      const span = scr[at + minorAt + 1];
      if (span > autoSpan) autoSpan = span;
      if ((flags & autoMajor) === 0) lockedSpans += span;
    }
    if ((flags & autoMajor) === 0) {
      if (scr[at + majorAt] < majorFirst) majorFirst = scr[at + majorAt];
      if (scr[at + majorAt + 1] > majorEnd) majorEnd = scr[at + majorAt + 1];
    } else autoMajors += scr[at + majorAt + 1];
    if (flags !== (GF_AUTO_COLUMN | GF_AUTO_ROW)) stray = true;
  }
  if (minorEnd - minorFirst < autoSpan) minorEnd = minorFirst + autoSpan;
  if (minorEnd === minorFirst && g.end > g.items) minorEnd = minorFirst + 1;
  p.occupancy.reset(minorFirst, minorEnd - minorFirst + lockedSpans, majorFirst, majorEnd - majorFirst + autoMajors);

  if (stray) {
    // 1. items with both positions given
    for (let at = g.items; at < g.end; at += G_WORDS) {
      if ((scr[at + G_FLAGS] & (GF_AUTO_COLUMN | GF_AUTO_ROW)) === 0) settle(p, at, minorAt, majorAt, scr[at + minorAt], scr[at + majorAt]);
    }
    // 2. items locked to a major line
    if (lockedSpans > 0) {
      const lines = majorEnd - majorFirst;
      const cursors = p.sp;
      p.reserve(lines);
      const s = p.scr;
      s.fill(minorFirst, cursors, cursors + lines);
      for (let at = g.items; at < g.end; at += G_WORDS) {
        if ((s[at + G_FLAGS] & (autoMinor | autoMajor)) !== autoMinor) continue;
        const major = s[at + majorAt];
        const cursor = cursors + major - majorFirst;
        const span = s[at + minorAt + 1];
        const length = s[at + majorAt + 1] - major;
        let minor = dense ? minorFirst : s[cursor];
        while (!isFree(p, g, minorAt, majorAt, minor, minor + span, major, major + length)) minor++;
        settle(p, at, minorAt, majorAt, minor, major);
        s[cursor] = minor + span;
        if (minor + span > minorEnd) minorEnd = minor + span;
      }
    }
  }

  // 4. the others, in order
  let cursorMinor = minorFirst;
  let cursorMajor = majorFirst;
  const s = p.scr;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const flags = s[at + G_FLAGS];
    if ((flags & autoMajor) === 0) continue;
    const length = s[at + majorAt + 1];
    if (dense) {
      cursorMinor = minorFirst;
      cursorMajor = majorFirst;
    }
    if ((flags & autoMinor) === 0) {
      const minor = s[at + minorAt];
      const minorStop = s[at + minorAt + 1];
      if (!dense && minor < cursorMinor) cursorMajor++;
      cursorMinor = minor;
      while (!isFree(p, g, minorAt, majorAt, minor, minorStop, cursorMajor, cursorMajor + length)) cursorMajor++;
      s[at + majorAt] = cursorMajor;
      s[at + majorAt + 1] = cursorMajor + length;
      s[at + G_FLAGS] |= GF_PLACED;
      take(p, minor, minorStop, cursorMajor, cursorMajor + length);
    } else {
      const span = s[at + minorAt + 1];
      for (;;) {
        if (cursorMinor + span > minorEnd) {
          cursorMajor++;
          cursorMinor = minorFirst;
        } else if (isFree(p, g, minorAt, majorAt, cursorMinor, cursorMinor + span, cursorMajor, cursorMajor + length)) break;
        else cursorMinor++;
      }
      s[at + minorAt] = cursorMinor;
      s[at + minorAt + 1] = cursorMinor + span;
      s[at + majorAt] = cursorMajor;
      s[at + majorAt + 1] = cursorMajor + length;
      s[at + G_FLAGS] |= GF_PLACED;
      take(p, cursorMinor, cursorMinor + span, cursorMajor, cursorMajor + length);
    }
    if (cursorMajor + length > majorEnd) majorEnd = cursorMajor + length;
  }
  finish(minorAxis, minorFirst, minorEnd);
  finish(majorAxis, majorFirst, majorEnd);
  shift(s, g, minorAt, minorAxis);
  shift(s, g, majorAt, majorAxis);
}

function settle(p: LayoutPass, at: number, minorAt: number, majorAt: number, minor: number, major: number): void {
  const { scr } = p;
  if ((scr[at + G_FLAGS] & (GF_AUTO_COLUMN | GF_AUTO_ROW)) !== 0) {
    scr[at + minorAt + 1] += minor;
    scr[at + minorAt] = minor;
  }
  scr[at + G_FLAGS] |= GF_PLACED;
  take(p, minor, scr[at + minorAt + 1], major, scr[at + majorAt + 1]);
}

function take(p: LayoutPass, minor: number, minorEnd: number, major: number, majorEnd: number): void {
  if (p.occupancy.stride !== 0) p.occupancy.take(minor, minorEnd, major, majorEnd);
}

function isFree(
  p: LayoutPass,
  g: GridFrame,
  minorAt: number,
  majorAt: number,
  minor: number,
  minorEnd: number,
  major: number,
  majorEnd: number,
): boolean {
  if (p.occupancy.stride !== 0) return p.occupancy.isFree(minor, minorEnd, major, majorEnd);
  const { scr } = p;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    if ((scr[at + G_FLAGS] & GF_PLACED) === 0) continue;
    if (
      scr[at + minorAt] < minorEnd && scr[at + minorAt + 1] > minor &&
      scr[at + majorAt] < majorEnd && scr[at + majorAt + 1] > major
    ) {
      return false;
    }
  }
  return true;
}

function finish(axis: GridAxis, first: number, end: number): void {
  axis.origin = -first;
  axis.count = end - first;
}

/** Lines from now on count from the first implicit one. */
function shift(scr: Float64Array, g: GridFrame, field: number, axis: GridAxis): void {
  let longest = 1;
  for (let at = g.items; at < g.end; at += G_WORDS) {
    const span = scr[at + field + 1] - scr[at + field];
    if (span > longest) longest = span;
    scr[at + field] += axis.origin;
    scr[at + field + 1] += axis.origin;
  }
  axis.span = longest;
}
