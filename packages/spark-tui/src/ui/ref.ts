/**
 * A handle on an element: made by the user, filled by the element, empty again when that is disposed.
 */
import { OptionError, PhaseError, StaleRefError } from '../base/index.ts';
import { type ElementHandle, type ScrollBlock, type ScrollMetrics, scrollOffsetsBy, scrollTo, scrollToEnd } from '../events/index.ts';
import { derived, type ReadableSignal, runInScope, signal } from '../reactive/index.ts';
import type { Host } from './host.ts';

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

const SCROLL_BLOCKS: readonly ScrollBlock[] = ['nearest', 'start', 'center', 'end'];
const NOTHING_TO_SCROLL: ScrollMetrics = { scrollLeft: 0, scrollTop: 0, scrollWidth: 0, scrollHeight: 0, clientWidth: 0, clientHeight: 0 };

/**
 * Handle on an element.
 *
 * @example
 * const panel = createRef();
 * box({ ref: panel, grow: 1 });
 * text({ content: () => `${panel.bounds().width} cells wide` });
 */
export class Ref {
  private host: Host | null = null;
  /** Goes up with every element the handle is given to: who asked too early is told. */
  private readonly attached = signal(0);
  private slot = 0;
  private generation = 0;
  private focusedSignal: ReadableSignal<boolean> | null = null;
  private withinSignal: ReadableSignal<boolean> | null = null;

  /** True while the element exists. */
  get isMounted(): boolean {
    return this.host !== null && this.host.scene.isLive(this.slot, this.generation);
  }

  /** The element as events name it (`ref.current === event.target`); null while there is none. */
  get current(): ElementHandle | null {
    return this.host !== null && this.isMounted ? this.host.events.handles.of(this.slot) : null;
  }

  /**
   * Where the element is on the screen, in cells. Reactive: inside an effect or a getter prop it is read
   * again after each layout that changed it. Throws when the element was not made yet or is gone.
   */
  bounds(): Rect {
    return this.check('bounds()').bounds.signal(this.slot).value;
  }

  /** Gives the element keyboard focus, when it is focusable, shown and enabled. Returns true when it has it now. */
  focus(): boolean {
    return this.check('focus()').events.focus.set(this.slot);
  }

  /** Takes keyboard focus from the element, or from what is in it and has it. */
  blur(): void {
    const { focus } = this.check('blur()').events;
    if (focus.isInside(focus.slot, this.slot)) focus.set(0);
  }

  /** True when the element has focus. Reactive. */
  get isFocused(): boolean {
    return this.focused.value;
  }

  /** True when the element or something in it has focus. Reactive. */
  get isFocusWithin(): boolean {
    return this.focusWithin.value;
  }

  /** Whether the element has focus, as a signal. May be read before the element is made. */
  get focused(): ReadableSignal<boolean> {
    this.focusedSignal ??= this.watch((host) => host.events.focus.slotSignal.value === this.slot);
    return this.focusedSignal;
  }

  /** Whether the element or something in it has focus, as a signal. May be read before the element is made. */
  get focusWithin(): ReadableSignal<boolean> {
    this.withinSignal ??= this.watch(({ events }) => events.focus.isInside(events.focus.slotSignal.value, this.slot));
    return this.withinSignal;
  }

  /**
   * Rows the content is scrolled by. Reactive; 0 before the element is made. Assigning scrolls, as far as there is
   * content: what is read changes with the next layout.
   */
  get scrollTop(): number {
    return this.scrollMetrics().scrollTop;
  }

  set scrollTop(cells: number) {
    this.scrollTo({ y: cells });
  }

  /** Columns the content is scrolled by. Reactive and assignable like `scrollTop`. */
  get scrollLeft(): number {
    return this.scrollMetrics().scrollLeft;
  }

  set scrollLeft(cells: number) {
    this.scrollTo({ x: cells });
  }

  /** Rows of the content, at least those of the window. Reactive; 0 before the element is made. */
  get scrollHeight(): number {
    return this.scrollMetrics().scrollHeight;
  }

  /** Columns of the content, at least those of the window. Reactive; 0 before the element is made. */
  get scrollWidth(): number {
    return this.scrollMetrics().scrollWidth;
  }

  /** Rows of the window: the element without border and scroll bar. Reactive; 0 before the element is made. */
  get clientHeight(): number {
    return this.scrollMetrics().clientHeight;
  }

  /** Columns of the window. Reactive; 0 before the element is made. */
  get clientWidth(): number {
    return this.scrollMetrics().clientWidth;
  }

  /**
   * Scrolls the content to a place in cells; an axis left out stays. Offsets beyond the content mean its end.
   *
   * @throws StaleRefError when the element was not made yet or is gone; OptionError for what is no number
   */
  scrollTo({ x, y }: { readonly x?: number | undefined; readonly y?: number | undefined } = {}): void {
    const host = this.check('scrollTo()');
    scrollTo(host.scene, this.slot, this.cells('scrollTo', 'x', x) ?? null, this.cells('scrollTo', 'y', y) ?? null);
  }

  /** Scrolls the content by a number of cells. Throws as `scrollTo`. */
  scrollBy({ x, y }: { readonly x?: number | undefined; readonly y?: number | undefined } = {}): void {
    const host = this.check('scrollBy()');
    scrollOffsetsBy(host.scene, this.slot, this.cells('scrollBy', 'x', x) ?? 0, this.cells('scrollBy', 'y', y) ?? 0);
  }

  /** Scrolls to the beginning of the content. Throws as `scrollTo`. */
  scrollToStart(): void {
    scrollTo(this.check('scrollToStart()').scene, this.slot, 0, 0);
  }

  /** Scrolls to the end of the content, also of what the next layout adds. Throws as `scrollTo`. */
  scrollToEnd(): void {
    scrollToEnd(this.check('scrollToEnd()').scene, this.slot);
  }

  /**
   * Scrolls everything around the element so that it shows: as near as possible (default), or at the start, in the
   * middle, at the end of the window. Right away, or after the layout that is due. Throws as `scrollTo`.
   */
  scrollIntoView({ block = 'nearest' }: { readonly block?: ScrollBlock | undefined } = {}): void {
    const host = this.check('scrollIntoView()');
    if (!SCROLL_BLOCKS.includes(block)) {
      throw new OptionError(`${host.describe(this.slot)}: scrollIntoView() was given block ${String(block)}; expected 'nearest', 'start', 'center' or 'end'`);
    }
    host.events.scroller.intoView(this.slot, block);
  }

  /** True when `handle` (`event.target`) is the element or something in it. */
  contains(handle: ElementHandle | null | undefined): boolean {
    return this.current?.contains(handle) ?? false;
  }

  /** @internal True once the handle was given to an element that exists. Reactive as to the first. */
  get isAttached(): boolean {
    return this.attached.value > 0 && this.isMounted;
  }

  /** @internal Ties the handle to an element. */
  attach(host: Host, slot: number): void {
    if (this.isMounted) throw new PhaseError('a ref was given to two elements at once; make one ref an element');
    this.host = host;
    this.slot = slot;
    this.generation = host.scene.generation(slot);
    this.attached.value = this.attached.peek() + 1;
  }

  /** @internal The slot of the element, and its app. Throws StaleRefError without one; `what` names the caller. */
  at(what: string): { readonly host: Host; readonly slot: number } {
    return { host: this.check(what), slot: this.slot };
  }

  /** A number of cells, as given by the user. */
  private cells(what: string, axis: string, value: number | undefined): number | undefined {
    if (value === undefined || (typeof value === 'number' && !Number.isNaN(value))) return value;
    const { host, slot } = this.at(`${what}()`);
    throw new OptionError(`${host.describe(slot)}: ${what}() was given ${axis} ${String(value)}; expected a number of cells`);
  }

  private scrollMetrics(): ScrollMetrics {
    // Read first, so that who asks before the element is made is told later.
    if (this.attached.value === 0 || this.host === null || !this.isMounted) return NOTHING_TO_SCROLL;
    return this.host.events.scroller.signal(this.slot).value;
  }

  private check(what: string): Host {
    if (this.host === null) throw new StaleRefError(`${what} of a ref that was not given to an element yet: pass it as the prop 'ref'`);
    if (!this.isMounted) throw new StaleRefError(`${what} of a ref whose element was disposed`);
    return this.host;
  }

  /** A signal about the element that is there now or comes later. No scope owns it; it holds nothing while nobody reads it. */
  private watch(read: (host: Host) => boolean): ReadableSignal<boolean> {
    return runInScope(null, () =>
      derived(() => {
        // Read first, so that who asks before the element is made is told later.
        if (this.attached.value === 0 || this.host === null) return false;
        const is = read(this.host);
        return is && this.isMounted;
      }),
    );
  }
}

/**
 * Makes an empty handle for an element's `ref` prop.
 *
 * @example
 * const field = createRef();
 * box({ ref: field, focusable: true, border: () => (field.isFocused ? 'double' : 'single') });
 * onKey('f', () => field.focus());
 */
export function createRef(): Ref {
  return new Ref();
}
