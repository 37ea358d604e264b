/**
 * One line being edited, as grapheme clusters. It knows no keys and no screen.
 *
 *   clusters   [ 'h' | 'é' | '👩‍🚀' | ' ' | 'x' ]
 *   places     0   1    2     3    4    5         caret and anchor: between clusters, never inside one
 *
 * Invariants: `clusters.join('') === text`; `clusters` is what segmenting `text` gives, also where an edit makes
 * neighbours join (a typed accent) or part (a deleted flag half); 0 ≤ caret, anchor ≤ clusters.length; text from
 * outside is sanitised and one line; at most `maxClusters` clusters, which an edit obeys by taking less in.
 */
import { type EditKind, type EditState, EditUndo } from './edit-undo.ts';
import { nextWord, previousBlank, previousWord, wordAround } from './edit-words.ts';
import { sanitiseLine } from './sanitise.ts';
import { graphemes, joinsNeighbour } from './segment.ts';

/** How far a move or a deletion goes. `'blank'`: back to the blank before, as Ctrl+W in a shell. */
export type EditUnit = 'cluster' | 'word' | 'blank' | 'line';

/** Most texts kept to be yanked. */
const MAX_KILLS = 16;

/**
 * @example
 * const line = new EditLine('hello');
 * line.move(-1, 'word', true);
 * line.insert('bye'); // line.text === 'bye'
 */
export class EditLine {
  text = '';
  clusters: readonly string[] = [];
  caret = 0;
  anchor = 0;
  /** Most clusters the line may have. */
  maxClusters: number;
  readonly undoSteps: EditUndo = new EditUndo();
  private readonly kills: string[] = [];
  /** Index in `kills` of what the last edit yanked and where it began; -1: the last edit was no yank. */
  private yanked = -1;
  private yankStart = 0;
  /** The last edit was a kill: the next one in the same place adds to it. */
  private killed = false;

  constructor(text = '', maxClusters = Infinity) {
    this.maxClusters = maxClusters;
    this.reset(text);
  }

  /** First and one past the last selected place; equal when nothing is selected. */
  get selectionStart(): number {
    return Math.min(this.caret, this.anchor);
  }

  get selectionEnd(): number {
    return Math.max(this.caret, this.anchor);
  }

  /** Clusters are code units, one to one. */
  private get isPlain(): boolean {
    return this.text.length === this.clusters.length;
  }

  get hasSelection(): boolean {
    return this.caret !== this.anchor;
  }

  get selectedText(): string {
    return this.clusters.slice(this.selectionStart, this.selectionEnd).join('');
  }

  /** UTF-16 index of a place between clusters. */
  offsetOf(place: number): number {
    if (this.isPlain) return Math.min(place, this.text.length);
    let offset = 0;
    for (let i = 0; i < place && i < this.clusters.length; i++) offset += this.clusters[i].length;
    return offset;
  }

  /** The place at a UTF-16 index; the end of the cluster for an index inside one. */
  placeOf(offset: number): number {
    if (this.isPlain) return Math.max(0, Math.min(offset, this.text.length));
    let at = 0;
    let place = 0;
    while (place < this.clusters.length && at < offset) at += this.clusters[place++].length;
    return place;
  }

  /**
   * The text comes from outside (its signal was written). Shown as it is, even when longer than allowed; caret and
   * anchor stay where they were, or at the end when they were there. Can be undone like an edit.
   */
  replace(text: string): boolean {
    const clean = sanitiseLine(text);
    if (clean === this.text) return false;
    this.undoSteps.record(this.state(), 'other', true);
    this.take(clean);
    return true;
  }

  /**
   * The text is another one than was typed: whoever keeps it changed it (made it upper case, say). Part of the edit
   * that went before, so not a step of its own.
   */
  adopt(text: string): boolean {
    const clean = sanitiseLine(text);
    if (clean === this.text) return false;
    const tail = this.text.slice(this.offsetOf(this.caret));
    this.take(clean);
    // What is behind the caret stays behind it, where that was not touched.
    if (clean.endsWith(tail)) this.caret = this.anchor = this.placeOf(clean.length - tail.length);
    return true;
  }

  /** A new text without a past: caret at the end, nothing selected, nothing to undo. */
  reset(text: string): void {
    this.text = sanitiseLine(text);
    this.clusters = graphemes(this.text);
    this.caret = this.clusters.length;
    this.anchor = this.caret;
    this.undoSteps.clear();
    this.endRuns();
  }

  /** Replaces the selection. Line ends become spaces; what is too much is left out from its end. */
  insert(text: string, typed = false): boolean {
    const clean = sanitiseLine(text);
    if (clean === '' && !this.hasSelection) return false;
    const blank = clean === ' ' && this.caret > 0 && this.clusters[this.caret - 1] !== ' ';
    return this.splice(this.selectionStart, this.selectionEnd, clean, typed ? 'type' : 'other', this.hasSelection || blank);
  }

  /** Deletes the selection, else `unit` before or after the caret. `kill` keeps what goes for `yank`. */
  delete(direction: -1 | 1, unit: EditUnit, kill = false): boolean {
    const selected = this.hasSelection;
    const to = selected ? this.anchor : this.target(direction, unit);
    const start = Math.min(this.caret, to);
    const end = Math.max(this.caret, to);
    if (start === end) return false;
    const gone = this.clusters.slice(start, end).join('');
    const adds = this.killed;
    const kind: EditKind = unit !== 'cluster' || selected ? 'other' : direction < 0 ? 'delete-back' : 'delete-forward';
    this.splice(start, end, '', kind, false);
    if (kill) {
      if (adds && this.kills.length > 0) {
        const last = this.kills.length - 1;
        this.kills[last] = direction < 0 ? gone + this.kills[last] : this.kills[last] + gone;
      } else {
        this.kills.push(gone);
        if (this.kills.length > MAX_KILLS) this.kills.shift();
      }
      this.killed = true;
    }
    return true;
  }

  /** Puts in what was killed last. */
  yank(): boolean {
    if (this.kills.length === 0) return false;
    const index = this.kills.length - 1;
    const start = this.selectionStart;
    const changed = this.insert(this.kills[index]);
    this.yanked = index;
    this.yankStart = start;
    return changed;
  }

  /** Right after `yank`: puts in what was killed before that instead, around in a circle. */
  yankOlder(): boolean {
    if (this.yanked === -1) return false;
    const start = this.yankStart;
    const index = (this.yanked + this.kills.length - 1) % this.kills.length;
    this.splice(start, this.caret, this.kills[index], 'other', true);
    this.yanked = index;
    this.yankStart = start;
    return true;
  }

  /** Exchanges the clusters around the caret (at the end: the last two) and steps over them. */
  transpose(): boolean {
    const { clusters } = this;
    const at = Math.min(this.caret, clusters.length - 1);
    if (at < 1 || this.hasSelection) return false;
    return this.splice(at - 1, at + 1, clusters[at] + clusters[at - 1], 'other', true);
  }

  /** Moves the caret. Without `extend` a selection is left: sideways to its edge. Returns whether anything changed. */
  move(direction: -1 | 1, unit: EditUnit, extend = false): boolean {
    if (!extend && this.hasSelection && unit === 'cluster') {
      return this.moveTo(direction < 0 ? this.selectionStart : this.selectionEnd);
    }
    return this.moveTo(this.target(direction, unit), extend);
  }

  moveTo(place: number, extend = false): boolean {
    const caret = Math.max(0, Math.min(this.clusters.length, Math.trunc(place) || 0));
    const anchor = extend ? this.anchor : caret;
    if (caret === this.caret && anchor === this.anchor) return false;
    this.caret = caret;
    this.anchor = anchor;
    this.undoSteps.endGroup();
    this.endRuns();
    return true;
  }

  selectAll(): boolean {
    return this.select(0, this.clusters.length);
  }

  /** Selects the word that holds the cluster at `place`. */
  selectWord(place: number): boolean {
    const { start, end } = wordAround(this.clusters, place);
    return this.select(start, end);
  }

  /** Selects from the word that holds the cluster at `anchor` to the one at `caret`, both whole. */
  selectWords(anchor: number, caret: number): boolean {
    const from = wordAround(this.clusters, anchor);
    const to = wordAround(this.clusters, caret);
    return caret < anchor ? this.select(from.end, to.start) : this.select(from.start, to.end);
  }

  /** Selects places `anchor` … `caret`. */
  select(anchor: number, caret: number): boolean {
    const moved = this.moveTo(anchor);
    return this.moveTo(caret, true) || moved;
  }

  /** Steps that led nowhere (whoever keeps the text refused what was typed) are passed over. */
  undo(): boolean {
    return this.restore(() => this.undoSteps.undo(this.state()));
  }

  redo(): boolean {
    return this.restore(() => this.undoSteps.redo(this.state()));
  }

  private take(clean: string): void {
    const atEnd = this.caret === this.clusters.length;
    this.text = clean;
    this.clusters = graphemes(clean);
    const end = this.clusters.length;
    this.caret = atEnd ? end : Math.min(this.caret, end);
    this.anchor = this.caret;
    this.endRuns();
  }

  private state(): EditState {
    return { text: this.text, caret: this.caret, anchor: this.anchor };
  }

  private restore(step: () => EditState | null): boolean {
    let state = step();
    for (let next = state; next !== null && state?.text === this.text; ) {
      next = step();
      state = next ?? state;
    }
    if (state === null) return false;
    this.text = state.text;
    this.clusters = graphemes(state.text);
    this.caret = Math.min(state.caret, this.clusters.length);
    this.anchor = Math.min(state.anchor, this.clusters.length);
    this.endRuns();
    return true;
  }

  private endRuns(): void {
    this.yanked = -1;
    this.killed = false;
  }

  private target(direction: -1 | 1, unit: EditUnit): number {
    const { clusters, caret } = this;
    switch (unit) {
      case 'cluster':
        return Math.max(0, Math.min(clusters.length, caret + direction));
      case 'word':
        return direction < 0 ? previousWord(clusters, caret) : nextWord(clusters, caret);
      case 'blank':
        return direction < 0 ? previousBlank(clusters, caret) : nextWord(clusters, caret);
      case 'line':
        return direction < 0 ? 0 : clusters.length;
    }
  }

  /** Replaces clusters `start` … `end`-1 by `text`, as much of it as fits; the caret goes behind it. */
  private splice(start: number, end: number, text: string, kind: EditKind, starts: boolean): boolean {
    const old = this.clusters;
    const inserted = this.fitting(start, end, text);
    const headLength = this.offsetOf(start);
    const next = this.text.slice(0, headLength) + inserted + this.text.slice(this.offsetOf(end));
    if (next === this.text) return false;
    this.undoSteps.record(this.state(), kind, starts);
    this.clusters = joined(old, start, end, inserted);
    this.text = next;
    this.caret = this.placeOf(headLength + inserted.length);
    this.anchor = this.caret;
    this.endRuns();
    return true;
  }

  /** As much of `text` as leaves the line at `maxClusters`. What joins its neighbours takes no room: the result is counted. */
  private fitting(start: number, end: number, text: string): string {
    if (this.maxClusters === Infinity) return text;
    const old = this.clusters;
    const rest = old.length - (end - start);
    const limit = Math.max(this.maxClusters, rest);
    if (joined(old, start, end, text).length <= limit) return text;
    const parts = graphemes(text);
    for (let count = Math.min(parts.length, limit - rest + 2); count > 0; count--) {
      const taken = parts.slice(0, count).join('');
      if (joined(old, start, end, taken).length <= limit) return taken;
    }
    return '';
  }
}

/** The clusters after an edit. Segments anew only when code points at the seams can join. */
function joined(old: readonly string[], start: number, end: number, text: string): readonly string[] {
  const parts = graphemes(text);
  const left = start > 0 ? old[start - 1] : '';
  const right = end < old.length ? old[end] : '';
  const first = text !== '' ? text : right;
  if (seamJoins(left, first) || (text !== '' && seamJoins(text, right))) {
    return graphemes(old.slice(0, start).join('') + text + old.slice(end).join(''));
  }
  return old.slice(0, start).concat(parts, old.slice(end));
}

function seamJoins(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  const low = left.charCodeAt(left.length - 1);
  const paired = (low & 0xfc00) === 0xdc00 && left.length > 1;
  const last = paired ? (left.codePointAt(left.length - 2) as number) : low;
  return joinsNeighbour(last) || joinsNeighbour(right.codePointAt(0) as number);
}
