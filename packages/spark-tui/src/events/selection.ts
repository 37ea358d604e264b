/**
 * What of the texts on the screen is selected: everything between two places, in the order of the document.
 *
 *   anchor ── where it began: words of one cell, a word, a line     ranges (scene.selected) ─▶ paint
 *   focus ─── where it goes to: likewise                            the same ─▶ copied text
 *
 * Both are kept as words of a text and not as cells, so a selection survives scrolling and a new layout; it ends when one
 * of the two texts goes. Texts that come between the two are selected with them.
 */
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import { NIL, type Scene, U32_RUN_LENGTH } from '../scene/index.ts';
import type { RequestResult } from '../terminal/index.ts';
import { graphemes } from '../text/index.ts';
import { copiedText } from './copied-text.ts';
import { eachText, isBefore, textEnds } from './document-order.ts';
import type { TextPlace } from './text-hit.ts';

/** What became of a copy. `reason` beside those of every request: `'nothing-selected'`. */
export interface CopyResult {
  readonly ok: boolean;
  readonly reason: RequestResult['reason'] | 'nothing-selected';
  /** Characters (grapheme clusters) that were copied, or were to be. */
  readonly chars: number;
}

/** What selecting needs of its app. */
export interface SelectionSettings {
  /** Colours of selected text; both 0: colours are swapped. */
  readonly fg: number;
  readonly bg: number;
  /** A selection is copied when the button is released. */
  readonly copyOnSelect: boolean;
  readonly onCopy: ((result: CopyResult) => void) | null;
}

/** Colours are swapped, and Ctrl+C copies. */
export const DEFAULT_SETTINGS: SelectionSettings = { fg: 0, bg: 0, copyOnSelect: false, onCopy: null };

interface Mark {
  readonly slot: number;
  readonly generation: number;
  readonly start: number;
  readonly end: number;
}

export class Selection {
  readonly settings: SelectionSettings;
  private readonly scene: Scene;
  private readonly send: (text: string) => RequestResult;
  private readonly isActive: WritableSignal<boolean> = signal(false);
  private readonly copyResult: WritableSignal<CopyResult | null> = signal<CopyResult | null>(null);
  private lastText = '';
  private anchor: Mark | null = null;
  private focus: Mark | null = null;
  /** Texts of which something is selected, in the order of the document. */
  private slots: number[] = [];

  /** `settings` null: the mouse does not select; programs can. */
  constructor(scene: Scene, settings: SelectionSettings | null, send: (text: string) => RequestResult) {
    this.scene = scene;
    this.settings = settings ?? DEFAULT_SETTINGS;
    this.send = send;
    scene.selected.fg = this.settings.fg;
    scene.selected.bg = this.settings.bg;
  }

  /** True while something is selected. */
  get active(): ReadableSignal<boolean> {
    return this.isActive;
  }

  /** The same, now. */
  get exists(): boolean {
    return this.slots.length > 0;
  }

  /** What became of the last copy; null before the first. */
  get lastCopy(): ReadableSignal<CopyResult | null> {
    return this.copyResult;
  }

  /** The text copied last in this app, to be put in elsewhere in it; `''` before the first. Held to the size of a clipboard. */
  get copied(): string {
    return this.lastText;
  }

  /** True from a press until the selection is cleared or ends. */
  get begun(): boolean {
    return this.anchor !== null;
  }

  /** The texts in which it begins and ends. */
  get ends(): readonly number[] {
    const marks = [this.anchor, this.focus];
    return marks.flatMap((mark) => (mark !== null && this.isLive(mark) ? [mark.slot] : []));
  }

  /** Forgets what is selected, and begins anew at a place; nothing is selected until `extend`. */
  begin(place: TextPlace): void {
    this.clear();
    this.anchor = this.mark(place);
  }

  /** Selects from where it began up to and including a place. */
  extend(place: TextPlace): void {
    if (this.anchor === null) return;
    this.focus = this.mark(place);
    this.update();
  }

  /** Selects all text that can be selected. */
  selectAll(): void {
    const ends = textEnds(this.scene);
    this.clear();
    if (ends === null) return;
    this.anchor = this.mark({ slot: ends.first, start: 0, end: 0 });
    const length = this.lengthOf(ends.last);
    this.extend({ slot: ends.last, start: length, end: length });
  }

  clear(): void {
    this.anchor = null;
    this.focus = null;
    this.show([]);
  }

  /** The selected text; `''` when nothing is selected. */
  text(): string {
    return this.slots.length === 0 ? '' : copiedText(this.scene, this.slots);
  }

  /** Puts the selected text into the clipboard, and tells what became of it. */
  copy(): CopyResult {
    return this.copyText(this.text());
  }

  /** Puts a text into the clipboard that is selected elsewhere, in an input, and tells what became of it. */
  copyText(text: string): CopyResult {
    const result: CopyResult =
      text === '' ? { ok: false, reason: 'nothing-selected', chars: 0 } : { ...this.send(text), chars: graphemes(text).length };
    if (text !== '' && result.reason !== 'too-large') this.lastText = text;
    this.copyResult.value = result;
    this.settings.onCopy?.(result);
    return result;
  }

  /** Texts may have come, gone or changed. */
  afterLayout(): void {
    if (this.anchor === null) return;
    if (this.isLive(this.anchor) && (this.focus === null || this.isLive(this.focus))) this.update();
    else this.clear();
  }

  /** The app ends. */
  close(): void {
    this.anchor = null;
    this.focus = null;
    this.slots = [];
    this.isActive.value = false;
  }

  private update(): void {
    const { anchor, focus, scene } = this;
    if (anchor === null || focus === null) return;
    const slots: number[] = [];
    if (anchor.slot === focus.slot) {
      this.set(anchor.slot, Math.min(anchor.start, focus.start), Math.max(anchor.end, focus.end), slots);
    } else {
      const [first, last] = isBefore(scene, focus.slot, anchor.slot) ? [focus, anchor] : [anchor, focus];
      eachText(scene, first.slot, last.slot, (slot) => {
        this.set(slot, slot === first.slot ? first.start : 0, slot === last.slot ? last.end : Infinity, slots);
      });
    }
    this.show(slots);
  }

  private set(slot: number, start: number, end: number, slots: number[]): void {
    const to = Math.min(end, this.lengthOf(slot));
    this.scene.selected.set(slot, start, to);
    if (start < to) slots.push(slot);
  }

  /** From now on something is selected in these texts only. */
  private show(slots: number[]): void {
    const { selected } = this.scene;
    if (this.slots.length > 0) {
      const kept = new Set(slots);
      for (const slot of this.slots) if (!kept.has(slot)) selected.set(slot, 0, 0);
    }
    this.slots = slots;
    this.isActive.value = slots.length > 0;
  }

  private mark({ slot, start, end }: TextPlace): Mark {
    return { slot, generation: this.scene.generation(slot), start, end };
  }

  private isLive({ slot, generation }: Mark): boolean {
    return this.scene.isLive(slot, generation);
  }

  private lengthOf(slot: number): number {
    return slot === NIL ? 0 : this.scene.u32.array[U32_RUN_LENGTH * this.scene.capacity + slot];
  }
}
