/**
 * The mouse in an input: a press sets the caret (with Shift it selects up to there), a second one selects the word, a
 * third all; a drag selects, by words after a double press. What is selected follows the mouse also outside.
 */
import type { MouseEvent } from '../events/index.ts';
import { BUTTONS_LEFT } from '../events/index.ts';
import { NIL } from '../scene/index.ts';
import type { ElementScope } from './element.ts';
import type { InputEditor } from './input-editor.ts';
import type { InputView } from './input-view.ts';

export class InputMouse {
  private readonly element: ElementScope;
  private readonly editor: InputEditor;
  private readonly view: InputView;
  /** Where the press was; -1 while nothing is dragged. */
  private start = -1;
  private count = 0;

  constructor(element: ElementScope, editor: InputEditor, view: InputView) {
    this.element = element;
    this.editor = editor;
    this.view = view;
  }

  /** Returns true for what is the input's own. */
  handle(event: MouseEvent): boolean {
    if (event.type === 'down' && event.button === 'left') return this.press(event);
    if (event.type === 'move' && this.start >= 0 && (event.buttons & BUTTONS_LEFT) !== 0) {
      this.drag(event.x);
      return true;
    }
    if (event.type === 'up') this.start = -1;
    return false;
  }

  private press(event: MouseEvent): boolean {
    const { host, slot } = this.element;
    this.focus();
    if (this.element.disposed) return true; // By a handler of focus.
    host.events.selection.clear();
    const place = this.view.placeAt(event.x);
    this.start = place;
    this.count = event.count;
    host.events.pointer.capture(slot);
    this.editor.move((line) => {
      if (event.count >= 3 || (event.count === 2 && this.editor.masked())) return line.selectAll();
      if (event.count === 2) return line.selectWord(place);
      return line.moveTo(place, event.shift);
    });
    return true;
  }

  private drag(x: number): void {
    const { start, count, editor } = this;
    if (count >= 3) return;
    const place = this.view.placeAt(x);
    if (count === 2 && !editor.masked()) editor.move((line) => line.selectWords(start, place));
    else editor.move((line) => line.moveTo(place, true));
  }

  private focus(): void {
    const { host, slot } = this.element;
    const { focus, options } = host.events;
    const { trap } = focus;
    if (options.focusOnClick && focus.canHaveFocus(slot) && (trap === NIL || focus.isInside(slot, trap))) focus.set(slot);
  }
}
