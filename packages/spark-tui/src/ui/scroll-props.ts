/**
 * Props of boxes that scroll. A box whose overflow is `scroll` or `auto` gets scroll bars and takes keyboard
 * focus, unless told otherwise.
 */
import * as s from '../scene/index.ts';
import type { Host } from './host.ts';

/** Brings what follows from a box's overflow in line with it. */
export function applyOverflow(host: Host, slot: number): void {
  const { scene } = host;
  const scrolls = s.scrollsOnAxis(scene, slot, true) || s.scrollsOnAxis(scene, slot, false);
  const mode = scene.u8.array[s.U8_SCROLLBAR_MODE * scene.capacity + slot];
  if (scrolls && mode === s.SCROLLBAR_UNSET) setScrollbar(host, slot, s.SCROLLBAR_AUTO);
  if (scene.u8.array[s.U8_FOCUSABLE_GIVEN * scene.capacity + slot] !== 0) return;
  scene.setU8(slot, s.U8_FOCUSABLE, scrolls ? 1 : 0);
  host.events.focus.changed();
}

/** Writes which scroll bars a box has. */
export function setScrollbar(host: Host, slot: number, mode: number): void {
  host.scene.setU8(slot, s.U8_SCROLLBAR_MODE, mode);
  host.scene.setU8(slot, s.U8_SCROLLBAR, mode === s.SCROLLBAR_AUTO || mode === s.SCROLLBAR_ALWAYS ? 1 : 0);
}

/** Writes `focusable`; undefined leaves it to overflow. */
export function setFocusable(host: Host, slot: number, on: boolean | undefined): void {
  const { scene } = host;
  scene.setU8(slot, s.U8_FOCUSABLE_GIVEN, on === undefined ? 0 : 1);
  if (on === undefined) applyOverflow(host, slot);
  else scene.setU8(slot, s.U8_FOCUSABLE, on ? 1 : 0);
}
