/**
 * Table: every prop that writes to the scene, and how. A writer checks the value (the error names the
 * element and the prop) and calls the scene's setter, which does nothing when nothing changes.
 */
import { OptionError } from '../base/index.ts';
import { parseAreas, parseGridLine, parseTracks } from '../layout/index.ts';
import * as s from '../scene/index.ts';
import {
  ATTR_BLINK,
  ATTR_BOLD,
  ATTR_DIM,
  ATTR_HIDDEN,
  ATTR_INVERSE,
  ATTR_ITALIC,
  ATTR_STRIKETHROUGH,
  ATTR_UNDERLINE,
  type BorderInput,
  type ColorInput,
  parseBorder,
  parseColor,
  parseUnderline,
  type UnderlineInput,
} from '../style/index.ts';
import { FOCUS_PROPS, forFocus } from './focus-props.ts';
import type { Host } from './host.ts';
import { parseLength } from './parse-length.ts';
import { applyOverflow, setFocusable, setScrollbar } from './scroll-props.ts';
import { setLink, setUnderlineColor } from './text-link.ts';

/** Writes one prop of one node. */
export type PropWriter = (host: Host, slot: number, value: unknown) => void;

const parsed = { value: 0, unit: 0 };

function fail(host: Host, slot: number, prop: string, value: unknown, expected: string): never {
  const shown = typeof value === 'string' ? `'${value}'` : String(value);
  throw new OptionError(`${host.describe(slot)}: ${prop} is ${shown}; expected ${expected}`);
}

type LengthKind = 'size' | 'basis' | 'inset' | 'margin' | 'space';

const LENGTH_HELP: Readonly<Record<LengthKind, string>> = {
  size: "cells (0 or more), 'NN%', 'NNvw', 'NNvh', 'auto', 'min-content', 'max-content' or 'fit-content'",
  basis: "cells (0 or more), 'NN%', 'NNvw', 'NNvh', 'auto', 'content', 'min-content', 'max-content' or 'fit-content'",
  inset: "cells, 'NN%', 'NNvw', 'NNvh' or 'auto'",
  margin: "cells (also negative), 'NN%', 'NNvw', 'NNvh' or 'auto'",
  space: "cells (0 or more) or 'NN%'",
};

function length(prop: string, field: number, kind: LengthKind): PropWriter {
  return (host, slot, value) => {
    if (!parseLength(value, parsed)) fail(host, slot, prop, value, LENGTH_HELP[kind]);
    const isSize = kind === 'size' || kind === 'basis';
    if (parsed.value < 0 && (isSize || kind === 'space')) fail(host, slot, prop, value, LENGTH_HELP[kind]);
    if (parsed.unit >= s.UNIT_MIN_CONTENT && !isSize) fail(host, slot, prop, value, LENGTH_HELP[kind]);
    if (parsed.unit === s.UNIT_CONTENT && kind !== 'basis') fail(host, slot, prop, value, LENGTH_HELP[kind]);
    if (parsed.unit > s.UNIT_PERCENT && kind === 'space') fail(host, slot, prop, value, LENGTH_HELP[kind]);
    let unit = parsed.unit;
    if (kind === 'margin' && value === 'auto') unit = s.UNIT_MARGIN_AUTO;
    if (kind === 'space' && value === 'auto') fail(host, slot, prop, value, LENGTH_HELP[kind]);
    host.scene.setLength(slot, field, parsed.value, unit);
  };
}

function number(prop: string, min: number, max: number, apply: (host: Host, slot: number, value: number) => void, fallback: number): PropWriter {
  return (host, slot, value) => {
    const given = value ?? fallback;
    if (typeof given !== 'number' || !(given >= min && given <= max)) {
      fail(host, slot, prop, value, `a number from ${min} to ${max}`);
    }
    apply(host, slot, given);
  };
}

function integer(prop: string, field: number): PropWriter {
  return (host, slot, value) => {
    const given = value ?? 0;
    if (!Number.isInteger(given) || Math.abs(given as number) > 0x7fffffff) fail(host, slot, prop, value, 'an integer');
    host.scene.setI32(slot, field, given as number);
  };
}

function choice(prop: string, field: number, values: Readonly<Record<string, number>>, takesSafe = false): PropWriter {
  return (host, slot, value) => {
    const chosen = value === undefined || value === null ? 0 : typeof value === 'string' ? chosenOf(values, value, takesSafe) : undefined;
    if (chosen === undefined) fail(host, slot, prop, value, Object.keys(values).map((name) => `'${name}'`).join(', '));
    host.scene.setU8(slot, field, chosen);
  };
}

/** The number of a value by name; `safe ` before an alignment adds a bit. */
function chosenOf(values: Readonly<Record<string, number>>, name: string, takesSafe: boolean): number | undefined {
  if (Object.hasOwn(values, name)) return values[name];
  const plain = takesSafe && name.startsWith('safe ') ? chosenOf(values, name.slice('safe '.length), false) : undefined;
  return plain === undefined || plain === s.ALIGN_DEFAULT ? undefined : plain | s.ALIGN_SAFE;
}

/** Parses by a function of `style/`, whose errors do not know the element and the prop. */
function parseWith<T>(host: Host, slot: number, prop: string, parse: (value: T) => number, value: T): number {
  try {
    return parse(value);
  } catch (error) {
    throw new OptionError(`${host.describe(slot)}: ${prop}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function color(prop: string, field: number): PropWriter {
  return (host, slot, value) => {
    host.scene.setU32(slot, field, parseWith(host, slot, prop, parseColor, value as ColorInput));
  };
}

function border(prop: string, field: number): PropWriter {
  return (host, slot, value) => {
    host.scene.setU8(slot, field, parseWith(host, slot, prop, parseBorder, value as BorderInput));
  };
}

function flag(prop: string, apply: (host: Host, slot: number, on: boolean) => void, fallback = false): PropWriter {
  return (host, slot, value) => {
    const on = value ?? fallback;
    if (typeof on !== 'boolean') fail(host, slot, prop, value, 'true or false');
    apply(host, slot, on);
  };
}

function setAttr(host: Host, slot: number, bit: number, on: boolean): void {
  const old = host.scene.u32.array[s.U32_ATTRS * host.scene.capacity + slot];
  host.scene.setU32(slot, s.U32_ATTRS, on ? old | bit : (old & ~bit) >>> 0);
}

function attr(prop: string, bit: number): PropWriter {
  return flag(prop, (host, slot, on) => setAttr(host, slot, bit, on));
}

/** A scroll offset in cells. Layout holds it in its range; the user scrolls on from there. */
function offset(prop: string, field: number): PropWriter {
  return (host, slot, value) => {
    const given = value ?? 0;
    if (typeof given !== 'number' || !(given >= 0)) fail(host, slot, prop, value, 'a number of cells (0 or more)');
    host.scene.setI32(slot, field, Math.min(0x3fff_ffff, Math.round(given)));
  };
}

function overflow(prop: string, field: number): PropWriter {
  const write = choice(prop, field, OVERFLOW);
  return (host, slot, value) => {
    write(host, slot, value);
    applyOverflow(host, slot);
  };
}

/** Runs a parser whose error tells what is wrong with the value; adds whose it is. */
function checked<T>(host: Host, slot: number, prop: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new OptionError(`${host.describe(slot)}: ${prop}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tracks(prop: string, part: 'columns' | 'rows' | 'autoColumns' | 'autoRows'): PropWriter {
  return (host, slot, value) => {
    const { scene } = host;
    scene.setGrid(slot, part, checked(host, slot, prop, () => parseTracks(value, scene.gridNames)));
  };
}

/** Writes the lines of `fields` from values divided by slashes. A name left alone stands for all lines after it. */
function lines(prop: string, fields: readonly number[]): PropWriter {
  return (host, slot, value) => {
    const { scene } = host;
    const parts = typeof value === 'string' ? value.split('/').map((part) => part.trim()) : [value];
    if (parts.length > fields.length || parts.includes('')) {
      fail(host, slot, prop, value, fields.length === 1 ? 'one grid line' : `up to ${fields.length} grid lines divided by '/'`);
    }
    const words = parts.map((part) => checked(host, slot, prop, () => parseGridLine(part, scene.gridNames)));
    fields.forEach((field, k) => {
      // CSS Grid §8.4: a missing end repeats the start when that is a name; a missing column, the row.
      const given = words[k] ?? words[k - 2] ?? words[0];
      const isName = s.gridLineKind(given) === s.LINE_NAME;
      scene.setI32(slot, field, k < words.length || isName ? given : s.LINE_AUTO);
    });
  };
}

const ALIGN: Readonly<Record<string, number>> = {
  stretch: s.ALIGN_STRETCH,
  'flex-start': s.ALIGN_FLEX_START,
  'flex-end': s.ALIGN_FLEX_END,
  start: s.ALIGN_START,
  end: s.ALIGN_END,
  center: s.ALIGN_CENTER,
  baseline: s.ALIGN_BASELINE,
};
const JUSTIFY: Readonly<Record<string, number>> = {
  stretch: s.ALIGN_STRETCH,
  'flex-start': s.ALIGN_FLEX_START,
  'flex-end': s.ALIGN_FLEX_END,
  start: s.ALIGN_START,
  end: s.ALIGN_END,
  center: s.ALIGN_CENTER,
};
const DISTRIBUTE: Readonly<Record<string, number>> = {
  'flex-start': s.ALIGN_FLEX_START,
  'flex-end': s.ALIGN_FLEX_END,
  start: s.ALIGN_START,
  end: s.ALIGN_END,
  center: s.ALIGN_CENTER,
  'space-between': s.ALIGN_SPACE_BETWEEN,
  'space-around': s.ALIGN_SPACE_AROUND,
  'space-evenly': s.ALIGN_SPACE_EVENLY,
};
const SCROLLBAR: Readonly<Record<string, number>> = {
  auto: s.SCROLLBAR_AUTO,
  always: s.SCROLLBAR_ALWAYS,
  overlay: s.SCROLLBAR_OVERLAY,
  none: s.SCROLLBAR_NONE,
};
const OVERFLOW: Readonly<Record<string, number>> = {
  visible: s.OVERFLOW_VISIBLE,
  hidden: s.OVERFLOW_HIDDEN,
  scroll: s.OVERFLOW_SCROLL,
  auto: s.OVERFLOW_AUTO,
};

const grow = number('grow', 0, 1e9, (host, slot, value) => host.scene.setF32(slot, s.F32_GROW, value), 0);
const shrink = number('shrink', 0, 1e9, (host, slot, value) => host.scene.setF32(slot, s.F32_SHRINK_LESS, 1 - value), 1);

/** Props of every element, by name. */
export const ELEMENT_PROPS: ReadonlyMap<string, PropWriter> = new Map<string, PropWriter>([
  ['visible', forFocus(flag('visible', (host, slot, on) => host.scene.setU8(slot, s.U8_HIDDEN, on ? 0 : 1), true))],
  ['display', forFocus(choice('display', s.U8_DISPLAY, { flex: s.DISPLAY_FLEX, grid: s.DISPLAY_GRID, none: s.DISPLAY_NONE }))],
  ['position', choice('position', s.U8_POSITION, { relative: s.POSITION_RELATIVE, absolute: s.POSITION_ABSOLUTE })],
  ['width', length('width', s.LEN_WIDTH, 'size')],
  ['height', length('height', s.LEN_HEIGHT, 'size')],
  ['minWidth', length('minWidth', s.LEN_MIN_WIDTH, 'size')],
  ['minHeight', length('minHeight', s.LEN_MIN_HEIGHT, 'size')],
  ['maxWidth', length('maxWidth', s.LEN_MAX_WIDTH, 'size')],
  ['maxHeight', length('maxHeight', s.LEN_MAX_HEIGHT, 'size')],
  ['top', length('top', s.LEN_TOP, 'inset')],
  ['right', length('right', s.LEN_RIGHT, 'inset')],
  ['bottom', length('bottom', s.LEN_BOTTOM, 'inset')],
  ['left', length('left', s.LEN_LEFT, 'inset')],
  ['grow', grow],
  ['flexGrow', grow],
  ['shrink', shrink],
  ['flexShrink', shrink],
  ['flexBasis', length('flexBasis', s.LEN_BASIS, 'basis')],
  ['alignSelf', choice('alignSelf', s.U8_ALIGN_SELF, { auto: s.ALIGN_DEFAULT, ...ALIGN }, true)],
  ['justifySelf', choice('justifySelf', s.U8_JUSTIFY_SELF, { auto: s.ALIGN_DEFAULT, ...JUSTIFY }, true)],
  [
    'aspectRatio',
    (host, slot, value) => {
      const ratio = value === undefined || value === null || value === 'auto' ? 0 : value;
      if (typeof ratio !== 'number' || !(ratio >= 0 && ratio <= 1e6)) fail(host, slot, 'aspectRatio', value, "a number from 0 to 1000000, or 'auto'");
      host.scene.setF32(slot, s.F32_ASPECT_RATIO, ratio);
    },
  ],
  [
    'dock',
    choice('dock', s.U8_DOCK, { none: s.DOCK_NONE, top: s.DOCK_TOP, right: s.DOCK_RIGHT, bottom: s.DOCK_BOTTOM, left: s.DOCK_LEFT }),
  ],
  ['gridColumnStart', lines('gridColumnStart', [s.I32_GRID_COLUMN_START])],
  ['gridColumnEnd', lines('gridColumnEnd', [s.I32_GRID_COLUMN_END])],
  ['gridRowStart', lines('gridRowStart', [s.I32_GRID_ROW_START])],
  ['gridRowEnd', lines('gridRowEnd', [s.I32_GRID_ROW_END])],
  ['gridColumn', lines('gridColumn', [s.I32_GRID_COLUMN_START, s.I32_GRID_COLUMN_END])],
  ['gridRow', lines('gridRow', [s.I32_GRID_ROW_START, s.I32_GRID_ROW_END])],
  [
    'gridArea',
    lines('gridArea', [s.I32_GRID_ROW_START, s.I32_GRID_COLUMN_START, s.I32_GRID_ROW_END, s.I32_GRID_COLUMN_END]),
  ],
  ['order', integer('order', s.I32_ORDER)],
  ['marginTop', length('marginTop', s.LEN_MARGIN_TOP, 'margin')],
  ['marginRight', length('marginRight', s.LEN_MARGIN_RIGHT, 'margin')],
  ['marginBottom', length('marginBottom', s.LEN_MARGIN_BOTTOM, 'margin')],
  ['marginLeft', length('marginLeft', s.LEN_MARGIN_LEFT, 'margin')],
  ['paddingTop', length('paddingTop', s.LEN_PADDING_TOP, 'space')],
  ['paddingRight', length('paddingRight', s.LEN_PADDING_RIGHT, 'space')],
  ['paddingBottom', length('paddingBottom', s.LEN_PADDING_BOTTOM, 'space')],
  ['paddingLeft', length('paddingLeft', s.LEN_PADDING_LEFT, 'space')],
  ['fg', color('fg', s.U32_FG)],
  ['bg', color('bg', s.U32_BG)],
  ['opacity', number('opacity', 0, 1, (host, slot, value) => host.scene.setF32(slot, s.F32_OPACITY_LESS, 1 - value), 1)],
  ['zIndex', integer('zIndex', s.I32_Z_INDEX)],
  [
    'focusable',
    forFocus((host, slot, value) => {
      if (value !== undefined && value !== null && typeof value !== 'boolean') fail(host, slot, 'focusable', value, 'true or false');
      setFocusable(host, slot, value ?? undefined);
    }),
  ],
  ['tabIndex', forFocus(integer('tabIndex', s.I32_TAB_INDEX))],
  ...FOCUS_PROPS,
  ['selectable', flag('selectable', (host, slot, on) => host.scene.setU8(slot, s.U8_UNSELECTABLE, on ? 0 : 1), true)],
  ['pointerEvents', choice('pointerEvents', s.U8_POINTER_NONE, { auto: 0, none: 1 })],
]);

/** Props of `box` beyond those of every element. */
export const BOX_PROPS: ReadonlyMap<string, PropWriter> = new Map<string, PropWriter>([
  ...ELEMENT_PROPS,
  [
    'flexDirection',
    choice('flexDirection', s.U8_FLEX_DIRECTION, {
      column: s.FLEX_COLUMN,
      row: s.FLEX_ROW,
      'column-reverse': s.FLEX_COLUMN_REVERSE,
      'row-reverse': s.FLEX_ROW_REVERSE,
    }),
  ],
  [
    'flexWrap',
    choice('flexWrap', s.U8_FLEX_WRAP, { nowrap: s.WRAP_NOWRAP, wrap: s.WRAP_WRAP, 'wrap-reverse': s.WRAP_REVERSE }),
  ],
  ['justifyContent', choice('justifyContent', s.U8_JUSTIFY_CONTENT, { stretch: s.ALIGN_STRETCH, ...DISTRIBUTE }, true)],
  ['alignItems', choice('alignItems', s.U8_ALIGN_ITEMS, ALIGN, true)],
  ['alignContent', choice('alignContent', s.U8_ALIGN_CONTENT, { stretch: s.ALIGN_STRETCH, ...DISTRIBUTE }, true)],
  ['justifyItems', choice('justifyItems', s.U8_JUSTIFY_ITEMS, JUSTIFY, true)],
  ['gridTemplateColumns', tracks('gridTemplateColumns', 'columns')],
  ['gridTemplateRows', tracks('gridTemplateRows', 'rows')],
  ['gridAutoColumns', tracks('gridAutoColumns', 'autoColumns')],
  ['gridAutoRows', tracks('gridAutoRows', 'autoRows')],
  [
    'gridAutoFlow',
    choice('gridAutoFlow', s.U8_GRID_FLOW, {
      row: 0,
      column: s.GRID_FLOW_COLUMN,
      dense: s.GRID_FLOW_DENSE,
      'row dense': s.GRID_FLOW_DENSE,
      'column dense': s.GRID_FLOW_COLUMN | s.GRID_FLOW_DENSE,
    }),
  ],
  [
    'gridTemplateAreas',
    (host, slot, value) => {
      const { scene } = host;
      scene.setGrid(slot, 'areas', checked(host, slot, 'gridTemplateAreas', () => parseAreas(value, scene.gridNames)));
    },
  ],
  ['direction', choice('direction', s.U8_DIRECTION, { ltr: 0, rtl: 1 })],
  ['rowGap', length('rowGap', s.LEN_ROW_GAP, 'space')],
  ['columnGap', length('columnGap', s.LEN_COLUMN_GAP, 'space')],
  ['overflowX', overflow('overflowX', s.U8_OVERFLOW_X)],
  ['overflowY', overflow('overflowY', s.U8_OVERFLOW_Y)],
  ['scrollTop', offset('scrollTop', s.I32_SCROLL_Y)],
  ['scrollLeft', offset('scrollLeft', s.I32_SCROLL_X)],
  [
    'scrollbar',
    (host, slot, value) => {
      const mode = value === undefined || value === null ? s.SCROLLBAR_AUTO : chosenOf(SCROLLBAR, String(value), false);
      if (mode === undefined) fail(host, slot, 'scrollbar', value, Object.keys(SCROLLBAR).map((name) => `'${name}'`).join(', '));
      setScrollbar(host, slot, mode);
    },
  ],
  ['scrollbarColor', color('scrollbarColor', s.U32_SCROLLBAR_FG)],
  ['scrollbarTrackColor', color('scrollbarTrackColor', s.U32_SCROLLBAR_TRACK)],
  ['scrollChaining', choice('scrollChaining', s.U8_SCROLL_CHAIN, { wheel: s.SCROLL_CHAIN_WHEEL, all: s.SCROLL_CHAIN_ALL, none: s.SCROLL_CHAIN_NONE })],
  ['scrollKeys', choice('scrollKeys', s.U8_SCROLL_KEYS, { default: s.SCROLL_KEYS_DEFAULT, vim: s.SCROLL_KEYS_VIM, none: s.SCROLL_KEYS_NONE })],
  ['stickyEnd', flag('stickyEnd', (host, slot, on) => host.scene.setU8(slot, s.U8_STICKY_END, on ? 1 : 0))],
  ['borderTop', border('borderTop', s.U8_BORDER_TOP)],
  ['borderRight', border('borderRight', s.U8_BORDER_RIGHT)],
  ['borderBottom', border('borderBottom', s.U8_BORDER_BOTTOM)],
  ['borderLeft', border('borderLeft', s.U8_BORDER_LEFT)],
  ['borderTopColor', color('borderTopColor', s.U32_BORDER_FG_TOP)],
  ['borderRightColor', color('borderRightColor', s.U32_BORDER_FG_RIGHT)],
  ['borderBottomColor', color('borderBottomColor', s.U32_BORDER_FG_BOTTOM)],
  ['borderLeftColor', color('borderLeftColor', s.U32_BORDER_FG_LEFT)],
]);

/** Props of `text` beyond those of every element. `attrs` and `content` are written by `text` itself. */
export const TEXT_PROPS: ReadonlyMap<string, PropWriter> = new Map<string, PropWriter>([
  ...ELEMENT_PROPS,
  [
    'wrap',
    choice('wrap', s.U8_TEXT_WRAP, {
      wrap: s.TEXT_WRAP,
      nowrap: s.TEXT_NOWRAP,
      truncate: s.TEXT_TRUNCATE,
      'truncate-start': s.TEXT_TRUNCATE_START,
      'truncate-middle': s.TEXT_TRUNCATE_MIDDLE,
    }),
  ],
  [
    'align',
    choice('align', s.U8_TEXT_ALIGN, { left: s.TEXT_ALIGN_LEFT, center: s.TEXT_ALIGN_CENTER, right: s.TEXT_ALIGN_RIGHT }),
  ],
  ['bold', attr('bold', ATTR_BOLD)],
  ['dim', attr('dim', ATTR_DIM)],
  ['italic', attr('italic', ATTR_ITALIC)],
  [
    'underline',
    (host, slot, value) => {
      const style = parseWith(host, slot, 'underline', parseUnderline, value as UnderlineInput);
      host.scene.setU8(slot, s.U8_UNDERLINE_STYLE, style);
      setAttr(host, slot, ATTR_UNDERLINE, style !== 0);
    },
  ],
  ['underlineColor', setUnderlineColor],
  ['link', setLink],
  ['blink', attr('blink', ATTR_BLINK)],
  ['inverse', attr('inverse', ATTR_INVERSE)],
  ['hidden', attr('hidden', ATTR_HIDDEN)],
  ['strikethrough', attr('strikethrough', ATTR_STRIKETHROUGH)],
]);

/** Props that stand for several others; a side that is given itself wins, an axis wins over all sides. */
export const SHORTHANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['marginY', ['marginTop', 'marginBottom']],
  ['marginX', ['marginLeft', 'marginRight']],
  ['margin', ['marginY', 'marginX']],
  ['paddingY', ['paddingTop', 'paddingBottom']],
  ['paddingX', ['paddingLeft', 'paddingRight']],
  ['padding', ['paddingY', 'paddingX']],
  ['gap', ['rowGap', 'columnGap']],
  ['overflow', ['overflowX', 'overflowY']],
  ['border', ['borderTop', 'borderRight', 'borderBottom', 'borderLeft']],
  ['borderColor', ['borderTopColor', 'borderRightColor', 'borderBottomColor', 'borderLeftColor']],
]);
