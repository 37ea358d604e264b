/**
 * The bytes that scroll a rectangle, the cheapest way the terminal allows:
 *
 *   full rows    SU or SD; LF, IND or RI at the edge: inside DECSTBM, or bare when it is the whole screen
 *                IL or DL at the top, and the opposite at the bottom so that what lies below stays
 *   with margins DECLRMM on (once), DECSLRM, DECSTBM, SU or SD, and both back to the edges
 *
 * The background of the pen is the default one: some terminals fill with the pen's, others with the
 * default. Regions never outlive the frame: a crash or a foreign write must not find one.
 */
import type { ByteBuffer } from './byte-buffer.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import { moveCost } from './encoder-moves.ts';
import type { RowEncoder } from './encoder-rows.ts';
import type { ScrollSearch } from './encoder-scroll.ts';
import {
  csiCountCost,
  dl,
  il,
  ind,
  LF,
  MODE_MARGINS,
  resetScrollRegion,
  ri,
  sd,
  setMargins,
  setMode,
  setScrollRegion,
  setScrollRegionCost,
  su,
} from './sequences.ts';

/** Bytes of DECSTBM without parameters. */
const RESET_COST = 3;
/** Moving rows below the region away and back shows when a terminal draws in between: worth some bytes to avoid. */
const DETOUR_PENALTY = 6;

/** What a region may be: the rectangle and distance a `ScrollSearch` found. */
export type ScrollArea = Pick<ScrollSearch, 'top' | 'bottom' | 'left' | 'right' | 'delta'>;

/** Scrolls the area; cursor and pen of `at` are as the terminal's afterwards. False when the terminal has no way. */
export function writeScroll(area: ScrollArea, at: RowEncoder, caps: EncoderCaps, cols: number, rows: number, out: ByteBuffer): boolean {
  const { top, bottom, left, right, delta } = area;
  const count = delta < 0 ? -delta : delta;
  if (left > 0 || right < cols) {
    if (!caps.margins || !caps.scrollRegion || !caps.scrollUp) return false;
    at.pen.setBlank(out, 0);
    writeWithMargins(area, count, at, cols, rows, out);
    return true;
  }
  const whole = top === 0 && bottom === rows;
  const opened = delta > 0 ? bottom - count : top;
  const region = whole ? 0 : setScrollRegionCost(top, bottom, rows) + RESET_COST + moveCost(0, 0, 0, opened, caps.lineFeed);
  const bySequence = caps.scrollUp && (whole || caps.scrollRegion) ? region + csiCountCost(count) : Infinity;
  const edge = delta > 0 ? bottom - 1 : top;
  // A line feed at the edge moves rows into the scrollback of a normal screen: only where there is no SU.
  const byEdge =
    (whole || caps.scrollRegion) && (delta < 0 || !caps.scrollUp)
      ? region + (whole ? moveCost(at.x, at.y, at.x, edge, caps.lineFeed) : moveCost(0, 0, 0, edge, caps.lineFeed)) + (delta > 0 ? count : count * 2)
      : Infinity;
  const byLines = caps.insertLines ? linesCost(area, count, at, caps, rows) : Infinity;
  if (bySequence === Infinity && byEdge === Infinity && byLines === Infinity) return false;

  at.pen.setBlank(out, 0);
  if (byLines < bySequence && byLines < byEdge) {
    writeLines(area, count, at, rows, out);
    return true;
  }
  if (!whole) {
    setScrollRegion(out, top, bottom, rows);
    at.x = 0;
    at.y = 0;
  }
  if (bySequence <= byEdge) {
    if (delta > 0) su(out, count);
    else sd(out, count);
  } else {
    scrollAtEdge(edge, delta > 0, count, at, caps, out);
  }
  if (!whole) {
    resetScrollRegion(out);
    at.x = 0;
    at.y = 0;
  }
  return true;
}

function scrollAtEdge(edge: number, up: boolean, count: number, at: RowEncoder, caps: EncoderCaps, out: ByteBuffer): void {
  at.moveTo(at.y < 0 ? 0 : at.x, edge, out);
  if (!up) {
    for (let i = 0; i < count; i++) ri(out);
  } else if (at.x === 0 || caps.lineFeed !== 'unknown') {
    out.repeat(LF, count);
    if (caps.lineFeed === 'returns') at.x = 0;
  } else if (count === 1) {
    ind(out);
  } else {
    out.repeat(LF, count);
    at.x = -1;
  }
}

function linesCost({ top, bottom, delta }: ScrollArea, count: number, at: RowEncoder, caps: EncoderCaps, rows: number): number {
  const first = delta > 0 || bottom === rows ? top : bottom - count;
  let cost = moveCost(at.x, at.y, 0, first, caps.lineFeed) + csiCountCost(count);
  if (bottom < rows) {
    const second = delta > 0 ? bottom - count : top;
    cost += moveCost(0, first, 0, second, caps.lineFeed) + csiCountCost(count) + DETOUR_PENALTY;
  }
  return cost;
}

/** DL goes first: the blank rows it brings in at the bottom of the screen are what IL pushes out. */
function writeLines({ top, bottom, delta }: ScrollArea, count: number, at: RowEncoder, rows: number, out: ByteBuffer): void {
  if (delta > 0) {
    at.moveTo(0, top, out);
    dl(out, count);
    if (bottom === rows) return;
    at.moveTo(0, bottom - count, out);
    il(out, count);
    return;
  }
  if (bottom < rows) {
    at.moveTo(0, bottom - count, out);
    dl(out, count);
  }
  at.moveTo(0, top, out);
  il(out, count);
}

/** DECLRMM stays on: with the margins at the edges of the screen it means nothing, and what made the margins known undoes it. */
function writeWithMargins({ top, bottom, left, right, delta }: ScrollArea, count: number, at: RowEncoder, cols: number, rows: number, out: ByteBuffer): void {
  const allRows = top === 0 && bottom === rows;
  if (!at.marginsOn) setMode(out, MODE_MARGINS, true);
  at.marginsOn = true;
  setMargins(out, left, right, cols);
  if (!allRows) setScrollRegion(out, top, bottom, rows);
  if (delta > 0) su(out, count);
  else sd(out, count);
  setMargins(out, 0, cols, cols);
  if (!allRows) resetScrollRegion(out);
  at.x = 0;
  at.y = 0;
}
