export { box } from './box.ts';
export { each, type EachOptions, type VirtualOptions } from './each.ts';
export type { ElementTarget } from './element-target.ts';
export {
  blur,
  focus,
  focusedElement,
  focusedIndex,
  focusFirst,
  focusLast,
  focusNext,
  focusPrevious,
  focusTrap,
  hasFocus,
  isFocused,
  popFocusTrap,
  pushFocusTrap,
  registerFocusCallbacks,
  restoreFocus,
  saveFocus,
  useFocusedId,
} from './focus.ts';
export {
  inputSignals,
  isMouseDown,
  lastEvent,
  lastKey,
  lastMouseEvent,
  modifiers,
  mousePosition,
  mouseX,
  mouseY,
  on,
  onComponent,
  onFocused,
  onGlobalClick,
  onGlobalMouse,
  onGlobalMove,
  onGlobalScroll,
  onPaste,
  terminalFocused,
} from './global-events.ts';
export { onKey, terminalSize } from './globals.ts';
export { type HistoryWriter, log, print, renderToHistory, terminalHistory } from './history.ts';
export { type Host, PendingWork, Place, type Size as CellSize } from './host.ts';
export { input } from './input.ts';
export type { InputCursor, InputCursorStyle, InputProps, InputValidator } from './input-props.ts';
export { createInputRef, type InputRef } from './input-ref.ts';
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
  Scrollbar,
  ScrollChaining,
  ScrollKeys,
  Size,
  Spacing,
  TextAlign,
  TextContent,
  TextProps,
  TextWrap,
  Tracks,
} from './props.ts';
export { type CheckedKeymap, type KeyAction, keyBindings, keymap, keymapConflicts, leaderKey, pendingKeys, remap } from './keymap.ts';
export { createRef, type Rect, type Ref } from './ref.ts';
export { createListRef, type ListRef, type VisibleRows } from './list-ref.ts';
export { type MouseHandover, mouseHandover } from './mouse-release.ts';
export { onCleanup, scoped } from './scoped.ts';
export { selection, type SelectionControl } from './selection.ts';
export { show } from './show.ts';
export {
  bell,
  colorScheme,
  copyToClipboard,
  notify,
  pointerShape,
  progress,
  readClipboard,
  terminal,
  terminalCapabilities,
  windowTitle,
  writeRaw,
} from './terminal.ts';
export { TerminalControl } from './terminal-control.ts';
export { text } from './text.ts';
export { when, type WhenOptions } from './when.ts';
