/** Options of selecting text with the mouse, checked at the door. */
import { OptionError } from '../base/index.ts';
import { type CopyResult, DEFAULT_SELECTION, type SelectionSettings } from '../events/index.ts';
import { type ColorInput, parseColor } from '../style/index.ts';

/**
 * How text is selected with the mouse.
 *
 * @example
 * await mount(view, { selection: { bg: 'blue', copyOnSelect: true, onCopy: ({ ok }) => (copied.value = ok) } });
 */
export interface SelectionOptions {
  /** Colours of selected text. Default: swapped. */
  readonly fg?: ColorInput;
  readonly bg?: ColorInput;
  /** What is selected is copied when the button is released. Default `false`: Ctrl+C copies. */
  readonly copyOnSelect?: boolean;
  /** Told what became of every copy. */
  readonly onCopy?: (result: CopyResult) => void;
}

const KNOWN: readonly string[] = ['fg', 'bg', 'copyOnSelect', 'onCopy'];

/** Settings for an option; null when text is not selected. Throws OptionError naming what cannot be used. */
export function checkSelection(option: unknown): SelectionSettings | null {
  if (option === undefined || option === true) return DEFAULT_SELECTION;
  if (option === false) return null;
  if (typeof option !== 'object' || option === null) {
    throw new OptionError(`mount(): selection is ${String(option)}; expected true, false or an object with ${KNOWN.join(', ')}`);
  }
  for (const name of Object.keys(option)) {
    if (!KNOWN.includes(name)) throw new OptionError(`mount(): selection has no '${name}'; there are ${KNOWN.join(', ')}`);
  }
  const { fg, bg, copyOnSelect = false, onCopy = null } = option as SelectionOptions;
  if (typeof copyOnSelect !== 'boolean') throw new OptionError(`mount(): selection.copyOnSelect is ${String(copyOnSelect)}; expected true or false`);
  if (onCopy !== null && typeof onCopy !== 'function') throw new OptionError(`mount(): selection.onCopy is ${String(onCopy)}; expected a function`);
  return { fg: color('fg', fg), bg: color('bg', bg), copyOnSelect, onCopy };
}

function color(name: string, value: ColorInput): number {
  try {
    return parseColor(value);
  } catch (error) {
    throw new OptionError(`mount(): selection.${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
