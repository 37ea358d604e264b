export { App, type AppOptions } from './app.ts';
export type { AppStats } from './app-stats.ts';
export { rowText, screenText } from './screen-text.ts';
