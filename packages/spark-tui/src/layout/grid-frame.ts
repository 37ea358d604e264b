/**
 * The records of one grid while it is laid out. Items and tracks lie in scratch memory; a frame holds their
 * offsets. Frames are pooled by depth of recursion, so that a layout allocates nothing.
 *
 *   scr   … | items (G_WORDS each) | column tracks (T_WORDS each) | row tracks | …
 *
 * Lines count from 0 at the first line of the implicit grid once placing is done (`origin` tracks of it lie
 * before the explicit grid); before that, line 0 is the first explicit line.
 */
import type { GridAreas, TrackList } from '../scene/index.ts';

// ---- items ---------------------------------------------------------------------------------------
export const G_SLOT = 0;
export const G_INDEX = 1;
/** First line and end line of each axis; the row's pair follows the column's. */
export const G_C0 = 2;
export const G_C1 = 3;
export const G_R0 = 4;
export const G_R1 = 5;
/** Margins in left-to-right terms. */
export const G_LEFT = 6;
export const G_RIGHT = 7;
export const G_TOP = 8;
export const G_BOTTOM = 9;
/** Contributions to the axis that is being sized, margins included: minimum, min-content, max-content. */
export const G_MINIMUM = 10;
export const G_LO = 11;
export const G_HI = 12;
export const G_WIDTH = 13;
/** Border-box height, or NaN while unknown. */
export const G_HEIGHT = 14;
export const G_FLAGS = 15;
export const G_JUSTIFY = 16;
export const G_ALIGN = 17;
/** Distance from the top margin edge to the first baseline. */
export const G_BASELINE = 18;
/** What baseline alignment moves the item down by. */
export const G_SHIM = 19;
export const G_WORDS = 20;

export const GF_AUTO_COLUMN = 1 << 0;
export const GF_AUTO_ROW = 1 << 1;
export const GF_MARGIN_LEFT = 1 << 2;
export const GF_MARGIN_RIGHT = 1 << 3;
export const GF_MARGIN_TOP = 1 << 4;
export const GF_MARGIN_BOTTOM = 1 << 5;
/** Spans a flexible track of the axis that is being sized. */
export const GF_FLEX = 1 << 6;
/** Spans a track sized by content in the axis that is being sized. */
export const GF_CONTENT = 1 << 7;
/** The height is definite: percentages of it resolve. */
export const GF_DEFINITE = 1 << 8;
/** Takes part in baseline alignment of its row. */
export const GF_BASELINE = 1 << 9;
export const GF_PLACED = 1 << 10;

// ---- tracks --------------------------------------------------------------------------------------
export const T_FLAGS = 0;
/** Fixed minimum, or 0. */
export const T_MIN = 1;
/** Fixed maximum, flex factor, or 0. */
export const T_MAX = 2;
/** Argument of fit-content(), else Infinity. */
export const T_FIT = 3;
export const T_BASE = 4;
export const T_LIMIT = 5;
export const T_PLANNED = 6;
export const T_INCURRED = 7;
/** Gutter before the track. */
export const T_GAP = 8;
export const T_POS = 9;
export const T_WORDS = 10;

export const TF_MIN_AUTO = 1 << 0;
export const TF_MIN_LO = 1 << 1;
export const TF_MIN_HI = 1 << 2;
export const TF_MAX_LO = 1 << 3;
/** Maximum is max-content, auto or fit-content(). */
export const TF_MAX_HI = 1 << 4;
/** Maximum is auto: the track stretches. */
export const TF_MAX_AUTO = 1 << 5;
export const TF_FLEX = 1 << 6;
/** An empty auto-fit track: nothing wide, without gutters. */
export const TF_COLLAPSED = 1 << 7;
export const TF_GROWS_ON = 1 << 8;
export const TF_FROZEN = 1 << 9;
export const TF_USED = 1 << 10;
/** Track sizing without content needs a known space: percentages. */
export const TF_PERCENT = 1 << 11;
export const TF_MIN_CONTENT = TF_MIN_AUTO | TF_MIN_LO | TF_MIN_HI;
export const TF_MAX_CONTENT = TF_MAX_LO | TF_MAX_HI;
export const TF_CONTENT = TF_MIN_CONTENT | TF_MAX_CONTENT;

/** One axis of a grid. */
export class GridAxis {
  list: TrackList | null = null;
  autoList: TrackList | null = null;
  /** Repetitions of the automatic repeat. */
  repeats = 0;
  /** Tracks the list spells out. */
  listed = 0;
  /** Tracks of the explicit grid: listed ones and those of areas. */
  explicit = 0;
  /** Implicit tracks before the explicit grid. */
  origin = 0;
  /** Scratch offset of the first track, and how many there are. */
  tracks = 0;
  count = 0;
  gap = 0;
  /** Flags of all tracks together. */
  flags = 0;
  /** Longest span of an item. */
  span = 1;
}

export class GridFrame {
  node = 0;
  bits = 0;
  /** Scratch offsets of the items. */
  items = 0;
  end = 0;
  hasAbsolutes = false;
  /** Widths of some items depend on the rows. */
  widthsNeedRows = false;
  areas: GridAreas | null = null;
  readonly columns: GridAxis = new GridAxis();
  readonly rows: GridAxis = new GridAxis();
  /** Result of resolving an item's lines in one axis: lines, or a span when it is placed automatically. */
  start = 0;
  stop = 0;
}
