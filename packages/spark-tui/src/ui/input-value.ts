/** The signal an input writes: found out at once whether it can be written, not at the first key. */
import { OptionError } from '../base/index.ts';
import { type Binding, isBinding, signal, untrack, type WritableSignal } from '../reactive/index.ts';
import { isSource } from './element.ts';
import type { Host } from './host.ts';
import { badProp } from './input-props.ts';

/** Where an input keeps its text. */
export interface TextSource {
  value: string;
}

const EXPECTED = "a signal or binding that can be written, such as signal('')";

/** Checks the prop `value`; makes a signal where none is given. Throws OptionError for what cannot be written. */
export function textSource(host: Host, slot: number, given: WritableSignal<string> | Binding<string> | undefined): TextSource {
  if (given === undefined) return signal('');
  if (typeof given === 'function') throw new OptionError(`${host.describe(slot)}: value is a function; expected ${EXPECTED}`);
  if (!isSource(given)) throw badProp(host, slot, 'value', given, EXPECTED);
  const now = untrack(() => given.value) as unknown;
  if (!isWritable(given, now)) throw new OptionError(`${host.describe(slot)}: value is read-only; expected ${EXPECTED}`);
  if (now !== undefined && now !== null && typeof now !== 'string') throw badProp(host, slot, 'value.value', now, 'a string');
  return given;
}

/** What a source holds, as text. */
export function textOf(host: Host, slot: number, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  throw badProp(host, slot, 'value.value', value, 'a string');
}

function isWritable(source: object, now: unknown): boolean {
  if (isBinding(source)) {
    // A binding has a setter also where what it leads to has none; writing what it holds tells.
    try {
      source.value = now;
      return true;
    } catch {
      return false;
    }
  }
  for (let at: object | null = source; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, 'value');
    if (property !== undefined) return property.set !== undefined || property.writable === true;
  }
  return false;
}
