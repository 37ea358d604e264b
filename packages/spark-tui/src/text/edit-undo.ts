/**
 * What was, to go back to. A state is the whole line: strings are shared, so a state costs what the edit changed.
 * Edits of one kind that follow each other (typing, deleting backwards) are one step, until a blank is typed after
 * something else, the caret moves, or another kind of edit comes.
 *
 *   past   [ oldest … newest ]   at most MAX_STEPS, and MAX_CHARS in all
 *   future [ farthest … nearest ] emptied by every new edit
 */

/** Most steps kept. */
const MAX_STEPS = 200;
/** Most UTF-16 units kept in all steps together. */
const MAX_CHARS = 1_000_000;

/** A line and where its caret and anchor are, in clusters. */
export interface EditState {
  readonly text: string;
  readonly caret: number;
  readonly anchor: number;
}

/** What an edit was, to decide what belongs to one step. */
export type EditKind = 'type' | 'delete-back' | 'delete-forward' | 'other';

export class EditUndo {
  private past: EditState[] = [];
  private future: EditState[] = [];
  private chars = 0;
  private group: EditKind = 'other';

  /** Steps that can be taken back and made again. */
  get depth(): { readonly past: number; readonly future: number } {
    return { past: this.past.length, future: this.future.length };
  }

  /** An edit is about to change `before`. `starts` begins a new step although the kind is the same. */
  record(before: EditState, kind: EditKind, starts: boolean): void {
    this.future = [];
    const joins = kind !== 'other' && kind === this.group && !starts && this.past.length > 0;
    this.group = kind;
    if (joins) return;
    this.past.push(before);
    this.chars += before.text.length;
    while (this.past.length > MAX_STEPS || (this.chars > MAX_CHARS && this.past.length > 1)) {
      this.chars -= (this.past.shift() as EditState).text.length;
    }
  }

  /** The caret moved, or the line was changed from outside: what comes is a new step. */
  endGroup(): void {
    this.group = 'other';
  }

  /** The state before the last step, or null. `now` can be made again. */
  undo(now: EditState): EditState | null {
    const state = this.past.pop();
    if (state === undefined) return null;
    this.chars -= state.text.length;
    this.future.push(now);
    this.group = 'other';
    return state;
  }

  /** The state after the step taken back last, or null. */
  redo(now: EditState): EditState | null {
    const state = this.future.pop();
    if (state === undefined) return null;
    this.past.push(now);
    this.chars += now.text.length;
    this.group = 'other';
    return state;
  }

  clear(): void {
    this.past = [];
    this.future = [];
    this.chars = 0;
    this.group = 'other';
  }
}
