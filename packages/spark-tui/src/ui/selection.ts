/** Text selected on the screen, for the code inside an app. */
import type { CopyResult } from '../events/index.ts';
import type { ReadableSignal } from '../reactive/index.ts';
import { currentPlace } from './host.ts';

/** What is selected on the screen of an app. Kept for handlers, which run outside of any scope. */
export interface SelectionControl {
  /** True while something is selected. */
  readonly active: ReadableSignal<boolean>;
  /** What became of the last copy, from the screen or an input; null before the first. */
  readonly lastCopy: ReadableSignal<CopyResult | null>;
  /** The selected text; `''` when nothing is selected. Not reactive. */
  text(): string;
  /** Puts the selected text into the clipboard (OSC 52). */
  copy(): CopyResult;
  /** Selects all text of the app, as far as it can be selected. */
  selectAll(): void;
  clear(): void;
}

/**
 * The text the user has selected with the mouse. An element with `selectable: false` is left out, and a press on it keeps
 * what is selected: for a button that copies.
 *
 * @throws PhaseError outside an app
 * @example
 * const selected = selection();
 * text({ content: 'Copy', selectable: false, onClick: () => void selected.copy() });
 * text({ content: () => (selected.lastCopy.value?.ok === true ? 'copied' : '') });
 */
export function selection(): SelectionControl {
  return currentPlace('selection()').host.events.selection;
}
