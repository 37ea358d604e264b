/**
 * Table: the keys of an input. They are default actions: they run after handlers and key maps, unless one took the
 * key, so an app may give any of them another meaning.
 *
 *   Enter submits, Escape cancels, ArrowUp/ArrowDown go through the history; Tab, ArrowRight and End at the end of
 *   the line take a suggestion. Ctrl+C copies while something is selected, else it ends the app; Ctrl+V puts in what
 *   was copied in this app last (what others copied comes by the terminal's own paste). Ctrl+Y is yank, as in a shell; redo is Ctrl+Shift+Z or Alt+Z, which terminals without the kitty protocol can tell, too.
 *
 * With Shift, movements select. A movement is taken even where it leads nowhere, so that nothing around scrolls.
 */
import { type KeyEvent, parseKeyPattern } from '../events/index.ts';
import type { EditUnit } from '../text/index.ts';
import type { ElementScope } from './element.ts';
import type { InputEditor } from './input-editor.ts';

/** Does something; false leaves the key to others. */
type Command = (editor: InputEditor, element: ElementScope) => boolean;

const COMMANDS = new Map<string, Command>();
/** Keys that key maps and key handlers of the app do not see while an input has focus. */
const KEPT = new Set<string>();

function bindKeys(patterns: string, command: Command, isKept = false): void {
  for (const pattern of patterns.split(' ')) {
    const { stroke } = parseKeyPattern(pattern);
    COMMANDS.set(stroke, command);
    if (isKept) KEPT.add(stroke);
  }
}

function bindMove(direction: -1 | 1, unit: EditUnit, patterns: string, silent = ''): void {
  const takes = direction > 0 && unit !== 'word';
  const command: Command = (editor) => {
    if (!takes || !editor.accept()) editor.move((line) => line.move(direction, unitFor(editor, unit)));
    return true;
  };
  bindKeys(patterns, command, true);
  if (silent !== '') bindKeys(silent, command);
  const shifted = patterns.split(' ').map((pattern) => `shift+${pattern}`);
  const extend: Command = (editor) => {
    editor.move((line) => line.move(direction, unitFor(editor, unit), true));
    return true;
  };
  bindKeys(shifted.join(' '), extend, true);
}

function bindDelete(direction: -1 | 1, unit: EditUnit, patterns: string, { kill = false, silent = '' }: { kill?: boolean; silent?: string } = {}): void {
  const command: Command = (editor) => {
    editor.edit((line) => void line.delete(direction, unitFor(editor, unit), kill));
    return true;
  };
  if (patterns !== '') bindKeys(patterns, command, true);
  if (silent !== '') bindKeys(silent, command);
}

bindMove(-1, 'cluster', 'ArrowLeft', 'ctrl+b');
bindMove(1, 'cluster', 'ArrowRight', 'ctrl+f');
bindMove(-1, 'word', 'ctrl+ArrowLeft alt+ArrowLeft', 'alt+b');
bindMove(1, 'word', 'ctrl+ArrowRight alt+ArrowRight', 'alt+f');
bindMove(-1, 'line', 'Home ctrl+Home super+ArrowLeft', 'ctrl+a');
bindMove(1, 'line', 'End ctrl+End super+ArrowRight', 'ctrl+e');

bindDelete(-1, 'cluster', 'Backspace shift+Backspace', { silent: 'ctrl+h' });
bindDelete(1, 'cluster', 'Delete');
bindDelete(-1, 'word', 'alt+Backspace ctrl+Backspace', { kill: true });
bindDelete(1, 'word', 'ctrl+Delete alt+Delete', { kill: true, silent: 'alt+d' });
bindDelete(-1, 'blank', '', { kill: true, silent: 'ctrl+w' });
bindDelete(-1, 'line', 'super+Backspace', { kill: true, silent: 'ctrl+u' });
bindDelete(1, 'line', '', { kill: true, silent: 'ctrl+k' });

bindKeys('ctrl+d', (editor) => {
  if (editor.line.text === '') return false;
  editor.edit((line) => void line.delete(1, 'cluster'));
  return true;
});
bindKeys('ctrl+y', edits((editor) => editor.edit((line) => void line.yank())));
bindKeys('alt+y', edits((editor) => editor.edit((line) => void line.yankOlder())));
bindKeys('ctrl+t', edits((editor) => editor.edit((line) => void line.transpose())));
bindKeys('ctrl+z super+z ctrl+_ ctrl+/', edits((editor) => editor.edit((line) => void line.undo())));
bindKeys('ctrl+shift+z super+shift+z alt+z alt+shift+z', edits((editor) => editor.edit((line) => void line.redo())));
bindKeys('ctrl+shift+a super+a alt+a', (editor) => {
  editor.move((line) => line.selectAll());
  return true;
});
// A text selected on the screen was selected after what is selected here.
bindKeys('ctrl+c super+c ctrl+Insert', (editor, element) => !element.host.events.selection.exists && copy(editor, element));
bindKeys('ctrl+x super+x shift+Delete', (editor, element) => {
  if (!copy(editor, element)) return false;
  // Also to be yanked, should the terminal have refused it. What is not copied is not cut.
  if (!editor.masked()) editor.edit((line) => void line.delete(1, 'cluster', true));
  return true;
});
bindKeys('ctrl+v super+v shift+Insert', (editor, element) => {
  const { copied } = element.host.events.selection;
  if (copied === '') return false;
  editor.edit((line) => void line.insert(copied));
  return true;
});
bindKeys('Enter shift+Enter ctrl+j', (editor) => {
  editor.submit();
  return true;
});
bindKeys('Escape', (editor) => editor.cancel());
bindKeys('Tab', (editor) => editor.accept());
bindKeys('ArrowUp ctrl+p', (editor) => editor.recall(-1));
bindKeys('ArrowDown ctrl+n', (editor) => editor.recall(1));

function edits(run: (editor: InputEditor) => void): Command {
  return (editor) => {
    run(editor);
    return true;
  };
}

/** Copies the selection. False without one. What a password input holds is not copied. */
function copy(editor: InputEditor, element: ElementScope): boolean {
  if (!editor.line.hasSelection) return false;
  if (editor.masked()) return true;
  element.host.events.selection.copyText(editor.line.selectedText);
  return true;
}

/** Where the words of a password begin is not told. */
function unitFor(editor: InputEditor, unit: EditUnit): EditUnit {
  return unit !== 'cluster' && editor.masked() ? 'line' : unit;
}

/** What a key types; `''` when it is no text. AltGr comes as Ctrl and Alt with a text. */
function typedText(event: KeyEvent): string {
  return event.super || event.meta || event.hyper || event.ctrl !== event.alt ? '' : event.text;
}

/** What an input does with a key. False leaves it to others. */
export function inputKey(editor: InputEditor, element: ElementScope, event: KeyEvent): boolean {
  for (const stroke of event.strokes) {
    const command = COMMANDS.get(stroke);
    if (command !== undefined) return command(editor, element);
  }
  const text = typedText(event);
  if (text === '') return false;
  editor.edit((line) => void line.insert(text, true));
  return true;
}

/** Keys that mean the text itself: typing, deleting, moving. Others may be given another meaning by the app. */
export function keepsKey(event: KeyEvent): boolean {
  return typedText(event) !== '' || event.strokes.some((stroke) => KEPT.has(stroke));
}
