export * from './fields.ts';
export * from './grid-style.ts';
export { NIL, ROOT, Scene, type SceneOptions } from './scene.ts';
export {
  barGutter,
  clipsOverflow,
  createScrollBar,
  createScrollBox,
  offsetOfThumb,
  readScrollBar,
  readScrollBox,
  type ScrollBar,
  type ScrollBox,
  scrollRange,
  scrollsOnAxis,
} from './scroll-box.ts';
export { SelectedText, type WordRange } from './selected-text.ts';
export { SideTable } from './side-table.ts';
export { SlotList } from './slot-list.ts';
export { SPAN_BG, SPAN_CLEAR_SHIFT, SPAN_END, SPAN_EXTRA, SPAN_FG, SPAN_START, SPAN_STYLE, SPAN_WORDS } from './text-styles.ts';
