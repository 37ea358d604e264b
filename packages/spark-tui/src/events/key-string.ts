/**
 * Key strings, checked at compile time: `'ctrl+shift+p'`, `'Escape'`, `'g g'`, `'<leader> f'`. Types only; what
 * they mean at run time is in `key-pattern.ts` and `chord.ts`, which check again what was no literal.
 *
 *   stroke   [modifier+]… key      key: a name (any case), a short name, or the character it types
 *   chord    strokes separated by a space; `<leader>` stands for the leader key
 */
import type { KeyAlias, KeyName, ModifierName } from './key-name.ts';

type Ascii =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v')
  | ('w' | 'x' | 'y' | 'z' | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | ' ' | '!' | '"' | '#' | '$' | '%' | '&' | "'")
  | ('(' | ')' | '*' | '+' | ',' | '-' | '.' | '/' | ':' | ';' | '<' | '=' | '>' | '?' | '@' | '[' | '\\' | ']' | '^' | '_' | '`' | '{')
  | ('|' | '}' | '~');

type IsKey<S extends string> =
  Lowercase<S> extends Lowercase<KeyName> | KeyAlias
    ? true
    : S extends `${infer First}${infer Rest}`
      ? Rest extends ''
        ? true
        : Lowercase<First> extends Ascii
          ? false
          : true
      : false;

type IsStroke<S extends string> =
  IsKey<S> extends true
    ? true
    : S extends `${infer Modifier}+${infer Rest}`
      ? Lowercase<Modifier> extends ModifierName
        ? IsStroke<Rest>
        : false
      : false;

type IsChord<S extends string> = S extends ' '
  ? true
  : S extends `${infer First} ${infer Rest}`
    ? [IsChord<First>, IsChord<Rest>] extends [true, true]
      ? true
      : false
    : Lowercase<S> extends '<leader>'
      ? true
      : IsStroke<S>;

/** What a wrong key string is told to be: shown by the compiler. */
export interface NoSuchKey<S extends string> {
  readonly 'no such key': S;
}

/** `S` when it is one stroke; strings that are no literals pass and are checked when they are used. */
export type ValidKey<S extends string> = string extends S ? S : S extends unknown ? (IsStroke<S> extends true ? S : NoSuchKey<S>) : never;

/** `S` when it is a stroke or several, separated by spaces. */
export type ValidChord<S extends string> = string extends S ? S : S extends unknown ? (IsChord<S> extends true ? S : NoSuchKey<S>) : never;
