/**
 * What a text node has beyond one colour and one set of attributes: styled spans over its run, and the extra id
 * (link, underline colour) all its cells carry. Sparse: a text without either has no entry.
 *
 *   spans of a slot = [ start, end, fg, bg, style, extra | start, end, … ]   SPAN_WORDS a span, ascending, apart
 *     start, end  run-word indices, end exclusive
 *     fg, bg      colours; 0 = that of the text
 *     style       bits 0–10 what is set (attributes, underline style), bits 16–26 what is cleared before
 *     extra       id of the span's own link and underline colour; 0 = those of the text
 */
import type { Scene } from './scene.ts';
import { SideTable } from './side-table.ts';

/** Words a span takes. */
export const SPAN_WORDS = 6;
export const SPAN_START = 0;
export const SPAN_END = 1;
export const SPAN_FG = 2;
export const SPAN_BG = 3;
export const SPAN_STYLE = 4;
export const SPAN_EXTRA = 5;
/** From a style bit to the bit that clears it. */
export const SPAN_CLEAR_SHIFT = 16;

export class TextStyles {
  /** Spans by slot. Written by `setSpans` only. */
  readonly spans: SideTable<Uint32Array> = new SideTable();
  /** Extra id by slot. Written by `setExtra` only. */
  readonly extras: SideTable<number> = new SideTable();
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.spans);
    scene.addSideTable(this.extras);
  }

  /** Sets (or with null takes away) the spans of a text. Equal ones are no change. The array is kept. */
  setSpans(slot: number, spans: Uint32Array | null): void {
    this.scene.assertWritable();
    const old = this.spans.get(slot);
    if (spans === null || spans.length === 0) {
      if (old === undefined) return;
      this.spans.clear(slot);
    } else {
      if (old !== undefined && sameWords(old, spans)) return;
      this.spans.set(slot, spans);
    }
    this.scene.queuePaint(slot);
  }

  extra(slot: number): number {
    return this.extras.get(slot) ?? 0;
  }

  /** Sets the extra id of a text; 0 takes it away. */
  setExtra(slot: number, extra: number): void {
    this.scene.assertWritable();
    if (this.extra(slot) === extra) return;
    if (extra === 0) this.extras.clear(slot);
    else this.extras.set(slot, extra);
    this.scene.queuePaint(slot);
  }
}

function sameWords(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
