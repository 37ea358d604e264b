export { Painter } from './painter.ts';
export { TextCells, type WordPlace } from './text-cells.ts';
