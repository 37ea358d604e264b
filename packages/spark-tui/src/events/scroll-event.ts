/** The content of an element was scrolled. */
import { UIEvent } from './ui-event.ts';

/** The content of an element was scrolled: by wheel, keys, the scroll bar or the program. Bubbles. */
export class ScrollEvent extends UIEvent {
  readonly type = 'scroll' as const;
  /** Offset now, in cells. */
  readonly scrollTop: number;
  readonly scrollLeft: number;
  /** How far it moved; positive is down or right. */
  readonly deltaX: number;
  readonly deltaY: number;

  constructor(scrollLeft: number, scrollTop: number, deltaX: number, deltaY: number) {
    super();
    this.scrollLeft = scrollLeft;
    this.scrollTop = scrollTop;
    this.deltaX = deltaX;
    this.deltaY = deltaY;
  }
}
