/**
 * What an input does with its text, without keys and screen: edits go into the line, from there into the signal,
 * then to `onChange`; writes of the signal go into the line.
 *
 *   key, paste, mouse, ref ─▶ line ─▶ signal ─▶ onChange        (`edit`)
 *                             line ◀─ signal ◀─ the app         (`external`)
 *
 * Invariants: after each of the two the line and the signal hold the same text. What the signal or `onChange` makes
 * of a text (upper case, say) is taken over as part of the edit; what cannot stand in a line (control characters, line
 * ends) is cleaned, and written back. A write from outside is a step of its own for undo, except one by an effect that
 * runs because of a change: that is part of the change, or undo would bring back what the effect changes again. What was
 * written but not yet taken over is so before an edit begins: no edit writes over it unseen.
 */
import { reportError, watched } from '../base/index.ts';
import { batch, derived, type ReadableSignal, runInScope, settleLater, signal, untrack, type WritableSignal } from '../reactive/index.ts';
import { EditLine, graphemes, sanitiseLine } from '../text/index.ts';
import type { ElementScope } from './element.ts';
import { InputHistory } from './input-history.ts';
import { badProp, checkFunction, flagReader, type InputProps } from './input-props.ts';
import { textOf, type TextSource, textSource } from './input-value.ts';

export class InputEditor {
  readonly line: EditLine = new EditLine();
  /** Goes up with every change of the line, of the caret and of the selection. */
  readonly revision: WritableSignal<number> = signal(0);
  /** Goes up with every change of the text. */
  private readonly textRevision: WritableSignal<number> = signal(0);
  /** The text was edited, left or submitted: it is time to show what is wrong with it. */
  readonly touched: WritableSignal<boolean> = signal(false);
  /** What is wrong with the text; `''` when nothing is. */
  readonly message: ReadableSignal<string>;
  readonly valid: ReadableSignal<boolean>;
  /** Reads of props are tracked. */
  readonly readOnly: () => boolean;
  readonly masked: () => boolean;
  private readonly element: ElementScope;
  private readonly props: InputProps;
  private readonly source: TextSource;
  private readonly history: InputHistory | null;
  /** The text was changed, and effects that run because of it have not all run. */
  private isSettling = false;

  constructor(element: ElementScope, props: InputProps) {
    const { host, slot } = element;
    this.element = element;
    this.props = props;
    for (const name of ['validate', 'onChange', 'onSubmit', 'onCancel'] as const) checkFunction(host, slot, name, props[name]);
    this.source = textSource(host, slot, props.value);
    this.line.reset(textOf(host, slot, untrack(() => this.source.value)));
    this.readOnly = flagReader(host, slot, 'readOnly', props.readOnly);
    this.masked = flagReader(host, slot, 'password', props.password);
    const { suggestions } = props;
    if (typeof suggestions !== 'function' && !Array.isArray(suggestions ?? [])) {
      throw badProp(host, slot, 'suggestions', suggestions, 'an array of texts or a function that gives one');
    }
    this.history = historyOf(element, props);
    this.message = derived(() => {
      const { validate } = props;
      if (validate === undefined || validate === null) return '';
      const verdict = watched(element, validate, 'validate')(this.text) as unknown;
      if (verdict === true) return '';
      return typeof verdict === 'string' && verdict !== '' ? verdict : 'not valid';
    });
    this.valid = derived(() => this.message.value === '');
  }

  /** The text that shows. Tracked. */
  get text(): string {
    void this.textRevision.value;
    return this.line.text;
  }

  /** Takes what the signal holds. Called whenever it changes. */
  external(value: unknown): void {
    const { host, slot } = this.element;
    const text = textOf(host, slot, value);
    if (text === this.line.text) return;
    if (this.isSettling ? this.line.adopt(text) : this.line.replace(text)) this.changed(true);
    this.beginSettling();
    if (this.line.text !== text) this.source.value = this.line.text;
  }

  /** An edit by the user. Returns true when the text is another one. */
  edit(change: (line: EditLine) => void): boolean {
    this.sync();
    if (untrack(this.readOnly)) return false;
    const before = this.line.text;
    const { caret, anchor } = this.line;
    change(this.line);
    const { text } = this.line;
    if (text === before) {
      if (caret !== this.line.caret || anchor !== this.line.anchor) this.changed(false);
      return false;
    }
    this.store();
    return true;
  }

  /** Moves the caret or the selection. */
  move(change: (line: EditLine) => boolean): void {
    this.sync();
    if (change(this.line)) this.changed(false);
  }

  /** Replaces the whole text, as one edit. */
  setText(text: string): void {
    this.edit((line) => {
      line.replace(text);
      line.moveTo(line.clusters.length);
    });
  }

  /** A text from the history. Returns true when there is a history to look through. */
  recall(direction: -1 | 1): boolean {
    const { history } = this;
    this.sync();
    if (history === null || history.isEmpty || untrack(this.masked) || untrack(this.readOnly)) return false;
    const text = direction < 0 ? history.older(this.line.text) : history.newer();
    if (text !== null) this.setText(text);
    return true;
  }

  submit(): void {
    this.sync();
    this.isSettling = false; // What the app makes of it is no part of an edit.
    const { text } = this.line;
    this.touched.value = true;
    if (!untrack(() => this.valid.value)) return;
    if (!untrack(this.masked)) this.call(() => this.history?.add(text), 'history');
    this.call(() => this.props.onSubmit?.(text), 'onSubmit');
  }

  /** Escape. Returns true when it meant something. */
  cancel(): boolean {
    const { onCancel } = this.props;
    this.sync();
    this.isSettling = false;
    const { hasSelection, text, caret } = this.line;
    if (hasSelection) this.move((line) => line.moveTo(caret));
    if (onCancel === undefined) return hasSelection;
    this.call(() => onCancel(text), 'onCancel');
    return true;
  }

  /** The field is left: what is typed later is another step of undo. */
  leave(): void {
    this.touched.value = true;
    this.line.undoSteps.endGroup();
  }

  /** What a suggestion adds behind the caret; `''` when there is none. Reads of the app's function are tracked. */
  suggested(): string {
    const whole = this.suggestion();
    return whole === null ? '' : whole.slice(this.line.text.length);
  }

  /** Takes the suggestion that shows. Returns false when none does. */
  accept(): boolean {
    const whole = untrack(() => this.suggestion());
    if (whole === null || untrack(this.readOnly)) return false;
    return this.edit((line) => {
      if (whole.startsWith(line.text)) line.insert(whole.slice(line.text.length));
      else {
        line.selectAll();
        line.insert(whole);
      }
    });
  }

  /** Runs code of the app that the prop `what` is, as handlers run: in the element's scope, which errors go to. */
  private call(run: () => void, what: string): void {
    try {
      runInScope(this.element, watched(this.element, run, what));
    } catch (error) {
      if (!reportError(this.element, error)) throw error;
    }
  }

  private suggestion(): string | null {
    const { suggestions } = this.props;
    const { text, caret, clusters, hasSelection } = this.line;
    if (suggestions === undefined || suggestions === null || text === '' || hasSelection || caret !== clusters.length || this.masked()) return null;
    const found = typeof suggestions === 'function' ? watched(this.element, suggestions, 'suggestions')(text) : suggestions.find((whole) => goesOn(text, whole));
    if (found === undefined || found === null) return null;
    const whole = sanitiseLine(found);
    return goesOn(text, whole) ? whole : null;
  }

  private beginSettling(): void {
    if (!this.isSettling) settleLater(this);
    this.isSettling = true;
  }

  /** Effects that a change caused have run: what is written from now on is no part of it. */
  settle(): void {
    this.isSettling = false;
  }

  /** Takes over what was written to the signal and not seen yet. */
  private sync(): void {
    const kept = untrack(() => this.source.value) as unknown;
    if (typeof kept !== 'string' || kept === this.line.text) return;
    this.isSettling = false;
    this.external(kept);
  }

  /** The line has another text: into the signal, and to the app. */
  private store(): void {
    this.touched.value = true;
    this.beginSettling();
    this.changed(true);
    const { text } = this.line;
    this.call(() => batch(() => void (this.source.value = text)), 'value');
    this.takeBack();
    this.call(() => this.props.onChange?.(this.line.text), 'onChange');
    this.takeBack();
  }

  /** Whoever keeps the text, or `onChange`, may have made another one of it, or refused it: part of the same edit. */
  private takeBack(): void {
    const { host, slot } = this.element;
    const kept = untrack(() => this.source.value);
    if (kept !== this.line.text && this.line.adopt(textOf(host, slot, kept))) this.changed(true);
  }

  private changed(isText: boolean): void {
    // There is one selection in an app, the last one made: what Ctrl+C copies.
    if (this.line.hasSelection) this.element.host.events.selection.clear();
    batch(() => {
      this.revision.value = untrack(() => this.revision.value) + 1;
      if (isText) this.textRevision.value = untrack(() => this.textRevision.value) + 1;
    });
  }
}

/** True when `whole` begins with `text`, whatever the case, and a cluster of its own comes after. */
function goesOn(text: string, whole: string): boolean {
  if (whole.length <= text.length) return false;
  if (!whole.startsWith(text) && whole.slice(0, text.length).toLowerCase() !== text.toLowerCase()) return false;
  let at = 0;
  for (const cluster of graphemes(whole)) {
    if (at >= text.length) break;
    at += cluster.length;
  }
  return at === text.length;
}

function historyOf(element: ElementScope, { history }: InputProps): InputHistory | null {
  if (history === undefined || history === null || history === false) return null;
  if (history === true) return new InputHistory({ value: [] });
  if (Array.isArray(history)) return new InputHistory({ value: [...(history as readonly string[])] });
  if (typeof history === 'object' && 'value' in history) return new InputHistory(history);
  throw badProp(element.host, element.slot, 'history', history, 'true, an array of texts or a signal of one');
}
