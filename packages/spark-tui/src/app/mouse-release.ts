/**
 * Hands the mouse back to the terminal, so that its own selection, menus and links work, and takes it again. Only on a
 * whole screen: a live region never has the mouse.
 */
import { type ReadableSignal, signal, type WritableSignal } from '../reactive/index.ts';
import type { MouseTracking } from '../terminal/index.ts';
import type { MouseHandover } from '../ui/index.ts';

interface MouseReleaseOptions {
  /** Pointer events the app asks for on a whole screen. */
  readonly tracking: MouseTracking;
  /** False where the mouse is the terminal's anyhow. */
  readonly isUsed: () => boolean;
  /** Switches the terminal over with the next frame. */
  readonly apply: (tracking: MouseTracking) => void;
  /** What is held and dragged counts as released. */
  readonly cancel: () => void;
}

export class MouseRelease implements MouseHandover {
  private readonly options: MouseReleaseOptions;
  private readonly isReleased: WritableSignal<boolean> = signal(false);

  constructor(options: MouseReleaseOptions) {
    this.options = options;
  }

  /** True while the terminal has the mouse that the app had before. */
  get released(): ReadableSignal<boolean> {
    return this.isReleased;
  }

  /** Hands it over, or takes it back. Returns whether that changed anything. */
  release(on: boolean): boolean {
    const { tracking, isUsed, apply, cancel } = this.options;
    if (on === this.isReleased.peek() || (on && (tracking === 'none' || !isUsed()))) return false;
    this.isReleased.value = on;
    if (on) cancel();
    apply(on ? 'none' : tracking);
    return true;
  }

  toggle(): boolean {
    return this.release(!this.isReleased.peek());
  }

  /** The mode of rendering changes, and who has the mouse with it. */
  reset(): void {
    this.isReleased.value = false;
  }
}
