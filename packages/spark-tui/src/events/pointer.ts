/**
 * The mouse: which element gets a report, hover, presses, clicks, drags, capture. Hit tests read the owner
 * plane, so they obey clipping and z by construction; a cell whose owner no longer exists belongs to nobody,
 * and what is disabled lets moves and the wheel through to what is around it.
 */
import type { Clock } from '../base/index.ts';
import type { OwnerPlane } from '../cells/index.ts';
import { NIL, type Scene } from '../scene/index.ts';
import type { MouseButton, MouseInput } from '../terminal/index.ts';
import { ClickCount } from './click-count.ts';
import { Drag, type DragSink } from './drag.ts';
import type { FocusFlags } from './focus-flags.ts';
import { Hover } from './hover.ts';
import { BUTTONS_LEFT, BUTTONS_MIDDLE, BUTTONS_RIGHT, MouseEvent, type MouseEventType, type MouseFacts, type PointerCapture, WheelEvent } from './mouse-event.ts';
import { parentOf } from './parent-of.ts';

/** Who takes the events of the pointer. */
export interface PointerSink {
  /** One event for a node (NIL: for nobody, but the app). It goes up to, but not into, `below`. */
  mouse(slot: number, event: MouseEvent, below: number): void;
  /** Runs `fn` as one event. */
  batch(fn: () => void): void;
  /** The nearest node at or above `slot` that wants drags; NIL for none. */
  dragOwner(slot: number): number;
}

interface Press {
  readonly button: MouseButton;
  readonly slot: number;
  readonly generation: number;
  readonly count: number;
}

const BUTTON_BITS: Readonly<Partial<Record<MouseButton, number>>> = { left: BUTTONS_LEFT, right: BUTTONS_RIGHT, middle: BUTTONS_MIDDLE };
/** Under a still mouse the layout may take what is hovered away and bring it back so often in a row (a hover that moves itself) … */
const MAX_RETURNS = 4;
/** … where what takes longer than this begins a new row. */
const RETURN_MS = 100;
/** A mouse has no more. */
const MAX_PRESSES = 8;

export class Pointer implements PointerCapture {
  private readonly scene: Scene;
  private readonly owners: OwnerPlane;
  private readonly flags: FocusFlags;
  private readonly clock: Clock;
  private readonly sink: PointerSink;
  private readonly hover: Hover;
  private readonly clicks: ClickCount = new ClickCount();
  private presses: Press[] = [];
  private drag: Drag | null = null;
  /** What was pressed was used for something else than a click. */
  private clickSpoilt = false;
  private captor = NIL;
  private captorGeneration = 0;
  private buttons = 0;
  private last: MouseInput | null = null;
  /** What a still mouse was over before the layout moved something else under it, and how often that came back. */
  private leftSlot = NIL;
  private returns = 0;
  private paintedMs = 0;
  private readonly sendDrag: DragSink = (slot, event) => {
    this.sink.mouse(slot, event, NIL);
    return event.defaultPrevented;
  };

  constructor(scene: Scene, owners: OwnerPlane, flags: FocusFlags, clock: Clock, sink: PointerSink) {
    this.scene = scene;
    this.owners = owners;
    this.flags = flags;
    this.clock = clock;
    this.sink = sink;
    this.hover = new Hover(scene);
  }

  /** The node that shows at a screen cell; NIL for none. */
  hit(x: number, y: number): number {
    const slot = this.owners.at(x, y);
    return this.scene.isLive(slot, this.owners.generationAt(x, y)) ? slot : NIL;
  }

  /** The node that all moves and the release go to now; NIL for none. */
  get captured(): number {
    return this.scene.isLive(this.captor, this.captorGeneration) ? this.captor : NIL;
  }

  /** From now on until the release, moves and the release go to the node `slot`. */
  capture(slot: number): void {
    this.captor = slot;
    this.captorGeneration = this.scene.generation(slot);
  }

  /** What is pressed now will be no click: it selected text. */
  spoilClick(): void {
    this.clickSpoilt = true;
  }

  /** Ends a capture. */
  release(): void {
    this.captor = NIL;
  }

  /** Works one decoded mouse report. */
  handle(input: MouseInput): void {
    this.last = input;
    this.leftSlot = NIL;
    this.returns = 0;
    // A move without a button tells that the release was lost.
    if (input.action === 'move' && this.buttons !== 0) this.cancel();
    const hit = this.hit(input.x, input.y);
    const over = this.flags.enabledAbove(hit);
    const generation = over === NIL ? 0 : this.scene.generation(over);
    if (this.captured === NIL) this.updateHover(over, input);
    // Handlers may remove what is under the mouse, and its slot may be another node's then.
    const target = this.scene.isLive(over, generation) ? over : NIL;
    switch (input.action) {
      case 'press':
        // What is disabled swallows presses.
        this.press(over === hit ? target : NIL, input);
        break;
      case 'release':
        this.releaseButton(over === hit ? target : NIL, input);
        break;
      case 'wheel':
        this.sink.mouse(target, new WheelEvent(input, this.facts(0, false)), NIL);
        break;
      default:
        this.moved(target, input);
    }
  }

  /** The screen was painted: under a still mouse there may be another element now. */
  painted(): void {
    const { last, hover } = this;
    if (last === null || this.captured !== NIL || this.scene.closing) return;
    const over = this.flags.enabledAbove(this.hit(last.x, last.y));
    if (hover.isAt(over)) return;
    const before = hover.target;
    if (over !== before) {
      const nowMs = this.clock.now();
      if (nowMs - this.paintedMs > RETURN_MS) this.returns = 0;
      this.paintedMs = nowMs;
      if (over === this.leftSlot && ++this.returns > MAX_RETURNS) return;
      this.leftSlot = before;
    }
    this.sink.batch(() => this.updateHover(over, last));
  }

  /** The terminal lost the mouse: what is held counts as released, without a click. */
  cancel(): void {
    const { drag, last } = this;
    this.drag = null;
    this.presses = [];
    this.buttons = 0;
    this.captor = NIL;
    this.clicks.reset();
    if (drag !== null && last !== null && this.scene.isLive(drag.slot, drag.generation)) drag.end(last, this.facts(0, false), true, this.sendDrag);
  }

  private press(target: number, input: MouseInput): void {
    const { button, x, y } = input;
    const count = this.clicks.press(button, x, y, this.clock.now());
    this.clickSpoilt = false;
    this.buttons |= BUTTON_BITS[button] ?? 0;
    const generation = target === NIL ? 0 : this.scene.generation(target);
    this.presses = [...this.presses.filter((other) => other.button !== button), { button, slot: target, generation, count }].slice(-MAX_PRESSES);
    if (this.drag === null && target !== NIL) {
      const owner = this.sink.dragOwner(target);
      if (owner !== NIL) this.drag = new Drag(owner, this.scene.generation(owner), x, y);
    }
    this.emit('down', target, input, count, false, NIL);
  }

  private releaseButton(over: number, input: MouseInput): void {
    const press = this.takePress(input.button);
    const count = press?.count ?? 0;
    const overGeneration = over === NIL ? 0 : this.scene.generation(over);
    const { captured, drag } = this;
    const dragged = drag?.started === true;
    const target = captured !== NIL ? captured : over;
    const pressed = press !== null && this.scene.isLive(press.slot, press.generation) ? press.slot : NIL;
    if (pressed !== NIL && target !== pressed) {
      const common = this.commonAncestor(pressed, target);
      if (common !== pressed) this.emit('up', pressed, input, count, true, common);
    }
    this.emit('up', this.scene.isLive(target, target === over ? overGeneration : this.captorGeneration) ? target : NIL, input, count, false, NIL);
    if (this.presses.length === 0) {
      this.drag = null;
      this.captor = NIL;
      if (dragged && this.scene.isLive(drag.slot, drag.generation)) drag.end(input, this.facts(0, false), false, this.sendDrag);
    }
    const stillPressed = press !== null && this.scene.isLive(press.slot, press.generation);
    const isClick = !dragged && !this.clickSpoilt;
    if (stillPressed && isClick && this.scene.isLive(over, overGeneration)) this.click(this.commonAncestor(press.slot, over), input, press);
    if (captured !== NIL) this.updateHover(this.scene.isLive(over, overGeneration) ? over : NIL, input);
  }

  private click(slot: number, input: MouseInput, press: Press): void {
    if (slot !== NIL) this.emit('click', slot, press.button === input.button ? input : { ...input, button: press.button }, press.count, false, NIL);
  }

  private moved(over: number, input: MouseInput): void {
    const { drag } = this;
    if (drag !== null) {
      if (this.scene.isLive(drag.slot, drag.generation)) {
        drag.move(input, this.facts(0, false), this.sendDrag);
        if (drag.started && this.captured === NIL && this.scene.isLive(drag.slot, drag.generation)) this.capture(drag.slot);
      } else this.drag = null;
    }
    const { captured } = this;
    this.emit('move', captured !== NIL ? captured : over, input, 0, false, NIL);
  }

  /** Old encodings do not tell which button was released: it is the one pressed last. */
  private takePress(button: MouseButton): Press | null {
    const known = button === 'none' ? this.presses.at(-1) : this.presses.find((press) => press.button === button);
    this.presses = button === 'none' ? [] : this.presses.filter((press) => press !== known);
    this.buttons = button === 'none' ? 0 : this.buttons & ~(BUTTON_BITS[button] ?? 0);
    return known ?? null;
  }

  private emit(type: MouseEventType, slot: number, input: MouseInput, count: number, outside: boolean, below: number): void {
    this.sink.mouse(slot, new MouseEvent(type, input, this.facts(count, outside)), below);
  }

  private updateHover(target: number, input: MouseInput): void {
    if (!this.hover.isAt(target)) this.hover.move(target, (slot, entered) => this.emit(entered ? 'enter' : 'leave', slot, input, 0, false, NIL));
  }

  private facts(count: number, outside: boolean): MouseFacts {
    return { pointer: this, count, buttons: this.buttons, outside, timeMs: this.clock.now() };
  }

  private commonAncestor(a: number, b: number): number {
    const above = new Set<number>();
    for (let node = a; node !== NIL; node = this.parent(node)) above.add(node);
    for (let node = b; node !== NIL; node = this.parent(node)) if (above.has(node)) return node;
    return NIL;
  }

  private parent(slot: number): number {
    return parentOf(this.scene, slot);
  }
}
