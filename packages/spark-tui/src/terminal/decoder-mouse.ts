/**
 * Mouse reports → events. Source: xterm ctlseqs, "Mouse Tracking".
 *
 *   button code   7 6   5        4     3    2      1 0
 *                 group motion   ctrl  alt  shift  button
 *                 00 left middle right released · 01 wheel up down left right · 10 back forward
 */

import type { MouseButton, MouseInput } from './input-events.ts';

const GROUP_WHEEL = 0x40;
const GROUP_EXTRA = 0x80;
const MOTION = 0x20;

const BUTTONS: readonly MouseButton[] = ['left', 'middle', 'right', 'none'];
const WHEELS: readonly MouseButton[] = ['wheelUp', 'wheelDown', 'wheelLeft', 'wheelRight'];

/**
 * A mouse event from its button code, or null when the code means nothing.
 *
 * @param column 1-based; values below 1 are clamped to the first cell
 * @param released the report says "button up" (SGR final `m`); older encodings say it with button 3
 */
export function decodeMouse(code: number, column: number, row: number, released: boolean): MouseInput | null {
  const low = code & 3;
  const motion = (code & MOTION) !== 0;
  let button: MouseButton;
  let action: MouseInput['action'];
  switch (code & ~0x3f) {
    case 0:
      button = BUTTONS[low]!;
      if (motion) action = low === 3 ? 'move' : 'drag';
      else action = released || low === 3 ? 'release' : 'press';
      break;
    case GROUP_WHEEL:
      button = WHEELS[low]!;
      action = 'wheel';
      if (released) return null;
      break;
    case GROUP_EXTRA:
      if (low > 1) return null;
      button = low === 0 ? 'back' : 'forward';
      action = motion ? 'drag' : released ? 'release' : 'press';
      break;
    default:
      return null;
  }
  return {
    type: 'mouse',
    action,
    button,
    x: column > 1 ? column - 1 : 0,
    y: row > 1 ? row - 1 : 0,
    shift: (code & 4) !== 0,
    alt: (code & 8) !== 0,
    ctrl: (code & 16) !== 0,
  };
}
