/**
 * Writes the run of a text node: shapes the string and stores its words and measures in the columns. Says how
 * much changed; making dirt of it is the scene's.
 */
import { type RunBuilder, shape, type TextEdges } from '../text/index.ts';
import * as f from './fields.ts';
import { patchRun } from './patch-run.ts';
import { sameShape } from './same-shape.ts';
import type { Scene } from './scene.ts';

/** Nothing changed. */
export const TEXT_SAME = 0;
/** Glyphs changed, each in its place. */
export const TEXT_GLYPHS = 1;
/** The text may break or measure otherwise. */
export const TEXT_SHAPE = 2;

/** Returns one of TEXT_*. `edges.words` is filled in every case. */
export function writeText(scene: Scene, builder: RunBuilder, slot: number, text: string, edges: TextEdges | null): number {
  if (edges === null && scene.texts.get(slot) === text) return TEXT_SAME;
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const offset = u32[f.U32_RUN_OFFSET * cap + slot];
  const length = u32[f.U32_RUN_LENGTH * cap + slot];
  const laidOut = (u32[f.U32_FLAGS * cap + slot] & (f.FLAG_STYLE_CHANGED | f.FLAG_CONTENT_CHANGED)) === 0;
  if (laidOut && offset !== 0 && patchRun(scene.runs.words, offset, length, text)) {
    edges?.setIdentity();
    if (scene.texts.get(slot) === text) return TEXT_SAME;
    scene.texts.set(slot, text);
    return TEXT_GLYPHS;
  }
  const { glyphs } = scene;
  const { refused } = glyphs;
  shape(text, glyphs, builder, edges);
  if (glyphs.refused !== refused && scene.onGlyphsFull?.() === true) shape(text, glyphs, builder, edges);
  if (scene.texts.get(slot) === text) return TEXT_SAME;
  const sameSize = laidOut && sameShape(scene.runs.words, offset, length, builder);
  const newLength = builder.length;
  const target = scene.runs.replace(offset, length, newLength);
  const words = scene.runs.words;
  const source = builder.words;
  for (let i = 0; i < newLength; i++) words[target + i] = source[i];
  u32[f.U32_RUN_OFFSET * cap + slot] = target;
  u32[f.U32_RUN_LENGTH * cap + slot] = newLength;
  u32[f.U32_RUN_MAX_WIDTH * cap + slot] = builder.maxWidthCells;
  u32[f.U32_RUN_MIN_WIDTH * cap + slot] = builder.minWidthCells;
  u32[f.U32_RUN_HARD_LINES * cap + slot] = builder.hardLines;
  scene.texts.set(slot, text);
  return sameSize ? TEXT_GLYPHS : TEXT_SHAPE;
}
