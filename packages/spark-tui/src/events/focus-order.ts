/**
 * The order in which Tab visits elements: those with a positive tabIndex by that number, then the others
 * (0) in document order; a negative tabIndex is reached by mouse or program only. Hidden and disabled subtrees
 * are left out; a focus group is one stop: its member that had focus last, else its first.
 *
 * The walk is iterative and costs the nodes below its root; its result is kept until the tree or what decides
 * about focus changes.
 */
import {
  DISPLAY_NONE,
  I32_TAB_INDEX,
  NIL,
  type Scene,
  U32_FIRST_CHILD,
  U32_NEXT,
  U32_PARENT,
  U8_DISPLAY,
  U8_FOCUSABLE,
  U8_HIDDEN,
} from '../scene/index.ts';
import { FOCUS_DISABLED, FOCUS_GROUP, type FocusFlags } from './focus-flags.ts';
import { parentOf } from './parent-of.ts';

export class FocusOrder {
  private readonly scene: Scene;
  private readonly flags: FocusFlags;
  /** The member of a group that had focus last, by the group's slot; NIL for none. */
  private readonly lastOf: (group: number) => number;
  private kept: readonly number[] = [];
  private keptRoot = NIL;
  private keptEdits = -1;
  private keptVersion = -1;
  /** Goes up with every change of what can have focus, other than by edits of the tree. */
  version = 0;

  constructor(scene: Scene, flags: FocusFlags, lastOf: (group: number) => number) {
    this.scene = scene;
    this.flags = flags;
    this.lastOf = lastOf;
  }

  /**
   * The stops below and at `root`. With `include`, that node is among them whatever it is: the place from which
   * to go on.
   */
  of(root: number, include: number = NIL): readonly number[] {
    const { scene } = this;
    if (this.keptRoot !== root || this.keptEdits !== scene.treeEdits || this.keptVersion !== this.version) {
      this.kept = this.collect(root, NIL);
      this.keptRoot = root;
      this.keptEdits = scene.treeEdits;
      this.keptVersion = this.version;
    }
    return include === NIL || this.kept.includes(include) ? this.kept : this.collect(root, include);
  }

  private collect(root: number, include: number): number[] {
    const { scene, flags } = this;
    const cap = scene.capacity;
    const u32 = scene.u32.array;
    const u8 = scene.u8.array;
    const tab = scene.i32.array;
    const found: number[] = [];
    let group = NIL;
    let groupAt = 0;
    let node = root;
    for (;;) {
      const own = flags.get(node);
      const open =
        u8[U8_HIDDEN * cap + node] === 0 && u8[U8_DISPLAY * cap + node] !== DISPLAY_NONE && (own & FOCUS_DISABLED) === 0;
      if (group === NIL && node !== root && open && (own & FOCUS_GROUP) !== 0) {
        group = node;
        groupAt = found.length;
      }
      const isStop = open && u8[U8_FOCUSABLE * cap + node] !== 0 && tab[I32_TAB_INDEX * cap + node] >= 0;
      if (isStop || node === include) found.push(node);
      // What is inside a hidden element that has focus still needs its place.
      let next = open || include !== NIL ? u32[U32_FIRST_CHILD * cap + node] : NIL;
      while (next === NIL) {
        if (node === group) {
          this.reduce(found, groupAt, group, include);
          group = NIL;
        }
        if (node === root) break;
        next = u32[U32_NEXT * cap + node];
        if (next === NIL) node = u32[U32_PARENT * cap + node];
      }
      if (next === NIL) break;
      node = next;
    }
    const seen = include === NIL ? found : found.filter((slot) => slot === include || this.isOpen(slot));
    const rank = (slot: number): number => {
      const index = tab[I32_TAB_INDEX * cap + slot];
      return index > 0 ? index : Infinity;
    };
    return seen.sort((a, b) => {
      const ra = rank(a);
      const rb = rank(b);
      return ra === rb ? 0 : ra - rb;
    });
  }

  /** Leaves one stop of the group's members found from `at` on, beside `include`. */
  private reduce(found: number[], at: number, group: number, include: number): void {
    if (found.length - at < 2) return;
    const members = found.slice(at);
    const last = this.lastOf(group);
    const stop = members.includes(include) ? include : members.includes(last) ? last : members[0];
    found.length = at;
    found.push(stop);
  }

  private isOpen(slot: number): boolean {
    const { scene, flags } = this;
    const cap = scene.capacity;
    for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
      if (scene.u8.array[U8_HIDDEN * cap + node] !== 0 || scene.u8.array[U8_DISPLAY * cap + node] === DISPLAY_NONE) return false;
      if ((flags.get(node) & FOCUS_DISABLED) !== 0) return false;
    }
    return true;
  }
}
