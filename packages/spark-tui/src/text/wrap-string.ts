/**
 * Wrapping of plain strings, by the same road as text on the screen: shape, then break lines.
 */
import { GlyphTable } from './glyph-table.ts';
import { RunBuilder } from './run-builder.ts';
import { WORD_VALUE_MASK } from './run-word.ts';
import { shape } from './shape.ts';
import { LineBreak, nextLine, WRAP_CLUSTER, WRAP_WORD } from './wrap.ts';

/** Options of `wrap`. */
export interface WrapOptions {
  /** `'word'` breaks at opportunities (default), `'cluster'` anywhere between clusters. */
  readonly mode?: 'word' | 'cluster';
  /** Columns between tab stops. Default 8. */
  readonly tabWidthCells?: number;
}

/**
 * The lines a text takes at a width, sanitised, tabs expanded, without the spaces that hang at soft line ends.
 * An empty text has no lines. Only a cluster wider than `widthCells` makes a line wider.
 *
 * @example
 * wrap('the quick brown fox', 10); // ['the quick', 'brown fox']
 */
export function wrap(text: string, widthCells: number, options: WrapOptions = {}): string[] {
  const glyphs = new GlyphTable(WORD_VALUE_MASK);
  const run = new RunBuilder(options.tabWidthCells ?? 8);
  shape(text, glyphs, run);
  const mode = options.mode === 'cluster' ? WRAP_CLUSTER : WRAP_WORD;
  const line = new LineBreak();
  const lines: string[] = [];
  for (let at = 0; at < run.length; ) {
    at = nextLine(run.words, at, run.length, widthCells, mode, line);
    let shown = '';
    for (let i = line.start; i < line.end; i++) shown += glyphs.text(run.words[i]);
    lines.push(shown);
  }
  return lines;
}
