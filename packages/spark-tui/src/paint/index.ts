export { Painter } from './painter.ts';
