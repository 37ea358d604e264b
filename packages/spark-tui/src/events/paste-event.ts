/** Text that was pasted into the terminal. */
import { UIEvent } from './ui-event.ts';

/** Text pasted into the terminal, as one event. Line ends are `\n`; control characters other than tab became U+FFFD. */
export class PasteEvent extends UIEvent {
  readonly type = 'paste' as const;
  readonly text: string;
  /** True when the end is missing: the paste was larger than the limit, or its end mark never came. */
  readonly truncated: boolean;

  constructor(text: string, truncated: boolean = false) {
    super();
    this.text = text;
    this.truncated = truncated;
  }
}
