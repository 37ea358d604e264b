/**
 * The cheapest way for the cursor to get from one cell to another.
 *
 *   within the row   CR · BS×n · CUB · CUF · CHA
 *   across rows      LF×n · IND×n · CUD · VPA · RI×n · CUU, then within the row; or CR LF×n and on;
 *                    or LF×n and an absolute column; or CUP
 *
 * A coordinate of -1 is unknown (after the last column was written, after a glyph whose width
 * terminals disagree about, after something else wrote): then only absolute ways are taken. Retyping
 * unchanged cells, the remaining way, is the encoder's business: only it knows the cells.
 */
import type { ByteBuffer } from './byte-buffer.ts';
import type { LineFeed } from './encoder-caps.ts';
import { BS, cha, CR, csiCountCost, cub, cud, cuf, cup, cupCost, cuu, ind, LF, ri, vpa } from './sequences.ts';

/** Bytes of the cheapest move within a row; `fromX` -1 is unknown. */
export function horizontalCost(fromX: number, toX: number): number {
  if (fromX === toX) return 0;
  if (toX === 0) return 1;
  const absolute = csiCountCost(toX + 1);
  if (fromX < 0) return absolute;
  const distance = toX > fromX ? toX - fromX : fromX - toX;
  const relative = toX < fromX && distance < 3 ? distance : csiCountCost(distance);
  return relative < absolute ? relative : absolute;
}

function writeHorizontal(out: ByteBuffer, fromX: number, toX: number): void {
  if (fromX === toX) return;
  if (toX === 0) {
    out.byte(CR);
    return;
  }
  const absolute = csiCountCost(toX + 1);
  if (fromX < 0) {
    cha(out, toX);
  } else if (toX > fromX) {
    if (csiCountCost(toX - fromX) <= absolute) cuf(out, toX - fromX);
    else cha(out, toX);
  } else {
    const distance = fromX - toX;
    const relative = csiCountCost(distance);
    if (distance <= relative && distance <= absolute) out.repeat(BS, distance);
    else if (relative <= absolute) cub(out, distance);
    else cha(out, toX);
  }
}

/** Bytes of the cheapest move to another row that keeps the column. */
function verticalCost(fromY: number, toY: number, lineFeed: LineFeed): number {
  const distance = toY > fromY ? toY - fromY : fromY - toY;
  const relative = csiCountCost(distance);
  const absolute = csiCountCost(toY + 1);
  let best = relative < absolute ? relative : absolute;
  const step = toY > fromY && lineFeed === 'keeps-column' ? distance : distance * 2;
  if (step < best) best = step;
  return best;
}

function writeVertical(out: ByteBuffer, fromY: number, toY: number, lineFeed: LineFeed): void {
  const down = toY > fromY;
  const distance = down ? toY - fromY : fromY - toY;
  const relative = csiCountCost(distance);
  const absolute = csiCountCost(toY + 1);
  const best = relative < absolute ? relative : absolute;
  if (down && lineFeed === 'keeps-column' && distance <= best) {
    out.repeat(LF, distance);
  } else if (distance * 2 < best) {
    for (let i = 0; i < distance; i++) {
      if (down) ind(out);
      else ri(out);
    }
  } else if (relative <= absolute) {
    if (down) cud(out, distance);
    else cuu(out, distance);
  } else {
    vpa(out, toY);
  }
}

/**
 * Bytes of the way by line feeds to a row below, and how it goes on from the column it leads to:
 * a line feed that may or may not return is followed by a column that does not depend on it.
 */
function feedCost(fromX: number, fromY: number, toX: number, toY: number, lineFeed: LineFeed): number {
  const feeds = toY - fromY;
  if (lineFeed === 'returns' || fromX === 0) return feeds + horizontalCost(0, toX);
  const returned = 1 + horizontalCost(0, toX);
  const placed = horizontalCost(-1, toX);
  return feeds + (returned < placed ? returned : placed);
}

function writeFeeds(out: ByteBuffer, fromX: number, fromY: number, toX: number, toY: number, lineFeed: LineFeed): void {
  let x = 0;
  if (lineFeed !== 'returns' && fromX !== 0) {
    if (1 + horizontalCost(0, toX) <= horizontalCost(-1, toX)) out.byte(CR);
    else x = -1;
  }
  out.repeat(LF, toY - fromY);
  writeHorizontal(out, x, toX);
}

/** Down by what scrolls at the bottom (LF, IND), up by CUU: right whatever became of the screen's height. */
function writeRelative(out: ByteBuffer, fromX: number, fromY: number, toX: number, toY: number, lineFeed: LineFeed): void {
  if (toY < fromY) {
    cuu(out, fromY - toY);
    writeHorizontal(out, fromX, toX);
    return;
  }
  const rows = toY - fromY;
  const keeping = rows * (lineFeed === 'keeps-column' ? 1 : 2) + horizontalCost(fromX, toX);
  if (feedCost(fromX, fromY, toX, toY, lineFeed) <= keeping) {
    writeFeeds(out, fromX, fromY, toX, toY, lineFeed);
    return;
  }
  if (lineFeed === 'keeps-column') out.repeat(LF, rows);
  else for (let i = 0; i < rows; i++) ind(out);
  writeHorizontal(out, fromX, toX);
}

/** Bytes `writeMove` writes, unless it is relative. */
export function moveCost(fromX: number, fromY: number, toX: number, toY: number, lineFeed: LineFeed): number {
  if (fromY === toY) return horizontalCost(fromX, toX);
  let best = cupCost(toX, toY);
  if (fromY < 0) return best;
  const apart = verticalCost(fromY, toY, lineFeed) + horizontalCost(fromX, toX);
  if (apart < best) best = apart;
  const feeds = toY > fromY ? feedCost(fromX, fromY, toX, toY, lineFeed) : best;
  return feeds < best ? feeds : best;
}

/**
 * Writes the cheapest move from (`fromX`, `fromY`) to (`toX`, `toY`); -1 is unknown. `relative`: as in
 * `EncoderCaps`; the row is known then.
 */
export function writeMove(
  out: ByteBuffer,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  lineFeed: LineFeed,
  relative: boolean = false,
): void {
  if (fromY === toY) {
    writeHorizontal(out, fromX, toX);
    return;
  }
  if (relative) {
    writeRelative(out, fromX, fromY, toX, toY, lineFeed);
    return;
  }
  if (fromY < 0) {
    cup(out, toX, toY);
    return;
  }
  const jump = cupCost(toX, toY);
  const apart = verticalCost(fromY, toY, lineFeed) + horizontalCost(fromX, toX);
  const feeds = toY > fromY ? feedCost(fromX, fromY, toX, toY, lineFeed) : Infinity;
  if (feeds < jump && feeds < apart) {
    writeFeeds(out, fromX, fromY, toX, toY, lineFeed);
  } else if (apart < jump) {
    writeVertical(out, fromY, toY, lineFeed);
    writeHorizontal(out, fromX, toX);
  } else {
    cup(out, toX, toY);
  }
}
