export { box } from './box.ts';
export { each, type EachOptions } from './each.ts';
export { onKey, terminalSize } from './globals.ts';
export { type Host, PendingWork, Place, type Size as CellSize } from './host.ts';
export type {
  AlignContent,
  AlignItems,
  AlignSelf,
  BoxProps,
  Cleanup,
  Display,
  Dock,
  ElementProps,
  FlexDirection,
  FlexWrap,
  GridAutoFlow,
  GridLine,
  JustifyContent,
  JustifyItems,
  JustifySelf,
  Length,
  Overflow,
  Position,
  Prop,
  Safe,
  Size,
  Spacing,
  TextAlign,
  TextProps,
  TextWrap,
  Tracks,
} from './props.ts';
export { createRef, type Rect, type Ref } from './ref.ts';
export { onCleanup, scoped } from './scoped.ts';
export { show } from './show.ts';
export { text } from './text.ts';
export { when, type WhenOptions } from './when.ts';
