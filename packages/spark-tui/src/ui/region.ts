/**
 * A region: the run of siblings that a flow (show, each, when) fills and empties. Two anchor nodes,
 * never laid out or painted, mark where it begins and ends, so that order holds whatever comes and goes
 * around it, nested regions included.
 *
 *   parent: … [start anchor] child child [start [..] end] child [end anchor] …
 */
import { Scope } from '../base/index.ts';
import { getCurrentScope, runInScope } from '../reactive/index.ts';
import { KIND_ANCHOR, NIL, U32_NEXT, U32_PREV } from '../scene/index.ts';
import { type Host, Place } from './host.ts';

/** Owns the two anchors of a flow; lives under the scope that was current when the flow was made. */
export class Region extends Scope {
  readonly host: Host;
  readonly parent: number;
  readonly start: number;
  readonly end: number;
  private readonly startGeneration: number;
  private readonly endGeneration: number;

  constructor(place: Place) {
    super(getCurrentScope());
    const { host } = place;
    this.host = host;
    this.parent = place.parent;
    this.start = host.scene.create(KIND_ANCHOR, place.parent, place.before);
    this.end = host.scene.create(KIND_ANCHOR, place.parent, place.before);
    this.startGeneration = host.scene.generation(this.start);
    this.endGeneration = host.scene.generation(this.end);
    this.context = new Place(host, place.parent, this.end);
  }

  /** Makes a scope whose elements go to the end of the region, and runs `fn` in it. */
  branch(fn: () => unknown): Scope {
    const scope = new Scope(this);
    try {
      runInScope(scope, fn);
    } catch (error) {
      scope.dispose();
      throw error;
    }
    return scope;
  }

  /** The sibling before the end anchor; the start anchor when the region is empty. */
  lastNode(): number {
    const { scene } = this.host;
    return scene.u32.array[U32_PREV * scene.capacity + this.end];
  }

  /** Puts anchors around the siblings from `first` to the end of the region. They die with `scope`. */
  bracket(scope: Scope, first: number): { first: number; last: number } {
    const { scene } = this.host;
    const start = scene.create(KIND_ANCHOR, this.parent, first);
    const end = scene.create(KIND_ANCHOR, this.parent, this.end);
    scope.onDispose(() => {
      scene.remove(start);
      scene.remove(end);
    });
    return { first: start, last: end };
  }

  /** Moves the siblings `first` … `last` in front of `before`. */
  moveRange(first: number, last: number, before: number): void {
    if (first === NIL || first === before) return;
    const { scene } = this.host;
    let node = first;
    for (;;) {
      const next = scene.u32.array[U32_NEXT * scene.capacity + node];
      scene.moveBefore(node, before);
      if (node === last) return;
      node = next;
    }
  }

  override release(): void {
    super.release();
    const { scene } = this.host;
    if (scene.isLive(this.start, this.startGeneration)) scene.remove(this.start);
    if (scene.isLive(this.end, this.endGeneration)) scene.remove(this.end);
  }
}
