/**
 * The props of elements. Every prop but handlers, `children`, `ref` and `id` takes a value, a signal, a
 * derived or a getter; when it changes, it is laid out or painted in the next frame.
 */
import type { Handlers } from '../events/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import type { BorderInput, ColorInput, UnderlineInput } from '../style/index.ts';
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

export type Display = 'flex' | 'none';
export type FlexDirection = 'row' | 'column' | 'row-reverse' | 'column-reverse';
export type FlexWrap = 'nowrap' | 'wrap' | 'wrap-reverse';
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
export type Overflow = 'visible' | 'hidden' | 'scroll' | 'auto';
export type Position = 'relative' | 'absolute';
export type TextWrap = 'wrap' | 'nowrap' | 'truncate' | 'truncate-start' | 'truncate-middle';
export type TextAlign = 'left' | 'center' | 'right';

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
  alignSelf?: Prop<AlignSelf | undefined>;
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
  focusable?: Prop<boolean | undefined>;
  /** Place in the Tab order: positive numbers first, 0 in document order, negative not at all. */
  tabIndex?: Prop<number | undefined>;
  /** `'none'` lets the mouse through to what is behind. */
  pointerEvents?: Prop<'auto' | 'none' | undefined>;
}

/** Props of `box`. */
export interface BoxProps extends ElementProps {
  children?: (() => unknown) | undefined;
  flexDirection?: Prop<FlexDirection | undefined>;
  flexWrap?: Prop<FlexWrap | undefined>;
  justifyContent?: Prop<JustifyContent | undefined>;
  alignItems?: Prop<AlignItems | undefined>;
  alignContent?: Prop<AlignContent | undefined>;
  gap?: Prop<Spacing | undefined>;
  rowGap?: Prop<Spacing | undefined>;
  columnGap?: Prop<Spacing | undefined>;
  overflow?: Prop<Overflow | undefined>;
  overflowX?: Prop<Overflow | undefined>;
  overflowY?: Prop<Overflow | undefined>;
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
  /** What it shows. Control characters are made harmless; `\n` starts a line. */
  content: Prop<string | number>;
  /** `wrap` (default), `nowrap`, or where to cut with an ellipsis. */
  wrap?: Prop<TextWrap | undefined>;
  align?: Prop<TextAlign | undefined>;
  bold?: Prop<boolean | undefined>;
  dim?: Prop<boolean | undefined>;
  italic?: Prop<boolean | undefined>;
  /** `true`, or a style: `'double'`, `'curly'`, `'dotted'`, `'dashed'`. */
  underline?: Prop<UnderlineInput | undefined>;
  blink?: Prop<boolean | undefined>;
  inverse?: Prop<boolean | undefined>;
  hidden?: Prop<boolean | undefined>;
  strikethrough?: Prop<boolean | undefined>;
  /** Attribute bits (`Attr.BOLD | …`) on top of the single ones. */
  attrs?: Prop<number | undefined>;
}
