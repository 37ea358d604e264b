export { type ElementRecord, type ElementTable } from './element-table.ts';
export { Focus } from './focus.ts';
export { type KeyPattern, matchesPattern, parseKeyPattern } from './key-pattern.ts';
export { EventRouter, type RouterOptions } from './router.ts';
export {
  FocusEvent,
  type Handler,
  type HandlerName,
  type Handlers,
  KeyEvent,
  type KeyEventType,
  MouseEvent,
  type MouseEventType,
  PasteEvent,
  UIEvent,
} from './ui-event.ts';
