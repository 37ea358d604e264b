/**
 * What a terminal tells an application, as values: the output of the decoder and the input of everything
 * above it. Plain objects, no methods; every flag is always present, so that all key events share one shape.
 */

/**
 * A key went down, repeats, or went up.
 *
 * `key` is the un-shifted character for keys that print (`'a'`, `';'`, `'ф'`; a typed `A` is key `'a'` with
 * `shift` and text `'A'`), `'Space'`, and otherwise a DOM `KeyboardEvent.key`/`code` name: `'Enter'`, `'ArrowUp'`,
 * `'F5'`, `'NumpadAdd'`, `'ShiftLeft'`, … It is `''` when the terminal reports text without a key (an input method).
 * Without the kitty protocol a terminal cannot tell which key makes a symbol: a typed `:` is key `':'`.
 */
export interface KeyInput {
  readonly type: 'key';
  readonly key: string;
  /** What the key types, `''` for none. One grapheme cluster, or several from an input method. */
  readonly text: string;
  /** `'repeat'` and `'release'` come only from terminals asked to report them. */
  readonly event: 'press' | 'repeat' | 'release';
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  readonly super: boolean;
  readonly hyper: boolean;
  readonly meta: boolean;
  /** Caps Lock was on (only reported by the kitty protocol and Windows). */
  readonly caps: boolean;
  /** Num Lock was on (likewise). */
  readonly num: boolean;
  /** The character the key makes with shift, when the terminal reports it; else `''`. */
  readonly shifted: string;
  /** The character of the same key on the standard (US) layout, when the terminal reports it; else `''`. */
  readonly base: string;
}

/** Which button, or which direction of the wheel. */
export type MouseButton =
  | 'left'
  | 'middle'
  | 'right'
  | 'none'
  | 'wheelUp'
  | 'wheelDown'
  | 'wheelLeft'
  | 'wheelRight'
  | 'back'
  | 'forward';

/** The pointer: `x` and `y` are cells from 0 (pixels from 0 when SGR-pixel mode was asked for). */
export interface MouseInput {
  readonly type: 'mouse';
  readonly action: 'press' | 'release' | 'move' | 'drag' | 'wheel';
  /** `'none'` for a move, and for a release whose button an old encoding does not tell. */
  readonly button: MouseButton;
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** Text pasted between the bracketed-paste marks, exactly as it came (control characters and CR included) but for the decoder's `pasteFilter`. */
export interface PasteInput {
  readonly type: 'paste';
  readonly text: string;
  /** True when the end is missing: the paste was larger than the limit, or its end mark never came. */
  readonly truncated: boolean;
}

/** The terminal window gained or lost the keyboard. */
export interface FocusInput {
  readonly type: 'focus';
  readonly focused: boolean;
}

/** The terminal reports its new size in-band (mode 2048). Pixels are 0 when unknown. */
export interface ResizeInput {
  readonly type: 'resize';
  readonly cols: number;
  readonly rows: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** An answer of the terminal to a question, or a notification it was asked for. */
export type ResponseInput = { readonly type: 'response' } & (
  | { readonly kind: 'da1' | 'da2' | 'xtsmgraphics'; readonly params: readonly number[] }
  | { readonly kind: 'da3'; readonly id: string }
  | { readonly kind: 'xtversion'; readonly text: string }
  /** Mode report: value 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset. */
  | { readonly kind: 'decrpm'; readonly private: boolean; readonly mode: number; readonly value: number }
  /** Cursor position, 1-based as the terminal says it. */
  | { readonly kind: 'cpr'; readonly row: number; readonly col: number }
  | { readonly kind: 'dsr' | 'modifyOtherKeys'; readonly value: number }
  | { readonly kind: 'color'; readonly slot: 'foreground' | 'background' | 'cursor'; readonly spec: string }
  | { readonly kind: 'color'; readonly slot: 'palette'; readonly index: number; readonly spec: string }
  | { readonly kind: 'clipboard'; readonly selection: string; readonly base64: string }
  | { readonly kind: 'kitty-keyboard'; readonly flags: number }
  | { readonly kind: 'kitty-graphics'; readonly control: string; readonly message: string }
  | { readonly kind: 'xtgettcap' | 'decrqss'; readonly ok: boolean; readonly data: string }
  | { readonly kind: 'winops'; readonly op: number; readonly args: readonly number[] }
  | { readonly kind: 'color-scheme'; readonly scheme: 'dark' | 'light' }
  /** Any other operating system command; `data` is all between introducer and terminator. */
  | { readonly kind: 'osc'; readonly data: string }
);

/** Bytes that were consumed and mean nothing known: a broken, cancelled, abandoned or unknown sequence. */
export interface UnknownInput {
  readonly type: 'unknown';
  /** The first bytes of it, one character a byte. For diagnosis only. */
  readonly data: string;
}

/** Everything the decoder can say. */
export type InputEvent = KeyInput | MouseInput | PasteInput | FocusInput | ResizeInput | ResponseInput | UnknownInput;

/** Receives events one by one, in the order of the bytes. */
export type InputSink = (event: InputEvent) => void;
