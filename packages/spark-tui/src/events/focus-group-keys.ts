/** Arrow keys, Home and End in a focus group: they move focus among its members. */
import { NIL } from '../scene/index.ts';
import type { Focus } from './focus.ts';
import { FOCUS_GROUP, FOCUS_GROUP_COLUMN, FOCUS_GROUP_ROW } from './focus-flags.ts';
import type { KeyEvent } from './key-event.ts';

const STEPS: Readonly<Record<string, readonly [axis: number, to: 1 | -1 | 'first' | 'last']>> = {
  ArrowRight: [FOCUS_GROUP_ROW, 1],
  ArrowLeft: [FOCUS_GROUP_ROW, -1],
  ArrowDown: [FOCUS_GROUP_COLUMN, 1],
  ArrowUp: [FOCUS_GROUP_COLUMN, -1],
  Home: [FOCUS_GROUP, 'first'],
  End: [FOCUS_GROUP, 'last'],
};

/** Moves focus in the nearest group around `slot` that goes the key's way. Returns true when there is one. */
export function focusGroupKeys(focus: Focus, event: KeyEvent, slot: number): boolean {
  if (slot === NIL || event.ctrl || event.alt || event.shift || event.super || event.meta) return false;
  const step = Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
  if (step === undefined) return false;
  const group = focus.flags.nearest(slot, step[0]);
  return group !== NIL && focus.moveInGroup(group, step[1]);
}
