/** The door `spark-tui/text`: grapheme clusters, widths, wrapping, text with escape sequences. Re-exports only. */
export { parseAnsi, safeLink, stripAnsi, type TextPart } from './style/index.ts';
export * from './text/index.ts';
