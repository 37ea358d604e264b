/**
 * Table: props that decide about focus, beyond `focusable` and `tabIndex`.
 */
import { OptionError } from '../base/index.ts';
import { FOCUS_DISABLED, FOCUS_GROUP, FOCUS_GROUP_COLUMN, FOCUS_GROUP_ROW, FOCUS_TRAP } from '../events/index.ts';
import type { Host } from './host.ts';

/** Writes one prop of one node. */
type FocusWriter = (host: Host, slot: number, value: unknown) => void;

/** A writer of what decides about focus: who has it may lose it by that, and the order of Tab may be another. */
export function forFocus(write: FocusWriter): FocusWriter {
  return (host, slot, value) => {
    write(host, slot, value);
    host.events.focus.changed();
  };
}

function isOn(host: Host, slot: number, prop: string, value: unknown): boolean {
  if (value !== undefined && value !== null && typeof value !== 'boolean') fail(host, slot, prop, value, 'true or false');
  return value === true;
}

function fail(host: Host, slot: number, prop: string, value: unknown, expected: string): never {
  throw new OptionError(`${host.describe(slot)}: ${prop} is ${typeof value === 'string' ? `'${value}'` : String(value)}; expected ${expected}`);
}

function flag(prop: string, bit: number): FocusWriter {
  return (host, slot, value) => host.events.focus.setFlags(slot, bit, isOn(host, slot, prop, value) ? bit : 0);
}

const GROUPS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [undefined, 0],
  [null, 0],
  [false, 0],
  [true, FOCUS_GROUP],
  ['row', FOCUS_GROUP_ROW],
  ['column', FOCUS_GROUP_COLUMN],
]);

export const FOCUS_PROPS: readonly (readonly [string, FocusWriter])[] = [
  [
    'autoFocus',
    (host, slot, value) => {
      if (isOn(host, slot, 'autoFocus', value)) host.events.focus.autoFocus(slot);
    },
  ],
  ['disabled', flag('disabled', FOCUS_DISABLED)],
  ['focusTrap', flag('focusTrap', FOCUS_TRAP)],
  [
    'focusGroup',
    (host, slot, value) => {
      const bits = GROUPS.get(value);
      if (bits === undefined) fail(host, slot, 'focusGroup', value, "true, false, 'row' or 'column'");
      host.events.focus.setFlags(slot, FOCUS_GROUP, bits);
    },
  ],
];
