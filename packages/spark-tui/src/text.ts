/** The door `spark-tui/text`: grapheme clusters, widths, wrapping. Re-exports only. */
export * from './text/index.ts';
