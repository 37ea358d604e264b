/**
 * The props of `input`: those of every element, those of a bordered box, and its own. Own props are read and
 * checked here; what is wrong is said with the element's name.
 */
import { OptionError } from '../base/index.ts';
import { type Binding, untrack, type WritableSignal } from '../reactive/index.ts';
import type { ColorInput } from '../style/index.ts';
import { graphemes, graphemeWidth } from '../text/index.ts';
import { isSource } from './element.ts';
import type { Host } from './host.ts';
import { BOX_PROPS, ELEMENT_PROPS, type PropWriter } from './prop-table.ts';
import type { BoxProps, ElementProps, Prop } from './props.ts';

/**
 * Shape of the caret of an `input`.
 *
 * @example
 * input({ cursor: { style: 'bar' } });
 */
export type InputCursorStyle = 'block' | 'bar' | 'underline';

/**
 * The caret of an `input`. By default it is the terminal's own cursor in the shape its user chose, where input
 * methods and screen readers look for it. With `drawn`, or anything only a drawn one can have (`char`, `altChar`,
 * `fg`, `bg`, a number of blinks a second), it is painted into the cell instead. A cell cannot hold a bar beside a
 * letter: a drawn bar is a block there.
 *
 * @example
 * input({ cursor: { style: 'underline', blink: false } });
 * input({ cursor: { drawn: true, bg: 'yellow', blink: { fps: 2 } } });
 */
export interface InputCursor {
  readonly style?: InputCursorStyle | undefined;
  /** Blinks. Default true where `style` is given; `{ fps }` is changes a second of a drawn caret (default 2). */
  readonly blink?: boolean | { readonly fps?: number | undefined; readonly enabled?: boolean | undefined } | undefined;
  readonly drawn?: boolean | undefined;
  /** What is drawn instead of the character at the caret; and in between, when it blinks. */
  readonly char?: string | undefined;
  readonly altChar?: string | undefined;
  readonly fg?: ColorInput;
  readonly bg?: ColorInput;
}

/**
 * Says whether a text is good: `true`, or what is wrong with it.
 *
 * @example
 * const needed: InputValidator = (text) => text !== '' || 'needed';
 */
export type InputValidator = (text: string) => true | string;

/**
 * Props of `input`: its own, those of every element, and the border of a box. Without a width it is as wide as
 * there is room, or 20 cells of text.
 *
 * @example
 * const name: InputProps = { placeholder: 'Name', maxLength: 40, border: 'rounded', onSubmit: (text) => save(text) };
 */
export interface InputProps
  extends ElementProps,
    Pick<
      BoxProps,
      | 'border'
      | 'borderTop'
      | 'borderRight'
      | 'borderBottom'
      | 'borderLeft'
      | 'borderColor'
      | 'borderTopColor'
      | 'borderRightColor'
      | 'borderBottomColor'
      | 'borderLeftColor'
    > {
  /** Holds the text, both ways. Left out: the input keeps it itself. */
  value?: WritableSignal<string> | Binding<string> | undefined;
  /** Shown while there is no text. */
  placeholder?: Prop<string | undefined>;
  /** Default: the text colour, dim. */
  placeholderColor?: Prop<ColorInput | undefined>;
  /** Shows `maskChar` for every character; nothing is copied, and no history kept. */
  password?: Prop<boolean | undefined>;
  /** Default `'•'`. */
  maskChar?: Prop<string | undefined>;
  /** Most characters (grapheme clusters) that can be typed or pasted. A longer text written from outside is shown. */
  maxLength?: Prop<number | undefined>;
  /** The text can be selected and copied, but not edited. */
  readOnly?: Prop<boolean | undefined>;
  /** Asked whenever the text or a signal it reads changes. Enter submits only what is valid. */
  validate?: InputValidator | undefined;
  /** Border colour (text colour, without a border) while the text is not valid, once it was edited, left or submitted. */
  invalidColor?: Prop<ColorInput | undefined>;
  cursor?: Prop<InputCursor | undefined>;
  /** Colours of selected text. Default: reversed. */
  selectionFg?: Prop<ColorInput | undefined>;
  selectionBg?: Prop<ColorInput | undefined>;
  /** Texts for ArrowUp and ArrowDown, the oldest first. What is submitted is added; with a signal, to that. */
  history?: boolean | readonly string[] | WritableSignal<readonly string[]> | undefined;
  /** Whole texts, of which the first that goes on from what was typed is shown dim; Tab or ArrowRight takes it. */
  suggestions?: readonly string[] | ((text: string) => string | undefined) | undefined;
  /** The user changed the text; the signal has it already. May write it: what it makes of the text is part of the edit. */
  onChange?: ((text: string) => void) | undefined;
  /** Enter, with a valid text. */
  onSubmit?: ((text: string) => void) | undefined;
  /** Escape. */
  onCancel?: ((text: string) => void) | undefined;
}

/** Props that `input` reads itself. */
const OWN: ReadonlySet<string> = new Set<keyof InputProps>([
  'value',
  'placeholder',
  'placeholderColor',
  'password',
  'maskChar',
  'maxLength',
  'readOnly',
  'validate',
  'invalidColor',
  'cursor',
  'selectionFg',
  'selectionBg',
  'history',
  'suggestions',
  'onChange',
  'onSubmit',
  'onCancel',
]);

const nothing: PropWriter = () => {};

/** Props of the box around the line. Own ones are in it too, so that the error for a wrong name knows them. */
export const INPUT_PROPS: ReadonlyMap<string, PropWriter> = new Map<string, PropWriter>([
  ...ELEMENT_PROPS,
  ...[...BOX_PROPS].filter(([name]) => name.startsWith('border')),
  ...[...OWN].map((name): [string, PropWriter] => [name, nothing]),
]);

/** The props that are the box's. */
export function boxPropsOf(props: InputProps): ElementProps {
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) if (!OWN.has(name)) rest[name] = value;
  return rest as ElementProps;
}

/** A function that reads a prop now, tracked, wherever it comes from. */
export function reader<T>(prop: Prop<T>): () => T {
  if (typeof prop === 'function') return prop as () => T;
  return isSource(prop) ? () => (prop as { readonly value: T }).value : () => prop as T;
}

/** A function that reads a flag, and refuses what is none: a password must not show because of `'true'`. Checked at once. */
export function flagReader(host: Host, slot: number, name: string, prop: Prop<boolean | undefined>): () => boolean {
  const read = reader<unknown>(prop);
  const flag = (): boolean => {
    const value = read() ?? false;
    if (typeof value !== 'boolean') throw badProp(host, slot, name, value, 'true or false');
    return value;
  };
  untrack(flag);
  return flag;
}

/** An error that names the element. */
export function badProp(host: Host, slot: number, prop: string, value: unknown, expected: string): OptionError {
  const shown = typeof value === 'string' ? `'${value}'` : String(value);
  return new OptionError(`${host.describe(slot)}: ${prop} is ${shown}; expected ${expected}`);
}

export function checkMaxLength(host: Host, slot: number, value: unknown): number {
  const given = value ?? Infinity;
  if (given !== Infinity && !(Number.isInteger(given) && (given as number) >= 0)) {
    throw badProp(host, slot, 'maxLength', value, 'a number of characters (0 or more)');
  }
  return given as number;
}

export function checkMask(host: Host, slot: number, value: unknown): string {
  const given = value ?? '•';
  if (typeof given !== 'string' || graphemes(given).length !== 1 || graphemeWidth(given) === 0) {
    throw badProp(host, slot, 'maskChar', value, 'one character');
  }
  return given;
}

export function checkFunction(host: Host, slot: number, prop: string, value: unknown): void {
  if (value !== undefined && value !== null && typeof value !== 'function') throw badProp(host, slot, prop, value, 'a function');
}
