/**
 * Default actions of a selection: the mouse selects, Ctrl+C (also with Shift, Super+C, Ctrl+Insert) copies and clears it, Escape
 * clears it. With nothing selected all of these keys are for others: a second Ctrl+C ends the app.
 */
import { type DefaultActions, RANK_COPY, RANK_SELECT, RANK_UNSELECT } from './default-actions.ts';
import type { KeyEvent } from './key-event.ts';
import type { Selection } from './selection.ts';
import type { SelectionMouse } from './selection-mouse.ts';

const COPY_KEYS: readonly string[] = ['ctrl+c', 'ctrl+shift+c', 'super+c', 'ctrl+Insert'];

/** Registers selecting for an app. */
export function registerSelectionActions(actions: DefaultActions, selection: Selection, mouse: SelectionMouse): void {
  actions.onApp('mouse', RANK_SELECT, (event, slot) => mouse.handle(event, slot));
  actions.onApp('key', RANK_COPY, (event) => {
    if (!selection.exists || !COPY_KEYS.some((key) => event.strokes.includes(key))) return false;
    selection.copy();
    mouse.stop();
    selection.clear();
    return true;
  });
  actions.onApp('key', RANK_UNSELECT, (event) => {
    if (!selection.exists || event.key !== 'Escape' || hasModifier(event)) return false;
    mouse.stop();
    selection.clear();
    return true;
  });
}

function hasModifier({ ctrl, alt, shift, meta, super: isSuper }: KeyEvent): boolean {
  return ctrl || alt || shift || meta || isSuper;
}
