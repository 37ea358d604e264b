/**
 * The props of elements. Every prop but handlers, `children`, `ref` and `id` takes a value, a signal, a
 * derived or a getter; when it changes, it is laid out or painted in the next frame.
 */
import type { Handlers } from '../events/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import type { BorderInput, ColorInput, TextPart, UnderlineInput } from '../style/index.ts';
import type { Ref } from './ref.ts';

/** Ends what an element, a flow or a scope made. Idempotent. */
export type Cleanup = () => void;

/** A value, or anything that gives it: a signal, a derived, a binding, a getter. */
export type Prop<T> = T | ReadableSignal<T> | (() => T);

/** A length in cells, a percentage of the parent, of the viewport's width or height, or `'auto'`. */
export type Length = number | 'auto' | `${number}%` | `${number}vw` | `${number}vh`;
/** A length of a box side: also the intrinsic keywords. */
export type Size = Length | 'min-content' | 'max-content' | 'fit-content';
/** Space around content, in cells or percent of the parent's width. */
export type Spacing = number | `${number}%`;

export type Display = 'flex' | 'grid' | 'none';
export type FlexDirection = 'row' | 'column' | 'row-reverse' | 'column-reverse';
export type FlexWrap = 'nowrap' | 'wrap' | 'wrap-reverse';
/** Any alignment below with `safe ` before it: what does not fit begins at the start and stays reachable. */
export type Safe<T extends string> = T | `safe ${T}`;
export type JustifyContent =
  | 'flex-start'
  | 'flex-end'
  | 'start'
  | 'end'
  | 'center'
  | 'space-between'
  | 'space-around'
  | 'space-evenly';
export type AlignItems = 'stretch' | 'flex-start' | 'flex-end' | 'start' | 'end' | 'center' | 'baseline';
export type AlignSelf = AlignItems | 'auto';
export type AlignContent = JustifyContent | 'stretch';
export type JustifyItems = 'stretch' | 'start' | 'end' | 'center' | 'flex-start' | 'flex-end';
export type JustifySelf = JustifyItems | 'auto';
/**
 * Tracks of a grid: a number of cells, a CSS list such as `'10 1fr minmax(4, 50%) repeat(auto-fill, 8)'`, or
 * an array of its pieces. Names of lines stand in square brackets.
 */
export type Tracks = string | number | readonly (string | number)[];
/** Where a grid item starts or ends: a line number (negative from the end), `'span N'`, a name, `'auto'`. */
export type GridLine = number | string;
export type GridAutoFlow = 'row' | 'column' | 'dense' | 'row dense' | 'column dense';
export type Dock = 'none' | 'top' | 'right' | 'bottom' | 'left';
export type Scrollbar = 'auto' | 'always' | 'overlay' | 'none';
export type ScrollChaining = 'wheel' | 'all' | 'none';
export type ScrollKeys = 'default' | 'vim' | 'none';
export type Overflow = 'visible' | 'hidden' | 'scroll' | 'auto';
export type Position = 'relative' | 'absolute';
export type TextWrap = 'wrap' | 'nowrap' | 'truncate' | 'truncate-start' | 'truncate-middle';
export type TextAlign = 'left' | 'center' | 'right';

/** What a `text` shows: a string, or parts one after the other. */
export type TextContent = string | number | readonly (string | number | TextPart)[];

/** What every element takes. */
export interface ElementProps extends Handlers {
  /** Name for error messages and tools. Need not be unique. */
  id?: string | undefined;
  /** Receives the element's handle. */
  ref?: Ref | undefined;
  /** `false` takes the element out of layout and paint. Default `true`. */
  visible?: Prop<boolean | undefined>;
  display?: Prop<Display | undefined>;
  position?: Prop<Position | undefined>;
  width?: Prop<Size | undefined>;
  height?: Prop<Size | undefined>;
  minWidth?: Prop<Size | undefined>;
  minHeight?: Prop<Size | undefined>;
  maxWidth?: Prop<Size | undefined>;
  maxHeight?: Prop<Size | undefined>;
  top?: Prop<Length | undefined>;
  right?: Prop<Length | undefined>;
  bottom?: Prop<Length | undefined>;
  left?: Prop<Length | undefined>;
  /** Share of free space. Default 0. */
  grow?: Prop<number | undefined>;
  /** How much it gives way when space is short. Default 1. */
  shrink?: Prop<number | undefined>;
  flexGrow?: Prop<number | undefined>;
  flexShrink?: Prop<number | undefined>;
  flexBasis?: Prop<Size | 'content' | undefined>;
  alignSelf?: Prop<AlignSelf | `safe ${AlignItems}` | undefined>;
  /** Place along the row of its grid area. Default: the grid's `justifyItems`. */
  justifySelf?: Prop<JustifySelf | `safe ${JustifyItems}` | undefined>;
  /** Width divided by height; fills in the side that is not given. */
  aspectRatio?: Prop<number | 'auto' | undefined>;
  /** Takes a strip at an edge of what elder docked siblings left of the parent; the rest goes to the others. */
  dock?: Prop<Dock | undefined>;
  /** Lines of the parent grid between which it stands. */
  gridColumnStart?: Prop<GridLine | undefined>;
  gridColumnEnd?: Prop<GridLine | undefined>;
  gridRowStart?: Prop<GridLine | undefined>;
  gridRowEnd?: Prop<GridLine | undefined>;
  /** Start and end at once: `'2 / span 3'`, `3`, `'main'`. */
  gridColumn?: Prop<GridLine | undefined>;
  gridRow?: Prop<GridLine | undefined>;
  /** A named area, or `'row start / column start / row end / column end'`. */
  gridArea?: Prop<GridLine | undefined>;
  order?: Prop<number | undefined>;
  margin?: Prop<Length | undefined>;
  marginX?: Prop<Length | undefined>;
  marginY?: Prop<Length | undefined>;
  marginTop?: Prop<Length | undefined>;
  marginRight?: Prop<Length | undefined>;
  marginBottom?: Prop<Length | undefined>;
  marginLeft?: Prop<Length | undefined>;
  padding?: Prop<Spacing | undefined>;
  paddingX?: Prop<Spacing | undefined>;
  paddingY?: Prop<Spacing | undefined>;
  paddingTop?: Prop<Spacing | undefined>;
  paddingRight?: Prop<Spacing | undefined>;
  paddingBottom?: Prop<Spacing | undefined>;
  paddingLeft?: Prop<Spacing | undefined>;
  /** Text colour; inherited by what is inside. */
  fg?: Prop<ColorInput | undefined>;
  bg?: Prop<ColorInput | undefined>;
  /** 0 (invisible) to 1. Default 1. */
  opacity?: Prop<number | undefined>;
  /** Paint order among siblings; higher is in front. Default 0. */
  zIndex?: Prop<number | undefined>;
  /** Whether it takes keyboard focus. Default: when it scrolls (overflow `scroll` or `auto`). */
  /** Takes keyboard focus: by Tab, click and `ref.focus()`. */
  focusable?: Prop<boolean | undefined>;
  /** Gets focus when it is made (or when this becomes true). */
  autoFocus?: Prop<boolean | undefined>;
  /** Neither it nor anything in it takes focus or the mouse. */
  disabled?: Prop<boolean | undefined>;
  /** While it is shown, focus stays inside; when it goes, focus returns to where it was. For dialogs. */
  focusTrap?: Prop<boolean | undefined>;
  /** Arrow keys move focus inside (`'row'`: left and right, `'column'`: up and down, `true`: both); Tab sees it as one stop. */
  focusGroup?: Prop<boolean | 'row' | 'column' | undefined>;
  /** Place in the Tab order: positive numbers first, 0 in document order, negative not at all. */
  tabIndex?: Prop<number | undefined>;
  /** `false`: no text in it can be selected with the mouse, and a press on it keeps what is selected. Default `true`. */
  selectable?: Prop<boolean | undefined>;
  /** `'none'` lets the mouse through to what is behind. */
  pointerEvents?: Prop<'auto' | 'none' | undefined>;
}

/** Props of `box`. */
export interface BoxProps extends ElementProps {
  children?: (() => unknown) | undefined;
  flexDirection?: Prop<FlexDirection | undefined>;
  flexWrap?: Prop<FlexWrap | undefined>;
  justifyContent?: Prop<Safe<JustifyContent> | 'stretch' | undefined>;
  alignItems?: Prop<Safe<AlignItems> | undefined>;
  alignContent?: Prop<Safe<AlignContent> | undefined>;
  /** How the items of a grid stand in their areas along the row. Default `'stretch'`. */
  justifyItems?: Prop<Safe<JustifyItems> | undefined>;
  gridTemplateColumns?: Prop<Tracks | undefined>;
  gridTemplateRows?: Prop<Tracks | undefined>;
  /** Sizes of tracks the templates do not name. Default `'auto'`. */
  gridAutoColumns?: Prop<Tracks | undefined>;
  gridAutoRows?: Prop<Tracks | undefined>;
  gridAutoFlow?: Prop<GridAutoFlow | undefined>;
  /** Named areas: `'"head head" "nav main"'`, or a string a row. */
  gridTemplateAreas?: Prop<string | readonly string[] | undefined>;
  /** Right to left: rows, columns of grids, and sides of docked children are mirrored. Default `'ltr'`. */
  direction?: Prop<'ltr' | 'rtl' | undefined>;
  gap?: Prop<Spacing | undefined>;
  rowGap?: Prop<Spacing | undefined>;
  columnGap?: Prop<Spacing | undefined>;
  overflow?: Prop<Overflow | undefined>;
  overflowX?: Prop<Overflow | undefined>;
  overflowY?: Prop<Overflow | undefined>;
  /** While the content is scrolled to its end, it stays there when it grows. Default `false`. */
  stickyEnd?: Prop<boolean | undefined>;
  /** Where the content is scrolled to, in cells. Written when the value changes; the user scrolls on from there. */
  scrollTop?: Prop<number | undefined>;
  scrollLeft?: Prop<number | undefined>;
  /**
   * Scroll bars. `'auto'` (default): while the content overflows, and with overflow `scroll` the vertical one always; a
   * bar takes one cell of the content. `'always'`: on every axis that scrolls. `'overlay'`: while the content overflows, without
   * taking room: on the border, else over the content. `'none'`: the box scrolls without showing it.
   */
  scrollbar?: Prop<Scrollbar | undefined>;
  /** Thumb. Default: the text colour. */
  scrollbarColor?: Prop<ColorInput | undefined>;
  /** What the thumb moves on. Default: nothing. */
  scrollbarTrackColor?: Prop<ColorInput | undefined>;
  /** What goes on to the box around when this one is scrolled to its end. Default `'wheel'`. */
  scrollChaining?: Prop<ScrollChaining | undefined>;
  /** Keys that scroll while the box or something in it has focus. `'vim'` adds h j k l, Ctrl+U D B F, g and G. */
  scrollKeys?: Prop<ScrollKeys | undefined>;
  /** A style by name (`'rounded'`, `'single'`, …) or number, on all sides. */
  border?: Prop<BorderInput | undefined>;
  borderTop?: Prop<BorderInput | undefined>;
  borderRight?: Prop<BorderInput | undefined>;
  borderBottom?: Prop<BorderInput | undefined>;
  borderLeft?: Prop<BorderInput | undefined>;
  borderColor?: Prop<ColorInput | undefined>;
  borderTopColor?: Prop<ColorInput | undefined>;
  borderRightColor?: Prop<ColorInput | undefined>;
  borderBottomColor?: Prop<ColorInput | undefined>;
  borderLeftColor?: Prop<ColorInput | undefined>;
}

/** Props of `text`. */
export interface TextProps extends ElementProps {
  /** What it shows, or a list of parts with their own styles. Control characters are made harmless; `\n` starts a line. */
  content: Prop<TextContent>;
  /** The content is output of another program: its colours, attributes and links (SGR, OSC 8) count, all else is removed. */
  ansi?: Prop<boolean | undefined>;
  /** `wrap` (default), `nowrap`, or where to cut with an ellipsis. */
  wrap?: Prop<TextWrap | undefined>;
  align?: Prop<TextAlign | undefined>;
  bold?: Prop<boolean | undefined>;
  dim?: Prop<boolean | undefined>;
  italic?: Prop<boolean | undefined>;
  /** `true`, or a style: `'double'`, `'curly'`, `'dotted'`, `'dashed'`. */
  underline?: Prop<UnderlineInput | undefined>;
  /** Colour of the underline. Default: that of the text. */
  underlineColor?: Prop<ColorInput | undefined>;
  blink?: Prop<boolean | undefined>;
  inverse?: Prop<boolean | undefined>;
  hidden?: Prop<boolean | undefined>;
  strikethrough?: Prop<boolean | undefined>;
  /** Address that terminals open on a click: http, https, ftp, mailto or file. Others are left out, with a warning. */
  link?: Prop<string | undefined>;
  /** Attribute bits (`Attr.BOLD | …`) on top of the single ones. */
  attrs?: Prop<number | undefined>;
}
