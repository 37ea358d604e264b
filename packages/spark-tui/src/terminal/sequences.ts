/**
 * Every control sequence this package sends, under its standard name; nowhere else is one spelled.
 * Columns and rows are 0-based here and 1-based on the wire. A parameter of 1 is left out where that
 * is its default.
 *
 * Sources: ECMA-48 (5th edition); xterm ctlseqs; DEC VT510 manual; kitty keyboard protocol;
 * "Synchronized output" (mode 2026); "in-band resize" (mode 2048).
 */
import { type ByteBuffer, digitsOf } from './byte-buffer.ts';

export const BS = 0x08;
export const LF = 0x0a;
export const CR = 0x0d;
export const ESC = 0x1b;
const BRACKET = 0x5b;
/** ESC [ as a little-endian number of two bytes. */
export const CSI = 0x5b1b;
const SEMICOLON = 0x3b;

/** DEC private modes (`CSI ? n h` switches on, `CSI ? n l` off). */
export const MODE_AUTOWRAP = 7; // DECAWM
export const MODE_CURSOR_VISIBLE = 25; // DECTCEM
export const MODE_MARGINS = 69; // DECLRMM: left and right margins
export const MODE_MOUSE_CLICKS = 1000;
export const MODE_MOUSE_DRAGS = 1002;
export const MODE_MOUSE_MOTION = 1003;
export const MODE_FOCUS = 1004;
export const MODE_MOUSE_SGR = 1006;
export const MODE_ALT_SCREEN = 1049;
export const MODE_BRACKETED_PASTE = 2004;
export const MODE_SYNCHRONIZED = 2026;
export const MODE_GRAPHEME_CLUSTERS = 2027;
export const MODE_COLOR_SCHEME = 2031;
export const MODE_IN_BAND_RESIZE = 2048;

/** ESC [ */
function csi(out: ByteBuffer): void {
  out.byte(ESC);
  out.byte(BRACKET);
}

function csiCount(out: ByteBuffer, n: number, final: number): void {
  csi(out);
  if (n !== 1) out.decimal(n);
  out.byte(final);
}

/** Bytes of a CSI with one parameter that may be left out when 1. */
export function csiCountCost(n: number): number {
  return n === 1 ? 3 : 3 + digitsOf(n);
}

/** CUP: cursor to column `x`, row `y`. */
export function cup(out: ByteBuffer, x: number, y: number): void {
  csi(out);
  if (y !== 0) out.decimal(y + 1);
  if (x !== 0) {
    out.byte(SEMICOLON);
    out.decimal(x + 1);
  }
  out.byte(0x48);
}

export function cupCost(x: number, y: number): number {
  return 3 + (y === 0 ? 0 : digitsOf(y + 1)) + (x === 0 ? 0 : 1 + digitsOf(x + 1));
}

/** CUU: cursor up `n` rows. */
export const cuu = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x41);
/** CUD: cursor down `n` rows. */
export const cud = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x42);
/** CUF: cursor right `n` columns. */
export const cuf = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x43);
/** CUB: cursor left `n` columns. */
export const cub = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x44);
/** CHA: cursor to column `x`. */
export const cha = (out: ByteBuffer, x: number): void => csiCount(out, x + 1, 0x47);
/** VPA: cursor to row `y`. */
export const vpa = (out: ByteBuffer, y: number): void => csiCount(out, y + 1, 0x64);
/** ECH: erases `n` cells from the cursor on; the cursor stays. */
export const ech = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x58);

/** ICH: makes room for `n` blanks at the cursor; what leaves the row on the right is lost. */
export const ich = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x40);
/** DCH: takes `n` cells at the cursor out; the rest of the row moves left. */
export const dch = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x50);
/** IL: inserts `n` blank rows at the cursor. Terminals disagree whether the cursor goes to column 0. */
export const il = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x4c);
/** DL: takes `n` rows at the cursor out; rows below move up. The column as with IL. */
export const dl = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x4d);
/** SU: the rows of the scroll region move up by `n`. */
export const su = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x53);
/** SD: the rows of the scroll region move down by `n`. */
export const sd = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x54);
/** REP: writes the character before `n` times more. */
export const rep = (out: ByteBuffer, n: number): void => csiCount(out, n, 0x62);

/** A pair of 1-based bounds of which the outermost are left out. */
function csiBounds(out: ByteBuffer, start: number, end: number, size: number, final: number): void {
  csi(out);
  if (start !== 0) out.decimal(start + 1);
  if (end !== size) {
    out.byte(SEMICOLON);
    out.decimal(end);
  }
  out.byte(final);
}

/** DECSTBM: rows `top` … `bottom`-1 of `rows` scroll. Moves the cursor home. */
export const setScrollRegion = (out: ByteBuffer, top: number, bottom: number, rows: number): void =>
  csiBounds(out, top, bottom, rows, 0x72);

export function setScrollRegionCost(top: number, bottom: number, rows: number): number {
  return 3 + (top === 0 ? 0 : digitsOf(top + 1)) + (bottom === rows ? 0 : 1 + digitsOf(bottom));
}

/** DECSLRM: columns `left` … `right`-1 of `cols` scroll, while `MODE_MARGINS` is on. Moves the cursor home. */
export const setMargins = (out: ByteBuffer, left: number, right: number, cols: number): void =>
  csiBounds(out, left, right, cols, 0x73);

/** IND: cursor down one row. */
export function ind(out: ByteBuffer): void {
  out.byte(ESC);
  out.byte(0x44);
}

/** RI: cursor up one row. */
export function ri(out: ByteBuffer): void {
  out.byte(ESC);
  out.byte(0x4d);
}

/** EL 0: erases from the cursor to the end of the row. */
export function el(out: ByteBuffer): void {
  csi(out);
  out.byte(0x4b);
}

/** ED 0: erases from the cursor to the end of the screen. */
export function ed(out: ByteBuffer): void {
  csi(out);
  out.byte(0x4a);
}

/** ED 2: erases the screen; the cursor stays. */
export function edAll(out: ByteBuffer): void {
  csi(out);
  out.byte(0x32);
  out.byte(0x4a);
}

/** SGR 0: default colours, no attributes. */
export function sgrReset(out: ByteBuffer): void {
  csi(out);
  out.byte(0x6d);
}

/** DECSTBM without parameters: the scroll region is the whole screen. Moves the cursor home. */
export function resetScrollRegion(out: ByteBuffer): void {
  csi(out);
  out.byte(0x72);
}

/** DECSET / DECRST of one private mode. */
export function setMode(out: ByteBuffer, mode: number, on: boolean): void {
  csi(out);
  out.byte(0x3f);
  out.decimal(mode);
  out.byte(on ? 0x68 : 0x6c);
}

/** Bytes `setMode` writes for a mode of four digits. */
export const SET_MODE_BYTES = 8;

/** Kitty keyboard protocol: pushes `flags` on the stack of the current screen. */
export function pushKittyKeyboard(out: ByteBuffer, flags: number): void {
  csi(out);
  out.byte(0x3e);
  out.decimal(flags);
  out.byte(0x75);
}

/** Kitty keyboard protocol: pops what `pushKittyKeyboard` pushed. */
export function popKittyKeyboard(out: ByteBuffer): void {
  csi(out);
  out.byte(0x3c);
  out.byte(0x75);
}

/** Kitty keyboard protocol: replaces the flags on top of the stack. */
export function replaceKittyKeyboard(out: ByteBuffer, flags: number): void {
  csi(out);
  out.byte(0x3d);
  out.decimal(flags);
  out.byte(0x75);
}

/** DA1: what are you? Every terminal answers, and in order: the fence behind other questions. */
export const queryDeviceAttributes = (out: ByteBuffer): void => out.ascii('\x1b[c');
/** XTVERSION: name and version. */
export const queryVersion = (out: ByteBuffer): void => out.ascii('\x1b[>q');
/** DECRQM: is a private mode known, is it set? */
export const queryMode = (out: ByteBuffer, mode: number): void => out.ascii(`\x1b[?${mode}$p`);
/** Kitty keyboard protocol: which flags are in force? */
export const queryKittyKeyboard = (out: ByteBuffer): void => out.ascii('\x1b[?u');
/** Mode 2031's question: dark or light? */
export const queryColorScheme = (out: ByteBuffer): void => out.ascii('\x1b[?996n');
/** XTWINOPS 14 and 16: size of the text area and of a cell in pixels. */
export const queryPixelSizes = (out: ByteBuffer): void => out.ascii('\x1b[14t\x1b[16t');
/** OSC 10 and 11: default foreground and background. */
export const queryDefaultColors = (out: ByteBuffer): void => out.ascii('\x1b]10;?\x1b\\\x1b]11;?\x1b\\');
/** OSC 52: what is in the clipboard? */
export const queryClipboard = (out: ByteBuffer): void => out.ascii('\x1b]52;c;?\x1b\\');

const utf8 = new TextEncoder();

/** An operating system command, ended by ST. `text` holds no control character: whoever calls has seen to it. */
export function osc(out: ByteBuffer, text: string): void {
  out.ascii('\x1b]');
  out.append(utf8.encode(text));
  out.ascii('\x1b\\');
}

/** XTWINOPS 22 / 23: saves and restores the titles of window and icon. */
export const pushTitle = (out: ByteBuffer): void => out.ascii('\x1b[22;0t');
export const popTitle = (out: ByteBuffer): void => out.ascii('\x1b[23;0t');

/** DECSCUSR: shape of the cursor; 0 is the user's own. */
export const setCursorStyle = (out: ByteBuffer, style: number): void => out.ascii(`\x1b[${style} q`);

/** DECSC and DECRC: saves and restores the cursor with its colours. */
export const saveCursor = (out: ByteBuffer): void => out.ascii('\x1b7');
export const restoreCursor = (out: ByteBuffer): void => out.ascii('\x1b8');

/** BEL */
export const BEL = 0x07;
