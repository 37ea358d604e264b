/**
 * The mouse: which element is under it, hover, presses and clicks. Hit tests read the owner plane, so
 * they obey clipping and z by construction; a cell whose owner no longer exists belongs to nobody.
 */
import type { OwnerPlane } from '../cells/index.ts';
import { NIL, type Scene, U32_PARENT } from '../scene/index.ts';
import type { MouseInput } from '../terminal/index.ts';
import { MouseEvent, type MouseEventType } from './ui-event.ts';

/** Sends one mouse event to a node; `bubbles` lets ancestors see it too. */
export type MouseSink = (slot: number, event: MouseEvent, bubbles: boolean) => void;

export class Pointer {
  private readonly scene: Scene;
  private readonly owners: OwnerPlane;
  private readonly send: MouseSink;
  /** Nodes under the mouse, innermost first, as slot and generation pairs. */
  private hovered: number[] = [];
  private pressed = NIL;
  private pressedGeneration = 0;

  constructor(scene: Scene, owners: OwnerPlane, send: MouseSink) {
    this.scene = scene;
    this.owners = owners;
    this.send = send;
  }

  /** The node that shows at a screen cell; NIL for none. */
  hit(x: number, y: number): number {
    const slot = this.owners.at(x, y);
    return this.scene.isLive(slot, this.owners.generationAt(x, y)) ? slot : NIL;
  }

  /** Works one decoded mouse report. Returns the pressed node's slot on a press, for focus; else NIL. */
  handle(input: MouseInput): number {
    const over = this.hit(input.x, input.y);
    const generation = over === NIL ? 0 : this.scene.generation(over);
    this.hover(over, input);
    // Handlers may remove what is under the mouse, and its slot may be another node's then.
    const target = this.scene.isLive(over, generation) ? over : NIL;
    switch (input.action) {
      case 'press':
        this.pressed = target;
        this.pressedGeneration = generation;
        return this.emit('down', target, input) || !this.scene.isLive(target, generation) ? NIL : target;
      case 'release': {
        const pressed = this.pressed;
        this.pressed = NIL;
        this.emit('up', target, input);
        if (this.scene.isLive(pressed, this.pressedGeneration) && this.scene.isLive(target, generation)) this.emit('click', this.commonAncestor(pressed, target), input);
        return NIL;
      }
      case 'wheel':
        this.emit('wheel', target, input);
        return NIL;
      default:
        this.emit('move', target, input);
        return NIL;
    }
  }

  /** Forgets hover and presses (the terminal lost the mouse). */
  reset(): void {
    this.hovered = [];
    this.pressed = NIL;
  }

  /** Returns true when a handler prevented the default. */
  private emit(type: MouseEventType, slot: number, input: MouseInput): boolean {
    if (slot === NIL) return false;
    const event = new MouseEvent(type, input);
    this.send(slot, event, true);
    return event.defaultPrevented;
  }

  private hover(target: number, input: MouseInput): void {
    const path = this.path(target);
    const old = this.hovered;
    if (path.length === old.length && path.every((value, i) => value === old[i])) return;
    this.hovered = path;
    for (let i = 0; i < old.length; i += 2) {
      if (!containsPair(path, old[i], old[i + 1]) && this.scene.isLive(old[i], old[i + 1])) {
        this.send(old[i], new MouseEvent('leave', input), false);
      }
    }
    for (let i = path.length - 2; i >= 0; i -= 2) {
      if (!containsPair(old, path[i], path[i + 1]) && this.scene.isLive(path[i], path[i + 1])) {
        this.send(path[i], new MouseEvent('enter', input), false);
      }
    }
  }

  private path(slot: number): number[] {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const path: number[] = [];
    for (let node = slot; node !== NIL; node = u32[U32_PARENT * cap + node]) path.push(node, this.scene.generation(node));
    return path;
  }

  private commonAncestor(a: number, b: number): number {
    const path = this.path(a);
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    for (let node = b; node !== NIL; node = u32[U32_PARENT * cap + node]) {
      if (containsPair(path, node, this.scene.generation(node))) return node;
    }
    return NIL;
  }
}

function containsPair(pairs: readonly number[], slot: number, generation: number): boolean {
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === slot && pairs[i + 1] === generation) return true;
  return false;
}
