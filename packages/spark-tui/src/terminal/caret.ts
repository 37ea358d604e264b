/** The real cursor of the terminal, shown where text is edited: input methods and screen readers look for it there. */
import type { ByteBuffer } from './byte-buffer.ts';

/** Shape of the cursor. */
export type CaretShape = 'block' | 'underline' | 'bar';

/** Where the cursor stands, in cells of the screen from 0; outside of the screen it is hidden. */
export interface Caret {
  readonly x: number;
  readonly y: number;
  /** Absent: the user's own shape. */
  readonly shape?: CaretShape;
  /** Absent or true: it blinks, when it has a shape. */
  readonly blink?: boolean;
}

/** A caret, or a function asked at the end of each frame, when all positions are known. */
export type CaretSource = Caret | (() => Caret | null);

/** What places the cursor: the encoder. */
export interface CursorWriter {
  /** `relative`: what is shown hangs on where the cursor is. */
  readonly caps: { readonly relative: boolean };
  moveCursor(x: number, y: number, out: ByteBuffer): void;
  /** Cursor and pen are unknown from now on. */
  forget(): void;
}

const STYLES: Readonly<Record<CaretShape, number>> = { block: 1, underline: 3, bar: 5 };

/** Parameter of DECSCUSR: 0 the user's own, odd blinks, even does not. */
export function caretStyle({ shape, blink }: Caret): number {
  return shape === undefined ? 0 : STYLES[shape] + (blink === false ? 1 : 0);
}
