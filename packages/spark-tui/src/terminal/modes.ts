/**
 * Which modes an app switches on in its terminal, as a value: from the same value come the bytes that
 * switch them on and the bytes that switch them off, so that nothing can be forgotten.
 */
import { ByteBuffer } from './byte-buffer.ts';
import {
  MODE_ALT_SCREEN,
  MODE_AUTOWRAP,
  MODE_BRACKETED_PASTE,
  MODE_COLOR_SCHEME,
  MODE_CURSOR_VISIBLE,
  MODE_FOCUS,
  MODE_GRAPHEME_CLUSTERS,
  MODE_IN_BAND_RESIZE,
  MODE_MARGINS,
  MODE_MOUSE_CLICKS,
  MODE_MOUSE_DRAGS,
  MODE_MOUSE_MOTION,
  MODE_MOUSE_SGR,
  MODE_SYNCHRONIZED,
  popKittyKeyboard,
  pushKittyKeyboard,
  resetScrollRegion,
  setMode,
  sgrReset,
} from './sequences.ts';

const NOTHING = new Uint8Array(0);

/** Which pointer events a terminal reports; each includes the ones before it. */
export type MouseTracking = 'none' | 'clicks' | 'drags' | 'motion';

export interface TerminalModes {
  /** The alternate screen, with autowrap off. */
  readonly fullscreen: boolean;
  /** Autowrap off on the normal screen: a frame for a width that is no more cannot wrap. */
  readonly nowrap: boolean;
  readonly hideCursor: boolean;
  readonly mouse: MouseTracking;
  readonly bracketedPaste: boolean;
  readonly focus: boolean;
  /** Flags of the kitty keyboard protocol, 0 = not used. */
  readonly kittyKeyboard: number;
  /** Reports of the light or dark colour scheme (mode 2031). */
  readonly colorScheme: boolean;
  /** Reports of the window's size (mode 2048). */
  readonly inBandResize: boolean;
  /** Frames may be wrapped in synchronisation marks (mode 2026). */
  readonly synchronized: boolean;
  /** The terminal measures text by grapheme clusters, as this package does (mode 2027). */
  readonly graphemeClusters: boolean;
  /** Regions that scroll may be narrower than the screen (mode 69). */
  readonly margins: boolean;
}

export const FULLSCREEN_MODES: TerminalModes = {
  fullscreen: true,
  nowrap: true,
  hideCursor: true,
  mouse: 'motion',
  bracketedPaste: true,
  focus: true,
  kittyKeyboard: 0,
  colorScheme: false,
  inBandResize: false,
  synchronized: false,
  graphemeClusters: false,
  margins: false,
};

/**
 * For a live region on the normal screen. The mouse stays the user's: selection and wheel work as ever, and
 * reports would name cells of the screen, where the region has no known place.
 */
export const INLINE_MODES: TerminalModes = { ...FULLSCREEN_MODES, fullscreen: false, mouse: 'none' };

/** What switches the modes on. The kitty keyboard stack belongs to a screen, so it comes after the screen. */
export function enterBytes(modes: TerminalModes): Uint8Array {
  const out = new ByteBuffer(128);
  if (modes.fullscreen) setMode(out, MODE_ALT_SCREEN, true);
  if (modes.fullscreen || modes.nowrap) setMode(out, MODE_AUTOWRAP, false);
  if (modes.hideCursor) setMode(out, MODE_CURSOR_VISIBLE, false);
  if (modes.kittyKeyboard !== 0) pushKittyKeyboard(out, modes.kittyKeyboard);
  // A terminal that does not know one kind of tracking keeps the one before it.
  if (modes.mouse !== 'none') {
    setMode(out, MODE_MOUSE_CLICKS, true);
    if (modes.mouse !== 'clicks') setMode(out, MODE_MOUSE_DRAGS, true);
    if (modes.mouse === 'motion') setMode(out, MODE_MOUSE_MOTION, true);
    setMode(out, MODE_MOUSE_SGR, true);
  }
  if (modes.bracketedPaste) setMode(out, MODE_BRACKETED_PASTE, true);
  if (modes.focus) setMode(out, MODE_FOCUS, true);
  if (modes.colorScheme) setMode(out, MODE_COLOR_SCHEME, true);
  if (modes.inBandResize) setMode(out, MODE_IN_BAND_RESIZE, true);
  if (modes.graphemeClusters) setMode(out, MODE_GRAPHEME_CLUSTERS, true);
  if (modes.margins) setMode(out, MODE_MARGINS, true);
  return out.view();
}

/**
 * What switches them off, in the order in which it must happen: first what would garble or leak
 * (a synchronised frame, colours, reports), then the keyboard of this screen, then the screen itself,
 * then what the normal screen needs. Raw mode goes after all of it.
 *
 * @param undo bytes that undo what was asked for beside the modes (title, cursor shape, …); they go out
 * before the screen is left
 */
export function leaveBytes(modes: TerminalModes, undo: Uint8Array = NOTHING): Uint8Array {
  const out = new ByteBuffer(128);
  if (modes.synchronized) setMode(out, MODE_SYNCHRONIZED, false);
  sgrReset(out);
  if (modes.margins) setMode(out, MODE_MARGINS, false);
  if (modes.fullscreen) resetScrollRegion(out);
  if (modes.mouse !== 'none') {
    if (modes.mouse === 'motion') setMode(out, MODE_MOUSE_MOTION, false);
    if (modes.mouse !== 'clicks') setMode(out, MODE_MOUSE_DRAGS, false);
    setMode(out, MODE_MOUSE_CLICKS, false);
    setMode(out, MODE_MOUSE_SGR, false);
  }
  if (modes.focus) setMode(out, MODE_FOCUS, false);
  if (modes.bracketedPaste) setMode(out, MODE_BRACKETED_PASTE, false);
  if (modes.colorScheme) setMode(out, MODE_COLOR_SCHEME, false);
  if (modes.inBandResize) setMode(out, MODE_IN_BAND_RESIZE, false);
  if (modes.graphemeClusters) setMode(out, MODE_GRAPHEME_CLUSTERS, false);
  if (modes.kittyKeyboard !== 0) popKittyKeyboard(out);
  out.append(undo);
  if (modes.fullscreen) setMode(out, MODE_ALT_SCREEN, false);
  if (modes.fullscreen || modes.nowrap) setMode(out, MODE_AUTOWRAP, true);
  if (modes.hideCursor) setMode(out, MODE_CURSOR_VISIBLE, true);
  return out.view();
}
