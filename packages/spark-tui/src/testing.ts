/** The door `spark-tui/testing`: drive an app without a terminal. Re-exports only. */
export * from './testing/index.ts';
