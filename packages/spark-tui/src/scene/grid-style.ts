/**
 * Grid facts of nodes as numbers: compiled track lists and areas (immutable, shared, in a side table of the
 * scene), line words (in i32 columns of the items), and the names lines have.
 *
 *   line word   bits 0–1 kind (LINE_*) · bits 2–16 number (signed, 15 bits) · bits 17–30 name id (0 = none)
 *   track       4 doubles: kind and value of the minimum, kind and value of the maximum
 *   line name   3 ints: segment (before, inside, after the repeated tracks) · line in that segment · name id
 */
import { CapacityError } from '../base/index.ts';

// ---- line words ----------------------------------------------------------------------------------
export const LINE_AUTO = 0;
/** A line by number, or the n-th one of a name. */
export const LINE_NUMBER = 1;
/** A number of tracks, or of lines with a name. */
export const LINE_SPAN = 2;
/** An area, else a line of that name. */
export const LINE_NAME = 3;
/** Lines and spans beyond this are brought inside. */
export const MAX_GRID_LINE = 10_000;
const MAX_NAMES = 1 << 14;

/** Packs a line word. Numbers beyond ±MAX_GRID_LINE are brought inside. */
export function gridLine(kind: number, number: number, name: number): number {
  const n = number > MAX_GRID_LINE ? MAX_GRID_LINE : number < -MAX_GRID_LINE ? -MAX_GRID_LINE : Math.trunc(number);
  return kind | ((n & 0x7fff) << 2) | (name << 17);
}

export function gridLineKind(word: number): number {
  return word & 3;
}

export function gridLineNumber(word: number): number {
  return (word << 15) >> 17;
}

export function gridLineName(word: number): number {
  return word >>> 17;
}

// ---- track lists ---------------------------------------------------------------------------------
/** Kinds of track sizes; the others are UNIT_AUTO, UNIT_CELLS, UNIT_PERCENT, UNIT_FR, UNIT_VW … UNIT_FIT_CONTENT. */
export const TRACK_FIT_PERCENT = 12;
export const TRACK_WORDS = 4;

export const REPEAT_NONE = 0;
export const REPEAT_FILL = 1;
export const REPEAT_FIT = 2;

export const SEGMENT_BEFORE = 0;
export const SEGMENT_REPEAT = 1;
export const SEGMENT_AFTER = 2;
export const LINE_NAME_WORDS = 3;

/** Compiled list of tracks. Immutable. */
export interface TrackList {
  /** What it was compiled from: equal keys are equal lists. */
  readonly key: string;
  /** TRACK_WORDS a track; the tracks of an automatic repeat once. */
  readonly sizes: Float64Array;
  /** REPEAT_*: tracks `repeatAt` … `repeatAt + repeatTracks` come as often as there is room. */
  readonly repeat: number;
  readonly repeatAt: number;
  readonly repeatTracks: number;
  /** LINE_NAME_WORDS a name. */
  readonly names: Int32Array;
}

export const AREA_WORDS = 5;

/** Compiled areas. Immutable. */
export interface GridAreas {
  readonly key: string;
  readonly columns: number;
  readonly rows: number;
  /** AREA_WORDS an area: name id · first column · column end · first row · row end (lines from 0). */
  readonly entries: Int32Array;
}

/** The grid facts of one container. */
export interface GridStyle {
  columns: TrackList | null;
  rows: TrackList | null;
  autoColumns: TrackList | null;
  autoRows: TrackList | null;
  areas: GridAreas | null;
}

export function emptyGrid(): GridStyle {
  return { columns: null, rows: null, autoColumns: null, autoRows: null, areas: null };
}

/** Names of lines and areas as small integers; 0 is none. Bounded; names are never forgotten. */
export class GridNames {
  private readonly ids: Map<string, number> = new Map();
  private readonly starts: Int32Array = new Int32Array(MAX_NAMES);
  private readonly ends: Int32Array = new Int32Array(MAX_NAMES);

  /** The id of a name. Throws CapacityError beyond 16,383 names. */
  id(name: string): number {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const id = this.ids.size + 1;
    if (id >= MAX_NAMES) throw new CapacityError(`more than ${MAX_NAMES - 1} different names of grid lines in one app`);
    this.ids.set(name, id);
    return id;
  }

  /** The id of a name that lines refer to as an area: makes the names of its sides too. */
  areaId(name: string): number {
    const id = this.id(name);
    if (this.starts[id] === 0) {
      this.starts[id] = this.id(`${name}-start`);
      this.ends[id] = this.id(`${name}-end`);
    }
    return id;
  }

  /** Ids of `name-start` and `name-end`; 0 when the name was never used as an area. */
  startOf(id: number): number {
    return this.starts[id];
  }

  endOf(id: number): number {
    return this.ends[id];
  }

  get size(): number {
    return this.ids.size;
  }
}
