/**
 * A key, as handlers see it: DOM names, every modifier a flag, and the numbers of the first SparkTUI for
 * programs that compare those.
 */
import type { KeyInput } from '../terminal/index.ts';
import { legacyKeycode, MODIFIER_ALT, MODIFIER_CTRL, MODIFIER_META, MODIFIER_SHIFT } from './key-constants.ts';
import { physicalCode } from './key-code.ts';
import { strokesOf } from './key-pattern.ts';
import { UIEvent } from './ui-event.ts';

/** What happened to a key. Terminals without the kitty protocol report only `press`. */
export type KeyEventType = 'press' | 'repeat' | 'release';

/**
 * A key. `key` is the unshifted character (`'a'`, also when Shift is held) or a DOM key name (`'Enter'`,
 * `'ArrowUp'`, `'F5'`, `'Space'`); `text` is what the key types, `''` when nothing.
 *
 * @example
 * box({ focusable: true, onKey: (event) => { if (event.ctrl && event.key === 's') save(); } });
 */
export class KeyEvent extends UIEvent {
  readonly type: KeyEventType;
  readonly key: string;
  readonly text: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** Super, Cmd or the Windows key. */
  readonly super: boolean;
  readonly meta: boolean;
  readonly hyper: boolean;
  /** Caps Lock was on (known only from the kitty protocol and Windows). */
  readonly capsLock: boolean;
  /** Num Lock was on (likewise). */
  readonly numLock: boolean;
  /** The character the key makes with Shift, when the terminal reports it; else `''`. */
  readonly shifted: string;
  /** The character of the same key on the US layout, when the terminal reports it; else `''`. */
  readonly base: string;
  private taken: readonly string[] | null = null;

  constructor(input: KeyInput) {
    super();
    this.type = input.event;
    this.key = input.key;
    this.text = input.text;
    this.ctrl = input.ctrl;
    this.alt = input.alt;
    this.shift = input.shift;
    this.super = input.super;
    this.meta = input.meta;
    this.hyper = input.hyper;
    this.capsLock = input.caps;
    this.numLock = input.num;
    this.shifted = input.shifted;
    this.base = input.base;
  }

  /** The place of the key on a US keyboard, as DOM's `code`: `'KeyA'`, `'Digit1'`, `'Enter'`; `''` when not known. */
  get code(): string {
    return physicalCode(this.key, this.base);
  }

  /** The number of the key: the character it types or one of the `KEY_*` constants. */
  get keycode(): number {
    return legacyKeycode(this.key, this.text);
  }

  /** Modifiers as bits: `MODIFIER_CTRL | MODIFIER_ALT | MODIFIER_SHIFT | MODIFIER_META`. */
  get modifiers(): number {
    const meta = this.super || this.meta;
    return (this.ctrl ? MODIFIER_CTRL : 0) | (this.alt ? MODIFIER_ALT : 0) | (this.shift ? MODIFIER_SHIFT : 0) | (meta ? MODIFIER_META : 0);
  }

  /** The same as `type`: one of the `KEY_STATE_*` constants. */
  get keyState(): KeyEventType {
    return this.type;
  }

  /**
   * What patterns are compared with.
   *
   * @internal
   */
  get strokes(): readonly string[] {
    this.taken ??= strokesOf(this);
    return this.taken;
  }
}
