/**
 * From one set of modes to another while an app runs: only what differs is written. The screen itself
 * (fullscreen or not) is not changed here.
 */
import type { ByteBuffer } from './byte-buffer.ts';
import type { MouseTracking, TerminalModes } from './modes.ts';
import {
  MODE_BRACKETED_PASTE,
  MODE_COLOR_SCHEME,
  MODE_FOCUS,
  MODE_GRAPHEME_CLUSTERS,
  MODE_IN_BAND_RESIZE,
  MODE_MARGINS,
  MODE_MOUSE_CLICKS,
  MODE_MOUSE_DRAGS,
  MODE_MOUSE_MOTION,
  MODE_MOUSE_SGR,
  popKittyKeyboard,
  pushKittyKeyboard,
  replaceKittyKeyboard,
  setMode,
} from './sequences.ts';

const TRACKING: Readonly<Record<MouseTracking, readonly number[]>> = {
  none: [],
  clicks: [MODE_MOUSE_CLICKS, MODE_MOUSE_SGR],
  drags: [MODE_MOUSE_CLICKS, MODE_MOUSE_DRAGS, MODE_MOUSE_SGR],
  motion: [MODE_MOUSE_CLICKS, MODE_MOUSE_DRAGS, MODE_MOUSE_MOTION, MODE_MOUSE_SGR],
};

/** Writes what leads from `from` to `to`. Nothing when they are equal. */
export function changeModes(from: TerminalModes, to: TerminalModes, out: ByteBuffer): void {
  if (from.kittyKeyboard !== to.kittyKeyboard) {
    if (from.kittyKeyboard === 0) pushKittyKeyboard(out, to.kittyKeyboard);
    else if (to.kittyKeyboard === 0) popKittyKeyboard(out);
    else replaceKittyKeyboard(out, to.kittyKeyboard);
  }
  if (from.mouse !== to.mouse) {
    const before = TRACKING[from.mouse];
    const after = TRACKING[to.mouse];
    for (const mode of before) if (!after.includes(mode)) setMode(out, mode, false);
    // In some terminals tracking is one setting with several values, and switching one off ends all: said again.
    for (const mode of after) setMode(out, mode, true);
  }
  if (from.bracketedPaste !== to.bracketedPaste) setMode(out, MODE_BRACKETED_PASTE, to.bracketedPaste);
  if (from.focus !== to.focus) setMode(out, MODE_FOCUS, to.focus);
  if (from.colorScheme !== to.colorScheme) setMode(out, MODE_COLOR_SCHEME, to.colorScheme);
  if (from.inBandResize !== to.inBandResize) setMode(out, MODE_IN_BAND_RESIZE, to.inBandResize);
  if (from.graphemeClusters !== to.graphemeClusters) setMode(out, MODE_GRAPHEME_CLUSTERS, to.graphemeClusters);
  if (from.margins !== to.margins) setMode(out, MODE_MARGINS, to.margins);
}
