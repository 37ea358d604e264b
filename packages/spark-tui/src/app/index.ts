export { App, type AppOptions } from './app.ts';
export type { AppStats } from './app-stats.ts';
export type { ExitReason, MountHandle, UnmountReport } from './mount-handle.ts';
export type { InputStream, MountOptions, OutputStream, RenderMode } from './mount-options.ts';
export { rowText, screenText } from './screen-text.ts';
