/** One input in a test app, and what a test wants to see of it. */
import { signal, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../../packages/spark-tui/src/testing/index.ts';
import { createInputRef, input, type InputProps, type InputRef } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator } from '../oracle/emulator.ts';

export const DIM = 2;
export const INVERSE = 32;
export const RED = 0xffff_0000;

export interface Field {
  readonly app: TestApp;
  readonly ref: InputRef;
  readonly value: WritableSignal<string>;
}

/** One focused input at the top left, on a screen as wide as it is. */
export function field(initial: string, props: InputProps = {}, options: TestAppOptions = {}): Field {
  const value = signal(initial);
  const ref = createInputRef();
  const app = createTestApp(() => input({ value, ref, autoFocus: true, ...props }), { width: 20, height: 3, ...options });
  return { app, ref, value };
}

/** The text with `|` at the caret and brackets around what is selected. */
export function edited({ ref }: Field): string {
  const at = ref.caret;
  const { selectedText, value } = ref;
  if (selectedText === '') return `${value.slice(0, at)}|${value.slice(at)}`;
  const from = value.slice(at).startsWith(selectedText) ? at : at - selectedText.length;
  return `${value.slice(0, from)}[${selectedText}]${value.slice(from + selectedText.length)}`;
}

/** The attributes of the cells of a row that have `bit`. */
export function marked(app: TestApp, bit: number, y = 0): string {
  let out = '';
  for (let x = 0; x < 20; x++) {
    const { attrs, char } = app.cell(x, y);
    if ((attrs & bit) !== 0) out += char;
  }
  return out;
}

/** A terminal that sees what the app writes. */
export class Watcher {
  private readonly app: TestApp;
  private readonly emulator: Emulator;
  private visible = false;

  constructor(app: TestApp, cols: number, rows: number) {
    this.app = app;
    this.emulator = new Emulator({ cols, rows });
  }

  /** Where the cursor is: `x,y`, or `hidden`. */
  get cursor(): string {
    const bytes = this.app.bytes();
    this.emulator.write(bytes);
    for (const [, on] of Buffer.from(bytes).toString('latin1').matchAll(/\[\?25([hl])/g)) this.visible = on === 'h';
    const { cursorX, cursorY } = this.emulator.terminal.buffer.active;
    return this.visible ? `${cursorX},${cursorY}` : 'hidden';
  }
}
