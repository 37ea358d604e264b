/**
 * Alignment arithmetic (CSS Box Alignment): where free space goes.
 *
 * Positions count from the flow's own start: in a reversed axis FLEX_START is 0 and START is the far side.
 */
import * as f from '../scene/index.ts';
import type { LayoutPass } from './pass.ts';

const VALUE = f.ALIGN_SAFE - 1;

/** Offset of one item that has `free` cells to spare (negative when it overflows). */
export function alignOffset(align: number, free: number, reversed: boolean): number {
  if (free < 0 && (align & f.ALIGN_SAFE) !== 0) return reversed ? free : 0;
  switch (align & VALUE) {
    case f.ALIGN_CENTER:
      return free / 2;
    case f.ALIGN_FLEX_END:
    case f.ALIGN_LAST_BASELINE:
      return free;
    case f.ALIGN_END:
      return reversed ? 0 : free;
    case f.ALIGN_START:
      return reversed ? free : 0;
    default:
      return 0;
  }
}

/**
 * Shares `free` among `count` items or lines: the first starts at `pass.offset`, and `pass.between` comes
 * between neighbours. What cannot be shared falls back: space-between to flex-start, the other two to
 * safe center.
 */
export function distribute(p: LayoutPass, align: number, free: number, count: number, reversed: boolean): void {
  p.between = 0;
  switch (align & VALUE) {
    case f.ALIGN_SPACE_BETWEEN:
      p.offset = 0;
      if (free > 0 && count > 1) p.between = free / (count - 1);
      return;
    case f.ALIGN_SPACE_AROUND:
      if (free > 0 && count > 0) {
        p.between = free / count;
        p.offset = p.between / 2;
      } else p.offset = reversed && free < 0 ? free : 0;
      return;
    case f.ALIGN_SPACE_EVENLY:
      if (free > 0) {
        p.between = free / (count + 1);
        p.offset = p.between;
      } else p.offset = reversed && free < 0 ? free : 0;
      return;
    default:
      p.offset = alignOffset(align, free, reversed);
  }
}

/** `self-start` and `self-end` as sides of the container. */
export function ownSide(align: number, mirrored: boolean): number {
  const value = align & (f.ALIGN_SAFE - 1);
  if (value !== f.ALIGN_SELF_START && value !== f.ALIGN_SELF_END) return align;
  const side = (value === f.ALIGN_SELF_START) === !mirrored ? f.ALIGN_START : f.ALIGN_END;
  return side | (align & f.ALIGN_SAFE);
}
