/**
 * A handle on an element: made by the user, filled by the element, empty again when that is disposed.
 */
import { PhaseError, StaleRefError } from '../base/index.ts';
import { type ReadableSignal, signal } from '../reactive/index.ts';
import type { Scene } from '../scene/index.ts';

/** A rectangle in screen cells. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Gives rectangles as signals. */
export interface BoundsReader {
  signal(slot: number): ReadableSignal<Rect>;
}

interface FocusSetter {
  set(slot: number): void;
  /** The slot that has focus. Set to NIL before that slot is freed. */
  readonly slotSignal: ReadableSignal<number>;
}

/**
 * Handle on an element.
 *
 * @example
 * const panel = createRef();
 * box({ ref: panel, grow: 1 });
 * text({ content: () => `${panel.bounds().width} cells wide` });
 */
export class Ref {
  private scene: Scene | null = null;
  private boundsReader: BoundsReader | null = null;
  private focusSetter: FocusSetter | null = null;
  /** Goes up with every element the handle is given to: who asked too early is told. */
  private readonly attached = signal(0);
  private slot = 0;
  private generation = 0;

  /** True while the element exists. */
  get isMounted(): boolean {
    return this.scene !== null && this.scene.isLive(this.slot, this.generation);
  }

  /**
   * Where the element is on the screen, in cells. Reactive: inside an effect or a getter prop it is read
   * again after each layout that changed it. Throws when the element was not made yet or is gone.
   */
  bounds(): Rect {
    this.check('bounds()');
    return (this.boundsReader as BoundsReader).signal(this.slot).value;
  }

  /** Gives the element keyboard focus, when it is focusable and shown. */
  focus(): void {
    this.check('focus()');
    this.focusSetter?.set(this.slot);
  }

  /** True when the element has focus. Reactive. */
  get isFocused(): boolean {
    // Read first, so that who asks before the element is made or focused is told later.
    const focused = this.attached.value === 0 ? undefined : this.focusSetter?.slotSignal.value;
    return focused === this.slot && this.isMounted;
  }

  /** @internal Ties the handle to an element. */
  attach(scene: Scene, bounds: BoundsReader, focus: FocusSetter, slot: number): void {
    if (this.isMounted) throw new PhaseError('a ref was given to two elements at once; make one ref an element');
    this.scene = scene;
    this.boundsReader = bounds;
    this.focusSetter = focus;
    this.slot = slot;
    this.generation = scene.generation(slot);
    this.attached.value = this.attached.peek() + 1;
  }

  private check(what: string): void {
    if (this.scene === null) throw new StaleRefError(`${what} of a ref that was not given to an element yet: pass it as the prop 'ref'`);
    if (!this.isMounted) throw new StaleRefError(`${what} of a ref whose element was disposed`);
  }
}

/** Makes an empty handle for an element's `ref` prop. */
export function createRef(): Ref {
  return new Ref();
}
