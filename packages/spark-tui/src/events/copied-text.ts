/**
 * What is copied: the text itself, and not what the screen makes of it. Soft line breaks are no line ends, what an
 * ellipsis stands for is there, tabs are tabs. Between two elements comes a line end, or, where one goes on in the
 * row in which the other ends, a blank if there is a gap. What is scrolled away is in no row of what is around it.
 */
import { TextCells } from '../paint/index.ts';
import { clipsOverflow, I32_H, I32_Y, NIL, type Scene, U32_RUN_LENGTH, U32_RUN_OFFSET } from '../scene/index.ts';
import { graphemes, sanitise, WORD_LINE_END, wordWidth } from '../text/index.ts';
import { parentOf } from './parent-of.ts';

const TAB_CELLS = 8;

/** The selected text of the given texts, which are in the order of the document. */
export function copiedText(scene: Scene, slots: readonly number[]): string {
  const cells = new TextCells(scene);
  const pieces: string[] = [];
  let before = '';
  let last: number = NIL;
  let endX = 0;
  let endY = 0;
  for (const slot of slots) {
    const range = scene.selected.ranges.get(slot);
    if (range === undefined) continue;
    cells.open(slot);
    cells.nextLine();
    if (pieces.length > 0 && !before.endsWith('\n')) {
      const inRow = cells.y === endY && shareRow(scene, last, slot, endY);
      pieces.push(!inRow ? '\n' : cells.x !== endX ? ' ' : '');
    }
    last = slot;
    before = wordsText(scene, slot, range.start, range.end);
    pieces.push(before);
    while (cells.nextLine());
    endX = cells.endX;
    endY = cells.y;
  }
  return pieces.join('');
}

/** Whether two texts that have a row of the same number have the same row: in one container, or both where it shows. */
function shareRow(scene: Scene, a: number, b: number, y: number): boolean {
  return clipper(scene, a) === clipper(scene, b) || (showsRow(scene, a, y) && showsRow(scene, b, y));
}

/** The nearest node around a text that cuts off what does not fit; NIL for none. */
function clipper(scene: Scene, slot: number): number {
  let node = parentOf(scene, slot);
  while (node !== NIL && !clipsOverflow(scene, node)) node = parentOf(scene, node);
  return node;
}

function showsRow(scene: Scene, slot: number, y: number): boolean {
  const cap = scene.capacity;
  const i32 = scene.i32.array;
  for (let node = clipper(scene, slot); node !== NIL; node = clipper(scene, node)) {
    const y0 = i32[I32_Y * cap + node];
    if (y < y0 || y >= y0 + i32[I32_H * cap + node]) return false;
  }
  return true;
}

function wordsText(scene: Scene, slot: number, start: number, end: number): string {
  const cap = scene.capacity;
  const offset = scene.u32.array[U32_RUN_OFFSET * cap + slot];
  const length = scene.u32.array[U32_RUN_LENGTH * cap + slot];
  const words = scene.runs.words;
  const source = scene.texts.get(slot) ?? '';
  if (source.includes('\t')) {
    const text = tabbedText(source, words.subarray(offset, offset + length), start, end);
    if (text !== null) return text;
  }
  let out = '';
  for (let i = start; i < Math.min(end, length); i++) {
    const word = words[offset + i];
    out += (word & WORD_LINE_END) === 0 ? scene.glyphs.text(word) : '\n';
  }
  return out;
}

/** The clusters whose words begin in `start … end`: a tab is several words. Null when they do not fit the words. */
function tabbedText(source: string, words: Uint32Array, start: number, end: number): string | null {
  let out = '';
  let at = 0;
  let column = 0;
  for (const cluster of graphemes(sanitise(source))) {
    if (at >= words.length) return null;
    const from = at;
    if (cluster === '\t') {
      const spaces = TAB_CELLS - (column % TAB_CELLS);
      at += spaces;
      column += spaces;
    } else {
      column = cluster === '\n' ? 0 : column + wordWidth(words[at]);
      at++;
    }
    if (from < end && at > start) out += cluster;
  }
  return at === words.length ? out : null;
}
