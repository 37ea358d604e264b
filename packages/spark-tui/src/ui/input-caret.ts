/**
 * The caret of an input that has focus: the terminal's own cursor, put where the caret is when a frame ends, or one
 * that is drawn, whose blinking is the only timer an input has (none while it does not blink, or without focus).
 */
import type { TimerHandle } from '../base/index.ts';
import { signal, untrack, type WritableSignal } from '../reactive/index.ts';
import * as s from '../scene/index.ts';
import type { Caret, Claim, CaretSource } from '../terminal/index.ts';
import type { ElementScope } from './element.ts';
import { badProp, type InputCursor } from './input-props.ts';
import type { DrawnCaret, InputView } from './input-view.ts';

/** Changes a second of a drawn caret. */
const DEFAULT_FPS = 2;
const MAX_FPS = 60;

export class InputCaret {
  private readonly element: ElementScope;
  private readonly view: InputView;
  private readonly claim: Claim<CaretSource>;
  private readonly lit: WritableSignal<boolean> = signal(true);
  private timer: TimerHandle | null = null;
  private periodMs = 0;
  private cursor: InputCursor = {};
  private isShown = false;
  private sentCells = -1;
  private sentCursor: InputCursor | null = null;
  private readonly source = (): Caret | null => this.position();

  constructor(element: ElementScope, view: InputView) {
    this.element = element;
    this.view = view;
    this.claim = element.host.terminal.requests.carets.claim();
    element.onDispose(() => {
      this.stop();
      this.claim.release();
    });
  }

  /** The caret as it is to be from now on; tracks the blinking. Returns what is to be drawn; null when nothing is. */
  show(isFocused: boolean, cursor: InputCursor, blinks: boolean): DrawnCaret | null {
    this.cursor = cursor;
    const drawn = isDrawn(cursor);
    this.isShown = isFocused;
    this.claim.set(isFocused && !drawn ? this.source : null);
    const periodMs = isFocused && drawn && blinks ? this.periodOf(cursor) : 0;
    if (periodMs !== this.periodMs) {
      this.stop();
      this.periodMs = periodMs;
      if (periodMs > 0) this.start();
    }
    return isFocused && drawn ? { cursor, on: this.lit.value || periodMs === 0 } : null;
  }

  /** Something was typed, or the caret moved: it is lit for a whole period. */
  wake(): void {
    if (this.timer === null) return;
    this.stop();
    this.start();
    this.lit.value = true;
  }

  /** The window on the line may be another: a frame puts the terminal's cursor where the caret is now. */
  placed(): void {
    const { caretCells } = this.view.window;
    if (caretCells === this.sentCells && this.cursor === this.sentCursor) return;
    this.sentCells = caretCells;
    this.sentCursor = this.cursor;
    if (this.isShown && !isDrawn(this.cursor)) this.element.host.terminal.requests.request();
  }

  private start(): void {
    const { clock, timers } = this.element.host;
    timers.count++;
    this.timer = clock.setTimer(this.periodMs, () => {
      timers.count--;
      this.timer = null;
      this.start();
      this.lit.value = !untrack(() => this.lit.value);
    });
  }

  private stop(): void {
    if (this.timer === null) return;
    const { clock, timers } = this.element.host;
    clock.clearTimer(this.timer);
    timers.count--;
    this.timer = null;
  }

  private periodOf({ blink }: InputCursor): number {
    if (blink === false || (typeof blink === 'object' && blink.enabled === false)) return 0;
    const fps = typeof blink === 'object' ? (blink.fps ?? DEFAULT_FPS) : DEFAULT_FPS;
    const { host, slot } = this.element;
    if (!(fps > 0 && fps <= MAX_FPS)) throw badProp(host, slot, 'cursor.blink.fps', fps, `more than 0, at most ${MAX_FPS}`);
    return 1000 / fps;
  }

  /** Asked when a frame ends: where the caret is on the screen; null when something else shows there. */
  private position(): Caret | null {
    const { host, slot } = this.element;
    const { scene, events } = host;
    if (this.element.disposed) return null;
    const cap = scene.capacity;
    const text = this.view.textSlot;
    const widthCells = scene.i32.array[s.I32_W * cap + text];
    const { caretCells } = this.view.window;
    if (caretCells >= widthCells || scene.i32.array[s.I32_H * cap + text] === 0) return null;
    const x = scene.i32.array[s.I32_X * cap + text] + caretCells;
    const y = scene.i32.array[s.I32_Y * cap + text];
    // Cells belong to what the mouse would hit: clipped away or covered, the caret is not there.
    if (scene.u8.array[s.U8_POINTER_NONE * cap + slot] === 0 && events.pointer.hit(x, y) !== slot) return null;
    const { style, blink } = this.cursor;
    if (style === undefined && blink === undefined) return { x, y };
    return { x, y, shape: style ?? 'block', blink: blink !== false };
  }
}

/** True when the caret has something the terminal's cursor cannot have. */
function isDrawn({ drawn, char, altChar, fg, bg, blink }: InputCursor): boolean {
  return drawn ?? (char !== undefined || altChar !== undefined || (fg ?? bg ?? null) !== null || (typeof blink === 'object' && blink.fps !== undefined));
}
