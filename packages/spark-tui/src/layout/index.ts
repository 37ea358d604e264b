export { applyStyle, layoutPlainTree, type PlainLayout, type PlainMeasure, type PlainNode, type PlainStyle } from './plain-tree.ts';
export { LayoutEngine, type LayoutOptions } from './engine.ts';
export type { LayoutCounters, LeafMeasure } from './pass.ts';
