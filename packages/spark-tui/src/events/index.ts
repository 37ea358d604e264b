export {
  type DefaultAction,
  DefaultActions,
  type DefaultEvents,
  type DefaultKind,
  type KeyClaim,
  RANK_CLICK_FOCUS,
  RANK_EXIT,
  RANK_GROUP,
  RANK_SCROLL,
  RANK_STOP,
  RANK_TAB,
  RANK_UNSELECT,
} from './default-actions.ts';
export { ElementHandle } from './element-handle.ts';
export { type ElementRecord, ElementTable } from './element-table.ts';
export { FocusEvent, type FocusEventType } from './focus-event.ts';
export { FOCUS_DISABLED, FOCUS_GROUP, FOCUS_GROUP_COLUMN, FOCUS_GROUP_ROW, FOCUS_TRAP } from './focus-flags.ts';
export { Focus } from './focus.ts';
export type { GlobalEvents, GlobalKind } from './global-handlers.ts';
export { type CellPosition, InputSignals, type Modifiers } from './input-signals.ts';
export { activeBindings, findConflicts, type KeyBinding, type KeyConflict } from './key-bindings.ts';
export * from './key-constants.ts';
export { KeyEvent, type KeyEventType } from './key-event.ts';
export type { KeyAlias, KeyName, ModifierName } from './key-name.ts';
export { type KeyPattern, matchesKey, matchesPattern, parseKeyPattern } from './key-pattern.ts';
export type { NoSuchKey, ValidChord, ValidKey } from './key-string.ts';
export type { KeyCommand, KeymapOptions } from './keymap-layer.ts';
export {
  BUTTONS_LEFT,
  BUTTONS_MIDDLE,
  BUTTONS_RIGHT,
  DragEvent,
  type DragStage,
  MouseEvent,
  type MouseEventType,
  WheelEvent,
} from './mouse-event.ts';
export { parentOf } from './parent-of.ts';
export { PasteEvent } from './paste-event.ts';
export {
  getButtonName,
  getChar,
  getKeyName,
  hasAlt,
  hasCtrl,
  hasMeta,
  hasShift,
  isArrowDown,
  isArrowKey,
  isArrowLeft,
  isArrowRight,
  isArrowUp,
  isBackspace,
  isChar,
  isDelete,
  isEnter,
  isEscape,
  isFunctionKey,
  isKeyPress,
  isKeyRelease,
  isKeyRepeat,
  isLeftButton,
  isMiddleButton,
  isPointInBounds,
  isPress,
  isRelease,
  isRepeat,
  isRightButton,
  isSpace,
  isTab,
} from './predicates.ts';
export { EventRouter, type RouterOptions } from './router.ts';
export { ScrollEvent } from './scroll-event.ts';
export { type ScrollBlock, scrollOffsetsBy, scrollTo, scrollToEnd } from './scroll-model.ts';
export type { ScrollMetrics } from './scroller.ts';
export { type CopyResult, DEFAULT_SETTINGS as DEFAULT_SELECTION, Selection, type SelectionSettings } from './selection.ts';
export { type Handler, HANDLER_NAMES, type HandlerName, type Handlers } from './handlers.ts';
export { type EventPhase, UIEvent } from './ui-event.ts';
