/**
 * Texts in the order of the document: which of two comes first, and which lie between. Iterative; a walk never takes
 * more steps than there are nodes.
 */
import {
  DISPLAY_NONE,
  KIND_INPUT,
  KIND_TEXT,
  NIL,
  ROOT,
  type Scene,
  U32_FIRST_CHILD,
  U32_NEXT,
  U8_DISPLAY,
  U8_HIDDEN,
  U8_KIND,
  U8_UNSELECTABLE,
} from '../scene/index.ts';
import { parentOf } from './parent-of.ts';

/** Whether node `a` comes before node `b`. False when they are the same. */
export function isBefore(scene: Scene, a: number, b: number): boolean {
  if (a === b) return false;
  const pathA = pathTo(scene, a);
  const pathB = pathTo(scene, b);
  let i = pathA.length - 1;
  let k = pathB.length - 1;
  while (i >= 0 && k >= 0 && pathA[i] === pathB[k]) {
    i--;
    k--;
  }
  if (i < 0) return true; // It is around the other.
  if (k < 0) return false;
  // Siblings: whoever meets the other, or ends, on the way to the last one tells. As far as the nearer of both.
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  let fromA = pathA[i];
  let fromB = pathB[k];
  for (let budget = scene.live; budget >= 0; budget--) {
    fromA = u32[U32_NEXT * cap + fromA];
    if (fromA === pathB[k]) return true;
    if (fromA === NIL) return false;
    fromB = u32[U32_NEXT * cap + fromB];
    if (fromB === pathA[i]) return false;
    if (fromB === NIL) return true;
  }
  return false;
}

/** Calls `visit` for every text that can be selected, from the text `first` to the text `last`, both included. */
export function eachText(scene: Scene, first: number, last: number, visit: (slot: number) => void): void {
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const u8 = scene.u8.array;
  let node = first;
  for (let budget = scene.live * 2; budget >= 0 && node !== NIL; budget--) {
    const isOpen = isSelectableItself(scene, node);
    if (isOpen && u8[U8_KIND * cap + node] === KIND_TEXT) visit(node);
    if (node === last) return;
    const child = isOpen ? u32[U32_FIRST_CHILD * cap + node] : NIL;
    node = child !== NIL ? child : following(scene, node);
  }
}

/** First and last text that can be selected; null when there is none. */
export function textEnds(scene: Scene): { readonly first: number; readonly last: number } | null {
  let first: number = NIL;
  let last: number = NIL;
  eachText(scene, ROOT, NIL, (slot) => {
    if (first === NIL) first = slot;
    last = slot;
  });
  return first === NIL ? null : { first, last };
}

/** Whether text in the node can be selected, as far as it and what is around it say. */
export function isSelectable(scene: Scene, slot: number): boolean {
  for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
    if (!isSelectableItself(scene, node)) return false;
  }
  return true;
}

function isSelectableItself(scene: Scene, slot: number): boolean {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  return (
    u8[U8_UNSELECTABLE * cap + slot] === 0 &&
    u8[U8_HIDDEN * cap + slot] === 0 &&
    u8[U8_DISPLAY * cap + slot] !== DISPLAY_NONE &&
    u8[U8_KIND * cap + slot] !== KIND_INPUT
  );
}

/** The node after `slot` and all that is in it. */
function following(scene: Scene, slot: number): number {
  for (let node = slot; node !== NIL; node = parentOf(scene, node)) {
    const next = scene.u32.array[U32_NEXT * scene.capacity + node];
    if (next !== NIL) return next;
  }
  return NIL;
}

/** The node and what is around it, innermost first. */
function pathTo(scene: Scene, slot: number): number[] {
  const path: number[] = [];
  for (let node = slot; node !== NIL; node = parentOf(scene, node)) path.push(node);
  return path;
}
