export type { Bounds } from './bounds-watch.ts';
export { FrameLoop, type FrameOptions } from './frame-loop.ts';
export { type Phase, PHASES, type PhaseTiming } from './frame-stats.ts';
export { GlyphSweep } from './glyph-sweep.ts';
export { Screen } from './screen.ts';
