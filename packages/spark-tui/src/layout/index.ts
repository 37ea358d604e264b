export { LayoutEngine, type LayoutOptions } from './engine.ts';
export { parseAreas, parseGridLine, parseTracks, type TrackInput } from './grid-parse.ts';
export { type LayoutNode, LayoutTree, type LayoutTreeOptions } from './layout-tree.ts';
export type { LayoutCounters, LeafMeasure } from './pass.ts';
export { applyStyle, layoutPlainTree, type PlainLayout, type PlainMeasure, type PlainNode, type PlainStyle } from './plain-tree.ts';
