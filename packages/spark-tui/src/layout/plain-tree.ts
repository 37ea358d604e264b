/**
 * Layout of a tree given as plain objects with CSS property names: a scene is built, laid out once, and the
 * boxes are returned. For conformance tests and experiments; an app keeps a scene and an engine.
 */
import { OptionError } from '../base/index.ts';
import * as f from '../scene/index.ts';
import { GlyphTable } from '../text/index.ts';
import { LayoutEngine } from './engine.ts';
import { parseAreas, parseGridLine, parseTracks } from './grid-parse.ts';
import type { LeafMeasure } from './pass.ts';

/** Properties by CSS name in camel case; lengths are numbers (cells), percentages or keywords. */
export type PlainStyle = Readonly<Record<string, string | number | readonly (string | number)[] | undefined>>;

/** How a leaf's content is measured, in cells of the content box. */
export interface PlainMeasure {
  readonly minWidth: number;
  readonly maxWidth: number;
  height(contentWidth: number): number;
  /** From the top of the content to its first baseline. Default: the lower edge of the box. */
  readonly baseline?: number;
}

export interface PlainNode {
  readonly style?: PlainStyle;
  readonly text?: string;
  readonly measure?: PlainMeasure;
  readonly children?: readonly PlainNode[];
}

/** Boxes in preorder. */
export interface PlainLayout {
  /** Unrounded border boxes x, y, w, h relative to the parent's border box. */
  readonly boxes: [number, number, number, number][];
  /** Snapped border boxes x, y, w, h on the screen. */
  readonly cells: [number, number, number, number][];
  /** Content extents w, h. */
  readonly extents: [number, number][];
}

const LENGTH_FIELDS: Readonly<Record<string, number>> = {
  width: f.LEN_WIDTH,
  height: f.LEN_HEIGHT,
  minWidth: f.LEN_MIN_WIDTH,
  minHeight: f.LEN_MIN_HEIGHT,
  maxWidth: f.LEN_MAX_WIDTH,
  maxHeight: f.LEN_MAX_HEIGHT,
  flexBasis: f.LEN_BASIS,
  marginTop: f.LEN_MARGIN_TOP,
  marginRight: f.LEN_MARGIN_RIGHT,
  marginBottom: f.LEN_MARGIN_BOTTOM,
  marginLeft: f.LEN_MARGIN_LEFT,
  paddingTop: f.LEN_PADDING_TOP,
  paddingRight: f.LEN_PADDING_RIGHT,
  paddingBottom: f.LEN_PADDING_BOTTOM,
  paddingLeft: f.LEN_PADDING_LEFT,
  top: f.LEN_TOP,
  right: f.LEN_RIGHT,
  bottom: f.LEN_BOTTOM,
  left: f.LEN_LEFT,
  rowGap: f.LEN_ROW_GAP,
  columnGap: f.LEN_COLUMN_GAP,
};

const LENGTH_KEYWORDS: Readonly<Record<string, number>> = {
  auto: f.UNIT_AUTO,
  none: f.UNIT_AUTO,
  normal: f.UNIT_AUTO,
  'min-content': f.UNIT_MIN_CONTENT,
  'max-content': f.UNIT_MAX_CONTENT,
  'fit-content': f.UNIT_FIT_CONTENT,
  content: f.UNIT_CONTENT,
  stretch: f.UNIT_STRETCH,
};

const ALIGNMENTS: Readonly<Record<string, number>> = {
  auto: f.ALIGN_DEFAULT,
  normal: f.ALIGN_NORMAL,
  start: f.ALIGN_START,
  end: f.ALIGN_END,
  'flex-start': f.ALIGN_FLEX_START,
  'flex-end': f.ALIGN_FLEX_END,
  center: f.ALIGN_CENTER,
  stretch: f.ALIGN_STRETCH,
  baseline: f.ALIGN_BASELINE,
  'last baseline': f.ALIGN_LAST_BASELINE,
  'self-start': f.ALIGN_SELF_START,
  'self-end': f.ALIGN_SELF_END,
  'space-between': f.ALIGN_SPACE_BETWEEN,
  'space-around': f.ALIGN_SPACE_AROUND,
  'space-evenly': f.ALIGN_SPACE_EVENLY,
};

const OVERFLOWS = { visible: f.OVERFLOW_VISIBLE, hidden: f.OVERFLOW_HIDDEN, clip: f.OVERFLOW_HIDDEN, scroll: f.OVERFLOW_SCROLL, auto: f.OVERFLOW_AUTO };

const FLOWS = {
  row: 0,
  column: f.GRID_FLOW_COLUMN,
  dense: f.GRID_FLOW_DENSE,
  'row dense': f.GRID_FLOW_DENSE,
  'column dense': f.GRID_FLOW_COLUMN | f.GRID_FLOW_DENSE,
};

const ENUM_FIELDS: Readonly<Record<string, readonly [number, Readonly<Record<string, number>>]>> = {
  display: [f.U8_DISPLAY, { flex: f.DISPLAY_FLEX, grid: f.DISPLAY_GRID, none: f.DISPLAY_NONE, block: f.DISPLAY_BLOCK }],
  position: [
    f.U8_POSITION,
    { relative: f.POSITION_RELATIVE, absolute: f.POSITION_ABSOLUTE, static: f.POSITION_STATIC },
  ],
  flexDirection: [
    f.U8_FLEX_DIRECTION,
    {
      column: f.FLEX_COLUMN,
      row: f.FLEX_ROW,
      'column-reverse': f.FLEX_COLUMN_REVERSE,
      'row-reverse': f.FLEX_ROW_REVERSE,
    },
  ],
  flexWrap: [f.U8_FLEX_WRAP, { nowrap: f.WRAP_NOWRAP, wrap: f.WRAP_WRAP, 'wrap-reverse': f.WRAP_REVERSE }],
  justifyContent: [f.U8_JUSTIFY_CONTENT, ALIGNMENTS],
  alignItems: [f.U8_ALIGN_ITEMS, ALIGNMENTS],
  alignSelf: [f.U8_ALIGN_SELF, ALIGNMENTS],
  alignContent: [f.U8_ALIGN_CONTENT, ALIGNMENTS],
  justifyItems: [f.U8_JUSTIFY_ITEMS, ALIGNMENTS],
  justifySelf: [f.U8_JUSTIFY_SELF, ALIGNMENTS],
  overflowX: [f.U8_OVERFLOW_X, OVERFLOWS],
  overflowY: [f.U8_OVERFLOW_Y, OVERFLOWS],
  boxSizing: [f.U8_BOX_SIZING, { 'border-box': 0, 'content-box': 1 }],
  direction: [f.U8_DIRECTION, { ltr: 0, rtl: 1 }],
  gridAutoFlow: [f.U8_GRID_FLOW, FLOWS],
  dock: [f.U8_DOCK, { none: f.DOCK_NONE, top: f.DOCK_TOP, right: f.DOCK_RIGHT, bottom: f.DOCK_BOTTOM, left: f.DOCK_LEFT }],
};

const TRACK_PARTS = {
  gridTemplateColumns: 'columns',
  gridTemplateRows: 'rows',
  gridAutoColumns: 'autoColumns',
  gridAutoRows: 'autoRows',
} as const;

const LINE_FIELDS: Readonly<Record<string, number>> = {
  gridColumnStart: f.I32_GRID_COLUMN_START,
  gridColumnEnd: f.I32_GRID_COLUMN_END,
  gridRowStart: f.I32_GRID_ROW_START,
  gridRowEnd: f.I32_GRID_ROW_END,
};

const BORDER_FIELDS: Readonly<Record<string, number>> = {
  borderTop: f.U8_BORDER_TOP,
  borderRight: f.U8_BORDER_RIGHT,
  borderBottom: f.U8_BORDER_BOTTOM,
  borderLeft: f.U8_BORDER_LEFT,
};

/**
 * Lays out `root` in `widthCells` × `heightCells` (height NaN: as high as the content). The root is the
 * only item of a row container of that size whose items start at the top left.
 *
 * @example
 * const { boxes } = layoutPlainTree({ style: { width: 20 }, children: [{ text: 'hello' }] }, 80, 24);
 * boxes[1]; // [0, 0, 20, 1]
 *
 * @throws OptionError for a property or value that does not exist
 */
export function layoutPlainTree(root: PlainNode, widthCells: number, heightCells: number): PlainLayout {
  const measures = new Map<number, PlainMeasure>();
  const borderCells = new Float64Array(256);
  const slots: number[] = [];
  const scene = new f.Scene({ maxNodes: 1_000_000, glyphs: new GlyphTable(), onDirty: () => {} });
  const engine = new LayoutEngine(scene, { borderCells, measure: leafMeasure(measures) });
  try {
    scene.setU8(f.ROOT, f.U8_FLEX_DIRECTION, f.FLEX_ROW);
    scene.setU8(f.ROOT, f.U8_ALIGN_ITEMS, f.ALIGN_FLEX_START);
    const build = (node: PlainNode, parent: number): void => {
      const slot = scene.create(node.text === undefined ? f.KIND_BOX : f.KIND_TEXT, parent, f.NIL);
      slots.push(slot);
      if (node.measure !== undefined) measures.set(slot, node.measure);
      if (node.text !== undefined) scene.setText(slot, node.text);
      applyStyle(scene, slot, node.style ?? {}, borderCells);
      for (const child of node.children ?? []) build(child, slot);
    };
    build(root, f.ROOT);
    engine.run(widthCells, heightCells);
    const cap = scene.capacity;
    const { array: f64 } = scene.f64;
    const { array: i32 } = scene.i32;
    return {
      boxes: slots.map((s) => [f64[f.F64_X * cap + s], f64[f.F64_Y * cap + s], f64[f.F64_W * cap + s], f64[f.F64_H * cap + s]]),
      cells: slots.map((s) => [i32[f.I32_X * cap + s], i32[f.I32_Y * cap + s], i32[f.I32_W * cap + s], i32[f.I32_H * cap + s]]),
      extents: slots.map((s) => [f64[f.F64_CONTENT_W * cap + s], f64[f.F64_CONTENT_H * cap + s]]),
    };
  } finally {
    engine.release();
    scene.release();
  }
}

/** Answers for the nodes in `measures`. */
function leafMeasure(measures: Map<number, PlainMeasure>): LeafMeasure {
  return {
    has: (slot) => measures.has(slot),
    minWidth: (slot) => measures.get(slot)?.minWidth ?? 0,
    maxWidth: (slot) => measures.get(slot)?.maxWidth ?? 0,
    height: (slot, contentWidth) => measures.get(slot)?.height(contentWidth) ?? 0,
    baseline: (slot) => measures.get(slot)?.baseline,
  };
}

/**
 * Writes properties given by their CSS names. Border widths (any number of cells) are entered into
 * `borderCells` under a border style number of their own.
 */
export function applyStyle(scene: f.Scene, slot: number, style: PlainStyle, borderCells: Float64Array): void {
  for (const [name, value] of Object.entries(style)) {
    if (value === undefined) continue;
    const length = LENGTH_FIELDS[name];
    if (length !== undefined) {
      applyLength(scene, slot, name, length, value);
      continue;
    }
    if (name in TRACK_PARTS) {
      scene.setGrid(slot, TRACK_PARTS[name as keyof typeof TRACK_PARTS], parseTracks(value, scene.gridNames));
      continue;
    }
    const line = LINE_FIELDS[name];
    if (line !== undefined) {
      scene.setI32(slot, line, parseGridLine(value, scene.gridNames));
      continue;
    }
    const options = ENUM_FIELDS[name];
    if (options !== undefined) {
      scene.setU8(slot, options[0], enumValue(name, options[1], String(value)));
      continue;
    }
    const borderField = BORDER_FIELDS[name];
    if (borderField !== undefined) scene.setU8(slot, borderField, borderNumber(borderCells, finite(name, value)));
    else if (name === 'flexGrow') scene.setF32(slot, f.F32_GROW, finite(name, value));
    else if (name === 'flexShrink') scene.setF32(slot, f.F32_SHRINK_LESS, 1 - finite(name, value));
    else if (name === 'aspectRatio') scene.setF32(slot, f.F32_ASPECT_RATIO, value === 'auto' ? 0 : Number(value));
    else if (name === 'gridTemplateAreas') scene.setGrid(slot, 'areas', parseAreas(value, scene.gridNames));
    else if (name === 'stickyEnd') scene.setU8(slot, f.U8_STICKY_END, Number(value) !== 0 ? 1 : 0);
    else if (name === 'scrollbarWidth') scene.setU8(slot, f.U8_SCROLLBAR, integer(name, value));
    else if (name === 'order') scene.setI32(slot, f.I32_ORDER, integer(name, value));
    else throw new OptionError(`there is no layout property '${name}'`);
  }
}

function enumValue(name: string, options: Readonly<Record<string, number>>, text: string): number {
  const safe = text.startsWith('safe ');
  const value = options[safe ? text.slice(5) : text.replace(/^unsafe /, '')];
  if (value === undefined) throw new OptionError(`'${text}' is not a value of '${name}'`);
  return safe ? value | f.ALIGN_SAFE : value;
}

function finite(name: string, value: unknown): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new OptionError(`${name} is ${String(value)}; expected a finite number`);
  return number;
}

function integer(name: string, value: unknown): number {
  const number = Number(value);
  if (!Number.isInteger(number) || Math.abs(number) > 0x7fffffff) throw new OptionError(`${name} is ${String(value)}; expected a whole number`);
  return number;
}

function applyLength(scene: f.Scene, slot: number, name: string, field: number, value: string | number | readonly (string | number)[]): void {
  if (typeof value === 'number') {
    scene.setLength(slot, field, finite(name, value), f.UNIT_CELLS);
    return;
  }
  const text = String(value);
  const match = /^(-?[\d.]+(?:e[+-]?\d+)?)(%|vw|vh)$/.exec(text);
  if (match !== null) {
    scene.setLength(slot, field, Number(match[1]), match[2] === '%' ? f.UNIT_PERCENT : match[2] === 'vw' ? f.UNIT_VW : f.UNIT_VH);
    return;
  }
  const unit = LENGTH_KEYWORDS[text];
  if (unit === undefined) throw new OptionError(`'${text}' is not a length for '${name}'`);
  const isMargin = field >= f.LEN_MARGIN_TOP && field <= f.LEN_MARGIN_LEFT;
  scene.setLength(slot, field, 0, isMargin && text === 'auto' ? f.UNIT_MARGIN_AUTO : unit);
}

function borderNumber(borderCells: Float64Array, cells: number): number {
  if (!(cells > 0)) return 0;
  for (let number = 1; number < borderCells.length; number++) {
    if (borderCells[number] === cells) return number;
    if (borderCells[number] === 0) {
      borderCells[number] = cells;
      return number;
    }
  }
  throw new OptionError('more than 255 different border widths in one tree');
}
