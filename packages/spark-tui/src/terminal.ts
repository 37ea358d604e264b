/** The door `spark-tui/terminal`: decoder, encoder, outputs, for programs of their own. Re-exports only. */
export * from './terminal/index.ts';
