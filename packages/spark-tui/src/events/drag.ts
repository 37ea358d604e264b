/**
 * One drag: armed by a press on an element that (or whose ancestor) has `onDrag`, started by the first move to
 * another cell, ended by the release. It belongs to that element until then, wherever the mouse is.
 */
import type { MouseInput } from '../terminal/index.ts';
import { DragEvent, type DragStage, type MouseFacts } from './mouse-event.ts';

/** Sends a drag event to the element; returns true when a handler prevented its default. */
export type DragSink = (slot: number, event: DragEvent) => boolean;

export class Drag {
  /** The element it belongs to. */
  readonly slot: number;
  readonly generation: number;
  private readonly startX: number;
  private readonly startY: number;
  private lastX: number;
  private lastY: number;
  private state: 'armed' | 'started' | 'off' = 'armed';

  constructor(slot: number, generation: number, x: number, y: number) {
    this.slot = slot;
    this.generation = generation;
    this.startX = x;
    this.startY = y;
    this.lastX = x;
    this.lastY = y;
  }

  /** True from the first move until the end, unless a handler called it off. */
  get started(): boolean {
    return this.state === 'started';
  }

  /** The mouse moved with the button held. */
  move(input: MouseInput, facts: MouseFacts, send: DragSink): void {
    if (this.state === 'armed') {
      if (input.x === this.startX && input.y === this.startY) return;
      this.state = 'started';
      if (send(this.slot, this.event('start', input, facts, false))) this.state = 'off';
    }
    if (this.state !== 'started') return;
    send(this.slot, this.event('move', input, facts, false));
    this.lastX = input.x;
    this.lastY = input.y;
  }

  /** The button was released, or (`cancelled`) the mouse is lost. */
  end(input: MouseInput, facts: MouseFacts, cancelled: boolean, send: DragSink): void {
    const { started } = this;
    this.state = 'off';
    if (started) send(this.slot, this.event('end', input, facts, cancelled));
  }

  /** A start tells of the cell of the press as the one before, so its deltas are those of the first move. */
  private event(stage: DragStage, input: MouseInput, facts: MouseFacts, cancelled: boolean): DragEvent {
    const { startX, startY, lastX, lastY } = this;
    return new DragEvent(input, { ...facts, stage, startX, startY, lastX, lastY, cancelled });
  }
}
