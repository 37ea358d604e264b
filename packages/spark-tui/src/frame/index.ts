export type { Bounds } from './bounds-watch.ts';
export { ExtraSweep } from './extra-sweep.ts';
export { FrameLoop } from './frame-loop.ts';
export type { FrameHistory, FrameOptions, TerminalState } from './frame-options.ts';
export { type FrameProbe, type FrameStats, type Phase, PHASES, type PhaseTiming } from './frame-stats.ts';
export { GlyphSweep } from './glyph-sweep.ts';
export { Screen } from './screen.ts';
