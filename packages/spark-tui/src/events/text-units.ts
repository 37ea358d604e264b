/** Words and lines around a place in a text, for double and triple clicks. Counted from the beginning of the run. */
import { type Scene, U32_RUN_LENGTH, U32_RUN_OFFSET } from '../scene/index.ts';
import { WORD_LINE_END, wordAround } from '../text/index.ts';
import type { TextPlace } from './text-hit.ts';

/** Clusters looked at in each direction for the ends of a word. */
const MAX_WORD_CLUSTERS = 1024;

/** Makes a place the word (2) or the hard line (3) that is there; 1 leaves it as it is. */
export function widen(scene: Scene, place: TextPlace, unit: number): void {
  const cap = scene.capacity;
  const offset = scene.u32.array[U32_RUN_OFFSET * cap + place.slot];
  const length = scene.u32.array[U32_RUN_LENGTH * cap + place.slot];
  if (unit < 2 || offset === 0 || length === 0) return;
  const words = scene.runs.words;
  const reach = unit === 2 ? MAX_WORD_CLUSTERS : length;
  let start = place.start;
  while (start > 0 && place.start - start < reach && (words[offset + start - 1] & WORD_LINE_END) === 0) start--;
  let end = place.start;
  while (end < length && end - place.start < reach && (words[offset + end] & WORD_LINE_END) === 0) end++;
  if (unit === 2 && start < end) {
    const clusters: string[] = [];
    for (let i = start; i < end; i++) clusters.push(scene.glyphs.text(words[offset + i]));
    const word = wordAround(clusters, place.start - start);
    place.start = start + word.start;
    place.end = start + word.end;
    return;
  }
  place.start = start;
  place.end = end;
}
