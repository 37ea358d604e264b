/** Text with styles inside: the pieces a `text` shows one after the other. */
import type { UnderlineInput } from './attributes.ts';
import type { ColorInput } from './parse-colour.ts';

/**
 * A piece of a text with its own style. What is not given is as in the text around it; `false` takes an attribute
 * away that the text has.
 *
 * @example
 * const part: TextPart = { text: 'error', fg: 'red', bold: true };
 * text({ content: ['An ', part, ' happened: ', { text: 'docs', link: 'https://example.org/', underline: true }] });
 */
export interface TextPart {
  readonly text: string | number;
  readonly fg?: ColorInput;
  readonly bg?: ColorInput;
  readonly bold?: boolean | undefined;
  readonly dim?: boolean | undefined;
  readonly italic?: boolean | undefined;
  /** `true`, or a style: `'double'`, `'curly'`, `'dotted'`, `'dashed'`. */
  readonly underline?: UnderlineInput;
  /** Colour of the underline; that of the text when not given. */
  readonly underlineColor?: ColorInput;
  readonly blink?: boolean | undefined;
  readonly inverse?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly strikethrough?: boolean | undefined;
  /** Address to open: http, https, ftp, mailto or file. */
  readonly link?: string | undefined;
}
