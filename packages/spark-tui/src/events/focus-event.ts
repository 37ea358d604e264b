/** Focus came to or left an element. */
import type { ElementHandle } from './element-handle.ts';
import { UIEvent } from './ui-event.ts';

/** `focus` and `blur` go to the element alone; `focusin` and `focusout` bubble. */
export type FocusEventType = 'focus' | 'blur' | 'focusin' | 'focusout';

/** Focus came to or left an element. */
export class FocusEvent extends UIEvent {
  readonly type: FocusEventType;
  /** The element that had focus before, or gets it next; null for none. */
  readonly relatedTarget: ElementHandle | null;

  constructor(type: FocusEventType, relatedTarget: ElementHandle | null) {
    super();
    this.type = type;
    this.relatedTarget = relatedTarget;
  }
}
