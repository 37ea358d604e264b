/**
 * What may go into the strings of a request, and how each is spelled: titles, notifications, progress,
 * pointer names. Text of an app is data: no control character, no direction override reaches the terminal.
 */
import { OptionError } from '../base/index.ts';
import { sanitiseLine, truncate } from '../text/index.ts';
import type { NotificationKind } from './capabilities.ts';

/** Longest title or notification, in cells. */
const MAX_CELLS = 255;

/** State of a progress indicator in the terminal's tab or task bar. */
export type ProgressState = 'normal' | 'error' | 'busy' | 'paused';

/** Progress in percent (0–100), or with a state; `'busy'` has no percentage. */
export type ProgressValue = number | { readonly state: ProgressState; readonly percent?: number };

const PROGRESS_STATES: Readonly<Record<ProgressState, number>> = { normal: 1, error: 2, busy: 3, paused: 4 };

/** Names of mouse pointers, as in CSS. */
export const POINTER_SHAPES = [
  'default',
  'pointer',
  'text',
  'vertical-text',
  'crosshair',
  'cell',
  'help',
  'wait',
  'progress',
  'move',
  'grab',
  'grabbing',
  'not-allowed',
  'no-drop',
  'copy',
  'alias',
  'context-menu',
  'all-scroll',
  'col-resize',
  'row-resize',
  'n-resize',
  'e-resize',
  's-resize',
  'w-resize',
  'ne-resize',
  'nw-resize',
  'se-resize',
  'sw-resize',
  'ew-resize',
  'ns-resize',
  'nesw-resize',
  'nwse-resize',
  'zoom-in',
  'zoom-out',
  'none',
] as const;

/** The mouse pointer over the terminal. */
export type PointerShape = (typeof POINTER_SHAPES)[number];

/** One line without control characters, at most 255 cells. */
export function plainLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what has to go
  const line = sanitiseLine(String(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' '));
  return truncate(line, MAX_CELLS, { ellipsis: '' });
}

/** Parameters of OSC 9;4 for a value. Throws OptionError for one that is none. */
export function progressParameters(value: ProgressValue): string {
  const { state, percent } = typeof value === 'number' ? { state: 'normal' as const, percent: value } : { percent: 0, ...value };
  if (!Object.hasOwn(PROGRESS_STATES, state)) {
    throw new OptionError(`progress state '${String(state)}' is not usable: expected ${Object.keys(PROGRESS_STATES).join(', ')}`);
  }
  if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100)) {
    throw new OptionError(`progress ${String(percent)} is not usable: expected a percentage from 0 to 100`);
  }
  return `${PROGRESS_STATES[state]};${state === 'busy' ? 0 : Math.round(percent)}`;
}

/** Checks a pointer name. Throws OptionError. */
export function checkPointerShape(name: string): PointerShape {
  if ((POINTER_SHAPES as readonly string[]).includes(name)) return name as PointerShape;
  throw new OptionError(`there is no pointer shape '${String(name)}'; there are ${POINTER_SHAPES.join(', ')}`);
}

/** The commands that show a notification, without introducer and terminator. */
export function notificationCommands(kind: NotificationKind, id: number, title: string, body: string): readonly string[] {
  const head = plainLine(title);
  const rest = plainLine(body);
  switch (kind) {
    case 'osc9': {
      const line = rest === '' ? head : `${head}: ${rest}`;
      // A number and a semicolon at the start would be another command.
      return [`9;${/^\d+(?:;|$)/.test(line) ? ' ' : ''}${line}`];
    }
    case 'osc777':
      return [`777;notify;${head.replaceAll(';', ',')};${rest}`];
    case 'osc99':
      return rest === '' ? [`99;i=${id};${head}`] : [`99;i=${id}:d=0;${head}`, `99;i=${id}:p=body;${rest}`];
    default:
      return [];
  }
}
