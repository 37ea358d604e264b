/** The mouse as the terminal's: its own selection, menus and links, for as long as the app lets go of it. */
import type { ReadableSignal } from '../reactive/index.ts';
import { currentPlace } from './host.ts';

/** The way to hand the mouse to the terminal and to take it back. Also on a key: the mount option `mouseToggleKey`. */
export interface MouseHandover {
  /** True while the terminal has the mouse. */
  readonly released: ReadableSignal<boolean>;
  /** `true` hands it over, `false` takes it back. Returns whether that changed anything. */
  release(on: boolean): boolean;
}

/**
 * Hands the mouse to the terminal, whose own selection then works as everywhere, and takes it back.
 *
 * @throws PhaseError outside an app
 * @example
 * const mouse = mouseHandover();
 * show(() => mouse.released.value, () => text({ content: 'F12: mouse on' }));
 */
export function mouseHandover(): MouseHandover {
  return currentPlace('mouseHandover()').host.mouse;
}
