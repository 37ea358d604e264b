/** The public door `spark-tui/layout`: flexbox and grid in cells, without an app. */
export {
  type LayoutCounters,
  type LayoutNode,
  LayoutTree,
  type LayoutTreeOptions,
  layoutPlainTree,
  type PlainLayout,
  type PlainMeasure,
  type PlainNode,
  type PlainStyle,
} from './layout/index.ts';
