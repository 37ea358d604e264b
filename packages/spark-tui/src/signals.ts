/** The door `spark-tui/signals`: reactivity without a terminal. Re-exports only. */
export * from './reactive/index.ts';
