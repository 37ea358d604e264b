/**
 * The last key, the mouse and the modifiers of one app, as signals. They change before any handler runs, so a
 * handler reads what its own event made of them.
 */
import { derived, type ReadableSignal, runInScope, signal, type WritableSignal } from '../reactive/index.ts';
import type { KeyEvent } from './key-event.ts';
import type { MouseEvent } from './mouse-event.ts';

/** Modifiers that were held with the last key. */
export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

/** A place on the screen, in cells. */
export interface CellPosition {
  readonly x: number;
  readonly y: number;
}

const NO_MODIFIERS: Modifiers = { ctrl: false, alt: false, shift: false, meta: false };

export class InputSignals {
  /** The last key event: press, repeat or release. */
  readonly lastEvent: WritableSignal<KeyEvent | null> = signal<KeyEvent | null>(null);
  readonly lastMouseEvent: WritableSignal<MouseEvent | null> = signal<MouseEvent | null>(null);
  readonly mouseX: WritableSignal<number> = signal(0);
  readonly mouseY: WritableSignal<number> = signal(0);
  readonly isMouseDown: WritableSignal<boolean> = signal(false);
  /** False while another window of the user's has the keyboard, where the terminal tells. */
  readonly terminalFocused: WritableSignal<boolean> = signal(true);
  readonly lastKey: ReadableSignal<string>;
  readonly modifiers: ReadableSignal<Modifiers>;
  readonly mousePosition: ReadableSignal<CellPosition>;

  constructor() {
    // No scope owns them: they hold nothing while nobody reads them.
    const make = <T>(fn: () => T): ReadableSignal<T> => runInScope(null, () => derived(fn));
    this.lastKey = make(() => this.lastEvent.value?.key ?? '');
    this.modifiers = make(() => modifiersOf(this.lastEvent.value));
    this.mousePosition = make(() => ({ x: this.mouseX.value, y: this.mouseY.value }));
  }

  key(event: KeyEvent): void {
    this.lastEvent.value = event;
  }

  mouse(event: MouseEvent): void {
    this.lastMouseEvent.value = event;
    this.mouseX.value = event.x;
    this.mouseY.value = event.y;
    this.isMouseDown.value = event.buttons !== 0;
  }

  /** Lets go of the last events, and of what they name. */
  close(): void {
    this.lastEvent.value = null;
    this.lastMouseEvent.value = null;
  }
}

function modifiersOf(event: KeyEvent | null): Modifiers {
  if (event === null) return NO_MODIFIERS;
  return { ctrl: event.ctrl, alt: event.alt, shift: event.shift, meta: event.super || event.meta };
}
