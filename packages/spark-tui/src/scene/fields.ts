/**
 * Table: every property of a node, the column it lives in, and which dirt a change of it makes.
 *
 * Five sections (one element type each), columns inside a section by the constants below; the value
 * of field F at slot s is `section.array[F * capacity + s]`. Zero means "default" everywhere; a
 * default that is not zero is stored inverted and its name says so (`SHRINK_LESS` = 1 − shrink).
 *
 *   f32  lengths (21, with a unit byte each), grow, shrink-less, aspect ratio, opacity-less
 *   u8   units of the 21 lengths, then enums
 *   u32  identity, tree links, flags, colours, attributes, text run
 *   i32  snapped rectangle, ink bounds, last painted rectangle, z, order, scroll offset, tab index, grid lines
 *   f64  layout results before snapping: border box relative to the parent's, content extents
 */

// ---- what a change makes dirty -------------------------------------------------------------------
/** Cells of the node must be painted again. */
export const DIRT_PAINT = 1 << 0;
/** The node's size or its children's places may change. */
export const DIRT_LAYOUT = 1 << 1;
/** The node's place in paint order may change. */
export const DIRT_ORDER = 1 << 2;

// ---- units of lengths ----------------------------------------------------------------------------
/** `auto` for sizes, basis and insets; none for `max*`; zero for spacing. */
export const UNIT_AUTO = 0;
export const UNIT_CELLS = 1;
/** Value is a percentage: 50 means half. */
export const UNIT_PERCENT = 2;
export const UNIT_FR = 3;
export const UNIT_VW = 4;
export const UNIT_VH = 5;
export const UNIT_MIN_CONTENT = 6;
export const UNIT_MAX_CONTENT = 7;
export const UNIT_FIT_CONTENT = 8;
/** `flexBasis: 'content'`. */
export const UNIT_CONTENT = 9;
/** `margin: auto` (zero of a margin is "no margin"). */
export const UNIT_MARGIN_AUTO = 10;
/** `stretch` as a size keyword. */
export const UNIT_STRETCH = 11;

// ---- lengths: f32 column = u8 unit column --------------------------------------------------------
export const LEN_WIDTH = 0;
export const LEN_HEIGHT = 1;
export const LEN_MIN_WIDTH = 2;
export const LEN_MIN_HEIGHT = 3;
export const LEN_MAX_WIDTH = 4;
export const LEN_MAX_HEIGHT = 5;
export const LEN_BASIS = 6;
export const LEN_MARGIN_TOP = 7;
export const LEN_MARGIN_RIGHT = 8;
export const LEN_MARGIN_BOTTOM = 9;
export const LEN_MARGIN_LEFT = 10;
export const LEN_PADDING_TOP = 11;
export const LEN_PADDING_RIGHT = 12;
export const LEN_PADDING_BOTTOM = 13;
export const LEN_PADDING_LEFT = 14;
export const LEN_TOP = 15;
export const LEN_RIGHT = 16;
export const LEN_BOTTOM = 17;
export const LEN_LEFT = 18;
export const LEN_ROW_GAP = 19;
export const LEN_COLUMN_GAP = 20;
export const LENGTHS = 21;

// ---- other f32 -----------------------------------------------------------------------------------
export const F32_GROW = 21;
/** 1 − flexShrink. */
export const F32_SHRINK_LESS = 22;
/** width / height; 0 = none. */
export const F32_ASPECT_RATIO = 23;
/** 1 − opacity. */
export const F32_OPACITY_LESS = 24;
export const F32_COLUMNS = 25;

// ---- u8: units, then enums -----------------------------------------------------------------------
export const U8_DISPLAY = 21;
export const U8_POSITION = 22;
export const U8_FLEX_DIRECTION = 23;
export const U8_FLEX_WRAP = 24;
export const U8_JUSTIFY_CONTENT = 25;
export const U8_ALIGN_ITEMS = 26;
export const U8_ALIGN_SELF = 27;
export const U8_ALIGN_CONTENT = 28;
export const U8_JUSTIFY_ITEMS = 29;
export const U8_JUSTIFY_SELF = 30;
export const U8_OVERFLOW_X = 31;
export const U8_OVERFLOW_Y = 32;
export const U8_BOX_SIZING = 33;
/** 0 left to right, 1 right to left. */
export const U8_DIRECTION = 34;
export const U8_DOCK = 35;
/** Border style numbers of `style/`; 0 = no border on that side, else the border is one cell wide. */
export const U8_BORDER_TOP = 36;
export const U8_BORDER_RIGHT = 37;
export const U8_BORDER_BOTTOM = 38;
export const U8_BORDER_LEFT = 39;
export const U8_TEXT_ALIGN = 40;
export const U8_TEXT_WRAP = 41;
export const U8_KIND = 42;
/** 1 = the node is neither laid out nor painted (`visible: false`). */
export const U8_HIDDEN = 43;
/** 1 = hit tests pass through the node. */
export const U8_POINTER_NONE = 44;
export const U8_UNDERLINE_STYLE = 45;
export const U8_FOCUSABLE = 46;
/** Cells a scroll bar takes beside the content where overflow is `scroll`. */
export const U8_SCROLLBAR = 47;
/** Bits of GRID_FLOW_*. */
export const U8_GRID_FLOW = 48;
/** 1 = the scroll offset follows the end of the content while it is there. */
export const U8_STICKY_END = 49;
/** SCROLLBAR_*: which scroll bars a container has. */
export const U8_SCROLLBAR_MODE = 50;
/** Scroll bars that are there: BAR_VERTICAL, BAR_HORIZONTAL. Written by layout. */
export const U8_BARS = 51;
/** SCROLL_CHAIN_*: what goes on to the container around when this one is at its end. */
export const U8_SCROLL_CHAIN = 52;
/** SCROLL_KEYS_*: which keys scroll. */
export const U8_SCROLL_KEYS = 53;
/** 1 = U8_FOCUSABLE was given; else a container that scrolls is focusable. */
export const U8_FOCUSABLE_GIVEN = 54;
/** 1 = text in it cannot be selected (`selectable: false`). */
export const U8_UNSELECTABLE = 55;
export const U8_COLUMNS = 56;

// ---- u32 -----------------------------------------------------------------------------------------
export const U32_GENERATION = 0;
export const U32_FLAGS = 1;
export const U32_PARENT = 2;
export const U32_FIRST_CHILD = 3;
export const U32_LAST_CHILD = 4;
export const U32_PREV = 5;
export const U32_NEXT = 6;
export const U32_FG = 7;
export const U32_BG = 8;
export const U32_BORDER_FG_TOP = 9;
export const U32_BORDER_FG_RIGHT = 10;
export const U32_BORDER_FG_BOTTOM = 11;
export const U32_BORDER_FG_LEFT = 12;
/** Bits 0–7: attributes by the single props; bits 16–23: those of `attrs`, on top of them. */
export const U32_ATTRS = 13;
/** Text run: word offset in the run slab (0 = none), words, and its measures in cells and hard lines. */
export const U32_RUN_OFFSET = 14;
export const U32_RUN_LENGTH = 15;
export const U32_RUN_MAX_WIDTH = 16;
export const U32_RUN_MIN_WIDTH = 17;
export const U32_RUN_HARD_LINES = 18;
/** Colours of the scroll bars; 0 = the text colour, and no track. */
export const U32_SCROLLBAR_FG = 19;
export const U32_SCROLLBAR_TRACK = 20;
export const U32_COLUMNS = 21;

// ---- i32 -----------------------------------------------------------------------------------------
/** Snapped border box in screen cells, scroll offsets applied. Written by layout. */
export const I32_X = 0;
export const I32_Y = 1;
export const I32_W = 2;
export const I32_H = 3;
/** Bounds of everything the subtree can paint: x0, y0, x1, y1 in screen cells. Written by layout. */
export const I32_INK_X0 = 4;
export const I32_INK_Y0 = 5;
export const I32_INK_X1 = 6;
export const I32_INK_Y1 = 7;
/** Border box as last painted: x0, y0, x1, y1. Written by paint. */
export const I32_PAINTED_X0 = 8;
export const I32_PAINTED_Y0 = 9;
export const I32_PAINTED_X1 = 10;
export const I32_PAINTED_Y1 = 11;
export const I32_Z_INDEX = 12;
export const I32_ORDER = 13;
export const I32_SCROLL_X = 14;
export const I32_SCROLL_Y = 15;
export const I32_TAB_INDEX = 16;
/** Where a grid item stands; words of `gridLine` (grid-style.ts). 0 = auto. */
export const I32_GRID_COLUMN_START = 17;
export const I32_GRID_COLUMN_END = 18;
export const I32_GRID_ROW_START = 19;
export const I32_GRID_ROW_END = 20;
export const I32_COLUMNS = 21;

// ---- f64: results of layout ----------------------------------------------------------------------
/** Border box before snapping, relative to the parent's border box. */
export const F64_X = 0;
export const F64_Y = 1;
export const F64_W = 2;
export const F64_H = 3;
/** Extents of the content inside the padding box (scrollWidth, scrollHeight). */
export const F64_CONTENT_W = 4;
export const F64_CONTENT_H = 5;
export const F64_COLUMNS = 6;

// ---- enum values ---------------------------------------------------------------------------------
export const KIND_BOX = 0;
export const KIND_TEXT = 1;
/** Marks a place among siblings for control flow: never laid out, never painted. */
export const KIND_ANCHOR = 2;
/** A box in which a line of text is edited. Laid out and painted as a box. */
export const KIND_INPUT = 3;

export const DISPLAY_FLEX = 0;
export const DISPLAY_GRID = 1;
export const DISPLAY_NONE = 2;
export const DISPLAY_BLOCK = 3;
export const DISPLAY_CONTENTS = 4;

export const POSITION_RELATIVE = 0;
export const POSITION_ABSOLUTE = 1;
export const POSITION_STATIC = 2;

export const FLEX_COLUMN = 0;
export const FLEX_ROW = 1;
export const FLEX_COLUMN_REVERSE = 2;
export const FLEX_ROW_REVERSE = 3;

/** Auto-placement fills columns instead of rows. */
export const GRID_FLOW_COLUMN = 1 << 0;
/** Auto-placement goes back to fill holes. */
export const GRID_FLOW_DENSE = 1 << 1;

export const DOCK_NONE = 0;
export const DOCK_TOP = 1;
export const DOCK_RIGHT = 2;
export const DOCK_BOTTOM = 3;
export const DOCK_LEFT = 4;

export const WRAP_NOWRAP = 0;
export const WRAP_WRAP = 1;
export const WRAP_REVERSE = 2;

/**
 * Alignment values of all six properties. ALIGN_DEFAULT is `stretch` for alignItems, `auto` for the
 * *Self, `flex-start` for justifyContent and for alignContent of flex containers, `stretch` for
 * alignContent and justifyContent of grids.
 */
export const ALIGN_DEFAULT = 0;
export const ALIGN_START = 1;
export const ALIGN_END = 2;
export const ALIGN_FLEX_START = 3;
export const ALIGN_FLEX_END = 4;
export const ALIGN_CENTER = 5;
export const ALIGN_STRETCH = 6;
export const ALIGN_BASELINE = 7;
export const ALIGN_SPACE_BETWEEN = 8;
export const ALIGN_SPACE_AROUND = 9;
export const ALIGN_SPACE_EVENLY = 10;
export const ALIGN_NORMAL = 11;
export const ALIGN_LAST_BASELINE = 12;
/** The start (end) side of the item's own direction. */
export const ALIGN_SELF_START = 13;
export const ALIGN_SELF_END = 14;
/** Bit added to a value for `safe` alignment. */
export const ALIGN_SAFE = 1 << 4;

export const OVERFLOW_VISIBLE = 0;
export const OVERFLOW_HIDDEN = 1;
export const OVERFLOW_SCROLL = 2;
export const OVERFLOW_AUTO = 3;

/** No bars are drawn; overflow `scroll` leaves room for one all the same. */
export const SCROLLBAR_UNSET = 0;
/** When content overflows; with overflow `scroll` the vertical one always. */
export const SCROLLBAR_AUTO = 1;
export const SCROLLBAR_ALWAYS = 2;
/** When content overflows, and without taking room: on the border, else over the content. */
export const SCROLLBAR_OVERLAY = 3;
export const SCROLLBAR_NONE = 4;

/** Bits of U8_BARS. */
export const BAR_VERTICAL = 1 << 0;
export const BAR_HORIZONTAL = 1 << 1;

/** The wheel goes on to the container around, keys do not. */
export const SCROLL_CHAIN_WHEEL = 0;
export const SCROLL_CHAIN_ALL = 1;
export const SCROLL_CHAIN_NONE = 2;

/** Arrows, Page Up and Down, Home, End. */
export const SCROLL_KEYS_DEFAULT = 0;
/** Those, and h j k l, Ctrl+U and Ctrl+D, Ctrl+B and Ctrl+F, g and G. */
export const SCROLL_KEYS_VIM = 1;
export const SCROLL_KEYS_NONE = 2;

export const TEXT_WRAP = 0;
export const TEXT_NOWRAP = 1;
export const TEXT_TRUNCATE = 2;
export const TEXT_TRUNCATE_START = 3;
export const TEXT_TRUNCATE_MIDDLE = 4;

export const TEXT_ALIGN_LEFT = 0;
export const TEXT_ALIGN_CENTER = 1;
export const TEXT_ALIGN_RIGHT = 2;

// ---- node flags (U32_FLAGS) ----------------------------------------------------------------------
export const FLAG_LIVE = 1 << 0;
/** This node or something below it must be laid out; implies the same flag on every ancestor. */
export const FLAG_LAYOUT_DIRTY = 1 << 1;
/** The node's own layout style changed (its parent may have to place it anew). Cleared by layout. */
export const FLAG_STYLE_CHANGED = 1 << 8;
/** The node's text or set of children changed. Cleared by layout. */
export const FLAG_CONTENT_CHANGED = 1 << 9;
/** The node's scroll offset changed: its children move, nothing is measured again. Cleared by layout. */
export const FLAG_SCROLL_CHANGED = 1 << 10;
/** The flags that put a node into the layout queue. */
export const LAYOUT_REASONS: number = FLAG_STYLE_CHANGED | FLAG_CONTENT_CHANGED | FLAG_SCROLL_CHANGED;
/** Waits in the scene's paint list. */
export const FLAG_PAINT_QUEUED = 1 << 2;
/**
 * All that changed of a queued node is glyphs of its text, each in its place: colours, size and breaks are as
 * painted. Taken back by any other paint dirt.
 */
export const FLAG_GLYPHS_ONLY = 1 << 12;
/** Waits in the scene's moved list. */
export const FLAG_MOVED = 1 << 3;
/** A child has (or had) a z index: children must be sorted for painting. */
export const FLAG_SORT_CHILDREN = 1 << 4;
/** A child has (or had) `order`. */
export const FLAG_ORDER_CHILDREN = 1 << 5;
/** A child is (or was) docked. */
export const FLAG_DOCK_CHILDREN = 1 << 11;
/** Free for layout's own use between passes. */
export const FLAG_PLACE_DIRTY = 1 << 6;

/** Moved with the content of a container that scrolled: that container is painted again as a whole. */
export const FLAG_SCROLLED_ALONG = 1 << 13;

// ---- dirt by field -------------------------------------------------------------------------------
function dirtTable(columns: number, fallback: number, exceptions: readonly (readonly [number, number])[]): Uint8Array {
  const table = new Uint8Array(columns).fill(fallback);
  for (const [field, dirt] of exceptions) table[field] = dirt;
  return table;
}

export const F32_DIRT: Uint8Array = dirtTable(F32_COLUMNS, DIRT_LAYOUT, [[F32_OPACITY_LESS, DIRT_PAINT]]);

export const U8_DIRT: Uint8Array = dirtTable(U8_COLUMNS, DIRT_LAYOUT, [
  [U8_DISPLAY, DIRT_LAYOUT | DIRT_PAINT],
  [U8_HIDDEN, DIRT_LAYOUT | DIRT_PAINT],
  [U8_OVERFLOW_X, DIRT_LAYOUT | DIRT_PAINT],
  [U8_OVERFLOW_Y, DIRT_LAYOUT | DIRT_PAINT],
  [U8_BORDER_TOP, DIRT_LAYOUT | DIRT_PAINT],
  [U8_BORDER_RIGHT, DIRT_LAYOUT | DIRT_PAINT],
  [U8_BORDER_BOTTOM, DIRT_LAYOUT | DIRT_PAINT],
  [U8_BORDER_LEFT, DIRT_LAYOUT | DIRT_PAINT],
  [U8_TEXT_ALIGN, DIRT_PAINT],
  [U8_TEXT_WRAP, DIRT_LAYOUT | DIRT_PAINT],
  [U8_POINTER_NONE, DIRT_PAINT],
  [U8_UNDERLINE_STYLE, DIRT_PAINT],
  [U8_FOCUSABLE, 0],
  [U8_SCROLLBAR_MODE, DIRT_LAYOUT | DIRT_PAINT],
  [U8_BARS, 0],
  [U8_SCROLL_CHAIN, 0],
  [U8_SCROLL_KEYS, 0],
  [U8_FOCUSABLE_GIVEN, 0],
  [U8_UNSELECTABLE, 0],
]);

export const U32_DIRT: Uint8Array = dirtTable(U32_COLUMNS, 0, [
  [U32_FG, DIRT_PAINT],
  [U32_BG, DIRT_PAINT],
  [U32_BORDER_FG_TOP, DIRT_PAINT],
  [U32_BORDER_FG_RIGHT, DIRT_PAINT],
  [U32_BORDER_FG_BOTTOM, DIRT_PAINT],
  [U32_BORDER_FG_LEFT, DIRT_PAINT],
  [U32_ATTRS, DIRT_PAINT],
  [U32_SCROLLBAR_FG, DIRT_PAINT],
  [U32_SCROLLBAR_TRACK, DIRT_PAINT],
]);

export const I32_DIRT: Uint8Array = dirtTable(I32_COLUMNS, 0, [
  [I32_Z_INDEX, DIRT_PAINT | DIRT_ORDER],
  [I32_ORDER, DIRT_LAYOUT | DIRT_ORDER],
  [I32_SCROLL_X, DIRT_LAYOUT],
  [I32_SCROLL_Y, DIRT_LAYOUT],
  [I32_GRID_COLUMN_START, DIRT_LAYOUT],
  [I32_GRID_COLUMN_END, DIRT_LAYOUT],
  [I32_GRID_ROW_START, DIRT_LAYOUT],
  [I32_GRID_ROW_END, DIRT_LAYOUT],
]);
