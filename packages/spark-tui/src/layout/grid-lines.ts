/**
 * Where grid items say they want to be (CSS Grid §8): line numbers, spans, names and areas of one axis
 * become a pair of lines, or a span for auto-placement. Line 0 is the first explicit line here.
 */
import * as f from '../scene/index.ts';
import type { GridAxis, GridFrame } from './grid-frame.ts';
import type { LayoutPass } from './pass.ts';

/**
 * Resolves a start and an end word (§8.3.1) into `g.start` and `g.stop`. False when the item is placed
 * automatically; `g.stop` is its span then.
 */
export function resolveLines(p: LayoutPass, g: GridFrame, axis: GridAxis, startWord: number, endWord: number): boolean {
  const startKind = f.gridLineKind(startWord);
  const endKind = f.gridLineKind(endWord);
  const startIsLine = startKind === f.LINE_NUMBER || startKind === f.LINE_NAME;
  const endIsLine = endKind === f.LINE_NUMBER || endKind === f.LINE_NAME;
  if (!startIsLine && !endIsLine) {
    // Two spans: the end one is dropped; a span of names without a line to count from is 1.
    const word = startKind === f.LINE_SPAN ? startWord : endWord;
    const isSpan = f.gridLineKind(word) === f.LINE_SPAN && f.gridLineName(word) === 0;
    g.start = 0;
    g.stop = isSpan ? f.gridLineNumber(word) : 1;
    return false;
  }
  let start = startIsLine ? lineOf(p, g, axis, startWord, false) : 0;
  let stop = endIsLine ? lineOf(p, g, axis, endWord, true) : 0;
  if (!startIsLine) start = startKind === f.LINE_SPAN ? spanFrom(p, g, axis, startWord, stop, -1) : stop - 1;
  else if (!endIsLine) stop = endKind === f.LINE_SPAN ? spanFrom(p, g, axis, endWord, start, 1) : start + 1;
  if (start > stop) {
    const line = start;
    start = stop;
    stop = line;
  } else if (start === stop) stop = start + 1;
  start = bounded(start);
  stop = bounded(stop);
  g.start = start < stop ? start : stop - 1;
  g.stop = stop;
  return true;
}

/** The line a word names, or NaN when it is auto or a span (for absolute children). */
export function absoluteLine(p: LayoutPass, g: GridFrame, axis: GridAxis, word: number, isEnd: boolean): number {
  const kind = f.gridLineKind(word);
  return kind === f.LINE_NUMBER || kind === f.LINE_NAME ? bounded(lineOf(p, g, axis, word, isEnd)) : NaN;
}

function bounded(line: number): number {
  return line > f.MAX_GRID_LINE ? f.MAX_GRID_LINE : line < -f.MAX_GRID_LINE ? -f.MAX_GRID_LINE : line;
}

function lineOf(p: LayoutPass, g: GridFrame, axis: GridAxis, word: number, isEnd: boolean): number {
  const name = f.gridLineName(word);
  const number = f.gridLineNumber(word);
  if (f.gridLineKind(word) === f.LINE_NAME) {
    const names = p.scene.gridNames;
    const side = isEnd ? names.endOf(name) : names.startOf(name);
    if (side !== 0) {
      for (let line = 0; line <= axis.explicit; line++) if (hasName(p, g, axis, line, side)) return line;
    }
    return namedLine(p, g, axis, name, 1);
  }
  if (name !== 0) return namedLine(p, g, axis, name, number);
  return number > 0 ? number - 1 : axis.explicit + 1 + number;
}

/** The n-th line of a name, from the end when negative. All implicit lines have the name. */
function namedLine(p: LayoutPass, g: GridFrame, axis: GridAxis, name: number, nth: number): number {
  let left = nth > 0 ? nth : -nth;
  const last = axis.explicit;
  for (let k = 0; k <= last; k++) {
    const line = nth > 0 ? k : last - k;
    if (hasName(p, g, axis, line, name) && --left === 0) return line;
  }
  return nth > 0 ? last + left : -left;
}

/** The line a span ends at, counted from `from` in the given direction. */
function spanFrom(p: LayoutPass, g: GridFrame, axis: GridAxis, word: number, from: number, direction: number): number {
  const name = f.gridLineName(word);
  let left = f.gridLineNumber(word);
  if (name === 0) return from + left * direction;
  let line = from;
  while (left > 0) {
    line += direction;
    const outside = line < 0 || line > axis.explicit;
    // Towards the explicit grid, implicit lines before it do not have to be walked one by one.
    if (outside || hasName(p, g, axis, line, name)) left--;
  }
  return line;
}

function hasName(p: LayoutPass, g: GridFrame, axis: GridAxis, line: number, name: number): boolean {
  const { list } = axis;
  if (list !== null) {
    const { names, repeatAt, repeatTracks } = list;
    const repeated = axis.repeats * repeatTracks;
    for (let k = 0; k < names.length; k += f.LINE_NAME_WORDS) {
      if (names[k + 2] !== name) continue;
      const own = names[k + 1];
      if (names[k] === f.SEGMENT_BEFORE) {
        if (own === line) return true;
      } else if (names[k] === f.SEGMENT_AFTER) {
        if (repeatAt + repeated + own === line) return true;
      } else {
        const inside = line - repeatAt - own;
        if (inside >= 0 && inside < repeated && inside % repeatTracks === 0) return true;
      }
    }
  }
  if (g.areas === null) return false;
  const { entries } = g.areas;
  const names = p.scene.gridNames;
  const first = axis === g.columns ? 1 : 3;
  for (let k = 0; k < entries.length; k += f.AREA_WORDS) {
    if (entries[k + first] === line && names.startOf(entries[k]) === name) return true;
    if (entries[k + first + 1] === line && names.endOf(entries[k]) === name) return true;
  }
  return false;
}
