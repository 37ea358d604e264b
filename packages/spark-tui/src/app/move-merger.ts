/**
 * Merges mouse moves: a hand on a mouse makes hundreds of reports a second, and of those that arrive together only the
 * last tells where the pointer is. Moves and drags in a row with the same button and modifiers become the last of them;
 * any other event between them keeps its place.
 *
 * Invariants: at most one event is held, and only while a read is decoded: its owner calls `flush` at the end.
 */
import type { InputEvent, InputSink, MouseInput } from '../terminal/index.ts';

export class MoveMerger {
  private readonly sink: InputSink;
  private held: MouseInput | null = null;

  constructor(sink: InputSink) {
    this.sink = sink;
  }

  /** Takes the next event; passes it on, unless it is a move that the next may replace. */
  readonly push = (event: InputEvent): void => {
    const { held } = this;
    if (event.type === 'mouse' && (event.action === 'move' || event.action === 'drag')) {
      this.held = event;
      if (held === null) return;
      if (!continues(held, event)) this.sink(held);
      return;
    }
    if (held !== null) {
      this.held = null;
      this.sink(held);
    }
    this.sink(event);
  };

  /** Passes on what is held. */
  flush(): void {
    const { held } = this;
    if (held === null) return;
    this.held = null;
    this.sink(held);
  }
}

function continues(a: MouseInput, b: MouseInput): boolean {
  return a.action === b.action && a.button === b.button && a.shift === b.shift && a.alt === b.alt && a.ctrl === b.ctrl;
}
