/**
 * `input`: a line of text that is edited. Puts together the text (`input-editor.ts`), keys and mouse
 * (`input-keys.ts`, `input-mouse.ts`), what shows (`input-view.ts`) and the caret (`input-caret.ts`).
 */
import { renderEffect, untrack } from '../reactive/index.ts';
import { KIND_INPUT } from '../scene/index.ts';
import type { ColorInput } from '../style/index.ts';
import { applyProps, bindProp, buildElement, createElement, type ElementScope } from './element.ts';
import { currentPlace } from './host.ts';
import { InputCaret } from './input-caret.ts';
import { InputEditor } from './input-editor.ts';
import { inputKey, keepsKey } from './input-keys.ts';
import { InputMouse } from './input-mouse.ts';
import { badProp, boxPropsOf, checkMaxLength, INPUT_PROPS, type InputCursor, type InputProps, reader } from './input-props.ts';
import { InputRef } from './input-ref.ts';
import { InputView } from './input-view.ts';
import type { Cleanup, ElementProps, Prop } from './props.ts';
import { setFocusable } from './scroll-props.ts';

const DEFAULT_CURSOR: InputCursor = {};
const SHAPES: readonly unknown[] = [undefined, 'block', 'bar', 'underline'];

/**
 * A field for one line of text, with the keys of a shell and of an editor: words, selection, undo (Ctrl+Z), kill and
 * yank (Ctrl+K, Ctrl+Y), history, suggestions, mouse. `value` is written with every edit, and shown when it changes.
 *
 * @returns disposes the input
 * @throws PhaseError outside an app; OptionError when a prop has a value that cannot be used, such as a read-only `value`
 * @example
 * const name = signal('');
 * input({ value: name, placeholder: 'Your name', autoFocus: true, border: 'rounded', onSubmit: (text) => greet(text) });
 */
export function input(props: InputProps = {}): Cleanup {
  const element = createElement(KIND_INPUT, currentPlace('input()'));
  return buildElement(element, () => {
    const { host, slot } = element;
    if (props.id !== undefined) host.setLabel(slot, props.id);
    const editor = new InputEditor(element, props);
    const view = new InputView(element, editor, props);
    setFocusable(host, slot, true);
    applyProps(element, withInvalidColor(boxPropsOf(props), props, editor), INPUT_PROPS, 'input');
    bindProp(props.maxLength, (value) => void (editor.line.maxClusters = checkMaxLength(host, slot, value)), 'maxLength');
    bindProp(props.value ?? editor.line.text, (value) => untrack(() => editor.external(value)), 'value');
    bindEvents(element, editor, view);
    bindView(element, editor, view, props);
    const { ref } = props;
    if (ref instanceof InputRef) {
      ref.connect(editor);
      element.onDispose(() => ref.connect(null));
    }
  });
}

function bindEvents(element: ElementScope, editor: InputEditor, view: InputView): void {
  const { host, slot } = element;
  const { defaults } = host.events;
  const mouse = new InputMouse(element, editor, view);
  defaults.claimKeys(KIND_INPUT, keepsKey);
  defaults.onNode(slot, 'key', (event) => inputKey(editor, element, event));
  defaults.onNode(slot, 'paste', (event) => {
    editor.edit((line) => void line.insert(event.text.replace(/\n+$/, '')));
    return true;
  });
  defaults.onNode(slot, 'mouse', (event) => mouse.handle(event));
}

function bindView(element: ElementScope, editor: InputEditor, view: InputView, props: InputProps): void {
  const { host, slot } = element;
  const { focus, signals } = host.events;
  const caret = new InputCaret(element, view);
  const focused = focus.isFocused(slot, host.scene.generation(slot));
  const bounds = host.bounds.signal(view.textSlot);
  const readCursor = reader<InputCursor | undefined>(props.cursor);
  let hadFocus = false;
  let shown = -1;
  renderEffect(() => {
    const revision = editor.revision.value;
    const isFocused = focused.value;
    if (hadFocus && !isFocused) editor.leave();
    hadFocus = isFocused;
    const cursor = readCursor() ?? DEFAULT_CURSOR;
    if (typeof cursor !== 'object' || !SHAPES.includes(cursor.style)) {
      throw badProp(host, slot, 'cursor', (cursor as InputCursor).style ?? cursor, "{ style: 'block', 'bar' or 'underline', … }");
    }
    if (revision !== shown) caret.wake();
    shown = revision;
    view.show(bounds.value.width, isFocused, caret.show(isFocused, cursor, signals.terminalFocused.value));
    caret.placed();
  }, 'input');
}

/** While what is wrong with the text is to be shown, the border (without one, the text) has another colour. */
function withInvalidColor(rest: ElementProps, props: InputProps, editor: InputEditor): ElementProps {
  const { invalidColor } = props;
  if (invalidColor === undefined || invalidColor === null) return rest;
  const color = reader<ColorInput | undefined>(invalidColor);
  const isBordered = ['border', 'borderTop', 'borderRight', 'borderBottom', 'borderLeft'].some((side) => side in rest);
  const name = isBordered ? 'borderColor' : 'fg';
  const usual = reader<ColorInput | undefined>((rest as Record<string, Prop<ColorInput | undefined>>)[name]);
  return { ...rest, [name]: () => (editor.touched.value && !editor.valid.value ? color() : usual()) };
}
