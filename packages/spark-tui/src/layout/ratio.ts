/**
 * `aspectRatio`: one axis from the other. The ratio is of the box that `boxSizing` names.
 */
import * as f from '../scene/index.ts';
import { B_CONTENT_BOX } from './box-style.ts';
import { INFO, type LayoutPass, N_BITS } from './pass.ts';

/** Border-box height that goes with a border-box width. */
export function heightForWidth(p: LayoutPass, i: number, w: number, edgeW: number, edgeH: number): number {
  const ratio = p.f32[f.F32_ASPECT_RATIO * p.cap + i];
  const contentBox = (p.info[i * INFO + N_BITS] & B_CONTENT_BOX) !== 0;
  const height = contentBox ? Math.max(0, w - edgeW) / ratio + edgeH : w / ratio;
  return height > edgeH ? height : edgeH;
}

/** Border-box width that goes with a border-box height. */
export function widthForHeight(p: LayoutPass, i: number, h: number, edgeW: number, edgeH: number): number {
  const ratio = p.f32[f.F32_ASPECT_RATIO * p.cap + i];
  const contentBox = (p.info[i * INFO + N_BITS] & B_CONTENT_BOX) !== 0;
  const width = contentBox ? Math.max(0, h - edgeH) * ratio + edgeW : h * ratio;
  return width > edgeW ? width : edgeW;
}
