/** A handle on an input: what `Ref` gives, and the text, the caret and the verdict on the text. */
import { StaleRefError } from '../base/index.ts';
import { derived, type ReadableSignal, runInScope, signal, type WritableSignal } from '../reactive/index.ts';
import type { InputEditor } from './input-editor.ts';
import { Ref } from './ref.ts';

/**
 * Handle on an `input`. Places are UTF-16 indexes in the text, as strings have them; the caret is never inside of a
 * character of several code points.
 *
 * @example
 * const name = createInputRef();
 * input({ ref: name, validate: (text) => text !== '' || 'needed' });
 * text({ content: () => name.message.value, fg: 'red' });
 * onKey('F2', () => name.selectAll());
 */
export class InputRef extends Ref {
  private readonly editor: WritableSignal<InputEditor | null> = signal(null);
  /** False while `validate` says what is wrong. Current at once, whether or not the input was touched. */
  readonly valid: ReadableSignal<boolean> = this.read((editor) => editor.valid.value, true);
  /** What `validate` says is wrong; `''` when nothing is. */
  readonly message: ReadableSignal<string> = this.read((editor) => editor.message.value, '');
  /** True once the text was edited, left or submitted. */
  readonly touched: ReadableSignal<boolean> = this.read((editor) => editor.touched.value, false);

  /** The text. Reactive; `''` before the input is made. */
  get value(): string {
    return this.editor.value?.text ?? '';
  }

  /** Where the caret is. Reactive; 0 before the input is made. Assigning moves it, to the end of the character it would be in. */
  get caret(): number {
    const line = this.line;
    return line === null ? 0 : line.offsetOf(line.caret);
  }

  set caret(offset: number) {
    this.editorFor('caret').move((line) => line.moveTo(line.placeOf(offset)));
  }

  /** The selected text. Reactive. */
  get selectedText(): string {
    return this.line?.selectedText ?? '';
  }

  /** Replaces the text, as an edit of the user would: one step of undo, `onChange` is called. Nothing when read-only. */
  setValue(text: string): void {
    this.editorFor('setValue()').setText(text);
  }

  /** Puts text in at the caret, instead of what is selected. */
  insert(text: string): void {
    this.editorFor('insert()').edit((line) => void line.insert(text));
  }

  /** Selects from one place to another; the caret is at the second. */
  select(from: number, to: number): void {
    this.editorFor('select()').move((line) => line.select(line.placeOf(from), line.placeOf(to)));
  }

  selectAll(): void {
    this.editorFor('selectAll()').move((line) => line.selectAll());
  }

  undo(): void {
    this.editorFor('undo()').edit((line) => void line.undo());
  }

  redo(): void {
    this.editorFor('redo()').edit((line) => void line.redo());
  }

  /** What Enter does. Returns whether the text is valid. */
  submit(): boolean {
    const editor = this.editorFor('submit()');
    editor.submit();
    return this.valid.value;
  }

  /** @internal Ties the handle to an input; null unties it. */
  connect(editor: InputEditor | null): void {
    this.editor.value = editor;
  }

  private get line(): InputEditor['line'] | null {
    const editor = this.editor.value;
    void editor?.revision.value;
    return editor?.line ?? null;
  }

  private read<T>(get: (editor: InputEditor) => T, otherwise: T): ReadableSignal<T> {
    return runInScope(null, () =>
      derived(() => {
        const editor = this.editor.value;
        return editor === null ? otherwise : get(editor);
      }),
    );
  }

  private editorFor(what: string): InputEditor {
    const editor = this.editor.peek();
    if (editor === null) throw new StaleRefError(`${what} of an input ref that has no input: pass it to input() as the prop 'ref'`);
    return editor;
  }
}

/**
 * Makes an empty handle for the `ref` prop of an `input`.
 *
 * @example
 * const search = createInputRef();
 * input({ ref: search });
 * onKey('ctrl+l', () => search.setValue(''));
 */
export function createInputRef(): InputRef {
  return new InputRef();
}
